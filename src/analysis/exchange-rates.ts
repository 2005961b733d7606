// Exchange rates by day: a table of what one euro was worth, looked up by currency and day.
import type { Interval } from '../record/figure.ts';

/** Units of a currency for one euro. */
export interface ExchangeRates {
  /** The rate of a day, or of the last business day before it; null outside the table. */
  perEuro: (currency: string, day: string) => number | null;
  /** The lowest and the highest rate from one day to another; null where the table does not reach from end to end. */
  range: (currency: string, from: string, to: string) => Interval | null;
  /** The last day in the table. */
  last: string;
}

/** What one euro was worth in a currency (ISO 4217) on a day (ISO 8601). */
export interface RateRow {
  day: string;
  currency: string;
  perEuro: number;
}

/**
 * Rates out of rows, in any order; of two rows for one day and currency the later one stands, so that rows at the end extend
 * and correct a table. The euro itself is always 1. Rows that are no day or no positive number are passed over.
 */
export function ratesOf(rows: Iterable<RateRow>): ExchangeRates {
  const byCurrency = new Map<string, Map<string, number>>();
  let last = '';
  for (const { day, currency, perEuro } of rows) {
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || !(perEuro > 0) || !Number.isFinite(perEuro)) continue;
    const days = byCurrency.get(currency) ?? new Map<string, number>();
    byCurrency.set(currency, days);
    days.set(day, perEuro);
    if (day > last) last = day;
  }
  const series = new Map(
    [...byCurrency].map(([currency, days]) => {
      const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
      return [currency, { days: sorted.map(([day]) => day), rates: sorted.map(([, rate]) => rate) }] as const;
    }),
  );
  /** The place of the last day that is not after `day`, or −1. */
  const placeOf = (days: readonly string[], day: string): number => {
    let [low, high] = [0, days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (days[middle]! <= day) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  return {
    last,
    perEuro: (currency, day) => {
      if (currency === 'EUR') return 1;
      const found = series.get(currency);
      if (!found || day > found.days.at(-1)!) return null;
      return found.rates[placeOf(found.days, day)] ?? null;
    },
    range: (currency, from, to) => {
      if (currency === 'EUR') return { low: 1, high: 1 };
      const found = series.get(currency);
      if (!found || from < found.days[0]! || to > found.days.at(-1)! || from > to) return null;
      let [low, high] = [Infinity, -Infinity];
      const end = placeOf(found.days, to);
      for (let at = placeOf(found.days, from); at <= end; at++) {
        low = Math.min(low, found.rates[at]!);
        high = Math.max(high, found.rates[at]!);
      }
      return { low, high };
    },
  };
}

/**
 * Rates out of a table: long (date, currency, per euro) or wide, a column for each currency as the European Central Bank
 * publishes it ("Date,USD,GBP") or with headers such as "usd_per_eur". Null where the header is neither.
 */
export function rateRows(header: readonly string[], rows: readonly (readonly string[])[]): RateRow[] | null {
  const names = header.map((name) => name.trim().toLowerCase());
  const date = names.findIndex((name) => /^(?:date|day|jour)$/.test(name));
  if (date < 0) return null;
  const currency = names.findIndex((name) => /^(?:currency|devise|monnaie)$/.test(name));
  const rate = names.findIndex((name) => /^(?:per[ _]?euro?|rate|taux|par[ _]euro)$/.test(name));
  if (currency >= 0 && rate >= 0)
    return rows.map((row) => ({
      day: (row[date] ?? '').trim(),
      currency: (row[currency] ?? '').trim().toUpperCase(),
      perEuro: Number(row[rate]),
    }));
  const wide = names.flatMap((name, column) => {
    const code = /^([a-z]{3})(?:[ _](?:per|par)[ _]eur(?:o)?)?$/.exec(name)?.[1];
    return code === undefined || column === date ? [] : [{ column, code: code.toUpperCase() }];
  });
  if (wide.length === 0) return null;
  return rows.flatMap((row) =>
    wide.map(({ column, code }) => ({
      day: (row[date] ?? '').trim(),
      currency: code,
      perEuro: Number(row[column] || Number.NaN),
    })),
  );
}
