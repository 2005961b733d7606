// Dates that name their day or month: "Tuesday 28 October 2014", "12 to 13 May", « le 1er mai », "28/10/2014", "in March".
import {
  compareDays,
  type Day,
  dayPeriod,
  daySet,
  daysPeriod,
  formatDay,
  isDay,
  monthPeriod,
  type Period,
  type Published,
  shiftDays,
  weekdayOfDay,
  yearPeriod,
} from './date-calendar.ts';
import {
  anyAt,
  type DateReader,
  dayAt,
  isCounted,
  isOrdinal,
  leansFuture,
  monthAt,
  type Parts,
  type Reading,
  skip,
  table,
  weekdayAt,
  wordAt,
  yearAt,
} from './date-reader.ts';
import { monthOf } from './lexicon.ts';
import { readNumberWords } from './number-word.ts';

// --- dates of digits

/** 2014-10-28, 28/10/2014, 28.10.2014, 28/10/14. Day first, unless the text has shown that it writes the month first. */
export function readNumeric(reader: DateReader, at: number): Reading | null {
  const { tokens } = reader;
  const token = tokens[at]!;
  if (token.kind !== 'number') return null;
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(token.text);
  if (dotted) return numericReading(reader, dotted[1]!, dotted[2]!, dotted[3]!, at + 1);
  const [mark, second, mark2, third] = [tokens[at + 1], tokens[at + 2], tokens[at + 3], tokens[at + 4]];
  if (!mark || !second || (mark.text !== '-' && mark.text !== '/' && mark.text !== '‑')) return null;
  if (mark.start !== token.end || second.start !== mark.end || !/^\d{1,2}$/.test(second.text)) return null;
  const glued =
    mark2 && third && mark2.text === mark.text && mark2.start === second.end && third.start === mark2.end;
  if (!glued) {
    // « le 22/04 », "on 22/04": a fraction or a score has no such word before it.
    const introduced =
      /^(?:le|du|au|on)$/.test(wordAt(tokens, at - 1)) || weekdayAt(tokens, at - 1, reader.language) !== null;
    const [day, numbered] = [Number(token.text), Number(second.text)];
    const padded = second.text.length === 2 && (second.text[0] === '0' || day > 12);
    if (
      mark.text === '/' &&
      introduced &&
      padded &&
      day >= 1 &&
      day <= 31 &&
      numbered >= 1 &&
      numbered <= 12
    ) {
      const parts: Parts = { days: [day], month: numbered };
      return { next: at + 3, period: placeParts(reader, parts, at), parts };
    }
    // 2015-03 is a month; 2015-16 is a pair of years.
    const month = Number(second.text);
    const closed = tokens[at + 3] === undefined || !/^[-/.]$/.test(tokens[at + 3]!.text);
    if (
      mark.text === '-' &&
      yearAt(tokens, at) !== null &&
      month >= 1 &&
      month <= 12 &&
      closed &&
      isMonthText(second.text)
    )
      return { next: at + 3, period: monthPeriod(Number(token.text), month) };
    return null;
  }
  if (/^\d{4}$/.test(token.text) && /^\d{1,2}$/.test(third.text))
    return dayReading(Number(token.text), Number(second.text), Number(third.text), at + 5);
  if (!/^\d{1,2}$/.test(token.text) || !/^(?:\d{4}|\d\d)$/.test(third.text)) return null;
  // "5-4-20" is a score or an address; two digits are a year only after strokes.
  if (third.text.length === 2 && (mark.text !== '/' || Number(token.text) === 0)) return null;
  return numericReading(reader, token.text, second.text, third.text, at + 5);
}

function isMonthText(text: string): boolean {
  return text.length === 2 && text[0] === '0' ? true : text === '10' || text === '11' || text === '12';
}

function numericReading(
  reader: DateReader,
  first: string,
  second: string,
  year: string,
  next: number,
): Reading | null {
  const [a, b] = [Number(first), Number(second)];
  const full = year.length === 2 ? fullYear(Number(year), reader.published) : Number(year);
  if (b > 12 && a <= 12) {
    reader.monthFirst = true;
    return dayReading(full, a, b, next);
  }
  if (a > 12) reader.monthFirst = false;
  return reader.monthFirst && a <= 12 ? dayReading(full, a, b, next) : dayReading(full, b, a, next);
}

