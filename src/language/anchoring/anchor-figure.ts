// A quoted figure pinned to its passage. Its numbers are read again by our own reader: where that reads something else
// than the model said, there is no figure.
import type { QuotedFigure } from '../../record/quoted.ts';
import type { FigureSuggestion, Span } from '../../record/suggestion.ts';
import { findDates } from '../date.ts';
import { findNumbers, type NumberMention } from '../number.ts';
import { tokenise } from '../text-model.ts';
import type { QuotedText } from './anchor.ts';
import { type Folded, findQuote, fold } from './find-quote.ts';

/** A figure's words are no whole sentence. */
const LONGEST = 300;

/** What is counted belongs to the expression when it follows this soon. */
const FOLLOWS = 40;

/** The suggestion, or null. `taken` are the spans of the figures found before, which are not found again. */
export function anchorFigure(
  figure: QuotedFigure,
  folded: Folded,
  quoted: QuotedText,
  taken: Span[],
): FigureSuggestion | null {
  if (figure.words.length > LONGEST) return null;
  const places = findQuote(folded, figure.words);
  const free = places.filter(
    (place) => !taken.some((span) => span.start < place.end && place.start < span.end),
  );
  for (const place of free) {
    const found = readAt(place, figure, quoted);
    if (found === null) continue;
    if (taken.some((span) => span.start < found.span.end && found.span.start < span.end)) continue;
    // The same words twice: which of them somebody gives, and where, the answer does not tell.
    return places.length > 1 ? { ...found, accordingTo: null, place: null } : found;
  }
  return null;
}

function readAt(place: Span, figure: QuotedFigure, quoted: QuotedText): FigureSuggestion | null {
  const { text, language, model, published } = quoted;
  const sentence = sentenceAround(model.sentences, place);
  if (sentence === null) return null;
  const tokens = tokenise(text, sentence.start, sentence.end, language);
  const dates = findDates(tokens, language, published);
  const agreeing = findNumbers(text, tokens, language, dates).filter(
    (number) => number.start < place.end && number.end > place.start && agrees(number, figure),
  );
  const [number] = agreeing;
  if (number === undefined || agreeing.length > 1) return null;
  const counted = countedNear(figure.counted, number, sentence, text);
  const span = { start: number.start, end: counted?.follows ? counted.end : number.end };
  const date = dates.find(({ start }) => start >= span.end) ?? dates.findLast(({ end }) => end <= span.start);
  return {
    span,
    value: number.value,
    low: number.low,
    high: number.high,
    bound: number.bound,
    equivalents: number.equivalents,
    unit: number.unit,
    counted: counted && text.slice(counted.start, counted.end),
    place: quoted.ground(figure.place),
    when: date?.edtf ?? null,
    accordingTo: quoted.ground(figure.accordingTo),
    baseline: null,
    confidence: certaintyOf(number, figure, counted !== null),
  };
}

/** The sentence a stretch stands in, by halving; null when it goes over the end of one. */
function sentenceAround(sentences: Span[], { start, end }: Span): Span | null {
  let [low, high] = [0, sentences.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const sentence = sentences[middle]!;
    if (sentence.end <= start) low = middle + 1;
    else if (sentence.start > start) high = middle - 1;
    else return sentence.end >= end ? sentence : null;
  }
  return null;
}

/** Whether the reader's numbers are those the model gave, whichever field it put them in, and in the same unit. */
function agrees(number: NumberMention, figure: QuotedFigure): boolean {
  const change = number.bound === 'change';
  const amounts = ({ value, low, high }: Pick<NumberMention, 'value' | 'low' | 'high'>) =>
    [
      ...new Set(
        [value, low, high].filter((one) => one !== null).map((one) => (change ? Math.abs(one) : one)),
      ),
    ].sort((a, b) => a - b);
  const [read, given] = [amounts(number), amounts(figure)];
  if (read.length === 0 || read.length !== given.length) return false;
  if (read.some((one, index) => Math.abs(one - given[index]!) > Math.abs(one) * 1e-9)) return false;
  const strict = /^(?:[A-Z]{3}|%)$/;
  const unit = figure.unit?.trim() ?? '';
  return number.unit === null || !strict.test(unit) || !strict.test(number.unit) || unit === number.unit;
}

/** What is counted, where the sentence has it: the place nearest after the number, else nearest before it. */
function countedNear(
  counted: string | null,
  number: NumberMention,
  sentence: Span,
  text: string,
): (Span & { follows: boolean }) | null {
  if (counted === null || counted.length > LONGEST) return null;
  const places = findQuote(fold(text, sentence), counted).filter(
    (place) => place.end <= number.start || place.start >= number.end,
  );
  const after = places.find(({ start }) => start >= number.end);
  const found = after ?? places.at(-1);
  if (found === undefined) return null;
  const between = after && text.slice(number.end, after.start);
  return {
    ...found,
    follows: between !== undefined && between.length <= FOLLOWS && /^[^.;:,()"“”«»\n]*$/.test(between),
  };
}

function certaintyOf(number: NumberMention, figure: QuotedFigure, counted: boolean): number {
  let certainty = 0.4;
  if (counted || number.unit !== null) certainty += 0.1;
  if (number.bound === figure.bound) certainty += 0.1;
  if (number.words) certainty -= 0.1;
  return Math.round(certainty * 100) / 100;
}
