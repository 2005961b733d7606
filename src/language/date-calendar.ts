// The calendar behind dates in texts: days, the periods words name, and how each is written as EDTF (ISO 8601-2).

/** A calendar day. Months and days count from 1. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

/** How finely a period is named; a "span" has two ends, each with a precision of its own. */
export type Precision = 'day' | 'week' | 'month' | 'season' | 'year' | 'decade' | 'century' | 'span';

/** A period of time as the words give it: its days, and its EDTF expression. */
export interface Period {
  first: Day;
  last: Day;
  precision: Precision;
  edtf: string;
}

/** What is known of the publication date: a day, a month or a year. */
export interface Published {
  day: Day | null;
  month: { year: number; month: number } | null;
  year: number | null;
}

/** Units of relative time. */
export type Unit = 'day' | 'week' | 'weekend' | 'fortnight' | 'month' | 'quarter' | 'year' | 'decade';

const two = (value: number): string => String(value).padStart(2, '0');
const four = (value: number): string => String(value).padStart(4, '0');

/** Reads a publication date in EDTF as far as it is a plain day, month or year; qualifiers are dropped. */
export function readPublished(published: string | null): Published {
  const match = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-([0-2]\d|3[01]))?)?(?:T.*)?[?~%]?$/.exec(published ?? '');
  if (!match) return { day: null, month: null, year: null };
  const year = Number(match[1]);
  const month = match[2] ? Number(match[2]) : null;
  const day = month && match[3] ? Number(match[3]) : null;
  return {
    day: month && day && isDay(year, month, day) ? { year, month, day } : null,
    month: month ? { year, month } : null,
    year,
  };
}

