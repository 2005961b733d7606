// Dates in a text, absolute and relative to its publication, in English and French, to EDTF (ISO 8601-2): what joins,
// bounds and qualifies the dates that the other date files read one by one.
import type { Span } from '../record/suggestion.ts';
import { clockTimeAt } from './clock-time.ts';
import {
  about,
  after,
  before,
  compareDays,
  joinPeriods,
  type Period,
  type Published,
  partOf,
  readPublished,
  since,
  type Unit,
  unitsFrom,
  until,
} from './date-calendar.ts';
import { placeParts, readCalendar, readMonth, readNamedMonth, readNumeric } from './date-day.ts';
import { readRelativeEnglish, UNITS_ENGLISH } from './date-english.ts';
import { EVES, readRelativeFrench, UNITS_FRENCH } from './date-french.ts';
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
import { fromPublication, placeWeekday, readCount } from './date-relative.ts';
import { readCentury, readDecade, readFirstUnits, readQuarter, readSeason, readYear } from './date-year.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

/** A date or period where the text names one. */
export interface DateMention extends Span {
  /**
   * EDTF: 2014-10-28, 2014-10, 2014, 2015~ (about), 199X, 2014-21 (spring), 2014/2016, 2015/.. (since), ../2016-05
   * (until), 2016-01~/2016-04~ (early 2016), {2016-05-12,2016-05-14} (both days); null when none can be made of it.
   */
  edtf: string | null;
}

/** What one sentence of a text hands to the next. */
export interface DateMemory {
  anchor: Period | null;
  monthFirst: boolean;
}

/** The memory with which a text begins. */
export function newDateMemory(): DateMemory {
  return { anchor: null, monthFirst: false };
}

/**
 * All dates among the tokens of a sentence, in text order, none overlapping. `published` is the publication date in
 * EDTF; without it, relative dates are found and have no EDTF. `memory` carries the last date named from one sentence
 * of a text to the next, for "the day before" and « deux jours plus tard ».
 * A day without a year is the last such day before publication (or within the month after it), a month without one the
 * last that began, a weekday the last on or before publication, as news prose means them; a future tense beside them
 * makes them the next. Dates of digits are read day first, until one can only be read month first.
 */
export function findDates(
  tokens: Token[],
  language: Language,
  published: string | null,
  memory: DateMemory = newDateMemory(),
): DateMention[] {
  const reader: DateReader = { tokens, language, published: readPublished(published), ...memory };
  const mentions: DateMention[] = [];
  for (let at = 0; at < tokens.length; ) {
    if (!mayBeginDate(tokens[at]!, language)) {
      at++;
      continue;
    }
    const time = clockTimeAt(tokens, at, language);
    if (time !== null) {
      at = time;
      continue;
    }
    const reading = readDate(reader, at);
    if (!reading) {
      at++;
      continue;
    }
    const { period } = reading;
    mentions.push({
      start: tokens[at]!.start,
      end: tokens[reading.next - 1]!.end,
      edtf: period && period.first.year >= 1000 && period.last.year <= 9999 ? period.edtf : null,
    });
    if (period && mayAnchor(period, reader.anchor)) reader.anchor = period;
    at = reading.next;
  }
  memory.anchor = reader.anchor;
  memory.monthFirst = reader.monthFirst;
  return mentions;
}

/** A year named in passing does not take the place of the day that was spoken of. */
function mayAnchor(period: Period, anchor: Period | null): boolean {
  if (period.edtf.includes('..')) return false;
  if (period.precision === 'day' || period.precision === 'week' || period.precision === 'month') return true;
  return period.precision === 'year' && (anchor === null || anchor.precision === 'year');
}

// --- one date with its bounds and qualifiers

function readDate(reader: DateReader, at: number): Reading | null {
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
  const index = skip(tokens, at, language === 'fr' ? 'le' : 'the');
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
    const whole = bound === until && reading.whole ? reading.whole : reading.period;
    if (whole?.edtf.includes('..')) return null;
    return { next: reading.next, period: whole && bound(whole) };
  }
  return null;
}

