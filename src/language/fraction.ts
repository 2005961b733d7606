// Fractions: "two thirds", « trois quarts », "1/2", "½", "one in five", « deux et demi ».
import { afterJoint, plainWord, readCardinal } from './number-word.ts';
import { lowerOf, type Piece } from './piece.ts';
import type { Language } from './propose.ts';

/** A fraction among pieces; `next` is the piece after it. */
export interface Fraction {
  next: number;
  value: number;
  /** Said as a share of something: "one in five", "half of". */
  share: boolean;
}

const GLYPHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    '½': 1 / 2,
    '⅓': 1 / 3,
    '⅔': 2 / 3,
    '¼': 1 / 4,
    '¾': 3 / 4,
    '⅕': 1 / 5,
    '⅖': 2 / 5,
    '⅗': 3 / 5,
    '⅘': 4 / 5,
    '⅙': 1 / 6,
    '⅚': 5 / 6,
    '⅛': 1 / 8,
    '⅜': 3 / 8,
    '⅝': 5 / 8,
    '⅞': 7 / 8,
  }),
);

/** The value of a sign such as ½, or undefined. */
export function fractionGlyph(mark: string): number | undefined {
  return GLYPHS.get(mark);
}

function ordinals(words: string): Map<string, number> {
  return new Map(
    words.split(' ').map((entry) => {
      const [word, value] = entry.split(':');
      return [word!, Number(value)] as const;
    }),
  );
}

const DENOMINATORS: Record<Language, Map<string, number>> = {
  en: ordinals(
    'half:2 third:3 fourth:4 quarter:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 eleventh:11 twelfth:12 thirteenth:13 fourteenth:14 fifteenth:15 sixteenth:16 seventeenth:17 eighteenth:18 nineteenth:19 twentieth:20 thirtieth:30 fortieth:40 fiftieth:50 sixtieth:60 seventieth:70 eightieth:80 ninetieth:90 hundredth:100 thousandth:1e3 millionth:1e6 billionth:1e9 trillionth:1e12',
  ),
  fr: ordinals(
    'demi:2 demie:2 moitie:2 tiers:3 quart:4 quatrieme:4 cinquieme:5 sixieme:6 septieme:7 huitieme:8 neuvieme:9 dixieme:10 onzieme:11 douzieme:12 quinzieme:15 seizieme:16 vingtieme:20 trentieme:30 quarantieme:40 cinquantieme:50 soixantieme:60 centieme:100 millieme:1e3 millionieme:1e6 milliardieme:1e9 billionieme:1e12 trillionieme:1e18',
  ),
};
/** Ordinals that are denominators only at the end of a longer one: "three twenty-firsts". */
const LAST: Record<Language, Map<string, number>> = {
  en: ordinals('first:1 second:2'),
  fr: ordinals('unieme:1 deuxieme:2 troisieme:3'),
};

interface Denominator {
  value: number;
  plural: boolean;
}

function denominatorAt(pieces: Piece[], at: number, language: Language): Denominator | null {
  const piece = pieces[at];
  if (piece?.kind !== 'word' || piece.lower.length < 4) return null;
  const word = plainWord(piece.lower);
  const map = DENOMINATORS[language];
  const exact = map.get(word);
  if (exact) return { value: exact, plural: word === 'tiers' };
  if (word === 'halves') return { value: 2, plural: true };
  if (!word.endsWith('s')) return null;
  const singular = map.get(word.slice(0, -1));
  return singular ? { value: singular, plural: true } : null;
}

/** A denominator of several words: "twenty-fifth", "one hundred and fifth", « vingt et unième ». */
function longDenominator(
  pieces: Piece[],
  at: number,
  language: Language,
): (Denominator & { next: number }) | null {
  const head = readCardinal(pieces, at, language);
  if (!head || head.value < 20) return null;
  let last = afterJoint(pieces, head.next);
  const and = lowerOf(pieces, last) === (language === 'fr' ? 'et' : 'and');
  if (and) last = afterJoint(pieces, last + 1);
  const word = plainWord(lowerOf(pieces, last));
  const singular = word.endsWith('s') && word !== 'tiers' ? word.slice(0, -1) : word;
  const tail = LAST[language].get(singular) ?? DENOMINATORS[language].get(singular);
  if (
    !tail ||
    (tail === 2 && /^(?:half|demi|moitie)/.test(word)) ||
    tail > 19 ||
    (head.value % 100 !== 0 && tail > 9)
  )
    return null;
  return { value: head.value + tail, plural: word !== singular, next: last + 1 };
}

