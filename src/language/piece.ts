// Text cut finer than tokens, for reading numbers and units: "5-mile" is three pieces, "10km" two, "USD10" two.
import type { Span } from '../record/suggestion.ts';
import { isCurrencyCode } from './currency.ts';
import type { Language } from './propose.ts';
import { isDigitAt, isLetterAt, isSpaceAt, isUpperAt, widthAt } from './text-model.ts';

/** The smallest unit a number is read from: a word without hyphens, a run of digits with its separators, or a mark. */
export interface Piece extends Span {
  kind: 'word' | 'digits' | 'mark';
  /** The slice itself; empty for what is too long to be a number, a unit or a word of a lexicon. */
  text: string;
  /** The slice in lower case with a plain apostrophe. */
  lower: string;
  capital: boolean;
  /** Whether white space stands before it. */
  gap: boolean;
}

const LONGEST = 60;

const isAsciiDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const isApostrophe = (unit: number): boolean => unit === 39 || unit === 0x2019;

const ELISION = /^(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu)$/i;
const CLITIC = /^(?:s|d|ll|re|ve|m|t)$/i;

/** The pieces of text[start, end), in time linear in its length. */
export function readPieces(text: string, start: number, end: number, language: Language): Piece[] {
  const pieces: Piece[] = [];
  let gap = true;
  const push = (from: number, to: number, kind: Piece['kind']): void => {
    const slice = to - from > LONGEST ? '' : text.slice(from, to);
    let lower = slice;
    if (kind === 'word') lower = slice.toLowerCase().replaceAll('’', "'");
    pieces.push({
      start: from,
      end: to,
      kind,
      text: slice,
      lower,
      capital: kind === 'word' && isUpperAt(text, from),
      gap,
    });
    gap = false;
  };
  for (let index = start; index < end; ) {
    if (isSpaceAt(text, index)) {
      gap = true;
      index++;
    } else if (isAsciiDigit(text.charCodeAt(index))) {
      const stop = digitsEnd(text, index, end);
      push(index, stop, 'digits');
      index = stop;
    } else if (isLetterAt(text, index) || isDigitAt(text, index)) {
      index = pushWord(text, index, end, language, push);
    } else {
      const stop = Math.min(end, index + widthAt(text, index));
      push(index, stop, 'mark');
      index = stop;
    }
  }
  return pieces;
}

/** Digits go on over a point, comma or apostrophe that has a digit on either side. */
function digitsEnd(text: string, start: number, end: number): number {
  let index = start;
  while (index < end) {
    const unit = text.charCodeAt(index);
    if (isAsciiDigit(unit)) index++;
    else if (
      (unit === 46 || unit === 44 || isApostrophe(unit)) &&
      index + 1 < end &&
      isAsciiDigit(text.charCodeAt(index + 1))
    )
      index++;
    else break;
  }
  return index;
}

function lettersEnd(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && (isLetterAt(text, index) || text[index] === '²' || text[index] === '³'))
    index += widthAt(text, index);
  return Math.min(index, end);
}

function pushWord(
  text: string,
  start: number,
  end: number,
  language: Language,
  push: (from: number, to: number, kind: Piece['kind']) => void,
): number {
  let stop = lettersEnd(text, start, end);
  if (stop === start) stop = Math.min(end, start + widthAt(text, start));
  // "U.S.", "p.m.": single letters with stops between them.
  if (stop - start === 1) {
    let at = stop;
    while (
      at + 1 < end &&
      text.charCodeAt(at) === 46 &&
      lettersEnd(text, at + 1, Math.min(end, at + 3)) === at + 2
    )
      at += 2;
    if (at > stop) stop = at < end && text.charCodeAt(at) === 46 ? at + 1 : at;
  }
  // "A16", "km2" and "CO2" are words; "USD10" is a currency and a number.
  if (stop < end && isAsciiDigit(text.charCodeAt(stop)) && !isMoneyPrefix(text, start, stop)) {
    while (stop < end && (isDigitAt(text, stop) || isLetterAt(text, stop))) stop += widthAt(text, stop);
    stop = Math.min(stop, end);
  }
  if (stop < end && isApostrophe(text.charCodeAt(stop)) && stop + 1 < end && isLetterAt(text, stop + 1)) {
    if (language === 'fr' && ELISION.test(text.slice(start, stop))) {
      push(start, stop + 1, 'word');
      return stop + 1;
    }
    const rest = lettersEnd(text, stop + 1, end);
    if (CLITIC.test(text.slice(stop + 1, rest))) {
      push(start, stop, 'word');
      push(stop, rest, 'word');
      return rest;
    }
    stop = rest;
  }
  push(start, stop, 'word');
  return stop;
}

/** "USD10", "$US55", "$A82", "RM23.50", and the "PS2.7m" that some archives make of a pound sign. */
function isMoneyPrefix(text: string, start: number, stop: number): boolean {
  if (stop - start > 4) return false;
  if (text[start - 1] === '$' && stop - start <= 3) return true;
  const letters = text.slice(start, stop);
  if (letters === 'RM' || letters === 'Rs') return true;
  return letters === 'PS' ? /^\d{1,3}[.,]\d/.test(text.slice(stop, stop + 5)) : isCurrencyCode(letters);
}

/** Whether two neighbours touch: no white space between them. */
export function touches(pieces: Piece[], right: number): boolean {
  return right > 0 && right < pieces.length && !pieces[right]!.gap;
}

/** The lower-case words of a piece; empty past either end. */
export function lowerOf(pieces: Piece[], at: number): string {
  return pieces[at]?.lower ?? '';
}

/** Whether a piece is a hyphen or dash that joins its neighbours without spaces. */
export function isJoint(pieces: Piece[], at: number): boolean {
  const piece = pieces[at];
  return (
    piece?.kind === 'mark' && /^[-‐‑]$/.test(piece.text) && touches(pieces, at) && touches(pieces, at + 1)
  );
}
