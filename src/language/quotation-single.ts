// Single quotation marks of one paragraph, told from apostrophes and fitted between the double ones.
import type { Span } from '../record/suggestion.ts';
import type { Pair } from './quotation.ts';
import { isDigitAt, isLetterAt, isSpaceAt, isUpperAt } from './text-model.ts';

/** A single quotation mark looks for its partner no further than this many code units. */
const LONGEST_SINGLE = 1500;

/** Marks after which, as after white space, a single mark opens. */
const OPENS_AFTER = '([—–"“«„-/';

/** Words written with a leading apostrophe. */
const CLIPPED = /^(?:\d0s|\d\d\b|til|tis|twas|em|cause|n)\b/i;

/** Adds single-quote pairs that fit between the strong ones; returns all pairs in order of their opening. */
export function matchSingle(
  text: string,
  paragraph: Span,
  strong: Pair[],
  following: Span | undefined,
): Pair[] {
  const ordered = [...strong].sort((a, b) => a.open - b.open || b.close - a.close);
  const singles: Pair[] = [];
  const enclosing: Pair[] = [];
  let next = 0;
  const unclosed = openThroughout(text, paragraph, strong, following);
  if (unclosed) return [unclosed, ...ordered];
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
    singles.push({
      open: index,
      width: 1,
      close,
      closeWidth: 1,
      mark: text[index] === '`' ? '‘' : text[index]!,
      closed: true,
      continuation: false,
    });
    // Strong pairs inside the single one are stepped over by the loop above; singles do not nest in singles.
    index = close + 1;
  }
  return [...ordered, ...singles].sort((a, b) => a.open - b.open || b.close - a.close);
}

function opensSingle(text: string, index: number, paragraph: Span): boolean {
  const char = text[index]!;
  if (char !== "'" && char !== '‘' && char !== '‚' && char !== '‛' && char !== '`' && char !== '’')
    return false;
  // A closing mark opens only what it closes at once: ’Em and ’90s are apostrophes, ’word’ a pair.
  if (char === '’' && !/^’[\p{L} ]{1,40}’(?!\p{L})/u.test(text.slice(index, index + 44))) return false;
  // Doubled ones are double marks.
  if (text[index + 1] === char || (index > paragraph.start && text[index - 1] === char)) return false;
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

/** A paragraph opened by a single mark that it does not close, while the next one opens the same mark again. */
function openThroughout(
  text: string,
  paragraph: Span,
  strong: Pair[],
  following: Span | undefined,
): Pair | null {
  const mark = text[paragraph.start]!;
  if ((mark !== '‘' && mark !== "'") || following === undefined || text[following.start] !== mark)
    return null;
  if (!opensSingle(text, paragraph.start, paragraph) || !opensSingle(text, following.start, following))
    return null;
  const limit = Math.min(paragraph.end, paragraph.start + LONGEST_SINGLE);
  if (closingSingle(text, paragraph.start, limit, strong, 0) !== null) return null;
  return {
    open: paragraph.start,
    width: 1,
    close: paragraph.end,
    closeWidth: 0,
    mark,
    closed: false,
    continuation: false,
  };
}
