// Both databases through one interface: the same types come back, migrations run once, and refusals say what to do.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { createDatabase } from '../../test/platform/postgres.ts';
import { openDatabase } from './database.ts';

forEachDatabase((create) => {
  test('values come back as the types the tables declare', async () => {
    const store = await (await create()).open();
    const { rows } = await sql`
      select timestamptz '2017-07-01 12:00:00.123+02' as at_time, 9007199254740991::bigint as large_number,
        jsonb '{"snake_case": [1.5, null]}' as document, '\\x00ff'::bytea as bytes, 0.1::double precision as tenth,
        unaccent('élevé') as folded`.execute(store.read);
    expect(rows[0]).toEqual({
      atTime: '2017-07-01T10:00:00.123Z',
      largeNumber: 9_007_199_254_740_991,
      document: { snake_case: [1.5, null] },
      bytes: Buffer.from([0, 255]),
      tenth: 0.1,
      folded: 'eleve',
    });
  });

  test('data of a newer Constat is not touched', async () => {
    const made = await create();
    const store = await made.open();
    await sql`insert into migrations (name) values ('999-later.sql')`.execute(store.read);
    await store.close();
    await expect(made.open()).rejects.toMatchObject({
      code: 'store.newer',
      details: { version: '999-later.sql' },
    });
  });
});

test('processes that start at once migrate an empty PostgreSQL once', async () => {
  const url = await createDatabase();
  const opened = await Promise.all([1, 2, 3].map(() => openDatabase({ url })));
  const { rows } = await sql<{ name: string }>`select name from migrations`.execute(opened[0]!.kysely);
  expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(0);
  await Promise.all(opened.map((database) => database.close()));
});

test('a PostgreSQL that cannot be used is named without its password', async () => {
  const url = new URL(await createDatabase());
  url.password = 'wrong-secret';
  const refusal = await openDatabase({ url: url.href }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'store.postgres' });
  expect(String(refusal)).not.toContain('wrong-secret');
  url.port = '1';
  await expect(openDatabase({ url: url.href })).rejects.toMatchObject({ code: 'store.postgres' });
});
