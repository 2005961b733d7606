// Who was named before: everybody a text has named, so that short names, functions and pronouns resolve to them.
import type { KnownName } from '../record/suggestion.ts';
import { genderOf } from './given-name.ts';
import { type Grammar, isInitialStop } from './grammar.ts';
import type { Gender, Pronoun } from './lexicon.ts';
import { isNameWord, type Phrase, phraseBefore, withApposition } from './phrase.ts';

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
  const lastNames = new Map<string, string | null>();
  for (const actor of actors) {
    for (const alias of [...actor.aliases, actor.name]) known.set(alias.toLowerCase(), actor.name);
    const last = actor.name.toLowerCase().slice(actor.name.lastIndexOf(' ') + 1);
    lastNames.set(last, lastNames.has(last) ? null : actor.name);
  }
  // A last name that only one known actor bears stands for that actor.
  for (const [last, name] of lastNames) if (name !== null && !known.has(last)) known.set(last, name);
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

/** Whether the name of a body tells it from others: "the Calais prefecture", not "the prefecture". */
function isNamed(phrase: Phrase): boolean {
  return (
    /\p{Lu}/u.test(phrase.description.slice(1)) || (!phrase.definite && /^\p{Lu}/u.test(phrase.description))
  );
}

function register(cast: Cast, phrase: Phrase): Party | null {
  const name = phrase.name ?? (phrase.kind === 'body' && isNamed(phrase) ? phrase.description : null);
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
  if (phrase.abbreviation) cast.byName.set(phrase.abbreviation.toLowerCase(), party);
  if (phrase.kind !== 'body') cast.byLast.set(last, party);
  if (phrase.role) {
    party.role = phrase.role;
    party.head = phrase.head;
    party.kind = phrase.kind;
  }
  party.gender ??= phrase.kind === 'body' ? null : (phrase.gender ?? genderOf(party.name));
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
  if (phrase.kind === 'body' && !isNamed(phrase)) {
    const text = phrase.description;
    const party: Party = { name: text, role: null, head: phrase.head, gender: phrase.gender, kind: 'body' };
    cast.group = party;
    return { party, text, certainty: 0.95 };
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
