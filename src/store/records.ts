// Records: made by hand or from suggestions, then accepted, rejected, edited, withdrawn. Every step is an entry.

import { canonicalJson } from '../log/entry.ts';
import type { FigureContent } from '../record/figure.ts';
import { numbersFit } from '../record/figure.ts';
import type { IncidentContent } from '../record/incident.ts';
import type { Passage } from '../record/passage.ts';
import { problem } from '../record/problem.ts';
import { restsOnSomething } from '../record/record.ts';
import { isSealed } from '../record/sealed.ts';
import type { StatementContent } from '../record/statement.ts';
import { type RecordVerb, statusAfter } from '../record/status.ts';
import { refuseForeignNames } from './foreign.ts';
import type { AnyRecord, RecordNoun, Value } from './rows.ts';
import {
  allSealable,
  closeRecord,
  fieldsOf,
  maskedBefore,
  openRecord,
  requireSealable,
  restOnSealed,
  restoreEntries,
  type SealChoice,
  sameFields,
  sealTraces,
} from './sealing.ts';
import type { Store } from './store.ts';
import { notThere } from './tombstones.ts';
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

/** The record of a kind. Throws `not-found`, or `subject.erased` where it was erased. */
export async function readRecord<N extends RecordNoun>(
  store: Store,
  noun: N,
  dossier: string,
  id: string,
): Promise<Value<N>> {
  const record = await findValue(store.read, noun, dossier, id);
  if (!record) throw await notThere(store.read, noun, dossier, id);
  return record;
}

/**
 * Makes a record by hand: it is accepted from the start, since a person made it. What is sealed of it is never written in
 * the open; one that rests on a sealed source is sealed whole, whatever `content` says.
 */
