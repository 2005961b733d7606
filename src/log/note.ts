// Signed notes, c2sp.org/signed-note, with Ed25519 keys in the text forms of golang.org/x/mod/sumdb/note.

import * as ed25519 from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import {
  concatBytes,
  decodeBase64,
  decodeHex,
  decodeUtf8,
  encodeBase64,
  encodeHex,
  encodeUtf8,
} from './bytes.ts';
import { LogError, malformed } from './error.ts';

// The library leaves the choice of SHA-512 to its user; without one only its asynchronous half works.
ed25519.hashes.sha512 = sha512;

/** Signature type byte of a plain Ed25519 note signature. */
const ED25519 = 1;
const KEY_SIZE = 32;
const ID_SIZE = 4;
const SIGNATURE_SIZE = 64;
/** A verifier must accept 16 signatures; 100 is where golang.org/x/mod/sumdb/note stops. */
const MAX_SIGNATURES = 100;
const MAX_NOTE_SIZE = 1_000_000;

/** A public key with the name it signs under. `id` is the 4-byte key ID in hexadecimal. */
export type VerifierKey = { name: string; id: string; publicKey: Uint8Array };

/** A private key; `seed` is the 32-byte secret of RFC 8032 and must not leave the process that signs. */
export type SignerKey = VerifierKey & { seed: Uint8Array };

/** One signature line: the key's name and ID, and the bytes after the ID. */
export type NoteSignature = { name: string; id: string; signature: Uint8Array };

/** A note of which at least one signature by a known key is valid, and none is invalid. */
export type OpenedNote = { text: string; verified: NoteSignature[]; unverified: NoteSignature[] };

export type NoteRefusal = {
  ok: false;
  /** Not a signed note · a known key's signature is wrong · no known key signed it. */
  code: 'malformed' | 'bad-signature' | 'unknown-signer';
  detail: string;
};

// Go's unicode.IsSpace, which is the definition the note verifiers in use follow; JavaScript's \s differs from it.
const SPACE_OR_PLUS = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000+]/;
const CONTROL_EXCEPT_NEWLINE = /[\u0000-\u0009\u000b-\u001f]/;

function checkName(name: string, subject: string): void {
  if (name === '' || SPACE_OR_PLUS.test(name) || CONTROL_EXCEPT_NEWLINE.test(name))
    throw malformed(subject, 'a key name is not empty and has no space and no plus sign');
}

/** The recommended key ID: SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)[:4], in hexadecimal. */
function keyId(name: string, publicKey: Uint8Array): string {
  const input = concatBytes([encodeUtf8(name), Uint8Array.of(0x0a, ED25519), publicKey]);
  return encodeHex(sha256(input).subarray(0, ID_SIZE));
}

/**
 * A verifier key from its parts.
 * @throws LogError `malformed` on a bad name or on bytes that are no usable Ed25519 public key
 */
export function makeVerifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  checkName(name, 'vkey');
  if (publicKey.length !== KEY_SIZE || !isUsablePoint(publicKey))
    throw malformed('vkey', 'not an Ed25519 public key');
  return { name, id: keyId(name, publicKey), publicKey };
}

// Under a key of small order one signature fits many texts.
function isUsablePoint(publicKey: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(publicKey, false).isSmallOrder();
  } catch {
    return false;
  }
}

/**
 * A signer key from a name and a 32-byte random seed.
 * @throws LogError `malformed`
 */
export function makeSignerKey(name: string, seed: Uint8Array): SignerKey {
  if (seed.length !== KEY_SIZE) throw malformed('skey', 'the seed is not 32 bytes');
  return { ...makeVerifierKey(name, ed25519.getPublicKey(seed)), seed };
}

/** `name+id+base64(0x01 ‖ public key)`. */
export function encodeVerifierKey(key: VerifierKey): string {
  return `${key.name}+${key.id}+${encodeKeyBytes(key.publicKey)}`;
}

/** `PRIVATE+KEY+name+id+base64(0x01 ‖ seed)`: secret. */
export function encodeSignerKey(key: SignerKey): string {
  return `PRIVATE+KEY+${key.name}+${key.id}+${encodeKeyBytes(key.seed)}`;
}

function encodeKeyBytes(bytes: Uint8Array): string {
  return encodeBase64(concatBytes([Uint8Array.of(ED25519), bytes]));
}

/**
 * Reads a verifier key; only what `encodeVerifierKey` writes is accepted.
 * @throws LogError `malformed`, also when the ID is not the key's or the key is not Ed25519
 */
export function parseVerifierKey(vkey: string): VerifierKey {
  const { name, id, bytes } = parseKeyText(vkey, 'vkey');
  const key = makeVerifierKey(name, bytes);
  if (key.id !== id) throw malformed('vkey', 'the key ID is not that of the key');
  return key;
}

/**
 * Reads a signer key; only what `encodeSignerKey` writes is accepted.
 * @throws LogError `malformed`, never quoting the key
 */
