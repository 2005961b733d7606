/**
 * Kill -9 under load: at random moments, and at named places between the steps of keeping something. Half the kills are
 * of each kind; the places take turns.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FAIL_POINTS } from '../../src/store/fail-point.ts';
import { judgeApart, NOTHING, startWriter } from './child.ts';
import type { Acknowledged } from './oracle.ts';
import { type Campaign, type Outcome, startDatabase, Tally } from './outcome.ts';

/** Kills on one store, before the next begins with a new one: examining grows with what there is. */
const SERIES = 25;
/** The longest a writer writes before it is killed at a random moment. */
const LONGEST_MS = 1500;

/** Kills writers of one database and has each killed store judged. */
export async function killWriters({ engine, folder, random, kills, say }: Campaign): Promise<Outcome> {
  const tally = new Tally();
  let [atPlaces, neverPassed] = [0, 0];
  const database = await startDatabase(engine);
  try {
    for (let done = 0, series = 0; done < kills; series++) {
      let before: Acknowledged = NOTHING;
      const settings = { directory: join(folder, `data-${series}`), databaseUrl: await database.create() };
      const end = Math.min(kills, done + SERIES);
      for (let round = 0; done < end; done++, round++) {
        const point = done % 2 === 0 ? null : FAIL_POINTS[((done - 1) / 2) % FAIL_POINTS.length]!;
        const pass =
          1 + Math.floor(random() * (point?.includes('blob') || point?.includes('commit') ? 40 : 5));
        const writer = startWriter({ settings, ...(point && { failPoint: { point, pass } }) }, before);
        await writer.writing;
        // A place that is not passed in time counts as a random moment.
        await Promise.race([writer.ended, pause(point === null ? random() * LONGEST_MS : 10_000)]);
        if (point !== null && writer.child.signalCode !== null) atPlaces++;
        else if (point !== null) neverPassed++;
        writer.child.kill('SIGKILL');
        await writer.ended;
        const verdict = writer.verdict();
        if (verdict === null) {
          tally.failures.push(`kill ${done}: the store could not be opened`);
          break;
        }
        const name = `kill ${done} (${point ? `${point}, pass ${pass}` : 'random moment'})`;
        // What this writer found is what the kill before it left.
        if (round > 0) tally.add(`before ${name}`, verdict, writer.openedInMs()!, false);
        before = writer.acknowledged;
        say(`${name}: ${Object.keys(before.rows).length} acknowledged`);
      }
      const { verdict, openedInMs } = await judgeApart(settings, before);
      tally.add(`end of series ${series}`, verdict, openedInMs, true);
    }
  } finally {
    await database.stop();
  }
  return {
    member: 'kill -9',
    engine,
    faults: kills,
    failures: tally.failures,
    notRun: null,
    counts: { 'at named places': atPlaces, 'place not passed in time': neverPassed, ...tally.counts() },
  };
}
