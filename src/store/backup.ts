// A backup: one tar file with every table, every blob and the signed checkpoint, each member's hash in the manifest at
// its end, encrypted while it is written. No keys: who opens a backup can neither sign as this log nor open what is sealed.
// Tiles are left out, as entries make them.
import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import { type Pack, pack } from 'tar-stream';
import { z } from 'zod';
import { type BackupProtection, closing } from './backup-lock.ts';
import type { Blobs, Fixity } from './blobs.ts';
import { syncPath } from './durable-file.ts';
import { storeProblem } from './failure.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** First word of every manifest; a change of the format changes it. */
const BACKUP_FORMAT = 'constat-backup@v1';
/** Members after all others, in this order. */
export const MANIFEST = 'manifest.json';
export const MANIFEST_HASH = 'manifest.json.sha256';
export const CHECKPOINT = 'log/checkpoint';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a backup says of itself. */
export const Manifest = z.object({
  format: z.literal(BACKUP_FORMAT),
  /** When the database was read. */
  at: z.string(),
  /** The schema: the migrations that had run. */
  migrations: z.array(z.string()).min(1),
  /** Rows of each table, in the order in which they can be put back. */
  tables: z.array(z.object({ name: z.string().regex(/^[a-z_]+$/), rows: z.int().min(0) })),
  /** Originals and renditions that were missing or damaged already; the backup does not have them. */
  faults: z.array(z.object({ sha256: Sha256, fault: z.enum(['missing', 'altered']) })),
  log: z.object({ origin: z.string(), vkey: z.string() }),
  members: z.array(z.object({ path: z.string(), bytes: z.int().min(0), sha256: Sha256 })),
});
export type Manifest = z.infer<typeof Manifest>;

/** How far a backup or a restore is. `total` is in the unit of the step. */
export type BackupProgress = (step: 'tables' | 'files' | 'checking', done: number, total: number) => void;

/** What a backup holds, and what was damaged before. */
export interface BackupResult {
  bytes: number;
  tables: Manifest['tables'];
  blobs: number;
  faults: Manifest['faults'];
}

/**
 * Not in a backup: what the schema itself makes; and what ends with the instance it was made on, so that nobody who opens
 * a backup can sign in by it: sessions, half-done sign-ins, invitations, letters with links in them.
 */
const LEFT_OUT = ['migrations', 'sessions', 'challenges', 'guesses', 'invitations', 'outbox'];
/** Size of a table's pieces, so that neither side holds a table in memory. */
const PIECE_BYTES = 2_000_000;
const FETCHED_ROWS = 500;

/**
 * Writes a backup of an open store. The database is read in one snapshot; blobs never change. The file appears under
 * its name when it is complete and on the disk. Throws `store.full`, `backup.unprotected` or `backup.recipient`; then
 * nothing is left behind.
 */
export async function backup(
  store: Pick<Store, 'read' | 'blobs' | 'log'>,
  outFile: string,
  protection: BackupProtection,
  options: { onProgress?: BackupProgress } = {},
): Promise<BackupResult> {
  const close = closing(protection);
  const unfinished = `${outFile}.unfinished`;
  const archive = pack();
  const written = close(archive as AsyncIterable<Buffer>).then((bytes) =>
    pipeline(bytes, createWriteStream(unfinished, { mode: 0o600 })),
  );
  // Whoever waits for it below gets its error; until then it is nobody's.
  written.catch(() => undefined);
  try {
    const result = await fill(new Members(archive, written), store, options.onProgress ?? (() => {}));
    archive.finalize();
    await written;
    await syncPath(unfinished);
    await rename(unfinished, outFile);
    await syncPath(dirname(outFile));
    return result;
  } catch (error) {
    archive.destroy();
    await written.catch(() => undefined);
    await rm(unfinished, { force: true });
    throw storeProblem(error) ?? error;
  }
}

/** The members of an archive being written, hashed on their way. */
class Members {
  readonly list: Manifest['members'] = [];
  bytes = 0;
  readonly #archive: Pack;
  readonly #written: Promise<void>;

  constructor(archive: Pack, written: Promise<void>) {
    this.#archive = archive;
    this.#written = written;
  }

  async add(path: string, content: string | Buffer): Promise<void> {
    const bytes = Buffer.from(content);
    await this.addStream(path, bytes.length, Readable.from([bytes]));
  }

