// The store: everything that lasts, opened once for a process. Reading is free; writing goes through `write` alone.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Action } from '../record/entry.ts';
import { type Problem, problem } from '../record/problem.ts';
import { type Blobs, openBlobs } from './blobs.ts';
import { type Database, openDatabase } from './database.ts';
import { FacetIndex } from './facet-index.ts';
import { removeForgotten } from './forgotten-blobs.ts';
import { type HouseKey, openHouseKey } from './house-key.ts';
import { removeForgottenBundles } from './kept-bundles.ts';
import { type LogKeeper, openLog } from './log-keeper.ts';
import { RESTORING } from './restore.ts';
import type { Tables } from './tables.ts';
import { type Stamp, type Tx, type Writer, type Written, write } from './write.ts';

/** Where a store's data lies. */
export interface StoreSettings {
  /** The data directory: embedded database, originals, log tiles, keys. */
  directory: string;
  /** PostgreSQL instead of the embedded database. */
  databaseUrl?: string | undefined;
  /** The log's origin, a schemeless address; made up at first start when absent. */
  origin?: string | undefined;
  /** The house's seal key, as the text of an age identity file; from the data directory when absent. */
  sealKey?: string | undefined;
}

/** An open store. */
export interface Store {
  settings: StoreSettings;
  engine: Database['engine'];
  read: Kysely<Tables>;
  /** Facet counts, from memory. */
  facets: FacetIndex;
  blobs: Blobs;
  log: LogKeeper;
  /** Wraps the keys of seals, and unwraps them. */
  houseKey: HouseKey;
  /** Runs a change and its entries in one transaction; see write.ts. */
  write: <Result>(
    writer: Writer,
    action: Action,
    change: (tx: Tx, stamp: Stamp) => Promise<Written<Result>>,
    options?: { undoes?: string },
  ) => Promise<Result>;
  /** fsync calls of the embedded database; null on PostgreSQL. */
  syncs: Database['syncs'];
  /** Calls back when the disk fails: nothing acknowledged is lost, but the process has to end. */
  onFatal: (listener: (cause: Problem) => void) => void;
  /**
   * Refreshes the planner's statistics and clears dead rows: the embedded database has no autovacuum to do it,
   * and PostgreSQL's comes a while after a bulk load.
   */
  maintain: () => Promise<void>;
  close: () => Promise<void>;
}

/** Changes of rows after which the embedded database is maintained: it has nobody else to do it. */
const MAINTAIN_AFTER = 20_000;

/** Opens a store, making what is missing. Throws `store.locked` when another process has the directory. */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const { directory, databaseUrl } = settings;
  if (existsSync(join(directory, RESTORING))) {
    const why = `a restore into ${directory} was broken off. Empty the folder and restore again.`;
    throw problem('backup.damaged', { why });
  }
  const database = await openDatabase(databaseUrl ? { url: databaseUrl } : { directory });
  const shared = database.engine === 'postgresql';
  try {
    const blobs = openBlobs(join(directory, 'blobs'), { shared });
    const houseKey = await openHouseKey(directory, settings.sealKey);
    // What a crash left of what was sealed or erased.
    await removeForgotten({ read: database.kysely, blobs });
    await removeForgottenBundles({ read: database.kysely }, directory);
    const log = await openLog(database.kysely, { directory, origin: settings.origin, shared });
    const facets = new FacetIndex(database.kysely, shared);
    let sinceMaintained = 0;
    const maintain = async () => {
      await sql`vacuum analyze`.execute(database.kysely);
    };
    let closing: Promise<void> | null = null;
    return {
      settings,
      engine: database.engine,
      read: database.kysely,
      facets,
      blobs,
      log,
      houseKey,
      write: async (writer, action, change, options) => {
        const result = await write(database.kysely, writer, action, change, {
          ...options,
          onCommit: (changes) => {
            facets.apply(changes);
            sinceMaintained += Math.max(1, changes.length);
          },
        });
        if (!shared && sinceMaintained >= MAINTAIN_AFTER) {
          sinceMaintained = 0;
          // Nobody waits for it; where it fails, the next one makes up for it.
          maintain().catch(() => {});
        }
        log.wake();
        return result;
      },
      syncs: database.syncs,
      onFatal: (listener) => {
        database.onFatal(listener);
        log.onFatal(listener);
      },
      maintain,
      close: () => {
        closing ??= log.close().then(() => database.close());
        return closing;
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
