// Quotations without a reporting verb of their own: after a colon, signed, floating behind an earlier one, in dialogue.
import type { Span, StatementSuggestion } from '../record/suggestion.ts';
import { findCues } from './attribution.ts';
import type { Party } from './cast.ts';
import { complementOf } from './complement.ts';
import {
  add,
  type Conversation,
  cueSpan,
  type Draft,
  quotationAt,
  round,
  span,
  startsCapital,
  weightOf,
  wordsIn,
} from './conversation.ts';
import { lastItem } from './extent.ts';
import type { Frame } from './frame.ts';
import { type Grammar, lower } from './grammar.ts';
import type { Phrase } from './naming.ts';
import type { PageParagraph } from './page.ts';
import { phraseAfter, phraseBefore, withApposition } from './phrase.ts';
import type { Quotation } from './quotation.ts';
import { subjectBefore } from './subject.ts';
import { grammarOf } from './syntax.ts';
import { type Token, tokenise } from './text-model.ts';

/** A quotation whose speaker has not been named yet. */
export interface Orphan {
  frame: Frame;
  contents: Span[];
  /** Whoever the text was speaking of when the quotation came. */
  near: Party | null;
  /** Who does something in the sentence after it: « … » Debout à la barre, le prévenu répète sa version. */
  next: Party | null;
}

/** A frame that is nothing but quotation belongs to whoever has the floor, or to a clause that ended with a colon. */
export function floating(conversation: Conversation, frame: Frame, orphans: Orphan[]): void {
  const incise =
    conversation.language === 'fr' ? splitIncise(conversation, frame.quotations[0]!.inner) : null;
  if (incise) {
    incise.content.push(...frame.quotations.slice(1).map((quotation) => quotation.inner));
    conversation.floor = add(conversation, frame, incise);
    return;
  }
  const contents = frame.quotations.map((quotation) => quotation.inner);
  const { pending, floor } = conversation;
  conversation.pending = null;
  if (pending) {
    conversation.floor = add(conversation, pending.frame, {
      mode: 'direct',
      act: pending.cue.entry.act,
      content: contents,
      cue: cueSpan(pending.grammar, pending.cue),
      subject: pending.cue.subject,
      addressee: null,
      confidence: 0.9,
    });
    return;
  }
  if (!floor) {
    orphans.push({ frame, contents, near: conversation.cast.speaker, next: null });
    return;
  }
  const last = floor.content.at(-1)!;
  const sameParagraph = last.start >= frame.paragraph.start;
  if (sameParagraph || frame.quotations[0]!.continuation) {
    floor.content.push(...contents);
    return;
  }
  const statement: StatementSuggestion = {
    ...floor,
    act: 'says',
    mode: 'direct',
    content: contents,
    source: null,
    cue: null,
    addressee: null,
    confidence: round(Math.min(floor.confidence, 0.8) * weightOf(frame)),
  };
  conversation.statements.push(statement);
  conversation.floor = statement;
}

/** Quotations before the sentence that names their speaker, in the same paragraph; else nobody's. */
export function adoptOrphans(conversation: Conversation, orphans: Orphan[], first: number): void {
  const { statements, text } = conversation;
  const named = statements.length;
  let next = first;
  for (const { frame, contents, near, next: doer } of orphans) {
    if (contents.every((content) => wordsIn(text, content) < 4)) continue;
    while (
      next < named &&
      !(statements[next]!.mode === 'direct' && statements[next]!.content[0]!.start >= frame.end)
    )
      next++;
    const later = next < named && doer === null ? statements[next]! : null;
    statements.push({
      mode: 'direct',
      act: 'says',
      content: contents,
      source: null,
      cue: null,
      speaker: later ? later.speaker : ((doer ?? near)?.name ?? null),
      role: later ? later.role : ((doer ?? near)?.role ?? null),
      addressee: null,
      venue: later?.venue ?? null,
      when: null,
      confidence: round((later ? 0.7 : doer ? 0.6 : near ? 0.5 : 0.35) * weightOf(frame)),
    });
  }
}

/** French parenthesis inside the marks: « Nous, a dit le maire, partons ». Then "Name: …", then whoever stands nearest. */
export function readBareQuotations(
  conversation: Conversation,
  frame: Frame,
  grammar: Grammar,
  taken: Set<number>,
): void {
  const { items, text } = grammar;
  for (let at = 0; at < items.length; at++) {
    if (items[at]!.kind !== 'quotation' || taken.has(at)) continue;
    const quotation = quotationAt(frame, items, at);
    const incise = grammar.language === 'fr' ? splitIncise(conversation, quotation.inner) : null;
    if (incise) {
      taken.add(at);
      add(conversation, frame, incise);
      continue;
    }
    const words = wordsIn(text, quotation.inner);
    // After a colon two words may be a sentence; elsewhere so few are a name or a phrase held at arm's length.
    const colon = items[at - 1]?.text === ':';
    if (words < (colon && startsCapital(text, quotation.inner) ? 2 : 5)) continue;
    if (isTitleCased(text, quotation.inner) && !/[.!?]$/.test(text[quotation.inner.end - 1]!)) continue;
    const signature = signatureAfter(grammar, at);
    const announced = colon ? (actor(grammar, at - 1) ?? phraseBefore(grammar, at - 1)) : null;
    const subject = signature ?? announced ?? nearestPhrase(grammar, at);
    taken.add(at);
    add(conversation, frame, {
      mode: 'direct',
      act: 'says',
      content: [quotation.inner],
      cue: null,
      subject,
      addressee: null,
      confidence: signature ? 0.85 : subject ? (colon ? 0.78 : words >= 8 ? 0.5 : 0.4) : 0.3,
    });
  }
}

