// Noun phrases taken apart: the name, the function, and what kind of party they name.
import type { Span } from '../record/suggestion.ts';
import { type Grammar, isInitialStop, lower, upos } from './grammar.ts';
import { type Gender, monthOf, type Pronoun, weekdayOf } from './lexicon.ts';

/** A phrase that names somebody. */
export interface Phrase extends Span {
  /** First item, and the one after the last. */
  from: number;
  to: number;
  name: string | null;
  /** The function in which the name or the phrase stands: "interior minister". */
  role: string | null;
  /** What the phrase is about: a person, a body, several people, a bare name, a pronoun, or something unknown. */
  kind: 'person' | 'body' | 'people' | 'name' | 'pronoun' | 'other';
  /** The phrase without a leading article where it names a body, else as it stands. */
  description: string;
  pronoun: Pronoun | null;
  /** The noun that carries the role, in lower case: "minister". */
  head: string | null;
  gender: Gender;
  definite: boolean;
  /** The short form a text gives in brackets after a name: "Médecins du monde (MDM)". */
  abbreviation: string | null;
}

const PARTICLES = new Set('de du des van von der den bin ben ibn al el le la di da dos del'.split(' '));
/** Phrases that stand for the one named last, as pronouns do. */
const STANDS_FOR = new Map<string, Pronoun>(
  (
    [
      ['ce dernier', 'm'],
      ['cette dernière', 'f'],
      ['celui-ci', 'm'],
      ['celle-ci', 'f'],
      ["l'intéressé", 'm'],
      ["l'intéressée", 'f'],
      ['the latter', null],
      ['the former', null],
    ] as const
  ).map(([words, gender]) => [words, { refers: 'person', gender }]),
);
const DEFINITE = new Set("the this that these those le la les l' ce cet cette ces".split(' '));

/** Prepositions that have swallowed the article of the phrase after them. */
const CONTRACTED = new Map([
  ['au', 'le'],
  ['du', 'le'],
  ['aux', 'les'],
]);

/** Words that open sentences with a capital and name nobody. */
const SENTENCE_OPENERS = new Set(
  'last next such what speaking asked responding reacting finally first second both there interviewé interrogé invité contacté contactée interrogée jointe joint dernier dernière'.split(
    ' ',
  ),
);

/** Whether an item is a capitalised word that is not merely an ordinary word at the start of a sentence. */
export function isNameWord(grammar: Grammar, index: number): boolean {
  const item = grammar.items[index];
  if (!item?.capital || item.kind !== 'word') return false;
  if (grammar.lexicon.functionWords.has(item.lower)) {
    // "Theresa May", "Osama bin Laden": a function word in capitals behind a name belongs to it.
    const behindName =
      index > 0 && grammar.items[index - 1]!.capital && grammar.lexicon.modals.has(item.lower);
    if (!behindName && !(PARTICLES.has(item.lower) && index > 0)) return false;
  }
  if (index === 0) {
    if (SENTENCE_OPENERS.has(item.lower)) return false;
    const tag = upos(grammar, 0);
    // « Sud-Santé », « CGT »: a capital inside the word is no sentence's.
    if (/^.+\p{Lu}/u.test(item.text)) return true;
    if (tag !== 'PROPN' && tag !== 'X' && !grammar.items[1]?.capital) return false;
  }
  if (weekdayOf(item.lower, grammar.language) !== undefined) return false;
  return !(
    monthOf(item.lower, grammar.language) !== undefined &&
    item.lower !== 'may' &&
    item.lower !== 'april'
  );
}

