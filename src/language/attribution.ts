// Attribution: the reporting clauses of a frame, each a verb of saying with its subject.
import type { CueForm } from './cue.ts';
import { lastItem } from './extent.ts';
import { type Chunk, type Grammar, isMark, lower, upos } from './grammar.ts';
import { inversePronoun, oneOf } from './inversion.ts';
import type { Phrase } from './naming.ts';
import { phraseAfter } from './phrase.ts';
import { entryOf, plainEntry, reflexiveFrom } from './saying.ts';
import { beforeAdverbials, mainSubject, quotationBefore, subjectAfter, subjectBefore } from './subject.ts';

/** A speech verb in a frame, with its subject. Indices are items of the frame. */
export interface Cue {
  entry: CueForm;
  /** The verb group that is the cue: "said", « a déclaré ». */
  from: number;
  to: number;
  subject: Phrase | null;
  /** Where the whole reporting clause begins and ends, subject included. */
  clauseFrom: number;
  clauseTo: number;
  inverted: boolean;
  /** "rejected it *and promised*": the subject is that of the verb before. */
  coordinated: boolean;
  /** Something other than a plain report: « aurait déclaré », "may say", "to say". */
  doubtful: boolean;
  /** What a passive governs stands before it, or behind "by" and its agent: found with the cue. */
  governed: Complement | null;
}

/** What a speech verb governs. */
export interface Complement {
  kind: 'quotation' | 'clause' | 'infinitive' | 'object' | 'colon' | 'none';
  /** Items of the content; empty for "none" and for a colon that ends the frame. */
  from: number;
  to: number;
  /** The hearer: "told *reporters*". */
  addressee: Phrase | null;
  /** Where adverbials after the verb end: "said *on Wednesday*". */
  adverbialTo: number;
  /** With "that" or its like: the surest sign of a clause. */
  marked: boolean;
  /** Where the cue ends when a preposition belongs to it: "warned of". */
  cueTo?: number;
  /** Who is spoken of, before the verb: "*The mayor* was accused of…". */
  before?: Phrase;
}

/** The speech verbs of a frame that have a subject, or stand beside a quotation. */
export function findCues(grammar: Grammar): Cue[] {
  const cues: Cue[] = [];
  grammar.chunks.forEach((chunk, at) => {
    if (chunk.kind !== 'verb') return;
    const cue = cueAt(grammar, at, cues);
    if (cue) cues.push(cue);
  });
  return cues;
}

