// Shallow syntax: the items of a sentence with their parts of speech, cut into chunks — noun phrases, verb groups,
// prepositions, clause openers. Rules read rows of chunks; who governs whom is decided in reporting.ts.
import { cueOf } from './cue.ts';
import { type Lexicon, lexiconOf, monthOf, weekdayOf } from './lexicon.ts';
import type { Language } from './propose.ts';
import { TAG, TAGS } from './tag.ts';
import { tagsOf } from './tagger.ts';
import type { Token } from './text-model.ts';

/** A row of items that belong together. Indices are items of the sentence, `to` excluded. */
export interface Chunk {
  kind:
    | 'noun'
    | 'verb'
    | 'preposition'
    | 'that'
    | 'relative'
    | 'conjunction'
    | 'adverb'
    | 'comma'
    | 'colon'
    | 'quotation'
    | 'bracket'
    | 'dash'
    | 'stop'
    | 'other';
  from: number;
  to: number;
  /** The item that carries it: the noun, the main verb. */
  head: number;
  /** Of a noun phrase: names a time ("last week", « mardi soir »), so it is rarely a subject. */
  time: boolean;
  /** Of a verb group. */
  verb: VerbGroup | null;
}

/** What a verb group says beside its meaning. */
export interface VerbGroup {
  form: 'finite' | 'infinitive' | 'gerund' | 'participle';
  passive: boolean;
  negated: boolean;
  modal: boolean;
  /** French « aurait, serait »: somebody's word, not the reporter's. */
  conditional: boolean;
  /** The first auxiliary, or the main verb; negations and clitics before it are not counted. */
  first: number;
  /** A French verb with its subject after a hyphen: the pronoun of « a-t-il dit ». */
  pronoun: string | null;
}

/** A sentence with its tags and chunks. */
export interface Grammar {
  text: string;
  items: Token[];
  tags: Uint8Array;
  chunks: Chunk[];
  /** The index of the chunk each item belongs to. */
  chunkOf: Int32Array;
  language: Language;
  lexicon: Lexicon;
}

/** Reads the shallow syntax of a sentence's items, in time linear in their number. */
export function grammarOf(text: string, items: Token[], language: Language): Grammar {
  const grammar: Grammar = {
    text,
    items,
    tags: tagsOf(items, language),
    chunks: [],
    chunkOf: new Int32Array(items.length),
    language,
    lexicon: lexiconOf(language),
  };
  correctTags(grammar);
  for (let at = 0; at < items.length; ) {
    const chunk = chunkAt(grammar, at);
    for (let item = chunk.from; item < chunk.to; item++) grammar.chunkOf[item] = grammar.chunks.length;
    grammar.chunks.push(chunk);
    at = chunk.to;
  }
  if (language === 'en') settlePast(grammar);
  return grammar;
}

/**
 * What the tagger cannot know and the words around tell: a form of a speech verb before "that" is a verb ("the ruling
 * states that"), a capitalised word before a name is part of it ("Downing Street").
 */
