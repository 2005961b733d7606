// A new key for the house. The new one is written beside the old before anything is wrapped for it, and the old one goes only
// when nothing is wrapped for it any more: at every moment, what lies on the disk opens all that is in the database.
import { readFile } from 'node:fs/promises';
import { generateIdentity } from 'age-encryption';
import { sql } from 'kysely';
import { writeDurably } from './durable-file.ts';
import { passFailPoint } from './fail-point.ts';
import { type HouseKey, houseKey, readIdentities, writeIdentities } from './house-key.ts';
import { CURRENT_KEY } from './seals.ts';
import type { Store } from './store.ts';
import { newId, type Tx, type Writer } from './write.ts';

/** What a rotation did. */
export interface Rotated {
  /** The public half of the new key. */
  recipient: string;
  /** Keys of seals, and secrets of second factors, that were wrapped anew. */
  seals: number;
  accounts: number;
}

/**
 * Changes the key in an identity file. A rotation that was broken off anywhere is finished by the next: a file with two
 * identities is one that was begun, and its first is the new one. Throws `seal.no-key` when something is wrapped for another.
 */
export async function rotateKeyFile(store: Store, account: string, path: string): Promise<Rotated> {
  let identities = readIdentities(await readFile(path, 'utf8'));
  if (identities.length < 2) {
    identities = [await generateIdentity(), ...identities];
    await writeKey(path, identities);
  }
  const rotated = await rewrap(store, account, identities);
  await writeKey(path, identities.slice(0, 1));
  return rotated;
}

async function writeKey(path: string, identities: string[]): Promise<void> {
  passFailPoint('before key file');
  await writeDurably([{ path, bytes: writeIdentities(identities) }], 0o600);
  passFailPoint('after key file');
}

/** What to do with a key that is given from outside, which Constat cannot write: which identities to give next, and what was done. */
export type GivenRotation =
  | { step: 'give-both'; identities: string[] }
  | { step: 'give-new'; identities: string[]; rotated: Rotated };

/**
 * Changes a key given from outside, in two steps: with one identity a new one is made, and both are to be given; with both,
 * everything is wrapped for the first, and it alone is to be given from then on.
 */
export async function rotateGivenKey(store: Store, account: string, given: string): Promise<GivenRotation> {
  const identities = readIdentities(given);
  if (identities.length < 2)
    return { step: 'give-both', identities: [await generateIdentity(), ...identities] };
  const rotated = await rewrap(store, account, identities);
  return { step: 'give-new', identities: identities.slice(0, 1), rotated };
}

/** Wraps everything for the first of these identities, in one transaction with its entry. */
async function rewrap(store: Store, account: string, identities: string[]): Promise<Rotated> {
  const all = await houseKey(identities);
  const alone = await houseKey(identities.slice(0, 1));
  const writer: Writer = { account, dossier: null };
  return store.write(writer, 'keys.rotate', async (tx) => {
    // Whoever is wrapping for the old key finishes first; whoever comes later is told that it is no longer the key.
    await sql`lock table seals, accounts, challenges in share row exclusive mode`.execute(tx);
    const seals = await rewrapSeals(tx, all, alone);
    const accounts = await rewrapAccounts(tx, all, alone);
    // A second factor that is just being set up is begun again.
    await tx.deleteFrom('challenges').where('purpose', '=', 'totp').execute();
    await tx
      .insertInto('settings')
      .values({ name: CURRENT_KEY, value: alone.recipient })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: alone.recipient }))
      .execute();
    const result = { recipient: alone.recipient, seals, accounts };
    return { entries: [{ subject: newId(), payload: result }], result };
  });
}

async function rewrapSeals(tx: Tx, all: HouseKey, alone: HouseKey): Promise<number> {
  const rows = await tx
    .selectFrom('seals')
    .select(['dossier', 'id', 'wrapped'])
    .where('wrapped', 'is not', null)
    .execute();
  for (const { dossier, id, wrapped } of rows) {
    const identity = await all.unwrap(wrapped!);
    await tx
      .updateTable('seals')
      .set({ wrapped: await alone.wrap(identity), wrappedFor: alone.recipient })
      .where('dossier', '=', dossier)
      .where('id', '=', id)
      .execute();
  }
  return rows.length;
}

async function rewrapAccounts(tx: Tx, all: HouseKey, alone: HouseKey): Promise<number> {
  const rows = await tx.selectFrom('accounts').select(['id', 'totp']).where('totp', 'is not', null).execute();
  for (const { id, totp } of rows) {
    await tx
      .updateTable('accounts')
      .set({ totp: await alone.wrap(await all.unwrap(totp!)) })
      .where('id', '=', id)
      .execute();
  }
  return rows.length;
}
