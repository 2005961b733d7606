// CSV that spreadsheets read back as it was, and that runs nothing on a reader's machine.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, csvRow, flatten, RECORD_COLUMNS, restoredCell } from './csv.ts';

/** A reader of RFC 4180, independent of the writer. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < csv.length; at++) {
    const sign = csv[at]!;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (csv[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ',') {
      rows.at(-1)!.push(cell);
      cell = '';
    } else if (sign === '\r' && csv[at + 1] === '\n') {
      rows.at(-1)!.push(cell);
      cell = '';
      rows.push([]);
      at++;
    } else cell += sign;
  }
  rows.pop();
  return rows;
}

/** What Excel, LibreOffice and Google Sheets begin a formula with, after what they skip. */
const runs = (cell: string) => /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(cell) || /^[\t\r\n]/.test(cell);
const isNumber = (cell: string) => /^-\d+(\.\d+)?$/.test(cell);

/** Texts that are more often dangerous than any text is. */
const hostile = fc
  .tuple(
    fc.constantFrom('', "'", "''", ' ', '\t', '\r\n', '\ufeff', '\u200b', '\u00a0'),
    fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '-3', '"', ''),
    fc.string({ unit: 'binary' }),
  )
  .map((parts) => parts.join(''));

describe('csvLine', () => {
  it('runs nothing in a spreadsheet, and reads back as it was', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1 }), (cells) => {
        const [written] = parse(csvLine(cells)) as [string[]];
        for (const cell of written) expect(runs(cell) && !isNumber(cell)).toBe(false);
        expect(written.map(restoredCell)).toEqual(cells);
        // Nor is a cell left bare that a reader with another separator would cut a formula out of.
        for (const cell of csvLine(cells.filter(runs)).split(',')) expect(cell).not.toMatch(/^'[^"]*[;\t|]/);
      }),
    );
  });
  it('makes formulas harmless, and leaves numbers alone', () => {
    expect(csvLine(['=HYPERLINK("x")', '+1', '@cmd', -5, null])).toBe(
      `"'=HYPERLINK(""x"")","'+1","'@cmd",-5,\r\n`,
    );
    expect(csvLine(['-3', '-3.5', '-3+1', '-', '－1', ' =1', '\n=1'])).toBe(
      `-3,-3.5,"'-3+1","'-","'－1","' =1","'\n=1"\r\n`,
    );
    expect(csvLine(['a-b', '1=1', 'x@example.org', '10–12', 'l’État', "'tis"])).toBe(
      "a-b,1=1,x@example.org,10–12,l’État,'tis\r\n",
    );
  });
  it('writes the tables of the first bundles as they were written then', () => {
    expect(csvLine(['=1', '-3', '＝1', 'a"b'], 1)).toBe(`'=1,'-3,＝1,"a""b"\r\n`);
  });
});

describe('csvRow', () => {
  it('gives every column of its table, filled from nested values', () => {
    const row = parse(
      csvRow('statement', { id: 'x', speaker: { name: 'the minister', role: null }, topics: ['a', 'b'] }),
    );
    expect(row[0]).toHaveLength(RECORD_COLUMNS.statement.length);
    expect(row[0]![RECORD_COLUMNS.statement.indexOf('speaker.name')]).toBe('the minister');
    expect(row[0]![RECORD_COLUMNS.statement.indexOf('topics')]).toBe('a | b');
  });
  it('numbers lists in which not all are objects', () => {
    expect(flatten({ a: [null, { b: 1 }, 2] })).toEqual({ 'a.1': null, 'a.2.b': 1, 'a.3': 2 });
  });
  it('numbers lists of objects from 1', () => {
    expect(flatten({ acts: [{ kind: 'eviction' }, { kind: 'seizure' }] })).toEqual({
      'acts.1.kind': 'eviction',
      'acts.2.kind': 'seizure',
    });
  });
});
