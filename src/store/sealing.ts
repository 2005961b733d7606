// Sealing records: what is to be sealed leaves the row, its index and every entry that told it, into the box of its seal. What
// is found again here is opened for the one who asks and is never written.
import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { canonicalJson, commitText } from '../log/entry.ts';
import type { Disagreement } from '../record/disagreement.ts';
import { problem } from '../record/problem.ts';
import { isSealed, SEALABLE, type Sealed, standInOf, standInsOf } from '../record/sealed.ts';
import { decryptWith, encryptTo, type HouseKey } from './house-key.ts';
import { type AnyRecord, fromRow, type RecordNoun } from './rows.ts';
import { closeFields, openFields, type SealedSubject, type SealFor, sealIdentity, sealOf } from './seals.ts';
import type { Tables } from './tables.ts';
import { replaceValue } from './values.ts';
import type { NewEntry, Stamp, Tx } from './write.ts';

// ——— Entries of before ———

/** What `entries.payload_sealed` holds, as JSON: whose seal closed it, and the age file of payload and salt. */
interface SealedPayload {
  seal: string;
  /** The subject whose seal it is: the entry's own, or one that the entry speaks of. */
  subject: string;
  box: string;
}

/** Entries read at a time. */
const PAGE = 200;

/**
 * Closes what was written about a subject before it was sealed: payload and salt go into its seal, the commitment stays and
 * still verifies when they are opened. `subject` is what the entries are about, where they speak of the sealed one without
 * being about it. What was published stays: it is the public's. Gives back how many entries were closed.
 */
export async function sealEarlierEntries(
  tx: Tx,
  of: SealedSubject,
  seal: SealFor,
  subject: string = of.subject,
): Promise<number> {
  let closed = 0;
  for (let after = 0; ; ) {
    const rows = await tx
      .selectFrom('entries')
      .select(['id', 'position', 'payload', 'salt'])
      .where('dossier', '=', of.dossier)
      .where('subject', '=', subject)
      .where('payload', 'is not', null)
      .where('action', 'not in', [...PUBLISHING, 'seal.open'])
      .where('position', '>', after)
      .orderBy('position')
      .limit(PAGE)
      .execute();
    for (const { id, payload, salt } of rows) {
      const inside = { entry: id, payload, salt: salt!.toString('base64') };
      const box = await encryptTo(seal.recipient, JSON.stringify(inside));
      const payloadSealed: SealedPayload = { seal: seal.seal, subject: of.subject, box };
      await tx
        .updateTable('entries')
        .set({ payload: null, salt: null, payloadSealed: JSON.stringify(payloadSealed) })
        .where('id', '=', id)
        .execute();
    }
    closed += rows.length;
    if (rows.length < PAGE) return closed;
    after = rows.at(-1)!.position;
  }
}

/** Entries of what was published: they hold what everybody could read. */
const PUBLISHING = (
  ['statement', 'figure', 'incident', 'source', 'disagreement', 'measure'] as const
).flatMap((noun) => [`${noun}.publish`, `${noun}.unpublish`] as const);

/** A sealed entry, opened. */
export interface OpenedPayload {
  /** The canonical text that was committed to. */
  payload: string;
  salt: Buffer;
}

/** Opens what `sealEarlierEntries` closed. Throws as `openFields`, and `seal.damaged` where it is not that entry's. */
export async function openPayload(
  kysely: Kysely<Tables>,
  key: HouseKey,
  entry: { id: string; dossier: string; commitment: Uint8Array; payloadSealed: string },
): Promise<OpenedPayload> {
  const { subject, box } = JSON.parse(entry.payloadSealed) as SealedPayload;
  const identity = await sealIdentity(kysely, key, { dossier: entry.dossier, subject });
  let inside: { entry: string; payload: string; salt: string };
  try {
    inside = JSON.parse(await decryptWith(identity, box));
  } catch (error) {
    throw problem('seal.damaged', undefined, error);
  }
  const salt = Buffer.from(inside.salt, 'base64');
  const isCommitted = Buffer.from(commitText(salt, inside.payload)).equals(entry.commitment);
  if (inside.entry !== entry.id || !isCommitted) throw problem('seal.damaged');
  return { payload: inside.payload, salt };
}

