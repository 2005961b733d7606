// Dates in a text, absolute and relative to its publication, in English and French, to EDTF (ISO 8601-2, level 1).
import type { Span } from '../record/suggestion.ts';
import { monthOf, weekdayOf } from './lexicon.ts';
import { readNumberWords } from './number-word.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

/** A date or period where the text names one. */
export interface DateMention extends Span {
  /** EDTF: 2014-10-28, 2014-10, 2014, 199X, 2014-21 (spring), 2014/2016, 2015/.. ; null when none can be made of it. */
  edtf: string | null;
}

/** A calendar day. Months and days count from 1. */
interface Day {
  year: number;
  month: number;
  day: number;
}

/** What is known of the publication date: a day, a month or a year. */
interface Published {
  day: Day | null;
  month: { year: number; month: number } | null;
  year: number | null;
}

interface Reading {
  /** Index after the last token. */
  next: number;
  edtf: string | null;
}

/**
 * All dates among the tokens of a sentence, in text order, none overlapping.
 * `published` is the publication date in EDTF; without it, relative dates are found and have no EDTF.
 * A day without a year is the last such day before publication (or within the month after it); a weekday is the last
 * one on or before publication, as news prose means it; numeric dates are read day first.
 */
export function findDates(tokens: Token[], language: Language, published: string | null): DateMention[] {
  const context = readPublished(published);
  const mentions: DateMention[] = [];
  for (let at = 0; at < tokens.length; ) {
    const reading = mayBeginDate(tokens[at]!) ? readDate(tokens, at, language, context) : null;
    if (!reading) {
      at++;
      continue;
    }
    mentions.push({ start: tokens[at]!.start, end: tokens[reading.next - 1]!.end, edtf: reading.edtf });
    at = reading.next;
  }
  return mentions;
}

function mayBeginDate(token: Token): boolean {
  return (
    token.kind === 'number' || (token.kind === 'word' && token.lower.length >= 2 && token.lower.length <= 12)
  );
}

function readPublished(published: string | null): Published {
  const match = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-([0-2]\d|3[01]))?)?(?:T.*)?[?~%]?$/.exec(published ?? '');
  if (!match) return { day: null, month: null, year: null };
  const year = Number(match[1]);
  const month = match[2] ? Number(match[2]) : null;
  const day = month && match[3] ? Number(match[3]) : null;
  return {
    day: month && day && isDay(year, month, day) ? { year, month, day } : null,
    month: month ? { year, month } : null,
    year,
  };
}

// --- pieces

const YEAR = /^(?:1[5-9]|20)\d\d$/;
const DAY_NUMBER = /^(?:[12]?\d|3[01])(?:st|nd|rd|th|er)?$/;

function yearAt(tokens: Token[], at: number): number | null {
  const token = tokens[at];
  return token?.kind === 'number' && YEAR.test(token.text) ? Number(token.text) : null;
}

function dayAt(tokens: Token[], at: number): number | null {
  const token = tokens[at];
  if (token?.kind !== 'number' || !DAY_NUMBER.test(token.lower)) return null;
  const day = Number.parseInt(token.text, 10);
  return day >= 1 ? day : null;
}

function monthAt(tokens: Token[], at: number, language: Language): number | null {
  const token = tokens[at];
  if (token?.kind !== 'word' || (language === 'en' && !token.capital)) return null;
  return monthOf(token.lower.replace(/\.$/, ''), language) ?? null;
}

function wordAt(tokens: Token[], at: number): string {
  const token = tokens[at];
  return token && token.kind !== 'number' ? token.lower : '';
}

function skip(tokens: Token[], at: number, words: string): number {
  return at < tokens.length && words.split(' ').includes(wordAt(tokens, at)) ? at + 1 : at;
}

