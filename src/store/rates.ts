// Exchange rates that were added to those that ship with Constat: for currencies and days that these lack.
import type { Store } from './store.ts';
import { chunks, newId } from './write.ts';

/** Units of a currency (ISO 4217) for one euro on a day (ISO 8601), and who says so. */
export interface StoredRate {
  day: string;
  currency: string;
  perEuro: number;
  source: string;
}

/** The rates that were added, oldest first. */
export async function listRates(store: Store): Promise<StoredRate[]> {
  return store.read.selectFrom('exchangeRates').selectAll().orderBy('day').orderBy('currency').execute();
}

/** What was added, currency by currency and source by source. */
export async function summarizeRates(
  store: Store,
): Promise<{ currency: string; source: string; from: string; to: string; days: number }[]> {
  return store.read
    .selectFrom('exchangeRates')
    .select(({ fn }) => [
      'currency',
      'source',
      fn.min('day').as('from'),
      fn.max('day').as('to'),
      fn.countAll<number>().as('days'),
    ])
    .groupBy(['currency', 'source'])
    .orderBy('currency')
    .orderBy('source')
    .execute();
}

/** Adds rates, all or none, with an entry; a rate that is there already for that day is replaced. */
export async function addRates(
  store: Store,
  account: string,
  rates: Omit<StoredRate, 'source'>[],
  source: string,
): Promise<void> {
  await store.write({ account, dossier: null }, 'rates.add', async (tx) => {
    // Of two for one day the later one stands; one statement cannot write a row twice.
    const rows = new Map(rates.map((rate) => [`${rate.currency} ${rate.day}`, { ...rate, source }]));
    for (const some of chunks([...rows.values()])) {
      await tx
        .insertInto('exchangeRates')
        .values(some)
        .onConflict((conflict) =>
          conflict.columns(['currency', 'day']).doUpdateSet((added) => ({
            perEuro: added.ref('excluded.perEuro'),
            source: added.ref('excluded.source'),
          })),
        )
        .execute();
    }
    return { entries: [{ subject: newId(), payload: { source, rates } }], result: undefined };
  });
}
