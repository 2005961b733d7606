// Originals and renditions as files named by their SHA-256: written once, never altered, checked again and again.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { Problem, problem } from '../record/problem.ts';
import { isMissing, makeDirectory, moveDurably, syncPath } from './durable-file.ts';
import { passFailPoint } from './fail-point.ts';
import { storeProblem } from './failure.ts';
import type { Store } from './store.ts';
import type { Tx } from './write.ts';

/** A stored file: its hash in hexadecimal and its length in bytes. */
export interface Blob {
  sha256: string;
  bytes: number;
}

/** What re-reading a blob shows: as it was, gone, or not the bytes its name says. */
export type Fixity = 'ok' | 'missing' | 'altered';

/** The content-addressed files of a store. Every method throws RangeError on what is not a SHA-256 in hexadecimal. */
export interface Blobs {
  /**
   * Takes in a file while it arrives, at most `limit` bytes, optionally of a known hash. Resolves when it is on the
   * disk. Throws `source.too-large`, `source.empty`, `source.cut-short`, or a `store.…` problem; then
   * nothing is kept.
   */
  receive: (
    chunks: AsyncIterable<Uint8Array>,
    options: { limit: number; expected?: string | undefined },
  ) => Promise<Blob>;
  /** Keeps bytes that are in memory. Throws `store.full`. */
  putBytes: (bytes: Uint8Array) => Promise<Blob>;
  /** The whole file. Throws `not-found`, and `source.damaged` when it is not the bytes its name says. */
  read: (sha256: string) => Promise<Buffer>;
  /**
   * The file as a stream, which fails with ENOENT when there is none. A damaged file never arrives whole: before its last
   * piece the stream fails with `source.damaged`. A range of it cannot be checked.
   */
  stream: (sha256: string, range?: { start: number; end: number }) => Readable;
  /** Length in bytes, or null when there is no such file. */
  size: (sha256: string) => Promise<number | null>;
  has: (sha256: string) => Promise<boolean>;
  /** Reads the file again and compares its hash with its name. */
  check: (sha256: string) => Promise<Fixity>;
  /** Every file there is, in the order of their names, and when it came (milliseconds since 1970). */
  list: () => AsyncGenerator<Blob & { since: number }>;
  /** Removes a file; only for files that no row names. */
  remove: (sha256: string) => Promise<void>;
  /** Uploads that are not complete, or never will be, and when they were last added to (milliseconds since 1970). */
  unfinished: () => AsyncGenerator<{ name: string; since: number }>;
  /** Removes what is there of an upload that was broken off. */
  discard: (name: string) => Promise<void>;
}

/** How long an unfinished upload of another process is left alone. */
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Opens the blobs in a directory, `ab/cd/<sha256>`, making it if needed and clearing what a crash left half-received.
 * Where several processes share the directory, only uploads nobody has touched for an hour count as left behind.
 */
