// Sessions: a random token in a cookie, of which only the hash is kept; listed, ended one by one, renewed at each proof.
import type { Kysely } from 'kysely';
import type { OpenSession, SignInMethod } from '../record/account.ts';
import type { Account } from './accounts.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { hashToken, newToken } from './token.ts';
import { newId } from './write.ts';

/** How long sessions last, in milliseconds: without a request, and in any case. */
export interface SessionLimits {
  idle: number;
  longest: number;
}

/** An hour and a day, as NIST SP 800-63B-4 §2.2.3 has it for two factors. */
export const SESSION_LIMITS: SessionLimits = { idle: 3600_000, longest: 24 * 3600_000 };

/**
 * How far the clocks of several servers may differ. A session seen later than that was opened while the clock was wrong;
 * put right, it would last as long as the clock was ahead.
 */
const CLOCK_LEEWAY_MS = 300_000;

/** The name of the setting that asks everybody for a second factor. */
export const SECOND_FACTOR_RULE = 'second-factor';

/** What a session proves. */
export interface SessionState {
  id: string;
  method: SignInMethod;
  /** When the person last proved who they are. */
  confirmedAt: string;
  /** Whether the house asks for a second factor and this session has none: it may only add one. */
  isPartial: boolean;
}

/** Who is signed in, and by which session. */
export interface SignedIn extends Account {
  session: SessionState;
}

/** Whether one factor alone opened a session. A passkey is two: what one has, and what unlocks it. */
export function isSingleFactor(method: SignInMethod): boolean {
  return method === 'password' || method === 'link';
}

/** Opens a session and gives its token, for the cookie. */
export async function openSession(
  store: Pick<Store, 'read'>,
  account: string,
  of: { method: SignInMethod; device: string | null },
  limits: SessionLimits = SESSION_LIMITS,
): Promise<string> {
  const token = newToken();
  const now = Date.now();
  const at = new Date(now).toISOString();
  await store.read.deleteFrom('sessions').where('expiresAt', '<', at).execute();
  await store.read
    .insertInto('sessions')
    .values({
      tokenHash: hashToken(token),
      id: newId(),
      account,
      ...of,
      confirmedAt: at,
      createdAt: at,
      seenAt: at,
      expiresAt: new Date(now + limits.longest).toISOString(),
    })
    .execute();
  return token;
}

/**
 * Who a session token stands for, or null when the session ended. `isUse` false: only to see whether it still holds, which
 * keeps no session from ending for want of use.
 */
export async function readSession(
  store: Pick<Store, 'read'>,
  token: string,
  limits: SessionLimits = SESSION_LIMITS,
  isUse = true,
): Promise<SignedIn | null> {
  const now = Date.now();
  const row = await store.read
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account')
    .leftJoin('settings', (join) => join.on('settings.name', '=', SECOND_FACTOR_RULE))
    .select(['accounts.id', 'accounts.name', 'accounts.role', 'settings.value as rule'])
    .select(['sessions.id as session', 'sessions.method', 'sessions.confirmedAt', 'sessions.seenAt'])
    .where('sessions.tokenHash', '=', hashToken(token))
    .where('accounts.suspendedAt', 'is', null)
    .where('sessions.expiresAt', '>', new Date(now).toISOString())
    .where('sessions.seenAt', '>', new Date(now - limits.idle).toISOString())
    .where('sessions.seenAt', '<', new Date(now + CLOCK_LEEWAY_MS).toISOString())
    .executeTakeFirst();
  if (!row) return null;
  const { id, name, role, session, method, confirmedAt, rule } = row;
  // Once a minute is exact enough for the idle limit, and keeps reading free of writes.
  if (isUse && now - Date.parse(row.seenAt) > 60_000) {
    await store.read
      .updateTable('sessions')
      .set({ seenAt: new Date(now).toISOString() })
      .where('id', '=', session)
      .execute();
  }
  const isPartial = rule === 'required' && isSingleFactor(method);
  return { id, name, role, session: { id: session, method, confirmedAt, isPartial } };
}

/**
 * Gives a session a new token after a fresh proof, and with `method` says by what it was proved. The old token is worth
 * nothing any more.
 */
export async function renewSession(
  store: Pick<Store, 'read'>,
  session: string,
  method?: SignInMethod,
): Promise<string> {
  const token = newToken();
  const at = new Date().toISOString();
  await store.read
    .updateTable('sessions')
    .set({ tokenHash: hashToken(token), confirmedAt: at, seenAt: at, ...(method && { method }) })
    .where('id', '=', session)
    .execute();
  return token;
}

/** The sessions of an account that are open, the newest first; `current` is the one that asks. */
export async function listSessions(
  store: Pick<Store, 'read'>,
  account: string,
  current: string,
  limits: SessionLimits = SESSION_LIMITS,
): Promise<OpenSession[]> {
  const now = Date.now();
  const rows = await store.read
    .selectFrom('sessions')
    .select(['id', 'method', 'device', 'createdAt', 'seenAt', 'expiresAt'])
    .where('account', '=', account)
    .where('expiresAt', '>', new Date(now).toISOString())
    .where('seenAt', '>', new Date(now - limits.idle).toISOString())
    .orderBy('createdAt', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, current: row.id === current }));
}

/** Ends one session of an account; false when it has no such session. */
export async function endSession(
  store: Pick<Store, 'read'>,
  account: string,
  session: string,
): Promise<boolean> {
  const { numDeletedRows } = await store.read
    .deleteFrom('sessions')
    .where('account', '=', account)
    .where('id', '=', session)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Ends every session of an account but `keep`. */
export async function endSessions(database: Kysely<Tables>, account: string, keep?: string): Promise<void> {
  let query = database.deleteFrom('sessions').where('account', '=', account);
  if (keep !== undefined) query = query.where('id', '!=', keep);
  await query.execute();
}

/** Ends the session of a token. */
export async function closeSession(store: Pick<Store, 'read'>, token: string): Promise<void> {
  await store.read.deleteFrom('sessions').where('tokenHash', '=', hashToken(token)).execute();
}
