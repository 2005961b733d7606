// What a number counts: the noun phrase after it ("97 unaccompanied minors"), before it ("the number of arrests rose to
// 45", "deaths: 12"), or in the clause before ("of whom 97").
import type { Span } from '../record/suggestion.ts';
import { lexiconOf, monthOf } from './lexicon.ts';
import type { NumberMention } from './number.ts';
import type { Language } from './propose.ts';
import { TAG } from './tag.ts';
import type { Token } from './text-model.ts';

/** A noun phrase that says what is counted. */
export interface Counted extends Span {
  /** Token indices of its first word and of what follows it. */
  from: number;
  to: number;
  /** Whether its head is a noun for people or things counted in this field. */
  known: boolean;
}

const lowerAt = (tokens: Token[], at: number): string => tokens[at]?.lower ?? '';

const MORE =
  /^(?:more|additional|other|others|new|further|extra|different|separate|consecutive|straight|previous|supplémentaires|autres|nouveaux|nouvelles|premiers|premières|derniers|dernières|différents|différentes)$/;

/** Words that end a noun phrase without being in a closed class: verbs that often follow a counted noun at once. */
const VERB: Record<Language, RegExp> = {
  en: /^(?:said|says|were|was|had|has|have|died|lost|won|came|went|took|made|found|live|lived|lives|fled|fell|rose|told|held|got|saw|left|put|set|ran|sat|spent|paid|became|began|worth|each|here|there|ago|later|today|yesterday|tonight|tomorrow|compared|including|according|down|up|so|far|than)$/,
  fr: /^(?:vivent|vivaient|dorment|dormaient|meurent|sont|ont|étaient|avaient|arrivent|restent|attendent|auraient|seraient|peuvent|doivent|selon|dont|environ|contre|ici|hier|chaque|par|soit|plus|moins)$/,
};

const IRREGULAR =
  /^(?:people|men|women|children|police|staff|personnel|policemen|policewomen|troops|gendarmes|fishermen|crew|media|data|percent|lives|wives|teeth|feet|mice|sheep|fish|cattle|aircraft|ships|craft|series|species|youth|elderly|dead|wounded|injured|missing|homeless|clergy|folk)$/;

