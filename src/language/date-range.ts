// Dates with their bounds and ranges: "since March", "from 3 to 10 June", "around 2015", « du 28 décembre au 3 janvier ».
import {
  about,
  after,
  before,
  compareDays,
  joinPeriods,
  type Period,
  since,
  until,
} from './date-calendar.ts';
import { placeParts, readMonth } from './date-day.ts';
import { type PartReading, readPart, readPoint } from './date-point.ts';
import {
  anyAt,
  type DateReader,
  dayAt,
  isCounted,
  monthAt,
  type Parts,
  phrase,
  type Reading,
  skip,
  table,
  weekdayAt,
  wordAt,
  yearAt,
} from './date-reader.ts';
import { fromPublication, placeWeekday } from './date-relative.ts';
import { readYear } from './date-year.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

/** The date that begins at a token, with its bounds and its other end. */
export function readDate(reader: DateReader, at: number): Reading | null {
  const { tokens } = reader;
  const word = tokens[at]!.kind === 'number' ? '' : tokens[at]!.lower;
  if (word.includes('-')) {
    const split = readHyphened(reader, at);
    if (split) return split;
  }
  if (word !== '') {
    const joined = readRange(reader, at, word) ?? readBound(reader, at, word) ?? readAbout(reader, at, word);
    if (joined) return joined;
  }
  return readLinked(reader, at);
}