function correctTags(grammar: Grammar): void {
  const { items, tags, language } = grammar;
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!;
    if (item.kind !== 'word') continue;
    const tag = upos(grammar, at);
    if (item.capital) {
      // "Then British officials said": a capital of the sentence makes no name.
      if (at === 0 && tag === 'PROPN' && grammar.lexicon.adverbs.has(item.lower)) tags[at] = TAG.ADV;
      const named = items[at + 1]?.capital && /^(?:PROPN|NOUN)$/.test(upos(grammar, at + 1));
      if (named && tag === 'VERB' && (at > 0 || item.lower.endsWith('ing'))) tags[at] = TAG.PROPN;
      continue;
    }
    if (item.lower === 'its' && language === 'en') tags[at] = TAG.PRON;
    if (tag === 'VERB' && language === 'en' && verbForm(grammar, at) === 'Ger' && (POSSESSIVE.test(lower(grammar, at - 1)) || lower(grammar, at - 1) === 'the'))
      tags[at] = TAG.NOUN;
    if (tag === 'PROPN' && cueOf(item.lower, language)?.form === 'finite') tags[at] = TAG['VERB-Fin'];
    // « …», tranche la capitaine »: what stands between a quotation and a noun phrase is the verb of saying.
    if (language === 'fr' && (tag === 'NOUN' || tag === 'ADJ') && at > 1 && items[at - 1]!.text === ',') {
      const named = /^(?:DET|PROPN)$/.test(upos(grammar, at + 1));
      if (items[at - 2]!.kind === 'quotation' && named) tags[at] = TAG['VERB-Fin'];
    }
    if (at === 0 || (tag !== 'NOUN' && tag !== 'ADJ' && tag !== 'ADP')) continue;
    const next = lower(grammar, at + 1);
    const clause =
      language === 'fr'
        ? next === 'que' || next === "qu'"
        : next === 'that' && upos(grammar, at + 1) === 'SCONJ';
    if (!clause || !/^(?:NOUN|PROPN|PRON|ADV)$/.test(upos(grammar, at - 1))) continue;
    if (cueOf(item.lower, language)?.form === 'finite') tags[at] = TAG['VERB-Fin'];
  }
}

/**
 * English past tense and participle mostly look the same. A lone "-ed" verb after a noun is the finite verb of its
 * clause when the clause has no other: "Maddow asked, …" but "the camp opened in May was closed".
 */
function settlePast(grammar: Grammar): void {
  const { chunks } = grammar;
  const ends = (chunk: Chunk | undefined) =>
    chunk === undefined ||
    /^(?:comma|colon|quotation|that|conjunction|dash|stop|relative)$/.test(chunk.kind) ||
    /^(?:after|before|since|until)$/.test(lower(grammar, chunk.head));
  chunks.forEach((chunk, at) => {
    const bare = chunk.verb?.form === 'infinitive' && chunk.from === chunk.verb.first;
    if ((chunk.verb?.form !== 'participle' && !bare) || chunk.verb!.first !== chunk.head) return;
    if (bare && !/^(?:noun|relative)$/.test(chunks[at - 1]?.kind ?? '')) return;
    if (!/^(?:noun|relative|adverb)$/.test(chunks[at - 1]?.kind ?? '') || lower(grammar, chunk.to) === 'by')
      return;
    let from = at;
    while (!ends(chunks[from - 1])) from--;
    const relative = chunks[from - 1]?.kind === 'relative' && from < at;
    if (!relative && (chunks[from]?.kind === 'preposition' || chunks[from]?.kind === 'verb')) return;
    let to = at + 1;
    while (to < chunks.length && !ends(chunks[to])) to++;
    // "X, a voter raised in Chile, said": between commas, before a finite verb, it only tells more.
    const aside = chunks[from - 1]?.kind === 'comma' && chunks[to]?.kind === 'comma' && chunks[to + 1]?.verb?.form === 'finite';
    if (aside) return;
    // The verb of a relative clause does not count: "groups that backed him say".
    let spare = relative ? 1 : 0;
    for (let index = from; index < chunks.length && (index <= at || !ends(chunks[index])); index++)
      if (chunks[index]!.verb?.form === 'finite' && spare-- <= 0) return;
    chunk.verb!.form = 'finite';
  });
}

const UPOS_OF = TAGS.map((tag) => tag.split('-')[0]!);
const FORM_OF = TAGS.map((tag) => tag.split('-')[1] ?? '');

export const lower = (grammar: Grammar, at: number): string => grammar.items[at]?.lower ?? '';
export const isMark = (grammar: Grammar, at: number, marks: string): boolean =>
  grammar.items[at]?.kind === 'mark' && marks.includes(grammar.items[at]!.text);
