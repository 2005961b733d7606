/**
 * A table of 100,000 rows: handed in and read, looked at, imported as figures, taken back, imported again, and a longer
 * version of it imported; with the log, and memory. `npx tsx bench/series.ts [--database pglite|postgresql] [--rows N]`.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openIntake } from '../src/intake/intake.ts';
import { guess, importOf, makeReady, planOf, preview } from '../src/server/series-table.ts';
import { openTable } from '../src/server/table-file.ts';
import { redo, undo } from '../src/store/history.ts';
import { importSeries } from '../src/store/series.ts';
import { openStore } from '../src/store/store.ts';
import { startOwnPostgres } from '../test/platform/postgres.ts';
import { sampleDossier } from '../test/samples.ts';
import { machine, table } from './report.ts';

const { values: options } = parseArgs({
  options: {
    database: { type: 'string' },
    rows: { type: 'string', default: '100000' },
    directory: { type: 'string' },
    url: { type: 'string' },
  },
});
const ROWS = Number(options.rows);

if (options.directory !== undefined) {
  await measure(options.directory, options.url);
  process.exit(0);
}
for (const database of options.database ? [options.database] : ['pglite', 'postgresql']) {
  const directory = mkdtempSync(join(tmpdir(), 'constat-bench-'));
  const server = database === 'postgresql' ? await startOwnPostgres() : null;
  try {
    console.log(`\n${database}: a table of ${ROWS} rows (${machine()})`);
    const args = ['--rows', String(ROWS), '--directory', directory, ...(server ? ['--url', server.url] : [])];
    // A process of its own, so that its memory is that of this work and of nothing before it.
    const child = fork(fileURLToPath(import.meta.url), args, { execArgv: ['--import', 'tsx'] });
    await new Promise<void>((resolve, reject) =>
      child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ended with ${code}`)))),
    );
  } finally {
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
process.exit(0);

/** Counts by day and site: a line such as "2014-01-01,site 3,1204,the prefecture". */
function makeTable(rows: number): string {
  const lines = ['day,place,people,according to'];
  for (let row = 0; row < rows; row++) {
    const day = new Date(Date.UTC(2014, 0, 1 + Math.floor(row / 25))).toISOString().slice(0, 10);
    lines.push(`${day},site ${row % 25},${(row * 7919) % 2500},the prefecture`);
  }
  return `${lines.join('\n')}\n`;
}

async function measure(directory: string, url: string | undefined): Promise<void> {
  const store = await openStore({ directory, databaseUrl: url });
  const intake = openIntake(store);
  const { dossier, writer } = await sampleDossier(store);
  const lines: string[][] = [];
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const timed = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const before = process.memoryUsage().rss;
    peak = before;
    const started = performance.now();
    const result = await work();
    const seconds = (performance.now() - started) / 1000;
    peak = Math.max(peak, process.memoryUsage().rss);
    lines.push([name, `${seconds.toFixed(1)} s`, `${(peak / 1e6).toFixed(0)} MB`]);
    return result;
  };
  const handIn = (text: string, fileName: string) =>
    timed(`${fileName} handed in and read (${(text.length / 1e6).toFixed(1)} MB)`, async () => {
      const bytes = Buffer.from(text);
      const { source } = await intake.receive(writer, {
        fileName,
        chunks: (async function* () {
          yield bytes;
        })(),
        expected: bytes.length,
        content: {},
      });
      return intake.settled(dossier.id, source.id);
    });
  const bringIn = async (name: string, source: string) => {
    const opened = await openTable(store, dossier.id, source);
    const { mapping } = await guess(store, opened, {});
    const chosen = mapping.measure ?? {
      new: {
        name: 'People',
        definition: null,
        unit: null,
        series: 'stock' as const,
        repeats: 'unknown' as const,
      },
    };
    const complete = { ...mapping, measure: chosen };
    await timed(`${name}: preview`, () => preview(store, opened, complete));
    const imported = await timed(`${name}: imported`, async () => {
      const ready = await makeReady(store, opened, complete);
      return importSeries(store, writer, importOf(ready, await planOf(ready)));
    });
    lines.at(-1)![0] += ` (${imported.made} new, ${imported.there} there)`;
    await timed(`${name}: all of it signed for by the log`, () => store.log.flush());
  };
  const first = await handIn(makeTable(ROWS), 'counts.csv');
  await bringIn('first', first.id);
  await timed('undone', () => undo(store, writer));
  await timed('done again', () => redo(store, writer));
  await timed('undone again', () => undo(store, writer));
  await timed('the log signs for all of it', () => store.log.flush());
  await bringIn('again', first.id);
  const longer = await handIn(makeTable(ROWS + 365), 'longer.csv');
  await bringIn('longer', longer.id);
  clearInterval(watch);
  table(['what', 'time', 'most resident memory'], lines);
  await intake.close();
  await store.close();
}
