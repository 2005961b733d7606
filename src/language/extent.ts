// How far what was said reaches in its sentence.
import type { Cue } from './attribution.ts';
import { cueOf } from './cue.ts';
import { type Grammar, isMark, lower } from './grammar.ts';
import type { Token } from './text-model.ts';

/** Index after the last item that is not closing punctuation. */
export function lastItem(grammar: Grammar): number {
  let end = grammar.items.length;
  while (end > 0 && isMark(grammar, end - 1, '.!?…:;,')) end--;
  return end;
}

/**
 * Where the content that begins at `from` ends: before ", but the ministry said", ", adding that" or ", according to",
 * else at the end of the frame.
 */
export function contentEnd(grammar: Grammar, from: number, cues: Cue[], own: Cue): number {
  let end = lastItem(grammar);
  for (const other of cues) {
    if (other === own || other.clauseFrom <= from || other.clauseFrom >= end) continue;
    const gerundive = other.entry.form === 'gerund' && isMark(grammar, other.clauseFrom - 1, ',');
    const joint = /^(?:but|while|and|though|although|whereas|mais|et|tandis|alors)$/.test(
      lower(grammar, other.clauseFrom - 1),
    );
    const comma = isMark(grammar, other.clauseFrom - 2, ',');
    if (gerundive || other.inverted) end = other.clauseFrom;
    else if (joint && (comma || (other.coordinated && other.subject === own.subject)))
      end = other.clauseFrom - 1;
    else continue;
    break;
  }
  for (let at = from + 1; at < end; at++) {
    const word = lower(grammar, at);
    // « …, avant de quitter la salle », "…, before leaving": what the speaker did next.
    const then = isMark(grammar, at - 1, ',') && /^(?:avant|before)$/.test(word);
    if (then && /^(?:de|d')$|ing$/.test(lower(grammar, at + 1))) end = at;
    // « demande que l'accueil soit gratuit et redoute que… »: a second verb of the same subject.
    const chunk = grammar.chunkOf[at]! + 1;
    const second = grammar.language === 'fr' && /^(?:et|mais)$/.test(word) && grammar.chunks[chunk]?.verb;
    if (second && second.form === 'finite' && grammar.chunks[chunk + 1]?.kind === 'that') end = at;
    // « …, ce que contestent les associations »
    if (word === 'ce' && isMark(grammar, at - 1, ',') && /^(?:que|qu')$/.test(lower(grammar, at + 1)))
      if (cueOf(lower(grammar, at + 2), grammar.language)?.form === 'finite') end = at;
    if ((word === 'according' || word === 'selon') && isMark(grammar, at - 1, ',')) end = at;
    if (isMark(grammar, at, ';')) end = at;
  }
  // "The landlord, who says the boiler was replaced, has not…": the relative clause ends what is said.
  const relative =
    own.subject !== null &&
    /^(?:who|which|qui)$/.test(grammar.text.slice(own.subject.start, own.subject.end));
  for (
    let at = grammar.chunkOf[from]! + 1;
    relative && at < grammar.chunks.length && grammar.chunks[at]!.from < end;
    at++
  ) {
    const next = grammar.chunks[at + 1];
    if (grammar.chunks[at]!.kind === 'comma' && next?.verb?.form === 'finite') end = grammar.chunks[at]!.from;
  }
  while (end > from && isMark(grammar, end - 1, '.!?…:;,')) end--;
  return end;
}

/**
 * Where a governed noun phrase or infinitive ends before `end`: at what is set beside it ("…, a plan the council
 * opposed"), at a dash, or where the sentence goes on with another verb. Lists are kept whole.
 */
export function phraseEnd(
  grammar: Grammar,
  from: number,
  end: number,
  kind: 'object' | 'infinitive',
): number {
  const { chunks } = grammar;
  const first = grammar.chunkOf[from]!;
  for (let at = first + 1; at < chunks.length && chunks[at]!.from < end; at++) {
    const chunk = chunks[at]!;
    const next = chunks[at + 1];
    if (chunk.kind === 'dash') return chunk.from;
    // "corrected its count after a clerk noticed a mistake"
    const clause = chunk.kind === 'conjunction' || chunks[at + 2]?.verb?.form === 'finite';
    if (kind === 'object' && clause && BACKGROUND.test(lower(grammar, chunk.head))) return chunk.from;
    if (chunk.kind === 'conjunction' && /^(?:and|but|et|mais)$/.test(lower(grammar, chunk.head))) {
      const verb = next?.kind === 'adverb' ? chunks[at + 2] : next;
      if (verb?.kind === 'verb' && verb.verb!.form === 'finite') return chunk.from;
      if (next?.kind === 'relative' && chunks[at - 1]?.kind === 'comma') return chunks[at - 1]!.from;
    }
    if (chunk.kind !== 'comma') continue;
    const close = kind === 'infinitive' ? asideEnd(grammar, at) : null;
    if (close !== null && chunks[close]!.from < end) {
      at = close;
      continue;
    }
    const list = chunks
      .slice(at + 1, at + 9)
      .some(
        (other, index, rest) =>
          other.kind === 'conjunction' &&
          /^(?:and|or|et|ou)$/.test(lower(grammar, other.head)) &&
          !rest.slice(0, index).some((one) => one.verb?.form === 'finite' || one.kind === 'relative'),
      );
    if (!list || next?.kind === 'relative') return chunk.from;
  }
  return end;
}

/** « transmettre à la commission, avant la fin du mois, les données »: the comma that closes an aside after which the clause goes on. */
function asideEnd(grammar: Grammar, comma: number): number | null {
  const { chunks } = grammar;
  if (chunks[comma + 1]?.kind !== 'preposition' && chunks[comma + 1]?.kind !== 'adverb') return null;
  for (let at = comma + 2; at < chunks.length && at < comma + 10; at++) {
    const chunk = chunks[at]!;
    if (chunk.kind === 'comma') {
      const next = chunks[at + 1];
      const resumes = next?.kind === 'noun' || /^(?:de|d'|du|des|of)$/.test(lower(grammar, next?.head ?? -1));
      return resumes ? at : null;
    }
    if (chunk.verb?.form === 'finite' || /^(?:relative|that|conjunction|quotation)$/.test(chunk.kind))
      return null;
  }
  return null;
}

const BACKGROUND =
  /^(?:after|before|because|when|while|although|though|lorsque|lorsqu'|quand|tandis|alors|puisque|parce)$/;

/** Whether the items of [from, to) are only quotations and marks. */
export function isQuotedOnly(items: Token[], from: number, to: number): boolean {
  let quoted = false;
  for (let at = from; at < to; at++) {
    if (items[at]!.kind === 'quotation') quoted = true;
    else if (items[at]!.kind !== 'mark') return false;
  }
  return quoted;
}
