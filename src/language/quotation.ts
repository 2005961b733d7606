// Quotation marks of English and French, matched: nested, unclosed, re-opened at each paragraph, the French dash.
import type { Span } from '../record/suggestion.ts';
import type { Language } from './propose.ts';
import {
  isDigitAt,
  isLetterAt,
  isSpaceAt,
  isUpperAt,
  type TextModel,
  trimSpan,
  widthAt,
} from './text-model.ts';

/** A pair of marks and what stands between them. */
export interface Quotation {
  /** With its marks, as far as the text has them. */
  outer: Span;
  /** Without marks and without the white space inside them; never empty. */
  inner: Span;
  /** The opening mark: “ " « ‹ ‘ ' „ ‚ or the dash of a dialogue. */
  mark: string;
  /** 0 for a quotation that stands in no other. */
  depth: number;
  /** False when no closing mark was found and the quotation was ended by its paragraph. */
  closed: boolean;
  /** True when the quotation goes on from the paragraph before, re-opened. */
  continuation: boolean;
}

/** A single quotation mark looks for its partner no further than this many code units. */
const LONGEST_SINGLE = 1500;

const CLOSER_OF: Record<string, string> = { '“': '”', '‟': '”', '„': '”', '«': '»', '‹': '›' };

interface Pair {
  open: number;
  close: number;
  mark: string;
  closed: boolean;
  continuation: boolean;
}

/**
 * All quotations of a text, in text order, inner ones after the one they stand in. No two cross.
 * Double marks and guillemets are matched first; single marks then have to fit between them, since half of all single
 * marks are apostrophes. Linear in the length of the text.
 */
export function findQuotations(model: TextModel): Quotation[] {
  const found: Quotation[] = [];
  let unclosed: string | null = null;
  for (const paragraph of model.paragraphs) {
    const strong = matchStrong(model.text, paragraph, unclosed);
    unclosed = strong.unclosed;
    const pairs = matchSingle(model.text, paragraph, strong.pairs);
    if (pairs.length === 0) {
      const dialogue = matchDash(model.text, paragraph, model.language);
      if (dialogue) pairs.push(dialogue);
    }
    nest(model.text, pairs, found);
  }
  return found;
}

/** Pairs of double marks and guillemets in one paragraph. `carried` is the mark left open by the paragraph before. */
function matchStrong(
  text: string,
  paragraph: Span,
  carried: string | null,
): { pairs: Pair[]; unclosed: string | null } {
  const pairs: Pair[] = [];
  const open: { at: number; mark: string; continuation: boolean }[] = [];
  for (let index = paragraph.start; index < paragraph.end; index++) {
    const char = text[index]!;
    if (!'“”„‟"«»‹›'.includes(char)) continue;
    const top = open.at(-1);
    const first = index === paragraph.start;
    if (first && carried !== null && (char === carried || (carried === '«' && char === '»'))) {
      open.push({ at: index, mark: carried, continuation: true });
    } else if (char === '"') {
      const inside = open.some((entry) => entry.mark === '"');
      if (inside && !canOnlyOpen(text, index, paragraph)) {
        while (open.at(-1)!.mark !== '"') open.pop();
        const entry = open.pop()!;
        pairs.push({
          open: entry.at,
          close: index,
          mark: '"',
          closed: true,
          continuation: entry.continuation,
        });
      } else if (!inside && !canOnlyClose(text, index, paragraph)) {
        open.push({ at: index, mark: '"', continuation: false });
      }
    } else if (char === '“' && top?.mark === '„') {
      open.pop();
      pairs.push({ open: top.at, close: index, mark: '„', closed: true, continuation: top.continuation });
    } else if (CLOSER_OF[char]) {
      // A stack deeper than a handful is not nesting but noise; the oldest entries cannot matter any more.
      if (open.length >= 8) open.shift();
      open.push({ at: index, mark: char, continuation: false });
    } else {
      let depth = open.length - 1;
      while (depth >= 0 && CLOSER_OF[open[depth]!.mark] !== char) depth--;
      if (depth < 0) continue;
      const entry = open[depth]!;
      open.length = depth;
      pairs.push({
        open: entry.at,
        close: index,
        mark: entry.mark,
        closed: true,
        continuation: entry.continuation,
      });
    }
  }
  // Only the first mark left open can stand for a quotation that runs to the end of its paragraph, and only when no
  // other quotation opens after it: otherwise it is a slip of the pen.
  const rest = open[0];
  if (!rest || pairs.some((pair) => pair.open > rest.at && pair.mark === rest.mark))
    return { pairs, unclosed: null };
  const atStart = rest.at === paragraph.start;
  if (rest.mark === '"' && !atStart && !isOpenerPosition(text, rest.at, paragraph))
    return { pairs, unclosed: null };
  const whole = pairs.filter((pair) => pair.close < rest.at || pair.open > rest.at);
  whole.push({
    open: rest.at,
    close: paragraph.end,
    mark: rest.mark,
    closed: false,
    continuation: rest.continuation,
  });
  return { pairs: whole, unclosed: rest.mark };
}

/** A straight mark with space before and none after can only open. */
function canOnlyOpen(text: string, index: number, paragraph: Span): boolean {
  const before = index === paragraph.start || isSpaceAt(text, index - 1);
  const after = index + 1 >= paragraph.end || isSpaceAt(text, index + 1);
  return before && !after && (isLetterAt(text, index + 1) || isDigitAt(text, index + 1));
}

