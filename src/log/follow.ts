// Following somebody's log: every new checkpoint must continue the last one seen; and auditing one whole.

import { equalBytes } from './bytes.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { LogError } from './error.ts';
import type { VerifierKey } from './note.ts';
import { emptyLog, extend, logRoot } from './sequence.ts';
import {
  type FetchPath,
  fetchEntries,
  fetchHashes,
  parseTilePath,
  TILE_WIDTH,
  type Tile,
  TileReader,
  tilePath,
  tileWidth,
} from './tile.ts';
import { HASH_SIZE, verifyConsistency } from './tree.ts';

/** Where a log's newest checkpoint is, below its prefix. */
export const CHECKPOINT_PATH = 'checkpoint';

export type LogFinding = {
  code: /** The log serves no checkpoint. */
    | 'checkpoint-missing'
    /** It is not a checkpoint. */
    | 'checkpoint-malformed'
    | 'bad-signature'
    | 'unknown-signer'
    | 'wrong-origin'
    /** The checkpoint last seen cannot be opened with this key: the follower's own memory is at fault. */
    | 'last-seen-unusable'
    /** The log serves an older state than one it has signed. */
    | 'rollback'
    /** The log signed two states of which neither continues the other: proof of misbehaviour. */
    | 'fork'
    | 'file-missing'
    | 'file-malformed'
    /** A file is not the one that belongs in the signed tree. */
    | 'file-differs'
    /** The entries served do not make the signed root. */
    | 'root-differs';
  /** For the technical reader. */
  detail: string;
  /** The file concerned. */
  path?: string;
  /** The two signed checkpoints that contradict each other, as evidence. */
  evidence?: { seen: string; served: string };
};

export type FollowResult =
  | {
      ok: true;
      /** `first`: nothing was seen before. */
      change: 'first' | 'grown' | 'unchanged';
      checkpoint: Checkpoint;
      /** The signed checkpoint, to be kept and given as `lastSeen` the next time. */
      note: string;
    }
  | { ok: false; finding: LogFinding };

type OpenedLog = { ok: true; checkpoint: Checkpoint; note: string } | { ok: false; finding: LogFinding };

/**
 * Fetches the newest checkpoint and checks that it is signed by `key` and continues `lastSeen`, the note kept from the
 * last time. What fails is a finding; errors of `fetchPath` itself pass through.
 */
export async function followLog(
  fetchPath: FetchPath,
  key: VerifierKey,
  lastSeen?: string,
  origin: string = key.name,
): Promise<FollowResult> {
  const served = await fetchCheckpoint(fetchPath, key, origin);
  if (!served.ok) return served;
  const { checkpoint, note } = served;
  if (lastSeen === undefined) return { ok: true, change: 'first', checkpoint, note };

  const seen = openCheckpoint(lastSeen, key, origin);
  if (!seen.ok) return refuse({ code: 'last-seen-unusable', detail: seen.detail });
  const old = seen.checkpoint;
  const evidence = { seen: lastSeen, served: note };
  const sizes = `${old.size} entries then, ${checkpoint.size} now`;
  if (checkpoint.size < old.size) return refuse({ code: 'rollback', detail: sizes, evidence });
  if (checkpoint.size === old.size)
    return equalBytes(checkpoint.root, old.root)
      ? { ok: true, change: 'unchanged', checkpoint, note }
      : refuse({ code: 'fork', detail: `two roots for ${old.size} entries`, evidence });
  // Every log continues the empty one, whose root the checkpoint's form already fixes.
  if (old.size === 0) return { ok: true, change: 'grown', checkpoint, note };

  try {
    const reader = new TileReader(checkpoint.size, checkpoint.root, fetchPath);
    const proof = await reader.proveConsistency(old.size);
    // The hashes of the proof belong to the new root, so if it fails the old root is not in the new tree.
    if (!verifyConsistency(old.size, checkpoint.size, old.root, checkpoint.root, proof))
      return refuse({
        code: 'fork',
        detail: `the new tree does not begin with the old one: ${sizes}`,
        evidence,
      });
  } catch (error) {
    return refuse(fileFinding(error));
  }
  return { ok: true, change: 'grown', checkpoint, note };
}

const CHECKPOINT_CODES = {
  malformed: 'checkpoint-malformed',
  'bad-signature': 'bad-signature',
  'unknown-signer': 'unknown-signer',
  'wrong-origin': 'wrong-origin',
} as const;

