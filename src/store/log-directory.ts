// The log as files, as it is served: tiles that never change once signed for, and the newest signed checkpoint.
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeBundle, type LogFile, parseBundle, parseTilePath, TILE_WIDTH, tilePath } from '../log/tile.ts';
import { HASH_SIZE } from '../log/tree.ts';
import { isMissing, writeDurably } from './durable-file.ts';

/** The log's directory. */
export interface LogDirectory {
  /** The newest signed checkpoint, or null before the first. */
  checkpoint: () => Promise<string | null>;
  /** Replaces the checkpoint, atomically and for good. */
  publish: (note: string) => Promise<void>;
  /** Writes tiles and entry bundles for good. */
  writeTiles: (files: LogFile[]) => Promise<void>;
  /** Writes those of the files that are missing or of another length. Returns how many. */
  mendTiles: (files: LogFile[]) => Promise<number>;
  /**
   * Removes the partial versions of tiles that are now full (c2sp.org/tlog-tiles allows it; `tile` still serves them).
   * Without this a log written entry by entry would hold each of them a hundred times.
   */
  dropPartials: (files: LogFile[]) => Promise<void>;
  /** A tile or bundle by its path below the log's prefix, or null. Throws LogError `malformed` on any other path. */
  tile: (path: string) => Promise<Uint8Array | null>;
}

/** Opens the directory of a log; it is made when first written to. */
export function openLogDirectory(directory: string): LogDirectory {
  const checkpointPath = join(directory, 'checkpoint');
  const place = ({ path, bytes }: LogFile) => ({ path: join(directory, path), bytes });
  const read = async (path: string): Promise<Uint8Array | null> => {
    try {
      return await readFile(join(directory, path));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };
  // Served to everybody by this program or by a plain web server: readable by all, unlike all else.
  const mode = 0o644;
  return {
    checkpoint: async () => {
      try {
        return await readFile(checkpointPath, 'utf8');
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    publish: (note) => writeDurably([{ path: checkpointPath, bytes: note }], mode),
    writeTiles: (files) => writeDurably(files.map(place), mode),
    mendTiles: async (files) => {
      const wrong: LogFile[] = [];
      for (const file of files) {
        const found = await stat(join(directory, file.path)).catch(() => null);
        if (found?.size !== file.bytes.length) wrong.push(file);
      }
      await writeDurably(wrong.map(place), mode);
      return wrong.length;
    },
    dropPartials: async (files) => {
      for (const { path } of files) {
        if (parseTilePath(path).width < TILE_WIDTH) continue;
        await rm(join(directory, `${path}.p`), { recursive: true, force: true });
      }
    },
    tile: async (path) => {
      const tile = parseTilePath(path);
      const bytes = await read(path);
      if (bytes !== null || tile.width === TILE_WIDTH) return bytes;
      const whole = tilePath({ ...tile, width: TILE_WIDTH });
      const full = await read(whole);
      if (full === null) return null;
      return tile.level === 'entries'
        ? encodeBundle(parseBundle(full, TILE_WIDTH, whole).slice(0, tile.width))
        : full.slice(0, tile.width * HASH_SIZE);
    },
  };
}

/** Where a data directory keeps its log. */
export function logPath(directory: string): string {
  return join(directory, 'log');
}
