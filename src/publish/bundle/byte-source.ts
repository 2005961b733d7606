// Bytes that can be read from any place: a file on disk, a file dropped on a page, or bytes in memory.

/** Something with a size of which any stretch can be read. `read` gives exactly what was asked, or throws. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => {
      checkRange(bytes.length, offset, length);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** A Blob or File of a browser; only the stretch asked for is read. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (offset, length) => {
      checkRange(blob.size, offset, length);
      return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    },
  };
}

/**
 * Refuses a stretch outside a source.
 * @throws RangeError
 */
export function checkRange(size: number, offset: number, length: number): void {
  if (offset < 0 || length < 0 || offset + length > size)
    throw new RangeError(`bytes ${offset} to ${offset + length} of ${size}`);
}

/** How much is read at once: large enough that thousands of small files cost few reads. */
export const PIECE = 1 << 20;

/** The same source, read a window at a time: for those who go through it from front to back in small steps. */
export function buffered(source: ByteSource, window = PIECE): ByteSource {
  let held: Uint8Array = new Uint8Array(0);
  let from = 0;
  return {
    size: source.size,
    read: async (offset, length) => {
      checkRange(source.size, offset, length);
      if (offset < from || offset + length > from + held.length) {
        const wanted = Math.max(length, Math.min(window, source.size - offset));
        held = await source.read(offset, wanted);
        from = offset;
      }
      return held.subarray(offset - from, offset - from + length);
    },
  };
}

/** The stretch of a source in pieces of at most a mebibyte. */
export async function* pieces(
  source: ByteSource,
  offset: number,
  length: number,
): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < length; done += PIECE)
    yield await source.read(offset + done, Math.min(PIECE, length - done));
}
