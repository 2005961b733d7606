// What is erased is nowhere: not in a row, an entry, a file, a published view or a bundle. The log still verifies.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { forEachDatabase, makeTemporaryDirectory } from '../../test/platform/embedded.ts';
import { dossierToPublish, passageIn } from '../../test/public-dossier.ts';
import { readSourceOf } from '../../test/read-source.ts';
import { OBSERVER, sampleFigure, sampleStatement } from '../../test/samples.ts';
import { auditLog, followLog } from '../log/follow.ts';
import { parseVerifierKey } from '../log/note.ts';
import { bytesSource } from '../publish/bundle/byte-source.ts';
import { verifyBundle } from '../publish/bundle/verify.ts';
import { writeBundle } from '../publish/bundle/write.ts';
import type { Consent } from '../record/witness.ts';
import { tablesInOrder } from './backup.ts';
import { fileDisagreement } from './disagreements.ts';
import { examine } from './doctor.ts';
import { type ErasureOrder, erase, planErasure } from './erase.ts';
import { forgetBlobs } from './forgotten-blobs.ts';
import { readHistory, undo } from './history.ts';
import { bundlePath, forgetBundles } from './kept-bundles.ts';
import { createNamed } from './named.ts';
import { listPublished, publish, readPublication, readPublished } from './publications.ts';
import { createRecord, type DossierWriter, editRecord, readRecord } from './records.ts';
import { openFields } from './seals.ts';
import { readSource } from './sources.ts';
import type { Store } from './store.ts';
import { createWitness, listWitnesses, readWitness, restingOnWitness, setWitness } from './witnesses.ts';

// The first bundle builds its page, which takes a while on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

/** In everything that is erased, and in nothing else. */
const WORD = 'zxqvoltram';
const TOLD = `On the quay stood a ${WORD}. The tents were ${WORD} away at dawn. Nobody came back for days.`;
const OPEN =
  'The minister said that the site was empty. Observers counted 40 tents there on the same morning.';

const agreed: Consent = {
  purpose: 'publish',
  givenOn: '2020-01-01',
  until: null,
  withdrawnOn: null,
  how: `${WORD} in writing`,
};

/** A witness who told a source, records that rest on it and one that does not, all published twice. */
async function toldDossier(store: Store) {
  const { dossier, writer } = await dossierToPublish(store);
  const witness = await createWitness(
    store,
    writer,
    { pseudonym: `Witness ${WORD}`, consents: [agreed], protection: `${WORD} protection` },
    { name: `${WORD} name`, contact: null, notes: null },
  );
  const told = await readSourceOf(
    store,
    writer,
    TOLD,
    { title: `The ${WORD} report`, note: `${WORD} note` },
    `${WORD}.txt`,
  );
  await setWitness(store, writer, told, witness.id);
  const open = await readSourceOf(store, writer, OPEN, { title: 'The open report' });
  const first = await createRecord(
    store,
    writer,
    'statement',
    sampleStatement({ content: `The tents were ${WORD} away` }),
    [passageIn(told, `The tents were ${WORD} away`, TOLD)],
  );
  const stays = await createRecord(store, writer, 'figure', sampleFigure(), [
    passageIn(open, '40 tents', OPEN),
  ]);
  const link = {
    from: { kind: 'figure', id: stays.id },
    to: { kind: 'statement', id: first.id },
    link: 'confirms',
    note: `${WORD} link`,
  } as const;
  await createNamed(store, writer, 'link', link);
  await fileDisagreement(store, writer, {
    kind: 'denied',
    records: [link.from, link.to],
    words: `${WORD} disagreement`,
  });
  const request = {
    askedOf: { actor: null, name: 'the ministry', role: null },
    means: 'email',
    askedOn: '2021-10-09',
    due: null,
    outcome: 'waiting',
    answeredOn: null,
    answer: null,
    note: null,
    sensitivity: 'team',
  } as const;
  await createNamed(store, writer, 'request', { ...request, question: `${WORD}?`, about: [link.to] });
  await createNamed(store, writer, 'request', {
    ...request,
    question: 'And 40?',
    about: [link.from, link.to],
  });
  await publish(store, writer, { note: null });
  const edited = await editRecord(store, writer, 'statement', first, {
    content: `The tents were ${WORD} away, it was said`,
  });
  await publish(store, writer, { note: null });
  return { dossier, writer, witness, told, open, statement: edited, stays };
}

/** Everything the database holds, as text: of each table every row, bytes as hexadecimal. */
async function dump(store: Store): Promise<string> {
  const rows: string[] = [];
  for (const name of [...(await tablesInOrder(store.read)), 'sessions']) {
    const found = await sql<{ line: string }>`select t::text as line from ${sql.table(name)} t`.execute(
      store.read,
    );
    rows.push(...found.rows.map(({ line }) => line));
  }
  return rows.join('\n');
}

