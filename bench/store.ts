/**
 * The store at 100,000 records: lists, facet counts, full-text search, the cost of page 2,000, memory; and
 * acknowledged, synced writes with 8 clients. `npx tsx bench/store.ts [--database pglite|postgresql] [--records N]`.
 */
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { RecordQuery } from '../src/record/record-query.ts';
import type { RecordKind } from '../src/record/vocabulary.ts';
import { countFacets, listRecords } from '../src/store/record-list.ts';
import { createRecord } from '../src/store/records.ts';
import type { AnyRecord } from '../src/store/rows.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { insertValues } from '../src/store/values.ts';
import { newId } from '../src/store/write.ts';
import { startOwnPostgres } from '../test/platform/postgres.ts';
import {
  OBSERVER,
  sampleDossier,
  sampleFigure,
  sampleIncident,
  samplePassage,
  sampleStatement,
} from '../test/samples.ts';
import { machine, percentile, randomFrom, table } from './report.ts';

const { values: options } = parseArgs({
  options: {
    database: { type: 'string' },
    records: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '10' },
    seed: { type: 'string' },
    directory: { type: 'string' },
    url: { type: 'string' },
  },
});
const COUNT = Number(options.records);

/** Words of the matter, so that some searches find much and some little. */
const WORDS =
  'tents camp police migrants harbour evicted morning officials counted destroyed shelter border minister volunteers bus'.split(
    ' ',
  );

if (options.seed !== undefined) {
  await seed(options.directory!, options.url);
  process.exit(0);
}
for (const database of options.database ? [options.database] : ['pglite', 'postgresql'])
  await measure(database);
process.exit(0);

/** A record as varied as a real dossier's: 60 % statements, 30 % figures, 10 % incidents. */
function makeRecord(
  index: number,
  dossier: string,
  sources: string[],
  pick: ReturnType<typeof randomFrom>,
): AnyRecord {
  const words = Array.from({ length: 12 }, () => pick(WORDS)).join(' ');
  const base = {
    id: newId(),
    dossier,
    status: pick(['suggested', 'accepted', 'accepted', 'rejected', 'corrected'] as const),
    passages: [{ ...samplePassage(pick(sources)), exact: `${words} ${index}` }],
    submission: null,
    provenance: { proposer: 'bench', version: '1', confidence: pick([0.2, 0.4, 0.6, 0.8, 0.95]) },
    version: 1,
    createdAt: new Date().toISOString(),
    createdBy: OBSERVER,
    updatedAt: new Date().toISOString(),
    updatedBy: OBSERVER,
  };
  const party = { actor: null, name: `party ${pick(Array.from({ length: 300 }, (_, n) => n))}`, role: null };
  const when = `${pick([2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021])}-0${pick([1, 2, 3, 4, 5, 6, 7, 8, 9])}`;
  const place = {
    place: null,
    name: `site ${pick([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])}`,
    precision: null,
  };
  const share = index % 10;
  if (share < 6) {
    const act = pick(['says', 'denies', 'rejects', 'asks', 'promises'] as const);
    return {
      kind: 'statement',
      ...base,
      ...sampleStatement({
        content: words,
        speaker: party,
        saidOn: when,
        act,
        mode: pick(['direct', 'indirect', 'mixed'] as const),
      }),
    };
  }
  if (share < 9) {
    const bound = pick(['exact', 'about', 'at-least', 'at-most'] as const);
    return {
      kind: 'figure',
      ...base,
      ...sampleFigure({
        counted: pick(['migrants', 'tents', 'arrests', 'crossings']),
        value: index % 3000,
        bound,
        accordingTo: party,
        period: when,
        place,
      }),
    };
  }
  return { kind: 'incident', ...base, ...sampleIncident({ title: words, occurredOn: when, place }) };
}

/** Fills a store, in a process of its own so that its memory does not count. */
async function seed(directory: string, url: string | undefined): Promise<void> {
  const store = await openStore({ directory, databaseUrl: url });
  const { dossier, writer } = await sampleDossier(store);
  const pick = randomFrom(42);
  const sources = Array.from({ length: 3000 }, () => newId());
  for (let start = 0; start < COUNT; start += 1000) {
    const records = Array.from({ length: Math.min(1000, COUNT - start) }, (_, n) =>
      makeRecord(start + n, dossier.id, sources, pick),
    );
    await store.write(writer, 'source.propose', async (tx) => {
      for (const kind of ['statement', 'figure', 'incident'] as const) {
        await insertValues(tx, kind, records.filter((record) => record.kind === kind) as never);
      }
      return {
        entries: records.map((record) => ({
          action: `${record.kind}.suggest` as const,
          subject: record.id,
          payload: { before: null, after: record },
        })),
        result: undefined,
      };
    });
  }
  await store.log.flush();
  await store.maintain();
  await store.close();
}

