// Subjects of inverted French verbs: the pronoun behind the hyphen, and who « on » is.
import { type Chunk, type Grammar, lower } from './grammar.ts';
import { type Phrase, pronounPhrase } from './naming.ts';
import { phraseAfter } from './phrase.ts';

/** « indique-t-on à la préfecture », « a-t-on appris auprès de X »: who "one" is. */
function partyOfOne(grammar: Grammar, at: number): Phrase | null {
  const { chunks } = grammar;
  for (let next = at + 1; next < at + 6 && chunks[next]; next++) {
    const chunk = chunks[next]!;
    if (/^(?:comma|stop|quotation)$/.test(chunk.kind)) return null;
    if (chunk.kind !== 'preposition' || chunks[next + 1]?.kind !== 'noun' || chunks[next + 1]!.time) continue;
    return phraseAfter(grammar, chunks[next + 1]!.from);
  }
  return null;
}

/** Whoever "one" is, in « y assure-t-on » whoever was named before. */
export function oneOf(grammar: Grammar, at: number): Phrase | null {
  const chunk = grammar.chunks[at]!;
  const party = partyOfOne(grammar, at);
  if (party || lower(grammar, chunk.verb!.first - 1) !== 'y') return party;
  const one = inversePronoun(grammar, chunk);
  return one && { ...one, pronoun: { refers: 'group', gender: null } };
}

/** The pronoun inside an inverted verb, as a phrase of its own span. */
export function inversePronoun(grammar: Grammar, chunk: Chunk): Phrase | null {
  const at = chunk.verb!.first;
  const item = grammar.items[at]!;
  const word = chunk.verb!.pronoun!;
  const pronoun = grammar.lexicon.pronouns.get(word);
  if (!pronoun) return null;
  const place = { from: at, to: chunk.head + 1, start: item.end - word.length, end: item.end };
  return pronounPhrase(place, word, pronoun);
}
