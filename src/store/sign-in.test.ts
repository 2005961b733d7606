// Signing in, on both databases: passwords, sessions, codes, passkeys' counters, reset links.
import { hash, parseOptions } from '@node-rs/argon2';
import { generate } from 'otplib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { createOwner, editOwnAccount, newSetupToken, readOwnAccount } from './accounts.ts';
import { boundedWork } from './bounded-work.ts';
import { newChallenge, takeChallenge } from './challenges.ts';
import { addPasskey, keepPasskeyUse, listPasskeys, removePasskey } from './passkeys.ts';
import { checkPassword, HASH_OF_NOBODY, PASSWORD_COST, removePassword, setPassword } from './passwords.ts';
import { newResetToken, readResetToken, resetPassword } from './reset-links.ts';
import {
  beginTotp,
  confirmTotp,
  countRecoveryCodes,
  hasTotp,
  removeTotp,
  renewRecoveryCodes,
  requireSecondFactor,
  takeCode,
} from './second-factor.ts';
import { endSession, listSessions, openSession, readSession, renewSession } from './sessions.ts';
import type { Store } from './store.ts';
import { newId } from './write.ts';

const PASSWORD = 'three tents by the canal';
// Ahead of the real clock, whose timers would otherwise find themselves in the past.
const NOON = Math.ceil(Date.now() / 60_000 + 1) * 60_000;
const clock = (at: number) => vi.useFakeTimers({ toFake: ['Date'], now: at });
afterEach(() => {
  vi.useRealTimers();
});

async function owner(store: Store) {
  return createOwner(store, await newSetupToken(store), 'an observer', PASSWORD);
}
const key = (id: string, counter = 0) => ({
  id,
  name: id,
  publicKey: Buffer.from(id),
  counter,
  transports: ['internal'],
  backedUp: false,
});
const opened = { method: 'password', device: null } as const;
const code = (problem: { code: string }) => problem.code;
const refused = (promise: Promise<unknown>) => promise.then(() => 'accepted', code);

test('costly work: two at once, some wait, those who are known first, the rest are turned away', async () => {
  const turns = boundedWork(2, 2);
  let running = 0;
  let most = 0;
  const order: string[] = [];
  const piece = (name: string) => async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    order.push(name);
    return name;
  };
  const results = await Promise.all([
    ...['a', 'b', 'c', 'd', 'e'].map((name) => turns(piece(name))),
    turns(piece('known'), true),
  ]);
  expect(results.map((result) => result?.done)).toEqual(['a', 'b', 'c', 'd', undefined, 'known']);
  expect(most).toBe(2);
  expect(order.indexOf('known')).toBeLessThan(order.indexOf('d'));
  const failing = await Promise.allSettled([1, 2, 3].map(() => turns(() => Promise.reject(new Error('no')))));
  expect(failing.every(({ status }) => status === 'rejected')).toBe(true);
  expect(await turns(async () => 'goes on')).toEqual({ done: 'goes on' });
});

test('a name that does not exist costs what one that does costs', () => {
  const { memoryCost, timeCost, parallelism } = parseOptions(HASH_OF_NOBODY);
  expect({ memoryCost, timeCost, parallelism }).toEqual(PASSWORD_COST);
});

