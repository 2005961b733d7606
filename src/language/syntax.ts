// Shallow syntax: the items of a sentence with their parts of speech, cut into chunks — noun phrases, verb groups,
// prepositions, clause openers. Rules read rows of chunks; who governs whom is decided in attribution.ts.
import { cueOf, invertedFrench } from './cue.ts';
import { type Chunk, type Grammar, isMark, isQuotation, isVerbal, lower, upos, verbForm } from './grammar.ts';
import { lexiconOf } from './lexicon.ts';
import { isTitle, nounPhrase } from './noun-chunk.ts';
import type { Language } from './propose.ts';
import { TAG } from './tag.ts';
import { tagsOf } from './tagger.ts';
import type { Token } from './text-model.ts';
import { verbGroup } from './verb-group.ts';

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
    if (item.lower === 'its' && language === 'en') tags[at] = TAG.PRON;
    if (at === 0 && language === 'en' && standsAlone(grammar, at)) tags[at] = TAG.PRON;
    if (item.capital) {
      // "Then British officials said": a capital of the sentence makes no name.
      if (at === 0 && tag === 'PROPN' && grammar.lexicon.adverbs.has(item.lower)) tags[at] = TAG.ADV;
      const named = items[at + 1]?.capital && /^(?:PROPN|NOUN)$/.test(upos(grammar, at + 1));
      if (named && tag === 'VERB' && (at > 0 || item.lower.endsWith('ing'))) tags[at] = TAG.PROPN;
      continue;
    }
    if ((tag === 'VERB' || tag === 'AUX') && grammar.lexicon.determiners.has(item.lower)) tags[at] = TAG.DET;
    if (language === 'en') correctEnglish(grammar, at);
    if (tag === 'PROPN' && cueOf(item.lower, language)?.form === 'finite') tags[at] = TAG['VERB-Fin'];
    // « écrit-elle », « lâche-t-il »: a pronoun behind the hyphen makes a verb of whatever stands before it.
    if (tag !== 'AUX' && language === 'fr' && item.lower.includes('-') && invertedFrench(item.lower))
      tags[at] = /^(?:a|ont|avai(?:t|ent)|aurai(?:t|ent))-/.test(item.lower)
        ? TAG['AUX-Fin']
        : TAG['VERB-Fin'];
    // « a-t-elle tweeté »: behind an inverted auxiliary stands its participle.
    if (language === 'fr' && tag !== 'VERB' && tag !== 'AUX' && item.lower.endsWith('é'))
      if (/^(?:a|ont|avai(?:t|ent))-/.test(lower(grammar, at - 1))) tags[at] = TAG['VERB-Part'];
    // « Le président craint pour… »: the same form is a participle, though hardly ever one without "par".
    if (
      language === 'fr' &&
      /^(?:craint|plaint)$/.test(item.lower) &&
      /^(?:NOUN|PROPN|PRON|PUNCT)$/.test(upos(grammar, at - 1))
    )
      if (lower(grammar, at + 1) !== 'par') tags[at] = TAG['VERB-Fin'];
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

/** Words that count or choose among people named before: "said another", "Several said". */
const STANDS_ALONE = /^(?:another|others|several|many|some|few|most|both|none|all)$/;

function standsAlone(grammar: Grammar, at: number): boolean {
  if (!STANDS_ALONE.test(lower(grammar, at))) return false;
  const next = upos(grammar, at + 1);
  if (/^(?:VERB|AUX)$/.test(next)) return verbForm(grammar, at + 1) === 'Fin';
  return at > 0 && (next === '' || next === 'PUNCT') && isVerbal(grammar, at - 1);
}

/** "secretary *general*": an adjective that belongs to the noun before it. */
const TITLED =
  /^(?:attorney|secretary|solicitor|governor|director|inspector|consul|postmaster|auditor|procurator)$/;
const DETERMINED = /^(?:the|a|an|any|some|this|that|no|every|another|his|her|its|their|our|my|your)$/;

/** Words an English tagger takes for another part of speech than their neighbours allow. */
function correctEnglish(grammar: Grammar, at: number): void {
  const { tags, lexicon } = grammar;
  const word = lower(grammar, at);
  const before = lower(grammar, at - 1);
  const tag = upos(grammar, at);
  const form = verbForm(grammar, at);
  if (word === 'of') tags[at] = TAG.ADP;
  else if (standsAlone(grammar, at)) tags[at] = TAG.PRON;
  else if (tag === 'AUX' && word.length > 5 && !lexicon.auxiliaries.has(word) && !lexicon.modals.has(word)) {
    // "the prisons inspectorate found": auxiliaries are few, and none of them is long and unknown.
    if (!word.includes("'")) tags[at] = TAG.NOUN;
  } else if (tag === 'VERB' && form === 'Ger' && DETERMINED.test(before)) {
    if (/^(?:the|his|her|its|their|our|my|your)$/.test(before) || upos(grammar, at + 1) !== 'DET')
      tags[at] = TAG.NOUN;
  } else if (word === 'had' && form === 'Part' && !/^(?:has|have|having|'ve|'d)$/.test(before))
    tags[at] = TAG['VERB-Fin'];
  else if (tag === 'VERB' && form === 'Fin' && before === 'earlier') {
    // "corrected its earlier count"
    if (DETERMINED.test(lower(grammar, at - 2))) {
      tags[at - 1] = TAG.ADJ;
      tags[at] = TAG.NOUN;
    }
  } else if (word === 'general' && TITLED.test(before)) tags[at] = TAG.NOUN;
  else if (tag === 'VERB' && /^(?:radio|television)$/.test(word)) tags[at] = TAG.NOUN;
  else if (tag === 'ADJ' && cueOf(word, 'en')?.against && word.endsWith('ed') && BEFORE_PASSIVE.test(before))
    tags[at] = TAG['VERB-Part'];
  else if (tag === 'ADV' && upos(grammar, at + 1) === 'DET' && PLACES.test(word)) tags[at] = TAG.ADP;
  else if (tag === 'NOUN' && /^(?:he|she|it|they)$/.test(before) && cueOf(word, 'en')?.form === 'finite')
    tags[at] = TAG['VERB-Fin'];
  else if (tag === 'NOUN' && /^reads?$/.test(word))
    if (isMark(grammar, at + 1, ':') && isQuotation(grammar, at + 2)) tags[at] = TAG['VERB-Fin'];
}

