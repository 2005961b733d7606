// The quantities of a claim: every number and date of a short text with the words around it, ready to be set against those
// of another text. What agrees with what is decided elsewhere (analysis); here it is only read.
import type { ClaimKind, ClaimQuantity } from '../record/claim-quantity.ts';
import type { Span } from '../record/suggestion.ts';
import type { Bound } from '../record/vocabulary.ts';
import { boundBefore } from './bound.ts';
import { countedAfter, countedBefore, countedIn } from './counted.ts';
import { type DateMention, findDates } from './date.ts';
import { readValue } from './digits.ts';
import { ordinalAt } from './fraction.ts';
import { lexiconOf } from './lexicon.ts';
import { findQuantities, type NumberMention } from './number.ts';
import { isNumberWord, readCardinal } from './number-word.ts';
import { readPieces } from './piece.ts';
import type { Language } from './propose.ts';
import { TAG } from './tag.ts';
import { tagsOf } from './tagger.ts';
import { type Token, tokenise } from './text-model.ts';

/** A quantity on its way: where it stands, and what of it is known from its own words. */
interface Found extends Span {
  kind: ClaimKind;
  value: number | null;
  low: number | null;
  high: number | null;
  bound: Bound;
  unit: string | null;
  mention: NumberMention | null;
  period: string | null;
}

/**
 * The quantities of a text in its order: amounts, scores ("5.7/10"), places in an order ("42nd"), "no" and "both", and
 * dates. `published` helps dates that name no year. Linear in the length of the text.
 */
export function readClaim(
  text: string,
  language: Language,
  published: string | null = null,
): ClaimQuantity[] {
  const tokens = tokenise(text, 0, text.length, language);
  if (tokens.length === 0) return [];
  // "four years ago" says when, but it says how long as well.
  const dates = findDates(tokens, language, published).filter(
    ({ start, end }) => !LENGTH[language].test(text.slice(start, end)) && !isBounded(text, start, end),
  );
  const scores = readScores(text, language, dates);
  const numbers = findQuantities(text, tokens, language, dates)
    .filter((mention) => !meets(scores, mention) && !isPronoun(tokens, mention))
    .map(fromMention);
  const taken = [dates, scores, numbers];
  const words = readWords(text, tokens, language, (span) => taken.some((spans) => meets(spans, span)));
  const found = [...numbers, ...scores, ...words, ...dates.map(fromDate)].sort((a, b) => a.start - b.start);
  const tags = found.length > 0 ? tagsOf(tokens, language) : new Uint8Array();
  const steps = stepsOf(tokens, found, language);
  const first = firstOf(tokens, found, steps);
  const excepted = found.length > 0 ? exceptedOf(tokens, tags, language) : new Uint8Array();
  return found.map((one) => toClaim({ text, language, tokens, tags, found, steps, first, excepted }, one));
}

/** A length of time counted from now or from then. */
const LENGTH: Record<Language, RegExp> = {
  en: /^(?:\p{L}+ )*(?:\d+|\p{L}+)[ -](?:second|minute|hour|day|week|month|year|decade)s? (?:ago|later|earlier|before|after)$/iu,
  fr: /^(?:il y a .+|.+ (?:plus tard|plus tôt|auparavant|après))$/iu,
};

/** "less than 1950 cases": four digits under a bound that no year takes. */
function isBounded(text: string, start: number, end: number): boolean {
  return (
    /^\d{4}$/.test(text.slice(start, end)) &&
    /(?:\b(?:more|less|fewer|higher|lower) than|\bat (?:least|most)|(?:plus|moins) de|au (?:moins|plus))\s$/i.test(
      text.slice(Math.max(0, start - 16), start),
    ) &&
    /^\s\p{L}/u.test(text.slice(end, end + 2))
  );
}

/** Whether a span meets one of some that are in order and apart from one another. */
function meets(spans: readonly Span[], span: Span): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end <= span.start) low = middle + 1;
    else high = middle;
  }
  return low < spans.length && spans[low]!.start < span.end;
}