/** Whether the calendar has this day. */
export function isDay(year: number, month: number, day: number): boolean {
  return day >= 1 && month >= 1 && month <= 12 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Less than zero when `a` is before `b`. */
export function compareDays(a: Day, b: Day): number {
  return a.year - b.year || a.month - b.month || a.day - b.day;
}

/** The day so many days later. */
export function shiftDays(day: Day, days: number): Day {
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The same day so many months later, or the last day of that month where it is shorter. */
export function shiftMonths(day: Day, months: number): Day {
  const count = day.year * 12 + (day.month - 1) + months;
  const year = Math.floor(count / 12);
  const month = (((count % 12) + 12) % 12) + 1;
  return { year, month, day: Math.min(day.day, daysIn(year, month)) };
}

/** ISO weekday, 1 (Monday) to 7. */
export function weekdayOfDay(day: Day): number {
  return ((new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() + 6) % 7) + 1;
}

/** 2014-10-28 */
export function formatDay(day: Day): string {
  return `${four(day.year)}-${two(day.month)}-${two(day.day)}`;
}

/** A single day. */
export function dayPeriod(day: Day): Period {
  return { first: day, last: day, precision: 'day', edtf: formatDay(day) };
}

/** A whole month. */
export function monthPeriod(year: number, month: number): Period {
  return {
    first: { year, month, day: 1 },
    last: { year, month, day: daysIn(year, month) },
    precision: 'month',
    edtf: `${four(year)}-${two(month)}`,
  };
}

/** A whole year. */
export function yearPeriod(year: number): Period {
  return {
    first: { year, month: 1, day: 1 },
    last: { year, month: 12, day: 31 },
    precision: 'year',
    edtf: four(year),
  };
}

/** The ten years that begin with `year`: 1990 gives 199X. */
export function decadePeriod(year: number): Period {
  return {
    first: { year, month: 1, day: 1 },
    last: { year: year + 9, month: 12, day: 31 },
    precision: 'decade',
    edtf: `${four(year).slice(0, 3)}X`,
  };
}

/** The nineteenth century is 18XX here: the hundred years that people mean, not the one that begins in 1801. */
export function centuryPeriod(century: number): Period {
  const year = (century - 1) * 100;
  return {
    first: { year, month: 1, day: 1 },
    last: { year: year + 99, month: 12, day: 31 },
    precision: 'century',
    edtf: `${four(year).slice(0, 2)}XX`,
  };
}

/** The week, Monday to Sunday, so many weeks after the one with this day. */
function weekPeriod(day: Day, weeks: number): Period {
  const first = shiftDays(day, 1 - weekdayOfDay(day) + 7 * weeks);
  return daysPeriod(first, shiftDays(first, 6), 'week');
}

/** Saturday and Sunday of the week so many weeks after the one with this day. */
function weekendPeriod(day: Day, weeks: number): Period {
  const first = shiftDays(day, 6 - weekdayOfDay(day) + 7 * weeks);
  return daysPeriod(first, shiftDays(first, 1), 'week');
}

/** From one day to another, both included. */
export function daysPeriod(first: Day, last: Day, precision: Precision = 'span'): Period {
  if (compareDays(first, last) === 0) return dayPeriod(first);
  return { first, last, precision, edtf: `${formatDay(first)}/${formatDay(last)}` };
}

/** From the first of `months` months to the last: a quarter, a half, "the first eight months". */
export function monthsPeriod(year: number, month: number, months: number): Period {
  const from = monthPeriod(year, month);
  const end = shiftMonths(from.first, months - 1);
  return joinPeriods(from, monthPeriod(end.year, end.month))!;
}

/** A season of the northern half of the world, 21 (spring) to 24 (winter, the one that begins in December of `year`). */
export function seasonPeriod(year: number, season: number): Period {
  const month = (season - 20) * 3;
  const end = shiftMonths({ year, month, day: 1 }, 2);
  return {
    first: { year, month, day: 1 },
    last: { ...end, day: daysIn(end.year, end.month) },
    precision: 'season',
    edtf: `${four(year)}-${season}`,
  };
}

/** How the beginning of a period is written inside an interval, where EDTF knows no seasons and no decades. */
function lowText(period: Period): string {
  if (period.precision === 'season') return period.edtf && monthText(period.first);
  if (period.precision === 'decade' || period.precision === 'century') return four(period.first.year);
  return period.edtf.split('/')[0]!;
}

function highText(period: Period): string {
  if (period.precision === 'season') return monthText(period.last);
  if (period.precision === 'decade' || period.precision === 'century') return four(period.last.year);
  return period.edtf.split('/').at(-1)!;
}

function monthText(day: Day): string {
  return `${four(day.year)}-${two(day.month)}`;
}

/** From the beginning of one period to the end of another; null when the second ends before the first begins. */
export function joinPeriods(from: Period, to: Period): Period | null {
  if (compareDays(from.first, to.last) > 0) return null;
  const [low, high] = [lowText(from), highText(to)];
  if (low === '..' || high === '..') return null;
  return {
    first: from.first,
    last: to.last,
    precision: low === high ? to.precision : 'span',
    edtf: low === high ? low : `${low}/${high}`,
  };
}

/** Ends of what a text can speak of: EDTF years have four digits here. */
const BEGINNING: Day = { year: 1000, month: 1, day: 1 };
const END: Day = { year: 9999, month: 12, day: 31 };

/** From the beginning of a period on: 2016-03/.. */
export function since(period: Period): Period {
  return { first: period.first, last: END, precision: 'span', edtf: `${lowText(period)}/..` };
}

/** Up to and including a period: ../2016-05 */
export function until(period: Period): Period {
  return { first: BEGINNING, last: period.last, precision: 'span', edtf: `../${highText(period)}` };
}

/** Up to the day, month or year that ends where a period begins: before 2018 is ../2017. */
export function before(period: Period): Period {
  return until(neighbour(period, -1));
}

/** From the day, month or year that begins where a period ends: after 2016 is 2017/.. */
export function after(period: Period): Period {
  return since(neighbour(period, 1));
}

function neighbour(period: Period, step: 1 | -1): Period {
  const edge = step < 0 ? period.first : period.last;
  const text = step < 0 ? lowText(period) : highText(period);
  const size = text.replace('~', '').length;
  if (size === 4) return yearPeriod(edge.year + step);
  if (size === 7) {
    const next = shiftMonths({ ...edge, day: 1 }, step);
    return monthPeriod(next.year, next.month);
  }
  return dayPeriod(shiftDays(edge, step));
}

/** About a period: 2015~. Where EDTF has no such form (a season, a decade) the period stays as it is. */
export function about(period: Period): Period {
  if (period.precision === 'day' || period.precision === 'month' || period.precision === 'year')
    return { ...period, edtf: period.edtf.endsWith('~') ? period.edtf : `${period.edtf}~` };
  if (period.precision === 'span' && !period.edtf.includes('..'))
    return {
      ...period,
      edtf: period.edtf
        .split('/')
        .map((end) => (end.endsWith('~') ? end : `${end}~`))
        .join('/'),
    };
  return period;
}

/**
 * The beginning, middle or end of a period, each about a third of it: early 2016 is 2016-01~/2016-04~. Weeks, seasons
 * and spans have no thirds of their own and stay whole.
 */
export function partOf(period: Period, part: 'early' | 'mid' | 'late'): Period {
  const index = part === 'early' ? 0 : part === 'mid' ? 1 : 2;
  const { year, month } = period.first;
  let piece: Period | null = null;
  if (period.precision === 'month') {
    const [from, to] = [
      [1, 10],
      [10, 20],
      [21, daysIn(year, month)],
    ][index] as [number, number];
    piece = daysPeriod({ year, month, day: from }, { year, month, day: to });
  } else if (period.precision === 'year') piece = monthsPeriod(year, 1 + 4 * index, 4);
  else if (period.precision === 'decade') {
    const [from, to] = [
      [0, 3],
      [4, 6],
      [7, 9],
    ][index] as [number, number];
    piece = joinPeriods(yearPeriod(year + from), yearPeriod(year + to));
  }
  return piece ? about(piece) : period;
}

/** The period so many units from a day, as finely as the unit says: three weeks back is a week, two years back a year. */
export function unitsFrom(day: Day, unit: Unit, count: number): Period {
  switch (unit) {
    case 'day':
      return dayPeriod(shiftDays(day, count));
    case 'week':
      return weekPeriod(day, count);
    case 'weekend':
      return weekendPeriod(day, count);
    case 'fortnight':
      return weekPeriod(day, 2 * count);
    case 'month': {
      const { year, month } = shiftMonths({ ...day, day: 1 }, count);
      return monthPeriod(year, month);
    }
    case 'quarter': {
      const first = shiftMonths({ ...day, month: day.month - ((day.month - 1) % 3), day: 1 }, 3 * count);
      return monthsPeriod(first.year, first.month, 3);
    }
    case 'year':
      return yearPeriod(day.year + count);
    case 'decade':
      return decadePeriod(day.year - (day.year % 10) + 10 * count);
  }
}

/** The stretch of `count` units that ends (count < 0) or begins at a day: "the past two years". Years run by months. */
export function stretchFrom(day: Day, unit: Unit, count: number): Period {
  let other: Day;
  if (unit === 'day') other = shiftDays(day, count);
  else if (unit === 'week' || unit === 'weekend') other = shiftDays(day, 7 * count);
  else if (unit === 'fortnight') other = shiftDays(day, 14 * count);
  else other = shiftMonths(day, count * { month: 1, quarter: 3, year: 12, decade: 120 }[unit]);
  const [first, last] = count < 0 ? [other, day] : [day, other];
  if (unit === 'day' || unit === 'week' || unit === 'weekend' || unit === 'fortnight')
    return daysPeriod(first, last);
  return joinPeriods(monthPeriod(first.year, first.month), monthPeriod(last.year, last.month))!;
}

/** Several days named together: an interval when they follow each other, else the set of them. */
export function daySet(days: Day[], join: 'all' | 'one'): Period {
  const sorted = [...days].sort(compareDays);
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  const consecutive = sorted.every(
    (day, index) => index === 0 || compareDays(shiftDays(sorted[index - 1]!, 1), day) === 0,
  );
  if (join === 'all' && consecutive) return daysPeriod(first, last);
  const list = sorted.map(formatDay).join(',');
  return { first, last, precision: 'span', edtf: join === 'all' ? `{${list}}` : `[${list}]` };
}
