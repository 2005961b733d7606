// Numbers that are the same where they should differ, and differ where they should be the same.
import { meet, type Quantity } from '../quantity.ts';
import { apartStep, figureStep, type Misfit, weightOf } from './check.ts';

/**
 * One party's number for one measure and period, given once for one area and once for another. Only numbers of three digits
 * that count or more, which do not come out alike by chance.
 */
export function sameNumberTwoAreas({ a, b }: { a: Quantity; b: Quantity }): Misfit | null {
  if (!a.place || !b.place || a.place.key === b.place.key) return null;
  if (a.measure !== b.measure || !a.period || !b.period) return null;
  if (a.period.range.from !== b.period.range.from || a.period.range.to !== b.period.range.to) return null;
  if (!a.party || a.party.key !== b.party?.key) return null;
  if (a.amount.bound === 'range' || a.amount.bound === 'change' || a.amount.unit === '%') return null;
  if (a.amount.value === null || a.amount.value !== b.amount.value || a.amount.unit !== b.amount.unit)
    return null;
  if (digitsThatCount(a.amount.value) < 3) return null;
  return {
    working: [
      figureStep(a),
      figureStep(b),
      { code: 'same-number-two-areas', values: { amount: a.amount, a: a.place.name, b: b.place.name } },
    ],
    weight: 0.55,
  };
}

function digitsThatCount(value: number): number {
  return value.toExponential().split('e')[0]!.replace(/[-.]/g, '').replace(/0+$/, '').length;
}

/** One page that gives one party two numbers for the same measure, place and period, which no rounding makes one. */
export function pageContradicts({ a, b }: { a: Quantity; b: Quantity }): Misfit | null {
  if (a.source === null || a.source !== b.source || a.measure !== b.measure) return null;
  if (a.place?.key !== b.place?.key || a.party?.key !== b.party?.key) return null;
  if (!a.period || !b.period || a.method !== b.method || a.modality !== b.modality) return null;
  if (a.period.range.from !== b.period.range.from || a.period.range.to !== b.period.range.to) return null;
  if (a.amount.unit !== b.amount.unit || (a.amount.bound === 'change') !== (b.amount.bound === 'change'))
    return null;
  if (meet(a.printed, b.printed)) return null;
  return {
    working: [
      figureStep(a),
      figureStep(b),
      { code: 'page-contradicts', values: { a: a.amount, b: b.amount } },
      apartStep(a.printed, b.printed, a.amount.unit),
    ],
    weight: weightOf(a.printed, b.printed, 0.7),
  };
}