/** "one of them": counts nothing but itself. */
function isPronoun(tokens: Token[], { quantity, to }: NumberMention): boolean {
  return (
    quantity.one &&
    quantity.words &&
    quantity.bound === 'exact' &&
    /^(?:of|de|des|d')$/.test(tokens[to]?.lower ?? '')
  );
}

function fromMention(mention: NumberMention): Found {
  const { start, end, kind, value, low, high, bound, quantity } = mention;
  return {
    start,
    end,
    kind,
    value,
    low,
    high,
    bound,
    unit: quantity.unit ?? mention.unit,
    mention,
    period: null,
  };
}

function fromDate({ start, end, edtf }: DateMention): Found {
  return {
    start,
    end,
    kind: 'date',
    value: null,
    low: null,
    high: null,
    bound: 'exact',
    unit: null,
    mention: null,
    period: edtf,
  };
}

const SCORE =
  /(?<![\d.,/-])(\d{1,3}(?:[.,]\d{1,3})?)(?:\s?\/\s?|\s(?:out of|sur)\s)(4|5|6|10|20|50|100)(?!\d|[.,/]\d|\s?%)/g;

/** So many points out of a fixed number: "5.7/10", "58 out of 100", « 14 sur 20 ». */
function readScores(text: string, language: Language, dates: Span[]): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(SCORE)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const value = Number(match[1]!.replace(',', '.'));
    if (value > Number(match[2]) || meets(dates, { start, end })) continue;
    // "3 out of 5 households" is a share, read with the others.
    if (
      !match[0].includes('/') &&
      /^\s+\p{Ll}/u.test(text.slice(end, end + 4)) &&
      !/^\s+(?:on|by|based|from|with|and|for|in|as|at|which|this|that|last|sur|par|pour|et|en|dans|lors|cette|ce|cet|au|aux)\b/.test(
        text.slice(end, end + 9),
      )
    )
      continue;
    const pieces = readPieces(text, Math.max(0, start - 60), start, language);
    const bound = boundBefore(pieces, pieces.length, language);
    found.push({
      start: bound ? pieces[bound.from]!.start : start,
      end,
      kind: 'score',
      value,
      low: null,
      high: null,
      bound: bound?.bound ?? 'exact',
      unit: `/${match[2]}`,
      mention: null,
      period: null,
    });
  }
  return found;
}

const NONE: Record<Language, RegExp> = { en: /^(?:no|zero|none)$/, fr: /^(?:aucune?|zéro)$/ };
const BOTH: Record<Language, RegExp> = { en: /^both$/, fr: /^(?:tous|toutes)$/ };
const RANKS: Record<Language, ReadonlyMap<string, number>> = {
  en: new Map([
    ['first', 1],
    ['second', 2],
  ]),
  fr: new Map([
    ['premier', 1],
    ['première', 1],
    ['second', 2],
    ['seconde', 2],
    ['deuxième', 2],
    ['troisième', 3],
  ]),
};

/** Numbers in words that no other reader takes for an amount: "no deaths", "both towns", "42nd", "third". */
function readWords(
  text: string,
  tokens: Token[],
  language: Language,
  isTaken: (span: Span) => boolean,
): Found[] {
  const found: Found[] = [];
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    let kind: ClaimKind = 'count';
    let value: number | null = null;
    if (
      NONE[language].test(token.lower) &&
      next?.kind === 'word' &&
      !/^(?:longer|one|more|less|fewer|doubt)$/.test(next.lower)
    )
      value = 0;
    else if (
      BOTH[language].test(token.lower) &&
      (language === 'en' ? next?.kind === 'word' && /[^s]s$/.test(next.lower) : next?.lower === 'deux')
    )
      value = 2;
    else {
      kind = 'rank';
      value = rankAt(text, tokens, at, language);
    }
    if (value === null || isTaken(token)) continue;
    found.push({
      start: token.start,
      end: token.end,
      kind,
      value,
      low: null,
      high: null,
      bound: 'exact',
      unit: null,
      mention: null,
      period: null,
    });
  }
  return found;
}

const LABEL: Record<Language, RegExp> = { en: /^(?:number|no)$/, fr: /^(?:numéro|no)$/ };

function rankAt(text: string, tokens: Token[], at: number, language: Language): number | null {
  const token = tokens[at]!;
  if (LABEL[language].test(tokens[at - 1]?.lower ?? ''))
    return (
      readValue(token.text, language) ??
      readCardinal(readPieces(text, token.start, token.end, language), 0, language)?.value ??
      null
    );
  const digits = /^(\d{1,4})(?:st|nd|rd|th|er|ère|re|e|è|ème|ième|nd|nde)$/.exec(token.lower);
  if (digits) return Number(digits[1]);
  if (token.kind !== 'word') return null;
  const known = RANKS[language].get(token.lower);
  if (known) return known;
  return token.lower.length < 4
    ? null
    : ordinalAt(readPieces(text, token.start, token.end, language), 0, language);
}

