// What makes two figures comparable, and why two are not. Only like is set against like: one measure, one unit, one place, one
// stretch of time, said in one way. Everything else stands side by side with the reason.
import { type DateRange, dateRange } from './date.ts';
import type { Figure } from './figure.ts';
import type { Measure } from './measure.ts';
import { foldedWords, isMoney, measureMatcher } from './measure-match.ts';
import type { Place } from './place.ts';
import type { Bound, Modality, Repeats, SeriesKind } from './vocabulary.ts';

/** A period: what it may mean, and how it is written (EDTF). */
export interface Period {
  range: DateRange;
  text: string;
}

/** What a figure is a count of, with measure and place looked up. Keys are for comparing, names for telling. */
export interface FigureScope {
  /** The measure's id; where none is known, the folded words of what is counted. */
  measure: string;
  counted: string;
  series: SeriesKind;
  repeats: Repeats;
  modality: Modality;
  amount: { bound: Bound; unit: string | null };
  /** `within`: the keys of the places it lies in, nearest first. */
  place: { key: string; name: string; within?: readonly string[] } | null;
  period: Period | null;
  baseline: { period: Period | null; value: number | null; words: string | null } | null;
  source: string | null;
}

/** Why two figures stand side by side but are not compared. */
export type ScopeDifference =
  | 'measure'
  | 'unit'
  | 'change'
  | 'baseline'
  | 'modality'
  | 'repeats'
  | 'place'
  | 'period'
  | 'unknown-measure'
  | 'unknown-place'
  | 'unknown-period';

/** The dictionaries that a figure's measure and place are looked up in. */
export interface ScopeNames {
  measures: readonly Pick<Measure, 'id' | 'name' | 'unit' | 'series' | 'repeats' | 'wordings'>[];
  places: readonly Pick<Place, 'id' | 'name' | 'aliases' | 'parent'>[];
}

/** The part of a figure that its scope is read from. */
export type ScopedFigure = Pick<
  Figure,
  'measure' | 'counted' | 'unit' | 'modality' | 'bound' | 'place' | 'period' | 'baseline'
> & { passages: readonly { source: string }[] };

const DAY = 86_400_000;
/** A count of those present "in October" may be of any day of it; one "in 2021" is of no day in particular. */
const LONGEST_AS_OF = 31;

/**
 * Reads scopes of figures: makes the look-ups once for many. What is looked up is kept, so that many figures of one place or
 * one day share an object.
 */
export function scopeReader(names: ScopeNames): (figure: ScopedFigure) => FigureScope {
  const measures = new Map(names.measures.map((measure) => [measure.id, measure]));
  const match = measureMatcher(names.measures);
  const placeNamed = placeReader(names.places);
  const periods = new Map<string, Period | null>();
  const periodOf = (text: string | null) => {
    if (text === null) return null;
    let period = periods.get(text);
    if (period === undefined) {
      const range = dateRange(text);
      period = range && { range, text };
      periods.set(text, period);
    }
    return period;
  };
  const byWords = new Map<string, string>();
  const measureOf = (counted: string, unit: string | null) => {
    const key = `${unit ?? ''}\n${counted}`;
    let measure = byWords.get(key);
    if (measure === undefined) {
      measure = match(counted, unit) ?? (foldedWords(counted).join(' ') || counted);
      byWords.set(key, measure);
    }
    return measure;
  };
  return (figure) => {
    const measure = figure.measure ?? measureOf(figure.counted, figure.unit);
    const known = measures.get(measure);
    const { baseline } = figure;
    return {
      measure,
      counted: figure.counted,
      series: known?.series ?? 'unknown',
      repeats: known?.repeats ?? 'unknown',
      modality: figure.modality,
      amount: { bound: figure.bound, unit: unitKey(figure.unit, known !== undefined) },
      place: figure.place === null ? null : placeNamed(figure.place),
      period: periodOf(figure.period),
      baseline: baseline && { ...baseline, period: periodOf(baseline.period) },
      source: figure.passages[0]?.source ?? null,
    };
  };
}

/** Under a measure "500 people" and "500" are one: the measure says what is counted. Money and shares keep their unit. */
function unitKey(unit: string | null, hasMeasure: boolean): string | null {
  if (unit === null || unit === '' || unit === '%' || isMoney(unit)) return unit || null;
  return hasMeasure ? null : foldedWords(unit).join(' ');
}

