// Witnesses: known by their pseudonyms, with what they agreed to. Who they are is in the box of their own seal, which only
// those named open; here it is closed again, never opened. What rests on a witness is found through the sources they told.
import { sql } from 'kysely';
import { problem } from '../record/problem.ts';
import { titleOf } from '../record/redact.ts';
import type { Sealed } from '../record/sealed.ts';
import type { Source } from '../record/source.ts';
import type { RecordKind, Sensitivity, Status } from '../record/vocabulary.ts';
import type { Witness, WitnessContent, WitnessIdentity } from '../record/witness.ts';
import { type DossierWriter, type RecordAt, rowEntry } from './records.ts';
import { type AnyRecord, fromRow } from './rows.ts';
import { closeFields, sealOf } from './seals.ts';
import type { Store } from './store.ts';
import { notThere } from './tombstones.ts';
import { findValue, findValues, insertValues, lockValue, removeValues, replaceValue } from './values.ts';
import type { Stamp, Tx } from './write.ts';

/** All witnesses of a dossier, in the order in which they were added. */
export async function listWitnesses(store: Pick<Store, 'read'>, dossier: string): Promise<Witness[]> {
  const rows = await store.read
    .selectFrom('witnesses')
    .selectAll()
    .where('dossier', '=', dossier)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map((row) => fromRow('witness', row));
}

/** A witness. Throws `not-found`, or `subject.erased` where they were erased. */
export async function readWitness(store: Store, dossier: string, id: string): Promise<Witness> {
  const witness = await findValue(store.read, 'witness', dossier, id);
  if (!witness) throw await notThere(store.read, 'witness', dossier, id);
  return witness;
}

/** Pseudonyms that a dossier uses or used, those of witnesses that were removed included. */
export async function usedPseudonyms(store: Store, dossier: string): Promise<string[]> {
  const { rows } = await sql<{ pseudonym: string | null }>`
    select distinct payload::jsonb #>> '{after,pseudonym}' as pseudonym from entries
    where dossier = ${dossier} and action in ('witness.create', 'witness.edit') and payload is not null
    union select pseudonym from witnesses where dossier = ${dossier}`.execute(store.read);
  return rows.flatMap(({ pseudonym }) => pseudonym ?? []);
}

/** Adds a witness; `identity` is closed into their seal, and stands nowhere else. Throws `witness.pseudonym-taken`. */
export async function createWitness(
  store: Store,
  writer: DossierWriter,
  content: WitnessContent,
  identity: WitnessIdentity | null,
): Promise<Witness> {
  return store
    .write(writer, 'witness.create', async (tx, stamp) => {
      const id = stamp.newId();
      const witness: Witness = {
        id,
        dossier: writer.dossier,
        ...content,
        ...(await closeIdentity(store, tx, stamp, writer.dossier, id, identity)),
        version: 1,
        createdAt: stamp.at,
        createdBy: stamp.by,
        updatedAt: stamp.at,
        updatedBy: stamp.by,
      };
      await insertValues(tx, 'witness', [witness]);
      return { entries: [rowEntry({ before: null, after: witness })], result: witness };
    })
    .catch(refuseTaken);
}

/**
 * Changes what the team reads of a witness, or, with `identity`, who they are; null there wipes it. What is not given stays.
 * Throws `record.version` when somebody changed them meanwhile, `witness.pseudonym-taken`.
 */
export async function editWitness(
  store: Store,
  writer: DossierWriter,
  at: RecordAt,
  content: Partial<WitnessContent>,
  identity?: WitnessIdentity | null,
): Promise<Witness> {
  return store
    .write(writer, 'witness.edit', async (tx, stamp) => {
      const { sealed, ...before } = await lockValue(tx, 'witness', writer.dossier, at.id);
      if (before.version !== at.version) throw problem('record.version');
      const box =
        identity === undefined
          ? sealed && { sealed }
          : await closeIdentity(store, tx, stamp, writer.dossier, at.id, identity);
      const after: Witness = {
        ...before,
        ...content,
        ...box,
        version: at.version + 1,
        updatedAt: stamp.at,
        updatedBy: stamp.by,
      };
      await replaceValue(tx, 'witness', after);
      return {
        entries: [rowEntry({ before: { ...before, ...(sealed && { sealed }) }, after })],
        result: after,
      };
    })
    .catch(refuseTaken);
}

async function closeIdentity(
  store: Store,
  tx: Tx,
  stamp: Stamp,
  dossier: string,
  id: string,
  identity: WitnessIdentity | null,
): Promise<{ sealed?: Sealed }> {
  if (identity === null || Object.values(identity).every((value) => value === null)) return {};
  const of = { dossier, subject: id };
  return { sealed: await closeFields(of, await sealOf(tx, store.houseKey, of, stamp), { ...identity }) };
}

function refuseTaken(error: unknown): never {
  const violated = error as { code?: string; constraint?: string };
  if (violated.code === '23505' && violated.constraint === 'witnesses_pseudonym')
    throw problem('witness.pseudonym-taken', undefined, error);
  throw error;
}

