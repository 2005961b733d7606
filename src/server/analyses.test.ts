// The analysis of a dossier follows what is written, in this process and in others, and forgets nothing that stands.
import { expect, test } from 'vitest';
import { createTestStore, forEachDatabase } from '../../test/platform/embedded.ts';
import { sampleDossier, sampleFigure, samplePassage } from '../../test/samples.ts';
import type { Figure } from '../record/figure.ts';
import { decideDisagreements } from '../store/disagreements.ts';
import { undo } from '../store/history.ts';
import { createNamed } from '../store/named.ts';
import { createRecord, editRecord, judgeRecords, rowEntry } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { insertValues } from '../store/values.ts';
import { analysisOf } from './analyses.ts';
import { readQueue } from './disagreements.ts';

const party = (name: string) => ({ actor: null, name, role: null });
const kinds = async (store: Store, dossier: string) =>
  (await analysisOf(store, dossier)).findings().map(({ kind }) => kind);

/** Two parties count the same people on the same day, one of them two and a half times as many. */
async function twoCounts(store: Store) {
  const { dossier, writer } = await sampleDossier(store);
  const count = (value: number, who: string) =>
    createRecord(
      store,
      writer,
      'figure',
      sampleFigure({ counted: 'people in the dunes', value, accordingTo: party(who) }),
      [samplePassage()],
    );
  return {
    dossier,
    writer,
    few: await count(612, 'the prefecture'),
    many: await count(1519, 'associations'),
  };
}

forEachDatabase((create) => {
  test('a finding comes with the record that makes it, and goes when that no longer stands', async () => {
    const store = await (await create()).open();
    const { dossier, writer, few, many } = await twoCounts(store);
    expect(await kinds(store, dossier.id)).toEqual(['figures-differ']);

    const same = await editRecord(store, writer, 'figure', many, { value: 612 });
    expect(await kinds(store, dossier.id)).toEqual([]);
    await undo(store, writer);
    expect(await kinds(store, dossier.id)).toEqual(['figures-differ']);

    await judgeRecords(store, writer, 'figure', 'reject', [{ id: few.id, version: few.version }]);
    expect(await kinds(store, dossier.id)).toEqual([]);
    await undo(store, writer);
    expect(await kinds(store, dossier.id)).toEqual(['figures-differ']);
    expect(same.version).toBe(2);
  });

  test('what is only suggested is nobody’s word yet', async () => {
    const store = await (await create()).open();
    const { dossier, writer, many } = await twoCounts(store);
    await store.write(writer, 'figure.suggest', async (tx, stamp) => {
      const suggested: Figure = { ...many, id: stamp.newId(), status: 'suggested', value: 40 };
      await insertValues(tx, 'figure', [suggested]);
      return { entries: [rowEntry({ before: null, after: suggested })], result: null };
    });
    const [found] = (await analysisOf(store, dossier.id)).findings();
    expect(found!.records).toHaveLength(2);
  });

  test('a measure that is named later brings figures together that were worded differently', async () => {
    const store = await (await create()).open();
    const { dossier, writer, few } = await twoCounts(store);
    const other = await editRecord(store, writer, 'figure', few, { counted: 'exiles on the shore' });
    expect(await kinds(store, dossier.id)).toEqual([]);
    await createNamed(store, writer, 'measure', {
      ...{ name: 'People in the dunes', definition: null, unit: null, series: 'stock', repeats: 'once' },
      ...{ countingRule: null, wordings: ['people in the dunes', 'exiles on the shore'] },
    });
    expect(await kinds(store, dossier.id)).toEqual(['figures-differ']);
    expect(other.status).toBe('accepted');
  });

  test('a decision stays with what it was about, and says when that has changed or is gone', async () => {
    const store = await (await create()).open();
    const { dossier, writer, few, many } = await twoCounts(store);
    const [open] = await readQueue(store, dossier.id);
    const { key, kind, records, working, check, link } = open!;
    await decideDisagreements(
      store,
      writer,
      [{ key, kind, records, working, foundBy: check, link, version: null }],
      { state: 'explained', explanation: 'different-method', reason: null },
    );
    expect(await readQueue(store, dossier.id)).toMatchObject([
      { key, state: 'explained', isStale: false, isGone: false },
    ]);
    const changed = await editRecord(store, writer, 'figure', many, { value: 1903 });
    expect(await readQueue(store, dossier.id)).toMatchObject([{ key, state: 'explained', isStale: true }]);
    await editRecord(store, writer, 'figure', changed, { value: few.value });
    expect(await readQueue(store, dossier.id)).toMatchObject([{ key, state: 'explained', isGone: true }]);
  });
});

test('what another process writes is seen at the next look', async () => {
  const made = await createTestStore('PostgreSQL');
  const [one, other] = [await made.open(), await made.open()];
  const { dossier, writer, many } = await twoCounts(one);
  expect(await kinds(one, dossier.id)).toEqual(['figures-differ']);
  expect(await kinds(other, dossier.id)).toEqual(['figures-differ']);
  await editRecord(other, writer, 'figure', many, { value: 612 });
  expect(await kinds(one, dossier.id)).toEqual([]);
});

test('many who write and look at once all see what they wrote', async () => {
  const store = await (await createTestStore('PGlite')).open();
  const { dossier, writer } = await sampleDossier(store);
  await Promise.all(
    Array.from({ length: 12 }, async (_, at) => {
      const day = `2021-10-${String(at + 1).padStart(2, '0')}`;
      for (const value of [100 + at, 907 + at])
        await createRecord(
          store,
          writer,
          'figure',
          sampleFigure({ value, period: day, accordingTo: party(`party ${value}`) }),
          [samplePassage()],
        );
      const found = (await analysisOf(store, dossier.id)).findings();
      expect(found.length).toBeGreaterThan(0);
    }),
  );
  expect(await kinds(store, dossier.id)).toHaveLength(12);
});
