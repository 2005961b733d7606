// What is sealed is nowhere in the open any more: not in a row of any table, not in a file. It comes back whole for those who
// may have it, and what was written before still proves itself when it is opened.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import {
  OBSERVER,
  sampleDossier,
  sampleFigure,
  sampleIncident,
  samplePassage,
  sampleStatement,
} from '../../test/samples.ts';
import { checkEntry, encodeLeaf } from '../log/entry.ts';
import type { Passage } from '../record/passage.ts';
import { isSealed, SEALED_TEXT } from '../record/sealed.ts';
import { examine } from './doctor.ts';
import { readHistory, redo, undo } from './history.ts';
import { takeJob } from './jobs.ts';
import { createNamed } from './named.ts';
import { listOpenings, openEntry, openSealed } from './openings.ts';
import { publish } from './publications.ts';
import { countFacets, listRecords } from './record-list.ts';
import { createRecord, editRecord, judgeRecords, readRecord } from './records.ts';
import type { AnyRecord, RecordNoun } from './rows.ts';
import { addSealedSource, changeSource, openSource, sealedOriginal, sealUnsealed } from './sealed-sources.ts';
import { addSource, readSource, saveReading } from './sources.ts';
import type { Store } from './store.ts';

/** Every row of every table as text, and every file below the blobs. */
async function everything(store: Store): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
    store.read,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const lines = await sql<{ line: string }>`select t::text as line from ${sql.table(name)} t`.execute(
      store.read,
    );
    found.push(...lines.rows.map(({ line }) => line));
  }
  const directory = join(store.settings.directory, 'blobs');
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const path = join(directory, name);
    if (statSync(path).isFile()) found.push(readFileSync(path, 'latin1'), name);
  }
  return found.join('\n').toLowerCase();
}

async function expectNowhere(store: Store, words: string[]) {
  const all = await everything(store);
  expect(words.filter((word) => all.includes(word.toLowerCase()))).toEqual([]);
}

const QUERY = {
  ...{
    status: [],
    form: [],
    party: [],
    act: [],
    venue: [],
    place: [],
    year: [],
    source: [],
    sensitivity: [],
  },
  sort: 'date',
  order: 'asc',
  limit: 50,
} as const;

const NOT_HIDDEN = { sensitivity: 'public' } as const;