async function measure(database: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'constat-bench-'));
  const server = database === 'postgresql' ? await startOwnPostgres() : null;
  try {
    const started = performance.now();
    await new Promise<void>((resolve, reject) => {
      const args = [
        '--seed',
        'yes',
        '--records',
        String(COUNT),
        '--directory',
        directory,
        ...(server ? ['--url', server.url] : []),
      ];
      const child = fork(fileURLToPath(import.meta.url), args, { execArgv: ['--import', 'tsx'] });
      child.once('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`seeding ended with ${code}`)),
      );
    });
    const seeding = (performance.now() - started) / 1000;
    const opening = performance.now();
    const store = await openStore({ directory, databaseUrl: server?.url });
    const opened = performance.now() - opening;
    const dossier = (await store.read.selectFrom('dossiers').select('id').executeTakeFirstOrThrow()).id;
    console.log(
      `\n${database}: ${COUNT} records, seeded in ${seeding.toFixed(0)} s, opened in ${opened.toFixed(0)} ms (${machine()})`,
    );
    const limit = database === 'pglite' ? 100 : 40;
    table(
      ['what', 'p50 ms', 'p95 ms', 'limit'],
      [
        await timed('list, one kind, filters and sorts varied', limit, (n) =>
          listRecords(store, kindOf(n), dossier, variedQuery(n)),
        ),
        await timed('facet counts, filters varied', limit, (n) =>
          countFacets(store, kindOf(n), dossier, variedQuery(n)),
        ),
        await timed('facet counts, no filter, statements', limit, () =>
          countFacets(store, 'statement', dossier, RecordQuery.parse({})),
        ),
        await timed('search, rare words', limit, (n) =>
          listRecords(store, kindOf(n), dossier, RecordQuery.parse({ q: `${WORDS[n % 15]} ${n * 97}` })),
        ),
        await timed('search, common word', limit, (n) =>
          listRecords(store, kindOf(n), dossier, RecordQuery.parse({ q: WORDS[n % 15] })),
        ),
        await timed('page 1', limit, () =>
          listRecords(store, 'statement', dossier, RecordQuery.parse({ limit: 20 })),
        ),
        await deepPage(store, dossier, limit),
      ],
    );
    console.log(
      `resident memory after the reads: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB (limit 500)`,
    );
    await writes(store, dossier, database === 'pglite' ? 100 : 500);
    console.log(
      `resident memory after the writes: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB (limit 500)`,
    );
    await store.close();
  } finally {
    await server?.stop();
    if (existsSync(directory)) rmSync(directory, { recursive: true, force: true });
  }
}

function kindOf(n: number): RecordKind {
  return (['statement', 'figure', 'statement', 'incident'] as const)[n % 4]!;
}

function variedQuery(n: number): RecordQuery {
  return RecordQuery.parse({
    ...(n % 2 === 0 && { status: n % 4 === 0 ? 'accepted' : ['suggested', 'corrected'] }),
    ...(n % 5 === 0 && { year: 2014 + (n % 8) }),
    ...(n % 7 === 0 && { party: `party ${n % 300}` }),
    sort: (['date', 'party', 'confidence'] as const)[n % 3],
    order: n % 2 === 0 ? 'asc' : 'desc',
  });
}

async function timed(
  name: string,
  limit: number,
  action: (n: number) => Promise<unknown>,
): Promise<string[]> {
  for (let n = 0; n < 5; n++) await action(n);
  const times: number[] = [];
  for (let n = 0; n < 100; n++) {
    const started = performance.now();
    await action(n);
    times.push(performance.now() - started);
  }
  return [name, percentile(times, 50).toFixed(1), percentile(times, 95).toFixed(1), String(limit)];
}

/** Walks to page 2,000 by its cursors, then times that page. */
async function deepPage(store: Store, dossier: string, limit: number): Promise<string[]> {
  let cursor: string | undefined;
  for (let page = 1; page < Math.min(2000, COUNT / 40); page++) {
    cursor =
      (await listRecords(store, 'statement', dossier, RecordQuery.parse({ limit: 20, cursor }))).next ??
      undefined;
  }
  return timed('page 2,000', limit, () =>
    listRecords(store, 'statement', dossier, RecordQuery.parse({ limit: 20, cursor })),
  );
}

/** Acknowledged writes of 8 clients, each its own record, transaction, entry and sync. */
async function writes(store: Store, dossier: string, limit: number): Promise<void> {
  const until = performance.now() + Number(options.seconds) * 1000;
  const syncsBefore = store.syncs?.() ?? 0;
  const started = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (performance.now() < until) {
        await createRecord(store, { account: OBSERVER, dossier }, 'statement', sampleStatement(), [
          samplePassage(),
        ]);
        done++;
      }
    }),
  );
  const rate = done / ((performance.now() - started) / 1000);
  const syncs = store.syncs ? `, ${store.syncs() - syncsBefore} syncs` : '';
  console.log(
    `writes, 8 clients: ${rate.toFixed(0)}/s acknowledged and synced (${done} writes${syncs}; limit ${limit}/s)`,
  );
}
