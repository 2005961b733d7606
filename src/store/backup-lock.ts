// How a backup is closed and opened again: as an age file (https://age-encryption.org/v1), which the `age` program opens
// too. Both ways stream: of a backup of any size only pieces of 64 KiB are in memory.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { problem } from '../record/problem.ts';
import { isMissing } from './durable-file.ts';

/** For whom a backup is closed: holders of keys ("age1…"), who knows a passphrase, or, in so many words, nobody. */
export type BackupProtection =
  | { recipients: readonly string[] }
  | { passphrase: string }
  | { unencrypted: true };

/** What a backup may be opened with; all are tried. */
export interface BackupKeys {
  /** age identities, "AGE-SECRET-KEY-1…". */
  identities?: readonly string[];
  passphrase?: string;
}

/** A fresh key for backups: the secret half opens them, the public half is what they are made for. */
export async function makeBackupKey(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** What encrypts for a protection; null for none. Throws `backup.recipient` or `backup.unprotected`. */
function encrypterFor(protection: BackupProtection): Encrypter | null {
  if ('unencrypted' in protection) return null;
  const encrypter = new Encrypter();
  if ('passphrase' in protection) {
    if (protection.passphrase === '') throw problem('backup.unprotected');
    encrypter.setPassphrase(protection.passphrase);
    return encrypter;
  }
  if (protection.recipients.length === 0) throw problem('backup.unprotected');
  for (const recipient of protection.recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (error) {
      // Who gives a secret key by mistake does not find it in a log: recipients alone are quoted.
      const quoted = recipient.startsWith('age1') ? recipient : 'what was given';
      throw problem('backup.recipient', { recipient: quoted }, error);
    }
  }
  return encrypter;
}

/**
 * Prepares the closing of a backup; the function returned takes its bytes and gives those to be written.
 * Throws `backup.recipient` or `backup.unprotected`, before anything is written.
 */
export function closing(
  protection: BackupProtection,
): (content: AsyncIterable<Uint8Array>) => Promise<Readable> {
  const encrypter = encrypterFor(protection);
  return async (content) => {
    if (encrypter === null) return Readable.from(content, { objectMode: false });
    const closed = await encrypter.encrypt(webStream(content));
    return Readable.fromWeb(closed as Parameters<typeof Readable.fromWeb>[0]);
  };
}

/** The first line of an age file. */
const AGE = 'age-encryption.org/v1\n';
/** More than the header of any age file with a thousand recipients. */
const LONGEST_HEADER = 256 * 1024;

/** A backup file that can be read from its beginning as often as needed. */
export interface OpenedBackup {
  encrypted: boolean;
  /** The tar file in it, from its beginning. A changed or cut file makes the stream fail. */
  read: () => Promise<Readable>;
}

/**
 * Opens a backup. One that is not encrypted needs no keys. Throws `file.missing`, `backup.encrypted` when it needs a key
 * and none is given, `backup.key` when none fits, and `backup.damaged` when its header was changed.
 */
export async function openBackup(file: string, keys: BackupKeys): Promise<OpenedBackup> {
  const header = await readStart(file);
  if (!header.subarray(0, AGE.length).equals(Buffer.from(AGE))) {
    return { encrypted: false, read: async () => createReadStream(file) };
  }
  const identities = keys.identities ?? [];
  if (identities.length === 0 && keys.passphrase === undefined) throw problem('backup.encrypted');
  const decrypter = new Decrypter();
  if (keys.passphrase !== undefined) decrypter.addPassphrase(keys.passphrase);
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity);
    } catch {
      // The cause could quote the key.
      throw problem('backup.key');
    }
  }
  let fileKey: Uint8Array;
  try {
    fileKey = await decrypter.decryptHeader(header);
  } catch (error) {
    if (/no identity matched/.test((error as Error).message)) throw problem('backup.key', undefined, error);
    throw problem('backup.damaged', { why: 'the beginning of the file was changed.' }, error);
  }
  return {
    encrypted: true,
    read: async () => {
      const reader = new Decrypter();
      // Opened once: a passphrase costs a second each time.
      reader.addIdentity({ unwrapFileKey: () => fileKey });
      const opened = await reader.decrypt(webStream(createReadStream(file)));
      return Readable.fromWeb(opened as Parameters<typeof Readable.fromWeb>[0]);
    },
  };
}

async function readStart(file: string): Promise<Buffer> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_HEADER), 0, LONGEST_HEADER, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isMissing(error)) throw problem('file.missing', { path: file }, error);
    throw error;
  }
}

/** Bytes as the stream that the age library takes. It asks for a piece when it wants one, and lets go when it stops. */
function webStream(content: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = content[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
