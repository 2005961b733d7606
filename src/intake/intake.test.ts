// The way from a file to suggestions, on both databases: what is kept, what is logged, and that nothing is done twice.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docx } from '../../test/fixtures/docx.ts';
import { pdf } from '../../test/fixtures/pdf.ts';
import { forEachDatabase, type TestStore } from '../../test/platform/embedded.ts';
import { stands } from '../record/passage.ts';
import { problem } from '../record/problem.ts';
import { createDossier } from '../store/dossiers.ts';
import { countJobs, takeJob } from '../store/jobs.ts';
import { createNamed } from '../store/named.ts';
import { readLayout, readText } from '../store/passages.ts';
import { recordsOfSource } from '../store/record-list.ts';
import { judgeRecords } from '../store/records.ts';
import {
  editSource,
  listRenditions,
  listSources,
  readAgain,
  readSource,
  saveFailure,
  saveReading,
} from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import { SYSTEM_ACCOUNT } from '../store/write.ts';
import { type Intake, openIntake, type Progress } from './intake.ts';
import { intakeLimits } from './limits.ts';
import { receive } from './receive.ts';

const ARTICLE = `Prefecture clears a site in the dunes

About 500 people were moved on Monday, the prefecture said. Observers counted 1,500 people on the same site.

"No belongings were destroyed," said the prefect of the region. The observers rejected this on Tuesday.
`;
const limits = { ...intakeLimits({}), memoryMb: 512 };

async function newDossier(store: Store) {
  const slug = randomUUID();
  const content = { title: 'The dunes', slug, summary: null, language: 'en' as const, publishedBy: null };
  const dossier = await createDossier(store, SYSTEM_ACCOUNT, content);
  return { account: SYSTEM_ACCOUNT, dossier: dossier.id };
}

/** A store of one test's own, for those that take jobs themselves or count everything. */
async function begin(create: () => Promise<TestStore>) {
  const made = await create();
  const store = await made.open();
  return { made, store, writer: await newDossier(store) };
}

async function* inPieces(bytes: Uint8Array | string, size = 1000): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

const arrival = (bytes: Uint8Array | string, fileName: string | null) => ({
  fileName,
  chunks: inPieces(bytes),
  expected: Buffer.byteLength(bytes as string),
  content: {},
});

async function entriesOf(store: Store, subject: string) {
  const rows = await store.read
    .selectFrom('entries')
    .select(['action', 'payload', 'job'])
    .where('subject', '=', subject)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload!) }));
}

async function everything(store: Store, dossier: string) {
  const count = async (table: 'sources' | 'renditions' | 'sourceParts' | 'entries' | 'recordIndex') =>
    (
      await store.read
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('dossier', '=', dossier)
        .executeTakeFirstOrThrow()
    ).n;
  return {
    sources: await count('sources'),
    renditions: await count('renditions'),
    parts: await count('sourceParts'),
    entries: await count('entries'),
    records: await count('recordIndex'),
  };
}

