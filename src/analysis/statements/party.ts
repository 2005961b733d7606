// Who is who: whether two parties, as two records name them, are one speaker, one body, one government, or opposed.
import type { Party } from '../../record/common.ts';
import { type DateRange, dateRange, overlaps } from '../../record/date.ts';
import type { Names } from '../names.ts';
import { type Described, described, type Office, sameGovernment, sameOffice } from './office.ts';
import { fold } from './words.ts';

/** A party as analysis sees it. Two records whose profiles have one `number` name the same party in the same words. */
export interface Profile {
  number: number;
  /** As the record has it. */
  name: string;
  actor: string | null;
  /** The folded name, when it is one: "an association" and "the minister" are descriptions, and null. */
  named: string | null;
  /** The folded description, when the record has no name. */
  description: string | null;
  /** The last word of a person's name, folded; null for bodies and descriptions. */
  surname: string | null;
  offices: Office[];
  /** Bodies of the dossier it is or speaks for, as actor ids. */
  bodies: ReadonlySet<string>;
  /** True for the state and its servants, false for those who are known to be no such thing, null when unknown. */
  authority: boolean | null;
}

/** How two parties stand to one another, the nearest first. */
export type Side = 'same-speaker' | 'same-body' | 'same-government' | 'other' | 'unknown';

type Actor = Names['actors'][number];

const NOT_AUTHORITY =
  /\b(?:ngos?|ong|associations?|charit(?:y|ies)|collecti(?:ve|f)s?|witness(?:es)?|temoins?|volunteers?|benevoles?|residents?|riverains?|habitante?s?|inhabitants?|lawyers?|avocate?s?|migrants?|exiles?|refugees?|refugies?|observers?|observat(?:eurs?|rices?)|unions?|syndicats?|journalists?|journalistes?|doctors?|medecins?|campaigners?|organi[sz]ations?|aid (?:workers?|groups?)|shopkeepers?|victims?|victimes?|campements?|fishermen|pecheurs?|ship|compan(?:y|ies)|societes?|entreprises?|witness [a-z])\b/;
