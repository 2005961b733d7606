// Files that are on the disk when the call returns: written beside their place, synced, renamed, the directory synced.
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { passFailPoint } from './fail-point.ts';

/** A file to be written: where, and what. */
export interface DurableFile {
  path: string;
  bytes: Uint8Array | string;
}

/** Forces a file's or a directory's content to the disk. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a directory and its missing parents, each of them on the disk. */
export async function makeDirectory(path: string, mode = 0o700): Promise<void> {
  const first = await makeMissing(path, mode);
  if (first === undefined) return;
  // A new directory lasts once the directory that names it is synced.
  for (let made = path; ; made = dirname(made)) {
    await syncPath(dirname(made));
    if (made === first || dirname(made) === made) return;
  }
}

/** Gives back the first directory that was made, as Node does, and the true reason where none could be. */
async function makeMissing(path: string, mode: number): Promise<string | undefined> {
  try {
    return await mkdir(path, { recursive: true, mode });
  } catch (error) {
    // Where a parent cannot be made for want of space, Node says that there is no such file. Asked for by itself, it says why.
    if (!isMissing(error)) throw error;
    const parent = dirname(path);
    const made = await mkdir(parent, { mode }).then(
      () => parent,
      (cause) => {
        if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
        return undefined;
      },
    );
    const below = await mkdir(path, { recursive: true, mode });
    return made ?? below;
  }
}

/** Moves a file to its place for good. Both lie on one file system; the content has been synced before. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncPath(dirname(to));
}

/**
 * Writes files for good, replacing those that stand in their place. Each appears whole or not at all; when the call
 * has returned, all have appeared, and a power cut cannot take them back.
 */
export async function writeDurably(files: DurableFile[], mode = 0o600): Promise<void> {
  const directories = new Set(files.map((file) => dirname(file.path)));
  // One after the other, as two may share a parent that is still missing.
  for (const directory of directories) await makeDirectory(directory);
  await Promise.all(
    files.map(async ({ path, bytes }) => {
      const unfinished = `${path}.${randomUUID()}.unfinished`;
      try {
        const file = await open(unfinished, 'wx', mode);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        passFailPoint('before file rename');
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    }),
  );
  await Promise.all([...directories].map(syncPath));
}

/** Whether an error is "there is no such file". */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
