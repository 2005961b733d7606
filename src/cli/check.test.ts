/** `constat check` as a person types it: what it prints, what it refuses and with which exit code. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/build.mjs';
import { xlsx } from '../../test/fixtures/xlsx.ts';

const program = join(import.meta.dirname, '../../bin/constat');
const folder = mkdtempSync(join(tmpdir(), 'constat-check-'));
beforeAll(() => ensureBuilt());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function constat(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'check', ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const HEADER = 'id,measure,place,period,value,unit,according to,note';
const GOOD = `${HEADER}\nA,boats,the strait,2020,1226,boats,us,102 a month\n`;
const BAD = `${HEADER}\nA,boats,the strait,2020,2294,boats,us,\nB,boats,the strait,2020,294,boats,them,"an average of 4.5 per week"\n`;

describe('constat check', () => {
  it('says with its working what does not fit, and exits with 1', async () => {
    const { code, stdout } = await constat(file('bad.csv', BAD));
    expect(code).toBe(1);
    expect(stdout).toContain('bad.csv, row 3 (B), row 2 (A)');
    expect(stdout).toContain('294 is 2,294 without one of its digits');
    expect(stdout).toMatch(/2 rows in one table: .* every row read/);
  });

  it('exits with 0 where everything fits', async () => {
    const { code, stdout } = await constat(file('good.csv', GOOD));
    expect(code).toBe(0);
    expect(stdout).toContain('no finding');
  });

  it('prints JSON, and French', async () => {
    const path = file('bad-too.csv', BAD);
    const { code, stdout } = await constat(path, '--json', '--language', 'fr');
    expect(code).toBe(1);
    const told = JSON.parse(stdout);
    expect(told.files[0]).toMatchObject({ path: 'bad-too.csv', kind: 'figures', rows: 2, messages: [] });
    const slip = told.findings.find((finding: { check: string }) => finding.check === 'lost-digit');
    expect(slip.rows).toEqual([
      { file: 'bad-too.csv', row: 3, name: 'B', column: null },
      { file: 'bad-too.csv', row: 2, name: 'A', column: null },
    ]);
    expect(slip.working[2].text).toMatch(/moins un de ses chiffres/);
  });

  it('is told what columns are', async () => {
    const path = file(
      'odd.csv',
      'wer,wo,wann,wieviel,was\nus,port,2020,2294,boats\nthem,port,2020,1713,boats\n',
    );
    const roles = ['counted=was', 'place=wo', 'period=wann', 'value=wieviel', 'according-to=wer'];
    const { code, stdout } = await constat(path, ...roles.flatMap((role) => ['--column', role]));
    expect(code).toBe(1);
    expect(stdout).toContain('[figures-differ]');
    expect((await constat(path, '--column', 'colour=wer')).code).toBe(2);
  });

  it('tells rows that cannot be read, each with its column, and checks the others', async () => {
    const latin = Buffer.from(`${HEADER};caf\n`.replaceAll(',', ';'), 'latin1');
    const rows = Buffer.from(
      'A;boats;le café;2020;1.234,5;;us;;\nB;boats;le port;hier;2.234,5;;us;;\nC;boats;le port;2020;1,234.5;;us;;\n',
      'latin1',
    );
    const { code, stdout } = await constat(file('latin.csv', Buffer.concat([latin, rows])));
    expect(code).toBe(1);
    expect(stdout).toContain('row 2: The row is not valid UTF-8');
    expect(stdout).toContain('row 3, period: “hier” is not a date');
    expect(stdout).toContain('row 4, value: “1,234.5” has another decimal mark');
  });

  it('refuses what is no table, and says what to do', async () => {
    const empty = await constat(file('empty.csv', ''));
    expect(empty.code).toBe(3);
    expect(empty.stderr).toContain('The file is empty');
    const missing = await constat(join(folder, 'nowhere.csv'));
    expect(missing).toMatchObject({ code: 3, stdout: '' });
    expect((await constat()).code).toBe(2);
  });

  it('refuses what holds no table, and checks the others', async () => {
    const picture = file('picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    const { code, stdout, stderr } = await constat(picture, file('good-too.csv', GOOD));
    expect(code).toBe(3);
    expect(stderr).toContain('cannot be read');
    expect(stdout).toContain('good-too.csv: one row');
  });

  it('checks each sheet of a workbook', async () => {
    const header = ['measure', 'place', 'period', 'value', 'according to'];
    const book = xlsx([
      { name: 'North', rows: [header, ['boats', 'the strait', '2020', 2294, 'us']] },
      { name: 'South', rows: [header, ['boats', 'the strait', '2020', 294, 'them']] },
    ]);
    const { code, stdout } = await constat(file('book.xlsx', book));
    expect(code).toBe(1);
    expect(stdout).toContain('book.xlsx, South, row 2; book.xlsx, North, row 2');
  });

  it('reads a line whose quotation mark is never closed by itself', async () => {
    const path = file(
      'quote.csv',
      `${HEADER}\nA,boats,the strait,2020,12,boats,us,"never closed\nB,boats,the strait,2021,13,boats,us,\n`,
    );
    const { code, stdout } = await constat(path);
    expect(code).toBe(1);
    expect(stdout).toContain('row 2: A quotation mark is opened');
    expect(stdout).toContain('quote.csv: 2 rows of figures');
  });

  it('takes rates of days that the bundled table does not reach', async () => {
    const path = file(
      'money.csv',
      'measure,place,date,value_eur,value_gbp\nfunding,the port,2031-05-05,1000000,900000\n',
    );
    expect((await constat(path)).code).toBe(0);
    const days = Array.from({ length: 90 }, (_, index) =>
      new Date(Date.UTC(2031, 2, 20 + index)).toISOString().slice(0, 10),
    );
    const rates = file(
      'rates.csv',
      ['date,currency,per_euro', ...days.map((day) => `${day},GBP,0.7`)].join('\n'),
    );
    const { code, stdout } = await constat(path, '--rates', rates);
    expect(code).toBe(1);
    expect(stdout).toContain('€1 was £0.70');
  });
});