  /** Adds a member of known length. Returns its hash. */
  async addStream(path: string, bytes: number, content: Readable): Promise<string> {
    const hash = createHash('sha256');
    const member = this.#archive.entry({ name: path, size: bytes, mode: 0o600 });
    // A disk that is full ends the archive, not the member, which would wait for ever.
    await Promise.race([pipeline(content, hashing(hash), member), this.#written]);
    const sha256 = hash.digest('hex');
    this.list.push({ path, bytes, sha256 });
    this.bytes += bytes;
    return sha256;
  }
}

/** A step of a pipeline that hashes what passes. */
function hashing(hash: Hash) {
  return async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
}

async function fill(
  members: Members,
  store: Pick<Store, 'read' | 'blobs' | 'log'>,
  onProgress: BackupProgress,
): Promise<BackupResult> {
  // The checkpoint first: the database read afterwards holds all that it signs for.
  const checkpoint = await store.log.checkpoint();
  const { origin, vkey, halted } = store.log.status();
  // Its log could not be put back, as it is not the one that was signed for.
  if (halted?.code === 'log.inconsistent') throw halted;
  const snapshot = await store.read
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((tx) => addTables(members, tx, onProgress));
  const faults: Manifest['faults'] = [];
  for (const [done, sha256] of snapshot.blobs.entries()) {
    const fault = await addBlob(members, store.blobs, sha256);
    if (fault !== 'ok') faults.push({ sha256, fault });
    onProgress('files', done + 1, snapshot.blobs.length);
  }
  await members.add(CHECKPOINT, checkpoint);
  const manifest: Manifest = {
    format: BACKUP_FORMAT,
    at: snapshot.at,
    migrations: snapshot.migrations,
    tables: snapshot.tables,
    faults,
    log: { origin, vkey },
    members: members.list,
  };
  const text = JSON.stringify(manifest);
  const blobs = snapshot.blobs.length - faults.length;
  await members.add(MANIFEST, text);
  await members.add(MANIFEST_HASH, createHash('sha256').update(text).digest('hex'));
  return { bytes: members.bytes, tables: snapshot.tables, blobs, faults };
}

/** Adds a blob, unless it is not what its name says: a backup does not pass a damaged original on as one. */
async function addBlob(members: Members, blobs: Blobs, sha256: string): Promise<Fixity> {
  const fixity = await blobs.check(sha256);
  if (fixity !== 'ok') return fixity;
  const bytes = (await blobs.size(sha256))!;
  const hashed = await members.addStream(`blobs/${sha256}`, bytes, blobs.stream(sha256));
  if (hashed !== sha256) throw new Error(`blob ${sha256} changed while it was backed up`);
  return 'ok';
}

interface Snapshot {
  at: string;
  migrations: string[];
  tables: Manifest['tables'];
  blobs: string[];
}

async function addTables(
  members: Members,
  tx: Transaction<Tables>,
  onProgress: BackupProgress,
): Promise<Snapshot> {
  const at = new Date().toISOString();
  const names = await tablesInOrder(tx);
  const tables: Manifest['tables'] = [];
  for (const [done, name] of names.entries()) {
    tables.push({ name, rows: await addTable(members, tx, name) });
    onProgress('tables', done + 1, names.length);
  }
  const migrations = await sql<{ name: string }>`select name from migrations order by name`.execute(tx);
  const blobs = await tx.selectFrom('blobs').select('sha256').orderBy('sha256').execute();
  return {
    at,
    migrations: migrations.rows.map((row) => row.name),
    tables,
    blobs: blobs.map((row) => row.sha256),
  };
}

/** The tables of a backup, those that others refer to before the others. */
export async function tablesInOrder(kysely: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string; needs: string[] }>`
    select c.relname as name, coalesce(array_agg(r.relname) filter (where r.relname is not null), '{}')::text[] as needs
    from pg_class c
    left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid
    left join pg_class r on r.oid = f.confrelid
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    group by c.relname order by c.relname`.execute(kysely);
  const ordered: string[] = [];
  let waiting = rows.filter(({ name }) => !LEFT_OUT.includes(name));
  while (waiting.length > 0) {
    const ready = waiting.filter(({ needs }) => needs.every((need) => ordered.includes(need)));
    if (ready.length === 0) throw new Error('tables refer to one another in a circle');
    ordered.push(...ready.map(({ name }) => name));
    waiting = waiting.filter(({ name }) => !ordered.includes(name));
  }
  return ordered;
}

/** Adds a table as JSON lines, written by the database itself so that no value passes through JavaScript. */
async function addTable(members: Members, tx: Transaction<Tables>, name: string): Promise<number> {
  await sql`declare backup no scroll cursor for select row_to_json(t)::text as line from ${sql.table(name)} t`.execute(
    tx,
  );
  let rows = 0;
  let piece = 0;
  let lines: string[] = [];
  let length = 0;
  const flush = async () => {
    if (lines.length === 0) return;
    const path = `tables/${name}/${String(++piece).padStart(6, '0')}.ndjson`;
    await members.add(path, `${lines.join('\n')}\n`);
    lines = [];
    length = 0;
  };
  for (;;) {
    const fetched = await sql<{
      line: string;
    }>`fetch forward ${sql.lit(FETCHED_ROWS)} from backup`.execute(tx);
    for (const { line } of fetched.rows) {
      lines.push(line);
      length += line.length;
      rows++;
      if (length > PIECE_BYTES) await flush();
    }
    if (fetched.rows.length < FETCHED_ROWS) break;
  }
  await flush();
  await sql`close backup`.execute(tx);
  return rows;
}
