// Tokens: 256 random bits that only their holder has. What is kept is their hash, so that a stolen database opens nothing.
import { createHash, randomBytes } from 'node:crypto';

/** A new token, for a cookie or a link. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. No salt and no slow hash: 256 random bits cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
