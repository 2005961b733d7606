// Passwords: kept as argon2id, checked a few at a time, replaced by stronger hashes when the parameters go up.
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { problem } from '../record/problem.ts';
import { isGuessable } from '../record/weak-password.ts';
import type { Account } from './accounts.ts';
import { boundedWork } from './bounded-work.ts';
import { endSessions } from './sessions.ts';
import type { Store } from './store.ts';

/**
 * Argon2id with 64 MiB, three passes and one lane: the memory and passes of RFC 9106 §4's second choice, above OWASP's first
 * one; about 0.1 s of one core.
 */
export const PASSWORD_COST = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 } as const;

/** Two at once use 128 MiB; whoever comes when sixteen wait already is told to come back. */
const turns = boundedWork(2, 16);
let checks = 0;

/** How often this process has run argon2, for tests and benchmarks. */
export function passwordChecks(): number {
  return checks;
}

/** Runs argon2 in turn. Throws `request.too-many` when too many wait. */
async function inTurn<Result>(work: () => Promise<Result>, first?: boolean): Promise<Result> {
  const result = await turns(() => {
    checks++;
    return work();
  }, first);
  if (result === null) throw problem('request.too-many', { seconds: 2 });
  return result.done;
}

/**
 * A new password's hash. `own` are words of the person that must not be all of it.
 * Throws `account.weak-password` for what would be guessed first.
 */
export async function hashPassword(password: string, own: readonly string[]): Promise<string> {
  if (isGuessable(password, own)) throw problem('account.weak-password');
  return inTurn(() => hash(password, PASSWORD_COST), true);
}

/** What is checked where there is no account, so that the answer takes as long: the hash of a password nobody knows. */
export const HASH_OF_NOBODY =
  '$argon2id$v=19$m=65536,t=3,p=1$y11qNk6Su6BlV/Hc7AD33Q$o7H25Zg0YRv61I3MZGALkcPqKtzu7TpU+Qs9LLvzUCM';

/**
 * The account of a name and password, or null. Takes as long for a name that does not exist. `known`: whoever asks goes
 * before strangers. Throws `request.too-many` when too many wait.
 */
export async function checkPassword(
  store: Store,
  name: string,
  password: string,
  known = false,
): Promise<Account | null> {
  const row = await store.read.selectFrom('accounts').selectAll().where('name', '=', name).executeTakeFirst();
  const kept = row?.passwordHash ?? HASH_OF_NOBODY;
  const isRight = await inTurn(() => verify(kept, password), known);
  if (!row || row.passwordHash === null || !isRight || row.suspendedAt !== null) return null;
  if (isOutdated(row.passwordHash)) await keepPassword(store, row.id, password);
  return { id: row.id, name: row.name, role: row.role };
}

/** Whether a hash was made with less than is asked now. */
function isOutdated(kept: string): boolean {
  const { memoryCost, timeCost } = parseOptions(kept);
  return memoryCost < PASSWORD_COST.memoryCost || timeCost < PASSWORD_COST.timeCost;
}

async function keepPassword(store: Store, account: string, password: string): Promise<void> {
  const passwordHash = await inTurn(() => hash(password, PASSWORD_COST), true);
  await writePassword(store, account, passwordHash, 'password-hash');
}

async function writePassword(
  store: Store,
  account: string,
  passwordHash: string | null,
  change: string,
  keep?: string,
): Promise<void> {
  await store.write({ account, dossier: null }, 'account.change', async (tx) => {
    await tx.updateTable('accounts').set({ passwordHash }).where('id', '=', account).execute();
    if (change !== 'password-hash') await endSessions(tx, account, keep);
    return { entries: [{ subject: account, payload: { change } }], result: undefined };
  });
}

/** Sets a password and ends every session of the account but `keep`. Throws `account.weak-password`. */
export async function setPassword(
  store: Store,
  account: Pick<Account, 'id' | 'name'>,
  password: string,
  keep?: string,
): Promise<void> {
  await writePassword(store, account.id, await hashPassword(password, [account.name]), 'password', keep);
}

/** Takes the password away, for accounts with two passkeys or more. Throws `account.last-way` otherwise. */
export async function removePassword(store: Store, account: string, keep: string): Promise<void> {
  const { count } = await store.read
    .selectFrom('passkeys')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account', '=', account)
    .executeTakeFirstOrThrow();
  if (count < 2) throw problem('account.last-way');
  await writePassword(store, account, null, 'password-removed', keep);
}
