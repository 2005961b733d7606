// History and undo. Every entry about a row holds the row before and after, so undoing is writing "before" again,
// as an entry of its own: nothing is ever taken back out of the log.
import { sql } from 'kysely';
import { canonicalJson } from '../log/entry.ts';
import type { Action, Entry } from '../record/entry.ts';
import { problem } from '../record/problem.ts';
import { isStanding } from '../record/status.ts';
import { type DossierWriter, publishedOf, type RowChange } from './records.ts';
import { isRecordNoun, type Noun, nounOf, type Value } from './rows.ts';
import type { Store } from './store.ts';
import { lockValues, removeValues, replaceValues } from './values.ts';
import type { NewEntry, Stamp, Tx } from './write.ts';

/** What a person can take back: their own decisions and edits. What the public has seen is withdrawn instead. */
const UNDOABLE: Action[] = [
  ...(['statement', 'figure', 'incident'] as const).flatMap((noun): Action[] => [
    `${noun}.create`,
    `${noun}.accept`,
    `${noun}.reject`,
    `${noun}.edit`,
  ]),
  ...(['actor', 'place', 'measure', 'link', 'request'] as const).flatMap((noun): Action[] => [
    `${noun}.create`,
    `${noun}.edit`,
    `${noun}.remove`,
  ]),
  'disagreement.create',
  'disagreement.edit',
  'source.edit',
  'dossier.edit',
];

/** The payload of an undo: the row's change, and which noun it is, since the action does not tell. */
interface UndoPayload extends RowChange<Value<Noun>> {
  noun: Noun;
  of: string;
}

/** What an undo or redo did: which rows it touched, to show the person where it happened. */
export interface Undone {
  batch: string;
  action: Action;
  rows: { noun: Noun; id: string; value: Value<Noun> | null }[];
}

/** The entries about a row, oldest first. */
export async function readHistory(store: Store, dossier: string, subject: string): Promise<Entry[]> {
  const rows = await entryRows(store)
    .where('dossier', '=', dossier)
    .where('subject', '=', subject)
    .orderBy('position')
    .execute();
  return rows.map(toEntry);
}

/** The newest entries of a dossier, newest first; `before` is the position to go on from. */
export async function readEntries(
  store: Store,
  dossier: string,
  page: { before: number | null; limit: number },
): Promise<{ entries: Entry[]; next: number | null }> {
  let query = entryRows(store)
    .where('dossier', '=', dossier)
    .orderBy('position', 'desc')
    .limit(page.limit + 1);
  if (page.before !== null) query = query.where('position', '<', page.before);
  const rows = await query.execute();
  const shown = rows.slice(0, page.limit);
  return { entries: shown.map(toEntry), next: rows.length > page.limit ? shown.at(-1)!.position : null };
}

