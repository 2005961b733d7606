// History and undo. Every entry about a row holds the row before and after, so undoing is writing "before" again,
// as an entry of its own: nothing is ever taken back out of the log.
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type RawBuilder, sql } from 'kysely';
import { canonicalJson } from '../log/entry.ts';
import type { Action, Entry } from '../record/entry.ts';
import { problem } from '../record/problem.ts';
import { isStanding } from '../record/status.ts';
import { type DossierWriter, publishedOf, type RowChange } from './records.ts';
import { isRecordNoun, type Noun, nounOf, type Value } from './rows.ts';
import type { Store } from './store.ts';
import { lockValue, lockValues, removeValues, replaceValues } from './values.ts';
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
  'witness.create',
  'witness.edit',
  'witness.remove',
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
  /** How many rows; `rows` tells the first of them. */
  count: number;
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

function entryRows(store: Pick<Store, 'read'>) {
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
      'payloadSealed',
    ]);
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof entryRows>['execute']>>[number];

function toEntry({ position: _, logIndex, payload, payloadSealed, ...row }: EntryRow): Entry {
  return {
    ...row,
    index: logIndex,
    payload: payload === null ? null : JSON.parse(payload),
    erased: payload === null && payloadSealed === null,
    sealed: payloadSealed !== null,
  };
}

/**
 * What a person did in a dossier, from the newest back: one row for each batch, whatever its size, and no more of them
 * looked up than are read. Conditions on them are scalar, `(select not exists …)`: a join would read them all.
 */
function stepsOf({ account, dossier }: DossierWriter) {
  const newest = (below: RawBuilder<unknown>) => sql`
    select s.batch, s.undoes, s.position from entries s
    where s.who = ${account} and s.dossier = ${dossier} and ${below}
      and s.action in (${sql.join([...UNDOABLE, 'entry.undo'])})
    order by s.position desc limit 1`;
  return sql`with recursive steps as (
    (${newest(sql`true`)})
    union all
    select next.* from steps,
      lateral (select min(m.position) as first from entries m where m.batch = steps.batch) begun,
      lateral (${newest(sql`s.position < begun.first`)}) next
  )`;
}

/** What was erased, or sealed since, cannot be taken back, nor the erasing; neither stands in the way of what was done before. */
const isWhole = sql`(select not exists (select 1 from entries x where x.batch = e.batch
  and (x.payload is null or x.action = 'entry.erase')))`;

/** Takes back the newest thing this person did in this dossier and has not taken back yet. */
export async function undo(store: Store, writer: DossierWriter): Promise<Undone> {
  const { rows } = await sql<{ batch: string }>`
    ${stepsOf(writer)}
    select e.batch from steps e
    where e.undoes is null
      and (select not exists (
        select 1 from (select distinct batch from entries where undoes = e.batch) u
        where not exists (select 1 from entries r where r.undoes = u.batch)
      ))
      and ${isWhole}
    limit 1`.execute(store.read);
  if (!rows[0]) throw problem('undo.nothing');
  return takeBack(store, writer, rows[0].batch);
}

/** Does again what was undone last, unless the person did something else since. */
export async function redo(store: Store, writer: DossierWriter): Promise<Undone> {
  const { rows } = await sql<{ batch: string }>`
    ${stepsOf(writer)}
    select e.batch from steps e
    where e.undoes is not null
      and (select not exists (select 1 from entries r where r.undoes = e.batch))
      and (select not exists (
        select 1 from entries o where o.undoes = e.undoes and o.batch <> e.batch and o.position > e.position
      ))
      and (select exists (select 1 from entries o where o.batch = e.undoes and o.undoes is null))
      and ${isWhole}
      and (select not exists (
        select 1 from entries n where n.who = ${writer.account} and n.dossier = ${writer.dossier}
          and n.undoes is null and n.action in (${sql.join(UNDOABLE)}) and n.position > e.position
      ))
    limit 1`.execute(store.read);
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

/** Entries taken back at a time: a large batch is never held in memory whole. */
const AT_ONCE = 500;

/** Rows of an undo that are told; the others are only counted. */
const ROWS_TOLD = 1000;

async function takeBack(store: Store, writer: DossierWriter, batch: string): Promise<Undone> {
  return store.write(
    writer,
    'entry.undo',
    async (tx, stamp) => {
      const undone: Undone = { batch, action: 'entry.undo', count: 0, rows: [] };
      for (let below: number | null = null; ; ) {
        const done = await entriesOfBatch(tx, batch, below);
        if (done.length === 0) return { entries: [], result: undone };
        // The newest entry of a batch names what was done.
        if (below === null) undone.action = done[0]!.action;
        below = done.at(-1)!.position;
        const { entries, rows } = await takeBackSome(tx, stamp, writer.dossier, done);
        await stamp.enter(entries);
        // The embedded database answers without letting the process do anything else.
        await setImmediate();
        undone.count += entries.length;
        undone.rows.push(...rows.slice(0, ROWS_TOLD - undone.rows.length));
      }
    },
    { undoes: batch },
  );
}

function entriesOfBatch(tx: Tx, batch: string, below: number | null): Promise<EntryRow[]> {
  let query = entryRows({ read: tx }).where('batch', '=', batch).orderBy('position', 'desc').limit(AT_ONCE);
  if (below !== null) query = query.where('position', '<', below);
  return query.execute();
}

async function takeBackSome(
  tx: Tx,
  stamp: Stamp,
  dossier: string,
  done: EntryRow[],
): Promise<{ entries: NewEntry[]; rows: Undone['rows'] }> {
  const rows: Undone['rows'] = [];
  const changes: DoneChange[] = [];
  for (const row of done) {
    // That a table was imported changed no row of its own; the person is shown where it was.
    if (row.action === 'source.import') {
      rows.push({
        noun: 'source',
        id: row.subject,
        value: await lockValue(tx, 'source', dossier, row.subject),
      });
      continue;
    }
    const payload = JSON.parse(row.payload ?? 'null') as (RowChange<Value<Noun>> & { noun?: Noun }) | null;
    const noun = payload?.noun ?? nounOf(row.action);
    if (!payload || !noun) throw problem('undo.changed');
    changes.push({ entry: row.id, id: row.subject, noun, before: payload.before, after: payload.after });
  }
  const restored = new Map<string, Value<Noun> | null>();
  for (const noun of new Set(changes.map((change) => change.noun))) {
    const mine = changes.filter((change) => change.noun === noun);
    for (const [id, value] of await restore(tx, stamp, dossier, noun, mine)) restored.set(id, value);
  }
  const entries = changes.map((change): NewEntry => {
    const value = restored.get(change.id) ?? null;
    const undone: UndoPayload = { noun: change.noun, of: change.entry, before: change.after, after: value };
    return { subject: change.id, payload: undone };
  });
  for (const { noun, id } of changes) rows.push({ noun, id, value: restored.get(id) ?? null });
  return { entries, rows };
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
  const [one, other] = [wordsOf(a), wordsOf(b)];
  // Most are alike to the letter, and comparing costs a tenth of writing both canonically.
  return isDeepStrictEqual(one, other) || canonicalJson(one) === canonicalJson(other);
}

function wordsOf(value: object | null): Record<string, unknown> | null {
  if (value === null) return null;
  const { version: _v, updatedAt: _a, updatedBy: _b, ...rest } = value as Record<string, unknown>;
  return rest;
}

function versionOf(value: Value<Noun> | null | undefined): number | null {
  return value && 'version' in value ? value.version : null;
}