/** Removes a witness who told nothing yet: one added by mistake. It can be undone; erasing cannot. Throws `witness.in-use`. */
export async function removeWitness(store: Store, writer: DossierWriter, id: string): Promise<void> {
  await store.write(writer, 'witness.remove', async (tx) => {
    const before = await lockValue(tx, 'witness', writer.dossier, id);
    const told = await tx
      .selectFrom('sources')
      .select('id')
      .where('dossier', '=', writer.dossier)
      .where('witness', '=', id)
      .limit(1)
      .execute();
    if (told.length > 0) throw problem('witness.in-use');
    await removeValues(tx, 'witness', writer.dossier, [id]);
    return { entries: [rowEntry({ before, after: null })], result: undefined };
  });
}

/** Says which witness told a source, or with null that none did. Throws `record.version`, `not-found`. */
export async function setWitness(
  store: Store,
  writer: DossierWriter,
  at: RecordAt,
  witness: string | null,
): Promise<Source> {
  return store.write(writer, 'source.edit', async (tx, stamp) => {
    const before = await lockValue(tx, 'source', writer.dossier, at.id);
    if (before.version !== at.version) throw problem('record.version');
    if (witness !== null) await lockValue(tx, 'witness', writer.dossier, witness);
    const { witness: _, ...rest } = before;
    const after: Source = {
      ...rest,
      ...(witness !== null && { witness }),
      version: at.version + 1,
      updatedAt: stamp.at,
      updatedBy: stamp.by,
    };
    await replaceValue(tx, 'source', after);
    return { entries: [rowEntry({ before, after })], result: after };
  });
}

/** What rests on a witness. */
export interface RestingOnWitness {
  sources: { id: string; title: string; sensitivity: Sensitivity }[];
  /** The newest first; all that rest on these sources, whatever became of them. */
  records: {
    kind: RecordKind;
    id: string;
    title: string;
    status: Status;
    sensitivity: Sensitivity;
    /** Whether the public sees it now. */
    published: boolean;
  }[];
  /** Publications that hold any of them, newest first. */
  publications: number[];
}

/** The sources a witness told, the records that rest on those, and the publications that hold them. */
export async function restingOnWitness(
  store: Pick<Store, 'read'>,
  dossier: string,
  witness: string,
): Promise<RestingOnWitness> {
  const sources = await store.read
    .selectFrom('sources')
    .select(['id', 'title', 'sensitivity'])
    .where('dossier', '=', dossier)
    .where('witness', '=', witness)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute();
  const records = await restingOn(
    store,
    dossier,
    sources.map(({ id }) => id),
  );
  const views = await viewsOf(
    store,
    dossier,
    records.map(({ id }) => id),
  );
  const seen = new Set(views.flatMap(({ id, until }) => (until === null ? [id] : [])));
  return {
    sources,
    records: records.map((record) => ({
      kind: record.kind,
      id: record.id,
      title: titleOf(record),
      status: record.status,
      sensitivity: record.sensitivity,
      published: seen.has(record.id),
    })),
    publications: await publicationsHolding(store, dossier, views),
  };
}

/** The records that rest on any of these sources, whatever their status; the newest first. */
export async function restingOn(
  store: Pick<Store, 'read'>,
  dossier: string,
  sources: string[],
): Promise<AnyRecord[]> {
  if (sources.length === 0) return [];
  const rows = await store.read
    .selectFrom('recordSources')
    .select(['kind', 'id'])
    .distinct()
    .where('dossier', '=', dossier)
    .where('source', 'in', sources)
    .execute();
  const found: AnyRecord[] = [];
  for (const kind of ['statement', 'figure', 'incident'] as const) {
    const ids = rows.filter((row) => row.kind === kind).map((row) => row.id);
    found.push(...(await findValues(store.read, kind, dossier, ids)));
  }
  return found.sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** How long a view of a subject was, or is, public. */
interface Span {
  id: string;
  since: number;
  until: number | null;
}

/** From which publication until which the public saw these subjects, each version by itself. */
export async function viewsOf(store: Pick<Store, 'read'>, dossier: string, ids: string[]): Promise<Span[]> {
  if (ids.length === 0) return [];
  return store.read
    .selectFrom('published')
    .select(['id', 'since', 'until'])
    .where('dossier', '=', dossier)
    .where('kind', '<>', 'erased')
    .where('id', 'in', ids)
    .execute();
}

/** The numbers of the publications that hold any of these views, newest first. */
export async function publicationsHolding(
  store: Pick<Store, 'read'>,
  dossier: string,
  views: Pick<Span, 'since' | 'until'>[],
): Promise<number[]> {
  if (views.length === 0) return [];
  const rows = await store.read
    .selectFrom('publications')
    .select('number')
    .where('dossier', '=', dossier)
    .orderBy('number', 'desc')
    .execute();
  return rows
    .map(({ number }) => number)
    .filter((number) =>
      views.some(({ since, until }) => since <= number && (until === null || until > number)),
    );
}
