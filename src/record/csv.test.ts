// CSV that spreadsheets read back as it was, and that runs nothing on a reader's machine.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, csvRow, flatten, RECORD_COLUMNS } from './csv.ts';

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

describe('csvLine', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const safe = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
        expect(parse(csvLine(cells))).toEqual([safe]);
      }),
    );
  });
  it('makes formulas harmless, and leaves numbers alone', () => {
    expect(csvLine(['=HYPERLINK("x")', '+1', '@cmd', -5, null])).toBe(
      `"'=HYPERLINK(""x"")",'+1,'@cmd,-5,\r\n`,
    );
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
  it('numbers lists of objects from 1', () => {
    expect(flatten({ acts: [{ kind: 'eviction' }, { kind: 'seizure' }] })).toEqual({
      'acts.1.kind': 'eviction',
      'acts.2.kind': 'seizure',
    });
  });
});