/** Takes the phrase items[from, to) apart into name, role and kind. */
export function describe(grammar: Grammar, from: number, to: number): Phrase {
  const { text, items, lexicon, language } = grammar;
  const first = items[from]!;
  const last = items[to - 1]!;
  const phrase: Phrase = {
    from,
    to,
    start: first.start,
    end: last.end,
    name: null,
    role: null,
    kind: 'other',
    description: describedAs(text.slice(first.start, last.end), lexicon.determiners.has(first.lower)),
    pronoun: null,
    head: null,
    gender: null,
    definite: DEFINITE.has(first.lower),
    abbreviation: null,
  };
  const contracted = language === 'fr' ? CONTRACTED.get(lower(grammar, from - 1)) : undefined;
  if (contracted && upos(grammar, from - 1) === 'ADP' && !isNameWord(grammar, from)) {
    phrase.description = `${contracted} ${phrase.description}`;
    phrase.definite = true;
    if (contracted === 'le') phrase.gender = 'm';
  }
  const stands = STANDS_FOR.get(phrase.description.toLowerCase().replace('’', "'"));
  if (stands) return { ...phrase, pronoun: stands, kind: 'pronoun', gender: stands.gender };
  if (to - from === 1 && lexicon.pronouns.has(first.lower)) {
    phrase.pronoun = lexicon.pronouns.get(first.lower)!;
    phrase.kind = 'pronoun';
    phrase.gender = phrase.pronoun.gender;
    return phrase;
  }
  let body = lexicon.determiners.has(first.lower) && to - from > 1 ? from + 1 : from;
  if (language === 'fr' && (first.lower === 'la' || first.lower === 'une')) phrase.gender = 'f';
  if (language === 'fr' && (first.lower === 'le' || first.lower === 'un')) phrase.gender = 'm';
  const honorific = honorificIn(grammar, body, to);
  if (honorific !== null) {
    phrase.kind = 'person';
    phrase.gender = lexicon.honorifics.get(items[honorific]!.lower) ?? phrase.gender;
    if (items[honorific + 1]?.text === '.') body = honorific + 2;
    else body = honorific + 1;
    phrase.name = body < to ? text.slice(items[body]!.start, last.end) : null;
    return phrase;
  }
  const bodyName = isBodyName(grammar, body, to);
  const role = bodyName ? null : roleIn(grammar, body, to);
  if (bodyName) {
    phrase.kind = 'body';
  } else if (role !== null) {
    const found = language === 'fr' ? frenchName(grammar, role, to) : englishName(grammar, role, to);
    // « le délégué CGT »: short capitals alone are a body's, and part of the function.
    const short = found === to - 1 && /^\p{Lu}{2,5}$/u.test(items[found]!.text);
    const name = short ? null : found;
    phrase.kind = 'person';
    phrase.head = items[role]!.lower;
    phrase.gender ??= language === 'en' ? genderOfNoun(phrase.head) : genderOfFunction(phrase.head);
    if (name !== null) phrase.name = text.slice(items[name]!.start, last.end);
    const roleTo = name ?? to;
    const roleFrom = afterPossessor(grammar, body, role);
    phrase.role = text.slice(items[roleFrom]!.start, items[roleTo - 1]!.end);
    const plural =
      (/[^s]s$/.test(phrase.head) && lexicon.roles.has(phrase.head.slice(0, -1))) || /men$/.test(phrase.head);
    if (name === null && plural) phrase.kind = 'people';
  } else if (hasWord(grammar, body, to, lexicon.bodies)) {
    phrase.kind = 'body';
    phrase.head = bodyNoun(grammar, body, to);
  } else if (hasWord(grammar, body, to, lexicon.people)) {
    phrase.kind = 'people';
  } else if (isNameWord(grammar, body) || isNameWord(grammar, to - 1)) {
    phrase.kind = 'name';
    // "her colleague James Brokenshire": the name is the capitals at the end.
    let first = to - 1;
    while (first > body && (isNameWord(grammar, first - 1) || isInitialStop(grammar, first - 1))) first--;
    const particled = PARTICLES.has(items[body]!.lower) && first - body <= 3;
    if (particled && isNameWord(grammar, to - 1)) phrase.name = text.slice(items[body]!.start, last.end);
    if (!isNameWord(grammar, body) && isNameWord(grammar, to - 1) && to - first >= 2)
      phrase.name = text.slice(items[first]!.start, last.end);
    if (isNameWord(grammar, body)) phrase.name = text.slice(items[body]!.start, last.end);
    // "Juliette Delaplace of Secours Catholique": two capitals or more before "of" are a name by themselves.
    for (let at = body + 2; language === 'en' && phrase.name !== null && at < to; at++)
      if (/^(?:of|from|at)$/.test(items[at]!.lower)) {
        let capitals = true;
        for (let index = body; index < at; index++) capitals &&= isNameWord(grammar, index);
        if (capitals) phrase.name = text.slice(items[body]!.start, items[at - 1]!.end);
        break;
      }
  }
  return phrase;
}

/** The words of a phrase; an article that has its capital from the sentence loses it. */
export function describedAs(words: string, article: boolean): string {
  return article ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}

/** "Human Rights Observers": all capitals around a plural are the name of a body, not a function. */
function isBodyName(grammar: Grammar, from: number, to: number): boolean {
  const last = grammar.items[to - 1]!;
  // « Médecins du monde »: French gives a plural without an article to names only.
  const opener = grammar.items[from]!;
  if (grammar.language === 'fr')
    return (
      opener.capital &&
      /s$/.test(opener.lower) &&
      isRole(grammar, opener.lower) &&
      !grammar.lexicon.determiners.has(lower(grammar, from - 1))
    );
  if (
    to - from < 2 ||
    grammar.language !== 'en' ||
    !last.capital ||
    !grammar.lexicon.roles.has(last.lower) ||
    !last.lower.endsWith('s')
  )
    return false;
  for (let index = from; index < to - 1; index++) if (!isNameWord(grammar, index)) return false;
  return true;
}

function honorificIn(grammar: Grammar, from: number, to: number): number | null {
  const item = grammar.items[from];
  if (!item || to - from < 2 || !grammar.lexicon.honorifics.has(item.lower) || !item.capital) return null;
  return from;
}