function cueAt(grammar: Grammar, at: number, earlier: Cue[]): Cue | null {
  const { chunks, items, language } = grammar;
  const chunk = chunks[at]!;
  const group = chunk.verb!;
  if (group.negated || isSupposed(grammar, at)) return null;
  const found = entryOf(grammar, chunk) ?? besideQuotation(grammar, at);
  if (!found) return null;
  const { entry } = found;
  if (items[chunk.head]!.capital && chunk.head > 0 && chunk.from === chunk.head) return null;
  const cue = (subject: Phrase | null, more: Partial<Cue> = {}): Cue => ({
    entry,
    from: reflexiveFrom(grammar, chunk),
    to: found.to,
    subject,
    clauseFrom: subject ? Math.min(subject.from, chunk.from) : chunk.from,
    clauseTo: found.to,
    inverted: false,
    coordinated: false,
    doubtful: group.modal || group.conditional,
    governed: null,
    ...more,
  });
  if (
    group.form === 'gerund' &&
    group.first !== chunk.head &&
    /^(?:étant|being)$/.test(lower(grammar, group.first))
  )
    return null;
  if (group.form === 'gerund') return gerund(grammar, at, cue, earlier);
  if (group.form === 'infinitive') return infinitive(grammar, at, cue, earlier);
  if (group.passive && entry.lemma !== 'revenir') return passive(grammar, at, entry, cue);
  const joined = group.form === 'participle' && group.first === chunk.head;
  if (joined && (chunks[at - 1]?.kind === 'conjunction' || lower(grammar, chunk.from - 1) === 'puis'))
    return coordinated(grammar, at, cue, earlier);
  if (group.form === 'participle') return null;
  if (
    group.modal &&
    !quotationBefore(grammar, at) &&
    !quotationBefore(grammar, beforeAdverbials(grammar, at))
  )
    return null;
  if (group.pronoun) {
    const subject = group.pronoun === 'on' ? oneOf(grammar, at) : inversePronoun(grammar, chunk);
    // « peut-on lire dans le rapport »
    const read = group.pronoun === 'on' && lower(grammar, chunk.to) === 'lire';
    if (read) found.to = chunk.to + 1;
    return subject
      ? cue(subject, { inverted: true, clauseFrom: chunk.from, clauseTo: Math.max(found.to, subject.to) })
      : null;
  }
  const afterQuote = quotationBefore(grammar, at);
  const first = at === 0;
  const opens =
    first ||
    afterQuote ||
    /^(?:comma|dash|stop)$/.test(chunks[at - 1]!.kind) ||
    lower(grammar, chunk.from - 1) === 'comme';
  if (opens) {
    const left = first || afterQuote ? null : subjectBefore(grammar, at);
    if (left) return cue(left);
    const right = subjectAfter(grammar, Math.max(at + 1, grammar.chunkOf[found.to] ?? 0));
    // "a small port, say Dover": the base form takes a plural.
    const base = language === 'en' && lower(grammar, chunk.head) === entry.lemma;
    if (
      right &&
      !(base && !/s$/.test(right.description)) &&
      isSpeaker(grammar, right) &&
      (afterQuote || right.kind !== 'pronoun') &&
      (language === 'fr' || !first || right.to >= lastItem(grammar) - 1 || isMark(grammar, right.to, ':'))
    )
      return cue(right, { inverted: true, clauseFrom: chunk.from, clauseTo: right.to });
    if (afterQuote && language === 'en' && isSpoken(grammar, at)) return cue(null);
    return null;
  }
  const previous = chunks[beforeAdverbials(grammar, at)];
  // "So said a farmer."
  const soSaid = lower(grammar, chunk.from - 1) === 'so' && chunks[at - 2]?.kind === 'quotation';
  const teller = soSaid ? subjectAfter(grammar, at + 1) : null;
  if (teller) return cue(teller, { inverted: true, clauseFrom: chunk.from - 1, clauseTo: teller.to });
  if (previous?.kind === 'conjunction') return coordinated(grammar, at, cue, earlier);
  const subject = speakerAfterQuotation(grammar, at) ?? subjectBefore(grammar, at);
  if (subject?.kind === 'other' && EVIDENCE.test(entry.lemma)) return null;
  if (!subject || !isSpeaker(grammar, subject)) return afterQuote ? cue(null) : null;
  return cue(subject);
}

/** Whether a verb group tells of the past: "asked", "had said", « a demandé », « demandait ». */
function isPast(grammar: Grammar, chunk: Chunk): boolean {
  const first = lower(grammar, chunk.verb!.first);
  if (grammar.language === 'fr')
    return (
      /^(?:a|ont|avait|avaient)$|(?:ait|aient|a|èrent|it|irent)$/.test(first) &&
      !/r(?:a|ait|aient)$/.test(first)
    );
  return /^(?:had|has|have|said|told|wrote|found|spoke)$|ed$/.test(first);
}

