// The reason why two figures are not compared, in words: each language has them, and each tells what a person would say.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ScopedFigure, type ScopeNames, scopeOf } from '../record/comparable.ts';
import { scopeNote, scopeNotes, scopeReason } from './scope.ts';

const id = (last: string) => `00000000-0000-7000-8000-00000000000${last}`;
const measure = { unit: null, series: 'flow' as const, wordings: [] };
const names: ScopeNames = {
  measures: [
    { id: id('a'), name: 'attempts', repeats: 'counted', ...measure },
    { id: id('b'), name: 'arrivals', repeats: 'once', ...measure },
  ],
  places: [
    { id: id('1'), name: 'Calais', aliases: [], parent: id('2') },
    { id: id('2'), name: 'Pas-de-Calais', aliases: [], parent: null },
  ],
};
const attempts: ScopedFigure = {
  measure: null,
  counted: 'attempts',
  unit: null,
  modality: 'reported',
  bound: 'exact',
  place: { place: null, name: 'Calais', precision: null },
  period: '2021-08',
  baseline: null,
  passages: [{ source: 'one' }],
};
const read = (other: Partial<ScopedFigure> = {}) => scopeOf({ ...attempts, ...other }, names);
const at = (name: string) => ({ place: null, name, precision: null });

it.each<[Partial<ScopedFigure>, object]>([
  [{ counted: 'arrivals' }, { code: 'scope-measure', values: { a: 'attempts', b: 'arrivals' } }],
  [{ counted: 'crossings' }, { code: 'scope-unknown-measure', values: { a: 'attempts', b: 'crossings' } }],
  [{ unit: 'EUR' }, { code: 'scope-unit', values: { a: 'count', b: 'EUR' } }],
  [{ bound: 'change' }, { code: 'scope-change', values: { b: 'change' } }],
  [{ modality: 'pledged' }, { code: 'scope-modality', values: { a: 'reported', b: 'pledged' } }],
  [{ place: at('Dunkirk') }, { code: 'scope-place', values: { a: 'Calais', b: 'Dunkirk' } }],
  [
    { place: at('Pas-de-Calais') },
    { code: 'scope-place-within', values: { inner: 'Calais', outer: 'Pas-de-Calais' } },
  ],
  [
    { period: '2021-04' },
    {
      code: 'scope-period-apart',
      values: { count: 4, unit: 'month', way: 'earlier', period1: '2021-08', period2: '2021-04' },
    },
  ],
  [
    { period: '2021-08-16' },
    { code: 'scope-period-length', values: { period1: '2021-08', period2: '2021-08-16' } },
  ],
  [{ place: null }, { code: 'scope-unknown-place', values: {} }],
  [{ period: null }, { code: 'scope-unknown-period', values: {} }],
])('tells %j', (other, step) => {
  expect(scopeNote(read(), read(other))).toEqual(step);
});

it.each([
  ['2021-10-07', '2021-10-21', 2, 'week', 'later'],
  ['2021-10-07', '2021-10-04', 3, 'day', 'earlier'],
  ['2016-06-13', '2016-08-12', 2, 'month', 'later'],
  ['2020', '2021', 1, 'year', 'later'],
  ['2014-11~', '2021-10~', 7, 'year', 'later'],
])('tells how far %s is from %s', (period1, period2, count, unit, way) => {
  expect(scopeNote(read({ period: period1 }), read({ period: period2 }))).toEqual({
    code: 'scope-period-apart',
    values: { count, unit, way, period1, period2 },
  });
});

it('tells every reason, the weightiest first, and none where figures may be compared', () => {
  const [a, b] = [read(), read({ counted: 'arrivals', period: '2021' })];
  expect(scopeReason(a, b)).toBe('measure');
  expect(scopeNotes(a, b).map((step) => step.code)).toEqual([
    'scope-measure',
    'scope-period-length',
    'scope-repeats',
  ]);
  expect(scopeNote(a, a)).toBeNull();
  expect(scopeNotes(a, a)).toEqual([]);
});

it.each(['en', 'fr', 'ar'])('every reason and note has words in %s', (locale) => {
  const catalogue = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'locales', `${locale}.json`), 'utf8'),
  );
  const source = ['scope.ts', 'figure-cell.ts'].map((name) =>
    readFileSync(join(import.meta.dirname, name), 'utf8'),
  );
  const codes = [...source.join('\n').matchAll(/code: '([a-z-]+)'/g)].map((match) => match[1]!);
  const reasons = /const TOLD[^=]*= \[([^\]]+)\]/.exec(source[0]!)![1]!.match(/[a-z-]+/g)!;
  expect(codes.length).toBeGreaterThan(15);
  expect(codes.filter((code) => !(`words.working.${code}` in catalogue))).toEqual([]);
  expect(reasons.filter((reason) => !(`words.scope.${reason}` in catalogue))).toEqual([]);
});
