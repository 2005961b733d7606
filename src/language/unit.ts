// Units beside a number: currencies by sign, code and word (ISO 4217), measures, percent, lengths of time.
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

const lowerAt = (tokens: Token[], at: number): string => tokens[at]?.lower ?? '';
const textAt = (tokens: Token[], at: number): string => tokens[at]?.text ?? '';

const CURRENCY_SIGNS: Record<string, string> = {
  '£': 'GBP',
  '€': 'EUR',
  $: 'USD',
  '¥': 'JPY',
  '₽': 'RUB',
  '₹': 'INR',
  '₺': 'TRY',
};
const DOLLARS: Record<string, string> = {
  us: 'USD',
  a: 'AUD',
  au: 'AUD',
  c: 'CAD',
  ca: 'CAD',
  nz: 'NZD',
  hk: 'HKD',
};
const CURRENCY_CODES = new Set(
  'EUR GBP USD CHF JPY CAD AUD SEK NOK DKK PLN CZK HUF TRY RUB CNY INR XOF XAF MAD DZD TND'.split(' '),
);
const CURRENCY_WORDS: Record<string, string> = {
  euro: 'EUR',
  euros: 'EUR',
  pound: 'GBP',
  pounds: 'GBP',
  sterling: 'GBP',
  dollar: 'USD',
  dollars: 'USD',
  yen: 'JPY',
  yens: 'JPY',
  rouble: 'RUB',
  roubles: 'RUB',
  rubles: 'RUB',
  yuan: 'CNY',
  yuans: 'CNY',
  rupees: 'INR',
  roupies: 'INR',
};

/** Measures by symbol and word. */
export const UNITS: Record<string, string> = {
  km: 'km',
  kilometre: 'km',
  kilometres: 'km',
  kilometer: 'km',
  kilometers: 'km',
  kilomètre: 'km',
  kilomètres: 'km',
  m: 'm',
  metre: 'm',
  metres: 'm',
  meter: 'm',
  meters: 'm',
  mètre: 'm',
  mètres: 'm',
  cm: 'cm',
  mile: 'mi',
  miles: 'mi',
  kg: 'kg',
  kilo: 'kg',
  kilos: 'kg',
  kilogrammes: 'kg',
  kilograms: 'kg',
  tonne: 't',
  tonnes: 't',
  litre: 'l',
  litres: 'l',
  hectare: 'ha',
  hectares: 'ha',
  ha: 'ha',
  acres: 'ac',
  'm²': 'm2',
  mm: 'mm',
  ft: 'ft',
  lb: 'lb',
  lbs: 'lb',
  mph: 'mph',
  kph: 'km/h',
  kw: 'kW',
  kwh: 'kWh',
  mw: 'MW',
  gw: 'GW',
};

const DURATION = new Set(
  'second seconds minute minutes hour hours day days night nights week weeks month months year years decade decades seconde secondes heure heures jour jours nuit nuits semaine semaines mois an ans année années décennies'.split(
    ' ',
  ),
);

/** Whether a word is a length of time: hours, « semaines ». */
export function isDuration(word: string): boolean {
  return DURATION.has(word);
}

/** The currency that stands before a number: a sign, "US$", a code. */
export function currencyBefore(tokens: Token[], at: number): { unit: string; next: number } | null {
  const token = tokens[at]!;
  const sign = CURRENCY_SIGNS[token.text];
  if (sign) return { unit: sign, next: at + 1 };
  const next = tokens[at + 1];
  if (token.kind !== 'word' || !next) return null;
  if (next.text === '$' && next.start === token.end && DOLLARS[token.lower])
    return { unit: DOLLARS[token.lower]!, next: at + 2 };
  if (CURRENCY_CODES.has(token.text) && next.kind === 'number') return { unit: token.text, next: at + 1 };
  return null;
}

/** A unit and the token after it. */
export interface UnitReading {
  unit: string;
  next: number;
  money: boolean;
}

/** The unit that begins at token `at`. `large`: « de » may stand before it, as in « 15 millions d'euros ». */
export function unitAt(
  tokens: Token[],
  at: number,
  language: Language,
  large: boolean,
  measures: boolean,
): UnitReading | null {
  const word = lowerAt(tokens, at);
  const second = lowerAt(tokens, at + 1);
  if (word === '%' || word === 'percent' || word === 'pct') return { unit: '%', next: at + 1, money: false };
  if ((word === 'per' || word === 'pour') && second === 'cent')
    return { unit: '%', next: at + 2, money: false };
  if (word === 'percentage' && /^points?$/.test(second)) return { unit: '%', next: at + 2, money: false };
  const sign = CURRENCY_SIGNS[word];
  if (sign) return { unit: sign, next: at + 1, money: true };
  if (CURRENCY_CODES.has(textAt(tokens, at))) return { unit: textAt(tokens, at), next: at + 1, money: true };
  const of = language === 'fr' && large && (word === 'de' || word === "d'") ? at + 1 : at;
  const name = lowerAt(tokens, of);
  const after = lowerAt(tokens, of + 1);
  const money = CURRENCY_WORDS[name];
  if (money) return { unit: money, next: of + (after === 'sterling' ? 2 : 1), money: true };
  if (/^livres?$/.test(name) && after === 'sterling') return { unit: 'GBP', next: of + 2, money: true };
  if (/^francs?$/.test(name)) {
    if (after === 'cfa') return { unit: 'XOF', next: of + 2, money: true };
    return /^suisses?$/.test(after)
      ? { unit: 'CHF', next: of + 2, money: true }
      : { unit: 'FRF', next: of + 1, money: true };
  }
  if (word === 'swiss' && /^francs?$/.test(second)) return { unit: 'CHF', next: at + 2, money: true };
  // « kilomètres carrés » keeps its words; only the plain unit has a symbol here.
  const measure = measures && !/^carrée?s?$/.test(second) ? UNITS[word] : undefined;
  return measure ? { unit: measure, next: at + 1, money: false } : null;
}
