// The files of a bundle, whether they still lie in their zip or were unpacked into a folder.
import { type ByteSource, blobSource, buffered } from './byte-source.ts';
import type { ZipEntry } from './zip-format.ts';
import { contentOffset, hasLocalHeader } from './zip-read.ts';

/** A file of a bundle. */
export interface BundleFile {
  path: string;
  content: ByteSource;
  /** What the zip says its CRC-32 is; null in a folder. */
  crc: number | null;
  /** Whether what stands before it in the zip is as Constat writes it. */
  hasHeader: () => Promise<boolean>;
}

/** The files of a bundle in their order; in a folder there is none. */
export interface FileSet {
  files: BundleFile[];
  isOrdered: boolean;
}

/** The files of an opened zip. Read from front to back they cost few reads, however many they are. */
export function filesOfZip(source: ByteSource, entries: readonly ZipEntry[]): FileSet {
  const window = buffered(source);
  const files = entries.map((entry): BundleFile => {
    const from = contentOffset(entry);
    return {
      path: entry.path,
      content: { size: entry.size, read: (offset, length) => window.read(from + offset, length) },
      crc: entry.crc,
      hasHeader: () => hasLocalHeader(window, entry),
    };
  });
  return { files, isOrdered: true };
}

/** What operating systems leave in folders by themselves. */
const LITTER = /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/;

/**
 * The files of a folder a person chose in a browser; paths are relative to the folder that holds the manifest, which
 * may lie one folder down, as unpacking makes it.
 */
export function filesOfFolder(blobs: readonly { path: string; blob: Blob }[], manifest: string): FileSet {
  const depth = blobs
    .filter(({ path }) => path === manifest || path.endsWith(`/${manifest}`))
    .map(({ path }) => path.slice(0, -manifest.length))
    .sort((a, b) => a.length - b.length)[0];
  const files = blobs
    .filter(({ path }) => depth !== undefined && path.startsWith(depth) && !LITTER.test(path))
    .map(
      ({ path, blob }): BundleFile => ({
        path: path.slice(depth!.length),
        content: blobSource(blob),
        crc: null,
        hasHeader: async () => true,
      }),
    );
  return { files, isOrdered: false };
}
