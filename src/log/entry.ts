// Constat's entry, and the leaf that the log publishes in its place: two salted commitments and nothing else, so that a
// public log tells nobody who worked when, and what is erased can no longer be guessed.

import { sha256 } from '@noble/hashes/sha2.js';
import serialize from 'canonicalize';
import {
  concatBytes,
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  encodeUtf8,
  equalBytes,
  hasLoneSurrogate,
} from './bytes.ts';
import { LogError, malformed } from './error.ts';
import { HASH_SIZE } from './tree.ts';

const FIRST_LINE = 'constat-entry@v1';
/** Bytes of a salt: as long as the hash, so that a commitment hides even a guessable value. */
export const SALT_SIZE = 32;
/** Nesting allowed in a payload: deeper JSON is an attack on the parser, not a record. */
const MAX_DEPTH = 200;

/** A value that JSON can express. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Who did what to what, when. It stays provable when the payload has been erased. */
export type EntryHead = {
  /** UTC, ISO 8601 with milliseconds, as Date.toISOString writes it. */
  at: string;
  /** Id of the person or process; an id, not a name. */
  who: string;
  /** Noun and verb, such as `statement.accept`. */
  action: string;
  /** Id of the dossier, null for what concerns the whole instance. */
  dossier: string | null;
  /** Id of what was changed. */
  subject: string;
};

/** An entry as the store keeps it. Without `payload` and `salt` it has been erased. */
export type Entry = { head: EntryHead; headSalt: Uint8Array; payload?: Json; salt?: Uint8Array | null };

/** What a leaf says: SHA-256(salt ‖ canonical JSON) of the head and of the payload. */
export type Leaf = { headCommitment: Uint8Array; payloadCommitment: Uint8Array };

/** `head`: whether the leaf commits to this head. `payload`: matches it, differs from it, or has been erased. */
export type EntryCheck = { head: boolean; payload: 'matches' | 'erased' | 'differs' };

/**
 * Canonical JSON (RFC 8785): sorted keys, no white space, shortest numbers.
 * @throws LogError `malformed` on anything JSON has no exact form for: NaN, Infinity, undefined, functions, bigints, lone
 * surrogates, holes, objects of a class, symbol keys, nesting beyond 200
 */
export function canonicalJson(value: unknown): string {
  checkJson(value, 0);
  // The library alone would turn undefined into nothing or null, call toJSON, and let lone surrogates pass.
  return serialize(value)!;
}

function checkJson(value: unknown, depth: number): asserts value is Json {
  if (depth > MAX_DEPTH) throw malformed('json', `nested deeper than ${MAX_DEPTH}`);
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    if (hasLoneSurrogate(value)) throw malformed('json', 'a lone surrogate');
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw malformed('json', 'a number that is not finite');
  } else if (Array.isArray(value)) {
    // By index, as forEach passes over holes.
    for (let i = 0; i < value.length; i++) checkJson(value[i], depth + 1);
  } else if (typeof value === 'object') {
    const prototype = Object.getPrototypeOf(value);
    if (
      (prototype !== Object.prototype && prototype !== null) ||
      Object.getOwnPropertySymbols(value).length > 0
    )
      throw malformed('json', 'an object that is not plain data');
    for (const [key, member] of Object.entries(value)) {
      if (hasLoneSurrogate(key)) throw malformed('json', 'a lone surrogate in a key');
      checkJson(member, depth + 1);
    }
  } else {
    throw malformed('json', `a value of type ${typeof value}`);
  }
}

/**
 * Commitment to a JSON value: SHA-256(salt ‖ canonical JSON). Without the salt nobody can test a guess of the value.
 * @throws LogError `malformed` when the value is not JSON; RangeError when the salt is not 32 bytes
 */
export function commit(salt: Uint8Array, value: unknown): Uint8Array {
  return commitText(salt, canonicalJson(value));
}

/**
 * Commitment to a JSON value that is written canonically already, by `canonicalJson`: then it need not be written twice.
 * @throws RangeError when the salt is not 32 bytes
 */
export function commitText(salt: Uint8Array, canonical: string): Uint8Array {
  if (salt.length !== SALT_SIZE) throw new RangeError('a salt is 32 bytes');
  return sha256(concatBytes([salt, encodeUtf8(canonical)]));
}

