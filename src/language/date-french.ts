// Dates of French counted from publication or from the date before: « la semaine dernière », « il y a trois ans ».
import { dayPeriod, shiftDays, type Unit } from './date-calendar.ts';
import {
  type DateReader,
  leansFuture,
  monthAt,
  phrase,
  type Reading,
  skip,
  table,
  weekdayAt,
  wordAt,
} from './date-reader.ts';
import {
  anchorDay,
  dayOfWeek,
  fromAnchor,
  fromPublication,
  opensObject,
  placeLastMonth,
  placeNextMonth,
  placeSeason,
  placeThisMonth,
  placeWeekday,
  readCount,
  sideOf,
  stretchFromPublication,
} from './date-relative.ts';
import { seasonAt, seasonOf } from './date-year.ts';

export const UNITS_FRENCH = table<Unit>({
  jour: 'day',
  jours: 'day',
  nuit: 'day',
  nuits: 'day',
  semaine: 'week',
  semaines: 'week',
  mois: 'month',
  trimestre: 'quarter',
  trimestres: 'quarter',
  an: 'year',
  ans: 'year',
  année: 'year',
  années: 'year',
  'week-end': 'weekend',
  'week-ends': 'weekend',
  weekend: 'weekend',
  quinzaine: 'fortnight',
  décennie: 'decade',
  décennies: 'decade',
});
const DAY_WORDS_FRENCH = table<number>({
  hier: -1,
  'avant-hier': -2,
  "aujourd'hui": 0,
  demain: 1,
  'après-demain': 2,
});
const PARTS_OF_DAY_FRENCH = /^(?:matin|midi|soir|après-midi|nuit)$/;
const LAST = /^(?:derniers?|dernières?|passée?s?|écoulée?s?)$/;
const NEXT = /^(?:prochaine?s?)$/;
const PREVIOUS = /^(?:précédente?s?|suivante?s?|d'après|d'avant)$/;

/** Dates of French counted from publication or from the date before. */
export function readRelativeFrench(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const word = wordAt(tokens, at);
  const offset = DAY_WORDS_FRENCH.get(word);
  if (offset !== undefined) {
    const next = PARTS_OF_DAY_FRENCH.test(wordAt(tokens, at + 1)) ? at + 2 : at + 1;
    return { next, period: fromPublication(published, 'day', offset) };
  }
  switch (word) {
    case 'la':
    case 'le':
    case "l'":
    case 'les':
    case 'ces':
    case 'des':
    case 'cette':
    case 'ce':
    case 'cet':
      return readAfterArticle(reader, at);
    case 'il':
      return wordAt(tokens, at + 1) === 'y' && wordAt(tokens, at + 2) === 'a'
        ? readIlYA(reader, at + 3)
        : null;
    case 'voilà':
    case 'voici':
      return readIlYA(reader, at + 1);
    case 'dans':
      return readDans(reader, at);
    case 'plus':
      return readPlusTot(reader, at);
    case 'veille':
    case 'lendemain':
    case 'avant-veille':
    case 'surlendemain':
      return readEve(reader, at);
  }
  return (
    readWeekdayFrench(reader, at) ??
    readMonthTurn(reader, at) ??
    readNounTurn(reader, at) ??
    readLastUnits(reader, at) ??
    readEarlierFrench(reader, at)
  );
}

