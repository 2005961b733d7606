// Ranges and comparisons as intervals: "between 20 and 30", "at least 20", "more than 10 but less than 15", « de 10 à 12 ».
import type { Span } from '../record/suggestion.ts';
import { ordinalAt } from './fraction.ts';
import { lowerOf, type Piece, readPieces, touches } from './piece.ts';
import type { Language } from './propose.ts';
import { looseNumeral, spanOf } from './recognise.ts';

/** An interval of numbers; an end the text does not give is null. */
export interface NumberRange extends Span {
  low: number | null;
  high: number | null;
  closedLow: boolean;
  closedHigh: boolean;
}

type Comparison = '>' | '>=' | '<' | '<=' | '=';

/** Phrases before a number, the longest first; "than" and "to" belong to them. */
const PHRASES: Record<Language, [string, Comparison][]> = {
  en: sorted([
    [
      '>',
      'more than|larger than|greater than|higher than|bigger than|above|over|exceed|exceeds|exceeding|exceeded|surpass|surpasses|surpassing|surpassed|upwards of|in excess of|>',
    ],
    [
      '>=',
      'at least|no less than|not less than|no fewer than|at least or equal to|equal to or more than|equal to or greater than|more than or equal to|greater than or equal to|larger than or equal to|bigger or equal than|greater or equal than|larger or equal than|higher or equal than|more or equal than|> =|≥',
    ],
    ['<', 'less than|smaller than|lower than|fewer than|below|under|<'],
    [
      '<=',
      'at most|no more than|not more than|up to|equal to or less than|equal to or fewer than|less than or equal to|fewer than or equal to|smaller than or equal to|less or equal than|smaller or equal than|lower or equal than|fewer or equal than|< =|≤',
    ],
    ['=', 'equal to|equals|equals to|equaling to|equalling to'],
  ]),
  fr: sorted([
    [
      '>',
      "plus de|plus d'|supérieur à|supérieure à|supérieurs à|au-dessus de|au-delà de|dépasse|dépassent|dépassant|excédant|plus grand que|>",
    ],
    ['>=', "au moins|pas moins de|pas moins d'|au minimum|supérieur ou égal à|supérieure ou égale à|> =|≥"],
    [
      '<',
      "moins de|moins d'|inférieur à|inférieure à|inférieurs à|en dessous de|au-dessous de|plus petit que|<",
    ],
    [
      '<=',
      "au plus|pas plus de|pas plus d'|tout au plus|au maximum|jusqu' à|inférieur ou égal à|inférieure ou égale à|< =|≤",
    ],
    ['=', 'égal à|égale à'],
  ]),
};

function sorted(groups: [Comparison, string][]): [string, Comparison][] {
  return groups
    .flatMap(([comparison, phrases]) =>
      phrases.split('|').map((phrase): [string, Comparison] => [phrase.replaceAll('-', ' - '), comparison]),
    )
    .sort((a, b) => b[0].split(' ').length - a[0].split(' ').length);
}

/** Words after a number that compare it: "20 or more", « 20 ou plus ». */
const AFTER: Record<Language, [string[], Comparison][]> = {
  en: [
    [['or', 'more', 'than'], '>='],
    [['or', 'greater', 'than'], '>='],
    [['or', 'more'], '>='],
    [['and', 'more'], '>='],
    [['or', 'greater'], '>='],
    [['or', 'higher'], '>='],
    [['or', 'less', 'than'], '<='],
    [['or', 'less'], '<='],
    [['or', 'fewer'], '<='],
  ],
  fr: [
    [['ou', 'plus'], '>='],
    [['et', 'plus'], '>='],
    [['au', 'moins'], '>='],
    [['ou', 'moins'], '<='],
    [['au', 'plus'], '<='],
    [['au', 'maximum'], '<='],
  ],
};

function matches(pieces: Piece[], at: number, words: string[]): boolean {
  return words.every((word, offset) => lowerOf(pieces, at + offset) === word);
}

