// What a printed amount allows: its bound, its range and its rounding together, as one interval.
import type { StepAmount } from '../record/disagreement.ts';
import type { Interval } from '../record/figure.ts';
import { isMoney } from '../record/measure-match.ts';
import { rounding } from './quantity.ts';

/** How far "about" reaches either way, as a share of the amount; a convention of ours, told in docs/disagreements.md. */
export const ABOUT = 0.1;

/**
 * All values that a printed amount allows. "9,500" may be rounded from 9,450 or cut off from 9,599; "487" is 487. However round
 * a number is, this does not stretch it by more than a tenth, which is what "about" allows: 10,000 is 9,000 to 11,000.
 * A lower or upper bound reaches to infinity, and down to nothing where the amount is not negative.
 * Without any number it allows everything.
 * @example printedInterval({ bound: 'range', value: null, low: 1500, high: 2000, unit: null }) // { low: 1450, high: 2050 }
 */
export function printedInterval(amount: StepAmount): Interval {
  const { bound, low, high } = amount;
  if (low !== null && high !== null) {
    // "1,500–2,000" is written to the hundred: the finer of two ends tells how fine both are.
    const fine = Math.min(looseness(low, amount.unit).rounded, looseness(high, amount.unit).rounded);
    return { low: low - fine, high: high + fine };
  }
  const value = amount.value ?? low ?? high;
  if (value === null) return { low: -Infinity, high: Infinity };
  const { rounded, cut } = looseness(value, amount.unit);
  switch (bound) {
    case 'about': {
      const isCount = Number.isInteger(value) && amount.unit === null;
      const slack = Math.max(Math.abs(value) * ABOUT, cut, isCount ? 1 : 0);
      return { low: value - slack, high: value + slack };
    }
    case 'at-least':
    case 'more-than':
      return { low: value - rounded, high: Infinity };
    case 'at-most':
    case 'less-than':
      return { low: value < 0 ? -Infinity : 0, high: value + rounded };
    default:
      // What is cut off was farther from nothing.
      return value < 0
        ? { low: value - cut, high: value + rounded }
        : { low: value - rounded, high: value + cut };
  }
}

/** The values that an amount names by itself, without rounding or "about": what a person who reads it would reckon with. */
export function writtenInterval(amount: StepAmount): Interval {
  const { bound, low, high } = amount;
  if (low !== null && high !== null) return { low, high };
  const value = amount.value ?? low ?? high;
  if (value === null) return { low: -Infinity, high: Infinity };
  if (bound === 'at-least' || bound === 'more-than') return { low: value, high: Infinity };
  if (bound === 'at-most' || bound === 'less-than') return { low: value < 0 ? -Infinity : 0, high: value };
  return { low: value, high: value };
}

/**
 * How far a number may lie from what it stands for: by rounding half of what its last digit that counts stands for, by
 * cutting off all of that. Nothing for a plain count that is written to the one.
 */
function looseness(value: number, unit: string | null): { rounded: number; cut: number } {
  // People come whole; euros and per cent do not, so "12 %" is 11.5 to 12.5.
  const isContinuous = unit === '%' || isMoney(unit);
  const { low } = rounding(value, isContinuous && Number.isInteger(value) ? 0 : undefined);
  const half = value - low;
  const most = Number.isInteger(value) ? Math.max(0.5, Math.abs(value) * ABOUT) : half * 2;
  // Per cent are rounded; nobody cuts them off.
  return { rounded: Math.min(half, most), cut: Math.min(unit === '%' ? half : half * 2, most) };
}
