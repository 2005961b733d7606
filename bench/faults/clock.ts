/**
 * A clock that is wrong: ten years ahead, ten years behind, and set to and fro while writers are at work (libfaketime).
 * The order of what happened is that of the log, whatever the hour; nothing is lost, and work waiting is done.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { takeJob } from '../../src/store/jobs.ts';
import { openStore, type StoreSettings } from '../../src/store/store.ts';
import { judgeApart, NOTHING, startWriter } from './child.ts';
import { type Campaign, type Outcome, startDatabase, Tally } from './outcome.ts';

/** What the clock shows, one after the other within one run, as libfaketime's offsets. */
const RUNS = [['+0'], ['+3650d'], ['-3650d'], ['+0', '+3650d', '-3650d', '+3600', '-3600', '+0']];

/** Runs writers under wrong clocks on one store. */
export async function setClocks({ engine, folder, say, short }: Campaign): Promise<Outcome> {
  const member = 'wrong clocks';
  const library = findLibrary();
  if (library === null) {
    return { member, engine, faults: 0, failures: [], notRun: 'libfaketime is not installed.', counts: {} };
  }
  const database = await startDatabase(engine);
  const settings: StoreSettings = { directory: join(folder, 'data'), databaseUrl: await database.create() };
  const tally = new Tally();
  let before = NOTHING;
  let steps = 0;
  try {
    const runs = short ? RUNS.slice(-1) : RUNS;
    for (const [at, offsets] of runs.entries()) {
      const clock = join(folder, 'clock');
      writeFileSync(clock, offsets[0]!);
      const env = {
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: clock,
        FAKETIME_NO_CACHE: '1',
        // Time that only passes is not the clock that somebody sets.
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      };
      const writer = startWriter({ settings }, before, { env });
      await writer.writing;
      for (const offset of offsets) {
        writeFileSync(clock, offset);
        steps++;
        await pause(1000);
      }
      if (Object.keys(writer.acknowledged.rows).length === Object.keys(before.rows).length) {
        tally.failures.push(`clock ${offsets}: nothing was acknowledged`);
      }
      tally.failures.push(
        ...Object.keys(writer.refusals).map((code) => `clock ${offsets}: refused with ${code}`),
      );
      writer.child.kill('SIGKILL');
      await writer.ended;
      before = writer.acknowledged;
      const { verdict, openedInMs } = await judgeApart(settings, before);
      tally.add(`clock ${offsets}`, verdict, openedInMs, at === runs.length - 1);
      say(`clock ${offsets}: ${verdict.acknowledged} acknowledged`);
    }
    const { outOfOrder, years, jobs } = await lookAtOrder(settings);
    if (outOfOrder > 0) tally.failures.push(`${outOfOrder} edits stand in the log before what they edit`);
    if (years < 3) tally.failures.push('the clock was not moved');
    if (jobs !== null) tally.failures.push(jobs);
    return {
      member,
      engine,
      faults: steps,
      failures: tally.failures,
      notRun: null,
      counts: { 'years that entries say': years, 'edits out of order': outOfOrder, ...tally.counts() },
    };
  } finally {
    await database.stop();
  }
}

/** Whether edits follow what they edit in the log, and a job that a wrong clock took for years is free. */
async function lookAtOrder(
  settings: StoreSettings,
): Promise<{ outOfOrder: number; years: number; jobs: string | null }> {
  const store = await openStore(settings);
  try {
    await store.log.flush();
    const { rows } = await sql<{ wrong: number; years: number }>`
      select
        (select count(*) from entries edit join entries made on made.subject = edit.subject
          and made.action = 'statement.create' and edit.action = 'statement.edit' and edit.log_index <= made.log_index
        ) as wrong,
        (select count(distinct extract(year from at)) from entries) as years`.execute(store.read);
    await sql`update entries set job_until = now() + interval '10 years' where job is not null`.execute(
      store.read,
    );
    const taken = await takeJob(store, 60);
    const { wrong, years } = rows[0]!;
    return {
      outOfOrder: Number(wrong),
      years: Number(years),
      jobs: taken === null ? 'a job that a wrong clock took is never free again' : null,
    };
  } finally {
    await store.close();
  }
}

function findLibrary(): string | null {
  const places = [
    '/usr/lib',
    ...(existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`) : []),
  ];
  return places.map((place) => join(place, 'faketime/libfaketime.so.1')).find(existsSync) ?? null;
}
