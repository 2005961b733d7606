// A passage: a pin into a source's text, after the W3C Web Annotation Data Model (§4.2.4, §4.2.5).
// Positions are UTF-16 code units of the text rendition, because that is what every JavaScript reader slices by;
// the W3C counts code points, so an export to Web Annotation has to convert (docs/architecture.md).
import { z } from 'zod';
import { Id, Sha256 } from './common.ts';

/** How many characters of context a passage keeps on either side, so that it can be found again. */
export const CONTEXT_LENGTH = 64;

/** A rectangle on a PDF page, in PDF points (1/72 inch) from the page's top left corner. */
export const Rectangle = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** The stretch of a page a passage covers; pages are numbered from 1. */
export const PageArea = z
  .object({ page: z.int().min(1), rectangles: z.array(Rectangle).max(500) })
  .meta({ id: 'PageArea', title: 'Page area' });
export type PageArea = z.infer<typeof PageArea>;

/** A pin into a source's text rendition: quote, context and position together. */
export const Passage = z
  .object({
    source: Id,
    /** SHA-256 of the text rendition the positions count in. */
    rendition: Sha256,
    exact: z.string().min(1).max(20_000),
    prefix: z.string().max(CONTEXT_LENGTH),
    suffix: z.string().max(CONTEXT_LENGTH),
    start: z.int().min(0),
    end: z.int().min(1),
    pages: z.array(PageArea).max(200),
    /** Whether the passage still stands in the newest rendition: exactly, nearly (found again by its context), or not at all. */
    anchor: z.enum(['exact', 'fuzzy', 'lost']),
  })
  .meta({ id: 'Passage', title: 'Passage', description: 'A pin into the text of a source.' });
export type Passage = z.infer<typeof Passage>;

/** The part of a passage a person or a proposer chooses; the rest is cut from the text. */
export const PassageRange = z.object({ source: Id, start: z.int().min(0), end: z.int().min(1) });

/** Moves a boundary off the middle of a surrogate pair, outwards, so that no slice holds half a character. */
function outsidePair(text: string, index: number, step: -1 | 1): number {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  const splits = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return splits ? index + step : index;
}

/**
 * Pins a range of a text. Throws RangeError when the range is empty or outside the text:
 * a caller that passes on what a person sent checks first and answers with a problem.
 */
export function pin(
  text: string,
  range: { start: number; end: number },
  of: { source: Id; rendition: string; pages?: PageArea[] },
): Passage {
  if (range.start < 0 || range.end > text.length || range.start >= range.end) {
    throw new RangeError(`range ${range.start}–${range.end} is not in a text of ${text.length}`);
  }
  const start = outsidePair(text, range.start, -1);
  const end = outsidePair(text, range.end, 1);
  return {
    source: of.source,
    rendition: of.rendition,
    exact: text.slice(start, end),
    prefix: text.slice(outsidePair(text, Math.max(0, start - CONTEXT_LENGTH), 1), start),
    suffix: text.slice(end, outsidePair(text, Math.min(text.length, end + CONTEXT_LENGTH), -1)),
    start,
    end,
    pages: of.pages ?? [],
    anchor: 'exact',
  };
}

/** Whether a passage stands where it says: the one invariant that everything published is checked by. */
export function stands(text: string, passage: Pick<Passage, 'exact' | 'start' | 'end'>): boolean {
  return text.slice(passage.start, passage.end) === passage.exact;
}