forEachDatabase((create) => {
  const party = (name: string) => ({ actor: null, name, role: null });
  const contents = {
    statement: (word: string) =>
      sampleStatement({
        content: `${word} content`,
        speaker: party(`${word} speaker`),
        note: `${word} note`,
        topics: [`${word} topic`],
        tags: [`${word} tag`],
      }),
    figure: (word: string) =>
      sampleFigure({
        counted: `${word} counted`,
        value: 4711471147,
        accordingTo: party(`${word} source`),
        method: `${word} method`,
      }),
    incident: (word: string) => sampleIncident({ title: `${word} title`, note: `${word} note` }),
  };

  test.each(['statement', 'figure', 'incident'] as const)(
    'a %s is sealed whole, edited in its seal, and lifted as it was',
    async (noun: RecordNoun) => {
      const store = await (await create()).open();
      const { writer } = await sampleDossier(store);
      const word = `xq${noun}zk`;
      const passage: Passage = { ...samplePassage(), prefix: `${word} prefix`, suffix: `${word} suffix` };
      const made: AnyRecord = await createRecord(store, writer, noun, contents[noun](word), [passage]);
      const known: AnyRecord = await editRecord(store, writer, noun, made, { note: `${word} second note` });
      expect(await everything(store)).toContain(word);

      const sealed: AnyRecord = await editRecord(store, writer, noun, known, { sensitivity: 'sealed' });
      expect(sealed).toMatchObject({ sensitivity: 'sealed', passages: [], status: 'accepted' });
      await expectNowhere(store, [word, '4711471147']);
      const { total } = await countFacets(store, noun, writer.dossier, { ...QUERY, q: word });
      expect(total).toBe(0);
      expect((await listRecords(store, noun, writer.dossier, QUERY)).records).toEqual([sealed]);

      // Its history is in the seal, and proves itself when it is opened.
      const history = await readHistory(store, writer.dossier, made.id);
      expect(history.map((entry) => [entry.sealed, entry.erased])).toEqual([
        [true, false],
        [true, false],
        [false, false],
      ]);
      const opened = await openEntry(store, writer, history[0]!.id, 'to check');
      expect(opened.payload).toMatchObject({ before: null, after: { id: made.id } });
      expect(JSON.stringify(opened.payload)).toContain(word);

      await expect(
        editRecord(store, writer, noun, sealed, { note: `${word} third note` } as never),
      ).rejects.toMatchObject({ code: 'seal.not-named' });
      const changed: AnyRecord = await editRecord(
        store,
        writer,
        noun,
        sealed,
        { note: `${word} third note` },
        {
          opens: true,
        },
      );
      await expectNowhere(store, [word, '4711471147']);
      await undo(store, writer);
      await redo(store, writer);
      const again: AnyRecord = await readRecord(store, noun, writer.dossier, made.id);
      expect(again.sealed).toEqual(changed.sealed);
      const [judged] = (await judgeRecords(store, writer, noun, 'withdraw', [again])) as AnyRecord[];

      const { fields } = await openSealed(store, writer, made.id, 'to compare');
      expect(fields.note).toBe(`${word} third note`);
      expect(fields.passages).toEqual([passage]);
      expect((await listOpenings(store, writer.dossier, made.id)).map((one) => one.reason)).toEqual([
        'to compare',
        'to check',
      ]);
      await expectNowhere(store, [word, '4711471147']);

      const lifted: AnyRecord = await editRecord(
        store,
        writer,
        noun,
        judged!,
        { sensitivity: 'team' },
        {
          opens: true,
        },
      );
      expect(lifted).toMatchObject({
        ...contents[noun](word),
        note: `${word} third note`,
        sensitivity: 'team',
        passages: [passage],
      });
      expect(lifted.sealed).toBeUndefined();
      expect((await readHistory(store, writer.dossier, made.id)).map((entry) => entry.sealed)).not.toContain(
        true,
      );
      const faults = [];
      for await (const fault of examine(store)) if (!fault.code.startsWith('passage')) faults.push(fault);
      expect(faults).toEqual([]);
    },
  );

  test('single fields are sealed with something in their place, and a form that sends it back changes nothing', async () => {
    const store = await (await create()).open();
    const { writer } = await sampleDossier(store);
    const content = sampleStatement({
      speaker: party('Zarquon Truename'),
      note: 'Zarquon lives by the quay',
    });
    const made = await createRecord(store, writer, 'statement', content, [samplePassage()], {
      fields: ['speaker', 'note'],
      standIns: { speaker: party('a resident') },
    });
    expect(made).toMatchObject({ speaker: { name: 'a resident' }, note: null, content: content.content });
    await expectNowhere(store, ['zarquon']);
    // Whoever is not named edits the rest, and sends the stand-ins along as the form showed them.
    const edited = await editRecord(store, writer, 'statement', made, {
      content: 'the site was nearly empty',
      speaker: party('a resident'),
      note: null,
    });
    expect(edited.sealed).toEqual(made.sealed);
    await expect(
      editRecord(store, writer, 'statement', edited, { speaker: party('another') }),
    ).rejects.toMatchObject({ code: 'seal.not-named' });
    const truer = await editRecord(
      store,
      writer,
      'statement',
      edited,
      { speaker: party('Zarquon Newname') },
      { opens: true },
    );
    expect(truer.speaker).toEqual(party('a resident'));
    const actor = await createNamed(store, writer, 'actor', {
      name: 'zarquon  newname',
      type: 'person',
      aliases: [],
      roles: [],
    });
    const { fields, elsewhere } = await openSealed(store, writer, made.id, 'to check');
    // It still stands in the open there, and whoever opens is told.
    expect(elsewhere).toEqual([{ noun: 'actor', id: actor.id }]);
    expect(fields).toEqual({ speaker: party('Zarquon Newname'), note: 'Zarquon lives by the quay' });
    const lifted = await editRecord(
      store,
      writer,
      'statement',
      truer,
      {},
      { seal: { fields: ['note'] }, opens: true },
    );
    expect(lifted).toMatchObject({ speaker: party('Zarquon Newname'), note: null });
    expect([isSealed(lifted, 'speaker'), isSealed(lifted, 'note')]).toEqual([false, true]);
    await expect(
      editRecord(store, writer, 'statement', lifted, {}, { seal: { fields: ['content'] } }),
    ).rejects.toMatchObject({ code: 'seal.field' });
  });

  test('whatever words are sealed, they are in no row and in no file', async () => {
    const store = await (await create()).open();
    const { writer } = await sampleDossier(store);
    const Word = fc.stringMatching(/^[a-z]{3,8}$/).map((word) => `qx${word}kz`);
    await fc.assert(
      fc.asyncProperty(
        Word,
        fc.constantFrom('statement', 'figure', 'incident'),
        fc.boolean(),
        async (word, noun, late) => {
          const content = contents[noun](word);
          const first = late ? content : { ...content, sensitivity: 'sealed' as const };
          const made: AnyRecord = await createRecord(store, writer, noun, first, [samplePassage()]);
          if (late) await editRecord(store, writer, noun, made, { sensitivity: 'sealed' });
          await expectNowhere(store, [word]);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('what the public sees is not sealed', async () => {
    const store = await (await create()).open();
    const { writer } = await sampleDossier(store);
    const { source, passage } = await textSource(
      store,
      writer,
      'A plain text, said the minister.',
      'plain text',
    );
    const made = await createRecord(store, writer, 'statement', sampleStatement(), [passage]);
    await publish(store, writer, { note: null });
    await expect(
      editRecord(store, writer, 'statement', made, { sensitivity: 'sealed' }),
    ).rejects.toMatchObject({ code: 'seal.published' });
    await expect(
      changeSource(store, writer, source, { sensitivity: 'sealed' }, { opens: false }),
    ).rejects.toMatchObject({ code: 'seal.published' });
    const [withdrawn] = await judgeRecords(store, writer, 'statement', 'withdraw', [made]);
    await publish(store, writer, { note: null });
    const sealed = await editRecord(store, writer, 'statement', withdrawn!, { sensitivity: 'sealed' });
    expect(sealed.content).toBe(SEALED_TEXT);
  });

  async function textSource(
    store: Store,
    writer: { account: string; dossier: string },
    text: string,
    words: string,
  ) {
    const blob = await store.blobs.putBytes(Buffer.from(text));
    const { source: added } = await addSource(store, writer, {
      blob,
      fileName: 'qxnamekz.txt',
      mediaType: 'text/plain',
      content: {
        ...{ title: 'qxtitlekz', type: 'article', publisher: null, author: 'qxauthorkz', published: null },
        ...{
          language: 'en',
          address: null,
          acquisition: 'uploaded',
          obtainedFrom: null,
          reliability: 'unknown',
        },
        ...{ mayLeave: false, sensitivity: 'public', note: null },
      } as never,
    });
    const job = (await takeJob(store, 60))!;
    const metadata = {
      ...{ author: null, published: null, language: null, publisher: null, address: null, title: null },
    };
    const reading = {
      ...{ text, layout: { blocks: [], pages: [], runs: [] }, metadata, tool: 'test', toolVersion: '1' },
    };
    const source = await saveReading(store, added, reading, job);
    const start = text.indexOf(words);
    const passage: Passage = {
      ...{ source: source.id, rendition: source.text!, exact: words, start, end: start + words.length },
      ...{
        prefix: text.slice(0, start),
        suffix: text.slice(start + words.length),
        pages: [],
        anchor: 'exact',
      },
    };
    return { source, passage };
  }

  test('a source is sealed with its files, its records and its past, and lifted as it was', async () => {
    const store = await (await create()).open();
    const { writer } = await sampleDossier(store);
    const text = 'At the quay, qxwitnesskz told what happened to qxothernamekz.';
    const { source, passage } = await textSource(store, writer, text, 'qxwitnesskz told');
    const resting = await createRecord(store, writer, 'statement', sampleStatement({ content: 'qxsaidkz' }), [
      passage,
    ]);
    const half = await createRecord(
      store,
      writer,
      'figure',
      sampleFigure({ accordingTo: party('qxcounterkz') }),
      [passage],
      { fields: ['accordingTo'], standIns: { accordingTo: party('a counter') } },
    );
    const sealed = await changeSource(store, writer, source, { sensitivity: 'sealed' }, { opens: false });
    expect(sealed).toMatchObject({ title: SEALED_TEXT, fileName: null, textLength: null, state: 'read' });
    expect(sealed.original).not.toBe(source.original);
    const words = [
      'qxwitnesskz',
      'qxothernamekz',
      'qxsaidkz',
      'qxnamekz',
      'qxtitlekz',
      'qxauthorkz',
      'qxcounterkz',
    ];
    await expectNowhere(store, [...words, source.original, source.text!]);
    expect(await readRecord(store, 'statement', writer.dossier, resting.id)).toMatchObject({
      sensitivity: 'sealed',
      passages: [],
    });
    expect((await sealedOriginal(store, sealed)).toString()).toBe(text);
    const opened = await openSealed(store, writer, source.id, 'to read it');
    expect(opened.fields).toMatchObject({ title: 'qxtitlekz', original: source.original });
    expect(opened.text?.text).toBe(text);

    // What rests on it is sealed too, whatever it says of itself.
    const later = await createRecord(store, writer, 'statement', sampleStatement({ content: 'qxlaterkz' }), [
      passage,
    ]);
    expect(later).toMatchObject({ sensitivity: 'sealed', content: SEALED_TEXT });
    await expect(
      editRecord(store, writer, 'statement', later, { sensitivity: 'team' }, { opens: true }),
    ).rejects.toMatchObject({ code: 'seal.source' });

    await expect(
      changeSource(store, writer, sealed, { sensitivity: 'team' }, { opens: false }),
    ).rejects.toMatchObject({ code: 'seal.not-named' });
    const retitled = await changeSource(store, writer, sealed, { title: 'qxsecondtitlekz' }, { opens: true });
    await expectNowhere(store, ['qxsecondtitlekz']);
    const lifted = await changeSource(store, writer, retitled, { sensitivity: 'team' }, { opens: true });
    expect(lifted).toMatchObject({
      ...{ title: 'qxsecondtitlekz', fileName: 'qxnamekz.txt', original: source.original, text: source.text },
      sensitivity: 'team',
    });
    expect(await readRecord(store, 'statement', writer.dossier, resting.id)).toMatchObject({
      ...{ content: 'qxsaidkz', passages: [passage], sensitivity: 'public' },
    });
    expect(await readRecord(store, 'figure', writer.dossier, half.id)).toMatchObject({
      accordingTo: party('a counter'),
      sealed: { fields: ['accordingTo'] },
    });
    await expectNowhere(store, ['qxcounterkz']);
    const faults = [];
    for await (const fault of examine(store, { orphanAge: 0 })) faults.push(fault);
    expect(faults).toEqual([]);
  });

  test('a source handed in as sealed is on no disk in the open, not even while it arrives', async () => {
    const store = await (await create()).open();
    const { writer } = await sampleDossier(store);
    const seen: string[] = [];
    const chunks = async function* () {
      for (let part = 0; part < 40; part++) {
        yield Buffer.from(`qxarrivingkz ${'word '.repeat(4000)}`);
        seen.push(await everything(store));
      }
    };
    const content = { title: 'qxtitlekz', note: 'qxnotekz' };
    const source = await addSealedSource(store, writer, {
      chunks: chunks(),
      limit: 1e7,
      describe: () => ({
        fileName: 'qxfilekz.txt',
        mediaType: 'text/plain',
        content: {
          ...{
            type: 'article',
            publisher: null,
            author: null,
            published: null,
            language: null,
            address: null,
          },
          ...{ acquisition: 'uploaded', obtainedFrom: null, reliability: 'unknown', mayLeave: false },
          sensitivity: 'sealed',
          ...content,
        } as never,
      }),
    });
    seen.push(await everything(store));
    for (const all of seen) expect(all).not.toMatch(/qx[a-z]+kz/);
    expect(await openSource(store, source)).toMatchObject({ ...content, mediaType: 'text/plain' });
    expect((await sealedOriginal(store, source)).toString()).toContain('qxarrivingkz');
    await expect(
      addSealedSource(store, writer, {
        chunks: chunks(),
        limit: 1000,
        describe: () => {
          throw new Error('not asked');
        },
      }),
    ).rejects.toMatchObject({ code: 'source.too-large' });
    const faults = [];
    for await (const fault of examine(store, { orphanAge: 0 })) faults.push(fault);
    expect(faults).toEqual([]);
  });

  test('an opening and an edit at one moment leave either what was or what is', async () => {
    const store = await (await create()).open();
    const { writer } = await sampleDossier(store);
    let record = await createRecord(
      store,
      writer,
      'statement',
      sampleStatement({ sensitivity: 'sealed', content: 'version 0' }),
      [samplePassage()],
    );
    for (let round = 1; round <= 5; round++) {
      const [opened, edited, second] = await Promise.allSettled([
        openSealed(store, writer, record.id, 'to read'),
        editRecord(store, writer, 'statement', record, { content: `version ${round}` }, { opens: true }),
        editRecord(store, writer, 'statement', record, { content: `version ${round}` }, { opens: true }),
      ]);
      const done = [edited, second].filter((one) => one.status === 'fulfilled');
      expect(done).toHaveLength(1);
      record = done[0]!.value;
      expect(opened.status).toBe('fulfilled');
      const { content } = (opened as PromiseFulfilledResult<Awaited<ReturnType<typeof openSealed>>>).value
        .fields;
      expect([`version ${round - 1}`, `version ${round}`]).toContain(content);
    }
  });

  test('what an earlier version only marked as sealed is sealed at the start', async () => {
    const store = await (await create()).open();
    const { writer } = await sampleDossier(store);
    const { source, passage } = await textSource(store, writer, 'Here qxlegacykz spoke.', 'qxlegacykz spoke');
    const made = await createRecord(store, writer, 'statement', sampleStatement({ content: 'qxoldkz' }), [
      passage,
    ]);
    const alone = await createRecord(store, writer, 'figure', sampleFigure({ counted: 'qxalonekz' }), [
      samplePassage(),
    ]);
    // As an earlier version wrote it: a word in the row, and nothing else.
    await store.write(writer, 'statement.edit', async (tx) => {
      for (const [table, id] of [
        ['sources', source.id],
        ['statements', made.id],
        ['figures', alone.id],
      ] as const)
        await tx
          .updateTable(table as 'sources')
          .set({ sensitivity: 'sealed' })
          .where('id', '=', id)
          .execute();
      return { entries: [{ subject: made.id, payload: null }], result: null };
    });
    expect(await sealUnsealed(store)).toBe(2);
    await expectNowhere(store, ['qxlegacykz', 'qxoldkz', 'qxalonekz']);
    expect(await sealUnsealed(store)).toBe(0);
    expect((await readSource(store, writer.dossier, source.id)).sealed).toBeDefined();
  });

  test('the log still verifies, sealed entries too', async () => {
    const store = await (await create()).open();
    const { writer } = await sampleDossier(store, OBSERVER);
    const made = await createRecord(store, writer, 'statement', sampleStatement(NOT_HIDDEN), [
      samplePassage(),
    ]);
    await editRecord(store, writer, 'statement', made, { sensitivity: 'sealed' });
    const rows = await store.read.selectFrom('entries').selectAll().where('subject', '=', made.id).execute();
    expect(rows.map((row) => row.payload === null)).toEqual([true, false]);
    for (const { at, who, action, dossier, subject, headSalt, headCommitment, commitment } of rows) {
      const head = { at, who, action, dossier, subject };
      const leaf = encodeLeaf({ headCommitment, payloadCommitment: commitment });
      expect(checkEntry({ head, headSalt, salt: null }, leaf).head).toBe(true);
    }
  });
});
