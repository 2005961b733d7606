// The exchange rates that ship with Constat, unpacked. Source: European Central Bank.
import { CURRENCIES, PACKED } from './ecb-table.ts';
import { type ExchangeRates, type RateRow, ratesOf } from './exchange-rates.ts';

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
