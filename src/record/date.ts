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
 * @example dateRange('2014-10') // 1 October 2014 00:00:00.000 to 31 October 23:59:59.999, UTC
 */
export function dateRange(text: string): DateRange | null {
  try {
    const date = edtf(text);
    return {
      from: date.min === null || !Number.isFinite(date.min) ? -Infinity : date.min,
      to: date.max === null || !Number.isFinite(date.max) ? Infinity : date.max,
    };
  } catch {
    return null;
  }
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
