// Putting a second proposer's records beside those that are there: the same is not made again, and who found it too is
// noted; what is new is added. What a person has touched is theirs and stays as it is.
import { findQuote, fold } from '../language/anchoring/find-quote.ts';
import { overlap, raised, sameAs } from '../language/anchoring/same.ts';
import type { Provenance } from '../record/common.ts';
import type { Span } from '../record/suggestion.ts';
import type { Merged } from '../store/consultations.ts';
import type { AnyRecord } from '../store/rows.ts';
import { SYSTEM_ACCOUNT } from '../store/write.ts';
import { BETWEEN_PIECES } from './propose.ts';

/** Fields that may be filled where the first proposer left them empty. */
const FILLABLE = {
  statement: ['speaker', 'addressee'],
  figure: ['accordingTo', 'place', 'period'],
  incident: [],
} as const satisfies Record<AnyRecord['kind'], readonly string[]>;

/**
 * What becomes of the records that rest on a source (`resting`, whatever their status) and of those a second proposer
 * makes (`proposed`). A record whose content shares half of what either covers is the same: then the one that is there
 * keeps its passages; if nobody has judged or changed it, it grows surer, its empty fields are filled, and its
 * provenance says by whom. So nothing is there twice, and what was rejected stays rejected.
 */
export function mergeInto(
  resting: readonly AnyRecord[],
  proposed: readonly AnyRecord[],
  text: string,
  source: string,
): Merged {
  const there = resting.map((record) => ({ record, spans: contentSpans(record, text, source) }));
  const changed = new Map<string, { before: AnyRecord; after: AnyRecord }>();
  const fresh: AnyRecord[] = [];
  for (const record of proposed) {
    const spans = contentSpans(record, text, source);
    const alike = there.filter((other) => other.record.kind === record.kind && other.spans.length > 0);
    const at =
      sameAs(
        spans,
        alike.map((other) => other.spans),
      ) ?? coveringFigure(record, spans, alike);
    if (at === null) {
      fresh.push(record);
      continue;
    }
    const before = alike[at]!.record;
    const after = agreed(before, record);
    if (after !== null && !changed.has(before.id)) changed.set(before.id, { before, after });
  }
  return { changed: [...changed.values()], fresh };
}

/** Figures are short: "2,300" and "up to 2,300 people in the town" are one although they share little. */
function coveringFigure(
  record: AnyRecord,
  spans: readonly Span[],
  others: readonly { spans: readonly Span[] }[],
): number | null {
  if (record.kind !== 'figure') return null;
  const at = others.findIndex((other) => overlap(spans, other.spans) > 0);
  return at === -1 ? null : at;
}

/**
 * Where what a record says stands in the text: each piece of a statement, else the whole passage. A statement whose words
 * a person changed stands where its passage does. Empty when no passage of it is left in this source.
 */
function contentSpans(record: AnyRecord, text: string, source: string): Span[] {
  const passages = record.passages.filter(
    (passage) => passage.source === source && passage.anchor !== 'lost',
  );
  const whole = passages.map(({ start, end }) => ({ start, end }));
  const [first] = whole;
  if (record.kind !== 'statement' || first === undefined) return whole;
  const spans: Span[] = [];
  let from = first.start;
  for (const piece of record.content.split(BETWEEN_PIECES)) {
    const [place] = findQuote(fold(text, { start: from, end: first.end }), piece);
    if (place === undefined) return whole;
    spans.push(place);
    from = place.end;
  }
  return spans;
}

/** The record with a second proposer's agreement; null when it is a person's already, or had that agreement before. */
function agreed(record: AnyRecord, other: AnyRecord): AnyRecord | null {
  const { provenance } = record;
  const by = other.provenance;
  if (record.status !== 'suggested' || record.updatedBy !== SYSTEM_ACCOUNT) return null;
  if (provenance === null || by === null || provenance.proposer === by.proposer) return null;
  const also = provenance.also ?? [];
  if (also.some(({ proposer }) => proposer === by.proposer)) return null;
  const given = other as unknown as Record<string, unknown>;
  const held = record as unknown as Record<string, unknown>;
  const filled = FILLABLE[record.kind].filter((field) => held[field] === null && given[field] !== null);
  const told: Provenance = {
    ...provenance,
    confidence: raised(provenance.confidence),
    also: [...also, { proposer: by.proposer, version: by.version, filled }],
  };
  return {
    ...record,
    ...Object.fromEntries(filled.map((field) => [field, given[field]])),
    provenance: told,
  } as AnyRecord;
}
