// The accounts of the house as its owner manages them: listed, suspended and let in again, made owner of the house or not.
import { sql } from 'kysely';
import type { Account, HouseRole } from '../record/account.ts';
import { problem } from '../record/problem.ts';
import { withdrawOf } from './invitations.ts';
import { endSessions } from './sessions.ts';
import type { Store } from './store.ts';
import type { Tx } from './write.ts';

/** An account in the list of the house. */
export interface HouseAccount extends Account {
  /** How many dossiers it has a part in. */
  dossiers: number;
  /** When it was last seen signed in; null where it has no session. */
  seenAt: string | null;
}

/** All accounts, by name. */
export async function listAccounts(store: Pick<Store, 'read'>): Promise<HouseAccount[]> {
  return store.read
    .selectFrom('accounts')
    .select(['id', 'name', 'role', 'email', 'createdAt', 'suspendedAt'])
    .select((account) => [
      account
        .selectFrom('memberships')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('memberships.account', '=', 'accounts.id')
        .$asScalar()
        .$notNull()
        .as('dossiers'),
      account
        .selectFrom('sessions')
        .select(({ fn }) => fn.max('sessions.seenAt').as('seen'))
        .whereRef('sessions.account', '=', 'accounts.id')
        .as('seenAt'),
    ])
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();
}

/**
 * Suspends an account: its sessions end at once, and what it invited is withdrawn. Its parts in dossiers stay, for when it is
 * let in again. Throws `not-found`, `people.last-house-owner`.
 */
export async function suspendAccount(store: Store, by: string, account: string): Promise<void> {
  await store.write({ account: by, dossier: null }, 'account.suspend', async (tx, stamp) => {
    await lockAccount(tx, account, true);
    await tx.updateTable('accounts').set({ suspendedAt: stamp.at }).where('id', '=', account).execute();
    await endSessions(tx, account);
    const withdrawn = await withdrawOf(tx, stamp, account);
    return { entries: [{ subject: account, payload: {} }, ...withdrawn], result: undefined };
  });
}

/** Lets a suspended account in again. Throws `not-found`. */
export async function restoreAccount(store: Store, by: string, account: string): Promise<void> {
  await store.write({ account: by, dossier: null }, 'account.restore', async (tx) => {
    await lockAccount(tx, account, false);
    await tx.updateTable('accounts').set({ suspendedAt: null }).where('id', '=', account).execute();
    return { entries: [{ subject: account, payload: {} }], result: undefined };
  });
}

/** Makes an account owner of the house, or member again. Throws `not-found`, `people.last-house-owner`. */
export async function changeHouseRole(
  store: Store,
  by: string,
  account: string,
  role: HouseRole,
): Promise<void> {
  await store.write({ account: by, dossier: null }, 'account.change', async (tx, stamp) => {
    const before = await lockAccount(tx, account, role !== 'owner');
    await tx.updateTable('accounts').set({ role }).where('id', '=', account).execute();
    // What an owner of the house invited everywhere, a member might not have.
    const withdrawn = role === 'owner' ? [] : await withdrawOf(tx, stamp, account);
    const payload = { before: { role: before.role }, after: { role } };
    return { entries: [{ subject: account, payload }, ...withdrawn], result: undefined };
  });
}

/** An account, locked with every owner of the house, so that of two who go at once one stays. */
async function lockAccount(tx: Tx, id: string, goes: boolean): Promise<{ role: HouseRole }> {
  const rows = await tx
    .selectFrom('accounts')
    .select(['id', 'role', 'suspendedAt'])
    .where((or) => or.or([or('id', '=', id), or('role', '=', 'owner')]))
    .orderBy('id')
    .forUpdate()
    .execute();
  const account = rows.find((row) => row.id === id);
  if (!account) throw problem('not-found', { what: 'account' });
  const others = rows.filter((row) => row.id !== id && row.role === 'owner' && row.suspendedAt === null);
  if (goes && account.role === 'owner' && others.length === 0) throw problem('people.last-house-owner');
  return account;
}
