/**
 * Connections lost under load, at commits among others: PostgreSQL is asked to end a connection, one of its processes is
 * killed (it then throws all memory away and recovers), and it is stopped at once and started again. A write that was not
 * acknowledged may be there or not, but never in part; and Constat goes on by itself.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDatabase, query, startOwnPostgres } from '../../test/platform/postgres.ts';
import { judgeApart, NOTHING, startWriter } from './child.ts';
import { type Campaign, type Outcome, Tally } from './outcome.ts';

const WAYS = ['connection ended', 'server process killed', 'server stopped and started'] as const;

/** Loses connections of one writer again and again. Only PostgreSQL has connections. */
export async function loseConnections({ engine, folder, random, say, short }: Campaign): Promise<Outcome> {
  const member = 'lost connections';
  if (engine === 'pglite') {
    const notRun = 'the embedded database has no connections.';
    return { member, engine, faults: 0, failures: [], notRun, counts: {} };
  }
  chmodSync(folder, 0o755);
  const keptIn = join(folder, 'postgres');
  mkdirSync(keptIn);
  let server = await startOwnPostgres({ keptIn });
  const port = Number(new URL(server.url).port);
  const tally = new Tally();
  const faults = short ? 6 : 60;
  const settings = { directory: join(folder, 'data'), databaseUrl: await createDatabase(server.url) };
  const writer = startWriter({ settings, writeOnly: true }, NOTHING);
  let stuck = 0;
  try {
    await writer.writing;
    for (let fault = 0; fault < faults; fault++) {
      await pause(random() * 800);
      const way = WAYS[fault % WAYS.length]!;
      if (way === 'server stopped and started') {
        // SIGQUIT: an immediate shutdown, which saves nothing and recovers at the next start.
        process.kill(server.pid!, 'SIGQUIT');
        await server.stop();
        server = await startOwnPostgres({ keptIn, port });
      } else {
        const [backend] = await query(
          server.url,
          'select pid from pg_stat_activity where pid <> pg_backend_pid() and client_port is not null order by random() limit 1',
        );
        if (backend && way === 'server process killed') process.kill(Number(backend.pid), 'SIGKILL');
        else if (backend) await query(server.url, 'select pg_terminate_backend($1::int)', [backend.pid]);
      }
      const before = Object.keys(writer.acknowledged.rows).length;
      if (
        !(await goesOn(
          () => Object.keys(writer.acknowledged.rows).length > before || writer.child.exitCode !== null,
        ))
      )
        stuck++;
      say(`fault ${fault} (${way}): ${before} acknowledged`);
    }
    if (writer.child.exitCode !== null) tally.failures.push('the writer ended by itself');
    writer.child.kill('SIGKILL');
    await writer.ended;
    const { verdict, openedInMs } = await judgeApart(settings, writer.acknowledged);
    tally.add('at the end', verdict, openedInMs, true);
  } finally {
    writer.child.kill('SIGKILL');
    await writer.ended;
    await server.stop();
  }
  if (stuck > 0) tally.failures.push(`${stuck} times no write was acknowledged within 30 s`);
  const unexpected = Object.keys(writer.refusals).filter((code) => !code.startsWith('store.'));
  tally.failures.push(...unexpected.map((code) => `refused with ${code}`));
  const refused = Object.fromEntries(
    Object.entries(writer.refusals).map(([code, n]) => [`refused: ${code}`, n]),
  );
  return {
    member,
    engine,
    faults,
    failures: tally.failures,
    notRun: null,
    counts: { ...refused, ...tally.counts() },
  };
}

async function goesOn(isSo: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 300; tries++) {
    if (isSo()) return true;
    await pause(100);
  }
  return false;
}
