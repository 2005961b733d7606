// Records: made by hand or from suggestions, then accepted, rejected, edited, withdrawn. Every step is an entry.

import { canonicalJson } from '../log/entry.ts';
import type { FigureContent } from '../record/figure.ts';
import { numbersFit } from '../record/figure.ts';
import type { IncidentContent } from '../record/incident.ts';
import type { Passage } from '../record/passage.ts';
import { problem } from '../record/problem.ts';
import { restsOnSomething } from '../record/record.ts';
import type { StatementContent } from '../record/statement.ts';
import { type RecordVerb, statusAfter } from '../record/status.ts';
import type { AnyRecord, RecordNoun, Value } from './rows.ts';
import type { Store } from './store.ts';
import { findValue, insertValues, lockValue, lockValues, replaceValue, replaceValues } from './values.ts';
import { chunks, type NewEntry, type Stamp, type Tx, type Writer } from './write.ts';

/** What a person writes on a record of each kind. */
export interface RecordContentOf {
  statement: StatementContent;
  figure: FigureContent;
  incident: IncidentContent;
}

/** Writers of records always write into a dossier. */
export interface DossierWriter extends Writer {
  dossier: string;
}

/** What every entry about a row holds: what it was, and what it is. Null where there was or is nothing. */
export interface RowChange<V> {
  before: V | null;
  after: V | null;
}

/** An entry about a row. */
export function rowEntry<V extends { id: string }>(
  change: RowChange<V>,
  extra: Partial<NewEntry> = {},
): NewEntry {
  return { subject: (change.after ?? change.before)!.id, payload: change, ...extra };
}

/** The record of a kind, or throws `not-found`. */
export async function readRecord<N extends RecordNoun>(
  store: Store,
  noun: N,
  dossier: string,
  id: string,
): Promise<Value<N>> {
  const record = await findValue(store.read, noun, dossier, id);
  if (!record) throw problem('not-found', { what: noun });
  return record;
}

/** Makes a record by hand: it is accepted from the start, since a person made it. */
export async function createRecord<N extends RecordNoun>(
  store: Store,
  writer: DossierWriter,
  noun: N,
  content: RecordContentOf[N],
  passages: Passage[],
): Promise<Value<N>> {
  return store.write(writer, `${noun}.create`, async (tx, stamp) => {
    const record = { kind: noun, ...content, ...newRecord(writer, passages, stamp) } as unknown as Value<N>;
    requireSound(record);
    await insertValues(tx, noun, [record]);
    return { entries: [rowEntry({ before: null, after: record as AnyRecord })], result: record };
  });
}

function newRecord(writer: DossierWriter, passages: Passage[], stamp: Stamp) {
  return {
    id: stamp.newId(),
    dossier: writer.dossier,
    status: 'accepted' as const,
    passages,
    submission: null,
    provenance: null,
    version: 1,
    createdAt: stamp.at,
    createdBy: stamp.by,
    updatedAt: stamp.at,
    updatedBy: stamp.by,
  };
}

/** Which record, at which version the person saw it: a change made meanwhile is not overwritten. */
export interface RecordAt {
  id: string;
  version: number;
}

/** Accepts, rejects or withdraws one or many records, all or none. Many are one step for undo. */
export async function judgeRecords<N extends RecordNoun>(
  store: Store,
  writer: DossierWriter,
  noun: N,
  verb: Exclude<RecordVerb, 'edit'>,
  records: RecordAt[],
): Promise<Value<N>[]> {
  return store.write(writer, `${noun}.${verb}`, async (tx, stamp) => {
    const ids = [...new Set(records.map((record) => record.id))];
    // The same record twice cannot be at its version the second time.
    if (ids.length < records.length) throw problem('record.version');
    const found = new Map(
      (await lockValues(tx, noun, writer.dossier, ids)).map((record) => [record.id, record]),
    );
    const published = await publishedOf(tx, writer.dossier, ids);
    const changes = records.map(({ id, version }) => {
      const before = found.get(id);
      if (!before) throw problem('not-found', { what: noun });
      if (before.version !== version) throw problem('record.version');
      const status = statusAfter(before.status, verb, published.has(id));
      if (status === null) throw problem('record.status', { status: before.status, verb });
      return { before, after: { ...before, status, ...changed(before, stamp) } };
    });
    const result = changes.map((change) => change.after);
    await replaceValues(tx, noun, result);
    return { entries: changes.map((change) => rowEntry(change)), result };
  });
}

/** What every change of a row writes beside its words. */
function changed(before: { version: number }, stamp: Stamp) {
  return { version: before.version + 1, updatedAt: stamp.at, updatedBy: stamp.by };
}

/** Changes what a record says, or the passages it rests on. */
export async function editRecord<N extends RecordNoun>(
  store: Store,
  writer: DossierWriter,
  noun: N,
  record: RecordAt,
  content: Partial<RecordContentOf[N]>,
  passages?: Passage[],
): Promise<Value<N>> {
  return store.write(writer, `${noun}.edit`, async (tx, stamp) => {
    const before = await lockValue(tx, noun, writer.dossier, record.id);
    if (before.version !== record.version) throw problem('record.version');
    const written = { ...content, ...(passages && { passages }) };
    // A note is for the team: writing one corrects nothing that the public sees.
    const status = onlyNotes(before, written)
      ? before.status
      : statusAfter(
          before.status,
          'edit',
          (await publishedOf(tx, writer.dossier, [record.id])).has(record.id),
        );
    if (status === null) throw problem('record.status', { status: before.status, verb: 'edit' });
    const after = { ...before, ...written, status, ...changed(before, stamp) };
    requireSound(after);
    await replaceValue(tx, noun, after);
    return { entries: [rowEntry({ before, after })], result: after };
  });
}

/** Whether a change of content touches nothing but the team's note. */
function onlyNotes(before: AnyRecord, content: object): boolean {
  const changed = Object.entries(content).filter(
    ([key, value]) =>
      canonicalJson(value) !== canonicalJson((before as Record<string, unknown>)[key] ?? null),
  );
  return changed.length > 0 && changed.every(([key]) => key === 'note');
}

/** Which of these records the public sees now. */
export async function publishedOf(tx: Tx, dossier: string, ids: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const some of chunks(ids)) {
    const rows = await tx
      .selectFrom('published')
      .select('id')
      .where('dossier', '=', dossier)
      .where('id', 'in', some)
      .where('until', 'is', null)
      .execute();
    for (const row of rows) found.add(row.id);
  }
  return found;
}

function requireSound(record: AnyRecord): void {
  if (!restsOnSomething(record)) throw problem('record.no-passage');
  if (record.kind === 'figure' && !numbersFit(record)) throw problem('record.numbers');
}
