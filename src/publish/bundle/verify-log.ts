// What a verification knows of the log that signed: its key, and the checkpoints whose signature it has checked.
import { type CheckpointRefusal, type OpenedCheckpoint, openCheckpoint } from '../../log/checkpoint.ts';
import { LogError } from '../../log/error.ts';
import { parseVerifierKey, type VerifierKey } from '../../log/note.ts';
import { type ProofVerdict, parseProof } from '../../log/proof.ts';
import { hashLeaf, verifyInclusion } from '../../log/tree.ts';

/** The log a bundle names. */
export interface NamedLog {
  key: VerifierKey;
  /** Opens a checkpoint; the same text is not opened twice. */
  open: (note: string) => OpenedCheckpoint | CheckpointRefusal;
  /** Whether a proof file shows a leaf to be in this log. */
  prove: (file: string, leaf: Uint8Array) => ProofVerdict;
}

/** Logs met before, for who checks many bundles of one log: a signature costs more than all else in a small bundle. */
export type KnownLogs = Map<string, NamedLog>;

/** Checkpoints remembered of a log. A bundle has two, or a few more when the log grew while it was made. */
const MOST_CHECKPOINTS = 64;

/**
 * The log with this key and origin.
 * @throws LogError `malformed` when the key is none
 */
export function namedLog(vkey: string, origin: string, known: KnownLogs = new Map()): NamedLog {
  const name = `${vkey}\n${origin}`;
  const before = known.get(name);
  if (before) return before;
  const key = parseVerifierKey(vkey);
  const opened = new Map<string, OpenedCheckpoint | CheckpointRefusal>();
  const open: NamedLog['open'] = (note) => {
    const same = opened.get(note);
    if (same) return same;
    const fresh = openCheckpoint(note, key, origin);
    if (!fresh.ok) return fresh;
    if (opened.size >= MOST_CHECKPOINTS) opened.clear();
    opened.set(note, fresh);
    return fresh;
  };
  const log: NamedLog = {
    key,
    open,
    prove: (file, leaf) => {
      try {
        const proof = parseProof(file);
        const checkpoint = open(proof.checkpoint);
        if (!checkpoint.ok) return checkpoint;
        const { size, root } = checkpoint.checkpoint;
        if (!verifyInclusion(proof.index, size, hashLeaf(leaf), proof.hashes, root))
          return { ok: false, code: 'not-included', detail: `it is not number ${proof.index} of the log` };
        return { ok: true, index: proof.index, checkpoint: checkpoint.checkpoint };
      } catch (error) {
        if (error instanceof LogError) return { ok: false, code: 'malformed', detail: error.message };
        throw error;
      }
    },
  };
  known.set(name, log);
  return log;
}
