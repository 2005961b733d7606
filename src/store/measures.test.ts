// Measures and their figures in the store: put under by words or one by one, merged, and taken back in one step.
import { beforeAll, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { sampleDossier, sampleFigure, samplePassage } from '../../test/samples.ts';
import type { FigureContent } from '../record/figure.ts';
import type { MeasureContent } from '../record/measure.ts';
import { readHistory, redo, undo } from './history.ts';
import {
  figuresOfMeasure,
  measureUses,
  mergeMeasures,
  putUnderMeasure,
  unmeasuredWordings,
} from './measures.ts';
import { createNamed, listNamed } from './named.ts';
import { createRecord, type DossierWriter, judgeRecords, readRecord } from './records.ts';
import type { Store } from './store.ts';

const TENTS: MeasureContent = {
  name: 'Tents on the site',
  definition: 'Tents that somebody lives in.',
  unit: null,
  series: 'stock',
  repeats: 'once',
  countingRule: null,
  wordings: [],
};

forEachDatabase((create) => {
  let store: Store;
  beforeAll(async () => {
    store = await (await create()).open();
  });
  const figure = (writer: DossierWriter, content: Partial<FigureContent>) =>
    createRecord(store, writer, 'figure', sampleFigure(content), [samplePassage()]);

  describe('figures without a measure', () => {
    it('are grouped by what they count, whatever the article, the plural and the case', async () => {
      const { dossier, writer } = await sampleDossier(store);
      for (const counted of ['tents', 'The tents', 'tent'])
        await figure(writer, { counted, period: '2021-10-07' });
      await figure(writer, { counted: 'tents', unit: 'EUR', period: null });
      const rejected = await figure(writer, { counted: 'tents' });
      await judgeRecords(store, writer, 'figure', 'reject', [rejected]);
      const groups = await unmeasuredWordings(store, dossier.id);
      expect(groups.map(({ figures, unit, from }) => [figures, unit, from])).toEqual([
        [3, null, '2021-10-07'],
        [1, 'EUR', null],
      ]);
    });

    it('go under a measure made for them in one step, which is taken back whole and done again', async () => {
      const { dossier, writer } = await sampleDossier(store);
      const made = [];
      for (const counted of ['tents', 'the tents', 'huts']) made.push(await figure(writer, { counted }));
      const { measure, figures } = await putUnderMeasure(
        store,
        writer,
        { content: TENTS },
        { wording: { counted: 'Tents', unit: null } },
      );
      expect(figures).toBe(2);
      // Both wordings come to the same words, so one of them is kept.
      expect(measure.wordings).toHaveLength(1);
      expect((await figuresOfMeasure(store, dossier.id, measure.id)).map(({ id }) => id).sort()).toEqual(
        [made[0]!.id, made[1]!.id].sort(),
      );
      expect((await unmeasuredWordings(store, dossier.id)).map(({ counted }) => counted)).toEqual(['huts']);
      const history = await readHistory(store, dossier.id, made[0]!.id);
      expect(history.map(({ action }) => action)).toEqual(['figure.create', 'figure.edit']);

      expect((await undo(store, writer)).count).toBe(3);
      expect(await listNamed(store, 'measure', dossier.id)).toEqual([]);
      expect((await readRecord(store, 'figure', dossier.id, made[0]!.id)).measure).toBeNull();
      await redo(store, writer);
      expect((await readRecord(store, 'figure', dossier.id, made[0]!.id)).measure).toBe(measure.id);
    });

    it('go one by one as well, all or none, and not when somebody changed one meanwhile', async () => {
      const { dossier, writer } = await sampleDossier(store);
      const measure = await createNamed(store, writer, 'measure', TENTS);
      const [one, other] = [await figure(writer, {}), await figure(writer, {})];
      const figures = [one, { id: other.id, version: 7 }];
      await expect(putUnderMeasure(store, writer, measure, { figures })).rejects.toMatchObject({
        code: 'record.version',
      });
      expect(await measureUses(store, dossier.id)).toEqual([]);
      await putUnderMeasure(store, writer, measure, { figures: [one] });
      const [use] = await measureUses(store, dossier.id);
      expect(use).toMatchObject({ measure: measure.id, figures: 1, suggested: 0, sources: 1 });
    });

    it('keep their status and everything else', async () => {
      const { dossier, writer } = await sampleDossier(store);
      const before = await figure(writer, {});
      const { measure } = await putUnderMeasure(store, writer, { content: TENTS }, { figures: [before] });
      const after = await readRecord(store, 'figure', dossier.id, before.id);
      expect({ ...after, updatedAt: '' }).toEqual({
        ...before,
        measure: measure.id,
        version: 2,
        updatedAt: '',
      });
    });
  });

  it('a measure merges into another with its figures, rejected ones too, and its words; one step takes it back', async () => {
    const { dossier, writer } = await sampleDossier(store);
    const [kept, gone] = [
      await createNamed(store, writer, 'measure', TENTS),
      await createNamed(store, writer, 'measure', { ...TENTS, name: 'Shelters', wordings: ['huts'] }),
    ];
    const [one, other] = [
      await figure(writer, { measure: gone.id }),
      await figure(writer, { measure: gone.id }),
    ];
    await judgeRecords(store, writer, 'figure', 'reject', [other]);
    const { measure, figures } = await mergeMeasures(store, writer, gone.id, kept.id);
    expect(figures).toBe(2);
    expect(measure.wordings).toEqual(['Shelters', 'huts']);
    expect((await listNamed(store, 'measure', dossier.id)).map(({ id }) => id)).toEqual([kept.id]);
    for (const { id } of [one, other])
      expect((await readRecord(store, 'figure', dossier.id, id)).measure).toBe(kept.id);
    await undo(store, writer);
    expect(await listNamed(store, 'measure', dossier.id)).toHaveLength(2);
    expect((await readRecord(store, 'figure', dossier.id, one.id)).measure).toBe(gone.id);
  });
});