/** The gender an English noun for a person tells: "spokeswoman", "widow". */
function genderOfNoun(word: string): Gender {
  if (
    /(?:woman|mistress|mother|sister|daughter|wife|widow|queen|duchess|baroness|countess|princess|waitress|stewardess|midwife|nun)$/.test(
      word,
    )
  )
    return 'f';
  return /(?:[a-z]{2}man|master|father|brother|husband|king|duke|widower|monk|priest|earl)$/.test(word) &&
    !/^(?:woman|human)$/.test(word)
    ? 'm'
    : null;
}

/** French functions that women and men bear in one form. */
const EPICENE =
  /(?:iste|lyste|édile|logue|phe|aire|crate|mane|ète|tre|juge|numéro|membre|porte-parole|responsable|bénévole|capitaine|guide|interprète|architecte|diplomate|comptable|concierge|gendarme|pilote|interne|collègue|élève|camarade|adulte|aide|otage|témoin|médecin|professeur|chef|auteur|proche)s?$/;

/** The gender a French noun for a person tells by its ending: « avocate », « directrice », « président ». */
function genderOfFunction(word: string): Gender {
  if (EPICENE.test(word)) return null;
  if (/^(?:père|frère|maître|prêtre|évêque|archevêque|moine|oncle|grand-père|confrère|homme)s?$/.test(word))
    return 'm';
  return /(?:e|sœur|maman)s?$/.test(word) ? 'f' : 'm';
}

/** Whether a word names a function or trade, in the singular or the plural. */
export function isRole(grammar: Grammar, word: string): boolean {
  const { roles } = grammar.lexicon;
  if (roles.has(word)) return true;
  if (!word.endsWith('s') || word.length < 4) return false;
  return roles.has(word.slice(0, -1)) || (word.endsWith('men') && roles.has(`${word.slice(0, -2)}an`));
}

/** The item that names the function: in English the last before a preposition, in French the first. */
function roleIn(grammar: Grammar, from: number, to: number): number | null {
  const { items, lexicon, language } = grammar;
  let found: number | null = null;
  for (let index = from; index < to; index++) {
    const word = items[index]!.lower;
    if (isRole(grammar, word)) {
      if (language === 'fr') return index;
      found = index;
    } else if (language === 'en' && found !== null && lexicon.bodies.has(word) && !items[index]!.capital) {
      // "the mayor's office", "the refugee agency": a body, not a person.
      found = null;
    } else if (language === 'en' && lexicon.linking.has(word) && found !== null) break;
  }
  return found;
}

function englishName(grammar: Grammar, role: number, to: number): number | null {
  return role + 1 < to && isNameWord(grammar, role + 1) ? role + 1 : null;
}

/** The name after a French function: past « de l'Intérieur », « de Calais » and adjectives. */
function frenchName(grammar: Grammar, role: number, to: number): number | null {
  const { items, lexicon } = grammar;
  let start = to;
  while (start > role + 1) {
    const item = items[start - 1]!;
    const initial = item.kind === 'mark' && isInitialStop(grammar, start - 1);
    const particle = PARTICLES.has(item.lower) && !item.capital && start < to && items[start - 2]?.capital;
    const inName = particle && start - 2 > role && !lexicon.linking.has(items[start - 3]?.lower ?? '');
    if (!isNameWord(grammar, start - 1) && !initial && !inName) break;
    start--;
  }
  if (start >= to) return null;
  const before = items[start - 1]!;
  const complement =
    before.lower === "l'" ||
    before.lower === 'la' ||
    before.lower === 'le' ||
    lexicon.linking.has(before.lower);
  if (!complement) return start;
  // The complement takes one capitalised word (« de l'Intérieur »); two or more after it are a name.
  return to - start >= 3 ? start + 1 : null;
}

/** "France's interior minister" holds the function "interior minister": what stands before the last "'s" is cut off. */
function afterPossessor(grammar: Grammar, from: number, role: number): number {
  for (let index = role - 1; index >= from; index--) {
    const item = grammar.items[index]!;
    if (item.lower === "'s" || item.text === "'" || item.text === '’') return index + 1;
  }
  return from;
}

/** The noun of a body's name, by which a text may call it later: "the Calais prefecture … the prefecture". */
function bodyNoun(grammar: Grammar, from: number, to: number): string | null {
  let found: string | null = null;
  for (let index = from; index < to; index++) {
    const word = lower(grammar, index);
    if (!grammar.lexicon.bodies.has(word)) {
      if (grammar.language === 'en' && found !== null && grammar.lexicon.linking.has(word)) break;
      continue;
    }
    if (grammar.language === 'fr') return word;
    found = word;
  }
  return found;
}

function hasWord(grammar: Grammar, from: number, to: number, set: Set<string>): boolean {
  for (let index = from; index < to; index++) if (set.has(grammar.items[index]!.lower)) return true;
  return false;
}

/** A pronoun as a phrase: the word it stands in, as a subject of its own. */
export function pronounPhrase(
  place: Pick<Phrase, 'from' | 'to' | 'start' | 'end'>,
  word: string,
  pronoun: Pronoun,
): Phrase {
  return {
    ...place,
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
