// Passkeys: the public halves, their counters, and what their owner calls them.
import type { Passkey } from '../record/account.ts';
import { problem } from '../record/problem.ts';
import type { Account } from './accounts.ts';
import type { Store } from './store.ts';

/** A passkey as it is checked against. */
export interface KnownPasskey {
  id: string;
  publicKey: Buffer;
  counter: number;
  transports: string[];
  account: Account;
}

/** More than anybody carries; a list nobody can look through hides a stranger's. */
const MOST = 20;

const SHOWN = ['id', 'name', 'backedUp', 'createdAt', 'usedAt'] as const;

/** The passkeys of an account, the oldest first. */
export async function listPasskeys(store: Pick<Store, 'read'>, account: string): Promise<Passkey[]> {
  return store.read
    .selectFrom('passkeys')
    .select(SHOWN)
    .where('account', '=', account)
    .orderBy('createdAt')
    .execute();
}

/** The passkey with this id and whose it is; null when there is none or its account is suspended. */
export async function findPasskey(store: Pick<Store, 'read'>, id: string): Promise<KnownPasskey | null> {
  const row = await store.read
    .selectFrom('passkeys')
    .innerJoin('accounts', 'accounts.id', 'passkeys.account')
    .select(['passkeys.id', 'publicKey', 'counter', 'transports'])
    .select(['accounts.id as account', 'accounts.name', 'accounts.role'])
    .where('passkeys.id', '=', id)
    .where('accounts.suspendedAt', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const { account, name, role, ...key } = row;
  return { ...key, account: { id: account, name, role } };
}

/** Adds a passkey to an account. Throws `account.passkeys-full`, and `account.passkey` where somebody has it already. */
export async function addPasskey(
  store: Store,
  account: string,
  key: Pick<KnownPasskey, 'id' | 'publicKey' | 'counter' | 'transports'> & {
    name: string;
    backedUp: boolean;
  },
): Promise<Passkey> {
  return store.write({ account, dossier: null }, 'account.change', async (tx, stamp) => {
    const had = await tx.selectFrom('passkeys').select('id').where('account', '=', account).execute();
    if (had.length >= MOST) throw problem('account.passkeys-full', { limit: MOST });
    const { id, name, backedUp } = key;
    const row = await tx
      .insertInto('passkeys')
      .values({
        ...key,
        transports: JSON.stringify(key.transports),
        account,
        createdAt: stamp.at,
        usedAt: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw problem('account.passkey');
    return {
      entries: [{ subject: account, payload: { change: 'passkey-added', passkey: id } }],
      result: { id, name, backedUp, createdAt: stamp.at, usedAt: null },
    };
  });
}

/** Renames a passkey of an account. Throws `not-found`. */
export async function renamePasskey(
  store: Store,
  account: string,
  id: string,
  name: string,
): Promise<Passkey> {
  return store.write({ account, dossier: null }, 'account.change', async (tx) => {
    const row = await tx
      .updateTable('passkeys')
      .set({ name })
      .where('id', '=', id)
      .where('account', '=', account)
      .returning(SHOWN)
      .executeTakeFirst();
    if (!row) throw problem('not-found', { what: 'passkey' });
    return {
      entries: [{ subject: account, payload: { change: 'passkey-renamed', passkey: id } }],
      result: row,
    };
  });
}

/** Removes a passkey of an account. Throws `not-found`, and `account.last-way` where two passkeys stand for a password. */
export async function removePasskey(store: Store, account: string, id: string): Promise<void> {
  await store.write({ account, dossier: null }, 'account.change', async (tx) => {
    const { passwordHash } = await tx
      .selectFrom('accounts')
      .select('passwordHash')
      .where('id', '=', account)
      // Two removals at once would each see the other's passkey.
      .forUpdate()
      .executeTakeFirstOrThrow();
    const had = await tx.selectFrom('passkeys').select('id').where('account', '=', account).execute();
    if (!had.some((one) => one.id === id)) throw problem('not-found', { what: 'passkey' });
    if (passwordHash === null && had.length <= 2) throw problem('account.last-way');
    await tx.deleteFrom('passkeys').where('id', '=', id).where('account', '=', account).execute();
    return {
      entries: [{ subject: account, payload: { change: 'passkey-removed', passkey: id } }],
      result: undefined,
    };
  });
}

/**
 * Keeps what a passkey's use told. False when its counter did not go up though it counts: then a copy of it is about,
 * and this use is refused (WebAuthn Level 3 §6.1.1). Synchronised passkeys do not count and stay at nought.
 */
export async function keepPasskeyUse(
  store: Pick<Store, 'read'>,
  id: string,
  use: { counter: number; backedUp: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await store.read
    .updateTable('passkeys')
    .set({ ...use, usedAt: new Date().toISOString() })
    .where('id', '=', id)
    .where(({ eb, or, and }) =>
      or([
        eb('counter', '<', use.counter),
        and([eb('counter', '=', 0), eb(eb.val(use.counter), '=', eb.val(0))]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