function readWeekdayFrench(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const weekday = weekdayAt(tokens, at, 'fr');
  if (weekday === null) return null;
  const before = wordAt(tokens, at - 1);
  if (before === 'chaque' || before === 'tous' || before === 'les') return null;
  let next = PARTS_OF_DAY_FRENCH.test(wordAt(tokens, at + 1)) ? at + 2 : at + 1;
  const turn = wordAt(tokens, next);
  if (LAST.test(turn)) return { next: next + 1, period: placeWeekday(published, weekday, 'last') };
  if (NEXT.test(turn)) return { next: next + 1, period: placeWeekday(published, weekday, 'next') };
  if (PREVIOUS.test(turn)) {
    const day = reader.anchor?.precision === 'day' ? reader.anchor.first : null;
    const near = { day, month: null, year: null };
    return { next: next + 1, period: placeWeekday(near, weekday, turn.startsWith('p') ? 'last' : 'next') };
  }
  const week = phraseWeek(reader, next);
  if (week)
    return { next: week.next, period: dayOfWeek(fromPublication(published, 'week', week.step), weekday) };
  // « le lundi » is every Monday, or the Monday of a week the text has told of: no day follows from publication.
  if (before === 'le') return { next, period: null };
  next = Math.max(next, at + 1);
  const way = leansFuture(reader, at) ? 'next' : 'past';
  return { next, period: placeWeekday(published, weekday, way), parts: { weekday } };
}

function phraseWeek(reader: DateReader, at: number): { step: number; next: number } | null {
  const { tokens } = reader;
  const index = skip(tokens, at, 'de');
  const article = wordAt(tokens, index);
  if ((article !== 'la' && article !== 'cette') || wordAt(tokens, index + 1) !== 'semaine') return null;
  if (article === 'cette') return { step: 0, next: index + 2 };
  const turn = wordAt(tokens, index + 2);
  return LAST.test(turn)
    ? { step: -1, next: index + 3 }
    : NEXT.test(turn)
      ? { step: 1, next: index + 3 }
      : null;
}

/** « mars dernier », « en juin prochain ». */
function readMonthTurn(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const month = monthAt(tokens, at, 'fr');
  if (!month) return null;
  const turn = wordAt(tokens, month.next);
  if (LAST.test(turn)) return { next: month.next + 1, period: placeLastMonth(published, month.month) };
  if (NEXT.test(turn)) return { next: month.next + 1, period: placeNextMonth(published, month.month) };
  return null;
}

/** « la semaine dernière », « ce week-end », « l'été dernier », « les six derniers mois », « la veille ». */
function readAfterArticle(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const article = wordAt(tokens, at);
  const index = at + 1;
  const word = wordAt(tokens, index);
  if (article === 'ce' || article === 'cet' || article === 'cette') return readCe(reader, at, word);
  if (article === 'les' || article === 'ces' || article === 'des')
    return readLastUnits(reader, index, article);
  const eve = readEve(reader, index);
  if (eve) return eve;
  if (article === 'le' && word === 'jour') {
    const after = wordAt(tokens, index + 1);
    if (after === 'même') return { next: index + 2, period: reader.anchor && fromAnchor(reader, 'day', 0) };
    if (/^d(?:'|')?$/.test(after) || after === "d'") {
      const side = wordAt(tokens, index + 2);
      if (side === 'avant' || side === 'après')
        return { next: index + 3, period: fromAnchor(reader, 'day', side === 'avant' ? -1 : 1) };
    }
  }
  if (word === 'même') {
    const unit = UNITS_FRENCH.get(wordAt(tokens, index + 1));
    return unit ? { next: index + 2, period: reader.anchor && fromAnchor(reader, unit, 0) } : null;
  }
  const turned = readNounTurn(reader, index);
  if (turned) return turned;
  const season = seasonAt(tokens, index, 'fr');
  if (season !== null) {
    const turn = wordAt(tokens, index + 1);
    if (LAST.test(turn)) return { next: index + 2, period: placeSeason(published, season, 'last') };
    if (NEXT.test(turn)) return { next: index + 2, period: placeSeason(published, season, 'next') };
  }
  return null;
}

