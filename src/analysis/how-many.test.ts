// The chart of a measure: everything is drawn or told, nothing lies outside the axes, and what is no like count stands apart.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DrawnFigure } from '../record/figure.ts';
import { type ChartMeasure, type HowManyChoice, howMany } from './how-many.ts';

let next = 0;
const figure = (content: Partial<DrawnFigure> & { by?: string } = {}): DrawnFigure => {
  const { by, ...rest } = content;
  return {
    id: `figure-${String(next++).padStart(6, '0')}`,
    counted: 'people',
    unit: null,
    modality: 'reported',
    bound: 'exact',
    value: rest.low === undefined ? 500 : null,
    low: null,
    high: null,
    place: null,
    period: '2021-10',
    accordingTo: by === undefined ? null : { actor: null, name: by, role: null },
    reportedBy: null,
    method: null,
    ...rest,
  };
};
const measureOf = (series: 'stock' | 'flow'): ChartMeasure => ({
  ...{
    id: '01a2090a-9a30-749b-a84c-a686553fc606',
    name: 'People',
    unit: null,
    repeats: 'unknown',
    wordings: [],
  },
  series,
});
const NAMES = { places: [], actors: [] };
const chart = (figures: DrawnFigure[], series: 'stock' | 'flow' = 'stock', choice: HowManyChoice = {}) =>
  howMany(figures, measureOf(series), NAMES, choice);
const at = (name: string) => ({ place: null, name, precision: null });

describe('how many', () => {
  it('draws two counts of one moment side by side, the lesser first', () => {
    const { groups, told } = chart([
      figure({ by: 'associations', bound: 'range', value: null, low: 1500, high: 2000 }),
      figure({ by: 'the authorities' }),
    ]);
    expect(told).toEqual([]);
    expect(groups).toHaveLength(1);
    const [group] = groups;
    expect(group!.isOneMoment).toBe(true);
    expect(group!.marks.map(({ shape, low, high }) => [shape, low, high])).toEqual([
      ['point', 500, 500],
      ['range', 1500, 2000],
    ]);
    expect(group!.amounts).toEqual({ low: 0, high: 2000 });
  });

  it('sets figures of elsewhere, of another unit and of another length of time apart, with the reason', () => {
    const day = { by: 'the ministry', period: '2021-10-01', place: at('Calais') };
    const { groups } = chart(
      [
        figure(day),
        figure({ ...day, period: '2021-10-02' }),
        figure({ ...day, place: at('Dunkirk') }),
        figure({ ...day, unit: 'EUR' }),
        // Under a measure, people need not be said to be people.
        figure({ ...day, unit: 'people' }),
        figure({ ...day, period: '2021' }),
        figure({ ...day, place: null }),
      ],
      'flow',
    );
    expect([groups[0]!.figures, groups[0]!.reasons]).toEqual([3, []]);
    const codes = groups.flatMap(({ reasons }) => reasons.map(({ code }) => code));
    expect(codes.sort()).toEqual(['scope-period-length', 'scope-place', 'scope-unit', 'scope-unknown-place']);
    const place = groups.flatMap(({ reasons }) => reasons).find(({ code }) => code === 'scope-place');
    expect(place!.values).toEqual({ a: 'Calais', b: 'Dunkirk' });
  });

  it('knows a place and a party by their other names', () => {
    const places = [{ id: 'p', name: 'Calais', aliases: ['the town'], parent: null }];
    const actors = [
      {
        id: 'a',
        name: 'The ministry',
        type: 'government-body' as const,
        aliases: ['le ministère'],
        roles: [],
      },
    ];
    const { groups } = howMany(
      [
        figure({ by: 'The Ministry', place: at('CALAIS') }),
        figure({ by: 'Le Ministère', place: at('the town') }),
      ],
      measureOf('stock'),
      { places, actors },
    );
    expect(groups.map(({ place, series }) => [place, series])).toEqual([
      [{ key: 'p', name: 'Calais' }, [{ key: 'a', name: 'The ministry', figures: 2 }]],
    ]);
  });

  it('tells changes, undated figures and figures without a number, and says how many', () => {
    const { told, groups } = chart([
      figure({ by: 'x' }),
      figure({ bound: 'change', unit: '%', value: 50 }),
      figure({ period: null }),
      figure({ value: null }),
    ]);
    expect(told.map(({ why }) => why).sort()).toEqual(['change', 'no-amount', 'undated']);
    expect(groups[0]!.notes.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['change', 'undated', 'no-amount']),
    );
  });

  it('says how far apart in time parties are who never speak of the same time', () => {
    const notes = (second: string) =>
      chart([
        figure({ by: 'a', period: '2021-01' }),
        figure({ by: 'b', period: second }),
      ]).groups[0]!.notes.find(({ code }) => code === 'times');
    expect(notes('2021-06')?.values).toEqual({ months: 4 });
    expect(notes('2021-01')).toBeUndefined();
    expect(notes('2020/2021')).toBeUndefined();
  });

  it('goes logarithmic only where a few would press the rest to the ground, and never with zero', () => {
    const scale = (values: number[], choice: HowManyChoice = {}) =>
      chart(
        values.map((value, index) => figure({ value, period: `2021-10-0${index + 1}` })),
        'stock',
        choice,
      ).groups[0]!;
    expect(scale([1, 2, 3, 1000]).scale).toBe('log');
    expect(scale([500, 1500, 2000]).scale).toBe('linear');
    expect(scale([0, 1, 2, 1000]).scale).toBe('linear');
    expect(scale([0, 1, 2, 1000], { scale: 'log' }).scale).toBe('linear');
    expect(scale([50, 1500, 2000], { scale: 'log' }).scale).toBe('log');
  });

  it('thins a daily series by the month and keeps its dots, and a hundred thousand without', () => {
    const days = (count: number, parties: number) =>
      Array.from({ length: count }, (_, index) =>
        figure({
          by: `party ${index % parties}`,
          value: index % 97,
          period: new Date(Date.UTC(2018, 0, 1) + Math.floor(index / parties) * 86_400_000)
            .toISOString()
            .slice(0, 10),
        }),
      );
    const daily = chart(days(3000, 1), 'flow').groups[0]!;
    expect([daily.thinned, daily.dots.length]).toEqual(['month', 3000]);
    const many = chart(days(100_000, 10), 'flow').groups[0]!;
    expect(many.thinned).not.toBeNull();
    expect(many.dots).toEqual([]);
    expect(many.marks.length).toBeLessThanOrEqual(300);
    expect(many.marks.reduce((sum, { count }) => sum + count, 0)).toBe(100_000);
  });

  it('narrows to a place, a party and a time, and still knows what there is to choose from', () => {
    const figures = [
      figure({ by: 'a', place: at('Calais'), period: '2021-01' }),
      figure({ by: 'b', place: at('Dunkirk'), period: '2021-03' }),
    ];
    expect(chart(figures, 'stock', { from: '2021-02' }).order).toEqual([figures[1]!.id]);
    expect(chart(figures, 'stock', { to: '2021-02' }).order).toEqual([figures[0]!.id]);
    const one = chart(figures, 'stock', { party: 'b' });
    expect(one.order).toEqual([figures[1]!.id]);
    expect(one.parties.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(chart(figures, 'stock', { place: 'calais' }).order).toEqual([figures[0]!.id]);
  });
});

