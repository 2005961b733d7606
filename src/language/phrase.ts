// Noun phrases that name somebody: how far they reach over the chunks of a sentence, and taken apart into name, function
// and kind.
import type { Span } from '../record/suggestion.ts';
import { type Chunk, type Grammar, isInitialStop, isMark, lower, upos } from './grammar.ts';
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

/** Words that open sentences with a capital and name nobody. */
const SENTENCE_OPENERS = new Set(
  'last next such what speaking asked responding reacting finally first second both there interviewé interrogé invité contacté contactée interrogée jointe joint dernier dernière'.split(
    ' ',
  ),
);

// --- how far a phrase reaches

/** Nouns of occasions and papers: "said the mayor *in an interview*" does not make the interview part of the mayor. */
const OCCASION =
  /^(?:interview|statement|conference|briefing|speech|letter|email|e-mail|tweet|post|report|article|hearing|session|meeting|debate|court|committee|telephone|phone|message|press|comment|remarks|ruling|judgment|note|book|entretien|communiqué|discours|lettre|courriel|message|point|audience|séance|réunion|débat|rapport|article|tribune|note|marge|visite|antenne|micro|barre|tribune|sortie|issue|twitter|facebook)$/;

const LINKING: Record<Grammar['language'], RegExp> = {
  en: /^(?:of|for|from|at|in|on|with|to|behind|against)$/,
  fr: /^(?:de|d'|du|des|à|au|aux|en|pour|chez)$/,
};
/** Prepositions of place that tell who an unnamed person is: "a farmer below the weir". */
const PLACING: Record<Grammar['language'], RegExp> = {
  en: /^(?:near|below|above|beside|outside|inside|across|along|behind|around|between|under|over|without|aboard)$/,
  fr: /^(?:près|sous|dans|devant|derrière|entre|sans)$/,
};
const ALWAYS: Record<Grammar['language'], RegExp> = { en: /^of$/, fr: /^(?:de|d'|du|des)$/ };

/** Whether the noun phrase `second` belongs to `first` by the preposition between them. */
function isLinked(grammar: Grammar, first: Chunk, preposition: Chunk, second: Chunk): boolean {
  if (second.time || first.time) return false;
  const word = lower(grammar, preposition.head);
  const indefinite = /^(?:a|an|one|another|un|une)$/.test(lower(grammar, first.from));
  if (preposition.to - preposition.from > 1) return false;
  if (!LINKING[grammar.language].test(word) && !(indefinite && PLACING[grammar.language].test(word))) return false;
  if (upos(grammar, first.head) === 'PRON') return word === 'of' || /^(?:de|d'|du|des)$/.test(word);
  if (OCCASION.test(lower(grammar, second.head))) return ALWAYS[grammar.language].test(word);
  if (ALWAYS[grammar.language].test(word)) return true;
  const who = lower(grammar, first.head);
  const { lexicon } = grammar;
  const names = isRole(grammar, who) || lexicon.bodies.has(who) || lexicon.people.has(who);
  if (indefinite && (names || !grammar.items[first.head]!.capital)) return true;
  if (word === 'for' || word === 'pour') return names || grammar.items[first.head]!.capital;
  const whom = lower(grammar, second.head);
  if (/^(?:à|au|aux)$/.test(word)) {
    // « l'adjoint à la voirie », but « un conseiller aux députés » addresses them.
    return lexicon.roles.has(who) && !isRole(grammar, whom) && !lexicon.people.has(whom) && !lexicon.bodies.has(whom) && !grammar.items[second.head]!.capital;
  }
  if (word === 'to' || word === 'on')
    return (
      lexicon.roles.has(who) &&
      (grammar.language === 'fr' ||
        grammar.items[second.head]!.capital ||
        lexicon.bodies.has(lower(grammar, second.head)))
    );
  const placed =
    grammar.items[second.head]!.capital ||
    lexicon.places.has(lower(grammar, second.head)) ||
    lexicon.bodies.has(lower(grammar, second.head));
  return placed && (names || grammar.items[first.head]!.capital);
}

/** The chunk after the last of the noun phrase that begins at chunk `at`, with what prepositions tie to it. */
function chainRight(grammar: Grammar, at: number): number {
  const { chunks } = grammar;
  let last = at;
  for (let step = 0; step < 5; step++) {
    const [link, next] = [chunks[last + 1], chunks[last + 2]];
    if (
      link?.kind === 'preposition' &&
      next?.kind === 'noun' &&
      isLinked(grammar, chunks[last]!, link, next)
    ) {
      last += 2;
      continue;
    }
    // « le ministre délégué chargé de l'industrie », "the minister responsible for housing"
    const charged = /^(?:chargée?s?|déléguée?s?|responsable|responsible)$/.test(
      lower(grammar, chunks[last + 1]?.head ?? -1),
    );
    if (charged && next?.kind === 'preposition' && chunks[last + 3]?.kind === 'noun') {
      last += 3;
      continue;
    }
    break;
  }
  return last + 1;
}

/** The first chunk of the noun phrase that ends with chunk `at`. */
function chainLeft(grammar: Grammar, at: number, strict: boolean): number {
  const { chunks } = grammar;
  let first = at;
  for (let step = 0; step < 5; step++) {
    const [previous, link] = [chunks[first - 2], chunks[first - 1]];
    if (link?.kind !== 'preposition' || previous?.kind !== 'noun') break;
    if (previous.time || chunks[first]!.time) break;
    if (strict && !isLinked(grammar, previous, link, chunks[first]!)) break;
    // Left of a verb, nearly any preposition ties; one that names an occasion does not: "X in an interview said".
    if (
      OCCASION.test(lower(grammar, chunks[first]!.head)) &&
      !ALWAYS[grammar.language].test(lower(grammar, link.head))
    )
      break;
    first -= 2;
  }
  return first;
}

const isAnd = (grammar: Grammar, chunk: Chunk | undefined): boolean =>
  chunk?.kind === 'conjunction' && /^(?:and|et|or|ou|&)$/.test(lower(grammar, chunk.head));

/** The phrase that begins at item `start`, or null where no noun phrase begins there. */
export function phraseAfter(grammar: Grammar, start: number): Phrase | null {
  const { chunks } = grammar;
  if (start < 0 || start >= grammar.items.length) return null;
  const at = grammar.chunkOf[start]!;
  const chunk = chunks[at]!;
  if (chunk.kind !== 'noun' || chunk.from > start) return null;
  let to = chainRight(grammar, at);
  if (isAnd(grammar, chunks[to]) && chunks[to + 1]?.kind === 'noun' && upos(grammar, chunk.head) !== 'PRON') {
    const next = chainRight(grammar, to + 1);
    const after = chunks[next];
    if (!chunks[to + 1]!.time && after?.kind !== 'verb' && after?.kind !== 'adverb') to = next;
  }
  return describe(grammar, start, chunks[to - 1]!.to);
}

/**
 * The phrase that ends before item `end`, or null where no noun phrase ends there. Before a verb nearly every preposition
 * ties ("a report by the council said"); with `strict` only those that do so anywhere.
 */
export function phraseBefore(grammar: Grammar, end: number, strict = false): Phrase | null {
  const { chunks } = grammar;
  if (end <= 0 || end > grammar.items.length) return null;
  const at = grammar.chunkOf[end - 1]!;
  const chunk = chunks[at]!;
  if (chunk.kind !== 'noun') return null;
  let first = chainLeft(grammar, at, strict);
  if (isAnd(grammar, chunks[first - 1]) && chunks[first - 2]?.kind === 'noun' && !chunks[first - 2]!.time) {
    const joined = chainLeft(grammar, first - 2, strict);
    const before = chunks[joined - 1];
    // "police cleared the camp and the mayor said": a phrase that a verb or preposition governs is not joined.
    if (before === undefined || !/^(?:verb|preposition|noun|other)$/.test(before.kind)) first = joined;
  }
  return describe(grammar, chunks[first]!.from, end);
}

/** The phrase of one noun chunk and what is tied to it on its right, up to item `limit`. */
export function phraseOf(grammar: Grammar, chunk: Chunk, limit: number): Phrase {
  const at = grammar.chunkOf[chunk.from]!;
  const to = Math.min(limit, grammar.chunks[chainRight(grammar, at) - 1]!.to);
  return describe(grammar, chunk.from, Math.max(to, chunk.to));
}

// --- apposition

/**
 * The phrase with what is set beside it: "X, mayor of Calais," « le ministre, X, », "X (MDM)", and a relative clause
 * that tells more about it: "X, who runs the shelter,". The span grows; name and function complete each other.
 */
export function withApposition(grammar: Grammar, phrase: Phrase): Phrase {
  let result = phrase;
  if (phrase.kind === 'pronoun') return result;
  for (let step = 0; step < 3; step++) {
    const { items } = grammar;
    const mark = items[result.to]?.text ?? '';
    if (mark === '(') {
      const close = closing(grammar, result.to);
      if (close === null || close - result.to > 12) break;
      const inside = grammar.text.slice(items[result.to]!.end, items[close]!.start).trim();
      const short = /^[\p{Lu}\d][\p{L}\d.’'-]{1,11}$/u.test(inside) && /\p{Lu}.*\p{Lu}/u.test(inside);
      result = {
        ...result,
        to: close + 1,
        end: items[close]!.end,
        abbreviation: short ? inside : result.abbreviation,
      };
      continue;
    }
    const dash = mark === '—' || mark === '–';
    if (mark !== ',' && !dash) {
      // "a man met near the canal", « un père installé sous le pont », "those who live there"
      const next = grammar.chunks[grammar.chunkOf[result.to] ?? -1];
      const tells =
        next?.from === result.to &&
        ((next.kind === 'relative' && lower(grammar, result.to) !== 'which') ||
          (next.kind === 'verb' && /^(?:participle|gerund)$/.test(next.verb!.form)));
      if (step === 0 && tells) {
        const end = clauseEnd(grammar, result.to);
        if (end !== null) result = { ...result, to: end, end: items[end - 1]!.end };
      }
      break;
    }
    const next = grammar.chunks[grammar.chunkOf[result.to + 1] ?? -1];
    if (!next || next.from !== result.to + 1) break;
    if (next.kind === 'relative') {
      const end = clauseEnd(grammar, next.from);
      if (end === null) break;
      result = { ...result, to: end, end: items[end - 1]!.end };
      break;
    }
    const second = phraseAfter(grammar, result.to + 1);
    if (!second || second.kind === 'pronoun') break;
    const after = items[second.to];
    if (after && after.kind !== 'mark' && after.kind !== 'quotation' && !isPostmodifier(grammar, second.to))
      break;
    const joined = join(grammar, result, second);
    const age = upos(grammar, result.to + 1) === 'NUM' && second.to - second.from <= 2;
    if (
      !joined &&
      !age &&
      !(second.kind === 'other' && lower(grammar, second.from).match(/^(?:a|an|the|un|une|le|la|l')$/))
    )
      break;
    result = joined ?? { ...result, to: second.to, end: second.end };
    if (isPostmodifier(grammar, result.to)) {
      const end = clauseEnd(grammar, result.to);
      if (end !== null) result = { ...result, to: end, end: items[end - 1]!.end };
    }
  }
  return result;
}

/** "a group active at the port", "who runs it": words after a noun that tell more about it. */
function isPostmodifier(grammar: Grammar, at: number): boolean {
  const chunk = grammar.chunks[grammar.chunkOf[at] ?? -1];
  if (!chunk || chunk.from !== at) return false;
  if (chunk.kind === 'relative') return true;
  return (chunk.kind === 'verb' && chunk.verb!.form !== 'finite') || upos(grammar, at) === 'ADJ';
}

/** Where what begins at `at` ends: before the next comma, dash, stop or quotation. Null when it runs on too long. */
function clauseEnd(grammar: Grammar, at: number): number | null {
  const { items } = grammar;
  for (let index = at + 1; index <= items.length && index < at + 40; index++) {
    const item = items[index];
    if (!item || item.kind === 'quotation') return index;
    if (item.kind === 'mark' && /^[,;:.!?…—–()]$/.test(item.text) && !isInitialStop(grammar, index))
      return index;
  }
  return null;
}

function closing(grammar: Grammar, open: number): number | null {
  for (let at = open + 1; at < grammar.items.length && at < open + 20; at++)
    if (isMark(grammar, at, ')')) return at;
  return null;
}

// --- taking phrases apart

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
    abbreviation: null,
  };
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
    const name = language === 'fr' ? frenchName(grammar, role, to) : englishName(grammar, role, to);
    phrase.kind = 'person';
    phrase.head = items[role]!.lower;
    if (language === 'en') phrase.gender ??= genderOfNoun(phrase.head);
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
    if (!isNameWord(grammar, body) && isNameWord(grammar, to - 1) && to - first >= 2) phrase.name = text.slice(items[first]!.start, last.end);
    if (isNameWord(grammar, body)) phrase.name = text.slice(items[body]!.start, last.end);
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
    return opener.capital && /s$/.test(opener.lower) && isRole(grammar, opener.lower) && !grammar.lexicon.determiners.has(lower(grammar, from - 1));
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
  if (/(?:woman|mistress|mother|sister|daughter|wife|widow|queen|duchess|baroness|countess|princess|waitress|stewardess|midwife|nun)$/.test(word))
    return 'f';
  return /(?:[a-z]{2}man|master|father|brother|husband|king|duke|widower|monk|priest|earl)$/.test(word) && !/^(?:woman|human)$/.test(word)
    ? 'm'
    : null;
}

/** Whether a word names a function or trade, in the singular or the plural. */
function isRole(grammar: Grammar, word: string): boolean {
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
