// One owner for a data directory. Two processes on one embedded database lose data silently, so the second is refused.
// The lock file lies beside the database directory, not in it, and says which process has it, and where that runs.
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { problem } from '../record/problem.ts';

/** Gives the lock back. */
export type Release = () => void;

/** What a lock file says of its owner. */
interface Owner {
  pid: number;
  /** When the process started, in clock ticks since boot; null where the system does not tell. */
  started: string | null;
  host: string;
  /** Which boot of the machine, and which of its namespaces, the process id counts in; null where unknown. */
  space: string | null;
  token: string;
}

/** How often an owner touches its lock, and for how long an untouched one is believed when its owner cannot be seen. */
const TOUCH_MS = 2_000;
const SILENCE_MS = 8_000;

/** Tokens of the locks this process has: a lock with its process id but another token was left by a process before it. */
const held = new Set<string>();

/**
 * Takes the lock at `path`, or throws `store.locked` naming the process that has it.
 * A lock whose process died is taken over. A process id that was given out again is told apart by its start time; an
 * owner in another container or on another machine is watched for `silence` milliseconds for a sign of life.
 */
export async function takeLock(path: string, silence = SILENCE_MS): Promise<Release> {
  mkdirSync(dirname(path), { recursive: true });
  const me: Owner = {
    pid: process.pid,
    started: startTime(process.pid),
    host: hostname(),
    space: processSpace(),
    token: randomUUID(),
  };
  const mine = JSON.stringify(me);
  for (let attempt = 0; attempt < 5; attempt++) {
    if (createWhole(path, mine, me.token)) return hold(path, me.token);
    const found = readText(path);
    if (found === null) continue;
    const owner = parseOwner(found);
    if (owner !== null && (await isAlive(owner, me, path, silence))) {
      throw problem('store.locked', { path: dirname(path), pid: owner.pid });
    }
    setAside(path, found, me.token);
  }
  throw problem('store.locked', { path: dirname(path), pid: parseOwner(readText(path) ?? '')?.pid ?? 0 });
}

/** Creates the file with its content at once, or not at all: nobody may read a lock that is half-written. */
function createWhole(path: string, text: string, token: string): boolean {
  const unfinished = `${path}.${token}`;
  const file = openSync(unfinished, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(unfinished, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Moves a dead owner's lock away. When another process was faster, what was moved is that one's lock: it goes back. */
function setAside(path: string, expected: string, token: string): void {
  const aside = `${path}.${token}.old`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readText(aside) !== expected) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function hold(path: string, token: string): Release {
  held.add(token);
  const touching = setInterval(() => {
    try {
      const now = new Date();
      utimesSync(path, now, now);
    } catch {
      // The folder is gone or the disk is in trouble: the next write to the database says so.
    }
  }, TOUCH_MS);
  touching.unref();
  return () => {
    clearInterval(touching);
    held.delete(token);
    rmSync(path, { force: true });
  };
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parseOwner(text: string): Owner | null {
  try {
    const owner = JSON.parse(text) as Owner;
    return Number.isInteger(owner.pid) ? owner : null;
  } catch {
    return null;
  }
}

async function isAlive(owner: Owner, me: Owner, path: string, silence: number): Promise<boolean> {
  if (owner.space === me.space && owner.host === me.host) return isRunning(owner);
  // The same machine after a restart: none of the processes before it is left.
  const isRestart =
    owner.host === me.host && owner.space?.split(' ')[0] !== me.space?.split(' ')[0] && me.space !== null;
  if (isRestart) return false;
  const touched = lastTouch(path);
  const step = Math.min(500, silence);
  for (let waited = 0; waited < silence; waited += step) {
    await pause(step);
    if (lastTouch(path) !== touched) return true;
  }
  return false;
}

function lastTouch(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function isRunning(owner: Owner): boolean {
  if (owner.pid === process.pid) return held.has(owner.token);
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: the process lives, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const started = startTime(owner.pid);
  return started === null || owner.started === null || started === owner.started;
}

/** When a process started, in clock ticks since boot, as Linux tells it; null elsewhere. */
function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** The boot and the process namespace this process runs in, as Linux tells them; null elsewhere. */
function processSpace(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}
