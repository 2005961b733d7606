// Every quantity of a stretch of text, of whatever kind, with its range, bound, change, rate and parallel conversions. One
// reader for all uses: figures select from these (figure.ts), and evaluations count all of them.
import type { Span } from '../record/suggestion.ts';
import type { Bound } from '../record/vocabulary.ts';
import { isAge, isBareAge } from './age.ts';
import { type Amount, readAmount } from './amount.ts';
import { type Conversion, readConversions, readRange } from './amount-pair.ts';
import { boundAfter, boundBefore } from './bound.ts';
import { baselineAfter, changeAround, type Ratio, ratioAt, ratioOf } from './change.ts';
import { mayBeginMoney } from './currency.ts';
import { readShare } from './fraction.ts';
import { lexiconOf } from './lexicon.ts';
import { isLabel, telephoneEnd } from './not-amount.ts';
import { mayBeginNumber, round } from './numeral.ts';
import { lowerOf, type Piece, readPieces } from './piece.ts';
import type { Language } from './propose.ts';
import { rateAt } from './unit.ts';

/** What a quantity is. Ages and durations mostly say who and when, not how many. */
export type QuantityKind =
  | 'count'
  | 'share'
  | 'money'
  | 'measure'
  | 'duration'
  | 'age'
  | 'frequency'
  | 'ratio';

/** One quantity with all that qualifies it. The span holds bound words, number and unit, not its rate. */
export interface Quantity extends Span {
  kind: QuantityKind;
  value: number | null;
  low: number | null;
  high: number | null;
  bound: Bound;
  /** Which way it changed, for changes and for a number something "fell to". */
  direction: 1 | -1 | null;
  /** ISO 4217, "%", a unit's code; "/week" and the like for a frequency; null for a plain count. */
  unit: string | null;
  /** "/day", "/month" where it is so much a day or a month. */
  rate: string | null;
  /** The words of the number and unit alone. */
  core: Span;
  /** The same amount in other units, from the brackets after it. */
  equivalents: Conversion[];
  /** Where the expression with its conversions ends. */
  after: number;
  words: boolean;
  small: boolean;
  one: boolean;
  /** "dozens", « des centaines »: nobody says how many. */
  vague: boolean;
  /** Joined to the next word by a hyphen: "a 12-bed ward". */
  hyphen: boolean;
  /** A share said as a fraction: 0.3333… of "a third", where `value` is in per cent. */
  fraction: number | null;
  /** A number the text gives as the one before: "from 600 to 80". */
  was: number | null;
  /** The noun inside a share: "one *child* in five", « deux *familles* sur trois ». */
  noun: Span | null;
  /** Where what it is compared with begins: "compared with *2019*". */
  baselineAt: { start: number; dateOnly: boolean } | null;
}

/**
 * The quantities in text[start, end), in text order, none overlapping. `dates` are the dates in it, in order: numbers
 * in them are none. Linear in the length.
 */
export function readQuantities(
  text: string,
  start: number,
  end: number,
  language: Language,
  dates: Span[],
): Quantity[] {
  const pieces = readPieces(text, start, end, language);
  const found: Quantity[] = [];
  let date = 0;
  let telephone = 0;
  for (let at = 0; at < pieces.length; ) {
    const piece = pieces[at]!;
    while (date < dates.length && dates[date]!.end <= piece.start) date++;
    if (date < dates.length && dates[date]!.start <= piece.start) {
      at++;
      continue;
    }
    if (at >= telephone && (piece.kind === 'digits' || piece.text === '+' || piece.text === '('))
      telephone = telephoneEnd(pieces, at);
    if (at < telephone) {
      at = telephone;
      telephone = 0;
      continue;
    }
    const read = readAt(
      text,
      pieces,
      at,
      language,
      date < dates.length ? dates[date]!.start : Number.POSITIVE_INFINITY,
    );
    if (read === null) at++;
    else if (typeof read === 'number') at = Math.max(at + 1, read);
    else {
      // "from 600 to 80" gives two numbers and says which came first.
      const last = found.at(-1);
      if (last && read.quantity.start < last.after) read.quantity.start = last.after;
      found.push(read.quantity);
      at = Math.max(at + 1, read.next);
    }
  }
  linkBefore(text, found);
  return found;
}

