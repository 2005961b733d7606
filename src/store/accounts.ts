// Accounts and sessions. The owner's account is made by a link that works once; a session is a random token
// of which only the hash is kept, so that a stolen database signs nobody in.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { HouseRole } from '../record/account.ts';
import { problem } from '../record/problem.ts';
import type { Store } from './store.ts';
import { newId } from './write.ts';

/** Who is signed in. */
export interface Account {
  id: string;
  name: string;
  role: HouseRole;
}

/** Sessions end after this much idle time, and in any case after the longest; milliseconds. */
export const SESSION_IDLE = 12 * 3600_000;
const SESSION_LONGEST = 14 * 24 * 3600_000;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

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
  const token = randomBytes(32).toString('base64url');
  await store.read
    .insertInto('settings')
    .values({ name: 'setup-token', value: sha256(token) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sha256(token) }))
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
  return row !== undefined && timingSafeEqual(Buffer.from(row.value), Buffer.from(sha256(token)));
}

/** Makes the owner's account. Throws `account.link` for a wrong token, `account.exists` when there is one. */
export async function createOwner(
  store: Store,
  token: string,
  name: string,
  password: string,
): Promise<Account> {
  if (await hasOwner(store)) throw problem('account.exists');
  if (!(await isSetupToken(store, token))) throw problem('account.link');
  const passwordHash = await hash(password);
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

/** The account of a name and password, or null. Takes as long for a name that does not exist. */
export async function checkPassword(store: Store, name: string, password: string): Promise<Account | null> {
  const row = await store.read.selectFrom('accounts').selectAll().where('name', '=', name).executeTakeFirst();
  const right = await verify(row?.passwordHash ?? (await dummyHash), password);
  return row && right && row.suspendedAt === null ? { id: row.id, name: row.name, role: row.role } : null;
}
const dummyHash = hash('no such account');

/** Opens a session and gives its token, for the cookie. */
export async function openSession(store: Store, account: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = Date.now();
  await store.read.deleteFrom('sessions').where('expiresAt', '<', new Date(now).toISOString()).execute();
  await store.read
    .insertInto('sessions')
    .values({
      tokenHash: sha256(token),
      id: newId(),
      account,
      method: 'password',
      device: null,
      confirmedAt: new Date(now).toISOString(),
      createdAt: new Date(now).toISOString(),
      seenAt: new Date(now).toISOString(),
      expiresAt: new Date(now + SESSION_LONGEST).toISOString(),
    })
    .execute();
  return token;
}

/** The account a session token stands for, or null when the session ended. */
export async function readSession(store: Store, token: string): Promise<Account | null> {
  const now = Date.now();
  const row = await store.read
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account')
    .select(['accounts.id', 'accounts.name', 'accounts.role', 'sessions.seenAt', 'sessions.tokenHash'])
    .where('sessions.tokenHash', '=', sha256(token))
    .where('accounts.suspendedAt', 'is', null)
    .where('sessions.expiresAt', '>', new Date(now).toISOString())
    .where('sessions.seenAt', '>', new Date(now - SESSION_IDLE).toISOString())
    .executeTakeFirst();
  if (!row) return null;
  // Once a minute is exact enough for the idle limit, and keeps reading free of writes.
  if (now - Date.parse(row.seenAt) > 60_000) {
    await store.read
      .updateTable('sessions')
      .set({ seenAt: new Date(now).toISOString() })
      .where('tokenHash', '=', row.tokenHash)
      .execute();
  }
  return { id: row.id, name: row.name, role: row.role };
}

/** Ends a session. */
export async function closeSession(store: Store, token: string): Promise<void> {
  await store.read.deleteFrom('sessions').where('tokenHash', '=', sha256(token)).execute();
}
