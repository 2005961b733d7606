// Messages: the words of pages and screens in one language, written as ICU messages in locales/. Runs on the server and
// in a browser. The catalogues are given by the caller, so that nothing loads more languages than it shows.
import { createIntl, createIntlCache } from '@formatjs/intl';

/** What may stand in a message's placeholders. */
export type MessageValues = Record<string, string | number | Date>;

/** The words of one language, and how it writes numbers, dates and lists. */
export interface Messages<Id extends string = string> {
  /** As in the `lang` attribute: "en", "fr", "ar". */
  locale: string;
  direction: 'ltr' | 'rtl';
  /** The message with this id. Throws when a value it needs is missing, or when the message is malformed. */
  t: (id: Id, values?: MessageValues) => string;
  number: (value: number, options?: Intl.NumberFormatOptions) => string;
  /** A day or moment; UTC unless another time zone is asked for. */
  date: (instant: string | number | Date, options?: Intl.DateTimeFormatOptions) => string;
  /** Two days or moments of one precision as a range: "28–30 October 2014". */
  dateRange: (from: number, to: number, options?: Intl.DateTimeFormatOptions) => string;
  /** "a, b and c", or "a, b or c". */
  list: (items: readonly string[], type?: 'conjunction' | 'disjunction') => string;
}

/** Languages written from right to left. Sorani is `ckb`; `ku` is Kurmanji in Latin letters. */
const RIGHT_TO_LEFT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'prs', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** The region whose habits a bare language takes: days come before months in an English page from Europe. */
const REGION: Record<string, string> = { en: 'en-GB' };

/**
 * The messages of a language. A message missing in `catalogue` is taken from `fallback`; the fallback's keys are the ids.
 * The Gregorian calendar and Latin digits are pinned in every language: by default Persian and Pashto count years
 * otherwise, and some write other digits, and a figure must look the same to all who compare it.
 */
export function makeMessages<Id extends string>(
  locale: string,
  catalogue: Partial<Record<Id, string>>,
  fallback: Record<Id, string>,
): Messages<Id> {
  const tag = `${REGION[locale] ?? locale}-u-ca-gregory-nu-latn`;
  const intl = createIntl(
    {
      locale: tag,
      messages: { ...fallback, ...catalogue },
      timeZone: 'UTC',
      onError: (error) => {
        throw error;
      },
    },
    createIntlCache(),
  );
  const dates = (options: Intl.DateTimeFormatOptions) =>
    intl.formatters.getDateTimeFormat(tag, { timeZone: 'UTC', ...options });
  // The library's own option type is narrower than the platform's.
  const numbers = (options: Intl.NumberFormatOptions) =>
    intl.formatters.getNumberFormat(tag, options as Parameters<typeof intl.formatters.getNumberFormat>[1]);
  return {
    locale,
    direction: RIGHT_TO_LEFT.has(locale.split('-')[0]!) ? 'rtl' : 'ltr',
    t: (id, values) => intl.formatMessage({ id }, values) as string,
    number: (value, options = {}) => numbers(options).format(value),
    date: (instant, options = { dateStyle: 'long' }) => dates(options).format(new Date(instant)),
    dateRange: (from, to, options = { dateStyle: 'long' }) => dates(options).formatRange(from, to),
    list: (items, type = 'conjunction') => intl.formatters.getListFormat(tag, { type }).format(items),
  };
}

/**
 * The best of the offered languages for an Accept-Language header (RFC 9110 §12.5.4), or null when none is wanted.
 * @example preferredLocale('fr-CA,fr;q=0.9,en;q=0.5', ['en', 'fr']) // 'fr'
 */
export function preferredLocale<Locale extends string>(
  header: string | null | undefined,
  offered: readonly Locale[],
): Locale | null {
  const wanted = (header ?? '')
    .split(',')
    .slice(0, 30)
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
      const q = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find((text) => text);
      return { language: range.trim().split('-')[0]!, quality: q === undefined ? 1 : Number(q) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wanted) {
    const found = offered.find((locale) => locale === language);
    if (found !== undefined) return found;
  }
  return null;
}