const FROM = { en: new Set(['from', 'between']), fr: new Set(['de', "d'", 'du', 'entre']) };
const TO = {
  en: /^(?:to|until|till|through|thru|-|–|—|~)$/,
  fr: /^(?:à|au|jusqu'à|jusqu'au|jusqu'en|-|–|—)$/,
};

/** "from 3 to 10 June 2019", "between March and May", « du 28 décembre au 3 janvier », « entre 2014 et 2016 ». */
function readRange(reader: DateReader, at: number, word: string): Reading | null {
  const { tokens, language } = reader;
  if (!FROM[language].has(word)) return null;
  const between = word === 'between' || word === 'entre';
  const first = readEnd(reader, at + 1);
  if (!first) return null;
  if (first.parts?.days && first.parts.days.length > 1) return first.parts.through ? first : null;
  const link = linkAfter(reader, first.next, between);
  if (link === null) {
    // "from May 2015 on(wards)" has no end.
    if (word === 'from' && /^(?:on|onwards?|forward)$/.test(wordAt(tokens, first.next)) && first.period)
      return { next: first.next + 1, period: since(first.period) };
    return null;
  }
  const second = readEnd(reader, link);
  if (!second) return null;
  return joinReadings(reader, first, second, at);
}

function linkAfter(reader: DateReader, at: number, between: boolean): number | null {
  const { tokens, language } = reader;
  const word = wordAt(tokens, at);
  if (between && /^(?:and|et|-|–|to)$/.test(word)) return at + 1;
  if (between) return null;
  if (language === 'fr' && word === "jusqu'" && /^(?:à|au|en)$/.test(wordAt(tokens, at + 1))) return at + 2;
  if (language === 'en' && word === 'up' && /^(?:to|until)$/.test(wordAt(tokens, at + 1))) return at + 2;
  if (!TO[language].test(word)) return null;
  return at + 1;
}

/** One end of a range: a date, or a bare day, month, year or weekday that the other end completes. */
function readEnd(reader: DateReader, at: number): Reading | null {
  const { tokens, language } = reader;
  const index = skip(tokens, at, language === 'fr' ? "le la l'" : 'the');
  if (/^(?:now|present|today|maintenant|aujourd'hui)$/.test(wordAt(tokens, index)))
    return { next: index + 1, period: fromPublication(reader.published, 'day', 0) };
  const end = (index > at ? readPoint(reader, at, true) : null) ?? readPoint(reader, index, true);
  if (end) return end;
  const weekday = weekdayAt(tokens, index, language);
  const day = dayAt(tokens, weekday === null ? index : index + 1);
  if (day === null || isCounted(tokens, index + 1, language)) return null;
  return { next: weekday === null ? index + 1 : index + 2, period: null, parts: { days: [day] } };
}

/** Joins the two ends of a range, each lending the other what it leaves out. */
function joinReadings(reader: DateReader, first: Reading, second: Reading, at: number): Reading | null {
  const { tokens, language } = reader;
  const [a, b] = [first.parts, second.parts];
  const { next } = second;
  if (a?.days && a.month === undefined && a.weekday === undefined) {
    if (!b?.days || b.month === undefined) return null;
  }
  if (b?.days && b.month === undefined && b.weekday === undefined && (!a?.days || a.month === undefined))
    return null;
  if (isYear(a) && isYear(b)) {
    // "from 1500 to 2000 people", « entre 2010 et 2020 euros » are counts.
    if (isCounted(tokens, next, language) && a.year % 10 === 0 && b.year % 10 === 0) return null;
    if (b.year <= a.year) return null;
  }
  if (!a || !b) {
    if (!first.period || !second.period) return { next, period: null };
    const joined = joinPeriods(first.period, second.period);
    return joined && { next, period: joined };
  }
  return { next, period: completeRange(reader, a, b, at) };
}

function isYear(parts: Parts | undefined): parts is Parts & { year: number } {
  return parts?.year !== undefined && parts.month === undefined;
}

function completeRange(reader: DateReader, a: Parts, b: Parts, at: number): Period | null {
  const from: Parts = { ...a, month: a.month ?? (a.days ? b.month : undefined) };
  const to: Parts = { ...b, month: b.month ?? (b.days ? from.month : undefined) };
  const weekdays = a.weekday !== undefined && b.weekday !== undefined && !a.days && !b.days;
  if (weekdays) {
    const end = placePoint(reader, to, at);
    const start = end && placeWeekday({ day: end.first, month: null, year: null }, a.weekday!, 'past');
    return start && end && joinPeriods(start, end);
  }
  if (to.year === undefined && from.year !== undefined) {
    const start = placeParts(reader, from, at);
    const same = placeParts(reader, { ...to, year: from.year }, at);
    const end =
      start && same && compareDays(start.first, same.last) > 0
        ? placeParts(reader, { ...to, year: from.year + 1 }, at)
        : same;
    return start && end && joinPeriods(start, end);
  }
  const end = placePoint(reader, to, at);
  if (!end) return null;
  if (from.year === undefined && (from.month !== undefined || from.days)) {
    const year = end.first.year;
    for (const candidate of [year, year - 1]) {
      const start = placeParts(reader, { ...from, year: candidate }, at);
      if (start && compareDays(start.first, end.last) <= 0) return joinPeriods(start, end);
    }
    return null;
  }
  const start = placePoint(reader, from, at);
  return start && joinPeriods(start, end);
}

function placePoint(reader: DateReader, parts: Parts, at: number): Period | null {
  if (parts.weekday !== undefined && !parts.days)
    return placeWeekday(reader.published, parts.weekday, 'past');
  return placeParts(reader, parts, at);
}

/** A date, and where a dash or "to" follows the date it runs to: "12 May – 3 June", "Monday to Friday". */
function readLinked(reader: DateReader, at: number): Reading | null {
  const { tokens, language } = reader;
  let first = readPoint(reader, at, false);
  const bare = !first && (monthAt(tokens, at, language) !== null || yearAt(tokens, at) !== null);
  if (bare) first = readPoint(reader, at, true);
  if (!first) return null;
  const alone = bare ? null : first;
  if (!first.parts || (first.parts.days && first.parts.days.length > 1)) return alone;
  const link = wordAt(tokens, first.next);
  if (!TO[language].test(link)) return alone;
  const second = readEnd(reader, first.next + 1);
  if (!second?.parts || sizeOf(first.parts) > sizeOf(second.parts) + 1) return alone;
  // A bare day can only follow a day: "12 May - 300 people".
  if (second.parts.days && second.parts.month === undefined && !first.parts.days) return alone;
  if (isYear(first.parts) !== isYear(second.parts)) return alone;
  if (isYear(second.parts) && (link === '—' || isCounted(tokens, second.next, language))) return alone;
  const joined = joinReadings(reader, first, second, at);
  return joined?.period ? joined : alone;
}

function sizeOf(parts: Parts): number {
  return (
    (parts.days ? 1 : 0) +
    (parts.month === undefined ? 0 : 1) +
    (parts.year === undefined ? 0 : 1) +
    (parts.weekday === undefined ? 0 : 1)
  );
}

type Bound = (period: Period) => Period;

/** Words that bound the date after them, by their first word: what they are, and which way they bound. */
const BOUNDS: Record<Language, ReadonlyMap<string, [words: string, bound: Bound][]>> = {
  en: table<[string, Bound][]>({
    since: [['since', since]],
    starting: [
      ['starting on', since],
      ['starting in', since],
      ['starting from', since],
      ['starting', since],
    ],
    beginning: [
      ['beginning on', since],
      ['beginning in', since],
    ],
    until: [['until', until]],
    till: [['till', until]],
    up: [['up until', until]],
    by: [['by', until]],
    no: [['no later than', until]],
    not: [['not later than', until]],
    before: [['before', before]],
    prior: [['prior to', before]],
    after: [['after', after]],
  }),
  fr: table<[string, Bound][]>({
    depuis: [['depuis', since]],
    dès: [['dès', since]],
    à: [
      ['à partir de', since],
      ["à partir d'", since],
      ['à partir du', since],
      ['à compter de', since],
      ['à compter du', since],
    ],
    "jusqu'": [
      ["jusqu' à", until],
      ["jusqu' au", until],
      ["jusqu' en", until],
    ],
    "d'": [
      ["d' ici à", until],
      ["d' ici au", until],
      ["d' ici", until],
    ],
    avant: [['avant', before]],
    après: [['après', after]],
  }),
};

/** "since March", "by the end of May", "before 2018", « depuis mars », « d'ici à 2020 », « avant le 12 mai ». */
function readBound(reader: DateReader, at: number, word: string): Reading | null {
  const { tokens, language } = reader;
  const bounds = BOUNDS[language].get(word);
  if (!bounds) return null;
  for (const [words, bound] of bounds) {
    const index = phrase(tokens, at, words);
    if (index === null) continue;
    const reading = readBounded(reader, index, /^(?:since|until|till|depuis|dès|jusqu'|d'|à)$/.test(word));
    if (!reading) continue;
    // "before Tuesday's vote" is said of the vote.
    if (anyAt(tokens, reading.next) === "'s" || anyAt(tokens, reading.next) === "'") return null;
    // "by the end of May" and "before the end of May" take in the whole of it.
    const late = reading.part === 'late' && (bound === until || bound === before);
    const period = late ? (reading.whole ?? null) : reading.period;
    if (period?.edtf.includes('..')) return null;
    return { next: reading.next, period: period && (late ? until : bound)(period) };
  }
  return null;
}

function readBounded(reader: DateReader, at: number, sure: boolean): PartReading | null {
  const { tokens, language } = reader;
  let index = skip(tokens, at, language === 'fr' ? "le la l'" : 'the');
  const year = skip(tokens, index, language === 'fr' ? 'année an' : 'year');
  if (year > index && yearAt(tokens, year) !== null) index = year;
  // "before the Sept. 11 attacks", "after the 2015 law" are said of the attacks and the law.
  else if (
    language === 'en' &&
    index > at &&
    (monthAt(tokens, index, 'en') !== null || yearAt(tokens, index) !== null)
  )
    return null;
  const part = readPart(reader, at) ?? (index > at ? readPart(reader, index) : null);
  if (part) return part;
  const approximate = readAbout(reader, at, wordAt(tokens, at));
  if (approximate) return approximate;
  const reading = readLinked(reader, at) ?? (index > at ? readLinked(reader, index) : null);
  if (reading) return reading;
  const month = monthAt(tokens, index, language);
  if (month && (sure || month.month !== 5 || language === 'fr')) return readMonth(reader, index, true);
  return null;
}

const ABOUT = {
  en: ['around', 'circa', 'about', 'roughly', 'approximately'],
  fr: [
    'vers',
    'environ',
    'autour de',
    "autour d'",
    'autour du',
    'aux alentours de',
    'aux alentours du',
    'aux environs de',
    'aux environs du',
  ],
};
const ABOUT_FIRST = { en: new Set(ABOUT.en), fr: new Set(['vers', 'environ', 'autour', 'aux']) };

/** Words before "about 1850" that make a year of it: what is built or born is so once, and "in" says when. */
const TIMED = new Set(
  'in since until till built rebuilt born founded erected established constructed painted written depuis né née construit construite bâti bâtie fondé fondée'.split(
    ' ',
  ),
);

/** "around 2015", "in about 1850", « vers le 12 mai », « aux alentours de 2010 ». */
function readAbout(reader: DateReader, at: number, word: string): Reading | null {
  const { tokens, language } = reader;
  if (!ABOUT_FIRST[language].has(word)) return null;
  for (const words of ABOUT[language]) {
    const found = phrase(tokens, at, words);
    if (found === null || /^(?:how|what)$/.test(wordAt(tokens, at - 1))) continue;
    const index = skip(tokens, found, language === 'fr' ? 'le la' : 'the');
    const year = yearAt(tokens, index);
    if (year !== null) {
      // "around 2000 people", "about 1500": only where nothing follows to count, and the word is more often said of
      // years than of amounts, or "in" or "built" before it says that a time follows.
      if (isCounted(tokens, index + 1, language)) return null;
      const timed = TIMED.has(wordAt(tokens, at - 1));
      const ofAmounts = /^(?:about|environ|roughly|approximately)$/.test(word);
      if (!timed && (ofAmounts || (year % 100 === 0 && word === 'around'))) return null;
      if (!/^[.,;:!?)\]]|^$/.test(anyAt(tokens, index + 1)) && tokens[index + 1]?.kind !== 'word')
        return null;
      const reading = readYear(reader, index, true);
      return reading?.period ? { next: reading.next, period: about(reading.period) } : reading;
    }
    const reading = readPoint(reader, index, language === 'fr');
    if (!reading || /^(?:a|an|one|the)$/.test(wordAt(tokens, index))) return null;
    return { next: reading.next, period: reading.period && about(reading.period) };
  }
  return null;
}

/** "mid-October", « mi-mai », "June-August 1992": words joined by a hyphen, read as if they stood apart. */
function readHyphened(reader: DateReader, at: number): Reading | null {
  const { tokens, language } = reader;
  const token = tokens[at]!;
  const dash = token.text.indexOf('-');
  const left = token.lower.slice(0, dash);
  const half = /^(?:mid|early|late|mi|début|fin|pre|post)$/.test(left);
  const part = (start: number, end: number): Token => {
    const text = token.text.slice(start, end);
    const kind = /^\d/.test(text) ? 'number' : 'word';
    return {
      start: token.start + start,
      end: token.start + end,
      kind,
      text,
      lower: text.toLowerCase(),
      capital: /^\p{Lu}/u.test(text),
    };
  };
  const head = part(0, dash);
  const rest = part(dash + 1, token.text.length);
  if (rest.text === '') return null;
  if (!half && monthAt([head], 0, language) === null && weekdayAt([head], 0, language) === null) return null;
  const mark: Token = {
    start: head.end,
    end: rest.start,
    kind: 'mark',
    text: '-',
    lower: '-',
    capital: false,
  };
  const apart = half ? [head, rest] : [head, mark, rest];
  const sub = { ...reader, tokens: [...apart, ...tokens.slice(at + 1, at + 9)] };
  const found = half ? readPart(sub, 0) : readLinked(sub, 0);
  return found && found.next >= apart.length
    ? { next: found.next - apart.length + at + 1, period: found.period }
    : null;
}