function readBounded(
  reader: DateReader,
  at: number,
  sure: boolean,
): (Reading & { whole?: Period | null }) | null {
  const { tokens, language } = reader;
  const index = skip(tokens, at, language === 'fr' ? "le la l'" : 'the');
  const part = readPart(reader, at) ?? (index > at ? readPart(reader, index) : null);
  if (part) return part;
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

/** "around 2015", « vers le 12 mai », « aux alentours de 2010 ». */
function readAbout(reader: DateReader, at: number, word: string): Reading | null {
  const { tokens, language } = reader;
  if (!ABOUT_FIRST[language].has(word)) return null;
  for (const words of ABOUT[language]) {
    const found = phrase(tokens, at, words);
    if (found === null) continue;
    const index = skip(tokens, found, language === 'fr' ? 'le la' : 'the');
    const year = yearAt(tokens, index);
    if (year !== null) {
      // "around 2000 people", "about 1500": only a year that is no round number, or that nothing follows to count.
      if (isCounted(tokens, index + 1, language) || /^(?:about|environ|roughly|approximately)$/.test(word))
        return null;
      if (year % 100 === 0 && word === 'around') return null;
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

const PART_WORDS = table<'early' | 'mid' | 'late'>({
  early: 'early',
  mid: 'mid',
  late: 'late',
  beginning: 'early',
  start: 'early',
  outset: 'early',
  middle: 'mid',
  end: 'late',
  close: 'late',
  début: 'early',
  mi: 'mid',
  milieu: 'mid',
  fin: 'late',
});

/** "early 2016", "the end of May", « fin août », « à la mi-mai », « au début de l'année »; `whole` is what it is a part of. */
function readPart(reader: DateReader, at: number): (Reading & { whole?: Period | null }) | null {
  const { tokens, language } = reader;
  const word = wordAt(tokens, at);
  const part = PART_WORDS.get(word);
  if (!part) return null;
  const noun = /^(?:beginning|start|outset|middle|end|close)$/.test(word);
  let index = at + 1;
  if (noun) {
    if (wordAt(tokens, index) !== 'of') return null;
    index++;
  } else if (language === 'en') index = skip(tokens, index, 'in on');
  else index = skip(tokens, index, "de d' du");
  const article = skip(tokens, index, language === 'fr' ? "la le l' cette ce" : 'the this');
  const unit = (language === 'fr' ? UNITS_FRENCH : UNITS_ENGLISH).get(wordAt(tokens, article));
  const plain = readPoint(reader, index, true) ?? (article > index ? readPoint(reader, article, true) : null);
  if (plain?.parts?.days || (plain && !plain.parts && plain.next === index)) return null;
  if (plain)
    return { next: plain.next, period: plain.period && partOf(plain.period, part), whole: plain.period };
  if (
    language === 'fr' &&
    wordAt(tokens, index) === 'mois' &&
    monthAt(tokens, skip(tokens, index + 1, "de d'"), 'fr')
  )
    return null;
  if (
    unit &&
    unit !== 'day' &&
    (noun || language === 'fr') &&
    (article > index || wordAt(tokens, index - 1) === 'du' || wordAt(tokens, index - 1) === "d'")
  ) {
    const period = fromPublication(reader.published, unit, 0);
    return { next: article + 1, period: period && partOf(period, part), whole: period };
  }
  return null;
}

/** "the week of 12 May", « la semaine du 12 mai », "the month of May", « le week-end du 12 mai ». */
function readUnitOf(reader: DateReader, at: number): Reading | null {
  const { tokens, language } = reader;
  const word = wordAt(tokens, at);
  const unit = (language === 'fr' ? UNITS_FRENCH : UNITS_ENGLISH).get(word);
  if (!unit) return null;
  if (unit === 'month') {
    const index = skip(tokens, at + 1, language === 'fr' ? "de d'" : 'of');
    const month = index > at + 1 ? readNamedMonth(reader, index) : null;
    return month;
  }
  if (unit !== 'week' && unit !== 'weekend') return null;
  let index = skip(
    tokens,
    at + 1,
    language === 'fr' ? 'du commençant débutant' : 'of beginning commencing starting ending',
  );
  if (index === at + 1) return null;
  index = skip(tokens, index, language === 'fr' ? 'le' : 'the on');
  const day = readPoint(reader, index, false);
  if (!day?.parts?.days) return null;
  if (day.period?.precision !== 'day') return { next: day.next, period: day.period };
  return { next: day.next, period: unitsFrom(day.period.first, unit, 0) };
}

/** "two days before 12 May", "the day after Tuesday", « la veille du 12 mai », « trois jours après le 12 mai ». */
function readShifted(reader: DateReader, at: number): Reading | null {
  const { tokens, language } = reader;
  let index = at;
  let unit: Unit | undefined;
  let count: number | null = 1;
  let step = 0;
  const eve = language === 'fr' ? EVES.get(wordAt(tokens, at)) : undefined;
  if (eve !== undefined) {
    if (wordAt(tokens, at + 1) !== 'du') return null;
    unit = 'day';
    step = eve;
    index = at + 2;
  } else {
    const units = language === 'fr' ? UNITS_FRENCH : UNITS_ENGLISH;
    const counted = wordAt(tokens, at) === 'the' ? { count: 1, next: at + 1 } : readCount(reader, at);
    if (!counted) return null;
    unit = units.get(wordAt(tokens, counted.next));
    if (!unit) return null;
    count = counted.count;
    const side = wordAt(tokens, counted.next + 1);
    step = /^(?:before|avant)$/.test(side) ? -1 : /^(?:after|after|from|après)$/.test(side) ? 1 : 0;
    index = skip(tokens, counted.next + 2, language === 'fr' ? 'le' : 'the');
  }
  if (step === 0) return null;
  const from = readPoint(reader, index, false, false);
  if (!from) return null;
  if (anyAt(tokens, from.next) === "'s" || anyAt(tokens, from.next) === "'") return null;
  if (count === null || !from.period || from.period.precision !== 'day') {
    if (from.period && from.period.precision !== 'day') return null;
    return { next: from.next, period: null };
  }
  return { next: from.next, period: unitsFrom(from.period.first, unit, step * count) };
}

/** One date, with no bound and no other end. `introduced` says that only a date can stand here. */
function readPoint(reader: DateReader, at: number, introduced: boolean, shifted = true): Reading | null {
  const { tokens, language } = reader;
  const token = tokens[at];
  if (!token) return null;
  if (token.kind === 'number') {
    const numeric = readNumeric(reader, at);
    if (numeric) return numeric;
  } else if (token.kind === 'mark') return null;
  const part = readPart(reader, at);
  if (part) return part;
  if (shifted) {
    const moved = readShifted(reader, at);
    if (moved) return moved;
  }
  const calendar = readCalendar(reader, at);
  if (calendar) return withTurn(reader, calendar, at);
  const named =
    readFirstUnits(reader, at) ??
    readQuarter(reader, at) ??
    readUnitOf(reader, at) ??
    readSeason(reader, at) ??
    readCentury(reader, at) ??
    readDecade(reader, at) ??
    (language === 'fr' ? readRelativeFrench(reader, at) : readRelativeEnglish(reader, at));
  if (named) return named;
  const month = readMonth(reader, at, introduced);
  if (month) return withTurn(reader, month, at);
  return readYear(reader, at, introduced);
}

/** The last such day or month before publication, or the next after it. */
function nearestOn(
  published: Published,
  turned: (year: number, end: number) => Reading,
  way: 1 | -1,
  next: number,
): Reading {
  if (!published.day) return { next, period: null };
  for (let step = 0; step <= 8; step++) {
    // Going back from the year after, or ahead from the year before, the first that lies on the right side.
    const reading = turned(published.day.year - way + way * step, next);
    if (!reading.period) continue;
    const order = compareDays(way > 0 ? reading.period.first : reading.period.last, published.day);
    if (way * order > 0) return reading;
  }
  return { next, period: null };
}

const YEAR_TURNS = table({ last: -1, this: 0, next: 1 });

/** "12 May last year", « le 12 mai dernier », "in March this year": what is said of the year after the date. */
function withTurn(reader: DateReader, reading: Reading, at: number): Reading {
  const { tokens, language, published } = reader;
  const { parts, next } = reading;
  if (!parts || parts.year !== undefined || parts.month === undefined) return reading;
  const turned = (year: number, end: number): Reading => {
    const dated = { ...parts, year };
    return { next: end, period: placeParts(reader, dated, at), parts: dated };
  };
  const index = skip(tokens, next, language === 'fr' ? "de l' d'" : ', of in');
  if (language === 'en') {
    const step = YEAR_TURNS.get(wordAt(tokens, index));
    if (step === undefined || wordAt(tokens, index + 1) !== 'year') return reading;
    return published.year === null
      ? { next: index + 2, period: null }
      : turned(published.year + step, index + 2);
  }
  const turn = wordAt(tokens, next);
  const way = /^derni(?:er|ère)$/.test(turn) ? -1 : /^prochaine?$/.test(turn) ? 1 : 0;
  if (way !== 0) return nearestOn(published, turned, way, next + 1);
  const owner = skip(tokens, index, "l'");
  if (/^(?:an|année)$/.test(wordAt(tokens, owner))) {
    const after = wordAt(tokens, owner + 1);
    const step = /^(?:derni(?:er|ère)|passée?)$/.test(after) ? -1 : /^prochaine?$/.test(after) ? 1 : null;
    if (step !== null)
      return published.year === null
        ? { next: owner + 2, period: null }
        : turned(published.year + step, owner + 2);
  }
  if (wordAt(tokens, index) === 'cette' && wordAt(tokens, index + 1) === 'année')
    return published.year === null ? { next: index + 2, period: null } : turned(published.year, index + 2);
  return reading;
}

// --- where a date may begin

const BEGIN = {
  en: new Set(
    'january jan february feb march mar april apr may june jun july jul august aug september sept sep october oct november nov december dec monday mon tuesday tue tues wednesday wed thursday thu thurs friday fri saturday sunday spring summer autumn fall winter yesterday today tonight tomorrow last past next this previous following coming current recent the that same earlier later in a an one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety several few many some couple from between since starting beginning until till up by no not before prior after around circa about roughly approximately early mid late start outset middle end close first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth final opening closing week weekend month twenties thirties forties fifties sixties seventies eighties nineties q1 q2 q3 q4 h1 h2'.split(
      ' ',
    ),
  ),
  fr: new Set(
    "janvier janv février févr fevrier mars avril avr mai juin juillet juil août aout septembre sept octobre oct novembre nov décembre déc decembre lundi mardi mercredi jeudi vendredi samedi dimanche printemps été automne hiver hier avant-hier aujourd'hui demain après-demain la le l' les ces des cette ce cet il voilà voici dans plus veille lendemain avant-veille surlendemain semaine mois an année trimestre week-end weekend nuit dernier dernière derniers dernières prochain prochaine prochains prochaines précédent précédente un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent quelques plusieurs de d' du entre depuis dès à jusqu' avant après vers environ autour aux début mi milieu fin premier première deuxième second seconde troisième quatrième années décennie t1 t2 t3 t4 q1 q2 q3 q4 s1 s2".split(
      ' ',
    ),
  ),
};

function mayBeginDate(token: Token, language: Language): boolean {
  if (token.kind === 'number') return true;
  if (token.kind !== 'word') return false;
  return BEGIN[language].has(token.lower) || token.lower.includes('-') || /^[xv]+i*[xv]*e$/.test(token.lower);
}