async function findings(store: Store): Promise<string[]> {
  const found: string[] = [];
  for await (const { code, subject } of examine(store)) found.push(`${code} ${subject}`);
  return found;
}

/** What somebody sees who has only the log's address and its key. */
function fetcher(store: Store) {
  return async (path: string) =>
    path === 'checkpoint'
      ? Buffer.from(await store.log.checkpoint())
      : ((await store.log.tile(path)) ?? undefined);
}

const order = async (
  store: Store,
  writer: DossierWriter,
  of: Pick<ErasureOrder, 'noun' | 'id' | 'told'>,
): Promise<ErasureOrder> => ({
  ...of,
  reason: 'They asked for it.',
  typed: (await planErasure(store, writer.dossier, of)).name,
});

forEachDatabase((create) => {
  test('a source goes with all that rests on it, from everywhere, and the log stays what it was', async () => {
    const store = await (await create()).open();
    const { dossier, writer, told, open, statement, stays } = await toldDossier(store);
    const kept = bundlePath(store.settings.directory, dossier.id, 1);
    mkdirSync(dirname(kept));
    await writeBundle(store, OBSERVER, dossier.id, kept, { publication: 1 });
    await store.log.flush();
    const key = parseVerifierKey(store.log.status().vkey);
    const seen = await followLog(fetcher(store), key);
    if (!seen.ok) throw new Error(seen.finding.detail);
    expect(await dump(store)).toContain(WORD);

    const plan = await planErasure(store, dossier.id, { noun: 'source', id: told.id });
    expect(plan).toMatchObject({
      name: `The ${WORD} report`,
      links: 1,
      disagreements: 1,
      requests: { gone: 1, kept: 1 },
      files: { count: 2 },
      isPublic: true,
      publications: [2, 1],
      bundles: [1],
    });
    expect(plan.goes.map(({ noun, id }) => [noun, id])).toEqual([
      ['source', told.id],
      ['statement', statement.id],
    ]);

    const asked = await order(store, writer, { noun: 'source', id: told.id });
    await expect(erase(store, writer, { ...asked, typed: 'The report' })).rejects.toMatchObject({
      code: 'erase.not-typed',
    });
    await expect(erase(store, writer, asked)).rejects.toMatchObject({ code: 'erase.published' });
    expect(await erase(store, writer, { ...asked, withdraw: true })).toEqual({
      subject: told.id,
      things: 2,
      entries: plan.entries,
      publication: 3,
    });

    // The witness still says the word; whoever told it is not what they told.
    const text = await dump(store);
    const lines = text.split('\n').filter((line) => line.includes(WORD));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !line.includes('protection'))).toEqual([]);
    for (const sha256 of [told.original, told.text!]) expect(await store.blobs.has(sha256)).toBe(false);
    expect(await store.blobs.has(open.original)).toBe(true);
    expect(existsSync(kept)).toBe(false);

    // The log.
    await store.log.flush();
    expect(await findings(store)).toEqual([]);
    expect(await auditLog(fetcher(store), key)).toMatchObject({ ok: true, findings: [] });
    expect(await followLog(fetcher(store), key, seen.note)).toMatchObject({ ok: true, change: 'grown' });

    // What is left of it.
    for (const [noun, id] of [
      ['statement', statement.id],
      ['source', told.id],
    ] as const) {
      const read =
        noun === 'source'
          ? readSource
          : (...at: [Store, string, string]) => readRecord(at[0], noun, at[1], at[2]);
      await expect(read(store, dossier.id, id)).rejects.toMatchObject({
        code: 'subject.erased',
        details: { reason: 'They asked for it.' },
      });
      const history = await readHistory(store, dossier.id, id);
      expect(history.at(-1)).toMatchObject({
        action: 'entry.erase',
        payload: { noun, reason: 'They asked for it.' },
      });
      expect(history.filter(({ payload }) => JSON.stringify(payload).includes(WORD))).toEqual([]);
    }
    // Undo passes over all that was erased, to what was done before: a figure that is published.
    await expect(undo(store, writer)).rejects.toMatchObject({ code: 'undo.published' });

    // What the public has.
    const now = await readPublication(store, dossier.id);
    expect([now.publication.number, now.erased]).toEqual([3, 0]);
    const { items } = await listPublished(store, now, 'record', { cursor: null, limit: 9 });
    expect(items.map(({ view }) => [view.id, 'links' in view && view.links])).toEqual([[stays.id, []]]);
    const before = await readPublication(store, dossier.id, 1);
    expect(before.erased).toBe(2);
    await expect(readPublished(store, before, statement.id)).rejects.toMatchObject({
      code: 'publication.erased',
    });
    for (const publication of [1, 2, 3]) {
      const out = join(makeTemporaryDirectory(), 'bundle.zip');
      await writeBundle(store, OBSERVER, dossier.id, out, { publication });
      const bytes = readFileSync(out);
      expect(bytes.includes(WORD)).toBe(false);
      expect(await verifyBundle(bytesSource(bytes))).toMatchObject({ ok: true, findings: [] });
    }
  });

  test('a record goes alone; what it rested on stays', async () => {
    const store = await (await create()).open();
    const { dossier, writer, told, statement } = await toldDossier(store);
    const asked = await order(store, writer, { noun: 'statement', id: statement.id });
    expect(asked.typed).toBe(`the minister: The tents were ${WORD}`);
    await erase(store, writer, { ...asked, withdraw: true });
    const left = (await dump(store)).split('\n').filter((line) => line.includes(`${WORD} away, it was said`));
    expect(left).toEqual([]);
    expect((await readSource(store, dossier.id, told.id)).title).toBe(`The ${WORD} report`);
    await store.log.flush();
    expect(await findings(store)).toEqual([]);
    await expect(
      planErasure(store, dossier.id, { noun: 'statement', id: statement.id }),
    ).rejects.toMatchObject({
      code: 'subject.erased',
    });
  });

  test('a witness goes, with what they told where that is asked for; otherwise it is held back', async () => {
    const store = await (await create()).open();
    const { dossier, writer, witness, told } = await toldDossier(store);
    const alone = await planErasure(store, dossier.id, { noun: 'witness', id: witness.id });
    expect(alone).toMatchObject({ seals: 1, isPublic: false, stays: [{ id: told.id }], files: { count: 0 } });
    await erase(store, writer, await order(store, writer, { noun: 'witness', id: witness.id }));
    expect(await listWitnesses(store, dossier.id)).toEqual([]);
    await expect(readWitness(store, dossier.id, witness.id)).rejects.toMatchObject({
      code: 'subject.erased',
    });
    await expect(
      openFields(store.read, store.houseKey, { dossier: dossier.id, subject: witness.id }, witness.sealed!),
    ).rejects.toMatchObject({ code: 'seal.erased' });
    expect(await dump(store)).not.toContain(`${WORD} protection`);
    // Nobody can say any more that they agree: the next publication withdraws what they told.
    const next = await publish(store, writer, { note: null });
    expect([next.records, next.sources]).toEqual([1, 1]);
    expect((await restingOnWitness(store, dossier.id, witness.id)).publications).toEqual([2, 1]);

    const other = await toldDossier(store);
    const all = { noun: 'witness', id: other.witness.id, told: true } as const;
    await erase(store, other.writer, { ...(await order(store, other.writer, all)), withdraw: true });
    const left = await sql<{ line: string }>`
      select e::text as line from entries e where dossier = ${other.dossier.id} and e.payload like ${`%${WORD}%`}`.execute(
      store.read,
    );
    expect(left.rows).toEqual([]);
    await store.log.flush();
    expect(await findings(store)).toEqual([]);
  });

  test('a file that another source has too stays; what a crash left of a file goes at the next start', async () => {
    const made = await create();
    const store = await made.open();
    const one = await dossierToPublish(store);
    const other = await dossierToPublish(store);
    const mine = await readSourceOf(store, one.writer, TOLD);
    await readSourceOf(store, other.writer, TOLD);
    await erase(store, one.writer, await order(store, one.writer, { noun: 'source', id: mine.id }));
    expect(await store.blobs.has(mine.original)).toBe(true);

    // As after a crash between commit and removal: the rows are gone, the notes and the files are there.
    const left = await store.blobs.putBytes(new TextEncoder().encode('left behind'));
    const bundle = bundlePath(store.settings.directory, one.dossier.id, 7);
    mkdirSync(dirname(bundle), { recursive: true });
    writeFileSync(bundle, 'a bundle');
    await store.write(one.writer, 'entry.erase', async (tx) => {
      await forgetBlobs(tx, [left.sha256]);
      await forgetBundles(tx, one.dossier.id, [7]);
      return { entries: [{ subject: mine.id, payload: null }], result: null };
    });
    await store.close();
    const again = await made.open();
    expect(await again.blobs.has(left.sha256)).toBe(false);
    expect(existsSync(bundle)).toBe(false);
    expect(await again.blobs.has(mine.original)).toBe(true);
  });
});
