// Only like is set against like: symmetric, honest about what is not known, and never fooled by length of period.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparable,
  type FigureScope,
  periodsAgree,
  type ScopedFigure,
  type ScopeNames,
  scopeDifferences,
  scopeKey,
  scopeOf,
} from './comparable.ts';
import { dateRange } from './date.ts';
import { Bound, Modality } from './vocabulary.ts';

const id = (last: string) => `00000000-0000-7000-8000-00000000000${last}`;
const names: ScopeNames = {
  measures: [
    {
      id: id('a'),
      name: 'Attempted crossings',
      unit: null,
      series: 'flow',
      repeats: 'counted',
      wordings: ['people who attempted the crossing'],
    },
    { id: id('b'), name: 'Arrivals', unit: null, series: 'flow', repeats: 'once', wordings: [] },
    { id: id('c'), name: 'People present', unit: 'people', series: 'stock', repeats: 'once', wordings: [] },
  ],
  places: [
    { id: id('1'), name: 'Calais', aliases: ['Calais (town)'], parent: id('2') },
    { id: id('2'), name: 'Pas-de-Calais', aliases: [], parent: null },
  ],
};

const migrants: ScopedFigure = {
  measure: null,
  counted: 'migrants living around Calais',
  unit: null,
  modality: 'reported',
  bound: 'exact',
  place: { place: null, name: 'Calais', precision: null },
  period: '2021-10',
  baseline: null,
  passages: [{ source: 'one' }],
};
const read = (other: Partial<ScopedFigure> = {}) => scopeOf({ ...migrants, ...other }, names);
const range = (text: string) => dateRange(text)!;

const scope: fc.Arbitrary<FigureScope> = fc
  .record<ScopedFigure>({
    measure: fc.constantFrom(null, id('a'), id('c')),
    counted: fc.constantFrom('migrants', 'Migrants ', 'tents', 'arrivals'),
    unit: fc.constantFrom(null, '%', 'EUR', 'people'),
    modality: fc.constantFrom(...Modality.options),
    bound: fc.constantFrom(...Bound.options),
    place: fc.constantFrom(
      null,
      { place: null, name: 'Calais', precision: null },
      { place: id('1'), name: 'the town', precision: null },
      { place: null, name: 'Dunkirk', precision: 500 },
    ),
    period: fc.constantFrom(null, '2021', '2021-10', '2021-10~', '2021-10-07', '2021-10-21', '2020/..'),
    baseline: fc.constantFrom(
      null,
      { period: '2020', value: null, words: null },
      { period: null, value: 9551, words: null },
    ),
    passages: fc.constantFrom([], [{ source: 'one' }], [{ source: 'two' }]),
  })
  .map((figure) => scopeOf(figure, names));