/** The year of two digits that is nearest before publication, or at most five years after it. */
function fullYear(short: number, published: Published): number {
  const latest = (published.year ?? 2030) + 5;
  const year = Math.floor(latest / 100) * 100 + short;
  return year > latest ? year - 100 : year;
}

function dayReading(year: number, month: number, day: number, next: number): Reading | null {
  if (!isDay(year, month, day)) return null;
  return { next, period: dayPeriod({ year, month, day }), parts: { days: [day], month, year } };
}

// --- days and months by name

const ORDINALS = table<number>({
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
  thirteenth: 13,
  fourteenth: 14,
  fifteenth: 15,
  sixteenth: 16,
  seventeenth: 17,
  eighteenth: 18,
  nineteenth: 19,
  twentieth: 20,
  thirtieth: 30,
  premier: 1,
});

/** A day in digits or, before its month, in words: "the fourth of July", « le quinze août ». */
function dayOrWordAt(reader: DateReader, at: number): { day: number; next: number } | null {
  const { tokens, language } = reader;
  const digits = dayAt(tokens, at);
  if (digits !== null) return { day: digits, next: at + 1 };
  const word = wordAt(tokens, at);
  const ordinal = ORDINALS.get(word);
  if (ordinal !== undefined) {
    if (language === 'fr')
      return word === 'premier' && monthAt(tokens, at + 1, 'fr') ? { day: 1, next: at + 1 } : null;
    return wordAt(tokens, at + 1) === 'of' && monthAt(tokens, at + 2, 'en')
      ? { day: ordinal, next: at + 1 }
      : null;
  }
  if (language === 'fr' && word.length >= 3 && tokens[at]!.kind === 'word') {
    const words = readNumberWords(tokens, at, 'fr');
    if (words && words.value <= 31 && !words.approximate && monthAt(tokens, at + words.tokens, 'fr'))
      return { day: words.value, next: at + words.tokens };
  }
  return null;
}

const LIST_LINK = /^(?:,|and|et|or|ou|to|au|-|–|—|&|\/)$/;

/** Days that share the month after them: "12 to 13", "12, 14 and 16", « du 12 au 13 ». */
function readDays(reader: DateReader, at: number): { days: number[]; link: string; next: number } | null {
  const { tokens, language } = reader;
  const first = dayOrWordAt(reader, at);
  if (!first) return null;
  const days = [first.day];
  let link = '';
  let next = first.next;
  for (let count = 0; count < 8; count++) {
    const mark = wordAt(tokens, next);
    if (!LIST_LINK.test(mark)) break;
    let index = next + 1;
    if (mark === ',' && /^(?:and|et|or|ou)$/.test(wordAt(tokens, index))) index++;
    index = skip(tokens, index, language === 'fr' ? 'le au' : 'the');
    const weekday = weekdayAt(tokens, index, language);
    if (weekday !== null) index = skip(tokens, index + 1, ',');
    const another = dayOrWordAt(reader, index);
    if (!another) break;
    days.push(another.day);
    if (mark !== ',') link = mark;
    else if (index > next + 1) link ||= 'and';
    next = another.next;
  }
  return { days, link, next };
}

/** The year after a day and month, or after a month; `at` is where it would stand. */
function yearAfter(reader: DateReader, at: number, short: boolean): { year?: number; next: number } {
  const { tokens, language } = reader;
  let index = skip(tokens, at, language === 'fr' ? "de d' ," : ', of in');
  if (language === 'fr' && index > at) index = skip(tokens, index, "l' année");
  const year = yearAt(tokens, index);
  if (year !== null) {
    // "in May, 2000 people": after a comma a round number that counts what follows is no year.
    if (year % 100 === 0 && isCounted(tokens, index + 1, language)) return { next: at };
    return { year, next: index + 1 };
  }
  const token = tokens[at];
  if (short && token?.kind === 'number' && /^\d\d$/.test(token.text) && Number(token.text) > 31)
    return isCounted(tokens, at + 1, language)
      ? { next: at }
      : { year: fullYear(Number(token.text), reader.published), next: at + 1 };
  return { next: at };
}

