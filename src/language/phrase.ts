// Noun phrases that name somebody: how far they reach over the chunks of a sentence, and what is set beside them.
import { type Chunk, type Grammar, isInitialStop, isMark, lower, upos } from './grammar.ts';
import { describe, isRole, type Phrase } from './naming.ts';

/** Nouns of occasions and papers: "said the mayor *in an interview*" does not make the interview part of the mayor. */
const OCCASION =
  /^(?:interview|statement|conference|briefing|speech|letter|email|e-mail|tweet|post|report|article|hearing|session|meeting|debate|court|committee|telephone|phone|message|press|comment|remarks|ruling|judgment|note|book|entretien|communiqué|discours|lettre|courriel|message|point|audience|séance|réunion|débat|rapport|article|tribune|note|marge|visite|antenne|micro|barre|tribune|sortie|issue|cours|terme|lendemain|occasion|moment|twitter|facebook)$/;

const LINKING: Record<Grammar['language'], RegExp> = {
  en: /^(?:of|for|from|at|in|on|with|to|behind|against|by)$/,
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
  if (!LINKING[grammar.language].test(word) && !(indefinite && PLACING[grammar.language].test(word)))
    return false;
  if (upos(grammar, first.head) === 'PRON') return word === 'of' || /^(?:de|d'|du|des)$/.test(word);
  if (OCCASION.test(lower(grammar, second.head))) return ALWAYS[grammar.language].test(word);
  if (ALWAYS[grammar.language].test(word)) return true;
  const who = lower(grammar, first.head);
  const { lexicon } = grammar;
  const names = isRole(grammar, who) || lexicon.bodies.has(who) || lexicon.people.has(who);
  if (indefinite && (names || !grammar.items[first.head]!.capital)) return true;
  // "a report by the health board"
  if (word === 'by') return lexicon.bodies.has(who);
  if (word === 'for' || word === 'pour') return names || grammar.items[first.head]!.capital;
  const whom = lower(grammar, second.head);
  if (/^(?:à|au|aux)$/.test(word)) {
    // « l'adjoint à la voirie », but « un conseiller aux députés » addresses them.
    return (
      lexicon.roles.has(who) &&
      !isRole(grammar, whom) &&
      !lexicon.people.has(whom) &&
      !lexicon.bodies.has(whom) &&
      !grammar.items[second.head]!.capital
    );
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
    // « la préfecture de la Manche et de la mer du Nord »
    const [before, second, third] = [chunks[last - 1], chunks[last + 2], chunks[last + 3]];
    const tied = (chunk: Chunk | undefined) =>
      chunk?.kind === 'preposition' && /^(?:de|d'|du|des)$/.test(lower(grammar, chunk.head));
    if (last > at && tied(before) && lower(grammar, link?.head ?? -1) === 'et' && tied(second))
      if (third?.kind === 'noun' && !third.time) {
        last += 3;
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
    const belongs = step === 0 && !dash && result.name !== null ? belonging(grammar, result.to + 1) : null;
    if (belongs !== null) {
      result = { ...result, to: belongs, end: items[belongs - 1]!.end };
      continue;
    }
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

/** « Claire Millot, *de l'association Salam* »: where the body ends to which the one named belongs; null where none is. */
function belonging(grammar: Grammar, at: number): number | null {
  const { chunks, items, lexicon } = grammar;
  if (!/^(?:of|from|de|d'|du)$/.test(lower(grammar, at))) return null;
  const chunk = chunks[grammar.chunkOf[at]! + 1];
  if (chunk?.kind !== 'noun' || chunk.time) return null;
  const { to } = phraseOf(grammar, chunk, items.length);
  let body = false;
  for (let index = chunk.from; index < to; index++) body ||= lexicon.bodies.has(lower(grammar, index));
  const after = items[to];
  return body && (!after || after.kind === 'mark' || after.kind === 'quotation') ? to : null;
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
