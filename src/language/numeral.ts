// One number at a place in a text, whatever it is written in: digits, words, fractions, powers, scales, vague plurals.

import { fractionDigits, readDigits, readPower } from './digits.ts';
import { fractionAfterAnd, fractionGlyph, readFraction } from './fraction.ts';
import { isNumberWord, plainWord, readCardinal } from './number-word.ts';
import { lowerOf, type Piece, touches } from './piece.ts';
import type { Language } from './propose.ts';
import { readScaleWords, readVague, SCALE, SCALE_WORD, SURE, scaleOf } from './scale.ts';

/** A number as written; `from` and `next` are piece indices. */
export interface Numeral {
  from: number;
  next: number;
  value: number;
  /** The number without its scale: 1.5 of "1.5 million". */
  raw: number;
  scale: number;
  /** Whether it has no digits. */
  words: boolean;
  /** A word below ten, "one" included: often a manner of speaking. */
  small: boolean;
  /** "one", « un », « une »: a number or an article. */
  one: boolean;
  /** A fraction said of a whole: "two thirds of". */
  share: boolean;
  approximate: boolean;
  /** "dozens", « des milliers »: at least `value`, nobody says how many. */
  vague: boolean;
  /** A run of digits with nothing in it or on it: may be a year. */
  plain: boolean;
}

export interface NumeralOptions {
  /** Reads what is a number in no article: bare "hundred", "a third", "- 20", "10 k". */
  loose: boolean;
  /** A currency stands before it: "m" is a million. */
  money: boolean;
}

const NUMBER_GAP = /^(?:hundreds?|cents?|dozens?|do?zs?|douzaines?|dizaines?|centaines?|milliers?)$/;

/** The number that begins at piece `at`, sign included, or null. */
export function readNumeral(
  text: string,
  pieces: Piece[],
  at: number,
  language: Language,
  options: NumeralOptions,
): Numeral | null {
  const sign = readSign(pieces, at, options.loose);
  const found = readUnsigned(text, pieces, sign.next, language, options);
  if (!found) return null;
  if (sign.factor === 1) return sign.next === at ? found : { ...found, from: at };
  return { ...found, from: at, value: -found.value, raw: -found.raw, plain: false, small: false, one: false };
}

