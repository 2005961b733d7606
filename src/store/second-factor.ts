// The second factor beside a password: codes of an app (TOTP, RFC 6238), and recovery codes for the day the app is lost.
import { createHmac, randomBytes } from 'node:crypto';
import { generateSecret, generateURI, verify } from 'otplib';
import { problem } from '../record/problem.ts';
import type { Account } from './accounts.ts';
import { newChallenge, readChallenge, takeChallenge } from './challenges.ts';
import { requireCurrentKey } from './seals.ts';
import { SECOND_FACTOR_RULE } from './sessions.ts';
import type { Store } from './store.ts';
import type { Tx } from './write.ts';

/** How many recovery codes there are. */
const RECOVERY_CODES = 10;
/** Crockford's alphabet: nothing in it is taken for something else when it is copied by hand. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CODE_LENGTH = 20;

/** A secret that waits for its first code. */
export interface NewTotp {
  ticket: string;
  /** In base 32, for those who cannot take the picture. */
  secret: string;
  /** "otpauth://totp/…", what the QR code says. */
  uri: string;
}

/** Begins a second factor: nothing changes until `confirmTotp` was given a right code. */
export async function beginTotp(store: Store, account: Account, issuer: string): Promise<NewTotp> {
  const secret = generateSecret();
  const challenge = await store.houseKey.wrap(secret);
  const ticket = await newChallenge(store, { purpose: 'totp', challenge, account: account.id }, 30);
  return { ticket, secret, uri: generateURI({ issuer, label: account.name, secret }) };
}

/** The time step of a right code that was not used yet, one step of 30 seconds either way; null for a wrong one. */
async function stepOf(secret: string, code: string, after: number | null): Promise<number | null> {
  if (!/^\d{6}$/.test(code)) return null;
  const result = await verify({ secret, token: code, epochTolerance: 30 });
  if (!result.valid || !('timeStep' in result)) return null;
  return after === null || result.timeStep > after ? result.timeStep : null;
}

/**
 * Ends the beginning: a right code makes the secret the account's second factor. Gives recovery codes, shown this once;
 * null for a wrong code, after which one may try again. Throws `account.ticket` when it was begun too long ago.
 */
export async function confirmTotp(
  store: Store,
  account: string,
  ticket: string,
  code: string,
): Promise<string[] | null> {
  const begun = await readChallenge(store, ticket, 'totp');
  if (!begun || begun.account !== account) throw problem('account.ticket');
  const step = await stepOf(await store.houseKey.unwrap(begun.challenge), code, null);
  if (step === null) return null;
  if (!(await takeChallenge(store, ticket, 'totp'))) throw problem('account.ticket');
  return store.write({ account, dossier: null }, 'account.change', async (tx, stamp) => {
    await tx
      .updateTable('accounts')
      .set({ totp: begun.challenge, totpConfirmedAt: stamp.at, totpStep: step })
      .where('id', '=', account)
      .execute();
    // The secret was wrapped when this was begun, perhaps by a process that has the old key.
    await requireCurrentKey(tx, store.houseKey.recipient);
    const codes = await replaceRecoveryCodes(tx, account);
    return { entries: [{ subject: account, payload: { change: 'second-factor-added' } }], result: codes };
  });
}

/** Whether an account signs in with a code after its password. */
export async function hasTotp(store: Pick<Store, 'read'>, account: string): Promise<boolean> {
  const row = await store.read
    .selectFrom('accounts')
    .select('totpConfirmedAt')
    .where('id', '=', account)
    .executeTakeFirst();
  return typeof row?.totpConfirmedAt === 'string';
}

/** Takes a code of the app or a recovery code, once; null when it is neither, or was used. */
export async function takeCode(
  store: Store,
  account: string,
  code: string,
): Promise<'code' | 'recovery-code' | null> {
  const typed = code.replace(/[\s-]/g, '').toLowerCase();
  if (/^\d{6}$/.test(typed)) return (await takeTotp(store, account, typed)) ? 'code' : null;
  return (await takeRecoveryCode(store, account, typed)) ? 'recovery-code' : null;
}

