// Double quotation marks and guillemets of one paragraph, matched; inches, stray and wrong marks told from them.
import type { Span } from '../record/suggestion.ts';
import type { Pair } from './quotation.ts';
import { isDigitAt, isLetterAt, isSpaceAt } from './text-model.ts';

/** What matching one paragraph gives. */
export interface Match {
  pairs: Pair[];
  /** The mark left open, when it may stand for a quotation that its paragraph or sentence ends. */
  rest: { at: number; width: number; mark: string; continuation: boolean } | null;
}

interface Open {
  at: number;
  width: number;
  mark: string;
  continuation: boolean;
}

/** A mark as written: what it is called here, and what it can do where it stands. */
interface Mark {
  at: number;
  width: number;
  /** “ for all curly marks, " for straight ones and doubled apostrophes, « for guillemets, ‹ for single ones, „ low. */
  kind: '“' | '"' | '«' | '‹' | '„';
  opens: boolean;
  closes: boolean;
}

/** A stack deeper than this is not nesting but noise; the oldest entries cannot matter any more. */
const DEEPEST = 8;

/** Pairs of double marks and guillemets in one paragraph. `carried` is the mark left open by the paragraph before. */
export function matchStrong(text: string, paragraph: Span, carried: string | null): Match {
  const pairs: Pair[] = [];
  const open: Open[] = [];
  let index = paragraph.start;
  while (index < paragraph.end) {
    const mark = markAt(text, index, paragraph);
    if (mark === null) {
      index++;
      continue;
    }
    index += mark.width;
    if (
      mark.at === paragraph.start &&
      carried !== null &&
      (mark.kind === carried || (carried === '“' && mark.kind === '"'))
    ) {
      open.push({ at: mark.at, width: mark.width, mark: carried, continuation: true });
      continue;
    }
    if (mark.closes && close(mark, open, pairs)) continue;
    if (!mark.opens) continue;
    if (open.length >= DEEPEST) open.shift();
    open.push({
      at: mark.at,
      width: mark.width,
      mark: text[mark.at] === '„' ? '„' : mark.kind,
      continuation: false,
    });
  }
  return {
    pairs: pairs.sort((a, b) => a.open - b.open || b.close - a.close),
    rest: leftOpen(text, paragraph, open, pairs),
  };
}

/** Closes the nearest quotation that this mark can close; false when there is none. */
function close(mark: Mark, open: Open[], pairs: Pair[]): boolean {
  for (let depth = open.length - 1; depth >= 0; depth--) {
    const entry = open[depth]!;
    if (!fits(entry.mark, mark.kind)) {
      // Marks of another family stand between: only a mark of the very kind may reach past them.
      continue;
    }
    // A wrong mark closes only what was opened last.
    if (entry.mark !== mark.kind && depth < open.length - 1) continue;
    open.length = depth;
    pairs.push({
      open: entry.at,
      width: entry.width,
      close: mark.at,
      closeWidth: mark.width,
      mark: entry.mark,
      closed: true,
      continuation: entry.continuation,
    });
    return true;
  }
  return false;
}

function fits(opened: string, closing: Mark['kind']): boolean {
  if (opened === closing) return true;
  if (opened === '„') return closing === '“' || closing === '"';
  return (opened === '“' && closing === '"') || (opened === '"' && closing === '“');
}

/**
 * Only the first mark left open can stand for a quotation, and only when no other of its kind opens after it: otherwise
 * it is a slip of the pen.
 */
function leftOpen(text: string, paragraph: Span, open: Open[], pairs: Pair[]): Match['rest'] {
  const rest = open[0];
  if (!rest || open.length > 1) return null;
  const family = rest.mark === '"' ? '“' : rest.mark;
  if (pairs.some((pair) => pair.open > rest.at && (pair.mark === '"' ? '“' : pair.mark) === family))
    return null;
  const opener =
    rest.at === paragraph.start || isSpaceAt(text, rest.at - 1) || '([—–-'.includes(text[rest.at - 1]!);
  if (!opener || (rest.mark === '"' && isSpaceAt(text, rest.at + rest.width))) return null;
  return rest;
}

