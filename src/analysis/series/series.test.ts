// Tables as people make them, and what becomes of each of their rows.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { MeasureChoice, SeriesMapping, SeriesRole } from '../../record/series.ts';
import { cellStretch, guessSeparator, readRows, SEPARATORS, type Separator } from './delimited.ts';
import { columnNames, guessColumns, guessHeader } from './guess.ts';
import { planSeries, type SeriesPlan } from './plan.ts';

const whole = (text: string) => ({ start: 0, end: text.length });
const rowsOf = (text: string, separator: Separator = ',') => [...readRows(text, whole(text), separator)];
const cellsOf = (text: string, separator: Separator = ',') =>
  rowsOf(text, separator).map(({ cells }) => cells);

describe('rows of delimited text', () => {
  it('are cut at the separator, with quoted cells whole, and keep their line and place', () => {
    const text = 'day,people\r\n"2020-01-01",12\r\n\r\n"one, ""two""\nthree",4\n  ,\n5,6';
    const rows = rowsOf(text);
    expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([
      [1, 'day', 'people'],
      [2, '2020-01-01', '12'],
      [4, 'one, "two"\nthree', '4'],
      [7, '5', '6'],
    ]);
    expect(rows.map(({ start, end }) => text.slice(start, end))).toEqual([
      'day,people',
      '"2020-01-01",12',
      '"one, ""two""\nthree",4',
      '5,6',
    ]);
  });

  it('of a sheet are numbered one by one', () => {
    const text = 'a\tb\n"x\ny"\t1\n\n2\t3';
    expect([...readRows(text, whole(text), '\t', 'rows')].map(({ row }) => row)).toEqual([1, 2, 4]);
  });

  it('with a quotation mark that is never closed spoil no other row', () => {
    const text = '"a",1\n"b,2\n"c",3\n"d"e,4\n5" pipe,5\n';
    expect(rowsOf(text).map(({ row, open, cells }) => [row, open, cells.length])).toEqual([
      [1, false, 2],
      [2, true, 2],
      [3, false, 2],
      [4, true, 2],
      [5, false, 2],
    ]);
  });

  it('end with lines, with CR LF, and with the CR of old', () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(cellsOf(`a,b${end}1,2${end}`)).toEqual([
        ['a', 'b'],
        ['1', '2'],
      ]);
  });

  test('whatever cells are written, the same cells are read, each where it stands', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', '"', ',', ';', '\n', ' ', 'é', '🚢') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.constantFrom(...SEPARATORS), (cells, separator) => {
        const filled = cells.filter((row) => row.some((one) => one.trim() !== ''));
        const quoted = (one: string) => `"${one.replaceAll('"', '""')}"`;
        const text = filled.map((row) => row.map(quoted).join(separator)).join('\n');
        const rows = rowsOf(text, separator);
        expect(rows.map((row) => row.cells)).toEqual(filled);
        for (const row of rows)
          for (const [column, one] of row.cells.entries()) {
            const { start, end } = cellStretch(text, row, column, separator);
            expect(text.slice(start, end)).toBe(quoted(one));
          }
      }),
    );
  });

  test('any text is read to its end, rows in order and none empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ') }), (text) => {
        let at = 0;
        for (const { start, end } of readRows(text, whole(text), ',')) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a,b\n1,2\n3,4', ','],
    ['a;b\n1,5;2,5\n3,1;4,2', ';'],
    ['a\tb, c\n1\t2', '\t'],
    ['a|b|c\n1|2|3', '|'],
    ['only one column\n1\n2', ','],
  ])('%j is cut at %j', (text, separator) => {
    expect(guessSeparator(text, whole(text))).toBe(separator);
  });
});

