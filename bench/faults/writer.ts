/**
 * The program that the fault campaign hurts: opens a store, lets the oracle judge it, then writes with eight clients
 * until it ends: files with their sources, statements that rest on them, edits. What is acknowledged it prints.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pin } from '../../src/record/passage.ts';
import type { SourceContent } from '../../src/record/source.ts';
import { createDossier } from '../../src/store/dossiers.ts';
import { armFailPoint, type FailPoint } from '../../src/store/fail-point.ts';
import { storeProblem } from '../../src/store/failure.ts';
import { createRecord, editRecord } from '../../src/store/records.ts';
import { addSource } from '../../src/store/sources.ts';
import { openStore, type StoreSettings } from '../../src/store/store.ts';
import { SYSTEM_ACCOUNT } from '../../src/store/write.ts';
import { type Acknowledged, judge } from './oracle.ts';

/** What the program is told, as JSON in its only argument. */
export interface WriterOrders {
  settings: StoreSettings;
  /** A file with what was acknowledged before, as JSON. */
  acknowledged: string;
  /** Where it kills itself, and at the how-manieth passage after it has begun to write. */
  failPoint?: { point: FailPoint; pass: number };
  /** Only judge, do not write. */
  judgeOnly?: boolean;
  /** Begin to write without judging: the store is known to be sound. */
  writeOnly?: boolean;
}

const CLIENTS = 8;
const REFUSALS_BORNE = 400;
const orders = JSON.parse(process.argv[2]!) as WriterOrders;
const say = (word: string, ...rest: (string | number)[]) => console.log([word, ...rest].join(' '));

const started = performance.now();
const store = await openStore(orders.settings);
await store.read.selectFrom('logState').selectAll().execute();
say('opened', Math.round(performance.now() - started));
store.onFatal((problem) => {
  say('fatal', problem.code);
  // As `constat serve` does.
  process.exit(3);
});
if (!orders.writeOnly) {
  const before = JSON.parse(readFileSync(orders.acknowledged, 'utf8')) as Acknowledged;
  say('verdict', JSON.stringify(await judge(store, before)));
}
if (orders.judgeOnly) {
  await store.close();
  process.exit(0);
}
const showCheckpoint = async () =>
  say('signed', Buffer.from(await store.log.checkpoint()).toString('base64'));
await showCheckpoint();
store.log.onCheckpoint(() => {
  showCheckpoint().catch(() => {});
});
const dossier =
  (await store.read.selectFrom('dossiers').selectAll().executeTakeFirst()) ??
  (await createDossier(store, SYSTEM_ACCOUNT, {
    title: 'Under load',
    slug: 'load',
    summary: null,
    language: 'en',
    publishedBy: null,
  }));
const writer = { account: SYSTEM_ACCOUNT, dossier: dossier.id };
if (orders.failPoint) armFailPoint(orders.failPoint.point, orders.failPoint.pass);
await Promise.all(Array.from({ length: CLIENTS }, (_, client) => writeOn(client)));

async function writeOn(client: number): Promise<never> {
  let refused = 0;
  for (let turn = 0; ; turn++) {
    try {
      await writeOnce(`${client} ${turn} ${process.pid} ${Date.now()}`);
      refused = 0;
    } catch (error) {
      // Refused, or the database was killed under it: what was not acknowledged may be there or not.
      const code = storeProblem(error)?.code ?? `unexpected ${error}`;
      say('refused', code);
      if (++refused > REFUSALS_BORNE) throw error;
      await pause(50);
    }
  }
}

/** A file and its source, two statements that rest on it, and an edit of one. */
async function writeOnce(name: string): Promise<void> {
  const text = `Report ${name}. The prefecture said that about 500 people were present. ${'… '.repeat(500)}`;
  const blob = await store.blobs.receive(arriving(Buffer.from(text)), { limit: 1_000_000 });
  const content: SourceContent = {
    title: `Report ${name}`,
    type: 'article',
    publisher: null,
    author: null,
    published: null,
    language: 'en',
    address: null,
    acquisition: 'uploaded',
    obtainedFrom: null,
    reliability: 'unknown',
    mayLeave: false,
    sensitivity: 'team',
    note: null,
  };
  const added = await addSource(store, writer, { blob, fileName: null, mediaType: 'text/plain', content });
  say('kept', added.source.id, 1);
  const start = text.indexOf('about 500');
  const passage = pin(text, { start, end: start + 29 }, { source: added.source.id, rendition: blob.sha256 });
  for (const edits of [false, true]) {
    const statement = await createRecord(
      store,
      writer,
      'statement',
      {
        content: 'about 500 people were present',
        mode: 'indirect',
        act: 'says',
        speaker: null,
        reporter: null,
        addressee: null,
        venue: null,
        saidOn: '2017-07',
        topics: [],
        language: 'en',
        note: null,
        tags: [],
        sensitivity: 'team',
      },
      [passage],
    );
    say('kept', statement.id, 1);
    if (!edits) continue;
    const edited = await editRecord(store, writer, 'statement', statement, { note: 'as printed' });
    say('kept', edited.id, edited.version);
  }
}

/** Bytes as an upload brings them: in pieces. */
async function* arriving(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 400) yield bytes.subarray(at, at + 400);
}