export function openBlobs(directory: string, { shared = false } = {}): Blobs {
  const incoming = join(directory, 'incoming');
  mkdirSync(incoming, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(incoming)) {
    const path = join(incoming, name);
    const touched = shared ? (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) : 0;
    if (Date.now() - touched > ABANDONED_AFTER_MS) rmSync(path, { force: true });
  }
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not a SHA-256 in hexadecimal');
    return join(directory, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  };

  const keep = async (
    chunks: AsyncIterable<Uint8Array>,
    upload?: { limit: number; expected?: string | undefined },
  ): Promise<Blob> => {
    const unfinished = join(incoming, randomUUID());
    try {
      const file = await open(unfinished, 'wx', 0o600);
      let blob: Blob;
      try {
        blob = await copyInto(file, chunks, upload?.limit ?? Number.POSITIVE_INFINITY);
        if (upload && blob.bytes === 0) throw problem('source.empty');
        if (upload?.expected && blob.sha256 !== upload.expected) throw problem('source.cut-short');
        passFailPoint('before blob sync');
        await file.sync();
        passFailPoint('after blob sync');
      } finally {
        await file.close();
      }
      const path = pathOf(blob.sha256);
      await makeDirectory(dirname(path));
      // Over a file that is there already: the same bytes, unless it was damaged, and then this mends it.
      passFailPoint('before blob rename');
      await moveDurably(unfinished, path);
      passFailPoint('after blob rename');
      // Another upload may have made these two a moment ago and not have synced them yet.
      await Promise.all([syncPath(dirname(dirname(path))), syncPath(directory)]);
      return blob;
    } catch (error) {
      await rm(unfinished, { force: true });
      throw storeProblem(error) ?? error;
    }
  };

  const size = async (sha256: string): Promise<number | null> => {
    try {
      return (await stat(pathOf(sha256))).size;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };

  return {
    receive: (chunks, options) => keep(chunks, options),
    putBytes: (bytes) => keep(only(bytes)),
    read: async (sha256) => {
      try {
        const bytes = await readFile(pathOf(sha256));
        if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw problem('source.damaged');
        return bytes;
      } catch (error) {
        throw isMissing(error) ? problem('not-found', { what: 'file' }, error) : error;
      }
    },
    stream: (sha256, range) =>
      range
        ? createReadStream(pathOf(sha256), range)
        : Readable.from(unaltered(createReadStream(pathOf(sha256)), sha256), { objectMode: false }),
    size,
    has: async (sha256) => (await size(sha256)) !== null,
    check: async (sha256) => {
      try {
        const hash = createHash('sha256');
        for await (const chunk of createReadStream(pathOf(sha256), { highWaterMark: 1 << 20 })) {
          hash.update(chunk as Buffer);
        }
        return hash.digest('hex') === sha256 ? 'ok' : 'altered';
      } catch (error) {
        if (isMissing(error)) return 'missing';
        throw error;
      }
    },
    list: async function* () {
      for (const first of await namesIn(directory, /^[0-9a-f]{2}$/)) {
        for (const second of await namesIn(join(directory, first), /^[0-9a-f]{2}$/)) {
          for (const sha256 of await namesIn(join(directory, first, second), /^[0-9a-f]{64}$/)) {
            const found = await stat(pathOf(sha256)).catch(() => null);
            if (found) yield { sha256, bytes: found.size, since: found.mtimeMs };
          }
        }
      }
    },
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
    unfinished: async function* () {
      for (const name of await namesIn(incoming, /^[0-9a-f-]{36}$/)) {
        const found = await stat(join(incoming, name)).catch(() => null);
        if (found) yield { name, since: found.mtimeMs };
      }
    },
    discard: (name) => rm(join(incoming, basename(name)), { force: true }),
  };
}

/** Copies what arrives into a file, hashing it on the way. */
async function copyInto(file: FileHandle, chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Blob> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of arriving(chunks)) {
    bytes += chunk.length;
    if (bytes > limit) throw problem('source.too-large', { limit: sizeInWords(limit) });
    hash.update(chunk);
    await file.appendFile(chunk);
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** The chunks; that the sender broke off becomes the problem that says so. */
async function* arriving(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await iterator.next().catch((error: unknown) => {
        throw error instanceof Problem ? error : problem('source.cut-short', undefined, error);
      });
      if (step.done) return;
      yield step.value;
    }
  } finally {
    // Lets the sender's stream go when this side stops early; it may be broken already.
    await iterator.return?.().catch(() => undefined);
  }
}

/** The chunks of a file; the last one only when all together are the bytes of this hash. */
async function* unaltered(chunks: AsyncIterable<Uint8Array>, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let held: Uint8Array | null = null;
  for await (const chunk of chunks) {
    if (held) yield held;
    hash.update(chunk);
    held = chunk;
  }
  if (hash.digest('hex') !== sha256) throw problem('source.damaged');
  if (held) yield held;
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function namesIn(directory: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(directory);
  return names.filter((name) => pattern.test(name)).sort();
}

/** A limit as a person reads it; limits are set in whole megabytes. */
function sizeInWords(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.round(bytes / 1_000_000)} MB` : `${bytes} bytes`;
}

/** Notes in a change that a blob belongs to the store, once for each hash. */
export async function registerBlob(tx: Tx, blob: Blob, at: string): Promise<void> {
  await tx
    .insertInto('blobs')
    .values({ ...blob, storedAt: at })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute();
}

/** A blob that is not what it was. */
export interface FixityFault {
  sha256: string;
  fault: Exclude<Fixity, 'ok'>;
}

/** How many rows a sweep takes at a time. */
const SWEEP = 200;

/**
 * Re-reads every blob, or those last checked before `olderThan` (an instant), and notes when and what was found.
 * Returns the faults. Blobs that fail are left where they are.
 */
export async function checkFixity(
  store: Pick<Store, 'read' | 'blobs'>,
  options: { olderThan?: string; onProgress?: (checked: number, total: number) => void } = {},
): Promise<FixityFault[]> {
  const due = store.read
    .selectFrom('blobs')
    .$if(options.olderThan !== undefined, (query) =>
      query.where((blob) =>
        blob.or([blob('checkedAt', 'is', null), blob('checkedAt', '<', options.olderThan!)]),
      ),
    );
  const { total } = await due
    .select((blob) => blob.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const faults: FixityFault[] = [];
  let checked = 0;
  for (let after = ''; ; ) {
    const some = await due
      .select('sha256')
      .where('sha256', '>', after)
      .orderBy('sha256')
      .limit(SWEEP)
      .execute();
    if (some.length === 0) return faults;
    for (const { sha256 } of some) {
      const fixity = await store.blobs.check(sha256);
      const fault = fixity === 'ok' ? null : fixity;
      if (fault !== null) faults.push({ sha256, fault });
      await store.read
        .updateTable('blobs')
        .set({ checkedAt: new Date().toISOString(), fault })
        .where('sha256', '=', sha256)
        .execute();
      options.onProgress?.(++checked, total);
    }
    after = some.at(-1)!.sha256;
  }
}
