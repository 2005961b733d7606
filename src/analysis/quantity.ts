// A quantity: a figure as arithmetic sees it, whether it comes from a record or from a row of a table. What the print
// allows is an interval: "15,400" may stand for anything from 15,350 to 15,450, and only what no value in it fits is wrong.
import type { DateRange } from '../record/date.ts';
import type { StepAmount } from '../record/disagreement.ts';
import type { Interval } from '../record/figure.ts';
import type { Modality, Repeats, SeriesKind } from '../record/vocabulary.ts';

/** A figure as arithmetic sees it. Keys are for comparing, names for telling. */
export interface Quantity {
  /** The record's id, or of a table "row 12". */
  id: string;
  /** The measure's id; where none is given, the folded words of what is counted. */
  measure: string;
  /** What is counted, in words. */
  counted: string;
  series: SeriesKind;
  repeats: Repeats;
  modality: Modality;
  /** As printed; its unit is that of money (ISO 4217), "%", or null for a plain count. */
  amount: StepAmount;
  /** All values that the print allows: bound, range and rounding together. Ends may be infinite. */
  printed: Interval;
  /** `within`: the keys of the places it lies in, nearest first. */
  place: { key: string; name: string; within?: readonly string[] } | null;
  period: { range: DateRange; text: string } | null;
  /** According to whom. */
  party: { key: string; name: string } | null;
  /** Where it stands: figures of one source are held to one another. */
  source: string | null;
  /** What a change is a change from. */
  baseline: {
    period: { range: DateRange; text: string } | null;
    value: number | null;
    words: string | null;
  } | null;
  /** The same amount in other units. */
  equivalents: { value: number; unit: string }[];
  method: string | null;
}

/**
 * The values that a printed number may stand for by its rounding alone: half a unit of its last digit that counts, either
 * way. Zeros at the end of a whole number count as rounding, since nobody can tell; `decimals` says how many were printed
 * after the point, where the print is known ("2.0" has one).
 * @example rounding(15_400) // { low: 15_350, high: 15_450 }
 */
export function rounding(value: number, decimals?: number): Interval {
  const half = unitOfLastDigit(value, decimals) / 2;
  // Nothing is rounded to less than nothing: a count that is whole to its last digit is itself.
  if (half <= 0.5 && Number.isInteger(value) && decimals === undefined) return { low: value, high: value };
  return { low: value - half, high: value + half };
}

function unitOfLastDigit(value: number, decimals?: number): number {
  if (decimals !== undefined && decimals > 0) return 10 ** -decimals;
  if (value === 0 || !Number.isFinite(value)) return 1;
  const digits = Math.abs(value).toExponential().split('e') as [string, string];
  const places = digits[0].includes('.') ? digits[0].length - 2 : 0;
  return 10 ** (Number(digits[1]) - places);
}

/** Whether two intervals share a value. Ends that differ by less than a billionth of their size are one. */
export function meet(a: Interval, b: Interval): boolean {
  const slack = 1e-9 * Math.max(finite(a.low), finite(a.high), finite(b.low), finite(b.high), 1);
  return a.low <= b.high + slack && b.low <= a.high + slack;
}

function finite(end: number): number {
  return Number.isFinite(end) ? Math.abs(end) : 0;
}
