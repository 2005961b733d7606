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
  const there = resting.map((record) => ({ record, ...standing(record, text, source) }));
  const changed = new Map<string, { before: AnyRecord; after: AnyRecord }>();
  const fresh: AnyRecord[] = [];
  for (const record of proposed) {
    const stand = standing(record, text, source);
    const alike = there.filter((other) => other.record.kind === record.kind && other.whole.length > 0);
    const at = sameStanding(stand, alike) ?? (record.kind === 'figure' ? touched(stand, alike) : null);
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

/** Where a record stands in a text. */
interface Standing {
  /** What it says; null where its words do not stand there, since a person put them otherwise. */
  content: Span[] | null;
  /** Its passages; none when they were lost. */
  whole: Span[];
}

function standing(record: AnyRecord, text: string, source: string): Standing {
  const whole = record.passages
    .filter((passage) => passage.source === source && passage.anchor !== 'lost')
    .map(({ start, end }) => ({ start, end }));
  const [first] = whole;
  if (record.kind !== 'statement' || first === undefined) return { content: whole, whole };
  const content: Span[] = [];
  let from = first.start;
  for (const piece of record.content.split(BETWEEN_PIECES)) {
    const [place] = findQuote(fold(text, { start: from, end: first.end }), piece);
    if (place === undefined) return { content: null, whole };
    content.push(place);
    from = place.end;
  }
  return { content, whole };
}

/** Which record says the same: what they say is compared, and where one says it in other words, their passages. */
function sameStanding(one: Standing, others: readonly Standing[]): number | null {
  const { content, whole } = one;
  const byContent =
    content &&
    sameAs(
      content,
      others.map((other) => other.content ?? []),
    );
  return (
    byContent ??
    sameAs(
      whole,
      others.map((other) => (content && other.content ? [] : other.whole)),
    )
  );
}

/** Figures are short: "2,300" and "up to 2,300 people in the town" are one although they share little. */
function touched({ whole }: Standing, others: readonly Standing[]): number | null {
  const at = others.findIndex((other) => overlap(whole, other.whole) > 0);
  return at === -1 ? null : at;
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
