// Who was named before: everybody a text has named, so that short names, functions and pronouns resolve to them.
import type { KnownName } from '../record/suggestion.ts';
import { genderOf } from './given-name.ts';
import type { Grammar } from './grammar.ts';
import type { Gender, Pronoun } from './lexicon.ts';
import type { Phrase } from './naming.ts';
import { phraseOf, withApposition } from './phrase.ts';
import type { Language } from './propose.ts';
import { subjectBefore } from './subject.ts';

/** Somebody a text has named. */
export interface Party {
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
  /** Those named in the last sentence that named anybody, in its order. */
  named: Party[];
  /** Whom "she" would mean next: the last to speak, or the subject of the last sentence. */
  speaker: Party | null;
  group: Party | null;
  language: Language;
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
export function newCast(actors: KnownName[], language: Language): Cast {
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
    named: [],
    speaker: null,
    group: null,
    language,
  };
}

function bringForward(cast: Cast, party: Party): void {
  cast.people = [party, ...cast.people.filter((other) => other !== party)].slice(0, REMEMBERED);
}

/** Whether the name of a body tells it from others: "the Calais prefecture", not "the prefecture". */
function isNamed(phrase: Phrase): boolean {
  // "Ministry denies plan": what lost its article to a headline is no name.
  if (phrase.description.toLowerCase() === phrase.head) return false;
  return (
    /\p{Lu}/u.test(phrase.description.slice(1)) || (!phrase.definite && /^\p{Lu}/u.test(phrase.description))
  );
}

function register(cast: Cast, phrase: Phrase): Party | null {
  const described = phrase.name === null && phrase.kind === 'person' && phrase.head !== null;
  // "the minister" alone stands for one named before; "the mayor of Calais" and "a nurse" are somebody of their own.
  const bearer = described && phrase.definite ? bearerOf(cast, phrase) : null;
  if (bearer && (phrase.role === phrase.head || /\p{Lu}/u.test(bearer.role ?? ''))) return null;
  const name =
    phrase.name ??
    (described || phrase.abbreviation || (phrase.kind === 'body' && isNamed(phrase))
      ? (phrase.name ?? phrase.description)
      : null);
  if (!name) return null;
  const key = name.toLowerCase();
  const last = key.slice(key.lastIndexOf(' ') + 1);
  const single = !key.includes(' ') || /^(?:von|van|de|der|bin|al|el|da|di) /.test(key);
  // "Mme Bouchart" before "Natacha Bouchart": the full name completes the short one.
  const short = cast.byLast.get(last);
  const completed =
    !single && phrase.kind !== 'body' && short && !short.name.includes(' ') ? short : undefined;
  if (completed) completed.name = name;
  const party: Party = cast.byName.get(key) ??
    completed ??
    (single && phrase.kind !== 'body' ? short : undefined) ?? {
      name,
      role: null,
      head: null,
      gender: null,
      kind: phrase.kind,
    };
  cast.byName.set(key, party);
  if (phrase.abbreviation) cast.byName.set(phrase.abbreviation.toLowerCase(), party);
  if (phrase.kind !== 'body' && !described) cast.byLast.set(last, party);
  if (phrase.role) {
    party.role = phrase.role;
    party.head = phrase.head;
    party.kind = phrase.kind;
  }
  party.gender ??= phrase.gender ?? (phrase.kind === 'body' ? null : genderOf(party.name));
  if (phrase.head) {
    const bearers = (cast.byHead.get(phrase.head) ?? []).filter((other) => other !== party);
    cast.byHead.set(phrase.head, [party, ...bearers].slice(0, REMEMBERED));
  }
  if (party.kind === 'body' || party.kind === 'people') cast.group = party;
  else if (party.kind === 'person' || !single) bringForward(cast, party);
  return party;
}

/** Nouns that may stand for the bearer of another. */
const ALSO = new Map([
  ['minister', ['secretary']],
  ['secretary', ['minister']],
  ['ministre', ['secrétaire']],
  ['spokesperson', ['spokesman', 'spokeswoman']],
]);

const partyOf = (phrase: Phrase): Party => ({
  name: phrase.description,
  role: phrase.role,
  head: phrase.head,
  gender: phrase.gender,
  kind: phrase.kind,
});

/** The one named before who bears the function of "the minister". */
function bearerOf(cast: Cast, phrase: Phrase): Party | null {
  if (!phrase.head || !phrase.definite) return null;
  // A secretary of state is a minister too.
  const heads = [phrase.head, ...(ALSO.get(phrase.head) ?? [])];
  for (const head of heads) {
    const bearer = cast.byHead.get(head)?.find((other) => compatible(phrase, other));
    if (bearer) return bearer;
  }
  return null;
}

/**
 * Registers whom a frame names or describes, with the function they stand in, so that short forms resolve to them; and
 * takes its main subject as the one a pronoun would mean next, unless somebody in it has just spoken.
 */
