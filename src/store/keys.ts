// The key that signs the log: made at first start, kept outside the database, readable by its owner alone.
import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  encodeSignerKey,
  encodeVerifierKey,
  makeSignerKey,
  parseSignerKey,
  type SignerKey,
} from '../log/note.ts';
import { isMissing, makeDirectory, syncPath, writeDurably } from './durable-file.ts';

/** The log's key with its public half as text. Its name is the log's origin. */
export interface LogKey {
  signer: SignerKey;
  origin: string;
  /** `name+id+key`, for those who verify. */
  vkey: string;
}

/** Where a data directory keeps the log's key. */
export function logKeyPath(directory: string): string {
  return join(directory, 'keys', 'log.key');
}

/** An origin nobody else has, for a log without an address yet. */
export function makeOrigin(prefix = 'localhost/log'): string {
  return `${prefix}/${randomBytes(6).toString('hex')}`;
}

/** A fresh key for the log `origin`. Throws LogError when the origin cannot name a key. */
export function makeLogKey(origin: string): LogKey {
  return asLogKey(makeSignerKey(origin, randomBytes(32)));
}

/** Reads a key in the text form `PRIVATE+KEY+…`. Throws LogError, never quoting it. */
export function readLogKey(text: string): LogKey {
  return asLogKey(parseSignerKey(text.trim()));
}

function asLogKey(signer: SignerKey): LogKey {
  return { signer, origin: signer.name, vkey: encodeVerifierKey(signer) };
}

/**
 * The log's key of a data directory; made, for `origin` or one made up, when there is none. A key that is there keeps
 * the origin it was made for: a log does not change its name.
 */
export async function openLogKey(directory: string, origin?: string): Promise<LogKey> {
  const path = logKeyPath(directory);
  try {
    return readLogKey(await readFile(path, 'utf8'));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await storeLogKey(directory, makeLogKey(origin ?? makeOrigin()));
  // Read back: another process that shares the directory may have been first.
  return readLogKey(await readFile(path, 'utf8'));
}

/** Puts a key into a data directory, on the disk, mode 0600. One that is there already stays. */
export async function storeLogKey(directory: string, key: LogKey): Promise<void> {
  const path = logKeyPath(directory);
  await makeDirectory(dirname(path), 0o700);
  const unfinished = `${path}.${randomUUID()}`;
  await writeDurably([{ path: unfinished, bytes: `${encodeSignerKey(key.signer)}\n` }], 0o600);
  try {
    // Unlike a rename, a link never replaces.
    await link(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
  await syncPath(dirname(path));
}
