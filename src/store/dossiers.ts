// Dossiers: made, edited, listed.
import type { Dossier, DossierContent, NewDossier } from '../record/dossier.ts';
import { problem } from '../record/problem.ts';
import type { RecordKind, Status } from '../record/vocabulary.ts';
import { ownDossier } from './memberships.ts';
import { rowEntry } from './records.ts';
import type { Store } from './store.ts';
import { insertValues, lockValue, replaceValue } from './values.ts';
import { newId } from './write.ts';

/** All dossiers, or those with these ids; newest first, each with what is in it. */
export async function listDossiers(
  store: Store,
  among: string[] | null = null,
): Promise<(Dossier & { sources: number | null; records: number | null; suggested: number | null })[]> {
  if (among?.length === 0) return [];
  let query = store.read.selectFrom('dossiers').selectAll().orderBy('createdAt', 'desc');
  if (among) query = query.where('id', 'in', among);
  const dossiers = await query.execute();
  const sources = await store.read
    .selectFrom('sources')
    .select(({ fn }) => ['dossier', fn.countAll<number>().as('n')])
    .groupBy('dossier')
    .execute();
  const records = await store.read
    .selectFrom('recordIndex')
    .select(({ fn }) => ['dossier', 'status', fn.countAll<number>().as('n')])
    .groupBy(['dossier', 'status'])
    .execute();
  return dossiers.map((dossier) => {
    const mine = records.filter((row) => row.dossier === dossier.id);
    const count = (statuses: string[]) =>
      mine.reduce((sum, row) => sum + (statuses.includes(row.status) ? row.n : 0), 0);
    return {
      ...dossier,
      sources: sources.find((row) => row.dossier === dossier.id)?.n ?? 0,
      records: count(['accepted', 'corrected']),
      suggested: count(['suggested']),
    };
  });
}

/** How many records of each kind and status a dossier has; what it has none of is left out. One walk over an index. */
export async function countRecords(
  store: Store,
  dossier: string,
): Promise<{ kind: RecordKind; status: Status; count: number }[]> {
  const rows = await store.read
    .selectFrom('recordIndex')
    .select(({ fn }) => ['kind', 'status', fn.countAll<number>().as('count')])
    .where('dossier', '=', dossier)
    .groupBy(['kind', 'status'])
    .orderBy('kind')
    .orderBy('status')
    .execute();
  return rows as { kind: RecordKind; status: Status; count: number }[];
}

/** The dossier with this id or name in addresses. Throws `not-found`. */
export async function readDossier(store: Store, idOrSlug: string): Promise<Dossier> {
  const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(idOrSlug);
  const dossier = await store.read
    .selectFrom('dossiers')
    .selectAll()
    .where(isId ? 'id' : 'slug', '=', idOrSlug)
    .executeTakeFirst();
  if (!dossier) throw problem('not-found', { what: 'dossier' });
  return dossier;
}

/** Makes a dossier. Throws `dossier.slug-taken`. */
export async function createDossier(
  store: Store,
  account: string,
  { consult = true, ...content }: NewDossier,
): Promise<Dossier> {
  const id = newId();
  return store.write({ account, dossier: id }, 'dossier.create', async (tx, stamp) => {
    const dossier: Dossier = {
      id,
      ...content,
      consult,
      publication: 0,
      version: 1,
      createdAt: stamp.at,
      createdBy: stamp.by,
      updatedAt: stamp.at,
      updatedBy: stamp.by,
    };
    await insertValues(tx, 'dossier', [dossier]).catch((error) => refuseTakenSlug(error, content.slug));
    const owned = await ownDossier(tx, id, stamp);
    return { entries: [rowEntry({ before: null, after: dossier }), ...owned], result: dossier };
  });
}

/** Changes what a dossier says of itself. */
export async function editDossier(
  store: Store,
  writer: { account: string; dossier: string },
  version: number,
  content: Partial<DossierContent>,
): Promise<Dossier> {
  return store.write(writer, 'dossier.edit', async (tx, stamp) => {
    const before = await lockValue(tx, 'dossier', writer.dossier, writer.dossier);
    if (before.version !== version) throw problem('record.version');
    const after = { ...before, ...content, version: version + 1, updatedAt: stamp.at, updatedBy: stamp.by };
    await replaceValue(tx, 'dossier', after).catch((error) => refuseTakenSlug(error, after.slug));
    return { entries: [rowEntry({ before, after })], result: after };
  });
}

function refuseTakenSlug(error: unknown, slug: string): never {
  const violated = error as { code?: string; constraint?: string };
  if (violated.code === '23505' && violated.constraint === 'dossiers_slug_key')
    throw problem('dossier.slug-taken', { slug }, error);
  throw error;
}
