// Background work: an entry whose job is not done yet. Taken with a lease, so that a process that dies gives it back.
import { sql } from 'kysely';
import type { Store } from './store.ts';
import type { Job, Tx } from './write.ts';

/** A job taken by this process. */
export interface TakenJob {
  /** The entry the work follows from. */
  entry: string;
  job: Job;
  dossier: string;
  /** What the entry is about: a source. */
  subject: string;
  /** How often it has been taken, this time included. */
  tries: number;
}

/**
 * Takes the oldest job of these kinds that nobody has, for `seconds`; null when there is none. Two processes never get the same:
 * the row is locked while it is taken, and who meets a locked row takes the next.
 */
export async function takeJob(
  store: Pick<Store, 'read'>,
  seconds: number,
  kinds: readonly Job[] = ['read', 'propose'],
): Promise<TakenJob | null> {
  const until = sql<string>`now() + make_interval(secs => ${seconds})`;
  const row = await store.read
    .updateTable('entries')
    .set((entry) => ({ jobTries: entry('jobTries', '+', 1), jobUntil: until }))
    .where('id', '=', (entry) =>
      entry
        .selectFrom('entries')
        .select('id')
        .where('job', 'is not', null)
        .where('job', 'in', kinds)
        .where((free) =>
          free.or([
            free('jobUntil', 'is', null),
            free('jobUntil', '<', sql<string>`now()`),
            // No job is taken for a day: the clock was wrong when this one was, and has been put right.
            free('jobUntil', '>', sql<string>`now() + interval '1 day'`),
          ]),
        )
        .orderBy('position')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'job', 'dossier', 'subject', 'jobTries'])
    .executeTakeFirst();
  if (!row) return null;
  return {
    entry: row.id,
    job: row.job as Job,
    dossier: row.dossier!,
    subject: row.subject,
    tries: row.jobTries,
  };
}

/** Thrown by `finishJob` when the job was done by somebody else meanwhile; the transaction must not be committed. */
export class JobDone extends Error {
  override name = 'JobDone';
}

/**
 * Marks a job done, in the transaction that writes its result: both or neither. That is what makes repeating a job
 * safe: of two results, the second finds the job done and is thrown away.
 */
export async function finishJob(tx: Tx, job: TakenJob): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('entries')
    .set({ job: null, jobUntil: null })
    .where('id', '=', job.entry)
    .where('job', '=', job.job)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new JobDone(`${job.job} of ${job.entry} is done already`);
}

/** Drops a job that has no object any more. */
export async function dropJob(store: Pick<Store, 'read'>, job: TakenJob): Promise<void> {
  await store.read
    .updateTable('entries')
    .set({ job: null, jobUntil: null })
    .where('id', '=', job.entry)
    .execute();
}

/** Keeps a taken job for `seconds` from now: for work that takes long, step by step. */
export async function keepJob(store: Pick<Store, 'read'>, job: TakenJob, seconds: number): Promise<void> {
  await store.read
    .updateTable('entries')
    .set({ jobUntil: sql<string>`now() + make_interval(secs => ${seconds})` })
    .where('id', '=', job.entry)
    .where('job', '=', job.job)
    .execute();
}

/** Gives a job back, to be taken again after `seconds`. With `uncounted`, this try was nobody's fault. */
export async function giveJobBack(
  store: Pick<Store, 'read'>,
  job: TakenJob,
  seconds: number,
  { uncounted = false } = {},
): Promise<void> {
  await store.read
    .updateTable('entries')
    .set((entry) => ({
      jobUntil: sql<string>`now() + make_interval(secs => ${seconds})`,
      jobTries: entry('jobTries', '-', uncounted ? 1 : 0),
    }))
    .where('id', '=', job.entry)
    .where('job', 'is not', null)
    .execute();
}

/** Frees every taken job. Only where this process is the only one: what is taken was taken by one that is gone. */
export async function freeJobs(store: Pick<Store, 'read'>): Promise<void> {
  await store.read.updateTable('entries').set({ jobUntil: null }).where('jobUntil', 'is not', null).execute();
}

/** How many jobs are not done yet. */
export async function countJobs(store: Pick<Store, 'read'>): Promise<number> {
  const { count } = await store.read
    .selectFrom('entries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('job', 'is not', null)
    .executeTakeFirstOrThrow();
  return count;
}

// A store tells those in its process who work on jobs that there is a new one; other processes find it by looking.
const listeners = new WeakMap<object, Set<() => void>>();

/** Calls back when a job is written through this store. Returns how to stop it. */
export function onJob(store: Store, listener: () => void): () => void {
  const all = listeners.get(store.read) ?? new Set();
  listeners.set(store.read, all);
  all.add(listener);
  return () => all.delete(listener);
}

/** Says that a job was written. */
export function announceJob(store: Store): void {
  for (const listener of listeners.get(store.read) ?? []) listener();
}
