/** Tables checked whole: what is broken in them is found in its row, and what was built to fit is left alone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfDate, edtfOf, isoOf } from '../calendar.ts';
import { ecbRates } from '../ecb-rates.ts';
import { checkTables, type TableCheck } from './check.ts';
import { shapeTable } from './shape.ts';

/** Checks tables given as lines of cells. */
function check(tables: Record<string, (string | number)[][]>): TableCheck {
  const shaped = Object.entries(tables).map(
    ([name, lines]) =>
      shapeTable(
        name,
        lines.map((cells, index) => ({ row: index + 1, cells: cells.map(String) })),
      )!,
  );
  return checkTables(shaped, () => [], ecbRates());
}
const told = ({ findings }: TableCheck) =>
  findings.map((finding) => `${finding.check} ${finding.rows.map(({ row }) => row).join(' ')}`).sort();

const FIGURES = ['id', 'measure', 'place', 'start', 'end', 'value', 'unit', 'according to'];
/** A first Sunday, and days and weeks from it. */
const SUNDAY = dayOfDate(2023, 1, 1)!;
const daily = (days: number, count: (day: number) => number[]) => [
  ['date', 'people', 'boats'],
  ...Array.from({ length: days }, (_, index) => [isoOf(SUNDAY - 6 + index), ...count(index)]),
];
const weekly = (weeks: number, day: number[][], header = 'week_ending') => [
  [header, 'arrived', 'craft'],
  ...Array.from({ length: weeks }, (_, week) => [
    isoOf(SUNDAY + week * 7),
    ...[0, 1].map((column) => day.slice(week * 7, week * 7 + 7).reduce((sum, one) => sum + one[column]!, 0)),
  ]),
];
const counts = Array.from({ length: 140 }, (_, index) => [(index * 37) % 211, (index * 5) % 9]);

