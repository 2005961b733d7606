// What a number counts: the noun phrase after it ("97 unaccompanied minors"), before it ("the number of arrests rose to
// 45", "deaths: 12"), or in the clause before ("of whom 97").
import { lexiconOf } from './lexicon.ts';
import {
  type Counted,
  FRENCH_PARTICIPLE,
  isPlural,
  knownBetween,
  MORE,
  phraseAt,
  taggedPhrase,
  VERB,
} from './noun-phrase.ts';
import type { NumberMention } from './number.ts';
import type { Language } from './propose.ts';
import { TAG } from './tag.ts';
import type { Token } from './text-model.ts';

const lowerAt = (tokens: Token[], at: number): string => tokens[at]?.lower ?? '';

/** The noun phrase right after a number, or after "of" for shares: « 12 % des personnes », "2,300 migrants". */
export function countedAfter(
  tokens: Token[],
  number: NumberMention,
  language: Language,
  tags: Uint8Array | null = null,
): Counted | null {
  const lexicon = lexiconOf(language);
  const { quantity } = number;
  const measured = quantity.unit !== null && !quantity.unit.startsWith('/');
  let at = number.to;
  if (quantity.hyphen) return null;
  const word = lowerAt(tokens, at);
  if (/^(?:of|de|d'|des|du)$/.test(word)) {
    if (word === 'de' && /^(?:plus|moins)$/.test(lowerAt(tokens, at + 1))) return null;
    if (
      /^(?:them|those|these|which|whom|us|the|eux|elles|ceux|celles|la|l')$/.test(lowerAt(tokens, at + 1)) &&
      lowerAt(tokens, at + 1) !== 'the' &&
      lowerAt(tokens, at + 1) !== 'la' &&
      lowerAt(tokens, at + 1) !== "l'" &&
      !lexicon.determiners.has(lowerAt(tokens, at + 1))
    )
      return null;
    const scaled =
      quantity.vague ||
      (quantity.value ?? quantity.high ?? 0) >= 1e6 ||
      measured ||
      quantity.kind === 'share';
    at++;
    while (at < tokens.length && lexicon.determiners.has(lowerAt(tokens, at)) && at < number.to + 4) at++;
    // "one of the agents" counts nothing but itself; "300 of the migrants" does.
    if (!scaled && quantity.one) return null;
  } else if (MORE.test(word)) {
    if (quantity.unit === '%') return null;
  } else if (measured && quantity.fraction === null) return null;
  const tagged = tags ? taggedPhrase(tokens, at, language, tags) : null;
  return tagged ?? phraseAt(tokens, at, language, quantity.value === 1);
}

const NUMBER_OF: Record<Language, RegExp> = {
  en: /^(?:number|numbers|total|count|tally|toll|amount|proportion|share|percentage|rate|population)$/,
  fr: /^(?:nombre|total|bilan|quantité|proportion|part|taux|population|chiffre)$/,
};
const LINKING: Record<Language, RegExp> = {
  en: /^(?:is|was|were|are|be|been|has|have|had|to|at|by|rose|rise|rises|risen|rising|fell|fallen|falls|falling|dropped|drops|increased|decreased|grew|grown|climbed|jumped|reached|stood|stands|totalled|numbered|numbers|exceeded|doubled|tripled|halved|would|could|will|may|might|now|already|from|also|only|just|up|down|then|sharply|slightly|more|than|over|about|around|nearly|almost|some|had|more|declined|soared|surged|plunged|shrank|and|again|reportedly)$/,
  fr: /^(?:est|était|étaient|sont|a|ont|avait|avaient|été|au|nombre|à|de|d'|du|passé|passée|passés|passées|passe|passent|atteint|atteignait|s'|élève|élevait|augmenté|baissé|diminué|chuté|reculé|progressé|grimpé|bondi|doublé|triplé|quadruplé|en|hausse|baisse|recul|dépasse|dépassé|dépassait|serait|aurait|plus|moins|près|environ|quelque|que|désormais|déjà|presque|ainsi|aussi|même|fortement|légèrement|encore|ensuite)$/,
};

/**
 * What is counted where nothing follows the number: "the number of *arrests* rose to 45", "*deaths*: 12", "*arrivals*
 * rose by 12 %". Looks back through words that link a subject to its number, no further.
 */
export function countedBefore(tokens: Token[], number: NumberMention, language: Language): Counted | null {
  let at = number.from - 1;
  // "a population of 72,000"
  if (/^(?:of|de|d')$/.test(lowerAt(tokens, at)) && singularCount(lowerAt(tokens, at - 1))) {
    const noun = tokens[at - 1]!;
    return { start: noun.start, end: noun.end, from: at - 1, to: at, known: true };
  }
  if (lowerAt(tokens, at) === ':' || lowerAt(tokens, at) === '(') {
    const head = at - 1;
    if (head >= 0 && isNounLike(tokens, head, language)) return backFrom(tokens, head, language);
    return null;
  }
  const floor = Math.max(0, at - 14);
  let moved = 0;
  while (at >= floor && tokens[at]!.kind === 'word' && LINKING[language].test(tokens[at]!.lower)) {
    at--;
    moved++;
  }
  if (at < floor || tokens[at]!.kind !== 'word') return null;
  const verbal = moved > 0 || number.bound === 'change';
  if (!verbal) return null;
  return backFrom(tokens, at, language);
}

function isNounLike(tokens: Token[], at: number, language: Language): boolean {
  const token = tokens[at]!;
  return (
    token.kind === 'word' &&
    !lexiconOf(language).functionWords.has(token.lower) &&
    !VERB[language].test(token.lower) &&
    /^\p{L}/u.test(token.text)
  );
}

/** "the tents seized", « les tentes saisies »: what happened to it is no part of what is counted. */
function withoutParticiple(tokens: Token[], end: number, language: Language): number {
  const word = lowerAt(tokens, end);
  const noun = lowerAt(tokens, end - 1);
  const ended =
    language === 'fr'
      ? FRENCH_PARTICIPLE.test(word) || /(?:ées?|ies?|és|is|us|ues)$/.test(word)
      : /(?:ed|taken|seen|held|made|known|born)$/.test(word);
  const lexicon = lexiconOf(language);
  return ended && !lexicon.people.has(word) && isPlural(noun, language) && !lexicon.functionWords.has(noun)
    ? end - 1
    : end;
}

/** Past a place between a subject and its verb: the head of "arrests in the town" is "arrests". Null: no head in sight. */
function headBefore(tokens: Token[], end: number, language: Language): number | null {
  const lexicon = lexiconOf(language);
  const article = lexicon.determiners.has(lowerAt(tokens, end - 1)) ? 1 : 0;
  const preposition = lowerAt(tokens, end - 1 - article);
  if (!/^(?:in|at|of|near|à|au|en|aux|dans|from|de|d'|du|des)$/.test(preposition)) return end;
  const noun = end - 2 - article;
  if (noun < 0) return article > 0 ? end : null;
  if (/^(?:of|de|d'|des)$/.test(preposition) && NUMBER_OF[language].test(lowerAt(tokens, noun))) return end;
  if (lexicon.people.has(lowerAt(tokens, end))) return end;
  if (isNounLike(tokens, noun, language)) return noun;
  return article > 0 ? end : null;
}

/** The noun phrase that ends at a token: its modifiers back to a determiner, through "number of" and its like. */
function backFrom(tokens: Token[], end: number, language: Language): Counted | null {
  const lexicon = lexiconOf(language);
  const head = headBefore(tokens, withoutParticiple(tokens, end, language), language);
  if (head === null) return null;
  if (!isNounLike(tokens, head, language)) return null;
  let from = head;
  while (from > 0 && from > head - 4) {
    const token = tokens[from - 1]!;
    if (token.kind !== 'word' || lexicon.functionWords.has(token.lower) || VERB[language].test(token.lower))
      break;
    if (LINKING[language].test(token.lower)) break;
    from--;
  }
  const noun = NUMBER_OF[language].test(lowerAt(tokens, head));
  if (noun && head === from) return null;
  if (
    !isPlural(lowerAt(tokens, head), language) &&
    !isPlural(lowerAt(tokens, from), language) &&
    !noun &&
    !singularCount(lowerAt(tokens, head))
  )
    return null;
  return {
    start: tokens[from]!.start,
    end: tokens[head]!.end,
    from,
    to: head + 1,
    known: knownBetween(tokens, from, head + 1, language),
  };
}

/** Nouns in the singular that stand for an amount of their own. */
function singularCount(word: string): boolean {
  return /^(?:population|unemployment|inflation|attendance|capacity|turnout|spending|budget|violence|crime|traffic|production|chômage|fréquentation|capacité|participation|délinquance|criminalité|trafic|consommation)$/.test(
    word,
  );
}

/** "of whom 97", "97 of them", « dont 97 »: the number is a part of what was counted before it. */
export function isPart(tokens: Token[], number: NumberMention, language: Language): boolean {
  const before = lowerAt(tokens, number.from - 1);
  const before2 = lowerAt(tokens, number.from - 2);
  const after = lowerAt(tokens, number.to);
  const after2 = lowerAt(tokens, number.to + 1);
  if (/^(?:with|to|against|contre|à)$/.test(before) && /^(?:compared|comparé|contre|against)$/.test(before2))
    return true;
  if (before === 'contre') return true;
  if (language === 'fr') return before === 'dont' || (/^d'$/.test(after) && after2 === 'entre');
  return (
    (before2 === 'of' && /^(?:whom|which|these|those|them)$/.test(before)) ||
    (after === 'of' && /^(?:them|whom|these|those|which)$/.test(after2)) ||
    /^including$/.test(before)
  );
}

/** "three times as many *families*", « trois fois plus de *familles* ». */
export function ratioNoun(
  tokens: Token[],
  number: NumberMention,
  language: Language,
  tags: Uint8Array | null,
): Counted | null {
  let at = number.to;
  const last = lowerAt(tokens, at - 1);
  if (language === 'fr' && /^d(?:e|')$/.test(lowerAt(tokens, at))) at++;
  else if (!/^(?:many|more|much)$/.test(last)) return null;
  return (tags ? taggedPhrase(tokens, at, language, tags) : null) ?? phraseAt(tokens, at, language, false);
}

const COPULA: Record<Language, RegExp> = {
  en: /^(?:is|are|was|were|be|being|been|have|has|had)$/,
  fr: /^(?:est|sont|était|étaient|été|être|ont|avaient|a|seraient|auraient|serait)$/,
};

/**
 * What a number alone is said to be: "97 of them were *children*", "23 were *wounded*", « 23 ont été *blessées* ». The
 * predicate says what is counted where no noun does.
 */
export function countedIn(
  tokens: Token[],
  number: NumberMention,
  language: Language,
  tags: Uint8Array | null,
): Counted | null {
  let at = number.to;
  if (
    /^(?:of|d')$/.test(lowerAt(tokens, at)) &&
    /^(?:them|whom|these|those|which|entre)$/.test(lowerAt(tokens, at + 1))
  )
    at += lowerAt(tokens, at + 1) === 'entre' ? 3 : 2;
  const from = at;
  while (at < from + 3 && COPULA[language].test(lowerAt(tokens, at))) at++;
  if (at === from && at === number.to) return null;
  while (/^(?:des|de|d'|les|the|also|aussi|mostly|encore|still)$/.test(lowerAt(tokens, at))) at++;
  const token = tokens[at];
  if (token?.kind !== 'word') return null;
  const noun = tags ? taggedPhrase(tokens, at, language, tags) : phraseAt(tokens, at, language, false);
  if (noun?.known) return noun;
  const participle = tags
    ? tags[at] === TAG['VERB-Part']
    : language === 'fr'
      ? FRENCH_PARTICIPLE.test(token.lower)
      : /^(?:killed|wounded|injured|arrested|evicted|detained|rescued|missing|hospitalised|hospitalized|deported|expelled|displaced)$/.test(
          token.lower,
        );
  if (!participle || at === from) return null;
  return { start: token.start, end: token.end, from: at, to: at + 1, known: true };
}

/** « estime à 500 *le nombre d'exilés* », "put at 500 the number of dead". */
export function countedAs(
  tokens: Token[],
  number: NumberMention,
  language: Language,
  tags: Uint8Array | null,
): Counted | null {
  const at = number.to;
  if (!/^(?:le|the)$/.test(lowerAt(tokens, at)) || !NUMBER_OF[language].test(lowerAt(tokens, at + 1)))
    return null;
  if (!/^(?:of|de|d'|des)$/.test(lowerAt(tokens, at + 2))) return null;
  return tags ? taggedPhrase(tokens, at + 3, language, tags) : phraseAt(tokens, at + 3, language, false);
}