describe('scopeDifferences', () => {
  it('is symmetric', () => {
    fc.assert(
      fc.property(scope, scope, (a, b) => {
        expect(scopeDifferences(a, b)).toEqual(scopeDifferences(b, a));
      }),
    );
  });

  it('finds a figure comparable with itself exactly when its period and its place or source are known', () => {
    fc.assert(
      fc.property(scope, (a) => {
        expect(comparable(a, a)).toBe((a.place !== null || a.source !== null) && a.period !== null);
      }),
    );
  });

  it('says by one key what may be compared, but for the period', () => {
    fc.assert(
      fc.property(scope, scope, (a, b) => {
        const [first, second] = [scopeKey(a), scopeKey(b)];
        const agree =
          a.period !== null && b.period !== null && periodsAgree(a.period.range, b.period.range, a.series);
        expect(comparable(a, b)).toBe(first !== null && first === second && agree);
      }),
      { numRuns: 2000 },
    );
  });

  it('sets 500 against 1,500–2,000 when both count the same people', () => {
    const other = read({ bound: 'range', counted: 'Migrants living  around Calais' });
    expect(scopeDifferences(read(), other)).toEqual([]);
  });

  it('knows a measure by its wordings, a place by its other names', () => {
    const one = read({
      counted: 'attempted crossings',
      place: { place: id('1'), name: 'x', precision: null },
    });
    const other = read({
      counted: 'people who attempted the crossing',
      place: { place: null, name: 'calais (Town)', precision: null },
    });
    expect(one.measure).toBe(id('a'));
    expect(scopeDifferences(one, other)).toEqual([]);
    expect(one.place?.within).toEqual([id('2')]);
  });

  it('takes a name that two places have for neither', () => {
    const twice = [...names.places, { id: id('3'), name: 'Calais', aliases: [], parent: null }];
    expect(scopeOf(migrants, { ...names, places: twice }).place?.key).toBe('calais');
  });

  it('ends where places lie in one another in a circle', () => {
    const round = [
      { id: id('1'), name: 'Calais', aliases: [], parent: id('2') },
      { id: id('2'), name: 'Pas-de-Calais', aliases: [], parent: id('1') },
    ];
    expect(scopeOf(migrants, { ...names, places: round }).place?.within).toEqual([id('2')]);
  });

  it('does not mind "people" where the measure says who is counted, but minds euros', () => {
    const counted = 'people present';
    expect(scopeDifferences(read({ counted }), read({ counted, unit: 'people' }))).toEqual([]);
    expect(scopeDifferences(read({ counted }), read({ counted, unit: '%' }))).toEqual(['unit']);
    expect(scopeDifferences(read({ unit: 'families' }), read({ unit: 'people' }))).toEqual(['unit']);
  });

  it('sets figures without a place against one another only within one source', () => {
    const [one, other] = [read({ place: null }), read({ place: null, passages: [{ source: 'two' }] })];
    expect(scopeDifferences(one, one)).toEqual([]);
    expect(scopeDifferences(one, other)).toEqual(['unknown-place']);
  });

  it.each([
    ['another place', { place: { place: null, name: 'Dunkirk', precision: null } }, ['place']],
    ['a year against a month', { period: '2021' }, ['period']],
    ['another unit', { unit: 'EUR' }, ['unit']],
    ['a change against an amount', { bound: 'change' as const }, ['change']],
    ['what is pledged', { modality: 'pledged' as const }, ['modality']],
    ['other words for what is counted', { counted: 'tents' }, ['unknown-measure']],
    ['a measure against words', { counted: 'arrivals' }, ['unknown-measure', 'repeats']],
    ['no place', { place: null }, ['unknown-place']],
    ['no period', { period: null }, ['unknown-period']],
  ])('says why: %s', (_, other, reasons) => {
    expect(scopeDifferences(read(), read(other))).toEqual(reasons);
  });

  it('tells two measures apart, and that one counts repeats', () => {
    const [one, other] = [read({ measure: id('a') }), read({ measure: id('b') })];
    expect(scopeDifferences(one, other)).toEqual(['measure', 'repeats']);
  });

  it('sets changes against one another only from the same beginning', () => {
    const change = (period: string) =>
      read({ bound: 'change', baseline: { period, value: null, words: null } });
    expect(scopeDifferences(change('2020'), change('2020'))).toEqual([]);
    expect(scopeDifferences(change('2020'), change('2019'))).toEqual(['baseline']);
  });
});

describe('periodsAgree', () => {
  it.each([
    ['2021-10~', '2021-10-07', true],
    ['2021-10', '2021-10-07', true],
    ['2021-10-07', '2021-10-07~', true],
    ['2021-10-07', '2021-10-21', false],
    ['2021-10', '2021-11', false],
    ['2021', '2021-10', false],
    ['2021', '2021~', true],
    ['2021-10-05/2021-10-09', '2021-10-07', true],
  ])('of a state: %s and %s: %s', (a, b, agree) => {
    expect(periodsAgree(range(a), range(b), 'stock')).toBe(agree);
  });

  it.each([
    ['2021-01/2021-08', '2021-01-01/2021-08-31', true],
    ['2021-01/2021-08', '2021-01/2021-07', false],
    ['2021-10', '2021-10-07', false],
    ['2021-21', '2021-03/2021-05', true],
    ['2021-21', '2021-01/2021-03', false],
    ['2020-24', '2021-01', false],
    ['2021', '2021~', true],
    ['2020/..', '2020/..', true],
    ['2020/..', '2020/2021', false],
  ])('of what happened: %s and %s: %s', (a, b, agree) => {
    for (const series of ['flow', 'cumulative', 'unknown'] as const)
      expect(periodsAgree(range(a), range(b), series)).toBe(agree);
  });
});
