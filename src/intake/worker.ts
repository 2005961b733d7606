// Background work: takes jobs one after another, reads and proposes, and says how far it has come.
import { setTimeout as pause } from 'node:timers/promises';
import { Problem, problem } from '../record/problem.ts';
import type { Layout, Source } from '../record/source.ts';
import { dropJob, freeJobs, giveJobBack, JobDone, onJob, type TakenJob, takeJob } from '../store/jobs.ts';
import { listNamed } from '../store/named.ts';
import { readLayout, readText } from '../store/passages.ts';
import { readSource, saveFailure, saveReading, saveSuggestions } from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import type { IntakeLimits } from './limits.ts';
import { contextOf, suggestRecords } from './propose.ts';
import { read } from './read.ts';
import { inReader } from './reader-process.ts';

/** How far a source has come. */
export interface Progress {
  dossier: string;
  source: string;
  step: 'received' | 'reading' | 'read' | 'proposing' | 'proposed' | 'unreadable';
  /** Why, where the step is "unreadable"; else null. */
  failure: { code: string; sentence: string } | null;
  at: string;
}

/** Work in the background of one process. */
export interface Worker {
  /** Stops taking jobs and waits for those under way. */
  stop: () => Promise<void>;
}

/** A job is tried this often; a file that ends its reader three times is left unread. */
const MOST_TRIES = 3;

/** Jobs at once: as many as there are reading processes. */
const LANES = 2;

/** How often it is looked for jobs of other processes, in milliseconds. */
const LOOK_MS = 1000;

/** What a job may take beyond the reading itself: storing a long text, on a busy machine, in seconds. */
const SPARE_SECONDS = 120;

/** Starts working on the jobs of a store. `onError` is told what went wrong apart from files that cannot be read. */
export function startWorker(
  store: Store,
  limits: IntakeLimits,
  report: (progress: Progress) => void,
  onError: (error: unknown) => void = () => {},
): Worker {
  const stopped = new AbortController();
  const sleeping = new Set<() => void>();
  const wake = () => {
    for (const up of sleeping) up();
  };
  const forget = onJob(store, wake);

  const sleep = async () => {
    const rest = new AbortController();
    const up = () => rest.abort();
    sleeping.add(up);
    await pause(LOOK_MS, undefined, { signal: rest.signal, ref: false }).catch(() => {});
    sleeping.delete(up);
  };

  const lane = async () => {
    while (!stopped.signal.aborted) {
      const job = await takeJob(store, limits.seconds * 2 + SPARE_SECONDS).catch((error: unknown) => {
        onError(error);
        return null;
      });
      if (job) await perform({ store, limits, report }, job, stopped.signal).catch(onError);
      else if (!stopped.signal.aborted) await sleep();
    }
  };
  const started = async () => {
    // The embedded database has one owner; what is taken there was taken by a process that is gone.
    if (store.engine === 'pglite') await freeJobs(store).catch(onError);
    await Promise.all(Array.from({ length: LANES }, lane));
  };
  const working = started();
  return {
    stop: async () => {
      stopped.abort();
      forget();
      wake();
      await working;
    },
  };
}

/** A job being done, with all it needs. */
interface Task {
  store: Store;
  limits: IntakeLimits;
  job: TakenJob;
  source: Source;
  /** Set when the job was tried too often: then this is its outcome. */
  hopeless: Problem | null;
  tell: (step: Progress['step'], failure?: Progress['failure']) => void;
  stopped: AbortSignal;
}

async function perform(
  { store, limits, report }: { store: Store; limits: IntakeLimits; report: (progress: Progress) => void },
  job: TakenJob,
  stopped: AbortSignal,
): Promise<void> {
  const tell: Task['tell'] = (step, failure = null) =>
    report({ dossier: job.dossier, source: job.subject, step, failure, at: new Date().toISOString() });
  // Tried before and neither saved nor given back: each time, the process ended over it.
  const hopeless = job.tries > MOST_TRIES ? problem('read.crashed') : null;
  try {
    const source = await readSource(store, job.dossier, job.subject);
    const task = { store, limits, job, source, hopeless, tell, stopped };
    await (job.job === 'read' ? performRead(task) : performPropose(task));
  } catch (error) {
    if (error instanceof JobDone) return;
    if (error instanceof GivenUp) return giveJobBack(store, job, 0, { uncounted: true });
    // The source, or its original, is gone: undone or removed meanwhile.
    if (error instanceof Problem && error.code === 'not-found') return dropJob(store, job);
    await giveJobBack(store, job, job.tries * 2);
    throw error;
  }
}

/** A reader that ended because we are stopping says nothing about the file. */
class GivenUp extends Error {}

function unlessStopped(because: Problem, stopped: AbortSignal): Problem {
  if (stopped.aborted && because.code === 'read.crashed') throw new GivenUp();
  return because;
}

async function performRead({ store, limits, job, source, hopeless, tell, stopped }: Task): Promise<void> {
  tell('reading');
  const result = hopeless
    ? ({ ok: false, problem: hopeless } as const)
    : await read(await store.blobs.read(source.original), source, limits);
  if (result.ok) {
    await saveReading(store, source, result, job);
    tell('read');
  } else {
    const { state, failure } = await saveFailure(store, source, unlessStopped(result.problem, stopped), job);
    tell(state === 'unreadable' ? 'unreadable' : 'proposed', failure);
  }
}

async function performPropose({ store, limits, job, source, hopeless, tell, stopped }: Task): Promise<void> {
  tell('proposing');
  const { dossier } = job;
  const [{ text, rendition }, actors, places] = await Promise.all([
    readText(store, dossier, source.id),
    listNamed(store, 'actor', dossier),
    listNamed(store, 'place', dossier),
  ]);
  const layout = (await readLayout(store, dossier, source.id, rendition)) ?? NO_LAYOUT;
  const known = { actors, places };
  const context = contextOf(source, known, layout);
  const answer = hopeless
    ? { problem: hopeless }
    : await inReader({ task: 'propose', text, language: source.language, context }, limits);
  if ('problem' in answer) {
    // The text is there and can be worked with by hand; why nothing was proposed is in the entry.
    const failure = unlessStopped(answer.problem, stopped);
    await saveSuggestions(store, source, { records: [], proposer: null, failure }, job);
  } else if ('suggestions' in answer) {
    const { suggestions, language } = answer;
    const records = suggestRecords({ text, layout }, source, suggestions, language, known);
    await saveSuggestions(store, source, { records, proposer: suggestions.proposer }, job);
  } else throw new Error('the reading process answered another question');
  tell('proposed');
}

const NO_LAYOUT: Layout = { blocks: [], pages: [], runs: [] };
