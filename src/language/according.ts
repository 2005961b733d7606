// "According to X", « selon X », « d'après X »: statements whose cue is a preposition.
import type { Span } from '../record/suggestion.ts';
import type { Cue } from './attribution.ts';
import {
  add,
  afterDateline,
  type Conversation,
  claim,
  type Draft,
  quotationAt,
  span,
} from './conversation.ts';
import { isQuotedOnly, lastItem } from './extent.ts';
import type { Frame } from './frame.ts';
import { type Grammar, lower, upos } from './grammar.ts';
import type { Pronoun } from './lexicon.ts';
import { type Phrase, pronounPhrase } from './naming.ts';
import { phraseAfter, phraseBefore, phraseOf, withApposition } from './phrase.ts';
import { mainSubject } from './subject.ts';

/** "according to the law", « selon l'article 8 »: nobody speaks there. */
const NO_SOURCE =
  /\b(?:laws?|critères?|règlements?|réglementation|dispositions?|termes?|modèle|principe|méthode|conditions?|terms|criteria|regulations?|timetable|usage|saisons?|moyens?|humeur|goûts?|seasons?|needs?|means|weather|article|section|plan|schedule|size|rules?|loi|âge|cas|règles?|besoins?|tradition|plans?|taille|calendrier)\b/i;

const ACCORDING = {
  en: [
    ['according', 'to'],
    ['in', 'the', 'words', 'of'],
    ['in', 'the', 'view', 'of'],
    ['in', 'the', 'opinion', 'of'],
    ['in', 'the', 'eyes', 'of'],
    ['in', 'his'],
    ['in', 'her'],
    ['in', 'their'],
  ],
  fr: [
    ['selon'],
    ["d'", 'après'],
    ['aux', 'yeux', 'de'],
    ['aux', 'yeux', "d'"],
    ['aux', 'yeux', 'du'],
    ['aux', 'yeux', 'des'],
    ['de', "l'", 'avis', 'de'],
    ['de', "l'", 'avis', 'du'],
    ['de', "l'", 'avis', 'des'],
    ['aux', 'termes', 'de'],
    ['aux', 'termes', "d'"],
    ['aux', 'termes', 'du'],
    ['aux', 'termes', 'des'],
    ['aux', 'dires', 'de'],
    ['aux', 'dires', 'du'],
    ['aux', 'dires', 'des'],
    ['à', 'ses', 'yeux'],
    ['à', 'leurs', 'yeux'],
    ['à', 'son', 'avis'],
    ['à', 'leur', 'avis'],
    ['à', 'en', 'croire'],
    ['à', "l'", 'en', 'croire'],
  ],
};
/** « Pour le syndicat, … »: an opinion only where the phrase opens the sentence and a comma closes it. */
const FOR = 'pour';

export function readAccordingTo(
  conversation: Conversation,
  frame: Frame,
  grammar: Grammar,
  cues: Cue[],
  taken: Set<number>,
): void {
  const { items } = grammar;
  /** Where the words of the last "according to" end. */
  let after = 0;
  for (let at = 0; at < items.length; at++) {
    const opinion = grammar.language === 'fr' && items[at]!.lower === FOR && opensSentence(grammar, at);
    const words = opinion
      ? [FOR]
      : ACCORDING[grammar.language].find((pattern) =>
          pattern.every((word, offset) => items[at + offset]?.lower === word),
        );
    if (!words) continue;
    const named = at + words.length;
    const claim = opinion ? null : claimOf(grammar, at, named);
    if (claim) {
      add(conversation, frame, claim);
      at = named;
      continue;
    }
    const theirs = words.length === 2 && words[0] === 'in' ? opinionOf(grammar, named) : null;
    if (words.length === 2 && words[0] === 'in' && !theirs) continue;
    const phrase =
      theirs ??
      (words[0] === 'à' && words.length === 3 && words[1] !== 'en'
        ? believed(grammar, at + 1, named)
        : null) ??
      (words.length === 4 && words[3] === 'croire' ? believed(grammar, at + 1, named) : null) ??
      pronounAfter(grammar, at, named) ??
      phraseAfter(grammar, named);
    if (!phrase || !canSpeak(phrase, opinion) || phrase.pronoun?.refers === 'anyone') continue;
    if (words[0] === 'aux' && phrase.kind === 'other') continue;
    if (opinion && items[withApposition(grammar, phrase).to]?.text !== ',') continue;
    const source = withApposition(grammar, phrase);
    const draft = accordingDraft(frame, grammar, at, at + words.length, source, cues, taken, after);
    if (draft) add(conversation, frame, draft);
    at = source.to;
    after = items[at]?.text === ',' ? at + 1 : at;
  }
}

