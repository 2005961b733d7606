// Feasts that news dates by: "Christmas Day", "New Year's Eve 2015", "Easter Monday", « Noël », « la Toussaint ».
import { type Day, dayPeriod, shiftDays } from './date-calendar.ts';
import { placeParts } from './date-day.ts';
import {
  anyAt,
  type DateReader,
  leansFuture,
  type Parts,
  type Reading,
  table,
  yearAt,
} from './date-reader.ts';

/** A feast by its words: a month and day, or so many days from Easter Sunday. */
type Feast = { words: string[]; month: number; day: number } | { words: string[]; easter: number };

function feasts(
  entries: Record<string, [month: number, day: number] | number>,
): ReadonlyMap<string, Feast[]> {
  const byFirst: Record<string, Feast[]> = {};
  for (const [name, at] of Object.entries(entries)) {
    const words = name.split(' ');
    const feast: Feast = typeof at === 'number' ? { words, easter: at } : { words, month: at[0], day: at[1] };
    byFirst[words[0]!] = [...(byFirst[words[0]!] ?? []), feast];
  }
  return table(byFirst);
}

// The longer name stands before the shorter one that begins it.
const FEASTS = {
  en: feasts({
    'christmas eve': [12, 24],
    'christmas day': [12, 25],
    christmas: [12, 25],
    'boxing day': [12, 26],
    "new year 's eve": [12, 31],
    "new year 's day": [1, 1],
    'good friday': -2,
    'easter sunday': 0,
    'easter monday': 1,
    easter: 0,
  }),
  fr: feasts({
    noël: [12, 25],
    'saint-sylvestre': [12, 31],
    "jour de l' an": [1, 1],
    'nouvel an': [1, 1],
    toussaint: [11, 1],
    'vendredi saint': -2,
    'lundi de pâques': 1,
    pâques: 0,
    ascension: 39,
    'lundi de pentecôte': 50,
    pentecôte: 49,
  }),
};

/** A feast with its year, or the last one before publication. Feasts are read only where they have their capital. */
export function readFeast(reader: DateReader, at: number): Reading | null {
  const { tokens, language, published } = reader;
  const candidates = FEASTS[language].get(anyAt(tokens, at));
  if (!candidates) return null;
  const feast = candidates.find(({ words }) =>
    words.every((word, index) => anyAt(tokens, at + index) === word),
  );
  if (!feast) return null;
  const end = at + feast.words.length;
  if (!tokens.slice(at, end).some((token) => token.capital)) return null;
  // "the Ascension Islands", "Christmas Island", "Easter Road" are names.
  if (tokens[end]?.capital && yearAt(tokens, end) === null && language === 'en') return null;
  const year = yearAt(tokens, end) ?? undefined;
  const next = year === undefined ? end : end + 1;
  if ('month' in feast) {
    const parts: Parts = { days: [feast.day], month: feast.month, year };
    return { next, period: placeParts(reader, parts, at), parts };
  }
  const day = (of: number): Day => shiftDays(easterOf(of), feast.easter);
  if (year !== undefined) return { next, period: dayPeriod(day(year)) };
  if (!published.day) return { next, period: null };
  const today = published.day.year * 10_000 + published.day.month * 100 + published.day.day;
  const order = (candidate: Day) => candidate.year * 10_000 + candidate.month * 100 + candidate.day - today;
  const { year: now } = published.day;
  const found = leansFuture(reader, at)
    ? [now, now + 1].map(day).find((candidate) => order(candidate) >= 0)
    : [now, now - 1].map(day).find((candidate) => order(candidate) <= 0);
  return { next, period: found ? dayPeriod(found) : null };
}

/** Easter Sunday of the Gregorian calendar, by the anonymous algorithm of Nature (1876), as Meeus gives it. */
function easterOf(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return { year, month: Math.floor(f / 31), day: (f % 31) + 1 };
}
