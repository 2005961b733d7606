// Reading tables: CSV and TSV as they are, workbooks as text, and what is refused.
import { afterAll, describe, expect, test } from 'vitest';
import { xlsx } from '../../test/fixtures/xlsx.ts';
import { zip } from '../../test/fixtures/zip.ts';
import { extractFile } from './extract.ts';
import { intakeLimits } from './limits.ts';
import { closeReaders, natureOf, read } from './read.ts';

const limits = { ...intakeLimits({}), memoryMb: 700 };
afterAll(closeReaders);

const readFile = (file: Uint8Array | string, name: string, other: Partial<typeof limits> = {}) => {
  const bytes = Buffer.from(file as string);
  return read(bytes, natureOf(bytes, name), { ...limits, ...other });
};

async function textOf(file: Uint8Array | string, name: string) {
  const result = await readFile(file, name);
  if (!result.ok) throw result.problem;
  const { text, layout } = result;
  return { ...result, blocks: layout.blocks.map(({ kind, start, end }) => [kind, text.slice(start, end)]) };
}

async function problemOf(file: Uint8Array | string, name: string, other: Partial<typeof limits> = {}) {
  const result = await readFile(file, name, other);
  if (result.ok) throw new Error(`read as ${result.text.slice(0, 200)}`);
  expect(result.problem.message).toMatch(/^[A-Z].*\.$/);
  return result.problem.code;
}

describe('tables of plain text', () => {
  test('are the file, unchanged; among plain texts the name says that it is a table', async () => {
    const words = '\ufeffday,people\r\n2020-01-01,12\r\n"2020-01-02",\r\n';
    const { text, blocks, toolVersion } = await textOf(words, 'counts.csv');
    expect(text).toBe(words);
    expect(toolVersion).toBe('1');
    expect(blocks).toEqual([['table', 'day,people\r\n2020-01-01,12\r\n"2020-01-02",']]);
    expect(natureOf(Buffer.from(words), 'counts.csv').mediaType).toBe('text/csv');
    expect(natureOf(Buffer.from(words), 'counts.tsv').mediaType).toBe('text/tab-separated-values');
    expect(natureOf(Buffer.from(words), 'counts.txt').mediaType).toBe('text/plain');
    expect(natureOf(Buffer.from('<html><p>'), 'counts.csv').mediaType).toBe('text/html');
  });

  test('long ones are many blocks, which together hold every line', async () => {
    const lines = Array.from({ length: 1001 }, (_, at) => `${at},${at * 2}`);
    const { blocks } = await textOf(lines.join('\n'), 'counts.csv');
    expect(blocks.length).toBe(26);
    expect(blocks.map(([, words]) => words).join('\n')).toBe(lines.join('\n'));
  });

  test('in Windows-1252 are read as that, and say so', async () => {
    const { text, toolVersion } = await textOf(Buffer.from('préfecture;12\n', 'latin1'), 'counts.csv');
    expect(text).toBe('préfecture;12\n');
    expect(toolVersion).toBe('1 (windows-1252)');
    const wide = Buffer.from('\ufeffpréfecture\t12\n', 'utf16le');
    expect((await textOf(wide, 'counts.tsv')).toolVersion).toBe('1 (utf-16le)');
  });

  test('in nothing that is text, empty, or too long are refused', async () => {
    expect(await problemOf(Buffer.from([0x61, 0x81, 0x2c, 0x31]), 'counts.csv')).toBe('read.encoding');
    expect(await problemOf(' \n \n', 'counts.csv')).toBe('read.no-text');
    expect(await problemOf('1,2\n'.repeat(1000), 'counts.csv', { text: 100 })).toBe('read.too-long');
  });

  test('nothing is proposed from them', async () => {
    const words = 'The mayor said: “There are 500 migrants in the town.”\nAbout 2,000 migrants,1\n';
    const asText = await extractFile('a.txt', Buffer.from(words));
    const asTable = await extractFile('a.csv', Buffer.from(words));
    expect(asText.ok && asText.extract.figures.length).toBeGreaterThan(0);
    expect(asTable).toMatchObject({ ok: true, extract: { statements: [], figures: [] } });
  });
});

describe('workbooks', () => {
  const day = (iso: string) => new Date(`${iso}T00:00:00Z`);

  test('give every sheet: its name as a heading, a line for each row, tabs between cells', async () => {
    const file = xlsx([
      {
        name: 'Daily counts',
        rows: [
          ['day', 'people', 'note'],
          [day('2020-02-29'), 12, null],
          [],
          [day('2020-03-01'), { formula: 'B2*2', value: 24.5 }, 'two\tor "three"'],
        ],
      },
      { name: 'Empty', rows: [] },
      { name: 'Monthly', rows: [['2020-02', 0.1]] },
    ]);
    const { text, blocks, tool } = await textOf(file, 'counts.xlsx');
    expect(text).toBe(
      'Daily counts\nday\tpeople\tnote\n2020-02-29\t12\t\n\n2020-03-01\t24.5\t"two\tor ""three"""\n\nMonthly\n2020-02\t0.1',
    );
    expect(blocks.map(([kind]) => kind)).toEqual(['heading', 'table', 'heading', 'table']);
    expect(blocks[2]).toEqual(['heading', 'Monthly']);
    expect(tool).toBe('constat xlsx');
  });

  test('that are damaged, bombs, empty or behind a password are refused', async () => {
    const bomb = xlsx([], { extra: [{ name: 'xl/worksheets/sheet1.xml', data: Buffer.alloc(60_000_000) }] });
    expect(await problemOf(bomb, 'a.xlsx', { unpacked: 50_000_000 })).toBe('read.expands');
    const sheet = xlsx([{ name: 'A', rows: [[1]] }]);
    expect(await problemOf(sheet.subarray(0, sheet.length - 40), 'a.xlsx')).toMatch(/^read\.damaged$/);
    const hollow = zip([{ name: 'xl/workbook.xml', data: '<workbook' }]);
    expect(await problemOf(hollow, 'a.xlsx')).toBe('read.damaged');
    expect(await problemOf(xlsx([{ name: 'A', rows: [] }]), 'a.xlsx')).toBe('read.no-text');
  });

  test('with one cell far out end their reader, not the server', async () => {
    const far =
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>';
    const book = xlsx([{ name: 'A', rows: [], xml: far }]);
    expect(await problemOf(book, 'a.xlsx')).toMatch(/^read\.(memory|time)$/);
  });
});