forEachDatabase((create) => {
  describe('a password', () => {
    test('is right or wrong, weak ones are refused, old hashes are made anew', async () => {
      const store = await (await create()).open();
      expect(
        await refused(createOwner(store, await newSetupToken(store), 'an observer', 'password1234')),
      ).toBe('account.weak-password');
      const account = await owner(store);
      expect(await checkPassword(store, 'an observer', PASSWORD)).toEqual(account);
      expect(await checkPassword(store, 'an observer', `${PASSWORD} `)).toBeNull();
      expect(await checkPassword(store, 'nobody', PASSWORD)).toBeNull();

      const weak = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1 });
      await store.write({ account: account.id, dossier: null }, 'account.change', async (tx) => {
        await tx.updateTable('accounts').set({ passwordHash: weak }).execute();
        return { entries: [{ subject: account.id, payload: {} }], result: undefined };
      });
      expect(await checkPassword(store, 'an observer', PASSWORD)).toEqual(account);
      const { passwordHash } = await store.read
        .selectFrom('accounts')
        .select('passwordHash')
        .executeTakeFirstOrThrow();
      expect(parseOptions(passwordHash!)).toMatchObject(PASSWORD_COST);
    });

    test('that is changed ends the other sessions; two passkeys can stand for it', async () => {
      const store = await (await create()).open();
      const account = await owner(store);
      const [here, there] = [
        await openSession(store, account.id, opened),
        await openSession(store, account.id, opened),
      ];
      const { session } = (await readSession(store, here))!;
      await setPassword(store, account, 'a dozen boats at low tide', session.id);
      expect(await readSession(store, there)).toBeNull();
      expect(await readSession(store, here)).not.toBeNull();
      expect(await checkPassword(store, account.name, PASSWORD)).toBeNull();

      await addPasskey(store, account.id, key('one'));
      expect(await refused(removePassword(store, account.id, session.id))).toBe('account.last-way');
      await addPasskey(store, account.id, key('two'));
      await removePassword(store, account.id, session.id);
      expect((await readOwnAccount(store, account.id)).hasPassword).toBe(false);
      expect(await checkPassword(store, account.name, 'a dozen boats at low tide')).toBeNull();
      expect(await refused(removePasskey(store, account.id, 'one'))).toBe('account.last-way');
      await addPasskey(store, account.id, key('three'));
      await removePasskey(store, account.id, 'one');
      expect((await listPasskeys(store, account.id)).map(({ id }) => id)).toEqual(['two', 'three']);
    });
  });

  test('a session ends by idleness, by age, and when its account is suspended; only its hash is kept', async () => {
    const store = await (await create()).open();
    const account = await owner(store);
    const limits = { idle: 3600_000, longest: 4 * 3600_000 };
    clock(NOON);
    const token = await openSession(
      store,
      account.id,
      { method: 'passkey', device: 'Firefox, Linux' },
      limits,
    );
    const kept = await store.read.selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(kept)).not.toContain(token);
    for (const minutes of [50, 100, 150]) {
      clock(NOON + minutes * 60_000);
      expect(await readSession(store, token, limits)).toMatchObject({ id: account.id });
    }
    // Looking whether it holds is no use of it.
    clock(NOON + 205 * 60_000);
    expect(await readSession(store, token, limits, false)).not.toBeNull();
    clock(NOON + 211 * 60_000);
    expect(await readSession(store, token, limits)).toBeNull();

    clock(NOON);
    const other = await openSession(store, account.id, opened, limits);
    for (let minutes = 50; minutes < 240; minutes += 50) {
      clock(NOON + minutes * 60_000);
      expect(await readSession(store, other, limits)).not.toBeNull();
    }
    clock(NOON + 241 * 60_000);
    expect(await readSession(store, other, limits)).toBeNull();

    clock(NOON);
    const third = await openSession(store, account.id, opened);
    await store.write({ account: account.id, dossier: null }, 'account.suspend', async (tx, stamp) => {
      await tx.updateTable('accounts').set({ suspendedAt: stamp.at }).execute();
      return { entries: [{ subject: account.id, payload: {} }], result: undefined };
    });
    expect(await readSession(store, third)).toBeNull();
    expect(await checkPassword(store, account.name, PASSWORD)).toBeNull();
  });

  test('sessions are listed, renewed and ended one by one, and nobody ends another’s', async () => {
    const store = await (await create()).open();
    const account = await owner(store);
    const token = await openSession(store, account.id, opened);
    await openSession(store, account.id, { method: 'passkey', device: 'Safari, iPhone' });
    const { session } = (await readSession(store, token))!;
    const listed = await listSessions(store, account.id, session.id);
    expect(listed.map(({ method, device, current }) => [method, device, current])).toEqual([
      ['passkey', 'Safari, iPhone', false],
      ['password', null, true],
    ]);
    const renewed = await renewSession(store, session.id, 'password-and-code');
    expect(await readSession(store, token)).toBeNull();
    expect((await readSession(store, renewed))!.session).toMatchObject({
      id: session.id,
      method: 'password-and-code',
    });
    expect(await endSession(store, '01900000-0000-7000-8000-000000000000', session.id)).toBe(false);
    expect(await endSession(store, account.id, session.id)).toBe(true);
    expect(await readSession(store, renewed)).toBeNull();
  });

  test('where a second factor is asked for, a session without one is partial', async () => {
    const store = await (await create()).open();
    const account = await owner(store);
    const states = async () => {
      const found = [];
      for (const method of ['password', 'link', 'passkey', 'password-and-code', 'recovery-code'] as const) {
        const token = await openSession(store, account.id, { method, device: null });
        found.push((await readSession(store, token))!.session.isPartial);
      }
      return found;
    };
    expect(await states()).toEqual([false, false, false, false, false]);
    await requireSecondFactor(store, account.id, true);
    expect(await states()).toEqual([true, true, false, false, false]);
    await requireSecondFactor(store, account.id, false);
    expect(await states()).toEqual([false, false, false, false, false]);
  });

  describe('a code', () => {
    test('of the app works once, one step either way, and its secret is closed to the database', async () => {
      const store = await (await create()).open();
      const account = await owner(store);
      const begun = await beginTotp(store, account, 'Constat (localhost)');
      expect(begun.uri).toMatch(/^otpauth:\/\/totp\//);
      expect(await confirmTotp(store, account.id, begun.ticket, '000000')).toBeNull();
      expect(await hasTotp(store, account.id)).toBe(false);
      const now = async (steps = 0) =>
        generate({ secret: begun.secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
      clock(NOON + 5_000);
      const again = await beginTotp(store, account, 'Constat (localhost)');
      expect(await refused(confirmTotp(store, newId(), again.ticket, '123456'))).toBe('account.ticket');
      const codes = (await confirmTotp(store, account.id, begun.ticket, await now()))!;
      expect(codes).toHaveLength(10);
      const row = await store.read.selectFrom('accounts').select('totp').executeTakeFirstOrThrow();
      expect(row.totp).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/);

      expect(await takeCode(store, account.id, await now())).toBeNull();
      expect(await takeCode(store, account.id, await now(-1))).toBeNull();
      expect(await takeCode(store, account.id, await now(2))).toBeNull();
      expect(await takeCode(store, account.id, await now(1))).toBe('code');
      expect(await takeCode(store, account.id, await now(1))).toBeNull();
      clock(NOON + 95_000);
      const same = await now();
      const both = await Promise.all([takeCode(store, account.id, same), takeCode(store, account.id, same)]);
      expect(both.sort()).toEqual(['code', null]);
      clock(NOON + 24 * 3600_000);
      await removeTotp(store, account.id);
      expect(await takeCode(store, account.id, await now())).toBeNull();
    });

    test('for recovery works once, however it is typed; new ones replace the old', async () => {
      const store = await (await create()).open();
      const account = await owner(store);
      expect(await refused(renewRecoveryCodes(store, account.id))).toBe('account.no-second-factor');
      const { ticket, secret } = await beginTotp(store, account, 'Constat');
      const codes = (await confirmTotp(store, account.id, ticket, await generate({ secret })))!;
      expect(new Set(codes).size).toBe(10);
      expect(await takeCode(store, account.id, codes[0]!.toUpperCase().replaceAll('-', ' '))).toBe(
        'recovery-code',
      );
      expect(await takeCode(store, account.id, codes[0]!)).toBeNull();
      expect(await countRecoveryCodes(store, account.id)).toBe(9);
      const kept = await store.read.selectFrom('recoveryCodes').selectAll().execute();
      expect(kept.map(({ codeHash }) => codeHash).join()).not.toContain(codes[1]!.replaceAll('-', ''));
      const renewed = await renewRecoveryCodes(store, account.id);
      expect(await takeCode(store, account.id, codes[1]!)).toBeNull();
      expect(await takeCode(store, account.id, renewed[1]!)).toBe('recovery-code');
    });
  });

  test('a passkey whose counter does not go up is refused; one that does not count is not', async () => {
    const store = await (await create()).open();
    const account = await owner(store);
    await addPasskey(store, account.id, key('counts', 4));
    await addPasskey(store, account.id, key('synchronised'));
    expect(await refused(addPasskey(store, account.id, key('counts')))).toBe('account.passkey');
    const use = (id: string, counter: number) => keepPasskeyUse(store, id, { counter, backedUp: false });
    expect(await use('counts', 4)).toBe(false);
    expect(await use('counts', 0)).toBe(false);
    const both = await Promise.all([use('counts', 5), use('counts', 5)]);
    expect(both.sort()).toEqual([false, true]);
    expect([await use('synchronised', 0), await use('synchronised', 0)]).toEqual([true, true]);
    expect((await listPasskeys(store, account.id)).every(({ usedAt }) => usedAt !== null)).toBe(true);
  });

  test('what signing in keeps up to date needs no entry, and nothing else of an account goes without', async () => {
    const store = await (await create()).open();
    const account = await owner(store);
    await addPasskey(store, account.id, key('one'));
    await store.read.updateTable('accounts').set({ totpStep: 1 }).execute();
    await store.read.updateTable('passkeys').set({ counter: 1, backedUp: true }).execute();
    const unlogged = [
      store.read.updateTable('accounts').set({ name: 'another' }).execute(),
      store.read.updateTable('accounts').set({ passwordHash: null, totpStep: 2 }).execute(),
      store.read.updateTable('accounts').set({ role: 'member' }).execute(),
      store.read.updateTable('accounts').set({ totp: 'x' }).execute(),
      store.read
        .updateTable('passkeys')
        .set({ publicKey: Buffer.from('x') })
        .execute(),
      store.read.deleteFrom('passkeys').execute(),
      store.read.deleteFrom('accounts').execute(),
    ];
    for (const one of await Promise.allSettled(unlogged)) {
      expect(one).toMatchObject({ status: 'rejected', reason: { message: /unlogged write/ } });
    }
  });

  test('a challenge works once, for its purpose, for minutes', async () => {
    const store = await (await create()).open();
    clock(NOON);
    const of = { purpose: 'passkey-add', challenge: 'abc', account: null } as const;
    const [first, second] = [await newChallenge(store, of), await newChallenge(store, of, 5)];
    expect(await takeChallenge(store, first, 'passkey-sign-in')).toBeNull();
    expect(await takeChallenge(store, first, 'passkey-add')).toEqual({ challenge: 'abc', account: null });
    expect(await takeChallenge(store, first, 'passkey-add')).toBeNull();
    clock(NOON + 6 * 60_000);
    expect(await takeChallenge(store, second, 'passkey-add')).toBeNull();
  });

  test('a reset link works once, for a day: a new password, no codes, no sessions', async () => {
    const store = await (await create()).open();
    const account = await owner(store);
    const { ticket, secret } = await beginTotp(store, account, 'Constat');
    await confirmTotp(store, account.id, ticket, await generate({ secret }));
    const session = await openSession(store, account.id, opened);
    const older = await newResetToken(store, account.id, account.id);
    const { token, name } = await newResetToken(store, account.id, account.id);
    expect(name).toBe('an observer');
    expect(await readResetToken(store, older.token)).toBeNull();
    expect(await refused(resetPassword(store, token, 'password1234'))).toBe('account.weak-password');
    const both = await Promise.all([
      refused(resetPassword(store, token, 'a dozen boats at low tide')),
      refused(resetPassword(store, token, 'nine gulls upon the pier')),
    ]);
    expect(both.sort()).toEqual(['accepted', 'account.reset-link']);
    expect([await hasTotp(store, account.id), await readSession(store, session)]).toEqual([false, null]);
    expect(await checkPassword(store, account.name, PASSWORD)).toBeNull();

    clock(NOON);
    const late = await newResetToken(store, account.id, account.id);
    clock(NOON + 25 * 3600_000);
    expect(await readResetToken(store, late.token)).toBeNull();
  });

  test('a name or address that somebody else has is refused', async () => {
    const store = await (await create()).open();
    const account = await owner(store);
    await store.write({ account: account.id, dossier: null }, 'account.create', async (tx, stamp) => {
      const other = { id: newId(), name: 'a lawyer', role: 'member', passwordHash: null } as const;
      await tx
        .insertInto('accounts')
        .values({ ...other, email: 'Desk@example.org', createdAt: stamp.at })
        .execute();
      return { entries: [{ subject: other.id, payload: {} }], result: undefined };
    });
    expect(await refused(editOwnAccount(store, account.id, { name: 'a lawyer' }))).toBe('account.name-taken');
    expect(await refused(editOwnAccount(store, account.id, { email: 'desk@example.org' }))).toBe(
      'account.email-taken',
    );
    await editOwnAccount(store, account.id, { name: 'a clerk', email: 'clerk@example.org' });
    expect(await readOwnAccount(store, account.id)).toMatchObject({
      name: 'a clerk',
      email: 'clerk@example.org',
    });
  });
});