/** « l'affirmation du ministre *selon laquelle* … »: what follows is said by whose word it is. */
function claimOf(grammar: Grammar, at: number, relative: number): Draft | null {
  const { items } = grammar;
  const which = items[relative]?.lower ?? '';
  if (!/^(?:qui|laquelle|lesquelles|lequel|lesquels)$/.test(which)) return null;
  const end = lastItem(grammar);
  let from = relative + 1;
  if (items[from]?.text === ',') from++;
  let before = at;
  if (items[before - 1]?.text === ',') before--;
  const chunk = grammar.chunks[grammar.chunkOf[before - 1] ?? -1];
  const noun = chunk?.kind === 'noun' && lower(grammar, chunk.from - 1) !== '';
  const person = which === 'qui' && noun ? phraseBefore(grammar, before, true) : null;
  const owner = person ?? (noun ? phraseOf(grammar, chunk, before) : null);
  const tied = person !== null || upos(grammar, (chunk?.from ?? 0) - 1) === 'ADP';
  const speaks = owner !== null && owner.kind !== 'other' && tied;
  if (which === 'qui' && !speaks) return null;
  if (end - from < 3) return null;
  const { start, end: stop } = items[relative]!;
  return {
    mode: items.slice(from, end).some((item) => item.kind === 'quotation') ? 'mixed' : 'indirect',
    act: 'says',
    content: [span(items, from, end)],
    cue: { start: items[at]!.start, end: items[relative - 1]!.end },
    // The words that name the speaker are the relative's; whom it stands for is named before it.
    subject: speaks ? { ...owner, start, end: stop } : null,
    addressee: null,
    confidence: speaks ? 0.6 : 0.45,
  };
}

/** Whether the sentence begins here, perhaps after "but". */
function opensSentence(grammar: Grammar, at: number): boolean {
  return at === 0 || (at === 1 && /^(?:but|and|mais|et|toujours)$/.test(grammar.items[0]!.lower));
}

