// Changes: "+50 %", "doubled", "2,415 more", held against the two figures they speak of, and against one another.
import type { Step } from '../../record/disagreement.ts';
import type { Interval } from '../../record/figure.ts';
import { meet, type Quantity, rounding } from '../quantity.ts';
import {
  apartStep,
  changeOf,
  exactly,
  figureStep,
  type Misfit,
  middleOf,
  tidy,
  toldChange,
  weightOf,
} from './check.ts';

/** A figure of the period a change is from, and one of the period it is to. */
export interface Pair {
  from: Quantity;
  to: Quantity;
}

/**
 * The changes that a printed one allows. A whole number of per cent stands for half a per cent either way, "100" for half a
 * hundred, so that "doubled" is anything from 1.5 to 2.5 times; "more than doubled" has no upper end. A range is as printed.
 */
export function changeInterval({ amount }: Pick<Quantity, 'amount'>): Interval {
  const { bound, value, low, high } = amount;
  if (low !== null && high !== null)
    return { low: loosened(low, amount.unit).low, high: loosened(high, amount.unit).high };
  // A change that is only known to be more than so much has one end.
  if (low !== null) return { low, high: Infinity };
  if (high !== null) return { low: -Infinity, high };
  if (value === null) return { low: -Infinity, high: Infinity };
  const growing = value >= 0;
  // "fell by more than half": what is less than nothing grows downwards.
  if (bound === 'at-least' || bound === 'more-than')
    return growing ? { low: value, high: Infinity } : { low: -Infinity, high: value };
  if (bound === 'at-most' || bound === 'less-than')
    return growing ? { low: 0, high: value } : { low: value, high: 0 };
  const printed = loosened(value, amount.unit);
  if (bound !== 'about') return printed;
  const slack = Math.abs(value) * 0.1;
  return { low: Math.min(printed.low, value - slack), high: Math.max(printed.high, value + slack) };
}

/** Shares are measured, not counted: "68 %" is anything that rounds to it. */
function loosened(value: number, unit: string | null): Interval {
  const printed = rounding(value);
  return unit === '%' && printed.low === printed.high ? { low: value - 0.5, high: value + 0.5 } : printed;
}

/** The changes in per cent that the prints of two figures allow; null where the first may be nothing. */
export function percentBetween({ from, to }: Pair): Interval | null {
  if (!(from.printed.low > 0) || !(to.printed.low >= 0)) return null;
  const least = Number.isFinite(from.printed.high) ? to.printed.low / from.printed.high : 0;
  return { low: (least - 1) * 100, high: (to.printed.high / from.printed.low - 1) * 100 };
}

/**
 * A printed change in per cent (ratio words too: doubled is +100) against the two figures it speaks of. `others` are the
 * same two periods under other measures or by other counts: the working says what the change would be by each.
 */
export function percentChange({
  change,
  from,
  to,
  others,
}: Pair & { change: Quantity; others: readonly Pair[] }): Misfit | null {
  const found = percentBetween({ from, to });
  const given = changeInterval(change);
  if (found === null || meet(found, given)) return null;
  const middle = worked({ from, to });
  if (middle === null) return null;
  const working: Step[] = [
    figureStep(from),
    figureStep(to),
    {
      code: 'percent-change',
      values: {
        from: from.amount,
        to: to.amount,
        result: changeOf(middle),
        change: toldChange(change.amount),
      },
    },
    ...allowedSteps(found, given),
  ];
  for (const other of others.slice(0, 6)) {
    const [range, percent] = [percentBetween(other), worked(other)];
    if (range === null || percent === null) continue;
    working.push({
      code: meet(range, given) ? 'percent-other-fits' : 'percent-other',
      values: {
        counted: other.to.counted,
        place: other.to.place?.name ?? 'none',
        from: other.from.amount,
        to: other.to.amount,
        result: changeOf(percent),
      },
    });
  }
  return { working, weight: weightOf(found, given, 0.7) };
}

/** What the rounding of the figures allows for the change, and what the print of the change itself does. */
function allowedSteps(found: Interval, given: Interval): Step[] {
  if (![found.low, found.high].every(Number.isFinite)) return [];
  const numbers = { low: oneDecimal(found.low), high: oneDecimal(found.high) };
  if (!Number.isFinite(given.high))
    return [{ code: 'percent-allowed-least', values: { ...numbers, given: oneDecimal(given.low) } }];
  if (!Number.isFinite(given.low)) return [];
  if (numbers.low === numbers.high)
    return [
      {
        code: 'percent-allowed-given',
        values: { givenLow: oneDecimal(given.low), givenHigh: oneDecimal(given.high) },
      },
    ];
  return [
    {
      code: 'percent-allowed',
      values: { ...numbers, givenLow: oneDecimal(given.low), givenHigh: oneDecimal(given.high) },
    },
  ];
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The change from the middle of one figure to the middle of another, in per cent. */
function worked({ from, to }: Pair): number | null {
  const [first, last] = [middleOf(from.amount), middleOf(to.amount)];
  return first === null || last === null || first <= 0 ? null : (last / first - 1) * 100;
}

/** A printed change as a number ("2,415 more") against the two figures it speaks of. */
export function absoluteChange({ change, from, to }: Pair & { change: Quantity }): Misfit | null {
  const found = { low: to.printed.low - from.printed.high, high: to.printed.high - from.printed.low };
  const given = changeInterval(change);
  const [first, last] = [middleOf(from.amount), middleOf(to.amount)];
  if (Number.isNaN(found.low) || Number.isNaN(found.high) || meet(found, given)) return null;
  if (first === null || last === null) return null;
  return {
    working: [
      figureStep(from),
      figureStep(to),
      {
        code: 'absolute-change',
        values: {
          from: from.amount,
          to: to.amount,
          result: { ...exactly(tidy(last - first), to.amount.unit), bound: 'change' },
          change: toldChange(change.amount),
        },
      },
      apartStep(given, found, to.amount.unit),
    ],
    weight: weightOf(found, given),
  };
}

/**
 * Two changes given for one series over one stretch that cannot both hold: "+68 %" and "more than doubled". The caller sees
 * to it that they speak of the same.
 */
export function changesConflict(a: Quantity, b: Quantity): Misfit | null {
  if (a.amount.unit !== b.amount.unit) return null;
  const [first, second] = [changeInterval(a), changeInterval(b)];
  if (meet(first, second)) return null;
  return {
    working: [
      {
        code: 'changes-conflict',
        values: { a: toldChange(a.amount), b: toldChange(b.amount), counted: a.counted },
      },
      ...(a.amount.unit === '%' ? [timesStep(first), timesStep(second)] : []),
    ],
    weight: weightOf(first, second, 0.75),
  };
}

/** A change in per cent as a multiple, so that "more than doubled" and "+68 %" can be set side by side. */
function timesStep({ low, high }: Interval): Step {
  const times = (percent: number) => Math.round(100 + percent) / 100;
  if (!Number.isFinite(high)) return { code: 'change-times-least', values: { low: times(low) } };
  if (!Number.isFinite(low)) return { code: 'change-times-most', values: { high: times(high) } };
  return { code: 'change-times', values: { low: times(low), high: times(high) } };
}
