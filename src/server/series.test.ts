// A table on its way to figures, as a program meets it: preview, faults, import, undo, again; and everything that is refused.
import { beforeAll, describe, expect, it } from 'vitest';
import { type SheetCell, xlsx } from '../../test/fixtures/xlsx.ts';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { OBSERVER, sampleDossier } from '../../test/samples.ts';
import { type Intake, openIntake } from '../intake/intake.ts';
import { canonicalJson } from '../log/entry.ts';
import { stands } from '../record/passage.ts';
import type { Problem } from '../record/problem.ts';
import type { SeriesMapping } from '../record/series.ts';
import { readHistory, redo, undo } from '../store/history.ts';
import { listNamed } from '../store/named.ts';
import { editRecord, judgeRecords } from '../store/records.ts';
import { importSeries } from '../store/series.ts';
import type { Store } from '../store/store.ts';
import { guess, importOf, makeReady, planOf, preview, type SeriesPreview } from './series-table.ts';
import { openTable } from './table-file.ts';

const DAILY = 'day,people,boats\n2020-01-01,12,1\n2020-01-02,0,0\n2020-01-03,"1,204",31\n';

forEachDatabase((create) => {
  let store: Store;
  let intake: Intake;
  let dossier: string;
  const writer = () => ({ account: OBSERVER, dossier });

  beforeAll(async () => {
    store = await (await create()).open();
    intake = openIntake(store);
    return () => intake.close();
  });

  const newDossier = async () => {
    dossier = (await sampleDossier(store)).dossier.id;
  };

  async function handIn(bytes: string | Buffer, fileName = 'counts.csv') {
    const { source } = await intake.receive(writer(), {
      fileName,
      chunks: (async function* () {
        yield Buffer.from(bytes as string);
      })(),
      expected: null,
      content: { publisher: 'the prefecture' },
    });
    return intake.settled(dossier, source.id);
  }

  /** What a table would make, under the mapping that is guessed and then changed. */
  async function look(
    source: string,
    change: (mapping: SeriesMapping) => SeriesMapping = (mapping) => mapping,
    layout: Parameters<typeof guess>[2] = {},
  ): Promise<Omit<SeriesPreview, 'remembered'>> {
    const table = await openTable(store, dossier, source);
    return preview(store, table, change((await guess(store, table, layout)).mapping));
  }

  async function bringIn(source: string, change: (mapping: SeriesMapping) => SeriesMapping = (one) => one) {
    const table = await openTable(store, dossier, source);
    const ready = await makeReady(store, table, change((await guess(store, table, {})).mapping));
    return importSeries(store, writer(), importOf(ready, await planOf(ready)));
  }

  interface MadeFigure extends Record<string, unknown> {
    id: string;
    version: number;
    counted: string;
    passages: Parameters<typeof stands>[1][];
  }
  /** The figures there are, by their rows, people before boats. */
  const figures = async () => {
    const rows = await store.read.selectFrom('figures').selectAll().where('dossier', '=', dossier).execute();
    return (rows as unknown as MadeFigure[]).sort(
      (a, b) => a.passages[0]!.start - b.passages[0]!.start || (a.counted < b.counted ? 1 : -1),
    );
  };
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: Problem) => error.code,
    );

  describe('a table that is handed in', () => {
    it('is a dataset, from which nothing is proposed', async () => {
      await newDossier();
      const source = await handIn(`${DAILY}"The minister said there were 500 people on Monday.",1,2\n`);
      expect([source.type, source.mediaType, source.state]).toEqual(['dataset', 'text/csv', 'proposed']);
      expect(await figures()).toEqual([]);
    });

    it('is shown as the figures it would make', async () => {
      await newDossier();
      const { mapping, figures: shown, counts, ...rest } = await look((await handIn(DAILY)).id);
      expect(mapping).toMatchObject({
        separator: ',',
        header: { row: 1, rows: 1 },
        fixed: { reportedBy: 'the prefecture', accordingTo: null },
      });
      expect(mapping.columns.map(({ role }) => role)).toEqual(['period', 'value', 'value']);
      expect(rest.columns[1]).toEqual({ name: 'people', samples: ['12', '0', '1,204'] });
      expect(rest.encoding).toBe('utf-8');
      expect(counts).toEqual({
        rows: 3,
        blank: 0,
        faulty: 0,
        faults: 0,
        figures: 6,
        new: 6,
        there: 0,
        changed: 0,
      });
      expect(shown[4]).toMatchObject({
        row: 4,
        standing: 'new',
        measureName: 'People',
        content: { value: 1204 },
      });
      expect(await figures()).toEqual([]);
    });

    it('becomes figures that rest on their rows, with an entry each and their measures', async () => {
      await newDossier();
      const source = await handIn(DAILY);
      const done = await bringIn(source.id);
      expect(done).toEqual({ made: 6, changed: 0, there: 0, leftOut: 0, measures: 2 });
      const made = await figures();
      const { text } = await openTable(store, dossier, source.id);
      for (const { passages } of made) expect(stands(text, passages[0]!)).toBe(true);
      expect(made.map(({ value }) => value)).toEqual([12, 1, 0, 0, 1204, 31]);
      expect(made[4]).toMatchObject({
        status: 'accepted',
        period: '2020-01-03',
        counted: 'people',
        provenance: { proposer: 'series-import', confidence: 1 },
        reportedBy: { name: 'the prefecture' },
        passages: [{ exact: '2020-01-03,"1,204",31', source: source.id, anchor: 'exact' }],
      });
      const names = (await listNamed(store, 'measure', dossier)).map(({ name, wordings }) => [
        name,
        wordings,
      ]);
      expect(names).toEqual([
        ['Boats', ['boats']],
        ['People', ['people']],
      ]);
      const history = await readHistory(store, dossier, made[0]!.id);
      expect(history.map(({ action }) => action)).toEqual(['figure.create']);
      const [told] = (await readHistory(store, dossier, source.id)).slice(-1);
      expect(told).toMatchObject({ action: 'source.import', payload: { made: 6, leftOut: 0 } });
      await store.log.flush();
      expect((await readHistory(store, dossier, made[5]!.id))[0]!.index).not.toBeNull();
    });
  });

  describe('the same table again', () => {
    it('makes nothing, whatever became of its figures; a longer one makes what is new, a corrected one says so', async () => {
      await newDossier();
      const source = await handIn(DAILY);
      await bringIn(source.id);
      expect((await look(source.id)).counts).toMatchObject({ new: 0, there: 6, changed: 0 });
      expect(await codeOf(bringIn(source.id))).toBe('series.nothing-new');
      const [first, second] = (await figures()) as [MadeFigure, MadeFigure];
      await editRecord(store, writer(), 'figure', { id: first.id, version: 1 }, { value: 13 });
      await judgeRecords(store, writer(), 'figure', 'reject', [{ id: second.id, version: 1 }]);
      expect((await look(source.id)).counts).toMatchObject({ new: 0, there: 6 });

      const longer = await handIn(`${DAILY.replace('0,0', '3,0')}2020-01-04,5,2\n`, 'longer.csv');
      const seen = await look(longer.id);
      // The corrected figure of the first of January is another number again: this table still has the old one.
      expect(seen.counts).toMatchObject({ figures: 8, new: 2, changed: 2, there: 4 });
      expect(seen.figures.map(({ standing }) => standing)).toEqual([
        'changed',
        'there',
        'changed',
        'there',
        'there',
        'there',
        'new',
        'new',
      ]);
      expect(await bringIn(longer.id)).toMatchObject({ made: 4, changed: 2, there: 4, measures: 0 });
    });

    it('is mapped as it was the last time', async () => {
      await newDossier();
      await bringIn((await handIn(DAILY)).id, (mapping) => ({
        ...mapping,
        fixed: { ...mapping.fixed, place: 'the Channel', accordingTo: 'the coastguard' },
      }));
      const table = await openTable(store, dossier, (await handIn(`${DAILY}2020-01-04,5,2\n`, 'b.csv')).id);
      const { mapping, remembered } = await guess(store, table, {});
      expect(remembered).toBe(true);
      expect(mapping.fixed).toMatchObject({ place: 'the Channel', accordingTo: 'the coastguard' });
      const ids = (await listNamed(store, 'measure', dossier)).map(({ id }) => ({ id }));
      expect(ids).toContainEqual(mapping.columns[1]!.measure);
    });

    it('by two clicks at once is imported once', async () => {
      await newDossier();
      const { id } = await handIn(DAILY);
      const both = await Promise.all([codeOf(bringIn(id)), codeOf(bringIn(id))]);
      expect(both.sort()).toEqual(['done', 'series.nothing-new']);
      expect((await figures()).length).toBe(6);
      expect((await listNamed(store, 'measure', dossier)).length).toBe(2);
    });

    it('is one step for undo and redo, measures included, and nothing when another has changed a figure', async () => {
      await newDossier();
      const { id } = await handIn(DAILY);
      await bringIn(id);
      const before = await figures();
      const undone = await undo(store, writer());
      expect(undone).toMatchObject({
        action: 'source.import',
        count: 8,
        rows: [{ noun: 'source', id }, {}, {}, {}, {}, {}, {}, {}, {}],
      });
      expect(await figures()).toEqual([]);
      expect(await listNamed(store, 'measure', dossier)).toEqual([]);
      expect(await bringIn(id)).toMatchObject({ made: 6, measures: 2 });
      await undo(store, writer());
      await redo(store, writer());
      const words = (rows: Record<string, unknown>[]) =>
        rows.map(({ value, period, passages }) => canonicalJson({ value, period, passages }));
      expect(words(await figures())).toEqual(words(before));
      const [one] = (await figures()) as [MadeFigure];
      const other = { account: '00000000-0000-7000-8000-0000000000bb', dossier };
      await editRecord(store, other, 'figure', { id: one.id, version: one.version }, { value: 99 });
      expect(await codeOf(undo(store, writer()))).toBe('undo.changed');
      expect((await figures()).length).toBe(6);
    });
  });

  describe('what is wrong with a table', () => {
    const FAULTY = 'day,people\n2020-01-01,twelve\n2020-01-02,4\n2020-01-02,4\n2020-01-03,-1\n';
    it('is told row by row; the rows without faults are imported where the others are left out, which the entry says', async () => {
      await newDossier();
      const { id } = await handIn(FAULTY);
      const { counts, faults } = await look(id);
      expect(counts).toMatchObject({ rows: 4, faulty: 3, figures: 1 });
      expect(faults).toEqual([
        { row: 2, column: 'people', code: 'not-a-number', values: { text: 'twelve' } },
        { row: 4, column: null, code: 'duplicate-row', values: { first: 3 } },
        { row: 5, column: 'people', code: 'negative-count', values: { text: '-1' } },
      ]);
      expect(await bringIn(id)).toMatchObject({ made: 1, leftOut: 3 });
      expect((await readHistory(store, dossier, id)).at(-1)).toMatchObject({ payload: { leftOut: 3 } });
    });

    it.each([
      ['no rows', 'day,people\n', 'series.no-rows'],
      ['no numbers', 'name,site\nx,y\nz,w\n', 'series.no-number'],
    ])('as a whole is said before anything is made: %s', async (_, text, code) => {
      await newDossier();
      const seen = await look((await handIn(text)).id, undefined, { header: { row: 1, rows: 1 } });
      expect([seen.lacks, seen.counts.figures]).toEqual([code, 0]);
    });

    it('with too many rows or columns is refused with the limit', async () => {
      await newDossier();
      const rows = Array.from({ length: 1_000_000 }, (_, at) => at);
      const million = await handIn(`people\n${rows.join('\n')}\n`);
      expect(await codeOf(look(million.id, (one) => ({ ...one, measure: { new: NEW } })))).toBe(
        'series.too-many',
      );
      const wide = await handIn(
        `${rows
          .slice(0, 501)
          .map((at) => `c${at}`)
          .join()}\n${rows.slice(0, 501).join()}\n`,
        'w.csv',
      );
      expect(await codeOf(look(wide.id))).toBe('series.too-wide');
    });

    it('with three hundred columns is none: each is a measure', async () => {
      await newDossier();
      const columns = Array.from(
        { length: 300 },
        (_, at) => `site ${String.fromCharCode(97 + (at % 26))}${at}`,
      );
      const { id } = await handIn(`day,${columns.join()}\n2020-01-01,${columns.map((_, at) => at).join()}\n`);
      expect(await bringIn(id)).toMatchObject({ made: 300, measures: 300 });
      expect((await figures())[299]).toMatchObject({ value: 299, passages: [{ exact: '299' }] });
    });

    it('that is no table, or whose mapping is of another, is said', async () => {
      await newDossier();
      const text = await handIn('Some words.', 'a.txt');
      expect(await codeOf(look(text.id))).toBe('series.not-a-table');
      const { id } = await handIn(DAILY);
      expect(await codeOf(look(id, (one) => ({ ...one, columns: [] })))).toBe('series.mapping');
      expect(await codeOf(look(id, (one) => ({ ...one, sheet: 3 })))).toBe('series.mapping');
      const gone = { id: '00000000-0000-7000-8000-0000000000cc' };
      expect(await codeOf(look(id, (one) => ({ ...one, measure: gone })))).toBe('series.mapping');
    });

    it('that was read anew meanwhile is not imported', async () => {
      await newDossier();
      const table = await openTable(store, dossier, (await handIn(DAILY)).id);
      const ready = await makeReady(store, table, (await guess(store, table, {})).mapping);
      const work = importOf(ready, await planOf(ready));
      expect(await codeOf(importSeries(store, writer(), { ...work, rendition: 'f'.repeat(64) }))).toBe(
        'series.read-again',
      );
    });
  });

  describe('tables of other kinds', () => {
    it('with semicolons, decimal commas and French words in Windows-1252 are read as meant', async () => {
      await newDossier();
      const { id } = await handIn(
        Buffer.from(
          'Lieu;Date;Valeur;Selon\nGrande-Synthe;28/10/2014;1,5;la préfecture\nCalais;29/10/2014;2;la mairie\n',
          'latin1',
        ),
      );
      const seen = await look(id, (one) => ({ ...one, measure: { new: NEW } }));
      expect(seen.encoding).toBe('windows-1252');
      expect(seen.mapping).toMatchObject({ separator: ';', decimal: ',' });
      expect(seen.figures[0]!.content).toMatchObject({
        value: 1.5,
        period: '2014-10-28',
        place: { name: 'Grande-Synthe' },
        accordingTo: { name: 'la préfecture' },
      });
    });

    it('name their measures in a column; those that the dossier has are used', async () => {
      await newDossier();
      const { id } = await handIn('quantity,date,value\nArrivals,2020,5\nDeaths,2020,1\narrivals,2021,6\n');
      const seen = await look(id);
      expect(seen.names).toEqual([
        { name: 'Arrivals', rows: 2 },
        { name: 'Deaths', rows: 1 },
      ]);
      expect(await bringIn(id)).toMatchObject({ made: 3, measures: 2 });
      const again = await look((await handIn('quantity,date,value\ndeath,2022,4\n', 'b.csv')).id);
      expect(again.figures[0]!.measureName).toBe('Deaths');
    });

    it('in a workbook are imported sheet by sheet, their rows numbered as there', async () => {
      await newDossier();
      const day = (at: number) => new Date(Date.UTC(2020, 0, at));
      const rows: SheetCell[][] = [
        ['Arrivals by day'],
        [],
        ['day', 'people'],
        [day(1), 12],
        [day(2), 'none yet'],
      ];
      const { id, mediaType } = await handIn(
        xlsx([
          { name: 'Notes', rows: [['Read me']] },
          { name: 'Daily', rows },
        ]),
        'a.xlsx',
      );
      expect(mediaType).toContain('spreadsheetml');
      const seen = await look(id, undefined, { sheet: 1 });
      expect(seen.sheets).toEqual(['Notes', 'Daily']);
      expect(seen.mapping.header).toEqual({ row: 3, rows: 1 });
      expect(seen.figures).toMatchObject([{ row: 4, content: { value: 12, period: '2020-01-01' } }]);
      expect(seen.faults).toMatchObject([{ row: 5, code: 'not-a-number' }]);
    });
  });

  const NEW = { name: 'People', definition: null, unit: null, series: 'stock', repeats: 'unknown' } as const;
});
