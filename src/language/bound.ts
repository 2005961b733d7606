// Words that bound a number: "up to", "at least", « près de », "or more", as data and as they stand beside it.
import type { Bound } from '../record/vocabulary.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

const lowerAt = (tokens: Token[], at: number): string => tokens[at]?.lower ?? '';

const BOUNDS: Record<Language, [string, Bound][]> = {
  en: [
    ['up to', 'at-most'],
    ['as many as', 'at-most'],
    ['as much as', 'at-most'],
    ['no more than', 'at-most'],
    ['not more than', 'at-most'],
    ['at most', 'at-most'],
    ['a maximum of', 'at-most'],
    ['maximum of', 'at-most'],
    ['at least', 'at-least'],
    ['no fewer than', 'at-least'],
    ['no less than', 'at-least'],
    ['not less than', 'at-least'],
    ['not fewer than', 'at-least'],
    ['a minimum of', 'at-least'],
    ['minimum of', 'at-least'],
    ['well over', 'more-than'],
    ['more than', 'more-than'],
    ['upwards of', 'more-than'],
    ['in excess of', 'more-than'],
    ['greater than', 'more-than'],
    ['over', 'more-than'],
    ['above', 'more-than'],
    ['exceeding', 'more-than'],
    ['fewer than', 'less-than'],
    ['less than', 'less-than'],
    ['under', 'less-than'],
    ['below', 'less-than'],
    ['an estimated', 'about'],
    ['close to', 'about'],
    ['estimated', 'about'],
    ['about', 'about'],
    ['around', 'about'],
    ['some', 'about'],
    ['roughly', 'about'],
    ['approximately', 'about'],
    ['approx', 'about'],
    ['nearly', 'about'],
    ['almost', 'about'],
    ['circa', 'about'],
    ['~', 'about'],
    ['≈', 'about'],
    ['>', 'more-than'],
    ['<', 'less-than'],
    ['≥', 'at-least'],
    ['≤', 'at-most'],
  ],
  fr: [
    ["jusqu' à", 'at-most'],
    ["jusqu' aux", 'at-most'],
    ['tout au plus', 'at-most'],
    ['au plus', 'at-most'],
    ['au maximum', 'at-most'],
    ['un maximum de', 'at-most'],
    ['pas plus de', 'at-most'],
    ["pas plus d'", 'at-most'],
    ['au moins', 'at-least'],
    ['au minimum', 'at-least'],
    ['un minimum de', 'at-least'],
    ['pas moins de', 'at-least'],
    ["pas moins d'", 'at-least'],
    ['a minima', 'at-least'],
    ['plus de', 'more-than'],
    ["plus d'", 'more-than'],
    ['plus des', 'more-than'],
    ['au-delà de', 'more-than'],
    ['supérieur à', 'more-than'],
    ['supérieure à', 'more-than'],
    ['dépassant', 'more-than'],
    ['moins de', 'less-than'],
    ["moins d'", 'less-than'],
    ['inférieur à', 'less-than'],
    ['inférieure à', 'less-than'],
    ['près de', 'about'],
    ["près d'", 'about'],
    ['autour de', 'about'],
    ['aux alentours de', 'about'],
    ["de l' ordre de", 'about'],
    ['à peu près', 'about'],
    ['environ', 'about'],
    ['quelque', 'about'],
    ['approximativement', 'about'],
    ['presque', 'about'],
    ['quasiment', 'about'],
    ['~', 'about'],
    ['≈', 'about'],
    ['>', 'more-than'],
    ['<', 'less-than'],
    ['≥', 'at-least'],
    ['≤', 'at-most'],
  ],
};

const AFTER_BOUNDS: Record<Language, [string, Bound][]> = {
  en: [
    ['or more', 'at-least'],
    ['or so', 'about'],
    ['or fewer', 'at-most'],
    ['or less', 'at-most'],
    ['at least', 'at-least'],
    ['at most', 'at-most'],
  ],
  fr: [
    ['au moins', 'at-least'],
    ['au minimum', 'at-least'],
    ['ou plus', 'at-least'],
    ['au plus', 'at-most'],
    ['au maximum', 'at-most'],
    ['environ', 'about'],
  ],
};

function matches(tokens: Token[], from: number, words: string[]): boolean {
  return from >= 0 && words.every((word, offset) => lowerAt(tokens, from + offset) === word);
}

const SPLIT_BOUNDS = { en: split(BOUNDS.en), fr: split(BOUNDS.fr) };
const SPLIT_AFTER = { en: split(AFTER_BOUNDS.en), fr: split(AFTER_BOUNDS.fr) };

function split(list: [string, Bound][]): { words: string[]; bound: Bound }[] {
  return list
    .map(([phrase, bound]) => ({ words: phrase.split(' '), bound }))
    .sort((a, b) => b.words.length - a.words.length);
}

/** The bound before token `at`, and the token it begins at. */
export function boundBefore(
  tokens: Token[],
  at: number,
  language: Language,
): { bound: Bound; from: number } | null {
  // "up to about 500": the outer bound counts.
  let found: { bound: Bound; from: number } | null = null;
  let end = at;
  for (let round = 0; round < 2; round++) {
    const entry = SPLIT_BOUNDS[language].find(({ words }) => matches(tokens, end - words.length, words));
    if (!entry) break;
    end -= entry.words.length;
    found = { bound: entry.bound, from: end };
  }
  return found;
}

/** A bound after the number ("500 or more", « 500 au moins ») or a plus sign on it ("500+"). */
export function boundAfter(
  tokens: Token[],
  at: number,
  language: Language,
): { bound: Bound; to: number } | null {
  const next = tokens[at];
  if (!next) return null;
  if (next.text === '+' && next.start === tokens[at - 1]?.end) return { bound: 'at-least', to: at + 1 };
  const entry = SPLIT_AFTER[language].find(({ words }) => matches(tokens, at, words));
  return entry ? { bound: entry.bound, to: at + entry.words.length } : null;
}
