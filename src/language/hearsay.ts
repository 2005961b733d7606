// The French hearsay conditional: « Des tentes auraient été détruites » is somebody's word, though nobody is named.

import { add, type Conversation, span } from './conversation.ts';
import { lastItem } from './extent.ts';
import type { Frame } from './frame.ts';
import { lower } from './grammar.ts';

/** « aurait pu, dû, fallu…»: what might have been, not what is said to have been. */
const UNREAL = /^(?:pu|dû|du|fallu|voulu|souhaité|préféré|aimé|mérité|suffi|cru|pensé|espéré)$/;
/** The present conditional of a full verb, and of those that soften rather than report. */
const PRESENT = /[eiu]rai(?:t|ent)$/;
const MODAL =
  /^(?:pourr|devr|voudr|faudr|vaudr|ser|aur|saur|fer|ir|viendr|mériter|suffir|permettr|souhaiter|préférer|aimer|coûter|semblerait|paraîtr|conviendr|dir)ai/;

const IF = /^(?:si|s'|sinon|sans|sauf|même)$/;

/**
 * Reads a sentence told in the conditional perfect as a statement without a named source. Not where a condition makes
 * the conditional ("s'il avait…, il aurait"), nor where somebody in the sentence is already known to say it.
 */
export function readHearsay(conversation: Conversation, frame: Frame): void {
  const { grammar } = frame;
  if (grammar.language !== 'fr') return;
  const { chunks } = grammar;
  if (chunks.some((chunk) => IF.test(lower(grammar, chunk.from)))) return;
  const told = chunks.some((chunk, at) => {
    const verb = chunk.verb;
    const word = lower(grammar, chunk.head);
    if (!verb || UNREAL.test(word)) return false;
    // « aurait été détruit », « envisagerait »; not « pourrait », « il faudrait », « je voudrais ».
    const perfect = verb.conditional && verb.first !== chunk.head;
    const present =
      verb.first === chunk.head && verb.form === 'finite' && PRESENT.test(word) && !MODAL.test(word);
    if (!perfect && !present) return false;
    const opener = chunks[at - 1]?.kind;
    return (
      opener !== 'relative' &&
      opener !== 'that' &&
      !chunks.slice(0, at).some((other) => other.kind === 'that')
    );
  });
  if (!told) return;
  const end = lastItem(grammar);
  if (end < 4) return;
  add(conversation, frame, {
    mode: 'indirect',
    act: 'says',
    content: [span(frame.items, 0, end)],
    cue: null,
    subject: null,
    addressee: null,
    confidence: 0.55,
  });
}
