// An entry as a file: one member a line, so that the exact bytes a commitment covers can be cut out with `sed`.
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8, parseDecimal } from '../../log/bytes.ts';
import { canonicalJson, encodeLeaf, SALT_SIZE } from '../../log/entry.ts';
import { malformed } from '../../log/error.ts';
import { type Hashing, hashOf, pureHashing } from './hashing.ts';

/**
 * An entry with all that is needed to compute its leaf. `payload` is canonical JSON, exactly as committed to. Who made the
 * entry and when is in its head, which stays with the publisher: here is only the commitment to it.
 */
export interface SealedEntry {
  index: number;
  headCommitment: Uint8Array;
  payload: string;
  salt: Uint8Array;
}

const FORMAT = 'constat-entry@v1';

/** Writes an entry file. The payload comes last and without a comma. */
export function encodeEntryFile({ index, headCommitment, payload, salt }: SealedEntry): string {
  const members = [
    ['format', JSON.stringify(FORMAT)],
    ['index', String(index)],
    ['headCommitment', JSON.stringify(encodeBase64(headCommitment))],
    ['salt', JSON.stringify(encodeBase64(salt))],
    ['payload', payload],
  ];
  return `{\n${members.map(([name, value]) => `"${name}":${value}`).join(',\n')}\n}\n`;
}

/** What stands before each value, line by line; the values are between these and a comma, the last without. */
const MEMBERS = [
  '{',
  '"format":"constat-entry@v1",',
  '"index":',
  '"headCommitment":',
  '"salt":',
  '"payload":',
  '}',
];
const BEFORE = MEMBERS.map((text) => ({ bytes: encodeUtf8(text), hasValue: text.endsWith(':') }));
const COMMA = 0x2c;
const NEWLINE = 0x0a;

/** An entry file read: the entry, its payload as a value, and the leaf that follows from both. */
export interface ParsedEntry {
  entry: SealedEntry;
  value: Record<string, unknown>;
  leaf: Uint8Array;
}

/**
 * Reads an entry file; only what `encodeEntryFile` writes is accepted.
 * @throws LogError `malformed`
 */
export function parseEntryFile(bytes: Uint8Array, hashing: Hashing = pureHashing): ParsedEntry {
  const lines = linesOf(bytes);
  const [, , indexBytes, headBytes, saltBytes, payloadBytes] = lines;
  const index = parseDecimal(decodeUtf8(indexBytes!), 'entry');
  const headCommitment = parseHash(headBytes!);
  const salt = parseHash(saltBytes!);
  const payload = decodeUtf8(payloadBytes!);
  const value = parseCanonical(payload);
  // From the bytes as they stand: they are canonical, or would not have come this far.
  const leaf = encodeLeaf({ headCommitment, payloadCommitment: hashOf(hashing, salt, payloadBytes!) });
  return { entry: { index, headCommitment, payload, salt }, value, leaf };
}

/** The values of the file's lines. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (const [at, { bytes: before, hasValue }] of BEFORE.entries()) {
    const end = bytes.indexOf(NEWLINE, from);
    // The payload is the last member and has no comma.
    const hasComma = hasValue && at < BEFORE.length - 2;
    const until = hasComma ? end - 1 : end;
    const start = from + before.length;
    const isLine =
      (hasValue ? start <= until : start === until) &&
      (!hasComma || bytes[until] === COMMA) &&
      before.every((byte, k) => bytes[from + k] === byte);
    if (end < 0 || !isLine) throw malformed('entry', 'not laid out as an entry file');
    lines.push(bytes.subarray(start, until));
    from = end + 1;
  }
  if (from !== bytes.length) throw malformed('entry', 'not laid out as an entry file');
  return lines;
}

/** Thirty-two bytes in base64: a salt is as long as a hash. */
function parseHash(bytes: Uint8Array): Uint8Array {
  const [, base64] = /^"(.*)"$/.exec(decodeUtf8(bytes)) ?? [];
  const hash = base64 === undefined ? new Uint8Array(0) : decodeBase64(base64);
  if (hash.length !== SALT_SIZE) throw malformed('entry', 'a salt or a commitment is 32 bytes');
  return hash;
}

/** An object from its canonical JSON. */
function parseCanonical(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('entry', 'the payload is not JSON');
  }
  if (canonicalJson(value) !== text || typeof value !== 'object' || value === null)
    throw malformed('entry', 'the payload is not an object in canonical JSON');
  return value as Record<string, unknown>;
}

/** The leaf that the log holds in the entry's place: both commitments. */
export function leafOf({ headCommitment, payload, salt }: SealedEntry): Uint8Array {
  return encodeLeaf({ headCommitment, payloadCommitment: hashOf(pureHashing, salt, encodeUtf8(payload)) });
}
