// A session lasts as long as it may by the clock, and no longer because the clock was wrong.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestStore } from '../../test/platform/embedded.ts';
import { openSession, readSession } from './sessions.ts';
import { newId } from './write.ts';

test.each([
  ['just now', '0 seconds', true],
  ['by a server whose clock is a little ahead', '1 minute', true],
  ['more than the idle time ago', '-2 hours', false],
  ['while the clock was ten years ahead', '10 years', false],
  ['while the clock was ten years behind', '-10 years', false],
])('a session opened %s', async (_when, ahead, holds) => {
  const store = await (await createTestStore('PostgreSQL')).open();
  const account = newId();
  await store.read.transaction().execute(async (tx) => {
    await sql`select set_config('constat.batch', 'test', true)`.execute(tx);
    await sql`
      insert into accounts (id, name, role, created_at) values (${account}, 'an observer', 'member', now())`.execute(
      tx,
    );
  });
  const token = await openSession(store, account, { method: 'passkey', device: null });
  await sql`
    update sessions set created_at = created_at + ${ahead}::interval, seen_at = seen_at + ${ahead}::interval,
      confirmed_at = confirmed_at + ${ahead}::interval, expires_at = expires_at + ${ahead}::interval`.execute(
    store.read,
  );
  expect((await readSession(store, token))?.id).toBe(holds ? account : undefined);
});
