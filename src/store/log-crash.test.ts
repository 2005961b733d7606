// Killed at every step between commit and checkpoint: the log starts again, complete, and continues what was published.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTestStore, type DatabaseName } from '../../test/platform/embedded.ts';
import { runProgram } from '../../test/platform/process.ts';
import { auditLog, followLog } from '../log/follow.ts';
import { parseVerifierKey } from '../log/note.ts';

/** Files that 300 entries make: two bundles, three tiles, the checkpoint. */
const RENAMES = 6;

/** Writes, and dies before the rename with this number of those that the second write makes. */
const writing = (settings: object, rename: number) => `
  const open = await store.openStore(${JSON.stringify(settings)});
  const write = (count) => open.write({ account: writes.SYSTEM_ACCOUNT, dossier: null }, 'dossier.export', async () => ({
    entries: Array.from({ length: count }, () => ({ subject: writes.newId(), payload: { count } })),
    result: null,
  }));
  await write(10);
  await open.log.flush();
  points.armFailPoint('before file rename', ${rename});
  await write(300);
  await open.log.flush();
  process.kill(process.pid, 'SIGKILL');`;

const modules = {
  store: join(import.meta.dirname, 'store.ts'),
  writes: join(import.meta.dirname, 'write.ts'),
  points: join(import.meta.dirname, 'fail-point.ts'),
};

const crash = async (name: DatabaseName, rename: number) => {
  const made = await createTestStore(name);
  const { ended } = runProgram(modules, writing(made.settings, rename));
  expect(await ended).toEqual([null, 'SIGKILL']);
  const published = readFileSync(join(made.settings.directory, 'log/checkpoint'), 'utf8');
  // The checkpoint is the last file of all: before its rename the old one stands.
  expect(published.split('\n')[1]).toBe(rename <= RENAMES ? '10' : '310');

  const store = await made.open();
  await store.log.flush();
  const key = parseVerifierKey(store.log.status().vkey);
  const fetch = async (path: string) =>
    path === 'checkpoint'
      ? Buffer.from(await store.log.checkpoint())
      : ((await store.log.tile(path)) ?? undefined);
  expect(await followLog(fetch, key, published)).toMatchObject({
    ok: true,
    change: rename <= RENAMES ? 'grown' : 'unchanged',
  });
  expect(await auditLog(fetch, key)).toMatchObject({ ok: true, entries: 310, findings: [] });
  expect(await store.read.selectFrom('entries').select('id').execute()).toHaveLength(310);
  await store.close();
};

test.each(Array.from({ length: RENAMES + 1 }, (_, at) => at + 1))(
  'PostgreSQL: killed before file %i of a checkpoint',
  (rename) => crash('PostgreSQL', rename),
);

test.each([1, RENAMES])('PGlite: killed before file %i of a checkpoint', (rename) => crash('PGlite', rename));
