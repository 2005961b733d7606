// Seals: each sealed subject has a key of its own, so that one can be destroyed without the others. Closing needs the seal's
// public half alone; opening needs the house's key too. What a seal closed is nowhere else in the database.
import { generateIdentity, identityToRecipient } from 'age-encryption';
import type { Kysely } from 'kysely';
import { problem } from '../record/problem.ts';
import type { Sealed } from '../record/sealed.ts';
import { decryptWith, encryptTo, type HouseKey } from './house-key.ts';
import type { Tables } from './tables.ts';
import { newId, type Stamp, type Tx } from './write.ts';

/** The nouns of which something may be sealed. */
export const SEALED_NOUNS = ['statement', 'figure', 'incident', 'source', 'witness'] as const;
export type SealedNoun = (typeof SEALED_NOUNS)[number];

/** What is sealed: a record, a source or a witness of a dossier. */
export interface SealedSubject {
  dossier: string;
  subject: string;
}

/** A seal's public half. */
export interface SealFor {
  seal: string;
  /** "age1…": what is encrypted for it only this seal's key opens. */
  recipient: string;
}

/** The seal of a subject, made when it has none. Throws `seal.erased` when its key was destroyed. */
export async function sealOf(tx: Tx, key: HouseKey, of: SealedSubject, stamp: Stamp): Promise<SealFor> {
  const found = await findSeal(tx, of);
  if (found) {
    if (found.wrapped === null) throw problem('seal.erased');
    return { seal: found.id, recipient: found.recipient };
  }
  const fresh = await newSeal(key);
  await keepSeal(tx, of, fresh, stamp);
  return { seal: fresh.seal, recipient: fresh.recipient };
}

/** A seal that is in no table yet: what arrives before its row does is encrypted for it. */
export interface FreshSeal extends SealFor {
  wrapped: string;
  wrappedFor: string;
}

/** Makes a seal in memory; `keepSeal` keeps it. Until then nothing that is encrypted for it can be opened again. */
export async function newSeal(key: HouseKey): Promise<FreshSeal> {
  const identity = await generateIdentity();
  return {
    seal: newId(),
    recipient: await identityToRecipient(identity),
    wrapped: await key.wrap(identity),
    wrappedFor: key.recipient,
  };
}

/** Keeps a fresh seal as its subject's. Throws `seal.key-changed` when the house's key was changed meanwhile. */
export async function keepSeal(tx: Tx, of: SealedSubject, fresh: FreshSeal, stamp: Stamp): Promise<void> {
  const { seal: id, ...keys } = fresh;
  await tx
    .insertInto('seals')
    .values({ ...of, id, ...keys, createdAt: stamp.at, destroyedAt: null })
    .execute();
  await requireCurrentKey(tx, fresh.wrappedFor);
}

/** Under this name the settings table has the public half of the house's key, once it has been changed. */
export const CURRENT_KEY = 'seal-recipient';

/**
 * Refuses what was wrapped for a key that has been given up: a process that was started before the key was changed would lose
 * it. Called after the wrapped secret is written: the table is locked while the key is changed, so that whoever wrote before
 * is wrapped anew, and whoever writes after finds here that the key is another.
 */
export async function requireCurrentKey(tx: Tx, recipient: string): Promise<void> {
  const row = await tx
    .selectFrom('settings')
    .select('value')
    .where('name', '=', CURRENT_KEY)
    .executeTakeFirst();
  if (row && row.value !== recipient) throw problem('seal.key-changed');
}

/** The live seal of a subject, or undefined where it has none yet. Throws `seal.erased`. */
export async function liveSeal(kysely: Kysely<Tables>, of: SealedSubject): Promise<SealFor | undefined> {
  const found = await findSeal(kysely, of);
  if (found && found.wrapped === null) throw problem('seal.erased');
  return found && { seal: found.id, recipient: found.recipient };
}

/** Closes fields of a subject into a box. An empty set of fields is a mistake of the caller. */
export async function closeFields(
  of: SealedSubject,
  seal: SealFor,
  fields: Record<string, unknown>,
): Promise<Sealed> {
  const names = Object.keys(fields).sort();
  if (names.length === 0) throw new RangeError('nothing to seal');
  // The subject is inside: a box moved to another row does not pass for its own.
  const box = await encryptTo(seal.recipient, JSON.stringify({ subject: of.subject, fields }));
  return { seal: seal.seal, fields: names, box };
}

/**
 * The true values of sealed fields. Throws `seal.erased` when the key was destroyed, `seal.no-key` when the house's key is
 * not the one it was wrapped for, `seal.damaged` when the box is not this subject's.
 */
export async function openFields(
  kysely: Kysely<Tables>,
  key: HouseKey,
  of: SealedSubject,
  sealed: Sealed,
): Promise<Record<string, unknown>> {
  const identity = await sealIdentity(kysely, key, of);
  let opened: { subject: string; fields: Record<string, unknown> };
  try {
    opened = JSON.parse(await decryptWith(identity, sealed.box));
  } catch (error) {
    throw problem('seal.damaged', undefined, error);
  }
  if (opened.subject !== of.subject) throw problem('seal.damaged');
  return opened.fields;
}

/** The secret half of a subject's seal, for opening its files; never stored, logged or sent. Throws as `openFields`. */
export async function sealIdentity(
  kysely: Kysely<Tables>,
  key: HouseKey,
  of: SealedSubject,
): Promise<string> {
  const seal = await findSeal(kysely, of);
  if (!seal || seal.wrapped === null) throw problem('seal.erased');
  return key.unwrap(seal.wrapped);
}

/** Destroys the key of a subject's seal; what it closed is noise from here on. False when it has no seal. */
export async function destroySeal(tx: Tx, of: SealedSubject, stamp: Stamp): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('seals')
    .set({ wrapped: null, wrappedFor: null, destroyedAt: stamp.at })
    .where('dossier', '=', of.dossier)
    .where('subject', '=', of.subject)
    .where('wrapped', 'is not', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

async function findSeal(kysely: Kysely<Tables>, of: SealedSubject) {
  return kysely
    .selectFrom('seals')
    .selectAll()
    .where('dossier', '=', of.dossier)
    .where('subject', '=', of.subject)
    .executeTakeFirst();
}
