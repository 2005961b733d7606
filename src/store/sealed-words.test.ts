// What is sealed in one place and still stands in another does not leave: not in a passage, a source's title, a measure, a
// judged disagreement; and the preview says why.
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { dossierToPublish, passageIn, sourceWithText } from '../../test/public-dossier.ts';
import { sampleFigure, sampleStatement } from '../../test/samples.ts';
import { previewPublication, publish } from './publications.ts';
import { createRecord, editRecord } from './records.ts';
import { createWitness } from './witnesses.ts';

const party = (name: string) => ({ actor: null, name, role: null });

forEachDatabase((create) => {
  test('sealed names hold back all that tells them; stand-ins leave', async () => {
    const store = await (await create()).open();
    const { dossier, writer } = await dossierToPublish(store);
    const source = await sourceWithText(store, writer);
    const pinned = [passageIn(source, 'the site was empty')];
    const figures = [passageIn(source, '40 tents')];
    const veiled = await createRecord(
      store,
      writer,
      'statement',
      sampleStatement({ speaker: party('Quorra Venn'), content: 'the site was full' }),
      pinned,
      { fields: ['speaker'], standIns: { speaker: party('a resident') } },
    );
    const telling = await createRecord(
      store,
      writer,
      'statement',
      sampleStatement({ content: 'as quorra  VENN had said before' }),
      pinned,
    );
    const placed = await createRecord(
      store,
      writer,
      'figure',
      sampleFigure({
        place: { place: null, name: 'the hidden yard', precision: null },
        counted: 'tents in the hidden yard',
      }),
      figures,
      { fields: ['place'] },
    );
    // The same place in another record is no secret.
    const elsewhere = await createRecord(
      store,
      writer,
      'figure',
      sampleFigure({ place: { place: null, name: 'the hidden yard', precision: null } }),
      figures,
    );
    // A wholly sealed record names the minister, as the open ones do.
    await createRecord(store, writer, 'statement', sampleStatement({ sensitivity: 'sealed' }), pinned);
    const { added, heldBack } = await previewPublication(store, dossier.id);
    expect(added.map(({ id }) => id).sort()).toEqual([veiled.id, elsewhere.id, source.id].sort());
    const told = new Map(heldBack.map(({ id, reason }) => [id, reason]));
    expect([told.get(telling.id), told.get(placed.id)]).toEqual(['sealed-words', 'sealed-words']);
    await publish(store, writer, { note: null });
    const { rows } = { rows: await store.read.selectFrom('published').select('view').execute() };
    expect(JSON.stringify(rows)).not.toMatch(/quorra/i);
    expect(JSON.stringify(rows)).toContain('a resident');
    expect(JSON.stringify(rows)).not.toContain('AGE ENCRYPTED');

    await editRecord(store, writer, 'statement', telling, { content: 'as somebody had said before' });
    expect((await previewPublication(store, dossier.id)).added.map(({ id }) => id)).toEqual([telling.id]);
    // A witness is named nowhere.
    await createWitness(
      store,
      writer,
      { pseudonym: 'Witness 1', consents: [], protection: null },
      { name: 'Somebody Had', contact: null, notes: null },
    );
    const after = await previewPublication(store, dossier.id);
    expect(after.heldBack.find(({ id }) => id === telling.id)?.reason).toBe('sealed-words');
  });
});
