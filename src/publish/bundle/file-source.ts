// A file on disk as a ByteSource, and Node's own SHA-256, for the command line and the server.
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type ByteSource, checkRange } from './byte-source.ts';
import type { Hashing } from './hashing.ts';

/** Some ten times as fast as JavaScript where the processor has instructions for it. */
export const nodeHashing: Hashing = () => createHash('sha256');

/** An open file; whoever opened it closes it. */
export type FileSource = ByteSource & { close: () => Promise<void> };

/** Opens a file for reading. Throws as `open` does when there is none. */
export async function openFileSource(path: string): Promise<FileSource> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return {
      size,
      read: async (offset, length) => {
        checkRange(size, offset, length);
        const bytes = new Uint8Array(length);
        for (let done = 0; done < length; ) {
          const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
          if (bytesRead === 0) throw new RangeError('the file became shorter while it was read');
          done += bytesRead;
        }
        return bytes;
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
