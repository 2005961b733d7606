// Why two figures stand side by side and are not compared, as a sentence of a working: "another area", "attempts, not
// arrivals", "four months earlier".
import { daysOf, type FigureScope, type ScopeDifference, scopeDifferences } from '../record/comparable.ts';
import type { Step } from '../record/disagreement.ts';

/** The reasons in the order in which they are told: what weighs most for a reader first. */
const TOLD: readonly ScopeDifference[] = [
  'measure',
  'unknown-measure',
  'unit',
  'change',
  'modality',
  'place',
  'period',
  'baseline',
  'repeats',
  'unknown-place',
  'unknown-period',
];

/** The reason that weighs most, or null when the two may be compared; in words it is `words.scope.<reason>`. */
export function scopeReason(a: FigureScope, b: FigureScope): ScopeDifference | null {
  const found = scopeDifferences(a, b);
  return TOLD.find((reason) => found.includes(reason)) ?? null;
}

/** The reason that weighs most, told of the second figure: "arrivals, not attempts". Null when the two may be compared. */
export function scopeNote(a: FigureScope, b: FigureScope): Step | null {
  const reason = scopeReason(a, b);
  return reason === null ? null : noteOf(reason, a, b);
}

/** Every reason, those that weigh most first; empty when the two may be compared. */
export function scopeNotes(a: FigureScope, b: FigureScope): Step[] {
  const found = scopeDifferences(a, b);
  return TOLD.filter((reason) => found.includes(reason)).map((reason) => noteOf(reason, a, b));
}

function noteOf(reason: ScopeDifference, a: FigureScope, b: FigureScope): Step {
  switch (reason) {
    case 'measure':
      return { code: 'scope-measure', values: { a: a.counted, b: b.counted } };
    case 'unknown-measure':
      return { code: 'scope-unknown-measure', values: { a: a.counted, b: b.counted } };
    case 'unit':
      return { code: 'scope-unit', values: { a: a.amount.unit ?? 'count', b: b.amount.unit ?? 'count' } };
    case 'modality':
      return { code: 'scope-modality', values: { a: a.modality, b: b.modality } };
    case 'repeats':
      return { code: 'scope-repeats', values: { a: a.repeats, b: b.repeats } };
    case 'place':
      return placeNote(a.place!, b.place!);
    case 'period':
      return periodNote(a.period!, b.period!);
    case 'change':
      return { code: 'scope-change', values: { b: b.amount.bound === 'change' ? 'change' : 'amount' } };
    case 'baseline':
      return { code: 'scope-baseline', values: {} };
    case 'unknown-place':
      return { code: 'scope-unknown-place', values: {} };
    case 'unknown-period':
      return { code: 'scope-unknown-period', values: {} };
  }
}

type KnownPlace = NonNullable<FigureScope['place']>;
function placeNote(a: KnownPlace, b: KnownPlace): Step {
  if (b.within?.includes(a.key))
    return { code: 'scope-place-within', values: { inner: b.name, outer: a.name } };
  if (a.within?.includes(b.key))
    return { code: 'scope-place-within', values: { inner: a.name, outer: b.name } };
  return { code: 'scope-place', values: { a: a.name, b: b.name } };
}

/** Days in a month and in a year, on average. */
const MONTH = 30.44;
const YEAR = 365.25;

/** How far the second period lies from the first, or that they are not alike in length. */
function periodNote(a: NonNullable<FigureScope['period']>, b: NonNullable<FigureScope['period']>): Step {
  const [first, second] = [daysOf(a.range), daysOf(b.range)];
  const values = { period1: a.text, period2: b.text };
  const [long, short] = [first.to - first.from + 1, second.to - second.from + 1].sort((x, y) => y - x);
  const apart = (second.from + second.to - first.from - first.to) / 2;
  // Two months of 30 and 31 days are alike; a month and a day are not, nor are eight months and a year.
  if (!Number.isFinite(apart) || long! > short! * 1.25) return { code: 'scope-period-length', values };
  const far = Math.abs(apart);
  if (far < 1) return { code: 'scope-period-overlap', values };
  const { count, unit } = inUnits(far);
  return {
    code: 'scope-period-apart',
    values: { count, unit, way: apart < 0 ? 'earlier' : 'later', ...values },
  };
}

/** Days in the unit that a person would say them in: "3 days", "2 weeks", "4 months", "2 years". */
function inUnits(days: number): { count: number; unit: 'day' | 'week' | 'month' | 'year' } {
  if (days < 13) return { count: Math.round(days), unit: 'day' };
  if (days < MONTH - 4) return { count: Math.round(days / 7), unit: 'week' };
  if (days < YEAR - 15) return { count: Math.round(days / MONTH), unit: 'month' };
  return { count: Math.round(days / YEAR), unit: 'year' };
}