async function fetchCheckpoint(fetchPath: FetchPath, key: VerifierKey, origin: string): Promise<OpenedLog> {
  const path = CHECKPOINT_PATH;
  const bytes = await fetchPath(path);
  if (bytes === undefined)
    return refuse({ code: 'checkpoint-missing', detail: 'the log serves no checkpoint', path });
  const opened = openCheckpoint(bytes, key, origin);
  if (!opened.ok) return refuse({ code: CHECKPOINT_CODES[opened.code], detail: opened.detail, path });
  // openCheckpoint has refused what is not UTF-8.
  return { ok: true, checkpoint: opened.checkpoint, note: new TextDecoder().decode(bytes) };
}

function refuse(finding: LogFinding): { ok: false; finding: LogFinding } {
  return { ok: false, finding };
}

const FILE_CODES = {
  missing: 'file-missing',
  malformed: 'file-malformed',
  inconsistent: 'file-differs',
} as const;

/** The finding of a LogError; any other error is thrown on. */
function fileFinding(error: unknown): LogFinding {
  if (!(error instanceof LogError)) throw error;
  return { code: FILE_CODES[error.code], detail: error.message, path: error.subject };
}

export type LogAudit = {
  ok: boolean;
  /** Absent when not even the checkpoint could be opened. */
  checkpoint?: Checkpoint;
  /** Entries read; fewer than the checkpoint's size when a bundle could not be read. */
  entries: number;
  findings: LogFinding[];
};

/** Called with each run of entries in order, `first` being the index of the first of them. */
export type EntryVisitor = (first: number, entries: readonly Uint8Array[]) => void | Promise<void>;

// Bundles fetched at once, and the step in which the tree is rebuilt.
const BUNDLES_A_STEP = 16;

/**
 * Reads a whole log: rebuilds every tile and the root from the entries and compares them with what the log serves and
 * has signed. Continues past a wrong tile, so that all of them are found; stops at a bundle that cannot be read, as
 * nothing after it can be recomputed. Entries reach `visit` before the root is known to match: believe them only when
 * the audit is `ok`.
 */
export async function auditLog(
  fetchPath: FetchPath,
  key: VerifierKey,
  origin: string = key.name,
  visit?: EntryVisitor,
): Promise<LogAudit> {
  const served = await fetchCheckpoint(fetchPath, key, origin);
  if (!served.ok) return { ok: false, entries: 0, findings: [served.finding] };
  const { checkpoint } = served;
  const findings: LogFinding[] = [];
  let state = emptyLog;
  while (state.size < checkpoint.size) {
    const first = state.size;
    let entries: Uint8Array[];
    try {
      entries = await readBundles(fetchPath, first / TILE_WIDTH, checkpoint.size);
    } catch (error) {
      findings.push(fileFinding(error));
      return { ok: false, checkpoint, entries: first, findings };
    }
    await visit?.(first, entries);
    const grown = extend(state, entries);
    // Partial tiles on the way were never published; those at the signed size are compared at the end.
    for (const { path, bytes } of grown.tiles) {
      const tile = parseTilePath(path);
      if (tile.level !== 'entries' && tile.width === TILE_WIDTH)
        findings.push(...(await compareTile(fetchPath, tile, bytes)));
    }
    state = grown.state;
  }
  for (const [level, bytes] of state.partials.entries()) {
    const index = Math.floor(state.size / TILE_WIDTH ** (level + 1));
    const tile = { level, index, width: bytes.length / HASH_SIZE };
    if (tile.width > 0) findings.push(...(await compareTile(fetchPath, tile, bytes)));
  }
  if (!equalBytes(logRoot(state), checkpoint.root))
    findings.push({ code: 'root-differs', detail: `the ${state.size} entries do not make the signed root` });
  return { ok: findings.length === 0, checkpoint, entries: state.size, findings };
}

async function readBundles(fetchPath: FetchPath, firstIndex: number, size: number): Promise<Uint8Array[]> {
  const reads: Promise<Uint8Array[]>[] = [];
  for (let index = firstIndex; index < firstIndex + BUNDLES_A_STEP; index++) {
    const width = tileWidth('entries', index, size);
    if (width > 0) reads.push(fetchEntries(fetchPath, index, width));
  }
  return (await Promise.all(reads)).flat();
}

async function compareTile(fetchPath: FetchPath, tile: Tile, bytes: Uint8Array): Promise<LogFinding[]> {
  try {
    if (equalBytes(await fetchHashes(fetchPath, tile), bytes)) return [];
  } catch (error) {
    return [fileFinding(error)];
  }
  const detail = 'the tile is not the one that the entries make';
  return [{ code: 'file-differs', detail, path: tilePath(tile) }];
}
