// Proof files, c2sp.org/tlog-proof: all that shows offline that an entry is in a log.

import { decodeBase64, decodeUtf8, encodeBase64, parseDecimal } from './bytes.ts';
import {
  type Checkpoint,
  type CheckpointRefusal,
  type OpenedCheckpoint,
  openCheckpoint,
} from './checkpoint.ts';
import { LogError, malformed } from './error.ts';
import type { VerifierKey } from './note.ts';
import type { TileReader } from './tile.ts';
import { HASH_SIZE, hashLeaf, isCount, verifyInclusion } from './tree.ts';

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
/** A tree has at most 2^63 leaves, so a path is never longer. */
const MAX_HASHES = 63;
/** Checkpoints remembered by a verifier: the proofs of a bundle share one. */
const CHECKPOINTS_KEPT = 16;

export type LogProof = {
  index: number;
  /** Inclusion proof, leaf's sibling first. */
  hashes: Uint8Array[];
  /** The signed checkpoint, verbatim. */
  checkpoint: string;
  /** Opaque data, which nothing authenticates; absent rather than empty. */
  extra?: Uint8Array;
};

export type ProofVerdict =
  | { ok: true; index: number; checkpoint: Checkpoint }
  | CheckpointRefusal
  | {
      ok: false /** The hashes do not lead from the entry to the signed root. */;
      code: 'not-included';
      detail: string;
    };

/**
 * Writes a proof file.
 * @throws LogError `malformed` on an unsafe index or a hash that is not 32 bytes
 */
export function encodeProof({ index, hashes, checkpoint, extra }: LogProof): string {
  if (!isCount(index)) throw malformed('proof', 'the index must be a safe integer');
  if (hashes.some((hash) => hash.length !== HASH_SIZE)) throw malformed('proof', 'a hash is not 32 bytes');
  const extraLine = extra === undefined || extra.length === 0 ? [] : [`extra ${encodeBase64(extra)}`];
  const head = [FIRST_LINE, ...extraLine, `index ${index}`, ...hashes.map(encodeBase64)];
  return `${head.join('\n')}\n\n${checkpoint}`;
}

/**
 * Reads a proof file, strictly; the checkpoint in it is not yet opened. `encodeProof` gives the same text back.
 * @throws LogError `malformed`
 */
export function parseProof(file: Uint8Array | string): LogProof {
  const text = typeof file === 'string' ? file : decodeUtf8(file);
  const split = text.indexOf('\n\n');
  if (split < 0) throw malformed('proof', 'no blank line before the checkpoint');
  const lines = text.slice(0, split).split('\n');
  const checkpoint = text.slice(split + 2);
  if (lines.shift() !== FIRST_LINE) throw malformed('proof', `the first line is not ${FIRST_LINE}`);
  let extra: Uint8Array | undefined;
  if (lines[0]?.startsWith('extra ')) {
    extra = decodeBase64(lines.shift()!.slice('extra '.length));
    if (extra.length === 0) throw malformed('proof', 'an empty extra line');
  }
  const indexLine = lines.shift();
  if (!indexLine?.startsWith('index ')) throw malformed('proof', 'no index line');
  const index = parseDecimal(indexLine.slice('index '.length), 'proof');
  if (lines.length > MAX_HASHES) throw malformed('proof', 'too many hashes');
  const hashes = lines.map((line) => {
    const hash = decodeBase64(line);
    if (hash.length !== HASH_SIZE) throw malformed('proof', 'a hash is not 32 bytes');
    return hash;
  });
  return { index, hashes, checkpoint, ...(extra && { extra }) };
}

/** Verifies that `file` proves `leaf` to be an entry of the log `origin` that signs with `key`. */
export function verifyProof(
  file: Uint8Array | string,
  leaf: Uint8Array,
  key: VerifierKey,
  origin: string = key.name,
): ProofVerdict {
  return proofVerifier(key, origin)(file, leaf);
}

/**
 * A `verifyProof` for many proofs of one log: a checkpoint already opened, byte for byte the same, is not opened again,
 * since its signature costs more than all the hashes of a proof.
 */
export function proofVerifier(
  key: VerifierKey,
  origin: string = key.name,
): (file: Uint8Array | string, leaf: Uint8Array) => ProofVerdict {
  const openedBefore = new Map<string, OpenedCheckpoint | CheckpointRefusal>();
  const open = (note: string): OpenedCheckpoint | CheckpointRefusal => {
    const before = openedBefore.get(note);
    if (before !== undefined) return before;
    const opened = openCheckpoint(note, key, origin);
    if (openedBefore.size >= CHECKPOINTS_KEPT) openedBefore.clear();
    openedBefore.set(note, opened);
    return opened;
  };
  return (file, leaf) => {
    try {
      const proof = parseProof(file);
      const opened = open(proof.checkpoint);
      if (!opened.ok) return opened;
      const { size, root } = opened.checkpoint;
      if (!verifyInclusion(proof.index, size, hashLeaf(leaf), proof.hashes, root))
        return {
          ok: false,
          code: 'not-included',
          detail: `the entry is not number ${proof.index} of the log`,
        };
      return { ok: true, index: proof.index, checkpoint: opened.checkpoint };
    } catch (error) {
      if (error instanceof LogError) return { ok: false, code: 'malformed', detail: error.message };
      throw error;
    }
  };
}

/**
 * Makes the proof file of an entry. `checkpoint` is the signed note whose size and root `reader` reads.
 * @throws LogError as TileReader does; RangeError when the tree has no such entry
 */
export async function makeProof(reader: TileReader, index: number, checkpoint: string): Promise<string> {
  return encodeProof({ index, hashes: await reader.proveInclusion(index), checkpoint });
}