export function readNames(cast: Cast, grammar: Grammar, spoken: boolean): void {
  const { chunks } = grammar;
  const named: Party[] = [];
  for (let at = 0; at < chunks.length; ) {
    const chunk = chunks[at]!;
    if (chunk.kind !== 'noun' || chunk.time) {
      at++;
      continue;
    }
    const phrase = withApposition(grammar, phraseOf(grammar, chunk, grammar.items.length));
    const party =
      register(cast, phrase) ?? bearerOf(cast, phrase) ?? (phrase.kind === 'body' ? partyOf(phrase) : null);
    if (party && !named.includes(party)) named.push(party);
    at = Math.max(at + 1, grammar.chunkOf[phrase.to - 1]! + 1);
  }
  // Who spoke from inside a quotation stands in no chunk of the sentence.
  if (spoken && cast.speaker && !named.includes(cast.speaker)) named.push(cast.speaker);
  if (named.length > 0) cast.named = named;
  if (spoken) return;
  const verb = chunks.findIndex((chunk) => chunk.verb?.form === 'finite');
  const subject = verb < 0 ? null : subjectBefore(grammar, verb);
  if (!subject || subject.kind === 'pronoun') return;
  const party =
    register(cast, subject) ??
    bearerOf(cast, subject) ??
    (subject.kind === 'body' || subject.kind === 'people' ? partyOf(subject) : null);
  if (party) cast.speaker = party;
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
    const party = forPronoun(cast, phrase.pronoun, phrase.description.toLowerCase());
    if (party && phrase.pronoun.gender) party.gender ??= phrase.pronoun.gender;
    return { party, text: null, certainty: party ? 0.85 : 0.4 };
  }
  const bearer = phrase.name === null && phrase.kind !== 'people' ? bearerOf(cast, phrase) : null;
  const party = register(cast, phrase) ?? bearer;
  if (party) return { party, text: null, certainty: phrase.kind === 'name' && !party.role ? 0.95 : 1 };
  const text = phrase.description;
  const known = partyOf(phrase);
  if (phrase.kind === 'body' || phrase.kind === 'people') cast.group = known;
  // Whatever it is called, what speaks may be meant by a pronoun next.
  if (phrase.kind === 'other') {
    if (/^(?:les|des|ces|plusieurs|the \p{L}+s$|many|several)/iu.test(text)) known.kind = 'people';
    return { party: known, text, certainty: 0.65 };
  }
  return { party: known, text, certainty: phrase.kind === 'body' ? 0.95 : 0.85 };
}

/** "The French interior minister" is not the British one: capitalised words of both must not be strangers. */
function compatible(phrase: Phrase, party: Party): boolean {
  if (phrase.gender && party.gender && phrase.gender !== party.gender) return false;
  const words = (text: string) => text.match(/\p{Lu}[\p{L}'’-]+/gu)?.filter((word) => word.length > 3) ?? [];
  const [mine, theirs] = [words(phrase.role ?? ''), words(party.role ?? '')];
  return mine.length === 0 || theirs.length === 0 || mine.some((word) => theirs.includes(word));
}

function forPronoun(cast: Cast, pronoun: Pronoun, words: string): Party | null {
  const fits = (party: Party | null): party is Party =>
    party !== null && (pronoun.gender === null || party.gender === null || party.gender === pronoun.gender);
  const isGroup = (party: Party) => party.kind === 'body' || party.kind === 'people';
  if (pronoun.refers === 'group') return cast.speaker && isGroup(cast.speaker) ? cast.speaker : cast.group;
  if (pronoun.refers === 'thing') return cast.speaker?.kind === 'body' ? cast.speaker : null;
  if (pronoun.refers !== 'person') return null;
  const { speaker } = cast;
  // French bodies are "il" and "elle" too.
  const latter = words.includes(' ') || words.endsWith('-ci');
  if (words === 'the former' && cast.named.length > 1) return cast.named[0]!;
  if (latter) {
    const last =
      cast.named.findLast((party) => pronoun.gender !== null && party.gender === pronoun.gender) ??
      cast.named.findLast(fits);
    if (last) return last;
  }
  if (!latter && fits(speaker) && (cast.language === 'fr' || !isGroup(speaker))) {
    const sure = pronoun.gender === null || speaker.gender === pronoun.gender;
    // "The witness argued that… He suggested": of unknown gender, but the last to be named is the likeliest.
    const latest =
      /^(?:person|name)$/.test(speaker.kind) && speaker.gender === null && cast.named.includes(speaker);
    if (sure || latest || !cast.people.some((party) => party.gender === pronoun.gender)) return speaker;
  }
  // Nobody knows of the last person named whether "he" or "she" is meant, but that one is nearest.
  const [nearest] = cast.people;
  if (!latter && nearest?.kind === 'person' && nearest.gender === null) return nearest;
  return cast.people.find((party) => party.gender === pronoun.gender) ?? cast.people.find(fits) ?? null;
}
