// Background work: takes jobs one after another, reads and proposes, and says how far it has come.
import { setTimeout as pause } from 'node:timers/promises';
import { Problem, problem } from '../record/problem.ts';
import { isTable, type Layout, type Source } from '../record/source.ts';
import { readDossier } from '../store/dossiers.ts';
import { dropJob, freeJobs, giveJobBack, JobDone, onJob, type TakenJob, takeJob } from '../store/jobs.ts';
import { listNamed } from '../store/named.ts';
import { readLayout, readText } from '../store/passages.ts';
import { openSource, saveSealedReading, sealedOriginal } from '../store/sealed-sources.ts';
import { readSource, saveFailure, saveReading, saveSuggestions } from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import type { Job } from '../store/write.ts';
import { consult, whyWithheld } from './consult.ts';
import { isPicturable } from './kind.ts';
import type { LanguageModel } from './language-model.ts';
import type { IntakeLimits } from './limits.ts';
import { contextOf, suggestRecords } from './propose.ts';
import { read } from './read.ts';
import { inReader } from './reader-process.ts';

/** How far a source has come. */
export interface Progress {
  dossier: string;
  source: string;
  step:
    | 'received'
    | 'reading'
    | 'read'
    | 'proposing'
    | 'proposed'
    | 'unreadable'
    | 'consulting'
    | 'consulted';
  /** Why, where the step is "unreadable"; else null. */
  failure: { code: string; sentence: string } | null;
  at: string;
}

/** Work in the background of one process. */
export interface Worker {
  /** Stops taking jobs and waits for those under way. */
  stop: () => Promise<void>;
}

/** Which language model sources are told to, if any, and whether this process does the asking. */
export interface Consulting {
  model: LanguageModel | null;
  /** False in a command that ends when the rules are done: what is to be asked waits for the server. */
  isAsking: boolean;
}

/** A job is tried this often; a file that ends its reader three times is left unread. */
const MOST_TRIES = 3;

/** Jobs at once: as many as there are reading processes. */
const LANES = 2;

/** How often it is looked for jobs of other processes, in milliseconds. */
const LOOK_MS = 1000;

/** What a job may take beyond the reading itself: storing a long text, on a busy machine, in seconds. */
const SPARE_SECONDS = 120;

/** How long a job of asking the model is taken for at first, in seconds; each question prolongs it. */
const CONSULT_SECONDS = 600;

/**
 * Starts working on the jobs of a store. `onError` is told what went wrong apart from files that cannot be read.
 * With a model, one question at a time is put to it beside the other work; without one, nobody takes such jobs.
 */
