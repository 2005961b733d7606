// Dates of English counted from publication or from the date before: "last Tuesday", "two days earlier".
import { type Period, type Published, type Unit, unitsFrom, weekdayOfDay } from './date-calendar.ts';
import {
  type DateReader,
  leansFuture,
  monthAt,
  type Reading,
  skip,
  table,
  weekdayAt,
  wordAt,
} from './date-reader.ts';
import {
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
import { seasonAt } from './date-year.ts';

export const UNITS_ENGLISH = table<Unit>({
  day: 'day',
  days: 'day',
  night: 'day',
  nights: 'day',
  week: 'week',
  weeks: 'week',
  weekend: 'weekend',
  weekends: 'weekend',
  fortnight: 'fortnight',
  month: 'month',
  months: 'month',
  quarter: 'quarter',
  quarters: 'quarter',
  year: 'year',
  years: 'year',
  decade: 'decade',
  decades: 'decade',
});

const DAY_WORDS = table<number>({ yesterday: -1, today: 0, tonight: 0, tomorrow: 1 });
const PARTS_OF_DAY = /^(?:morning|afternoon|evening|night)$/;

/** Dates of English counted from publication or from the date before. */
export function readRelativeEnglish(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const word = wordAt(tokens, at);
  const offset = isTitle(reader, at) ? undefined : DAY_WORDS.get(word);
  if (offset !== undefined) {
    const next = PARTS_OF_DAY.test(wordAt(tokens, at + 1)) ? at + 2 : at + 1;
    return { next, period: fromPublication(published, 'day', offset) };
  }
  switch (word) {
    case 'last':
    case 'past':
    case 'next':
    case 'this':
    case 'previous':
    case 'following':
    case 'coming':
    case 'current':
    case 'recent':
      return readDirected(reader, at, word);
    case 'the':
      return readTheDay(reader, at);
    case 'that':
    case 'same':
      return readThat(reader, at);
    case 'earlier':
    case 'later':
      return readEarlier(reader, at);
    case 'in':
      return readIn(reader, at);
  }
  return readWeekdayEnglish(reader, at) ?? readAgo(reader, at);
}

/** A newspaper or a programme: USA TODAY, “This Week”. */
function isTitle(reader: DateReader, at: number): boolean {
  const { tokens } = reader;
  if (!tokens[at]!.capital) return false;
  const before = tokens[at - 1]?.text ?? '';
  if (before === 'USA' || before === 'Today') return true;
  return /^["“‘']$/.test(before) && tokens[at + 1]?.capital === true;
}

const WEEK_TURNS = table({ this: 0, last: -1, next: 1 });

function readWeekdayEnglish(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const weekday = weekdayAt(tokens, at, 'en');
  if (weekday === null) return null;
  const before = wordAt(tokens, at - 1);
  if (/^(?:every|each|bloody|black|good|ash|palm|super|cyber|holy|shrove|easter)$/.test(before)) return null;
  const after = tokens[at + 1];
  if (
    after?.capital &&
    /^(?:times|telegraph|mirror|express|mail|post|world|herald|star|sun|people|service|school)$/.test(
      after.lower,
    )
  )
    return null;
  const tagged = PARTS_OF_DAY.test(wordAt(tokens, at + 1)) ? at + 2 : at + 1;
  if (wordAt(tokens, tagged) === 'last' && wordAt(tokens, tagged + 1) === 'week')
    return { next: tagged + 2, period: dayOfWeek(fromPublication(published, 'week', -1), weekday) };
  const of = skip(tokens, tagged, 'of');
  const step = WEEK_TURNS.get(wordAt(tokens, of));
  if (step !== undefined && wordAt(tokens, of + 1) === 'week')
    return { next: of + 2, period: dayOfWeek(fromPublication(published, 'week', step), weekday) };
  const way = leansFuture(reader, at) ? 'next' : 'past';
  return { next: tagged, period: placeWeekday(published, weekday, way), parts: { weekday } };
}

/** "last week", "next Monday", "this summer", "the past two years", "the following day". */
function readDirected(reader: DateReader, at: number, word: string): Reading | null {
  const { tokens, published } = reader;
  const definite = wordAt(tokens, at - 1) === 'the';
  // "Following Wednesday's vote" is a preposition.
  if ((word === 'following' && !definite) || isTitle(reader, at)) return null;
  const step = /^(?:next|coming|following)$/.test(word) ? 1 : word === 'this' || word === 'current' ? 0 : -1;
  const anaphoric =
    word === 'previous' ||
    word === 'following' ||
    (word === 'next' &&
      definite &&
      (reader.anchor !== null || UNITS_ENGLISH.get(wordAt(tokens, at + 1)) === 'day'));
  const weekday = weekdayAt(tokens, at + 1, 'en');
  const way = step < 0 ? 'last' : step > 0 ? 'next' : 'this';
  if (weekday !== null) {
    const next = PARTS_OF_DAY.test(wordAt(tokens, at + 2)) ? at + 3 : at + 2;
    if (anaphoric && reader.anchor?.precision === 'day') {
      const near = { day: reader.anchor.first, month: null, year: null };
      return { next, period: placeWeekday(near, weekday, step < 0 ? 'last' : 'next') };
    }
    const period =
      way === 'this'
        ? dayOfWeek(fromPublication(published, 'week', 0), weekday)
        : placeWeekday(published, weekday, way);
    return { next, period };
  }
  const month = word === 'past' || word === 'recent' ? null : monthAt(tokens, at + 1, 'en');
  if (month) {
    if (step > 0) return { next: month.next, period: placeNextMonth(published, month.month) };
    if (step === 0) return { next: month.next, period: placeThisMonth(published, month.month) };
    return { next: month.next, period: placeLastMonth(published, month.month) };
  }
  const season = seasonAt(tokens, at + 1, 'en');
  if (season !== null && word !== 'recent' && wordAt(tokens, at + 1) !== 'fall')
    return { next: at + 2, period: placeSeason(published, season, way) };
  const unitWord = wordAt(tokens, at + 1);
  if (step <= 0 && /^(?:morning|afternoon|evening|night)$/.test(unitWord)) {
    if (word !== 'this' && !(word === 'last' && unitWord === 'night')) return null;
    return { next: at + 2, period: fromPublication(published, 'day', word === 'last' ? -1 : 0) };
  }
  const unit = UNITS_ENGLISH.get(unitWord);
  // "the last week of July", "the last day of the trial"
  if (unit && definite && wordAt(tokens, at + 2) === 'of') return null;
  if (unit && !unitWord.endsWith('s')) {
    if (unit === 'day' && (word === 'last' || word === 'this' || word === 'past' || word === 'recent'))
      return null;
    if (anaphoric) return { next: at + 2, period: fromAnchor(reader, unit, step) };
    if (
      word === 'past' ||
      (word === 'last' && definite && /^(?:over|in|during|for|within)$/.test(wordAt(tokens, at - 2)))
    )
      return { next: at + 2, period: stretchFromPublication(published, unit, -1) };
    const period = fromPublication(published, unit, step);
    if (unit === 'week') {
      // "next week on Tuesday", "last week Wednesday"
      const on = skip(tokens, at + 2, 'on');
      const named = weekdayAt(tokens, on, 'en');
      if (named !== null) return { next: on + 1, period: dayOfWeek(period, named) };
    }
    return { next: at + 2, period };
  }
  if (unit && /^(?:recent|coming|past|following|next|last)$/.test(word))
    return { next: at + 2, period: null };
  const count = step === 0 ? null : readCount(reader, at + 1);
  const counted = count && UNITS_ENGLISH.get(wordAt(tokens, count.next));
  if (!count || !counted) return null;
  const period =
    count.count === null || word === 'following' || word === 'previous'
      ? null
      : stretchFromPublication(published, counted, step * count.count);
  return { next: count.next + 1, period };
}

/** "the day before yesterday", "the day before", "the next day", "the following night", "the weekend". */
function readTheDay(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const word = wordAt(tokens, at + 1);
  const unit = UNITS_ENGLISH.get(word);
  if (unit && unit !== 'quarter' && !word.endsWith('s')) {
    const side = wordAt(tokens, at + 2);
    if (side === 'before' || side === 'after') {
      const beyond = wordAt(tokens, at + 3);
      if (unit === 'day' && side === 'before' && beyond === 'yesterday')
        return { next: at + 4, period: fromPublication(published, 'day', -2) };
      if (unit === 'day' && side === 'after' && beyond === 'tomorrow')
        return { next: at + 4, period: fromPublication(published, 'day', 2) };
      if (side === 'before' && beyond === 'last')
        return { next: at + 4, period: fromPublication(published, unit, -2) };
      if (side === 'after' && beyond === 'next')
        return { next: at + 4, period: fromPublication(published, unit, 2) };
      // "the day before the vote" is counted from an event.
      if (opensObject(reader, at + 3)) return null;
      return { next: at + 3, period: fromAnchor(reader, unit, side === 'before' ? -1 : 1) };
    }
    if (word === 'weekend' && side !== 'of' && /^(?:over|at|during|on)$/.test(wordAt(tokens, at - 1)))
      return { next: at + 2, period: lastWeekend(published) };
    return null;
  }
  return null;
}

function lastWeekend(published: Published): Period | null {
  if (!published.day) return null;
  return unitsFrom(published.day, 'weekend', weekdayOfDay(published.day) >= 6 ? 0 : -1);
}

/** "that day", "the same week", "that weekend": what the text spoke of last. */
function readThat(reader: DateReader, at: number): Reading | null {
  const { tokens } = reader;
  const before = wordAt(tokens, at - 1);
  const same = wordAt(tokens, at) === 'same';
  if (same && before !== 'the' && before !== 'that') return null;
  const word = wordAt(tokens, at + 1);
  const unit = UNITS_ENGLISH.get(word);
  if (unit && !word.endsWith('s'))
    return { next: at + 2, period: reader.anchor && fromAnchor(reader, unit, 0) };
  if (!same && /^(?:morning|afternoon|evening)$/.test(word))
    return { next: at + 2, period: reader.anchor && fromAnchor(reader, 'day', 0) };
  return null;
}

/** "earlier this month", "later this year": the part of it before or after publication. */
function readEarlier(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const direction = wordAt(tokens, at);
  let index = skip(tokens, at + 1, 'in');
  index = skip(tokens, index, 'the this');
  if (index === at + 1) return null;
  const word = wordAt(tokens, index);
  if (word === 'today' && index === at + 1)
    return { next: index + 1, period: fromPublication(published, 'day', 0) };
  const unit = UNITS_ENGLISH.get(word);
  if (!unit || unit === 'day' || word.endsWith('s')) return null;
  return {
    next: index + 1,
    period: sideOf(fromPublication(published, unit, 0), published, direction === 'earlier'),
  };
}

/** "in two weeks", "in a month's time", where the clause speaks of what is to come. */
function readIn(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const count = readCount(reader, at + 1);
  const unit = count && UNITS_ENGLISH.get(wordAt(tokens, count.next));
  if (!count || !unit || !leansFuture(reader, at)) return null;
  let next = count.next + 1;
  next = skip(tokens, skip(tokens, next, "' ’ 's"), 'time');
  return { next, period: count.count === null ? null : fromPublication(published, unit, count.count) };
}

/** "two days ago", "a year earlier", "three weeks later"; "two days before 12 May" is left to the reader of ranges. */
function readAgo(reader: DateReader, at: number): Reading | null {
  const { tokens, published } = reader;
  const count = readCount(reader, at);
  if (!count) return null;
  const unit = UNITS_ENGLISH.get(wordAt(tokens, count.next));
  if (!unit) return null;
  const next = count.next + 1;
  const tail = wordAt(tokens, next);
  if (tail === 'ago')
    return {
      next: next + 1,
      period: count.count === null ? null : fromPublication(published, unit, -count.count),
    };
  const from = wordAt(tokens, next + 1);
  if (tail === 'from' && (from === 'now' || from === 'today'))
    return {
      next: next + 2,
      period: count.count === null ? null : fromPublication(published, unit, count.count),
    };
  if (!/^(?:earlier|later|before|after|previously|afterwards)$/.test(tail)) return null;
  if ((tail === 'before' || tail === 'after') && opensObject(reader, next + 1)) return null;
  if (/^(?:earlier|later)$/.test(tail) && wordAt(tokens, next + 1) === 'than') return null;
  const step = /^(?:later|after|afterwards)$/.test(tail) ? 1 : -1;
  return {
    next: next + 1,
    period: count.count === null ? null : fromAnchor(reader, unit, step * count.count),
  };
}
