// One amount: a number with the unit written on it, before it or after it. Ranges, bounds and changes are quantity.ts.
import { type CurrencyReading, currencyAfter, currencyBefore } from './currency.ts';
import { readShare } from './fraction.ts';
import { plainWord } from './number-word.ts';
import { type Numeral, readNumeral, round } from './numeral.ts';
import { isJoint, lowerOf, type Piece, touches } from './piece.ts';
import type { Language } from './propose.ts';
import { rateAt, type UnitKind, unitAt } from './unit.ts';

/** A number with its unit; `from` and `next` are piece indices of the two together. */
export interface Amount {
  from: number;
  next: number;
  numeral: Numeral;
  value: number;
  /** ISO 4217, "%", a unit's code; null for a plain number. */
  unit: string | null;
  kind: 'plain' | 'money' | 'percent' | UnitKind;
  /** "/day", "/h" where it is a rate; its words end at `rateNext`. */
  rate: string | null;
  rateNext: number;
  /** Joined to its unit or to a noun by a hyphen: "5-mile", "three-week". */
  hyphen: boolean;
  /** The currency's sign or code stands before the number. */
  prefixed: boolean;
}

/** Money words that are something else more often than not: the currency must be sure from a scale or a sign beside it. */
const DOUBTFUL = new Set([
  'KRW',
  'DEM',
  'krone',
  'ZAR',
  'VND',
  'LAK',
  'NLG',
  'satoshi',
  'THB',
  'TRY',
  'ITL',
  'pesewa',
  'FIM',
]);

/** The amount that begins at piece `at`: a currency sign, a sign, digits or number words; null where none does. */
export function readAmount(text: string, pieces: Piece[], at: number, language: Language): Amount | null {
  const currency = currencyBefore(pieces, at);
  if (currency) {
    const numeral = readNumeral(text, pieces, currency.next, language, { loose: false, money: true });
    if (
      !numeral ||
      (numeral.words && !numeral.small && currency.next === at + 1 && pieces[at]!.kind === 'word')
    )
      return null;
    return moneyAmount(pieces, at, numeral, currency);
  }
  let numeral = readNumeral(text, pieces, at, language, { loose: false, money: false });
  if (!numeral) return null;
  if (!numeral.share && !numeral.vague && numeral.scale <= 1 && numeral.value <= 100)
    numeral = asShare(text, pieces, numeral, language);
  return withUnit(pieces, numeral, language);
}

/** "one in five", « trois sur quatre »: small numbers of small numbers. */
function asShare(text: string, pieces: Piece[], numeral: Numeral, language: Language): Numeral {
  const share = readShare(pieces, numeral.value, numeral.next, language, false, (index) => {
    const below = readNumeral(text, pieces, index, language, { loose: false, money: false });
    return below &&
      !below.share &&
      below.value <= 1e5 &&
      (below.words || below.value <= 20 || below.value % 10 === 0)
      ? below
      : null;
  });
  if (!share || pieces[share.next]?.text === '%' || numeral.value > 20) return numeral;
  // "1 in 5", "one in five": a number in words with one in digits is rather a count and something else.
  return {
    ...numeral,
    next: share.next,
    value: share.value,
    raw: share.value,
    share: true,
    one: false,
    small: false,
    plain: false,
  };
}

function moneyAmount(pieces: Piece[], at: number, numeral: Numeral, currency: CurrencyReading): Amount {
  let next = numeral.next;
  let unit = currency.unit;
  // "$75 U.S.", "$15 dollars": the currency again.
  const word = lowerOf(pieces, next);
  if (unit === 'USD' && /^u\.?s\.?$/.test(word) && pieces[next]!.capital) next++;
  else if (unit === 'USD' && /^(?:cad|aud|usd|nzd)$/.test(word)) unit = lowerOf(pieces, next++).toUpperCase();
  const rate = rateAt(pieces, next, 'en') ?? rateAt(pieces, next, 'fr');
  return {
    from: at,
    next,
    numeral,
    value: round(numeral.value * currency.scale),
    unit,
    kind: 'money',
    rate: rate?.per ?? null,
    rateNext: rate?.next ?? next,
    hyphen: isJoint(pieces, next) && pieces[next + 1]?.kind === 'word',
    prefixed: true,
  };
}

