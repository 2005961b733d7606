// Restoring a backup into an empty instance, of either database: every hash is checked before anything is touched, and
// the instance appears whole or not at all.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Kysely, sql } from 'kysely';
import { extract } from 'tar-stream';
import { equalBytes } from '../log/bytes.ts';
import { type Checkpoint, openCheckpoint, signCheckpoint } from '../log/checkpoint.ts';
import { parseVerifierKey } from '../log/note.ts';
import { emptyLog, type LogState, logRoot } from '../log/sequence.ts';
import { Problem, problem } from '../record/problem.ts';
import {
  type BackupProgress,
  CHECKPOINT,
  MANIFEST,
  MANIFEST_HASH,
  Manifest,
  tablesInOrder,
} from './backup.ts';
import { type BackupKeys, type OpenedBackup, openBackup } from './backup-lock.ts';
import { openBlobs } from './blobs.ts';
import { openDatabase } from './database.ts';
import { isMissing, makeDirectory, syncPath } from './durable-file.ts';
import { storeProblem } from './failure.ts';
import { type LogKey, makeLogKey, makeOrigin, readLogKey, storeLogKey } from './keys.ts';
import { takeLock } from './lock.ts';
import { logPath, openLogDirectory } from './log-directory.ts';
import { rebuildTree } from './log-keeper.ts';
import { syncTree } from './pglite.ts';
import type { StoreSettings } from './store.ts';
import type { Tables } from './tables.ts';
import { chunks, SYSTEM_ACCOUNT, type Tx, write } from './write.ts';

/** The old log's private key (`PRIVATE+KEY+…`) and the newest checkpoint it has published anywhere. */
export interface ContinuedLog {
  key: string;
  checkpoint: string;
}

/** What was restored. */
export interface RestoreResult {
  /** When the backup was made. */
  at: string;
  origin: string;
  vkey: string;
  /** Entries of the log. */
  size: number;
  tables: Manifest['tables'];
  /** Files that were damaged or missing already when the backup was made. */
  faults: Manifest['faults'];
}

/** Where a restore works until it is done; a store is not opened while it exists. */
export const RESTORING = '.restoring';

/**
 * Restores a backup into an empty or new directory, and with `databaseUrl` an empty PostgreSQL. The restored log has a
 * key and a name of its own: the old key may have signed entries that the backup does not know, and must not sign
 * others in their place. `continueLog` keeps the old log, where it is certain which checkpoint was its last.
 * Throws `file.missing`, `backup.encrypted`, `backup.key`, `backup.damaged`, `store.not-empty`, `store.newer`, `store.full`, and `log.inconsistent` when
 * the log to be continued knows more than the backup; then nothing was changed.
 */
export async function restore(
  file: string,
  settings: StoreSettings,
  options: { keys?: BackupKeys; continueLog?: ContinuedLog; onProgress?: BackupProgress } = {},
): Promise<RestoreResult> {
  const onProgress = options.onProgress ?? (() => {});
  const opened = await openBackup(file, options.keys ?? {});
  const manifest = await checkMembers(opened, onProgress);
  const continued = options.continueLog && openContinued(options.continueLog);
  const { directory, databaseUrl } = settings;
  const isNew = requireEmpty(directory);
  const staging = join(directory, RESTORING);
  mkdirSync(staging, { recursive: true, mode: 0o700 });
  const release = databaseUrl ? () => {} : await takeLock(join(directory, 'owner.lock'));
  try {
    const key = continued?.key ?? makeLogKey(restoredOrigin(settings.origin, manifest.log.origin));
    const database = await openDatabase(
      databaseUrl ? { url: databaseUrl } : { directory: staging },
      manifest.migrations.at(-1)!,
    );
    let size: number;
    try {
      await requireSameSchema(database.kysely, manifest);
      await requireNoRows(database.kysely, databaseUrl ?? directory);
      const payload = { ...manifest.log, at: manifest.at, continued: continued !== undefined };
      size = await write(
        database.kysely,
        { account: SYSTEM_ACCOUNT, dossier: null },
        'instance.restore',
        async (tx, stamp) => {
          const checkpoint = await load(opened, manifest, tx, staging, onProgress);
          const result = await restoreLog(tx, openBackedUp(manifest, checkpoint), staging, key, continued);
          return { entries: [{ subject: stamp.batch, payload: { ...payload, checkpoint } }], result };
        },
      );
    } finally {
      await database.close();
    }
    if (!databaseUrl) syncTree(join(staging, 'database'));
    // The database last: without it there is no instance, and no start can take a part of one for the whole.
    const parts = readdirSync(staging).sort((a, b) => Number(a === 'database') - Number(b === 'database'));
    for (const part of parts) renameSync(join(staging, part), join(directory, part));
    await rmdir(staging);
    await syncPath(directory);
    const { origin, vkey } = key;
    return { at: manifest.at, origin, vkey, size, tables: manifest.tables, faults: manifest.faults };
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw storeProblem(error) ?? error;
  } finally {
    release();
    if (isNew) removeIfEmpty(directory);
  }
}

