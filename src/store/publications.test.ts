// Publications: frozen, numbered, provable one view at a time, and only what may leave.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { dossierToPublish, passageIn, sourceWithText } from '../../test/public-dossier.ts';
import { sampleFigure, sampleIncident, sampleStatement } from '../../test/samples.ts';
import { canonicalJson, commit } from '../log/entry.ts';
import type { PublicStatement, PublicView } from '../record/public-view.ts';
import { decideDisagreements, listDisagreements } from './disagreements.ts';
import { editDossier, readDossier } from './dossiers.ts';
import { createNamed } from './named.ts';
import {
  countKinds,
  countPublished,
  listPublications,
  listPublicDossiers,
  listPublished,
  previewPublication,
  publish,
  publishedDisagreements,
  publishedMeasures,
  publishedRecords,
  publishedRecordsOf,
  publishedSources,
  readPublication,
  readPublished,
  recentChanges,
  sortKey,
  viewHash,
} from './publications.ts';
import { createRecord, editRecord, judgeRecords } from './records.ts';
import { editSource } from './sources.ts';
import type { Store } from './store.ts';

/** A dossier with a statement, a figure and an incident that may leave, and a statement for the team. */
async function prepare(store: Store) {
  const { dossier, writer } = await dossierToPublish(store);
  const source = await sourceWithText(store, writer);
  const pinned = (words: string) => [passageIn(source, words)];
  const statement = await createRecord(
    ...([store, writer, 'statement', sampleStatement(), pinned('the site was empty')] as const),
  );
  const figure = await createRecord(
    ...([store, writer, 'figure', sampleFigure({ period: '2021-10' }), pinned('40 tents')] as const),
  );
  const incident = await createRecord(
    ...([store, writer, 'incident', sampleIncident(), pinned('Police cleared the site')] as const),
  );
  const hidden = sampleStatement({ sensitivity: 'team', content: 'not for the public' });
  await createRecord(store, writer, 'statement', hidden, pinned('nobody was let back'));
  return { dossier, writer, source, statement, figure, incident };
}

const entriesOf = (store: Store, dossier: string, like: string) =>
  store.read
    .selectFrom('entries')
    .select(['id', 'action', 'subject', 'payload', 'salt', 'commitment'])
    .where('dossier', '=', dossier)
    .where('action', 'like', like as never)
    .orderBy('position')
    .execute();

