// What a printed amount allows: its bound, its range and its rounding together, as one interval.
import type { StepAmount } from '../record/disagreement.ts';
import type { Interval } from '../record/figure.ts';
import { isMoney } from '../record/measure-match.ts';
import { rounding } from './quantity.ts';

/** How far "about" reaches either way, as a share of the amount; a convention of ours, told in docs/disagreements.md. */
export const ABOUT = 0.1;

/**
 * All values that a printed amount allows. "15,400" is 15,350 to 15,450, "500" is 450 to 550, "487" is 487. However round a
 * number is, rounding does not stretch it by more than a tenth, which is what "about" allows: 10,000 is 9,000 to 11,000.
 * A lower or upper bound reaches to infinity, and down to nothing where the amount is not negative.
 * Without any number it allows everything.
 * @example printedInterval({ bound: 'range', value: null, low: 1500, high: 2000, unit: null }) // { low: 1450, high: 2050 }
 */
export function printedInterval(amount: StepAmount): Interval {
  const { bound, low, high } = amount;
  if (low !== null && high !== null) {
    // "1,500–2,000" is written to the hundred: the finer of two ends tells how fine both are.
    const margin = Math.min(half(low, amount.unit), half(high, amount.unit));
    return { low: low - margin, high: high + margin };
  }
  const value = amount.value ?? low ?? high;
  if (value === null) return { low: -Infinity, high: Infinity };
  const margin = half(value, amount.unit);
  switch (bound) {
    case 'about': {
      const isCount = Number.isInteger(value) && amount.unit === null;
      const slack = Math.max(Math.abs(value) * ABOUT, margin, isCount ? 1 : 0);
      return { low: value - slack, high: value + slack };
    }
    case 'at-least':
    case 'more-than':
      return { low: value - margin, high: Infinity };
    case 'at-most':
    case 'less-than':
      return { low: value < 0 ? -Infinity : 0, high: value + margin };
    default:
      return { low: value - margin, high: value + margin };
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

/** Half of what the last digit that counts stands for; nothing for a plain count that is written to the one. */
function half(value: number, unit: string | null): number {
  // People come whole; euros and per cent do not, so "12 %" is 11.5 to 12.5.
  const isContinuous = unit === '%' || isMoney(unit);
  const { low } = rounding(value, isContinuous && Number.isInteger(value) ? 0 : undefined);
  const margin = value - low;
  return Number.isInteger(value) ? Math.min(margin, Math.max(0.5, Math.abs(value) * ABOUT)) : margin;
}
