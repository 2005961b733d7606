/**
 * The queue of disagreements at 100,000 records: opened for the first time after a start, again, and after one record was
 * accepted; with memory. `npx tsx bench/queue.ts [--records N]`. Embedded database.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readQueue } from '../src/server/disagreements.ts';
import { createRecord } from '../src/store/records.ts';
import type { AnyRecord } from '../src/store/rows.ts';
import { openStore } from '../src/store/store.ts';
import { insertValues } from '../src/store/values.ts';
import { newId } from '../src/store/write.ts';
import { OBSERVER, sampleDossier, sampleFigure, samplePassage, sampleStatement } from '../test/samples.ts';
import { machine, percentile, randomFrom, table } from './report.ts';

const { values: options } = parseArgs({
  options: {
    records: { type: 'string', default: '100000' },
    step: { type: 'string' },
    directory: { type: 'string' },
  },
});
const COUNT = Number(options.records);
const AT_ONCE = 5000;
const pick = randomFrom(7);
const party = (number: number) => ({ actor: null, name: `party ${number}`, role: null });
const TWENTY = Array.from({ length: 20 }, (_, number) => number);
const YEARS = [2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021];
const WORDS = 'tents camp police shelter border harbour officials minister volunteers bus water school'.split(
  ' ',
);

if (options.step === 'seed') await seed(options.directory!);
else if (options.step === 'measure') await measure(options.directory!);
else {
  const directory = mkdtempSync(join(tmpdir(), 'constat-bench-'));
  try {
    console.log(`the queue over ${COUNT} records (${machine()})`);
    for (const step of ['seed', 'measure']) {
      const args = ['--step', step, '--directory', directory, '--records', String(COUNT)];
      const child = fork(fileURLToPath(import.meta.url), args, { execArgv: ['--import', 'tsx'] });
      await new Promise<void>((resolve, reject) =>
        child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ended with ${code}`)))),
      );
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
process.exit(0);

/** Seven figures in ten, three statements: of many parties, places and days. */
function makeRecord(index: number, dossier: string, source: string): AnyRecord {
  const at = new Date().toISOString();
  const kept = { version: 1, createdAt: at, createdBy: OBSERVER, updatedAt: at, updatedBy: OBSERVER };
  const base = {
    id: newId(),
    dossier,
    status: 'accepted' as const,
    submission: null,
    provenance: null,
    ...kept,
  };
  const passages = [{ ...samplePassage(source), start: index * 60, end: index * 60 + 18 }];
  const day = `${pick(YEARS)}-${pick(['01', '03', '06', '09'])}-${pick(['02', '11', '17', '28'])}`;
  if (index % 10 < 7) {
    const content = sampleFigure({
      counted: `${pick(WORDS)} ${pick(WORDS)}`,
      value: pick(TWENTY) * 37 + 100,
      place: { place: null, name: `site ${pick(TWENTY)}`, precision: null },
      period: day,
      accordingTo: party(pick(TWENTY)),
    });
    return { kind: 'figure', ...base, passages, ...content };
  }
  const content = sampleStatement({
    content: Array.from({ length: 9 }, () => pick(WORDS)).join(' '),
    act: pick(['says', 'says', 'says', 'denies', 'clarifies'] as const),
    speaker: party(pick(TWENTY) * 20 + pick(TWENTY)),
    saidOn: day,
    topics: [`${pick(WORDS)} ${pick(TWENTY)}`],
  });
  return { kind: 'statement', ...base, passages, ...content };
}

async function seed(directory: string): Promise<void> {
  const store = await openStore({ directory });
  const { writer } = await sampleDossier(store);
  for (let from = 0; from < COUNT; from += AT_ONCE) {
    const source = newId();
    const records = Array.from({ length: Math.min(AT_ONCE, COUNT - from) }, (_, at) =>
      makeRecord(from + at, writer.dossier, source),
    );
    // One entry for all: what is measured is analysis, not the log.
    await store.write(writer, 'figure.create', async (tx) => {
      for (const kind of ['figure', 'statement'] as const) {
        const some = records.filter((record) => record.kind === kind);
        await insertValues(tx, kind, some as never);
      }
      return { entries: [{ subject: records[0]!.id, payload: { count: records.length } }], result: null };
    });
  }
  await store.close();
}

async function measure(directory: string): Promise<void> {
  const store = await openStore({ directory });
  const { id: dossier } = await store.read.selectFrom('dossiers').select('id').executeTakeFirstOrThrow();
  const writer = { account: OBSERVER, dossier };
  const before = process.memoryUsage.rss();
  const timed = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  let found = 0;
  const look = async () => {
    found = (await readQueue(store, dossier)).length;
  };
  const first = await timed(look);
  const memory = process.memoryUsage.rss() - before;
  const again: number[] = [];
  for (let round = 0; round < 20; round++) again.push(await timed(look));
  const after: number[] = [];
  for (let round = 0; round < 20; round++) {
    const record = makeRecord(round * 10, dossier, newId());
    if (record.kind !== 'figure') continue;
    const { counted, place, period, accordingTo, value } = record;
    await createRecord(
      store,
      writer,
      'figure',
      sampleFigure({ counted, place, period, accordingTo, value }),
      record.passages,
    );
    after.push(await timed(look));
  }
  table(
    ['what', 'time, memory'],
    [
      ['first look after a start', `${(first / 1000).toFixed(1)} s`],
      ['memory it adds', `${Math.round(memory / 1e6)} MB`],
      ['findings', String(found)],
      ['another look, p95', `${percentile(again, 95).toFixed(0)} ms`],
      ['after one record was made, p95', `${percentile(after, 95).toFixed(0)} ms`],
    ],
  );
  await store.close();
}