/** Whether the clause only supposes: "if the minister says…", « quand le maire répondra », « attendent que le préfet annonce ». */
function isSupposed(grammar: Grammar, at: number): boolean {
  const { chunks } = grammar;
  for (let left = at - 1; left >= 0 && left > at - 8; left--) {
    const chunk = chunks[left]!;
    const word = lower(grammar, chunk.head);
    const governor = chunks[left - 1];
    if (
      chunk.kind === 'that' &&
      governor?.kind === 'verb' &&
      !entryOf(grammar, governor) &&
      grammar.language === 'fr'
    )
      return true;
    if (chunk.kind === 'that' || chunk.kind === 'conjunction')
      return quotationBefore(grammar, at)
        ? false
        : /^(?:when|quand|lorsque|lorsqu')$/.test(word)
          ? !isPast(grammar, chunks[at]!) && chunks[at + 1]?.kind !== 'that'
          : /^(?:if|whether|si|s'|unless|until)$/.test(word);
    if (/^(?:comma|quotation|colon|stop|relative|dash)$/.test(chunk.kind) || chunk.verb?.form === 'finite')
      return false;
  }
  return false;
}

/**
 * The verb of ‘"…," her husband cut in’ or « …», souffle un bénévole »: beside a quotation that goes on, with somebody
 * who could speak, any verb but a copula reports.
 */
function besideQuotation(grammar: Grammar, at: number): { entry: CueForm; to: number } | null {
  const { chunks, items, language } = grammar;
  const chunk = chunks[at]!;
  const group = chunk.verb!;
  if (group.form !== 'finite' || group.passive || group.modal || upos(grammar, chunk.head) !== 'VERB')
    return null;
  const word = lower(grammar, chunk.head);
  if (/^(?:is|was|are|were|has|had|have|est|a|ont|sont|était|avait|fait|font|do|did)$/.test(word))
    return null;
  const entry = plainEntry(word, /^demand|^ask/.test(word) ? 'asks' : 'says', {});
  const last = items.length - 1;
  const following = chunks[at + 2];
  const announces =
    /^(?:comma|colon)$/.test(chunks[at + 1]?.kind ?? '') &&
    following?.kind === 'quotation' &&
    /^.\s?\p{Lu}/u.test(items[following.head]!.text);
  // "a doctor had typed “…”": a quotation closed with a stop right behind the verb.
  const quoted = chunks[at + 1]?.kind === 'quotation' ? items[chunks[at + 1]!.head]!.text : '';
  // Two looks, each of one pass: a quotation may be as long as the text.
  const said = /[.!?,]["”’»]$/.test(quoted.slice(-2)) && /\s/.test(quoted.slice(0, -2));
  if (said || (announces && items[following.head]!.text.length > 20)) {
    const subject = subjectBefore(grammar, at);
    return subject && /^(?:person|name|body|pronoun)$/.test(subject.kind)
      ? { entry, to: chunk.head + 1 }
      : null;
  }
  if (language === 'fr') {
    if (group.pronoun) return quotationBefore(grammar, at) ? { entry, to: chunk.to } : null;
    if (chunks[at - 1]?.kind !== 'comma' && chunks[at - 1]?.kind !== 'quotation') return null;
    if (!quotationBefore(grammar, at)) return null;
    const subject = subjectAfter(grammar, at + 1);
    return subject && subject.kind !== 'other' && subject.from <= chunk.to + 4
      ? { entry, to: chunk.head + 1 }
      : null;
  }
  const subject = speakerAfterQuotation(grammar, at);
  const ends =
    chunk.to >= last ||
    /^(?:stop|comma|preposition|adverb|conjunction)$/.test(chunks[at + 1]?.kind ?? 'stop') ||
    chunks[at + 1]?.time;
  return subject && subject.kind !== 'other' && ends ? { entry, to: chunk.head + 1 } : null;
}

/** "was accused of…", "was rejected by the council", "were ordered by the court to…". */
function passive(
  grammar: Grammar,
  at: number,
  entry: CueForm,
  cue: (subject: Phrase | null, more: Partial<Cue>) => Cue,
): Cue | null {
  const { chunks, language } = grammar;
  const chunk = chunks[at]!;
  const sufferer = subjectBefore(grammar, at);
  if (!sufferer || sufferer.pronoun?.refers === 'author') return null;
  let next = at + 1;
  let agent: Phrase | null = null;
  const by = language === 'fr' ? 'par' : 'by';
  while (chunks[next]?.kind === 'adverb' || chunks[next]?.time) next++;
  if (lower(grammar, chunks[next]?.from ?? -1) === by && chunks[next + 1]?.kind === 'noun') {
    agent = phraseAfter(grammar, chunks[next + 1]!.from);
    if (!agent || agent.kind === 'other') return null;
    next = agent.to < grammar.items.length ? grammar.chunkOf[agent.to]! : chunks.length;
  }
  const end = lastItem(grammar);
  const following = chunks[next];
  const governed = (from: number, kind: Complement['kind'], more: Partial<Complement> = {}): Cue =>
    cue(agent, {
      clauseFrom: sufferer.from,
      governed: { kind, from, to: end, addressee: null, adverbialTo: from, marked: true, ...more },
    });
  const preposition =
    following?.kind === 'preposition' && entry.prepositions.includes(lower(grammar, following.head));
  if (entry.against && preposition && following.to < end)
    return governed(following.to, 'object', { cueTo: agent ? chunk.to : following.to, before: sufferer });
  if (agent && entry.hearer && following?.verb?.form === 'infinitive')
    return governed(following.from, 'infinitive', { addressee: sufferer });
  // "The site would be cleared, residents were told by the bailiffs."
  if (agent && entry.hearer && isMark(grammar, sufferer.from - 1, ',') && agent.to >= end)
    return governed(end, 'none', { addressee: sufferer, adverbialTo: end, marked: false });
  // « Il y est écrit que »: a paper says it.
  if (
    !agent &&
    following?.kind === 'that' &&
    lower(grammar, sufferer.from) === 'il' &&
    WRITTEN.test(entry.lemma)
  )
    return governed(following.from, 'clause');
  if (agent && entry.object && sufferer.kind !== 'pronoun')
    return governed(sufferer.from, 'object', { to: sufferer.to });
  return null;
}

const WRITTEN = /^(?:écrire|préciser|indiquer|rappeler|souligner|affirmer|signaler|stipuler)$/;

/** Whether the quotation before a verb without a subject is long enough to be speech, or closed as speech is. */
function isSpoken(grammar: Grammar, at: number): boolean {
  for (let left = at - 1; left >= 0 && left >= at - 3; left--) {
    const chunk = grammar.chunks[left]!;
    if (chunk.kind !== 'quotation') continue;
    const { text } = grammar.items[chunk.head]!;
    return text.length > 40 || /[,!?]["”’'»]{1,2}$/.test(text.slice(-3));
  }
  return false;
}

/** Verbs whose subject may be a mere fact: "the figures show that…". Only persons and papers speak by them. */
const EVIDENCE =
  /^(?:show|suggest|indicate|reveal|demonstrate|imply|signal|find|hold|confirm|montrer|démontrer|révéler|suggérer|indiquer|confirmer|établir|prévoir)$/;

/** Whether a phrase can speak at all: no relative, no time, no figure of speech. */
function isSpeaker(grammar: Grammar, phrase: Phrase): boolean {
  if (phrase.kind === 'pronoun') return phrase.pronoun?.refers !== 'anyone';
  const head = grammar.chunks[grammar.chunkOf[phrase.from]!]!;
  return !head.time;
}

/** "rejected the criticism and promised to": a second verb takes the subject of the one before. */
function coordinated(
  grammar: Grammar,
  at: number,
  cue: (subject: Phrase, more: Partial<Cue>) => Cue,
  earlier: Cue[],
): Cue | null {
  const { chunks, language } = grammar;
  const chunk = chunks[at]!;
  for (let left = at - 1; left >= 0 && left > at - 30; left--) {
    const other = chunks[left]!;
    if (other.kind !== 'verb' || other.verb!.form !== 'finite') continue;
    // « a adressé… et salué »: a French participle shares the auxiliary of the verb before.
    if (language === 'fr' && chunk.verb!.form === 'participle')
      if (other.verb!.passive || other.verb!.first === other.head) return null;
    const spoken = earlier.find((one) => one.from >= other.from && one.from < other.to);
    const opener = chunks[left - 1]?.kind === 'noun' ? chunks[left - 2] : undefined;
    if (opener?.kind === 'that' && lower(grammar, opener.from) === 'what') continue;
    const relative = chunks[left - 1]?.kind === 'relative' || chunks[left - 1]?.kind === 'that';
    // Past a verb inside what was said or in a relative clause, to the verb the conjunction joins on.
    if (!spoken && (relative || earlier.some((one) => one.to <= other.from))) continue;
    const subject = spoken?.subject ?? subjectBefore(grammar, left);
    if (!subject || spoken?.inverted || !isSpeaker(grammar, subject)) return null;
    return cue(subject, { clauseFrom: chunk.from, coordinated: true });
  }
  return null;
}

/** "…, saying that": the subject of the sentence, or of the verb before. */
function gerund(
  grammar: Grammar,
  at: number,
  cue: (subject: Phrase, more: Partial<Cue>) => Cue,
  earlier: Cue[],
): Cue | null {
  const { chunks } = grammar;
  const chunk = chunks[at]!;
  const before = lower(grammar, chunk.from - 1);
  const previous = chunks[at - 1];
  const joined = /^(?:by|while|en|before|after|and|et|tout|as|in|without)$/.test(before);
  const opens =
    previous === undefined || previous.kind === 'comma' || previous.kind === 'quotation' || joined;
  if (!opens && grammar.language === 'en' && previous.kind !== 'noun') return null;
  if (before === 'without') return null;
  const own = previous?.kind === 'comma' || joined ? null : subjectBefore(grammar, at);
  const subject =
    (own && (own.kind === 'person' || own.kind === 'name' || own.kind === 'body') ? own : null) ??
    earlier.at(-1)?.subject ??
    mainSubject(grammar, at);
  if (!subject || !isSpeaker(grammar, subject)) return null;
  if (!opens && own === null) return null;
  const from = before === 'en' || before === 'by' ? chunk.from - 1 : chunk.from;
  return cue(subject, { clauseFrom: from });
}

/** Verbs before an infinitive of speech that leave open or deny that anything was said. */
const UNSAID =
  /^(?:refuse[sd]?|decline[sd]?|want(?:s|ed)?|hope[sd]?|fail(?:s|ed)?|tr(?:y|ies|ied)|plan(?:s|ned)?|need(?:s|ed)?|ha[sd]|have|like[sd]?|expect(?:s|ed)?|seem(?:s|ed)?|appear(?:s|ed)?|is|are|was|were|be|refus\w+|veut|veulent|souhait\w+|doit|doivent|peut|peuvent|va|vont|faut|pouvait|pouvaient|devait|devaient|voulait|vouloir)$/;

/** "went on to say that", "took to the radio to announce": the infinitive of a verb that carries it out. */
function infinitive(
  grammar: Grammar,
  at: number,
  cue: (subject: Phrase, more: Partial<Cue>) => Cue,
  earlier: Cue[],
): Cue | null {
  const { chunks, language } = grammar;
  for (let left = at - 1; left >= 0 && left > at - 9; left--) {
    const other = chunks[left]!;
    if (/^(?:that|relative|comma|quotation|stop|colon)$/.test(other.kind)) return null;
    if (other.kind !== 'verb') continue;
    if (other.verb!.form !== 'finite' || other.verb!.negated || other.verb!.modal) return null;
    const verb = lower(grammar, other.head);
    if (UNSAID.test(verb)) return null;
    const near =
      left === at - 1 || (left === at - 2 && /^(?:adverb|preposition)$/.test(chunks[at - 1]!.kind));
    const carries =
      language === 'en'
        ? /^(?:went|goes|go|continued|continues|took|takes|tweeted|wrote|used|uses|issued|released|spoke|returned|sought|came|moved|rose|appeared)$/
        : /^(?:vient|viennent|venait|tient|tiennent|tenait|tenu|continue|continuent|allé|allée)$/;
    if (
      other.verb!.passive
        ? !/^to have /.test(`${lower(grammar, chunks[at]!.from)} ${lower(grammar, chunks[at]!.verb!.first)} `)
        : !carries.test(verb)
    )
      return null;
    if (!near && language === 'fr') return null;
    const spoken = earlier.find((one) => one.from >= other.from && one.from < other.to);
    const subject = spoken?.subject ?? subjectBefore(grammar, left);
    if (!subject || !isSpeaker(grammar, subject)) return null;
    return cue(subject, {
      clauseFrom: near ? Math.min(subject.from, other.from) : chunks[at]!.from,
      doubtful: !near,
    });
  }
  return null;
}

/**
 * ‘"…," a narrator in the film says’: everything between the quotation and the verb is the subject, and its head comes
 * first. Only where the quotation ends as one that goes on, and no comma stands between.
 */
function speakerAfterQuotation(grammar: Grammar, at: number): Phrase | null {
  const { chunks, items } = grammar;
  for (let left = at - 1; left >= 0 && left > at - 10; left--) {
    const chunk = chunks[left]!;
    if (chunk.kind === 'verb' && chunk.verb!.form === 'finite') return null;
    if (/^(?:colon|dash|stop|that|conjunction|relative)$/.test(chunk.kind)) return null;
    if (chunk.kind === 'comma' && chunks[left - 1]?.kind !== 'quotation') return null;
    if (chunk.kind !== 'quotation') continue;
    const goesOn =
      /[,!?]["”’'»]{1,2}$/.test(items[chunk.head]!.text.slice(-3)) || chunks[left + 1]?.kind === 'comma';
    if (!goesOn) return null;
    const from = chunks[left + 1]?.kind === 'comma' ? left + 2 : left + 1;
    if (chunks[from]?.kind !== 'noun' || chunks[from]!.time) return null;
    const phrase = phraseAfter(grammar, chunks[from]!.from);
    const last = chunks[beforeAdverbials(grammar, at)]!;
    if (!phrase || phrase.to > chunks[at]!.from) return null;
    const end = Math.max(phrase.to, last.to);
    return { ...phrase, to: end, end: items[end - 1]!.end };
  }
  return null;
}
