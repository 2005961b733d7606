// Days and periods in cells: ISO and EDTF, days first or months first, "January 2018", « semaine finissant le 7/1/2018 ».
import { type DateRange, dateRange } from '../../record/date.ts';
import { type Days, dayOfDate, daysOf, edtfOf, rangeOf, weekdayOf } from '../calendar.ts';

/** Whether digits give the day or the month first. */
export type DayOrder = 'day-first' | 'month-first';

/** A period as a cell gives it. */
export interface CellPeriod {
  edtf: string;
  range: DateRange;
  days: Days;
  /** The weekday that the cell names, 0 for Monday; null where it names none. */
  weekday: number | null;
}

const MONTHS: Record<string, number> = {};
for (const [index, names] of [
  'january jan janvier janv',
  'february feb fevrier fev fevr',
  'march mar mars',
  'april apr avril avr',
  'may mai',
  'june jun juin',
  'july jul juillet juil',
  'august aug aout',
  'september sep sept septembre',
  'october oct octobre',
  'november nov novembre',
  'december dec decembre',
].entries())
  for (const name of names.split(' ')) MONTHS[name] = index + 1;

const WEEKDAYS: Record<string, number> = {};
for (const [index, names] of [
  'monday mon lundi lun',
  'tuesday tue tues mardi',
  'wednesday wed mercredi mer',
  'thursday thu thur thurs jeudi jeu',
  'friday fri vendredi ven',
  'saturday sat samedi sam',
  'sunday sun dimanche dim',
].entries())
  for (const name of names.split(' ')) WEEKDAYS[name] = index;

const WEEK_END =
  /^(?:week[ -]?end(?:ing|ed)|w\/e|semaine (?:finissant|se terminant|terminee|au|jusqu'au)(?: le)?)\s*:?\s*/;
const WEEK_START =
  /^(?:week (?:beginning|commencing|starting|of|from)|w\/[cb]|semaine (?:commencant|debutant|du|a partir du)(?: le)?)\s*:?\s*/;

/** Text without accents and case, with plain spaces and apostrophes. */
export function fold(text: string): string {
  // Most text of most tables is plain, and taking marks off takes ten times as long.
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim();
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’ʼ]/g, "'")
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The period that a cell gives, or null. Digits are read day first unless told otherwise; decimalMarkOf's sister
 * `dayOrderOf` tells it from a column.
 * @example periodOf('w/e 07/01/2018')?.edtf // '2018-01-01/2018-01-07'
 */
export function periodOf(cell: string, order: DayOrder = 'day-first'): CellPeriod | null {
  const text = cell.trim();
  // Most cells of a long table are plain days.
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return fromEdtf(text);
  const folded = fold(text);
  const [ending, starting] = [WEEK_END.exec(folded), WEEK_START.exec(folded)];
  if (ending || starting) {
    const found = dayIn(folded.slice((ending ?? starting)![0].length), order);
    if (found === null) return null;
    const days = ending
      ? { first: found.day - 6, last: found.day }
      : { first: found.day, last: found.day + 6 };
    return made(days, found.weekday);
  }
  const day = dayIn(folded, order);
  if (day) return made({ first: day.day, last: day.day }, day.weekday);
  return monthIn(folded) ?? partOfYear(folded) ?? isoWeek(folded) ?? fromEdtf(text);
}

/** The day that a cell gives, as ISO 8601 has it, or null. */
export function readDay(cell: string, order: DayOrder = 'day-first'): string | null {
  const period = periodOf(cell, order);
  return period && period.days.first === period.days.last ? edtfOf(period.days) : null;
}

/** Whether a column's digits give the month first: only when one of its dates can be read no other way, and none the other. */
export function dayOrderOf(cells: Iterable<string>): DayOrder {
  let [day, month] = [0, 0];
  for (const cell of cells) {
    const parts = /^\D*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b/.exec(cell);
    if (!parts) continue;
    if (Number(parts[1]) > 12) day++;
    else if (Number(parts[2]) > 12) month++;
  }
  return month > 0 && day === 0 ? 'month-first' : 'day-first';
}

function made(days: Days, weekday: number | null = null): CellPeriod {
  return { edtf: edtfOf(days), range: rangeOf(days), days, weekday };
}

function fromEdtf(text: string): CellPeriod | null {
  // A year has four digits: "12" is a number here, whatever else it may be elsewhere.
  const range = /\d{3}[\dXu]/.test(text) ? dateRange(text) : null;
  return range && { edtf: text, range, days: daysOf(range), weekday: null };
}

/** A single day in folded text, with the weekday it names. */
function dayIn(folded: string, order: DayOrder): { day: number; weekday: number | null } | null {
  const named = /^([a-z]+)\.?,?\s+(?:le\s+|the\s+)?(?=\d|[a-z])/.exec(folded);
  const weekday = named ? (WEEKDAYS[named[1]!] ?? null) : null;
  const text = (weekday === null ? folded : folded.slice(named![0].length)).replace(/^le /, '');
  const give = (day: number | null) => (day === null ? null : { day, weekday });
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d\d.*)?$/.exec(text);
  if (iso) return give(dayOfDate(Number(iso[1]), Number(iso[2]), Number(iso[3])));
  const digits = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: \d{1,2}:\d\d.*)?$/.exec(text);
  if (digits) {
    const [a, b] = [Number(digits[1]), Number(digits[2])];
    const year = digits[3]!.length === 2 ? century(Number(digits[3])) : Number(digits[3]);
    const [day, month] = order === 'day-first' ? [a, b] : [b, a];
    return give(dayOfDate(year, month, day));
  }
  const dayFirst = /^(\d{1,2})(?:er|st|nd|rd|th)?[ -]+(?:of )?([a-z]+)\.?,?[ -]+(\d{4})$/.exec(text);
  if (dayFirst && MONTHS[dayFirst[2]!])
    return give(dayOfDate(Number(dayFirst[3]), MONTHS[dayFirst[2]!]!, Number(dayFirst[1])));
  const monthFirst = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(text);
  if (monthFirst && MONTHS[monthFirst[1]!])
    return give(dayOfDate(Number(monthFirst[3]), MONTHS[monthFirst[1]!]!, Number(monthFirst[2])));
  return null;
}