/** "according to the law", « selon les plans » name nobody; a body, a person, people or figures somebody published do. */
function canSpeak(phrase: Phrase, opinion: boolean): boolean {
  // « selon nos informations » is the reporter's own word.
  if (/^(?:nos|notre|our|my) /i.test(phrase.description) && phrase.kind === 'other') return false;
  if (
    opinion &&
    phrase.kind !== 'pronoun' &&
    phrase.kind !== 'body' &&
    (phrase.kind !== 'person' || !phrase.definite) &&
    !(phrase.kind === 'people' && /^(?:l'|l’|le |la |les )?\p{Lu}/u.test(phrase.description))
  )
    return false;
  if (phrase.kind === 'other') {
    if (opinion || NO_SOURCE.test(phrase.description)) return false;
    return phrase.definite || PUBLISHED.test(phrase.description) || OWN.test(phrase.description);
  }
  if (phrase.kind === 'body') return !NO_SOURCE.test(phrase.description);
  return true;
}

/** Findings stand for whoever made them. */
const PUBLISHED =
  /\b(?:figures|data|estimates?|documents?|records?|calculations?|officials?|counts?|polls?|surveys?|chiffres|données|estimations?|relevés|calculs|décomptes?|sondages?|bilans?|témoignages?|témoins?|notes?|listes?|logs?|memos?|minutes|transcripts?|e-?mails?|letters?|diary|diaries|notices?|filings?|courriels?|courriers?|procès-verba(?:l|ux)|sources?|études?|études|enquêtes?|rapports?|informations?)\b/i;
const OWN = /^(?:its|their|his|her|our|ses|leurs?|sa|son)\b/i;

/** "in *his* view", "in her words": whose they are. */
function opinionOf(grammar: Grammar, at: number): Phrase | null {
  if (!/^(?:view|opinion|words|eyes|account)$/.test(lower(grammar, at))) return null;
  const subject = { his: 'he', her: 'she', their: 'they' }[lower(grammar, at - 1)] ?? '';
  const pronoun = grammar.lexicon.pronouns.get(subject);
  return pronoun ? { ...pronounAt(grammar, at - 1, pronoun), to: at + 1 } : null;
}

/** « à *l'*en croire »: the pronoun is inside the words that open the phrase. */
function believed(grammar: Grammar, at: number, to: number): Phrase {
  const { start, end } = grammar.items[at]!;
  return { ...pronounAt(grammar, at, { refers: 'person', gender: null }), start, end, to };
}

/** « selon lui », "according to her": pronouns that are never subjects. `opener` is where "according" stands. */
function pronounAfter(grammar: Grammar, opener: number, at: number): Phrase | null {
  const said = {
    lui: 'il',
    eux: 'ils',
    elle: 'elle',
    elles: 'elles',
    moi: 'je',
    nous: 'nous',
    him: 'he',
    her: 'she',
    them: 'they',
  }[grammar.items[at]?.lower ?? ''];
  const pronoun = said ? grammar.lexicon.pronouns.get(said) : undefined;
  const goesOn = grammar.language === 'fr' && /^(?:PRON|DET|PROPN)$/.test(upos(grammar, at + 1));
  if (!pronoun || (grammar.items[at + 1]?.kind === 'word' && !goesOn)) return null;
  const phrase = pronounAt(grammar, at, pronoun);
  // Inside a sentence « selon lui » means its subject: « La maire craint, selon elle… » is hers.
  const subject = opensSentence(grammar, opener) ? null : mainSubject(grammar, grammar.chunkOf[opener]!);
  const one = subject !== null && /^(?:person|name|body)$/.test(subject.kind) && pronoun.refers === 'person';
  if (!one || (subject.gender && pronoun.gender && subject.gender !== pronoun.gender)) return phrase;
  return { ...subject, start: phrase.start, end: phrase.end, from: at, to: at + 1 };
}

function pronounAt(grammar: Grammar, at: number, pronoun: Pronoun): Phrase {
  const { start, end, lower: word } = grammar.items[at]!;
  return pronounPhrase({ from: at, to: at + 1, start, end }, word, pronoun);
}

function accordingDraft(
  frame: Frame,
  grammar: Grammar,
  at: number,
  to: number,
  source: Phrase,
  cues: Cue[],
  taken: Set<number>,
  after: number,
): Draft | null {
  const { items } = grammar;
  const end = lastItem(grammar);
  const bracketed = items[at - 1]?.text === '(' && items[source.to]?.text !== ')';
  const leading = opensSentence(grammar, at) || items[at - 1]?.text === ';' || bracketed;
  const pieces: [number, number][] = [];
  if (leading) {
    let from = source.to;
    while (from < end && items[from]!.text !== ',' && from < source.to + 16) from++;
    // « Selon Alan « … », "According to the ministry the road is closed": the comma is sometimes left out.
    if (items[from]?.text !== ',') from = source.to - 1;
    // "according to a report by the board, published last week, …": what is set beside the source is not content.
    const aside = grammar.chunks[grammar.chunkOf[from + 1] ?? -1];
    if (
      aside?.from === from + 1 &&
      (aside.kind === 'relative' || /^(?:participle|gerund)$/.test(aside.verb?.form ?? ''))
    ) {
      let close = from + 2;
      while (close < end && close < from + 20 && items[close]!.text !== ',') close++;
      if (items[close]?.text === ',') from = close;
    }
    let stop = from + 1;
    while (
      stop < end &&
      items[stop]!.text !== ';' &&
      !(items[stop]!.text === ')' && items[at - 1]?.text === '(')
    )
      stop++;
    pieces.push([from + 1, stop]);
  } else {
    let stop = at;
    if (items[stop - 1]?.text === ',') stop--;
    let start = stop;
    while (start > after && items[start - 1]!.text !== ';') start--;
    // « l'Espagne, où, selon lui, la mortalité a augmenté »: what stands before the opener of the clause is no part of it.
    const opener = grammar.chunks[grammar.chunkOf[stop - 1]!];
    if (stop < at && opener && /^(?:relative|that|conjunction)$/.test(opener.kind)) start = stop;
    if (/^(?:but|and|mais|et)$/.test(items[start]?.lower ?? '')) start++;
    if (start < stop) pieces.push([Math.max(start, afterDateline(grammar)), stop]);
    const resumed = items[source.to]?.text === ',' || start === stop;
    if (resumed && source.to + 3 < end && items[at - 1]?.text === ',') pieces.push([source.to + 1, end]);
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
    // A short piece is content beside another one, or where it counts: "3,000, according to the organisers".
    const counts = items.slice(first, stop).some((item) => item.kind === 'number');
    if (stop - first < 3 && pieces.length < 2 && !counts) continue;
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