/** All ranges and comparisons of a text, in order. "a to b" and "between" hold their low end and not their high one. */
export function recogniseRanges(text: string, language: Language): NumberRange[] {
  const pieces = readPieces(text, 0, text.length, language);
  const found: NumberRange[] = [];
  for (let at = 0; at < pieces.length; ) {
    const one = rangeAt(text, pieces, at, language) ?? comparisonAt(text, pieces, at, language);
    if (!one) {
      const numeral = looseNumeral(text, pieces, at, language);
      at = numeral ? Math.max(at + 1, numeral.next) : at + 1;
      continue;
    }
    let { next } = one;
    let interval = one.interval;
    const join = joinAt(pieces, next);
    const other = join > 0 ? comparisonAt(text, pieces, join, language) : null;
    const both = other && combine(interval, other.interval);
    // "more than 40 and less than 10, less than 10 and more than 40": one that closes an interval of its own later is not taken.
    if (other && both) {
      interval = both;
      ({ next } = other);
    }
    found.push({ ...spanOf(pieces, at, next), ...interval });
    at = next;
  }
  return found;
}

type Interval = Omit<NumberRange, 'start' | 'end'>;
interface Reading {
  interval: Interval;
  next: number;
}

/** The piece after "and", "but" or a comma that may join two comparisons; 0 where none stands. */
function joinAt(pieces: Piece[], at: number): number {
  const comma = lowerOf(pieces, at) === ',' ? at + 1 : at;
  if (/^(?:and|but|et|mais)$/.test(lowerOf(pieces, comma))) return comma + 1;
  return comma > at ? comma : 0;
}

/** Two half-open intervals as one; null where they point the same way or do not meet. */
function combine(one: Interval, two: Interval): Interval | null {
  const [lower, upper] = one.low !== null && one.high === null ? [one, two] : [two, one];
  if (lower.low === null || lower.high !== null || upper.high === null || upper.low !== null) return null;
  if (lower.low >= upper.high) return null;
  return { low: lower.low, high: upper.high, closedLow: lower.closedLow, closedHigh: upper.closedHigh };
}

interface Bare {
  value: number;
  next: number;
}

/** A number, or an ordinal with its article ("the tenth"). */
function numberAt(text: string, pieces: Piece[], at: number, language: Language): Bare | null {
  if (at >= pieces.length) return null;
  const numeral = looseNumeral(text, pieces, at, language);
  if (numeral) {
    const tail = pieces[numeral.next];
    const attached =
      tail?.kind === 'word' && touches(pieces, numeral.next) && pieces[numeral.next - 1]!.kind === 'digits';
    return attached ? null : numeral;
  }
  const from = /^(?:the|le|la|les)$/.test(lowerOf(pieces, at)) ? at + 1 : at;
  const ordinal = ordinalAt(pieces, from, language);
  return ordinal === null ? null : { value: ordinal, next: from + 1 };
}

/** "between 20 and 30", "from 200 to 300", "20 through 100", "1000-5000", "20~100". */
function rangeAt(text: string, pieces: Piece[], at: number, language: Language): Reading | null {
  const word = lowerOf(pieces, at);
  const between = word === (language === 'fr' ? 'entre' : 'between');
  const from = word === (language === 'fr' ? 'de' : 'from');
  const low = numberAt(text, pieces, between || from ? at + 1 : at, language);
  if (!low) return null;
  const link = pieces[low.next];
  if (!link) return null;
  const and = link.lower === (language === 'fr' ? 'et' : 'and');
  const to = language === 'fr' ? link.lower === 'à' : /^(?:to|through)$/.test(link.lower);
  const dash = /^[-–—~]$/.test(link.text) && link.gap === (pieces[low.next + 1]?.gap ?? true);
  if (between ? !and : from ? !to : !dash && !to) return null;
  if (dash && !isWhole(pieces, at, low, low.next)) return null;
  const high = numberAt(text, pieces, low.next + 1, language);
  if (!high || high.value <= low.value) return null;
  if (dash && (/^0\d/.test(pieces[low.next + 1]!.text) || lowerOf(pieces, high.next) === '-')) return null;
  return {
    interval: { low: low.value, high: high.value, closedLow: true, closedHigh: false },
    next: high.next,
  };
}

