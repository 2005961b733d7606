// The engine's front door: text in, suggestions out. The interface is final; what stands behind it will grow.
import type { ProposeContext, Span, StatementSuggestion, Suggestions } from '../record/suggestion.ts';
import { newCast } from './cast.ts';
import { calibrate } from './confidence.ts';
import { type Conversation, readVenue, weightOf } from './conversation.ts';
import { type DateMention, findDates, newDateMemory } from './date.ts';
import { findFigures } from './figure.ts';
import { type Frame, isDash, readFrames } from './frame.ts';
import { findIncident } from './incident.ts';
import { findNumbers } from './number.ts';
import { readPage } from './page.ts';
import { findPlaces } from './place.ts';
import { findQuotations, type Quotation } from './quotation.ts';
import { readDialogue } from './quoted.ts';
import { readParagraph } from './statement.ts';
import { tagsOf } from './tagger.ts';
import { readText, tokenise } from './text-model.ts';

/** Languages a proposer can work in. */
export type Language = 'en' | 'fr';

const PROPOSER = { name: 'constat-rules', version: '0.2' } as const;

/**
 * Suggests the statements, figures and incidents of a text. Pure and deterministic: the same text and context always
 * give the same suggestions. Every span is a slice of `text` in UTF-16 code units, never empty and never half a
 * character. Time and memory grow linearly with the text. Furniture and captions are not proposed from; what stands
 * in a title or heading is proposed with half the confidence.
 */
export function propose(text: string, language: Language, context: ProposeContext): Suggestions {
  const model = readText(text, language);
  const quotations = findQuotations(model);
  const paragraphs = readPage(model, context);
  const published = context.published ?? null;
  const known = new Map<string, string>();
  for (const place of context.places ?? []) {
    for (const name of [...place.aliases, place.name]) known.set(name.toLowerCase(), place.name);
  }
  const visited = new Map<string, number>();
  // A date may be counted from the one named before it, so each frame is read once, and what it named is carried on.
  const memory = newDateMemory();
  const dated = new WeakMap<Frame, DateMention[]>();
  const datesOf = (frame: Frame): DateMention[] => {
    let dates = dated.get(frame);
    if (!dates) {
      const tokens = tokenise(text, frame.start, frame.end, language);
      dates = findDates(tokens, language, published, memory);
      dated.set(frame, dates);
    }
    return dates;
  };
  const conversation: Conversation = {
    text,
    language,
    cast: newCast(context.actors ?? [], language),
    statements: [],
    floor: null,
    pending: null,
    venue: null,
    datesOf,
  };
  const suggestions: Suggestions = {
    proposer: { ...PROPOSER },
    statements: conversation.statements,
    figures: [],
    incidents: [],
  };
  const dialogue = quotations.filter(isDash);
  let nextDialogue = 0;
  for (const { paragraph, frames } of readFrames(model, paragraphs, quotations)) {
    const visit = (frame: Frame, spoken: StatementSuggestion[]) =>
      readFacts(suggestions, conversation, frame, spoken, known, visited);
    while (nextDialogue < dialogue.length && dialogue[nextDialogue]!.outer.start < paragraph.start)
      nextDialogue++;
    const line: Quotation | undefined = dialogue[nextDialogue];
    const spokenLine = line?.outer.start === paragraph.start && readDialogue(conversation, paragraph, line);
    if (!spokenLine) readParagraph(conversation, frames, visit);
    else for (const frame of frames) visit(frame, conversation.statements.slice(-1));
  }
  conversation.statements.sort((a, b) => a.content[0]!.start - b.content[0]!.start);
  suggestions.figures.sort((a, b) => a.span.start - b.span.start);
  settlePlaces(suggestions, visited);
  calibrate(suggestions, language);
  return suggestions;
}

/** The figures and the incident of one frame, each given to the speaker in whose statement it stands. */
function readFacts(
  suggestions: Suggestions,
  conversation: Conversation,
  frame: Frame,
  spoken: StatementSuggestion[],
  known: Map<string, string>,
  visited: Map<string, number>,
): void {
  const { text, language, cast } = conversation;
  const tokens = tokenise(text, frame.start, frame.end, language);
  const dates = conversation.datesOf(frame);
  const isPerson = (name: string) => cast.byName.get(name.toLowerCase())?.kind === 'person';
  const places = findPlaces(text, tokens, language, known, isPerson);
  const numbers = findNumbers(text, tokens, language, dates);
  for (const place of places) if (!place.common) visited.set(place.name, (visited.get(place.name) ?? 0) + 1);
  const weight = weightOf(frame);
  const { items, tags: tagged } = frame.grammar;
  const tags = numbers.length === 0 || items.length === tokens.length ? tagged : tagsOf(tokens, language);
  for (const figure of findFigures({ text, language, tokens, numbers, dates, places, tags, weight })) {
    const statement = spoken.find((candidate) => candidate.content.some((part) => covers(part, figure.span)));
    // "two volunteers said": a small number in the speaker's own name counts nothing.
    const naming = spoken.some((candidate) => candidate.source && covers(candidate.source, figure.span));
    if (naming && figure.confidence < 0.6) continue;
    figure.accordingTo ??= statement?.speaker ?? null;
    suggestions.figures.push(figure);
  }
  const own = spoken.filter((statement) =>
    statement.content.some((part) => part.start < frame.end && part.end > frame.start),
  );
  const incident = findIncident({
    start: frame.start,
    end: frame.end,
    grammar: frame.grammar,
    language,
    dates,
    places,
    numbers,
    reported: own.length > 0,
    weight,
  });
  if (incident) suggestions.incidents.push(incident);
  if (own.length === 0) readVenue(conversation, frame);
}

const THE_TOWN = /^(?:the|la|cette|this) (?:town|city|village|ville|commune)$/i;

/** "the town" is the place the text speaks of most, when it speaks of one at least twice as often as of any other. */
function settlePlaces(suggestions: Suggestions, visited: Map<string, number>): void {
  let [first, second]: [[string, number], [string, number]] = [
    ['', 0],
    ['', 0],
  ];
  for (const [name, count] of visited) {
    if (count > first[1]) [first, second] = [[name, count], first];
    else if (count > second[1]) second = [name, count];
  }
  if (first[1] < 2 || first[1] < 2 * second[1]) return;
  for (const record of [...suggestions.figures, ...suggestions.incidents]) {
    if (record.place && THE_TOWN.test(record.place)) record.place = first[0];
  }
}

function covers(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && outer.end >= inner.end;
}
