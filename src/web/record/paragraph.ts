// The paragraph around a passage, as a reader of the source would meet it. Pure.
import type { Layout } from '../../record/source.ts';

/** Text on one side of a passage beyond this is cut at a word; a page without paragraphs is not quoted whole. */
const MOST_AROUND = 700;

/** A stretch of a text around a passage, and whether text of the same paragraph was cut off on either side. */
export interface Context {
  start: number;
  end: number;
  cutBefore: boolean;
  cutAfter: boolean;
}

/**
 * The paragraphs a passage stands in: those of the layout it touches, else what lies between line breaks. Never longer
 * than 700 characters on either side of the passage, cut at a space.
 */
export function paragraphAround(
  text: string,
  passage: { start: number; end: number },
  blocks: Layout['blocks'] = [],
): Context {
  const touched = blocks.filter((block) => block.start < passage.end && block.end > passage.start);
  let start = Math.min(passage.start, ...touched.map((block) => block.start));
  let end = Math.max(passage.end, ...touched.map((block) => block.end));
  if (touched.length === 0) {
    start = text.lastIndexOf('\n', passage.start - 1) + 1;
    const next = text.indexOf('\n', passage.end);
    end = next === -1 ? text.length : next;
    // A passage at the very start of the text has no line break before it to look for.
    if (passage.start === 0) start = 0;
  }
  while (start < passage.start && /\s/.test(text[start]!)) start++;
  while (end > passage.end && /\s/.test(text[end - 1]!)) end--;
  const cutBefore = passage.start - start > MOST_AROUND;
  const cutAfter = end - passage.end > MOST_AROUND;
  if (cutBefore) start = wordStart(text, passage.start - MOST_AROUND, passage.start);
  if (cutAfter) end = wordEnd(text, passage.end + MOST_AROUND, passage.end);
  return { start, end, cutBefore, cutAfter };
}

function wordStart(text: string, from: number, limit: number): number {
  const space = text.slice(from, limit).search(/\s/);
  return space === -1 ? outside(text, from) : from + space + 1;
}

function wordEnd(text: string, from: number, limit: number): number {
  for (let at = from; at > limit; at--) if (/\s/.test(text[at]!)) return at;
  return outside(text, from);
}

/** A boundary that splits no character. */
function outside(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
