// What every check of arithmetic has in common: its answer, and the steps in which figures and intervals are told.
import type { Step, StepAmount } from '../../record/disagreement.ts';
import type { Interval } from '../../record/figure.ts';
import type { Quantity } from '../quantity.ts';

/** What a check has to say when something does not fit; null when it holds or cannot be told. */
export interface Misfit {
  working: Step[];
  /** 0 to 1, as a finding has it. */
  weight: number;
}

/** A figure as a step: the amount with what is counted, where, when and according to whom, as far as it is given. */
export function figureStep({ amount, counted, place, period, party }: Quantity): Step {
  return {
    code: 'figure',
    values: {
      amount,
      counted,
      place: place?.name ?? 'none',
      period: period?.text ?? 'none',
      party: party?.name ?? 'none',
    },
  };
}

/** An exact amount. */
export function exactly(value: number, unit: string | null): StepAmount {
  return { bound: 'exact', value, low: null, high: null, unit };
}

/** An amount for an interval: exact, a range, or open to one side. */
export function amountOf({ low, high }: Interval, unit: string | null): StepAmount {
  const [from, to] = [tidy(low), tidy(high)];
  if (from === to) return exactly(from, unit);
  if (!Number.isFinite(high)) return { bound: 'at-least', value: from, low: null, high: null, unit };
  if (!Number.isFinite(low)) return { bound: 'at-most', value: to, low: null, high: null, unit };
  return { bound: 'range', value: null, low: from, high: to, unit };
}

/** A change of so many per cent as an amount, to one decimal. */
export function changeOf(percent: number): StepAmount {
  return { bound: 'change', value: Math.round(percent * 10) / 10, low: null, high: null, unit: '%' };
}

/** A change as it can be told: one with a single end is more, or less, than so much. */
export function toldChange(amount: StepAmount): StepAmount {
  const { value, low, high, unit } = amount;
  if (value !== null || (low === null) === (high === null)) return amount;
  return { bound: low !== null ? 'more-than' : 'less-than', value: low ?? high, low: null, high: null, unit };
}

/** A number without the dust of floating point: twelve digits that count. */
export function tidy(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : value;
}

/** The middle of what an amount says: its value, or the middle of its range; null where it says neither. */
export function middleOf({ value, low, high }: StepAmount): number | null {
  if (value !== null) return value;
  return low !== null && high !== null ? (low + high) / 2 : (low ?? high);
}

/** How far two intervals lie apart; 0 where they meet. */
export function gap(a: Interval, b: Interval): number {
  return Math.max(0, a.low - b.high, b.low - a.high);
}

/** The step that says how far apart two intervals lie: at least so much, and what share of the second that is. */
export function apartStep(a: Interval, b: Interval, unit: string | null): Step {
  const difference = gap(a, b);
  // Of nothing there is no share: then it is that of the first.
  const size = Math.abs(nearest(b)) || Math.abs(nearest(a)) || 1;
  return {
    code: 'apart',
    values: {
      difference: exactly(shortened(difference), unit),
      share: Math.round((1000 * difference) / size) / 10,
    },
  };
}

/** A difference as a person would say it: whole as it is, anything else to four digits. */
function shortened(value: number): number {
  const whole = tidy(value);
  return Number.isInteger(whole) || !Number.isFinite(whole) ? whole : Number(whole.toPrecision(4));
}

/** A finite end of an interval. */
function nearest({ low, high }: Interval): number {
  return Number.isFinite(high) ? high : Number.isFinite(low) ? low : 1;
}

/** A weight between a floor and 0.95, growing with how far two intervals lie apart for their size. */
export function weightOf(a: Interval, b: Interval, floor = 0.6): number {
  const size = Math.max(Math.abs(nearest(a)), Math.abs(nearest(b)), 1e-12);
  const far = Math.min(1, gap(a, b) / size);
  return floor + (0.95 - floor) * Math.min(1, far * 2);
}