/** "Tuesday 28 October 2014", "October 28, 2014", "12 to 13 May", « le 1er mai », "May 2015", "12-14 and 16 June". */
export function readCalendar(reader: DateReader, at: number): Reading | null {
  const { tokens, language } = reader;
  let index = at;
  let weekday: number | undefined;
  const named = weekdayAt(tokens, index, language);
  if (named !== null) {
    const stop = tokens[index + 1];
    const dotted =
      stop?.text === '.' && stop.start === tokens[index]!.end && tokens[index]!.lower.length <= 5;
    index = skip(tokens, dotted ? index + 2 : index + 1, ',');
    index = skip(tokens, index, language === 'fr' ? 'le' : 'the on');
    if (anyAt(tokens, index) === '') return null;
    weekday = named;
    const numeric = tokens[index]!.kind === 'number' ? readNumeric(reader, index) : null;
    if (numeric) return numeric;
  }
  const dayFirst = readDayFirst(reader, index, weekday);
  if (dayFirst) return dayFirst;
  const month = monthAt(tokens, index, language);
  if (month === null) return null;
  if (language === 'en') {
    const monthFirst = readMonthFirst(reader, at, index, month, weekday);
    if (monthFirst) return monthFirst;
  }
  if (weekday !== undefined) return null;
  const { year, next } = yearAfter(reader, month.next, true);
  if (year !== undefined) {
    const parts = { month: month.month, year };
    return { next, period: placeParts(reader, parts, at), parts };
  }
  return null;
}

function readDayFirst(reader: DateReader, index: number, weekday: number | undefined): Reading | null {
  const { tokens, language } = reader;
  const list = readDays(reader, index);
  if (!list) return null;
  const { days, link } = list;
  let { next } = list;
  let month = monthAt(tokens, skip(tokens, next, 'of de'), language);
  if (!month && next < tokens.length && /^jours?$/.test(wordAt(tokens, next)))
    month = monthAt(tokens, skip(tokens, next + 1, "de d'"), language);
  if (!month && days.length === 1) {
    const glued = /^[-/]$/.test(wordAt(tokens, next)) ? gluedMonth(reader, next + 1) : null;
    if (glued) {
      const parts = { days, month: glued.month, year: glued.year };
      return { next: next + 2, period: placeParts(reader, parts, index), parts };
    }
    // "28-Oct-2014" and "28/Oct/2014" are written together.
    const joined = /^[-/]$/.test(wordAt(tokens, next)) ? monthAt(tokens, next + 1, language) : null;
    const mark = joined && /^[-/]$/.test(wordAt(tokens, joined.next)) ? joined.next + 1 : null;
    const year = mark === null ? null : yearAt(tokens, mark);
    if (joined && mark !== null && year !== null) {
      const parts = { days, month: joined.month, year };
      return { next: mark + 1, period: placeParts(reader, parts, index), parts };
    }
  }
  if (!month) return readDayOnly(reader, index, list, weekday);
  next = month.next;
  const found = yearAfter(reader, next, true);
  const parts: Parts = { weekday, days, month: month.month, year: found.year };
  if (days.length > 1) {
    parts.through =
      /^(?:to|au|-|–|—|\/)$/.test(link) || /^(?:between|entre)$/.test(wordAt(tokens, index - 1));
    parts.through ||= /^(?:between|entre)$/.test(wordAt(tokens, index - 2));
    parts.either = link === 'or' || link === 'ou';
  }
  return { next: found.next, period: placeParts(reader, parts, index), parts };
}

/** "Oct-2014" written as one word. */
function gluedMonth(reader: DateReader, at: number): { month: number; year: number } | null {
  const match = /^(\p{L}{3,9})-((?:19|20)\d\d)$/u.exec(anyAt(reader.tokens, at));
  const month = match && monthOf(match[1]!, reader.language);
  return match && month ? { month, year: Number(match[2]) } : null;
}

