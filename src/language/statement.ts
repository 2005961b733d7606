// Statements: from reporting verbs and quotations to who said what, with the exact span of each part.
import type { Span, StatementSuggestion } from '../record/suggestion.ts';
import { readAccordingTo } from './according.ts';
import { type Complement, type Cue, findCues } from './attribution.ts';
import { readNames } from './cast.ts';
import { complementOf } from './complement.ts';
import {
  add,
  afterDateline,
  type Conversation,
  claim,
  cueSpan,
  type Draft,
  quotationAt,
  settleTimes,
  span,
  startsCapital,
  wordsIn,
} from './conversation.ts';
import { contentEnd, isQuotedOnly, lastItem, phraseEnd } from './extent.ts';
import type { Frame } from './frame.ts';
import { type Grammar, isMark, lower } from './grammar.ts';
import { readHeadline } from './headline.ts';
import { readHearsay } from './hearsay.ts';
import type { Phrase } from './naming.ts';
import { readNoResponse } from './no-response.ts';
import { phraseBefore } from './phrase.ts';
import { adoptOrphans, floating, type Orphan, readBareQuotations } from './quoted.ts';
import type { Token } from './text-model.ts';

/**
 * Reads the frames of one paragraph and appends its statements to the conversation. After each frame `visit` is given
 * the statements with content in it.
 */
export function readParagraph(
  conversation: Conversation,
  frames: Iterable<Frame>,
  visit: (frame: Frame, spoken: StatementSuggestion[]) => void,
): void {
  const first = conversation.statements.length;
  const orphans: Orphan[] = [];
  for (const frame of frames) {
    const { grammar } = frame;
    const before = conversation.statements.length;
    if (isQuotedOnly(frame.items, 0, frame.items.length)) {
      floating(conversation, frame, orphans);
      visit(frame, conversation.floor ? [conversation.floor] : []);
    } else {
      readFrame(conversation, frame, grammar);
      if (conversation.statements.length === before) readHearsay(conversation, frame);
      const spoken = conversation.statements.slice(before);
      settleTimes(conversation, frame, spoken);
      conversation.floor = spoken.findLast((statement) => statement.mode !== 'indirect') ?? null;
      visit(frame, spoken);
    }
    const { cast } = conversation;
    const waiting = orphans.at(-1);
    const speaker = cast.speaker;
    if (waiting && waiting.frame.end < frame.start) cast.speaker = null;
    readNames(cast, grammar, conversation.statements.length > before);
    if (waiting && waiting.frame.end < frame.start && conversation.statements.length === before)
      if (cast.speaker?.kind === 'person') waiting.next ??= cast.speaker;
    cast.speaker ??= speaker;
  }
  adoptOrphans(conversation, orphans, first);
}

function readFrame(conversation: Conversation, frame: Frame, grammar: Grammar): void {
  const cues = findCues(grammar);
  const taken = new Set<number>();
  const unanswered = readNoResponse(conversation, frame, grammar);
  for (const cue of cues)
    if (cue.to <= unanswered.from || cue.from >= unanswered.to)
      readCue(conversation, frame, grammar, cue, cues, taken);
  readAccordingTo(conversation, frame, grammar, cues, taken);
  if (cues.length === 0) readHeadline(conversation, frame, grammar);
  readBareQuotations(conversation, frame, grammar, taken);
}

function readCue(
  conversation: Conversation,
  frame: Frame,
  grammar: Grammar,
  cue: Cue,
  cues: Cue[],
  taken: Set<number>,
): void {
  const one = cue.subject?.description === 'on' ? partyBefore(grammar, cue) : null;
  if (one) cue.subject = { ...one, start: cue.subject!.start, end: cue.subject!.end };
  if (cue.subject?.pronoun?.refers === 'author' && !isOwnVoice(cue)) return;
  // A verb inside what another verb has already been found to govern reports within a report.
  const complement = complementOf(grammar, cue);
  const draft =
    (beforeIt(grammar, cue, complement, taken)
      ? readLeft(conversation, frame, grammar, cue, cues, complement, taken)
      : null) ??
    readRight(conversation, frame, grammar, cue, cues, complement, taken) ??
    readLeft(conversation, frame, grammar, cue, cues, complement, taken);
  // What is thought is reported by the words quoted from it.
  if (cue.entry.lemma === 'think' && draft?.mode !== 'mixed') return;
  if (draft && cue.doubtful) draft.confidence *= 0.7;
  if (draft && cue.subject?.pronoun?.refers === 'author') draft.confidence *= 0.8;
  if (draft && cue.entry.lemma.startsWith('refus')) draft.confidence = Math.min(draft.confidence, 0.5);
  if (draft) add(conversation, frame, draft);
  else if (complement.kind === 'colon' && cue.subject) conversation.pending = { cue, grammar, frame };
}

