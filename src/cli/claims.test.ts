/** What notes beside a figure claim, in two languages, and that those which only repeat the row, or speak of something else, are silent. */
import { describe, expect, it } from 'vitest';
import { ecbRates } from '../analysis/ecb-rates.ts';
import { checkTables } from '../analysis/table/check.ts';
import { shapeTable } from '../analysis/table/shape.ts';
import { claimReader } from './claims.ts';

const read = claimReader();
const claims = (text: string) => read(text, null);

/** The checks that find something in a note beside a count of 1,226 evictions in 2021, or beside what `row` says. */
function found(note: string, row: Partial<Record<string, string>> = {}, ...others: string[][]): string[] {
  const cells = {
    measure: 'evictions',
    place: 'the port',
    start: '2021-01-01',
    end: '2021-12-31',
    value: '1226',
    unit: 'evictions',
    published: '2022-01-10',
    ...row,
    note,
  };
  const table = shapeTable(
    't',
    [Object.keys(cells), Object.values(cells) as string[], ...others].map((line, index) => ({
      row: index + 1,
      cells: line,
    })),
  )!;
  const reader = claimReader();
  return checkTables([table], (text) => reader(text, null), ecbRates()).findings.map(({ check }) => check);
}

describe('notes', () => {
  it.each([
    ['an average of 4.5 per week', 'rate-against-total'],
    ['4,5 expulsions par semaine en moyenne', []],
    ['4,5 évictions par semaine', 'rate-against-total'],
    ['the last six months', 'period-length'],
    ['ces six derniers mois', 'period-length'],
    ['+68 % and “more than doubled” in one article', 'changes-conflict'],
    ['« +68 % » et « plus que doublé »', 'changes-conflict'],
    ['141+191+219=541', 'formula'],
    ['1226/52=33.6', 'formula'],
  ])('“%s” does not fit', (note, check) => {
    expect(found(note)).toEqual([check].flat());
  });

  it.each([
    '102 per month; more than 3 a day',
    'in the last twelve months',
    'sur les douze derniers mois',
    '141+191+209=541',
    '1226/52=23.6',
    'six months later it was 90',
    '90 people a week were fed',
    '+68 % of boats, +12 % of people',
    'up 68 % on 2019, more than doubled on 2018',
    'double-counted in two lists',
    'arrivals tripled, tents doubled',
    '61.39 % blocked; 200 tents seized',
    'version 2.0x, table 3, page 4',
  ])('“%s” fits, or speaks of something else', (note) => {
    expect(found(note)).toEqual([]);
  });

  it('hold changes against the stretch before, where the table has it', () => {
    const yearBefore = (value: string) => [
      'evictions',
      'the port',
      '2020-01-01',
      '2020-12-31',
      value,
      'evictions',
      '2021-01-10',
      '',
    ];
    expect(found('+27 % on the year before', {}, yearBefore('967'))).toEqual([]);
    expect(found('+72 % on the year before', {}, yearBefore('967'))).toEqual(['percent-change']);
    // Of two figures for the year, one bears it out: they differ, which is told by itself.
    expect(found('+72 % on the year before', {}, yearBefore('967'), yearBefore('713'))).toEqual([
      'figures-differ',
    ]);
  });

  it('hold amounts in another currency against the row', () => {
    const money = {
      measure: 'funding',
      value: '62.7',
      unit: 'MEUR',
      start: '2021-07-20',
      end: '2022-03-31',
      published: '2021-07-20',
    };
    expect(found('= £54m ($74m)', money)).toEqual([]);
    expect(found('that is £64m', money)).toEqual(['currency-equivalent']);
    // A small part of it is no equivalent.
    expect(found('(£5m) for cameras', money)).toEqual([]);
  });

  it('speak of rows by name', () => {
    const named = (text: string) => {
      const lines = [
        ['id', 'measure', 'place', 'period', 'value', 'note'],
        ['A1', 'evictions', 'the port', '2021', '1226', text],
        ['A2', 'evictions', 'the town', '2021', '226', ''],
      ];
      const table = shapeTable(
        't',
        lines.map((cells, index) => ({ row: index + 1, cells })),
      )!;
      return checkTables([table], (note) => claims(note), null).findings.map(({ check }) => check);
    };
    expect(named('A1-A2=1000')).toEqual([]);
    expect(named('A1-A2=900')).toEqual(['formula']);
    expect(named('A1-A9=900')).toEqual([]);
  });
});

describe('the reader of claims', () => {
  it('keeps bounds of changes, and reads ratios written with a sign', () => {
    expect(claims('more than doubled')[0]).toMatchObject({ amount: { value: null, low: 100 } });
    expect(claims('a 4x rise')[0]).toMatchObject({ kind: 'change', amount: { value: 300 } });
    expect(claims('multiplié par trois')[0]).toMatchObject({ kind: 'change', amount: { value: 200 } });
  });

  it('reads nothing out of words without numbers', () => {
    expect(claims('police count by squares')).toEqual([]);
  });
});