/** The subject whose seal closed an entry. */
export function sealerOf(payloadSealed: string): string {
  return (JSON.parse(payloadSealed) as SealedPayload).subject;
}

/** Puts back what `sealEarlierEntries` closed of a subject whose seal is lifted. */
export async function restoreEntries(tx: Tx, key: HouseKey, of: SealedSubject): Promise<void> {
  const rows = await tx
    .selectFrom('entries')
    .select(['id', 'commitment', 'payloadSealed'])
    .where('dossier', '=', of.dossier)
    .where('subject', '=', of.subject)
    .where('payloadSealed', 'is not', null)
    .execute();
  for (const { id, commitment, payloadSealed } of rows) {
    if (sealerOf(payloadSealed!) !== of.subject) continue;
    const entry = { id, dossier: of.dossier, commitment, payloadSealed: payloadSealed! };
    const { payload, salt } = await openPayload(tx, key, entry);
    await tx
      .updateTable('entries')
      .set({ payload, salt, payloadSealed: null })
      .where('id', '=', id)
      .execute();
  }
}

// ——— Records ———

/** Which fields of a record are sealed by themselves, and what stands in their place; null where nothing is given. */
export interface SealChoice {
  fields: readonly string[];
  standIns?: Record<string, unknown> | undefined;
}

/** Who changes something sealed: only those named may touch what is in a box. */
export interface Opener {
  opens: boolean;
}

/** Nobody in particular: Constat itself, and callers that ask for nothing sealed. */
export const NOT_NAMED: Opener = { opens: false };

/** What it takes to seal: the house's key, and the moment of the change. */
export interface SealingTools {
  tx: Tx;
  key: HouseKey;
  stamp: Stamp;
}

const ofRecord = (record: { dossier: string; id: string }): SealedSubject => ({
  dossier: record.dossier,
  subject: record.id,
});

/** Every field of a wholly sealed record. */
export function allSealable(noun: RecordNoun): string[] {
  return Object.keys(standInsOf(noun)).sort();
}

/** Throws `seal.field` for a field that cannot be sealed by itself. */
export function requireSealable(noun: RecordNoun, fields: readonly string[]): void {
  const allowed: readonly string[] = SEALABLE[noun];
  const field = fields.find((name) => !allowed.includes(name));
  if (field !== undefined) throw problem('seal.field', { field });
}

/** A record with its true values in all fields, and no box. Throws as `openFields`. */
export async function openRecord<R extends AnyRecord>(
  kysely: Kysely<Tables>,
  key: HouseKey,
  record: R,
): Promise<R> {
  const { sealed, ...open } = record;
  if (!sealed) return record;
  return { ...open, ...(await openFields(kysely, key, ofRecord(record), sealed)) } as R;
}

/**
 * A record as its row may hold it: of the true values in `record`, those of `fields` go into the box, and `standIns` (or
 * nothing, or what a wholly sealed record has) stand in their place.
 */
export async function closeRecord<R extends AnyRecord>(
  { tx, key, stamp }: SealingTools,
  record: R,
  fields: readonly string[],
  standIns: Record<string, unknown> = {},
): Promise<R> {
  const { sealed: _, ...open } = record;
  if (fields.length === 0) return open as R;
  const inside: Record<string, unknown> = {};
  const outside: Record<string, unknown> = {};
  for (const field of fields) {
    inside[field] = (open as Record<string, unknown>)[field] ?? null;
    outside[field] = standIns[field] ?? standInOf(record.kind, field);
  }
  const of = ofRecord(record);
  const sealed = await closeFields(of, await sealOf(tx, key, of, stamp), inside);
  return { ...open, ...outside, sealed } as unknown as R;
}