/** The quantity at a piece; a number: the piece to go on from where a number labels something; null: nothing begins here. */
function readAt(
  text: string,
  pieces: Piece[],
  at: number,
  language: Language,
  dateStart: number,
): { quantity: Quantity; next: number } | number | null {
  const ratio = pieces[at]!.kind === 'word' ? ratioAt(text, pieces, at, language) : null;
  if (ratio) return ratioQuantity(pieces, ratio, language);
  const often = oftenAt(pieces, at, language);
  if (often) return often;
  const currency = mayBeginMoney(pieces, at);
  if (!currency && !mayBeginNumber(pieces, at, language)) return null;
  const amount = readAmount(text, pieces, at, language);
  if (!amount) return null;
  if (pieces[amount.numeral.next - 1]!.start >= dateStart) return null;
  // A date may take the end of what looks like a number: "in May 2014 300 people", « le 3 mai ».
  if (pieces[amount.next - 1]!.end > dateStart) {
    if (pieces[amount.numeral.next - 1]!.end > dateStart) return null;
    amount.next = amount.rateNext = amount.numeral.next;
    amount.unit = null;
    amount.kind = 'plain';
    amount.rate = null;
  }
  // « 24 heures sur 24 », « 7 jours sur 7 »: always, no amount.
  if (
    language === 'fr' &&
    lowerOf(pieces, amount.next) === 'sur' &&
    pieces[amount.next + 1]?.text === pieces[amount.numeral.next - 1]!.text
  )
    return amount.next + 2;
  const factor = ratioOf(pieces, amount, language);
  if (factor) return ratioQuantity(pieces, factor, language);
  const share = nounShare(text, pieces, amount, language);
  if (share) return share;
  const times = timesOf(pieces, amount, language);
  if (times) return times;
  if (amount.numeral.one && isArticle(pieces, amount, language)) return null;
  if (isLabel(text, pieces, amount, language)) return amount.numeral.next;
  return qualify(text, pieces, amount, language, dateStart);
}

/** "one another", "no one", "the one"; « un » and « une » but after « au moins » and « plus d' ». */
function isArticle(pieces: Piece[], amount: Amount, language: Language): boolean {
  if (amount.next > amount.numeral.next || amount.numeral.next > amount.from + 1) return false;
  const before = lowerOf(pieces, amount.from - 1);
  const after = lowerOf(pieces, amount.next);
  if (language === 'fr') return boundBefore(pieces, amount.from, 'fr') === null;
  if (
    /^(?:no|any|every|some|each|same|the|this|that|which|another|someone|last|next|day|loved|its|his|her|my|your|our|their|only)$/.test(
      before,
    ) &&
    before !== 'only'
  )
    return true;
  return (
    /^(?:another|day|'s|of|by|who|that|,|\.|can|could|should|would|must|may|might|more|thing|-)?$/.test(
      after,
    ) && !(after === 'of')
  );
}

function blank(pieces: Piece[], from: number, next: number): Quantity {
  const [start, end] = [pieces[from]!.start, pieces[next - 1]!.end];
  // Written out: spreading a span into so many fields costs more than the rest of the reading.
  return {
    start,
    end,
    kind: 'count',
    value: null,
    low: null,
    high: null,
    bound: 'exact',
    direction: null,
    unit: null,
    rate: null,
    core: { start, end },
    equivalents: [],
    after: end,
    words: true,
    small: false,
    one: false,
    vague: false,
    hyphen: false,
    fraction: null,
    was: null,
    noun: null,
    baselineAt: null,
  };
}

function ratioQuantity(
  pieces: Piece[],
  ratio: Ratio,
  language: Language,
): { quantity: Quantity; next: number } {
  const quantity = blank(pieces, ratio.from, ratio.next);
  quantity.kind = 'ratio';
  quantity.value = ratio.change;
  quantity.unit = '%';
  quantity.bound = 'change';
  quantity.direction = ratio.change < 0 ? -1 : 1;
  const base = baselineAfter(pieces, ratio.next, language);
  if (base && pieces[base.at])
    quantity.baselineAt = { start: pieces[base.at]!.start, dateOnly: base.dateOnly };
  return { quantity, next: ratio.next };
}

const OFTEN: Record<Language, ReadonlyMap<string, number>> = {
  en: new Map(Object.entries({ once: 1, twice: 2, thrice: 3 })),
  fr: new Map(),
};

/** "twice a week", "once every three months" is left out: only a plain rate is a frequency. */
function oftenAt(
  pieces: Piece[],
  at: number,
  language: Language,
): { quantity: Quantity; next: number } | null {
  const value = OFTEN[language].get(lowerOf(pieces, at));
  if (!value) return null;
  const rate = rateAt(pieces, at + 1, language);
  return rate ? frequency(pieces, at, rate.next, value, rate.per, language) : null;
}