/** A straight mark with space after and none before can only close; after a digit it is inches or seconds. */
function canOnlyClose(text: string, index: number, paragraph: Span): boolean {
  const before =
    index === paragraph.start || isSpaceAt(text, index - 1) || "([—–-«‘'".includes(text[index - 1]!);
  const after = index + 1 >= paragraph.end || isSpaceAt(text, index + 1);
  return !before && (after || isDigitAt(text, index - 1) || isLetterAt(text, index - 1));
}

function isOpenerPosition(text: string, index: number, paragraph: Span): boolean {
  return index === paragraph.start || isSpaceAt(text, index - 1) || '([—–'.includes(text[index - 1]!);
}

/** Marks after which, as after white space, a single mark opens. */
const OPENS_AFTER = '([—–"“«„-/';

/** Words written with a leading apostrophe. */
const CLIPPED = /^(?:\d0s|\d\d\b|til|tis|twas|em|cause|n)\b/i;

/** Adds single-quote pairs that fit between the strong ones; returns all pairs in order of their opening. */
function matchSingle(text: string, paragraph: Span, strong: Pair[]): Pair[] {
  const ordered = [...strong].sort((a, b) => a.open - b.open || b.close - a.close);
  const singles: Pair[] = [];
  const enclosing: Pair[] = [];
  let next = 0;
  let index = paragraph.start;
  while (index < paragraph.end) {
    while (next < ordered.length && ordered[next]!.open <= index) enclosing.push(ordered[next++]!);
    while (enclosing.length > 0 && enclosing.at(-1)!.close <= index) enclosing.pop();
    if (!opensSingle(text, index, paragraph)) {
      index++;
      continue;
    }
    const limit = Math.min(paragraph.end, index + LONGEST_SINGLE, enclosing.at(-1)?.close ?? paragraph.end);
    const close = closingSingle(text, index, limit, ordered, next);
    if (close === null) {
      index++;
      continue;
    }
    singles.push({ open: index, close, mark: text[index]!, closed: true, continuation: false });
    // Strong pairs inside the single one are stepped over by the loop above; singles do not nest in singles.
    index = close + 1;
  }
  return [...ordered, ...singles].sort((a, b) => a.open - b.open || b.close - a.close);
}

function opensSingle(text: string, index: number, paragraph: Span): boolean {
  const char = text[index]!;
  if (char !== "'" && char !== '‘' && char !== '‚' && char !== '‛') return false;
  if (index > paragraph.start && !isSpaceAt(text, index - 1) && !OPENS_AFTER.includes(text[index - 1]!))
    return false;
  if (index + 1 >= paragraph.end || isSpaceAt(text, index + 1)) return false;
  return !CLIPPED.test(text.slice(index + 1, index + 8));
}

/**
 * Where the single quotation opened at `open` closes. A mark between letters is an apostrophe; one after an "s" and
 * before another word may be a possessive ("the migrants' tents"), and is taken only if no better one follows before
 * the next opening mark.
 */
function closingSingle(
  text: string,
  open: number,
  limit: number,
  strong: Pair[],
  next: number,
): number | null {
  let doubtful: number | null = null;
  for (let index = open + 1; index < limit; index++) {
    while (next < strong.length && strong[next]!.close <= index) next++;
    const pair = strong[next];
    if (pair && pair.open <= index && pair.open > open) {
      if (pair.close >= limit) break;
      index = pair.close;
      continue;
    }
    const char = text[index]!;
    if (char === '‘' || char === '‚') {
      if (text[open] !== '‚' || char !== '‘') break;
    } else if (char !== "'" && char !== '’') continue;
    else if (text[open] === '‘' && char === "'") continue;
    const before = text[index - 1]!;
    if (isSpaceAt(text, index - 1) || OPENS_AFTER.includes(before)) {
      // Another opening mark: the one at `open` stands alone. Ending here also keeps the search linear.
      if (index + 1 < limit && !isSpaceAt(text, index + 1)) break;
      continue;
    }
    if (index + 1 < text.length && (isLetterAt(text, index + 1) || isDigitAt(text, index + 1))) continue;
    const possessive =
      (before === 's' || before === 'x' || before === 'z') &&
      isSpaceAt(text, index + 1) &&
      isLetterAt(text, index + 2) &&
      !isUpperAt(text, index + 2);
    if (!possessive) return index === open + 1 ? null : index;
    doubtful ??= index;
  }
  return doubtful;
}

/** A paragraph that opens with a long dash and a capital, in French: a line of dialogue. */
function matchDash(text: string, paragraph: Span, language: Language): Pair | null {
  if (language !== 'fr') return null;
  const char = text[paragraph.start]!;
  if (char !== '—' && char !== '–') return null;
  let index = paragraph.start + 1;
  while (index < paragraph.end && isSpaceAt(text, index)) index++;
  if (index >= paragraph.end || !isUpperAt(text, index)) return null;
  return { open: paragraph.start, close: paragraph.end, mark: char, closed: false, continuation: false };
}

/** Drops crossing and empty pairs, sets depths, and appends what is left as quotations. */
function nest(text: string, pairs: Pair[], into: Quotation[]): void {
  const open: Pair[] = [];
  for (const pair of pairs) {
    while (open.length > 0 && open.at(-1)!.close < pair.open) open.pop();
    const parent = open.at(-1);
    if (parent && pair.close > parent.close) continue;
    const inner = trimSpan(text, pair.open + widthAt(text, pair.open), pair.close);
    if (!inner) continue;
    into.push({
      outer: { start: pair.open, end: pair.closed ? pair.close + 1 : pair.close },
      inner,
      mark: pair.mark,
      depth: open.length,
      closed: pair.closed,
      continuation: pair.continuation,
    });
    open.push(pair);
  }
}
