// Attribution: each speech verb of a frame with its subject, and what it governs: a quotation, a clause, a noun phrase.
import { type CueForm, cueOf, invertedFrench } from './cue.ts';
import { type Chunk, type Grammar, isMark, isQuotation, lower, upos } from './grammar.ts';
import { type Phrase, phraseAfter, phraseOf } from './phrase.ts';
import { beforeAdverbials, mainSubject, quotationBefore, subjectAfter, subjectBefore } from './subject.ts';
import type { Token } from './text-model.ts';

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

// --- the reporting clause

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

/** Verbs that speak only with the word after them. */
const PHRASAL = new Map<string, [act: CueForm['act'], clause: boolean, object: boolean]>([
  ['rule out', ['rejects', true, true]],
  ['point out', ['says', true, true]],
  ['set out', ['says', false, true]],
  ['play down', ['says', false, true]],
  ['put it', ['says', false, false]],
]);
const PHRASAL_LEMMA: Record<string, string> = {
  rule: 'rule',
  rules: 'rule',
  ruled: 'rule',
  point: 'point',
  points: 'point',
  pointed: 'point',
  pointing: 'point',
  set: 'set',
  sets: 'set',
  play: 'play',
  plays: 'play',
  played: 'play',
  put: 'put',
  puts: 'put',
};

/** A cue by the context alone: what stands as the verb beside a quotation speaks, whatever it says. */
const plainEntry = (lemma: string, act: CueForm['act'], more: Partial<CueForm>): CueForm => ({
  lemma,
  act,
  form: 'finite',
  clause: false,
  bare: false,
  infinitive: false,
  gerund: false,
  hearer: false,
  object: false,
  predicate: false,
  against: false,
  prepositions: [],
  weak: true,
  ...more,
});

/** Verbs that speak when they turn on the speaker: « s'engage à », « se défend de ». */
const REFLEXIVE: [RegExp, CueForm['act']][] = [
  [/^engag(?:e|ent|ée?s?|ea|eait|era|eront|eaient)$/, 'promises'],
  [/^défend(?:ent|ait|aient|u|ue|us|it|ra)?$/, 'denies'],
];

