// A long text in windows: stretches short enough to be asked about at once, cut where paragraphs end.
import type { ProposeContext, Span } from '../../record/suggestion.ts';
import { readPage } from '../page.ts';
import type { Language } from '../propose.ts';
import { readText, type TextModel, trimSpan, widthAt } from '../text-model.ts';

/** The windows of a text, and where they stop when there was more than may be asked about. */
export interface Windows {
  /** In text order, none overlapping another, none empty. */
  windows: Span[];
  /** Stretches inside the windows that say nothing about the matter: menus, captions, other readers' comments. */
  furniture: Span[];
  /** The units of the text up to where asking ends. */
  model: TextModel;
  /** Where asking ends; the length of the text when all of it is asked about. */
  end: number;
}

/**
 * Cuts a text into windows of at most `size` code units at the ends of paragraphs; a longer paragraph is cut between its
 * sentences, a longer sentence between words. What stands after the first `longest` code units is left out, and so is
 * furniture at the edge of a window.
 */
export function cutWindows(
  whole: string,
  language: Language,
  context: ProposeContext,
  { size, longest }: { size: number; longest: number },
): Windows {
  const end = whole.length <= longest ? whole.length : startOfUnit(whole, longest);
  // What is not asked about is not even read: a report of a thousand pages costs what its beginning costs.
  const text = whole.slice(0, end);
  const model = readText(text, language);
  const furniture: Span[] = [];
  const windows: Span[] = [];
  let open: Span | null = null;
  const add = (piece: Span) => {
    if (open !== null && piece.end - open.start <= size) open.end = piece.end;
    else {
      open = { start: piece.start, end: piece.end };
      windows.push(open);
    }
  };
  let sentence = 0;
  for (const paragraph of readPage(model, context)) {
    if (paragraph.kind === 'furniture' || paragraph.kind === 'caption') {
      furniture.push({ start: paragraph.start, end: paragraph.end });
      continue;
    }
    if (paragraph.end - paragraph.start <= size) {
      add(paragraph);
      continue;
    }
    while (sentence < model.sentences.length && model.sentences[sentence]!.end <= paragraph.start) sentence++;
    let next = paragraph.start;
    for (
      ;
      sentence < model.sentences.length && model.sentences[sentence]!.start < paragraph.end;
      sentence++
    ) {
      for (const piece of pieces(text, next, Math.min(model.sentences[sentence]!.end, paragraph.end), size))
        add(piece);
      next = Math.max(next, Math.min(model.sentences[sentence]!.end, paragraph.end));
    }
    for (const piece of pieces(text, next, paragraph.end, size)) add(piece);
  }
  return { windows, furniture, model, end };
}

/** A window in two, for when the answer about all of it was too long; null when it is too short to be cut. */
export function halve(text: string, window: Span, model: TextModel): [Span, Span] | null {
  const middle = (window.start + window.end) / 2;
  let cut: number | null = null;
  for (const { start } of [...model.paragraphs, ...model.sentences]) {
    if (start <= window.start || start >= window.end) continue;
    if (cut === null || Math.abs(start - middle) < Math.abs(cut - middle)) cut = start;
  }
  if (cut === null) return null;
  const [first, second] = [trimSpan(text, window.start, cut), trimSpan(text, cut, window.end)];
  return first && second && [first, second];
}

/** A stretch as pieces of at most `size`, cut after white space where there is any in the second half. */
function* pieces(text: string, start: number, end: number, size: number): Generator<Span> {
  let from = start;
  while (end - from > size) {
    let to = startOfUnit(text, from + size);
    for (let back = to; back > from + size / 2; back--) {
      if (/\s/.test(text[back - 1]!)) {
        to = back;
        break;
      }
    }
    const piece = trimSpan(text, from, to);
    if (piece) yield piece;
    from = to;
  }
  const rest = trimSpan(text, from, end);
  if (rest) yield rest;
}

/** The index itself, or the one before it where it would cut a character in two. */
function startOfUnit(text: string, index: number): number {
  return index > 0 && widthAt(text, index - 1) === 2 ? index - 1 : index;
}
