// Exchange rates over HTTP: what ships with Constat, what was added, and adding more from a table.
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { ecbRows } from '../analysis/ecb-rates.ts';
import { type ExchangeRates, type RateRow, rateRows, ratesOf } from '../analysis/exchange-rates.ts';
import { dateRange } from '../record/date.ts';
import { problem } from '../record/problem.ts';
import { addRates, listRates, summarizeRates } from '../store/rates.ts';
import type { Store } from '../store/store.ts';
import { endpoint } from './endpoint.ts';

/** The rates of this instance: the shipped ones, extended and corrected by what was added. */
export async function ratesOfStore(store: Store): Promise<ExchangeRates> {
  return ratesOf([...ecbRows(), ...(await listRates(store))]);
}

/** Days a table may have, of all its currencies together: forty years of a dozen. */
const MOST = 150_000;

/** The rates in a table as text. Throws `rates.columns` or `rates.row`, and then takes nothing. */
export function readRates(text: string): RateRow[] {
  let table: string[][];
  try {
    table = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    const { lines = 1 } = error as { lines?: number };
    throw problem('rates.row', { row: lines, why: 'it cannot be read as CSV' }, error);
  }
  const [header = [], ...rows] = table;
  const isLong = header.some((name) => /^(?:currency|devise|monnaie)$/i.test(name));
  // Row by row, so that a fault can be told by its place.
  const found = rows.flatMap((row, at) => {
    // The European Central Bank writes N/A for what it does not quote.
    const cells = row.map((cell) => (/^(?:n\/?a|-)$/i.test(cell) ? '' : cell));
    const rates = rateRows(header, [cells]);
    if (rates === null) throw problem('rates.columns');
    for (const rate of rates) {
      // A column of a wide table may have nothing on a day; it may not have something else.
      if (!isLong && Number.isNaN(rate.perEuro) && !hasWords(cells)) continue;
      const why = faultOf(rate);
      if (why !== null) throw problem('rates.row', { row: at + 2, why });
    }
    return rates.filter(({ perEuro }) => !Number.isNaN(perEuro));
  });
  if (found.length === 0) throw problem('rates.columns');
  if (found.length > MOST) throw problem('rates.row', { row: MOST, why: 'the table is too long' });
  return found;
}

/** Whether a row of a wide table has a cell, beside its date, that is neither empty nor a number. */
function hasWords(cells: readonly string[]): boolean {
  return cells.filter((cell) => cell !== '' && Number.isNaN(Number(cell))).length > 1;
}

function faultOf({ day, currency, perEuro }: RateRow): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || dateRange(day) === null)
    return `“${day}” is no day; write it as 2021-07-20`;
  if (!/^[A-Z]{3}$/.test(currency)) return `“${currency}” is no currency; write three letters, as GBP`;
  if (!(perEuro > 0) || !Number.isFinite(perEuro)) return `the rate of ${currency} is not a positive number`;
  return null;
}

const Span = z.object({
  currency: z.string(),
  source: z.string(),
  from: z.string(),
  to: z.string(),
  days: z.int(),
});

const Summary = z
  .object({
    /** The table that ships with Constat. */
    shipped: z.array(Span),
    /** What was added to it. */
    added: z.array(Span),
  })
  .meta({ id: 'ExchangeRates', title: 'Exchange rates' });

async function summary(store: Store): Promise<z.infer<typeof Summary>> {
  const shipped = new Map<string, z.infer<typeof Span>>();
  for (const { day, currency } of ecbRows()) {
    const span = shipped.get(currency);
    if (!span)
      shipped.set(currency, { currency, source: 'European Central Bank', from: day, to: day, days: 1 });
    else {
      // The shipped rows come in the order of their days.
      span.to = day;
      span.days++;
    }
  }
  return { shipped: [...shipped.values()], added: await summarizeRates(store) };
}

export const rates = {
  'GET /rates': endpoint({
    summary: 'Which exchange rates are known: those that ship with Constat, and what was added',
    permission: 'house.read',
    answer: Summary,
    handle: async ({ store }) => summary(store),
  }),
  'POST /rates': endpoint({
    summary: 'Add exchange rates from a CSV table, all or none',
    permission: 'house.edit',
    body: z.object({
      /** Units of each currency for one euro: date and a column for each currency, or date, currency and rate. */
      csv: z.string().min(1).max(10_000_000),
      /** Who publishes these rates. */
      source: z.string().trim().min(1).max(300),
    }),
    answer: Summary,
    handle: async ({ store, account, body }) => {
      await addRates(store, account.id, readRates(body.csv), body.source);
      return summary(store);
    },
  }),
};