export const isQuotation = (grammar: Grammar, at: number): boolean => grammar.items[at]?.kind === 'quotation';
/** The part of speech of an item; empty outside the sentence. */
export const upos = (grammar: Grammar, at: number): string => {
  const tag = grammar.tags[at];
  return tag === undefined ? '' : UPOS_OF[tag]!;
};
/** The form of a verb or auxiliary; empty for other words. */
export const verbForm = (grammar: Grammar, at: number): string => {
  const tag = grammar.tags[at];
  return tag === undefined ? '' : FORM_OF[tag]!;
};

// --- chunks

/** « affirmait lui-même que », "said himself that": between a verb and what it governs. */
const EMPHATIC =
  /^(?:lui-même|elle-même|eux-mêmes|elles-mêmes|himself|herself|itself|themselves)$/;

const KINDS: Record<string, Chunk['kind']> = {
  ',': 'comma',
  ':': 'colon',
  '(': 'bracket',
  ')': 'bracket',
  '[': 'bracket',
  ']': 'bracket',
  // A closing mark that nothing opened: the quotation began before the text did.
  '»': 'comma',
  '”': 'comma',
  '"': 'comma',
  '—': 'dash',
  '–': 'dash',
  '-': 'dash',
  ';': 'stop',
  '.': 'stop',
  '!': 'stop',
  '?': 'stop',
  '…': 'stop',
};

const THAT: Record<Language, RegExp> = {
  en: /^(?:that|if|whether)$/,
  fr: /^(?:que|qu'|si|s')$/,
};
const ASKING: Record<Language, RegExp> = {
  en: /^(?:how|why|when|where|what)$/,
  fr: /^(?:comment|pourquoi|combien|quand|où)$/,
};
const RELATIVE: Record<Language, RegExp> = {
  en: /^(?:who|which|whose|whom)$/,
  fr: /^(?:qui|dont|lequel|laquelle|lesquels|lesquelles|auquel|duquel)$/,
};
const CONJUNCTION: Record<Language, RegExp> = {
  en: /^(?:and|but|or|nor|yet|while|whereas|although|though|because|since|as|after|before|unless|until|so|when|where)$/,
  fr: /^(?:et|mais|ou|ni|car|or|donc|tandis|alors|puisque|puisqu'|lorsque|lorsqu'|quand|comme|parce)$/,
};