const HEAD_KEYS = ['action', 'at', 'dossier', 'subject', 'who'];

/**
 * Refuses a head that is not exactly the five fields, with a real UTC time.
 * @throws LogError `malformed`
 */
function checkHead(head: EntryHead): void {
  // What is read from a file may be anything.
  const keys = typeof head === 'object' && head !== null ? Object.keys(head) : [];
  if (keys.sort().join() !== HEAD_KEYS.join())
    throw malformed('head', 'it has exactly at, who, action, dossier and subject');
  for (const text of [head.at, head.who, head.action, head.subject, head.dossier ?? 'none'])
    if (typeof text !== 'string' || text === '') throw malformed('head', 'a field is empty or not text');
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(head.at) ? Date.parse(head.at) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString() !== head.at)
    throw malformed('head', 'the time is not ISO 8601 UTC with milliseconds');
}

/**
 * The leaf of an entry, the bytes that the log publishes. Both salts are 32 random bytes used nowhere else.
 * @throws LogError `malformed` on a bad head or payload; RangeError on a bad salt
 */
export function makeLeaf(
  head: EntryHead,
  headSalt: Uint8Array,
  payload: unknown,
  salt: Uint8Array,
): Uint8Array {
  checkHead(head);
  if (equalBytes(headSalt, salt)) throw new RangeError('head and payload need salts of their own');
  return encodeLeaf({ headCommitment: commit(headSalt, head), payloadCommitment: commit(salt, payload) });
}

/**
 * The bytes of a leaf, from commitments made before. Prefer `makeLeaf`, which also checks the head and the salts.
 * @throws RangeError when a commitment is not 32 bytes
 */
export function encodeLeaf({ headCommitment, payloadCommitment }: Leaf): Uint8Array {
  if (headCommitment.length !== HASH_SIZE || payloadCommitment.length !== HASH_SIZE)
    throw new RangeError('a commitment is 32 bytes');
  return encodeUtf8(`${FIRST_LINE}\n${encodeBase64(headCommitment)}\n${encodeBase64(payloadCommitment)}\n`);
}

/**
 * Reads a leaf; only what `makeLeaf` writes is accepted.
 * @throws LogError `malformed`
 */
export function parseLeaf(bytes: Uint8Array): Leaf {
  const [first, head, payload, rest, ...more] = decodeUtf8(bytes).split('\n');
  if (first !== FIRST_LINE) throw malformed('leaf', `the first line is not ${FIRST_LINE}`);
  if (head === undefined || payload === undefined || rest !== '' || more.length > 0)
    throw malformed('leaf', 'a leaf has three lines');
  const leaf = { headCommitment: decodeBase64(head), payloadCommitment: decodeBase64(payload) };
  if (leaf.headCommitment.length !== HASH_SIZE || leaf.payloadCommitment.length !== HASH_SIZE)
    throw malformed('leaf', 'a commitment is not 32 bytes');
  return leaf;
}

/**
 * Compares an entry with its leaf. A payload is `erased` when it and its salt are both gone; a payload left without its
 * salt cannot be shown to be the committed one and `differs`, as does a salt left without its payload.
 * @throws LogError `malformed` when the leaf is not Constat's
 */
export function checkEntry({ head, headSalt, payload, salt }: Entry, leaf: Uint8Array): EntryCheck {
  const { headCommitment, payloadCommitment } = parseLeaf(leaf);
  const hasSalt = salt !== undefined && salt !== null;
  // A database gives null for an erased payload; a payload that was JSON null still has its salt.
  const isErased = !hasSalt && (payload === undefined || payload === null);
  const matches = hasSalt && payload !== undefined && commitsTo(payloadCommitment, salt, payload);
  return {
    head: isHead(head) && commitsTo(headCommitment, headSalt, head),
    payload: isErased ? 'erased' : matches ? 'matches' : 'differs',
  };
}

function commitsTo(commitment: Uint8Array, salt: Uint8Array, value: unknown): boolean {
  if (salt.length !== SALT_SIZE) return false;
  return !isMalformed(() => canonicalJson(value)) && equalBytes(commit(salt, value), commitment);
}

function isHead(head: EntryHead): boolean {
  return !isMalformed(() => checkHead(head));
}

function isMalformed(read: () => void): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (error instanceof LogError) return true;
    throw error;
  }
}