/**
 * The fraction in words that begins at `at`, with a whole number before it where there is one ("two and a half"); null
 * where there is none. A fraction with an article ("a third") is one only before "of" or the like, unless `loose`:
 * else it is mostly an ordinal.
 */
export function readFraction(
  pieces: Piece[],
  at: number,
  language: Language,
  loose: boolean,
): Fraction | null {
  const first = lowerOf(pieces, at);
  const next = lowerOf(pieces, at + 1);
  if (language === 'en' && first === 'half' && next !== '-') return half(pieces, at, loose);
  if (language === 'fr' && !loose && plainWord(next) === 'moitie' && first === 'la')
    return { next: at + 2, value: 0.5, share: true };
  if (language === 'fr' && loose && plainWord(first) === 'moitie')
    return { next: at + 1, value: 0.5, share: true };
  if (/^(?:demi|demie|quart|quarter)$/.test(first) && (loose || isScaleAfter(pieces, at + 1)))
    return { next: at + 1, value: first.startsWith('demi') ? 0.5 : 0.25, share: false };
  const article = first === 'a' || first === 'an';
  if (article || /^(?:one|un|une)$/.test(first)) {
    const from = afterJoint(pieces, at + 1);
    const long = longDenominator(pieces, from, language);
    if (long && !long.plural && (loose || follows(pieces, long.next)))
      return { next: long.next, value: 1 / long.value, share: true };
    const short = denominatorAt(pieces, from, language);
    if (
      short &&
      (!short.plural || short.value === 3) &&
      (loose || follows(pieces, from + 1) || (!article && from > at + 1))
    )
      return { next: from + 1, value: 1 / short.value, share: true };
  }
  const whole =
    article && !isScaleAfter(pieces, at + 1)
      ? null
      : readCardinal(pieces, at, language, loose ? () => null : null);
  if (!whole) return null;
  return overWords(pieces, whole, language, loose);
}

