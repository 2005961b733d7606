// A sentence with its tags and chunks, and the small questions rules ask of it. How it is read: syntax.ts.
import type { Lexicon } from './lexicon.ts';
import type { Language } from './propose.ts';
import { TAGS } from './tag.ts';
import type { Token } from './text-model.ts';

/** A row of items that belong together. Indices are items of the sentence, `to` excluded. */
export interface Chunk {
  kind:
    | 'noun'
    | 'verb'
    | 'preposition'
    | 'that'
    | 'relative'
    | 'conjunction'
    | 'adverb'
    | 'comma'
    | 'colon'
    | 'quotation'
    | 'bracket'
    | 'dash'
    | 'stop'
    | 'other';
  from: number;
  to: number;
  /** The item that carries it: the noun, the main verb. */
  head: number;
  /** Of a noun phrase: names a time ("last week", « mardi soir »), so it is rarely a subject. */
  time: boolean;
  /** Of a verb group. */
  verb: VerbGroup | null;
}

/** What a verb group says beside its meaning. */
export interface VerbGroup {
  form: 'finite' | 'infinitive' | 'gerund' | 'participle';
  passive: boolean;
  negated: boolean;
  modal: boolean;
  /** French « aurait, serait »: somebody's word, not the reporter's. */
  conditional: boolean;
  /** The first auxiliary, or the main verb; negations and clitics before it are not counted. */
  first: number;
  /** A French verb with its subject after a hyphen: the pronoun of « a-t-il dit ». */
  pronoun: string | null;
}

/** A sentence with its tags and chunks. */
export interface Grammar {
  text: string;
  items: Token[];
  tags: Uint8Array;
  chunks: Chunk[];
  /** The index of the chunk each item belongs to. */
  chunkOf: Int32Array;
  language: Language;
  lexicon: Lexicon;
}

const UPOS_OF = TAGS.map((tag) => tag.split('-')[0]!);
const FORM_OF = TAGS.map((tag) => tag.split('-')[1] ?? '');

export const lower = (grammar: Grammar, at: number): string => grammar.items[at]?.lower ?? '';
export const isMark = (grammar: Grammar, at: number, marks: string): boolean =>
  grammar.items[at]?.kind === 'mark' && marks.includes(grammar.items[at]!.text);
export const isQuotation = (grammar: Grammar, at: number): boolean => grammar.items[at]?.kind === 'quotation';
/** The part of speech of an item; empty outside the sentence. */
export const upos = (grammar: Grammar, at: number): string => {
  const tag = grammar.tags[at];
  return tag === undefined ? '' : UPOS_OF[tag]!;
};
/** The form of a verb or auxiliary; empty for other words. */
export const verbForm = (grammar: Grammar, at: number): string => {
  const tag = grammar.tags[at];
  return tag === undefined ? '' : FORM_OF[tag]!;
};

/** Whether an item is a verb or an auxiliary, in any form. */
export const isVerbal = (grammar: Grammar, at: number): boolean => {
  const tag = upos(grammar, at);
  return tag === 'VERB' || tag === 'AUX';
};

/** The stop of "Mr." or of an initial. */
export function isInitialStop(grammar: Grammar, at: number): boolean {
  const before = grammar.items[at - 1];
  if (grammar.items[at]?.text !== '.' || !before || before.end !== grammar.items[at]!.start) return false;
  return grammar.lexicon.honorifics.has(before.lower) || (before.capital && before.text.length === 1);
}

/** Forms of the possessive determiner that English tags as pronouns. */
export const POSSESSIVE = /^(?:his|her|its|their|our|my|your)$/;
