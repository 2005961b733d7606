// Accounts: the owner's, made by a link that works once, and what everybody says of themselves.
import { timingSafeEqual } from 'node:crypto';
import type { HouseRole } from '../record/account.ts';
import { problem } from '../record/problem.ts';
import { hashPassword } from './passwords.ts';
import type { Store } from './store.ts';
import { hashToken, newToken } from './token.ts';
import { newId, type Tx } from './write.ts';

/** Who is signed in. */
export interface Account {
  id: string;
  name: string;
  role: HouseRole;
}

/** Whether the owner's account exists. */
export async function hasOwner(store: Store): Promise<boolean> {
  const row = await store.read
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'owner')
    .executeTakeFirst();
  return row !== undefined;
}

/** A new one-time token for making the owner's account; older ones stop working. Only its hash is kept. */
export async function newSetupToken(store: Store): Promise<string> {
  const token = newToken();
  await store.read
    .insertInto('settings')
    .values({ name: 'setup-token', value: hashToken(token) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: hashToken(token) }))
    .execute();
  return token;
}

/** Whether a setup token is the current one. */
export async function isSetupToken(store: Store, token: string): Promise<boolean> {
  const row = await store.read
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'setup-token')
    .executeTakeFirst();
  return row !== undefined && timingSafeEqual(Buffer.from(row.value), Buffer.from(hashToken(token)));
}

/**
 * Makes the owner's account. Throws `account.link` for a wrong token, `account.exists` when there is one, and
 * `account.weak-password`.
 */
export async function createOwner(
  store: Store,
  token: string,
  name: string,
  password: string,
): Promise<Account> {
  if (await hasOwner(store)) throw problem('account.exists');
  if (!(await isSetupToken(store, token))) throw problem('account.link');
  const passwordHash = await hashPassword(password, [name]);
  const account: Account = { id: newId(), name, role: 'owner' };
  await store.write({ account: account.id, dossier: null }, 'account.create', async (tx, stamp) => {
    // Of two requests with the same link, one takes it: the row is gone for the other.
    const taken = await tx.deleteFrom('settings').where('name', '=', 'setup-token').executeTakeFirstOrThrow();
    if (taken.numDeletedRows !== 1n) throw problem('account.link');
    await tx
      .insertInto('accounts')
      .values({ ...account, passwordHash, createdAt: stamp.at })
      .execute();
    return { entries: [{ subject: account.id, payload: { role: account.role } }], result: account };
  });
  return account;
}

/** What an account says of itself. */
export interface OwnAccount extends Account {
  email: string | null;
  createdAt: string;
  hasPassword: boolean;
  /** Since when codes are asked for after the password; null where they are not. */
  totpSince: string | null;
}

/** An account as its owner sees it. Throws `not-found`. */
export async function readOwnAccount(store: Pick<Store, 'read'>, id: string): Promise<OwnAccount> {
  const row = await store.read.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw problem('not-found', { what: 'account' });
  const { name, role, email, createdAt, passwordHash, totpConfirmedAt } = row;
  return {
    ...{ id, name, role, email, createdAt },
    hasPassword: passwordHash !== null,
    totpSince: totpConfirmedAt,
  };
}

/** The account of this name, or without a name the owner's; null when there is none. */
export async function findAccountByName(
  store: Pick<Store, 'read'>,
  name: string | undefined,
): Promise<Account | null> {
  const query = store.read.selectFrom('accounts').select(['id', 'name', 'role']);
  const row =
    name === undefined
      ? await query.where('role', '=', 'owner').orderBy('createdAt').executeTakeFirst()
      : await query.where('name', '=', name).executeTakeFirst();
  return row ?? null;
}

/** Changes what an account says of itself. Throws `account.name-taken`, `account.email-taken`. */
export async function editOwnAccount(
  store: Store,
  id: string,
  change: { name?: string; email?: string | null },
): Promise<void> {
  await store.write({ account: id, dossier: null }, 'account.change', async (tx) => {
    await refuseTaken(tx, id, change);
    await tx.updateTable('accounts').set(change).where('id', '=', id).execute();
    // Which of them, not what: names belong to people, and entries stay.
    return {
      entries: [{ subject: id, payload: { change: Object.keys(change).sort().join('-and-') } }],
      result: undefined,
    };
  });
}

async function refuseTaken(tx: Tx, id: string, { name, email }: { name?: string; email?: string | null }) {
  const others = tx.selectFrom('accounts').select('id').where('id', '!=', id);
  if (name !== undefined && (await others.where('name', '=', name).executeTakeFirst()))
    throw problem('account.name-taken', { name });
  if (typeof email === 'string') {
    const same = await others
      .where(({ fn }) => fn('lower', ['email']), '=', email.toLowerCase())
      .executeTakeFirst();
    if (same) throw problem('account.email-taken');
  }
}
