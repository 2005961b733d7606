// Figures: the quantities of a sentence that answer "how many", with what is counted, where, when and according to whom.
import type { FigureSuggestion, Span } from '../record/suggestion.ts';
import { boundAfter } from './bound.ts';
import { countedAfter, countedAs, countedBefore, countedIn, isPart, ratioNoun } from './counted.ts';
import type { DateMention } from './date.ts';
import { sourceOf } from './figure-source.ts';
import { lexiconOf } from './lexicon.ts';
import type { Counted } from './noun-phrase.ts';
import type { NumberMention } from './number.ts';
import { readPieces } from './piece.ts';
import { nearestPlace, type PlaceMention } from './place.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';
import { rateAt, timeUnit } from './unit.ts';

/** A sentence with everything found in it that a figure may need. */
export interface FigureSetting {
  text: string;
  language: Language;
  tokens: Token[];
  numbers: NumberMention[];
  dates: DateMention[];
  places: PlaceMention[];
  /** Parts of speech of the tokens, where the caller has them: what is counted is then read from them. */
  tags?: Uint8Array;
  /** Below 1 for titles and headings. */
  weight: number;
}

/** Words before a length of time that make it say when: "for three years", « pendant trois mois », "the last two days". */
const PERIOD_BEFORE: Record<Language, RegExp> = {
  en: /^(?:over|for|after|before|during|since|last|past|next|coming|every|first|per|until|by|these|those|previous|another|following|under|the|than|a)$/,
  fr: /^(?:pendant|depuis|sur|durant|après|dans|d'ici|avant|les|premiers|premières|derniers|dernières|ces|tous|toutes|ici|prochains|prochaines|cours|chaque|y|a)$/,
};
/** Nouns of how long: « un délai de huit jours », "a sentence of eighteen months". */
const DELAY =
  /^(?:délai|délais|peine|durée|attente|retard|préavis|sentence|term|delay|wait|notice|deadline|maximum|minimum)$/;
const PERIOD_AFTER = /^(?:ago|later|earlier|old|before|after|auparavant|durant|tard|tôt|on|running)$/;
const SPAN_OF_TIME = /^(?:over|in|within|during|for|sur|en|pendant|durant)$/;

/**
 * The figures of one sentence. `accordingTo` is who the clause itself names as counting; whoever knows the statement a
 * figure stands in may know better.
 */
export function findFigures(setting: FigureSetting): FigureSuggestion[] {
  const figures: FigureSuggestion[] = [];
  const memory: Memory = { counted: null, baselines: new Map(), taken: [] };
  for (const number of setting.numbers) {
    const based = baselineOf(setting, number);
    if (!based) continue;
    memory.baselines.set(number, based);
    if (based.span) memory.taken.push(based.span);
  }
  for (const number of setting.numbers) {
    if (number.kind === 'age') continue;
    if (number.duration && isPeriod(setting, number)) continue;
    const figure = figureOf(setting, number, memory);
    if (!figure) continue;
    memory.counted = figure.counted ?? memory.counted;
    figures.push(figure);
  }
  return figures;
}

/** "over three years", "two days later", « pendant trois mois »: a length of time that says when. */
function isPeriod({ tokens, language, text }: FigureSetting, number: NumberMention): boolean {
  if (number.quantity.hyphen) return true;
  const before = tokens[number.from - 1]?.lower ?? '';
  const after = tokens[number.to]?.lower ?? '';
  // "for up to five hours", « un délai de huit jours »: how long, whatever stands before.
  if (number.bound !== 'exact' && /^(?:min|h|s)$/.test(number.quantity.unit ?? '') && before === 'for')
    return false;
  if (/^d(?:e|')$|^of$/.test(before) && DELAY.test(tokens[number.from - 2]?.lower ?? '')) return false;
  if (PERIOD_AFTER.test(after) || after === "'" || after === '’') return true;
  // "in five minutes" says how long, "in three days" when.
  if (before === 'in' || before === 'en')
    return !/^[mhs]/.test(number.quantity.unit ?? '') || number.quantity.unit === 'month';
  // A bound may be the preposition itself: "over three years", "under two hours".
  const bounded = /^(?:over|under|around)\b/i.test(text.slice(number.start, number.end));
  return PERIOD_BEFORE[language].test(before) || bounded;
}

function figureOf(setting: FigureSetting, number: NumberMention, memory: Memory): FigureSuggestion | null {
  const { text, tokens, language, weight } = setting;
  const { quantity } = number;
  const after = nounAfter(setting, number);
  let { end, bound, unit } = number;
  if (after) {
    end = after.end;
    const suffix = bound === 'exact' ? boundAfter(tokens, after.to, language) : null;
    if (suffix) {
      bound = suffix.bound;
      end = tokens[suffix.to - 1]!.end;
    }
    // "450 meals a day"
    if (unit === null && number.kind === 'count') unit = rateAfter(setting, after.end);
  }
  const more = after && number.kind === 'count' && bound === 'exact' ? moreThan(setting, after) : null;
  if (more) end = more.end;
  const counted = more?.counted ?? after ?? nounElsewhere(setting, number);
  const part = after === null && isPart(tokens, number, language);
  const inherited =
    counted === null && (part || quantity.was !== null || inherits(setting, number)) ? memory.counted : null;
  if (!isFigure(setting, number, after, counted, inherited !== null)) return null;
  const span = { start: number.start, end };
  const baseline = more ? baselineAt(setting, more.start, false) : (memory.baselines.get(number) ?? null);
  const { noun } = quantity;
  return {
    span,
    value: more && number.value !== null ? number.value * more.sign : number.value,
    low: number.low,
    high: number.high,
    bound: more ? 'change' : bound,
    equivalents: number.equivalents,
    unit,
    counted: noun
      ? text.slice(noun.start, noun.end)
      : counted
        ? text.slice(counted.start, counted.end)
        : inherited,
    place: nearestPlace(setting.places, span)?.name ?? null,
    when: whenOf(setting, number, memory.taken),
    accordingTo: sourceOf(text, tokens, number, language),
    baseline: baseline?.baseline ?? null,
    confidence: round(
      confidenceOf(number, counted, after !== null, bound, baseline !== null || part || inherited !== null) *
        weight,
    ),
  };
}

/** "30 fewer beds *than in 2019*", « 30 agents de moins *qu'en 2019* »: a count that is a difference. */
function moreThan(
  { tokens, language }: FigureSetting,
  noun: Counted,
): { sign: 1 | -1; end: number; start: number; counted: Counted } | null {
  const first = tokens[noun.from]!;
  const lower = (at: number) => tokens[at]?.lower ?? '';
  if (language === 'en') {
    if (!/^(?:more|fewer|less)$/.test(first.lower) || lower(noun.to) !== 'than' || noun.to < noun.from + 2)
      return null;
    const from = lower(noun.to + 1) === 'in' || lower(noun.to + 1) === 'during' ? noun.to + 2 : noun.to + 1;
    const next = tokens[from];
    if (!next) return null;
    const counted = { ...noun, from: noun.from + 1, start: tokens[noun.from + 1]!.start };
    return { sign: first.lower === 'more' ? 1 : -1, end: noun.end, start: next.start, counted };
  }
  const word = lower(noun.to + 1);
  if (lower(noun.to) !== 'de' || !/^(?:plus|moins)$/.test(word) || !/^(?:que|qu')$/.test(lower(noun.to + 2)))
    return null;
  const next = tokens[lower(noun.to + 3) === 'en' ? noun.to + 4 : noun.to + 3];
  if (!next) return null;
  return { sign: word === 'plus' ? 1 : -1, end: tokens[noun.to + 1]!.end, start: next.start, counted: noun };
}

/** What one figure of a sentence leaves to the next. */
interface Memory {
  /** What the last figure counted. */
  counted: string | null;
  baselines: Map<NumberMention, Based>;
  /** Dates that say what changes are changes from, and so not when anything is. */
  taken: Span[];
}

/** The noun phrase right after a number, where it is no date ("300 last year"). */
function nounAfter({ tokens, language, dates, tags }: FigureSetting, number: NumberMention): Counted | null {
  if (number.kind === 'money' || number.kind === 'frequency' || number.quantity.noun) return null;
  const found =
    number.kind === 'ratio'
      ? ratioNoun(tokens, number, language, tags ?? null)
      : countedAfter(tokens, number, language, tags ?? null);
  if (!found) return null;
  return dates.some((date) => date.start < found.end && date.end > found.start) ? null : found;
}

/** What is counted where no noun follows the number at once. */
function nounElsewhere(setting: FigureSetting, number: NumberMention): Counted | null {
  const { tokens, language, tags } = setting;
  if (
    number.quantity.noun ||
    number.kind === 'frequency' ||
    (number.kind === 'money' && number.bound !== 'change')
  )
    return null;
  const said =
    number.kind === 'count' || number.kind === 'share'
      ? countedIn(tokens, number, language, tags ?? null)
      : null;
  if (said) return said;
  if (isPart(tokens, number, language)) return null;
  return (
    countedAs(tokens, number, language, tags ?? null) ??
    partOfNext(setting, number) ??
    countedBefore(tokens, number, language)
  );
}

/** "1,200 of 1,500 beds": of what the next number counts. */
function partOfNext(setting: FigureSetting, number: NumberMention): Counted | null {
  const { tokens, language, numbers, tags } = setting;
  if (!/^(?:of|sur|des)$/.test(tokens[number.to]?.lower ?? '')) return null;
  const next = numbers.find((other) => other.from > number.to && other.from <= number.to + 2);
  return next && next.kind === 'count' ? countedAfter(tokens, next, language, tags ?? null) : null;
}

/** "/day" after what is counted: "450 meals a day", « 50 personnes par jour ». */
function rateAfter({ text, tokens, language }: FigureSetting, at: number): string | null {
  const end = Math.min(tokens.at(-1)!.end, at + 40);
  if (end <= at) return null;
  const pieces = readPieces(text, at, end, language);
  return pieces.length > 1 ? (rateAt(pieces, 0, language)?.per ?? null) : null;
}

/** "compared with 8 in January", "500 by one count and 1,500 by another": a number that counts what the one before does. */
function inherits({ tokens }: FigureSetting, number: NumberMention): boolean {
  if (number.kind !== 'count') return false;
  if (
    (number.value ?? number.high ?? 0) >= 20 &&
    !number.words &&
    /^(?:and|or|to|et|ou|versus|près|plus|moins|,|;|associations?|ngos|others)$/.test(
      tokens[number.from - 1]?.lower ?? '',
    )
  )
    return true;
  const [second, first] = [tokens[number.from - 2]?.lower ?? '', tokens[number.from - 1]?.lower ?? ''];
  return (
    first === 'contre' || first === 'against' || (/^(?:with|to|à)$/.test(first) && /^compar/.test(second))
  );
}

/** Verbs of how long: after them a length of time in words is a figure too. */
const LASTS =
  /^(?:lasted|lasts|last|took|takes|take|taken|waited|wait|waits|spent|duré|dure|durent|durait|durer|prend|prennent|pris|attendu|attend|attendent|passé|met|mis|dispose|disposent|disposait|within)$/;

/** What keeps a quantity from being a figure: manners of speaking, numbers that count nothing. */
function isFigure(
  { tokens, language }: FigureSetting,
  number: NumberMention,
  after: Counted | null,
  counted: Counted | null,
  inherited: boolean,
): boolean {
  const { quantity } = number;
  const lexicon = lexiconOf(language);
  const before = tokens[number.from - 1]?.lower ?? '';
  const plain = number.unit === null && number.bound === 'exact';
  if (
    quantity.one &&
    quantity.kind === 'count' &&
    number.unit === null &&
    !(after?.known && quantity.bound !== 'exact')
  )
    return false;
  if (quantity.hyphen && number.kind === 'count') return false;
  if (number.kind === 'measure' && quantity.hyphen) return number.bound !== 'exact' || !quantity.small;
  if (number.kind === 'frequency' || number.kind === 'ratio') return true;
  // "the two countries", « ces trois ministres », "one of two": a number below ten with an article counts nothing.
  if (quantity.words && plain) {
    const verb = /^d(?:e|')$/.test(before) ? (tokens[number.from - 2]?.lower ?? '') : before;
    if (number.duration) return LASTS.test(verb) || !quantity.small;
    if (!after) return (counted !== null || inherited) && !quantity.small;
    const article = lexicon.determiners.has(before) && !/^(?:that|this|que|qu')$/.test(before);
    if (quantity.small && (article || before === 'of' || before === "'s")) return false;
    if (!after.known && (article || before === 'of' || before === "'s")) return false;
  }
  if (
    plain &&
    !counted &&
    !inherited &&
    (number.value ?? 0) < 10 &&
    /^(?:by|and|or|et|ou|to|à|-|\/)$/.test(before)
  )
    return false;
  return true;
}

function confidenceOf(
  number: NumberMention,
  counted: Counted | null,
  follows: boolean,
  bound: string,
  linked: boolean,
): number {
  let confidence = 0.55;
  if (number.kind === 'money') confidence = 0.9;
  else if (number.kind === 'ratio') confidence = 0.6;
  else if (number.kind === 'frequency') confidence = 0.55;
  else if (number.kind === 'share') confidence = number.quantity.words ? 0.65 : 0.85;
  else if (counted?.known) confidence = follows ? 0.88 : 0.75;
  else if (number.kind === 'measure') confidence = 0.65;
  else if (counted) confidence = follows ? 0.7 : 0.6;
  if (bound !== 'exact') confidence += 0.05;
  if (linked) confidence += 0.05;
  if (number.quantity.words && number.kind === 'count') confidence -= (number.value ?? 99) < 10 ? 0.35 : 0.1;
  else if (
    number.kind === 'count' &&
    number.value !== null &&
    Math.abs(number.value) < 10 &&
    bound === 'exact'
  )
    confidence -= 0.15;
  if (number.duration) confidence -= 0.25;
  return Math.max(0.1, Math.min(0.97, confidence));
}

/** When: a date of the sentence after the number, else one before it, else a length of time beside it, in words. */
function whenOf(setting: FigureSetting, number: NumberMention, taken: Span[]): string | null {
  const { text } = setting;
  const free = (span: Span) => !taken.some((other) => span.start < other.end && other.start < span.end);
  const dates = setting.dates.filter(free);
  const period = periodAfter(setting, number);
  if (period && free(period)) return text.slice(period.start, period.end);
  const after = dates.find((date) => date.start >= number.end);
  const mention = after ?? dates.findLast((date) => date.end <= number.start);
  return mention ? (mention.edtf ?? text.slice(mention.start, mention.end)) : null;
}

/** "over three years", « sur les deux prochaines années », soon after the number. */
function periodAfter({ tokens, dates }: FigureSetting, number: NumberMention): Span | null {
  for (let at = number.after; at < tokens.length && at < number.after + 5; at++) {
    if (!SPAN_OF_TIME.test(tokens[at]!.lower)) continue;
    for (let end = at + 2; end < tokens.length && end < at + 6; end++) {
      if (tokens[end]!.kind === 'mark') break;
      if (timeUnit(tokens[end]!.lower) === null) continue;
      const span = { start: tokens[at]!.start, end: tokens[end]!.end };
      // A date the reader of dates understands is better than its words.
      return dates.some((date) => date.edtf !== null && date.start < span.end && date.end > span.start)
        ? null
        : span;
    }
  }
  return null;
}

const UP_TO_BASELINE =
  /^(?:\s*(?:the|same|whole|of|all|in|during|a|an|le|la|les|l['’]|en|année|period|période|mois|month|year|early|late|début|fin|de|du|d['’]|au|à))*\s*$/i;

/**
 * Whether a date after "on", "over" or "from" says when a change was, not what it is a change from: "rose by 12 % on
 * Tuesday", "over the past three years".
 */
function saysWhen({ text }: FigureSetting, date: DateMention, at: number): boolean {
  if (/\bon\s+$/i.test(text.slice(Math.max(0, at - 6), at)) && /^\d{4}-\d\d-\d\d$/.test(date.edtf ?? ''))
    return true;
  const words = text.slice(Math.min(at, date.start), date.end);
  return /\b(?:past|these|next|coming|last (?:\w+ )?(?:days|weeks|months|years|decades?)|course)\b/i.test(
    words,
  );
}

/** A baseline, and the date that says it. */
interface Based {
  baseline: NonNullable<FigureSuggestion['baseline']>;
  span: Span | null;
}

/** What a change is a change from, and the words that say so. */
function baselineOf(setting: FigureSetting, number: NumberMention): Based | null {
  const { quantity } = number;
  if (quantity.was !== null)
    return { baseline: { period: null, value: quantity.was, words: null }, span: null };
  return quantity.baselineAt && baselineAt(setting, quantity.baselineAt.start, quantity.baselineAt.dateOnly);
}

/** The baseline that begins at a place of the text; `dateOnly`: only a date will do. */
function baselineAt(setting: FigureSetting, start: number, dateOnly: boolean): Based | null {
  const { text, dates, numbers, tokens } = setting;
  const year = /^(?:1[89]|20)\d\d\b(?![-/,.]\d)/.exec(text.slice(start, start + 8))?.[0];
  if (year && !dates.some((date) => date.start < start + 4 && date.end > start))
    return { baseline: { period: year, value: null, words: null }, span: { start, end: start + 4 } };
  const date = dates.find(
    (mention) => mention.start >= start - 30 && mention.end > start && mention.start < start + 60,
  );
  const near =
    date !== undefined && (date.start <= start || UP_TO_BASELINE.test(text.slice(start, date.start)));
  const value = dateOnly
    ? undefined
    : numbers.find(
        (other) =>
          other.start >= start &&
          other.start < start + 40 &&
          other.value !== null &&
          other.bound !== 'change' &&
          UP_TO_BASELINE.test(text.slice(start, other.start)),
      );
  if (value) {
    const dated = dates.find((mention) => mention.start >= value.end && mention.start < value.end + 40);
    return {
      baseline: { period: dated?.edtf ?? null, value: value.value, words: null },
      span: dated ? { start: dated.start, end: dated.end } : null,
    };
  }
  if (date && near && !(dateOnly && saysWhen(setting, date, start))) {
    const words = text.slice(date.start, date.end);
    return {
      baseline: {
        // "since 2018" is a period without an end; what it is a change from is its beginning.
        period: date.edtf?.replace(/\/\.\.$/, '') ?? null,
        value: null,
        words: date.edtf !== null && /^\d{4}$/.test(words) ? null : words,
      },
      span: { start: date.start, end: date.end },
    };
  }
  if (dateOnly) return null;
  const from = tokens.findIndex((token) => token.start >= start);
  if (from < 0) return null;
  let to = from;
  while (
    to < tokens.length &&
    to < from + 6 &&
    tokens[to]!.kind !== 'mark' &&
    !/^(?:and|but|when|which|et|mais|qui)$/.test(tokens[to]!.lower)
  )
    to++;
  if (to === from) return null;
  const words = text.slice(tokens[from]!.start, tokens[to - 1]!.end);
  return {
    baseline: { period: null, value: null, words },
    span: { start: tokens[from]!.start, end: tokens[to - 1]!.end },
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
