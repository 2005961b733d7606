// Tiles of c2sp.org/tlog-tiles: where a log's hashes and entries are kept, and reading them so that nothing is believed
// which the root does not vouch for.

import { concatBytes, equalBytes } from './bytes.ts';
import { LogError, malformed } from './error.ts';
import * as tree from './tree.ts';

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
/** Longest entry, in bytes: bundles give its length as a uint16. */
export const MAX_ENTRY_SIZE = 0xffff;

/** Tile `index` of a level (0 to 63), or entry bundle `index`; `width` 1 to 255 when partial, 256 when full. */
export type Tile = { level: number | 'entries'; index: number; width: number };

/** A file of the log: its path below the log's prefix, and its bytes. */
export type LogFile = { path: string; bytes: Uint8Array };

/** Gets a file of the log by its path below the prefix; undefined when there is none. Other failures are thrown. */
export type FetchPath = (path: string) => Promise<Uint8Array | undefined>;

/**
 * Path of a tile below the log's prefix: `tile/<L>/<N>[.p/<W>]` (c2sp.org/tlog-tiles, "Merkle Tree", "Log entries").
 * @throws RangeError when the coordinates are out of range
 */
export function tilePath({ level, index, width }: Tile): string {
  if (level !== 'entries' && !(Number.isInteger(level) && level >= 0 && level <= 63))
    throw new RangeError('a tile level is 0 to 63');
  if (!tree.isCount(index)) throw new RangeError('a tile index must be a safe integer');
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH)
    throw new RangeError('a tile width is 1 to 256');
  const threes = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    threes.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  return `tile/${level}/${threes.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const PATH = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/;

/**
 * The tile a path names; exactly the paths that `tilePath` writes are accepted.
 * @throws LogError `malformed`
 */
export function parseTilePath(path: string): Tile {
  const [, level, threes, width] = PATH.exec(path) ?? [];
  if (level === undefined || threes === undefined) throw malformed(path, 'not the path of a tile');
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(threes.replace(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  let canonical: string | undefined;
  try {
    canonical = tilePath(tile);
  } catch {
    // Out of range: refused below, as every other path that is not written back the same.
  }
  if (canonical !== path) throw malformed(path, 'not the path of a tile');
  return tile;
}

/** Hashes that a tree of `size` leaves has at a tile level: floor(size / 256^level). */
function hashesAtLevel(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** Width of tile `index` at `level` in the tree of `size` leaves: 256 full, 1 to 255 partial, 0 when there is none. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const left = hashesAtLevel(level === 'entries' ? 0 : level, size) - index * TILE_WIDTH;
  return Math.max(0, Math.min(TILE_WIDTH, left));
}

/**
 * The bundles and tiles to be written when a tree grows from `oldSize` to `newSize` leaves: at every level whose hashes
 * increase, the tiles completed and the partial one that remains. Order: bundles, then levels upwards.
 */
export function tilesOfGrowth(oldSize: number, newSize: number): Tile[] {
  if (!tree.isCount(oldSize) || !tree.isCount(newSize) || oldSize > newSize)
    throw new RangeError('a log only grows');
  const tiles: Tile[] = [];
  for (let level = 0; hashesAtLevel(level, newSize) > hashesAtLevel(level, oldSize); level++) {
    const first = Math.floor(hashesAtLevel(level, oldSize) / TILE_WIDTH);
    const grown: Tile[] = [];
    for (let index = first; ; index++) {
      const width = tileWidth(level, index, newSize);
      if (width === 0) break;
      grown.push({ level, index, width });
    }
    if (level === 0) tiles.push(...grown.map((tile): Tile => ({ ...tile, level: 'entries' })));
    tiles.push(...grown);
  }
  return tiles;
}

/**
 * An entry bundle: each entry after its length as a big-endian uint16 (c2sp.org/tlog-tiles, "Log entries").
 * @throws RangeError on an entry above 65,535 bytes
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_SIZE) throw new RangeError('a log entry is at most 65,535 bytes');
    parts.push(Uint8Array.of(entry.length >> 8, entry.length & 255), entry);
  }
  return concatBytes(parts);
}

/**
 * The entries of a bundle that must hold exactly `width` of them and nothing more.
 * @throws LogError `malformed`; `path` names the bundle in it
 */
export function parseBundle(bytes: Uint8Array, width: number, path: string): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 2 > bytes.length) throw malformed(path, 'the bundle ends inside a length');
    const end = at + 2 + ((bytes[at]! << 8) | bytes[at + 1]!);
    if (end > bytes.length) throw malformed(path, 'the bundle ends inside an entry');
    entries.push(bytes.slice(at + 2, end));
    at = end;
  }
  if (entries.length !== width) throw malformed(path, `${entries.length} entries instead of ${width}`);
  return entries;
}

/**
 * Fetches the hashes of a tile, not yet checked against anything but their number.
 * @throws LogError `missing` or `malformed`
 */
export async function fetchHashes(fetchPath: FetchPath, tile: Tile): Promise<Uint8Array> {
  const { path, width, bytes } = await fetchFile(fetchPath, tile);
  if (bytes.length !== width * tree.HASH_SIZE)
    throw malformed(path, `${bytes.length} bytes instead of ${width * tree.HASH_SIZE}`);
  return bytes.slice(0, tile.width * tree.HASH_SIZE);
}

/**
 * Fetches the first `width` entries of a bundle, not yet checked against anything but their number.
 * @throws LogError `missing` or `malformed`
 */
export async function fetchEntries(
  fetchPath: FetchPath,
  index: number,
  width: number,
): Promise<Uint8Array[]> {
  const file = await fetchFile(fetchPath, { level: 'entries', index, width });
  return parseBundle(file.bytes, file.width, file.path).slice(0, width);
}

// A log may delete a partial file once the full one exists (c2sp.org/tlog-tiles, "Partial Tiles").
async function fetchFile(
  fetchPath: FetchPath,
  tile: Tile,
): Promise<{ path: string; width: number; bytes: Uint8Array }> {
  for (const width of new Set([tile.width, TILE_WIDTH])) {
    const path = tilePath({ ...tile, width });
    const bytes = await fetchPath(path);
    if (bytes !== undefined) return { path, width, bytes };
  }
  throw new LogError('missing', tilePath(tile), 'the log does not have this file');
}

/**
 * The hashes of a tile and of every complete subtree above them within the tile: row k holds the hashes of height k,
 * one after the other; the last row is the tile's own root when the tile is full.
 */
function rowsOfTile(bytes: Uint8Array): Uint8Array[] {
  const rows = [bytes];
  for (let row = bytes; row.length >= 2 * tree.HASH_SIZE; ) {
    const above = new Uint8Array(Math.floor(row.length / tree.HASH_SIZE / 2) * tree.HASH_SIZE);
    for (let i = 0; i < above.length / tree.HASH_SIZE; i++)
      above.set(tree.hashNode(hashAt(row, 2 * i), hashAt(row, 2 * i + 1)), i * tree.HASH_SIZE);
    rows.push(above);
    row = above;
  }
  return rows;
}

function hashAt(row: Uint8Array, index: number): Uint8Array {
  return row.subarray(index * tree.HASH_SIZE, (index + 1) * tree.HASH_SIZE);
}

/** Root of a full tile of 256 hashes: the hash that stands for it one level up. */
export function rootOfFullTile(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== TILE_WIDTH * tree.HASH_SIZE) throw new RangeError('a full tile is 8,192 bytes');
  return rowsOfTile(bytes)[TILE_HEIGHT]!.slice();
}

/**
 * Root of a tree from its partial tiles, by level (an empty array where a level has none). They hold exactly the tree's
 * peaks: bit k of a tile's width is a complete subtree of height k at its right edge.
 */
export function rootOfPartialTiles(partials: readonly Uint8Array[]): Uint8Array {
  return rootOfPartialRows(partials.map(rowsOfTile));
}

function rootOfPartialRows(levels: readonly Uint8Array[][]): Uint8Array {
  const peaks: Uint8Array[] = [];
  for (const rows of levels)
    rows.forEach((row) => {
      const count = row.length / tree.HASH_SIZE;
      if (count % 2 === 1) peaks.push(hashAt(row, count - 1));
    });
  return tree.foldPeaks(peaks.reverse());
}

// 512 full tiles with their inner rows are 8 MB: every tile of a log of 130,000 entries.
const TILES_KEPT = 512;

/**
 * Reads the log below a signed root and lets out only what that root vouches for. The partial tiles hold the peaks of
 * the tree and must fold into the root; a full tile must hash to the place it has in the tile above it. This is the
 * check of golang.org/x/mod/sumdb/tlog's TileHashReader.
 *
 * Every method throws LogError: `missing` when the log lacks a file, `malformed` when a file has the wrong length or
 * form, `inconsistent` when it contradicts the root.
 */
export class TileReader {
  readonly size: number;
  readonly root: Uint8Array;
  readonly #fetchPath: FetchPath;
  readonly #fullTiles = new Map<string, Promise<Uint8Array[]>>();
  #partialTiles: Promise<Uint8Array[][]> | undefined;

  /** Reader of the tree of `size` leaves whose root, taken from a verified checkpoint, is `root`. */
  constructor(size: number, root: Uint8Array, fetchPath: FetchPath) {
    if (!tree.isCount(size)) throw new RangeError('a tree size must be a safe integer');
    this.size = size;
    this.root = root;
    this.#fetchPath = fetchPath;
  }

  /** Hashes of complete subtrees of the tree. RangeError when one reaches beyond it. */
  async readHashes(nodes: readonly tree.TreeNode[]): Promise<Uint8Array[]> {
    return Promise.all(nodes.map((node) => this.#readNode(node)));
  }

  /** Root that the log had when it had `size` leaves. */
  async rootAt(size: number): Promise<Uint8Array> {
    if (size > this.size) throw new RangeError('the tree is smaller than that');
    return tree.readRoot(size, (nodes) => this.readHashes(nodes));
  }

  /** Inclusion proof of the leaf in this tree. */
  async proveInclusion(index: number): Promise<Uint8Array[]> {
    return tree.proveInclusion(index, this.size, (nodes) => this.readHashes(nodes));
  }

  /** Consistency proof from the tree of `oldSize` leaves to this one. */
  async proveConsistency(oldSize: number): Promise<Uint8Array[]> {
    return tree.proveConsistency(oldSize, this.size, (nodes) => this.readHashes(nodes));
  }

  /** The entries of a bundle, each checked against its leaf hash. */
  async readBundle(index: number): Promise<Uint8Array[]> {
    const width = tileWidth('entries', index, this.size);
    if (width === 0) throw new RangeError('the tree has no such bundle');
    const path = tilePath({ level: 'entries', index, width });
    const leaves = (await this.#rows(0, index))[0]!;
    const entries = await fetchEntries(this.#fetchPath, index, width);
    entries.forEach((entry, i) => {
      if (!equalBytes(tree.hashLeaf(entry), hashAt(leaves, i)))
        throw new LogError(
          'inconsistent',
          path,
          `entry ${index * TILE_WIDTH + i} is not the one in the tree`,
        );
    });
    return entries;
  }

  /** The entry at `index`, checked against its leaf hash. */
  async readEntry(index: number): Promise<Uint8Array> {
    if (!tree.isCount(index) || index >= this.size) throw new RangeError('no such entry in the tree');
    return (await this.readBundle(Math.floor(index / TILE_WIDTH)))[index % TILE_WIDTH]!;
  }

  /** Fetches and checks all partial tiles, by level (an empty array where a level has none). */
  async readPartialTiles(): Promise<Uint8Array[]> {
    return (await this.#readPartialRows()).map((rows) => rows[0]!.slice());
  }

  async #readNode({ level, index }: tree.TreeNode): Promise<Uint8Array> {
    if (!tree.isCount(level) || !tree.isCount(index) || index >= Math.floor(this.size / 2 ** level))
      throw new RangeError('the node is not a complete subtree of the tree');
    const height = level % TILE_HEIGHT;
    const perTile = 2 ** (TILE_HEIGHT - height);
    const rows = await this.#rows((level - height) / TILE_HEIGHT, Math.floor(index / perTile));
    return hashAt(rows[height]!, index % perTile).slice();
  }

  async #rows(level: number, index: number): Promise<Uint8Array[]> {
    if (tileWidth(level, index, this.size) < TILE_WIDTH) return (await this.#readPartialRows())[level]!;
    const path = tilePath({ level, index, width: TILE_WIDTH });
    const kept = this.#fullTiles.get(path);
    if (kept !== undefined) {
      // Reinserting makes the map's first key the one longest unused.
      this.#fullTiles.delete(path);
      this.#fullTiles.set(path, kept);
      return kept;
    }
    const rows = this.#readFullRows(level, index, path);
    this.#fullTiles.set(path, rows);
    if (this.#fullTiles.size > TILES_KEPT) this.#fullTiles.delete(this.#fullTiles.keys().next().value!);
    // A failure is not remembered: the file may come back.
    rows.catch(() => this.#fullTiles.delete(path));
    return rows;
  }

  async #readFullRows(level: number, index: number, path: string): Promise<Uint8Array[]> {
    const above = (await this.#rows(level + 1, Math.floor(index / TILE_WIDTH)))[0]!;
    const rows = rowsOfTile(await fetchHashes(this.#fetchPath, { level, index, width: TILE_WIDTH }));
    if (!equalBytes(rows[TILE_HEIGHT]!, hashAt(above, index % TILE_WIDTH)))
      throw new LogError('inconsistent', path, 'the tile is not the one in the tree');
    return rows;
  }

  #readPartialRows(): Promise<Uint8Array[][]> {
    this.#partialTiles ??= this.#fetchPartialRows().catch((error) => {
      this.#partialTiles = undefined;
      throw error;
    });
    return this.#partialTiles;
  }

  async #fetchPartialRows(): Promise<Uint8Array[][]> {
    const fetches: Promise<Uint8Array>[] = [];
    for (let level = 0; hashesAtLevel(level, this.size) > 0; level++) {
      const index = Math.floor(hashesAtLevel(level, this.size) / TILE_WIDTH);
      const width = tileWidth(level, index, this.size);
      fetches.push(
        width === 0
          ? Promise.resolve(new Uint8Array(0))
          : fetchHashes(this.#fetchPath, { level, index, width }),
      );
    }
    const levels = (await Promise.all(fetches)).map(rowsOfTile);
    if (!equalBytes(rootOfPartialRows(levels), this.root))
      throw new LogError('inconsistent', 'tile', 'the partial tiles do not hash to the signed root');
    return levels;
  }
}