describe('series', () => {
  it('of weeks are the sums of days, whatever their columns are called; the week that is not is told', () => {
    const weeks = weekly(20, counts);
    weeks[7]![1] = Number(weeks[7]![1]) + 35;
    const found = check({ days: daily(140, (index) => counts[index]!), weeks });
    expect(told(found)).toEqual(['finer-against-coarser 8']);
    expect(found.findings[0]!.working[1]).toMatchObject({
      code: 'finer-differs',
      values: { difference: { value: 35 } },
    });
    expect(found.holds.map(({ code, values }) => [code, values.count, values.rows])).toEqual([
      ['holds-finer', 19, 20],
      ['holds-finer', 20, 20],
    ]);
  });

  it('given by the first day of their weeks are understood, though no header says so', () => {
    const weeks = weekly(20, counts, 'week').map((cells, index) =>
      index === 0 ? cells : [isoOf(SUNDAY - 6 + (index - 1) * 7), ...cells.slice(1)],
    );
    expect(told(check({ days: daily(140, (index) => counts[index]!), weeks }))).toEqual([]);
  });

  it('tell a date that leaves their rhythm, and the one that the sums say it should be', () => {
    const weeks = weekly(20, counts);
    // A year too early, as happens in January.
    weeks[19] = [isoOf(SUNDAY + 18 * 7 - 365), ...weeks[19]!.slice(1)];
    const found = check({ days: daily(140, (index) => counts[index]!), weeks });
    expect(told(found)).toEqual(['date-rhythm 20']);
    expect(found.findings[0]!.working.map(({ code }) => code)).toEqual([
      'series-weekday',
      'weekday-likely',
      'redate-sum',
    ]);
    expect(found.findings[0]!.working[1]!.values.date).toBe(isoOf(SUNDAY + 18 * 7));
  });

  it('tell gaps, dates that come twice and rows of another table', () => {
    const weeks = weekly(20, counts);
    weeks.splice(5, 2);
    weeks.push([...weeks[3]!.slice(0, 1), 1, 1], ['2023-05-01', 4]);
    const found = check({ weeks });
    expect(told(found)).toEqual(['gap 5 6', 'repeated-date 4 20', 'stray-rows 21']);
    const gap = found.findings.find((finding) => finding.check === 'gap')!;
    expect(gap.working[0]!.values).toMatchObject({
      count: 2,
      period: edtfOf({ first: SUNDAY + 22, last: SUNDAY + 35 }),
    });
  });

  it('tell the rows that break what nearly all keep: sums, ratios, running totals', () => {
    let running = 0;
    const rows = Array.from({ length: 60 }, (_, index) => {
      const [men, women] = [((index * 13) % 90) + 1, ((index * 7) % 40) + 1];
      running += men + women;
      return [isoOf(SUNDAY + index), men, women, men + women, running, ((men + women) / women).toFixed(2)];
    });
    const table = [['date', 'men', 'women', 'all', 'so far', 'per woman'], ...rows];
    expect(check({ table }).findings).toEqual([]);
    expect(check({ table }).tables[0]!.holds.map(({ code }) => code)).toEqual([
      'holds-sum',
      'holds-ratio',
      'holds-running',
    ]);
    rows[30]![3] = Number(rows[30]![3]) + 10;
    expect(told(check({ table }))).toEqual(['column-ratio 32', 'column-sum 32', 'running-total 32']);
  });

  it('built from random days never yield a finding', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(900), fc.nat(30)), { minLength: 70, maxLength: 140 }), (days) => {
        const found = check({
          days: daily(days.length, (index) => days[index]!),
          weeks: weekly(Math.floor(days.length / 7), days),
        });
        expect(found.findings).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('that have no rhythm and no relation are left alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4000), fc.nat(9), fc.nat(9), fc.nat(9)), { minLength: 10, maxLength: 60 }),
        (rows) => {
          const lines = rows.map(([day, ...cells], index) => [
            isoOf(SUNDAY + day),
            `case ${index}`,
            ...cells,
          ]);
          expect(check({ t: [['date', 'name', 'a', 'b', 'c'], ...lines] }).findings).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('figures', () => {
  it('for the same that differ, digits lost, areas confused and totals exceeded are told', () => {
    const found = check({
      t: [
        FIGURES,
        ['A', 'tents', 'the port', '2019', '2019', 2_294, 'tents', 'them'],
        ['B', 'tents', 'the port', '2019', '2019', 294, 'tents', 'them'],
        ['C', 'people', 'the port', '2019-03-01', '2019-03-01', 500, 'persons', 'them'],
        ['D', 'people', 'the port', '2019-03-01', '2019-03-01', 1_713, 'persons', 'us'],
        ['E', 'people', 'the port', '2019-03-02', '2019-03-02', 487, 'persons', 'us'],
        ['F', 'boats', 'the port', '2021', '2021', 1_226, 'boats', 'us'],
        ['G', 'boats', 'both ports', '2021', '2021', 1_226, 'boats', 'us'],
        ['H', 'deaths', 'the port', '1999-01-01', '2023-05-15', 411, 'persons', 'us'],
        ['I', 'deaths', 'the port', '1999-01-01', '2024-06-13', 367, 'persons', 'us'],
      ],
    });
    expect(told(found)).toEqual([
      'cumulative-falls 9 10',
      'figures-differ 4 5',
      'lost-digit 3 2',
      'same-number 7 8',
    ]);
  });

  it('of changes are held against the figures they speak of, by the more precise where one is rounded', () => {
    const rows = [
      ['A', 'boats', 'the port', '2020', '2020', '9551', 'boats', 'them', '', ''],
      ['B', 'boats', 'the port', '2020', '2020', '9500', 'boats (rounded)', 'them', '', ''],
      ['C', 'boats', 'the port', '2021-01-01', '2021-08-31', '15400', 'boats', 'them', '', ''],
    ];
    const header = [...FIGURES, 'bound', 'baseline'];
    const claim = (percent: number) => [
      'D',
      'boats',
      'the port',
      '2021-01-01',
      '2021-08-31',
      percent,
      '%',
      'them',
      'change',
      '2020',
    ];
    expect(told(check({ t: [header, ...rows, claim(50)] }))).toEqual(['percent-change 5 2 4']);
    expect(told(check({ t: [header, ...rows, claim(61)] }))).toEqual([]);
  });

  it('in parts are added up, and held against the total that names them', () => {
    const parts = (last: number) => [
      [...FIGURES, 'part of'],
      ['T', 'tents', 'the port', '2019', '2019', 541, '', 'them', ''],
      ['P', 'tents, north', 'the port', '2019', '2019', 141, '', 'them', 'T'],
      ['Q', 'tents, south', 'the port', '2019', '2019', 191, '', 'them', 'T'],
      ['R', 'tents, east', 'the port', '2019', '2019', last, '', 'them', 'T'],
    ];
    expect(told(check({ t: parts(209) }))).toEqual([]);
    expect(told(check({ t: parts(290) }))).toEqual(['sum-of-parts 2 3 4 5']);
  });

  it('that are of other places, periods or measures stand side by side', () => {
    const found = check({
      t: [
        FIGURES,
        ['A', 'people', 'the port', '2019-03-01', '2019-03-01', 500, 'persons', 'them'],
        ['B', 'people', 'the town', '2019-03-01', '2019-03-01', 1_713, 'persons', 'us'],
        ['C', 'people', 'the port', '2019-07-01', '2019-07-01', 1_713, 'persons', 'us'],
        ['D', 'crossings', 'the port', '2019-03-01', '2019-03-01', 3_117, 'events', 'us'],
      ],
    });
    expect(found.findings).toEqual([]);
  });

  it('of months that make up their year never yield a finding', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { minLength: 12, maxLength: 12 }), (months) => {
        const rows = months.map((value, index) => {
          const month = `2021-${String(index + 1).padStart(2, '0')}`;
          return [`M${index}`, 'boats', 'the port', month, month, value, 'boats', 'us'];
        });
        const total = months.reduce((sum, value) => sum + value, 0);
        const year = (value: number) => ['Y', 'boats', 'the port', '2021', '2021', value, 'boats', 'us'];
        expect(check({ t: [FIGURES, ...rows, year(total)] }).findings).toEqual([]);
        const wrong = told(check({ t: [FIGURES, ...rows, year(total * 2 + 1_111)] }));
        expect(wrong).toEqual(['finer-against-coarser 14 2 3 4 5 6 7 8 9 10 11 12 13']);
      }),
      { numRuns: 50 },
    );
  });

  it('in two currencies are held against the rates of their day', () => {
    const table = (pounds: number) => [
      ['measure', 'place', 'date', 'value_eur', 'value_gbp'],
      ['funding', 'the port', '2021-07-20', 62_700_000, pounds],
    ];
    expect(told(check({ t: table(54_000_000) }))).toEqual([]);
    expect(told(check({ t: table(64_000_000) }))).toEqual(['currency-equivalent 2']);
  });
});
