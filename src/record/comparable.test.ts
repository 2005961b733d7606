// Only like is set against like: symmetric, honest about what is not known, and never fooled by length of period.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, type FigureScope, scopeDifferences } from './comparable.ts';
import { Bound } from './vocabulary.ts';

const migrants: FigureScope = {
  measure: null,
  counted: 'migrants living around Calais',
  unit: null,
  bound: 'exact',
  place: { place: null, name: 'Calais', precision: null },
  period: '2021-10',
  baseline: null,
};

const scope: fc.Arbitrary<FigureScope> = fc.record({
  measure: fc.constantFrom(
    null,
    '00000000-0000-7000-8000-00000000000a',
    '00000000-0000-7000-8000-00000000000b',
  ),
  counted: fc.constantFrom('migrants', 'Migrants ', 'tents'),
  unit: fc.constantFrom(null, '%', 'EUR'),
  bound: fc.constantFrom(...Bound.options),
  place: fc.constantFrom(
    null,
    { place: null, name: 'Calais', precision: null },
    { place: null, name: 'Dunkirk', precision: 500 },
  ),
  period: fc.constantFrom(null, '2021', '2021-10', '2021-10-07', '2020/..'),
  baseline: fc.constant(null),
});

describe('scopeDifferences', () => {
  it('is symmetric', () => {
    fc.assert(
      fc.property(scope, scope, (a, b) => {
        expect(scopeDifferences(a, b)).toEqual(scopeDifferences(b, a));
      }),
    );
  });

  it('finds a figure comparable with itself exactly when its place and period are known', () => {
    fc.assert(
      fc.property(scope, (a) => {
        expect(comparable(a, a)).toBe(a.place !== null && a.period !== null);
      }),
    );
  });

  it('sets 500 against 1,500–2,000 when both count the same people', () => {
    expect(
      scopeDifferences(migrants, { ...migrants, bound: 'range', counted: 'Migrants living  around Calais' }),
    ).toEqual([]);
  });

  it('knows the months of a season', () => {
    const inSpring = { ...migrants, period: '2021-21' };
    expect(scopeDifferences(inSpring, { ...migrants, period: '2021-03/2021-05' })).toEqual([]);
    expect(scopeDifferences(inSpring, { ...migrants, period: '2021-01/2021-03' })).toEqual(['period']);
    expect(scopeDifferences({ ...migrants, period: '2020-24' }, { ...migrants, period: '2021-01' })).toEqual([
      'period',
    ]);
    expect(
      scopeDifferences({ ...migrants, period: '2020-24' }, { ...migrants, period: '2021-01/2021-02' }),
    ).toEqual([]);
  });

  it.each([
    ['another place', { place: { place: null, name: 'Dunkirk', precision: null } }, 'place'],
    ['a year against a month', { period: '2021' }, 'period'],
    ['another unit', { unit: 'EUR' }, 'unit'],
    ['a change against an amount', { bound: 'change' as const }, 'change'],
    ['other words for what is counted', { counted: 'arrivals' }, 'unknown-measure'],
    ['no place', { place: null }, 'unknown-place'],
    ['no period', { period: null }, 'unknown-period'],
  ])('says why: %s', (_, other, reason) => {
    expect(scopeDifferences(migrants, { ...migrants, ...other })).toContain(reason);
  });
});
