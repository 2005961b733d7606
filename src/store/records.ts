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
import { findValue, insertValues, lockValue, replaceValue } from './values.ts';
import type { NewEntry, Stamp, Tx, Writer } from './write.ts';

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
    const entries: NewEntry[] = [];
    const result: Value<N>[] = [];
    for (const { id, version } of records) {
      const { before, after } = await change(tx, stamp, writer, noun, { id, version }, verb, {});
      entries.push(rowEntry({ before, after }));
      result.push(after);
    }
    return { entries, result };
  });
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
    const { before, after } = await change(tx, stamp, writer, noun, record, 'edit', {
      ...content,
      ...(passages && { passages }),
    });
    return { entries: [rowEntry({ before, after })], result: after };
  });
}

async function change<N extends RecordNoun>(
  tx: Tx,
  stamp: Stamp,
  writer: DossierWriter,
  noun: N,
  at: RecordAt,
  verb: RecordVerb,
  content: object,
): Promise<{ before: Value<N>; after: Value<N> }> {
  const before = await lockValue(tx, noun, writer.dossier, at.id);
  if (before.version !== at.version) throw problem('record.version');
  // A note is for the team: writing one corrects nothing that the public sees.
  const status = onlyNotes(before, content)
    ? before.status
    : statusAfter(before.status, verb, await isPublished(tx, writer.dossier, at.id));
  if (status === null) throw problem('record.status', { status: before.status, verb });
  const after = {
    ...before,
    ...content,
    status,
    version: before.version + 1,
    updatedAt: stamp.at,
    updatedBy: stamp.by,
  };
  requireSound(after);
  await replaceValue(tx, noun, after);
  return { before, after };
}

/** Whether a change of content touches nothing but the team's note. */
function onlyNotes(before: AnyRecord, content: object): boolean {
  const changed = Object.entries(content).filter(
    ([key, value]) =>
      canonicalJson(value) !== canonicalJson((before as Record<string, unknown>)[key] ?? null),
  );
  return changed.length > 0 && changed.every(([key]) => key === 'note');
}

/** Whether the public sees the record now. */
export async function isPublished(tx: Tx, dossier: string, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('published')
    .select('since')
    .where('dossier', '=', dossier)
    .where('id', '=', id)
    .where('until', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

function requireSound(record: AnyRecord): void {
  if (!restsOnSomething(record)) throw problem('record.no-passage');
  if (record.kind === 'figure' && !numbersFit(record)) throw problem('record.numbers');
}
