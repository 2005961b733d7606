// Challenges: what a browser was asked to sign, which password waits for its code, which secret for its first code. Each
// works once, for minutes.
import type { Store } from './store.ts';
import { newId } from './write.ts';

/** What a challenge is for; one made for one purpose works for no other. */
export type ChallengePurpose = 'passkey-sign-in' | 'passkey-add' | 'code' | 'totp' | 'reset';

/** Minutes that a challenge works unless told otherwise. */
const MINUTES = 10;

/** Keeps a challenge, and gives the id to take it by. */
export async function newChallenge(
  store: Pick<Store, 'read'>,
  of: { purpose: ChallengePurpose; challenge: string; account: string | null },
  minutes = MINUTES,
): Promise<string> {
  const now = Date.now();
  await store.read.deleteFrom('challenges').where('expiresAt', '<', new Date(now).toISOString()).execute();
  const id = newId();
  await store.read
    .insertInto('challenges')
    .values({ id, ...of, expiresAt: new Date(now + minutes * 60_000).toISOString() })
    .execute();
  return id;
}

/** A challenge without using it up; null when it does not exist or is too old. */
export async function readChallenge(
  store: Pick<Store, 'read'>,
  id: string,
  purpose: ChallengePurpose,
): Promise<{ challenge: string; account: string | null } | null> {
  const row = await store.read
    .selectFrom('challenges')
    .select(['challenge', 'account'])
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('expiresAt', '>', new Date().toISOString())
    .executeTakeFirst();
  return row ?? null;
}

/** Uses a challenge up; null when it does not exist, was used, or is too old. */
export async function takeChallenge(
  store: Pick<Store, 'read'>,
  id: string,
  purpose: ChallengePurpose,
): Promise<{ challenge: string; account: string | null } | null> {
  const row = await store.read
    .deleteFrom('challenges')
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('expiresAt', '>', new Date().toISOString())
    .returning(['challenge', 'account'])
    .executeTakeFirst();
  return row ?? null;
}
