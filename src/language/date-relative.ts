// What dates counted from publication, or from the date named before, mean: weekdays, seasons, so many units from a day.

import {
  compareDays,
  type Day,
  dayPeriod,
  daysPeriod,
  type Period,
  type Published,
  seasonPeriod,
  shiftDays,
  shiftMonths,
  stretchFrom,
  type Unit,
  unitsFrom,
  weekdayOfDay,
} from './date-calendar.ts';
import { placeMonth } from './date-day.ts';
import { type DateReader, skip, wordAt } from './date-reader.ts';
import { readNumberWords } from './number-word.ts';

/** The period so many units from publication, as far as publication is known. */
export function fromPublication(published: Published, unit: Unit, count: number): Period | null {
  if (published.day) return unitsFrom(published.day, unit, count);
  if (published.month && (unit === 'month' || unit === 'year' || unit === 'quarter' || unit === 'decade'))
    return unitsFrom({ ...published.month, day: 1 }, unit, count);
  if (published.year !== null && (unit === 'year' || unit === 'decade'))
    return unitsFrom({ year: published.year, month: 1, day: 1 }, unit, count);
  return null;
}

/** The stretch of so many units before (count < 0) or after publication. */
export function stretchFromPublication(published: Published, unit: Unit, count: number): Period | null {
  if (published.day) return stretchFrom(published.day, unit, count);
  if (published.month && (unit === 'month' || unit === 'year' || unit === 'quarter' || unit === 'decade'))
    return stretchFrom({ ...published.month, day: 1 }, unit, count);
  return null;
}

/** A weekday seen from publication: the last one on or before it, the one before that, or the next. */
export function placeWeekday(
  published: Published,
  weekday: number,
  way: 'past' | 'last' | 'next',
): Period | null {
  if (!published.day) return null;
  const back = (weekdayOfDay(published.day) - weekday + 7) % 7;
  if (way === 'past') return dayPeriod(shiftDays(published.day, -back));
  if (way === 'last') return dayPeriod(shiftDays(published.day, back === 0 ? -7 : -back));
  return dayPeriod(shiftDays(published.day, 7 - back));
}

/** A season seen from publication: the last one that is over, the one of this year, or the next to begin. */
export function placeSeason(
  published: Published,
  season: number,
  way: 'last' | 'this' | 'next',
): Period | null {
  const month = published.month ?? null;
  if (!month) return null;
  const today: Day = published.day ?? { ...month, day: 1 };
  if (way === 'this') {
    // In January "this winter" began last December.
    const running = seasonPeriod(month.year - 1, season);
    return compareDays(running.last, today) >= 0 ? running : seasonPeriod(month.year, season);
  }
  if (way === 'last') {
    for (let year = month.year; ; year--) {
      const candidate = seasonPeriod(year, season);
      if (compareDays(candidate.last, today) < 0) return candidate;
    }
  }
  for (let year = month.year; ; year++) {
    const candidate = seasonPeriod(year, season);
    if (compareDays(candidate.first, today) > 0) return candidate;
  }
}

/** The day that "the day before" and "two days earlier" are counted from: the last date named, else publication. */
export function anchorDay(reader: DateReader): Day | null {
  const { anchor, published } = reader;
  if (!anchor) return published.day;
  return anchor.precision === 'day' ? anchor.first : null;
}

/** So many units from the date named last. */
export function fromAnchor(reader: DateReader, unit: Unit, count: number): Period | null {
  const { anchor } = reader;
  // With no date before it, "the day before" is counted from publication; "two years later" from nothing the text says.
  if (!anchor)
    return count < 0 && (unit === 'day' || unit === 'week')
      ? fromPublication(reader.published, unit, count)
      : null;
  if (anchor.edtf.includes('..')) return null;
  const fine =
    anchor.precision === 'day' ||
    ((unit === 'week' || unit === 'weekend') && anchor.precision === 'week') ||
    (unit === 'month' && anchor.precision === 'month') ||
    (unit === 'year' && (anchor.precision === 'month' || anchor.precision === 'year'));
  if (!fine) return null;
  // A year back from a month is that month: "in May 2015, a year after …" is as fine as its anchor.
  if (anchor.precision === 'month' && unit === 'year')
    return unitsFrom(shiftMonths(anchor.first, 12 * count), 'month', 0);
  return unitsFrom(anchor.first, unit, count);
}

