// Writes src/analysis/ecb-rates.ts from a table of reference rates: `npx tsx scripts/ecb-rates.ts FILE.csv`. FILE is the
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
  join(import.meta.dirname, '../src/analysis/ecb-rates.ts'),
  `// Euro foreign exchange reference rates, US dollar and pound sterling, ${FIRST.slice(0, 4)} on. Source: European Central Bank.
// Written by scripts/ecb-rates.ts; a table given to \`constat check --rates\` extends it.
import { type ExchangeRates, type RateRow, ratesOf } from './exchange-rates.ts';

const CURRENCIES = ${JSON.stringify(KEPT).replaceAll('"', "'").replaceAll(',', ', ')} as const;

/** For each day: the days since the one before, then each rate in hundred-thousandths, less that of the day before. */
const PACKED = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');

let table: ExchangeRates | null = null;

/** The bundled rates. */
export function ecbRates(): ExchangeRates {
  table ??= ratesOf(ecbRows());
  return table;
}

/** The bundled rates row by row, for a table that is to be extended. */
export function ecbRows(): RateRow[] {
  const rows: RateRow[] = [];
  const held = [0, ...CURRENCIES.map(() => 0)];
  let [at, field] = [0, 0];
  while (at < PACKED.length) {
    let [value, shift] = [0, 0];
    for (let more = true; more; shift += 5) {
      const letter = bitsOf(PACKED.charCodeAt(at++));
      value |= (letter & 31) << shift;
      more = letter > 31;
    }
    held[field]! += value & 1 ? -(value >>> 1) : value >>> 1;
    field = (field + 1) % held.length;
    if (field > 0) continue;
    const day = new Date(held[0]! * 86_400_000).toISOString().slice(0, 10);
    for (const [index, currency] of CURRENCIES.entries())
      rows.push({ day, currency, perEuro: held[index + 1]! / 1e5 });
  }
  return rows;
}

/** The six bits of a letter of base 64. */
function bitsOf(code: number): number {
  if (code >= 97) return code - 71;
  if (code >= 65) return code - 65;
  return code >= 48 ? code + 4 : code === 43 ? 62 : 63;
}
`,
);
console.log(`${days.size} days, ${packed.length} letters`);
