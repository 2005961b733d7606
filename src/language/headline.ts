// Headlines that give the floor with a colon: ‘Mayor: bridge "will not reopen"’.
import { add, type Conversation, span } from './conversation.ts';
import { isQuotedOnly, lastItem } from './extent.ts';
import type { Frame } from './frame.ts';
import { type Grammar, lower } from './grammar.ts';
import { isRole } from './naming.ts';
import { phraseBefore } from './phrase.ts';

/** ‘Mayor: bridge "will not reopen"’: a headline gives the floor with a colon. */
export function readHeadline(conversation: Conversation, frame: Frame, grammar: Grammar): void {
  const { items } = grammar;
  if (frame.paragraph.kind !== 'title' && frame.paragraph.kind !== 'heading') return;
  const colon = items.findIndex((item) => item.text === ':');
  const subject = colon > 0 ? phraseBefore(grammar, colon) : null;
  if (
    subject?.from !== 0 ||
    (subject.kind !== 'person' && subject.kind !== 'body') ||
    items.length - colon < 4
  )
    return;
  const contents = frame.quotations.filter((quotation) => quotation.outer.start > items[colon]!.start);
  const whole = isQuotedOnly(items, colon + 1, items.length);
  const tells = grammar.chunks.some((chunk) => chunk.from > colon && chunk.verb?.form === 'finite');
  const head = grammar.chunks[0]!.head;
  const speaks = isRole(grammar, lower(grammar, head)) || grammar.lexicon.bodies.has(lower(grammar, head));
  if ((!tells && contents.length === 0) || !speaks) return;
  add(conversation, frame, {
    mode: whole ? 'direct' : contents.length > 0 ? 'mixed' : 'indirect',
    act: 'says',
    content: whole
      ? contents.map((quotation) => quotation.inner)
      : [span(items, colon + 1, lastItem(grammar))],
    cue: null,
    subject,
    addressee: null,
    confidence: 0.8,
  });
}