describe('the header', () => {
  const headerOf = (text: string) => guessHeader(rowsOf(text));
  it('is the first row of words above numbers, below a title, or none', () => {
    expect(headerOf('day,people\n2020-01-01,1')).toEqual({ row: 1, rows: 1 });
    expect(headerOf('Arrivals by day,\n,\nday,people\n2020-01-01,1\n2020-01-02,3')).toEqual({
      row: 3,
      rows: 1,
    });
    expect(headerOf('2020-01-01,1\n2020-01-02,2')).toBeNull();
  });

  it('may have two rows, whose joined cells hold for the columns below', () => {
    const text = ',Arrivals,,Attempts\nday,people,boats,people\n2020-01-01,1,2,3\n2020-01-02,1,2,3';
    expect(headerOf(text)).toEqual({ row: 1, rows: 2 });
    expect(columnNames(rowsOf(text), { row: 1, rows: 2 }, 4)).toEqual([
      'day',
      'Arrivals people',
      'Arrivals boats',
      'Attempts people',
    ]);
  });

  it('names what has no name by its letter', () => {
    expect(columnNames(rowsOf('#date,,n'), { row: 1, rows: 1 }, 3)).toEqual(['date', 'B', 'n']);
    expect(columnNames([], null, 28).at(-1)).toBe('AB');
  });
});

const rolesOf = (text: string, separator: Separator = ',') => {
  const [header, ...rows] = rowsOf(text, separator);
  return guessColumns(header!.cells, rows, []);
};

describe('columns', () => {
  it('of a wide table are a measure each', () => {
    const found = rolesOf(
      'week_ending,migrants_arrived,boats,total cumulative\n2020-01-05,3,1,3\n2020-01-12,4,1,7',
    );
    expect(found.columns.map(({ role }) => role)).toEqual(['week-ending', 'value', 'value', 'value']);
    expect(found.columns[1]!.measure).toMatchObject({ new: { name: 'Migrants arrived', series: 'unknown' } });
    expect(found.columns[3]!.measure).toMatchObject({ new: { series: 'cumulative' } });
  });

  it('of a long table are one figure a row', () => {
    const found = rolesOf(
      'quantity;lieu;mois;valeur;selon\npersonnes;Calais;2020-01-01;1,5;la préfecture',
      ';',
    );
    expect(found.columns.map(({ role }) => role)).toEqual([
      'measure',
      'place',
      'month',
      'value',
      'according-to',
    ]);
    expect(found.decimal).toBe(',');
    expect(found.columns.every(({ measure }) => measure === null)).toBe(true);
  });

  it('take a measure that the dossier words the same', () => {
    const known = { id: 'm1', name: 'Arrivals', unit: null, wordings: ['migrants arrived'] };
    const [header, ...rows] = rowsOf('day,migrants_arrived\n2020-01-01,3');
    expect(guessColumns(header!.cells, rows, [known]).columns[1]!.measure).toEqual({ id: 'm1' });
  });
});

const chosen = (name: string): MeasureChoice => ({
  new: { name, definition: null, unit: null, series: 'unknown', repeats: 'unknown' },
});

