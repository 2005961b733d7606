// The numbers of a sentence by its tokens: what figures, incidents and drafts of records are made from.
import type { Span } from '../record/suggestion.ts';
import type { Bound } from '../record/vocabulary.ts';
import { isRatioWord } from './change.ts';
import { fractionGlyph, isDenominator } from './fraction.ts';
import { isNumberWord } from './number-word.ts';
import type { Language } from './propose.ts';
import { type Quantity, type QuantityKind, readQuantities } from './quantity.ts';
import { isVagueWord } from './scale.ts';
import type { Token } from './text-model.ts';

export { readValue } from './digits.ts';

/** One number with everything that qualifies it; `from` and `to` are token indices. */
export interface NumberMention extends Span {
  from: number;
  to: number;
  value: number | null;
  low: number | null;
  high: number | null;
  bound: Bound;
  /** ISO 4217, "%", a unit's code, "/day" and the like for rates; null for a plain count. */
  unit: string | null;
  equivalents: { span: Span; value: number; unit: string | null }[];
  /** A length of time ("three years"): usually says when, not how many. */
  duration: boolean;
  /** Written in words, or below ten: less often a figure than a manner of speaking. */
  words: boolean;
  /** Where the expression with its parallel conversions ends, as a token index. */
  after: number;
  kind: QuantityKind;
  /** All that was read of it. */
  quantity: Quantity;
}

/**
 * The numbers among the tokens of a sentence that stand for an amount, in text order, none overlapping; ages are left
 * out, and "one" that may be an article or a pronoun. `dates` are the sentence's dates: numbers in them are not amounts.
 * Tokens must be those of `text` itself.
 */
export function findNumbers(
  text: string,
  tokens: Token[],
  language: Language,
  dates: Span[],
): NumberMention[] {
  return findQuantities(text, tokens, language, dates).filter(
    ({ kind, quantity }) =>
      kind !== 'age' &&
      !(quantity.one && quantity.words && quantity.kind === 'count' && quantity.bound === 'exact'),
  );
}

/** Money keeps its code alone, so that it stays money; "90 tonnes a day" is in "t/day". */
function unitOf({ kind, unit, rate }: Quantity): string | null {
  if (kind === 'duration') return null;
  return kind === 'money' || rate === null ? unit : `${unit ?? ''}${rate}`;
}

/** Whether a token may be a part of a quantity: digits, a fraction, a number word. Most sentences have none. */
function speaksOfNumbers(tokens: Token[], token: Token, at: number, language: Language): boolean {
  if (token.kind === 'number') return true;
  if (token.kind === 'mark') return fractionGlyph(token.text) !== undefined;
  const dash = token.lower.search(/[-‐‑]/);
  const word = dash < 0 ? token.lower : token.lower.slice(0, dash);
  // « un » is a number after « au moins » and « plus d' » only.
  if (language === 'fr' && (word === 'un' || word === 'une'))
    return (
      dash > 0 ||
      /^(?:moins|plus|d'|demi|quart)$/.test(tokens[at - 1]?.lower ?? '') ||
      isNumberWord(tokens[at + 1]?.lower ?? '', 'fr')
    );
  return (
    isNumberWord(word, language) ||
    isDenominator(word, language) ||
    isVagueWord(word, language) ||
    isRatioWord(word, language) ||
    // "USD10m", "mid-2,000"
    ((dash > 0 || token.capital) && /\d/.test(token.text))
  );
}

/** Every quantity among the tokens of a sentence, ages and "one" included. */
export function findQuantities(
  text: string,
  tokens: Token[],
  language: Language,
  dates: Span[],
): NumberMention[] {
  const first = tokens[0];
  if (!first || !tokens.some((token, at) => speaksOfNumbers(tokens, token, at, language))) return [];
  const mentions: NumberMention[] = [];
  let at = 0;
  for (const quantity of readQuantities(text, first.start, tokens.at(-1)!.end, language, dates)) {
    while (at < tokens.length - 1 && tokens[at]!.end <= quantity.start) at++;
    const from = at;
    let to = from;
    while (to < tokens.length && tokens[to]!.start < quantity.end) to++;
    let after = to;
    while (after < tokens.length && tokens[after]!.start < quantity.after) after++;
    mentions.push({
      start: quantity.start,
      end: quantity.end,
      from,
      to: Math.max(to, from + 1),
      value: quantity.value,
      low: quantity.low,
      high: quantity.high,
      bound: quantity.bound,
      unit: unitOf(quantity),
      equivalents: quantity.equivalents,
      duration: quantity.kind === 'duration',
      words: quantity.words || ((quantity.value ?? 10) < 10 && quantity.unit === null),
      after: Math.max(after, to),
      kind: quantity.kind,
      quantity,
    });
  }
  return mentions;
}
