// Recognisers: every number, percentage and amount of a text with its place and value, whatever it is used for. They are
// measured against published cases; what counts as a figure of a text is decided elsewhere (figure.ts).
import type { Span } from '../record/suggestion.ts';
import { percentAt } from './amount.ts';
import { type CurrencyReading, currencyAfter, currencyBefore, currencyName } from './currency.ts';
import { readShare } from './fraction.ts';
import { monthOf } from './lexicon.ts';
import { type Numeral, readNumeral, round } from './numeral.ts';
import { isJoint, lowerOf, type Piece, readPieces, touches } from './piece.ts';
import type { Language } from './propose.ts';
import { rateAt, type UnitReading, unitAt } from './unit.ts';

/** Something recognised. `value` is null where a unit stands alone ("what per cent?"). */
export interface Recognised extends Span {
  value: number | null;
  /** "%", an ISO 4217 code, a unit symbol; null for plain numbers. */
  unit: string | null;
}

const LOOSE = { loose: true, money: false } as const;
const LOOSE_MONEY = { loose: true, money: true } as const;

/** All numbers in digits and words: integers, decimals, fractions, powers; not those with a unit written onto them. */
export function recogniseNumbers(text: string, language: Language): Recognised[] {
  const pieces = readPieces(text, 0, text.length, language);
  const found: Recognised[] = [];
  for (let at = 0; at < pieces.length; ) {
    const numeral = looseNumeral(text, pieces, at, language);
    if (numeral) {
      const day =
        numeral.plain && numeral.value < 32 && monthOf(lowerOf(pieces, numeral.next), language) !== undefined;
      if (!day && !hasTail(pieces, numeral.next) && !isPronoun(pieces, numeral, language))
        found.push({ ...spanOf(pieces, at, numeral.next), value: numeral.value, unit: null });
      at = numeral.next;
      continue;
    }
    if (pieces[at]!.kind === 'digits') splitDigits(pieces[at]!, found);
    at++;
  }
  return found;
}

/** The number at `at` in its loosest reading, shares included ("one in five"). */
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

/** The span of pieces from one to before another. */
export function spanOf(pieces: Piece[], from: number, next: number): Span {
  return { start: pieces[from]!.start, end: pieces[next - 1]!.end };
}

/** "180ml", "3rd": letters written onto the digits. */
function hasTail(pieces: Piece[], next: number): boolean {
  const piece = pieces[next];
  return piece?.kind === 'word' && touches(pieces, next) && pieces[next - 1]!.kind === 'digits';
}

/** "that one", "which one"; in French, every « un » that stands alone is an article. */
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

/** Where a web address that begins at a piece ends, or the piece itself. */
function addressEnd(text: string, pieces: Piece[], at: number): number {
  if (
    !/^(?:https?|www)$/.test(lowerOf(pieces, at)) ||
    !/^(?:\/\/|:\/\/|\.)/.test(text.slice(pieces[at]!.end, pieces[at]!.end + 3))
  )
    return at;
  let next = at + 1;
  while (next < pieces.length && touches(pieces, next)) next++;
  return next;
}

const PERCENT_OF = /^(?:percents?|pourcents?|pourcentages?|percentages?)$/;

/** Percentages, "per cent of 210" included, and the words for them where no number stands with them. */
export function recognisePercentages(text: string, language: Language): Recognised[] {
  const pieces = readPieces(text, 0, text.length, language);
  const found: Recognised[] = [];
  for (let at = 0; at < pieces.length; ) {
    const address = addressEnd(text, pieces, at);
    if (address > at) {
      at = address;
      continue;
    }
    const numeral = readNumeral(text, pieces, at, language, LOOSE);
    const end = numeral ? percentAt(pieces, numeral.next) : 0;
    if (numeral && end > 0) {
      const less = language === 'fr' && /^soustraire$/.test(lowerOf(pieces, at - 1)) ? -1 : 1;
      found.push({ ...spanOf(pieces, less < 0 ? at - 1 : at, end), value: less * numeral.value, unit: '%' });
      at = end;
      continue;
    }
    const words = PERCENT_OF.test(lowerOf(pieces, at)) ? at + 1 : percentAt(pieces, at);
    if (words > 0) {
      const of = percentOf(text, pieces, words, language);
      if (of) {
        found.push({ ...spanOf(pieces, at, of.next), value: of.value, unit: '%' });
        at = of.next;
        continue;
      }
      if (language === 'en' || words === at + 1)
        found.push({ ...spanOf(pieces, at, words), value: null, unit: '%' });
    }
    at = Math.max(at + 1, numeral?.next ?? 0, words);
  }
  return found;
}

