/** Before the first test that needs them: one PostgreSQL and one Chromium for the whole run; afterwards, gone. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { obtainChromium } from './chromium.ts';
import { dropDatabases, startPostgres } from './postgres.ts';

/** Vitest calls this once per project; the environment, which the workers inherit, says what is there already. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (project.name === 'stories') process.env.CONSTAT_CHROMIUM = obtainChromium();
  if (process.env.CONSTAT_TEST_RUN) return async () => {};
  process.env.CONSTAT_TEST_RUN = randomBytes(4).toString('hex');
  const server = await startPostgres();
  process.env.CONSTAT_TEST_DATABASE_URL = server.url;
  return async () => {
    // A server of our own goes with everything in it; a borrowed one is left as it was.
    if (server.pid === null) await dropDatabases(server.url);
    await server.stop();
    rmSync(join(tmpdir(), `constat-template-${process.env.CONSTAT_TEST_RUN}`), {
      recursive: true,
      force: true,
    });
  };
}