/** The double mark at an index, with what it can do there; null for all else, inches and seconds among it. */
function markAt(text: string, index: number, paragraph: Span): Mark | null {
  const char = text[index]!;
  switch (char) {
    case '“':
    case '‟':
    case '„':
    case '”': {
      const { before, after } = sides(text, index, 1, paragraph);
      const kind = char === '„' ? '„' : '“';
      if (char === '„') return { at: index, width: 1, kind, opens: true, closes: false };
      // The wrong one of the two: “ where only an end can be, ” where only a beginning can.
      const opening = (before && !after) || index === paragraph.start;
      const closing = !before && after;
      if (char === '”')
        return { at: index, width: 1, kind, opens: opening, closes: !opening || spaced(text, index) };
      return { at: index, width: 1, kind, opens: !closing, closes: closing || lowBefore(text, index) };
    }
    case '«':
    case '»': {
      const { before, after } = sides(text, index, 1, paragraph);
      // German and Danish point them inwards: »so«. In French a space stands on the inner side.
      const glued = index + 1 < paragraph.end && isLetterAt(text, index + 1);
      const inward = char === '»' ? before && glued : !before && after && !isSpaceAt(text, index - 1);
      const opens = char === '«' ? !inward : inward;
      return { at: index, width: 1, kind: '«', opens, closes: !opens };
    }
    case '‹':
    case '›':
      return { at: index, width: 1, kind: '‹', opens: char === '‹', closes: char === '›' };
    case '"':
      return straight(text, index, 1, paragraph);
    case '<':
    case '>':
      if (
        text[index + 1] !== char ||
        text[index + 2] === char ||
        text[index - 1] === char ||
        index + 1 >= paragraph.end
      )
        return null;
      return { at: index, width: 2, kind: '«', opens: char === '<', closes: char === '>' };
    case '`':
    case '‘':
      if (text[index + 1] !== char || index + 1 >= paragraph.end) return null;
      return { at: index, width: 2, kind: '"', opens: true, closes: false };
    case "'":
    case '’':
    case '´':
      // Two apostrophes for one mark, as typewriters and TeX have it.
      if (text[index + 1] !== char || index + 1 >= paragraph.end) return null;
      return straight(text, index, 2, paragraph);
    default:
      return null;
  }
}

/** A straight mark can open, close, or both, by what stands beside it. */
function straight(text: string, index: number, width: number, paragraph: Span): Mark | null {
  if (index > paragraph.start && isDigitAt(text, index - 1) && isMeasure(text, index, width, paragraph))
    return null;
  const { before, after } = sides(text, index, width, paragraph);
  if (before && after) {
    // Spaces on both sides: « " mot " » as French typists have it. Which of the two it is, its order says.
    return { at: index, width, kind: '"', opens: true, closes: true };
  }
  if (before)
    return { at: index, width, kind: '"', opens: true, closes: '([—–-'.includes(text[index - 1] ?? ' ') };
  if (after) return { at: index, width, kind: '"', opens: false, closes: true };
  // Letters on both sides: a space was forgotten.
  return { at: index, width, kind: '"', opens: true, closes: true };
}

/** Inches: 5'10", or a short number with no letter glued after it and a thing measured next: a 12" pipe. */
function isMeasure(text: string, index: number, width: number, paragraph: Span): boolean {
  let from = index;
  while (from > paragraph.start && index - from < 6 && (isDigitAt(text, from - 1) || text[from - 1] === '.'))
    from--;
  const foot = text[from - 1];
  if (from > paragraph.start && (foot === "'" || foot === '’' || foot === '′') && isDigitAt(text, from - 2))
    return true;
  if (width === 2 || index - from > 3) return false;
  if (from > paragraph.start && !isSpaceAt(text, from - 1)) return false;
  const next = index + 1;
  if (!isSpaceAt(text, next) || !isLetterAt(text, next + 1)) return false;
  // "… in 12" he said": a speech tag, not a thing, unless an article or a verb of measure stands before the number.
  return /(?:\b(?:an?|the|of|by|un|une|le|de)|[x×])\s$/i.test(
    text.slice(Math.max(paragraph.start, from - 5), from),
  );
}

/** Whether the sides of a mark are such that it opens (`before`) and closes (`after`): space, brackets, marks, ends. */
function sides(
  text: string,
  index: number,
  width: number,
  paragraph: Span,
): { before: boolean; after: boolean } {
  const right = index + width;
  const before =
    index === paragraph.start || isSpaceAt(text, index - 1) || '([{—–-/«“‘\'"„‚'.includes(text[index - 1]!);
  const after =
    right >= paragraph.end || isSpaceAt(text, right) || ').,;:!?…]}»”’—–-/'.includes(text[right]!);
  return { before, after };
}

/** A closing mark set apart by a space from what it closes. */
function spaced(text: string, index: number): boolean {
  return (
    isSpaceAt(text, index - 1) &&
    (index + 1 >= text.length || isSpaceAt(text, index + 1) || '.,;:!?)'.includes(text[index + 1]!))
  );
}

/** Whether “ ends what „ began, as in German: the nearest mark before it is a low one. */
function lowBefore(text: string, index: number): boolean {
  for (let at = index - 1; at >= 0 && at > index - 400; at--) {
    const char = text[at]!;
    if (char === '„') return true;
    if (char === '“' || char === '”' || char === '\n') return false;
  }
  return false;
}
