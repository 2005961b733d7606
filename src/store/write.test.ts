// The one way to write: all of a change or nothing, never without an entry, never past the log.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { checkEntry, encodeLeaf } from '../log/entry.ts';
import type { Store } from './store.ts';
import { newId, type Stamp, SYSTEM_ACCOUNT, type Tx } from './write.ts';

const writer = { account: SYSTEM_ACCOUNT, dossier: null };

const insertAccount = (tx: Tx, stamp: Stamp, name: string) =>
  tx
    .insertInto('accounts')
    .values({ id: stamp.newId(), name, role: 'member', passwordHash: '-', createdAt: stamp.at })
    .execute();

const accountNames = async (store: Store) =>
  (await store.read.selectFrom('accounts').select('name').orderBy('name').execute()).map(({ name }) => name);

const countEntries = async (store: Store) =>
  (await store.read.selectFrom('entries').select('id').execute()).length;

test('ids go up, however many are made at once', () => {
  const ids = Array.from({ length: 20_000 }, newId);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/.test(id))).toBe(true);
});

forEachDatabase((create) => {
  test('entries entered on the way count, in their order, and are in the change or not at all', async () => {
    const store = await (await create()).open();
    const subjects = Array.from({ length: 1200 }, newId);
    const work = async (tx: Tx, stamp: Stamp, fails: boolean) => {
      await insertAccount(tx, stamp, 'one');
      await stamp.enter(subjects.map((subject) => ({ subject, payload: { subject } })));
      if (fails) throw new Error('after all of it');
      return { entries: [], result: null };
    };
    await expect(store.write(writer, 'account.create', (tx, stamp) => work(tx, stamp, true))).rejects.toThrow(
      'after',
    );
    expect(await countEntries(store)).toBe(0);
    await store.write(writer, 'account.create', (tx, stamp) => work(tx, stamp, false));
    const entered = await store.read.selectFrom('entries').select('subject').orderBy('position').execute();
    expect(entered.map(({ subject }) => subject)).toEqual(subjects);
  });

  test('a change that fails, at any point, leaves neither row nor entry', async () => {
    const store = await (await create()).open();
    const failing = [
      async (tx: Tx, stamp: Stamp) => {
        await insertAccount(tx, stamp, 'one');
        throw new Error('half-way');
      },
      // The database refuses: the second has the first's name.
      async (tx: Tx, stamp: Stamp) => {
        await insertAccount(tx, stamp, 'one');
        await insertAccount(tx, stamp, 'one');
        return { entries: [{ subject: randomUUID(), payload: null }], result: null };
      },
      // No entry, so no change.
      async (tx: Tx, stamp: Stamp) => {
        await insertAccount(tx, stamp, 'one');
        return { entries: [], result: null };
      },
      // A payload that has no JSON, found when the entries are made.
      async (tx: Tx, stamp: Stamp) => {
        await insertAccount(tx, stamp, 'one');
        return { entries: [{ subject: randomUUID(), payload: { value: Number.NaN } }], result: null };
      },
    ];
    for (const change of failing) {
      await expect(store.write(writer, 'account.create', change)).rejects.toThrow();
      expect(await accountNames(store)).toEqual([]);
      expect(await countEntries(store)).toBe(0);
    }
  });

  test('a row that matters cannot be written past the log', async () => {
    const store = await (await create()).open();
    await store.write(writer, 'account.create', async (tx, stamp) => {
      await insertAccount(tx, stamp, 'one');
      return { entries: [{ subject: randomUUID(), payload: null }], result: null };
    });
    for (const statement of [
      sql`insert into accounts (id, name, role, password_hash, created_at) values (gen_random_uuid(), 'two', 'member', '-', now())`,
      sql`update accounts set role = 'owner'`,
      sql`delete from accounts`,
    ]) {
      await expect(statement.execute(store.read)).rejects.toThrow(/unlogged write to accounts/);
    }
    expect(await accountNames(store)).toEqual(['one']);
  });

  test('entries of one change share a batch and commit to exactly what they say', async () => {
    const store = await (await create()).open();
    const dossier = randomUUID();
    await store.write({ account: SYSTEM_ACCOUNT, dossier }, 'statement.create', async () => ({
      entries: [
        { subject: randomUUID(), payload: { after: { z: 1, a: 'é' }, before: null } },
        { subject: randomUUID(), payload: [1e21, 0.1], action: 'figure.create', job: 'read' },
      ],
      result: null,
    }));
    const rows = await store.read.selectFrom('entries').selectAll().orderBy('position').execute();
    expect(rows.map(({ action, job, dossier }) => ({ action, job, dossier }))).toEqual([
      { action: 'statement.create', job: null, dossier },
      { action: 'figure.create', job: 'read', dossier },
    ]);
    expect(new Set(rows.map((row) => row.batch)).size).toBe(1);
    expect(rows[0]!.payload).toBe('{"after":{"a":"é","z":1},"before":null}');
    for (const row of rows) {
      const { at, who, action, dossier, subject, headSalt, salt } = row;
      const leaf = encodeLeaf({ headCommitment: row.headCommitment, payloadCommitment: row.commitment });
      const head = { at, who, action, dossier, subject };
      const payload = JSON.parse(row.payload!);
      expect(checkEntry({ head, headSalt, payload, salt }, leaf)).toEqual({ head: true, payload: 'matches' });
    }
  });

  test('many writers at once: every acknowledged change is there, once', async () => {
    const store = await (await create()).open();
    const names = Array.from({ length: 8 }, (_, who) => Array.from({ length: 10 }, (_, n) => `${who}-${n}`));
    await Promise.all(
      names.map(async (own) => {
        for (const name of own) {
          await store.write(writer, 'account.create', async (tx, stamp) => {
            await insertAccount(tx, stamp, name);
            return { entries: [{ subject: randomUUID(), payload: { name } }], result: null };
          });
        }
      }),
    );
    expect(await accountNames(store)).toEqual(names.flat().sort());
    expect(await countEntries(store)).toBe(80);
  });
});
