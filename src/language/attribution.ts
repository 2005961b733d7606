// Attribution: each speech verb of a frame with its subject, and what it governs: a quotation, a clause, or nothing.
import { type CueForm, cueOf, invertedFrench } from './cue.ts';
import { weekdayOf } from './lexicon.ts';
import {
  type Grammar,
  isAdverb,
  join,
  type Phrase,
  phraseAfter,
  phraseBefore,
  withApposition,
} from './speaker.ts';
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
  coordinated?: boolean;
}

/** What a speech verb governs on its right. */
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
}

const AVOIR = /^(?:a|ont|avait|avaient|aura|auront)$/;
const lower = (grammar: Grammar, at: number): string => grammar.items[at]?.lower ?? '';
const isMark = (grammar: Grammar, at: number, marks: string): boolean =>
  grammar.items[at]?.kind === 'mark' && marks.includes(grammar.items[at]!.text);
const isQuotation = (grammar: Grammar, at: number): boolean => grammar.items[at]?.kind === 'quotation';

/** The speech verbs of a frame that have a subject, or stand beside a quotation. */
export function findCues(grammar: Grammar): Cue[] {
  const cues: Cue[] = [];
  for (let at = 0; at < grammar.items.length; at++) {
    if (grammar.items[at]!.kind !== 'word') continue;
    const cue = grammar.language === 'fr' ? frenchCue(grammar, at, cues) : englishCue(grammar, at, cues);
    if (!cue) continue;
    cues.push(cue);
    at = Math.max(at, cue.to - 1);
  }
  return cues;
}

// --- English

