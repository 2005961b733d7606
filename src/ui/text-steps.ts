// Steps through a text: by word, for the ends of a passage, and by sentence, for selecting without a mouse.

/** A stretch of the text. */
export interface Stretch {
  start: number;
  end: number;
}

/** The index itself, or where it splits a surrogate pair the nearest one in the direction of `step`. */
export function wholeCharacter(text: string, index: number, step: -1 | 1): number {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  const splits = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return splits ? index + step : index;
}

/** How far around a position words are looked for; a word longer than this is crossed in several steps. */
const WINDOW = 400;

const segmenters = new Map<string, Intl.Segmenter>();
function wordsOf(language: string | null): Intl.Segmenter {
  const tag = language ?? 'und';
  let found = segmenters.get(tag);
  if (!found) {
    try {
      found = new Intl.Segmenter(tag, { granularity: 'word' });
    } catch {
      // A tag from a hostile or odd page is no reason to stop reading it.
      found = new Intl.Segmenter('und', { granularity: 'word' });
    }
    segmenters.set(tag, found);
  }
  return found;
}

/** The words that lie in text[from, to), as stretches of the whole text; marks and spaces between them are no words. */
function words(text: string, from: number, to: number, language: string | null): Stretch[] {
  const found: Stretch[] = [];
  for (const { segment, index, isWordLike } of wordsOf(language).segment(text.slice(from, to))) {
    if (isWordLike) found.push({ start: from + index, end: from + index + segment.length });
  }
  return found;
}

/**
 * The next position an end of a passage stops at: the end of a word for its end, the beginning of one for its start.
 * Marks that touch the word on its far side are taken along where a person would: a closing quotation mark or full stop
 * has a stop of its own. Stays where it is at either end of the text.
 */
export function stepWord(
  text: string,
  position: number,
  direction: -1 | 1,
  edge: 'start' | 'end',
  language: string | null = null,
): number {
  const from = wholeCharacter(text, Math.max(0, position - WINDOW), -1);
  const to = wholeCharacter(text, Math.min(text.length, position + WINDOW), 1);
  const stops = stopsOf(text, words(text, from, to, language), from, to, edge);
  if (direction === 1) {
    for (const stop of stops) if (stop > position) return stop;
    return to;
  }
  for (let at = stops.length - 1; at >= 0; at--) if (stops[at]! < position) return stops[at]!;
  return from;
}

/** Where an end of a passage may stop: at words, and at each visible mark beside them. */
function stopsOf(text: string, found: Stretch[], from: number, to: number, edge: 'start' | 'end'): number[] {
  const stops: number[] = [];
  let last = from;
  const marksBetween = (start: number, end: number) => {
    for (let at = start; at < end; ) {
      const width = text.codePointAt(at)! > 0xffff ? 2 : 1;
      if (!/^[\s\u{feff}]$/u.test(text.slice(at, at + width))) stops.push(edge === 'end' ? at + width : at);
      at += width;
    }
  };
  for (const word of found) {
    marksBetween(last, word.start);
    stops.push(edge === 'end' ? word.end : word.start);
    last = word.end;
  }
  marksBetween(last, to);
  return stops;
}

/** A passage with one end moved by a word; unchanged where it would become empty. */
export function moveEnd(
  text: string,
  range: Stretch,
  edge: 'start' | 'end',
  direction: -1 | 1,
  language: string | null = null,
): Stretch {
  const moved = { ...range, [edge]: stepWord(text, range[edge], direction, edge, language) };
  return moved.start < moved.end && text.slice(moved.start, moved.end).trim() !== '' ? moved : range;
}

/**
 * The end of a passage nearest to where a finger let it go, on a word's edge; a drag does not have to be exact.
 * Null where the passage would become empty.
 */
export function dropEnd(
  text: string,
  range: Stretch,
  edge: 'start' | 'end',
  position: number,
  language: string | null = null,
): Stretch | null {
  const back = stepWord(text, position + 1, -1, edge, language);
  const on = stepWord(text, position - 1, 1, edge, language);
  const near = Math.abs(position - back) <= Math.abs(on - position) ? back : on;
  const moved = { ...range, [edge]: near };
  return moved.start < moved.end && text.slice(moved.start, moved.end).trim() !== '' ? moved : null;
}

const RIGHT_TO_LEFT =
  /^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Whether words run from right to left: their first letter does (as `dir="auto"` takes it; Unicode UAX #9, P2 and P3). */
function isRightToLeft(words: string): boolean {
  const letter = /\p{L}/u.exec(words);
  return letter !== null && RIGHT_TO_LEFT.test(letter[0]);
}

/** Where an arrow key leads in words: on or back. */
export function arrowStep(key: 'ArrowLeft' | 'ArrowRight', words: string): -1 | 1 {
  return (key === 'ArrowRight') === isRightToLeft(words) ? -1 : 1;
}

/** A stretch without the white space at its ends; null when nothing is left. Keeps surrogate pairs whole. */
export function trimmed(text: string, range: Stretch): Stretch | null {
  let start = wholeCharacter(text, Math.max(0, range.start), -1);
  let end = wholeCharacter(text, Math.min(text.length, range.end), 1);
  while (start < end && /[\s\ufeff]/.test(text[start]!)) start++;
  while (end > start && /[\s\ufeff]/.test(text[end - 1]!)) end--;
  return start < end ? { start, end } : null;
}

/** The index of the first sentence that ends after a position; the last one's where none does, -1 where there is none. */
export function sentenceAt(sentences: readonly Stretch[], position: number): number {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle]!.end <= position) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, sentences.length - 1);
}

/** Sentences selected by the keyboard: the one where it began, and the one it has come to. */
export interface SentenceSelection {
  anchor: number;
  head: number;
}

/** The selection after an arrow key: moved by a sentence, or with Shift stretched by one. */
export function stepSentence(
  count: number,
  from: SentenceSelection | null,
  start: number,
  direction: -1 | 1,
  extend: boolean,
): SentenceSelection | null {
  if (count === 0) return null;
  const inside = (index: number) => Math.max(0, Math.min(count - 1, index));
  if (from === null) return { anchor: inside(start), head: inside(start) };
  const head = inside(from.head + direction);
  return extend ? { anchor: from.anchor, head } : { anchor: head, head };
}

/** The stretch of text a selection of sentences covers. */
export function stretchOf(sentences: readonly Stretch[], { anchor, head }: SentenceSelection): Stretch {
  const [first, last] = anchor <= head ? [anchor, head] : [head, anchor];
  return { start: sentences[first]!.start, end: sentences[last]!.end };
}
