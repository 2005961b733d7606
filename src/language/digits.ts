// Numbers in digits: groups and decimals of both languages, fractions and powers.
import type { Piece } from './piece.ts';
import type { Language } from './propose.ts';

const DIGITS = {
  en: { group: ',', grouped: /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/, decimal: /^\d+\.\d+$/ },
  fr: { group: '.', grouped: /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/, decimal: /^\d+,\d+$/ },
};

/**
 * The value of digits with points, commas and apostrophes. English groups by comma, French by point; a single group of
 * three (« 1.500 ») is read as thousands in French, where a point is no decimal sign. What either language can write
 * in one way only is read in both; the rest is null.
 */
export function readValue(digits: string, language: Language): number | null {
  if (digits.length > 20) return null;
  if (/^\d+$/.test(digits)) return digits.length > 1 && digits.startsWith('0') ? null : Number(digits);
  const { grouped, group, decimal } = DIGITS[language];
  if (grouped.test(digits)) return Number(digits.replaceAll(group, '').replace(',', '.'));
  if (decimal.test(digits)) return Number(digits.replace(',', '.'));
  if (/^[1-9]\d{0,2}(?:['’]\d{3})+(?:[.,]\d+)?$/.test(digits))
    return Number(digits.replace(/['’]/g, '').replace(',', '.'));
  // The other language's habit, where it can only mean one thing: "1.5" in French prose, "2,5" in English.
  if (/^\d+[.,]\d{1,2}$/.test(digits) || /^0[.,]\d+$/.test(digits)) return Number(digits.replace(',', '.'));
  if (/^\d+\.\d{4,}$/.test(digits)) return Number(digits);
  const other = DIGITS[language === 'fr' ? 'en' : 'fr'];
  if (other.grouped.test(digits) && /^[\d]+[.,].*[.,]/.test(digits))
    return Number(digits.replaceAll(other.group, '').replace(',', '.'));
  // Indian groups: 12,34,567.
  if (/^[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?$/.test(digits)) return Number(digits.replaceAll(',', ''));
  return null;
}

/** Whether the character between two pieces may part groups of digits: one space of any width but a line's end. */
function groupGap(text: string, left: Piece, right: Piece): number {
  if (right.start - left.end !== 1) return 0;
  const unit = text.charCodeAt(left.end);
  return unit === 9 || unit === 10 || unit === 13 ? 0 : unit;
}

/** A number in digits; `plain`: nothing but digits in one run. */
export interface Digits {
  value: number;
  next: number;
  plain: boolean;
}

/** The number in digits at `at`, joined over spaces: « 1 500 », "1 234 567.89". */
export function readDigits(text: string, pieces: Piece[], at: number, language: Language): Digits | null {
  const first = pieces[at];
  if (first?.kind !== 'digits') return null;
  let digits = first.text;
  let next = at + 1;
  if (/^\d{1,3}$/.test(digits) && !digits.startsWith('0')) {
    while (next < pieces.length && next < at + 5) {
      const piece = pieces[next]!;
      const gap = groupGap(text, pieces[next - 1]!, piece);
      const group = /^(\d{3})([.,]\d+)?$/.exec(piece.text);
      if (!gap || !group || piece.kind !== 'digits') break;
      // "in 20 300 people" is not 20,300 in English prose with a plain space after a century or a day.
      if (language === 'en' && gap === 32 && next === at + 1 && /^(?:1[89]|20)$/.test(digits)) break;
      digits += group[1]! + (group[2] ? group[2].replace(/[.,]/, language === 'fr' ? ',' : '.') : '');
      next++;
      if (group[2]) break;
    }
  }
  const joined = next > at + 1;
  const value = joined ? Number(digits.replace(',', '.')) : readValue(digits, language);
  return value === null ? null : { value, next, plain: !joined && /^\d+$/.test(digits) };
}

/** "3/4", "1⁄32": numerator and denominator in digits that touch; null for dates, scores and the like. */
export function fractionDigits(
  pieces: Piece[],
  at: number,
  next: number,
  value: number,
  loose: boolean,
): { value: number; next: number } | null {
  const slash = pieces[next];
  if (
    next !== at + 1 ||
    !slash ||
    !/^[/⁄]$/.test(slash.text) ||
    slash.gap ||
    !/^\d{1,4}$/.test(pieces[at]!.text)
  )
    return null;
  const over = pieces[next + 1];
  if (over?.kind !== 'digits' || over.gap || !/^[1-9]\d{0,3}$/.test(over.text)) return null;
  const denominator = Number(over.text);
  const after = pieces[next + 2];
  if (after && !after.gap && /^[/⁄-]$/.test(after.text)) return null;
  if (at > 0 && !pieces[at]!.gap && /^[/⁄\d]$/.test(pieces[at - 1]!.text)) return null;
  if (
    at > 1 &&
    !pieces[at]!.gap &&
    pieces[at - 1]!.text === '-' &&
    pieces[at - 2]!.kind === 'digits' &&
    !pieces[at - 1]!.gap
  )
    return null;
  if (!loose && (value >= denominator || !/^(?:[2-689]|10|1[26]|20|32|64|100|128|1000)$/.test(over.text)))
    return null;
  return { value: value / denominator, next: next + 2 };
}

const SUPERSCRIPT: Record<string, string> = {
  '⁻': '-',
  '⁺': '',
  '⁰': '0',
  '¹': '1',
  '²': '2',
  '³': '3',
  '⁴': '4',
  '⁵': '5',
  '⁶': '6',
  '⁷': '7',
  '⁸': '8',
  '⁹': '9',
};

/** "×10−30", "x10^6", "e10", "^23" after a number. */
export function readPower(
  text: string,
  pieces: Piece[],
  at: number,
  value: number,
): { value: number; next: number } | null {
  const first = pieces[at];
  if (!first || !/^[x×·*^eE⋅]/.test(first.text)) return null;
  if (first.gap && !/^[x×·*⋅]$/.test(first.text)) return null;
  const rest = text.slice(first.start, first.start + 16);
  const match =
    /^\s?[x×·*⋅]\s?10\s?(?:\^\s?)?([-−+]?\d{1,3}|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?![\d.,]*\d)/u.exec(rest) ??
    /^[eE]([-−+]?\d{1,3})(?![\p{L}\d])/u.exec(rest);
  const raised = match ? null : /^\^([-−+]{0,2}\d{1,3})(?![\d.])/.exec(rest);
  if (!match && !raised) return null;
  const exponent = (match ?? raised)![1]!.replace(/[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (mark) => SUPERSCRIPT[mark]!);
  const power = Number(exponent.replace('--', '').replaceAll('−', '-'));
  const end = first.start + (match ?? raised)![0].length;
  let next = at;
  while (next < pieces.length && pieces[next]!.start < end) next++;
  if (pieces[next - 1]!.end !== end || !Number.isFinite(power)) return null;
  const result = match ? Number(`${value}e${power}`) : value ** power;
  return Number.isFinite(result) ? { value: result, next } : null;
}