forEachDatabase((create) => {
  // Most tests share a store and an intake at work on it, each in a dossier of its own.
  let store: Store;
  let intake: Intake;
  beforeAll(async () => {
    store = await (await create()).open();
    intake = openIntake(store, limits);
  });
  afterAll(() => intake.close());

  test('a text goes all the way, each step an entry, each suggestion a passage that stands', async () => {
    const writer = await newDossier(store);
    const steps: Progress[] = [];
    const stop = intake.onProgress((progress) => {
      if (progress.dossier === writer.dossier) steps.push(progress);
    });
    const { source, duplicate } = await intake.receive(writer, arrival(ARTICLE, 'dunes.txt'));
    expect(duplicate).toBe(false);
    expect(source).toMatchObject({
      state: 'received',
      title: 'dunes',
      mediaType: 'text/plain',
      mayLeave: false,
    });

    const done = await intake.settled(writer.dossier, source.id);
    expect(done).toMatchObject({
      state: 'proposed',
      failure: null,
      title: 'Prefecture clears a site in the dunes',
      language: 'en',
      textLength: ARTICLE.length,
    });
    stop();
    expect(steps.map(({ step }) => step)).toEqual(['received', 'reading', 'read', 'proposing', 'proposed']);
    const { text, rendition } = await readText(store, writer.dossier, source.id);
    expect(text).toBe(ARTICLE);
    expect((await readLayout(store, writer.dossier, source.id, rendition))!.blocks[0]!.kind).toBe('title');

    const renditions = await listRenditions(store, writer.dossier, source.id);
    expect(renditions.map(({ kind, parent }) => [kind, parent])).toEqual([
      ['text', done.original],
      ['layout', done.text],
    ]);
    const log = await entriesOf(store, source.id);
    expect(log.map(({ action }) => action)).toEqual(['source.add', 'source.read', 'source.propose']);
    expect(log[1]!.payload).toEqual({
      before: source,
      after: expect.objectContaining({ state: 'read' }),
      renditions,
    });
    expect(log.every(({ job }) => job === null)).toBe(true);

    const records = await recordsOfSource(store, writer.dossier, source.id);
    expect(records.map(({ kind }) => kind)).toContain('statement');
    expect(records.map(({ kind }) => kind)).toContain('figure');
    for (const record of records) {
      expect(record.status).toBe('suggested');
      expect(record.provenance).not.toBeNull();
      for (const passage of record.passages) expect(stands(text, passage)).toBe(true);
      const [entry] = await entriesOf(store, record.id);
      expect(entry).toMatchObject({
        action: `${record.kind}.suggest`,
        payload: { before: null, after: record },
      });
    }
    expect(log[2]!.payload.counts).toEqual({
      statement: records.filter(({ kind }) => kind === 'statement').length,
      figure: records.filter(({ kind }) => kind === 'figure').length,
      incident: records.filter(({ kind }) => kind === 'incident').length,
    });
  });

  test('the same bytes are the same source, also when they arrive twice at once', async () => {
    const writer = await newDossier(store);
    const [one, two] = await Promise.all([
      receive(store, writer, arrival(ARTICLE, 'a.txt'), limits),
      receive(store, writer, arrival(ARTICLE, 'b.txt'), limits),
    ]);
    const three = await receive(store, writer, arrival(ARTICLE, null), limits);
    expect(new Set([one!.source.id, two!.source.id, three.source.id]).size).toBe(1);
    expect([one!.duplicate, two!.duplicate].sort()).toEqual([false, true]);
    expect(three.duplicate).toBe(true);
    expect(await everything(store, writer.dossier)).toMatchObject({ sources: 1 });
  });

  test('what a person said of a source is kept; what nobody said is read from it', async () => {
    const writer = await newDossier(store);
    const html = `<!doctype html><html lang="en-GB"><head><title>x</title><meta name="author" content="The desk">
      <meta property="og:site_name" content="The Shore Gazette"><meta property="article:published_time" content="2016-10-24T23:30:00+02:00">
      <link rel="canonical" href="https://example.org/dunes"></head><body><article><h1>A site in the dunes</h1>
      <p>${ARTICLE.slice(40).repeat(3)}</p></article></body></html>`;
    const { source } = await intake.receive(writer, {
      ...arrival(html, 'page.html'),
      content: { author: 'an observer', published: '2016-10-25' },
    });
    expect(await intake.settled(writer.dossier, source.id)).toMatchObject({
      mediaType: 'text/html',
      title: 'A site in the dunes',
      author: 'an observer',
      published: '2016-10-25',
      publisher: 'The Shore Gazette',
      language: 'en-GB',
      address: 'https://example.org/dunes',
    });
  });

  test('speakers and places that the dossier knows are tied to it', async () => {
    const writer = await newDossier(store);
    const actor = await createNamed(store, writer, 'actor', {
      name: 'Prefecture of the region',
      type: 'government-body',
      aliases: ['the prefecture'],
      roles: [],
    });
    const { source } = await intake.receive(writer, arrival(ARTICLE, 'dunes.txt'));
    await intake.settled(writer.dossier, source.id);
    const parties = (await recordsOfSource(store, writer.dossier, source.id)).flatMap((record) =>
      record.kind === 'statement' ? [record.speaker] : record.kind === 'figure' ? [record.accordingTo] : [],
    );
    expect(parties.some((party) => party?.actor === actor.id)).toBe(true);
  });

  test('an original that cannot be read is kept and says why', async () => {
    const writer = await newDossier(store);
    const damaged = pdf([[{ words: 'Half a page', x: 50, y: 700 }]]).subarray(0, 300);
    const { source } = await intake.receive(writer, arrival(damaged, 'half.pdf'));
    const done = await intake.settled(writer.dossier, source.id);
    expect(done.state).toBe('unreadable');
    expect(done.failure).toEqual({
      code: 'read.damaged',
      sentence: expect.stringContaining('PDF file is damaged'),
    });
    expect(await store.blobs.read(done.original)).toEqual(damaged);
    await expect(readText(store, writer.dossier, source.id)).rejects.toMatchObject({
      code: 'source.no-text',
    });
    expect((await entriesOf(store, source.id)).map(({ action }) => action)).toEqual([
      'source.add',
      'source.read',
    ]);
  });

  test('a PDF’s passages know their place on the page', async () => {
    const writer = await newDossier(store);
    const file = pdf([
      [
        { words: 'Prefecture report', x: 50, y: 780, size: 20 },
        { words: 'The prefecture said that 500 people had left the dunes on Monday.', x: 50, y: 700 },
      ],
    ]);
    const { source } = await intake.receive(writer, arrival(file, 'report.pdf'));
    await intake.settled(writer.dossier, source.id);
    const figure = (await recordsOfSource(store, writer.dossier, source.id)).find(
      ({ kind }) => kind === 'figure',
    )!;
    const [area] = figure.passages[0]!.pages;
    expect(area!.page).toBe(1);
    // 842 − 700 = 142 is the baseline; letters stand on it, and "500" begins well to the right of the margin.
    expect(area!.rectangles[0]!.y).toBeGreaterThan(128);
    expect(area!.rectangles[0]!.y + area!.rectangles[0]!.height).toBeLessThan(148);
    expect(area!.rectangles[0]!.x).toBeGreaterThan(120);
  });

  test('read again, nothing is doubled: not the text, not the parts, not the suggestions, not what was rejected', async () => {
    const writer = await newDossier(store);
    const { source } = await intake.receive(writer, arrival(ARTICLE, 'dunes.txt'));
    await intake.settled(writer.dossier, source.id);
    const [first] = await recordsOfSource(store, writer.dossier, source.id);
    await judgeRecords(store, writer, first!.kind, 'reject', [{ id: first!.id, version: first!.version }]);
    const before = await everything(store, writer.dossier);
    const records = await recordsOfSource(store, writer.dossier, source.id);

    await intake.readAgain(writer, source.id);
    const done = await intake.settled(writer.dossier, source.id);
    // Three more entries: asked for, read, proposed from.
    expect(await everything(store, writer.dossier)).toEqual({ ...before, entries: before.entries + 3 });
    expect(await recordsOfSource(store, writer.dossier, source.id)).toEqual(records);
    expect(done.title).toBe('Prefecture clears a site in the dunes');
  });

  test('when a reader gives another text, passages move with their words or are lost, and each says so in the log', async () => {
    const { store, writer } = await begin(create);
    const own = openIntake(store, limits);
    const { source } = await own.receive(writer, arrival(ARTICLE, 'dunes.txt'));
    await own.settled(writer.dossier, source.id);
    await own.close();
    const records = await recordsOfSource(store, writer.dossier, source.id);
    await readAgain(store, writer, source.id);
    // A row that the log is just giving its index is passed over, and taken a moment later: wait for that.
    await store.log.flush();
    const job = (await takeJob(store, 60))!;
    const other = `A line the old reader left out.\n\n${ARTICLE.replace(/"No belongings[\s\S]*/, 'And the page ended here.')}`;
    const reading = {
      text: other,
      layout: { blocks: [], pages: [], runs: [] },
      metadata: {
        title: null,
        author: null,
        published: null,
        language: null,
        publisher: null,
        address: null,
      },
      tool: 'another reader',
      toolVersion: '2',
    };
    const after = await saveReading(store, source, reading, job);
    const moved = await recordsOfSource(store, writer.dossier, source.id);
    expect(moved).toHaveLength(records.length);
    const anchors = new Set(moved.map((record) => record.passages[0]!.anchor));
    expect(anchors).toEqual(new Set(['exact', 'lost']));
    for (const record of moved) {
      const passage = record.passages[0]!;
      const old = records.find(({ id }) => id === record.id)!;
      expect(record.version).toBe(old.version + 1);
      expect(stands(passage.anchor === 'lost' ? ARTICLE : other, passage)).toBe(true);
      expect(passage.rendition).toBe(
        passage.anchor === 'lost' ? (source.text ?? old.passages[0]!.rendition) : after.text,
      );
      expect((await entriesOf(store, record.id)).at(-1)).toMatchObject({
        action: `${record.kind}.edit`,
        payload: { before: old, after: record },
      });
    }
    expect(await listRenditions(store, writer.dossier, source.id)).toHaveLength(4);
  });

  test('a job whose process died is done again, once', async () => {
    const { made, store, writer } = await begin(create);
    const { source } = await receive(store, writer, arrival(ARTICLE, 'dunes.txt'), limits);
    // Taken by a process that then died: nothing was given back, and the lease runs out.
    // A row that the log is just giving its index is passed over, and taken a moment later: wait for that.
    await store.log.flush();
    expect(await takeJob(store, made.settings.databaseUrl ? 0.2 : 600)).toMatchObject({
      job: 'read',
      tries: 1,
    });
    const own = openIntake(store, limits);
    const done = await own.settled(writer.dossier, source.id);
    expect(done.state).toBe('proposed');
    expect(await countJobs(store)).toBe(0);
    expect(await everything(store, writer.dossier)).toMatchObject({ sources: 1, renditions: 2, parts: 1 });
    await own.close();
  });

  test('a job is never given to two, and its result never written twice', async () => {
    const { store, writer } = await begin(create);
    for (let n = 0; n < 6; n++) await receive(store, writer, arrival(`Text ${n}`, `${n}.txt`), limits);
    // A row that the log is just giving its index is passed over, and taken a moment later: wait for that.
    await store.log.flush();
    const taken = await Promise.all(Array.from({ length: 10 }, () => takeJob(store, 60)));
    const got = taken.filter((job) => job !== null);
    expect(new Set(got.map(({ entry }) => entry)).size).toBe(6);
    expect(got).toHaveLength(6);

    const job = got[0]!;
    const save = () =>
      saveFailure(store, { dossier: job.dossier, id: job.subject }, problem('read.no-text'), job);
    await save();
    await expect(save()).rejects.toMatchObject({ name: 'JobDone' });
    expect((await entriesOf(store, job.subject)).map(({ action }) => action)).toEqual([
      'source.add',
      'source.read',
    ]);
  });

  test('a file over which the process ends each time is given up as unreadable', async () => {
    const { store, writer } = await begin(create);
    const { source } = await receive(store, writer, arrival(ARTICLE, 'dunes.txt'), limits);
    // A row that the log is just giving its index is passed over, and taken a moment later: wait for that.
    await store.log.flush();
    for (let tries = 1; tries <= 3; tries++) expect(await takeJob(store, -1)).toMatchObject({ tries });
    const own = openIntake(store, limits);
    expect(await own.settled(writer.dossier, source.id)).toMatchObject({
      state: 'unreadable',
      failure: { code: 'read.crashed' },
    });
    await own.close();
  });

  test('stopping in the middle of a file leaves its job for the next start', async () => {
    const { store, writer } = await begin(create);
    let own = openIntake(store, limits);
    const reading = new Promise<void>((resolve) =>
      own.onProgress(({ step }) => {
        if (step === 'reading') resolve();
      }),
    );
    const { source } = await own.receive(
      writer,
      arrival(docx([{ words: ARTICLE.repeat(200) }]), 'long.docx'),
    );
    await reading;
    await own.close();
    expect((await readSource(store, writer.dossier, source.id)).state).not.toBe('unreadable');
    own = openIntake(store, limits);
    expect((await own.settled(writer.dossier, source.id)).state).toBe('proposed');
    await own.close();
  });

  test('an edit meets the version it was made on, and changes how the text is searched', async () => {
    const writer = await newDossier(store);
    const { source } = await intake.receive(writer, arrival('Les évacuations ont continué mardi.', 'a.txt'));
    const done = await intake.settled(writer.dossier, source.id);
    const edited = await editSource(store, writer, done, { language: 'en', title: 'Tuesday' });
    expect(edited).toMatchObject({ title: 'Tuesday', version: done.version + 1 });
    await expect(editSource(store, writer, done, { title: 'Late' })).rejects.toMatchObject({
      code: 'record.version',
    });
  });

  describe('the list', () => {
    test('pages by cursor, filters, counts, and finds words in every language without their accents', async () => {
      const writer = await newDossier(store);
      const texts = [
        ARTICLE,
        'Les évacuations ont repris mardi. La préfecture parle de 40 personnes évacuées dans la zone des dunes.',
        'A third text, on the ferry timetable of the harbour and of nothing else that week.',
      ];
      for (const [index, text] of texts.entries()) {
        const { source } = await intake.receive(writer, arrival(text, `${index}.txt`));
        await intake.settled(writer.dossier, source.id);
      }
      const all = await listSources(store, writer.dossier, { limit: 2 });
      expect(all.sources.map(({ fileName }) => fileName)).toEqual(['2.txt', '1.txt']);
      expect(all.total).toBe(3);
      const rest = await listSources(store, writer.dossier, { limit: 2, cursor: all.next! });
      expect(rest.sources.map(({ fileName }) => fileName)).toEqual(['0.txt']);
      expect(rest.next).toBeNull();
      expect(rest.sources[0]!.suggested).toBeGreaterThan(0);
      expect(rest.sources[0]!.records).toBe(0);

      const french = await listSources(store, writer.dossier, { limit: 10, q: 'evacues' });
      expect(french.sources.map(({ fileName }) => fileName)).toEqual(['1.txt']);
      expect(french.sources[0]!.snippet).toContain('\u0002évacuations\u0003');
      expect(french.total).toBe(1);
      expect(
        (await listSources(store, writer.dossier, { limit: 10, q: 'counting' })).sources[0]!.snippet,
      ).toContain('\u0002counted\u0003');
      expect((await listSources(store, writer.dossier, { limit: 10, language: 'fr' })).total).toBe(1);
      expect((await listSources(store, writer.dossier, { limit: 10, state: 'unreadable' })).total).toBe(0);
      expect((await listSources(store, writer.dossier, { limit: 10, q: '100%_\\' })).total).toBe(0);
      await expect(listSources(store, writer.dossier, { limit: 10, cursor: 'bogus' })).rejects.toMatchObject({
        code: 'request.cursor',
      });
    });
  });

  describe('bad uploads are refused and leave nothing', () => {
    const nothing = { sources: 0, renditions: 0, parts: 0, records: 0 };
    let store: Store;
    let writer: { account: string; dossier: string };
    beforeAll(async () => {
      ({ store, writer } = await begin(create));
    });
    async function refused(bytes: AsyncIterable<Uint8Array>, expected: number | null, code: string) {
      const small = { ...limits, upload: 5000 };
      const arriving = { fileName: 'x.pdf', chunks: bytes, expected, content: {} };
      await expect(receive(store, writer, arriving, small)).rejects.toMatchObject({ code });
      expect(await everything(store, writer.dossier)).toMatchObject(nothing);
      for await (const blob of store.blobs.list()) throw new Error(`kept ${blob.sha256}`);
    }
    test('an empty file', () => refused(inPieces(''), 0, 'source.empty'));
    test('a file over the limit', () => refused(inPieces(Buffer.alloc(5001)), null, 'source.too-large'));
    test('a file announced as too large', () => refused(inPieces('x'), 5001, 'source.too-large'));
    test('an upload that ends early', () => refused(inPieces('half of it'), 4000, 'source.cut-short'));
    test('an upload that breaks off', () =>
      refused(
        (async function* () {
          yield Buffer.from('half of');
          throw new Error('connection reset');
        })(),
        null,
        'source.cut-short',
      ));
  });
});

test('the limits come from the environment, and a limit misread is refused', () => {
  expect(intakeLimits({ CONSTAT_MAX_UPLOAD_MB: '2' }).upload).toBe(2_000_000);
  expect(intakeLimits({})).toEqual({
    upload: 100_000_000,
    seconds: 30,
    memoryMb: 1024,
    text: 20_000_000,
    unpacked: 200_000_000,
    fetchSeconds: 60,
  });
  expect(() => intakeLimits({ CONSTAT_READ_SECONDS: 'soon' })).toThrow('CONSTAT_READ_SECONDS is “soon”');
});
