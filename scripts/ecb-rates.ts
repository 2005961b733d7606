// Writes src/analysis/ecb-table.ts from a table of reference rates: `npx tsx scripts/ecb-rates.ts FILE.csv`. FILE is the
// European Central Bank's eurofxref-hist.csv, or any table that `constat check --rates` takes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { rateRows } from '../src/analysis/exchange-rates.ts';

const KEPT = ['USD', 'GBP'];
const FIRST = '2014-01-01';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A whole number as source maps write it: its sign in the lowest bit, five bits a letter, the sixth says that more follow. */
function letters(value: number): string {
  let rest = value < 0 ? -value * 2 + 1 : value * 2;
  let text = '';
  do {
    text += ALPHABET[(rest & 31) | (rest > 31 ? 32 : 0)];
    rest >>>= 5;
  } while (rest > 0);
  return text;
}

const [file] = process.argv.slice(2);
const [header, ...body] = file ? (parse(readFileSync(file), { bom: true }) as string[][]) : [];
const rows = header ? rateRows(header, body) : null;
if (!rows) {
  console.error(
    'Use: npx tsx scripts/ecb-rates.ts FILE.csv   (FILE: a date column, and a column for each currency)',
  );
  process.exit(2);
}
const days = new Map<string, Map<string, number>>();
for (const { day, currency, perEuro } of rows) {
  if (!KEPT.includes(currency) || !(perEuro > 0) || day < FIRST) continue;
  days.set(day, (days.get(day) ?? new Map()).set(currency, perEuro));
}
let packed = '';
let before = [0, ...KEPT.map(() => 0)];
for (const [day, rates] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (rates.size < KEPT.length) continue;
  const now = [Date.parse(day) / 86_400_000, ...KEPT.map((code) => Math.round(rates.get(code)! * 1e5))];
  packed += now.map((value, index) => letters(value - before[index]!)).join('');
  before = now;
}
const lines = packed.match(/.{1,100}/g) ?? [];
writeFileSync(
  join(import.meta.dirname, '../src/analysis/ecb-table.ts'),
  `// Euro foreign exchange reference rates, US dollar and pound sterling, ${FIRST.slice(0, 4)} on. Source: European Central Bank.
// Written by scripts/ecb-rates.ts, read by ecb-rates.ts.

export const CURRENCIES = ${JSON.stringify(KEPT).replaceAll('"', "'").replaceAll(',', ', ')} as const;

/** For each day: the days since the one before, then each rate in hundred-thousandths, less that of the day before. */
export const PACKED = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');
`,
);
console.log(`${days.size} days, ${packed.length} letters`);
