// Subjects: the noun phrase whose verb a verb group is, before it or, inverted, after it.
import { type Chunk, type Grammar, lower, upos } from './grammar.ts';
import type { Phrase } from './naming.ts';
import { join, phraseAfter, phraseBefore, phraseOf, withApposition } from './phrase.ts';

/** No subject is looked for further away than this many chunks. */
const FURTHEST = 24;

/** Whether a clause may begin after this chunk. */
function isBoundary(chunk: Chunk | undefined): boolean {
  return (
    chunk === undefined ||
    /^(?:comma|colon|quotation|that|conjunction|dash|stop|bracket|relative)$/.test(chunk.kind)
  );
}

/** The chunk before `at`, past adverbs and times between a subject and its verb: "the mayor *on Tuesday also* said". */
export function beforeAdverbials(grammar: Grammar, at: number): number {
  const { chunks } = grammar;
  let left = at - 1;
  for (let step = 0; step < 6 && left >= 0; step++) {
    const chunk = chunks[left]!;
    if (chunk.kind === 'adverb') left--;
    else if (
      chunk.kind === 'noun' &&
      chunk.time &&
      chunks[left - 1]?.verb?.form === 'participle' &&
      grammar.language === 'fr'
    )
      break;
    else if (chunk.kind === 'noun' && chunk.time) left -= chunks[left - 1]?.kind === 'preposition' ? 2 : 1;
    else break;
  }
  return left;
}

/** The subject that stands before the verb group at chunk `at`, with all that belongs to it; null where there is none. */
export function subjectBefore(grammar: Grammar, at: number): Phrase | null {
  const { chunks } = grammar;
  const left = beforeAdverbials(grammar, at);
  const before = chunks[left];
  if (!before) return null;
  if (before.kind === 'relative') return antecedent(grammar, left);
  if (
    before.kind === 'comma' ||
    before.kind === 'dash' ||
    (before.kind === 'bracket' && lower(grammar, before.head) === ')')
  )
    return aroundParenthesis(grammar, left);
  if (
    before.kind === 'noun' ||
    before.kind === 'preposition' ||
    before.kind === 'verb' ||
    before.kind === 'other'
  )
    return walkLeft(grammar, left, chunks[at]!.from);
  return null;
}

/** "the council, which said": who a relative stands for. */
function antecedent(grammar: Grammar, relative: number): Phrase | null {
  const { chunks } = grammar;
  let end = relative - 1;
  if (chunks[end]?.kind === 'comma') end--;
  // "X (MDM), who said"
  if (chunks[end]?.kind === 'bracket') {
    let open = end - 1;
    while (
      open > end - 6 &&
      open > 0 &&
      !(chunks[open]!.kind === 'bracket' && lower(grammar, chunks[open]!.head) === '(')
    )
      open--;
    end = open - 1;
  }
  const chunk = chunks[end];
  if (chunk?.kind !== 'noun') return null;
  // « la coordinatrice de l'ONG à Calais, qui »: a place does not speak.
  const placed = /^(?:à|en|dans|sur)$/.test(lower(grammar, chunk.from - 1)) && chunk.to - chunk.from === 1;
  const whole = nearHead(grammar, phraseBefore(grammar, chunk.to, !placed));
  const phrase = whole && agreeing(grammar, whole, relative);
  if (!phrase || phrase.kind === 'pronoun') return null;
  // The words that name the speaker here are "who"; what it stands for says who that is.
  const pronoun = grammar.items[chunks[relative]!.head]!;
  return { ...phrase, start: pronoun.start, end: pronoun.end };
}

