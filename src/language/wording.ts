// Dates and amounts in words: "about October 2014", "up to 2,300", « jusqu’à 2 300 ». One way for pages, desk and reports.
import type { Step } from '../record/disagreement.ts';
import type { FigureContent } from '../record/figure.ts';
import type { Messages } from './messages.ts';

/** The ids of messages used here; every catalogue that is passed in has them. */
export type WordingId =
  | `words.date.${'about' | 'uncertain' | 'since' | 'until' | 'range' | 'within' | 'decade' | 'quarter'}`
  | `words.date.season.${'21' | '22' | '23' | '24'}`
  | `words.amount.${'about' | 'at-least' | 'at-most' | 'more-than' | 'less-than' | 'range' | 'increase' | 'decrease' | 'no-change' | 'unit' | 'unknown'}`;

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };
const MONTH: Intl.DateTimeFormatOptions = { month: 'long', year: 'numeric' };
const YEAR: Intl.DateTimeFormatOptions = { year: 'numeric' };

/** A day, month or year: when it begins, and how it is printed. Null for anything else. */
function plainDate(text: string): { at: number; options: Intl.DateTimeFormatOptions } | null {
  const parts = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?$/.exec(text);
  if (!parts) return null;
  const [, year, month, day] = parts;
  // Date.UTC takes the years 0–99 for 1900–1999.
  const at = Date.parse(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  return Number.isNaN(at) ? null : { at, options: day ? DAY : month ? MONTH : YEAR };
}

/**
 * An EDTF date in words. What has no words here (sets, years before 0, level-2 rarities) is printed as it stands:
 * an EDTF expression is still exact.
 * @example dateInWords('2014-10~', english) // "about October 2014"
 */
export function dateInWords(edtf: string, messages: Messages<WordingId>): string {
  const [from, to, ...more] = edtf.split('/');
  if (to === undefined) return singleDate(edtf, messages) ?? edtf;
  if (more.length > 0) return edtf;
  const isOpen = (end: string | undefined) => end === '' || end === '..';
  if (isOpen(from) && isOpen(to)) return edtf;
  const [a, b] = [plainDate(from!), plainDate(to)];
  if (a && b && a.options === b.options) return messages.dateRange(a.at, b.at, a.options);
  const first = isOpen(from) ? '' : singleDate(from!, messages);
  const last = isOpen(to) ? '' : singleDate(to, messages);
  if (first === null || last === null) return edtf;
  if (first === '') return messages.t('words.date.until', { date: last, precision: precisionOf(to) });
  if (last === '') return messages.t('words.date.since', { date: first, precision: precisionOf(from!) });
  return messages.t('words.date.range', { from: first, to: last });
}

/** Whether a date names a day: some languages then put an article before it. */
function precisionOf(text: string): 'day' | 'other' {
  return /^\d{4}-\d{2}-\d{2}/.test(text) ? 'day' : 'other';
}

function singleDate(text: string, messages: Messages<WordingId>): string | null {
  const bare = text.replace(/[~?%]/g, '');
  const words = unqualified(bare, messages);
  if (words === null) return null;
  const isAbout = /[~%]/.test(text);
  const isUncertain = /[?%]/.test(text);
  const precision = precisionOf(bare);
  const about = isAbout ? messages.t('words.date.about', { date: words, precision }) : words;
  return isUncertain ? messages.t('words.date.uncertain', { date: about }) : about;
}

function unqualified(text: string, messages: Messages<WordingId>): string | null {
  const date = plainDate(text);
  if (date) return messages.date(date.at, date.options);
  const season = /^(\d{4})-(2[1-4])$/.exec(text);
  if (season) {
    const id = `words.date.season.${season[2] as '21' | '22' | '23' | '24'}` as const;
    return messages.t(id, { year: season[1]! });
  }
  const quarter = /^(\d{4})-3([3-6])$/.exec(text);
  if (quarter)
    return messages.t('words.date.quarter', { year: quarter[1]!, quarter: Number(quarter[2]) - 2 });
  const decade = /^(\d{3})X?$/.exec(text);
  if (decade) return messages.t('words.date.decade', { year: `${decade[1]}0` });
  // An unknown month or day: "2014-XX", "2014-10-XX", "2014-XX-XX".
  const known = /^(\d{4}(?:-\d{2})?)(?:-XX){1,2}$/.exec(text);
  const around = known && plainDate(known[1]!);
  if (around) return messages.t('words.date.within', { date: messages.date(around.at, around.options) });
  return null;
}

/** A number with its bound; what figures and the counts inside incidents share. */
export type Amount = Pick<FigureContent, 'bound' | 'value' | 'low' | 'high'>;

/**
 * A number with its unit, every digit it has. Units are ISO 4217 codes for money, "%" for shares, else plain words.
 * @example quantityInWords(12_000_000, 'GBP', english) // "£12,000,000"
 */
export function quantityInWords(value: number, unit: string | null, messages: Messages<WordingId>): string {
  if (unit === '%') return messages.number(value / 100, { style: 'percent', maximumFractionDigits: 10 });
  if (unit !== null && /^[A-Z]{3}$/.test(unit)) {
    // Never "12m": a figure is printed with every digit the source gave, so that it can be compared by eye.
    const fraction = Number.isInteger(value) ? 0 : 2;
    return messages.number(value, {
      style: 'currency',
      currency: unit,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: fraction,
      maximumFractionDigits: fraction === 0 ? 0 : 10,
    });
  }
  const number = messages.number(value, { maximumFractionDigits: 20 });
  return unit === null || unit === '' ? number : messages.t('words.amount.unit', { amount: number, unit });
}

/**
 * An amount in words, with its bound as printed.
 * @example amountInWords({ bound: 'at-most', value: 2300, low: null, high: null }, null, english) // "up to 2,300"
 */
export function amountInWords(amount: Amount, unit: string | null, messages: Messages<WordingId>): string {
  const say = (value: number) => quantityInWords(value, unit, messages);
  const { bound, value, low, high } = amount;
  if (bound === 'change') {
    const ends = value !== null ? [value] : low !== null && high !== null ? [low, high] : [];
    if (ends.length === 0) return messages.t('words.amount.unknown');
    if (ends.every((end) => end === 0)) return messages.t('words.amount.no-change');
    // Where a range runs through zero, neither word fits: the signed numbers stand by themselves.
    if (ends.some((end) => end < 0) && ends.some((end) => end > 0))
      return messages.t('words.amount.range', { low: say(ends[0]!), high: say(ends[1]!) });
    const [first, second] = ends.map((end) => say(Math.abs(end)));
    const size =
      second === undefined ? first! : messages.t('words.amount.range', { low: first!, high: second });
    return messages.t(ends[0]! < 0 ? 'words.amount.decrease' : 'words.amount.increase', { amount: size });
  }
  if (low !== null && high !== null)
    return messages.t('words.amount.range', { low: say(low), high: say(high) });
  if (value === null) return messages.t('words.amount.unknown');
  if (bound === 'exact' || bound === 'range') return say(value);
  return messages.t(`words.amount.${bound}`, { amount: say(value), kind: unit === null ? 'count' : 'other' });
}

/** The ids of the messages that workings are told in. */
type WorkingId = `words.working.${string}` | `words.scope.${string}` | `words.means.${string}`;

/**
 * A step of a working as a sentence: amounts with their bounds and units, dates in words, everything else as it stands.
 * @example stepInWords({ code: 'filed', values: {} }, english) // "Filed by hand."
 */
export function stepInWords(step: Step, messages: Messages<WordingId>): string {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(step.values)) {
    if (typeof value === 'object') values[name] = amountInWords(value, value.unit, messages);
    else if (typeof value === 'number') values[name] = messages.number(value, { maximumFractionDigits: 2 });
    else if (/^(?:date|period)/.test(name)) values[name] = dateInWords(value, messages);
    else if (/^scope\d*$/.test(name)) values[name] = messages.t(`words.scope.${value}` as never);
    else if (name === 'means') values[name] = messages.t(`words.means.${value}` as never);
    // A Latin name must not turn the Arabic sentence around it: isolated (Unicode UAX #9), it keeps to itself.
    else values[name] = messages.direction === 'rtl' ? `\u2068${value}\u2069` : value;
  }
  // The catalogue holds every code: a test looks for each that a check writes.
  return messages.t(`words.working.${step.code}` satisfies WorkingId as never, values);
}
