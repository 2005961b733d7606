// Finding quoted words again in the text they were quoted from: exactly, or with other spaces, quotation marks and
// apostrophes, which change no word. Never by guessing.
import type { Span } from '../../record/suggestion.ts';
import { isSpaceAt, widthAt } from '../text-model.ts';

/** A stretch of a text with its spaces, marks and letters brought to one form, and where each code unit came from. */
export interface Folded {
  /** The text all offsets count in. */
  text: string;
  span: Span;
  words: string;
  /** Where the character behind each code unit of `words` starts and ends in the text. */
  starts: Int32Array;
  ends: Int32Array;
}

/** Words found more often than this are found nowhere in particular. */
const MOST_PLACES = 50;

const SAME: Record<string, string> = {};
for (const mark of '“”„‟«»＂') SAME[mark] = '"';
for (const mark of '‘’‚‛‹›ʼ＇`´') SAME[mark] = "'";
for (const mark of '‐‑') SAME[mark] = '-';
for (const mark of '\u00ad\u200b\u2060\ufeff') SAME[mark] = '';

/** Brings a stretch of a text to one form. Linear in its length. */
export function fold(text: string, span: Span = { start: 0, end: text.length }): Folded {
  const forms: string[] = [];
  let starts = new Int32Array((span.end - span.start) * 2 + 64);
  let ends = new Int32Array(starts.length);
  let length = 0;
  let space: Span | null = null;
  let last = '';
  const push = (form: string, start: number, end: number) => {
    if (length + form.length > starts.length) [starts, ends] = [twice(starts), twice(ends)];
    forms.push(form);
    starts.fill(start, length, length + form.length);
    ends.fill(end, length, length + form.length);
    length += form.length;
    last = form;
  };
  for (let at = span.start; at < span.end; ) {
    const width = Math.min(widthAt(text, at), span.end - at);
    const char = text.slice(at, at + width);
    const form = SAME[char] ?? (char < '\u0080' ? char : char.normalize('NFD'));
    if (isSpaceAt(text, at) && form !== '') space ??= { start: at, end: at + width };
    else if (form !== '') {
      // French puts a space inside its quotation marks and English none: white space beside a mark is left out.
      if (space !== null && last !== '"' && form !== '"') push(' ', space.start, space.end);
      space = null;
      push(form, at, at + width);
    }
    at += width;
  }
  if (space !== null && last !== '"') push(' ', space.start, space.end);
  return {
    text,
    span,
    words: forms.join(''),
    starts: starts.subarray(0, length),
    ends: ends.subarray(0, length),
  };
}

function twice(list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(list.length * 2);
  longer.set(list);
  return longer;
}

/**
 * Every place where the quoted words stand in a folded stretch, in text order: as they are where that is found, else
 * with other spaces and marks. A place never begins or ends inside a word or a character; at most 50 are given.
 */
export function findQuote(folded: Folded, quote: string): Span[] {
  const { text, span, words, starts, ends } = folded;
  const plain = quote.trim();
  if (plain === '' || plain.length > span.end - span.start + 1000) return [];
  const found: Span[] = [];
  for (let at = text.indexOf(plain, span.start); at !== -1 && at + plain.length <= span.end; ) {
    const place = { start: at, end: at + plain.length };
    if (isWhole(text, place)) found.push(place);
    if (found.length === MOST_PLACES) break;
    at = text.indexOf(plain, at + plain.length);
  }
  if (found.length > 0) return found;
  const wanted = fold(plain).words.trim();
  if (wanted === '') return [];
  for (let at = words.indexOf(wanted); at !== -1; at = words.indexOf(wanted, at + wanted.length)) {
    const last = at + wanted.length - 1;
    // A letter with its accent is one character of the text and several units of the folded words.
    const splits =
      (at > 0 && starts[at - 1] === starts[at]) || (last + 1 < words.length && ends[last + 1] === ends[last]);
    const place = { start: starts[at]!, end: ends[last]! };
    if (!splits && isWhole(text, place)) found.push(place);
    if (found.length === MOST_PLACES) break;
  }
  return found;
}

const WORD = /[\p{L}\p{N}\p{M}]/u;
const MARKING = /\p{M}/u;

/** Whether a stretch begins and ends where words do: "he" does not stand in "the". */
function isWhole(text: string, { start, end }: Span): boolean {
  if (text.charCodeAt(start) >= 0xdc00 && text.charCodeAt(start) <= 0xdfff) return false;
  if (widthAt(text, end - 1) === 2 || MARKING.test(charAt(text, end))) return false;
  const before = charBefore(text, start);
  if (WORD.test(before) && WORD.test(charAt(text, start))) return false;
  return !(WORD.test(charBefore(text, end)) && WORD.test(charAt(text, end)));
}

const charAt = (text: string, index: number) =>
  index < text.length ? text.slice(index, index + widthAt(text, index)) : '';

function charBefore(text: string, index: number): string {
  const width = index > 1 && widthAt(text, index - 2) === 2 ? 2 : 1;
  return text.slice(Math.max(0, index - width), index);
}