/** « la requête d'une douzaine d'associations qui demandaient »: a verb in the plural has those in the plural as its subject. */
function agreeing(grammar: Grammar, phrase: Phrase, relative: number): Phrase {
  const { chunks, language } = grammar;
  const verb = chunks[relative + 1]?.verb;
  if (language !== 'fr' || phrase.name !== null || !verb) return phrase;
  const plural = /(?:ent|ont)$/.test(lower(grammar, verb.first));
  if (!plural || !/^(?:le|la|l'|un|une|ce|cette)$/.test(lower(grammar, phrase.from))) return phrase;
  for (let at = grammar.chunkOf[phrase.from]! + 1; at < chunks.length && chunks[at]!.from < phrase.to; at++) {
    const chunk = chunks[at]!;
    const many =
      /^(?:les|ces|ses|leurs|plusieurs)$/.test(lower(grammar, chunk.from)) ||
      lower(grammar, chunk.from - 1) === 'des';
    if (chunk.kind !== 'noun' || (!many && !/aine$/.test(lower(grammar, chunk.head)))) continue;
    return phraseOf(grammar, chunk, phrase.to);
  }
  return phrase;
}

/** "a spokesman for the council, who": the person is meant; "the head of the association, which": the body is. */
function nearHead(grammar: Grammar, phrase: Phrase | null): Phrase | null {
  if (!phrase) return null;
  const comma = lower(grammar, phrase.from - 1) === ',' ? phraseBefore(grammar, phrase.from - 1) : null;
  const joined = comma ? join(grammar, comma, phrase) : null;
  return joined ?? phrase;
}

/** "X, mayor of Calais, said" and "X (MDM) said": the phrase before the parenthesis whose end stands at chunk `close`. */
function aroundParenthesis(grammar: Grammar, close: number): Phrase | null {
  const { chunks } = grammar;
  const mark = lower(grammar, chunks[close]!.head) || grammar.items[chunks[close]!.head]!.text;
  const open = mark === ')' ? '(' : mark;
  for (let at = close - 1; at > 0 && at > close - FURTHEST; at--) {
    const chunk = chunks[at]!;
    if (chunk.kind === 'quotation' && grammar.items[chunk.head]!.text.length > 40) return null;
    if (grammar.items[chunk.head]!.text !== open) continue;
    const before = chunks[at - 1];
    // Past a bracket, an age, a time: "X (D-Mo.), who …, said", "X, 63, a voter, said", "veterans asked this week, …, said".
    let left = at - 1;
    if (before?.kind === 'bracket') {
      while (left > 0 && grammar.items[chunks[left]!.head]!.text !== '(') left--;
      left--;
    }
    const last = chunks[beforeAdverbials(grammar, left + 1)];
    if (last?.kind !== 'noun' || upos(grammar, last.head) === 'NUM') continue;
    const whole = walkLeft(grammar, grammar.chunkOf[last.from]!, chunk.from);
    const phrase = whole && {
      ...whole,
      to: Math.min(whole.to, chunk.from),
      end: Math.max(whole.end, grammar.items[chunks[at - 1]!.to - 1]!.end),
    };
    if (!phrase || !isBoundary(chunks[grammar.chunkOf[phrase.from]! - 1])) continue;
    if (mark === ',' && !isParenthesis(grammar, at + 1, close)) continue;
    const inner = chunks[at + 1]?.kind === 'noun' ? phraseAfter(grammar, chunks[at + 1]!.from) : null;
    if (mark === ')') {
      const short =
        inner &&
        inner.to === chunks[close]!.from &&
        /^\p{Lu}[\p{L}\d.-]*$/u.test(grammar.text.slice(inner.start, inner.end))
          ? grammar.text.slice(inner.start, inner.end)
          : null;
      return {
        ...phrase,
        to: chunks[close]!.to,
        end: grammar.items[chunks[close]!.to - 1]!.end,
        abbreviation: short,
      };
    }
    const joined = inner ? join(grammar, phrase, inner) : null;
    const end = chunks[close]!.from;
    return { ...(joined ?? phrase), to: chunks[close]!.to, end: grammar.items[end - 1]!.end };
  }
  return null;
}

/** Whether chunks [from, to) may stand between commas beside a noun: no finite verb but in a relative clause. */
function isParenthesis(grammar: Grammar, from: number, to: number): boolean {
  const { chunks } = grammar;
  for (let at = from; at < to; at++) {
    const chunk = chunks[at]!;
    if (chunk.kind === 'relative' || chunk.kind === 'conjunction') return true;
    if (chunk.kind === 'verb' && chunk.verb!.form === 'finite') return false;
  }
  return true;
}

/** Leftwards from chunk `left` over what modifies a subject, to the noun phrase that begins its clause. */
function walkLeft(grammar: Grammar, left: number, verb: number): Phrase | null {
  const { chunks } = grammar;
  let nearest: Phrase | null = null;
  let at = left;
  for (let step = 0; step < FURTHEST && at >= 0; step++) {
    const chunk = chunks[at]!;
    if (chunk.kind === 'noun' && !chunk.time) {
      const phrase = phraseBefore(grammar, chunk.to)!;
      nearest ??= phrase;
      at = grammar.chunkOf[phrase.from]! - 1;
      const boundary = chunks[at];
      if (boundary?.kind === 'relative') {
        // "those who support the plan said": the clause of the relative goes by.
        at--;
        if (chunks[at]?.kind === 'comma') at--;
        continue;
      }
      if (isBoundary(boundary)) return extended(grammar, phrase, left, verb);
      // "He told the committee the mayor said": a finite verb before the phrase ends the search.
      if (boundary!.kind === 'verb' && boundary!.verb!.form === 'finite') {
        if (chunks[at - 1]?.kind !== 'relative') return phrase === nearest ? phrase : nearest;
        at -= 2;
        if (chunks[at]?.kind === 'comma') at--;
      }
      // Two noun phrases side by side: the verb takes the one next to it.
      if (boundary!.kind === 'noun') return extended(grammar, phrase, left, verb);
      continue;
    }
    // « chargée de la ville et du logement »: the second of two phrases behind one word.
    const tied =
      chunk.kind === 'conjunction' &&
      /^(?:and|et)$/.test(lower(grammar, chunk.head)) &&
      chunks[at + 1]?.kind === 'preposition';
    if (tied) {
      at--;
      continue;
    }
    if (chunk.kind === 'verb' && chunk.verb!.form === 'finite') {
      if (chunks[at - 1]?.kind !== 'relative') return nearest;
      at -= 2;
      if (chunks[at]?.kind === 'comma') at--;
      continue;
    }
    if (isBoundary(chunk)) return nearest;
    at--;
  }
  return nearest;
}

/** The phrase with everything between it and its verb, as the words that name the speaker. */
function extended(grammar: Grammar, phrase: Phrase, last: number, verb: number): Phrase {
  const end = Math.min(grammar.chunks[last]!.to, verb);
  if (end <= phrase.to) return titled(grammar, phrase);
  const whole = { ...titled(grammar, phrase), to: end, end: grammar.items[end - 1]!.end };
  // « la secrétaire d'État chargée du logement », « le maire sortant »: the words behind the noun name the function.
  const named = /^(?:chargée?s?|déléguée?s?|sortante?s?|honoraire|adjointe?s?|sortis?)$/.test(
    lower(grammar, phrase.to),
  );
  if (!named) return whole;
  const description = phrase.description + grammar.text.slice(phrase.end, whole.end);
  return {
    ...whole,
    description,
    role: phrase.role && phrase.role + grammar.text.slice(phrase.end, whole.end),
  };
}

/** « La maire de Calais, Natacha Bouchart a dit »: a title before a comma belongs to the name after it. */
function titled(grammar: Grammar, phrase: Phrase): Phrase {
  if (phrase.kind !== 'name' || lower(grammar, phrase.from - 1) !== ',') return phrase;
  const title = phraseBefore(grammar, phrase.from - 1);
  const joined = title?.role && !title.name ? join(grammar, title, phrase) : null;
  return joined && isBoundary(grammar.chunks[grammar.chunkOf[joined.from]! - 1]) ? joined : phrase;
}

/** The subject after an inverted verb that ends before chunk `at`: « a déclaré mercredi la maire », "said the mayor". */
export function subjectAfter(grammar: Grammar, at: number): Phrase | null {
  const { chunks } = grammar;
  let next = at;
  for (let step = 0; step < 8 && chunks[next]; step++) {
    const chunk = chunks[next]!;
    if (chunk.kind === 'noun' && !chunk.time) {
      const phrase = phraseAfter(grammar, chunk.from);
      return phrase ? withApposition(grammar, phrase) : null;
    }
    if (chunk.kind === 'adverb' || (chunk.kind === 'noun' && chunk.time)) next++;
    else if (chunk.kind === 'preposition' && grammar.language === 'fr' && chunks[next + 1]?.kind === 'noun') {
      // « a déclaré à l'AFP le maire », « ajoute de son côté la préfète »
      const phrase = phraseOf(grammar, chunks[next + 1]!, grammar.items.length);
      next = grammar.chunkOf[phrase.to - 1]! + 1;
    } else break;
  }
  return null;
}

/** The first noun phrase of the sentence that could act, past adverbials before a comma. */
export function mainSubject(grammar: Grammar, before: number): Phrase | null {
  const { chunks } = grammar;
  for (let at = 0; at < before && at < FURTHEST; at++) {
    const chunk = chunks[at]!;
    if (chunk.kind === 'verb' && chunk.verb!.form === 'finite') {
      const subject = subjectBefore(grammar, at);
      if (subject) return subject;
    }
  }
  for (let at = 0; at < before && at < FURTHEST; at++) {
    const chunk = chunks[at]!;
    if (chunk.kind === 'preposition') at++;
    else if (chunk.kind === 'noun' && !chunk.time && upos(grammar, chunk.head) !== 'NUM')
      return withApposition(grammar, phraseAfter(grammar, chunk.from)!);
  }
  return null;
}

/** Whether the chunk before `at` is a quotation, perhaps with a comma or a dash between. */
export function quotationBefore(grammar: Grammar, at: number): boolean {
  const { chunks } = grammar;
  let left = at - 1;
  while (left >= 0 && (chunks[left]!.kind === 'comma' || chunks[left]!.kind === 'dash')) left--;
  return left >= 0 && chunks[left]!.kind === 'quotation';
}
