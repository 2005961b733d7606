// Statements: from quotations and reporting verbs to who said what, with the exact span of each part.
import type { Span, StatementSuggestion } from '../record/suggestion.ts';
import type { SpeechAct, StatementMode, Venue } from '../record/vocabulary.ts';
import {
  type Complement,
  type Cue,
  complementOf,
  contentEnd,
  findCues,
  isQuotedOnly,
  lastItem,
  subjectBefore,
} from './attribution.ts';
import type { DateMention } from './date.ts';
import type { Frame } from './frame.ts';
import type { PageParagraph } from './page.ts';
import type { Language } from './propose.ts';
import type { Quotation } from './quotation.ts';
import {
  type Cast,
  type Grammar,
  grammarOf,
  type Phrase,
  phraseAfter,
  readNames,
  resolve,
  withApposition,
} from './speaker.ts';
import { type Token, tokenise } from './text-model.ts';
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

interface Draft {
  mode: StatementMode;
  act: SpeechAct;
  content: Span[];
  cue: Span | null;
  subject: Phrase | null;
  addressee: Phrase | null;
  confidence: number;
}

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
    const grammar = grammarOf(conversation.text, frame.items, conversation.language);
    const before = conversation.statements.length;
    if (isQuotedOnly(frame.items, 0, frame.items.length)) {
      floating(conversation, frame, orphans);
      visit(frame, conversation.floor ? [conversation.floor] : []);
    } else {
      readFrame(conversation, frame, grammar);
      const spoken = conversation.statements.slice(before);
      conversation.floor = spoken.findLast((statement) => statement.mode !== 'indirect') ?? null;
      visit(frame, spoken);
    }
    readNames(conversation.cast, grammar);
  }
  adoptOrphans(conversation, orphans, first);
}

/** A quotation whose speaker has not been named yet. */
interface Orphan {
  frame: Frame;
  contents: Span[];
}

const wordsIn = (text: string, span: Span): number => {
  let words = 0;
  let inside = false;
  for (let index = span.start; index < span.end && words < 40; index++) {
    const space = text.charCodeAt(index) <= 32 || text.charCodeAt(index) === 0xa0;
    if (!space && !inside) words++;
    inside = !space;
  }
  return words;
};

// --- quotations that stand alone

