// Writes a strict zip from front to back, in constant memory but for the directory at its end.
import { centralHeader, endRecords, isSafePath, localHeader, type ZipEntry } from './zip-format.ts';

/** Takes the next bytes of the zip; resolves when it can take more. */
export type Sink = (bytes: Uint8Array) => Promise<void> | void;

/** A file's size and CRC-32, which its header needs before its content. */
export type Measure = { size: number; crc: number };

/** A zip being written. */
export interface ZipWriter {
  /**
   * Adds a file. Throws RangeError on an unsafe or repeated path, and when the content is not as long as was said
   * (then the zip is spoilt and must be thrown away).
   */
  add(
    path: string,
    measure: Measure,
    content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<void>;
  /** Writes the directory. Returns the number of bytes of the whole zip. */
  end(): Promise<number>;
}

/** Begins a zip. */
export function writeZip(sink: Sink): ZipWriter {
  const entries: ZipEntry[] = [];
  const seen = new Set<string>();
  let offset = 0;
  const put = async (bytes: Uint8Array) => {
    await sink(bytes);
    offset += bytes.length;
  };
  return {
    add: async (path, { size, crc }, content) => {
      const folded = path.toLowerCase();
      if (!isSafePath(path) || seen.has(folded)) throw new RangeError(`not a path for a zip: ${path}`);
      seen.add(folded);
      const entry = { path, size, crc, offset };
      entries.push(entry);
      await put(localHeader(entry));
      const from = offset;
      for await (const bytes of content) await put(bytes);
      if (offset - from !== size) throw new RangeError(`${path} has ${offset - from} bytes, not ${size}`);
    },
    end: async () => {
      const from = offset;
      for (const entry of entries) await put(centralHeader(entry));
      await put(endRecords(entries.length, offset - from, from));
      return offset;
    },
  };
}