export function startWorker(
  store: Store,
  limits: IntakeLimits,
  { model, isAsking }: Consulting,
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

  const lane = async (kinds: readonly Job[], seconds: number) => {
    while (!stopped.signal.aborted) {
      const job = await takeJob(store, seconds, kinds).catch((error: unknown) => {
        onError(error);
        return null;
      });
      if (job) await perform({ store, limits, model, report }, job, stopped.signal).catch(onError);
      else if (!stopped.signal.aborted) await sleep();
    }
  };
  const started = async () => {
    // The embedded database has one owner; what is taken there was taken by a process that is gone.
    if (store.engine === 'pglite') await freeJobs(store).catch(onError);
    const reading = Array.from({ length: LANES }, () =>
      lane(['read', 'propose'], limits.seconds * 2 + SPARE_SECONDS),
    );
    await Promise.all([...reading, ...(isAsking && model ? [lane(['consult'], CONSULT_SECONDS)] : [])]);
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
  model: LanguageModel | null;
  job: TakenJob;
  source: Source;
  /** Set when the job was tried too often: then this is its outcome. */
  hopeless: Problem | null;
  tell: (step: Progress['step'], failure?: Progress['failure']) => void;
  stopped: AbortSignal;
}

async function perform(
  {
    store,
    limits,
    model,
    report,
  }: Pick<Task, 'store' | 'limits' | 'model'> & {
    report: (progress: Progress) => void;
  },
  job: TakenJob,
  stopped: AbortSignal,
): Promise<void> {
  const tell: Task['tell'] = (step, failure = null) =>
    report({ dossier: job.dossier, source: job.subject, step, failure, at: new Date().toISOString() });
  // Tried before and neither saved nor given back: each time, the process ended over it.
  const hopeless = job.tries > MOST_TRIES ? problem('read.crashed') : null;
  try {
    if (job.job === 'consult' && model) {
      tell('consulting');
      await consult(store, model, job, { hopeless: hopeless !== null, stopped });
      return tell('consulted');
    }
    const source = await readSource(store, job.dossier, job.subject);
    const task = { store, limits, model, job, source, hopeless, tell, stopped };
    await (job.job === 'read' ? performRead(task) : performPropose(task));
  } catch (error) {
    if (error instanceof JobDone) return;
    if (error instanceof GivenUp || (stopped.aborted && (error as Error).name === 'AbortError')) {
      return giveJobBack(store, job, 0, { uncounted: true });
    }
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
    : source.sealed
      ? await read(await sealedOriginal(store, source), await openSource(store, source), limits)
      : await read(await store.blobs.read(source.original), source, limits);
  if (result.ok && source.sealed) {
    // Nothing is proposed from what is sealed: suggestions would be its words in the open.
    await saveSealedReading(store, source, result, job);
    tell('proposed');
  } else if (result.ok) {
    await saveReading(store, source, result, job);
    tell('read');
  } else if (!hopeless && !source.sealed && isPicturable(source.mediaType)) {
    await performPicture({ store, limits, job, source, tell, stopped });
  } else {
    const { state, failure } = await saveFailure(store, source, unlessStopped(result.problem, stopped), job);
    tell(state === 'unreadable' ? 'unreadable' : 'proposed', failure);
  }
}

/** An image has no text of its own; what comes of it is the picture that may be published. */
async function performPicture({
  store,
  limits,
  job,
  source,
  tell,
  stopped,
}: Pick<Task, 'store' | 'limits' | 'job' | 'source' | 'tell' | 'stopped'>): Promise<void> {
  const bytes = await store.blobs.read(source.original);
  const answer = await inReader({ task: 'picture', bytes, mediaType: source.mediaType }, limits);
  const because = 'problem' in answer ? unlessStopped(answer.problem, stopped) : problem('read.no-text');
  const picture = 'picture' in answer ? answer.picture : undefined;
  const { state, failure } = await saveFailure(store, source, because, job, picture);
  tell(state === 'unreadable' ? 'unreadable' : 'proposed', failure);
}

async function performPropose({
  store,
  limits,
  model,
  job,
  source,
  hopeless,
  tell,
  stopped,
}: Task): Promise<void> {
  const { dossier } = job;
  // The rules read sentences; of a table's rows they would make thousands of bad suggestions. A person imports them.
  if (isTable(source) || source.sealed) {
    await saveSuggestions(store, source, { records: [], proposer: null }, job);
    return tell('proposed');
  }
  tell('proposing');
  const [{ text, rendition }, actors, places, measures] = await Promise.all([
    readText(store, dossier, source.id),
    listNamed(store, 'actor', dossier),
    listNamed(store, 'place', dossier),
    listNamed(store, 'measure', dossier),
  ]);
  const layout = (await readLayout(store, dossier, source.id, rendition)) ?? NO_LAYOUT;
  const known = { actors, places, measures };
  const context = contextOf(source, known, layout);
  const answer = hopeless
    ? { problem: hopeless }
    : await inReader({ task: 'propose', text, language: source.language, context }, limits);
  // The rules' suggestions are there at once; the model is asked afterwards.
  const isTold = whyWithheld(source, await readDossier(store, dossier), model?.notice ?? null) === null;
  if ('problem' in answer) {
    // The text is there and can be worked with by hand; why nothing was proposed is in the entry.
    const failure = unlessStopped(answer.problem, stopped);
    await saveSuggestions(store, source, { records: [], proposer: null, failure, consult: isTold }, job);
  } else if ('suggestions' in answer) {
    const { suggestions, language } = answer;
    const records = suggestRecords({ text, layout }, source, suggestions, language, known);
    await saveSuggestions(store, source, { records, proposer: suggestions.proposer, consult: isTold }, job);
  } else throw new Error('the reading process answered another question');
  tell('proposed');
}

const NO_LAYOUT: Layout = { blocks: [], pages: [], runs: [] };