/** Whether a word looks like a plural noun: what a number above one counts ends in one, but for a few. */
export function isPlural(word: string, language: Language): boolean {
  if (IRREGULAR.test(word)) return language === 'en';
  return language === 'fr'
    ? /[^ui]s$|[aeo]ux$|is$|us$/.test(word) && word.length > 3
    : /[^su'i]s$|ies$/.test(word) && word.length > 3;
}

const FRENCH_ADJECTIVE =
  /(?:isolée?s|accompagnée?s|aires|ales|aux|ifs|ives|iens|iennes|ains|aines|ais|aises|ois|oises|eux|euses|antes|istes|ques|ibles|ables|iers|ières|ées|adultes|humains?|sûrs|neufs|neuves)$/;
/** Participles that say what happened to what is counted, not what it is: « blessées », « expulsées ». */
const FRENCH_PARTICIPLE =
  /^(?:expulsée?s|évacuée?s|interpellée?s|arrêtée?s|tuée?s|blessée?s|noyée?s|logée?s|hébergée?s|secourue?s|confisquée?s|installée?s|recensée?s|prévue?s|engagée?s|réparties?|répartis|venue?s|arrivée?s|présente?s|employée?s|morte?s|disparue?s|transférée?s|placée?s|déposée?s|comptée?s|enregistrée?s)$/;
/** Nouns whose complement belongs to what is counted: « demandeurs d'asile », « places d'hébergement », « femmes de ménage ». */
const FIXED =
  /^(?:demandeurs|demandeuses|places|demandes|titres|mesures|lieux|points|forces|centres|gardes|tentatives|repas|nuits|billets|permis|sacs|arrêtés|cas|actes|agents|agentes|bouteilles|heures)$/;

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

/** The noun phrase that begins at a token, read from parts of speech. */
function taggedPhrase(tokens: Token[], start: number, language: Language, tags: Uint8Array): Counted | null {
  const lexicon = lexiconOf(language);
  let head = -1;
  let at = start;
  for (; at < tokens.length && at < start + 8; at++) {
    const token = tokens[at]!;
    const tag = tags[at]!;
    if (token.kind !== 'word' || token.lower === "'s") break;
    const noun =
      lexicon.people.has(token.lower) ||
      lexicon.things.has(token.lower) ||
      tag === TAG.NOUN ||
      tag === TAG.PROPN;
    if (noun && !VERB[language].test(token.lower)) {
      // "300 people Tuesday": a name after the head is another phrase; French nouns do not pile up.
      const adjective =
        language === 'fr' && (lexicon.people.has(token.lower) || FRENCH_ADJECTIVE.test(token.lower));
      if (head >= 0 && adjective && !token.capital && !FRENCH_PARTICIPLE.test(token.lower)) continue;
      if (head >= 0 && ((tag === TAG.PROPN && tags[head] !== TAG.PROPN) || language === 'fr')) break;
      head = at;
      continue;
    }
    const modifies =
      tag === TAG.ADJ || tag === TAG['VERB-Part'] || tag === TAG['VERB-Ger'] || MORE.test(token.lower);
    if (head >= 0) {
      if (language === 'fr' && tag === TAG.ADJ && !FRENCH_PARTICIPLE.test(token.lower)) continue;
      if (
        language === 'fr' &&
        tag === TAG['VERB-Part'] &&
        FRENCH_ADJECTIVE.test(token.lower) &&
        !FRENCH_PARTICIPLE.test(token.lower)
      )
        continue;
      if (language === 'fr' && token.lower === 'non') continue;
      if (language === 'fr' && (isComplement(tokens, at) || isTaggedComplement(tokens, at, tags))) {
        at++;
        continue;
      }
      break;
    }
    const joins =
      (tag === TAG.CCONJ && tags[at - 1] === TAG.ADJ && tags[at + 1] === TAG.ADJ) ||
      (tag === TAG.ADV && tags[at + 1] === TAG.ADJ) ||
      (tag === TAG.ADV && tags[at + 1] === TAG['VERB-Part']);
    if (!modifies && !joins) return null;
  }
  if (head < 0) return null;
  const to = language === 'fr' ? at : head + 1;
  return {
    start: tokens[start]!.start,
    end: tokens[to - 1]!.end,
    from: start,
    to,
    known: knownBetween(tokens, start, to, language),
  };
}

/** The noun phrase that begins at a token, to its head and what belongs to it, read from the words alone. */
function phraseAt(tokens: Token[], start: number, language: Language, singular: boolean): Counted | null {
  const lexicon = lexiconOf(language);
  let at = start;
  while (at < tokens.length && at < start + 6) {
    const token = tokens[at]!;
    if (token.kind === 'mark' && token.text === "'" && at > start) return null;
    if (token.kind !== 'word' || token.lower === "'s") return null;
    const noun =
      lexicon.people.has(token.lower) || lexicon.things.has(token.lower) || lexicon.roles.has(token.lower);
    const stops = lexicon.functionWords.has(token.lower) || VERB[language].test(token.lower);
    if (!noun && stops && !MORE.test(token.lower)) return null;
    if (
      MORE.test(token.lower) ||
      (!noun && !isPlural(token.lower, language) && !(singular && isLast(tokens, at, language)))
    ) {
      at++;
      continue;
    }
    // « quatre longues nuits », « plusieurs nouvelles tentes »: an adjective in the plural stands before its noun.
    if (language === 'fr' && !noun && FRENCH_BEFORE.test(token.lower)) {
      at++;
      continue;
    }
    at++;
    const to = phraseEnd(tokens, start, at, language);
    return {
      start: tokens[start]!.start,
      end: tokens[to - 1]!.end,
      from: start,
      to,
      known: noun || knownBetween(tokens, start, to, language),
    };
  }
  return null;
}

const FRENCH_BEFORE =
  /^(?:grands|grandes|petits|petites|jeunes|nouveaux|nouvelles|longues|longs|gros|grosses|bons|bonnes|vieux|vieilles|autres|premiers|premières|derniers|dernières|anciens|anciennes|vrais|vraies|principaux|principales)$/;

/** Whether nothing of the noun phrase can follow: the head of "one more child". */
function isLast(tokens: Token[], at: number, language: Language): boolean {
  const next = tokens[at + 1];
  return (
    next?.kind !== 'word' ||
    lexiconOf(language).functionWords.has(next.lower) ||
    VERB[language].test(next.lower)
  );
}

/** "police officers", "asylum seekers", « mineurs isolés », « demandeurs d'asile »: to where the noun goes on. */
function phraseEnd(tokens: Token[], start: number, from: number, language: Language): number {
  let at = from;
  while (at < tokens.length && at < start + 7) {
    if (continues(tokens, at, language)) at++;
    else if (
      language === 'fr' &&
      lowerAt(tokens, at) === 'non' &&
      /accompagnée?s$/.test(lowerAt(tokens, at + 1))
    )
      at += 2;
    else if (language === 'fr' && isComplement(tokens, at)) at += 2;
    else break;
  }
  return at;
}

/** « d'asile », « de séjour » after a noun that needs it, and not a name or a place. */
function isComplement(tokens: Token[], at: number): boolean {
  const noun = tokens[at + 1];
  if (!FIXED.test(lowerAt(tokens, at - 1)) || !/^d(?:e|')$/.test(lowerAt(tokens, at))) return false;
  return noun?.kind === 'word' && !noun.capital && !lexiconOf('fr').functionWords.has(noun.lower);
}

/** « opérations d'expulsion », « postes de sage-femme »: a bare noun after « de » says what kind. */
function isTaggedComplement(tokens: Token[], at: number, tags: Uint8Array): boolean {
  const noun = tokens[at + 1];
  if (!/^d(?:e|')$/.test(lowerAt(tokens, at)) || noun?.kind !== 'word' || noun.capital) return false;
  if (
    /^(?:plus|moins|nouveau|retour|passage|suite|loin|façon|manière|suite|part|mieux|trop|source)$/.test(
      noun.lower,
    )
  )
    return false;
  if (monthOf(noun.lower, 'fr') !== undefined) return false;
  return tags[at + 1] === TAG.NOUN && tags[at - 1] !== TAG.ADJ && !lexiconOf('fr').people.has(noun.lower);
}

function continues(tokens: Token[], at: number, language: Language): boolean {
  const token = tokens[at]!;
  if (token.kind !== 'word' || token.capital) return false;
  const lexicon = lexiconOf(language);
  if (lexicon.functionWords.has(token.lower) || VERB[language].test(token.lower)) return false;
  if (language === 'fr')
    return (
      !FRENCH_PARTICIPLE.test(token.lower) &&
      (FRENCH_ADJECTIVE.test(token.lower) || token.lower === 'non-accompagnés' || token.lower === 'mineurs')
    );
  return lexicon.people.has(token.lower) || lexicon.roles.has(token.lower) || isPlural(token.lower, 'en');
}

function knownBetween(tokens: Token[], from: number, to: number, language: Language): boolean {
  const lexicon = lexiconOf(language);
  for (let at = from; at < to; at++) {
    if (lexicon.people.has(tokens[at]!.lower) || lexicon.things.has(tokens[at]!.lower)) return true;
  }
  return false;
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
