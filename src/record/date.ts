// Dates as people know them: EDTF (ISO 8601-2), so that "October 2014", "about 2016" and "before May" stay what they are.
import edtf from 'edtf';
import { z } from 'zod';

/** The first and last instant a date may mean, in milliseconds since 1970 UTC; ±Infinity where it is open. */
export interface DateRange {
  from: number;
  to: number;
}

/**
 * The range an EDTF expression covers, or null when it is not EDTF.
 * Unspecified ends ("2016/..") are open; unknown ends ("2016/") are open too: nothing narrower is known.
 * EDTF leaves open which months a season has. Here they are those of meteorology: spring ("2016-21") is March to May,
 * summer June to August, autumn September to November, winter December to February of the year after, in the north; a
 * season that says it is of the south ("2016-29" to "2016-32") lies half a year away.
 * @example dateRange('2014-10') // 1 October 2014 00:00:00.000 to 31 October 23:59:59.999, UTC
 */
export function dateRange(text: string): DateRange | null {
  // Nearly all dates are plain days, months and years; the full grammar takes a thousand times as long to read one.
  const plain = plainRange(text) ?? plainInterval(text);
  if (plain !== null) return plain;
  try {
    const date = edtf(text);
    if (date.type === 'Season') return seasonRange(date.edtf);
    const from = date.min === null || !Number.isFinite(date.min) ? -Infinity : date.min;
    const to = date.max === null || !Number.isFinite(date.max) ? Infinity : date.max;
    // "{2216,2017}": the grammar takes a list in any order, and would have it end before it begins.
    return from <= to ? { from, to } : null;
  } catch {
    return null;
  }
}

/** The range of a plain "2014", "2014-10" or "2014-10-28"; null for everything else, which may still be EDTF. */
function plainRange(text: string): DateRange | null {
  const parts = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/.exec(text);
  if (!parts) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1) - 1, Number(parts[3] ?? 1)];
  const from = utc(year, month, day);
  // The 30th of February is the 2nd of March to Date, and no date to EDTF.
  if (parts[3] !== undefined && new Date(from).getUTCDate() !== day) return null;
  if (parts[3] !== undefined) return { from, to: utc(year, month, day + 1) - 1 };
  return { from, to: (parts[2] === undefined ? utc(year + 1, 0, 1) : utc(year, month + 1, 1)) - 1 };
}

/** The range of a plain interval, "2018-01-01/2018-01-07"; null for everything else, which the grammar judges. */
function plainInterval(text: string): DateRange | null {
  const slash = text.indexOf('/');
  if (slash === -1) return null;
  const [first, last] = [plainRange(text.slice(0, slash)), plainRange(text.slice(slash + 1))];
  return first && last && first.to < last.from ? { from: first.from, to: last.to } : null;
}

const FOUR_SEASONS: readonly [month: number, months: number][] = [
  [2, 3],
  [5, 3],
  [8, 3],
  [11, 3],
];
/** First month, counted from 0, and length of what EDTF writes in the place of a month, from 21 (spring) to 41. */
const SEASONS: readonly [month: number, months: number][] = [
  ...FOUR_SEASONS,
  ...FOUR_SEASONS,
  // The south: its spring is in September, and its summer, like a northern winter, ends in the year after.
  [8, 3],
  [11, 3],
  [2, 3],
  [5, 3],
  // Quarters, thirds and halves of a year.
  [0, 3],
  [3, 3],
  [6, 3],
  [9, 3],
  [0, 4],
  [4, 4],
  [8, 4],
  [0, 6],
  [6, 6],
];

/** The range of "2016-21", which the grammar has accepted; it counts every season from January itself. */
function seasonRange(text: string): DateRange | null {
  const parts = /^(-?\d+)-(\d\d)$/.exec(text);
  const season = SEASONS[Number(parts?.[2]) - 21];
  if (!parts || !season) return null;
  const year = Number(parts[1]);
  const [month, months] = season;
  return { from: utc(year, month, 1), to: utc(year, month + months, 1) - 1 };
}

/** Milliseconds since 1970; unlike Date.UTC it does not take the years 0–99 for 1900–1999. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

/** Whether two ranges share an instant. */
export function overlaps(a: DateRange, b: DateRange): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** An EDTF expression, as text; "2014-10-28", "2014-10", "2016~", "2021-01/2021-08", "../2016". */
export const EdtfDate = z
  .string()
  .min(1)
  .max(80)
  .refine(
    (text) => dateRange(text) !== null,
    'Write the date as EDTF: 2014-10-28, 2014-10, 2014, 2016~ or 2021-01/2021-08.',
  )
  .meta({
    id: 'EdtfDate',
    title: 'Date',
    description: 'A date in the Extended Date Time Format (ISO 8601-2).',
  });
export type EdtfDate = z.infer<typeof EdtfDate>;
