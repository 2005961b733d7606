// Asking the language model about a source, as the log has it: the job, its result, and how it stands now. There is no
// table for it: what was asked and what came of it are entries.
import { Consulted } from '../record/consultation.ts';
import type { Source } from '../record/source.ts';
import { announceJob, finishJob, type TakenJob } from './jobs.ts';
import { type DossierWriter, rowEntry } from './records.ts';
import type { AnyRecord } from './rows.ts';
import type { Store } from './store.ts';
import { insertValues, lockValue, lockValues, replaceValue } from './values.ts';
import { SYSTEM_ACCOUNT, type Tx } from './write.ts';

/** How it stands with a source, apart from whether a model may be asked at all. */
export interface StoredConsultation {
  waiting: boolean;
  last: (Consulted & { at: string }) | null;
}

/** Reads how it stands with a source. */
export async function readConsultation(
  store: Pick<Store, 'read'>,
  dossier: string,
  source: string,
): Promise<StoredConsultation> {
  const rows = await store.read
    .selectFrom('entries')
    .select(['at', 'job', 'payload'])
    .where('subject', '=', source)
    .where('dossier', '=', dossier)
    .where((entry) => entry.or([entry('action', '=', 'source.consult'), entry('job', '=', 'consult')]))
    .orderBy('position', 'desc')
    .execute();
  for (const { at, payload } of rows) {
    const last = Consulted.safeParse(JSON.parse(payload ?? 'null')?.consulted);
    if (last.success) return { waiting: rows.some(({ job }) => job !== null), last: { at, ...last.data } };
  }
  return { waiting: rows.some(({ job }) => job !== null), last: null };
}

/** Has the language model asked about a source (again). The entry says who wanted it, and where the text goes. */
export async function askAgain(
  store: Store,
  writer: DossierWriter,
  source: string,
  asked: { model: string; host: string },
): Promise<void> {
  const written = await store.write(writer, 'source.consult', async (tx) => {
    await lockValue(tx, 'source', writer.dossier, source);
    const { waiting } = await readConsultation({ read: tx }, writer.dossier, source);
    // Asked for twice, it is done once.
    if (waiting) return { entries: [{ subject: source, payload: { asked } }], result: false };
    return { entries: [{ subject: source, payload: { asked }, job: 'consult' }], result: true };
  });
  if (written) announceJob(store);
}

/** What becomes of the records of a source: those changed, each with how it was before, and those that are new. */
export interface Merged {
  changed: { before: AnyRecord; after: AnyRecord }[];
  fresh: AnyRecord[];
}

/**
 * Saves what came of asking, in one transaction. `merge` is given the records that rest on the source, whatever their
 * status, and says what becomes of them.
 */
export async function saveConsultation(
  store: Store,
  source: Pick<Source, 'dossier' | 'id' | 'text'>,
  consulted: Omit<Consulted, 'added' | 'agreed'>,
  merge: (records: AnyRecord[]) => Merged,
  job: TakenJob,
): Promise<Consulted> {
  const writer = { account: SYSTEM_ACCOUNT, dossier: source.dossier };
  return store.write(writer, 'source.consult', async (tx, stamp) => {
    await finishJob(tx, job);
    const now = await lockValue(tx, 'source', source.dossier, source.id);
    // Read again meanwhile: what was found stands in a text that is not the source's any more. The new one is asked about.
    const superseded = now.text !== source.text;
    const { changed, fresh } = superseded ? NOTHING : merge(await restingOn(tx, source));
    const told = { updatedAt: stamp.at, updatedBy: stamp.by };
    // What is sealed was left empty on purpose: a model must not fill in who it was.
    const open = changed.filter(({ before }) => !before.sealed);
    const edits = open.map(({ before, after }) => ({
      before,
      after: { ...after, ...told, version: before.version + 1 } as AnyRecord,
    }));
    for (const { after } of edits) await replaceValue(tx, after.kind, after);
    const added = fresh.map((record) => ({ ...record, ...told, createdAt: stamp.at }) as AnyRecord);
    for (const kind of ['statement', 'figure', 'incident'] as const) {
      await insertValues<typeof kind>(tx, kind, added.filter((record) => record.kind === kind) as never);
    }
    const result: Consulted = { ...consulted, added: added.length, agreed: edits.length };
    return {
      entries: [
        { subject: source.id, payload: superseded ? { superseded } : { consulted: result } },
        ...edits.map((edit) => rowEntry(edit, { action: `${edit.after.kind}.edit` })),
        ...added.map((after) => rowEntry({ before: null, after }, { action: `${after.kind}.suggest` })),
      ],
      result,
    };
  });
}

const NOTHING: Merged = { changed: [], fresh: [] };

/** The records that rest on a source, whatever their status, locked. */
async function restingOn(tx: Tx, source: { dossier: string; id: string }): Promise<AnyRecord[]> {
  const resting = await tx
    .selectFrom('recordSources')
    .select(['kind', 'id'])
    .where('dossier', '=', source.dossier)
    .where('source', '=', source.id)
    .execute();
  const found: AnyRecord[] = [];
  for (const kind of ['statement', 'figure', 'incident'] as const) {
    const ids = resting.filter((row) => row.kind === kind).map((row) => row.id);
    found.push(...(await lockValues<typeof kind>(tx, kind, source.dossier, ids)));
  }
  return found;
}
