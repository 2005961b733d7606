/** Cells, periods, columns and shapes of tables as people write them, and what is told of those that cannot be read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalMarkOf, readNumber } from './cell.ts';
import { readFigures } from './figures.ts';
import { dayOrderOf, periodOf, readDay } from './period.ts';
import { guessRoles, isFigureTable } from './role.ts';
import type { RowMessage } from './row-message.ts';
import { shapeTable } from './shape.ts';

const rowsOf = (...lines: string[][]) => lines.map((cells, index) => ({ row: index + 1, cells }));

describe('numbers in cells', () => {
  it.each([
    ['2,300', null, 2300],
    ['2 300,5', null, 2300.5],
    ['1.234,5', null, 1234.5],
    ['1,234.5', null, 1234.5],
    ['1,234', ',', 1.234],
    ['1.234', ',', 1234],
    ['0,123', null, 0.123],
    ['−7', null, -7],
    ['1e3', null, 1000],
  ] as const)('reads %s with the mark %s', (text, mark, value) => {
    expect(readNumber(text, mark)).toMatchObject({ value });
  });

  it('reads the unit and the scale that stand with a number', () => {
    expect(readNumber('£12m')).toEqual({ value: 12_000_000, decimals: 0, unit: 'GBP' });
    expect(readNumber('62,7 M€', ',')).toMatchObject({ value: 62_700_000, unit: 'EUR' });
    expect(readNumber('+50 %')).toMatchObject({ value: 50, unit: '%' });
  });

  it.each([
    ['many', 'not-a-number'],
    ['12.5.3', 'not-a-number'],
    ['1 23', 'not-a-number'],
    ['1e308', 'too-large'],
  ])('says why %s is none', (text, why) => {
    expect(readNumber(text)).toEqual({ problem: why });
  });

  it('tells a column of both customs, and which cells are the odd ones', () => {
    expect(decimalMarkOf(['1.234,5', '2,5', '3.5'])).toEqual({ mark: ',', mixed: true });
    expect(decimalMarkOf(['1,234', '2,345'])).toEqual({ mark: null, mixed: false });
    expect(readNumber('1,234.5', ',')).toEqual({ problem: 'mixed-marks' });
    expect(readNumber('12.5', ',')).toEqual({ problem: 'mixed-marks' });
  });

  it('reads back every number that a spreadsheet writes in English, French or German', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.integer({ min: 0, max: 3 }),
        (digits, decimals) => {
          const value = digits / 10 ** decimals;
          const written = (locale: string) =>
            value.toLocaleString(locale, {
              minimumFractionDigits: decimals,
              maximumFractionDigits: decimals,
            });
          expect(readNumber(written('en'), '.')).toMatchObject({ value, decimals });
          expect(readNumber(written('fr'), ',')).toMatchObject({ value, decimals });
          expect(readNumber(written('de'), ',')).toMatchObject({ value, decimals });
        },
      ),
    );
  });
});

describe('periods in cells', () => {
  it.each([
    ['2018', '2018'],
    ['28/10/2014', '2014-10-28'],
    ['1er août 2019', '2019-08-01'],
    ['October 14, 2019', '2019-10-14'],
    ['janvier 2018', '2018-01'],
    ['Jan-18', '2018-01'],
    ['T2 2019', '2019-04-01/2019-06-30'],
    ['w/e 07/01/2018', '2018-01-01/2018-01-07'],
    ['semaine finissant le 7 janvier 2018', '2018-01-01/2018-01-07'],
    ['2018-W01', '2018-01-01/2018-01-07'],
    ['2016~', '2016~'],
  ])('reads %s', (text, edtf) => {
    expect(periodOf(text)?.edtf).toBe(edtf);
  });

  it('keeps the weekday that a date is given with, and reads no number as a date', () => {
    expect(periodOf('Sat 4 January 2025')).toMatchObject({ edtf: '2025-01-04', weekday: 5 });
    for (const text of ['12', 'many', '31/02/2020', '', 'March']) expect(periodOf(text)).toBeNull();
  });

  it('tells month-first columns only by a date that can be read no other way', () => {
    expect(dayOrderOf(['01/02/2018', '01/25/2018'])).toBe('month-first');
    expect(dayOrderOf(['01/02/2018', '25/01/2018'])).toBe('day-first');
    expect(readDay('03/04/2018', 'month-first')).toBe('2018-03-04');
  });
});

describe('columns', () => {
  it('are told by English and French headers', () => {
    const roles = guessRoles(
      ['Mesure', 'Lieu', 'Date', 'Valeur', 'Selon', 'Remarques'],
      [['tentes', 'le port', '12/03/2019', '40', 'la mairie', '']],
    );
    expect(roles).toEqual(['counted', 'place', 'period', 'value', 'according-to', 'note']);
    expect(isFigureTable(roles)).toBe(true);
  });

  it('of a series are its date and its numbers; parts of a date and coordinates count nothing', () => {
    const roles = guessRoles(
      ['#week_ending', 'people', 'n_year', 'Latitude'],
      [
        ['2018-01-07', '4', '2018', '50.9'],
        ['2018-01-14', '6', '2018', '50.8'],
      ],
    );
    expect(roles).toEqual(['period', 'number', 'text', 'text']);
    expect(isFigureTable(roles)).toBe(false);
  });
});

describe('shapes', () => {
  it('pass over a title and a second header, and keep stray rows and repeats apart', () => {
    const table = shapeTable(
      't',
      rowsOf(
        ['Arrivals', '', ''],
        ['month', 'people', 'boats'],
        ['', 'persons', 'vessels'],
        ['2020-01', '1', '2'],
        ['2020-01', '1', '2'],
        ['2020-02', '3'],
      ),
    )!;
    expect(table.header).toEqual(['month', 'people', 'boats']);
    expect(table.rows.map(({ row }) => row)).toEqual([4]);
    expect(table.messages.map(({ row, code }) => [row, code])).toEqual([
      [6, 'columns'],
      [3, 'second-header'],
      [5, 'duplicate-row'],
    ]);
  });

  it('name columns by number where there is no header, and are nothing where there is nothing', () => {
    const table = shapeTable('t', rowsOf(['2020-01-01', '5'], ['2020-01-02', '6']))!;
    expect(table.header).toEqual(['column 1', 'column 2']);
    expect(table.messages[0]?.code).toBe('no-header');
    expect(shapeTable('t', rowsOf(['', ' '], ['']))).toBeNull();
  });
});

describe('figures of a table', () => {
  const header = ['measure', 'place', 'period', 'value', 'low', 'high', 'unit', 'according to'];
  const read = (...lines: string[][]) => {
    const messages: RowMessage[] = [];
    const table = shapeTable('t', rowsOf(header, ...lines))!;
    return { figures: readFigures(table, 0, messages), messages };
  };

  it('have bounds, ranges and money as their columns say', () => {
    const { figures } = read(
      ['people', 'port', '2020', '500', '500', '', 'persons', 'us'],
      ['people', 'port', '2020', '', '800', '1000', 'persons', 'them'],
      ['people', 'port', '2020', '9500', '', '', 'persons (rounded)', 'them'],
      ['funding', 'port', '2020', '62.7', '', '', 'MEUR', 'them'],
    );
    expect(figures.map(({ quantity }) => quantity.amount)).toEqual([
      { bound: 'at-least', value: 500, low: null, high: null, unit: null },
      { bound: 'range', value: null, low: 800, high: 1000, unit: null },
      { bound: 'about', value: 9500, low: null, high: null, unit: null },
      { bound: 'exact', value: 62_700_000, low: null, high: null, unit: 'EUR' },
    ]);
  });

  it('that cannot be read say so row by row, and the others are read', () => {
    const { figures, messages } = read(
      ['people', 'port', '2020', 'many', '', '', '', 'us'],
      ['people', 'port', 'last month', '5', '', '', '', 'us'],
      ['people', 'port', '2020', '-5', '', '', '', 'us'],
      ['people', 'port', '2020', '', '900', '300', '', 'us'],
      ['people', 'port', '2020', '', '', '', '', 'us'],
      ['people', 'port', '2020', '1e308', '', '', '', 'us'],
      ['people', 'port', '2021', '7', '', '', '', 'us'],
    );
    expect(messages.map(({ row, code }) => [row, code])).toEqual([
      [2, 'not-a-number'],
      [3, 'not-a-date'],
      [4, 'negative-count'],
      [5, 'low-above-high'],
      [6, 'no-value'],
      [7, 'too-large'],
    ]);
    expect(figures.map(({ row }) => row)).toEqual([3, 8]);
  });
});
