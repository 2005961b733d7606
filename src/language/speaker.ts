// Who speaks: noun phrases beside a speech verb, taken apart into name and role, and resolved to who was named before.
import type { KnownName, Span } from '../record/suggestion.ts';
import { cueOf, invertedFrench } from './cue.ts';
import { type Gender, type Lexicon, lexiconOf, monthOf, type Pronoun, weekdayOf } from './lexicon.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

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
}

/** No phrase is longer than this many items. */
const LONGEST = 16;
const PARTICLES = new Set('de du des von van der den bin ben ibn al el le la di da dos del'.split(' '));
const DEFINITE = new Set("the this that these those le la les l' ce cet cette ces cette".split(' '));

/** Words that open sentences with a capital and name nobody. */
const SENTENCE_OPENERS = new Set(
  'last next such what speaking asked responding reacting finally first second both there interviewé interrogé invité contacté contactée interrogée jointe joint dernier dernière'.split(
    ' ',
  ),
);

interface Grammar {
  text: string;
  items: Token[];
  language: Language;
  lexicon: Lexicon;
}

/** The grammar a frame's phrases are read by. */
export function grammarOf(text: string, items: Token[], language: Language): Grammar {
  return { text, items, language, lexicon: lexiconOf(language) };
}
export type { Grammar };

// --- reading phrases

const isNoun = (lexicon: Lexicon, word: string): boolean =>
  lexicon.roles.has(word) || lexicon.bodies.has(word) || lexicon.people.has(word);

/** Whether an item is a capitalised word that is not merely an ordinary word at the start of a sentence. */
function isNameWord(grammar: Grammar, index: number): boolean {
  const item = grammar.items[index];
  if (!item?.capital || item.kind !== 'word') return false;
  if (grammar.lexicon.functionWords.has(item.lower)) {
    // "Theresa May", "Osama bin Laden": a function word in capitals behind a name belongs to it.
    const behindName =
      index > 0 && grammar.items[index - 1]!.capital && grammar.lexicon.modals.has(item.lower);
    if (!behindName && !(PARTICLES.has(item.lower) && index > 0)) return false;
  }
  if (index === 0 && SENTENCE_OPENERS.has(item.lower)) return false;
  if (weekdayOf(item.lower, grammar.language) !== undefined) return false;
  return !(
    monthOf(item.lower, grammar.language) !== undefined &&
    item.lower !== 'may' &&
    item.lower !== 'april'
  );
}

function isInitialStop(grammar: Grammar, index: number): boolean {
  const before = grammar.items[index - 1];
  if (grammar.items[index]?.text !== '.' || !before || before.end !== grammar.items[index]!.start)
    return false;
  return grammar.lexicon.honorifics.has(before.lower) || (before.capital && before.text.length === 1);
}

function isVerbLike(grammar: Grammar, item: Token): boolean {
  const { lexicon, language } = grammar;
  if (item.capital) return false;
  if (language === 'fr' && invertedFrench(item.lower)) return true;
  const cue = cueOf(item.lower, language);
  return cue !== undefined && !isNoun(lexicon, item.lower);
}

/** Whether the item at `index` is an adverb by its ending; « le gouvernement » after its article is not. */
export function isAdverb(grammar: Grammar, index: number): boolean {
  const item = grammar.items[index];
  if (item?.kind !== 'word' || item.capital || isNoun(grammar.lexicon, item.lower)) return false;
  if (grammar.language === 'en')
    return item.lower.length > 4 && item.lower.endsWith('ly') && item.lower !== 'family';
  const before = grammar.items[index - 1]?.lower ?? '';
  return (
    item.lower.length > 6 &&
    item.lower.endsWith('ment') &&
    !grammar.lexicon.determiners.has(before) &&
    !grammar.lexicon.linking.has(before)
  );
}

