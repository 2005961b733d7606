// Figures: the quantities of a sentence that answer "how many", with what is counted, where, when and according to whom.
import type { FigureSuggestion, Span } from '../record/suggestion.ts';
import { boundAfter } from './bound.ts';
import { type Counted, countedAfter, countedBefore, isPart } from './counted.ts';
import type { DateMention } from './date.ts';
import { sourceOf } from './figure-source.ts';
import { lexiconOf } from './lexicon.ts';
import type { NumberMention } from './number.ts';
import { nearestPlace, type PlaceMention } from './place.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';
import { timeUnit } from './unit.ts';

/** A sentence with everything found in it that a figure may need. */
export interface FigureSetting {
  text: string;
  language: Language;
  tokens: Token[];
  numbers: NumberMention[];
  dates: DateMention[];
  places: PlaceMention[];
  /** Below 1 for titles and headings. */
  weight: number;
}

const PERIOD_BEFORE: Record<Language, RegExp> = {
  en: /^(?:over|in|for|within|after|before|during|since|last|past|next|every|first|the|than|of|about|some|nearly|almost|under|around|per|at|least|from|by|until|another|these|those|up|to|more|a)$/,
  fr: /^(?:pendant|depuis|en|sur|durant|après|dans|d'ici|avant|y|a|les|premiers|derniers|ces|tous|toutes|de|d'|des|environ|à|plus|moins|près|quelque|jusqu'|ici|prochains|cours|chaque|au)$/,
};
const PERIOD_AFTER =
  /^(?:ago|later|earlier|old|before|after|plus|auparavant|durant|tard|plus|tôt|on|running|in|de|prison)$/;
const SPAN_OF_TIME = /^(?:over|in|within|during|for|sur|en|pendant|durant)$/;

/**
 * The figures of one sentence. `accordingTo` is who the clause itself names as counting; whoever knows the statement a
 * figure stands in may know better.
 */
export function findFigures(setting: FigureSetting): FigureSuggestion[] {
  const figures: FigureSuggestion[] = [];
  let last: string | null = null;
  for (const number of setting.numbers) {
    if (number.kind === 'age') continue;
    if (number.duration && isPeriod(setting, number)) continue;
    const figure = figureOf(setting, number, last);
    if (!figure) continue;
    last = figure.counted ?? last;
    figures.push(figure);
  }
  return figures;
}

/** "over three years", "two days later", « pendant trois mois »: a length of time that says when. */
function isPeriod({ tokens, language }: FigureSetting, number: NumberMention): boolean {
  if (number.quantity.hyphen) return true;
  const before = tokens[number.from - 1]?.lower ?? '';
  const after = tokens[number.to]?.lower ?? '';
  const own = tokens[number.from]!.lower;
  return (
    PERIOD_BEFORE[language].test(before) ||
    PERIOD_BEFORE[language].test(own) ||
    PERIOD_AFTER.test(after) ||
    after === "'" ||
    after === '’'
  );
}

function figureOf(
  setting: FigureSetting,
  number: NumberMention,
  last: string | null,
): FigureSuggestion | null {
  const { text, tokens, language, weight } = setting;
  const { quantity } = number;
  const money = number.kind === 'money';
  const after = money || number.kind === 'ratio' ? null : countedAfter(tokens, number, language);
  let { end, bound } = number;
  if (after) {
    end = after.end;
    const suffix = bound === 'exact' ? boundAfter(tokens, after.to, language) : null;
    if (suffix) {
      bound = suffix.bound;
      end = tokens[suffix.to - 1]!.end;
    }
  }
  const counted = after ?? (money && bound !== 'change' ? null : countedBefore(tokens, number, language));
  if (!isFigure(setting, number, after, counted)) return null;
  const span = { start: number.start, end };
  const part = after === null && isPart(tokens, number, language);
  const baseline = baselineOf(setting, number);
  const words =
    counted && !part
      ? text.slice(counted.start, counted.end)
      : part
        ? (partOf(setting, number) ?? last)
        : null;
  return {
    span,
    value: number.value,
    low: number.low,
    high: number.high,
    bound,
    equivalents: number.equivalents,
    unit: number.unit,
    counted: words,
    place: nearestPlace(setting.places, span)?.name ?? null,
    when: whenOf(setting, number, baseline?.span ?? null),
    accordingTo: sourceOf(text, tokens, number, language),
    baseline: baseline?.baseline ?? null,
    confidence: round(
      confidenceOf(number, counted, after !== null, bound, quantity.baselineAt !== null || part) * weight,
    ),
  };
}

/** What keeps a quantity from being a figure: manners of speaking, numbers that count nothing. */
function isFigure(
  { tokens, language }: FigureSetting,
  number: NumberMention,
  after: Counted | null,
  counted: Counted | null,
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
    if (number.duration) return false;
    if (!after) return counted !== null && !quantity.small;
    if (quantity.small && (lexicon.determiners.has(before) || before === 'of' || before === "'s"))
      return false;
    if (!after.known && (lexicon.determiners.has(before) || before === 'of' || before === "'s")) return false;
  }
  if (plain && !counted && (number.value ?? 0) < 10 && /^(?:by|and|or|et|ou|to|à|-|\/)$/.test(before))
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

/** "about 300 of them children": what the part consists of, where it is said at once. */
function partOf({ text, tokens, language }: FigureSetting, number: NumberMention): string | null {
  const at = number.to + 2;
  const token = tokens[at];
  if (language !== 'en' || tokens[number.to]?.lower !== 'of' || token?.kind !== 'word') return null;
  return lexiconOf('en').people.has(token.lower) ? text.slice(token.start, token.end) : null;
}

/** When: a date of the sentence after the number, else one before it, else a length of time beside it, in words. */
function whenOf(setting: FigureSetting, number: NumberMention, baseline: Span | null): string | null {
  const { text } = setting;
  const dates = setting.dates.filter(
    (date) => baseline === null || date.end <= baseline.start || date.start >= baseline.end,
  );
  const period = periodAfter(setting, number);
  if (period && !(baseline && period.start < baseline.end && baseline.start < period.end))
    return text.slice(period.start, period.end);
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

/** What a change is a change from, and the words that say so. */
function baselineOf(
  setting: FigureSetting,
  number: NumberMention,
): { baseline: NonNullable<FigureSuggestion['baseline']>; span: Span | null } | null {
  const { quantity } = number;
  const { text, dates, numbers, tokens } = setting;
  if (quantity.was !== null)
    return { baseline: { period: null, value: quantity.was, words: null }, span: null };
  if (quantity.baselineAt === null) return null;
  const { start, dateOnly } = quantity.baselineAt;
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
  if (date && near) {
    const words = text.slice(date.start, date.end);
    return {
      baseline: {
        period: date.edtf,
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