/** A count in digits or words; "a" and "one" are 1, "a couple of" is 2; "several" and "a few" are no number. */
export function readCount(reader: DateReader, at: number): { count: number | null; next: number } | null {
  const { tokens, language } = reader;
  const token = tokens[at];
  if (!token) return null;
  if (token.kind === 'number')
    return /^\d{1,3}$/.test(token.text) ? { count: Number(token.text), next: at + 1 } : null;
  const word = token.lower;
  if (language === 'en') {
    if (word === 'a' || word === 'the') {
      const second = wordAt(tokens, at + 1);
      if (second === 'couple') return { count: 2, next: skip(tokens, at + 2, 'of') };
      if (second === 'few') return { count: null, next: at + 2 };
      if (second === 'decade' || second === 'dozen') return word === 'a' ? { count: 1, next: at + 1 } : null;
      if (word === 'the') return null;
    }
    if (word === 'couple') return { count: 2, next: skip(tokens, at + 1, 'of') };
    if (word === 'several' || word === 'few' || word === 'many' || word === 'some')
      return { count: null, next: at + 1 };
    if (word === 'a' || word === 'an' || word === 'one') return { count: 1, next: at + 1 };
  } else {
    if (word === 'quelques' || word === 'plusieurs') return { count: null, next: at + 1 };
    if (word === 'un' || word === 'une') {
      const words = readNumberWords(tokens, at, 'fr');
      if (words) return { count: null, next: at + words.tokens };
      return { count: 1, next: at + 1 };
    }
  }
  const words = readNumberWords(tokens, at, language);
  return words && words.value < 1000 && Number.isInteger(words.value)
    ? { count: words.value, next: at + words.tokens }
    : null;
}

export function dayOfWeek(week: Period | null, weekday: number): Period | null {
  return week && dayPeriod(shiftDays(week.first, weekday - 1));
}

export function placeLastMonth(published: Published, month: number): Period | null {
  if (!published.month) return null;
  const back = shiftMonths({ ...published.month, day: 1 }, -1);
  return placeMonth(
    month,
    { day: null, month: { year: back.year, month: back.month }, year: back.year },
    false,
  );
}

export function placeNextMonth(published: Published, month: number): Period | null {
  if (!published.month) return null;
  const ahead = shiftMonths({ ...published.month, day: 1 }, 1);
  return placeMonth(
    month,
    { day: null, month: { year: ahead.year, month: ahead.month }, year: ahead.year },
    true,
  );
}

export function placeThisMonth(published: Published, month: number): Period | null {
  return published.year === null ? null : unitsFrom({ year: published.year, month, day: 1 }, 'month', 0);
}

/** Whether the words here go on with a thing: what "before" and "after" are then said of. */
export function opensObject(reader: DateReader, at: number): boolean {
  const token = reader.tokens[at];
  if (!token || token.kind === 'mark') return false;
  if (token.kind === 'number' || token.capital) return true;
  return /^(?:a|an|the|his|her|its|their|this|that|these|those|he|she|it|they|we|i|being|la|le|les|l'|un|une|son|sa|ses|leur|leurs|ce|cette|ces|de|d'|du|des|que|qu')$/.test(
    token.lower,
  );
}

/** The part of a running period before or after publication. */
export function sideOf(whole: Period | null, published: Published, earlier: boolean): Period | null {
  if (!whole || !published.day) return whole;
  return earlier ? daysPeriod(whole.first, published.day) : daysPeriod(published.day, whole.last);
}