const INDEFINITE = /^(?:an?|one|some|several|un|une|des|plusieurs)\s|^(?:witness|temoin)\b/;
const ARTICLE = /^(?:the|le|la|les|l'|an?|une?|des)\s*/;

/** The actors of a dossier, ready to be asked for. */
export class PartyBook {
  readonly #actors = new Map<string, Actor>();
  readonly #byName = new Map<string, Set<string>>();
  readonly #bySurname = new Map<string, Set<string>>();
  /** Offices that persons hold, by family. */
  readonly #offices = new Map<string, { office: Office; held: DateRange | null; actor: string }[]>();
  readonly #bodies: { id: string; words: string[] }[] = [];
  readonly #bodyByWord = new Map<string, Set<number>>();
  readonly #roles = new Map<string, { held: DateRange | null; title: string; body: string | null }[]>();
  readonly #profiles = new Map<string, Profile>();
  readonly #sides = new Map<number, Side>();
  readonly #mayBeOne = new Map<number, boolean>();
  readonly #described = new Map<string, Described>();

  constructor(names: Names) {
    for (const actor of names.actors) {
      this.#actors.set(actor.id, actor);
      for (const name of [actor.name, ...actor.aliases]) addTo(this.#byName, plain(name), actor.id);
      const words = plain(actor.name).split(' ');
      if (actor.type === 'person' && words.length > 1)
        addTo(this.#bySurname, words[words.length - 1]!, actor.id);
      const roles = actor.roles.map((role) => ({
        held: role.held === null ? null : dateRange(role.held),
        title: role.title,
        body: role.body,
      }));
      this.#roles.set(actor.id, roles);
      for (const role of roles) {
        const { office } = this.#describe(role.title);
        if (office === null) continue;
        const held = { office, held: role.held, actor: actor.id };
        const list = this.#offices.get(office.family);
        if (list) list.push(held);
        else this.#offices.set(office.family, [held]);
      }
      if (actor.type !== 'person') {
        for (const name of [actor.name, ...actor.aliases]) this.#addBody(actor.id, name);
      }
    }
  }

  #addBody(id: string, name: string): void {
    const { words, office } = this.#describe(name);
    // A short name of one word would be found inside others.
    if (office !== null || words.length < 2) return;
    const at = this.#bodies.push({ id, words }) - 1;
    addTo(this.#bodyByWord, words[0]!, at);
  }

  #describe(text: string): Described {
    let known = this.#described.get(text);
    if (!known) {
      known = described(text);
      this.#described.set(text, known);
    }
    return known;
  }

  /** The party as it was at a date; `range` null when the date is unknown, and every role counts. */
  profile(party: Party, range: DateRange | null): Profile {
    const folded = plain(party.name);
    const roleText = party.role === null ? null : party.role;
    const actor = this.#resolve(party, folded, range);
    const roles = actor === null ? [] : (this.#roles.get(actor) ?? []);
    const held = roles.filter(
      (role) => range === null || role.held === null || overlaps(role.held, widened(range)),
    );
    const key = `${actor}|${folded}|${roleText}|${held.map((role) => roles.indexOf(role)).join()}|${INDEFINITE.test(fold(party.name))}`;
    const known = this.#profiles.get(key);
    if (known) return known;

    const person = actor === null ? null : this.#actors.get(actor)!;
    const own = this.#describe(person?.name ?? party.name);
    const texts = [roleText, ...held.map((role) => role.title)].filter((text) => text !== null);
    const offices = [own, this.#describe(party.name), ...texts.map((text) => this.#describe(text))].flatMap(
      (one) => one.office ?? [],
    );
    const bodies = new Set<string>(held.flatMap((role) => role.body ?? []));
    if (actor !== null && person?.type !== 'person') bodies.add(actor);
    for (const text of [party.name, ...texts])
      for (const body of this.#bodiesIn(this.#describe(text).words)) bodies.add(body);
    const isDescription = actor === null && (own.office !== null || INDEFINITE.test(fold(party.name)));
    const words = folded.split(' ');
    const isPerson = person ? person.type === 'person' : !isDescription && own.office === null;
    const profile: Profile = {
      number: this.#profiles.size,
      name: party.name,
      actor,
      named: isDescription ? null : folded,
      description: isDescription ? folded : null,
      surname: isPerson
        ? (plain(person?.name ?? party.name)
            .split(' ')
            .at(-1) ?? null)
        : null,
      offices,
      bodies,
      authority: this.#authority(person, offices, bodies, [party.name, ...texts].map(fold).join(' ')),
    };
    // One word is a surname only where it is written alone as one; "police" is none.
    if (profile.surname !== null && words.length === 1 && actor === null) profile.surname = folded;
    this.#profiles.set(key, profile);
    return profile;
  }

  #resolve(party: Party, folded: string, range: DateRange | null): string | null {
    if (party.actor !== null) return party.actor;
    const named = only(this.#byName.get(folded)) ?? only(this.#bySurname.get(folded));
    if (named !== null) return named;
    // "The interior minister" of a day is who held that office then, where there is only one.
    const { office } = this.#describe(party.name);
    if (office === null || office.portfolio.length === 0 || range === null) return null;
    if (!/\b(?:minist(?:er|re)|mayor|maire|prefete?|prefect|secretary|president)\b/.test(fold(party.name)))
      return null;
    const holders = new Set<string>();
    for (const one of this.#offices.get(office.family) ?? []) {
      if (sameOffice(one.office, office) !== 'yes') continue;
      if (one.held === null || overlaps(one.held, range)) holders.add(one.actor);
    }
    return only(holders);
  }

  /** The bodies of the dossier whose whole name stands in a description: "director of Human Rights Watch France". */
  #bodiesIn(words: string[]): string[] {
    const found: string[] = [];
    for (const word of words)
      for (const at of this.#bodyByWord.get(word) ?? []) {
        const body = this.#bodies[at]!;
        if (body.words.every((one) => words.includes(one))) found.push(body.id);
      }
    return found;
  }

  #authority(
    actor: Actor | null,
    offices: Office[],
    bodies: ReadonlySet<string>,
    words: string,
  ): boolean | null {
    const types = [actor?.type, ...[...bodies].map((id) => this.#actors.get(id)?.type)];
    if (types.some((type) => type === 'government-body' || type === 'police-unit')) return true;
    if (types.some((type) => type === 'ngo' || type === 'international-body' || type === 'media'))
      return false;
    if (NOT_AUTHORITY.test(words)) return false;
    if (offices.length > 0) return true;
    return types.some((type) => type === 'company' || type === 'group') ? false : null;
  }

  /** Whether two parties may be one speaker of one statement. `together`: as of `side`. */
  mayBeOne(a: Profile | null, b: Profile | null, together: boolean): boolean {
    if (a === null || b === null) return false;
    const [first, second] = a.number <= b.number ? [a, b] : [b, a];
    const key = (first.number * 4_194_304 + second.number) * 2 + (together ? 1 : 0);
    let may = this.#mayBeOne.get(key);
    if (may === undefined) {
      may = mayBeOneSpeaker(first, second, together);
      this.#mayBeOne.set(key, may);
    }
    return may;
  }

  /** How two parties stand to one another. `together`: both stand in one source, where "the minister" is one minister. */
  side(a: Profile | null, b: Profile | null, together: boolean): Side {
    if (a === null || b === null) return 'unknown';
    const [first, second] = a.number <= b.number ? [a, b] : [b, a];
    const key = (first.number * 4_194_304 + second.number) * 2 + (together ? 1 : 0);
    let side = this.#sides.get(key);
    if (side === undefined) {
      side = sideOf(first, second, together);
      this.#sides.set(key, side);
    }
    return side;
  }
}

function sideOf(a: Profile, b: Profile, together: boolean): Side {
  if (a.actor !== null && a.actor === b.actor) return 'same-speaker';
  const bothKnown = a.actor !== null && b.actor !== null;
  if (!bothKnown && a.named !== null && a.named === b.named) return 'same-speaker';
  // "Cazeneuve" after "Bernard Cazeneuve", in one text.
  if (!bothKnown && together && a.surname !== null && a.surname === b.surname && isShort(a, b))
    return 'same-speaker';
  if (together && a.description !== null && a.description === b.description) return 'same-speaker';
  for (const body of a.bodies) if (b.bodies.has(body) || b.actor === body) return 'same-body';
  if (a.actor !== null && b.bodies.has(a.actor)) return 'same-body';
  let government = false;
  for (const one of a.offices)
    for (const other of b.offices) {
      const same = sameOffice(one, other);
      if (same === 'yes' || (same === 'perhaps' && together)) return 'same-body';
      government ||= sameGovernment(one, other, together);
    }
  return government ? 'same-government' : 'other';
}

/** Whether one of two names is only a surname. */
function isShort(a: Profile, b: Profile): boolean {
  return a.named === a.surname || b.named === b.surname;
}

/**
 * Whether two profiles may be one speaker of one utterance: the same name, or the same office where at most one of them
 * says who holds it.
 */
export function mayBeOneSpeaker(a: Profile | null, b: Profile | null, together: boolean): boolean {
  if (a === null || b === null) return false;
  if (sideOf(a, b, together) === 'same-speaker') return true;
  if (a.description !== null && a.description === b.description) return true;
  if (a.description === null && b.description === null) return false;
  if (a.actor !== null && b.actor !== null) return false;
  return a.offices.some((one) => b.offices.some((other) => sameOffice(one, other) === 'yes'));
}

/** Whether two parties stand on two sides: the state and those who are not, or two states. */
export function areOpposed(a: Profile | null, b: Profile | null): boolean {
  if (a === null || b === null) return false;
  if (a.authority === true && b.authority === true) {
    return a.offices.some((one) =>
      b.offices.some(
        (other) => one.country !== null && other.country !== null && one.country !== other.country,
      ),
    );
  }
  return (a.authority === true || b.authority === true) && (a.authority !== true || b.authority !== true);
}

/** Roles are recorded to the day, and words said in the days around it. */
const AROUND = 3 * 86_400_000;
const widened = (range: DateRange): DateRange => ({ from: range.from - AROUND, to: range.to + AROUND });

/** A name folded, without its article. */
export function plain(name: string): string {
  return fold(name).replace(ARTICLE, '').replace(/\s+/g, ' ').trim();
}

function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

/** The one value of a set that has one. */
function only<T>(set: Set<T> | undefined): T | null {
  if (set === undefined || set.size !== 1) return null;
  return set.values().next().value ?? null;
}
