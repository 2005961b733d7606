// Tombstones: what is left of what was erased. An entry that says what it was, when and why; who asks for it reads that.
import { type Kysely, sql } from 'kysely';
import { type Problem, problem } from '../record/problem.ts';
import type { Tables } from './tables.ts';

/** What may be erased. */
export const ERASABLE = ['statement', 'figure', 'incident', 'source', 'witness'] as const;
export type ErasableNoun = (typeof ERASABLE)[number];

/** What an erasure leaves of its subject: the payload of an entry `entry.erase`. Nothing in it says what was erased. */
export interface Tombstone {
  noun: ErasableNoun;
  subject: string;
  /** In the words of who erased it. */
  reason: string;
  /** How many entries lost their payloads with it. */
  entries: number;
  /** What it was erased with: the source a record rested on, the witness who told a source. Null where it was meant itself. */
  with: string | null;
}

/** The tombstone of something that was erased, or null. */
export async function findTombstone(
  kysely: Kysely<Tables>,
  dossier: string,
  subject: string,
): Promise<(Tombstone & { at: string }) | null> {
  const row = await kysely
    .selectFrom('entries')
    .select(['at', 'payload'])
    .where('subject', '=', subject)
    .where('dossier', '=', dossier)
    .where('action', '=', 'entry.erase')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row?.payload) return null;
  return { ...(JSON.parse(row.payload) as Tombstone), at: row.at };
}

/** Why something is not there: it was erased, and then when and why, or there is no such thing. */
export async function notThere(
  kysely: Kysely<Tables>,
  what: string,
  dossier: string,
  id: string,
): Promise<Problem> {
  const stone = await findTombstone(kysely, dossier, id);
  return stone
    ? problem('subject.erased', { date: stone.at.slice(0, 10), reason: stone.reason })
    : problem('not-found', { what });
}

/** How many views of a publication were erased since it was made. */
export async function countErasedViews(
  kysely: Kysely<Tables>,
  dossier: string,
  publication: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from published
    where dossier = ${dossier} and kind = 'erased' and since <= ${publication} and until > ${publication}`.execute(
    kysely,
  );
  return Number(rows[0]!.count);
}