/** The phrase that ends before item `end`, or null where no phrase ends there. */
export function phraseBefore(grammar: Grammar, end: number): Phrase | null {
  const { items, lexicon, language } = grammar;
  const last = items[end - 1];
  if (!last) return null;
  if (last.kind === 'word' && lexicon.pronouns.has(last.lower)) return describe(grammar, end - 1, end);
  let from = end;
  const floor = Math.max(0, end - LONGEST);
  let plain = 0;
  while (from > floor) {
    const item = items[from - 1]!;
    const left = items[from - 2];
    const right = items[from];
    if (item.kind === 'quotation') break;
    if (item.kind === 'number') {
      const label = from === end && isNameWord(grammar, from - 2);
      if (!label && (from === end || item.text.length > 9)) break;
      from--;
      continue;
    }
    if (item.kind === 'mark') {
      const possessive = (item.text === "'" || item.text === '’') && left?.end === item.start && from < end;
      if (
        possessive ||
        (item.text === '&' && from < end && left?.capital) ||
        isInitialStop(grammar, from - 1)
      )
        from--;
      else break;
      continue;
    }
    const word = item.lower;
    if (word === "'s") {
      if (from === end) break;
      from--;
    } else if (lexicon.linking.has(word) && from < end && joinsLeft(grammar, from - 2)) {
      from--;
    } else if (
      PARTICLES.has(word) &&
      left?.capital &&
      right?.capital &&
      from < end &&
      isNameWord(grammar, from - 2)
    ) {
      from--;
    } else if (lexicon.determiners.has(word)) {
      if (from === end) break;
      from--;
      const before = items[from - 1];
      if (before && lexicon.linking.has(before.lower) && joinsLeft(grammar, from - 2)) continue;
      break;
    } else if (word === 'and' || word === 'et') {
      const both = from < end && isNameWord(grammar, from - 2) && isNameWord(grammar, from);
      const nouns =
        from < end && left && isNoun(lexicon, left.lower) && right && isNoun(lexicon, right.lower);
      if (!both && !nouns) break;
      from--;
    } else if (isNameWord(grammar, from - 1)) {
      from--;
    } else if (lexicon.functionWords.has(word) || isVerbLike(grammar, item) || isAdverb(grammar, from - 1)) {
      break;
    } else if (weekdayOf(word, language) !== undefined) {
      break;
    } else {
      if (++plain > 5) break;
      from--;
    }
  }
  return from < end ? describe(grammar, from, end) : null;
}

/** Whether a preposition may join what follows to the item at `index`: it heads a function, a body or a name. */
function joinsLeft(grammar: Grammar, index: number): boolean {
  const { items, lexicon, language } = grammar;
  for (let back = 0; back < 3; back++) {
    const item = items[index - back];
    if (item?.kind !== 'word') return false;
    if (isNoun(lexicon, item.lower)) return true;
    if (back === 0 && isNameWord(grammar, index))
      return language === 'fr' || items[index + 1]?.lower === 'of';
    if (item.capital || lexicon.functionWords.has(item.lower) || language === 'en') return false;
  }
  return false;
}

/** The phrase that begins at item `start`, or null where none begins there. */
export function phraseAfter(grammar: Grammar, start: number): Phrase | null {
  const { items, lexicon, language } = grammar;
  const first = items[start];
  if (!first || first.kind === 'quotation' || first.kind === 'mark') return null;
  if (lexicon.pronouns.has(first.lower) && !lexicon.determiners.has(first.lower))
    return describe(grammar, start, start + 1);
  let to = start;
  let headed = false;
  let plain = 0;
  if (lexicon.determiners.has(first.lower)) to++;
  while (to < items.length && to < start + LONGEST) {
    const item = items[to]!;
    const next = items[to + 1];
    if (item.kind === 'quotation') break;
    if (item.kind === 'number') {
      const label = to > start && isNameWord(grammar, to - 1);
      if (!label && to > start + 1) break;
      to++;
      continue;
    }
    if (item.kind === 'mark') {
      const possessive =
        (item.text === "'" || item.text === '’') && items[to - 1]?.end === item.start && to > start;
      if (
        (possessive && next?.kind === 'word') ||
        (item.text === '&' && next?.capital) ||
        isInitialStop(grammar, to)
      )
        to++;
      else break;
      continue;
    }
    const word = item.lower;
    if (word === "'s") {
      headed = false;
      to++;
    } else if (isNameWord(grammar, to)) {
      headed = true;
      to++;
    } else if (lexicon.linking.has(word) || (language === 'fr' && word === 'du')) {
      if (!headed || !next || !joinsRight(grammar, to)) break;
      to++;
    } else if (PARTICLES.has(word) && headed && next?.capital && items[to - 1]?.capital) {
      to++;
    } else if (lexicon.determiners.has(word)) {
      if (to === start || !items[to - 1] || !lexicon.linking.has(items[to - 1]!.lower)) break;
      to++;
    } else if (word === 'and' || word === 'et') {
      if (!isNameWord(grammar, to - 1) || !isNameWord(grammar, to + 1)) break;
      to++;
    } else if (lexicon.functionWords.has(word) || isVerbLike(grammar, item) || isAdverb(grammar, to)) {
      break;
    } else if (weekdayOf(word, language) !== undefined || monthOf(word, language) !== undefined) {
      break;
    } else if (isNoun(lexicon, word)) {
      headed = true;
      to++;
    } else if (!headed) {
      if (++plain > 5) break;
      to++;
    } else if (language === 'fr' && to > start && endsAdjective(grammar, to)) {
      to++;
    } else if (language === 'fr' && lexicon.linking.has(items[to - 1]?.lower ?? '')) {
      to++;
    } else break;
  }
  if (!headed && plain > 1) to = Math.min(to, start + (lexicon.determiners.has(first.lower) ? 2 : 1));
  while (to > start) {
    const word = items[to - 1]!.lower;
    if (!lexicon.linking.has(word) && !lexicon.determiners.has(word) && word !== "'s") break;
    to--;
  }
  return to > start ? describe(grammar, start, to) : null;
}

