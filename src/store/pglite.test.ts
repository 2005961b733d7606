// The embedded database reaches the disk: every acknowledged write has been synced, and reading syncs nothing.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createEmbedded } from '../../test/platform/embedded.ts';
import { openDatabase } from './database.ts';
import { SYSTEM_ACCOUNT, write } from './write.ts';

test('every acknowledged write has been synced; reading syncs nothing', async () => {
  const database = await openDatabase({ directory: await createEmbedded() });
  try {
    const syncs = database.syncs!;
    for (let round = 0; round < 20; round++) {
      const before = syncs();
      await write(
        database.kysely,
        { account: SYSTEM_ACCOUNT, dossier: null },
        'dossier.export',
        async () => ({
          entries: [{ subject: randomUUID(), payload: { round } }],
          result: null,
        }),
      );
      expect(syncs()).toBeGreaterThan(before);
    }
    // A background process of the database may sync at the start; from here on nothing is written.
    const before = syncs();
    for (let round = 0; round < 20; round++) {
      await database.kysely.selectFrom('entries').selectAll().execute();
      await database.kysely.transaction().execute((tx) => tx.selectFrom('entries').select('id').execute());
    }
    expect(syncs()).toBe(before);
  } finally {
    await database.close();
  }
});

test('runs with the settings that durability rests on', async () => {
  const database = await openDatabase({ directory: await createEmbedded() });
  try {
    const { rows } = await sql<Record<string, string>>`
      select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
        current_setting('full_page_writes') as pages, current_setting('wal_sync_method') as method,
        current_setting('data_checksums') as checksums`.execute(database.kysely);
    expect(rows[0]).toEqual({ fsync: 'on', commit: 'on', pages: 'on', method: 'fsync', checksums: 'on' });
  } finally {
    await database.close();
  }
});

test('a new directory is initialised beside its place and leaves nothing unfinished', async () => {
  const directory = await createEmbedded();
  expect(existsSync(join(directory, 'database', 'PG_VERSION'))).toBe(true);
  expect(existsSync(join(directory, 'database.unfinished'))).toBe(false);
  expect(existsSync(join(directory, 'owner.lock'))).toBe(false);
});
