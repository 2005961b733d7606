// What all rules of dates share: where they read, what they know of the text's time, and the words around a date.
import type { Period, Published } from './date-calendar.ts';
import { lexiconOf, monthOf, weekdayOf } from './lexicon.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

/** A sentence under reading, and what is known of its time. */
export interface DateReader {
  tokens: Token[];
  language: Language;
  published: Published;
  /** The last date the text named before; "the day before" is counted from it. */
  anchor: Period | null;
  /** Whether the text writes the month first in dates of digits: set by one that can be read no other way. */
  monthFirst: boolean;
  /** The year of the last date that named its own, and the index after it. */
  dated: { year: number; next: number } | null;
  /** How deep the date being read stands in others. */
  depth: number;
}

/** A date read at some token. */
export interface Reading {
  /** Index after the last token. */
  next: number;
  /** What it means; null where it is a date and nothing can be made of it. */
  period: Period | null;
  /** The parts that the calendar date names itself, when it was one: a neighbour in a range may lend it the others. */
  parts?: Parts;
}

/** The parts of a calendar date, as far as it names them. */
export interface Parts {
  weekday?: number | undefined;
  days?: number[] | undefined;
  /** Whether several days are alternatives: "12 or 13 May". */
  either?: boolean | undefined;
  /** Whether several days are the ends of an interval. */
  through?: boolean | undefined;
  month?: number | undefined;
  year?: number | undefined;
}

/** A lookup by word; unlike a plain object it knows no "constructor". */
export function table<T>(entries: Record<string, T>): ReadonlyMap<string, T> {
  return new Map(Object.entries(entries));
}

/** The token as a lexicon knows it; empty for numbers and past either end. */
export function wordAt(tokens: Token[], at: number): string {
  const token = tokens[at];
  return token && token.kind !== 'number' ? token.lower : '';
}

/** The token's own words in lower case, numbers included. */
export function anyAt(tokens: Token[], at: number): string {
  return tokens[at]?.lower ?? '';
}

/** Steps over one token when it is among `words`, separated by spaces. */
export function skip(tokens: Token[], at: number, words: string): number {
  const word = wordAt(tokens, at);
  return word !== '' && ` ${words} `.includes(` ${word} `) ? at + 1 : at;
}

/** The index after these words when they stand here one after another, else null. */
export function phrase(tokens: Token[], at: number, words: string): number | null {
  let index = at;
  for (const word of words.split(' ')) {
    if (anyAt(tokens, index) !== word) return null;
    index++;
  }
  return index;
}

const YEAR = /^(?:1[5-9]|20|21)\d\d$/;
const DAY_NUMBER = /^(?:0?[1-9]|[12]\d|3[01])(st|nd|rd|th|er|e)?$/;

/** A year of four digits from 1500 to 2199, written without separators. */
export function yearAt(tokens: Token[], at: number): number | null {
  const token = tokens[at];
  return token?.kind === 'number' && token.text.length === 4 && YEAR.test(token.text)
    ? Number(token.text)
    : null;
}

/** A day of a month in digits, "12", "3rd", « 1er »; never zero. */
export function dayAt(tokens: Token[], at: number): number | null {
  const token = tokens[at];
  if (token?.kind !== 'number' || token.text.length > 4 || !DAY_NUMBER.test(token.lower)) return null;
  return Number.parseInt(token.text, 10);
}

/** Whether a day is written as an ordinal. */
export function isOrdinal(token: Token | undefined): boolean {
  return token?.kind === 'number' && /\D$/.test(token.text);
}

/**
 * The month a token names, with the index after it and the stop of its abbreviation. In English it must have its
 * capital; « sept » without a stop is the number seven unless a year follows.
 */
export function monthAt(
  tokens: Token[],
  at: number,
  language: Language,
): { month: number; next: number } | null {
  const token = tokens[at];
  if (token?.kind !== 'word' || token.lower.length < 3 || token.lower.length > 9) return null;
  const month = monthOf(token.lower, language) ?? UNACCENTED.get(token.lower);
  if (month === undefined || (language === 'en' && !token.capital && !isLowerMonth(tokens, at))) return null;
  const stop = tokens[at + 1];
  const dotted = stop?.text === '.' && stop.start === token.end;
  const short = token.lower.length <= 5 && SHORT.has(token.lower);
  if (token.lower === 'sept' && language === 'fr' && !dotted && yearAt(tokens, at + 1) === null) return null;
  // The stop of an abbreviation at the end of a sentence is the sentence's.
  return { month, next: dotted && short && at + 2 < tokens.length ? at + 2 : at + 1 };
}

/** Abbreviations as they stand where accents are left out. */
const UNACCENTED = table({ dec: 12, fev: 2 });

/** "14 nov 2023", "april 2017" in hurried writing: beside a year, or an ordinal, a month may lack its capital. */
function isLowerMonth(tokens: Token[], at: number): boolean {
  if (yearAt(tokens, at + 1) !== null) return tokens[at]!.lower !== 'may' || dayAt(tokens, at - 1) !== null;
  if (/^(?:may|march|mar|second)$/.test(tokens[at]!.lower)) return false;
  return dayAt(tokens, at - 1) !== null || isOrdinal(tokens[at + 1]);
}