function chunkAt(grammar: Grammar, at: number): Chunk {
  const { items, language } = grammar;
  const item = items[at]!;
  const one = (kind: Chunk['kind'], to = at + 1): Chunk => ({
    kind,
    from: at,
    to,
    head: at,
    time: false,
    verb: null,
  });
  if (item.kind === 'quotation') return isTitle(grammar, at) ? nounPhrase(grammar, at)! : one('quotation');
  if (item.kind === 'mark') {
    const kind = KINDS[item.text];
    if (kind) return one(kind);
    if (!'$£€¥#%&'.includes(item.text)) return one('other');
  }
  const word = item.lower;
  const tag = upos(grammar, at);
  if (THAT[language].test(word) && (tag !== 'DET' || opensClause(grammar, at)) && isClauseMark(grammar, at)) return one('that');
  if (word === 'that' && afterHearer(grammar)) return one('that');
  if (RELATIVE[language].test(word) || (tag === 'PRON' && TAGS[grammar.tags[at]!] === 'PRON-Rel' && /^(?:that|que|qu')$/.test(word)))
    return one('relative');
  const verb = verbGroup(grammar, at);
  if (verb) return verb;
  if (ASKING[language].test(word) && tag !== 'NOUN') return one('that');
  if ((tag === 'CCONJ' || tag === 'SCONJ') && word !== '&') return one('conjunction');
  if (CONJUNCTION[language].test(word) && tag !== 'NOUN' && tag !== 'ADP' && tag !== 'PROPN')
    return one('conjunction');
  if (EMPHATIC.test(word)) return one('adverb');
  if (tag === 'ADP') return one('preposition');
  const noun = nounPhrase(grammar, at);
  if (noun) return noun;
  if (tag === 'ADV' || tag === 'PART') return one('adverb');
  return one('other');
}

/** "told planners that": after the hearer of a verb of telling, "that" opens what was told. */
function afterHearer(grammar: Grammar): boolean {
  const [verb, hearer] = grammar.chunks.slice(-2);
  return hearer?.kind === 'noun' && verb?.kind === 'verb' && cueOf(lower(grammar, verb.head), grammar.language)?.hearer === true;
}

/** Whether a finite verb follows before the next mark: "denied that tear gas had been used", not "denied that claim". */
function opensClause(grammar: Grammar, at: number): boolean {
  for (let index = at + 2; index < at + 14; index++) {
    if (grammar.items[index] === undefined || grammar.items[index]!.kind === 'mark') return false;
    if (isVerbal(grammar, index) && verbForm(grammar, index) === 'Fin') return grammar.chunks.at(-1)?.kind === 'verb';
  }
  return false;
}

/** Whether "that" opens a clause rather than stand for something: « ce que », "all that" are relatives. */
function isClauseMark(grammar: Grammar, at: number): boolean {
  const word = lower(grammar, at);
  const before = lower(grammar, at - 1);
  if (grammar.language === 'fr') {
    if (word === "s'" || word === 'si') return upos(grammar, at) === 'SCONJ';
    return !/^(?:ce|plus|moins|autre|tel|telle|ne|afin|alors|parce|bien|dès|pour|avant|après|sans|tandis)$/.test(
      before,
    );
  }
  if (word === 'that' && upos(grammar, at) !== 'SCONJ') {
    // "the fence that stands" is a relative, "said that was wrong" a demonstrative; "said that such a fence" opens a clause.
    const last = grammar.chunks.at(-1);
    const after = last?.kind === 'verb' || (last?.kind === 'comma' && isQuotation(grammar, at + 1));
    return (
      after &&
      !(isVerbal(grammar, at + 1) && verbForm(grammar, at + 1) === 'Fin') &&
      !isMark(grammar, at + 1, '.,;:!?')
    );
  }
  return true;
}

// --- verb groups

const BE = /^(?:is|are|was|were|be|been|being|am|'s|'re|'m|isn't|aren't|wasn't|weren't)$/;
const ÊTRE =
  /^(?:est|sont|était|étaient|sera|seront|serait|seraient|soit|soient|été|être|étant|fut|furent|suis|sommes)$/;
const MODAL =
  /^(?:will|would|can|could|shall|should|may|might|must|ought|'ll|won't|wouldn't|can't|cannot|couldn't|shouldn't|mustn't|peut|peuvent|pourrait|pourraient|doit|doivent|devrait|devraient)$/;
const NEGATION = /^(?:not|never|n't|ne|n')$|n't$|^cannot$/;
const CLITIC = /^(?:le|la|les|l'|lui|leur|y|en|se|s'|me|m'|te|t'|nous|vous|ne|n')$/;
const CONDITIONAL = /^(?:aurait|auraient|serait|seraient)$/;

/** The verb group that begins at item `at`: clitics, auxiliaries, adverbs between them, the main verb. */
function verbGroup(grammar: Grammar, at: number): Chunk | null {
  const { items, language } = grammar;
  let index = at;
  let first = -1;
  let main = -1;
  let last = at;
  let negated = false;
  let modal = false;
  let toInfinitive = false;
  if (language === 'fr') {
    // « Nous estimons que »: with no subject before it, "we" is the subject.
    const before = grammar.chunks.at(-1)?.kind;
    if (/^(?:nous|vous)$/.test(lower(grammar, at)) && before !== 'noun' && before !== 'relative') return null;
    while (CLITIC.test(lower(grammar, index)) && index < at + 5 && upos(grammar, index) !== 'ADP') {
      if (NEGATION.test(lower(grammar, index))) negated = true;
      index++;
      // « ne pas avoir reçu »
      while (negated && /^(?:pas|plus|jamais|rien)$/.test(lower(grammar, index))) index++;
    }
    if (index > at && !isVerbal(grammar, index)) return null;
  } else if (
    lower(grammar, at) === 'to' &&
    isVerbal(grammar, at + 1) &&
    verbForm(grammar, at + 1) !== 'Ger'
  ) {
    toInfinitive = true;
    index = at + 1;
  } else if (lower(grammar, at) === 'to' && upos(grammar, at + 1) === 'ADV' && isVerbal(grammar, at + 2)) {
    toInfinitive = true;
    index = at + 1;
  }
  for (; index < items.length && index < at + 14; index++) {
    const word = lower(grammar, index);
    if (isVerbal(grammar, index)) {
      const finite = verbForm(grammar, index) === 'Fin' && !(MODAL.test(word) && first >= 0);
      if (main >= 0 && finite) break;
      // A main verb closes its group; infinitives and gerunds after it are groups of their own.
      if (main >= 0 && upos(grammar, main) === 'VERB') break;
      if (first >= 0 && toInfinitive && verbForm(grammar, index) === 'Fin' && main >= 0) break;
      if (first < 0) first = index;
      if (MODAL.test(word)) modal = true;
      if (NEGATION.test(word)) negated = true;
      main = index;
      last = index + 1;
      continue;
    }
    if (first < 0 && !toInfinitive) break;
    if (language === 'fr' && main >= 0 && upos(grammar, main) === 'AUX') {
      const past = pastLocution(grammar, index);
      if (past !== null) {
        index = past - 1;
        continue;
      }
    }
    if (language === 'fr' && main >= 0 && (word === 'ne' || word === "n'")) break;
    const between = upos(grammar, index) === 'ADV' || upos(grammar, index) === 'PART';
    if (!between || items[index]!.kind !== 'word' || word === 'to') {
      // « ont tous déclaré », "have both said"
      if (!/^(?:tous|toutes|both|all)$/.test(word) || !isVerbal(grammar, index + 1)) break;
    }
    if (NEGATION.test(word) || /^(?:pas|jamais|plus)$/.test(word)) {
      if (language === 'en' || /^(?:pas|jamais)$/.test(word)) negated = true;
      last = index + 1;
    }
    // A second adverb further on belongs to what follows when no verb comes.
    if (upos(grammar, main >= 0 ? main : index) === 'VERB' && !negated) break;
  }
  if (main < 0) return null;
  const passive = isPassive(grammar, first, main);
  return {
    kind: 'verb',
    from: at,
    to: Math.max(last, main + 1),
    head: main,
    time: false,
    verb: {
      form: formOf(grammar, first, toInfinitive),
      passive,
      negated,
      modal,
      conditional:
        CONDITIONAL.test(lower(grammar, first)) || /^(?:aurait|auraient)-/.test(lower(grammar, first)),
      first,
      pronoun: pronounAfter(lower(grammar, first)),
    },
  };
}

const LOCUTION =
  /^(?:une|nouvelle|fois|par|ailleurs|en|outre|effet|de|du|son|leur|sa|côté|part|à|tour|encore|dans|la|foulée|ainsi|pour|notamment|même|lui|elle|eux|elles|lui-même|elle-même|plusieurs|reprises|l'|après-midi|matin|soir|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|quant|point|vue|ce)$/;

/** « a *une nouvelle fois* assuré », « a, *lui*, estimé »: past a fixed phrase to the participle it stands before. */
function pastLocution(grammar: Grammar, at: number): number | null {
  let index = at;
  for (; index < at + 7; index++) {
    const item = grammar.items[index];
    if (!item) return null;
    if (index > at && isVerbal(grammar, index)) return verbForm(grammar, index) === 'Part' ? index : null;
    if (item.text === ',' || LOCUTION.test(item.lower) || upos(grammar, index) === 'ADV') continue;
    return null;
  }
  return null;
}

const isVerbal = (grammar: Grammar, at: number): boolean => {
  const tag = upos(grammar, at);
  return tag === 'VERB' || tag === 'AUX';
};

function formOf(grammar: Grammar, first: number, toInfinitive: boolean): VerbGroup['form'] {
  if (toInfinitive) return 'infinitive';
  const form = verbForm(grammar, first);
  if (form === 'Inf') return 'infinitive';
  if (form === 'Ger') return 'gerund';
  if (form === 'Part')
    return lower(grammar, first).endsWith('ant') || lower(grammar, first).endsWith('ing')
      ? 'gerund'
      : 'participle';
  return 'finite';
}

function isPassive(grammar: Grammar, first: number, main: number): boolean {
  if (main === first) return false;
  const pattern = grammar.language === 'fr' ? ÊTRE : BE;
  const participle = verbForm(grammar, main) !== 'Ger' && !lower(grammar, main).endsWith('ing');
  if (!participle || upos(grammar, main) !== 'VERB') return false;
  for (let at = main - 1; at >= first; at--) {
    if (pattern.test(lower(grammar, at))) {
      // « s'est indigné »: a reflexive perfect is no passive.
      const before = lower(grammar, at - 1);
      return !(grammar.language === 'fr' && /^(?:s'|se|m'|me)$/.test(before));
    }
    if (upos(grammar, at) === 'AUX') return false;
  }
  return false;
}

/** The pronoun after the hyphen of an inverted French verb: « a-t-il », « dit-elle ». */
function pronounAfter(word: string): string | null {
  return /-(il|elle|ils|elles|on|je|nous)$/.exec(word)?.[1] ?? null;
}

// --- noun phrases

const POSSESSIVE = /^(?:his|her|its|their|our|my|your)$/;
const TIME_NOUN: Record<Language, RegExp> = {
  en: /^(?:week|month|year|day|night|morning|evening|afternoon|weekend|today|yesterday|tomorrow|tonight|spring|summer|autumn|winter|weeks|months|years|days|hours|minutes)$/,
  fr: /^(?:semaine|mois|an|année|jour|nuit|matin|soir|après-midi|week-end|hier|demain|printemps|été|automne|hiver|midi|jours|semaines|années|ans|heures|minutes)$/,
};
const TIME_OPENER: Record<Language, RegExp> = {
  en: /^(?:last|next|this|that|every|each|earlier|later|the|a|two|three|several)$/,
  fr: /^(?:la|le|l'|cette|ce|cet|chaque|deux|trois|plusieurs|un|une)$/,
};
/** Adverbs that begin a noun phrase by grading its adjective: "very old tents". */
const DEGREE = /^(?:very|most|more|less|least|so|too|highly|increasingly|très|plus|moins|trop|bien)$/;
const PARTICLE = /^(?:de|du|des|van|von|der|den|bin|ben|ibn|al|el|le|la|di|da|dos|del|d')$/;

/** The noun phrase that begins at item `at`, up to its noun and what directly belongs to it. */
function nounPhrase(grammar: Grammar, at: number): Chunk | null {
  const { items, language } = grammar;
  let head = -1;
  let index = at;
  let determined = false;
  for (; index < items.length && index < at + 24; index++) {
    const item = items[index]!;
    const word = item.lower;
    const tag = upos(grammar, index);
    if (item.kind === 'quotation') {
      // "the “Jungle” camp", "the author of “A Title”": quoted words inside a noun phrase.
      if (index === at && isTitle(grammar, at)) {
        head = index++;
        break;
      }
      if (!determined || head >= 0 || item.end - item.start >= 90) break;
      if (!isNominal(grammar, index + 1)) head = index;
      if (head === index) {
        index++;
        break;
      }
      continue;
    }
    if (item.kind === 'mark') {
      if (isInitialStop(grammar, index) && head >= 0) continue;
      if ('$£€¥'.includes(item.text) && head < 0) continue;
      if (item.text === '%' && index > at) {
        head = index;
        continue;
      }
      if (item.text === '&' && head >= 0 && items[index + 1]?.capital) continue;
      const bare = (item.text === "'" || item.text === '’') && items[index - 1]?.end === item.start;
      if (bare && head >= 0 && /s$/.test(lower(grammar, index - 1)) && (startsNominal(grammar, index + 1) || upos(grammar, index + 1) === 'ADJ')) {
        head = -1;
        determined = true;
        continue;
      }
      break;
    }
    if (tag === 'PART' || word === "'s") {
      if (word === "'s" && head >= 0 && tag !== 'AUX' && startsNominal(grammar, index + 1)) {
        head = -1;
        determined = true;
        continue;
      }
      break;
    }
    const both = language === 'en' && /^(?:both|either|neither)$/.test(word) && index === at;
    if (
      tag === 'DET' ||
      (both && (startsNominal(grammar, index + 1) || upos(grammar, index + 1) === 'PRON')) ||
      (language === 'en' && POSSESSIVE.test(word) && startsNominal(grammar, index + 1))
    ) {
      if (head >= 0 || index > at + 2) break;
      determined = true;
    } else if (tag === 'PRON') {
      if (index > at && !(index === at + 1 && /^(?:both|either|neither)$/.test(lower(grammar, at)))) break;
      head = index++;
      break;
    } else if (tag === 'NOUN' || tag === 'PROPN' || (tag === 'X' && item.capital)) {
      // « le ministre délégué mardi »: a weekday begins a phrase of its own.
      if (head >= 0 && (weekdayOf(word, language) !== undefined || TIME_WORD.test(word))) break;
      if (
        head >= 0 &&
        language === 'fr' &&
        tag === 'NOUN' &&
        !item.capital &&
        upos(grammar, head) === 'PROPN'
      )
        break;
      head = index;
    } else if (tag === 'NUM' || tag === 'SYM') {
      if (head >= 0 && upos(grammar, index - 1) !== 'PROPN' && upos(grammar, index - 1) !== 'NOUN') break;
      if (head < 0 && index === at && !startsNominal(grammar, index + 1)) head = index;
      if (head >= 0 && index > head && startsNominal(grammar, index + 1) && !items[index - 1]!.capital) break;
    } else if (tag === 'ADJ') {
      if (head >= 0) {
        const joins = language === 'fr' ? true : isNominal(grammar, index + 1) && (items[index]!.capital || upos(grammar, head) === 'PROPN');
        if (!joins) break;
      }
    } else if (tag === 'ADV') {
      if (head >= 0 || !(upos(grammar, index + 1) === 'ADJ' || upos(grammar, index + 1) === 'NUM')) break;
      if (index === at && upos(grammar, index + 1) !== 'NUM' && !DEGREE.test(word)) break;
    } else if (tag === 'VERB') {
      const modifies =
        head < 0 && determined && verbForm(grammar, index) !== 'Fin' && startsNominal(grammar, index + 1);
      const title =
        item.capital &&
        (head >= 0 || determined) &&
        isNominal(grammar, index + 1) &&
        items[index + 1]?.capital;
      if (!modifies && !title) break;
    } else if (tag === 'CCONJ') {
      const names =
        head >= 0 && items[index - 1]!.capital && items[index + 1]?.capital && isNominal(grammar, index + 1);
      const adjectives =
        head < 0 && index > at && upos(grammar, index - 1) === 'ADJ' && upos(grammar, index + 1) === 'ADJ';
      if (!names && !adjectives) break;
    } else if (tag === 'ADP' && PARTICLE.test(word) && head >= 0 && isParticle(grammar, index)) {
      // "Bernard de Villepin", "Angela van der Meer"
    } else break;
  }
  if (head < 0) {
    // « les exilés » tagged as an adjective, "the poor": a determined adjective stands for a noun.
    if (!determined || index <= at + 1 || upos(grammar, index - 1) === 'DET') return null;
    head = index - 1;
  }
  while (index > head + 1 && (upos(grammar, index - 1) === 'ADV' || upos(grammar, index - 1) === 'CCONJ'))
    index--;
  const word = lower(grammar, head);
  const month = monthOf(word, language) !== undefined && !(head > at && upos(grammar, head - 1) === 'PROPN');
  const day = weekdayOf(word, language) !== undefined || month;
  const named = items[head]!.capital && index - at > 1 && !determined && !day;
  const time =
    !named &&
    ((day && (word !== 'may' || index - at > 1 || upos(grammar, head) !== 'PROPN')) ||
      TIME_WORD.test(word) ||
      (TIME_NOUN[language].test(word) &&
        TIME_OPENER[language].test(lower(grammar, at)) &&
        !(lower(grammar, at) === 'the' && /s$/.test(word))) ||
      (TIME_NOUN[language].test(word) && weekdayOf(lower(grammar, at), language) !== undefined) ||
      /^(?:19|20)\d\d$/.test(word));
  return { kind: 'noun', from: at, to: index, head, time, verb: null };
}

/** A quotation that a preposition ties to a noun, and that ends without a stop, names something. */
function isTitle(grammar: Grammar, at: number): boolean {
  const item = grammar.items[at]!;
  return (
    upos(grammar, at - 1) === 'ADP' &&
    !/^(?:as|comme)$/.test(lower(grammar, at - 1)) &&
    item.end - item.start < 60 &&
    !/[,.!?…]["”’»')]{1,2}$/.test(item.text.slice(-4)) &&
    isVerbal(grammar, at + 1)
  );
}

const TIME_WORD = /^(?:yesterday|today|tomorrow|tonight|hier|aujourd'hui|demain|avant-hier)$/;

const isNominal = (grammar: Grammar, at: number): boolean => {
  const tag = upos(grammar, at);
  return tag === 'NOUN' || tag === 'PROPN' || (tag === 'X' && grammar.items[at]!.capital);
};

/** Whether a noun phrase without its determiner may begin here. */
function startsNominal(grammar: Grammar, at: number): boolean {
  for (let index = at; index < at + 4; index++) {
    if (isNominal(grammar, index)) return true;
    const tag = upos(grammar, index);
    const quoted = isQuotation(grammar, index);
    if (!quoted && tag !== 'ADJ' && tag !== 'NUM' && tag !== 'VERB' && tag !== 'ADV' && tag !== 'SYM')
      return false;
    if (tag === 'VERB' && verbForm(grammar, index) === 'Fin') return false;
  }
  return false;
}

/** "Bernard de Villepin": a particle between the capitalised words of a name. */
function isParticle(grammar: Grammar, at: number): boolean {
  const { items } = grammar;
  const after = items[at + 1]?.capital || (PARTICLE.test(lower(grammar, at + 1)) && items[at + 2]?.capital);
  if ((!items[at - 1]!.capital && !PARTICLE.test(lower(grammar, at - 1))) || !after) return false;
  // « la maire de Calais »: « de » after a single capital is more often a place than a name.
  return grammar.language === 'en' ? lower(grammar, at) !== 'la' : false;
}

/** The stop of "Mr." or of an initial. */
export function isInitialStop(grammar: Grammar, at: number): boolean {
  const before = grammar.items[at - 1];
  if (grammar.items[at]?.text !== '.' || !before || before.end !== grammar.items[at]!.start) return false;
  return grammar.lexicon.honorifics.has(before.lower) || (before.capital && before.text.length === 1);
}
