// Scales of numbers in words and letters: "million", « Md », the "m" of "£3m"; and numbers nobody counted: "dozens".
import { plainWord, readCardinal } from './number-word.ts';
import { lowerOf, type Piece } from './piece.ts';
import type { Language } from './propose.ts';

/** What letters written onto digits multiply by. */
export const SCALE: Record<Language, ReadonlyMap<string, number>> = {
  en: new Map(
    Object.entries({
      k: 1e3,
      m: 1e6,
      mn: 1e6,
      mln: 1e6,
      mio: 1e6,
      mil: 1e6,
      mm: 1e6,
      b: 1e9,
      bn: 1e9,
      bln: 1e9,
      tn: 1e12,
      trn: 1e12,
      tln: 1e12,
      g: 1e9,
    }),
  ),
  fr: new Map(
    Object.entries({ k: 1e3, m: 1e6, mio: 1e6, md: 1e9, mds: 1e9, mrd: 1e9, mrds: 1e9, b: 1e9, g: 1e9 }),
  ),
};
/** Letters that are a scale wherever they are written onto digits; the others need money or a noun beside them. */
export const SURE = /^(?:bn|mn|mln|mio|bln|tn|trn|tln|mds?|mrds?)$/;
/** Words for scales. */
export const SCALE_WORD = /^(?:thousand|lakh|million|crore|billion|trillion|mille|milliard)s?$/;

/** The product of up to two scale words at a piece ("thousand million"), and the piece after them; 1 where none stands. */
export function readScaleWords(
  pieces: Piece[],
  at: number,
  language: Language,
): { scale: number; next: number } {
  let scale = 1;
  let next = at;
  while (next < at + 2) {
    const word = plainWord(lowerOf(pieces, next));
    if (!SCALE_WORD.test(word)) break;
    scale *= scaleOf(word, language);
    next++;
  }
  return { scale, next };
}

/** What a scale word multiplies by; « billion » is a million millions in French. */
export function scaleOf(word: string, language: Language): number {
  switch (word.replace(/s$/, '')) {
    case 'thousand':
    case 'mille':
      return 1e3;
    case 'lakh':
      return 1e5;
    case 'million':
      return 1e6;
    case 'crore':
      return 1e7;
    case 'milliard':
      return 1e9;
    case 'billion':
      return language === 'fr' ? 1e12 : 1e9;
    default:
      return language === 'fr' ? 1e18 : 1e12;
  }
}

const VAGUE: Record<Language, ReadonlyMap<string, number>> = {
  en: new Map(
    Object.entries({ dozens: 12, scores: 20, hundreds: 100, thousands: 1e3, millions: 1e6, billions: 1e9 }),
  ),
  fr: new Map(
    Object.entries({
      dizaines: 10,
      douzaines: 12,
      centaines: 100,
      milliers: 1e3,
      millions: 1e6,
      milliards: 1e9,
    }),
  ),
};

/** Whether a word stands for a number nobody counted: "dozens", « milliers ». */
export function isVagueWord(word: string, language: Language): boolean {
  return VAGUE[language].has(word) || word === 'tens';
}

/** "dozens", "hundreds of thousands", "several hundred", "a couple of thousand", « des dizaines de milliers ». */
export function readVague(
  pieces: Piece[],
  at: number,
  language: Language,
): { value: number; next: number; vague: boolean; approximate: boolean } | null {
  const first = lowerOf(pieces, at);
  const map = VAGUE[language];
  if (language === 'fr') {
    const article = /^(?:des|plusieurs|quelques|de nombreuses|les)$/.test(first) ? at + 1 : at;
    let value = map.get(lowerOf(pieces, article));
    if (!value || (first === 'les' && value > 1e3)) return null;
    if (article === at && value >= 1e6) return null;
    let next = article + 1;
    const more = map.get(lowerOf(pieces, next + 1));
    if (lowerOf(pieces, next) === 'de' && more) {
      value *= more;
      next += 2;
    }
    return { value, next, vague: true, approximate: false };
  }
  if (first === 'several' || (first === 'a' && /^(?:few|couple)$/.test(lowerOf(pieces, at + 1)))) {
    let scaleAt = first === 'several' ? at + 1 : at + 2;
    const couple = lowerOf(pieces, at + 1) === 'couple';
    if (couple && lowerOf(pieces, scaleAt) === 'of') scaleAt++;
    const found = /^(?:hundred|thousand|million|billion|dozen)$/.test(lowerOf(pieces, scaleAt))
      ? readCardinal(pieces, scaleAt, 'en')
      : null;
    const scale = found?.value ?? (lowerOf(pieces, scaleAt) === 'dozen' ? 12 : 0);
    if (scale === 0) return null;
    const next = found?.next ?? scaleAt + 1;
    return couple
      ? { value: 2 * scale, next, vague: false, approximate: true }
      : { value: scale, next, vague: true, approximate: false };
  }
  let value = first === 'tens' ? 10 : map.get(first);
  if (!value) return null;
  let next = at + 1;
  const more = map.get(lowerOf(pieces, next + 1));
  if (lowerOf(pieces, next) === 'of' && more) {
    value *= more;
    next += 2;
  } else if (first === 'tens' || (first === 'scores' && lowerOf(pieces, next) !== 'of')) return null;
  return { value, next, vague: true, approximate: false };
}