/** "percent of twenty", « pourcentage de vingt ». */
function percentOf(text: string, pieces: Piece[], at: number, language: Language): Numeral | null {
  if (!(language === 'fr' ? /^(?:de|des|d')$/ : /^of$/).test(lowerOf(pieces, at)) || at + 1 >= pieces.length)
    return null;
  return readNumeral(text, pieces, at + 1, language, LOOSE);
}

/** Amounts of money, with coins ("3 dollars 50"), and currencies that stand without an amount. */
export function recogniseCurrency(text: string, language: Language): Recognised[] {
  const pieces = readPieces(text, 0, text.length, language);
  const found: Recognised[] = [];
  for (let at = 0; at < pieces.length; ) {
    const money = moneyBefore(text, pieces, at, language) ?? moneyAfter(text, pieces, at, language);
    if (money) {
      found.push({ ...spanOf(pieces, at, money.next), value: money.value, unit: money.unit });
      at = money.next;
      continue;
    }
    const bare = bareCurrency(pieces, at);
    if (bare) {
      found.push({ ...spanOf(pieces, at, bare.next), value: null, unit: bare.unit });
      at = bare.next;
      continue;
    }
    const numeral = readNumeral(text, pieces, at, language, LOOSE);
    at = numeral && !numeral.one ? Math.max(at + 1, numeral.next) : at + 1;
  }
  return found;
}

interface Money {
  value: number;
  unit: string;
  next: number;
}

function moneyBefore(text: string, pieces: Piece[], at: number, language: Language): Money | null {
  const word = lowerOf(pieces, at);
  let currency: CurrencyReading | null = currencyBefore(pieces, at, true);
  // "dollar 22.5 million", "sen 100,000"
  if (!currency && /^(?:dollar|sen|euro|pound)$/.test(word)) currency = currencyName(pieces, at);
  if (!currency || currency.next >= pieces.length || pieces[currency.next]!.kind !== 'digits') return null;
  // "usd$ 15"
  const numeral = readNumeral(text, pieces, currency.next, language, LOOSE_MONEY);
  if (!numeral) return null;
  // "10 rmb 20 usd": the number belongs to the currency after it.
  const after = currencyAfter(pieces, numeral.next, language);
  if (after && currency.sign && !after.sign && pieces[at]!.kind === 'word' && after.unit !== currency.unit)
    return null;
  let next = numeral.next;
  if (after?.unit === currency.unit && !after.sign && after.next === next + 1 && pieces[at + 1]!.gap)
    next = after.next;
  let value = numeral.value * currency.scale;
  // "c $ 100 and fifty"
  if (numeral.scale === 1 && Number.isInteger(numeral.value) && numeral.plain) {
    const coins = /^(?:and|et)$/.test(lowerOf(pieces, next))
      ? readNumeral(text, pieces, next + 1, language, LOOSE)
      : null;
    if (coins?.words && coins.value < 100) {
      value += coins.value / 100;
      next = coins.next;
    }
  }
  return { value: round(value), unit: currency.unit, next };
}

function moneyAfter(text: string, pieces: Piece[], at: number, language: Language): Money | null {
  // « 50 cents » are coins before they are five thousand.
  const strict = readNumeral(text, pieces, at, language, { loose: false, money: false });
  const coin = strict && /^(?:cents?|centimes?|pence)$/.test(lowerOf(pieces, strict.next)) ? strict : null;
  const numeral = coin ?? readNumeral(text, pieces, at, language, LOOSE);
  if (!numeral || (numeral.words && numeral.share)) return null;
  const from = isJoint(pieces, numeral.next) ? numeral.next + 1 : numeral.next;
  const currency = currencyAfter(pieces, from, language);
  if (!currency) return null;
  // "3 USD50": the currency belongs to the number it touches.
  if (
    currency.sign &&
    touches(pieces, currency.next) &&
    pieces[currency.next]?.kind === 'digits' &&
    pieces[from]!.gap
  )
    return null;
  let { next } = currency;
  let value = numeral.value * currency.scale;
  if (
    currency.sign &&
    numeral.scale === 1 &&
    /^(?:million|billion|milliard)s?$/.test(lowerOf(pieces, next))
  ) {
    value *= lowerOf(pieces, next).startsWith('million') ? 1e6 : 1e9;
    next++;
  } else if (!currency.coin) {
    const coins = coinsAfter(text, pieces, next, language, currency);
    if (coins) {
      value += coins.value;
      next = coins.next;
    }
  }
  return { value: round(value), unit: currency.unit, next };
}

/** "50 cents", "and forty-five cents", "50", "and 15" after an amount. */
function coinsAfter(
  text: string,
  pieces: Piece[],
  at: number,
  language: Language,
  currency: CurrencyReading,
): { value: number; next: number } | null {
  const and = /^(?:and|et)$/.test(lowerOf(pieces, at));
  const from = and ? at + 1 : at;
  if (from >= pieces.length || (pieces[from]!.kind !== 'digits' && pieces[from]!.kind !== 'word'))
    return null;
  const coins = readNumeral(text, pieces, from, language, { loose: false, money: false });
  if (!coins || coins.value >= 100 || coins.value < 1 || !Number.isInteger(coins.value) || coins.scale > 1)
    return null;
  const unit = lowerOf(pieces, coins.next);
  const hundredths = /^(?:cents?|pence|centimes?)$/.test(unit);
  if (hundredths) return { value: coins.value / 100, next: coins.next + 1 };
  if (currencyAfter(pieces, coins.next, language) || percentAt(pieces, coins.next) > 0) return null;
  // A bare number is coins only where nothing that it counts follows, and it is none of another currency.
  const last = pieces[coins.next];
  if (currency.sign && currency.next > 0 && pieces[currency.next - 1]!.kind === 'mark') return null;
  const ended = !last || last.kind === 'mark' || /^(?:more|and|et)$/.test(last.lower);
  return ended && last?.text !== '-' ? { value: coins.value / 100, next: coins.next } : null;
}

/** A currency without an amount: "the dollar", "rmb". */
function bareCurrency(pieces: Piece[], at: number): { unit: string; next: number } | null {
  const word = lowerOf(pieces, at);
  if (!/^(?:dollars?|rmb|yen|yens|euros?|yuan|rupees?)$/.test(word) || isJoint(pieces, at - 1)) return null;
  const name = currencyName(pieces, at);
  return name ? { unit: name.unit, next: name.next } : null;
}

/** Lengths, areas, volumes, weights, speeds, angles and data, and such units without an amount. */
export function recogniseDimensions(text: string, language: Language): Recognised[] {
  return recogniseUnits(
    text,
    language,
    (unit) => unit.kind !== 'time' && unit.kind !== 'temperature' && unit.code !== 'bp',
  );
}

/** Temperatures, and scales of temperature without an amount. */
export function recogniseTemperatures(text: string, language: Language): Recognised[] {
  return recogniseUnits(text, language, (unit) => unit.kind === 'temperature');
}

function recogniseUnits(
  text: string,
  language: Language,
  wanted: (unit: UnitReading) => boolean,
): Recognised[] {
  const pieces = readPieces(text, 0, text.length, language);
  const found: Recognised[] = [];
  for (let at = 0; at < pieces.length; ) {
    const numeral = readNumeral(text, pieces, at, language, LOOSE);
    const unit = numeral ? looseUnit(pieces, numeral, language) : null;
    if (numeral && unit && wanted(unit) && !isPartOfWord(pieces, at)) {
      let { next } = unit;
      let { value, code } = { value: numeral.value, code: unit.code };
      const rate = rateAt(pieces, next, language);
      if (rate && (unit.kind === 'length' || unit.kind === 'area') && /^\/(?:h|s|ms|min)$/.test(rate.per)) {
        code = `${code}${rate.per}`;
        ({ next } = rate);
      }
      const inches = unit.code === 'ft' ? inchesAfter(text, pieces, next, language) : null;
      if (inches) {
        value += inches.value / 12;
        ({ next } = inches);
      }
      found.push({ ...spanOf(pieces, at, next), value, unit: code });
      at = next;
      continue;
    }
    const bare = numeral ? null : bareUnit(pieces, at, language);
    if (bare && wanted(bare)) {
      found.push({ ...spanOf(pieces, at, bare.next), value: null, unit: bare.code });
      at = bare.next;
      continue;
    }
    at = Math.max(at + 1, numeral?.next ?? 0);
  }
  return found;
}

/** The unit of a number, over a hyphen, in brackets, or after « de » for large numbers. */
function looseUnit(pieces: Piece[], numeral: Numeral, language: Language): UnitReading | null {
  let at = numeral.next;
  if (isJoint(pieces, at)) at++;
  const bracket = /^[([{<]$/.test(lowerOf(pieces, at));
  if (bracket) {
    const inside = unitAt(pieces, at + 1, language, true);
    return inside && /^[)\]}>]$/.test(lowerOf(pieces, inside.next))
      ? { ...inside, next: inside.next + 1 }
      : null;
  }
  if (language === 'fr' && numeral.scale >= 1e6 && /^d(?:e|')$/.test(lowerOf(pieces, at))) at++;
  const unit = unitAt(pieces, at, language, true);
  if (unit) return unit.code === 'pm' && numeral.value < 24 && touches(pieces, at) ? null : unit;
  return /^(?:pounds?|livres?)$/.test(lowerOf(pieces, at))
    ? { code: 'lb', kind: 'mass', next: at + 1, symbol: false }
    : null;
}

function isPartOfWord(pieces: Piece[], at: number): boolean {
  return isJoint(pieces, at - 1) && pieces[at - 2]?.kind === 'word';
}

/** "5 ft 2 in", "5 feet and 2 inches". */
function inchesAfter(
  text: string,
  pieces: Piece[],
  at: number,
  language: Language,
): { value: number; next: number } | null {
  const from = lowerOf(pieces, at) === 'and' ? at + 1 : at;
  if (pieces[from]?.kind !== 'digits') return null;
  const numeral = readNumeral(text, pieces, from, language, LOOSE);
  if (!numeral || numeral.value >= 12 || !/^(?:in|inch|inches)$/.test(lowerOf(pieces, numeral.next)))
    return null;
  return { value: numeral.value, next: numeral.next + 1 };
}

/** A unit without an amount: "to fahrenheit", "a metric ton". */
function bareUnit(pieces: Piece[], at: number, language: Language): UnitReading | null {
  const piece = pieces[at]!;
  if (piece.kind !== 'word' || (touches(pieces, at) && at > 0 && pieces[at - 1]!.kind !== 'mark'))
    return null;
  const unit = unitAt(pieces, at, language, false);
  if (!unit) return null;
  if (unit.kind === 'temperature') return unit.symbol || unit.code === '°' ? null : unit;
  return /^(?:metric ton|gram|gramme|baril|mcg)$/.test(
    pieces
      .slice(at, unit.next)
      .map((word) => word.lower)
      .join(' '),
  )
    ? unit
    : null;
}

/** Ages: "29 years old", "ninety-five years of age", « dix-huit mois d'âge », "age 87". */
export function recogniseAges(text: string, language: Language): Recognised[] {
  const pieces = readPieces(text, 0, text.length, language);
  const found: Recognised[] = [];
  for (let at = 0; at < pieces.length; ) {
    const numeral = readNumeral(text, pieces, at, language, LOOSE);
    if (!numeral) {
      at++;
      continue;
    }
    const age = ageAt(pieces, at, numeral, language);
    if (age) found.push({ ...spanOf(pieces, age.from, age.next), value: numeral.value, unit: age.unit });
    at = Math.max(at + 1, age?.next ?? numeral.next);
  }
  return found;
}

function ageAt(
  pieces: Piece[],
  at: number,
  numeral: Numeral,
  language: Language,
): { from: number; next: number; unit: string } | null {
  let next = isJoint(pieces, numeral.next) ? numeral.next + 1 : numeral.next;
  const unit = unitAt(pieces, next, language, true);
  if (language === 'en') {
    if (/^(?:yo|y\/o)$/.test(lowerOf(pieces, next))) return { from: at, next: next + 1, unit: 'year' };
    if (lowerOf(pieces, at - 1) === 'age' && lowerOf(pieces, at - 2) !== 'the')
      return { from: at - 1, next: numeral.next, unit: 'year' };
    if (unit?.kind !== 'time') return null;
    ({ next } = unit);
    if (isJoint(pieces, next)) next++;
    if (lowerOf(pieces, next) === 'old') return { from: at, next: next + 1, unit: unit.code };
    return lowerOf(pieces, next) === 'of' && lowerOf(pieces, next + 1) === 'age'
      ? { from: at, next: next + 2, unit: unit.code }
      : null;
  }
  if (unit?.kind !== 'time' || !/^(?:year|month|week|day)$/.test(unit.code)) return null;
  // Whether a French length of time is an age is not in its own words; all are given.
  ({ next } = unit);
  if (lowerOf(pieces, next) === "d'" && lowerOf(pieces, next + 1) === 'âge') next += 2;
  return { from: at, next, unit: unit.code };
}