function entryRows(store: Store) {
  return store.read
    .selectFrom('entries')
    .select([
      'id',
      'position',
      'dossier',
      'at',
      'who',
      'action',
      'subject',
      'batch',
      'undoes',
      'logIndex',
      'payload',
    ]);
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof entryRows>['execute']>>[number];

function toEntry({ position: _, logIndex, payload, ...row }: EntryRow): Entry {
  return {
    ...row,
    index: logIndex,
    payload: payload === null ? null : JSON.parse(payload),
    erased: payload === null,
  };
}

/** Takes back the newest thing this person did in this dossier and has not taken back yet. */
export async function undo(store: Store, writer: DossierWriter): Promise<Undone> {
  const { rows } = await sql<{ batch: string }>`
    select e.batch from entries e
    where e.who = ${writer.account} and e.dossier = ${writer.dossier} and e.undoes is null
      and e.action in (${sql.join(UNDOABLE)})
      and not exists (
        select 1 from entries u where u.undoes = e.batch
          and not exists (select 1 from entries r where r.undoes = u.batch)
      )
    order by e.position desc limit 1`.execute(store.read);
  if (!rows[0]) throw problem('undo.nothing');
  return takeBack(store, writer, rows[0].batch);
}

/** Does again what was undone last, unless the person did something else since. */
export async function redo(store: Store, writer: DossierWriter): Promise<Undone> {
  const { rows } = await sql<{ batch: string }>`
    select e.batch from entries e
    where e.who = ${writer.account} and e.dossier = ${writer.dossier} and e.action = 'entry.undo'
      and not exists (select 1 from entries r where r.undoes = e.batch)
      and not exists (
        select 1 from entries o where o.undoes = e.undoes and o.batch <> e.batch and o.position > e.position
      )
      and exists (select 1 from entries o where o.batch = e.undoes and o.undoes is null)
      and not exists (
        select 1 from entries n where n.who = e.who and n.dossier = e.dossier and n.undoes is null
          and n.action in (${sql.join(UNDOABLE)}) and n.position > e.position
      )
    order by e.position desc limit 1`.execute(store.read);
  if (!rows[0]) throw problem('undo.nothing');
  return takeBack(store, writer, rows[0].batch);
}

/** A row that an entry changed, as its payload tells. */
interface DoneChange {
  entry: string;
  id: string;
  noun: Noun;
  before: Value<Noun> | null;
  after: Value<Noun> | null;
}

async function takeBack(store: Store, writer: DossierWriter, batch: string): Promise<Undone> {
  const done = await entryRows(store).where('batch', '=', batch).orderBy('position', 'desc').execute();
  const changes = done.map((row): DoneChange => {
    const payload = JSON.parse(row.payload ?? 'null') as (RowChange<Value<Noun>> & { noun?: Noun }) | null;
    const noun = payload?.noun ?? nounOf(row.action);
    if (!payload || !noun) throw problem('undo.changed');
    return { entry: row.id, id: row.subject, noun, before: payload.before, after: payload.after };
  });
  const rows = await store.write(
    writer,
    'entry.undo',
    async (tx, stamp) => {
      const restored = new Map<string, Value<Noun> | null>();
      for (const noun of new Set(changes.map((change) => change.noun))) {
        const mine = changes.filter((change) => change.noun === noun);
        for (const [id, value] of await restore(tx, stamp, writer.dossier, noun, mine))
          restored.set(id, value);
      }
      const entries = changes.map((change): NewEntry => {
        const value = restored.get(change.id) ?? null;
        const undone: UndoPayload = {
          noun: change.noun,
          of: change.entry,
          before: change.after,
          after: value,
        };
        return { subject: change.id, payload: undone };
      });
      const result = changes.map(({ noun, id }) => ({ noun, id, value: restored.get(id) ?? null }));
      return { entries, result };
    },
    { undoes: batch },
  );
  return { batch, action: done[0]!.action, rows };
}

/** Writes "before" over rows that are still what their entries left behind; otherwise throws `undo.changed`. */
async function restore(
  tx: Tx,
  stamp: Stamp,
  dossier: string,
  noun: Noun,
  changes: DoneChange[],
): Promise<Map<string, Value<Noun> | null>> {
  const ids = changes.map((change) => change.id);
  const now = new Map(
    (await lockValues(tx, noun, dossier, ids)).map((value) => [value.id, value as Value<Noun>]),
  );
  const published = isRecordNoun(noun) ? await publishedOf(tx, dossier, ids) : new Set<string>();
  const restored = new Map<string, Value<Noun> | null>();
  for (const { id, before, after } of changes) {
    const current = now.get(id) ?? null;
    if (!sameWords(current, after)) throw problem('undo.changed');
    // Undo is for what only the team has seen.
    if (published.has(id) && !stillStands(before)) throw problem('undo.published');
    const version = (versionOf(current) ?? versionOf(before) ?? 0) + 1;
    restored.set(
      id,
      before && ({ ...before, version, updatedAt: stamp.at, updatedBy: stamp.by } as Value<Noun>),
    );
  }
  await removeValues(
    tx,
    noun,
    dossier,
    ids.filter((id) => restored.get(id) === null),
  );
  await replaceValues(
    tx,
    noun,
    [...restored.values()].filter((value) => value !== null),
  );
  return restored;
}

/** Whether a row is a record that stands. */
function stillStands(value: Value<Noun> | null): boolean {
  return value !== null && 'status' in value && isStanding(value.status);
}

/** Whether two rows say the same, whoever wrote them when: undoing and redoing gives rows new versions, not new words. */
function sameWords(a: Value<Noun> | null, b: Value<Noun> | null): boolean {
  const words = (value: object | null) => {
    if (value === null) return null;
    const { version: _v, updatedAt: _a, updatedBy: _b, ...rest } = value as Record<string, unknown>;
    return canonicalJson(rest);
  };
  return words(a) === words(b);
}

function versionOf(value: Value<Noun> | null | undefined): number | null {
  return value && 'version' in value ? value.version : null;
}