/** Words after a fraction that show it to be one: "a third of", "a quarter more". */
function follows(pieces: Piece[], at: number): boolean {
  return /^(?:of|de|des|du|d'|more|less|fewer|higher|lower|million|billion)$/.test(lowerOf(pieces, at));
}

function scaleAt(pieces: Piece[], at: number, language: Language): number {
  const word = plainWord(lowerOf(pieces, at));
  if (!/^(?:thousand|million|billion|trillion|mille|milliard)s?$/.test(word)) return 1;
  if (word === 'thousand' || word === 'mille') return 1e3;
  if (word.startsWith('million')) return 1e6;
  if (word.startsWith('milliard')) return 1e9;
  return word.startsWith('billion') === (language === 'en') ? 1e9 : 1e12;
}

function isScaleAfter(pieces: Piece[], at: number): boolean {
  const index = afterJoint(pieces, at);
  return /^(?:hundred|thousand|million|billion|trillion|dozen|douzaine|millions|milliard|milliards)$/.test(
    lowerOf(pieces, index),
  );
}

function half(pieces: Piece[], at: number, loose: boolean): Fraction | null {
  const next = lowerOf(pieces, at + 1);
  if (next === 'a' || next === 'an') {
    return isScaleAfter(pieces, at + 2)
      ? { next: at + 2, value: 0.5, share: false }
      : loose
        ? { next: at + 1, value: 0.5, share: true }
        : null;
  }
  if (isScaleAfter(pieces, at + 1)) return { next: at + 1, value: 0.5, share: false };
  return loose || /^(?:of|the|its|their|his|her|those|these|all|our)$/.test(next)
    ? { next: at + 1, value: 0.5, share: true }
    : null;
}

function overWords(
  pieces: Piece[],
  whole: NonNullable<ReturnType<typeof readCardinal>>,
  language: Language,
  loose: boolean,
): Fraction | null {
  const at = afterJoint(pieces, whole.next);
  const short = denominatorAt(pieces, at, language);
  const halves = short?.value === 2 && (whole.tail ?? whole.value) === 1 && !short.plural;
  if (short && (halves || (short.value !== 2 && (short.plural || (language === 'fr' && loose))))) {
    const rest = whole.value - whole.tens;
    // "one hundred thirty fifths" is a hundred of them, since "thirty-fifth" is an ordinal of its own.
    const ordinal = language === 'en' || !plainWord(lowerOf(pieces, at)).endsWith('s');
    if (ordinal && whole.tens > 0 && rest > 0 && short.value < 10 && short.value > 2)
      return { next: at + 1, value: rest / (whole.tens + short.value), share: true };
    // "one hundred and three quarters" is a hundred and a fraction; "one hundred and thirty fifths" is not.
    if (whole.tail !== null && whole.tail < short.value) {
      const head = whole.value - whole.tail;
      const own = scaleAt(pieces, at + 1, language);
      const scale = own > 1 ? own : ([1e12, 1e9, 1e6, 1e3].find((size) => head % size === 0) ?? 1);
      return {
        next: own > 1 ? at + 2 : at + 1,
        value: head + (whole.tail / short.value) * scale,
        share: false,
      };
    }
    return { next: at + 1, value: whole.value / short.value, share: whole.value < short.value };
  }
  const long = longDenominator(pieces, at, language);
  if (long && (long.plural || loose) && whole.value < long.value)
    return { next: long.next, value: whole.value / long.value, share: true };
  return null;
}

/** The fraction after "and" in "three and a half", « un million et demi »; null where none follows at `at`. */
export function fractionAfterAnd(
  pieces: Piece[],
  at: number,
  language: Language,
  loose: boolean,
): Fraction | null {
  if (lowerOf(pieces, at) !== (language === 'fr' ? 'et' : 'and')) return null;
  const first = plainWord(lowerOf(pieces, at + 1));
  if (language === 'fr' && (first === 'demi' || first === 'demie'))
    return { next: at + 2, value: 0.5, share: false };
  const common = /^(?:half|quarter|third|demi|quart|tiers)$/;
  if (/^(?:a|an|one|un|une)$/.test(first)) {
    const word = plainWord(lowerOf(pieces, at + 2));
    const found = denominatorAt(pieces, at + 2, language);
    return found && (!found.plural || found.value === 3) && (loose || common.test(word))
      ? { next: at + 3, value: 1 / found.value, share: false }
      : null;
  }
  const found = readFraction(pieces, at + 1, language, loose);
  return found && found.value < 1 && lowerOf(pieces, at + 1) !== 'half' ? found : null;
}

/**
 * Where a numerator stands before `at`, the denominator of "one in five", "two out of three", « trois sur quatre »; null
 * where it is no share: a denominator no larger, a length of time, a year. `read` reads the number at a piece.
 */
export function readShare(
  pieces: Piece[],
  numerator: number,
  at: number,
  language: Language,
  loose: boolean,
  read: (at: number) => { value: number; next: number; plain: boolean; scale: number } | null,
): Fraction | null {
  const word = lowerOf(pieces, at);
  let from = at + 1;
  if (language === 'en' && word === 'out' && lowerOf(pieces, from) === 'of') from++;
  else if (language === 'en' ? word !== 'in' && !(loose && word === 'over') : word !== 'sur') return null;
  if (lowerOf(pieces, from) === 'every') from++;
  if (!Number.isInteger(numerator) || numerator === 0) return null;
  const below = read(from);
  if (!below || !Number.isInteger(below.value)) return null;
  const following = plainWord(lowerOf(pieces, below.next));
  if (
    /^(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|ans?|annees?|mois|jours?|semaines?|heures?|%|km|m)$/.test(
      following,
    )
  )
    return null;
  const smaller = Math.abs(numerator) < below.value;
  if (
    !smaller &&
    !(loose && below.next >= pieces.length && !Number.isInteger(numerator / below.value) && numerator > 99)
  )
    return null;
  if (below.plain && below.value >= 1500 && below.value <= 2100) return null;
  const next = language === 'en' && loose && following === 'hundreds' ? below.next + 1 : below.next;
  return { next, value: numerator / (next > below.next ? below.value * 100 : below.value), share: true };
}

/** Whether a word can be the denominator of a fraction: "third", « quarts », "halves". */
export function isDenominator(word: string, language: Language): boolean {
  const plain = plainWord(word);
  const map = DENOMINATORS[language];
  return map.has(plain) || (plain.endsWith('s') && map.has(plain.slice(0, -1))) || plain === 'halves';
}

/** The number an ordinal of one word names: "tenth", « quinzième »; null for other words. */
export function ordinalAt(pieces: Piece[], at: number, language: Language): number | null {
  const found = denominatorAt(pieces, at, language);
  const word = plainWord(lowerOf(pieces, at));
  return found && !found.plural && !/^(?:half|quarter|demie?|quart|tiers|moitie)$/.test(word)
    ? found.value
    : null;
}
