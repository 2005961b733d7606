// Words that bound a number: "up to", "at least", « près de », "or more", as data and as they stand beside it.
import type { Bound } from '../record/vocabulary.ts';
import type { Language } from './propose.ts';

/** What a bound is read from: pieces or tokens, by their words and places. */
interface Words {
  lower: string;
  text: string;
  start: number;
  end: number;
}

const lowerAt = (tokens: readonly Words[], at: number): string => tokens[at]?.lower ?? '';

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
    ['anything up to', 'at-most'],
    ['at the most', 'at-most'],
    ['at the least', 'at-least'],
    ['at minimum', 'at-least'],
    ['at a minimum', 'at-least'],
    ['well over', 'more-than'],
    ['just over', 'more-than'],
    ['slightly over', 'more-than'],
    ['a little over', 'more-than'],
    ['far over', 'more-than'],
    ['well above', 'more-than'],
    ['just above', 'more-than'],
    ['far more than', 'more-than'],
    ['slightly more than', 'more-than'],
    ['a little more than', 'more-than'],
    ['north of', 'more-than'],
    ['well under', 'less-than'],
    ['just under', 'less-than'],
    ['slightly under', 'less-than'],
    ['just below', 'less-than'],
    ['well below', 'less-than'],
    ['just shy of', 'less-than'],
    ['slightly less than', 'less-than'],
    ['slightly fewer than', 'less-than'],
    ['a little less than', 'less-than'],
    ['little more than', 'about'],
    ['something like', 'about'],
    ['in the region of', 'about'],
    ['in the order of', 'about'],
    ['on the order of', 'about'],
    ['barely', 'about'],
    ['somewhere around', 'about'],
    ['very nearly', 'about'],
    ['greater than or equal to', 'at-least'],
    ['less than or equal to', 'at-most'],
    ['more than', 'more-than'],
    ['upwards of', 'more-than'],
    ['in excess of', 'more-than'],
    ['greater than', 'more-than'],
    ['higher than', 'more-than'],
    ['larger than', 'more-than'],
    ['bigger than', 'more-than'],
    ['longer than', 'more-than'],
    ['older than', 'more-than'],
    ['younger than', 'less-than'],
    ['lower than', 'less-than'],
    ['smaller than', 'less-than'],
    ['shorter than', 'less-than'],
    ['no lower than', 'at-least'],
    ['not lower than', 'at-least'],
    ['no higher than', 'at-most'],
    ['not higher than', 'at-most'],
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
    ["jusqu' à plus de", 'more-than'],
    ['un peu plus de', 'more-than'],
    ["un peu plus d'", 'more-than'],
    ['bien plus de', 'more-than'],
    ['largement plus de', 'more-than'],
    ['un peu moins de', 'less-than'],
    ["un peu moins d'", 'less-than'],
    ['bien moins de', 'less-than'],
    ['jusque', 'at-most'],
    ['à peine', 'about'],
    ['pratiquement', 'about'],
    ['quelques', 'about'],
    ['pas loin de', 'about'],
    ["autour d'", 'about'],
    ['grosso modo', 'about'],
    ['au-dessus de', 'more-than'],
    ['en dessous de', 'less-than'],
    ['au-dessous de', 'less-than'],
    ['supérieurs à', 'more-than'],
    ['supérieures à', 'more-than'],
    ['inférieurs à', 'less-than'],
    ['inférieures à', 'less-than'],
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
    ['or thereabouts', 'about'],
    ['and more', 'at-least'],
    ['or above', 'at-least'],
    ['or over', 'at-least'],
    ['or under', 'at-most'],
    ['or below', 'at-most'],
    ['or fewer', 'at-most'],
    ['or less', 'at-most'],
    ['at least', 'at-least'],
    ['at most', 'at-most'],
  ],
  fr: [
    ['au moins', 'at-least'],
    ['au minimum', 'at-least'],
    ['ou plus', 'at-least'],
    ['et plus', 'at-least'],
    ['ou moins', 'at-most'],
    ['tout au plus', 'at-most'],
    ['à peu près', 'about'],
    ['et quelques', 'more-than'],
    ['au plus', 'at-most'],
    ['au maximum', 'at-most'],
    ['environ', 'about'],
  ],
};

function matches(tokens: readonly Words[], from: number, words: string[]): boolean {
  return from >= 0 && words.every((word, offset) => lowerAt(tokens, from + offset) === word);
}

/** Bounds before a number, by their last word. */
const BY_LAST = { en: byLast(BOUNDS.en), fr: byLast(BOUNDS.fr) };

function byLast(list: [string, Bound][]): ReadonlyMap<string, { words: string[]; bound: Bound }[]> {
  const map = new Map<string, { words: string[]; bound: Bound }[]>();
  for (const entry of split(list)) {
    const last = entry.words.at(-1)!;
    map.set(last, [...(map.get(last) ?? []), entry]);
  }
  return map;
}
const SPLIT_AFTER = { en: split(AFTER_BOUNDS.en), fr: split(AFTER_BOUNDS.fr) };

function split(list: [string, Bound][]): { words: string[]; bound: Bound }[] {
  return list
    .map(([phrase, bound]) => ({ words: phrase.replaceAll('-', ' - ').split(' '), bound }))
    .sort((a, b) => b.words.length - a.words.length);
}

/** Verbs that bound the number after them and are no part of the figure: "exceeded 300", « a dépassé les 300 ». */
const EXCEED =
  /^(?:exceeds?|exceeded|surpass(?:es|ed)?|topped|tops|dépassent?|dépassé|dépassait|excède|excédé)$/;

/** The bound before the piece at `at`, and the piece it begins at. */
export function boundBefore(
  tokens: readonly Words[],
  at: number,
  language: Language,
): { bound: Bound; from: number } | null {
  // "up to about 500": the outer bound counts.
  let found: { bound: Bound; from: number } | null = null;
  let end = at;
  for (let round = 0; round < 2; round++) {
    const entry = BY_LAST[language]
      .get(lowerAt(tokens, end - 1))
      ?.find(({ words }) => matches(tokens, end - words.length, words));
    if (!entry) break;
    end -= entry.words.length;
    found = { bound: entry.bound, from: end };
  }
  if (found === null) {
    const verb = /^(?:the|les)$/.test(lowerAt(tokens, at - 1)) ? at - 2 : at - 1;
    if (EXCEED.test(lowerAt(tokens, verb))) return { bound: 'more-than', from: at };
  }
  return found;
}

/** A bound after the number ("500 or more", « 500 au moins ») or a plus sign on it ("500+"). */
export function boundAfter(
  tokens: readonly Words[],
  at: number,
  language: Language,
): { bound: Bound; to: number } | null {
  const next = tokens[at];
  if (!next) return null;
  if (next.text === '+' && next.start === tokens[at - 1]?.end) return { bound: 'at-least', to: at + 1 };
  if (next.text === '-' && lowerAt(tokens, at + 1) === 'odd') return { bound: 'about', to: at + 2 };
  if (next.text === '-' && lowerAt(tokens, at + 1) === 'plus') return { bound: 'at-least', to: at + 2 };
  if (language === 'en' && next.lower === 'odd' && /s$/.test(lowerAt(tokens, at + 1)))
    return { bound: 'about', to: at + 1 };
  const entry = SPLIT_AFTER[language].find(({ words }) => matches(tokens, at, words));
  return entry ? { bound: entry.bound, to: at + entry.words.length } : null;
}
