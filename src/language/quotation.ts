// Quotation marks of English and French, matched: nested, unclosed, re-opened at each paragraph, the French dash.
import type { Span } from '../record/suggestion.ts';
import { dialogueTurns } from './dialogue.ts';
import { spokenPieces } from './incise.ts';
import { matchSingle } from './quotation-single.ts';
import { type Match, matchStrong } from './quotation-strong.ts';
import { type TextModel, trimSpan } from './text-model.ts';

/** A pair of marks and what stands between them. */
export interface Quotation {
  /** With its marks, as far as the text has them. */
  outer: Span;
  /** Without marks and without the white space inside them; never empty. */
  inner: Span;
  /** The spoken parts of `inner`: all of it, or what French reporting clauses inside it leave. Never empty. */
  pieces: Span[];
  /** The opening mark: “ " « ‹ ‘ ' „ ‚ or the dash of a dialogue, — or –. */
  mark: string;
  /** 0 for a quotation that stands in no other. */
  depth: number;
  /** False when no closing mark was found and the quotation was ended by its paragraph or sentence. */
  closed: boolean;
  /** True when the quotation goes on from the paragraph before. */
  continuation: boolean;
}

/** An unclosed quotation in the middle of a long paragraph ends with its sentence, and is never longer than this. */
const LONGEST_UNCLOSED = 3000;
/** A quotation that is not re-opened goes on over no more paragraphs than this. */
const MOST_PARAGRAPHS = 6;

/**
 * All quotations of a text, in text order, inner ones after the one they stand in. No two cross.
 * Double marks and guillemets are matched first; single marks then have to fit between them, since half of all single
 * marks are apostrophes. Linear in the length of the text.
 */
export function findQuotations(model: TextModel): Quotation[] {
  const { text, paragraphs, language } = model;
  const found: Quotation[] = [];
  let carried: string | null = null;
  /** The paragraph before which a quotation that was not re-opened goes on, and where it closes in the last of them. */
  let through: { until: number; close: number; mark: string } | null = null;
  let ahead = paragraphs.length > 0 ? matchStrong(text, paragraphs[0]!, null) : null;
  for (const [index, paragraph] of paragraphs.entries()) {
    // Matching anew with what the paragraph before left open is rare; most paragraphs are matched once.
    const strong: Match = carried === null ? ahead! : matchStrong(text, paragraph, carried);
    const next = paragraphs[index + 1];
    ahead = next ? matchStrong(text, next, null) : null;
    const pairs = strong.pairs;
    carried = null;
    if (through !== null) {
      const last = index === through.until;
      const close = last ? through.close : paragraph.end;
      pairs.unshift({
        open: paragraph.start,
        close,
        mark: through.mark,
        width: 0,
        closed: last,
        closeWidth: last ? 1 : 0,
        continuation: true,
      });
      if (last) through = null;
    } else if (strong.rest) {
      const { rest } = strong;
      const reopened = next !== undefined && reopens(text, next, rest.mark);
      const end = unclosedEnd(model, index, rest.at, reopened);
      const far = reopened ? null : closesLater(model, index, rest.mark);
      if (far !== null || end !== null) {
        const close = far !== null ? paragraph.end : end!;
        pairs.push({
          open: rest.at,
          close,
          mark: rest.mark,
          width: rest.width,
          closed: false,
          closeWidth: 0,
          continuation: rest.continuation,
        });
        if (far !== null) through = { ...far, mark: rest.mark };
        else if (reopened) carried = rest.mark;
      }
    }
    const all = matchSingle(text, paragraph, pairs, next);
    const turns =
      all.length === 0 || all[0]!.open > paragraph.start ? dialogueTurns(text, paragraph, language) : [];
    if (turns.length > 0) {
      const inside = new Set(turns.map((turn) => turn.open));
      nest(model, [...turns, ...all.filter((pair) => !inside.has(pair.open))].sort(byOpening), found);
    } else nest(model, all, found);
  }
  return found;
}

function byOpening(a: Pair, b: Pair): number {
  return a.open - b.open || b.close - a.close;
}

/** A pair of marks by position: `close` is where the closing mark stands, or the end when there is none. */
export interface Pair {
  open: number;
  /** Code units of the opening mark. */
  width: number;
  close: number;
  closeWidth: number;
  mark: string;
  closed: boolean;
  continuation: boolean;
}

/** Whether a paragraph begins by opening the mark again that the one before left open. */
function reopens(text: string, paragraph: Span, mark: string): boolean {
  const first = text[paragraph.start]!;
  return first === mark || (mark === '«' && first === '»') || (mark === '“' && first === '"');
}

/**
 * Where a quotation without closing mark ends: with its paragraph when it is re-opened in the next one or begins its
 * own; else with its sentence, so that a stray mark swallows nothing. Null when it is taken for a slip.
 */
function unclosedEnd(model: TextModel, index: number, at: number, reopened: boolean): number | null {
  const paragraph = model.paragraphs[index]!;
  if (reopened) return paragraph.end;
  if (at === paragraph.start && paragraph.end - at <= LONGEST_UNCLOSED) return paragraph.end;
  const sentence = sentenceAt(model, at);
  if (!sentence || sentence.end - at > LONGEST_UNCLOSED) return null;
  return Math.min(sentence.end, paragraph.end);
}

function sentenceAt(model: TextModel, at: number): Span | null {
  const { sentences } = model;
  let [low, high] = [0, sentences.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const sentence = sentences[middle]!;
    if (sentence.end <= at) low = middle + 1;
    else if (sentence.start > at) high = middle - 1;
    else return sentence;
  }
  return null;
}

/** The closing mark of a quotation left open, when it stands as the first mark of its kind some paragraphs on. */
function closesLater(model: TextModel, index: number, mark: string): { until: number; close: number } | null {
  const closer = mark === '«' ? '»' : mark === '“' ? '”' : null;
  if (closer === null) return null;
  const { text, paragraphs } = model;
  for (let later = index + 1; later < paragraphs.length && later <= index + MOST_PARAGRAPHS; later++) {
    const { start, end } = paragraphs[later]!;
    if (end - start > LONGEST_UNCLOSED) return null;
    for (let at = start; at < end; at++) {
      const char = text[at]!;
      if (char === closer && at > start) return { until: later, close: at };
      if (char === mark || char === '"' || char === '«' || char === '“' || char === closer) return null;
    }
  }
  return null;
}

/** Drops crossing and empty pairs, sets depths, and appends what is left as quotations. */
function nest(model: TextModel, pairs: Pair[], into: Quotation[]): void {
  const { text, language } = model;
  const open: Pair[] = [];
  for (const pair of pairs) {
    while (open.length > 0 && open.at(-1)!.close < pair.open + 1) open.pop();
    const parent = open.at(-1);
    if (parent && pair.close + pair.closeWidth > parent.close + (parent.closed ? 0 : parent.closeWidth))
      continue;
    const inner = trimSpan(text, pair.open + pair.width, pair.close);
    if (!inner) continue;
    const spoken = language === 'fr' && open.length === 0 && pair.mark !== "'" && pair.mark !== '‘';
    into.push({
      outer: { start: pair.open, end: pair.close + pair.closeWidth },
      inner,
      pieces: spoken ? spokenPieces(text, inner) : [inner],
      mark: pair.mark,
      depth: open.length,
      closed: pair.closed,
      continuation: pair.continuation,
    });
    open.push(pair);
  }
}