function frequency(
  pieces: Piece[],
  at: number,
  next: number,
  value: number,
  per: string,
  language: Language,
): { quantity: Quantity; next: number } {
  const bound = boundBefore(pieces, at, language);
  const quantity = blank(pieces, bound?.from ?? at, next);
  quantity.kind = 'frequency';
  quantity.value = value;
  quantity.unit = per;
  quantity.bound = bound?.bound ?? 'exact';
  return { quantity, next };
}

/** "three times a day", « deux fois par semaine ». */
function timesOf(
  pieces: Piece[],
  amount: Amount,
  language: Language,
): { quantity: Quantity; next: number } | null {
  if (amount.kind !== 'plain' || !/^(?:times|fois)$/.test(lowerOf(pieces, amount.next))) return null;
  const rate = rateAt(pieces, amount.next + 1, language);
  return rate ? frequency(pieces, amount.from, rate.next, amount.value, rate.per, language) : null;
}

/** "one child in five", "two families out of three", « un migrant sur cinq ». */
function nounShare(
  text: string,
  pieces: Piece[],
  amount: Amount,
  language: Language,
): { quantity: Quantity; next: number } | null {
  const { numeral } = amount;
  if (amount.kind !== 'plain' || numeral.share || numeral.vague || numeral.value > 20) return null;
  const lexicon = lexiconOf(language);
  let at = numeral.next;
  while (
    at < numeral.next + 3 &&
    pieces[at]?.kind === 'word' &&
    !lexicon.functionWords.has(pieces[at]!.lower)
  )
    at++;
  if (at === numeral.next) return null;
  // "two people in ten tents" are no share; "one person in ten" is.
  if (
    language === 'en' &&
    lowerOf(pieces, at) === 'in' &&
    !numeral.one &&
    lowerOf(pieces, at + 1) !== 'every'
  )
    return null;
  const share = readShare(pieces, numeral.value, at, language, false, (index) => {
    const below = readAmount(text, pieces, index, language);
    return below?.kind === 'plain' ? below.numeral : null;
  });
  if (!share || pieces[share.next]?.text === '%') return null;
  const bound = boundBefore(pieces, amount.from, language);
  const quantity = blank(pieces, bound?.from ?? amount.from, share.next);
  quantity.kind = 'share';
  quantity.fraction = share.value;
  quantity.value = Number((share.value * 100).toFixed(2));
  quantity.unit = '%';
  quantity.bound = bound?.bound ?? 'exact';
  quantity.noun = { start: pieces[numeral.next]!.start, end: pieces[at - 1]!.end };
  return { quantity, next: share.next };
}

