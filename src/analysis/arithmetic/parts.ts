// Sums: parts against their total, and finer figures against coarser ones (days against their week or month).
import type { Step } from '../../record/disagreement.ts';
import type { Interval } from '../../record/figure.ts';
import { meet, type Quantity } from '../quantity.ts';
import { amountOf, apartStep, figureStep, type Misfit, tidy, weightOf } from './check.ts';

/** How many parts a working lists one by one. */
const LISTED = 24;

/**
 * Parts against the total that the same source gives for them. Where some parts are given as ranges, the source has said how
 * sure it is of each, and the others stand as printed; else each part may be rounded.
 */
export function sumOfParts({ total, parts }: { total: Quantity; parts: readonly Quantity[] }): Misfit | null {
  if (parts.length < 2 || [total, ...parts].some((one) => one.amount.unit !== total.amount.unit)) return null;
  const sum = sumOf(parts);
  if (meet(sum, total.printed)) return null;
  return {
    working: [
      figureStep(total),
      ...parts.slice(0, LISTED).map(partStep),
      ...(parts.length > LISTED ? [{ code: 'parts-more', values: { count: parts.length - LISTED } }] : []),
      {
        code: 'parts-sum',
        values: { count: parts.length, sum: amountOf(sum, total.amount.unit), total: total.amount },
      },
      apartStep(sum, total.printed, total.amount.unit),
    ],
    weight: weightOf(sum, total.printed),
  };
}

function partStep({ amount, counted, place, period }: Quantity): Step {
  return {
    code: 'part',
    values: { amount, counted, place: place?.name ?? 'none', period: period?.text ?? 'none' },
  };
}

/** The sums that the prints of the parts allow. */
function sumOf(parts: readonly Quantity[]): Interval {
  const someRanges = parts.some(({ amount }) => amount.bound === 'range');
  let [low, high] = [0, 0];
  for (const { amount, printed } of parts) {
    const stands = someRanges && amount.bound === 'exact' && amount.value !== null;
    const stated = amount.bound === 'range' && amount.low !== null && amount.high !== null;
    low += stands ? amount.value! : stated ? amount.low! : printed.low;
    high += stands ? amount.value! : stated ? amount.high! : printed.high;
  }
  return { low: tidy(low), high: tidy(high) };
}

/** A part, or a shorter stretch of the same count, that is more than its whole. */
export function partExceedsTotal({ part, total }: { part: Quantity; total: Quantity }): Misfit | null {
  if (part.amount.unit !== total.amount.unit || !(part.printed.low > total.printed.high)) return null;
  return {
    working: [
      figureStep(part),
      figureStep(total),
      { code: 'part-exceeds-total', values: { part: part.amount, total: total.amount } },
      apartStep(part.printed, total.printed, total.amount.unit),
    ],
    weight: weightOf(part.printed, total.printed),
  };
}

/** Figures of a running total, or of stretches that begin on one day, in order of time: the later may not be less. */
export function cumulativeFalls({ earlier, later }: { earlier: Quantity; later: Quantity }): Misfit | null {
  if (earlier.amount.unit !== later.amount.unit || !(later.printed.high < earlier.printed.low)) return null;
  return {
    working: [
      figureStep(earlier),
      figureStep(later),
      { code: 'cumulative-falls', values: { earlier: earlier.amount, later: later.amount } },
      apartStep(later.printed, earlier.printed, later.amount.unit),
    ],
    weight: weightOf(earlier.printed, later.printed),
  };
}

/**
 * A coarser figure (a week, a month, a year) against the finer ones that make it up. The caller sees to it that the finer
 * fill the coarser period without gap or overlap.
 */
export function finerAgainstCoarser({
  coarse,
  fine,
}: {
  coarse: Quantity;
  fine: readonly Quantity[];
}): Misfit | null {
  if (fine.length === 0 || fine.some((one) => one.amount.unit !== coarse.amount.unit)) return null;
  const sum: Interval = { low: 0, high: 0 };
  for (const { printed } of fine) {
    sum.low += printed.low;
    sum.high += printed.high;
  }
  if (meet(sum, coarse.printed)) return null;
  const listed: Step[] = fine.length <= 12 ? fine.map(partStep) : [];
  return {
    working: [
      figureStep(coarse),
      ...listed,
      {
        code: 'finer-sum',
        values: {
          count: fine.length,
          sum: amountOf({ low: tidy(sum.low), high: tidy(sum.high) }, coarse.amount.unit),
          coarse: coarse.amount,
          period: coarse.period?.text ?? 'none',
        },
      },
      apartStep(sum, coarse.printed, coarse.amount.unit),
    ],
    weight: weightOf(sum, coarse.printed),
  };
}