/** A frame that is nothing but quotation belongs to whoever has the floor, or to a clause that ended with a colon. */
function floating(conversation: Conversation, frame: Frame, orphans: Orphan[]): void {
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
    orphans.push({ frame, contents });
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
function adoptOrphans(conversation: Conversation, orphans: Orphan[], first: number): void {
  const { statements, text } = conversation;
  const named = statements.length;
  let next = first;
  for (const { frame, contents } of orphans) {
    if (contents.every((content) => wordsIn(text, content) < 4)) continue;
    while (
      next < named &&
      !(statements[next]!.mode === 'direct' && statements[next]!.content[0]!.start >= frame.end)
    )
      next++;
    const later = next < named ? statements[next]! : null;
    statements.push({
      mode: 'direct',
      act: 'says',
      content: contents,
      source: null,
      cue: null,
      speaker: later?.speaker ?? null,
      role: later?.role ?? null,
      addressee: null,
      venue: later?.venue ?? null,
      when: null,
      confidence: round((later ? 0.7 : 0.3) * weightOf(frame)),
    });
  }
}

// --- one frame

function readFrame(conversation: Conversation, frame: Frame, grammar: Grammar): void {
  const cues = findCues(grammar);
  const taken = new Set<number>();
  const unanswered = readNoResponse(conversation, frame, grammar);
  for (const cue of cues)
    if (cue.to <= unanswered.from || cue.from >= unanswered.to)
      readCue(conversation, frame, grammar, cue, cues, taken);
  readAccordingTo(conversation, frame, grammar, cues, taken);
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
  if (cue.subject?.pronoun?.refers === 'author') return;
  // A verb inside what another verb has already been found to govern reports within a report.
  const complement = complementOf(grammar, cue);
  const draft =
    (beforeIt(grammar, cue, complement, taken)
      ? readLeft(conversation, frame, grammar, cue, cues, complement, taken)
      : null) ??
    readRight(conversation, frame, grammar, cue, cues, complement, taken) ??
    readLeft(conversation, frame, grammar, cue, cues, complement, taken);
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
  return at >= 0 && grammar.items[at]!.kind === 'quotation' ? at : null;
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
  const end = contentEnd(grammar, complement.from, cues, cue);
  if (end <= complement.from) return null;
  const base: Omit<Draft, 'mode' | 'content' | 'confidence'> = {
    act: cue.entry.act,
    cue: cueSpan(grammar, cue),
    subject: cue.subject,
    addressee: complement.addressee,
  };
  if (complement.kind === 'quotation') {
    if (taken.has(complement.from)) return null;
    const quotation = quotationAt(frame, items, complement.from);
    const rest = isQuotedOnly(items, complement.from, end);
    const capital = startsCapital(conversation.text, quotation.inner);
    const partial = !rest && !capital && cue.entry.clause;
    // ‘said "lots" of people came’ is a clause with a quoted word; ‘said "We will go" on Monday’ is a quotation.
    if (partial && wordsIn(conversation.text, quotation.inner) < 4 && end - complement.from > 3) {
      claim(items, complement.from, end, taken);
      return { ...base, mode: 'mixed', content: [span(items, complement.from, end)], confidence: 0.72 };
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
    return contents.length === 0
      ? null
      : { ...base, mode: 'direct', content: contents, confidence: short ? 0.7 : 0.95 };
  }
  const quoted = claim(items, complement.from, end, taken);
  const length = end - complement.from;
  if (complement.kind === 'object') {
    if (length > 25) return null;
    return {
      ...base,
      mode: quoted ? 'mixed' : 'indirect',
      content: [span(items, complement.from, end)],
      confidence: 0.5,
    };
  }
  if (length < 2 && !quoted) return null;
  if (cue.entry.weak && !complement.marked) return null;
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
      wordsIn(conversation.text, quotationAt(frame, items, quoted).inner) >= 7 &&
      startsCapital(conversation.text, quotationAt(frame, items, quoted).inner)
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
  return clauseBefore(grammar, cue, cues, complement, base, taken);
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
  while (at < items.length && items[at]!.kind === 'quotation' && !taken.has(at)) {
    contents.push(quotationAt(frame, items, at).inner);
    taken.add(at);
    at++;
    while (at < items.length && items[at]!.kind === 'mark') at++;
  }
}

/** "The camp will close, the mayor said." and "The camp, the mayor said, will close." */
function clauseBefore(
  grammar: Grammar,
  cue: Cue,
  cues: Cue[],
  complement: Complement,
  base: Omit<Draft, 'mode' | 'content' | 'confidence'>,
  taken: Set<number>,
): Draft | null {
  const { items } = grammar;
  const comma = items[cue.clauseFrom - 1];
  if (comma?.text !== ',' || !cue.subject || complement.kind !== 'none' || cue.entry.form === 'gerund')
    return null;
  if (!cue.entry.clause && !cue.entry.bare) return null;
  const start = contentStart(grammar, cue, cues);
  const end = cue.clauseFrom - 1;
  const resumed = resumedClause(grammar, cue, cues, complement);
  const finished =
    complement.adverbialTo >= lastItem(grammar) || items[complement.adverbialTo]?.kind === 'mark';
  if (!finished || end <= start) return null;
  const content = [span(items, start, end)];
  let confidence = 0.76;
  if (resumed && end - start < 10) {
    content.push(span(items, resumed.from, resumed.to));
    confidence = 0.68;
  } else if (end - start < 4 || (grammar.lexicon.prepositions.has(items[start]!.lower) && end - start < 6)) {
    return null;
  }
  let quoted = claim(items, start, end, taken);
  if (content.length > 1) quoted = claim(items, resumed!.from, resumed!.to, taken) || quoted;
  if (cue.subject.kind === 'other') confidence -= 0.15;
  return { ...base, mode: quoted ? 'mixed' : 'indirect', content, confidence };
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

/** Where content that ends before the cue begins: after an earlier cue's end, and past a leading "but". */
function contentStart(grammar: Grammar, cue: Cue, cues: Cue[]): number {
  let start = 0;
  for (const other of cues) {
    if (other === cue || other.clauseFrom >= cue.clauseFrom) break;
    const joint = /^(?:and|but|while|et|mais|tandis)$/;
    for (let at = other.clauseTo; at < cue.clauseFrom - 2; at++) {
      if (grammar.items[at]!.text === ',' && joint.test(grammar.items[at + 1]!.lower)) start = at + 2;
    }
  }
  const first = grammar.items[start];
  if (first && /^(?:but|and|mais|et|or)$/.test(first.lower)) start++;
  while (start < cue.clauseFrom && grammar.items[start]!.kind === 'mark') start++;
  return start;
}

// --- according to

/** "according to the law", « selon l'article 8 »: nobody speaks there. */
const NO_SOURCE =
  /\b(?:law|article|section|plan|schedule|size|rules?|loi|âge|cas|règles?|besoins?|tradition|plans?|taille|calendrier)\b/i;

const ACCORDING = { en: [['according', 'to']], fr: [['selon'], ["d'", 'après']] };

function readAccordingTo(
  conversation: Conversation,
  frame: Frame,
  grammar: Grammar,
  cues: Cue[],
  taken: Set<number>,
): void {
  const { items } = grammar;
  for (let at = 0; at < items.length; at++) {
    const words = ACCORDING[grammar.language].find((pattern) =>
      pattern.every((word, offset) => items[at + offset]?.lower === word),
    );
    if (!words) continue;
    const named = at + words.length;
    const phrase = pronounAfter(grammar, named) ?? phraseAfter(grammar, named);
    if (
      !phrase ||
      (phrase.kind === 'other' && (!phrase.definite || NO_SOURCE.test(phrase.description))) ||
      phrase.pronoun?.refers === 'anyone'
    )
      continue;
    const source = withApposition(grammar, phrase);
    const draft = accordingDraft(frame, grammar, at, at + words.length, source, cues, taken);
    if (draft) add(conversation, frame, draft);
    at = source.to;
  }
}

/** « selon lui », "according to her": pronouns that are never subjects. */
function pronounAfter(grammar: Grammar, at: number): Phrase | null {
  const subject = { lui: 'il', eux: 'ils', him: 'he', her: 'she', them: 'they' }[
    grammar.items[at]?.lower ?? ''
  ];
  const pronoun = subject ? grammar.lexicon.pronouns.get(subject) : undefined;
  if (!pronoun || grammar.items[at + 1]?.kind === 'word') return null;
  const { start, end } = grammar.items[at]!;
  return {
    from: at,
    to: at + 1,
    start,
    end,
    name: null,
    role: null,
    kind: 'pronoun',
    description: grammar.items[at]!.lower,
    pronoun,
    head: null,
    gender: pronoun.gender,
    definite: false,
  };
}

function accordingDraft(
  frame: Frame,
  grammar: Grammar,
  at: number,
  to: number,
  source: Phrase,
  cues: Cue[],
  taken: Set<number>,
): Draft | null {
  const { items } = grammar;
  const end = lastItem(grammar);
  const leading = at === 0 || (at === 1 && /^(?:but|and|mais|et)$/.test(items[0]!.lower));
  const pieces: [number, number][] = [];
  if (leading) {
    let from = source.to;
    while (from < end && items[from]!.text !== ',' && from < source.to + 12) from++;
    if (items[from]?.text !== ',') return null;
    pieces.push([from + 1, end]);
  } else {
    let stop = at;
    if (items[stop - 1]?.text === ',') stop--;
    pieces.push([0, stop]);
    if (items[source.to]?.text === ',' && source.to + 3 < end && items[at - 1]?.text === ',')
      pieces.push([source.to + 1, end]);
  }
  const blocked = cues.some((cue) =>
    pieces.some(([from, stop]) => cue.clauseFrom >= from && cue.clauseTo <= stop && cue.subject),
  );
  const spans: Span[] = [];
  let quoted = false;
  for (const [from, stop] of pieces) {
    let first = from;
    while (first < stop && items[first]!.kind === 'mark') first++;
    if (stop - first < 1) continue;
    if (isQuotedOnly(items, first, stop)) {
      for (let index = first; index < stop; index++) {
        if (items[index]!.kind !== 'quotation' || taken.has(index)) continue;
        taken.add(index);
        spans.push(quotationAt(frame, items, index).inner);
      }
      continue;
    }
    if (stop - first < 3) continue;
    quoted = claim(items, first, stop, taken) || quoted;
    spans.push(span(items, first, stop));
  }
  if (spans.length === 0) return null;
  const direct = pieces.every(([from, stop]) => isQuotedOnly(items, from, stop));
  return {
    mode: direct ? 'direct' : quoted ? 'mixed' : 'indirect',
    act: 'says',
    content: spans,
    cue: { start: items[at]!.start, end: items[to - 1]!.end },
    subject: source,
    addressee: null,
    confidence: direct ? 0.88 : blocked ? 0.5 : 0.76,
  };
}

// --- no response

const NO_RESPONSE = {
  en: /^(?:(?:did|has|have|had) (?:not|n't)|didn't|hasn't|haven't|hadn't)(?: (?:immediately|yet|ever|so far))* (?:respond|responded|reply|replied|answer|answered|return|returned)\b|^(?:declined|refused|declines|refuses) to (?:comment|answer|respond)\b|^could not (?:immediately )?be reached\b|^(?:was|were) not (?:immediately )?(?:available|reachable)\b/,
  fr: /^n' ?(?:a|ont|avait|avaient) (?:pas|jamais)(?: (?:encore|immédiatement|été))*(?: (?:répondu|réagi|donné suite)|(?: souhaité| voulu) (?:répondre|réagir|commenter|s' exprimer|faire))/,
};
const NO_RESPONSE_START = {
  en: /^(?:did|has|have|had|didn't|hasn't|haven't|hadn't|declined|refused|declines|refuses|could|was|were)$/,
  fr: /^n'$/,
};
const ABOUT_COMMENT =
  /\b(?:comment|request|requests|questions?|inquir|enquir|email|messages?|calls?|reached|available|respond|reply)/;

/** Reads a refusal to answer; returns the items it takes, an empty range at 0 where there is none. */
function readNoResponse(
  conversation: Conversation,
  frame: Frame,
  grammar: Grammar,
): { from: number; to: number } {
  const { items, language } = grammar;
  for (let at = 0; at < items.length; at++) {
    if (items[at]!.kind !== 'word' || !NO_RESPONSE_START[language].test(items[at]!.lower)) continue;
    const words = items
      .slice(at, at + 14)
      .map((item) => item.lower)
      .join(' ');
    if (!NO_RESPONSE[language].test(words)) continue;
    if (language === 'en' && !ABOUT_COMMENT.test(words)) continue;
    const subject = subjectBefore(grammar, at);
    if (!subject || subject.pronoun?.refers === 'author') continue;
    let end = at + 1;
    while (
      end < items.length &&
      !(items[end]!.kind === 'mark' && /[.,;:!?]/.test(items[end]!.text)) &&
      items[end]!.kind !== 'quotation'
    )
      end++;
    add(conversation, frame, {
      mode: 'indirect',
      act: 'no-response',
      content: [span(items, at, end)],
      cue: null,
      subject,
      addressee: null,
      confidence: 0.86,
    });
    return { from: at, to: end };
  }
  return { from: 0, to: 0 };
}

// --- quotations without a reporting verb

/** French parenthesis inside the marks: « Nous, a dit le maire, partons ». Then "Name: …", then whoever stands nearest. */
function readBareQuotations(
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
    if (words < 5 || isTitleCased(text, quotation.inner)) continue;
    const signature = signatureAfter(grammar, at);
    if (signature) {
      taken.add(at);
      add(conversation, frame, {
        mode: 'direct',
        act: 'says',
        content: [quotation.inner],
        cue: null,
        subject: signature,
        addressee: null,
        confidence: 0.85,
      });
      continue;
    }
    const colon = items[at - 1]?.text === ':';
    const subject = colon
      ? (subjectBefore(grammar, at - 1) ?? nearestPhrase(grammar, at))
      : nearestPhrase(grammar, at);
    taken.add(at);
    add(conversation, frame, {
      mode: 'direct',
      act: 'says',
      content: [quotation.inner],
      cue: null,
      subject,
      addressee: null,
      confidence: subject ? (colon ? 0.78 : words >= 8 ? 0.5 : 0.4) : 0.3,
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

/** The name or role nearest before the quotation in its sentence, else the first after it. */
function nearestPhrase(grammar: Grammar, at: number): Phrase | null {
  const { items } = grammar;
  let best: Phrase | null = null;
  for (let index = Math.max(0, at - 40); index < at; ) {
    const phrase = items[index]!.kind === 'word' ? phraseAfter(grammar, index) : null;
    if (
      phrase &&
      phrase.to <= at &&
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
    if (phrase && (phrase.kind === 'person' || phrase.kind === 'body')) return phrase;
  }
  return null;
}

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
  const frame: Frame = { start, end, items: [], quotations: [quotation], paragraph };
  if (incise) conversation.floor = add(conversation, frame, incise);
  return incise !== null;
}

// --- from draft to suggestion

function add(conversation: Conversation, frame: Frame, draft: Draft): StatementSuggestion | null {
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

/** A comma before the closing mark belongs to the reporter's sentence, not to what was said. */
function withoutComma(text: string, part: Span): Span {
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
  const grammar = grammarOf(conversation.text, frame.items, conversation.language);
  for (let at = 0; at < frame.items.length; at++) {
    if (frame.items[at]!.text !== ',' && at !== 0) continue;
    const phrase = phraseAfter(grammar, at === 0 ? 0 : at + 1);
    if (phrase?.kind !== 'name' && phrase?.kind !== 'person') continue;
    const { speaker } = resolve(conversation.cast, phrase, false);
    if (speaker) conversation.venue = { speaker, venue };
    return;
  }
}

function cueSpan(grammar: Grammar, cue: Cue): Span {
  return { start: grammar.items[cue.from]!.start, end: grammar.items[cue.to - 1]!.end };
}

function span(items: Token[], from: number, to: number): Span {
  return { start: items[from]!.start, end: items[to - 1]!.end };
}

function quotationAt(frame: Frame, items: Token[], at: number): Quotation {
  const { start } = items[at]!;
  return frame.quotations.find((quotation) => quotation.outer.start === start)!;
}

/** Marks the quotations of items[from, to) as used; true when there are any. */
function claim(items: Token[], from: number, to: number, taken: Set<number>): boolean {
  let any = false;
  for (let at = from; at < to; at++) {
    if (items[at]!.kind !== 'quotation') continue;
    taken.add(at);
    any = true;
  }
  return any;
}

function startsCapital(text: string, inner: Span): boolean {
  return /^[\p{Lu}\d]/u.test(text.slice(inner.start, inner.start + 2));
}

/** "Enforced Misery", « Misère organisée »: a title rather than speech. */
function isTitleCased(text: string, inner: Span): boolean {
  const words = text.slice(inner.start, Math.min(inner.end, inner.start + 200)).split(/\s+/);
  const long = words.filter((word) => word.length > 3);
  return words.length < 9 && long.length > 0 && long.every((word) => /^\p{Lu}/u.test(word));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