/**
 * Whether the verb belongs to a free quotation directly before its clause. A comma, question or exclamation mark at
 * the quotation's end says so, even where a clause without "that" seems to follow ("…," she said several months after).
 */
function beforeIt(grammar: Grammar, cue: Cue, complement: Complement, taken: Set<number>): boolean {
  const at = quotationBefore(grammar, cue.clauseFrom);
  if (at === null || taken.has(at)) return false;
  if (complement.kind !== 'clause') return true;
  return (
    !complement.marked && (/[,!?]["”’'»]$/.test(grammar.items[at]!.text.slice(-2)) || at < cue.clauseFrom - 1)
  );
}

function quotationBefore(grammar: Grammar, from: number): number | null {
  let at = from - 1;
  while (at >= 0 && grammar.items[at]!.kind === 'mark' && ',—–-'.includes(grammar.items[at]!.text)) at--;
  return at >= 0 && grammar.chunks[grammar.chunkOf[at]!]!.kind === 'quotation' ? at : null;
}

/** Content after the verb. */
function readRight(
  conversation: Conversation,
  frame: Frame,
  grammar: Grammar,
  cue: Cue,
  cues: Cue[],
  complement: Complement,
  taken: Set<number>,
): Draft | null {
  if (complement.kind === 'none' || complement.kind === 'colon') return null;
  const { items } = grammar;
  let end =
    cue.governed && complement.to < lastItem(grammar)
      ? complement.to
      : contentEnd(grammar, complement.from, cues, cue);
  if (complement.kind === 'object' || complement.kind === 'infinitive') {
    end = phraseEnd(grammar, complement.from, end, complement.kind);
    if (complement.kind === 'object') end = withoutTime(grammar, complement.from, end);
  }
  while (end > complement.from && /^(?:and|but|or|et|mais|ou)$/.test(lower(grammar, end - 1))) end--;
  if (end <= complement.from || isAnonymity(grammar, complement.from, end)) return null;
  const base: Omit<Draft, 'mode' | 'content' | 'confidence'> = {
    // "told them to leave" orders.
    act: actOf(cue, complement),
    cue: cueSpan(grammar, { ...cue, to: complement.cueTo ?? cue.to }),
    subject: cue.subject,
    addressee: complement.addressee,
  };
  if (complement.kind === 'quotation') {
    if (taken.has(complement.from)) return null;
    const quotation = quotationAt(frame, items, complement.from);
    const rest = isQuotedOnly(items, complement.from, end);
    const capital = startsCapital(conversation.text, quotation.inner);
    const partial = !rest && !capital && cue.entry.clause;
    // ‘said "lots" of people came’ is a clause with quoted words; ‘said "We will go" on Monday’ is a quotation.
    const apart = isMark(grammar, complement.from - 1, grammar.language === 'fr' ? ':' : ',:');
    const few = wordsIn(conversation.text, quotation.inner) < 4;
    if (partial && (few || !apart) && end - complement.from > (few ? 3 : 2)) {
      claim(items, complement.from, end, taken);
      return { ...base, mode: 'mixed', content: [span(items, complement.from, end)], confidence: 0.72 };
    }
    // « pointait « l'échec » de la politique menée »: the noun phrase goes on behind the quoted words.
    if (
      !rest &&
      !capital &&
      !apart &&
      cue.entry.object &&
      few &&
      items[complement.from + 1]?.kind === 'word'
    ) {
      const stop = phraseEnd(grammar, complement.from, end, 'object');
      claim(items, complement.from, stop, taken);
      return { ...base, mode: 'mixed', content: [span(items, complement.from, stop)], confidence: 0.72 };
    }
    const contents: Span[] = [];
    for (
      let at = complement.from;
      at < end && (items[at]!.kind === 'quotation' || items[at]!.kind === 'mark');
      at++
    ) {
      if (items[at]!.kind !== 'quotation' || taken.has(at)) continue;
      contents.push(quotationAt(frame, items, at).inner);
      taken.add(at);
    }
    const short = wordsIn(conversation.text, quotation.inner) < 3;
    // « évoque « une opération humanitaire » »: the quoted noun phrase is governed, not a sentence of its own.
    const asked = conversation.text[quotation.inner.end - 1] === '?';
    const governed = cue.entry.object && !capital && !apart && !asked && frame.quotations.length === 1;
    return contents.length === 0
      ? null
      : { ...base, mode: governed ? 'mixed' : 'direct', content: contents, confidence: short ? 0.7 : 0.95 };
  }
  const quoted = claim(items, complement.from, end, taken);
  const length = end - complement.from;
  if (complement.kind === 'object') {
    // Of what is no person or body, only a plain act of speech is believed: "the laboratory retracted its finding".
    const acts =
      !cue.entry.weak &&
      (cue.subject?.definite || (cue.entry.against && cue.subject?.description.endsWith('s'))) &&
      cue.entry.lemma !== 'demander' &&
      /^(?:denies|rejects|retracts|corrects|accuses|promises|asks|orders)$/.test(cue.entry.act);
    if (cue.governed === null && (!cue.subject || (cue.subject.kind === 'other' && !quoted && !acts)))
      return null;
    if (cue.subject?.pronoun?.refers === 'thing') return null;
    // « l'arrêté interdisant la distribution » describes; « , dénonçant un abus » and « en dénonçant » speak.
    if (
      cue.entry.form === 'gerund' &&
      grammar.language === 'fr' &&
      items[cue.clauseFrom - 1]?.kind === 'word'
    )
      if (!/^(?:en|et|tout)$/.test(lower(grammar, cue.from - 1))) return null;
    const plain = cue.entry.weak && !quoted;
    const { before } = complement;
    return {
      ...base,
      mode: quoted ? 'mixed' : 'indirect',
      content: [
        ...(before ? [{ start: before.start, end: before.end }] : []),
        span(items, complement.from, end),
      ],
      confidence: quoted ? 0.7 : plain ? 0.35 : 0.5,
    };
  }
  if (length < 2 && !quoted) return null;
  if (cue.entry.weak && (!complement.marked || cue.subject?.pronoun?.refers === 'thing')) return null;
  let confidence = complement.kind === 'infinitive' ? 0.68 : complement.marked ? 0.84 : 0.74;
  if (cue.entry.weak) confidence -= 0.1;
  if (quoted) confidence += 0.05;
  return {
    ...base,
    mode: quoted ? 'mixed' : 'indirect',
    content: [span(items, complement.from, end)],
    confidence,
  };
}

/** "asked not to be named": how somebody wished to be quoted. */
function isAnonymity(grammar: Grammar, from: number, end: number): boolean {
  for (let at = from; at < end && at < from + 6; at++)
    if (/^(?:anonymous|anonymity|named|identified|anonyme|anonymat)$/.test(lower(grammar, at))) return true;
  return false;
}

/** « *À l'ARS*, on dit suivre », « *De source gouvernementale*, on indique »: who "one" is. */
function partyBefore(grammar: Grammar, cue: Cue): Phrase | null {
  const at = cue.subject!.from - 1;
  if (!isMark(grammar, at, ',') || !/^(?:à|au|aux|chez|de|du|dans)$/.test(lower(grammar, 0))) return null;
  const phrase = phraseBefore(grammar, at);
  return phrase && phrase.from <= 4 && /^(?:body|people|name)$/.test(phrase.kind) ? phrase : null;
}

/** "We call for", « Nous demandons »: a text that speaks for a body; "I" and "you" outside quotations are the reporter's. */
const isOwnVoice = (cue: Cue): boolean => /^(?:we|nous)$/.test(cue.subject!.description.toLowerCase());

/** "dismissed the claim last week": when it was said is not what was said. */
function withoutTime(grammar: Grammar, from: number, end: number): number {
  const at = grammar.chunkOf[end - 1]!;
  const chunk = grammar.chunks[at]!;
  if (chunk.kind !== 'noun' || !chunk.time || chunk.from <= from) return end;
  const before = grammar.chunks[at - 1];
  if (before?.kind === 'conjunction') return end;
  if (before?.kind !== 'preposition') return chunk.from;
  // « un rapport remis en mars »: the time of something else.
  if (grammar.chunks[at - 2]?.verb) return end;
  return /^(?:on|en|in)$/.test(lower(grammar, before.head)) ? before.from : end;
}

/** What the speaker does: "told them to leave" orders, "called for" and "called on" ask. */
function actOf(cue: Cue, complement: Complement): Draft['act'] {
  if (complement.kind === 'infinitive' && cue.entry.lemma === 'tell') return 'orders';
  if (complement.cueTo && cue.entry.lemma === 'call') return 'asks';
  return cue.entry.act;
}

/** Content before the verb, and on both sides of it. */
function readLeft(
  conversation: Conversation,
  frame: Frame,
  grammar: Grammar,
  cue: Cue,
  cues: Cue[],
  complement: Complement,
  taken: Set<number>,
): Draft | null {
  const { items } = grammar;
  const base: Omit<Draft, 'mode' | 'content' | 'confidence'> = {
    act: cue.entry.act,
    cue: cueSpan(grammar, cue),
    subject: cue.subject,
    addressee: complement.addressee,
  };
  const quoted = quotationBefore(grammar, cue.clauseFrom);
  if (quoted !== null && !taken.has(quoted)) {
    const start = contentStart(grammar, cue, cues);
    const contents: Span[] = [];
    if (isQuotedOnly(items, start, quoted + 1)) {
      for (let at = start; at <= quoted; at++) {
        if (items[at]!.kind !== 'quotation' || taken.has(at)) continue;
        contents.push(quotationAt(frame, items, at).inner);
        taken.add(at);
      }
    } else if (
      items[quoted - 1]?.text === ':' ||
      (wordsIn(conversation.text, quotationAt(frame, items, quoted).inner) >= 7 &&
        startsCapital(conversation.text, quotationAt(frame, items, quoted).inner))
    ) {
      contents.push(quotationAt(frame, items, quoted).inner);
      taken.add(quoted);
    } else {
      if (items[cue.clauseFrom - 1]?.kind === 'quotation') {
        const inner = quotationAt(frame, items, quoted).inner;
        if (!/[,.!?…]/.test(conversation.text[inner.end - 1]!) && !cue.inverted) return null;
      }
      claim(items, start, quoted + 1, taken);
      return { ...base, mode: 'mixed', content: [span(items, start, quoted + 1)], confidence: 0.75 };
    }
    resumeQuotation(frame, items, complement.adverbialTo, contents, taken);
    if (contents.length === 0) return null;
    return { ...base, mode: 'direct', content: contents, confidence: cue.subject ? 0.95 : 0.6 };
  }
  const isHeadline = frame.paragraph.kind === 'title' || frame.paragraph.kind === 'heading';
  const after = clauseAfterAs(grammar, cue, cues, complement, base, taken);
  if (after) return after;
  return clauseBefore(isHeadline, grammar, cue, cues, complement, base, taken);
}

/** ‘"…," she said, "…"’: the quotation goes on after the reporting clause. */
function resumeQuotation(
  frame: Frame,
  items: Token[],
  from: number,
  contents: Span[],
  taken: Set<number>,
): void {
  let at = from;
  while (at < items.length && items[at]!.kind === 'mark' && ',.:;—–-'.includes(items[at]!.text)) at++;
  // « …, évacue un conseiller, qui promet une rencontre « avant la fin du mois »»: what no mark parts from the clause belongs to it.
  const next = items[at]?.kind === 'quotation' ? quotationAt(frame, items, at) : null;
  if (next && at === from && !startsCapital(frame.grammar.text, next.inner)) return;
  while (at < items.length && items[at]!.kind === 'quotation' && !taken.has(at)) {
    contents.push(quotationAt(frame, items, at).inner);
    taken.add(at);
    at++;
    while (at < items.length && items[at]!.kind === 'mark') at++;
  }
}

/** "The camp will close, the mayor said." and "The camp, the mayor said, will close." */
function clauseBefore(
  isHeadline: boolean,
  grammar: Grammar,
  cue: Cue,
  cues: Cue[],
  complement: Complement,
  base: Omit<Draft, 'mode' | 'content' | 'confidence'>,
  taken: Set<number>,
): Draft | null {
  const { items } = grammar;
  const comma = items[cue.clauseFrom - 1];
  // A French reporting clause behind what it reports is inverted.
  if (grammar.language === 'fr' && !cue.inverted) return null;
  const unopened = comma !== undefined && /^[»”"]$/.test(comma.text);
  if (
    (comma?.text !== ',' && !unopened) ||
    !cue.subject ||
    complement.kind !== 'none' ||
    cue.entry.form === 'gerund'
  )
    return null;
  if (!cue.entry.clause && !cue.entry.bare) return null;
  // "The landlord, who says…": nothing before a relative clause is what it reports.
  if (/^(?:who|which|qui)$/.test(grammar.text.slice(cue.subject.start, cue.subject.end))) return null;
  const start = contentStart(grammar, cue, cues);
  let end = cue.clauseFrom - 1;
  while (end > start && items[end - 1]!.kind === 'mark') end--;
  const resumed = resumedClause(grammar, cue, cues, complement);
  const finished =
    complement.adverbialTo >= lastItem(grammar) || items[complement.adverbialTo]?.kind === 'mark';
  if (!finished || end <= start) return null;
  const content = [span(items, start, end)];
  let confidence = 0.76;
  if (resumed && end - start < 10) {
    content.push(span(items, resumed.from, resumed.to));
    confidence = 0.68;
  } else if (
    end - start < (isHeadline ? 2 : 4) ||
    (grammar.lexicon.prepositions.has(items[start]!.lower) && end - start < 6)
  ) {
    return null;
  }
  let quoted = claim(items, start, end, taken);
  if (content.length > 1) quoted = claim(items, resumed!.from, resumed!.to, taken) || quoted;
  if (cue.subject.kind === 'other') confidence -= 0.15;
  return { ...base, mode: quoted ? 'mixed' : 'indirect', content, confidence };
}

/** "As the mayor recalled, *the camp was closed*", « Comme l'a rappelé la rectrice, *l'école est un droit* ». */
function clauseAfterAs(
  grammar: Grammar,
  cue: Cue,
  cues: Cue[],
  complement: Complement,
  base: Omit<Draft, 'mode' | 'content' | 'confidence'>,
  taken: Set<number>,
): Draft | null {
  const { items } = grammar;
  if (!/^(?:as|comme)$/.test(lower(grammar, cue.clauseFrom - 1)) || complement.kind !== 'none') return null;
  let from = cue.clauseTo;
  while (from < items.length && from < cue.clauseTo + 12 && items[from]!.text !== ',') from++;
  if (items[from]?.text !== ',' || !cue.subject) return null;
  const opens = cue.clauseFrom <= 2 || isMark(grammar, cue.clauseFrom - 2, ',');
  const end = contentEnd(grammar, from + 1, cues, cue);
  if (!opens || end - from < 4) return null;
  const quoted = claim(items, from + 1, end, taken);
  return {
    ...base,
    mode: quoted ? 'mixed' : 'indirect',
    content: [span(items, from + 1, end)],
    confidence: 0.7,
  };
}

/** "The camp, the mayor said, *will close*": the items of the clause that goes on after the reporting one. */
function resumedClause(
  grammar: Grammar,
  cue: Cue,
  cues: Cue[],
  complement: Complement,
): { from: number; to: number } | null {
  const { items, lexicon } = grammar;
  const from = complement.adverbialTo + 1;
  const next = items[from];
  if (items[from - 1]?.text !== ',' || !next) return null;
  if (lexicon.conjunctions.has(next.lower) || /ing$|^(?:who|which|qui|dont|où)$/.test(next.lower))
    return null;
  const to = contentEnd(grammar, from, cues, cue);
  return to - from >= 3 ? { from, to } : null;
}

/** Words that join a clause of its own. */
const JOINT = /^(?:and|but|while|et|mais|tandis)$/;

/** Where content that ends before the cue begins: after an earlier cue's end, and past a leading "but". */
function contentStart(grammar: Grammar, cue: Cue, cues: Cue[]): number {
  const { items } = grammar;
  let start = 0;
  let from = Number.POSITIVE_INFINITY;
  for (const other of cues) {
    if (other === cue || other.clauseFrom >= cue.clauseFrom) break;
    from = Math.min(from, other.clauseTo);
  }
  // Backwards once: the last joint behind any earlier verb is where this content begins.
  for (let at = cue.clauseFrom - 3; at >= from; at--) {
    if (items[at]!.text !== ',' || !JOINT.test(items[at + 1]!.lower)) continue;
    start = at + 2;
    break;
  }
  const first = items[start];
  if (first && /^(?:but|and|mais|et|or)$/.test(first.lower)) start++;
  while (start < cue.clauseFrom && items[start]!.kind === 'mark') start++;
  return Math.max(start, afterDateline(grammar));
}
