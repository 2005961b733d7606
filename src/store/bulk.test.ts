// Whatever a row holds, it comes out of the database as it went in.
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { OBSERVER, sampleDossier, sampleFigure, samplePassage } from '../../test/samples.ts';
import { insertRows } from './bulk.ts';
import { createRecord, readRecord } from './records.ts';

forEachDatabase((create) => {
  test('numbers, words of every script, quotes, lists and nothing', async () => {
    const store = await (await create()).open();
    const { dossier } = await sampleDossier(store);
    const writer = { account: OBSERVER, dossier: dossier.id };
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !text.includes('\0'));
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => (Object.is(value, -0) ? 0 : value));
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.option(words),
        number,
        fc.array(words, { maxLength: 3 }),
        async (counted, note, value, tags) => {
          const made = await createRecord(
            store,
            writer,
            'figure',
            sampleFigure({ counted, note, value, tags, bound: 'exact' }),
            [samplePassage()],
          );
          expect(await readRecord(store, 'figure', dossier.id, made.id)).toEqual(made);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('numbers that are none, and columns that the database works out', async () => {
    const store = await (await create()).open();
    await store.read.transaction().execute(async (tx) => {
      const row = {
        ...{
          kind: 'figure',
          status: 'accepted',
          sensitivity: 'public',
          form: 'exact',
          sortDate: '',
          sortParty: '',
        },
        ...{
          dossier: OBSERVER,
          id: OBSERVER,
          sortValue: Number.NaN,
          confidence: 1,
          start: 0,
          _words: "a 'quoted' \\ word",
        },
      };
      await insertRows(tx, 'recordIndex', [row], {
        computed: { search: sql`to_tsvector('simple', item ->> '_words')` },
      });
      const found = await tx.selectFrom('recordIndex').selectAll().executeTakeFirstOrThrow();
      expect(found).toMatchObject({
        sortValue: Number.NaN,
        party: null,
        search: "'a':1 'quoted':2 'word':3",
      });
    });
  });
});
