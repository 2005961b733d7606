// What makes two figures comparable, and why two are not. Only like is set against like.
import { dateRange } from './date.ts';
import type { FigureContent } from './figure.ts';

/** The part of a figure that says what it is a count of. */
export type FigureScope = Pick<
  FigureContent,
  'measure' | 'counted' | 'unit' | 'bound' | 'place' | 'period' | 'baseline'
>;

/** Why two figures stand side by side but are not compared. */
export type ScopeDifference =
  | 'measure'
  | 'unit'
  | 'change'
  | 'place'
  | 'period'
  | 'unknown-measure'
  | 'unknown-place'
  | 'unknown-period';

const fold = (words: string) =>
  words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/**
 * The differences of scope between two figures, in a fixed order; empty when they may be compared.
 * Symmetric. A figure is comparable with itself exactly when its measure or wording, place and period are known.
 * Periods agree when one covers the other and they are alike in length (the shorter at least half the longer):
 * a count of a day does not stand against a count of a year.
 */
export function scopeDifferences(a: FigureScope, b: FigureScope): ScopeDifference[] {
  const found: ScopeDifference[] = [];
  if (a.measure !== null && b.measure !== null) {
    if (a.measure !== b.measure) found.push('measure');
  } else if (fold(a.counted) !== fold(b.counted)) {
    found.push('unknown-measure');
  }
  if ((a.unit ?? '') !== (b.unit ?? '')) found.push('unit');
  if ((a.bound === 'change') !== (b.bound === 'change')) found.push('change');
  if (a.place === null || b.place === null) found.push('unknown-place');
  else if (a.place.place !== null && b.place.place !== null) {
    if (a.place.place !== b.place.place) found.push('place');
  } else if (fold(a.place.name) !== fold(b.place.name)) found.push('place');
  const first = a.period === null ? null : dateRange(a.period);
  const second = b.period === null ? null : dateRange(b.period);
  if (first === null || second === null) found.push('unknown-period');
  else if (!periodsAgree(first, second)) found.push('period');
  return found;
}

/** Whether two figures may be set against one another. */
export function comparable(a: FigureScope, b: FigureScope): boolean {
  return scopeDifferences(a, b).length === 0;
}

function periodsAgree(a: { from: number; to: number }, b: { from: number; to: number }): boolean {
  const [long, short] = a.to - a.from >= b.to - b.from ? [a, b] : [b, a];
  if (short.from < long.from || short.to > long.to) return false;
  const length = long.to - long.from;
  return Number.isFinite(length)
    ? (short.to - short.from + 1) * 2 >= length + 1
    : short.from === long.from && short.to === long.to;
}
