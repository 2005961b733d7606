// The sequencer's arithmetic: what to write when entries are appended. Pure, so that the same leaves always give the
// same files; the store writes them, and only then signs the new root.

import { concatBytes } from './bytes.ts';
import {
  encodeBundle,
  type FetchPath,
  type LogFile,
  MAX_ENTRY_SIZE,
  rootOfFullTile,
  rootOfPartialTiles,
  TILE_WIDTH,
  TileReader,
  tilePath,
} from './tile.ts';
import { HASH_SIZE, hashLeaf, isCount } from './tree.ts';

/** All that is needed to append: the size and the contents of the partial files at the right edge. */
export type LogState = {
  readonly size: number;
  /** Entries of the partial bundle, at most 255. */
  readonly bundle: readonly Uint8Array[];
  /** Partial hash tile of each level, empty where a level has none. Together they are the tree's compact range. */
  readonly partials: readonly Uint8Array[];
};

/** The state of a log without entries. */
export const emptyLog: LogState = { size: 0, bundle: [], partials: [] };

/** Root hash of the log in this state (RFC 6962 §2.1). */
export function logRoot(state: LogState): Uint8Array {
  return rootOfPartialTiles(state.partials);
}

/**
 * Appends leaves. Returns the next state, its size and root, and every file to be written before that root is signed:
 * bundles and tiles of all levels that were completed or are left partial, bundles first, then levels upwards. The
 * given state is not changed; no leaves, no files.
 * @throws RangeError on a leaf above 65,535 bytes, or on a log beyond 2^53 − 1 entries
 */
export function extend(
  state: LogState,
  newLeaves: readonly Uint8Array[],
): { state: LogState; tiles: LogFile[]; root: Uint8Array; size: number } {
  const size = state.size + newLeaves.length;
  if (!isCount(size)) throw new RangeError('a tree size must be a safe integer');
  if (newLeaves.some((leaf) => leaf.length > MAX_ENTRY_SIZE))
    throw new RangeError('a log entry is at most 65,535 bytes');

  const { files: bundles, rest: bundle } = cutBundles(state, newLeaves);
  const tiles = [...bundles];
  const partials = [...state.partials];
  let incoming = newLeaves.map(hashLeaf);
  for (let level = 0; incoming.length > 0; level++) {
    const row = concatBytes([partials[level] ?? new Uint8Array(0), ...incoming]);
    const first = Math.floor(state.size / TILE_WIDTH ** (level + 1));
    const { files, rest, roots } = cutTiles(level, first, row);
    tiles.push(...files);
    partials[level] = rest;
    incoming = roots;
  }
  const next = { size, bundle, partials };
  return { state: next, tiles, root: logRoot(next), size };
}

function cutBundles(
  state: LogState,
  newLeaves: readonly Uint8Array[],
): { files: LogFile[]; rest: Uint8Array[] } {
  const entries = [...state.bundle, ...newLeaves];
  const files: LogFile[] = [];
  let index = Math.floor(state.size / TILE_WIDTH);
  let at = 0;
  for (; at + TILE_WIDTH <= entries.length; at += TILE_WIDTH, index++)
    files.push(bundleFile(index, entries.slice(at, at + TILE_WIDTH)));
  const rest = entries.slice(at);
  if (newLeaves.length > 0 && rest.length > 0) files.push(bundleFile(index, rest));
  return { files, rest };
}

function bundleFile(index: number, entries: readonly Uint8Array[]): LogFile {
  return { path: tilePath({ level: 'entries', index, width: entries.length }), bytes: encodeBundle(entries) };
}

/** Cuts a row of hashes into tiles from index `first`: full ones with their roots, and the partial rest. */
function cutTiles(
  level: number,
  first: number,
  row: Uint8Array,
): { files: LogFile[]; rest: Uint8Array; roots: Uint8Array[] } {
  const files: LogFile[] = [];
  const roots: Uint8Array[] = [];
  const fullSize = TILE_WIDTH * HASH_SIZE;
  let index = first;
  let at = 0;
  for (; at + fullSize <= row.length; at += fullSize, index++) {
    const bytes = row.slice(at, at + fullSize);
    files.push({ path: tilePath({ level, index, width: TILE_WIDTH }), bytes });
    roots.push(rootOfFullTile(bytes));
  }
  const rest = row.slice(at);
  if (rest.length > 0)
    files.push({ path: tilePath({ level, index, width: rest.length / HASH_SIZE }), bytes: rest.slice() });
  return { files, rest, roots };
}

/**
 * The state of a log that was written before, from its files, checked against the root it was signed with; so a
 * sequencer started again cannot continue from damaged or older files.
 * @throws LogError `missing`, `malformed` or `inconsistent`
 */
export async function resumeLog(size: number, root: Uint8Array, fetchPath: FetchPath): Promise<LogState> {
  const reader = new TileReader(size, root, fetchPath);
  const partials = await reader.readPartialTiles();
  const bundle = size % TILE_WIDTH === 0 ? [] : await reader.readBundle(Math.floor(size / TILE_WIDTH));
  return { size, bundle, partials };
}
