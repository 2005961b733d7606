// From quoted words to suggestions: everything a model answered is found again in the text, or dropped. No word of the
// answer is kept: spans are slices of the text, names stand in the text or in the dossier, numbers are read again.
import type { QuotedAnswer } from '../../record/quoted.ts';
import type {
  FigureSuggestion,
  KnownName,
  ProposeContext,
  Span,
  StatementSuggestion,
  Suggestions,
} from '../../record/suggestion.ts';
import type { Language } from '../propose.ts';
import { findQuotations } from '../quotation.ts';
import type { TextModel } from '../text-model.ts';
import { anchorFigure } from './anchor-figure.ts';
import { anchorStatement } from './anchor-statement.ts';
import { findQuote, fold } from './find-quote.ts';
import { sameAs } from './same.ts';

/** A text that was asked about, with what all its windows share. */
export interface QuotedText {
  text: string;
  language: Language;
  model: TextModel;
  /** What stands between quotation marks, outermost only, in text order. */
  quotations: { outer: Span; inner: Span }[];
  furniture: Span[];
  published: string | null;
  /** The words of the text or of the dossier for a name; null where it stands in neither. */
  ground: (name: string | null) => string | null;
}

/** No answer about one window has more than this of a kind; what comes after is noise. */
const MOST_ITEMS = 300;

/** Prepares a text for the answers about its windows. */
export function openQuotedText(model: TextModel, furniture: Span[], context: ProposeContext): QuotedText {
  const { text, language } = model;
  return {
    text,
    language,
    model,
    quotations: findQuotations(model).filter(({ depth }) => depth === 0),
    furniture,
    published: context.published ?? null,
    ground: grounds(text, [...(context.actors ?? []), ...(context.places ?? [])]),
  };
}

/** A name may be kept when the text has it word for word, or the dossier knows it. */
function grounds(text: string, known: KnownName[]): QuotedText['ground'] {
  const whole = fold(text);
  const byName = new Map<string, string>();
  for (const { name, aliases } of known) {
    for (const alias of [...aliases, name]) byName.set(alias.trim().toLowerCase(), name);
  }
  const seen = new Map<string, string | null>();
  const find = (name: string): string | null => {
    const own = byName.get(name.toLowerCase());
    if (own !== undefined) return own;
    const [place] = findQuote(whole, name);
    return place ? text.slice(place.start, place.end).replace(/\s+/g, ' ') : null;
  };
  return (name) => {
    const asked = name?.trim() ?? '';
    // A name longer than this names nobody.
    if (asked === '' || asked.length > 300) return null;
    if (!seen.has(asked)) seen.set(asked, find(asked));
    return seen.get(asked)!;
  };
}

/**
 * The suggestions of one answer about one window. Each span lies in the window; what was not found in it, stands in
 * furniture, or says again what an item before it said, is left out.
 */
export function anchorAnswer(
  answer: QuotedAnswer,
  window: Span,
  whole: QuotedText,
): Pick<Suggestions, 'statements' | 'figures'> {
  const folded = fold(whole.text, window);
  const paragraphs = within(whole.model.paragraphs, window, (span) => span);
  const quoted: QuotedText = {
    ...whole,
    model: { ...whole.model, paragraphs },
    quotations: within(whole.quotations, window, ({ outer }) => outer),
    furniture: within(whole.furniture, window, (span) => span),
  };
  const inFurniture = (span: Span) =>
    quoted.furniture.some((piece) => piece.start < span.end && piece.end > span.start);
  const statements: StatementSuggestion[] = [];
  for (const said of answer.statements.slice(0, MOST_ITEMS)) {
    const found = anchorStatement(said, folded, quoted);
    if (found === null || found.content.some(inFurniture)) continue;
    const others = statements.map(({ content }) => content);
    if (sameAs(found.content, others) === null) statements.push(found);
  }
  const figures: FigureSuggestion[] = [];
  for (const figure of answer.figures.slice(0, MOST_ITEMS)) {
    const taken = figures.map(({ span }) => span);
    const found = anchorFigure(figure, folded, quoted, taken);
    if (found === null || inFurniture(found.span)) continue;
    // In a sentence cut by the window's edge, the number may go over it.
    if (found.span.start >= window.start && found.span.end <= window.end) figures.push(found);
  }
  return {
    statements: statements.sort((a, b) => a.content[0]!.start - b.content[0]!.start),
    figures: figures.sort((a, b) => a.span.start - b.span.start),
  };
}

/** What of a list in text order, none overlapping another, touches a window; found by halving. */
function within<Item>(items: readonly Item[], window: Span, spanOf: (item: Item) => Span): Item[] {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spanOf(items[middle]!).end <= window.start) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < items.length && spanOf(items[end]!).start < window.end) end++;
  return items.slice(low, end);
}
