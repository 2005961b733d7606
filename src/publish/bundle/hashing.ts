// SHA-256 as the verifier needs it: in JavaScript everywhere, or by the machine's own instructions where there is a way to them.
import { sha256 } from '@noble/hashes/sha2.js';

/** Begins a SHA-256. */
export type Hashing = () => { update: (bytes: Uint8Array) => unknown; digest: () => Uint8Array };

/** In JavaScript: from a file on disk a browser offers nothing else that is sure to be there. */
export const pureHashing: Hashing = () => sha256.create();

/** SHA-256 of these bytes, one after another. */
export function hashOf(hashing: Hashing, ...parts: Uint8Array[]): Uint8Array {
  const hash = hashing();
  for (const part of parts) hash.update(part);
  return hash.digest();
}