/** Plans a table whose columns have these roles; its header is its first row. */
function plan(text: string, roles: SeriesRole[], other: Partial<SeriesMapping> = {}): SeriesPlan {
  const mapping: SeriesMapping = {
    sheet: 0,
    separator: ',',
    header: { row: 1, rows: 1 },
    decimal: null,
    days: 'day-first',
    columns: roles.map((role) => ({ role, measure: null })),
    measure: chosen('people'),
    names: [],
    fixed: {
      place: null,
      unit: null,
      accordingTo: null,
      reportedBy: null,
      method: null,
      modality: 'reported',
    },
    ...other,
  };
  const rows = rowsOf(text, mapping.separator);
  const names = columnNames(rows, mapping.header, roles.length);
  const work = planSeries(text, rows, names, mapping, {
    measureOf: (key) => ({ id: key, name: key.slice(4), unit: null }),
    actors: [{ id: 'a1', name: 'The Prefecture', aliases: ['préfecture du Nord'] }],
    places: [{ id: 'p1', name: 'Calais', aliases: [], position: null }],
    language: 'en',
    sensitivity: 'team',
  });
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const figuresOf = (...given: Parameters<typeof plan>) => {
  const { figures, faults } = plan(...given);
  expect(faults).toEqual([]);
  return figures.map(({ content }) => content);
};
const faultsOf = (...given: Parameters<typeof plan>) =>
  plan(...given).faults.map(({ row, column, code }) =>
    [row, column, code].filter((one) => one !== null).join(' '),
  );

describe('figures of a table', () => {
  it('say what their row says, and rest on it', () => {
    const text = 'day,place,who,how many\n2020-01-02,calais,Préfecture du nord,"2,300"\n';
    const { figures } = plan(text, ['period', 'place', 'according-to', 'value']);
    const [{ start, end, row, content }] = figures as [(typeof figures)[0]];
    expect(text.slice(start, end)).toBe('2020-01-02,calais,Préfecture du nord,"2,300"');
    expect(row).toBe(2);
    expect(content).toMatchObject({
      counted: 'person',
      measure: 'new:person',
      bound: 'exact',
      value: 2300,
      period: '2020-01-02',
      place: { place: 'p1', name: 'calais' },
      accordingTo: { actor: 'a1', name: 'Préfecture du nord' },
      sensitivity: 'team',
    });
  });

  it.each([
    ['period', '28/10/2014', '2014-10-28'],
    ['period', 'October 2014', '2014-10'],
    ['week-ending', '2018-01-07', '2018-01-01/2018-01-07'],
    ['week-beginning', '2018-01-01', '2018-01-01/2018-01-07'],
    ['month', '2018-12-01', '2018-12'],
    ['month', 'Mar 2018', '2018-03'],
    ['year', '2018', '2018'],
  ] as const)('a %s of “%s” is %s', (role, cell, period) => {
    expect(figuresOf(`when,n\n${cell},1`, [role, 'value'])[0]!.period).toBe(period);
  });

  it('have a period from two columns', () => {
    const between = figuresOf('from,to,n\n2018-01-01,2018-12-31,1\n2018-02-03,,2', ['start', 'end', 'value']);
    expect(between.map(({ period }) => period)).toEqual(['2018', '2018-02-03']);
    const months = figuresOf('m,y,n\n3,2018,1\nApril,2018,2', ['month', 'year', 'value']);
    expect(months.map(({ period }) => period)).toEqual(['2018-03', '2018-04']);
  });

  it.each([
    ['5', { bound: 'exact', value: 5 }],
    ['> 500', { bound: 'more-than', value: 500 }],
    ['≤5', { bound: 'at-most', value: 5 }],
    ['~1200', { bound: 'about', value: 1200 }],
    ['500–600', { bound: 'range', value: null, low: 500, high: 600 }],
    ['48 %', { value: 48, unit: '%' }],
    ['£3.5m', { value: 3_500_000, unit: 'GBP' }],
    ['1e3', { value: 1000 }],
  ])('a number “%s” is read with its bound and unit', (cell, content) => {
    expect(figuresOf(`n\n${cell}`, ['value'])[0]).toMatchObject(content);
  });

  it('have a range from its ends, and a bound from one end or its column', () => {
    const ends = figuresOf('n,low,high\n,1,3\n2,1,3\n,4,\n,,9\n5,5,\n7,7,7', ['value', 'low', 'high']);
    expect(ends.map(({ bound, value, low, high }) => [bound, value, low, high])).toEqual([
      ['range', null, 1, 3],
      ['range', 2, 1, 3],
      ['at-least', 4, null, null],
      ['at-most', 9, null, null],
      ['at-least', 5, null, null],
      ['exact', 7, null, null],
    ]);
    const bounds = figuresOf('n,b\n1,at least\n2,environ\n3,', ['value', 'bound']);
    expect(bounds.map(({ bound }) => bound)).toEqual(['at-least', 'about', 'exact']);
  });

  it('of a wide table are one for each column with a number, under its own measure', () => {
    const figures = figuresOf(
      'day,boats_in,people\n2020-01-01,1,\n2020-01-02,n/a,-\n2020-01-03,2,30',
      ['period', 'value', 'value'],
      {
        columns: [
          { role: 'period', measure: null },
          { role: 'value', measure: chosen('Boats') },
          { role: 'value', measure: chosen('Arrivals') },
        ],
        measure: null,
      },
    );
    expect(figures.map(({ measure, value, counted }) => [measure, value, counted])).toEqual([
      ['new:boat', 1, 'boats in'],
      ['new:boat', 2, 'boats in'],
      ['new:arrival', 30, 'people'],
    ]);
  });

  it('rest on their own cell where the row is very long', () => {
    const header = Array.from({ length: 300 }, (_, at) => `c${at}`).join(',');
    const text = `${header}\n${Array.from({ length: 300 }, (_, at) => at).join(',')}`;
    const { figures } = plan(
      text,
      Array.from({ length: 300 }, () => 'value' as const),
      {
        columns: Array.from({ length: 300 }, (_, at) => ({
          role: 'value' as const,
          measure: chosen(`c${at}`),
        })),
      },
    );
    expect(figures.length).toBe(300);
    expect(figures.map(({ start, end }) => text.slice(start, end))).toEqual(
      Array.from({ length: 300 }, (_, at) => String(at)),
    );
  });
});

describe('faults of a table', () => {
  const two: SeriesRole[] = ['period', 'value'];
  it('are told row by row, and a row with one makes nothing', () => {
    const text = [
      'day,people',
      '2020-01-01,twelve',
      '2020-02-30,1',
      '2020-01-02,1e308',
      '2020-01-03,-5',
      '2020-01-04,1,2',
      '2020-01-05',
      'Total,9',
      'day,people',
      '2020-01-06,"3',
      ',4',
      '2020-01-07,7',
      '2020-01-07,7',
      '2020-01-07,8',
      '2020-01-08,',
    ].join('\n');
    expect(faultsOf(text, two)).toEqual([
      '2 people not-a-number',
      '3 day not-a-date',
      '4 people too-large',
      '5 people negative-count',
      '6 columns',
      '7 columns',
      '8 day not-a-date',
      '9 second-header',
      '10 open-quote',
      '11 day no-period',
      '13 duplicate-row',
    ]);
    const { figures, faulty, rows, blank } = plan(text, two);
    // A source that gives two numbers for one day contradicts itself: that is shown, not smoothed over.
    expect(figures.map(({ row, content }) => [row, content.value])).toEqual([
      [12, 7],
      [14, 8],
    ]);
    expect({ faulty, rows, blank }).toEqual({ faulty: 11, rows: 14, blank: 1 });
  });

  it('tell mixed decimal marks, ends in the wrong order, a lone end, unknown bounds, and two units', () => {
    expect(faultsOf('d,n\n2020,"1,5"\n2021,2.5', ['year', 'value'], { decimal: ',' })).toEqual([
      '3 n mixed-marks',
    ]);
    expect(faultsOf('n,l,h\n,5,3\n9,1,', ['value', 'low', 'high'])).toEqual([
      '2 l low-above-high',
      '3 l one-end',
    ]);
    expect(faultsOf('n,b\n1,rather', ['value', 'bound'])).toEqual(['2 b bound-unknown']);
    expect(faultsOf('n,u\n€5,GBP', ['value', 'unit'])).toEqual(['2 n two-units']);
    expect(faultsOf('a,b,n\n2020-02-01,2020-01-01,1', ['start', 'end', 'value'])).toEqual([
      '2 b end-before-start',
    ]);
    expect(faultsOf(`p,n\n${'x'.repeat(301)},1`, ['place', 'value'])).toEqual(['2 p too-long']);
    expect(faultsOf('what,n\n,1', ['measure', 'value'], { measure: null })).toEqual(['2 what no-measure']);
  });

  it('in a second row of the header are told as a second header', () => {
    expect(faultsOf('day,people\nday,people\n2020-01-01,1', two)).toEqual(['2 second-header']);
  });

  it('end planning past the most figures of one import', () => {
    const rows = Array.from({ length: 1_000_000 }, (_, at) => at);
    expect(plan(`n\n${rows.join('\n')}`, ['value']).tooMany).toBe(true);
  });
});