function englishCue(grammar: Grammar, at: number, earlier: Cue[]): Cue | null {
  const { items, lexicon } = grammar;
  const item = items[at]!;
  const entry = cueOf(item.lower, 'en');
  if (!entry || (item.capital && at > 0)) return null;
  let start = at;
  let perfect = false;
  while (start > 0 && start > at - 5) {
    const word = lower(grammar, start - 1);
    if (/^(?:has|have|had|'s|'ve|'d)$/.test(word)) {
      // "the minister's said" has no perfect: after a possessive no verb form follows but a participle.
      perfect = true;
      start--;
      break;
    }
    if (items[start - 1]!.capital && start > 1) break;
    if (lexicon.passives.has(word) || lexicon.modals.has(word) || lexicon.negations.has(word)) return null;
    if (/^(?:did|does|do|to|didn't|doesn't|don't|hasn't|haven't|hadn't)$/.test(word)) return null;
    if (lexicon.adverbs.has(word) || isAdverb(grammar, start - 1)) start--;
    else break;
  }
  if (entry.form === 'participle' && !perfect) return null;
  if (perfect && entry.form === 'gerund') return null;
  if (perfect && lexicon.passives.has(lower(grammar, start - 1))) return null;
  const before = lower(grammar, at - 1);
  if (start === at && (lexicon.determiners.has(before) || before === 'of' || before === "'s")) return null;
  if (entry.form === 'gerund') return gerund(grammar, at, entry, earlier);
  const afterQuote =
    isQuotation(grammar, start - 1) ||
    (isMark(grammar, start - 1, ',—–-') && isQuotation(grammar, start - 2));
  if (!perfect && (afterQuote || isMark(grammar, start - 1, ',') || start === 0)) {
    const apposed = afterQuote ? null : subjectBefore(grammar, start);
    if (!apposed || lower(grammar, start - 1) === '') {
      const subject = apposed ?? subjectAfter(grammar, at + 1);
      if (subject && subject.pronoun?.refers !== 'anyone') return inverted(entry, at, at + 1, subject);
      return afterQuote ? alone(entry, at) : null;
    }
  }
  const subject = speakerAfterQuotation(grammar, start) ?? subjectBefore(grammar, start);
  if (!subject) return afterQuote ? alone(entry, at) : coordinated(grammar, entry, start, at, at, earlier);
  // "reports", "claims": with a bare plural before it, the base form is a verb; with a singular it is not.
  if (
    item.lower === entry.lemma &&
    subject.kind === 'person' &&
    !subject.pronoun &&
    subject.definite &&
    !/s$/.test(subject.description)
  )
    return null;
  return {
    entry,
    from: at,
    to: at + 1,
    subject,
    clauseFrom: subject.from,
    clauseTo: at + 1,
    inverted: false,
  };
}

function inverted(entry: CueForm, from: number, to: number, subject: Phrase): Cue {
  return { entry, from, to, subject, clauseFrom: from, clauseTo: subject.to, inverted: true };
}

function alone(entry: CueForm, at: number): Cue {
  return { entry, from: at, to: at + 1, subject: null, clauseFrom: at, clauseTo: at + 1, inverted: false };
}

/**
 * ‘"…," a narrator in the film says’: everything between the quotation and the verb is the subject, and its head comes
 * first. Only where the quotation ends as one that goes on, and no comma stands between.
 */
function speakerAfterQuotation(grammar: Grammar, verb: number): Phrase | null {
  const { items } = grammar;
  for (let at = verb - 2; at >= 0 && at > verb - 14; at--) {
    const item = items[at]!;
    if (item.kind === 'mark' && /^[,;:—–!?]$/.test(item.text) && items[at - 1]?.kind !== 'quotation')
      return null;
    if (item.kind !== 'quotation') continue;
    if (!/[,!?]["”’'»]$/.test(item.text.slice(-2)) && items[at + 1]?.text !== ',') return null;
    const phrase = phraseAfter(grammar, items[at + 1]?.kind === 'mark' ? at + 2 : at + 1);
    const article = phrase && grammar.lexicon.determiners.has(items[phrase.from]!.lower);
    return phrase && phrase.to <= verb && (phrase.kind !== 'other' || article) ? phrase : null;
  }
  return null;
}

/** "rejected the criticism and promised to": a second verb takes the subject of the one before. */
function coordinated(
  grammar: Grammar,
  entry: CueForm,
  start: number,
  from: number,
  at: number,
  earlier: Cue[],
): Cue | null {
  const last = earlier.at(-1);
  if (!last?.subject || last.inverted || at - last.to > 30) return null;
  if (!/^(?:and|but|et|mais)$/.test(lower(grammar, start - 1))) return null;
  return {
    entry,
    from,
    to: at + 1,
    subject: last.subject,
    clauseFrom: start,
    clauseTo: at + 1,
    inverted: false,
    coordinated: true,
  };
}

/** "…, saying that": the subject of the sentence, or of the verb before. */
function gerund(grammar: Grammar, at: number, entry: CueForm, earlier: Cue[]): Cue | null {
  const before = lower(grammar, at - 1);
  const opens =
    isMark(grammar, at - 1, ',') ||
    isQuotation(grammar, at - 1) ||
    /^(?:by|while|en|before|after|and|et)$/.test(before);
  if (!opens && !(grammar.language === 'fr' && at > 2)) return null;
  const subject = earlier.at(-1)?.subject ?? mainSubject(grammar, at);
  if (!subject) return null;
  const from = before === 'en' ? at - 1 : at;
  return { entry, from: at, to: at + 1, subject, clauseFrom: from, clauseTo: at + 1, inverted: false };
}

/** The first phrase of the sentence that could speak, past adverbials before a comma. */
function mainSubject(grammar: Grammar, before: number): Phrase | null {
  let at = 0;
  for (let step = 0; step < 4 && at < before; step++) {
    const word = lower(grammar, at);
    const leading =
      grammar.lexicon.prepositions.has(word) ||
      /^(?:last|next|this|earlier|later|yesterday|hier|ce|cette|la)$/.test(word);
    const comma = nextMark(grammar, at, Math.min(before - 1, at + 14));
    if (leading && comma !== null && comma < before - 1) {
      const phrase = phraseAfter(grammar, at);
      if (
        phrase &&
        phrase.to < comma &&
        (phrase.name || phrase.role) &&
        !grammar.lexicon.prepositions.has(word)
      )
        return withApposition(grammar, phrase);
      at = comma + 1;
      continue;
    }
    if (
      grammar.lexicon.conjunctions.has(word) ||
      grammar.lexicon.adverbs.has(word) ||
      isMark(grammar, at, ',')
    ) {
      at++;
      continue;
    }
    const phrase = phraseAfter(grammar, at);
    return phrase && phrase.to <= before && phrase.kind !== 'other' ? withApposition(grammar, phrase) : null;
  }
  return null;
}

function nextMark(grammar: Grammar, from: number, to: number): number | null {
  for (let at = from; at <= to; at++) if (isMark(grammar, at, ',')) return at;
  return null;
}

// --- French

function frenchCue(grammar: Grammar, at: number, earlier: Cue[]): Cue | null {
  const item = grammar.items[at]!;
  if (item.capital && at > 0) return null;
  const inversion = invertedFrench(item.lower);
  if (inversion) return invertedCue(grammar, at, inversion.verb);
  const entry = cueOf(item.lower, 'fr');
  if (!entry || entry.form === 'infinitive') return null;
  if (entry.form === 'gerund') return gerund(grammar, at, entry, earlier);
  let start = at;
  let auxiliary: number | null = null;
  while (start > 0 && start > at - 5) {
    const word = lower(grammar, start - 1);
    if (auxiliary === null && AVOIR.test(word)) {
      auxiliary = start - 1;
    } else if (
      auxiliary === null &&
      /^(?:est|sont|était|étaient)$/.test(word) &&
      /^s'$/.test(lower(grammar, start - 2))
    ) {
      auxiliary = start - 1;
    } else if (
      grammar.lexicon.passives.has(word) ||
      /^(?:aurait|auraient|ait|aient|ayant|avoir|être)$/.test(word)
    ) {
      return null;
    } else if (word === 'ne' || word === "n'" || word === 'pas' || word === 'jamais') {
      return null;
    } else if (!grammar.lexicon.adverbs.has(word) && !isAdverb(grammar, start - 1)) {
      break;
    } else if (/^(?:le|la|les|l')$/.test(word) && auxiliary === null && entry.form === 'participle') {
      return null;
    }
    start--;
  }
  if (entry.form === 'participle' && auxiliary === null) return null;
  if (grammar.lexicon.determiners.has(lower(grammar, start - 1)) && auxiliary === null) return null;
  if (/^(?:le|la|les|l'|un|une|des|ce|cette)$/.test(lower(grammar, at - 1)) && auxiliary === null)
    return null;
  const reflexive = auxiliary === null && /^(?:s'|se)$/.test(lower(grammar, at - 1));
  const from = auxiliary ?? (reflexive ? at - 1 : at);
  const openLeft =
    start === 0 ||
    isQuotation(grammar, start - 1) ||
    isMark(grammar, start - 1, ',—–-!?…') ||
    lower(grammar, start - 1) === 'comme';
  if (openLeft) {
    const afterQuote = isQuotation(grammar, start - 1) || isQuotation(grammar, start - 2);
    const left = afterQuote ? null : subjectBefore(grammar, start);
    if (left)
      return {
        entry,
        from,
        to: at + 1,
        subject: left,
        clauseFrom: left.from,
        clauseTo: at + 1,
        inverted: false,
      };
    const right = subjectAfter(grammar, at + 1);
    if (right && right.pronoun === null) return inverted(entry, from, at + 1, right);
    return null;
  }
  const subject = subjectBefore(grammar, start);
  if (!subject) return coordinated(grammar, entry, start, from, at, earlier);
  return { entry, from, to: at + 1, subject, clauseFrom: subject.from, clauseTo: at + 1, inverted: false };
}

/** « dit-il », « explique-t-elle », « a-t-il déclaré »; the pronoun is the subject unless a fuller one follows a comma. */
function invertedCue(grammar: Grammar, at: number, verb: string): Cue | null {
  const subject = pronounOf(grammar, at);
  if (!subject) return null;
  if (AVOIR.test(verb)) {
    for (let next = at + 1; next < at + 4; next++) {
      const entry = cueOf(lower(grammar, next), 'fr');
      if (entry && (entry.form === 'participle' || entry.lemma === 'dire' || entry.lemma === 'écrire'))
        return inverted(entry, at, next + 1, { ...subject, to: next + 1 });
      if (!grammar.lexicon.adverbs.has(lower(grammar, next)) && !isAdverb(grammar, next)) return null;
    }
    return null;
  }
  const entry = cueOf(verb, 'fr');
  return entry?.form === 'finite' ? inverted(entry, at, at + 1, subject) : null;
}

/** The pronoun inside an inverted verb, as a phrase of its own span. */
function pronounOf(grammar: Grammar, at: number): Phrase | null {
  const item = grammar.items[at]!;
  const word = item.lower.slice(item.lower.lastIndexOf('-') + 1);
  const pronoun = grammar.lexicon.pronouns.get(word);
  if (!pronoun) return null;
  return {
    from: at,
    to: at + 1,
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
  };
}

// --- subjects

/** Adverbials that may stand between a subject and its verb: "also", "later", "on Wednesday", « mercredi ». */
function skipLeft(grammar: Grammar, verb: number): number {
  const { items, lexicon, language } = grammar;
  let at = verb;
  while (at > 0 && at > verb - 6) {
    const item = items[at - 1]!;
    const word = item.lower;
    if (item.kind !== 'word') break;
    const adverb = lexicon.adverbs.has(word) || isAdverb(grammar, at - 1);
    const auxiliary = /^(?:has|have|had|'s|'ve|'d)$/.test(word) && language === 'en';
    const day = weekdayOf(word, language) !== undefined;
    if (!adverb && !auxiliary && !day && !(word === 'on' && at < verb)) break;
    if (lexicon.pronouns.has(word) && !lexicon.adverbs.has(word)) break;
    at--;
  }
  return at;
}

/** The subject that ends before item `verb`, with apposition and relative clauses between commas. */
export function subjectBefore(grammar: Grammar, verb: number): Phrase | null {
  const { items } = grammar;
  const at = skipLeft(grammar, verb);
  const item = items[at - 1];
  if (!item) return null;
  if (item.lower === 'which' || item.lower === 'who' || item.lower === 'qui') {
    const end = isMark(grammar, at - 2, ',') ? at - 2 : at - 1;
    const antecedent = phraseBefore(grammar, end);
    return antecedent && antecedent.kind !== 'pronoun' ? antecedent : null;
  }
  if (isMark(grammar, at - 1, ',)—–')) {
    const open = item.text === ')' ? '(' : item.text;
    for (let comma = at - 2; comma > 0 && comma > at - 18; comma--) {
      if (isQuotation(grammar, comma)) return null;
      if (!isMark(grammar, comma, open)) continue;
      const head = phraseBefore(grammar, comma);
      if (!head || head.kind === 'other') return null;
      const inner = phraseAfter(grammar, comma + 1);
      const relative = /^(?:who|which|whose|qui|dont)$/.test(lower(grammar, comma + 1));
      if (!relative && !(inner && inner.to === at - 1) && item.text === ',') {
        // "Utopia 56, a group active at the port, said": an apposition that a phrase covers only in part.
        if (!inner || (inner.kind !== 'person' && inner.kind !== 'body')) return null;
        if (head.kind !== 'name' && head.kind !== 'person' && head.kind !== 'body') return null;
      }
      const joined = inner && !relative ? join(grammar, head, inner) : null;
      return { ...(joined ?? head), to: at };
    }
    return null;
  }
  const phrase = phraseBefore(grammar, at);
  if (!phrase) return null;
  if (phrase.kind === 'pronoun' && phrase.pronoun?.refers === 'anyone') return null;
  if (phrase.kind === 'other') {
    const plural = grammar.language === 'en' && /s$/.test(phrase.description) && phrase.to - phrase.from <= 3;
    if (!phrase.definite && !plural && !grammar.lexicon.determiners.has(items[phrase.from]!.lower))
      return null;
  }
  // « La maire de Calais, Natacha Bouchart a dit »: a title before a comma belongs to the name after it.
  if (phrase.kind === 'name' && isMark(grammar, phrase.from - 1, ',') && grammar.language === 'fr') {
    const title = phraseBefore(grammar, phrase.from - 1);
    const joined = title?.role && !title.name ? join(grammar, title, phrase) : null;
    if (joined) return joined;
  }
  return phrase;
}

/** The subject that begins at item `at`, after an inverted verb, with its apposition. */
function subjectAfter(grammar: Grammar, at: number): Phrase | null {
  let from = at;
  while (from < at + 4 && grammar.language === 'fr') {
    const word = lower(grammar, from);
    const adverbial =
      /^(?:hier|aussi|également|ensuite|encore|pour|sa|son|part|côté|de|à|l'afp|devant|matin|soir|dernier)$/.test(
        word,
      );
    if (!adverbial && weekdayOf(word, 'fr') === undefined) break;
    from++;
  }
  const phrase = phraseAfter(grammar, from) ?? (from > at ? phraseAfter(grammar, at) : null);
  return phrase ? withApposition(grammar, phrase) : null;
}

// --- what the verb governs

const VENUE_WORDS =
  /^(?:in|at|during|to|through|via|on|after|before|from|with|as|dans|lors|devant|sur|à|au|aux|pendant|en|par|auprès|d'|de|du)$/;
const FINITE =
  /^(?:is|are|was|were|be|been|has|have|had|will|would|can|could|should|must|may|might|did|does|do|wo|ca|isn't|aren't|wasn't|weren't|won't|can't|couldn't|wouldn't|shouldn't|hasn't|haven't|hadn't|didn't|doesn't|don't|cannot|'s|'re|'d|'ll|'ve|'m|came|went|made|took|gave|got|left|felt|knew|saw|found|began|broke|kept|held|stood|ran|wants?|needs?|lives?|remains?|exists?|makes?|takes?|goes|comes?|gets?|feels?|knows?|means?|meant|lies|shows?|works?|says|said|became|becomes?|led|fell|rose|sent|lost|slept|sleeps?|seems?|continues?|faces?|includes?|puts?|cut|set|hit|let|think|thinks|hope|hopes|plans?)$/;

/** What the verb of `cue` governs on its right. */
export function complementOf(grammar: Grammar, cue: Cue): Complement {
  const end = lastItem(grammar);
  const result: Complement = {
    kind: 'none',
    from: end,
    to: end,
    addressee: null,
    adverbialTo: cue.clauseTo,
    marked: false,
  };
  let at = cue.clauseTo;
  const say = (kind: Complement['kind'], from: number, marked: boolean): Complement => ({
    ...result,
    kind,
    from,
    to: end,
    marked,
    adverbialTo: at,
  });
  if (cue.entry.hearer && !cue.inverted && grammar.language === 'en') {
    const hearer = phraseAfter(grammar, at);
    const bareClause = hearer && FINITE.test(lower(grammar, hearer.to)) && cue.entry.lemma !== 'tell';
    if (hearer && !bareClause) {
      result.addressee = hearer;
      at = hearer.to;
    } else if (/^(?:me|him|her|them|us|you)$/.test(lower(grammar, at))) at++;
  }
  for (let step = 0; step < 6; step++) {
    if (at >= end) return colonAt(grammar, at) ? say('colon', end, true) : { ...result, adverbialTo: at };
    if (isQuotation(grammar, at)) return say('quotation', at, true);
    if (isMark(grammar, at, ':')) {
      if (at + 1 >= end) return say('colon', end, true);
      return say(isQuotation(grammar, at + 1) ? 'quotation' : 'clause', at + 1, isQuotation(grammar, at + 1));
    }
    if (isMark(grammar, at, ',')) {
      if (isQuotation(grammar, at + 1)) return say('quotation', at + 1, true);
      const resumed = resumes(grammar, at, end);
      if (resumed === null) return { ...result, adverbialTo: at };
      at = resumed;
      continue;
    }
    const complementiser = clauseMark(grammar, at, cue);
    if (complementiser !== null) return say('clause', complementiser, true);
    const infinitive = infinitiveAt(grammar, at, cue, result.addressee !== null);
    if (infinitive !== null) return say('infinitive', infinitive, true);
    const skipped = skipAdverbial(grammar, at, end, result);
    if (skipped !== null) {
      at = skipped;
      continue;
    }
    const bare = grammar.language === 'en' && cue.entry.bare;
    if (bare && startsClause(grammar, at, end, cue.entry.lemma)) return say('clause', at, false);
    if (cue.entry.object && startsObject(grammar, at)) return say('object', at, false);
    return { ...result, adverbialTo: at };
  }
  return { ...result, adverbialTo: at };
}

/** Index after the last item that is not closing punctuation. */
export function lastItem(grammar: Grammar): number {
  let end = grammar.items.length;
  while (end > 0 && isMark(grammar, end - 1, '.!?…:;,')) end--;
  return end;
}

function colonAt(grammar: Grammar, at: number): boolean {
  return isMark(grammar, at, ':');
}

/** "said, without giving details, that": past a parenthesis to what the verb governs. */
function resumes(grammar: Grammar, comma: number, end: number): number | null {
  const word = lower(grammar, comma + 1);
  if (/^(?:however|though|cependant|toutefois|pourtant|néanmoins|meanwhile)$/.test(word))
    return isMark(grammar, comma + 2, ',') ? comma + 3 : comma + 2;
  for (let at = comma + 1; at < end && at < comma + 14; at++) {
    if (!isMark(grammar, at, ',')) continue;
    const next = lower(grammar, at + 1);
    return next === 'that' || next === 'que' || next === "qu'" || isQuotation(grammar, at + 1)
      ? at + 1
      : null;
  }
  return null;
}

/** Where the clause begins after "that", « que », "whether"; null where none stands. */
function clauseMark(grammar: Grammar, at: number, cue: Cue): number | null {
  const word = lower(grammar, at);
  if (!cue.entry.clause) return null;
  if (grammar.language === 'fr') {
    if (word === 'que' || word === "qu'") return at + 1;
    if (word === 'si' && cue.entry.act === 'asks') return at;
    return /^(?:pourquoi|comment|combien)$/.test(word) ? at : null;
  }
  // "said that was wrong": here "that" is the subject and part of what was said.
  if (word === 'that')
    return FINITE.test(lower(grammar, at + 1)) && !/s$/.test(lower(grammar, at + 2)) ? at : at + 1;
  if (/^(?:if|whether)$/.test(word) && (cue.entry.act === 'asks' || cue.entry.lemma === 'say')) return at;
  return /^(?:why|how|what)$/.test(word) ? at : null;
}

function infinitiveAt(grammar: Grammar, at: number, cue: Cue, addressed: boolean): number | null {
  if (!cue.entry.infinitive) return null;
  const word = lower(grammar, at);
  const next = grammar.items[at + 1];
  if (grammar.language === 'en') {
    if (word !== 'to' || next?.kind !== 'word' || next.capital) return null;
    if (
      grammar.lexicon.determiners.has(next.lower) ||
      (cue.entry.hearer && !addressed && cue.entry.act !== 'promises')
    )
      return null;
    return at;
  }
  const marked = word === 'de' || word === "d'";
  let verb = marked ? at + 1 : at;
  while (/^(?:ne|pas|n'|ne|se|s'|y|en|les|l'|la|le|leur|lui)$/.test(lower(grammar, verb))) verb++;
  return /(?:er|ir|oir|re)$/.test(lower(grammar, verb)) && lower(grammar, verb).length > 3
    ? marked
      ? at
      : at
    : null;
}

/** Past an adverb, a weekday, an addressee or a venue: "said on Wednesday in a statement that". */
function skipAdverbial(grammar: Grammar, at: number, end: number, result: Complement): number | null {
  const { lexicon, language, items } = grammar;
  const word = lower(grammar, at);
  const item = items[at]!;
  if (weekdayOf(word, language) !== undefined) return at + 1;
  if (/^(?:on|ce|le)$/.test(word) && weekdayOf(lower(grammar, at + 1), language) !== undefined) return at + 2;
  if (/^(?:last|this|next)$/.test(word) && /^(?:week|month|year|\w+day)$/.test(lower(grammar, at + 1)))
    return at + 2;
  if (language === 'fr' && /^(?:la|le|l')$/.test(word) && /^derni/.test(lower(grammar, at + 2)))
    return at + 3;
  if (VENUE_WORDS.test(word)) {
    for (let stop = at + 1; stop < Math.min(end + 1, at + 14); stop++) {
      const next = lower(grammar, stop);
      const reached =
        isQuotation(grammar, stop) ||
        isMark(grammar, stop, ':,') ||
        next === 'that' ||
        next === 'que' ||
        next === "qu'";
      if (!reached && stop < end) continue;
      if (/^(?:to|à|au|aux|devant|auprès)$/.test(word) && !result.addressee)
        result.addressee = phraseAfter(grammar, at + 1);
      return stop;
    }
    return null;
  }
  const pronoun = lexicon.pronouns.has(word) || lexicon.determiners.has(word);
  const adverb = lexicon.adverbs.has(word) || isAdverb(grammar, at);
  if (adverb && !pronoun && item.kind === 'word' && word !== 'there' && word !== 'here') return at + 1;
  return null;
}

/** Whether a clause without "that" begins here: something nominal, and a finite verb soon after. */
function startsClause(grammar: Grammar, at: number, end: number, lemma: string): boolean {
  const { lexicon, items } = grammar;
  const item = items[at]!;
  const word = item.lower;
  if (item.kind === 'mark' || /^(?:who|which|what|so|nothing|much|something|anything|everything)$/.test(word))
    return false;
  if (lexicon.prepositions.has(word) || (lexicon.conjunctions.has(word) && word !== 'if')) return false;
  const pronominal =
    lexicon.pronouns.has(word) || lexicon.determiners.has(word) || word === 'there' || word === 'if';
  const nominal =
    pronominal || item.capital || item.kind === 'number' || /s$|people|children|men$|women$/.test(word);
  // After "say" and "tell" four words are a clause; other verbs take noun phrases too ("added the words").
  if ((lemma === 'say' || lemma === 'tell') && end - at >= 4 && !lexicon.adverbs.has(word)) return true;
  if (!nominal) return false;
  for (let next = at + 1; next < end && next < at + 16; next++) {
    const candidate = items[next]!;
    if (candidate.kind === 'mark' && /[;:()]/.test(candidate.text)) return false;
    if (candidate.kind === 'quotation') continue;
    if (FINITE.test(candidate.lower)) return true;
    if (!candidate.capital && /.{3}ed$/.test(candidate.lower) && !/^(?:hundred|speed)$/.test(candidate.lower))
      return true;
  }
  return false;
}

function startsObject(grammar: Grammar, at: number): boolean {
  const item = grammar.items[at]!;
  const word = item.lower;
  if (
    item.kind !== 'word' ||
    grammar.lexicon.prepositions.has(word) ||
    grammar.lexicon.conjunctions.has(word)
  )
    return false;
  return grammar.lexicon.determiners.has(word) || item.capital || /s$/.test(word);
}

/**
 * Where the content that begins at `from` ends: before ", but the ministry said" or ", adding that", else at the end
 * of the frame.
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
    else if (joint && (comma || other.coordinated)) end = other.clauseFrom - 1;
    else continue;
    break;
  }
  while (end > from && isMark(grammar, end - 1, '.!?…:;,')) end--;
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