function century(year: number): number {
  return year < 70 ? 2000 + year : 1900 + year;
}

/** "January 2018", « janv. 2018 », "Jan-18", "01/2018". */
function monthIn(folded: string): CellPeriod | null {
  const named = /^([a-z]+)\.?[ -](\d{4}|\d{2})$/.exec(folded);
  const digits = /^(\d{1,2})[/.](\d{4})$/.exec(folded);
  const month = named ? MONTHS[named[1]!] : digits ? Number(digits[1]) : undefined;
  if (month === undefined || month < 1 || month > 12) return null;
  const written = (named ?? digits)![2]!;
  const year = written.length === 2 ? century(Number(written)) : Number(written);
  return made(monthsOf(year, month, 1));
}

/** "Q1 2018", "2018-T1", "H1 2018", « S1 2018 ». */
function partOfYear(folded: string): CellPeriod | null {
  const parts = /^([qtsh])([1-4])[ -]?(\d{4})$/.exec(folded) ?? /^(\d{4})[ -]?([qtsh])([1-4])$/.exec(folded);
  if (!parts) return null;
  const yearFirst = parts[1]!.length === 4;
  const [letter, number, year] = yearFirst
    ? [parts[2]!, Number(parts[3]), Number(parts[1])]
    : [parts[1]!, Number(parts[2]), Number(parts[3])];
  const months = /[qt]/.test(letter) ? 3 : 6;
  if (number > 12 / months) return null;
  return made(monthsOf(year, (number - 1) * months + 1, months));
}

/** "2018-W03", ISO 8601: weeks begin on Monday, and the first has the year's first Thursday. */
function isoWeek(folded: string): CellPeriod | null {
  const parts = /^(\d{4})[ -]?(?:w|s)(\d{1,2})$/.exec(folded);
  if (!parts || Number(parts[2]) < 1 || Number(parts[2]) > 53) return null;
  const fourth = dayOfDate(Number(parts[1]), 1, 4)!;
  const first = fourth - weekdayOf(fourth) + (Number(parts[2]) - 1) * 7;
  return made({ first, last: first + 6 });
}

function monthsOf(year: number, month: number, months: number): Days {
  const first = dayOfDate(year, month, 1)!;
  const end = month - 1 + months;
  return { first, last: dayOfDate(year + Math.floor(end / 12), (end % 12) + 1, 1)! - 1 };
}