/** Whether what a dash follows is a number by itself and no part of a telephone number or a name. */
function isWhole(pieces: Piece[], at: number, low: Bare, dash: number): boolean {
  const before = lowerOf(pieces, at - 1);
  return low.next === dash && before !== '+' && before !== '-' && pieces[at]!.kind === 'digits';
}

/** "more than 20", ">= 30", "500 or more", "equal to 5000 or less", "less than 5000 or equal". */
function comparisonAt(text: string, pieces: Piece[], at: number, language: Language): Reading | null {
  const phrase = phraseAt(pieces, at, language);
  if (!phrase) {
    const number = numberAt(text, pieces, at, language);
    const after = number && afterAt(text, pieces, number.next, language);
    return number && after
      ? { interval: intervalOf(after.comparison, number.value), next: after.next }
      : null;
  }
  const number = numberAt(text, pieces, phrase.next, language);
  if (!number) return null;
  let { comparison } = phrase;
  let { next } = number;
  if (comparison === '=') {
    const after = afterAt(text, pieces, next, language);
    if (after) ({ comparison, next } = after);
  } else if (comparison === '>' || comparison === '<') {
    const equal = equalAfter(text, pieces, next, language);
    if (equal > 0) {
      comparison = comparison === '>' ? '>=' : '<=';
      next = equal;
    }
  }
  return { interval: intervalOf(comparison, number.value), next };
}

function phraseAt(
  pieces: Piece[],
  at: number,
  language: Language,
): { comparison: Comparison; next: number } | null {
  const first = lowerOf(pieces, at);
  if (/^[<>=≤≥]$/.test(first)) {
    // "<>" and "=>" are no comparisons here.
    if (/^[<>=]$/.test(lowerOf(pieces, at - 1)) && touches(pieces, at)) return null;
    if (/^[<>]$/.test(lowerOf(pieces, at + 1))) return null;
  }
  const found = PHRASES[language].find(([phrase]) => matches(pieces, at, phrase.split(' ')));
  return found ? { comparison: found[1], next: at + found[0].split(' ').length } : null;
}

/** "or more" after a number, unless it leads to a number of its own ("5000 or less than 6000"). */
function afterAt(
  text: string,
  pieces: Piece[],
  at: number,
  language: Language,
): { comparison: Comparison; next: number } | null {
  for (const [words, comparison] of AFTER[language]) {
    if (!matches(pieces, at, words)) continue;
    const next = at + words.length;
    const than = lowerOf(pieces, next) === 'than' ? next + 1 : next;
    if (numberAt(text, pieces, than, language)) return null;
    return { comparison, next };
  }
  return null;
}

/** "less than 5000 or equal (to)": the piece after it, unless another number follows; 0 where it does not stand. */
function equalAfter(text: string, pieces: Piece[], at: number, language: Language): number {
  if (language === 'fr' || !matches(pieces, at, ['or', 'equal'])) return 0;
  const next = lowerOf(pieces, at + 2) === 'to' ? at + 3 : at + 2;
  return numberAt(text, pieces, next, language) ? 0 : next;
}

function intervalOf(comparison: Comparison, value: number): Interval {
  const lower = comparison.startsWith('>') || comparison === '=';
  const upper = comparison.startsWith('<') || comparison === '=';
  return {
    low: lower ? value : null,
    high: upper ? value : null,
    closedLow: lower && comparison !== '>',
    closedHigh: upper && comparison !== '<',
  };
}