function joinsRight(grammar: Grammar, index: number): boolean {
  const { items, lexicon, language } = grammar;
  const word = items[index]!.lower;
  const next = items[index + 1]!;
  if (next.kind !== 'word') return false;
  const named = isNameWord(grammar, index + 1);
  if (language === 'fr') {
    if (word === 'à' || word === 'au' || word === 'aux' || word === 'pour') return false;
    if (word === 'en') return named;
    return !lexicon.pronouns.has(next.lower);
  }
  if (word === 'of' || word === 'for')
    return named || lexicon.determiners.has(next.lower) || isNoun(lexicon, next.lower);
  return named && items[index - 1] !== undefined && !items[index - 1]!.capital;
}

/** A French adjective after its noun is followed by a preposition of the phrase, a name, a mark, or nothing. */
function endsAdjective(grammar: Grammar, index: number): boolean {
  const next = grammar.items[index + 1];
  if (!next || next.kind === 'mark' || next.kind === 'quotation') return true;
  return /^(?:de|d'|du|des)$/.test(next.lower) || isNameWord(grammar, index + 1);
}

// --- taking phrases apart

/** Takes the phrase items[from, to) apart into name, role and kind. */
function describe(grammar: Grammar, from: number, to: number): Phrase {
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
  };
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
    const name = language === 'fr' ? frenchName(grammar, role, to) : englishName(grammar, role, to);
    phrase.kind = 'person';
    phrase.head = items[role]!.lower;
    if (name !== null) phrase.name = text.slice(items[name]!.start, last.end);
    const roleTo = name ?? to;
    const roleFrom = afterPossessor(grammar, body, role);
    phrase.role = text.slice(items[roleFrom]!.start, items[roleTo - 1]!.end);
    if (name === null && /s$/.test(phrase.head) && language === 'en') phrase.kind = 'people';
  } else if (hasWord(grammar, body, to, lexicon.bodies)) {
    phrase.kind = 'body';
  } else if (hasWord(grammar, body, to, lexicon.people)) {
    phrase.kind = 'people';
  } else if (isNameWord(grammar, body) || isNameWord(grammar, to - 1)) {
    phrase.kind = 'name';
    if (isNameWord(grammar, body)) phrase.name = text.slice(items[body]!.start, last.end);
  }
  if (phrase.kind === 'body' && body > from && capitals(grammar, body, to))
    phrase.description = text.slice(items[body]!.start, last.end);
  return phrase;
}

/** The words of a phrase; an article that has its capital from the sentence loses it. */
export function describedAs(words: string, article: boolean): string {
  return article ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}