/** Reflexives that report, and « se dit prêt à ». */
const EXCLAIMS =
  /^(?:s'\S+|dire|déclarer|indigner|exclamer|étonner|insurger|alarmer|inquiéter|interroger|féliciter|plaindre|réjouir|justifier)$/;

function isReflexive(grammar: Grammar, chunk: Chunk): boolean {
  return /^(?:s'|se)$/.test(lower(grammar, chunk.verb!.first - 1));
}

/** « fait savoir que », « a fait valoir », « faisant remarquer »: the infinitive that makes the verb one of saying. */
const MADE_KNOWN = /^(?:savoir|valoir|remarquer|observer|part|état|entendre)$/;

function entryOf(grammar: Grammar, chunk: Chunk): { entry: CueForm; to: number } | null {
  const word = lower(grammar, chunk.head);
  const next = lower(grammar, chunk.to);
  if (grammar.language === 'en') {
    const phrasal = PHRASAL.get(`${PHRASAL_LEMMA[word] ?? ''} ${next}`);
    if (phrasal) {
      const [act, clause, object] = phrasal;
      const form = chunk.verb!.form === 'gerund' ? 'gerund' : 'finite';
      return {
        entry: plainEntry(`${word} ${next}`, act, { clause, bare: clause, object, form, weak: false }),
        to: chunk.to + 1,
      };
    }
  } else if (
    /^(?:fait|font|faisait|faisaient|fit|firent|fera|faisant)$/.test(word) &&
    MADE_KNOWN.test(next)
  ) {
    const form = chunk.verb!.form === 'gerund' ? 'gerund' : 'finite';
    return {
      entry: plainEntry('faire savoir', 'says', { clause: true, form, weak: false }),
      to: chunk.to + 1,
    };
  }
  if (grammar.language === 'fr') {
    // Where « fait » is read as an auxiliary, the infinitive carries the group.
    if (MADE_KNOWN.test(word) && /^(?:fai|fit|fir|font|fer)/.test(lower(grammar, chunk.head - 1)))
      return { entry: plainEntry('faire savoir', 'says', { clause: true, weak: false }), to: chunk.head + 1 };
    const reflexive = isReflexive(grammar, chunk) ? REFLEXIVE.find(([pattern]) => pattern.test(word)) : undefined;
    if (reflexive) return { entry: plainEntry(`se ${word}`, reflexive[1], { infinitive: true, weak: false }), to: chunk.head + 1 };
    if (chunk.verb!.pronoun === 'on' && /^(?:appris|apprend|indique|lire)$/.test(word))
      return { entry: plainEntry(word, 'says', { clause: true, weak: false }), to: chunk.head + 1 };
  }
  const entry = verbEntry(grammar, chunk, word);
  // « s'explique par », « se rappelle que »: turned on itself, hardly a verb of saying says anything.
  if (entry && grammar.language === 'fr' && isReflexive(grammar, chunk) && !EXCLAIMS.test(entry.lemma)) return null;
  return entry && { entry, to: chunk.head + 1 };
}

function verbEntry(grammar: Grammar, chunk: Chunk, word: string): CueForm | null {
  const inversion = grammar.language === 'fr' ? invertedFrench(word) : null;
  const entry = cueOf(inversion?.verb ?? word, grammar.language);
  if (!entry) return null;
  // « déclaré » alone is no report, « a déclaré » is.
  const alone = chunk.verb!.first === chunk.head;
  if (entry.form === 'participle' && alone) return null;
  return entry;
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
  if (group.form === 'gerund' && group.first !== chunk.head && /^(?:étant|being)$/.test(lower(grammar, group.first))) return null;
  if (group.form === 'gerund') return gerund(grammar, at, cue, earlier);
  if (group.form === 'infinitive') return infinitive(grammar, at, cue, earlier);
  if (group.passive && entry.lemma !== 'revenir') return passive(grammar, at, cue);
  const joined = group.form === 'participle' && language === 'en' && group.first === chunk.head;
  if (joined && chunks[at - 1]?.kind === 'conjunction') return coordinated(grammar, at, cue, earlier);
  if (group.form === 'participle') return null;
  if (
    group.modal &&
    !quotationBefore(grammar, at) &&
    !quotationBefore(grammar, beforeAdverbials(grammar, at))
  )
    return null;
  if (group.pronoun) {
    const subject = group.pronoun === 'on' ? partyOfOne(grammar, at) : inversePronoun(grammar, chunk);
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
    const right = subjectAfter(grammar, at + 1);
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
  if (previous?.kind === 'conjunction') return coordinated(grammar, at, cue, earlier);
  const subject = speakerAfterQuotation(grammar, at) ?? subjectBefore(grammar, at);
  if (subject?.kind === 'other' && EVIDENCE.test(entry.lemma)) return null;
  if (!subject || !isSpeaker(grammar, subject)) return afterQuote ? cue(null) : null;
  return cue(subject);
}

/** Whether a verb group tells of the past: "asked", "had said", « a demandé », « demandait ». */
function isPast(grammar: Grammar, chunk: Chunk): boolean {
  const first = lower(grammar, chunk.verb!.first);
  if (grammar.language === 'fr') return /^(?:a|ont|avait|avaient)$|(?:ait|aient|a|èrent|it|irent)$/.test(first) && !/r(?:a|ait|aient)$/.test(first);
  return /^(?:had|has|have|said|told|wrote|found|spoke)$|ed$/.test(first);
}

/** Whether the clause only supposes: "if the minister says…", « quand le maire répondra », « attendent que le préfet annonce ». */
function isSupposed(grammar: Grammar, at: number): boolean {
  const { chunks } = grammar;
  for (let left = at - 1; left >= 0 && left > at - 8; left--) {
    const chunk = chunks[left]!;
    const word = lower(grammar, chunk.head);
    const governor = chunks[left - 1];
    if (chunk.kind === 'that' && governor?.kind === 'verb' && !entryOf(grammar, governor) && grammar.language === 'fr') return true;
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
    /^(?:comma|colon)$/.test(chunks[at + 1]?.kind ?? '') && following?.kind === 'quotation' && /^.\s?\p{Lu}/u.test(items[following.head]!.text);
  // "a doctor had typed “…”": a quotation closed with a stop right behind the verb.
  const said = chunks[at + 1]?.kind === 'quotation' && /\s.*[.!?,]["”’»]$/su.test(items[chunks[at + 1]!.head]!.text);
  if (said || (announces && items[following.head]!.text.length > 20)) {
    const subject = subjectBefore(grammar, at);
    return subject && /^(?:person|name|body|pronoun)$/.test(subject.kind) ? { entry, to: chunk.head + 1 } : null;
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

/** "was accused of…", "was rejected by the council", "were ordered by the court to…". */
function passive(
  grammar: Grammar,
  at: number,
  cue: (subject: Phrase | null, more: Partial<Cue>) => Cue,
): Cue | null {
  const { chunks, language } = grammar;
  const chunk = chunks[at]!;
  const { entry } = entryOf(grammar, chunk)!;
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
  if (agent && entry.object && sufferer.kind !== 'pronoun')
    return governed(sufferer.from, 'object', { to: sufferer.to });
  return null;
}

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

/** « s'indigne »: the reflexive belongs to the verb; negations and objects before it do not. */
function reflexiveFrom(grammar: Grammar, chunk: Chunk): number {
  const first = chunk.verb!.first;
  return /^(?:s'|se)$/.test(lower(grammar, first - 1)) ? first - 1 : first;
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
  const { chunks } = grammar;
  const chunk = chunks[at]!;
  for (let left = at - 1; left >= 0 && left > at - 30; left--) {
    const other = chunks[left]!;
    if (other.kind !== 'verb' || other.verb!.form !== 'finite') continue;
    const spoken = earlier.find((one) => one.from >= other.from && one.from < other.to);
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

/** The pronoun inside an inverted verb, as a phrase of its own span. */
function inversePronoun(grammar: Grammar, chunk: Chunk): Phrase | null {
  const at = chunk.verb!.first;
  const item = grammar.items[at]!;
  const word = chunk.verb!.pronoun!;
  const pronoun = grammar.lexicon.pronouns.get(word);
  if (!pronoun) return null;
  return {
    from: at,
    to: chunk.head + 1,
    start: item.end - word.length,
    end: item.end,
    name: null,
    role: null,
    kind: 'pronoun',
    description: word,
    pronoun,
    head: null,
    gender: pronoun.gender,
    definite: false,
    abbreviation: null,
  };
}

// --- what the verb governs

/** Verbs of naming: the quotation after them is a name. */
const NAMING = /^(?:call|dub|label|brand|describe|appeler|qualifier|décrire|deem)$/;

/** What the verb of `cue` governs on its right. */
export function complementOf(grammar: Grammar, cue: Cue): Complement {
  if (cue.governed) return cue.governed;
  const { chunks, language } = grammar;
  const { entry } = cue;
  const end = lastItem(grammar);
  let addressee: Phrase | null = null;
  let at = cue.clauseTo < grammar.items.length ? grammar.chunkOf[cue.clauseTo]! : chunks.length;
  if (cue.inverted && cue.subject) addressee = addresseeBetween(grammar, cue);
  const item = () => chunks[at]?.from ?? grammar.items.length;
  const say = (kind: Complement['kind'], from: number, marked: boolean): Complement => ({
    kind,
    from,
    to: end,
    addressee,
    marked,
    adverbialTo: Math.min(item(), grammar.items.length),
  });
  // "shot back:", "went on:"
  if (language === 'en' && /^(?:back|away)$/.test(lower(grammar, item()))) at++;
  let direct = true;
  if (!cue.inverted && language === 'en' && chunks[at]?.kind === 'noun' && !chunks[at]!.time) {
    const special = objectFrame(grammar, cue, at, end);
    if (special) return { ...say('object', special.from, false), addressee: special.addressee };
    if (entry.hearer) {
      const hearer = phraseAfter(grammar, chunks[at]!.from);
      const next = hearer ? grammar.chunkOf[Math.min(hearer.to, grammar.items.length - 1)]! : at;
      const bareClause =
        entry.bare &&
        entry.lemma !== 'tell' &&
        chunks[next]?.kind === 'verb' &&
        chunks[next]!.verb!.form === 'finite';
      if (hearer && !bareClause && hearer.to <= end) {
        addressee = hearer;
        at = hearer.to < grammar.items.length ? next : chunks.length;
      }
    }
  } else if (
    !cue.inverted &&
    language === 'fr' &&
    chunks[at]?.kind === 'noun' &&
    (entry.against || entry.predicate)
  ) {
    const special = objectFrame(grammar, cue, at, end);
    if (special) return { ...say('object', special.from, false), addressee: special.addressee };
  } else if (
    !cue.inverted &&
    language === 'fr' &&
    chunks[at]?.kind === 'noun' &&
    !chunks[at]!.time &&
    entry.hearer
  ) {
    const hearer = phraseAfter(grammar, chunks[at]!.from);
    if (hearer && hearer.to < end) {
      addressee = hearer;
      at = grammar.chunkOf[hearer.to]!;
    }
  }
  for (let step = 0; step < 10; step++) {
    const chunk = chunks[at];
    if (!chunk || chunk.from >= end) {
      const colon = isMark(grammar, end, ':') || isMark(grammar, chunk?.from ?? -1, ':');
      // "ordered the eviction": the noun phrase taken for the hearer is what was said.
      if (!colon && addressee && entry.object && !cue.inverted && addressee.from >= cue.clauseTo) {
        const { from } = addressee;
        addressee = null;
        return say('object', from, false);
      }
      return colon ? say('colon', end, true) : say('none', end, false);
    }
    if (chunk.kind === 'quotation')
      return NAMING.test(entry.lemma) ? say('none', end, false) : say('quotation', chunk.from, true);
    if (chunk.kind === 'colon') {
      if (chunk.to >= end) return say('colon', end, true);
      return say(isQuotation(grammar, chunk.to) ? 'quotation' : 'clause', chunk.to, true);
    }
    if (chunk.kind === 'comma') {
      if (isQuotation(grammar, chunk.to)) return say('quotation', chunk.to, true);
      const resumed = afterParenthesis(grammar, at, end);
      if (resumed === null) return say('none', end, false);
      at = resumed;
      continue;
    }
    if (chunk.kind === 'that' && entry.clause && (!cue.inverted || language === 'en')) {
      const word = lower(grammar, chunk.from);
      const asked = /^(?:when|quand|where|où)$/.test(word)
        ? entry.act === 'asks'
        : !/^(?:if|whether|si|s')$/.test(word) ||
          entry.act === 'asks' ||
          /^(?:say|tell|know|dire|préciser|savoir|decide|confirm|clarify)$/.test(entry.lemma);
      return asked ? say('clause', chunk.from, true) : say('none', end, false);
    }
    if (chunk.kind === 'verb') {
      const governed = verbalComplement(grammar, cue, at, addressee !== null);
      if (governed !== null) return say('infinitive', governed, true);
      return say('none', end, false);
    }
    if (chunk.kind === 'preposition') {
      const word = lower(grammar, chunk.head);
      const next = chunks[at + 1];
      if (
        language === 'fr' &&
        entry.infinitive &&
        /^(?:de|d'|à)$/.test(word) &&
        next?.kind === 'verb' &&
        next.verb!.form === 'infinitive'
      )
        return say('infinitive', chunk.from, true);
      if (
        !(entry.lemma === 'call' && word === 'on') &&
        entry.prepositions.includes(word) &&
        !cue.inverted &&
        next &&
        next.kind !== 'quotation' &&
        !(next.kind === 'noun' && next.time)
      )
        return { ...say('object', chunk.to, false), cueTo: chunk.to };
      if (language === 'en' && entry.lemma === 'call' && word === 'on') {
        const hearer = next?.kind === 'noun' ? phraseAfter(grammar, next.from) : null;
        const then = hearer && hearer.to < end ? chunks[grammar.chunkOf[hearer.to]!] : undefined;
        if (!hearer || then?.verb?.form !== 'infinitive') return say('none', end, false);
        addressee = hearer;
        return { ...say('infinitive', then.from, true), cueTo: chunk.to };
      }
      if (next?.kind === 'noun' || next?.kind === 'quotation' || next?.kind === 'verb') {
        if (/^(?:to|à|au|aux|devant|auprès|before)$/.test(word) && next.kind === 'noun') {
          const hearer = phraseAfter(grammar, next.from);
          const asked = hearer && entry.infinitive && language === 'fr';
          if (hearer && !addressee && (asked || hearer.kind !== 'other') && !next.time) addressee = asked ? phraseOf(grammar, next, end) : hearer;
        }
        const past = pastAdverbial(grammar, at, end, entry);
        if (past === null) return say('none', end, false);
        at = past;
        direct = false;
        continue;
      }
      at++;
      continue;
    }
    if (chunk.kind === 'other' && language === 'fr' && /^(?:dire|déclarer)$/.test(entry.lemma) && reflexiveFrom(grammar, chunks[grammar.chunkOf[cue.to - 1]!]!) < chunks[grammar.chunkOf[cue.to - 1]!]!.verb!.first)
      return upos(grammar, chunk.from) === 'ADJ' ? say('object', chunk.from, false) : say('none', end, false);
    if (chunk.kind === 'adverb' || chunk.kind === 'other') {
      at++;
      continue;
    }
    if (
      chunk.kind === 'conjunction' &&
      entry.bare &&
      !cue.inverted &&
      /^(?:if|when|while|although|because|unless|as|since|after|before)$/.test(lower(grammar, chunk.head))
    )
      return clauseFollows(grammar, at + 1) ? say('clause', chunk.from, false) : say('none', end, false);
    if (chunk.kind === 'noun') {
      if (cue.inverted) return say('none', end, false);
      if (chunk.time && chunks[at + 1]?.kind !== 'verb') {
        at++;
        continue;
      }
      const bare = language === 'en' && entry.bare;
      if (bare && clauseFollows(grammar, at)) return say('clause', chunk.from, false);
      if (entry.object && addressee === null && direct) return say('object', chunk.from, false);
    }
    return say('none', end, false);
  }
  return say('none', end, false);
}

/** « a indiqué jeudi *à l'AFP* une source policière »: whom the words between verb and subject address. */
function addresseeBetween(grammar: Grammar, cue: Cue): Phrase | null {
  const { chunks } = grammar;
  for (let at = grammar.chunkOf[cue.to - 1]! + 1; at + 1 < chunks.length && chunks[at]!.from < cue.subject!.from; at++)
    if (chunks[at]!.kind === 'preposition' && /^(?:à|au|aux|auprès|devant)$/.test(lower(grammar, chunks[at]!.head))) {
      const next = chunks[at + 1]!.kind === 'preposition' ? at + 2 : at + 1;
      if (chunks[next]?.kind === 'noun' && !chunks[next]!.time) return phraseOf(grammar, chunks[next]!, cue.subject!.from);
    }
  return null;
}

/** "accused *the state of…*", "called *it a shame*", « a accusé l'État de… »: what is said of the object. */
function objectFrame(
  grammar: Grammar,
  cue: Cue,
  at: number,
  end: number,
): { from: number; addressee: null } | null {
  const { chunks } = grammar;
  const { entry } = cue;
  if (!entry.against && !entry.predicate) return null;
  const object = phraseAfter(grammar, chunks[at]!.from);
  if (!object) return null;
  if (entry.against && containsPreposition(grammar, object, entry.prepositions)) return { from: object.from, addressee: null };
  if (object.to >= end) return null;
  const next = chunks[grammar.chunkOf[object.to]!]!;
  const word = lower(grammar, next.from);
  if (entry.against && entry.prepositions.includes(word))
    return { from: object.from, addressee: null };
  if (entry.predicate) {
    const says =
      next.kind === 'quotation' ||
      word === 'as' ||
      word === 'comme' ||
      word === 'de' ||
      word === "d'" ||
      (object.kind === 'pronoun' && (next.kind === 'noun' || next.kind === 'other'));
    if (says) return { from: object.from, addressee: null };
  }
  return null;
}

/** « accuse l'État de violences »: « de » ties the noun phrase together, so that it holds both parties. */
function containsPreposition(grammar: Grammar, phrase: Phrase, words: string[]): boolean {
  for (let at = phrase.from + 1; at < phrase.to; at++)
    if (words.includes(lower(grammar, at)) && upos(grammar, at) === 'ADP') return true;
  return false;
}

/** "promised *to reopen*", "denied *taking*", « a affirmé *avoir reçu* ». */
function verbalComplement(grammar: Grammar, cue: Cue, at: number, addressed: boolean): number | null {
  const { entry } = cue;
  const chunk = grammar.chunks[at]!;
  const { form } = chunk.verb!;
  if (form === 'gerund') return entry.gerund && grammar.language === 'en' ? chunk.from : null;
  if (form !== 'infinitive' || !entry.infinitive || (cue.inverted && grammar.language === 'en')) return null;
  if (grammar.language === 'fr') return cue.inverted ? null : chunk.from;
  const needsHearer = entry.hearer && entry.act !== 'promises' && entry.lemma !== 'ask';
  return needsHearer && !addressed ? null : chunk.from;
}

/** Index after the last item that is not closing punctuation. */
export function lastItem(grammar: Grammar): number {
  let end = grammar.items.length;
  while (end > 0 && isMark(grammar, end - 1, '.!?…:;,')) end--;
  return end;
}

/** "said, without giving details, that": past a parenthesis to what the verb governs; the chunk there, or null. */
function afterParenthesis(grammar: Grammar, comma: number, end: number): number | null {
  const { chunks } = grammar;
  const word = lower(grammar, chunks[comma]!.to);
  if (/^(?:however|though|cependant|toutefois|pourtant|néanmoins|meanwhile)$/.test(word))
    return chunks[comma + 2]?.kind === 'comma' ? comma + 3 : comma + 2;
  for (let at = comma + 1; at < chunks.length && at < comma + 14; at++) {
    const chunk = chunks[at]!;
    if (chunk.from >= end) return null;
    if (
      chunk.verb?.form === 'finite' &&
      chunks[at - 1]?.kind !== 'relative' &&
      (chunks[comma + 1]?.kind !== 'conjunction' || /^(?:and|but|et|mais)$/.test(word))
    )
      return null;
    if (chunk.kind === 'colon') return at;
    if (chunk.kind !== 'comma') continue;
    const next = chunks[at + 1];
    return next?.kind === 'that' || next?.kind === 'quotation' ? at + 1 : null;
  }
  return null;
}

/** Past "in a statement on Tuesday", « à l'issue d'une réunion »: the chunk after the adverbial that begins at `at`. */
function pastAdverbial(grammar: Grammar, at: number, end: number, entry: CueForm): number | null {
  const { chunks } = grammar;
  let next = at;
  for (let step = 0; step < 10; step++) {
    const chunk = chunks[next];
    if (!chunk || chunk.from >= end) return next;
    if (next > at && chunk.kind === 'preposition' && entry.prepositions.includes(lower(grammar, chunk.head))) return next;
    const governs = entry.infinitive && next > at && chunks[next + 1]?.verb?.form === 'infinitive';
    if (governs && /^(?:de|d'|à)$/.test(lower(grammar, chunk.head))) return next;
    if (
      chunk.kind === 'preposition' &&
      (chunks[next + 1]?.kind === 'noun' || chunks[next + 1]?.kind === 'quotation')
    ) {
      // "said in Calais the camp was empty": the phrase after the preposition, then the clause.
      next += 2;
      continue;
    }
    if (
      chunk.kind === 'preposition' &&
      chunks[next + 1]?.kind === 'verb' &&
      chunks[next + 1]!.verb!.form !== 'finite'
    ) {
      next += 2;
      continue;
    }
    if (
      chunk.kind === 'verb' &&
      (chunk.verb!.form === 'participle' || chunk.verb!.form === 'gerund') &&
      next > at
    ) {
      // « dans un communiqué publié mardi », "in a report released on Monday"
      next++;
      continue;
    }
    if (
      chunk.kind === 'conjunction' &&
      chunks[next + 1]?.kind === 'noun' &&
      chunks[next + 2]?.kind !== 'verb' &&
      /^(?:and|et)$/.test(lower(grammar, chunk.head))
    ) {
      next += 2;
      continue;
    }
    if (chunk.kind === 'noun' && chunk.time) {
      next++;
      continue;
    }
    break;
  }
  return next === at ? null : next;
}

/** Whether a clause without "that" begins at chunk `at`: a noun phrase, what belongs to it, and its finite verb. */
function clauseFollows(grammar: Grammar, at: number): boolean {
  const { chunks } = grammar;
  let relative = 0;
  for (let next = at; next < chunks.length && next < at + 22; next++) {
    const chunk = chunks[next]!;
    if (chunk.kind === 'verb' && chunk.verb!.form === 'finite') {
      if (relative > 0) {
        relative--;
        continue;
      }
      return next > at;
    }
    if (chunk.kind === 'relative') relative++;
    if (chunk.kind === 'that' && next > at) relative++;
    if (/^(?:stop|colon)$/.test(chunk.kind)) return false;
    if (chunk.kind === 'quotation') {
      // ‘say the cladding “should never have been sold”’: the quotation holds the verb.
      const inner = grammar.items[chunk.head]!.text.slice(1).trimStart();
      return next > at && chunks[next - 1]!.kind === 'noun' && /^\p{Ll}/u.test(inner);
    }
  }
  return false;
}

// --- where content ends

/**
 * Where the content that begins at `from` ends: before ", but the ministry said", ", adding that" or ", according to",
 * else at the end of the frame.
 */
export function contentEnd(grammar: Grammar, from: number, cues: Cue[], own: Cue): number {
  let end = lastItem(grammar);
  for (const other of cues) {
    if (other === own || other.clauseFrom <= from || other.clauseFrom >= end) continue;
    const gerundive = other.entry.form === 'gerund' && isMark(grammar, other.clauseFrom - 1, ',');
    const joint = /^(?:but|while|and|though|although|whereas|mais|et|tandis|alors)$/.test(
      lower(grammar, other.clauseFrom - 1),
    );
    const comma = isMark(grammar, other.clauseFrom - 2, ',');
    if (gerundive || other.inverted) end = other.clauseFrom;
    else if (joint && (comma || (other.coordinated && other.subject === own.subject)))
      end = other.clauseFrom - 1;
    else continue;
    break;
  }
  for (let at = from + 1; at < end; at++) {
    const word = lower(grammar, at);
    // « …, avant de quitter la salle », "…, before leaving": what the speaker did next.
    const then = isMark(grammar, at - 1, ',') && /^(?:avant|before)$/.test(word);
    if (then && /^(?:de|d')$|ing$/.test(lower(grammar, at + 1))) end = at;
    if ((word === 'according' || word === 'selon') && isMark(grammar, at - 1, ',')) end = at;
    if (isMark(grammar, at, ';')) end = at;
  }
  // "The landlord, who says the boiler was replaced, has not…": the relative clause ends what is said.
  const relative = own.subject !== null && /^(?:who|which|qui)$/.test(grammar.text.slice(own.subject.start, own.subject.end));
  for (let at = grammar.chunkOf[from]! + 1; relative && at < grammar.chunks.length && grammar.chunks[at]!.from < end; at++) {
    const next = grammar.chunks[at + 1];
    if (grammar.chunks[at]!.kind === 'comma' && next?.verb?.form === 'finite') end = grammar.chunks[at]!.from;
  }
  while (end > from && isMark(grammar, end - 1, '.!?…:;,')) end--;
  return end;
}

/**
 * Where a governed noun phrase or infinitive ends before `end`: at what is set beside it ("…, a plan the council
 * opposed"), at a dash, or where the sentence goes on with another verb. Lists are kept whole.
 */
export function phraseEnd(grammar: Grammar, from: number, end: number): number {
  const { chunks } = grammar;
  const first = grammar.chunkOf[from]!;
  for (let at = first + 1; at < chunks.length && chunks[at]!.from < end; at++) {
    const chunk = chunks[at]!;
    const next = chunks[at + 1];
    if (chunk.kind === 'dash') return chunk.from;
    if (chunk.kind === 'conjunction' && /^(?:and|but|et|mais)$/.test(lower(grammar, chunk.head))) {
      const verb = next?.kind === 'adverb' ? chunks[at + 2] : next;
      if (verb?.kind === 'verb' && verb.verb!.form === 'finite') return chunk.from;
      if (next?.kind === 'relative' && chunks[at - 1]?.kind === 'comma') return chunks[at - 1]!.from;
    }
    if (chunk.kind !== 'comma') continue;
    const list = chunks
      .slice(at + 1, at + 9)
      .some(
        (other, index, rest) =>
          other.kind === 'conjunction' &&
          /^(?:and|or|et|ou)$/.test(lower(grammar, other.head)) &&
          !rest.slice(0, index).some((one) => one.verb?.form === 'finite' || one.kind === 'relative'),
      );
    if (!list || next?.kind === 'relative') return chunk.from;
  }
  return end;
}

/** Whether the items of [from, to) are only quotations and marks. */
export function isQuotedOnly(items: Token[], from: number, to: number): boolean {
  let quoted = false;
  for (let at = from; at < to; at++) {
    if (items[at]!.kind === 'quotation') quoted = true;
    else if (items[at]!.kind !== 'mark') return false;
  }
  return quoted;
}
