// What a proposer may suggest from a text. The shapes are those of `constat read --json`, and are held to one rule:
// every span is a slice of the text it was proposed from; what cannot be pinned to an exact passage does not exist.
import { z } from 'zod';
import { Bound, SpeechAct, StatementMode, Venue } from './vocabulary.ts';

/** A half-open range [start, end) of a text, in UTF-16 code units. */
export const Span = z
  .object({ start: z.int().min(0), end: z.int().min(0) })
  .refine((span) => span.start <= span.end, 'a span ends before it starts')
  .meta({ id: 'Span', title: 'Span', description: 'A half-open range of a text, in UTF-16 code units.' });
export type Span = z.infer<typeof Span>;

/** A proposer's certainty that a person will accept, 0 to 1; it orders the queue. */
export const Confidence = z.number().min(0).max(1);

/** A suggested statement: who said what, with the span of each part. */
export const StatementSuggestion = z
  .object({
    mode: StatementMode,
    act: SpeechAct,
    /** What was said, in one or several pieces, in text order; never empty. */
    content: z.array(Span).min(1),
    /** The words that name the speaker, when the text has them near the content. */
    source: Span.nullable(),
    /** The reporting word: "said", « a déclaré ». */
    cue: Span.nullable(),
    /** The speaker, resolved as far as the text allows: a name, or a description such as "the minister". */
    speaker: z.string().nullable(),
    /** The function in which the speaker is named: "interior minister". */
    role: z.string().nullable(),
    addressee: z.string().nullable(),
    venue: Venue.nullable(),
    /** When it was said, EDTF, when the text or the context says so. */
    when: z.string().nullable(),
    confidence: Confidence,
  })
  .meta({ id: 'StatementSuggestion', title: 'Suggested statement' });
export type StatementSuggestion = z.infer<typeof StatementSuggestion>;

/** The same amount in another currency or unit, given beside a figure. */
export const SuggestedEquivalent = z.object({ span: Span, value: z.number(), unit: z.string().nullable() });

/** What a suggested change is a change from: "+50 % over 2020". */
export const SuggestedBaseline = z.object({
  /** EDTF. */
  period: z.string().nullable(),
  value: z.number().nullable(),
  /** The words of the text, where they say more than the period. */
  words: z.string().nullable(),
});

/** A suggested figure: a number somebody gives for something. */
export const FigureSuggestion = z
  .object({
    /** The whole expression: "up to 2,300 migrants" without what surrounds it. */
    span: Span,
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    bound: Bound,
    equivalents: z.array(SuggestedEquivalent),
    /** ISO 4217 for money, "%" for shares, a unit symbol for measures, null for a plain count. */
    unit: z.string().nullable(),
    counted: z.string().nullable(),
    place: z.string().nullable(),
    /** Period or as-of date, EDTF, or the words of the text where no date can be made of them. */
    when: z.string().nullable(),
    accordingTo: z.string().nullable(),
    baseline: SuggestedBaseline.nullable(),
    confidence: Confidence,
  })
  .meta({ id: 'FigureSuggestion', title: 'Suggested figure' });
export type FigureSuggestion = z.infer<typeof FigureSuggestion>;

/** A suggested incident: a sentence that reports an act of a known kind. */
export const IncidentSuggestion = z
  .object({
    span: Span,
    /** A term of the act vocabulary, such as "eviction". */
    act: z.string(),
    perpetrator: z.string().nullable(),
    victims: z.string().nullable(),
    place: z.string().nullable(),
    when: z.string().nullable(),
    confidence: Confidence,
  })
  .meta({ id: 'IncidentSuggestion', title: 'Suggested incident' });
export type IncidentSuggestion = z.infer<typeof IncidentSuggestion>;

/** Everything proposed from one text, each list in text order. */
export const Suggestions = z
  .object({
    /** Who proposed: tool name and version, kept as the provenance of each record made from it. */
    proposer: z.object({ name: z.string(), version: z.string() }),
    statements: z.array(StatementSuggestion),
    figures: z.array(FigureSuggestion),
    incidents: z.array(IncidentSuggestion),
  })
  .meta({ id: 'Suggestions', title: 'Suggestions' });
export type Suggestions = z.infer<typeof Suggestions>;

/** An actor or place the dossier already knows, so that names in a text resolve to it. */
export interface KnownName {
  id: string;
  name: string;
  aliases: string[];
}

/** A stretch of a text with a role on the page; proposers skip furniture and weigh headlines less. */
export interface Block {
  start: number;
  end: number;
  kind: 'title' | 'heading' | 'paragraph' | 'list-item' | 'caption' | 'table' | 'furniture';
}

/** What is known about a text beside its words. Everything is optional; a proposer works without it. */
export interface ProposeContext {
  title?: string | null;
  /** Publication date, EDTF: relative dates are counted from it. */
  published?: string | null;
  publisher?: string | null;
  actors?: KnownName[];
  places?: KnownName[];
  /** Structure found by the reader, in text order, when there is any. */
  blocks?: Block[];
}
