// From a dossier to a bundle that a stranger can check: on both databases, and with what must never leave.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { createTestStore, forEachDatabase, makeTemporaryDirectory } from '../../../test/platform/embedded.ts';
import { dossierToPublish, passageIn, SOURCE_TEXT } from '../../../test/public-dossier.ts';
import { readSourceOf } from '../../../test/read-source.ts';
import { OBSERVER, sampleFigure, sampleIncident, sampleStatement } from '../../../test/samples.ts';
import type { Figure } from '../../record/figure.ts';
import { createOwner, newSetupToken } from '../../store/accounts.ts';
import { publish } from '../../store/publications.ts';
import { createRecord, type DossierWriter, editRecord, rowEntry } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { insertValues } from '../../store/values.ts';
import { bytesSource } from './byte-source.ts';
import { verifyBundle } from './verify.ts';
import { writeBundle } from './write.ts';
import { contentOffset, openZip } from './zip-read.ts';

// The first bundle builds its page, and the first store its database: on a busy machine each takes a while.
vi.setConfig({ testTimeout: 300_000 });

/** In everything that must not leave. */
const CANARY = 'canary-8f3d';

/** A dossier with what may leave and what may not, published once. */
async function publishedDossier(store: Store) {
  const { dossier, writer } = await dossierToPublish(store);
  const secret = { note: `${CANARY} note`, obtainedFrom: `${CANARY} somebody` };
  const open = await readSourceOf(store, writer, SOURCE_TEXT, secret, `${CANARY}.txt`);
  const closed = await readSourceOf(store, writer, `Sealed: ${SOURCE_TEXT}`, { ...secret, mayLeave: false });
  const inner = await readSourceOf(store, writer, `${CANARY} ${SOURCE_TEXT}`, {
    ...secret,
    sensitivity: 'team',
  });
  const make = (words: string, source = open) => [passageIn(source, words)];
  const note = { note: `${CANARY} on a record` };
  const statement = await createRecord(
    store,
    writer,
    'statement',
    sampleStatement(note),
    make('the site was empty'),
  );
  const sealed = passageIn(closed, 'the site was empty', `Sealed: ${SOURCE_TEXT}`);
  await createRecord(store, writer, 'statement', sampleStatement(note), [sealed]);
  await createRecord(store, writer, 'figure', sampleFigure(note), make('40 tents'));
  await createRecord(store, writer, 'incident', sampleIncident(note), make('Police cleared the site'));
  const team = sampleStatement({ content: `${CANARY} team only`, sensitivity: 'team' });
  await createRecord(store, writer, 'statement', team, make('the site was empty'));
  const within = passageIn(inner, 'the site was empty', `${CANARY} ${SOURCE_TEXT}`);
  await createRecord(store, writer, 'statement', sampleStatement(note), [within]);
  await publish(store, writer, { note: null });
  return { dossier, writer, open, statement };
}

/** Many figures at once, as a table brings them. */
async function addFigures(store: Store, writer: DossierWriter, like: Figure, count: number): Promise<void> {
  await store.write(writer, 'figure.create', async (tx, stamp) => {
    const figures = Array.from(
      { length: count },
      (_, at): Figure => ({ ...like, id: stamp.newId(), value: at }),
    );
    await insertValues(tx, 'figure', figures);
    return { entries: figures.map((after) => rowEntry({ before: null, after })), result: null };
  });
}

const exports = async (store: Store, dossier: string) =>
  store.read
    .selectFrom('entries')
    .select(['payload', 'who'])
    .where('action', '=', 'dossier.export')
    .where('dossier', '=', dossier)
    .execute();

async function fileOf(bytes: Uint8Array, path: string): Promise<string> {
  const zip = await openZip(bytesSource(bytes));
  const entry = zip.ok && zip.entries.find((one) => one.path === path);
  if (!entry) throw new Error(`no ${path}`);
  const from = contentOffset(entry);
  return Buffer.from(bytes.subarray(from, from + entry.size)).toString('utf8');
}