const SHORT = new Set(
  'jan feb mar apr jun jul aug sept sep oct nov dec janv févr avr juil août déc'.split(' '),
);

/** The weekday a token names, 1 (Monday) to 7; in English it must have its capital. */
export function weekdayAt(tokens: Token[], at: number, language: Language): number | null {
  const token = tokens[at];
  if (token?.kind !== 'word' || (language === 'en' && !token.capital)) return null;
  return weekdayOf(token.lower, language) ?? null;
}

/** Verb forms and short words that may follow a date, beside the function words of the language. */
const FOLLOWERS = new Set(
  'was is were are be been being had has have did do does will would can could may might saw said says it ago onwards onward est était sont étaient a ont avait avaient sera seront fut furent y n ne se s'.split(
    ' ',
  ),
);

const COUNTED_OUT_OF = new Set('them those these us you whom entre'.split(' '));

/** Whether a number before this token would count it, or out of it: a lower-case word that is no function word. */
export function isCounted(tokens: Token[], at: number, language: Language): boolean {
  const token = tokens[at];
  if (token?.kind !== 'word' || token.capital || token.lower === '') return false;
  // "around 2000 of them", « 2000 d'entre eux »
  if (/^(?:of|d')$/.test(token.lower)) return COUNTED_OUT_OF.has(wordAt(tokens, at + 1));
  return !lexiconOf(language).functionWords.has(token.lower) && !FOLLOWERS.has(token.lower);
}

/** Whether two numbers share what they count: "1500 and 2000 tents"; `at` is where the first stands. */
export function isSharedCount(tokens: Token[], at: number, language: Language): boolean {
  return (
    /^(?:and|or|to|et|ou|à|-|–)$/.test(wordAt(tokens, at + 1)) &&
    tokens[at + 2]?.kind === 'number' &&
    isCounted(tokens, at + 3, language)
  );
}

const FUTURE_ENGLISH = new Set("will 'll shall won't must due scheduled upcoming".split(' '));
const FUTURE_AUXILIARIES = new Set('va vont doit doivent devrait devraient'.split(' '));
const FUTURE_FRENCH =
  /(?:era|eront|ndra|ndront|[eu]vra|[eu]vront|ourra|ourront|ettra|ettront|ira|iront|oira|oiront|[^q]ura|uront|udra|udront|attra|attront|îtra|îtront)$/;
/** Past tenses that end as a future does: « tira », « assura ». */
const PAST_FRENCH =
  /^(?:.*(?:tira|spira|vira|mira|désira|soupira|cura|sura|jura|figura|dura|gura|mura|tura|évra)|opéra)$/;
/** How far around a date the tense of its clause is looked for. */
const REACH = 12;
const PAST_WORDS = new Set(
  'said told was were had did has have says came went took held saw left began found met gave made a ont avait avaient était étaient fut furent'.split(
    ' ',
  ),
);

/**
 * Whether the clause around a date speaks of what is to come: "will", "due", a French future. Then a Tuesday or a March
 * without a year is the next one and not the last one. The nearest verb decides, first before the date, then after it:
 * "will open, he said on Monday" has its Monday in the past.
 */
export function leansFuture(reader: DateReader, at: number): boolean {
  const { tokens, language } = reader;
  for (let index = at - 1; index >= 0 && index >= at - REACH; index--) {
    if (endsClause(tokens[index]!)) break;
    const tense = tenseAt(tokens, index, language);
    if (tense) return tense === 'future';
  }
  let commas = 0;
  for (let index = at + 1; index < tokens.length && index <= at + REACH; index++) {
    const token = tokens[index]!;
    // "On Monday, the court will rule": the comma after the date itself parts no clauses.
    if (token.text === ',' ? commas++ > 0 || index > at + 5 : endsClause(token)) break;
    const tense = tenseAt(tokens, index, language);
    if (tense) return tense === 'future';
  }
  return false;
}

function endsClause(token: Token): boolean {
  return token.kind === 'quotation' || (token.kind === 'mark' && ',;:()“”«»"'.includes(token.text));
}

function tenseAt(tokens: Token[], at: number, language: Language): 'future' | 'past' | null {
  if (isFuture(tokens, at, language)) return 'future';
  const word = wordAt(tokens, at);
  if (PAST_WORDS.has(word)) return word === 'a' && language === 'en' ? null : 'past';
  return language === 'en' && word.length > 4 && word.endsWith('ed') && word !== 'expected' ? 'past' : null;
}

function isFuture(tokens: Token[], at: number, language: Language): boolean {
  const word = wordAt(tokens, at);
  if (language === 'en') return FUTURE_ENGLISH.has(word);
  if (FUTURE_AUXILIARIES.has(word)) return true;
  if (word.length < 3) return false;
  if (word === 'prévu' || word === 'prévue' || word === 'prévus' || word === 'prévues') return true;
  return FUTURE_FRENCH.test(word) && (word === 'partira' || word === 'sortira' || !PAST_FRENCH.test(word));
}