/** Adds range, change or bound, conversions and rate to an amount. */
function qualify(
  text: string,
  pieces: Piece[],
  amount: Amount,
  language: Language,
  dateStart: number,
): { quantity: Quantity; next: number } {
  const { numeral } = amount;
  let from = amount.from;
  let next = amount.next;
  const quantity = blank(pieces, from, next);
  quantity.kind = kindOf(pieces, amount, language);
  quantity.value = round(amount.value);
  quantity.unit = amount.unit;
  quantity.bound = numeral.approximate ? 'about' : numeral.vague ? 'more-than' : 'exact';
  quantity.words = numeral.words;
  quantity.small = numeral.small;
  quantity.one = numeral.one;
  quantity.vague = numeral.vague;
  quantity.hyphen = amount.hyphen;
  if (numeral.share && amount.kind === 'plain') {
    quantity.kind = 'share';
    quantity.fraction = amount.value;
    quantity.value = Number((amount.value * 100).toFixed(2));
    quantity.unit = '%';
  }
  const range = readRange(text, pieces, amount, language, dateStart);
  if (range) {
    from = range.from;
    next = range.high.next;
    quantity.low = round(range.low);
    quantity.high = round(range.high.value);
    quantity.value = null;
    quantity.bound = 'range';
    quantity.unit = range.high.unit ?? amount.unit;
    quantity.kind = range.high.unit === null ? quantity.kind : kindOf(pieces, range.high, language);
    quantity.words &&= range.high.numeral.words;
    quantity.small &&= range.high.numeral.small;
    quantity.hyphen = range.high.hyphen;
    quantity.core = { start: pieces[amount.from]!.start, end: pieces[next - 1]!.end };
    if (range.high.value < range.low) [quantity.low, quantity.high] = [quantity.high, quantity.low];
  }
  const last = range?.high ?? amount;
  let past = next;
  if (last.rate !== null && quantity.unit !== '%') {
    quantity.rate = last.rate;
    past = Math.max(next, last.rateNext);
  }
  const conversions = readConversions(text, pieces, last, past, language);
  if (conversions) quantity.equivalents = conversions.found;
  const whole: Amount = {
    ...last,
    from: amount.from,
    numeral: { ...last.numeral, from: amount.numeral.from },
  };
  const change = changeAround(pieces, range ? { ...whole, next: last.next } : amount, language);
  if (change && quantity.kind !== 'age' && !(quantity.kind === 'duration' && amount.numeral.small)) {
    quantity.bound = 'change';
    quantity.direction = change.sign;
    if (quantity.value !== null) quantity.value = round(quantity.value * change.sign);
    else if (change.sign < 0) [quantity.low, quantity.high] = [-quantity.high!, -quantity.low!];
    from = Math.min(from, change.from);
    next = Math.max(next, change.next);
    const base = baselineAfter(pieces, next, language);
    if (base && pieces[base.at])
      quantity.baselineAt = { start: pieces[base.at]!.start, dateOnly: base.dateOnly };
  } else {
    const bound = boundBefore(pieces, from, language);
    const suffix = bound || range ? null : boundAfter(pieces, next, language);
    if (bound) {
      from = bound.from;
      if (!range && !numeral.vague) quantity.bound = bound.bound;
    } else if (suffix) {
      quantity.bound = suffix.bound;
      next = suffix.to;
    }
  }
  quantity.start = pieces[from]!.start;
  quantity.end = pieces[next - 1]!.end;
  past = Math.max(next, past, conversions?.next ?? 0);
  quantity.after = pieces[past - 1]!.end;
  return { quantity, next: past };
}

function kindOf(pieces: Piece[], amount: Amount, language: Language): QuantityKind {
  switch (amount.kind) {
    case 'money':
      return 'money';
    case 'percent':
      return 'share';
    case 'time':
      return isAge(pieces, amount, language) ? 'age' : 'duration';
    case 'plain':
      return isBareAge(pieces, amount, language) ? 'age' : 'count';
    default:
      return 'measure';
  }
}

/** Gives a number the one it came from: "fell from 600 to 80", « passé de 600 à 80 », "down to 80 from 600". */
function linkBefore(text: string, found: Quantity[]): void {
  for (let index = 1; index < found.length; index++) {
    const one = found[index - 1]!;
    const two = found[index]!;
    const gap = text.slice(one.after, two.start);
    if (
      gap.length > 40 ||
      one.value === null ||
      two.value === null ||
      one.bound === 'change' ||
      two.bound === 'change'
    )
      continue;
    const lead = text.slice(Math.max(0, one.start - 60), one.start);
    if (one.unit !== null && two.unit !== null && one.unit !== two.unit) continue;
    if (/^[^.;:,]{0,30}\s(?:to|à)\s+$/i.test(gap) && /(?:\bfrom|(?:^|\s)d(?:e|u)|\sd['’])\s*$/i.test(lead)) {
      two.was = one.value;
      two.direction = two.value > one.value ? 1 : two.value < one.value ? -1 : null;
      if (one.unit === null && two.unit !== null && one.kind === 'count') takeUnit(one, two);
      else if (
        two.unit === null &&
        one.unit !== null &&
        two.kind === 'count' &&
        !/^\s+\p{L}+s\b/u.test(text.slice(two.end, two.end + 20))
      )
        takeUnit(two, one);
    } else if (
      /^[^.;:,]{0,20}[,]?\s(?:up |down )?from\s+$/i.test(gap) &&
      (/\bto\s+$/i.test(lead) || /^up to\s+$/i.test(text.slice(one.start, one.core.start)))
    ) {
      if (one.start < one.core.start) {
        // "up to 80 from 60" is where it went, no bound.
        one.bound = 'exact';
        one.start = one.core.start;
      }
      one.was = two.value;
      one.direction = one.value > two.value ? 1 : one.value < two.value ? -1 : null;
    }
  }
}

/** "from 24 to 33 billion euros": the first takes the unit of the second, and its scale where it is smaller otherwise. */
function takeUnit(one: Quantity, two: Quantity): void {
  if (two.kind === 'duration' || two.kind === 'age') return;
  one.unit = two.unit;
  one.kind = two.kind;
}