/** « semaine dernière », « an prochain », « mois suivant », « année d'avant »: the noun and its turn. */
function readNounTurn(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const word = wordAt(tokens, at);
  // « dernier trimestre », « prochaine semaine »
  if (LAST.test(word) || NEXT.test(word) || word === 'précédent' || word === 'précédente') {
    const unit = UNITS_FRENCH.get(wordAt(tokens, at + 1));
    if (!unit || (wordAt(tokens, at + 1).endsWith('s') && unit !== 'month')) return null;
    if (unit === 'day' || word === 'passé' || word === 'passée') return null;
    // « la dernière semaine de mai » is the last of May.
    if (/^(?:de|d'|du)$/.test(wordAt(tokens, at + 2))) return null;
    return { next: at + 2, period: fromPublication(published, unit, NEXT.test(word) ? 1 : -1) };
  }
  const unit = UNITS_FRENCH.get(word);
  if (!unit || (word.endsWith('s') && unit !== 'month')) return null;
  const turn = wordAt(tokens, at + 1);
  if (LAST.test(turn)) {
    if (unit === 'day')
      return word === 'nuit' ? { next: at + 2, period: fromPublication(published, 'day', -1) } : null;
    return { next: at + 2, period: fromPublication(published, unit, -1) };
  }
  if (NEXT.test(turn)) return { next: at + 2, period: fromPublication(published, unit, 1) };
  if (PREVIOUS.test(turn))
    return { next: at + 2, period: fromAnchor(reader, unit, turn.startsWith('p') ? -1 : 1) };
  if (turn === "d'" && /^(?:avant|après)$/.test(wordAt(tokens, at + 2)))
    return { next: at + 3, period: fromAnchor(reader, unit, wordAt(tokens, at + 2) === 'avant' ? -1 : 1) };
  return null;
}

/** « ce matin », « cette semaine », « cet été », « ce jour-là », « ce mois-ci », « ce mardi ». */
function readCe(reader: DateReader, at: number, word: string): Reading | null {
  const { tokens, published } = reader;
  const next = at + 2;
  if (/^(?:matin|soir|midi|après-midi|nuit)$/.test(word))
    return { next, period: fromPublication(published, 'day', 0) };
  const back = /^(.+)-(là|ci)$/.exec(word);
  const noun = back ? back[1]! : word;
  const weekday = weekdayAt(tokens, at + 1, 'fr');
  if (weekday !== null) {
    const end = PARTS_OF_DAY_FRENCH.test(wordAt(tokens, next)) ? next + 1 : next;
    return { next: end, period: placeWeekday(published, weekday, leansFuture(reader, at) ? 'next' : 'past') };
  }
  const season = seasonOf(noun, 'fr');
  if (season) return { next, period: back?.[2] === 'là' ? null : placeSeason(published, season, 'this') };
  const month = monthAt(tokens, at + 1, 'fr');
  if (month) return { next: month.next, period: placeThisMonth(published, month.month) };
  if (noun === 'mois') {
    const of = skip(tokens, next, "de d'");
    const named = of > next ? monthAt(tokens, of, 'fr') : null;
    if (named) return { next: named.next, period: placeThisMonth(published, named.month) };
  }
  if (/^(?:soir|matin)$/.test(noun) && back)
    return { next, period: reader.anchor && fromAnchor(reader, 'day', 0) };
  const unit = UNITS_FRENCH.get(noun);
  if (!unit) return null;
  if (back?.[2] === 'là') return { next, period: reader.anchor && fromAnchor(reader, unit, 0) };
  return { next, period: fromPublication(published, unit, 0) };
}

/** « les six derniers mois », « ces trois dernières années », « les prochaines semaines », « trois derniers jours ». */
function readLastUnits(reader: DateReader, at: number, article = ''): Reading | null {
  const { tokens, published } = reader;
  let index = at;
  let count: number | null = null;
  const counted = readCount(reader, index);
  if (counted && counted.count !== 1) {
    count = counted.count;
    index = counted.next;
  }
  const turn = wordAt(tokens, index);
  const step = LAST.test(turn) && /^d/.test(turn) ? -1 : NEXT.test(turn) ? 1 : 0;
  if (step === 0) return null;
  if (count === null && article === '') return null;
  index++;
  const late = count === null ? readCount(reader, index) : null;
  if (late && late.count !== 1) {
    count = late.count;
    index = late.next;
  }
  const unit = UNITS_FRENCH.get(wordAt(tokens, index));
  if (!unit) return null;
  return {
    next: index + 1,
    period: count === null ? null : stretchFromPublication(published, unit, step * count),
  };
}

function readIlYA(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const index =
    phrase(tokens, at, 'à peu près') ??
    (/^(?:environ|près|plus|moins|tout|à)$/.test(wordAt(tokens, at))
      ? skip(tokens, at + 1, 'de juste peine')
      : at);
  const count = readCount(reader, index);
  const unit = count && UNITS_FRENCH.get(wordAt(tokens, count.next));
  if (!count || !unit) return null;
  // « il y a trois jours de travail » says that there are three.
  if (/^(?:de|d'|par|dans)$/.test(wordAt(tokens, count.next + 1))) return null;
  return {
    next: count.next + 1,
    period: count.count === null ? null : fromPublication(published, unit, -count.count),
  };
}

function readDans(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const count = readCount(reader, at + 1);
  const unit = count && UNITS_FRENCH.get(wordAt(tokens, count.next));
  if (!count || !unit || /^(?:de|d')$/.test(wordAt(tokens, count.next + 1))) return null;
  return {
    next: count.next + 1,
    period: count.count === null ? null : fromPublication(published, unit, count.count),
  };
}

/** « deux jours plus tôt », « un an auparavant », « trois semaines après ». */
function readEarlierFrench(reader: DateReader, at: number): Reading | null {
  const { tokens } = reader;
  const count = readCount(reader, at);
  const unit = count && UNITS_FRENCH.get(wordAt(tokens, count.next));
  if (!count || !unit) return null;
  const next = count.next + 1;
  const tail = wordAt(tokens, next);
  let step = 0;
  let end = next + 1;
  if (tail === 'plus') {
    const side = wordAt(tokens, next + 1);
    step = side === 'tôt' ? -1 : side === 'tard' ? 1 : 0;
    end = next + 2;
    if (/^(?:que|qu')$/.test(wordAt(tokens, end))) return null;
  } else if (tail === 'auparavant') step = -1;
  else if ((tail === 'avant' || tail === 'après') && !opensObject(reader, next + 1))
    step = tail === 'avant' ? -1 : 1;
  if (step === 0) return null;
  return { next: end, period: count.count === null ? null : fromAnchor(reader, unit, step * count.count) };
}

/** « plus tôt dans la semaine », « plus tard cette année ». */
function readPlusTot(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const side = wordAt(tokens, at + 1);
  if (side !== 'tôt' && side !== 'tard') return null;
  const index = skip(tokens, at + 2, 'dans');
  const article = wordAt(tokens, index);
  if (!/^(?:la|le|l'|ce|cette)$/.test(article) || (index === at + 2 && !article.startsWith('c'))) return null;
  const unit = UNITS_FRENCH.get(wordAt(tokens, index + 1).replace(/-ci$/, ''));
  if (!unit || unit === 'day') return null;
  return { next: index + 2, period: sideOf(fromPublication(published, unit, 0), published, side === 'tôt') };
}

export const EVES = table<number>({ veille: -1, lendemain: 1, 'avant-veille': -2, surlendemain: 2 });

/** « la veille », « le lendemain »: counted from the date before; « au lendemain de l'attaque » is counted from an event. */
function readEve(reader: DateReader, at: number): Reading | null {
  const { tokens } = reader;
  const step = EVES.get(wordAt(tokens, at));
  if (step === undefined) return null;
  if (/^(?:jour)$/.test(wordAt(tokens, at - 2)) && wordAt(tokens, at - 1) === 'au') return null;
  if (/^(?:de|d'|du|des)$/.test(wordAt(tokens, at + 1))) return null;
  const anchor = anchorDay(reader);
  let next = at + 1;
  if (wordAt(tokens, next) === 'au' && PARTS_OF_DAY_FRENCH.test(wordAt(tokens, next + 1))) next += 2;
  else if (wordAt(tokens, next) === 'matin' || wordAt(tokens, next) === 'soir') next++;
  return { next, period: anchor && dayPeriod(shiftDays(anchor, step)) };
}
