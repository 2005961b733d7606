// Reading processes: started when first needed, kept for the next file, stopped when a file takes too long or too much.
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type Problem, problem } from '../record/problem.ts';
import { processEntry } from '../store/process-entry.ts';
import type { IntakeLimits } from './limits.ts';
import type { ProcessAnswer, ProcessTask } from './process-message.ts';

/** How many files are parsed at once. More would only compete for the processor and the memory. */
const PROCESSES = 2;

/** How often the memory of a working process is looked at. */
const WATCH_MS = 50;

/** A process is replaced after this many tasks, so that what one file left behind does not live for ever. */
const TASKS_OF_ONE = 200;

/** How long a process may take to start, in seconds: a machine that cannot do it in this has other troubles. */
const START_SECONDS = 60;

type Costs = Pick<IntakeLimits, 'seconds' | 'memoryMb'>;

interface Reader {
  child: ChildProcess;
  memoryMb: number;
  tasks: number;
  busy: boolean;
  ready: Promise<void>;
  /** The end of what it wrote to stderr. */
  said: string;
}

const readers = new Set<Reader>();
const waiting: (() => void)[] = [];

/** Does one task in a reading process. What ends the process is a problem in the answer, never an exception. */
export async function inReader(
  task: ProcessTask,
  costs: Costs,
): Promise<Exclude<ProcessAnswer, { problem: unknown } | { ready: true }> | { problem: Problem }> {
  const reader = await take(costs.memoryMb);
  try {
    return await perform(reader, task, costs);
  } finally {
    give(reader);
  }
}

/** Starts a reading process and lets it load what it reads with, so that the first file does not wait for it. */
export async function warmReader(costs: Costs): Promise<void> {
  await inReader({ task: 'prepare' }, { ...costs, seconds: START_SECONDS });
}

/** Stops all reading processes. Tasks under way answer with `read.crashed`. */
export async function closeReaders(): Promise<void> {
  await Promise.all([...readers].map(stop));
}

async function take(memoryMb: number): Promise<Reader> {
  for (;;) {
    const idle = [...readers].filter((reader) => !reader.busy);
    const fitting = idle.find((reader) => reader.memoryMb === memoryMb);
    if (fitting) {
      fitting.busy = true;
      attach(fitting);
      return fitting;
    }
    // A process's memory limit is set when it starts; one with another limit makes room.
    const other = idle[0];
    if (readers.size < PROCESSES || other) {
      if (readers.size >= PROCESSES && other) void stop(other);
      return start(memoryMb);
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
}

function give(reader: Reader): void {
  reader.busy = false;
  reader.said = '';
  if (reader.tasks >= TASKS_OF_ONE) void stop(reader);
  // A process that waits for work does not keep the program alive.
  else detach(reader);
  waiting.shift()?.();
}

function attach(reader: Reader): void {
  reader.child.ref();
  reader.child.channel?.ref();
}

function detach(reader: Reader): void {
  reader.child.unref();
  reader.child.channel?.unref();
  const stderr = reader.child.stderr as (NodeJS.ReadableStream & { unref?: () => void }) | null;
  stderr?.unref?.();
}

function start(memoryMb: number): Reader {
  const entry = processEntry('read-process', import.meta.url);
  const child = fork(entry.path, [], {
    // V8's own limit ends a runaway heap at once; memory outside the heap is watched from here.
    execArgv: [...entry.execArgv, `--max-old-space-size=${Math.ceil(memoryMb)}`],
    env: bareEnvironment(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const reader: Reader = { child, memoryMb, tasks: 0, busy: true, ready: Promise.resolve(), said: '' };
  child.stderr?.on('data', (bytes) => {
    reader.said = (reader.said + String(bytes)).slice(-4000);
  });
  child.once('exit', () => readers.delete(reader));
  // Sending to a process that has just died fails here, and the exit is what is answered.
  child.on('error', () => readers.delete(reader));
  reader.ready = new Promise((resolve) => {
    child.once('message', () => resolve());
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  readers.add(reader);
  return reader;
}

/** Only what a program needs to run at all. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return { TZ: 'UTC', NODE_ENV: 'production', ...(SystemRoot ? { SystemRoot } : {}) };
}

async function stop(reader: Reader): Promise<void> {
  readers.delete(reader);
  const { child } = reader;
  if (child.exitCode !== null || child.signalCode !== null) return;
  // Its end is waited for, so it counts again among what keeps the program alive.
  child.ref();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await gone;
}

async function perform(reader: Reader, task: ProcessTask, costs: Costs) {
  const { child } = reader;
  await reader.ready;
  reader.tasks++;
  let stopped: Problem | null = null;
  const end = (because: Problem) => {
    stopped ??= because;
    readers.delete(reader);
    child.kill('SIGKILL');
  };
  const tooLong = setTimeout(
    () => end(problem('read.time', { seconds: costs.seconds })),
    costs.seconds * 1000,
  );
  const watch = setInterval(async () => {
    const held = await residentMb(child.pid);
    if (held > costs.memoryMb) end(problem('read.memory', { megabytes: costs.memoryMb }));
  }, WATCH_MS);
  try {
    const answer = await answerOf(child, task);
    if (answer === null) return { problem: stopped ?? lastWords(reader, costs) };
    if ('ready' in answer) throw new Error('a reading process started twice');
    if ('problem' in answer)
      return { problem: problem(answer.problem.code, answer.problem.details as never) };
    return answer;
  } finally {
    clearTimeout(tooLong);
    clearInterval(watch);
  }
}

/** The process's answer, or null when it ended without one. */
function answerOf(child: ChildProcess, task: ProcessTask): Promise<ProcessAnswer | null> {
  return new Promise((resolve) => {
    const done = (answer: ProcessAnswer | null) => {
      child.off('message', answered);
      child.off('close', ended);
      child.off('error', ended);
      resolve(answer);
    };
    const answered = (answer: unknown) => done(answer as ProcessAnswer);
    const ended = () => done(null);
    child.once('message', answered);
    // Not 'exit': by 'close', what the process said before it ended has arrived too.
    child.once('close', ended);
    child.once('error', ended);
    // It ended before it was asked anything, and its 'close' has passed.
    if (child.exitCode !== null || child.signalCode !== null || !child.connected) return done(null);
    // A process that cannot be reached any more has ended; 'close' follows and is answered.
    child.send(task, () => {});
  });
}

/** Why a process ended by itself. V8 says so before it aborts for want of heap. */
function lastWords(reader: Reader, costs: Costs): Problem {
  const outOfMemory = /heap out of memory|allocation fail|Array buffer allocation failed/i.test(reader.said);
  return outOfMemory
    ? problem('read.memory', { megabytes: costs.memoryMb })
    : problem('read.crashed', undefined, new Error(`the reading process ended: ${reader.said}`));
}

/** Resident memory of a process in megabytes; 0 when it cannot be told. */
async function residentMb(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  try {
    if (process.platform === 'linux') {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
    }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout.trim()) / 1024;
  } catch {
    return 0;
  }
}
