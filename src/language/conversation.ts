// The conversation of a text: what has been said so far, who has the floor, and how a draft becomes a suggestion.
import type { Span, StatementSuggestion } from '../record/suggestion.ts';
import type { SpeechAct, StatementMode, Venue } from '../record/vocabulary.ts';
import type { Cue } from './attribution.ts';
import { type Cast, resolve } from './cast.ts';
import type { DateMention } from './date.ts';
import type { Frame } from './frame.ts';
import type { Grammar } from './grammar.ts';
import type { Phrase } from './naming.ts';
import { phraseAfter } from './phrase.ts';
import type { Language } from './propose.ts';
import type { Quotation } from './quotation.ts';
import type { Token } from './text-model.ts';
import { venueOf } from './venue.ts';

/** What statements are read into, and what is remembered from one paragraph to the next. */
export interface Conversation {
  text: string;
  language: Language;
  cast: Cast;
  statements: StatementSuggestion[];
  /** The last statement that quotes, while nothing but quotations has followed it. */
  floor: StatementSuggestion | null;
  /** A reporting clause that ended with a colon and waits for its quotation. */
  pending: { cue: Cue; grammar: Grammar; frame: Frame } | null;
  /** Where the last speaker was speaking, kept while the speaker stays the same. */
  venue: { speaker: string; venue: Venue } | null;
  datesOf: (frame: Frame) => DateMention[];
}

/** A statement before its speaker is resolved. */
export interface Draft {
  mode: StatementMode;
  act: SpeechAct;
  content: Span[];
  cue: Span | null;
  subject: Phrase | null;
  addressee: Phrase | null;
  confidence: number;
}

export function add(conversation: Conversation, frame: Frame, draft: Draft): StatementSuggestion | null {
  const { cast } = conversation;
  const resolved = draft.subject
    ? resolve(cast, draft.subject, true)
    : { speaker: null, role: null, certainty: 0.75 };
  const dates = conversation
    .datesOf(frame)
    .filter((date) => !draft.content.some((part) => date.start < part.end && date.end > part.start));
  const venue =
    venueOf(frame, draft.content) ??
    (conversation.venue && conversation.venue.speaker === resolved.speaker ? conversation.venue.venue : null);
  if (venue && resolved.speaker) conversation.venue = { speaker: resolved.speaker, venue };
  else if (resolved.speaker && conversation.venue?.speaker !== resolved.speaker) conversation.venue = null;
  const statement: StatementSuggestion = {
    mode: draft.mode,
    act: draft.act,
    content: draft.content.map((part) => withoutComma(conversation.text, part)),
    source: draft.subject ? { start: draft.subject.start, end: draft.subject.end } : null,
    cue: draft.cue,
    speaker: resolved.speaker,
    role: resolved.role,
    addressee: draft.addressee && draft.addressee.kind !== 'pronoun' ? draft.addressee.description : null,
    venue,
    when: dates.find((date) => date.edtf !== null)?.edtf ?? null,
    confidence: round(Math.min(0.98, draft.confidence * resolved.certainty * weightOf(frame))),
  };
  conversation.statements.push(statement);
  conversation.pending = null;
  return statement;
}

/** When the statements of one frame were made: a date inside what another of them says is not when it was said. */
export function settleTimes(conversation: Conversation, frame: Frame, spoken: StatementSuggestion[]): void {
  if (spoken.length < 2 || spoken.every((statement) => statement.when === null)) return;
  const contents = spoken.flatMap((statement) => statement.content);
  const dates = conversation
    .datesOf(frame)
    .filter((date) => !contents.some((part) => date.start < part.end && date.end > part.start));
  const when = dates.find((date) => date.edtf !== null)?.edtf ?? null;
  for (const statement of spoken) statement.when = when;
}

/** A comma before the closing mark belongs to the reporter's sentence, not to what was said. */
export function withoutComma(text: string, part: Span): Span {
  return text[part.end - 1] === ',' && part.end - part.start > 1
    ? { start: part.start, end: part.end - 1 }
    : part;
}

/** Titles and headings report, but in few words and often loosely. */
export function weightOf(frame: Frame): number {
  return frame.paragraph.kind === 'title' || frame.paragraph.kind === 'heading' ? 0.5 : 1;
}

/** Where the last speaker speaks, when a sentence says so without quoting: "In an interview, X was asked if…". */
export function readVenue(conversation: Conversation, frame: Frame): void {
  const venue = venueOf(frame, []);
  if (!venue) return;
  const { grammar } = frame;
  for (let at = 0; at < frame.items.length; at++) {
    if (frame.items[at]!.text !== ',' && at !== 0) continue;
    const phrase = phraseAfter(grammar, at === 0 ? 0 : at + 1);
    if (phrase?.kind !== 'name' && phrase?.kind !== 'person') continue;
    const { speaker } = resolve(conversation.cast, phrase, false);
    if (speaker) conversation.venue = { speaker, venue };
    return;
  }
}

export function cueSpan(grammar: Grammar, cue: Cue): Span {
  return { start: grammar.items[cue.from]!.start, end: grammar.items[cue.to - 1]!.end };
}

export function span(items: Token[], from: number, to: number): Span {
  return { start: items[from]!.start, end: items[to - 1]!.end };
}

export function quotationAt(frame: Frame, items: Token[], at: number): Quotation {
  const { start } = items[at]!;
  return frame.quotations.find((quotation) => quotation.outer.start === start)!;
}

/** Marks the quotations of items[from, to) as used; true when there are any. */
export function claim(items: Token[], from: number, to: number, taken: Set<number>): boolean {
  let any = false;
  for (let at = from; at < to; at++) {
    if (items[at]!.kind !== 'quotation') continue;
    taken.add(at);
    any = true;
  }
  return any;
}

export function startsCapital(text: string, inner: Span): boolean {
  return /^[\p{Lu}\d]/u.test(text.slice(inner.start, inner.start + 2));
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Words of a span, counted up to 40. */
export const wordsIn = (text: string, span: Span): number => {
  let words = 0;
  let inside = false;
  for (let index = span.start; index < span.end && words < 40; index++) {
    const space = text.charCodeAt(index) <= 32 || text.charCodeAt(index) === 0xa0;
    if (!space && !inside) words++;
    inside = !space;
  }
  return words;
};

/** "CALAIS, France (Agency) — Police…": where the sentence begins behind the place and agency it came from. */
export function afterDateline(grammar: Grammar): number {
  const { items } = grammar;
  const first = items[0];
  if (!first || first.text.length < 3 || first.text !== first.text.toUpperCase() || !first.capital) return 0;
  for (let at = 1; at < items.length && at < 12; at++)
    if (/^[—–-]$/.test(items[at]!.text)) return items[at + 1] ? at + 1 : 0;
  return 0;
}