const BEFORE_PASSIVE = /^(?:is|are|was|were|been|being|be)$/;
const PLACES = /^(?:below|above|inside|outside|behind|near|along|across|around|under|over|opposite)$/;

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
    while (!ends(chunks[from - 1]) && !opensBareClause(grammar, from - 1)) from--;
    const relative = chunks[from - 1]?.kind === 'relative' && from < at;
    if (!relative && (chunks[from]?.kind === 'preposition' || chunks[from]?.kind === 'verb')) return;
    // "A statement issued after her meeting said": with no object, what follows "after" tells when, and a verb comes.
    const after = /^(?:after|before|since|until)$/.test(lower(grammar, chunks[at + 1]?.head ?? -1))
      ? at + 2
      : -1;
    if (after > 0 && chunks[after]?.kind === 'noun' && chunks[after + 1]?.kind === 'preposition')
      if (chunks[after + 3]?.verb?.form === 'finite') return;
    if (after > 0 && chunks[after]?.kind === 'noun' && chunks[after]!.time && chunks[after + 1]?.verb) return;
    let to = at + 1;
    while (to < chunks.length && !ends(chunks[to])) to++;
    // "X, a voter raised in Chile, said": between commas, before a finite verb, it only tells more.
    const aside =
      chunks[from - 1]?.kind === 'comma' &&
      chunks[to]?.kind === 'comma' &&
      chunks[to + 1]?.verb?.form === 'finite';
    if (aside) return;
    // The verb of a relative clause does not count: "groups that backed him say".
    let spare = relative ? 1 : 0;
    for (let index = from; index < chunks.length && (index <= at || !ends(chunks[index])); index++)
      if (chunks[index]!.verb?.form === 'finite' && spare-- <= 0) return;
    chunk.verb!.form = 'finite';
  });
}

/** "He said *police used* force": a verb of saying that takes a clause without "that", and no hearer. */
function opensBareClause(grammar: Grammar, at: number): boolean {
  const chunk = grammar.chunks[at];
  if (chunk?.verb?.form !== 'finite' || chunk.verb.passive) return false;
  const cue = cueOf(lower(grammar, chunk.head), 'en');
  return cue?.bare === true && !cue.hearer && !cue.object && !cue.weak;
}

// --- chunks

/** « affirmait lui-même que », "said himself that": between a verb and what it governs. */
const EMPHATIC = /^(?:lui-même|elle-même|eux-mêmes|elles-mêmes|himself|herself|itself|themselves)$/;

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
  if (THAT[language].test(word) && (tag !== 'DET' || opensClause(grammar, at)) && isClauseMark(grammar, at))
    return one('that');
  if (word === 'that' && afterHearer(grammar, at)) return one('that');
  if (
    RELATIVE[language].test(word) ||
    (grammar.tags[at] === TAG['PRON-Rel'] && /^(?:that|que|qu')$/.test(word))
  )
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

/**
 * "told planners that", "said after the hearing that": past its hearer, a time or an occasion, a verb of saying still
 * governs its clause; where a finite verb follows, "that" is a relative.
 */
function afterHearer(grammar: Grammar, at: number): boolean {
  const { chunks, language } = grammar;
  const isTensed = (index: number) => isVerbal(grammar, index) && verbForm(grammar, index) === 'Fin';
  if (isTensed(at + 1) && !isTensed(at + 2)) return false;
  for (let left = chunks.length - 1; left >= 0 && left > chunks.length - 6; left--) {
    const chunk = chunks[left]!;
    if (chunk.kind === 'verb') {
      const cue = cueOf(lower(grammar, chunk.head), language);
      const hearer = left === chunks.length - 2 && chunks.at(-1)!.kind === 'noun' && !chunks.at(-1)!.time;
      return cue !== undefined && (hearer ? cue.hearer : cue.clause);
    }
    if (!/^(?:noun|preposition|adverb)$/.test(chunk.kind)) return false;
  }
  return false;
}

/** Whether a finite verb follows before the next mark: "denied that tear gas had been used", not "denied that claim". */
function opensClause(grammar: Grammar, at: number): boolean {
  for (let index = at + 2; index < at + 14; index++) {
    if (grammar.items[index] === undefined || grammar.items[index]!.kind === 'mark') return false;
    if (isVerbal(grammar, index) && verbForm(grammar, index) === 'Fin')
      return grammar.chunks.at(-1)?.kind === 'verb';
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
