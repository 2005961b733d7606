// Time in figures: how long a period is, how much that makes a week, and on which weekday a date falls.
import type { StepAmount } from '../../record/disagreement.ts';
import type { Interval } from '../../record/figure.ts';
import {
  DAYS_PER_MONTH,
  DAYS_PER_YEAR,
  type Days,
  daysOf,
  edtfOf,
  isoOf,
  lengthOf,
  weekdayOf,
} from '../calendar.ts';
import { meet, type Quantity, rounding } from '../quantity.ts';
import { amountOf, apartStep, figureStep, type Misfit, tidy, weightOf } from './check.ts';

/** Units of time in which lengths and rates are given. */
export type TimeUnit = 'day' | 'week' | 'month' | 'year';

const DAYS_IN: Record<TimeUnit, number> = { day: 1, week: 7, month: DAYS_PER_MONTH, year: DAYS_PER_YEAR };

/** How many of a unit of time a run of days is. */
export function lengthIn(days: Days, unit: TimeUnit): number {
  return lengthOf(days) / DAYS_IN[unit];
}

/**
 * A length given in words ("six months") against the period it is given for. Up to three quarters of a unit either way is
 * let pass, or a tenth: nobody says "five and a half".
 */
export function periodLength({
  count,
  unit,
  days,
}: {
  count: number;
  unit: TimeUnit;
  days: Days;
}): Misfit | null {
  if (!Number.isFinite(days.first) || !Number.isFinite(days.last)) return null;
  const length = lengthIn(days, unit);
  const apart = Math.abs(length - count);
  if (apart <= Math.max(0.75, count * 0.1)) return null;
  return {
    working: [
      {
        code: 'period-length',
        values: {
          period: edtfOf(days),
          days: lengthOf(days),
          length: Math.round(length * 10) / 10,
          count,
          unit,
        },
      },
    ],
    weight: Math.min(0.9, 0.5 + apart / Math.max(count, length) / 2),
  };
}

/**
 * A rate ("4.5 per week") against a total of the same over a known period. A rate may be rounded, or cut off after its last
 * digit: 159 for 159.67.
 */
export function rateAgainstTotal({
  rate,
  per,
  total,
}: {
  rate: StepAmount;
  per: TimeUnit;
  total: Quantity;
}): Misfit | null {
  const range = total.period?.range;
  if (!range || rate.unit !== total.amount.unit) return null;
  const days = daysOf(range);
  if (!Number.isFinite(days.first) || !Number.isFinite(days.last)) return null;
  const units = lengthIn(days, per);
  // "per week" of three days says nothing about them.
  if (units < 1) return null;
  const found = { low: total.printed.low / units, high: total.printed.high / units };
  const given = rateInterval(rate);
  // A year has 52 weeks or 52.2, as one likes: a hundredth either way is the calendar's.
  const eased = { low: found.low * 0.99, high: found.high * 1.01 };
  if (given === null || meet(eased, given)) return null;
  return {
    working: [
      figureStep(total),
      {
        code: 'rate-against-total',
        values: {
          total: total.amount,
          units: Math.round(units * 10) / 10,
          per,
          result: amountOf({ low: round(found.low), high: round(found.high) }, total.amount.unit),
          rate,
        },
      },
      apartStep(given, found, total.amount.unit),
    ],
    weight: weightOf(found, given, 0.65),
  };
}

function round(value: number): number {
  return Number.isFinite(value)
    ? Number(value.toPrecision(Math.max(3, Math.ceil(Math.log10(Math.abs(value) + 1)))))
    : value;
}

/** What a rate allows: its rounding, or what it may have been cut from. */
function rateInterval({ bound, value, low, high }: StepAmount): Interval | null {
  if (low !== null && high !== null) return { low, high };
  if (value === null) return null;
  const printed = rounding(value);
  const half = printed.low === printed.high ? 0.5 : (printed.high - printed.low) / 2;
  switch (bound) {
    case 'at-least':
    case 'more-than':
      return { low: value - half, high: Infinity };
    case 'at-most':
    case 'less-than':
      return { low: -Infinity, high: value + half };
    case 'about': {
      const slack = Math.max(half, Math.abs(value) * 0.1);
      return { low: value - slack, high: value + slack };
    }
    default:
      return { low: tidy(value - half), high: tidy(value + 2 * half) };
  }
}

/** A date given with a weekday that it does not fall on; 0 is Monday. `likely` are nearby dates that would fit, if any. */
export function weekdayMismatch({
  day,
  weekday,
  likely = [],
}: {
  day: number;
  weekday: number;
  likely?: readonly number[];
}): Misfit | null {
  if (weekdayOf(day) === weekday) return null;
  return {
    working: [
      { code: 'weekday', values: { date: isoOf(day), weekday: weekdayOf(day), given: weekday } },
      ...likely.map((fits) => ({ code: 'weekday-likely', values: { date: isoOf(fits), weekday } })),
    ],
    weight: 0.6,
  };
}
