// One date with what qualifies it, "the end of May", "two days before 12 May", « le 12 mai dernier », but no bound and no other end.
import {
  about,
  compareDays,
  type Period,
  type Published,
  partOf,
  type Unit,
  unitsFrom,
} from './date-calendar.ts';
import { placeParts, readCalendar, readMonth, readNamedMonth, readNumeric } from './date-day.ts';
import { readRelativeEnglish, UNITS_ENGLISH } from './date-english.ts';
import { readFeast } from './date-feast.ts';
import { EVES, readRelativeFrench, UNITS_FRENCH } from './date-french.ts';
import { anyAt, type DateReader, monthAt, type Reading, skip, table, wordAt } from './date-reader.ts';
import { fromPublication, readCount } from './date-relative.ts';
import { readCentury, readDecade, readFirstUnits, readQuarter, readSeason, readYear } from './date-year.ts';
/** A date that may be a part of another: "the end of May". */
export interface PartReading extends Reading {
  whole?: Period | null;
  part?: 'early' | 'mid' | 'late';
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
export function readPart(reader: DateReader, at: number): PartReading | null {
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
  else index = skip(tokens, index, "de d' du des");
  const article = skip(tokens, index, language === 'fr' ? "la le l' cette ce" : 'the this');
  const unit = (language === 'fr' ? UNITS_FRENCH : UNITS_ENGLISH).get(wordAt(tokens, article));
  const plain = readPoint(reader, index, true) ?? (article > index ? readPoint(reader, article, true) : null);
  if (plain?.parts?.days || (plain && !plain.parts && plain.next === index)) return null;
  if (plain)
    return {
      next: plain.next,
      period: plain.period && partOf(plain.period, part),
      whole: plain.period,
      part,
    };
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
    return { next: article + 1, period: period && partOf(period, part), whole: period, part };
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
  const days = unit === 'week' ? 7 : unit === 'fortnight' ? 14 : 0;
  const period =
    days > 0
      ? about(unitsFrom(from.period.first, 'day', step * count * days))
      : unitsFrom(from.period.first, unit, step * count);
  return { next: from.next, period };
}

/** "the end of the end of …": no date is nested deeper than this. */
const DEEPEST = 3;

/** One date, with no bound and no other end. `introduced` says that only a date can stand here. */
export function readPoint(
  reader: DateReader,
  at: number,
  introduced: boolean,
  shifted = true,
): Reading | null {
  if (reader.depth >= DEEPEST) return null;
  reader.depth++;
  const reading = readPlain(reader, at, introduced, shifted);
  reader.depth--;
  return reading;
}

function readPlain(reader: DateReader, at: number, introduced: boolean, shifted: boolean): Reading | null {
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
  const feast = readFeast(reader, at);
  if (feast) return withTurn(reader, feast, at);
  const calendar = readCalendar(reader, at);
  if (calendar) return lendYear(reader, withTurn(reader, calendar, at), at);
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

/** "on 24 July and 5 August 2006", « le 24 juillet 2006 et le 5 août »: dates named together share the one year they have. */
function lendYear(reader: DateReader, reading: Reading, at: number): Reading {
  const { tokens, language } = reader;
  const { parts, next } = reading;
  if (!parts?.days || parts.month === undefined || parts.year !== undefined) return reading;
  const articles = language === 'fr' ? 'le du au' : 'the on';
  let year: number | undefined;
  if (LINKS.test(wordAt(tokens, next))) {
    const other = skip(tokens, next + 1, articles);
    const ahead = readCalendar(reader, other);
    if (ahead?.parts?.days && ahead.parts.month !== undefined) year = ahead.parts.year;
  }
  if (year === undefined && reader.dated && reader.dated.next >= at - 3) {
    let link = reader.dated.next;
    if (LINKS.test(wordAt(tokens, link))) link = skip(tokens, link + 1, articles);
    if (link === at) year = reader.dated.year;
  }
  if (year === undefined) return reading;
  const dated = { ...parts, year };
  return { next, period: placeParts(reader, dated, at), parts: dated };
}

const LINKS = /^(?:and|or|et|ou|,|puis|then|&)$/;

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