const periods = fc.constantFrom(
  null,
  '2021',
  '2021-10',
  '2021-10~',
  '2021-10-07',
  '../2016',
  '2014/..',
  '2014~/2017~',
  '2020-21',
);
const anyFigure = fc
  .record({
    bound: fc.constantFrom(
      'exact',
      'about',
      'at-least',
      'at-most',
      'more-than',
      'less-than',
      'range',
      'change',
    ),
    value: fc.oneof(
      fc.integer({ min: -10, max: 3_000_000 }),
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.constant(null),
    ),
    ends: fc.tuple(fc.nat(100_000), fc.nat(100_000)),
    period: periods,
    by: fc.constantFrom(undefined, 'a', 'b', 'c'),
    place: fc.constantFrom(null, 'Calais', 'Dunkirk'),
    modality: fc.constantFrom('reported', 'pledged', 'expected'),
  })
  .map(({ ends, place, by, ...rest }) => {
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    const numbers = rest.bound === 'range' ? { value: null, low, high } : {};
    return figure({
      ...(rest as Partial<DrawnFigure>),
      ...numbers,
      ...(by && { by }),
      place: place === null ? null : at(place),
    });
  });

it('every figure is drawn or told, once; nothing is drawn outside the axes', () => {
  fc.assert(
    fc.property(
      fc.array(anyFigure, { maxLength: 400 }),
      fc.constantFrom('stock', 'flow'),
      fc.constantFrom(undefined, 'linear', 'log'),
      (figures, series, scale) => {
        const { groups, told, order } = chart(figures, series as 'stock', { scale } as HowManyChoice);
        const drawn = groups.flatMap(({ marks }) => marks).reduce((sum, { count }) => sum + count, 0);
        expect(drawn + told.length).toBe(figures.length);
        expect([...order].sort()).toEqual(figures.map(({ id }) => id).sort());
        for (const { marks, amounts, time, scale: used } of groups) {
          if (used === 'log') expect(amounts.low).toBeGreaterThan(0);
          else if (marks.length > 0) expect(amounts.low).toBeLessThanOrEqual(0);
          for (const { low, high, from, to } of marks) {
            expect(low).toBeGreaterThanOrEqual(amounts.low);
            expect(high).toBeLessThanOrEqual(amounts.high);
            expect(low).toBeLessThanOrEqual(high);
            expect(from).toBeLessThanOrEqual(to);
            expect(Number.isFinite(from) && Number.isFinite(to)).toBe(true);
            expect(from).toBeGreaterThanOrEqual(time.from);
            expect(to).toBeLessThanOrEqual(time.to);
          }
        }
      },
    ),
  );
});
