// The embedded database: PGlite, made durable. As shipped it starts PostgreSQL with fsync off and its file system
// ignores fsync; here both are put right, and `syncs` counts, so that a test can see that it stays so.
import { fork } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import pg from 'pg';
import { processEntry } from './process-entry.ts';

/** Calls that PGlite's Emscripten file system makes, of which we replace one. */
interface StreamOperations {
  fsync?: (stream: { nfd: number }) => number;
  write: (...args: unknown[]) => number;
}

/** WASI error numbers that mean the disk takes no more: EDQUOT, EIO, ENOSPC, EROFS. */
const DISK_ERRORS = new Set([19, 29, 51, 69]);

/** PGlite's file system on a directory, with the fsync it lacks. */
class DurableNodeFS extends NodeFS {
  syncs = 0;
  /** Told when the disk fails under the database, which then may never answer again. */
  onDiskFailure: (cause: unknown) => void = () => {};

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const started = await super.init(...args);
    const supplyFsync = (module: { NODEFS: { stream_ops: StreamOperations } }) => {
      const operations = module.NODEFS.stream_ops;
      operations.fsync = (stream) => {
        try {
          fsyncSync(stream.nfd);
        } catch (error) {
          // What the kernel could not write it may have dropped: going on would lose it. PostgreSQL stops here too.
          this.onDiskFailure(error);
          throw error;
        }
        this.syncs++;
        return 0;
      };
      const write = operations.write;
      operations.write = (...args) => {
        try {
          return write(...args);
        } catch (error) {
          if (DISK_ERRORS.has((error as { errno?: number }).errno ?? 0)) this.onDiskFailure(error);
          throw error;
        }
      };
    };
    const preRun = [...((started.emscriptenOpts.preRun as unknown[]) ?? []), supplyFsync];
    return { emscriptenOpts: { ...started.emscriptenOpts, preRun: preRun as never } };
  }
}

/** An open embedded database behind the same pool as PostgreSQL's. */
export interface EmbeddedDatabase {
  pool: pg.Pool;
  /** How often the database has asked for data to be on the disk since it was opened. */
  syncs: () => number;
  close: () => Promise<void>;
}

/** Start parameters without "-F" (which turns fsync off), and with a sync method that reaches our fsync. */
const DURABLE = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync', '-c', 'synchronous_commit=on', '-c', 'jit=off'],
  // Half of PGlite's own setting: pages of a large dossier would fill it and stay in this process's memory,
  // while the operating system caches the same files anyway.
  ...['-c', 'shared_buffers=64MB'],
];

/**
 * Opens an initialised directory. The caller holds its lock. After `onDiskFailure` (disk full, I/O error) the database
 * may never answer again: the process has to end, and finds everything acknowledged when it starts again.
 */
export async function openEmbedded(
  directory: string,
  onDiskFailure: (cause: unknown) => void = () => {},
): Promise<EmbeddedDatabase> {
  const files = new DurableNodeFS(directory);
  files.onDiskFailure = onDiskFailure;
  const database = new PGlite({ fs: files, extensions: { unaccent }, startParams: DURABLE });
  await database.waitReady;
  const pool = new pg.Pool({ ...createPgConfig(database), max: 1 });
  return {
    pool,
    syncs: () => files.syncs,
    close: async () => {
      await pool.end();
      await database.close();
    },
  };
}

/**
 * Makes a new database directory. PostgreSQL's first initialisation peaks near 800 MB, so it runs in a process of
 * its own; and it works beside the final name, so that a power cut half-way leaves nothing that looks finished.
 */
export async function initialiseEmbedded(directory: string): Promise<void> {
  const unfinished = `${directory}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(directory), { recursive: true });
  const entry = processEntry('initdb-process', import.meta.url);
  await new Promise<void>((resolve, reject) => {
    const child = fork(entry.path, [unfinished], {
      execArgv: entry.execArgv,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.on('data', (bytes) => {
      said += String(bytes);
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`initialising the database failed (${code}): ${said.slice(-2000)}`)),
    );
  });
  syncTree(unfinished);
  renameSync(unfinished, directory);
  syncPath(dirname(directory));
}

/** Initialises a directory and closes it again; what the child process runs. */
export async function runInitialisation(directory: string): Promise<void> {
  const database = new PGlite({
    fs: new DurableNodeFS(directory),
    extensions: { unaccent },
    startParams: DURABLE,
  });
  await database.waitReady;
  await database.close();
}

/** Whether a directory holds an initialised database. */
export function isInitialised(directory: string): boolean {
  return existsSync(join(directory, 'PG_VERSION'));
}

/** Forces a file or directory to the disk. */
function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Forces a whole tree to the disk, leaves first: initdb itself syncs nothing. */
export function syncTree(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) syncTree(child);
    else if (entry.isFile()) syncPath(child);
  }
  syncPath(path);
}
