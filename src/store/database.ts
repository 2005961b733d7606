// One database behind one interface: PGlite in a directory by default, PostgreSQL by DATABASE_URL.
// Both are reached through node-postgres pools, so there is one dialect and one set of type parsers.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { type Problem, problem } from '../record/problem.ts';
import { storeProblem } from './failure.ts';
import { takeLock } from './lock.ts';
import { initialiseEmbedded, isInitialised, openEmbedded } from './pglite.ts';
import type { Tables } from './tables.ts';

/** Where the data is: a directory for the embedded database, or a connection address of PostgreSQL ≥ 15. */
export type DatabaseAddress = { directory: string } | { url: string };

/** An open database with the newest schema. */
export interface Database {
  kysely: Kysely<Tables>;
  engine: 'pglite' | 'postgresql';
  /** fsync calls since opening; null where PostgreSQL does its own. */
  syncs: (() => number) | null;
  /** Calls back when the disk fails under the embedded database: the process has to stop. */
  onFatal: (listener: (cause: Problem) => void) => void;
  close: () => Promise<void>;
}

// Instants come as ISO text in UTC, 64-bit counts as numbers (all of ours are far below 2^53).
const TYPES = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === pg.types.builtins.TIMESTAMPTZ) return (text: string) => new Date(text).toISOString();
    if (oid === pg.types.builtins.INT8) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

/**
 * Opens a database, making or migrating it first: to the newest schema, or to the one `upTo` names, for a restore.
 * Throws `store.locked`, `store.newer` or `store.postgres`.
 */
export async function openDatabase(address: DatabaseAddress, upTo?: string): Promise<Database> {
  return 'url' in address ? openPostgres(address.url, upTo) : openDirectory(address.directory, upTo);
}

async function openDirectory(directory: string, upTo: string | undefined): Promise<Database> {
  // The lock lies outside the directory PGlite owns, and is taken before anything in there is touched.
  const release = await takeLock(join(directory, 'owner.lock'));
  try {
    const files = join(directory, 'database');
    if (!isInitialised(files)) await initialiseEmbedded(files);
    const listeners: ((cause: Problem) => void)[] = [];
    const embedded = await openEmbedded(files, (cause) => {
      for (const listener of listeners)
        listener(storeProblem(cause) ?? problem('store.disk', undefined, cause));
    });
    const pool = embedded.pool;
    pool.options.types = TYPES;
    const kysely = makeKysely(pool);
    await migrate(kysely, upTo);
    return {
      kysely,
      engine: 'pglite',
      syncs: embedded.syncs,
      onFatal: (listener) => listeners.push(listener),
      close: async () => {
        await embedded.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

async function openPostgres(url: string, upTo: string | undefined): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 10, types: TYPES });
  // A connection lost while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  // Nor may one that is lost between two questions of a transaction: the next question says so.
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num');
    if (Number(rows[0]!.server_version_num) < 150_000) {
      throw problem('store.postgres', { why: 'it is older than version 15.' });
    }
    const kysely = makeKysely(pool);
    await migrate(kysely, upTo);
    // A server's disk is the server's affair: it refuses writes, and takes them again when there is room.
    return { kysely, engine: 'postgresql', syncs: null, onFatal: () => {}, close: () => kysely.destroy() };
  } catch (error) {
    await pool.end();
    if (error instanceof Error && 'code' in error && !('status' in error)) {
      throw problem('store.postgres', { why: `${error.message}.` }, error);
    }
    throw error;
  }
}

function makeKysely(pool: pg.Pool): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/** The folder of numbered migrations: beside this module in development, copied into dist/ by the build. */
const MIGRATIONS = fileURLToPath(new URL('./migrations/', import.meta.url));

/**
 * Runs the migrations that have not run yet, each in a transaction. Several processes may start at once:
 * an advisory lock lets one through at a time.
 */
async function migrate(kysely: Kysely<Tables>, upTo?: string): Promise<void> {
  const known = existsSync(MIGRATIONS)
    ? readdirSync(MIGRATIONS)
        .filter((name) => name.endsWith('.sql'))
        .sort()
    : [];
  if (known.length === 0) throw new Error(`no migrations in ${MIGRATIONS}`);
  await kysely.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('constat.migrate'))`.execute(tx);
    await sql`create table if not exists migrations (name text primary key, at timestamptz not null default now())`.execute(
      tx,
    );
    const { rows } = await sql<{ name: string }>`select name from migrations`.execute(tx);
    const done = new Set(rows.map((row) => row.name));
    const unknown = [...done].filter((name) => !known.includes(name)).sort();
    if (unknown.length > 0) throw problem('store.newer', { version: unknown.at(-1)! });
    for (const name of known) {
      if (done.has(name) || (upTo !== undefined && name > upTo)) continue;
      await sql.raw(readFileSync(join(MIGRATIONS, name), 'utf8')).execute(tx);
      await sql`insert into migrations (name) values (${name})`.execute(tx);
    }
  });
}
