// Figures: the numbers of a sentence with what is counted, where, when and according to whom.
import type { FigureSuggestion, Span } from '../record/suggestion.ts';
import { boundAfter } from './bound.ts';
import type { DateMention } from './date.ts';
import { lexiconOf } from './lexicon.ts';
import type { NumberMention } from './number.ts';
import { nearestPlace, type PlaceMention } from './place.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';
import { isDuration } from './unit.ts';

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

/** A noun phrase that says what is counted. */
interface Counted extends Span {
  /** Token index after it. */
  to: number;
  known: boolean;
}

const PERIOD_BEFORE: Record<Language, RegExp> = {
  en: /^(?:over|in|for|within|after|before|during|since|last|past|next|every|first|the|than|of|about|some|nearly|almost|under|around|per|at)$/,
  fr: /^(?:pendant|depuis|en|sur|durant|après|dans|d'ici|avant|y|a|les|premiers|derniers|ces|tous|toutes|de|d'|des|environ)$/,
};
const PERIOD_AFTER = /^(?:ago|later|earlier|old|before|after|plus|auparavant|durant|tard)$/;
const SPAN_OF_TIME = /^(?:over|in|within|during|for|sur|en|pendant|durant)$/;

/** The figures of one sentence; `accordingTo` is left for whoever knows the statement each stands in. */
export function findFigures(setting: FigureSetting): FigureSuggestion[] {
  const figures: FigureSuggestion[] = [];
  for (const number of setting.numbers) {
    if (number.duration && isPeriod(setting, number)) continue;
    const figure = figureOf(setting, number);
    if (figure) figures.push(figure);
  }
  return figures;
}

/** "over three years", "two days later", « pendant trois mois »: a length of time that says when. */
function isPeriod({ tokens, language }: FigureSetting, number: NumberMention): boolean {
  const before = tokens[number.from - 1]?.lower ?? '';
  const after = tokens[number.to + 1]?.lower ?? '';
  const own = tokens[number.from]!.lower;
  return (
    PERIOD_BEFORE[language].test(before) ||
    PERIOD_BEFORE[language].test(own) ||
    PERIOD_AFTER.test(after) ||
    after === "'"
  );
}

function figureOf(setting: FigureSetting, number: NumberMention): FigureSuggestion | null {
  const { text, tokens, language, weight } = setting;
  const lexicon = lexiconOf(language);
  const money = number.unit !== null && /^[A-Z]{3}$/.test(number.unit);
  const counted = money ? null : countedAfter(setting, number);
  const before = tokens[number.from - 1]?.lower ?? '';
  let { end, bound } = number;
  if (counted) {
    end = counted.end;
    const suffix = bound === 'exact' ? boundAfter(tokens, counted.to, language) : null;
    if (suffix) {
      bound = suffix.bound;
      end = tokens[suffix.to - 1]!.end;
    }
  }
  const plain = number.unit === null && bound === 'exact';
  // "the two countries", « ces trois ministres », "one of two": a number below ten with an article counts nothing.
  if (number.words && plain) {
    if (!counted || lexicon.determiners.has(before) || before === 'of' || before === "'s") return null;
    if (number.duration) return null;
  }
  if (plain && !counted && before !== '' && /^(?:by|and|or|et|ou)$/.test(before) && (number.value ?? 0) < 10)
    return null;
  const span = { start: number.start, end };
  return {
    span,
    value: number.value,
    low: number.low,
    high: number.high,
    bound,
    equivalents: number.equivalents,
    unit: number.unit,
    counted: counted ? text.slice(counted.start, counted.end) : null,
    place: nearestPlace(setting.places, span)?.name ?? null,
    when: whenOf(setting, number),
    accordingTo: null,
    confidence: round(confidenceOf(number, counted, bound, money) * weight),
  };
}

function confidenceOf(number: NumberMention, counted: Counted | null, bound: string, money: boolean): number {
  let confidence = 0.6;
  if (money) confidence = 0.9;
  else if (number.unit === '%') confidence = 0.85;
  else if (counted?.known) confidence = 0.88;
  else if (number.unit !== null) confidence = 0.65;
  else if (counted) confidence = 0.7;
  if (bound !== 'exact') confidence += 0.05;
  if (number.words) confidence -= (number.value ?? 99) < 10 ? 0.35 : 0.1;
  if (number.duration) confidence -= 0.25;
  return Math.max(0.1, Math.min(0.97, confidence));
}

