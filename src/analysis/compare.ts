// Two figures as intervals: whether what one print allows meets what the other allows, and how far apart they are if not.
import type { Interval } from '../record/figure.ts';
import { writtenInterval } from './interval.ts';
import { meet, type Quantity } from './quantity.ts';

/** How one figure's interval stands to another's. */
export type Relation = 'consistent' | 'contains' | 'contained' | 'differ';

/** How two figures stand to one another. */
export interface Comparison {
  /** "contains": the first allows all that the second allows, and more. */
  relation: Relation;
  /** The ends as written that are nearest to one another, the lower first; null where the figures do not differ. */
  nearest: { lower: number; higher: number } | null;
  /** What lies between the nearest ends; 0 where the figures do not differ. */
  difference: number;
  /** The higher of the nearest ends divided by the lower; null where they do not differ, or the lower is not above zero. */
  ratio: number | null;
  /** By how many per cent the higher of the nearest ends exceeds the lower; null as for the ratio. */
  percent: number | null;
}

/**
 * Compares two figures: whether they differ by what their prints allow, rounding and "about" included; how far apart they are
 * by what is written, which anybody can do again by hand. Symmetric but for "contains" and "contained", which change places.
 * Widening what either allows never makes figures differ that did not.
 */
export function compareFigures(
  a: Pick<Quantity, 'amount' | 'printed'>,
  b: Pick<Quantity, 'amount' | 'printed'>,
): Comparison {
  const relation = relationOf(a.printed, b.printed);
  if (relation !== 'differ') return { relation, nearest: null, difference: 0, ratio: null, percent: null };
  const [one, other] = [writtenInterval(a.amount), writtenInterval(b.amount)];
  // What is written lies within what the print allows, so it is apart as well, and in the same order.
  const [lower, higher] = one.high < other.low ? [one.high, other.low] : [other.high, one.low];
  const ratio = lower > 0 ? higher / lower : null;
  return {
    relation,
    nearest: { lower, higher },
    difference: higher - lower,
    ratio,
    percent: ratio === null ? null : (ratio - 1) * 100,
  };
}

/** How one interval stands to another: they differ when they share no value. */
export function relationOf(a: Interval, b: Interval): Relation {
  if (!meet(a, b)) return 'differ';
  if (a.low === b.low && a.high === b.high) return 'consistent';
  if (a.low <= b.low && a.high >= b.high) return 'contains';
  return b.low <= a.low && b.high >= a.high ? 'contained' : 'consistent';
}