export async function createRecord<N extends RecordNoun>(
  store: Store,
  writer: DossierWriter,
  noun: N,
  content: RecordContentOf[N],
  passages: Passage[],
  seal?: SealChoice,
): Promise<Value<N>> {
  requireSealable(noun, seal?.fields ?? []);
  return store.write(writer, `${noun}.create`, async (tx, stamp) => {
    const given = { kind: noun, ...content, ...newRecord(writer, passages, stamp) } as unknown as AnyRecord;
    requireSound(given);
    await refuseForeignNames(tx, writer.dossier, content);
    const sources = passages.map((passage) => passage.source);
    const isWhole = given.sensitivity === 'sealed' || (await restOnSealed(tx, writer.dossier, sources));
    const tools = { tx, key: store.houseKey, stamp };
    const record = isWhole
      ? await closeRecord(tools, { ...given, sensitivity: 'sealed' }, allSealable(noun))
      : await closeRecord(tools, given, seal?.fields ?? [], seal?.standIns);
    await insertValues(tx, noun, [record as Value<N>]);
    return { entries: [rowEntry({ before: null, after: record })], result: record as Value<N> };
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

/** What a change of a record may be told beside its words. */
export interface RecordEdit {
  passages?: Passage[] | undefined;
  /** Which fields are sealed by themselves from now on; absent: those that are. */
  seal?: SealChoice | undefined;
  /** Whether the person may open what is sealed. */
  opens?: boolean;
}

/**
 * Changes what a record says, the passages it rests on, or what of it is sealed. `content` has true values: what belongs in
 * the box goes there. Sealing and lifting are entries of their own kind (`seal.close`, `seal.lift`) that undo leaves alone.
 * Throws `seal.not-named` when it touches what is in a box and the person may not, `seal.published` when what the public sees
 * is to be sealed, `seal.source` when a record that rests on a sealed source is to be sealed no longer.
 */
export async function editRecord<N extends RecordNoun>(
  store: Store,
  writer: DossierWriter,
  noun: N,
  record: RecordAt,
  content: Partial<RecordContentOf[N]>,
  { passages, seal, opens = false }: RecordEdit = {},
): Promise<Value<N>> {
  requireSealable(noun, seal?.fields ?? []);
  return store.write(writer, `${noun}.edit`, async (tx, stamp) => {
    const before = (await lockValue(tx, noun, writer.dossier, record.id)) as AnyRecord;
    if (before.version !== record.version) throw problem('record.version');
    await refuseForeignNames(tx, writer.dossier, content);
    const tools = { tx, key: store.houseKey, stamp };
    const closed = fieldsOf(before);
    // A form sends what it was shown: a stand-in that comes back unchanged is no new truth.
    const written = Object.fromEntries(
      Object.entries({ ...content, ...(passages && { passages }) }).filter(
        ([name, value]) => !closed.includes(name) || !isSame(value, before, name),
      ),
    );
    const touches = Object.keys(written).some((name) => closed.includes(name));
    const sensitivity = content.sensitivity ?? before.sensitivity;
    const wanted =
      sensitivity === 'sealed'
        ? allSealable(noun)
        : (seal?.fields ?? (before.sensitivity === 'sealed' ? [] : closed));
    const isMoved = !sameFields(wanted, closed);
    if (closed.length > 0 && (touches || isMoved) && !opens) throw problem('seal.not-named');
    const truth = touches || isMoved ? await openRecord(tx, tools.key, before) : before;
    const fresh = { ...truth, ...written } as AnyRecord;
    const sources = fresh.passages.map((passage) => passage.source);
    if (sensitivity !== 'sealed' && (await restOnSealed(tx, writer.dossier, sources)))
      throw problem('seal.source');

    const isPublished = (await publishedOf(tx, writer.dossier, [record.id])).has(record.id);
    const isClosing = wanted.some((name) => !closed.includes(name));
    if (isClosing && isPublished) throw problem('seal.published');
    const says = Object.keys(written).some((name) => name !== 'sensitivity');
    // A note is for the team: writing one corrects nothing that the public sees. Nor does sealing.
    const status =
      (isMoved && !says) || onlyNotes(truth, written)
        ? before.status
        : statusAfter(before.status, 'edit', isPublished);
    if (status === null) throw problem('record.status', { status: before.status, verb: 'edit' });
    const changedRecord = { ...fresh, status, ...changed(before, stamp) } as AnyRecord;
    requireSound(changedRecord);
    const kept = Object.fromEntries(
      closed
        .filter((name) => before.sensitivity !== 'sealed' && wanted.includes(name))
        .map((name) => [name, (before as Record<string, unknown>)[name]]),
    );
    const standIns = sensitivity === 'sealed' ? {} : { ...kept, ...seal?.standIns };
    const after =
      touches || isMoved
        ? await closeRecord(tools, changedRecord, wanted, standIns)
        : ({ ...changedRecord, ...pick(standIns, closed) } as AnyRecord);
    await replaceValue(tx, noun, after as never);
    if (!isMoved) return { entries: [rowEntry({ before, after })], result: after as Value<N> };
    if (isClosing) {
      const told = rowEntry({ before: maskedBefore(before, after), after }, { action: 'seal.close' });
      return { entries: [told, ...(await sealTraces(tools, after))], result: after as Value<N> };
    }
    if (wanted.length === 0)
      await restoreEntries(tx, tools.key, { dossier: after.dossier, subject: after.id });
    return { entries: [rowEntry({ before, after }, { action: 'seal.lift' })], result: after as Value<N> };
  });
}

function isSame(value: unknown, before: AnyRecord, name: string): boolean {
  return canonicalJson(value ?? null) === canonicalJson((before as Record<string, unknown>)[name] ?? null);
}

function pick(values: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
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
export async function publishedOf(
  tx: Pick<Tx, 'selectFrom'>,
  dossier: string,
  ids: string[],
): Promise<Set<string>> {
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
  // The numbers of a sealed figure are in its box, and fitted when they were put there.
  const isOpen = !isSealed(record, 'value');
  if (record.kind === 'figure' && isOpen && !numbersFit(record)) throw problem('record.numbers');
}