/** What the end of a sentence counts for in words. */
const STOP = 12;

/** How far each token is along the text: words count one, what parts clauses more, a quantity in between as well. */
function stepsOf(tokens: Token[], found: Found[], language: Language): Float64Array {
  const steps = new Float64Array(tokens.length + 1);
  let next = 0;
  for (const [at, token] of tokens.entries()) {
    let cost = token.kind === 'word' ? (CONJUNCTION[language].test(token.lower) ? 3 : 1) : 0.5;
    if (/^[,(;:–—]$/.test(token.text) || token.text === '-') cost = 3;
    else if (/^[.!?]$/.test(token.text)) cost = STOP;
    while (next < found.length && found[next]!.end <= token.start) next++;
    const one = found[next];
    if (one && one.start < token.end && one.start >= (tokens[at - 1]?.end ?? 0)) cost += 4;
    steps[at + 1] = steps[at]! + cost;
  }
  return steps;
}

const CONJUNCTION: Record<Language, RegExp> = {
  en: /^(?:and|but|while|whereas|or|which|who|for|against|including|compared)$/,
  fr: /^(?:et|mais|tandis|alors|ou|qui|que|pour|contre|dont)$/,
};
/** Words further away tell nothing about a number. */
const REACH = 40;
/** What is said of all the numbers of a sentence alike, its subject and its verb, is at this distance from each. */
const ALIKE = 8;

/** What the words of a text are measured by. */
interface Setting {
  text: string;
  language: Language;
  tokens: Token[];
  tags: Uint8Array;
  found: Found[];
  /** How far along the text each token is. */
  steps: Float64Array;
  /** For each token, where the first quantity of its sentence begins. */
  first: Int32Array;
  /** 1 for what a number is said not to include: "outside *North America*". */
  excepted: Uint8Array;
}

/** Words of the grammar that tell which of two numbers is meant. */
const WHICH: Record<Language, RegExp> = {
  en: /^(?:outside|except|other|others|elsewhere|abroad|all|per)$/,
  fr: /^(?:hors|sauf|autres?|ailleurs|étranger|tous|toutes|par)$/,
};
const EXCEPT: Record<Language, RegExp> = {
  en: /^(?:outside|except|excluding|excepting|besides)$/,
  fr: /^(?:hors|excepté|sauf|hormis)$/,
};

/** The names after "outside": a number said to leave them out is not a number about them. */
function exceptedOf(tokens: Token[], tags: Uint8Array, language: Language): Uint8Array {
  const excepted = new Uint8Array(tokens.length);
  for (let at = 0; at < tokens.length; at++) {
    if (!EXCEPT[language].test(tokens[at]!.lower)) continue;
    for (let next = at + 1; next < tokens.length; next++) {
      const { kind, capital, lower } = tokens[next]!;
      const joins = /^(?:of|the|and|or|from|de|du|des|la|le|les|l'|d'|et|ou)$/.test(lower);
      if (kind !== 'word' || (!joins && !capital && tags[next] !== TAG.PROPN)) break;
      excepted[next] = 1;
    }
  }
  return excepted;
}

/** For each token, where the first quantity of its sentence begins; past the sentence's end where it has none. */
function firstOf(tokens: Token[], found: Found[], steps: Float64Array): Int32Array {
  const first = new Int32Array(tokens.length);
  let next = 0;
  for (let from = 0; from < tokens.length; ) {
    let to = from + 1;
    while (to < tokens.length && steps[to]! - steps[to - 1]! < STOP) to++;
    const end = tokens[to - 1]!.end;
    while (next < found.length && found[next]!.start < tokens[from]!.start) next++;
    let at = from;
    const one = found[next];
    if (!one || one.start >= end) at = to;
    else while (at < to && tokens[at]!.end <= one.start) at++;
    first.fill(at, from, to);
    from = to;
  }
  return first;
}

function toClaim(setting: Setting, found: Found): ClaimQuantity {
  const { text, language, tokens, tags } = setting;
  const { mention } = found;
  let from = mention?.from ?? lowerBound(tokens, found.start);
  while (from > 0 && tokens[from]!.start > found.start) from--;
  let to = from + 1;
  while (to < tokens.length && tokens[to]!.start < found.end) to++;
  const noun = mention ? nounOf(tokens, mention, language, tags) : nounAfter(tokens, to, found.kind);
  const shown = text.slice(found.start, found.end);
  const denial = denialOf(tokens, from, language, found.bound);
  return {
    kind: found.kind,
    amount: {
      bound: denial?.bound ?? found.bound,
      value: found.value,
      low: found.low,
      high: found.high,
      unit: found.unit,
    },
    grain: grainOf(shown, found.value),
    short: SHORT[language].test(shown),
    denied: denial !== null && denial.bound === null,
    whole: isWhole(tokens, from, language),
    counted: noun ? text.slice(noun.start, noun.end) : null,
    context: contextOf(setting, from, to),
    period: found.kind === 'date' ? found.period : periodOf(setting, found, from, to),
    text: shown,
  };
}

/** The words around tokens[from, to), nearest first. */
function contextOf(setting: Setting, from: number, to: number): ClaimQuantity['context'] {
  const { language, tokens, steps, first } = setting;
  const { functionWords } = lexiconOf(language);
  const context: ClaimQuantity['context'] = [];
  const look = (at: number, distance: number) => {
    const token = tokens[at]!;
    if (setting.excepted[at]) return;
    if (token.kind !== 'word' || token.lower.length < 2) return;
    if (functionWords.has(token.lower) && !WHICH[language].test(token.lower)) return;
    for (const word of token.lower.split(/[-‐‑]/)) if (word.length > 1) context.push({ word, distance });
  };
  for (let at = to; at < tokens.length && steps[at]! - steps[to]! < REACH; at++)
    look(at, steps[at]! - steps[to]!);
  const near = (at: number) => steps[from]! - steps[at + 1]!;
  let at = from - 1;
  for (; at >= 0 && near(at) < REACH; at--) if (!isAlike(setting, at, from)) look(at, near(at));
  // What stands before the first number of the sentence is near to all of them.
  const head = first[from]!;
  for (
    at = Math.min(head, from) - 1;
    at >= 0 && steps[head]! - steps[at + 1]! < REACH && first[at] === head;
    at--
  )
    if (isAlike(setting, at, from)) look(at, ALIKE);
  return context.sort((a, b) => a.distance - b.distance);
}

/** Whether a word before the numbers of a sentence is said of all of them alike. */
const isAlike = ({ first, tags }: Setting, at: number, from: number): boolean =>
  at < first[at]! && first[at] === first[from] && isSubjectOrVerb(tags[at]!);

const isSubjectOrVerb = (tag: number): boolean =>
  tag === TAG.PROPN || tag === TAG['VERB-Fin'] || tag === TAG['VERB-Part'] || tag === TAG['VERB-Inf'];

/** When a number holds: the nearest date of the text, one of its own sentence first. */
function periodOf({ tokens, found, steps }: Setting, own: Found, from: number, to: number): string | null {
  let best: { period: string; distance: number } | null = null;
  const index = indexOf(found, own);
  for (const step of [-1, 1]) {
    for (let at = index + step; at >= 0 && at < found.length; at += step) {
      const one = found[at]!;
      const before = one.end <= tokens[from]!.start;
      const place = lowerBound(tokens, before ? one.end : one.start);
      const distance = before ? steps[from]! - steps[place]! : steps[place]! - steps[to]!;
      if (distance >= (best?.distance ?? 2 * REACH)) break;
      if (one.kind === 'date' && one.period !== null) best = { period: one.period, distance };
    }
  }
  return best?.period ?? null;
}

/** Where a quantity is among all, which are in text order. */
function indexOf(found: readonly Found[], own: Found): number {
  let [low, high] = [0, found.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (found[middle]!.start < own.start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a number before this one is said to be a part of it: "16 out of 28", « 16 sur 28 ». */
function isWhole(tokens: Token[], from: number, language: Language): boolean {
  let at = from - 1;
  if (/^(?:the|its|their|les|ses|leurs|all)$/.test(tokens[at]?.lower ?? '')) at--;
  if (language === 'en' ? tokens[at]?.lower !== 'of' : !/^(?:sur|des)$/.test(tokens[at]?.lower ?? ''))
    return false;
  if (tokens[at - 1]?.lower === 'out') at--;
  const before = tokens[at - 1];
  return before?.kind === 'number' || (before !== undefined && isNumberWord(before.lower, language));
}

const SHORT: Record<Language, RegExp> = {
  en: /^(?:very )?(?:nearly|almost|close to)\b/i,
  fr: /^(?:près d|presque|quasiment|pas loin d)/i,
};

function lowerBound(tokens: Token[], start: number): number {
  let [low, high] = [0, tokens.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nounOf(tokens: Token[], mention: NumberMention, language: Language, tags: Uint8Array): Span | null {
  if (mention.quantity.noun) return mention.quantity.noun;
  if (mention.kind === 'money') return null;
  return (
    countedAfter(tokens, mention, language, tags) ??
    nounOfWhole(tokens, mention, language, tags) ??
    countedIn(tokens, mention, language, tags) ??
    countedBefore(tokens, mention, language)
  );
}

/** "16 out of 28 *provinces*": a part is of what the whole is. */
function nounOfWhole(
  tokens: Token[],
  mention: NumberMention,
  language: Language,
  tags: Uint8Array,
): Span | null {
  let at = mention.to;
  if (tokens[at]?.lower === 'out') at++;
  if (!/^(?:of|sur|des)$/.test(tokens[at]?.lower ?? '')) return null;
  at++;
  if (/^(?:the|its|their|les|ses|leurs|all)$/.test(tokens[at]?.lower ?? '')) at++;
  if (tokens[at]?.kind !== 'number' && !isNumberWord(tokens[at]?.lower ?? '', language)) return null;
  return countedAfter(tokens, { ...mention, to: at + 1 }, language, tags);
}

/** What "no" and an ordinal stand before: the next word that is no mark. */
function nounAfter(tokens: Token[], at: number, kind: ClaimKind): Span | null {
  return kind !== 'date' && kind !== 'score' && tokens[at]?.kind === 'word' ? tokens[at]! : null;
}

/** The unit of the last digit printed: what the value is of its digits read without a point. */
function grainOf(shown: string, value: number | null): number | null {
  const digits = /\d[\d.,\s]*/.exec(shown)?.[0].replace(/\D/g, '');
  const whole = Number(digits ?? 0);
  return value === null || value === 0 || whole === 0
    ? null
    : Number((Math.abs(value) / whole).toPrecision(6));
}

const NOT: Record<Language, RegExp> = {
  en: /^(?:not|never|n't|without|failed|fails|fell)$|n['’]t$/,
  fr: /^(?:ne|n'|jamais|sans)$/,
};
/** Verbs that bound what follows: what did not reach a number stayed under it. */
const REACHES: Record<Language, RegExp> = {
  en: /^(?:reach|reached|hit|top|exceed|surpass|pass|cross|attain|get|make)$/,
  fr: /^(?:atteint|atteindre|dépassé|dépasser|dépasse|excédé|excède)$/,
};
const OPPOSITE: Partial<Record<Bound, Bound>> = {
  'more-than': 'at-most',
  'at-least': 'less-than',
  'less-than': 'at-least',
  'at-most': 'more-than',
};

/** What a negation in the same clause does to a number: turns its bound round, or denies it. */
function denialOf(
  tokens: Token[],
  from: number,
  language: Language,
  bound: Bound,
): { bound: Bound | null } | null {
  for (let at = from - 1; at >= 0 && at > from - 8; at--) {
    const token = tokens[at]!;
    if (token.kind === 'mark' && /^[,;:.()]$/.test(token.text)) return null;
    if (!NOT[language].test(token.lower)) continue;
    // "not only 300", "not yet"; « ne … que » says "only".
    const next = tokens[at + 1]?.lower ?? '';
    if (/^(?:only|just|merely|including|counting)$/.test(next)) return null;
    if (language === 'fr' && tokens.slice(at + 1, from).some(({ lower }) => /^(?:que|qu')$/.test(lower)))
      return null;
    if (token.lower === 'fell' && next !== 'short') continue;
    const opposite = OPPOSITE[bound];
    if (opposite) return { bound: opposite };
    if (bound !== 'exact' && bound !== 'about') return null;
    const reaches = tokens.slice(at + 1, from).some(({ lower }) => REACHES[language].test(lower));
    return { bound: reaches || token.lower === 'fell' ? 'less-than' : null };
  }
  return null;
}