/** "Friday 13th", « vendredi 13 », "on the 17th": the last such day. */
function readDayOnly(
  reader: DateReader,
  index: number,
  list: { days: number[]; next: number },
  weekday: number | undefined,
): Reading | null {
  const { tokens, language } = reader;
  const day = dayAt(tokens, index);
  if (day === null || list.days.length === 0) return null;
  const next = index + 1;
  if (isCounted(tokens, next, language) || /^[%€£$/:.]$/.test(wordAt(tokens, next))) return null;
  if (tokens[next]?.kind === 'number' || tokens[next]?.capital) return null;
  const article =
    language === 'en'
      ? isOrdinal(tokens[index]) &&
        wordAt(tokens, index - 1) === 'the' &&
        /^(?:on|by|until|since|before|after)$/.test(wordAt(tokens, index - 2))
      : false;
  if (weekday === undefined && !article) return null;
  const parts: Parts = { weekday, days: [day] };
  return { next, period: placeParts(reader, parts, index), parts };
}

function readMonthFirst(
  reader: DateReader,
  at: number,
  index: number,
  month: { month: number; next: number },
  weekday: number | undefined,
): Reading | null {
  const { tokens } = reader;
  const from = skip(tokens, month.next, 'the');
  const first = dayAt(tokens, from);
  if (first === null) return null;
  const plain = !isOrdinal(tokens[from]);
  // "In May 10 people were found": after a preposition of months, a number that counts what follows it is no day.
  if (plain && isCounted(tokens, from + 1, 'en') && /^(?:in|since|during)$/.test(wordAt(tokens, at - 1)))
    return null;
  if (plain && tokens[from + 1]?.text === '%') return null;
  const days = [first];
  let next = from + 1;
  let link = '';
  for (let count = 0; count < 8; count++) {
    const mark = wordAt(tokens, next);
    if (!/^(?:,|and|or|to|through|until|till|-|–|—|&)$/.test(mark)) break;
    let to = next + 1;
    if (mark === ',' && /^(?:and|or)$/.test(wordAt(tokens, to))) to++;
    to = skip(tokens, to, 'the');
    const day = dayAt(tokens, to);
    if (day === null || monthAt(tokens, to + 1, 'en') || isCounted(tokens, to + 1, 'en')) break;
    days.push(day);
    link = mark === ',' ? link || 'and' : mark;
    next = to + 1;
  }
  const found = yearAfter(reader, next, false);
  const parts: Parts = { weekday, days, month: month.month, year: found.year };
  if (days.length > 1) {
    parts.through = !/^(?:,|and|or|&)$/.test(link) || wordAt(tokens, index - 1) === 'between';
    parts.either = link === 'or';
  }
  return { next: found.next, period: placeParts(reader, parts, at), parts };
}

// --- placing what a calendar date leaves open

/** What a calendar date means once publication and tense have filled in what it leaves open; null when they cannot. */
export function placeParts(reader: DateReader, parts: Parts, at: number): Period | null {
  const { published } = reader;
  const { days, month, year } = parts;
  if (days && month !== undefined) {
    const placed = days.map((day) =>
      year === undefined ? placeDay(month, day, published, leansFuture(reader, at)) : dayOf(year, month, day),
    );
    if (placed.some((day) => day === null)) return null;
    const all = placed as Day[];
    if (all.length === 1) return dayPeriod(all[0]!);
    if (parts.through)
      return compareDays(all[0]!, all.at(-1)!) <= 0 ? daysPeriod(all[0]!, all.at(-1)!) : null;
    return daySet(all, parts.either ? 'one' : 'all');
  }
  if (days)
    return published.day && placeDayOfMonth(days[0]!, parts.weekday, published.day, leansFuture(reader, at));
  if (month !== undefined)
    return year === undefined
      ? placeMonth(month, published, leansFuture(reader, at))
      : monthPeriod(year, month);
  return year === undefined ? null : yearPeriod(year);
}

function dayOf(year: number, month: number, day: number): Day | null {
  return isDay(year, month, day) ? { year, month, day } : null;
}

