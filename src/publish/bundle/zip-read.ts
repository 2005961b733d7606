// Reads a strict zip: finds its files, and holds every byte that is not content to what Constat would have written.
import { equalBytes } from '../../log/bytes.ts';
import type { ByteSource } from './byte-source.ts';
import {
  centralHeader,
  END_64_SIZE,
  END_SIZE,
  endRecords,
  isSafePath,
  LOCATOR_SIZE,
  localHeader,
  localHeaderSize,
  pointsToEnd64,
  readCentral,
  readEnd,
  readEnd64,
  type ZipEntry,
} from './zip-format.ts';

/** A directory larger than this is an attack on memory, not a bundle. */
const MAX_DIRECTORY = 1 << 30;

/** A zip's files in order, or why it is not one (`cut`: it is broken off or none at all; else: it was changed). */
export type OpenedZip =
  | { ok: true; entries: ZipEntry[] }
  | { ok: false; cut: boolean; why: 'empty' | 'not-a-zip' | 'cut-short' | 'too-large' | 'directory' };

/** Where a file's content begins. */
export function contentOffset(entry: ZipEntry): number {
  return entry.offset + localHeaderSize(entry);
}

/**
 * Reads the directory at the end of a zip, strictly: written again from what it says, it must be the same bytes, and the
 * files must lie one after another from the first byte on. Local headers are left to `hasLocalHeader`.
 */
export async function openZip(source: ByteSource): Promise<OpenedZip> {
  if (source.size === 0) return { ok: false, cut: true, why: 'empty' };
  const start = await source.read(0, Math.min(4, source.size));
  if (start[0] !== 0x50 || start[1] !== 0x4b) return { ok: false, cut: true, why: 'not-a-zip' };
  const end = await findDirectory(source);
  if (end === null) return { ok: false, cut: true, why: 'cut-short' };
  if (end.size > MAX_DIRECTORY) return { ok: false, cut: true, why: 'too-large' };

  const directory = await source.read(end.offset, end.size);
  const tail = await source.read(end.offset + end.size, source.size - end.offset - end.size);
  const entries: ZipEntry[] = [];
  const seen = new Set<string>();
  let offset = 0;
  let at = 0;
  while (at < directory.length) {
    const line = readCentral(directory, at);
    if (line === null) break;
    const { entry, next } = line;
    const folded = entry.path.toLowerCase();
    if (!isSafePath(entry.path) || seen.has(folded) || entry.offset !== offset) break;
    if (!equalBytes(centralHeader(entry), directory.subarray(at, next))) break;
    seen.add(folded);
    entries.push(entry);
    offset = contentOffset(entry) + entry.size;
    at = next;
  }
  const isWhole =
    at === directory.length &&
    offset === end.offset &&
    equalBytes(tail, endRecords(entries.length, end.size, end.offset));
  return isWhole ? { ok: true, entries } : { ok: false, cut: false, why: 'directory' };
}

/** The directory's place from the records at the very end, or null when they are not there or point elsewhere. */
async function findDirectory(source: ByteSource): Promise<{ size: number; offset: number } | null> {
  if (source.size < END_SIZE) return null;
  let end = readEnd(await source.read(source.size - END_SIZE, END_SIZE));
  if (end === null) return null;
  let tail = END_SIZE;
  if (pointsToEnd64(end)) {
    tail += END_64_SIZE + LOCATOR_SIZE;
    if (source.size < tail) return null;
    end = readEnd64(await source.read(source.size - tail, END_64_SIZE));
    if (end === null) return null;
  }
  return end.offset + end.size + tail === source.size ? end : null;
}

/** Whether what stands before a file's content is exactly what belongs there. */
export async function hasLocalHeader(source: ByteSource, entry: ZipEntry): Promise<boolean> {
  const expected = localHeader(entry);
  return equalBytes(await source.read(entry.offset, expected.length), expected);
}
