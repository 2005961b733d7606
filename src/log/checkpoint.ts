// Checkpoints, c2sp.org/tlog-checkpoint: the signed statement "at this size the log had this root".

import { decodeBase64, encodeBase64, equalBytes, parseDecimal } from './bytes.ts';
import { LogError, malformed } from './error.ts';
import {
  type NoteRefusal,
  type NoteSignature,
  openNote,
  type SignerKey,
  signNote,
  type VerifierKey,
} from './note.ts';
import { emptyRoot, HASH_SIZE, isCount } from './tree.ts';

/** What a checkpoint says. Extension lines are read but never written by Constat: monitors cannot audit them. */
export type Checkpoint = {
  /** Identity of the log, usually its address without the scheme. */
  origin: string;
  /** Number of entries. */
  size: number;
  /** Root hash, 32 bytes. */
  root: Uint8Array;
  extensions: string[];
};

export type OpenedCheckpoint = {
  ok: true;
  checkpoint: Checkpoint;
  /** Signatures by keys not asked for, such as witnesses' cosignatures. */
  unverified: NoteSignature[];
};

export type CheckpointRefusal =
  | NoteRefusal
  | { ok: false /** It is another log's. */; code: 'wrong-origin'; detail: string };

/**
 * The text that is signed: origin, size, root, extension lines, each ended by a newline.
 * @throws LogError `malformed` when a value has no place in a checkpoint
 */
export function encodeCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  if (!isCount(size)) throw malformed('checkpoint', 'the size must be a safe integer');
  const text = [origin, String(size), encodeBase64(root), ...extensions].map((line) => `${line}\n`).join('');
  // Reading it back refuses empty lines, line breaks inside a value and a root of the wrong length.
  parseCheckpoint(text);
  return text;
}

/**
 * Reads a checkpoint's text, strictly; `encodeCheckpoint` gives the same text back.
 * @throws LogError `malformed`
 */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) throw malformed('checkpoint', 'the last line does not end in a newline');
  const lines = text.slice(0, -1).split('\n');
  const [origin, sizeLine, rootLine, ...extensions] = lines;
  if (origin === undefined || sizeLine === undefined || rootLine === undefined)
    throw malformed('checkpoint', 'fewer than three lines');
  if (lines.includes('')) throw malformed('checkpoint', 'an empty line');
  const size = parseDecimal(sizeLine, 'checkpoint');
  const root = decodeBase64(rootLine);
  if (root.length !== HASH_SIZE) throw malformed('checkpoint', 'the root is not 32 bytes');
  if (size === 0 && !equalBytes(root, emptyRoot()))
    throw malformed('checkpoint', 'the root of an empty log is always the hash of nothing');
  return { origin, size, root, extensions };
}

/** Signs "the log `origin` has `size` entries and this root". Returns the note to publish at `/checkpoint`. */
export function signCheckpoint(origin: string, size: number, root: Uint8Array, signer: SignerKey): string {
  return signNote(encodeCheckpoint({ origin, size, root, extensions: [] }), [signer]);
}

/** Opens a checkpoint: valid note, signed by `key`, and about the log `origin` (by custom the key's name). */
export function openCheckpoint(
  note: Uint8Array | string,
  key: VerifierKey,
  origin: string = key.name,
): OpenedCheckpoint | CheckpointRefusal {
  const opened = openNote(note, [key]);
  if (!opened.ok) return opened;
  try {
    const checkpoint = parseCheckpoint(opened.text);
    if (checkpoint.origin !== origin)
      return { ok: false, code: 'wrong-origin', detail: `the checkpoint is of ${checkpoint.origin}` };
    return { ok: true, checkpoint, unverified: opened.unverified };
  } catch (error) {
    if (error instanceof LogError) return { ok: false, code: 'malformed', detail: error.message };
    throw error;
  }
}
