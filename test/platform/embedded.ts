/** An embedded database for the tests: initialised once per run, then copied, as initialising one takes seconds. */
import { constants, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { openStore, type Store, type StoreSettings } from '../../src/store/store.ts';
import { createDatabase } from './postgres.ts';

/** The two databases that Constat runs on. */
export type DatabaseName = 'PGlite' | 'PostgreSQL';

/** A store of its own for a test: where it lies, and how to open it (again). */
export interface TestStore {
  settings: StoreSettings;
  /** Opens it; what a test leaves open is closed at the end of its file. */
  open: (more?: Partial<StoreSettings>) => Promise<Store>;
}

const temporary: string[] = [];
const opened: Store[] = [];

/** A new empty directory, removed when the tests of the file are over. */
export function makeTemporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'constat-test-'));
  temporary.push(directory);
  return directory;
}

/** A data directory with an initialised and migrated embedded database in it. */
export async function createEmbedded(): Promise<string> {
  const directory = makeTemporaryDirectory();
  // As a reflink where the file system can: a copy then costs nothing.
  cpSync(await template(), directory, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return directory;
}

/** An empty store on the database named; `open` opens it. */
export async function createTestStore(name: DatabaseName): Promise<TestStore> {
  const settings: StoreSettings =
    name === 'PGlite'
      ? { directory: await createEmbedded() }
      : { directory: makeTemporaryDirectory(), databaseUrl: await createDatabase() };
  return {
    settings,
    open: async (more) => {
      const store = await openStore({ ...settings, ...more });
      opened.push(store);
      return store;
    },
  };
}

/**
 * Declares the same tests for both databases.
 * @example forEachDatabase((create) => { test('…', async () => { const store = await (await create()).open() … }) })
 */
export function forEachDatabase(
  declare: (create: () => Promise<TestStore>, name: DatabaseName) => void,
): void {
  for (const name of ['PGlite', 'PostgreSQL'] as const) {
    describe(name, () => declare(() => createTestStore(name), name));
  }
}

/** Closes what this file's tests opened and removes their directories; called by the file's own afterAll. */
export async function closeTestStores(): Promise<void> {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  for (const directory of temporary.splice(0)) rmSync(directory, { recursive: true, force: true });
}
afterAll(closeTestStores);

/** The directory that is copied, made by whichever test file needs it first; the run's own afterwards removes it. */
async function template(): Promise<string> {
  const run = process.env.CONSTAT_TEST_RUN;
  if (!run) throw new Error('This test needs a vitest project with test/platform/setup.ts.');
  // test/platform/setup.ts removes it.
  const directory = join(tmpdir(), `constat-template-${run}`);
  const finished = join(directory, 'finished');
  try {
    mkdirSync(directory);
  } catch {
    // Another file's process is making it.
    while (!existsSync(finished)) {
      if (!existsSync(directory)) return template();
      await pause(50);
    }
    return join(directory, 'data');
  }
  try {
    const database = await openDatabase({ directory: join(directory, 'data') });
    await database.close();
    mkdirSync(finished);
    return join(directory, 'data');
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}