function isDay(year: number, month: number, day: number): boolean {
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const two = (value: number): string => String(value).padStart(2, '0');
const four = (value: number): string => String(value).padStart(4, '0');

function formatDay(day: Day): string {
  return `${four(day.year)}-${two(day.month)}-${two(day.day)}`;
}

function formatMonth(year: number, month: number): string {
  return `${four(year)}-${two(month)}`;
}

function shift(day: Day, days: number): Day {
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function shiftMonth(year: number, month: number, months: number): { year: number; month: number } {
  const count = year * 12 + (month - 1) + months;
  return { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
}

/** ISO weekday, 1 (Monday) to 7. */
function weekday(day: Day): number {
  return ((new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() + 6) % 7) + 1;
}

/** The day a "12 May" without year means: the last one, or one at most a month ahead of publication. */
function placeDay(month: number, day: number, published: Published): string | null {
  if (!published.day) return published.year && !published.month ? dayIn(published.year, month, day) : null;
  const limit = formatDay(shift(published.day, 31));
  for (const year of [published.day.year + 1, published.day.year, published.day.year - 1]) {
    if (isDay(year, month, day) && formatDay({ year, month, day }) <= limit)
      return formatDay({ year, month, day });
  }
  return null;
}

function dayIn(year: number, month: number, day: number): string | null {
  return isDay(year, month, day) ? formatDay({ year, month, day }) : null;
}

function placeMonth(month: number, published: Published): string | null {
  if (!published.month) return null;
  const { year } = published.month;
  return formatMonth(month <= published.month.month + 1 ? year : year - 1, month);
}

function weekOf(day: Day, weeks: number): string {
  const monday = shift(day, 1 - weekday(day) + 7 * weeks);
  return `${formatDay(monday)}/${formatDay(shift(monday, 6))}`;
}

function weekdayNear(day: Day, wanted: number, direction: 'past' | 'future' | 'last'): string {
  const back = (weekday(day) - wanted + 7) % 7;
  if (direction === 'past') return formatDay(shift(day, -back));
  if (direction === 'last') return formatDay(shift(day, back === 0 ? -7 : -back));
  return formatDay(shift(day, 7 - back));
}

// --- readings

function readDate(tokens: Token[], at: number, language: Language, published: Published): Reading | null {
  return (
    readNumeric(tokens, at) ??
    readCalendar(tokens, at, language, published) ??
    readYears(tokens, at, language) ??
    (language === 'fr'
      ? readRelativeFrench(tokens, at, published)
      : readRelativeEnglish(tokens, at, published))
  );
}

/** 2014-10-28, 28/10/2014, 28.10.2014. */
function readNumeric(tokens: Token[], at: number): Reading | null {
  const token = tokens[at]!;
  if (token.kind !== 'number') return null;
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(token.text);
  if (dotted) return dayReading(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]), at + 1);
  const [mark, second, mark2, third] = [tokens[at + 1], tokens[at + 2], tokens[at + 3], tokens[at + 4]];
  if (
    !third ||
    !mark ||
    !second ||
    !mark2 ||
    mark.text !== mark2.text ||
    (mark.text !== '-' && mark.text !== '/')
  )
    return null;
  if (mark.start !== token.end || second.start !== mark.end || third.start !== mark2.end) return null;
  if (!/^\d{1,2}$/.test(second.text)) return null;
  if (/^\d{4}$/.test(token.text) && /^\d{1,2}$/.test(third.text))
    return dayReading(Number(token.text), Number(second.text), Number(third.text), at + 5);
  if (/^\d{1,2}$/.test(token.text) && /^\d{4}$/.test(third.text)) {
    const [a, b, year] = [Number(token.text), Number(second.text), Number(third.text)];
    return b > 12 ? dayReading(year, a, b, at + 5) : dayReading(year, b, a, at + 5);
  }
  return null;
}

function dayReading(year: number, month: number, day: number, next: number): Reading | null {
  if (month < 1 || month > 12 || !isDay(year, month, day)) return null;
  return { next, edtf: formatDay({ year, month, day }) };
}

/** Days and months by name: "Tuesday 28 October 2014", "October 28, 2014", "12 to 13 May", « mai 2015 », "since March". */
function readCalendar(tokens: Token[], at: number, language: Language, published: Published): Reading | null {
  let index = at;
  const named = weekdayOf(wordAt(tokens, index), language);
  if (named) {
    index = skip(tokens, index + 1, ', the le');
    if (dayAt(tokens, index) === null && monthAt(tokens, index, language) === null) return null;
  }
  const first = dayAt(tokens, index);
  if (first !== null) {
    let next = skip(tokens, index + 1, 'of');
    let last = first;
    if (/^(?:to|and|au|et|-|–)$/.test(wordAt(tokens, index + 1))) {
      const to = dayAt(tokens, index + 2);
      if (to !== null && monthAt(tokens, index + 3, language) !== null) {
        last = to;
        next = index + 3;
      }
    }
    const month = monthAt(tokens, next, language);
    if (month === null) return null;
    const { year, after } = yearAfter(tokens, next + 1, language);
    const place = (day: number) => (year ? dayIn(year, month, day) : placeDay(month, day, published));
    const [from, to] = [place(first), place(last)];
    return { next: after, edtf: from === null || to === null ? null : from === to ? from : `${from}/${to}` };
  }
  const month = monthAt(tokens, index, language);
  if (month === null) return null;
  if (tokens[index]!.text.length <= 4 && tokens[index + 1]?.start === tokens[index]!.end)
    index = skip(tokens, index + 1, '.') - 1;
  const day = language === 'en' ? dayAt(tokens, index + 1) : null;
  if (day !== null && yearAt(tokens, index + 1) === null) {
    const { year, after } = yearAfter(tokens, index + 2, language);
    return { next: after, edtf: year ? dayIn(year, month, day) : placeDay(month, day, published) };
  }
  const { year, after } = yearAfter(tokens, index + 1, language);
  const before = wordAt(tokens, at - 1);
  if (year) return { next: after, edtf: open(before, formatMonth(year, month)) };
  // "May" and « mars » are also words; a month alone needs a preposition before it.
  const placed =
    /^(?:in|since|until|by|from|of|last|during|between|to|this|en|depuis|de|fin|début|dès|à)$/.test(before);
  if (!placed) return null;
  const edtf = placeMonth(month, published);
  return { next: index + 1, edtf: edtf && open(before, edtf) };
}

function yearAfter(tokens: Token[], at: number, language: Language): { year: number | null; after: number } {
  const index = skip(tokens, at, language === 'fr' ? 'de' : ', of');
  const year = yearAt(tokens, index);
  return year === null ? { year: null, after: at } : { year, after: index + 1 };
}

/** "since 2015" is an interval without end. */
function open(before: string, edtf: string): string {
  if (before === 'since' || before === 'depuis' || before === 'dès') return `${edtf}/..`;
  if (before === 'until') return `../${edtf}`;
  return edtf;
}

const SEASONS: Record<string, number> = {
  spring: 21,
  summer: 22,
  autumn: 23,
  fall: 23,
  winter: 24,
  printemps: 21,
  été: 22,
  automne: 23,
  hiver: 24,
};

const BEFORE_YEAR =
  /^(?:in|since|by|from|during|until|of|before|after|early|late|mid|around|between|over|to|and|for|than|and|throughout|than|en|depuis|début|fin|mi|dès|avant|après|de|d'|année|entre|et|à|que|jusqu'en|the|l'an|summer|spring|autumn|winter|\()$/;

/** Years, spans of years, decades, seasons and the first months of a year. */
function readYears(tokens: Token[], at: number, language: Language): Reading | null {
  const word = wordAt(tokens, at);
  const season = SEASONS[word];
  if (season) {
    const index = skip(tokens, at + 1, 'of de');
    const year = yearAt(tokens, index);
    return year && word !== 'fall' ? { next: index + 1, edtf: `${year}-${season}` } : null;
  }
  const token = tokens[at]!;
  if (token.kind === 'number' && /^(?:1[5-9]|20)\d0s$/.test(token.lower))
    return { next: at + 1, edtf: `${token.text.slice(0, 3)}X` };
  const months = readFirstMonths(tokens, at, language);
  if (months) return months;
  const year = yearAt(tokens, at);
  if (year === null) return null;
  const link = wordAt(tokens, at + 1);
  const to = yearAt(tokens, at + 2);
  const before = wordAt(tokens, at - 1);
  if (to !== null && to > year && /^(?:-|–|—|\/|to|and|à|et)$/.test(link)) {
    if (!/^(?:and|et)$/.test(link) || before === 'between' || before === 'entre')
      return { next: at + 3, edtf: `${year}/${to}` };
  }
  if (!BEFORE_YEAR.test(before)) return null;
  const following = tokens[at + 1];
  if (
    before === 'the' ||
    before === 'for' ||
    before === 'of' ||
    before === 'de' ||
    before === 'à' ||
    before === 'to'
  ) {
    // "of 2000 people" is a count; "of 2014" and "the 2014 report" are years.
    if (
      before !== 'the' &&
      following?.kind === 'word' &&
      !following.capital &&
      /[sx]$|people/.test(following.lower)
    )
      return null;
  }
  return { next: at + 1, edtf: open(before, String(year)) };
}

/** "the first eight months of 2021", « les huit premiers mois de 2021 ». */
function readFirstMonths(tokens: Token[], at: number, language: Language): Reading | null {
  const english = wordAt(tokens, at) === 'first';
  const numberIndex = english ? at + 1 : at;
  const words =
    language === 'fr' && !english
      ? readNumberWords(tokens, at, 'fr')
      : english
        ? readNumberWords(tokens, at + 1, 'en')
        : null;
  const digits = tokens[numberIndex]?.kind === 'number' ? Number(tokens[numberIndex]!.text) : null;
  const count = words?.value ?? digits;
  if (!count || count > 12 || !Number.isInteger(count)) return null;
  let index = numberIndex + (words?.tokens ?? 1);
  if (language === 'fr') {
    if (wordAt(tokens, index) !== 'premiers') return null;
    index++;
  } else if (!english) return null;
  if (wordAt(tokens, index) !== 'months' && wordAt(tokens, index) !== 'mois') return null;
  index = skip(tokens, index + 1, 'of de');
  index = skip(tokens, index, "l'");
  index = skip(tokens, index, 'année');
  const year = yearAt(tokens, index);
  return year ? { next: index + 1, edtf: `${year}-01/${formatMonth(year, count)}` } : null;
}

function readRelativeEnglish(tokens: Token[], at: number, published: Published): Reading | null {
  const word = wordAt(tokens, at);
  const day = published.day;
  if (word === 'yesterday' || word === 'today' || word === 'tomorrow' || word === 'tonight') {
    const offset = word === 'yesterday' ? -1 : word === 'tomorrow' ? 1 : 0;
    return { next: at + 1, edtf: day && formatDay(shift(day, offset)) };
  }
  const named = tokens[at]!.capital ? weekdayOf(word, 'en') : undefined;
  if (named) return { next: at + 1, edtf: day && weekdayNear(day, named, 'past') };
  if (word === 'last' || word === 'next' || word === 'this') {
    const unit = wordAt(tokens, at + 1);
    const step = word === 'last' ? -1 : word === 'next' ? 1 : 0;
    const weekday = weekdayOf(unit, 'en');
    if (weekday && word !== 'this')
      return { next: at + 2, edtf: day && weekdayNear(day, weekday, word === 'last' ? 'last' : 'future') };
    const month = monthAt(tokens, at + 1, 'en');
    if (month !== null && word === 'last') return { next: at + 2, edtf: placeMonth(month, published) };
    return relativeUnit(unit, step, at + 2, published);
  }
  return ago(tokens, at, 'en', published);
}

function readRelativeFrench(tokens: Token[], at: number, published: Published): Reading | null {
  const word = wordAt(tokens, at);
  const day = published.day;
  if (word === 'hier' || word === "aujourd'hui" || word === 'demain' || word === 'avant-hier') {
    const offset = word === 'hier' ? -1 : word === 'demain' ? 1 : word === 'avant-hier' ? -2 : 0;
    return { next: at + 1, edtf: day && formatDay(shift(day, offset)) };
  }
  const named = weekdayOf(word, 'fr');
  if (named) {
    const after = wordAt(tokens, at + 1);
    if (after === 'dernier') return { next: at + 2, edtf: day && weekdayNear(day, named, 'last') };
    if (after === 'prochain') return { next: at + 2, edtf: day && weekdayNear(day, named, 'future') };
    return { next: at + 1, edtf: day && weekdayNear(day, named, 'past') };
  }
  const unit = FRENCH_UNITS[word];
  if (unit) {
    const after = wordAt(tokens, at + 1);
    const before = wordAt(tokens, at - 1);
    if (/^derni(?:er|ère)$/.test(after)) return relativeUnit(unit, -1, at + 2, published);
    if (/^prochaine?$/.test(after)) return relativeUnit(unit, 1, at + 2, published);
    if (/^(?:ce|cet|cette)$/.test(before)) return relativeUnit(unit, 0, at + 1, published);
  }
  if (word === 'il' && wordAt(tokens, at + 1) === 'y' && wordAt(tokens, at + 2) === 'a') {
    const reading = ago(tokens, at + 3, 'fr', published);
    if (reading) return reading;
  }
  return null;
}

const FRENCH_UNITS: Record<string, string> = {
  semaine: 'week',
  mois: 'month',
  an: 'year',
  année: 'year',
  jour: 'day',
  jours: 'day',
  semaines: 'week',
  ans: 'year',
  années: 'year',
};

function relativeUnit(unit: string, step: number, next: number, published: Published): Reading | null {
  if (unit === 'week') return { next, edtf: published.day && weekOf(published.day, step) };
  if (unit === 'month') {
    const month = published.month && shiftMonth(published.month.year, published.month.month, step);
    return { next, edtf: month && formatMonth(month.year, month.month) };
  }
  if (unit === 'year') return { next, edtf: published.year === null ? null : four(published.year + step) };
  return null;
}

/** "two days ago", « il y a deux jours »: `at` is where the number stands. */
function ago(tokens: Token[], at: number, language: Language, published: Published): Reading | null {
  const token = tokens[at];
  if (!token) return null;
  const words = readNumberWords(tokens, at, language);
  const one = /^(?:a|an|one|un|une)$/.test(token.lower);
  const digits = token.kind === 'number' && /^\d{1,3}$/.test(token.text) ? Number(token.text) : null;
  const count = words?.value ?? digits ?? (one ? 1 : null);
  if (count === null) return null;
  const index = at + (words?.tokens ?? 1);
  const name = wordAt(tokens, index);
  const unit =
    language === 'fr'
      ? FRENCH_UNITS[name]
      : /^(?:day|week|month|year)s?$/.test(name)
        ? name.replace(/s$/, '')
        : null;
  if (!unit) return null;
  let next = index + 1;
  if (language === 'en') {
    const tail = wordAt(tokens, next);
    if (tail === 'earlier' || tail === 'later') return { next: next + 1, edtf: null };
    if (tail !== 'ago') return null;
    next++;
  }
  if (unit === 'day') return { next, edtf: published.day && formatDay(shift(published.day, -count)) };
  return relativeUnit(unit, -count, next, published);
}
