// Days as whole numbers since 1 January 1970, so that periods are counted and compared without clocks or time zones.
import type { DateRange } from '../record/date.ts';

const DAY = 86_400_000;
/** The mean length of a month and of a year of the Gregorian calendar, in days. */
export const DAYS_PER_MONTH = 365.2425 / 12;
export const DAYS_PER_YEAR = 365.2425;

/** A run of days, both ends within it; ±Infinity where it is open. */
export interface Days {
  first: number;
  last: number;
}

/** The day of an instant, counted from 1 January 1970. */
export function dayOf(instant: number): number {
  return Math.floor(instant / DAY);
}

/** The instant at which a day begins. */
export function instantOf(day: number): number {
  return day * DAY;
}

/** The day of a date, or null where there is no such date (30 February). */
export function dayOfDate(year: number, month: number, day: number): number | null {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? dayOf(at.getTime()) : null;
}

/** The days of a range of instants. */
export function daysOf(range: DateRange): Days {
  return { first: dayOf(range.from), last: dayOf(range.to) };
}

/** A run of days as a range of instants: from the first instant of the first to the last of the last. */
export function rangeOf({ first, last }: Days): DateRange {
  return { from: instantOf(first), to: instantOf(last + 1) - 1 };
}

/** A day as "2014-10-28". */
export function isoOf(day: number): string {
  return new Date(instantOf(day)).toISOString().slice(0, 10);
}

/** A run of days in EDTF, as short as it can be said: a day, a month, a year, or an interval of days. */
export function edtfOf({ first, last }: Days): string {
  if (!Number.isFinite(first) || !Number.isFinite(last))
    return `${Number.isFinite(first) ? isoOf(first) : '..'}/${Number.isFinite(last) ? isoOf(last) : '..'}`;
  const [from, to] = [isoOf(first), isoOf(last)];
  if (first === last) return from;
  const after = isoOf(last + 1);
  if (from.endsWith('-01') && after.endsWith('-01')) {
    if (from.slice(0, 7) === to.slice(0, 7)) return from.slice(0, 7);
    if (from.endsWith('-01-01') && to.endsWith('-12-31') && from.slice(0, 4) === to.slice(0, 4))
      return from.slice(0, 4);
  }
  return `${from}/${to}`;
}

/** The weekday of a day: 0 is Monday, 6 Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/**
 * The same date so many years away; 29 February becomes 28 February where that year has none.
 */
export function yearsLater(day: number, years: number): number {
  const at = new Date(instantOf(day));
  const [year, month, date] = [at.getUTCFullYear() + years, at.getUTCMonth() + 1, at.getUTCDate()];
  return dayOfDate(year, month, date) ?? dayOfDate(year, month, date - 1) ?? day;
}

/** How many days a run has. */
export function lengthOf({ first, last }: Days): number {
  return last - first + 1;
}