function withUnit(pieces: Piece[], numeral: Numeral, language: Language): Amount {
  const amount: Amount = {
    from: numeral.from,
    next: numeral.next,
    numeral,
    value: numeral.value,
    unit: null,
    kind: 'plain',
    rate: null,
    rateNext: numeral.next,
    hyphen: false,
    prefixed: false,
  };
  let at = numeral.next;
  const joint = isJoint(pieces, at) && pieces[at + 1]?.kind === 'word';
  if (joint) {
    at++;
    amount.hyphen = true;
  }
  const percent = percentAt(pieces, at);
  if (percent) return finish(pieces, { ...amount, next: percent, unit: '%', kind: 'percent' }, language);
  const digits = pieces[numeral.next - 1]!.kind === 'digits' || pieces[numeral.next - 1]!.kind === 'mark';
  const of =
    language === 'fr' && numeral.scale >= 1e6 && /^d(?:e|')$/.test(lowerOf(pieces, at)) ? at + 1 : at;
  const unit = unitAt(pieces, wholeUnit(pieces, of, numeral), language, digits);
  const whole =
    language === 'en' && (numeral.vague || numeral.scale >= 1e6) && lowerOf(pieces, at) === 'of'
      ? at + 1
      : at;
  const currency = currencyAfter(pieces, whole, language);
  if (currency && !(unit && unit.next > currency.next) && isMoney(pieces, numeral, currency, at)) {
    let next = currency.next;
    let value = numeral.value * currency.scale;
    // "75 USD million"
    const scale = numeral.scale === 1 && currency.sign ? scaleWord(lowerOf(pieces, next)) : 1;
    if (scale > 1) {
      value *= scale;
      next++;
    }
    const coins = coinsAfter(pieces, next, language);
    if (coins && !currency.coin) {
      value += coins.value / 100;
      next = coins.next;
    }
    const pence = currency.unit === 'penny' || /^centimes?$/.test(lowerOf(pieces, currency.next - 1));
    if (pence) value /= 100;
    const unit = pence ? (currency.unit === 'penny' ? 'GBP' : 'EUR') : currency.unit;
    return finish(pieces, { ...amount, next, value: round(value), unit, kind: 'money' }, language);
  }
  // "weighs 12 pounds"
  if (currency && !currency.sign && /^pounds?$/.test(lowerOf(pieces, at)) && isWeight(pieces, at))
    return finish(pieces, { ...amount, next: at + 1, unit: 'lb', kind: 'mass' }, language);
  if (unit && !isOtherSense(pieces, amount, unit.code, unit.next, language))
    return finish(pieces, { ...amount, next: unit.next, unit: unit.code, kind: unit.kind }, language);
  return finish(pieces, amount, language);
}

/** Where a fraction's unit begins: "a quarter *of a mile*", "half *an hour*", « un quart d'heure ». */
function wholeUnit(pieces: Piece[], at: number, numeral: Numeral): number {
  if (!numeral.share && !(numeral.vague && lowerOf(pieces, at) === 'of')) return at;
  let from = /^(?:of|de|d')$/.test(lowerOf(pieces, at)) ? at + 1 : at;
  if (/^(?:a|an|un|une)$/.test(lowerOf(pieces, from))) from++;
  return from;
}

/** Adds the rate after an amount: "a day", « par mois ». */
function finish(pieces: Piece[], amount: Amount, language: Language): Amount {
  amount.rateNext = amount.next;
  if (amount.kind === 'plain' || amount.kind === 'percent') return amount;
  const rate = rateAt(pieces, amount.next, language);
  if (rate) {
    amount.rate = rate.per;
    amount.rateNext = rate.next;
  }
  return amount;
}

/** The piece after "%", "per cent", "percentage points", « pour cent », « points de pourcentage »; 0 where none stands. */
export function percentAt(pieces: Piece[], at: number): number {
  const word = lowerOf(pieces, at);
  if (word === '%' || word === '٪') return at + 1;
  if (/^(?:percent|percents|percentage|pct|pc|pourcent|pourcents|pourcentage|pourcentages)$/.test(word)) {
    if (word === 'pc' && !touches(pieces, at)) return 0;
    return /^points?$/.test(lowerOf(pieces, at + 1))
      ? at + 2
      : word === 'percentage' && at > 0 && !/^(?:digits)$/.test(pieces[at - 1]!.kind)
        ? at + 1
        : at + 1;
  }
  if ((word === 'per' || word === 'pour') && /^cents?\.?$/.test(lowerOf(pieces, at + 1))) return at + 2;
  if ((word === 'per' || word === 'pour') && isJoint(pieces, at + 1) && lowerOf(pieces, at + 2) === 'cent')
    return at + 3;
  if (
    /^points?$/.test(word) &&
    /^d(?:e|')$/.test(lowerOf(pieces, at + 1)) &&
    /^pourcentage$/.test(lowerOf(pieces, at + 2))
  )
    return at + 3;
  return 0;
}

function scaleWord(word: string): number {
  switch (plainWord(word)) {
    case 'million':
    case 'millions':
      return 1e6;
    case 'billion':
      return 1e9;
    default:
      return 1;
  }
}

/** Whether the currency after a number is meant: "five won seats", « 300 livres », "12 p". */
function isMoney(pieces: Piece[], numeral: Numeral, currency: CurrencyReading, at: number): boolean {
  if (currency.sign) return true;
  const last = pieces[currency.next - 1]!;
  if (last.lower === 'p' && !last.gap) return last.text === 'p';
  if (last.lower === 'p')
    return (
      last.text === 'p' &&
      lowerOf(pieces, currency.next) !== '.' &&
      !/^m\.?$/.test(lowerOf(pieces, currency.next))
    );
  if (/^livres?$/.test(last.lower)) return numeral.scale >= 1e6;
  if (/^pounds?$/.test(last.lower)) return !isWeight(pieces, at);
  if (/^(?:mark|marks|buck)$/.test(last.lower)) return false;
  return (
    !DOUBTFUL.has(currency.unit) || numeral.scale >= 1e3 || currency.next > at + 1 || numeral.value >= 100
  );
}

/** "weighs 12 pounds", "a 200-pound bomb". */
function isWeight(pieces: Piece[], at: number): boolean {
  if (isJoint(pieces, at - 1)) return true;
  for (let back = at - 1; back >= 0 && back > at - 10; back--) {
    if (/^(?:cost|costs|paid|pay|price|worth|[.,;])$/.test(lowerOf(pieces, back))) break;
    if (/^(?:weigh|weighs|weighed|weighing|weight|heavy|heavier|baby)$/.test(lowerOf(pieces, back)))
      return true;
  }
  return (
    /^(?:heavier|lighter|overweight)$/.test(lowerOf(pieces, at + 1)) ||
    (/^(?:of|in)$/.test(lowerOf(pieces, at + 1)) &&
      /^(?:body|weight|rice|flour|meat|explosives|cocaine|heroin|food)$/.test(lowerOf(pieces, at + 2)))
  );
}

/** "50 cents" after "3 dollars", with or without "and". */
function coinsAfter(pieces: Piece[], at: number, language: Language): { value: number; next: number } | null {
  const from = /^(?:and|et)$/.test(lowerOf(pieces, at)) ? at + 1 : at;
  if (from >= pieces.length) return null;
  const numeral = readNumeral('', pieces, from, language, { loose: false, money: false });
  if (!numeral || numeral.value >= 100) return null;
  return /^(?:cents?|pence|p|centimes?)$/.test(lowerOf(pieces, numeral.next))
    ? { value: numeral.value, next: numeral.next + 1 }
    : null;
}

/** Words that are units only sometimes: "two second homes", « 3 tours », "five feet tall" is one and "two feet" may be. */
function isOtherSense(
  pieces: Piece[],
  amount: Amount,
  code: string,
  next: number,
  language: Language,
): boolean {
  const words = amount.numeral.words;
  if (code === 'turn' || code === 'st' || code === 'dr' || code === 'cup' || code === 'bar' || code === 'bit')
    return true;
  // "10.45pm" is a time of day, "the 5s" a name.
  if (code === 'pm' && amount.value < 24) return true;
  if (code === 's' && lowerOf(pieces, next - 1) === 's' && Number.isInteger(amount.value)) return true;
  if (
    code === 's' &&
    /^second$/.test(lowerOf(pieces, next - 1)) &&
    !amount.hyphen &&
    amount.value !== 1 &&
    words
  )
    return true;
  // « la deux pièces », « un pied »: parts of the body and of a house.
  if (language === 'fr' && words && amount.value <= 2 && /^pieds?$/.test(lowerOf(pieces, next - 1)))
    return true;
  if (words && amount.value <= 2 && lowerOf(pieces, next - 1) === 'feet') return true;
  return false;
}
