// One owner for a data directory. Two processes on one embedded database lose data silently, so the second is refused.
// The lock file lies beside the database directory, not in it, and holds the owner's process id.
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { problem } from '../record/problem.ts';

/** Gives the lock back. */
export type Release = () => void;

/**
 * Takes the lock at `path`, or throws `store.locked` naming the process that has it.
 * A lock left by a process that died is taken over; a process id that was given out again is told apart
 * by the owner's start time, where the system tells it.
 */
export async function takeLock(path: string): Promise<Release> {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify({
    pid: process.pid,
    started: await startTime(process.pid),
    token: randomUUID(),
  });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, mine);
      fsyncSync(file);
      closeSync(file);
      // Two that find the same stale lock may remove one another's new one; who still holds it a moment later, has it.
      if (attempt > 0) await setTimeout(100);
      if (readFileSync(path, 'utf8') !== mine) continue;
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = readOwner(path);
      if (owner && (await isSameProcess(owner)))
        throw problem('store.locked', { path: dirname(path), pid: owner.pid });
      // The owner is gone. Remove its lock and try again;
      rmSync(path, { force: true });
    }
  }
  throw problem('store.locked', { path: dirname(path), pid: 0 });
}

interface Owner {
  pid: number;
  started: string | null;
}

function readOwner(path: string): Owner | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    return null;
  }
}

async function isSameProcess(owner: Owner): Promise<boolean> {
  if (owner.pid === process.pid) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: the process lives, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const started = await startTime(owner.pid);
  return started === null || owner.started === null || started === owner.started;
}

/** When a process started, in clock ticks since boot, as Linux tells it; null elsewhere. */
async function startTime(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