/** When: a date of the sentence after the number, else one before it, else a length of time beside it, in words. */
function whenOf(setting: FigureSetting, number: NumberMention): string | null {
  const { text, dates } = setting;
  const period = periodAfter(setting, number);
  if (period) return text.slice(period.start, period.end);
  const after = dates.find((date) => date.start >= number.end);
  const mention = after ?? dates.findLast((date) => date.end <= number.start);
  return mention ? (mention.edtf ?? text.slice(mention.start, mention.end)) : null;
}

/** "over three years", « sur les deux prochaines années », soon after the number. */
function periodAfter({ tokens }: FigureSetting, number: NumberMention): Span | null {
  for (let at = number.after; at < tokens.length && at < number.after + 5; at++) {
    if (!SPAN_OF_TIME.test(tokens[at]!.lower)) continue;
    for (let end = at + 2; end < tokens.length && end < at + 6; end++) {
      if (tokens[end]!.kind === 'mark') break;
      if (isDuration(tokens[end]!.lower)) return { start: tokens[at]!.start, end: tokens[end]!.end };
    }
  }
  return null;
}

const IRREGULAR_PLURAL =
  /^(?:people|men|women|children|police|staff|personnel|policemen|policewomen|troops|gendarmes)$/;

/** The noun phrase right after a number, or after "of" for shares: « 12 % des personnes », "2,300 migrants". */
function countedAfter({ tokens, language }: FigureSetting, number: NumberMention): Counted | null {
  const lexicon = lexiconOf(language);
  let at = number.to;
  const word = tokens[at]?.lower ?? '';
  if (word === 'of' || word === 'de' || word === "d'" || word === 'des' || word === 'du') {
    if (word === 'de' && /^(?:plus|moins)$/.test(tokens[at + 1]?.lower ?? '')) return null;
    at++;
    while (at < tokens.length && lexicon.determiners.has(tokens[at]!.lower) && at < number.to + 4) at++;
  } else if (/^(?:more|additional|other|new|supplémentaires|autres|nouveaux|nouvelles)$/.test(word)) {
    if (number.unit === '%') return null;
  } else if (number.unit !== null) return null;
  const start = at;
  while (at < tokens.length && at < start + 5) {
    const token = tokens[at]!;
    const next = tokens[at + 1];
    if (token.kind !== 'word' || token.lower === "'s") return null;
    const noun =
      lexicon.people.has(token.lower) || lexicon.things.has(token.lower) || lexicon.roles.has(token.lower);
    if (!noun && lexicon.functionWords.has(token.lower) && token.lower !== 'more' && token.lower !== 'other')
      return null;
    if (!noun && !isPlural(token.lower, language)) {
      at++;
      continue;
    }
    at++;
    // "police officers", « mineurs isolés »: the noun goes on while what follows looks plural too.
    while (next && at < tokens.length && at < start + 6 && continues(tokens, at, language)) at++;
    return {
      start: tokens[start]!.start,
      end: tokens[at - 1]!.end,
      to: at,
      known: noun || knownBetween(tokens, start, at, language),
    };
  }
  return null;
}

function knownBetween(tokens: Token[], from: number, to: number, language: Language): boolean {
  const lexicon = lexiconOf(language);
  for (let at = from; at < to; at++) {
    if (lexicon.people.has(tokens[at]!.lower) || lexicon.things.has(tokens[at]!.lower)) return true;
  }
  return false;
}

function isPlural(word: string, language: Language): boolean {
  if (IRREGULAR_PLURAL.test(word)) return true;
  return language === 'fr'
    ? /[^ui]s$|[aeo]ux$|is$|us$/.test(word) && word.length > 3
    : /[^su'i]s$/.test(word) && word.length > 3;
}

const FRENCH_ADJECTIVE =
  /(?:isolée?s|accompagnée?s|aires|ales|aux|ifs|ives|iens|iennes|ains|aines|ais|aises|ois|oises|eux|euses|antes|istes|ques|ibles|ables|iers|ières)$/;

function continues(tokens: Token[], at: number, language: Language): boolean {
  const token = tokens[at]!;
  if (token.kind !== 'word' || token.capital || lexiconOf(language).functionWords.has(token.lower)) {
    // « mineurs non accompagnés »
    return language === 'fr' && token.lower === 'non' && /accompagnée?s$/.test(tokens[at + 1]?.lower ?? '');
  }
  if (language === 'fr') return FRENCH_ADJECTIVE.test(token.lower) || token.lower === 'non-accompagnés';
  const lexicon = lexiconOf('en');
  return lexicon.people.has(token.lower) || lexicon.roles.has(token.lower) || isPlural(token.lower, 'en');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