forEachDatabase((create) => {
  test('publishing freezes the views, with an entry for each that proves it', async () => {
    const store = await (await create()).open();
    const { dossier, writer, source, statement, figure, incident } = await prepare(store);
    const publication = await publish(store, writer, { note: null });
    expect(publication).toMatchObject({ number: 1, records: 3, sources: 1, title: 'A matter', note: null });
    expect((await readDossier(store, dossier.id)).publication).toBe(1);

    const of = await readPublication(store, dossier.slug);
    expect(of.publication).toEqual(publication);
    expect(await countKinds(store, of)).toMatchObject({
      statement: 1,
      figure: 1,
      incident: 1,
      source: 1,
      measure: 0,
    });
    const views: PublicView[] = [];
    for (const { id } of [statement, figure, incident, source]) {
      const { shown, entry } = await readPublished(store, of, id);
      expect(shown).toMatchObject({ since: 1, until: null, entry: entry!.id });
      const [logged] = (await entriesOf(store, dossier.id, '%.publish')).filter(
        (one) => one.id === entry!.id,
      );
      expect(logged).toMatchObject({ action: `${shown!.view.kind}.publish`, subject: id });
      expect(logged!.payload).toBe(canonicalJson({ publication: 1, view: shown!.view }));
      // What the public is given is enough to make the leaf's commitment again.
      const again = commit(Buffer.from(entry!.salt!, 'base64'), { publication: 1, view: shown!.view });
      expect(Buffer.from(again).toString('base64')).toBe(entry!.commitment);
      views.push(shown!.view);
    }
    const last = (await entriesOf(store, dossier.id, 'dossier.publish')).at(-1)!;
    expect(JSON.parse(last.payload!)).toEqual({
      publication,
      views: views
        .map((view) => [view.id, createHash('sha256').update(canonicalJson(view)).digest('hex')])
        .sort(([a], [b]) => (a! < b! ? -1 : 1)),
    });
  });

  test('the measures of what leaves, and the disagreements that were judged over it, leave with it', async () => {
    const store = await (await create()).open();
    const { dossier, writer, source, statement, figure } = await prepare(store);
    const measure = await createNamed(store, writer, 'measure', {
      ...{ name: 'Tents taken down', definition: null, unit: null, series: 'flow', repeats: 'unknown' },
      ...{ countingRule: null, wordings: ['40 tents'] },
    });
    await editRecord(store, writer, 'figure', figure, { measure: measure.id });
    const other = await createRecord(
      ...([store, writer, 'statement', sampleStatement({ act: 'denies' })] as const),
      [passageIn(source, 'the site was empty')],
    );
    const ends = [other, statement].map(({ id }) => ({ kind: 'statement' as const, id }));
    const found = { key: `denied:${other.id}`, kind: 'denied' as const, records: ends, foundBy: 'denied' };
    const working = [{ code: 'filed', values: {} }];
    const decision = { state: 'upheld' as const, explanation: null, reason: 'in so many words' };
    await decideDisagreements(
      store,
      writer,
      [{ ...found, working, link: 'denies', version: null }],
      decision,
    );
    expect(await previewPublication(store, dossier.id)).toMatchObject({
      added: expect.arrayContaining([
        expect.objectContaining({ kind: 'measure', title: 'Tents taken down' }),
        expect.objectContaining({ kind: 'disagreement', title: 'denied' }),
      ]),
    });
    expect(await publish(store, writer, { note: null })).toMatchObject({ records: 4, sources: 1 });
    const of = await readPublication(store, dossier.slug);
    expect(await publishedMeasures(store, of)).toMatchObject([{ id: measure.id, series: 'flow' }]);
    expect(await publishedDisagreements(store, of, { record: statement.id })).toMatchObject([
      { finding: 'denied', state: 'upheld', reason: 'in so many words', records: ends },
    ]);
    expect(await publishedDisagreements(store, of, { record: figure.id })).toEqual([]);
    // Neither is a change of a record: feeds are silent about them.
    expect((await recentChanges(store, of, 20)).map(({ kind }) => kind).sort()).toEqual([
      ...['figure', 'incident', 'statement', 'statement'],
    ]);
    // Dismissed afterwards, it is withdrawn by the next one, and the link that upholding drew goes too.
    const [judged] = await listDisagreements(store, dossier.id);
    await decideDisagreements(
      store,
      writer,
      [{ ...found, working, link: 'denies', version: judged!.version }],
      { state: 'dismissed', explanation: null, reason: null },
    );
    expect(await previewPublication(store, dossier.id)).toMatchObject({
      withdrawn: [{ kind: 'disagreement' }],
      changed: expect.arrayContaining([expect.objectContaining({ id: statement.id, fields: ['links'] })]),
    });
  });

  test('the next one says what changed, keeps what did not, and withdraws what no longer stands', async () => {
    const store = await (await create()).open();
    const { dossier, writer, source, statement, figure, incident } = await prepare(store);
    await publish(store, writer, { note: null });
    await expect(publish(store, writer, { note: null })).rejects.toMatchObject({
      code: 'dossier.nothing-new',
    });

    await editRecord(store, writer, 'statement', statement, { content: 'the site was nearly empty' });
    await judgeRecords(store, writer, 'incident', 'withdraw', [incident]);
    const preview = await previewPublication(store, dossier.id);
    expect(preview).toMatchObject({
      number: 2,
      added: [],
      changed: [{ kind: 'statement', id: statement.id, fields: ['content', 'status'] }],
      withdrawn: [{ kind: 'incident', id: incident.id, title: 'A site is cleared' }],
      unchanged: 1,
      heldBack: [{ kind: 'statement', reason: 'team' }],
      refusal: null,
    });
    await publish(store, writer, { note: 'One line was corrected.' });

    const second = await readPublication(store, dossier.slug);
    const { shown, versions } = await readPublished(store, second, statement.id);
    expect(shown!.view).toMatchObject({ content: 'the site was nearly empty', status: 'corrected' });
    expect(versions.map(({ since, until }) => [since, until])).toEqual([
      [1, 2],
      [2, null],
    ]);
    // What did not change keeps its first entry.
    expect((await readPublished(store, second, figure.id)).versions).toHaveLength(1);
    expect((await readPublished(store, second, incident.id)).shown).toBeNull();
    expect(await entriesOf(store, dossier.id, 'incident.unpublish')).toMatchObject([
      { subject: incident.id, payload: canonicalJson({ publication: 2, id: incident.id }) },
    ]);

    // The first publication is as it was.
    const first = await readPublication(store, dossier.id, 1);
    expect((await readPublished(store, first, statement.id)).shown!.view).toMatchObject({
      content: 'the site was empty',
    });
    expect(await countKinds(store, first)).toMatchObject({ statement: 1, figure: 1, incident: 1, source: 1 });
    expect(await countKinds(store, second)).toMatchObject({
      statement: 1,
      figure: 1,
      incident: 0,
      source: 1,
    });
    expect((await publishedSources(store, first, [source.id])).size).toBe(1);
    expect((await listPublications(store, dossier.id)).map(({ number }) => number)).toEqual([2, 1]);
    expect((await recentChanges(store, second, 10)).map(({ id, what }) => [id, what])).toEqual([
      [statement.id, 'corrected'],
      [incident.id, 'withdrawn'],
      [figure.id, 'published'],
    ]);

    // The withdrawn one is remembered as what it was.
    const gone = await readPublished(store, second, incident.id);
    expect(gone.versions.map(({ since, until }) => [since, until])).toEqual([[1, 2]]);
  });

  test('a note for the team is no change, a new title is one', async () => {
    const store = await (await create()).open();
    const { dossier, writer, figure } = await prepare(store);
    await expect(readPublication(store, dossier.slug)).rejects.toMatchObject({ code: 'not-found' });
    await editRecord(store, writer, 'figure', figure, { note: 'ask again' });
    await publish(store, writer, { note: null });
    const { version } = await readDossier(store, dossier.id);
    await editDossier(store, writer, version, { title: 'Another title' });
    expect(await publish(store, writer, { note: null })).toMatchObject({ number: 2, title: 'Another title' });
    expect((await readPublication(store, dossier.slug, 1)).publication.title).toBe('A matter');
    await expect(readPublication(store, dossier.slug, 3)).rejects.toMatchObject({ code: 'not-found' });
    expect((await listPublicDossiers(store)).map((one) => one.publication.title)).toEqual(['Another title']);
  });

  test('a source that is closed takes along all that rests on it alone', async () => {
    const store = await (await create()).open();
    const { dossier, writer, source, statement } = await prepare(store);
    await publish(store, writer, { note: null });
    await editSource(store, writer, { id: source.id, version: source.version }, { sensitivity: 'team' });
    const preview = await previewPublication(store, dossier.id);
    expect(preview.withdrawn).toHaveLength(4);
    expect(preview.heldBack.map(({ reason }) => reason).sort()).toEqual([
      ...Array(3).fill('source-not-public'),
      'team',
    ]);
    await publish(store, writer, { note: null });
    const of = await readPublication(store, dossier.slug);
    expect(of.publication).toMatchObject({ records: 0, sources: 0 });
    await expect(readPublished(store, of, source.id)).resolves.toMatchObject({ shown: null });
    expect(await entriesOf(store, dossier.id, 'source.unpublish')).toHaveLength(1);
    expect((await readPublished(store, of, statement.id)).entry).toBeNull();
  });

  test('nothing at all is refused with the next step, and leaves nothing', async () => {
    const store = await (await create()).open();
    const { dossier, writer } = await dossierToPublish(store);
    expect(await previewPublication(store, dossier.id)).toMatchObject({
      refusal: 'dossier.nothing-to-publish',
    });
    await expect(publish(store, writer, { note: null })).rejects.toMatchObject({
      code: 'dossier.nothing-to-publish',
    });
    expect(await listPublications(store, dossier.id)).toEqual([]);
    expect(await entriesOf(store, dossier.id, '%.publish')).toEqual([]);
  });

  test('two at once make two numbers or one refusal, never the same number', async () => {
    const store = await (await create()).open();
    const { dossier, writer } = await prepare(store);
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => publish(store, writer, { note: null })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'dossier.nothing-new' });
    expect(await listPublications(store, dossier.id)).toHaveLength(1);
  });

  describe('lists', () => {
    test('page through everything once, oldest first, in every kind and in all together', async () => {
      const store = await (await create()).open();
      const { dossier, writer } = await dossierToPublish(store);
      const source = await sourceWithText(store, writer);
      const passage = [passageIn(source, 'the site was empty')];
      const dates = [
        '2021-10-07',
        '2014',
        '2021-10',
        null,
        '2014-10-28',
        '2021-10-07',
        '2014-10~',
        '2016/..',
      ];
      for (const [n, saidOn] of dates.entries()) {
        const speaker = { actor: null, name: n % 2 ? 'the mayor' : 'the minister', role: null };
        await createRecord(store, writer, 'statement', sampleStatement({ saidOn, speaker }), passage);
        await createRecord(store, writer, 'figure', sampleFigure({ period: saidOn }), passage);
      }
      await publish(store, writer, { note: null });
      const of = await readPublication(store, dossier.slug);
      for (const [kind, expected] of [
        ['statement', 8],
        ['record', 16],
        ['incident', 0],
      ] as const) {
        const seen: PublicView[] = [];
        let cursor: string | null = null;
        do {
          const page = await listPublished(store, of, kind, { cursor, limit: 3 });
          seen.push(...page.items.map(({ view }) => view));
          cursor = page.next;
        } while (cursor !== null);
        expect(new Set(seen.map(({ id }) => id)).size).toBe(expected);
        expect(seen).toHaveLength(expected);
        const keys = seen.map(sortKey);
        expect(keys).toEqual(keys.toSorted());
      }
      const facets = await countPublished(store, of, 'statement', { party: 'the mayor' });
      expect(facets.total).toBe(4);
      expect(facets.years).toEqual([
        ['2014', 1],
        ['2016', 1],
        ['2021', 1],
        ['undated', 1],
      ]);
      expect(facets.parties).toEqual([
        ['the mayor', 4],
        ['the minister', 4],
      ]);
      for (const [year, count] of facets.years) {
        const filter = { year, party: 'the mayor' };
        const { items } = await listPublished(store, of, 'statement', { cursor: null, limit: 50, filter });
        expect(items.map(({ view }) => (view as PublicStatement).speaker!.name)).toEqual(
          Array(count).fill('the mayor'),
        );
      }
      await expect(
        listPublished(store, of, 'statement', { cursor: "'; drop table published", limit: 3 }),
      ).rejects.toMatchObject({ code: 'request.cursor' });
      expect(await publishedRecordsOf(store, of, source.id, 100)).toHaveLength(16);
      await expect(readPublished(store, of, 'not-an-id')).rejects.toMatchObject({ code: 'not-found' });
    });

    test('links lead only to what is published in the same publication', async () => {
      const store = await (await create()).open();
      const { dossier, writer, source, statement, figure } = await prepare(store);
      await publish(store, writer, { note: null });
      const reply = sampleStatement({ act: 'clarifies', content: 'the site was not empty' });
      const clarification = await createRecord(store, writer, 'statement', reply, [
        passageIn(source, 'Observers counted 40 tents'),
      ]);
      await createNamed(store, writer, 'link', {
        from: { kind: 'statement', id: clarification.id },
        to: { kind: 'statement', id: statement.id },
        link: 'clarifies',
        note: null,
      });
      await publish(store, writer, { note: null });
      const of = await readPublication(store, dossier.slug);
      const { shown } = await readPublished(store, of, statement.id);
      expect((shown!.view as PublicStatement).links).toEqual([
        { link: 'clarifies', direction: 'from', kind: 'statement', id: clarification.id },
      ]);
      const ids = [clarification.id, statement.id, figure.id];
      expect((await publishedRecords(store, of, ids)).size).toBe(3);
      const first = await readPublication(store, dossier.slug, 1);
      expect([...(await publishedRecords(store, first, ids)).keys()].sort()).toEqual(
        [statement.id, figure.id].sort(),
      );
      await expect(readPublished(store, first, clarification.id)).rejects.toMatchObject({
        code: 'not-found',
      });
    });
  });
});

describe('the order of dates', () => {
  const key = (saidOn: string | null) => sortKey({ kind: 'statement', saidOn } as PublicView);
  test('puts a month after its days, a year after its months, and what has no date last', () => {
    const ordered = [
      '-0044',
      '0099',
      '2014-10-28',
      '2014-10~',
      '2014-11-05',
      '2014',
      '2015-01',
      '../2016',
      '2016',
      null,
    ];
    expect(ordered.map(key)).toEqual(ordered.map(key).toSorted());
    expect(key('2014-10-28T10:00:00Z')).toBe('20141028');
    expect(key('2021-01/2021-08')).toBe('20210199');
    expect(key('2014-23')).toBe('20140999');
    expect(key('201X')).toMatch(/^2010/);
    for (const edtf of ['Y170000002', '2014-XX', '[2014,2016]', '../..'] as const)
      expect(key(edtf)).toMatch(/^\d{8}$/);
  });

  test('and the hash of a view does not depend on the order of its keys', () => {
    const view = { kind: 'statement', id: 'a', saidOn: null } as unknown as PublicView;
    const turned = { saidOn: null, id: 'a', kind: 'statement' } as unknown as PublicView;
    expect(viewHash(view)).toBe(viewHash(turned));
  });
});