/** "Human Rights Observers": all capitals around a plural are the name of a body, not a function. */
function isBodyName(grammar: Grammar, from: number, to: number): boolean {
  const last = grammar.items[to - 1]!;
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

/** The item that names the function: in English the last before a preposition, in French the first. */
function roleIn(grammar: Grammar, from: number, to: number): number | null {
  const { items, lexicon, language } = grammar;
  let found: number | null = null;
  for (let index = from; index < to; index++) {
    const word = items[index]!.lower;
    if (lexicon.roles.has(word)) {
      if (language === 'fr') return index;
      found = index;
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

function hasWord(grammar: Grammar, from: number, to: number, set: Set<string>): boolean {
  for (let index = from; index < to; index++) if (set.has(grammar.items[index]!.lower)) return true;
  return false;
}

function capitals(grammar: Grammar, from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (grammar.items[index]!.capital) return true;
  return false;
}

/**
 * One phrase of two in apposition ("Natacha Bouchart, mayor of Calais"): spans both, takes the name from one and the
 * function from the other. Null when they do not complete each other.
 */
export function join(grammar: Grammar, first: Phrase, second: Phrase): Phrase | null {
  const named =
    first.name && first.role === null ? first : second.name && second.role === null ? second : null;
  const other = named === first ? second : first;
  if (!named || other.name || named === other) return null;
  if (other.kind !== 'person' && !(other.kind === 'body' && named.kind === 'name')) return null;
  const { start } = first;
  const { end } = second;
  return {
    ...named,
    from: first.from,
    to: second.to,
    start,
    end,
    kind: other.kind,
    role: other.role,
    head: other.head,
    gender: named.gender ?? other.gender,
    definite: true,
    description: grammar.text.slice(start, end),
  };
}

// --- who was named before

/** Somebody a text has named. */
interface Party {
  name: string;
  role: string | null;
  head: string | null;
  gender: Gender;
  kind: Phrase['kind'];
}

/** Everybody a text has named so far, by name, by last name and by function. */
export interface Cast {
  byName: Map<string, Party>;
  byLast: Map<string, Party>;
  byHead: Map<string, Party[]>;
  /** Names and aliases the dossier knows, in lower case, to the name it uses. */
  known: Map<string, string>;
  /** People in the order they were last named, the last one first. */
  people: Party[];
  speaker: Party | null;
  group: Party | null;
}

/** A speaker as far as the text allows. */
export interface Resolved {
  speaker: string | null;
  role: string | null;
  /** How surely the phrase stands for the speaker, 0 to 1. */
  certainty: number;
}

/** No more bearers of one function than this are remembered. */
const REMEMBERED = 6;

/** An empty cast that knows the dossier's actors. */
export function newCast(actors: KnownName[]): Cast {
  const known = new Map<string, string>();
  for (const actor of actors) {
    for (const alias of [...actor.aliases, actor.name]) known.set(alias.toLowerCase(), actor.name);
  }
  return {
    byName: new Map(),
    byLast: new Map(),
    byHead: new Map(),
    known,
    people: [],
    speaker: null,
    group: null,
  };
}

function bringForward(cast: Cast, party: Party): void {
  cast.people = [party, ...cast.people.filter((other) => other !== party)].slice(0, REMEMBERED);
}

function register(cast: Cast, phrase: Phrase): Party | null {
  const name = phrase.name ?? (phrase.kind === 'body' ? phrase.description : null);
  if (!name) return null;
  const key = name.toLowerCase();
  const last = key.slice(key.lastIndexOf(' ') + 1);
  const single = !key.includes(' ');
  const party: Party = cast.byName.get(key) ??
    (single && phrase.kind !== 'body' ? cast.byLast.get(last) : undefined) ?? {
      name,
      role: null,
      head: null,
      gender: null,
      kind: phrase.kind,
    };
  cast.byName.set(key, party);
  if (phrase.kind !== 'body') cast.byLast.set(last, party);
  if (phrase.role) {
    party.role = phrase.role;
    party.head = phrase.head;
    party.kind = phrase.kind;
  }
  party.gender ??= phrase.gender;
  if (phrase.head) {
    const bearers = (cast.byHead.get(phrase.head) ?? []).filter((other) => other !== party);
    cast.byHead.set(phrase.head, [party, ...bearers].slice(0, REMEMBERED));
  }
  if (party.kind === 'body' || party.kind === 'people') cast.group = party;
  else if (party.kind === 'person' || !single) bringForward(cast, party);
  return party;
}

/** Registers the full names of a frame, with the function they stand in, so that short forms resolve to them. */
export function readNames(cast: Cast, grammar: Grammar): void {
  const { items } = grammar;
  for (let index = 0; index < items.length; ) {
    if (!isNameWord(grammar, index)) {
      index++;
      continue;
    }
    let end = index + 1;
    while (end < items.length && (isNameWord(grammar, end) || isInitialStop(grammar, end - 1))) end++;
    if (end - index >= 2) {
      const phrase = phraseBefore(grammar, end);
      if (phrase?.kind === 'person' && phrase.name) register(cast, withApposition(grammar, phrase));
      else if (phrase?.kind === 'name' && end - index <= 4)
        register(cast, withApposition(grammar, { ...phrase, ...bare(grammar, index, end) }));
    }
    index = end;
  }
}

function bare(grammar: Grammar, from: number, to: number): Partial<Phrase> {
  const name = grammar.text.slice(grammar.items[from]!.start, grammar.items[to - 1]!.end);
  return { from, to, name, start: grammar.items[from]!.start, end: grammar.items[to - 1]!.end };
}

/** The phrase with what stands in apposition after it: "X, mayor of Calais," or « le ministre, X, ». */
export function withApposition(grammar: Grammar, phrase: Phrase): Phrase {
  if (grammar.items[phrase.to]?.text !== ',') return phrase;
  const second = phraseAfter(grammar, phrase.to + 1);
  if (!second) return phrase;
  const after = grammar.items[second.to];
  if (after && after.kind !== 'mark' && after.kind !== 'quotation') return phrase;
  return join(grammar, phrase, second) ?? phrase;
}

/**
 * Who a phrase stands for: a name is completed from earlier ones, "the minister" and "she" go to the last who fits.
 * Records the phrase, so that later ones may resolve to it; `speaks` says that it is the source of a statement.
 */
export function resolve(cast: Cast, phrase: Phrase, speaks: boolean): Resolved {
  const result = lookUp(cast, phrase);
  if (speaks && result.party) {
    cast.speaker = result.party;
    if (result.party.kind !== 'body' && result.party.kind !== 'people') bringForward(cast, result.party);
  }
  const speaker = result.party?.name ?? result.text;
  return {
    speaker: speaker === null ? null : (cast.known.get(speaker.toLowerCase()) ?? speaker),
    role: fullerRole(phrase.role, result.party?.role ?? null),
    certainty: result.certainty,
  };
}

/** "the minister" says less than the function the name was given with. */
function fullerRole(said: string | null, known: string | null): string | null {
  if (said === null || known === null) return said ?? known;
  return known.toLowerCase().includes(said.toLowerCase()) ? known : said;
}

function lookUp(cast: Cast, phrase: Phrase): { party: Party | null; text: string | null; certainty: number } {
  if (phrase.pronoun) {
    const party = forPronoun(cast, phrase.pronoun);
    if (party && phrase.pronoun.gender) party.gender ??= phrase.pronoun.gender;
    return { party, text: null, certainty: party ? 0.85 : 0.4 };
  }
  const party = register(cast, phrase);
  if (party) return { party, text: null, certainty: phrase.kind === 'name' && !party.role ? 0.95 : 1 };
  if (phrase.head && phrase.definite) {
    const bearer = cast.byHead.get(phrase.head)?.find((other) => compatible(phrase, other));
    if (bearer) return { party: bearer, text: null, certainty: 0.92 };
  }
  const text = phrase.description;
  if (phrase.kind === 'people' || phrase.kind === 'person')
    return {
      party: { name: text, role: phrase.role, head: null, gender: phrase.gender, kind: phrase.kind },
      text,
      certainty: 0.85,
    };
  return { party: null, text, certainty: phrase.kind === 'other' ? 0.65 : 0.85 };
}

/** "The French interior minister" is not the British one: capitalised words of both must not be strangers. */
function compatible(phrase: Phrase, party: Party): boolean {
  if (phrase.gender && party.gender && phrase.gender !== party.gender) return false;
  const words = (text: string) => text.match(/\p{Lu}[\p{L}'’-]+/gu)?.filter((word) => word.length > 3) ?? [];
  const [mine, theirs] = [words(phrase.role ?? ''), words(party.role ?? '')];
  return mine.length === 0 || theirs.length === 0 || mine.some((word) => theirs.includes(word));
}

function forPronoun(cast: Cast, pronoun: Pronoun): Party | null {
  const fits = (party: Party | null): party is Party =>
    party !== null && (pronoun.gender === null || party.gender === null || party.gender === pronoun.gender);
  if (pronoun.refers === 'group')
    return cast.speaker?.kind === 'body' || cast.speaker?.kind === 'people' ? cast.speaker : cast.group;
  if (pronoun.refers === 'thing') return cast.speaker?.kind === 'body' ? cast.speaker : null;
  if (pronoun.refers !== 'person') return null;
  const speaker = cast.speaker;
  if (fits(speaker) && speaker.kind !== 'body' && speaker.kind !== 'people') return speaker;
  return cast.people.find(fits) ?? null;
}
