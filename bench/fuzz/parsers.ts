/** Attacks parsers in a thread, watched from here: what hangs, runs out of memory or ends the thread is told like any other failure. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { inputsOf } from './inputs.ts';
import type { Target } from './target.ts';
import type { Work, WorkerMessage } from './worker.ts';

/** What is asked for. */
export interface ParserFuzz {
  /** Address of the module that exports `targets`. */
  module: string;
  seed: number;
  /** Inputs altogether, shared out by the targets' weights. */
  runs: number;
  /** Only the targets whose name begins so. */
  only?: string;
  /** Longest time for one input, in milliseconds. */
  hang?: number;
  /** Where reproducers are written; nowhere when absent. */
  folder?: string;
  onTarget?: (measured: Measured) => void;
  onFailure?: (failure: Failure) => void;
}

/** What was measured of one target. Memory is what was held above the beginning at most, in bytes. */
export interface Measured {
  target: string;
  runs: number;
  /** Inputs that the parser accepted, without any error. */
  accepted: number;
  ms: number;
  slowest: number;
  slowestRun: number;
  grown: number;
}

/** Something that must not happen, and at which input. */
export interface Failure {
  target: string;
  run: number;
  error: string;
  stack: string;
}

/** The heap of the thread: what the parsers and their tables need at rest, and 256 MB for what inputs make of it. */
const HEAP_MB = 256 + 160;

/** Attacks the targets of a module. */
export async function fuzzParsers(of: ParserFuzz): Promise<{ measured: Measured[]; failures: Failure[] }> {
  const { targets } = (await import(of.module)) as { targets: Target[] };
  const chosen = targets.filter(({ name }) => name.startsWith(of.only ?? ''));
  const weights = chosen.reduce((sum, { weight = 1 }) => sum + weight, 0);
  let plan = chosen.map(({ name, weight = 1 }) => ({
    target: name,
    from: 0,
    to: Math.ceil((of.runs * weight) / weights),
  }));
  const failures: Failure[] = [];
  const measured: Measured[] = [];
  const fail = (failure: Failure) => {
    failures.push(failure);
    of.onFailure?.(failure);
  };
  while (plan.length > 0) {
    const ended = await attack(plan, of, (message) => {
      if ('failed' in message) fail(message.failed);
      else {
        add(measured, message.measured);
        of.onTarget?.(measured.find(({ target }) => target === message.measured.target)!);
      }
    });
    if (ended === null) break;
    const { part, run, error } = ended;
    const at = plan[part]!;
    fail({ target: at.target, run, error, stack: '' });
    add(measured, {
      target: at.target,
      runs: run + 1 - at.from,
      accepted: 0,
      ms: 0,
      slowest: 0,
      slowestRun: run,
      grown: 0,
    });
    plan = [{ ...at, from: run + 1 }, ...plan.slice(part + 1)].filter(({ from, to }) => from < to);
  }
  if (of.folder !== undefined)
    for (const failure of failures) await reproduce(failure, targets, of.seed, of.folder);
  return { measured, failures };
}

function add(all: Measured[], part: Measured): void {
  const known = all.find(({ target }) => target === part.target);
  if (!known) {
    all.push({ ...part });
    return;
  }
  known.runs += part.runs;
  known.accepted += part.accepted;
  known.ms += part.ms;
  if (part.slowest > known.slowest)
    Object.assign(known, { slowest: part.slowest, slowestRun: part.slowestRun });
  known.grown = Math.max(known.grown, part.grown);
}

/** Runs one thread over a plan. Null when it came to its end; else at what it died. */
async function attack(
  plan: Work['plan'],
  { module, seed, hang = 10_000 }: ParserFuzz,
  onMessage: (message: WorkerMessage) => void,
): Promise<{ part: number; run: number; error: string } | null> {
  const progress = new SharedArrayBuffer(12);
  const marks = new Int32Array(progress);
  // Node 20 does not give a thread the loader of the process: it is registered there before anything is loaded.
  const path = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
  const worker = new Worker(`import('tsx/esm/api').then(({ register }) => (register(), import(${path})))`, {
    eval: true,
    workerData: { module, seed, plan, progress } satisfies Work,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    // What a parser warns of is of no interest here.
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  worker.on('message', onMessage);
  const place = () => ({ part: Atomics.load(marks, 0), run: Atomics.load(marks, 1) });
  let begun = -1;
  let since = Date.now();
  let isHanging = false;
  const watch = setInterval(() => {
    const now = Atomics.load(marks, 2);
    if (now !== begun || now === 0) {
      begun = now;
      since = Date.now();
    } else if (Date.now() - since > hang) {
      isHanging = true;
      void worker.terminate();
    }
  }, 100);
  let died: Error | null = null;
  worker.on('error', (error) => {
    died = error as Error;
  });
  const code = await new Promise<number>((resolve) => worker.once('exit', resolve));
  clearInterval(watch);
  if (isHanging) return { ...place(), error: `it took more than ${hang / 1000} seconds` };
  if (died !== null) {
    // Nothing was begun: the thread itself is broken, and trying again would not end.
    if (Atomics.load(marks, 2) === 0) throw died;
    return { ...place(), error: String(died) };
  }
  return code === 0 ? null : { ...place(), error: `the thread ended with ${code}` };
}

/** Writes an input that fails to a file, in a form that `--replay` takes. */
async function reproduce(failure: Failure, targets: Target[], seed: number, folder: string): Promise<void> {
  const target = targets.find(({ name }) => name === failure.target)!;
  const input = (await inputsOf(target, seed))(failure.run);
  mkdirSync(folder, { recursive: true });
  const shown = (input instanceof Uint8Array ? Buffer.from(input).toString('latin1') : inspect(input)).slice(
    0,
    2000,
  );
  const text = JSON.stringify({ ...failure, seed, shown, input: serialize(input).toString('base64') });
  writeFileSync(join(folder, `${failure.target}-${seed}-${failure.run}.json`), text);
}
