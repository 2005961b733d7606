// Slips of the pen: one number is another with a digit lost (or one too many), or with two neighbours the wrong way round.
import { meet, type Quantity } from '../quantity.ts';
import { apartStep, figureStep, type Misfit, weightOf } from './check.ts';

/** How one number's digits may have become another's. */
export type DigitSlip = 'lost' | 'swapped';

/**
 * How the digits of one number are those of the other but for one slip, or null. Numbers of fewer than three digits are too
 * easily alike; whole numbers only.
 * @example digitSlip(294, 2294) // 'lost'
 */
export function digitSlip(a: number, b: number): DigitSlip | null {
  if (!Number.isInteger(a) || !Number.isInteger(b) || a === b || a < 0 || b < 0) return null;
  const [short, long] = a < b ? [String(a), String(b)] : [String(b), String(a)];
  if (long.length < 3 || /e/.test(long)) return null;
  if (short.length === long.length)
    return short.length < 3 ? null : isSwapped(short, long) ? 'swapped' : null;
  if (short.length + 1 !== long.length) return null;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.slice(at) !== long.slice(at + 1)) return null;
  // Or the longer has one that should not be there: which, nobody can tell.
  return 'lost';
}

function isSwapped(a: string, b: string): boolean {
  let at = 0;
  while (a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Two exact figures of one measure, place and period of which one is the other with a slip of digits. */
export function lostDigit({ a, b }: { a: Quantity; b: Quantity }): Misfit | null {
  if (a.amount.bound !== 'exact' || b.amount.bound !== 'exact' || a.amount.unit !== b.amount.unit)
    return null;
  if (a.amount.value === null || b.amount.value === null || meet(a.printed, b.printed)) return null;
  const slip = digitSlip(a.amount.value, b.amount.value);
  if (slip === null) return null;
  const [short, long] = a.amount.value < b.amount.value ? [a, b] : [b, a];
  return {
    working: [
      figureStep(long),
      figureStep(short),
      { code: `digit-${slip}`, values: { short: short.amount, long: long.amount } },
      apartStep(short.printed, long.printed, long.amount.unit),
    ],
    weight: weightOf(short.printed, long.printed, 0.75),
  };
}
