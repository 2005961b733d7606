/**
 * Disks that can be taken apart: file systems in files, mounted through loop devices. A power cut is a copy of such a
 * file at one instant (a reflink, which XFS makes at once, whatever the size): what the file system above had not handed
 * down by then is not in it. Needs root, loop devices, mkfs.ext4, and for cuts mkfs.xfs.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A mounted file system in a file. */
export interface Disk {
  /** Where it is mounted. */
  path: string;
  /** The file it lies in. */
  image: string;
  /**
   * The disk goes away under its file system, and everything is an I/O error (`shutdown`); or the file system can no longer
   * write and makes itself read-only, as ext4 does when it meets an error (`abort`).
   */
  fail: (how: 'shutdown' | 'abort') => void;
  /** Unmounts it and mounts it again, its journal replayed: the machine was started anew. */
  again: () => Disk;
  /** Has all that was written handed down. */
  sync: () => void;
  /** Unmounts it and removes its file. */
  remove: () => void;
}

/** Makes a file of this size (such as `200M`) with an empty ext4 and mounts it. */
export function makeDisk(folder: string, name: string, size: string): Disk {
  const image = join(folder, `${name}.img`);
  execFileSync('truncate', ['-s', size, image]);
  // Without the reserve for root the disk is full when it says so.
  execFileSync('mkfs.ext4', ['-q', '-F', '-m', '0', image], { stdio: 'pipe' });
  return mountDisk(image, join(folder, name));
}

/** Mounts a file system in a file, as after a power cut: its journal is replayed. */
export function mountDisk(image: string, path: string): Disk {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-o', 'loop', image, path], { stdio: 'pipe' });
  return {
    path,
    image,
    fail: (how) => {
      if (how === 'shutdown') execFileSync('xfs_io', ['-x', '-c', 'shutdown', path], { stdio: 'pipe' });
      else execFileSync('mount', ['-o', 'remount,abort', path], { stdio: 'pipe' });
    },
    again: () => {
      unmount(path);
      return mountDisk(image, path);
    },
    sync: () => void execFileSync('sync', ['-f', path]),
    remove: () => {
      unmount(path);
      rmSync(image, { force: true });
    },
  };
}

/** A file system on which copies of files cost nothing and are of one instant. */
export interface ReflinkHost {
  path: string;
  /** The power cut: the disk's file as it is now, under another name. Blocks until it is made. */
  cut: (disk: Disk, name: string) => string;
  remove: () => void;
}

/** Makes an XFS in a file in `folder`, for disks that are to be cut. */
export function makeReflinkHost(folder: string): ReflinkHost {
  const image = join(folder, 'host.img');
  const path = join(folder, 'host');
  execFileSync('truncate', ['-s', '40G', image]);
  execFileSync('mkfs.xfs', ['-q', '-m', 'reflink=1', image], { stdio: 'pipe' });
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-o', 'loop', image, path], { stdio: 'pipe' });
  return {
    path,
    cut: (disk, name) => {
      const copy = join(path, `${name}.img`);
      execFileSync('cp', ['--reflink=always', disk.image, copy], { stdio: 'pipe' });
      return copy;
    },
    remove: () => {
      unmount(path);
      rmSync(image, { force: true });
    },
  };
}

function unmount(path: string): void {
  for (let tries = 0; ; tries++) {
    try {
      execFileSync('umount', [path], { stdio: 'pipe' });
      return;
    } catch (error) {
      // A process that was just killed may hold a file for a moment longer.
      if (tries === 20) throw error;
      execFileSync('sleep', ['0.25']);
    }
  }
}

/** Why disks cannot be made here, in a sentence; null when they can. */
export function whyNoDisks(folder: string): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return 'it needs Linux and root, for loop devices and mounts.';
  }
  try {
    const host = makeReflinkHost(folder);
    try {
      const disk = makeDisk(host.path, 'trial', '64M');
      try {
        host.cut(disk, 'trial-copy');
      } finally {
        disk.remove();
      }
    } finally {
      host.remove();
    }
    return null;
  } catch (error) {
    const said = (error as { stderr?: Buffer }).stderr?.toString().trim();
    return `file systems in files cannot be made here (${said || (error as Error).message}).`;
  }
}
