// An entry as a file: one member a line, so that the exact bytes a commitment covers can be cut out with `sed`.
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, decodeBase64, encodeBase64, encodeUtf8 } from '../../log/bytes.ts';
import { canonicalJson, type EntryHead, encodeLeaf, SALT_SIZE } from '../../log/entry.ts';
import { malformed } from '../../log/error.ts';

/** An entry with all that is needed to compute its leaf. `payload` is canonical JSON, exactly as committed to. */
export interface SealedEntry {
  index: number;
  head: EntryHead;
  headSalt: Uint8Array;
  payload: string;
  salt: Uint8Array;
}

const FORMAT = 'constat-entry@v1';

/** Writes an entry file. The payload comes last and without a comma. */
export function encodeEntryFile({ index, head, headSalt, payload, salt }: SealedEntry): string {
  const members = [
    ['format', JSON.stringify(FORMAT)],
    ['index', String(index)],
    ['headSalt', JSON.stringify(encodeBase64(headSalt))],
    ['head', canonicalJson(head)],
    ['salt', JSON.stringify(encodeBase64(salt))],
    ['payload', payload],
  ];
  return `{\n${members.map(([name, value]) => `"${name}":${value}`).join(',\n')}\n}\n`;
}

const LINES =
  /^\{\n"format":"constat-entry@v1",\n"index":(0|[1-9][0-9]{0,15}),\n"headSalt":"([^"\n]+)",\n"head":(\{[^\n]*\}),\n"salt":"([^"\n]+)",\n"payload":(\{[^\n]*\})\n\}\n$/;

/**
 * Reads an entry file; only what `encodeEntryFile` writes is accepted. Returns the payload also as a value.
 * @throws LogError `malformed`
 */
export function parseEntryFile(text: string): { entry: SealedEntry; value: Record<string, unknown> } {
  const [, index, headSalt, headText, salt, payload] = LINES.exec(text) ?? [];
  if (index === undefined || payload === undefined) throw malformed('entry', 'not laid out as an entry file');
  const head = parseCanonical(headText!, 'head');
  const value = parseCanonical(payload, 'payload');
  const { at, who, action, dossier, subject, ...rest } = head;
  const texts = [at, who, action, subject, dossier ?? 'none'];
  if (Object.keys(rest).length > 0 || texts.some((field) => typeof field !== 'string'))
    throw malformed('entry', 'the head has exactly at, who, action, dossier and subject');
  const entry = {
    index: Number(index),
    head: head as EntryHead,
    headSalt: decodeBase64(headSalt!),
    payload,
    salt: decodeBase64(salt!),
  };
  if (!Number.isSafeInteger(entry.index)) throw malformed('entry', 'the index is too large');
  if (entry.headSalt.length !== SALT_SIZE || entry.salt.length !== SALT_SIZE)
    throw malformed('entry', 'a salt is 32 bytes');
  return { entry, value };
}

/** An object from its canonical JSON. */
function parseCanonical(text: string, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('entry', `the ${what} is not JSON`);
  }
  if (canonicalJson(value) !== text) throw malformed('entry', `the ${what} is not canonical JSON`);
  return value as Record<string, unknown>;
}

/** The leaf that the log holds in the entry's place: SHA-256(salt ‖ canonical JSON) of head and payload. */
export function leafOf({ head, headSalt, payload, salt }: SealedEntry): Uint8Array {
  return encodeLeaf({
    headCommitment: sha256(concatBytes([headSalt, encodeUtf8(canonicalJson(head))])),
    payloadCommitment: sha256(concatBytes([salt, encodeUtf8(payload)])),
  });
}