async function takeTotp(store: Store, account: string, code: string): Promise<boolean> {
  const row = await store.read
    .selectFrom('accounts')
    .select(['totp', 'totpStep', 'totpConfirmedAt'])
    .where('id', '=', account)
    .executeTakeFirst();
  if (!row?.totp || row.totpConfirmedAt === null) return false;
  const step = await stepOf(await store.houseKey.unwrap(row.totp), code, row.totpStep);
  if (step === null) return false;
  // Of two requests with the same code, one moves the step.
  const { numUpdatedRows } = await store.read
    .updateTable('accounts')
    .set({ totpStep: step })
    .where('id', '=', account)
    .where(({ eb, or }) => or([eb('totpStep', 'is', null), eb('totpStep', '<', step)]))
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

async function takeRecoveryCode(store: Store, account: string, code: string): Promise<boolean> {
  const { numUpdatedRows } = await store.read
    .updateTable('recoveryCodes')
    .set({ usedAt: new Date().toISOString() })
    .where('account', '=', account)
    .where('codeHash', '=', hashCode(account, code))
    .where('usedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** 100 random bits need no slow hash; the account's id as key, so that equal codes would not look equal. */
const hashCode = (account: string, code: string) => createHmac('sha256', account).update(code).digest('hex');

function newRecoveryCode(): string {
  const letters = [...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]!).join('');
  return letters.match(/.{5}/g)!.join('-');
}

async function replaceRecoveryCodes(tx: Tx, account: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await tx.deleteFrom('recoveryCodes').where('account', '=', account).execute();
  await tx
    .insertInto('recoveryCodes')
    .values(
      codes.map((code) => ({ account, codeHash: hashCode(account, code.replaceAll('-', '')), usedAt: null })),
    )
    .execute();
  return codes;
}

/** New recovery codes, shown this once; the old ones stop working. Throws `account.no-second-factor`. */
export async function renewRecoveryCodes(store: Store, account: string): Promise<string[]> {
  if (!(await hasTotp(store, account))) throw problem('account.no-second-factor');
  return store.write({ account, dossier: null }, 'account.change', async (tx) => ({
    entries: [{ subject: account, payload: { change: 'recovery-codes' } }],
    result: await replaceRecoveryCodes(tx, account),
  }));
}

/** How many recovery codes are left. */
export async function countRecoveryCodes(store: Pick<Store, 'read'>, account: string): Promise<number> {
  const { count } = await store.read
    .selectFrom('recoveryCodes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account', '=', account)
    .where('usedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Takes the codes away: of the app and for recovery. */
export async function removeTotp(store: Store, account: string): Promise<void> {
  await store.write({ account, dossier: null }, 'account.change', async (tx) => {
    await dropTotp(tx, account);
    return {
      entries: [{ subject: account, payload: { change: 'second-factor-removed' } }],
      result: undefined,
    };
  });
}

/** The same within a larger change. */
export async function dropTotp(tx: Tx, account: string): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ totp: null, totpConfirmedAt: null, totpStep: null })
    .where('id', '=', account)
    .execute();
  await tx.deleteFrom('recoveryCodes').where('account', '=', account).execute();
}

/** Whether everybody needs a second factor here. */
export async function needsSecondFactor(store: Pick<Store, 'read'>): Promise<boolean> {
  const row = await store.read
    .selectFrom('settings')
    .select('value')
    .where('name', '=', SECOND_FACTOR_RULE)
    .executeTakeFirst();
  return row?.value === 'required';
}

/** Says whether everybody needs one. Takes effect on open sessions at once. */
export async function requireSecondFactor(store: Store, by: string, required: boolean): Promise<void> {
  const value = required ? 'required' : 'optional';
  await store.write({ account: by, dossier: null }, 'account.change', async (tx) => {
    await tx
      .insertInto('settings')
      .values({ name: SECOND_FACTOR_RULE, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    return {
      entries: [{ subject: by, payload: { change: 'second-factor-rule', value } }],
      result: undefined,
    };
  });
}
