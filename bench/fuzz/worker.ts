/** The thread in which parsers are attacked. It writes down what it is about to do, so that whoever watches knows at what it died. */
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { inputsOf } from './inputs.ts';
import { isDocumented, type Target } from './target.ts';

/** What a thread is told to do. */
export interface Work {
  /** The module whose `targets` are meant. */
  module: string;
  seed: number;
  plan: { target: string; from: number; to: number }[];
  /** Where the thread writes: which part of the plan, which run, and a count of inputs begun. */
  progress: SharedArrayBuffer;
}

/** What a thread tells. */
export type WorkerMessage =
  | { failed: { target: string; run: number; error: string; stack: string } }
  | {
      measured: {
        target: string;
        runs: number;
        accepted: number;
        ms: number;
        slowest: number;
        slowestRun: number;
        grown: number;
      };
    };

/** Memory that a parser may keep or need outside V8's own limit, in bytes. */
const MOST_GROWTH = 256 * 2 ** 20;
/** How often memory is looked at, in inputs. */
const LOOK_EVERY = 50;
/** Failures of one target after which its thread stops telling. */
const MOST_FAILURES = 50;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const held = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
const tell = (message: WorkerMessage): void => parentPort!.postMessage(message);

const { module, seed, plan, progress } = workerData as Work;
const marks = new Int32Array(progress);
const { targets } = (await import(module)) as { targets: Target[] };
for (const [part, { target: name, from, to }] of plan.entries()) {
  const target = targets.find((one) => one.name === name);
  if (!target) throw new Error(`There is no target ${name}.`);
  Atomics.store(marks, 0, part);
  Atomics.store(marks, 1, from);
  await attack(target, from, to);
}

async function attack(target: Target, from: number, to: number): Promise<void> {
  const inputAt = await inputsOf(target, seed);
  // Collecting takes as long as a thousand small inputs: it is left out where there are no more than that.
  if (to - from > 1000) collect();
  const before = held();
  const measured = {
    target: target.name,
    runs: 0,
    accepted: 0,
    ms: 0,
    slowest: 0,
    slowestRun: from,
    grown: 0,
  };
  let failures = 0;
  const fail = (run: number, error: unknown) => {
    if (++failures > MOST_FAILURES) return;
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    tell({
      failed: { target: target.name, run, error: `${name}: ${message}`.slice(0, 500), stack: stack ?? '' },
    });
  };
  const begun = performance.now();
  for (let run = from; run < to; run++) {
    // Made before the clock of this input begins.
    const input = inputAt(run);
    Atomics.store(marks, 1, run);
    Atomics.add(marks, 2, 1);
    const start = performance.now();
    try {
      const result = target.run(input as never);
      if (result instanceof Promise) await result;
      measured.accepted++;
    } catch (error) {
      if (!isDocumented(target, error)) fail(run, error);
    }
    const took = performance.now() - start;
    if (took > measured.slowest) {
      measured.slowest = took;
      measured.slowestRun = run;
    }
    measured.runs++;
    if (run % LOOK_EVERY === 0) {
      measured.grown = Math.max(measured.grown, held() - before);
      if (held() - before > MOST_GROWTH) {
        collect();
        if (held() - before > MOST_GROWTH)
          fail(run, new Error(`${Math.round((held() - before) / 2 ** 20)} MB are held`));
      }
    }
  }
  measured.ms = performance.now() - begun;
  tell({ measured });
}
