// The words of the screens: every visible word is a message in locales/, in the language the person chose.
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import english from '../../locales/en.json';
import { type Messages, type MessageValues, makeMessages, preferredLocale } from '../language/messages.ts';
import { type Amount, amountInWords, dateInWords, stepInWords } from '../language/wording.ts';
import type { Step } from '../record/disagreement.ts';
import { type Choice, setPreference, usePreference } from './preferences.ts';

/** The id of a message. */
export type MessageKey = keyof typeof english;

/** The languages of the desk. */
export type Locale = Exclude<Choice<'locale'>, 'browser'>;
export const LOCALES: readonly Locale[] = ['en', 'fr'];

/** How a screen speaks. */
export interface Words {
  t: (key: MessageKey, values?: MessageValues) => string;
  /** Whether a key is a message: for codes and terms that come from a server newer than this screen. */
  has: (key: string) => key is MessageKey;
  locale: Locale;
  setLocale: (locale: Locale) => void;
  direction: 'ltr' | 'rtl';
  formatNumber: (value: number, options?: Intl.NumberFormatOptions) => string;
  /** An EDTF date in words; what has no words stays as it is. */
  formatDate: (edtf: string) => string;
  /** A number with its bound and unit: "up to 2,300". */
  formatAmount: (amount: Amount, unit: string | null) => string;
  /** A step of a working as a sentence. */
  formatStep: (step: Step) => string;
  /** A moment in this machine's time zone; `day` leaves out the time. */
  formatInstant: (instant: string, precision?: 'minute' | 'second' | 'day') => string;
  /** "12 KB", "3.4 MB": powers of 1000. */
  formatBytes: (bytes: number) => string;
  formatList: (items: readonly string[], type?: 'conjunction' | 'disjunction') => string;
}

type Catalogue = Partial<Record<MessageKey, string>>;

/** English is part of the page, as what stands in for a missing message; other languages are fetched when chosen. */
const CATALOGUES: Record<Locale, () => Promise<Catalogue>> = {
  en: async () => english,
  fr: async () => (await import('../../locales/fr.json')).default,
};

const PRECISIONS: Record<'minute' | 'second' | 'day', Intl.DateTimeFormatOptions> = {
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
  day: { dateStyle: 'medium' },
};

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A language's words from its catalogue; also what tests of components speak. */
export function wordsOf(locale: Locale, catalogue: Catalogue): Words {
  const messages = makeMessages<MessageKey>(locale, catalogue, english);
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    t: messages.t,
    has: (key): key is MessageKey => Object.hasOwn(english, key),
    locale,
    setLocale: (chosen) => setPreference('locale', chosen),
    direction: messages.direction,
    formatNumber: messages.number,
    formatDate: (edtf) => dateInWords(edtf, messages),
    formatAmount: (amount, unit) => amountInWords(amount, unit, messages),
    formatStep: (step) => stepInWords(step, messages as unknown as Messages),
    formatInstant: (instant, precision = 'minute') =>
      messages.date(instant, { timeZone, ...PRECISIONS[precision] }),
    formatBytes: (bytes) => {
      const step = Math.min(3, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
      const amount = bytes / 1000 ** step;
      return messages.number(amount, {
        style: 'unit',
        unit: BYTE_UNITS[step]!,
        unitDisplay: step === 0 ? 'long' : 'short',
        maximumFractionDigits: step > 0 && amount < 10 ? 1 : 0,
      });
    },
    formatList: messages.list,
  };
}

const MessagesContext = createContext<Words | null>(null);

/** Gives everything inside it the words of the chosen language, and the page its `lang` and direction. */
export function MessagesProvider({ children }: { children: ReactNode }): ReactNode {
  const preferred = usePreference('locale');
  const locale: Locale =
    preferred === 'browser' ? (preferredLocale(navigator.languages.join(','), LOCALES) ?? 'en') : preferred;
  const [loaded, setLoaded] = useState<{ locale: Locale; catalogue: Catalogue } | null>(
    locale === 'en' ? { locale, catalogue: english } : null,
  );
  useEffect(() => {
    let wanted = true;
    CATALOGUES[locale]().then(
      (catalogue) => wanted && setLoaded({ locale, catalogue }),
      // A language that cannot be fetched leaves the person with English rather than with an empty page.
      () => wanted && setLoaded((current) => current ?? { locale: 'en', catalogue: english }),
    );
    return () => {
      wanted = false;
    };
  }, [locale]);
  const words = useMemo(() => loaded && wordsOf(loaded.locale, loaded.catalogue), [loaded]);
  useEffect(() => {
    if (!words) return;
    document.documentElement.lang = words.locale;
    document.documentElement.dir = words.direction;
  }, [words]);
  return words && <MessagesContext value={words}>{children}</MessagesContext>;
}

/** The words of the screen. */
export function useMessages(): Words {
  const words = use(MessagesContext);
  if (!words) throw new Error('useMessages needs a MessagesProvider around it');
  return words;
}