export function parseSignerKey(skey: string): SignerKey {
  const prefix = 'PRIVATE+KEY+';
  if (!skey.startsWith(prefix)) throw malformed('skey', 'not a private key');
  const { name, id, bytes } = parseKeyText(skey.slice(prefix.length), 'skey');
  const key = makeSignerKey(name, bytes);
  if (key.id !== id) throw malformed('skey', 'the key ID is not that of the key');
  return key;
}

function parseKeyText(text: string, subject: string): { name: string; id: string; bytes: Uint8Array } {
  // Base64 may contain plus signs, so only the first two separate.
  const [, name, id, base64] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? [];
  if (name === undefined || id === undefined || base64 === undefined)
    throw malformed(subject, 'not of the form name+id+key');
  const bytes = decodeBase64(base64);
  if (bytes[0] !== ED25519 || bytes.length !== 1 + KEY_SIZE) throw malformed(subject, 'not an Ed25519 key');
  return { name, id, bytes: bytes.slice(1) };
}

function checkText(text: string): void {
  if (!text.endsWith('\n')) throw malformed('note', 'the text does not end in a newline');
  if (CONTROL_EXCEPT_NEWLINE.test(text)) throw malformed('note', 'a control character');
}

/**
 * Signs a text, which must end in a newline. `existing` signatures stand first; one by the same key is replaced.
 * @throws LogError `malformed` when the text cannot be a note's
 */
export function signNote(
  text: string,
  signers: readonly SignerKey[],
  existing: readonly NoteSignature[] = [],
): string {
  checkText(text);
  const message = encodeUtf8(text);
  const added = signers.map(({ name, id, seed }) => ({ name, id, signature: ed25519.sign(message, seed) }));
  const kept = existing.filter((old) => !added.some((key) => key.name === old.name && key.id === old.id));
  return `${text}\n${[...kept, ...added].map(signatureLine).join('')}`;
}

function signatureLine({ name, id, signature }: NoteSignature): string {
  return `— ${name} ${encodeBase64(concatBytes([decodeHex(id), signature]))}\n`;
}

/**
 * Opens a note: checks its form and every signature by a known key. Signatures by other keys are kept, unverified, as
 * the specification has it; identical lines count once.
 */
export function openNote(
  note: Uint8Array | string,
  known: readonly VerifierKey[],
): ({ ok: true } & OpenedNote) | NoteRefusal {
  try {
    return openParsedNote(parseNote(note), known);
  } catch (error) {
    if (error instanceof LogError) return { ok: false, code: 'malformed', detail: error.message };
    throw error;
  }
}

function openParsedNote(
  { text, signatures }: { text: string; signatures: NoteSignature[] },
  known: readonly VerifierKey[],
): ({ ok: true } & OpenedNote) | NoteRefusal {
  const message = encodeUtf8(text);
  const opened: OpenedNote = { text, verified: [], unverified: [] };
  for (const signature of signatures) {
    const key = known.find(({ name, id }) => name === signature.name && id === signature.id);
    if (key === undefined) {
      opened.unverified.push(signature);
    } else if (isSignedBy(key, message, signature.signature)) {
      opened.verified.push(signature);
    } else {
      return {
        ok: false,
        code: 'bad-signature',
        detail: `the signature of ${key.name}+${key.id} is not valid`,
      };
    }
  }
  if (opened.verified.length === 0)
    return { ok: false, code: 'unknown-signer', detail: 'no known key signed the note' };
  return { ok: true, ...opened };
}

function isSignedBy(key: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean {
  // zip215: false is RFC 8032's reading: no second encoding of the same point is accepted.
  return (
    signature.length === SIGNATURE_SIZE &&
    ed25519.verify(signature, message, key.publicKey, { zip215: false })
  );
}

/** Splits a note at its last blank line and reads the signature lines (c2sp.org/signed-note, "Format"). */
function parseNote(note: Uint8Array | string): { text: string; signatures: NoteSignature[] } {
  const bytes = typeof note === 'string' ? encodeUtf8(note) : note;
  if (bytes.length > MAX_NOTE_SIZE) throw malformed('note', 'larger than a megabyte');
  const whole = typeof note === 'string' ? note : decodeUtf8(note);
  const split = whole.lastIndexOf('\n\n');
  if (split < 0) throw malformed('note', 'no blank line before the signatures');
  const text = whole.slice(0, split + 1);
  checkText(whole);
  const lines = whole.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw malformed('note', 'too many signatures');
  const signatures: NoteSignature[] = [];
  for (const line of new Set(lines)) signatures.push(parseSignatureLine(line));
  return { text, signatures };
}

function parseSignatureLine(line: string): NoteSignature {
  const [, name, base64] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  if (name === undefined || base64 === undefined) throw malformed('note', 'not a signature line');
  checkName(name, 'note');
  const bytes = decodeBase64(base64);
  if (bytes.length <= ID_SIZE) throw malformed('note', 'a signature is too short');
  return { name, id: encodeHex(bytes.subarray(0, ID_SIZE)), signature: bytes.slice(ID_SIZE) };
}
