// The noun phrase at a number, by parts of speech where there are any, else by the words alone.
import type { Span } from '../record/suggestion.ts';
import { lexiconOf, monthOf } from './lexicon.ts';
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

/** Words between a number and its noun that say which: "300 *more* people". */
export const MORE =
  /^(?:more|additional|other|others|new|further|extra|different|separate|consecutive|straight|previous|supplémentaires|autres|nouveaux|nouvelles|premiers|premières|derniers|dernières|différents|différentes)$/;

/** Words that end a noun phrase without being in a closed class: verbs that often follow a counted noun at once. */
export const VERB: Record<Language, RegExp> = {
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
export const FRENCH_PARTICIPLE =
  /^(?:expulsée?s|évacuée?s|interpellée?s|arrêtée?s|tuée?s|blessée?s|noyée?s|logée?s|hébergée?s|secourue?s|confisquée?s|installée?s|recensée?s|prévue?s|engagée?s|réparties?|répartis|venue?s|arrivée?s|présente?s|employée?s|morte?s|disparue?s|transférée?s|placée?s|déposée?s|comptée?s|enregistrée?s)$/;
/** Nouns whose complement belongs to what is counted: « demandeurs d'asile », « places d'hébergement », « femmes de ménage ». */
const FIXED =
  /^(?:demandeurs|demandeuses|places|demandes|titres|mesures|lieux|points|forces|centres|gardes|tentatives|repas|nuits|billets|permis|sacs|arrêtés|cas|actes|agents|agentes|bouteilles|heures)$/;

/** The noun phrase that begins at a token, read from parts of speech. */
export function taggedPhrase(
  tokens: Token[],
  start: number,
  language: Language,
  tags: Uint8Array,
): Counted | null {
  const to = language === 'fr' ? frenchEnd(tokens, start, tags) : englishEnd(tokens, start, tags);
  if (to === 0) return null;
  return {
    start: tokens[start]!.start,
    end: tokens[to - 1]!.end,
    from: start,
    to,
    known: knownBetween(tokens, start, to, language),
  };
}

/** Whether a token is a noun by its tag or by the lexicon, and no verb or closed-class word. */
function isNoun(token: Token, tag: number, language: Language): boolean {
  if (token.kind !== 'word' || token.lower === "'s" || VERB[language].test(token.lower)) return false;
  const lexicon = lexiconOf(language);
  if (lexicon.people.has(token.lower) || lexicon.things.has(token.lower)) return true;
  return (tag === TAG.NOUN || tag === TAG.PROPN) && !lexicon.functionWords.has(token.lower);
}

const isModifier = (token: Token, tag: number): boolean =>
  tag === TAG.ADJ || tag === TAG['VERB-Part'] || tag === TAG['VERB-Ger'] || MORE.test(token.lower);

/** Whether a word may join the modifiers before a noun: "digital *and* physical", "*newly* arrived". */
function joins(tags: Uint8Array, at: number): boolean {
  const next = tags[at + 1];
  if (tags[at] === TAG.CCONJ) return tags[at - 1] === TAG.ADJ && next === TAG.ADJ;
  return tags[at] === TAG.ADV && (next === TAG.ADJ || next === TAG['VERB-Part']);
}

/** Where an English noun phrase ends: modifiers, then nouns up to the head; 0 where there is none. */
function englishEnd(tokens: Token[], start: number, tags: Uint8Array): number {
  let head = -1;
  for (let at = start; at < tokens.length && at < start + 8; at++) {
    const token = tokens[at]!;
    if (isNoun(token, tags[at]!, 'en')) {
      const known = lexiconOf('en').people.has(token.lower) || lexiconOf('en').roles.has(token.lower);
      // "300 people Tuesday", "300 people slept": what follows a plural is no part of it, a second plural aside.
      if (head >= 0 && isPlural(tokens[head]!.lower, 'en') && !isPlural(token.lower, 'en') && !known) break;
      if (head >= 0 && tags[at] === TAG.PROPN && tags[head] !== TAG.PROPN) break;
      head = at;
    } else if (head >= 0) break;
    else if (token.kind !== 'word' || !(isModifier(token, tags[at]!) || joins(tags, at))) return 0;
  }
  return head + 1;
}

/** Where a French noun phrase ends: its noun, then adjectives and a bare complement after it; 0 where there is none. */
function frenchEnd(tokens: Token[], start: number, tags: Uint8Array): number {
  let at = start;
  while (at < tokens.length && at < start + 5 && !isNoun(tokens[at]!, tags[at]!, 'fr')) {
    const token = tokens[at]!;
    if (token.kind !== 'word' || !(isModifier(token, tags[at]!) || joins(tags, at))) return 0;
    at++;
  }
  if (at >= tokens.length || at >= start + 5) return 0;
  // « quatre jeunes exilés »: the first noun may be an adjective of the next.
  if (FRENCH_BEFORE.test(tokens[at]!.lower) && tokens[at + 1] && isNoun(tokens[at + 1]!, tags[at + 1]!, 'fr'))
    at++;
  at++;
  let complement = false;
  while (at < tokens.length && at < start + 9) {
    const token = tokens[at]!;
    if (token.lower === 'non' && /accompagnée?s$/.test(lowerAt(tokens, at + 1))) at += 2;
    else if (isFrenchAdjective(token, tags[at]!)) at++;
    else if (!complement && (isComplement(tokens, at) || isTaggedComplement(tokens, at, tags))) {
      complement = true;
      at += 2;
    } else break;
  }
  return at;
}

/** Whether a word after a French noun says what kind it is, and not what happened to it. */
function isFrenchAdjective(token: Token, tag: number): boolean {
  if (token.kind !== 'word' || token.capital || FRENCH_PARTICIPLE.test(token.lower)) return false;
  const lexicon = lexiconOf('fr');
  if (lexicon.functionWords.has(token.lower) || VERB.fr.test(token.lower)) return false;
  if (tag === TAG.ADJ) return true;
  return (
    FRENCH_ADJECTIVE.test(token.lower) &&
    (tag === TAG['VERB-Part'] || tag === TAG.NOUN || lexicon.people.has(token.lower))
  );
}

/** The noun phrase that begins at a token, to its head and what belongs to it, read from the words alone. */
export function phraseAt(
  tokens: Token[],
  start: number,
  language: Language,
  singular: boolean,
): Counted | null {
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

/** Whether one of the words is a noun of this field. */
export function knownBetween(tokens: Token[], from: number, to: number, language: Language): boolean {
  const lexicon = lexiconOf(language);
  for (let at = from; at < to; at++) {
    if (lexicon.people.has(tokens[at]!.lower) || lexicon.things.has(tokens[at]!.lower)) return true;
  }
  return false;
}