/** "minus five", "negative ten", "-5": what makes a number negative. A hyphen needs something before it that is no word. */
function readSign(pieces: Piece[], at: number, loose: boolean): { factor: number; next: number } {
  const piece = pieces[at];
  const next = pieces[at + 1];
  if (!piece || !next) return { factor: 1, next: at };
  if (/^(?:minus|negative|moins|négatif|négative)$/.test(piece.lower)) {
    if (piece.lower === 'moins' && /^(?:au|du|ou|en|de|pas|le|les|la|plus|et)$/.test(lowerOf(pieces, at - 1)))
      return { factor: 1, next: at };
    const touching = next.kind === 'mark' && next.text === '-' && !next.gap;
    const to = touching ? at + 2 : at + 1;
    const number =
      pieces[to]?.kind === 'digits' ||
      (piece.lower !== 'moins' && isNumberWord(lowerOf(pieces, to), 'en')) ||
      (loose && piece.lower !== 'moins');
    return number ? { factor: -1, next: to } : { factor: 1, next: at };
  }
  if (piece.kind !== 'mark' || !/^[-−–]$/.test(piece.text)) return { factor: 1, next: at };
  const ranged = pieces[at - 1]?.kind === 'digits';
  const free = (piece.gap && !ranged) || at === 0 || /^[(<>=≤≥~:,$£€]$/.test(lowerOf(pieces, at - 1));
  const number = next.kind === 'digits' || (next.text === '.' && pieces[at + 2]?.kind === 'digits');
  if (!free || !number || (piece.text === '–' && next.gap)) return { factor: 1, next: at };
  return !next.gap || loose ? { factor: -1, next: at + 1 } : { factor: 1, next: at };
}

function readUnsigned(
  text: string,
  pieces: Piece[],
  at: number,
  language: Language,
  options: NumeralOptions,
): Numeral | null {
  const piece = pieces[at];
  if (!piece) return null;
  const base: Numeral = {
    from: at,
    next: at + 1,
    value: 0,
    raw: 0,
    scale: 1,
    words: false,
    small: false,
    one: false,
    share: false,
    approximate: false,
    vague: false,
    plain: false,
  };
  if (piece.kind === 'mark') {
    const glyph = fractionGlyph(piece.text);
    if (glyph !== undefined) return { ...base, value: glyph, raw: glyph, share: true };
    const lead = piece.text === '.' || (piece.text === ',' && (language === 'fr' || options.loose));
    const digits = pieces[at + 1];
    if (!lead || digits?.kind !== 'digits' || digits.gap || !/^\d+$/.test(digits.text)) return null;
    if (at > 0 && !piece.gap && pieces[at - 1]!.kind !== 'mark') return null;
    const value = Number(`0.${digits.text}`);
    return scaled(pieces, { ...base, next: at + 2, value, raw: value }, language, options);
  }
  if (piece.kind === 'digits') return readDigitNumeral(text, pieces, at, language, options, base);
  return readWordNumeral(text, pieces, at, language, options, base);
}

function readDigitNumeral(
  text: string,
  pieces: Piece[],
  at: number,
  language: Language,
  options: NumeralOptions,
  base: Numeral,
): Numeral | null {
  const digits = readDigits(text, pieces, at, language);
  if (!digits) return null;
  let { value, next } = digits;
  const simple = fractionDigits(pieces, at, next, value, options.loose);
  if (simple)
    return scaled(pieces, { ...base, ...simple, raw: simple.value, share: true }, language, options);
  const power = readPower(text, pieces, next, value);
  if (power) return { ...base, ...power, raw: power.value };
  let plain = digits.plain;
  const glyph = pieces[next]?.kind === 'mark' ? fractionGlyph(pieces[next]!.text) : undefined;
  if (glyph !== undefined && Number.isInteger(value)) {
    value += glyph;
    next++;
    plain = false;
  } else if (Number.isInteger(value) && pieces[next]?.gap) {
    // "2 1/4"
    const over = readDigits(text, pieces, next, language);
    const mixed = over?.plain ? fractionDigits(pieces, next, over.next, over.value, false) : null;
    if (mixed && mixed.value < 1) {
      value += mixed.value;
      next = mixed.next;
      plain = false;
    }
  }
  // "4 hundred million", « 322 cents », "3 dozen".
  if (
    NUMBER_GAP.test(plainWord(lowerOf(pieces, next))) &&
    (options.loose || !/^cents?$/.test(lowerOf(pieces, next)))
  ) {
    const digitsAt = (index: number) => {
      if (index === at) return { value, next };
      return options.loose ? readDigits(text, pieces, index, language) : null;
    };
    const found = readCardinal(pieces, at, language, digitsAt);
    if (found && found.next > next)
      return {
        ...base,
        next: found.next,
        value: found.value,
        raw: found.value / found.scale,
        scale: found.scale,
      };
  }
  const numeral = scaled(pieces, { ...base, next, value, raw: value, plain }, language, options);
  if (options.loose && numeral.scale > 1 && numeral.scale >= 1e3 && isNumberTail(pieces, numeral.next)) {
    const found = readCardinal(pieces, at, language, (index) =>
      index === at ? { value, next } : readDigits(text, pieces, index, language),
    );
    if (found && found.next > numeral.next)
      return {
        ...base,
        next: found.next,
        value: found.value,
        raw: found.value / found.scale,
        scale: found.scale,
      };
  }
  return numeral;
}

function isNumberTail(pieces: Piece[], at: number): boolean {
  const word = lowerOf(pieces, at);
  return (
    /^(?:and|et)$/.test(word) ||
    pieces[at]?.kind === 'digits' ||
    isNumberWord(word, 'en') ||
    isNumberWord(word, 'fr')
  );
}

/** Adds the scale written after a number in digits: "million", « Md », the "m" of "£3m"; and "and a half" after it. */
function scaled(pieces: Piece[], numeral: Numeral, language: Language, options: NumeralOptions): Numeral {
  const piece = pieces[numeral.next];
  if (piece?.kind !== 'word') return numeral;
  const word = plainWord(piece.lower);
  let scale = 0;
  if (SCALE_WORD.test(word)) {
    const found = readScaleWords(pieces, numeral.next, language);
    scale = found.scale;
    numeral = { ...numeral, next: found.next };
  } else if (isScaleLetter(pieces, numeral, language, options)) {
    scale = SCALE[language].get(word)!;
    numeral = { ...numeral, next: numeral.next + 1 };
  }
  if (scale === 0) return numeral;
  const value = numeral.raw * scale;
  const result: Numeral = { ...numeral, value: round(value), scale, plain: false };
  const half = fractionAfterAnd(pieces, result.next, language, options.loose);
  if (!half) return result;
  const more = readScaleWords(pieces, half.next, language);
  return {
    ...result,
    value: round(result.value + half.value * (more.scale > 1 ? more.scale : scale)),
    next: more.next,
  };
}

/** Letters written onto digits: "15bn", "£3.5m", "12m households", « 3 Md€ ». */
function isScaleLetter(
  pieces: Piece[],
  numeral: Numeral,
  language: Language,
  options: NumeralOptions,
): boolean {
  const piece = pieces[numeral.next]!;
  const word = piece.lower;
  if (!SCALE[language].has(word)) return false;
  const touching = !piece.gap;
  const after = pieces[numeral.next + 1];
  // "M€" is read with its currency.
  if (after && !after.gap && /^[€$£]$/.test(after.text)) return false;
  if (SURE.test(word)) return touching || options.money || options.loose || language === 'fr';
  if (options.money) return touching || word !== 'b';
  if (options.loose)
    return word === 'k'
      ? true
      : word === 'mm' || word === 'mil'
        ? touching && piece.text !== 'mm'
        : /^[MGBb]$/.test(piece.text) && word !== 'm'
          ? true
          : piece.text === 'M';
  if (word === 'k') return touching;
  // "12m households": the noun after it is counted in millions, not measured in metres.
  const noun = touching && word === 'm' && after?.kind === 'word' && after.gap && !after.capital;
  return noun
    ? /^(?:people|households|families|homes|jobs|children|users|tonnes|pounds|dollars|euros|refugees|migrants|workers|voters|customers|patients|visitors|passengers|doses|digital|votes|members)$/.test(
        after.lower,
      )
    : piece.text === 'M' && touching && after?.kind === 'word' && /[^s]s$/.test(after.lower);
}

function readWordNumeral(
  text: string,
  pieces: Piece[],
  at: number,
  language: Language,
  options: NumeralOptions,
  base: Numeral,
): Numeral | null {
  const vague = readVague(pieces, at, language);
  if (vague) return { ...base, ...vague, raw: vague.value, words: true };
  const fraction = readFraction(pieces, at, language, options.loose);
  if (fraction) return wordFraction(pieces, { ...base, words: true }, fraction, language);
  const found = readCardinal(
    pieces,
    at,
    language,
    options.loose ? (index) => (index === at ? null : readDigits(text, pieces, index, language)) : null,
  );
  if (!found) return null;
  const first = lowerOf(pieces, at);
  // « un » and "hundred" alone are no numbers in prose; "one" may be.
  const one = found.value === 1;
  if (!options.loose && /^(?:hundred|thousand)$/.test(first)) return null;
  if (one && /^(?:a|an)$/.test(first)) return null;
  const numeral: Numeral = {
    ...base,
    next: found.next,
    value: found.value,
    raw: found.value / found.scale,
    scale: found.scale,
    words: true,
    small: found.small,
    one,
    approximate: found.approximate,
  };
  return wordDecimals(pieces, wordHalf(pieces, numeral, language, options), language, text);
}

/** "half a million", "two thirds of a million", "three quarters billion": the scale of a fraction. */
function wordFraction(
  pieces: Piece[],
  base: Numeral,
  fraction: { next: number; value: number; share: boolean },
  language: Language,
): Numeral {
  let at = fraction.next;
  if (/^(?:of|de|d'|-)$/.test(lowerOf(pieces, at))) {
    const article = /^(?:a|an|un|une)$/.test(lowerOf(pieces, at + 1));
    const scale = lowerOf(pieces, at + (article ? 2 : 1));
    if (SCALE_WORD.test(scale) || /^(?:hundred|dozen|douzaine)$/.test(scale)) at += article ? 2 : 1;
  } else if (/^(?:a|an)$/.test(lowerOf(pieces, at)) && fraction.value === 0.5) at++;
  const next = pieces[at];
  if (next?.kind === 'mark' && next.text === '-') at++;
  const word = plainWord(lowerOf(pieces, at));
  const scale = SCALE_WORD.test(word)
    ? scaleOf(word, language)
    : /^dozens?$|^douzaines?$/.test(word)
      ? 12
      : word === 'hundred'
        ? 100
        : 0;
  if (scale === 0) {
    return {
      ...base,
      next: fraction.next,
      value: fraction.value,
      raw: fraction.value,
      share: fraction.share,
    };
  }
  return {
    ...base,
    next: at + 1,
    value: round(fraction.value * scale),
    raw: fraction.value,
    scale,
    approximate: fraction.value === 0.5,
  };
}

/** "five and a half million", « six millions et deux tiers ». */
function wordHalf(pieces: Piece[], numeral: Numeral, language: Language, options: NumeralOptions): Numeral {
  const half = fractionAfterAnd(pieces, numeral.next, language, options.loose);
  if (!half) return numeral;
  const more = readScaleWords(pieces, half.next, language);
  const scale = numeral.scale >= 1e3 ? numeral.scale : 1;
  if (scale === 1 && more.scale > 1)
    return {
      ...numeral,
      next: more.next,
      raw: numeral.value + half.value,
      value: round((numeral.value + half.value) * more.scale),
      scale: more.scale,
      small: false,
    };
  const value = round(numeral.value + half.value * (more.scale > 1 ? more.scale : scale));
  return { ...numeral, next: more.next, value, raw: value / numeral.scale, small: false, one: false };
}

/** "two point five", « deux virgule zéro trois ». */
function wordDecimals(pieces: Piece[], numeral: Numeral, language: Language, text: string): Numeral {
  if (lowerOf(pieces, numeral.next) !== (language === 'fr' ? 'virgule' : 'point')) return numeral;
  let at = numeral.next + 1;
  let digits = '';
  while (at < pieces.length && digits.length < 12) {
    const found = readCardinal(pieces, at, language);
    if (!found || found.value > 99 || (digits !== '' && digits !== '0' && found.value > 9)) break;
    digits += String(found.value);
    at = found.next;
    if (found.value > 9) break;
  }
  if (digits === '' || text === '') return numeral;
  let value = Number(`${numeral.value}.${digits}`);
  const more = readScaleWords(pieces, at, language);
  value = round(value * more.scale);
  return {
    ...numeral,
    next: more.next,
    value,
    raw: value / more.scale,
    scale: more.scale,
    small: false,
    one: false,
  };
}

/** A value without the noise of binary fractions. */
export function round(value: number): number {
  return Number(value.toPrecision(12));
}

/** Whether a number may begin at a piece: a quick test before the slow ones. */
export function mayBeginNumber(pieces: Piece[], at: number, language: Language): boolean {
  const piece = pieces[at]!;
  if (piece.kind === 'digits') return true;
  if (piece.kind === 'mark')
    return /^[-−–.,]$/.test(piece.text)
      ? touches(pieces, at + 1) || pieces[at + 1]?.kind === 'digits'
      : fractionGlyph(piece.text) !== undefined;
  return isNumberWord(piece.lower, language) || OPENERS[language].has(piece.lower);
}

const OPENERS: Record<Language, ReadonlySet<string>> = {
  en: new Set(
    'a an half quarter several dozens scores tens hundreds thousands millions billions minus negative'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'la des plusieurs quelques les dizaines douzaines centaines milliers demi demie quart moitié moins négatif négative'.split(
      ' ',
    ),
  ),
};
