// What people make of findings: decided, taken back, decided by two at once, filed by hand; on both databases.
import { beforeAll, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { sampleDossier, samplePassage, sampleStatement } from '../../test/samples.ts';
import type { DisagreementDecision } from '../record/disagreement.ts';
import type { LinkEnd } from '../record/link.ts';
import {
  decideDisagreements,
  type FoundDisagreement,
  fileDisagreement,
  listDisagreements,
} from './disagreements.ts';
import { readHistory, redo, undo } from './history.ts';
import { createNamed, listNamed } from './named.ts';
import { createRecord } from './records.ts';
import type { Store } from './store.ts';
import { newId } from './write.ts';

const UPHELD: DisagreementDecision = { state: 'upheld', explanation: null, reason: null };
const DISMISSED: DisagreementDecision = { state: 'dismissed', explanation: null, reason: null };
const EXPLAINED: DisagreementDecision = {
  state: 'explained',
  explanation: 'different-area',
  reason: 'one is the town, the other the port',
};

forEachDatabase((create) => {
  let store: Store;
  beforeAll(async () => {
    store = await (await create()).open();
  });

  /** A dossier with two statements, and a finding that the second clarifies the first. */
  async function clarified(change: Partial<FoundDisagreement> = {}) {
    const { dossier, writer } = await sampleDossier(store);
    const ends: LinkEnd[] = [];
    for (const content of ['the minister had meant civil servants', 'more officers would be useful']) {
      const made = await createRecord(store, writer, 'statement', sampleStatement({ content }), [
        samplePassage(),
      ]);
      ends.push({ kind: 'statement', id: made.id });
    }
    const found: FoundDisagreement = {
      key: `answer:${ends[0]!.id}:${ends[1]!.id}`,
      kind: 'later-clarified',
      records: ends,
      working: [{ code: 'filed', values: { words: 'it says what was meant' } }],
      foundBy: 'answer',
      link: 'clarifies',
      version: null,
      ...change,
    };
    const links = () => listNamed(store, 'link', dossier.id);
    const decide = async (decision: DisagreementDecision, version: number | null) =>
      (await decideDisagreements(store, writer, [{ ...found, version }], decision))[0]!;
    return { dossier, writer, found, ends, links, decide };
  }

  describe('a decision', () => {
    it('keeps what was found as it was found, and is an entry that says all of it', async () => {
      const { dossier, found, decide } = await clarified({ link: null });
      const judged = await decide(EXPLAINED, null);
      expect(judged).toMatchObject({ ...EXPLAINED, key: found.key, working: found.working, version: 1 });
      expect(await listDisagreements(store, dossier.id)).toEqual([judged]);
      const history = await readHistory(store, dossier.id, judged.id);
      expect(history.map(({ action, payload }) => [action, payload])).toEqual([
        ['disagreement.create', { before: null, after: judged }],
      ]);
    });

    it('that upholds an answer draws its link; any other takes that link away again', async () => {
      const { ends, links, decide } = await clarified();
      const upheld = await decide(UPHELD, null);
      expect(await links()).toMatchObject([
        { id: upheld.link, from: ends[0], to: ends[1], link: 'clarifies' },
      ]);
      const explained = await decide(EXPLAINED, 1);
      expect(explained).toMatchObject({ link: null, version: 2 });
      expect(await links()).toEqual([]);
    });

    it('that upholds again keeps the link, even where analysis has nothing more to suggest', async () => {
      const { writer, found, links, decide } = await clarified();
      const upheld = await decide(UPHELD, null);
      const again = await decideDisagreements(store, writer, [{ ...found, link: null, version: 1 }], {
        ...UPHELD,
        reason: 'said the next day',
      });
      expect(again).toMatchObject([{ link: upheld.link, reason: 'said the next day', version: 2 }]);
      expect(await links()).toHaveLength(1);
    });

    it('draws no second link where people drew it already, and leaves theirs when it is taken back', async () => {
      const { writer, ends, links, decide } = await clarified();
      const own = await createNamed(store, writer, 'link', {
        from: ends[0]!,
        to: ends[1]!,
        link: 'clarifies',
        note: 'seen by hand',
      });
      expect(await decide(UPHELD, null)).toMatchObject({ link: null });
      await decide(DISMISSED, 1);
      expect(await links()).toEqual([own]);
    });

    it('is refused to somebody who saw an older one, and then draws nothing', async () => {
      const { links, decide } = await clarified();
      await decide(DISMISSED, null);
      await expect(decide(UPHELD, null)).rejects.toMatchObject({ code: 'record.version' });
      expect(await links()).toEqual([]);
    });

    it('about many is all or none', async () => {
      const { dossier, writer, found } = await clarified({ link: null });
      const others = ['other:a', 'other:b'].map((key) => ({ ...found, key }));
      await decideDisagreements(store, writer, [others[0]!], DISMISSED);
      await expect(decideDisagreements(store, writer, [found, ...others], DISMISSED)).rejects.toMatchObject({
        code: 'record.version',
      });
      expect(await listDisagreements(store, dossier.id)).toHaveLength(1);
    });

    it('made for the first time by two at once is made once', async () => {
      const { dossier, links, decide } = await clarified();
      const results = await Promise.allSettled([decide(UPHELD, null), decide(UPHELD, null)]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const refused = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
      expect(refused.reason).toMatchObject({ code: 'record.version' });
      expect(await listDisagreements(store, dossier.id)).toHaveLength(1);
      expect(await links()).toHaveLength(1);
    });
  });

  describe('undo', () => {
    it('takes back the decision and its link in one step, and redo brings both again', async () => {
      const { dossier, writer, links, decide } = await clarified();
      const upheld = await decide(UPHELD, null);
      const drawn = await links();
      await undo(store, writer);
      expect(await listDisagreements(store, dossier.id)).toEqual([]);
      expect(await links()).toEqual([]);
      await redo(store, writer);
      expect(await listDisagreements(store, dossier.id)).toMatchObject([{ id: upheld.id, state: 'upheld' }]);
      expect(await links()).toMatchObject(drawn.map(({ id }) => ({ id })));
    });

    it('of many is one step', async () => {
      const { dossier, writer, found } = await clarified({ link: null });
      const many = ['a', 'b', 'c'].map((name) => ({ ...found, key: `other:${name}` }));
      await decideDisagreements(store, writer, many, DISMISSED);
      const { rows } = await undo(store, writer);
      expect(rows).toHaveLength(3);
      expect(await listDisagreements(store, dossier.id)).toEqual([]);
    });
  });

  describe('filed by hand', () => {
    it('is open, named by its own id, and says what was filed whatever is made of it later', async () => {
      const { dossier, writer, ends } = await clarified();
      const words = 'one speaks of the town, the other of the port';
      const filed = await fileDisagreement(store, writer, { kind: 'scope-differs', records: ends, words });
      expect(filed).toMatchObject({ key: filed.id, foundBy: null, state: 'open', reason: null });
      const { key, kind, records, working } = filed;
      await decideDisagreements(
        store,
        writer,
        [{ key, kind, records, working, foundBy: null, link: null, version: 1 }],
        DISMISSED,
      );
      expect(await listDisagreements(store, dossier.id)).toMatchObject([
        { id: filed.id, state: 'dismissed', working: [{ code: 'filed', values: { words } }] },
      ]);
    });

    it('speaks of records of its dossier only', async () => {
      const { dossier, writer, ends } = await clarified();
      const there = await clarified();
      for (const wrong of [there.ends[0]!, { kind: 'figure', id: newId() } as const]) {
        await expect(
          fileDisagreement(store, writer, {
            kind: 'figures-differ',
            records: [ends[0]!, wrong],
            words: 'no',
          }),
        ).rejects.toMatchObject({ code: 'not-found' });
      }
      expect(await listDisagreements(store, dossier.id)).toEqual([]);
    });
  });
});