function damaged(why: string, cause?: unknown): Problem {
  return problem('backup.damaged', { why }, cause);
}

/** Whether the directory is new; throws `store.not-empty` when it has anything in it. */
function requireEmpty(directory: string): boolean {
  try {
    if (readdirSync(directory).length > 0) throw problem('store.not-empty', { path: directory });
    return false;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

function removeIfEmpty(directory: string): void {
  if (readdirSync(directory).length === 0) rmSync(directory, { recursive: true });
}

/** A name that no checkpoint of the old log carries. */
function restoredOrigin(wanted: string | undefined, old: string): string {
  if (wanted === undefined) return makeOrigin();
  return wanted === old ? makeOrigin(wanted) : wanted;
}

interface Continued {
  key: LogKey;
  note: string;
  checkpoint: Checkpoint;
}

function openContinued({ key: text, checkpoint: note }: ContinuedLog): Continued {
  let key: LogKey;
  try {
    key = readLogKey(text);
  } catch (error) {
    throw problem('log.inconsistent', { why: 'the key given is not one.' }, error);
  }
  const opened = openCheckpoint(note, key.signer);
  if (!opened.ok)
    throw problem('log.inconsistent', { why: `the checkpoint given is not of its key (${opened.detail}).` });
  return { key, note, checkpoint: opened.checkpoint };
}

/** Calls `visit` with every member of a tar file. Throws `backup.damaged` when the file is none or is cut short. */
async function eachMember(
  opened: OpenedBackup,
  visit: (path: string, content: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const archive = extract();
  const reading = pipeline(await opened.read(), archive);
  reading.catch(() => undefined);
  try {
    for await (const member of archive) {
      await visit(member.header.name, member as AsyncIterable<Buffer>);
      member.resume();
    }
    await reading;
  } catch (error) {
    archive.destroy();
    await reading.catch(() => undefined);
    if (error instanceof Problem || !isArchiveError(error)) throw error;
    throw damaged(`it is not a complete backup (${(error as Error).message}).`, error);
  }
}

/** tar-stream's own errors have no code; those of files and databases have. */
function isArchiveError(error: unknown): boolean {
  return error instanceof Error && !('code' in error);
}

const LARGEST_MANIFEST = 512_000_000;

/**
 * Reads a backup through and checks every member against the manifest, and the manifest against its hash. Touches
 * nothing. Throws `backup.damaged`, and what `openBackup` throws.
 */
export async function checkBackup(file: string, keys: BackupKeys = {}): Promise<Manifest> {
  return checkMembers(await openBackup(file, keys), () => {});
}

async function checkMembers(opened: OpenedBackup, onProgress: BackupProgress): Promise<Manifest> {
  const found = new Map<string, { bytes: number; sha256: string }>();
  let manifestText: string | null = null;
  let manifestHash: string | null = null;
  await eachMember(opened, async (path, content) => {
    const hash = createHash('sha256');
    const kept: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of content) {
      hash.update(chunk);
      bytes += chunk.length;
      if (path === MANIFEST || path === MANIFEST_HASH) {
        if (bytes > LARGEST_MANIFEST) throw damaged('its manifest is too large.');
        kept.push(chunk);
      }
    }
    if (found.has(path)) throw damaged(`it holds ${path} twice.`);
    found.set(path, { bytes, sha256: hash.digest('hex') });
    if (path === MANIFEST) manifestText = Buffer.concat(kept).toString('utf8');
    if (path === MANIFEST_HASH) manifestHash = Buffer.concat(kept).toString('utf8');
    onProgress('checking', found.size, 0);
  });
  if (manifestText === null || manifestHash !== found.get(MANIFEST)?.sha256) {
    throw damaged('its manifest is missing or was changed.');
  }
  const parsed = Manifest.safeParse(jsonOf(manifestText));
  if (!parsed.success) throw damaged('it was made by another version, or is no backup of Constat.');
  const manifest = parsed.data;
  for (const { path, bytes, sha256 } of manifest.members) {
    const member = found.get(path);
    if (member?.sha256 !== sha256 || member.bytes !== bytes)
      throw damaged(`${path} is missing or was changed.`);
  }
  if (found.size !== manifest.members.length + 2) throw damaged('it holds what its manifest does not name.');
  return manifest;
}

/** The value of a JSON text; null, which is no manifest, when it is none. Its own hash vouches for its bytes, not for its form. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Throws `store.newer` when the backup's schema is not one this program knows. */
async function requireSameSchema(kysely: Kysely<Tables>, manifest: Manifest): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(kysely);
  const unknown = manifest.migrations.find((name) => !rows.some((row) => row.name === name));
  if (unknown !== undefined) throw problem('store.newer', { version: unknown });
  if (rows.length !== manifest.migrations.length)
    throw problem('store.not-empty', { path: 'The database, which has a newer schema than the backup,' });
}

/** What a database that was opened once has, with nothing in it. */
const FIRST_ROWS = ['log_state', 'settings'];

async function requireNoRows(kysely: Kysely<Tables>, path: string): Promise<void> {
  for (const name of [...(await tablesInOrder(kysely)), 'sessions']) {
    if (FIRST_ROWS.includes(name)) continue;
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(kysely);
    // An address of a server may hold a password.
    if (rows.length > 0)
      throw problem('store.not-empty', { path: path.includes('://') ? 'The database' : path });
  }
}

/** Puts rows and blobs back. Returns the backup's checkpoint. */
async function load(
  opened: OpenedBackup,
  manifest: Manifest,
  tx: Tx,
  staging: string,
  onProgress: BackupProgress,
): Promise<string> {
  const blobs = openBlobs(join(staging, 'blobs'));
  for (const name of FIRST_ROWS) await sql`delete from ${sql.table(name)}`.execute(tx);
  const known = new Set(await tablesInOrder(tx));
  const rows = new Map(manifest.tables.map(({ name }) => [name, 0]));
  let checkpoint = '';
  let done = 0;
  await eachMember(opened, async (path, content) => {
    const [folder, name] = path.split('/') as [string, string | undefined];
    if (folder === 'tables' && name !== undefined) {
      if (!known.has(name) || !rows.has(name)) throw damaged(`it has rows of a table ${name}.`);
      rows.set(name, rows.get(name)! + (await loadRows(tx, name, content)));
    } else if (folder === 'blobs' && name !== undefined) {
      await blobs.receive(content, { limit: Number.POSITIVE_INFINITY, expected: name });
    } else if (path === CHECKPOINT) {
      checkpoint = await textOf(content);
    }
    onProgress('files', ++done, manifest.members.length + 2);
  });
  for (const { name, rows: expected } of manifest.tables) {
    if (rows.get(name) !== expected)
      throw damaged(`${rows.get(name)} rows of ${name} instead of ${expected}.`);
  }
  // Positions go on after the last one; on an empty table they begin with 1.
  await sql`
    select setval(pg_get_serial_sequence('entries', 'position'), coalesce(max(position), 1), max(position) is not null)
    from entries`.execute(tx);
  return checkpoint;
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** Rows of a table that go into one statement. */
const ROWS_AT_ONCE = 200;

/** Puts a piece of a table back, a few megabytes of JSON lines. Returns how many rows it held. */
async function loadRows(tx: Tx, name: string, content: AsyncIterable<Uint8Array>): Promise<number> {
  const lines = (await textOf(content)).split('\n').slice(0, -1);
  for (const some of chunks(lines, ROWS_AT_ONCE)) {
    // PostgreSQL reads back what it wrote; the types of the columns are the table's own.
    await sql`
      insert into ${sql.table(name)} overriding system value
      select * from json_populate_recordset(null::${sql.table(name)}, ${`[${some.join(',')}]`}::text::json)`.execute(
      tx,
    );
  }
  return lines.length;
}

/** The checkpoint in the backup, which its log's key must have signed. */
function openBackedUp(manifest: Manifest, note: string): Checkpoint {
  const opened = openCheckpoint(note, parseVerifierKey(manifest.log.vkey));
  if (!opened.ok) throw damaged(`its checkpoint cannot be verified (${opened.detail}).`);
  return opened.checkpoint;
}

/**
 * Rebuilds the tree from the restored entries, compares it with the backup's checkpoint (and the continued log's), and
 * writes tiles, key and checkpoint. Returns the size of the log.
 */
async function restoreLog(
  tx: Tx,
  backedUp: Checkpoint,
  staging: string,
  key: LogKey,
  continued: Continued | undefined,
): Promise<number> {
  const files = openLogDirectory(logPath(staging));
  const { size } = await tx.selectFrom('logState').select('size').executeTakeFirstOrThrow();
  const signed = backedUp.size;
  if (signed > size) throw damaged(`its log was signed for ${signed} entries, it has ${size}.`);
  if (continued && continued.checkpoint.size > size) {
    throw problem('log.inconsistent', {
      why: `it was signed for ${continued.checkpoint.size} entries, the backup has ${size}.`,
    });
  }
  const publishedSize = continued?.checkpoint.size ?? size;
  let tree: LogState = emptyLog;
  const roots = new Map<number, Uint8Array>([[0, logRoot(emptyLog)]]);
  for (const stop of [...new Set([signed, publishedSize])].sort((a, b) => a - b)) {
    const rebuilt = await rebuildTree(tx, tree, stop, async (tiles) => {
      await files.writeTiles(tiles);
      return true;
    });
    tree = rebuilt!;
    roots.set(stop, logRoot(tree));
  }
  if (!equalBytes(roots.get(signed)!, backedUp.root)) {
    throw damaged('its entries are not those its checkpoint was signed for.');
  }
  if (continued && !equalBytes(roots.get(publishedSize)!, continued.checkpoint.root)) {
    throw problem('log.inconsistent', { why: 'the checkpoint given is of another history.' });
  }
  await storeLogKey(staging, key);
  await makeDirectory(logPath(staging));
  const published = roots.get(publishedSize)!;
  await files.publish(continued?.note ?? signCheckpoint(key.origin, publishedSize, published, key.signer));
  return size;
}
