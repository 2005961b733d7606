// The life of records in the store: made, judged, edited, undone, listed and counted; on both databases.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import {
  OBSERVER,
  sampleDossier,
  sampleFigure,
  sampleIncident,
  samplePassage,
  sampleStatement,
} from '../../test/samples.ts';
import { RecordQuery } from '../record/record-query.ts';
import { readHistory, redo, undo } from './history.ts';
import { createNamed, editNamed, listNamed, removeNamed } from './named.ts';
import { allRecords, countFacets, listRecords, recordsOfSource } from './record-list.ts';
import { createRecord, editRecord, judgeRecords, readRecord } from './records.ts';
import type { Store } from './store.ts';
import { newId, type Writer } from './write.ts';

const all = (query: Record<string, unknown> = {}) => RecordQuery.parse(query);

forEachDatabase((create) => {
  let store: Store;
  beforeAll(async () => {
    store = await (await create()).open();
  });

  const statement = async (writer: Writer & { dossier: string }, content = {}) =>
    createRecord(store, writer, 'statement', sampleStatement(content), [samplePassage()]);

  describe('a record', () => {
    it('is made by hand, accepted from the start, with an entry that holds all of it', async () => {
      const { dossier, writer } = await sampleDossier(store);
      const made = await statement(writer);
      expect(made.status).toBe('accepted');
      expect(await readRecord(store, 'statement', dossier.id, made.id)).toEqual(made);
      const history = await readHistory(store, dossier.id, made.id);
      expect(history.map((entry) => [entry.action, entry.payload])).toEqual([
        ['statement.create', { before: null, after: made }],
      ]);
    });

    it('rests on a passage, or is not written', async () => {
      const { dossier, writer } = await sampleDossier(store);
      await expect(createRecord(store, writer, 'statement', sampleStatement(), [])).rejects.toMatchObject({
        code: 'record.no-passage',
      });
      expect((await listRecords(store, 'statement', dossier.id, all())).records).toEqual([]);
    });

    it('has numbers that fit its bound', async () => {
      const { writer } = await sampleDossier(store);
      const wrong = sampleFigure({ bound: 'range', value: null, low: 2000, high: 1500 });
      await expect(createRecord(store, writer, 'figure', wrong, [samplePassage()])).rejects.toMatchObject({
        code: 'record.numbers',
      });
    });

    it('is not overwritten by somebody who saw an older version', async () => {
      const { writer } = await sampleDossier(store);
      const made = await statement(writer);
      await editRecord(store, writer, 'statement', made, { content: 'first' });
      await expect(editRecord(store, writer, 'statement', made, { content: 'second' })).rejects.toMatchObject(
        {
          code: 'record.version',
        },
      );
    });

    it('of another dossier is not found', async () => {
      const here = await sampleDossier(store);
      const there = await sampleDossier(store);
      const made = await statement(there.writer);
      await expect(readRecord(store, 'statement', here.dossier.id, made.id)).rejects.toMatchObject({
        code: 'not-found',
      });
      await expect(judgeRecords(store, here.writer, 'statement', 'reject', [made])).rejects.toMatchObject({
        code: 'not-found',
      });
    });
  });

  describe('undo', () => {
    it('takes back one step after another, over sources and kinds, and does them again', async () => {
      const { dossier, writer } = await sampleDossier(store);
      const said = await statement(writer);
      const counted = await createRecord(store, writer, 'figure', sampleFigure(), [samplePassage()]);
      await editRecord(store, writer, 'statement', said, { content: 'the site was nearly empty' });

      expect((await undo(store, writer)).action).toBe('statement.edit');
      expect((await readRecord(store, 'statement', dossier.id, said.id)).content).toBe('the site was empty');
      expect((await undo(store, writer)).rows[0]!.value).toBeNull();
      await expect(readRecord(store, 'figure', dossier.id, counted.id)).rejects.toMatchObject({
        code: 'not-found',
      });

      await redo(store, writer);
      expect((await readRecord(store, 'figure', dossier.id, counted.id)).value).toBe(40);
      await redo(store, writer);
      expect((await readRecord(store, 'statement', dossier.id, said.id)).content).toBe(
        'the site was nearly empty',
      );
      await expect(redo(store, writer)).rejects.toMatchObject({ code: 'undo.nothing' });
    });

    it('takes a batch back as one step', async () => {
      const { dossier, writer } = await sampleDossier(store);
      const made = await Promise.all([statement(writer), statement(writer), statement(writer)]);
      await judgeRecords(store, writer, 'statement', 'reject', made);
      expect((await undo(store, writer)).rows).toHaveLength(3);
      const { records } = await listRecords(store, 'statement', dossier.id, all());
      expect(records.map((record) => record.status)).toEqual(['accepted', 'accepted', 'accepted']);
    });

    it('refuses when somebody else changed the record since', async () => {
      const { writer } = await sampleDossier(store);
      const other = { ...writer, account: newId() };
      const made = await statement(writer);
      await editRecord(store, other, 'statement', made, { content: 'corrected by another' });
      await expect(undo(store, writer)).rejects.toMatchObject({ code: 'undo.changed' });
    });

    it('leads back to where one was, whatever was done', async () => {
      const step = fc.constantFrom('accept', 'reject', 'edit', 'create');
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
          const { dossier, writer } = await sampleDossier(store);
          const snapshot = async () => {
            const { records } = await listRecords(store, 'statement', dossier.id, all());
            return records
              .map(({ id, status, content }) => ({ id, status, content }))
              .sort((a, b) => (a.id < b.id ? -1 : 1));
          };
          const states = [await snapshot()];
          for (const [index, what] of steps.entries()) {
            const { records } = await listRecords(store, 'statement', dossier.id, all());
            const target = records[0];
            try {
              if (what === 'create' || !target) await statement(writer);
              else if (what === 'edit')
                await editRecord(store, writer, 'statement', target, { content: `edit ${index}` });
              else await judgeRecords(store, writer, 'statement', what, [target]);
            } catch (error) {
              // A verb that does not fit the status changes nothing, and is no step to undo.
              expect(error).toMatchObject({ code: 'record.status' });
              continue;
            }
            states.push(await snapshot());
          }
          for (let at = states.length - 2; at >= 0; at--) {
            await undo(store, writer);
            expect(await snapshot()).toEqual(states[at]);
          }
          for (let at = 1; at < states.length; at++) {
            await redo(store, writer);
            expect(await snapshot()).toEqual(states[at]);
          }
        }),
        { numRuns: 8 },
      );
    });
  });

  describe('a list', () => {
    it('pages by cursor through everything exactly once, in either order', async () => {
      const { dossier, writer } = await sampleDossier(store);
      const dates = ['2021-10', null, '2020', '2021-10-07', null, '2014-11~', '2021-10'];
      for (const saidOn of dates) await statement(writer, { saidOn });
      for (const order of ['asc', 'desc']) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await listRecords(store, 'statement', dossier.id, all({ order, limit: 2, cursor }));
          seen.push(...page.records.map((record) => record.id));
          cursor = page.next ?? undefined;
        } while (cursor);
        expect(new Set(seen).size).toBe(dates.length);
        expect(seen).toHaveLength(dates.length);
      }
      const pages: number[] = [];
      for await (const page of allRecords(store, 'statement', dossier.id, all({ limit: 2 })))
        pages.push(page.length);
      expect(pages.reduce((sum, size) => sum + size, 0)).toBe(dates.length);
    });

    it('refuses a cursor that is not its own', async () => {
      const { dossier } = await sampleDossier(store);
      const forged = Buffer.from('["x", "y; drop table"]').toString('base64url');
      for (const cursor of ['nonsense', forged]) {
        await expect(listRecords(store, 'statement', dossier.id, all({ cursor }))).rejects.toMatchObject({
          code: 'request.cursor',
        });
      }
    });

    it('finds words in either language without minding accents or endings', async () => {
      const { dossier, writer } = await sampleDossier(store);
      const english = await statement(writer, { content: 'tents were destroyed' });
      const french = await statement(writer, { content: 'les tentes ont été détruites', language: 'fr' });
      const find = async (q: string) =>
        (await listRecords(store, 'statement', dossier.id, all({ q }))).records.map((record) => record.id);
      expect(await find('destroy')).toContain(english.id);
      expect(await find('detruite')).toContain(french.id);
      expect(await find('"were destroyed" -burned')).toContain(english.id);
      expect(await find('orchestra')).toEqual([]);
    });

    it('counts facets of what the others let through, a chosen one by what it could be', async () => {
      const { dossier, writer } = await sampleDossier(store);
      await statement(writer);
      await statement(writer, { mode: 'direct' });
      await statement(writer, { mode: 'direct', speaker: { actor: null, name: 'the mayor', role: null } });
      const { total, facets } = await countFacets(store, 'statement', dossier.id, all({ form: 'direct' }));
      expect(total).toBe(2);
      expect(facets.form).toEqual([
        { value: 'direct', count: 2 },
        { value: 'indirect', count: 1 },
      ]);
      expect(facets.party).toEqual([
        { value: 'the mayor', count: 1 },
        { value: 'the minister', count: 1 },
      ]);
    });

    it('counts in memory what the database counts, through every change', async () => {
      const { dossier, writer } = await sampleDossier(store);
      // Every record has the word, so that the question with it takes the other path to the same counts.
      const filters = [
        {},
        { status: 'accepted' },
        { form: ['direct'], status: ['rejected', 'accepted'] },
        { party: 'the mayor' },
      ];
      const compare = async () => {
        for (const filter of filters) {
          const fromMemory = await countFacets(store, 'statement', dossier.id, all(filter));
          expect(fromMemory).toEqual(
            await countFacets(store, 'statement', dossier.id, all({ ...filter, q: 'site' })),
          );
        }
      };
      await compare();
      const made = await Promise.all(
        ['direct', 'indirect', 'direct'].map((mode) =>
          statement(writer, { mode, content: `the site, ${mode}` }),
        ),
      );
      await compare();
      await judgeRecords(store, writer, 'statement', 'reject', made.slice(0, 2));
      await editRecord(store, writer, 'statement', made[2]!, {
        speaker: { actor: null, name: 'the mayor', role: null },
      });
      await compare();
      for (let steps = 0; steps < 3; steps++) await undo(store, writer);
      await compare();
    });

    it('gives a source its records in the order of the text', async () => {
      const { dossier, writer } = await sampleDossier(store);
      const source = newId();
      const later = await createRecord(store, writer, 'figure', sampleFigure(), [
        samplePassage(source, '40 tents'),
      ]);
      const earlier = await createRecord(store, writer, 'statement', sampleStatement(), [
        samplePassage(source),
      ]);
      const incident = await createRecord(store, writer, 'incident', sampleIncident(), [
        samplePassage(source, 'on the same morning'),
      ]);
      expect((await recordsOfSource(store, dossier.id, source)).map((record) => record.id)).toEqual([
        earlier.id,
        later.id,
        incident.id,
      ]);
    });
  });

  describe('what records name', () => {
    it('cannot be removed while a record names it, and comes back by undo', async () => {
      const { dossier, writer } = await sampleDossier(store);
      const mayor = await createNamed(store, writer, 'actor', {
        name: 'the mayor',
        type: 'person',
        aliases: [],
        roles: [],
      });
      const renamed = await editNamed(store, writer, 'actor', mayor, { name: 'the mayor of the town' });
      const made = await statement(writer, { speaker: { actor: mayor.id, name: 'the mayor', role: null } });
      await expect(removeNamed(store, writer, 'actor', mayor.id)).rejects.toMatchObject({
        code: 'record.in-use',
      });
      await editRecord(store, writer, 'statement', made, { speaker: null });
      await removeNamed(store, writer, 'actor', mayor.id);
      expect(await listNamed(store, 'actor', dossier.id)).toEqual([]);
      await undo(store, writer);
      expect((await listNamed(store, 'actor', dossier.id)).map((actor) => actor.name)).toEqual([
        renamed.name,
      ]);
    });

    it('links only records of the dossier', async () => {
      const { writer } = await sampleDossier(store);
      const made = await statement(writer);
      const end = { kind: 'statement' as const, id: made.id };
      const nowhere = { kind: 'figure' as const, id: newId() };
      await expect(
        createNamed(store, writer, 'link', { from: end, to: nowhere, link: 'denies', note: null }),
      ).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  it('stands behind nobody who only read: an account without writes has nothing to undo', async () => {
    const { writer } = await sampleDossier(store, newId());
    await expect(undo(store, { ...writer, account: OBSERVER })).rejects.toMatchObject({
      code: 'undo.nothing',
    });
  });
});