/** ‘"…" — A Name’: who is quoted stands after a dash, and nothing after that. */
function signatureAfter(grammar: Grammar, at: number): Phrase | null {
  const dash = grammar.items[at + 1];
  if (dash?.kind !== 'mark' || !'—–―-'.includes(dash.text)) return null;
  const phrase = phraseAfter(grammar, at + 2);
  if (phrase?.kind !== 'name' && phrase?.kind !== 'person') return null;
  const signed = withApposition(grammar, phrase);
  return signed.to >= lastItem(grammar) ? signed : null;
}

/** « Un retraité hausse les épaules : « … » »: whose doing stands before the colon, when it is somebody's. */
function actor(grammar: Grammar, colon: number): Phrase | null {
  const { chunks } = grammar;
  for (let at = grammar.chunkOf[colon]! - 1; at >= 0 && at > grammar.chunkOf[colon]! - 14; at--) {
    const chunk = chunks[at]!;
    if (/^(?:stop|colon|quotation)$/.test(chunk.kind)) return null;
    if (chunk.verb?.form !== 'finite' || chunks[at - 1]?.kind === 'relative') continue;
    const subject = subjectBefore(grammar, at);
    const speaks =
      subject && (/^(?:person|name|people)$/.test(subject.kind) || subject.pronoun?.refers === 'person');
    if (speaks) return subject;
  }
  return null;
}

/** The name or role nearest before the quotation in its sentence, else the first after it. */
function nearestPhrase(grammar: Grammar, at: number): Phrase | null {
  const { items } = grammar;
  let best: Phrase | null = null;
  for (let index = Math.max(0, at - 40); index < at; ) {
    const phrase = items[index]!.kind === 'word' ? phraseAfter(grammar, index) : null;
    if (
      phrase &&
      phrase.to <= at &&
      !PLACED.test(lower(grammar, index - 1)) &&
      (phrase.kind === 'person' ||
        phrase.kind === 'body' ||
        (phrase.kind === 'name' && phrase.to - phrase.from > 1))
    )
      best = phrase;
    index = phrase ? Math.max(index + 1, phrase.to) : index + 1;
  }
  if (best) return best;
  for (let index = at + 1; index < Math.min(items.length, at + 14); index++) {
    const phrase = items[index]!.kind === 'word' ? phraseAfter(grammar, index) : null;
    const placed = PLACED.test(lower(grammar, index - 1));
    if (phrase && !placed && (phrase.kind === 'person' || phrase.kind === 'body')) return phrase;
  }
  return null;
}

/** Prepositions that tell where or when, so that what they govern does not speak. */
const PLACED =
  /^(?:in|at|on|to|into|inside|outside|near|from|during|after|before|dans|au|aux|à|en|chez|sur|lors|devant|vers)$/;

/** A quotation with a reporting clause between commas inside it, as French prints it: two pieces and their speaker. */
function splitIncise(conversation: Conversation, inner: Span): Draft | null {
  if (inner.end - inner.start > 4000) return null;
  const items = tokenise(conversation.text, inner.start, inner.end, 'fr');
  const grammar = grammarOf(conversation.text, items, 'fr');
  for (const cue of findCues(grammar)) {
    const before = items[cue.clauseFrom - 1];
    if (!cue.inverted || !cue.subject || !before || !/^[,!?…]$/.test(before.text)) continue;
    const complement = complementOf(grammar, cue);
    const after = items[complement.adverbialTo];
    if (after && !/^[,.;:]$/.test(after.text)) continue;
    const first = before.text === ',' ? cue.clauseFrom - 1 : cue.clauseFrom;
    if (first < 1) continue;
    const content = [span(items, 0, first)];
    const resumed = pastRelative(items, complement.adverbialTo + 1);
    if (resumed < items.length) content.push(span(items, resumed, items.length));
    return {
      mode: 'direct',
      act: cue.entry.act,
      content,
      cue: cueSpan(grammar, cue),
      subject: cue.subject,
      addressee: complement.addressee,
      confidence: 0.9,
    };
  }
  return null;
}

/** Past « qui souhaite rester anonyme, »: what the reporter adds about the speaker. */
function pastRelative(items: Token[], from: number): number {
  if (!/^(?:qui|dont|où|venue?|présente?|interrogée?|membre)$/.test(items[from]?.lower ?? '')) return from;
  for (let at = from; at < items.length; at++) if (/^[,.;:!?…]$/.test(items[at]!.text)) return at + 1;
  return items.length;
}

/** A French line of dialogue opened by a dash: a statement when it carries its reporting clause. */
export function readDialogue(
  conversation: Conversation,
  paragraph: PageParagraph,
  quotation: Quotation,
): boolean {
  const incise = splitIncise(conversation, quotation.inner);
  const { start, end } = quotation.outer;
  const grammar = grammarOf(conversation.text, [], conversation.language);
  const frame: Frame = { start, end, items: [], grammar, quotations: [quotation], paragraph };
  if (incise) conversation.floor = add(conversation, frame, incise);
  return incise !== null;
}

/** "Enforced Misery", « Misère organisée »: a title rather than speech. */
function isTitleCased(text: string, inner: Span): boolean {
  const words = text.slice(inner.start, Math.min(inner.end, inner.start + 200)).split(/\s+/);
  const long = words.filter((word) => word.length > 3);
  return words.length < 9 && long.length > 0 && long.every((word) => /^\p{Lu}/u.test(word));
}
