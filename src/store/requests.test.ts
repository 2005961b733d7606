// Requests: what they name, what answers them, and the way back; on both databases.
import { beforeAll, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { sampleDossier, samplePassage, sampleStatement } from '../../test/samples.ts';
import type { LinkEnd } from '../record/link.ts';
import type { RequestContent } from '../record/request.ts';
import { undo } from './history.ts';
import { createNamed, editNamed, listNamed } from './named.ts';
import { createRecord } from './records.ts';
import type { Store } from './store.ts';

forEachDatabase((create) => {
  let store: Store;
  beforeAll(async () => {
    store = await (await create()).open();
  });

  /** A dossier with two statements and a reply to them. */
  async function asked() {
    const { dossier, writer } = await sampleDossier(store);
    const ends: LinkEnd[] = [];
    for (const content of ['the site was empty', 'it was never full', 'we answer that it was full']) {
      const made = await createRecord(store, writer, 'statement', sampleStatement({ content }), [
        samplePassage(),
      ]);
      ends.push({ kind: 'statement', id: made.id });
    }
    const content: RequestContent = {
      askedOf: { actor: null, name: 'the ministry', role: null },
      question: 'Was the site empty?',
      about: ends.slice(0, 2),
      means: 'email',
      askedOn: '2021-10-08',
      due: '2021-10-15',
      outcome: 'waiting',
      answeredOn: null,
      answer: null,
      note: null,
      sensitivity: 'public',
    };
    const links = () => listNamed(store, 'link', dossier.id);
    return { dossier, writer, content, ends, answer: ends[2]!.id, links };
  }

  it('an answer that is named is linked to all that was asked about; one undo takes back both', async () => {
    const { dossier, writer, content, ends, answer, links } = await asked();
    const request = await createNamed(store, writer, 'request', content);
    expect(await links()).toEqual([]);
    await editNamed(store, writer, 'request', request, { outcome: 'answered', answer });
    expect((await links()).map(({ from, to, link }) => [from.id, link, to.id]).sort()).toEqual(
      ends
        .slice(0, 2)
        .map((end) => [answer, 'responds-to', end.id])
        .sort(),
    );
    await undo(store, writer);
    expect(await links()).toEqual([]);
    expect(await listNamed(store, 'request', dossier.id)).toMatchObject([
      { outcome: 'waiting', answer: null },
    ]);
  });

  it('draws no link twice, and none from an answer to itself', async () => {
    const { writer, content, ends, answer, links } = await asked();
    const end: LinkEnd = { kind: 'statement', id: answer };
    await createNamed(store, writer, 'link', { from: end, to: ends[0]!, link: 'responds-to', note: null });
    const request = await createNamed(store, writer, 'request', {
      ...content,
      about: [ends[0]!, end],
      outcome: 'answered',
      answer,
    });
    expect(await links()).toHaveLength(1);
    // The same answer written down again changes nothing.
    await editNamed(store, writer, 'request', request, { answer, note: 'by telephone' });
    expect(await links()).toHaveLength(1);
  });

  it('names only records of its dossier, made or changed', async () => {
    const here = await asked();
    const there = await asked();
    const foreign = { kind: 'statement', id: there.answer } as const;
    const refused = { code: 'not-found' };
    await expect(
      createNamed(store, here.writer, 'request', { ...here.content, about: [foreign] }),
    ).rejects.toMatchObject(refused);
    const request = await createNamed(store, here.writer, 'request', here.content);
    for (const change of [{ about: [foreign] }, { answer: foreign.id }]) {
      await expect(editNamed(store, here.writer, 'request', request, change)).rejects.toMatchObject(refused);
    }
    expect(await here.links()).toEqual([]);
  });
});