/** The day a "12 May" without year means: the last one, or one at most a month ahead; with a future tense the next. */
function placeDay(month: number, day: number, published: Published, future: boolean): Day | null {
  if (!published.day) return published.year && !published.month ? dayOf(published.year, month, day) : null;
  const { year } = published.day;
  if (future) {
    const today = formatDay(published.day);
    for (let candidate = year; candidate <= year + 8; candidate++)
      if (isDay(candidate, month, day) && formatDay({ year: candidate, month, day }) >= today)
        return { year: candidate, month, day };
    return null;
  }
  const limit = formatDay(shiftDays(published.day, 31));
  for (let candidate = year + 1; candidate >= year - 8; candidate--)
    if (isDay(candidate, month, day) && formatDay({ year: candidate, month, day }) <= limit)
      return { year: candidate, month, day };
  return null;
}

/** "the 17th", "Friday 13th": the nearest such day back from publication, or ahead of it. */
function placeDayOfMonth(
  day: number,
  weekday: number | undefined,
  from: Day,
  future: boolean,
): Period | null {
  for (let months = 0; months < 40; months++) {
    const count = from.year * 12 + from.month - 1 + (future ? months : -months);
    const candidate = { year: Math.floor(count / 12), month: (count % 12) + 1, day };
    if (!isDay(candidate.year, candidate.month, day)) continue;
    const order = compareDays(candidate, from);
    if (future ? order < 0 : order > 0) continue;
    if (weekday === undefined || weekdayOfDay(candidate) === weekday) return dayPeriod(candidate);
  }
  return null;
}

/** The month without a year: the last one that began before publication ended; with a future tense the next. */
export function placeMonth(month: number, published: Published, future: boolean): Period | null {
  if (!published.month) return null;
  const { year, month: now } = published.month;
  if (future) return monthPeriod(month >= now ? year : year + 1, month);
  return monthPeriod(month <= now ? year : year - 1, month);
}

// --- months alone

const MONTH_BEFORE = {
  en: new Set('in since until last next during between this early late mid through throughout'.split(' ')),
  fr: new Set(
    "en depuis de d' fin début dès à mi courant entre jusqu'en jusqu'à avant après et au".split(' '),
  ),
};
/** Words of their own, or names of people, beside being months: these need more than a capital. */
const DOUBTFUL = { en: new Set([3, 4, 5, 6, 8]), fr: new Set([3]) };

/** A month without day and year: "in March", « depuis mars », "the January evictions". */
export function readMonth(reader: DateReader, at: number, introduced: boolean): Reading | null {
  const { tokens, language } = reader;
  const month = monthAt(tokens, at, language);
  if (!month) return null;
  const token = tokens[at]!;
  const before = wordAt(tokens, at - 1);
  const parts = { month: month.month };
  const reading = { next: month.next, period: placeParts(reader, parts, at), parts };
  if (introduced || MONTH_BEFORE[language].has(before)) {
    // « sur Mars », "de Mars et de Vénus": a French month has no capital.
    return language === 'fr' && token.capital && before !== 'en' && at > 0 ? null : reading;
  }
  if (DOUBTFUL[language].has(month.month) || token.lower.length <= 4) return null;
  if (language === 'fr') return token.capital && at > 0 ? null : reading;
  // "January Jones", "the September Group": a capital beside it makes a name of it.
  const [left, right] = [tokens[at - 1], tokens[month.next]];
  if (right?.kind === 'word' && right.capital) return null;
  if (left?.kind === 'word' && left.capital && at > 1) return null;
  return reading;
}

/** A month by name, with or without its year, where only a month can stand. */
export function readNamedMonth(reader: DateReader, at: number): Reading | null {
  const { tokens, language } = reader;
  let index = skip(tokens, at, 'mois');
  if (index > at) index = skip(tokens, index, "de d'");
  const month = monthAt(tokens, index, language);
  if (!month) return null;
  const { year, next } = yearAfter(reader, month.next, true);
  const parts: Parts = { month: month.month, year };
  return { next, period: placeParts(reader, parts, index), parts };
}