/** A record before a change, as an entry may tell it: what the change seals stands for what was there. */
export function maskedBefore<R extends AnyRecord>(before: R, after: R): R {
  const masked: Record<string, unknown> = { ...before };
  for (const field of after.sealed?.fields ?? []) {
    if (!isSealed(before, field)) masked[field] = (after as Record<string, unknown>)[field];
  }
  return masked as R;
}

/** Whether any of these sources is sealed. Their rows are held until the transaction ends, so that none becomes so. */
export async function restOnSealed(tx: Tx, dossier: string, sources: readonly string[]): Promise<boolean> {
  const ids = [...new Set(sources)].sort();
  if (ids.length === 0) return false;
  const rows = await tx
    .selectFrom('sources')
    .select('sensitivity')
    .where('dossier', '=', dossier)
    .where('id', 'in', ids)
    .orderBy('id')
    .forShare()
    .execute();
  return rows.some((row) => row.sensitivity === 'sealed');
}

/** Closes all that was told elsewhere of a record that is sealed now: its entries, and judged disagreements over it. */
export async function sealTraces(
  { tx, key, stamp }: SealingTools,
  record: { dossier: string; id: string },
): Promise<NewEntry[]> {
  const of = ofRecord(record);
  const seal = await sealOf(tx, key, of, stamp);
  await sealEarlierEntries(tx, of, seal);
  const rows = await tx
    .selectFrom('disagreements')
    .selectAll()
    .where('dossier', '=', record.dossier)
    .where(sql<boolean>`records @> ${JSON.stringify([{ id: record.id }])}::jsonb`)
    .orderBy('id')
    .forUpdate()
    .execute();
  const entries: NewEntry[] = [];
  for (const row of rows) {
    const before: Disagreement = fromRow('disagreement', row);
    // A working quotes the records it is about.
    const after: Disagreement = {
      ...before,
      working: [{ code: 'sealed', values: {} }],
      version: before.version + 1,
      updatedAt: stamp.at,
      updatedBy: stamp.by,
    };
    await replaceValue(tx, 'disagreement', after);
    await sealEarlierEntries(tx, of, seal, before.id);
    const payload = { before: { ...before, working: after.working }, after };
    entries.push({ subject: before.id, action: 'seal.close', payload });
  }
  return entries;
}

/** A record of a kind that has no box yet is sealed whole; the caller has locked it. Gives it back with its entries. */
export async function sealWhole(
  tools: SealingTools,
  before: AnyRecord,
): Promise<{ after: AnyRecord; entries: NewEntry[] }> {
  const { tx, key, stamp } = tools;
  const truth = await openRecord(tx, key, before);
  const open: AnyRecord = {
    ...truth,
    sensitivity: 'sealed',
    version: before.version + 1,
    updatedAt: stamp.at,
    updatedBy: stamp.by,
  };
  const after = await closeRecord(tools, open, allSealable(before.kind));
  await replaceValue(tx, before.kind, after);
  const traces = await sealTraces(tools, after);
  await setImmediate();
  const { sealed: _, ...rest } = before;
  const payload = {
    before: maskedBefore(rest as AnyRecord, after),
    after,
    // What was sealed by itself before is so again when the whole is lifted.
    alone: { fields: fieldsOf(before), standIns: standInsIn(before) },
  };
  return { after, entries: [{ subject: after.id, action: 'seal.close', payload }, ...traces] };
}

/** What stands in a record's row in place of what is sealed by itself. */
export function standInsIn(record: AnyRecord): Record<string, unknown> {
  const row = record as Record<string, unknown>;
  return Object.fromEntries(fieldsOf(record).map((field) => [field, row[field]]));
}

/** Whether two lists name the same fields. */
export function sameFields(one: readonly string[], other: readonly string[]): boolean {
  return canonicalJson([...one].sort()) === canonicalJson([...other].sort());
}

/** The fields of a box. */
export function fieldsOf(value: { sealed?: Sealed | null | undefined }): readonly string[] {
  return value.sealed?.fields ?? [];
}
