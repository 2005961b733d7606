// Noun phrases as chunks: from the determiner to the noun and what directly belongs to it.
import {
  type Chunk,
  type Grammar,
  isInitialStop,
  isQuotation,
  isVerbal,
  lower,
  POSSESSIVE,
  upos,
  verbForm,
} from './grammar.ts';
import { monthOf, weekdayOf } from './lexicon.ts';
import type { Language } from './propose.ts';

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
export function nounPhrase(grammar: Grammar, at: number): Chunk | null {
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
      // "a 17-year-old boy"
      const joins =
        item.text === '-' && items[index - 1]?.end === item.start && item.end === items[index + 1]?.start;
      if (joins && index > at && upos(grammar, index - 1) === 'NUM') {
        head = -1;
        continue;
      }
      if (item.text === '&' && head >= 0 && items[index + 1]?.capital) continue;
      const bare = (item.text === "'" || item.text === '’') && items[index - 1]?.end === item.start;
      if (
        bare &&
        head >= 0 &&
        /s$/.test(lower(grammar, index - 1)) &&
        (startsNominal(grammar, index + 1) || upos(grammar, index + 1) === 'ADJ')
      ) {
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
    const opensBoth = language === 'en' && /^(?:both|either|neither)$/.test(word) && index === at;
    // « le numéro un de la CFDT »
    const ranked = head >= at && head === index - 1 && /^(?:un|deux|trois)$/.test(word);
    if (ranked && lower(grammar, head) === 'numéro') continue;
    if (
      tag === 'DET' ||
      (opensBoth && (startsNominal(grammar, index + 1) || upos(grammar, index + 1) === 'PRON')) ||
      (language === 'en' && POSSESSIVE.test(word) && startsNominal(grammar, index + 1))
    ) {
      // « Guirec Le Bras »: an article in capitals between capitals belongs to the name.
      if (head >= 0 && item.capital && items[index - 1]!.capital && items[index + 1]?.capital) continue;
      if (head >= 0 || index > at + 2) break;
      determined = true;
    } else if (tag === 'PRON') {
      // « l'un d'eux »
      const one = lower(grammar, at) === "l'" && /^(?:une?|autre)$/.test(word);
      const both = /^(?:both|either|neither)$/.test(lower(grammar, at));
      if (index > at && !(index === at + 1 && (one || both))) break;
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
      const compound = items[index + 1]?.text === '-' && items[index + 1]!.start === item.end;
      if (head < 0 && index === at && !compound && !startsNominal(grammar, index + 1)) head = index;
      if (head >= 0 && index > head && startsNominal(grammar, index + 1) && !items[index - 1]!.capital) break;
    } else if (tag === 'ADJ') {
      if (head >= 0) {
        const joins =
          language === 'fr'
            ? true
            : isNominal(grammar, index + 1) && (items[index]!.capital || upos(grammar, head) === 'PROPN');
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
export function isTitle(grammar: Grammar, at: number): boolean {
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
