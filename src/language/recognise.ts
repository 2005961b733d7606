// Recognisers: every number, percentage and amount of a text with its place and value, whatever it is used for. They are
// measured against published cases; what counts as a figure of a text is decided elsewhere (figure.ts).
import type { Span } from '../record/suggestion.ts';
import { readShare } from './fraction.ts';
import { type Numeral, readNumeral } from './numeral.ts';
import { lowerOf, type Piece, readPieces, touches } from './piece.ts';
import type { Language } from './propose.ts';

/** Something recognised. `value` is null where a unit stands alone ("what per cent?"). */
export interface Recognised extends Span {
  value: number | null;
  /** "%", an ISO 4217 code, a unit symbol; null for plain numbers. */
  unit: string | null;
}

const LOOSE = { loose: true, money: false } as const;

/** All numbers in digits and words: integers, decimals, fractions, powers; not those with a unit written onto them. */
export function recogniseNumbers(text: string, language: Language): Recognised[] {
  const pieces = readPieces(text, 0, text.length, language);
  const found: Recognised[] = [];
  for (let at = 0; at < pieces.length; ) {
    const numeral = looseNumeral(text, pieces, at, language);
    if (numeral) {
      if (!hasTail(pieces, numeral.next) && !isPronoun(pieces, numeral, language))
        found.push({ ...spanOf(pieces, at, numeral.next), value: numeral.value, unit: null });
      at = numeral.next;
      continue;
    }
    if (pieces[at]!.kind === 'digits') splitDigits(pieces[at]!, found);
    at++;
  }
  return found;
}

/** The number at `at` in its loosest reading, skipping what cannot begin one. */
export function looseNumeral(text: string, pieces: Piece[], at: number, language: Language): Numeral | null {
  const previous = pieces[at - 1];
  if (
    pieces[at]!.kind === 'digits' &&
    touches(pieces, at) &&
    previous?.kind === 'word' &&
    /\d$/.test(previous.text)
  )
    return null;
  const numeral = readNumeral(text, pieces, at, language, LOOSE);
  if (!numeral || numeral.share || numeral.scale > 1e5) return numeral;
  const share = readShare(pieces, numeral.value, numeral.next, language, true, (index) =>
    readNumeral(text, pieces, index, language, LOOSE),
  );
  return share
    ? { ...numeral, next: share.next, value: share.value, one: false, share: true, words: true }
    : numeral;
}

export function spanOf(pieces: Piece[], from: number, next: number): Span {
  return { start: pieces[from]!.start, end: pieces[next - 1]!.end };
}

/** "180ml", "3rd": letters written onto the digits. */
function hasTail(pieces: Piece[], next: number): boolean {
  return (
    pieces[next]?.kind === 'word' &&
    touches(pieces, next) &&
    pieces[next - 1]!.kind === 'digits' &&
    pieces[next]!.text !== '%'
  );
}

/** "that one", "which one", "celui-ci", « un/une »: one that stands for something. */
function isPronoun(pieces: Piece[], numeral: Numeral, language: Language): boolean {
  if (!numeral.one || numeral.next > numeral.from + 1) return false;
  if (language === 'fr') return pieces[numeral.from]!.kind === 'word';
  return /^(?:the|this|that|which|any|every|no|each|another)$/.test(lowerOf(pieces, numeral.from - 1));
}

/** Digits that are no number together ("192.168.1.2", "22,24,26") are numbers apart. */
function splitDigits(piece: Piece, found: Recognised[]): void {
  for (const match of piece.text.matchAll(/\d+/g)) {
    const start = piece.start + match.index;
    found.push({ start, end: start + match[0].length, value: Number(match[0]), unit: null });
  }
}