forEachDatabase((create) => {
  test('a published dossier becomes a bundle that verifies, and nothing for the team is in it', async () => {
    const store = await (await create()).open();
    await createOwner(store, await newSetupToken(store), `${CANARY} owner`, `${CANARY} long enough`);
    const { dossier } = await publishedDossier(store);
    const out = join(makeTemporaryDirectory(), 'bundle.zip');
    const written = await writeBundle(store, OBSERVER, dossier.slug, out);
    const bytes = readFileSync(out);
    expect(written).toMatchObject({
      dossier: { id: dossier.id },
      publication: 1,
      counts: { statements: 2, figures: 1, incidents: 1, sources: 2 },
      bytes: bytes.length,
    });
    const { vkey } = store.log.status();
    const report = await verifyBundle(bytesSource(bytes), { vkey });
    expect(report.findings).toEqual([]);
    expect(report.summary).toMatchObject({
      records: 4,
      proofsChecked: 6,
      originals: 1,
      passagesChecked: 3,
      passagesWithheld: 1,
    });
    expect(bytes.includes(CANARY)).toBe(false);
    expect(bytes.includes('Sealed:')).toBe(false);
    // The seal stands in the log, with the hash of the list as it is in the bundle.
    const manifest = createHash('sha256')
      .update(await fileOf(bytes, 'datapackage.json'))
      .digest('hex');
    expect(written.manifest).toBe(manifest);
    const at = report.summary!.sealed.at;
    const payload = JSON.stringify({ at, dossier: dossier.id, manifest, publication: 1 });
    expect(await exports(store, dossier.id)).toEqual([{ payload, who: OBSERVER }]);
    // Who published and who exported is the team's business, even as an id.
    expect(bytes.includes(OBSERVER)).toBe(false);
    expect(readdirSync(join(out, '..'))).toEqual(['bundle.zip']);
  });

  test('an older publication can still be exported, as it was', async () => {
    const store = await (await create()).open();
    const { dossier, writer, statement } = await publishedDossier(store);
    const change = { content: 'the site was nearly empty' };
    await editRecord(store, writer, 'statement', statement, change);
    await publish(store, writer, { note: 'A correction.' });
    const bundles: Buffer[] = [];
    for (const publication of [1, 2, undefined]) {
      const out = join(makeTemporaryDirectory(), 'bundle.zip');
      await writeBundle(store, OBSERVER, dossier.id, out, { publication });
      bundles.push(readFileSync(out));
    }
    for (const [at, bytes] of bundles.entries()) {
      const report = await verifyBundle(bytesSource(bytes));
      expect(report).toMatchObject({ ok: true, summary: { publication: { number: at === 0 ? 1 : 2 } } });
      expect((await fileOf(bytes, 'data/statements.json')).includes(change.content)).toBe(at > 0);
    }
  });
});

test('more records than are read at a time are all there, in the order of their dates', async () => {
  const store = await openOne();
  const { dossier, writer, open } = await publishedDossier(store);
  const like = await createRecord(store, writer, 'figure', sampleFigure(), [passageIn(open, '40 tents')]);
  await addFigures(store, writer, like, 1203);
  await publish(store, writer, { note: null });
  const out = new PassThrough();
  const told: number[] = [];
  const collected = collect(out);
  const written = await writeBundle(store, OBSERVER, dossier.id, out, {
    onProgress: (done) => told.push(done),
  });
  const bytes = await collected;
  expect(written.counts.figures).toBe(1205);
  expect(await verifyBundle(bytesSource(bytes))).toMatchObject({ ok: true, summary: { records: 1208 } });
  expect(told.at(-1)).toBe(1210);
  const page = await fileOf(bytes, 'index.html');
  expect(page.match(/<li class="(statement|figure|incident)"/g)).toHaveLength(500);
});

test('a bundle that cannot be finished leaves no file and no seal', async () => {
  const store = await openOne();
  const { dossier, open } = await publishedDossier(store);
  const directory = makeTemporaryDirectory();
  const out = join(directory, 'bundle.zip');
  // The reader goes away in the middle.
  const gone = new Writable({
    write: (_chunk, _encoding, done) => done(new Error('the reader is gone')),
  });
  await expect(writeBundle(store, OBSERVER, dossier.id, gone)).rejects.toThrow('the reader is gone');
  await expect(
    writeBundle(store, OBSERVER, dossier.id, join(directory, 'no', 'such', 'folder.zip')),
  ).rejects.toThrow();
  await expect(writeBundle(store, OBSERVER, dossier.id, out, { publication: 9 })).rejects.toThrow(
    /There is no such publication/,
  );
  await store.blobs.remove(open.original);
  await expect(writeBundle(store, OBSERVER, dossier.id, out)).rejects.toMatchObject({
    code: 'bundle.damaged',
    message: expect.stringContaining('Harbour works'),
  });
  expect(readdirSync(directory)).toEqual([]);
  expect(existsSync(out)).toBe(false);
  expect(await exports(store, dossier.id)).toEqual([]);
});

async function openOne(): Promise<Store> {
  return (await createTestStore('PGlite')).open();
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}
