// The house's seal key: an age identity kept outside the database (a file, or the environment). Keys of seals and secrets of
// second factors are in the database only as age files for its public half; a stolen database opens nothing.
import { randomUUID } from 'node:crypto';
import { link, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { armor, Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { problem } from '../record/problem.ts';
import { isMissing, makeDirectory, syncPath, writeDurably } from './durable-file.ts';

/** The house's key, ready for use. Identities are held in memory and never told. */
export interface HouseKey {
  /** The public half that new secrets are wrapped for: "age1…". */
  recipient: string;
  /** A secret as an armored age file for the current key. */
  wrap: (secret: string) => Promise<string>;
  /** The secret again. Throws `seal.no-key` when none of the keys at hand opens it. */
  unwrap: (wrapped: string) => Promise<string>;
}

/** Where a data directory keeps the house's seal key, in the form of the `age` program's identity files. */
export function houseKeyPath(directory: string): string {
  return join(directory, 'keys', 'seal.key');
}

/** The identities of an identity file's text: the current one first, after it those that are being given up. */
export function readIdentities(text: string): string[] {
  const lines = text.split('\n').filter((line) => !line.trim().startsWith('#'));
  // In an environment variable two may stand on one line.
  return lines.flatMap((line) => line.split(/[\s,]+/)).filter((identity) => identity !== '');
}

/** An identity file's text. */
export function writeIdentities(identities: string[]): string {
  return `# Constat: opens what is sealed. Whoever has this file and the database reads everything sealed.\n${identities.join('\n')}\n`;
}

/** A key of some identities, the current one first. Throws `seal.key-unreadable` when one is not an age identity. */
export async function houseKey(identities: string[]): Promise<HouseKey> {
  const [current] = identities;
  if (current === undefined) throw problem('seal.key-unreadable', { why: 'it holds no identity.' });
  const decrypter = new Decrypter();
  let recipient: string;
  try {
    recipient = await identityToRecipient(current);
    for (const identity of identities) decrypter.addIdentity(identity);
  } catch {
    // The cause could quote the key.
    throw problem('seal.key-unreadable', { why: 'it is not an age identity (AGE-SECRET-KEY-1…).' });
  }
  return {
    recipient,
    wrap: (secret) => encryptTo(recipient, secret),
    unwrap: async (wrapped) => {
      try {
        return await decrypter.decrypt(armor.decode(wrapped), 'text');
      } catch (error) {
        throw problem('seal.no-key', undefined, error);
      }
    },
  };
}

/** Text as an armored age file for a recipient. */
export async function encryptTo(recipient: string, text: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(text));
}

/** The text of an armored age file. Throws what the age library throws. */
export function decryptWith(identity: string, armored: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(armor.decode(armored), 'text');
}

/**
 * The house's key: `given` (from the environment) where there is one, otherwise the one in the data directory; made there
 * when there is none.
 */
export async function openHouseKey(directory: string, given?: string): Promise<HouseKey> {
  if (given !== undefined) return houseKey(readIdentities(given));
  const path = houseKeyPath(directory);
  try {
    return await houseKey(readIdentities(await readFile(path, 'utf8')));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await makeDirectory(dirname(path), 0o700);
  const unfinished = `${path}.${randomUUID()}`;
  await writeDurably([{ path: unfinished, bytes: writeIdentities([await generateIdentity()]) }], 0o600);
  try {
    // Unlike a rename, a link never replaces: another process that shares the directory may have been first.
    await link(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
  await syncPath(dirname(path));
  return houseKey(readIdentities(await readFile(path, 'utf8')));
}
