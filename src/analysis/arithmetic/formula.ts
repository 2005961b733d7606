// Sums that a text writes out: "141+191+209=541", "1226/52=23.6".
import type { Interval } from '../../record/figure.ts';
import { meet } from '../quantity.ts';
import { exactly, gap, type Misfit, tidy } from './check.ts';

/** A sum as written: numbers with the sign that stands before each, and what they are said to make. */
export interface Formula {
  /** The words as they stand. */
  text: string;
  terms: { operator: '+' | '-' | '*' | '/'; value: number }[];
  result: number;
  /** All values that the result's print allows. */
  allowed: Interval;
}

/** A written-out sum, worked from left to right with multiplication and division first; null where it holds. */
export function formulaMisfit({ text, terms, result, allowed }: Formula): Misfit | null {
  const found = workedOut(terms);
  if (!Number.isFinite(found) || meet({ low: found, high: found }, allowed)) return null;
  // A quotient may be cut off after its last digit instead of rounded.
  const unit = (allowed.high - allowed.low) / 2 || 0.5;
  const divided = terms.some(({ operator }) => operator === '/');
  if (divided && Math.abs(found) >= Math.abs(result) && Math.abs(found) < Math.abs(result) + 2 * unit)
    return null;
  const far = gap({ low: found, high: found }, allowed) / Math.max(Math.abs(found), 1e-12);
  return {
    working: [
      { code: 'formula', values: { text, result: exactly(tidy(found), null), given: exactly(result, null) } },
    ],
    weight: Math.min(0.9, 0.6 + far),
  };
}

function workedOut(terms: Formula['terms']): number {
  let [sum, product] = [0, 0];
  for (const { operator, value } of terms) {
    if (operator === '*') product *= value;
    else if (operator === '/') product /= value;
    else {
      sum += product;
      product = operator === '-' ? -value : value;
    }
  }
  return sum + product;
}