function placeReader(places: ScopeNames['places']) {
  const byId = new Map(places.map((place) => [place.id, place]));
  // A name that two places have says nothing; null stands for that.
  const byName = new Map<string, string | null>();
  for (const place of places) {
    for (const name of new Set([place.name, ...place.aliases].map(fold)))
      byName.set(name, byName.has(name) ? null : place.id);
  }
  const made = new Map<string, NonNullable<FigureScope['place']>>();
  return (mention: { place: string | null; name: string }) => {
    const written = `${mention.place ?? ''}\n${mention.name}`;
    let place = made.get(written);
    if (place === undefined) {
      const key = mention.place ?? byName.get(fold(mention.name)) ?? fold(mention.name);
      const known = byId.get(key);
      const within: string[] = [];
      // A chain that runs in a circle ends where it began.
      for (let up = known?.parent; up && up !== key && !within.includes(up); up = byId.get(up)?.parent) {
        within.push(up);
      }
      place = { key, name: known?.name ?? mention.name, ...(within.length > 0 && { within }) };
      made.set(written, place);
    }
    return place;
  };
}

/** A name without case, accents and doubled spaces: what differs in these alone is the same. */
export const fold = (words: string): string =>
  words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/** The scope of one figure; of many, `scopeReader` is faster. */
export function scopeOf(figure: ScopedFigure, names: ScopeNames): FigureScope {
  return scopeReader(names)(figure);
}

const isId = (measure: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(measure);

/**
 * The differences of scope between two figures, in a fixed order; empty when they may be compared. Symmetric.
 * A figure is comparable with itself exactly when its period is known and its place, or else its source.
 */
export function scopeDifferences(a: FigureScope, b: FigureScope): ScopeDifference[] {
  const found: ScopeDifference[] = [];
  if (a.measure !== b.measure) found.push(isId(a.measure) && isId(b.measure) ? 'measure' : 'unknown-measure');
  if (a.amount.unit !== b.amount.unit) found.push('unit');
  const isChange = a.amount.bound === 'change';
  if (isChange !== (b.amount.bound === 'change')) found.push('change');
  else if (isChange && baselineKey(a.baseline) !== baselineKey(b.baseline)) found.push('baseline');
  if (a.modality !== b.modality) found.push('modality');
  if (a.repeats !== b.repeats) found.push('repeats');
  if (placeKey(a) !== placeKey(b))
    found.push(a.place === null || b.place === null ? 'unknown-place' : 'place');
  else if (a.place === null && a.source === null) found.push('unknown-place');
  if (a.period === null || b.period === null) found.push('unknown-period');
  else if (!periodsAgree(a.period.range, b.period.range, a.series === b.series ? a.series : 'unknown'))
    found.push('period');
  return found;
}

/** Whether two figures may be set against one another. */
export function comparable(a: FigureScope, b: FigureScope): boolean {
  return scopeDifferences(a, b).length === 0;
}

/**
 * All of a scope but its period, as one key: two figures whose periods agree are comparable exactly when they have one key.
 * Null for a figure that is comparable with none, since it names neither place nor source, or no period.
 */
export function scopeKey(scope: FigureScope): string | null {
  if (scope.period === null || (scope.place === null && scope.source === null)) return null;
  const { bound, unit } = scope.amount;
  const change = bound === 'change' ? `change ${baselineKey(scope.baseline)}` : '';
  return [scope.measure, placeKey(scope), unit ?? '', change, scope.modality, scope.repeats].join('\n');
}

/** The place as a key. Two figures that name no place may mean the same one when one source gives both. */
export function placeKey(scope: Pick<FigureScope, 'place' | 'source'>): string {
  return scope.place === null ? `\tsource ${scope.source}` : scope.place.key;
}

function baselineKey(baseline: FigureScope['baseline']): string {
  if (baseline === null) return '';
  const { period, value, words } = baseline;
  if (period !== null) return `${period.range.from} ${period.range.to}`;
  return value !== null ? `${value}` : fold(words ?? '');
}

/** A stretch of days, both ends included, counted from 1970; ±Infinity where it is open. */
export interface Days {
  from: number;
  to: number;
}

/** The days that a range of instants covers. */
export function daysOf(range: DateRange): Days {
  return { from: Math.floor(range.from / DAY), to: Math.floor(range.to / DAY) };
}

/**
 * Whether two periods mean the same stretch of time. What happened over a stretch is counted over that very stretch: eight
 * months are not the first seven of them. A state is counted at a moment, and "in October", "about October" leaves open at
 * which: it may be the 7th, which is why the 7th agrees with it, and two weeks later does not agree with the 7th.
 */
export function periodsAgree(a: DateRange, b: DateRange, series: SeriesKind): boolean {
  return daysAgree(daysOf(a), daysOf(b), series);
}

/** As `periodsAgree`, for days. */
export function daysAgree(a: Days, b: Days, series: SeriesKind): boolean {
  if (a.from === b.from && a.to === b.to) return true;
  return series === 'stock' && isAsOf(a) && isAsOf(b) && a.from <= b.to && b.from <= a.to;
}

/** Whether a stretch is short enough to stand for a moment in it. */
export function isAsOf(days: Days): boolean {
  return days.to - days.from < LONGEST_AS_OF;
}
