// A link for somebody who cannot sign in any more: it sets a new password and takes the codes away. It works once, for a day.

import { problem } from '../record/problem.ts';
import type { Account } from './accounts.ts';
import { hashPassword } from './passwords.ts';
import { dropTotp } from './second-factor.ts';
import { endSessions } from './sessions.ts';
import type { Store } from './store.ts';
import { hashToken, newToken } from './token.ts';
import { newId } from './write.ts';

const HOURS = 24;

/** Makes a link's token for an account; older ones stop working. `by` is whoever asks for it. Throws `not-found`. */
export async function newResetToken(
  store: Store,
  by: string,
  account: string,
): Promise<{ token: string; name: string; expiresAt: string }> {
  const token = newToken();
  return store.write({ account: by, dossier: null }, 'account.change', async (tx, stamp) => {
    const row = await tx.selectFrom('accounts').select('name').where('id', '=', account).executeTakeFirst();
    if (!row) throw problem('not-found', { what: 'account' });
    const expiresAt = new Date(Date.parse(stamp.at) + HOURS * 3600_000).toISOString();
    await tx.deleteFrom('challenges').where('purpose', '=', 'reset').where('account', '=', account).execute();
    await tx
      .insertInto('challenges')
      .values({ id: newId(), purpose: 'reset', challenge: hashToken(token), account, expiresAt })
      .execute();
    return {
      entries: [{ subject: account, payload: { change: 'reset-link' } }],
      result: { token, name: row.name, expiresAt },
    };
  });
}

/** Whose link this is; null when it was used, is too old, or never was. */
export async function readResetToken(store: Pick<Store, 'read'>, token: string): Promise<Account | null> {
  const row = await store.read
    .selectFrom('challenges')
    .innerJoin('accounts', 'accounts.id', 'challenges.account')
    .select(['accounts.id', 'accounts.name', 'accounts.role'])
    .where('purpose', '=', 'reset')
    .where('challenge', '=', hashToken(token))
    .where('expiresAt', '>', new Date().toISOString())
    .where('accounts.suspendedAt', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Uses a link: sets the password, takes codes away, ends every session. Passkeys stay.
 * Throws `account.reset-link`, `account.weak-password`.
 */
export async function resetPassword(store: Store, token: string, password: string): Promise<Account> {
  const account = await readResetToken(store, token);
  if (!account) throw problem('account.reset-link');
  const passwordHash = await hashPassword(password, [account.name]);
  await store.write({ account: account.id, dossier: null }, 'account.change', async (tx) => {
    // Of two requests with the same link, one takes it.
    const taken = await tx
      .deleteFrom('challenges')
      .where('purpose', '=', 'reset')
      .where('challenge', '=', hashToken(token))
      .executeTakeFirstOrThrow();
    if (taken.numDeletedRows !== 1n) throw problem('account.reset-link');
    await tx.updateTable('accounts').set({ passwordHash }).where('id', '=', account.id).execute();
    await dropTotp(tx, account.id);
    await endSessions(tx, account.id);
    return { entries: [{ subject: account.id, payload: { change: 'reset' } }], result: undefined };
  });
  return account;
}
