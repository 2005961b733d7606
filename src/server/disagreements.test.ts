// The queue: its order, decisions that outlive what they judged, and its endpoints with their refusals.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type TestApi } from '../../test/api.ts';
import { samplePassage, sampleStatement } from '../../test/samples.ts';
import type { Finding } from '../analysis/finding.ts';
import type { Disagreement } from '../record/disagreement.ts';
import type { LinkEnd } from '../record/link.ts';
import { createRecord } from '../store/records.ts';
import { type DisagreementItem, queueOf } from './disagreements.ts';

const AT = '2026-11-23T10:00:00.000Z';
const BY = '00000000-0000-7000-8000-0000000000aa';
const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const end = (n: number): LinkEnd => ({ kind: 'statement', id: idOf(n) });

function finding(name: string, records: number[], change: Partial<Finding> = {}): Finding {
  return {
    key: `answer:${name}`,
    kind: 'later-clarified',
    check: 'answer',
    records: records.map(end),
    working: [{ code: 'filed', values: { words: name } }],
    weight: 0.5,
    link: null,
    ...change,
  };
}

function decision(of: Finding, change: Partial<Disagreement> = {}): Disagreement {
  return {
    ...{ id: idOf(900), dossier: idOf(901), key: of.key, kind: of.kind, records: of.records },
    ...{ working: of.working, foundBy: of.check, state: 'upheld', explanation: null, reason: null },
    ...{ link: null, version: 1, createdAt: AT, createdBy: BY, updatedAt: AT, updatedBy: BY },
    ...change,
  } as Disagreement;
}

/** What analysis found, as far as the queue asks it. */
const found = (...all: Finding[]) => ({
  findings: () => all,
  of: (id: string) => all.filter(({ records }) => records.some((one) => one.id === id)),
});

describe('the queue', () => {
  it('begins with what is open, the weightiest first, and ends with what was judged, newest first', () => {
    const [light, heavy] = [finding('light', [1, 2]), finding('heavy', [3, 4], { weight: 0.9 })];
    const [first, second] = [finding('first', [5, 6]), finding('second', [7, 8])];
    const filed = decision(finding('by hand', [9]), { foundBy: null, state: 'open' });
    const decisions = [decision(first), decision(second, { state: 'dismissed' }), filed];
    const queue = queueOf(found(light, heavy, first, second), decisions);
    expect(queue.map(({ key }) => key)).toEqual(
      ['by hand', 'heavy', 'light', 'second', 'first'].map((name) => `answer:${name}`),
    );
  });

  it('holds each finding once and each decision at most once, whatever was decided', () => {
    const name = fc.nat(12);
    const one = fc.record({ name, records: fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 4 }) });
    const findings = fc.uniqueArray(one, { selector: (it) => it.name, maxLength: 8 });
    const judged = fc.uniqueArray(
      fc.tuple(one, fc.constantFrom('open', 'upheld', 'explained', 'dismissed'), fc.boolean()),
      { selector: ([it]) => it.name, maxLength: 8 },
    );
    fc.assert(
      fc.property(findings, judged, (given, decided) => {
        const now = given.map((it) => finding(String(it.name), it.records));
        const decisions = decided.map(([it, state, isByHand], at) =>
          decision(finding(String(it.name), it.records), {
            id: idOf(500 + at),
            state,
            ...(isByHand && { foundBy: null, key: idOf(500 + at) }),
          }),
        );
        const queue = queueOf(found(...now), decisions);
        const shown = queue.filter((item) => !item.isGone && item.check !== null);
        expect(shown).toHaveLength(now.length);
        expect(new Set(queue.map(({ key }) => key)).size).toBe(queue.length);
        const ids = queue.flatMap((item) => item.decision?.id ?? []);
        expect(new Set(ids).size).toBe(ids.length);
        // Only what was reopened and is found no longer is left out.
        const lost = decisions.filter(({ id }) => !ids.includes(id));
        expect(lost.every(({ state, foundBy }) => state === 'open' && foundBy !== null)).toBe(true);
      }),
    );
  });

  it('says when what is found has changed since it was judged', () => {
    const before = finding('same', [1, 2]);
    const after = { ...before, working: [{ code: 'filed', values: { words: 'otherwise' } }] };
    expect(queueOf(found(before), [decision(before)])).toMatchObject([{ isStale: false, isGone: false }]);
    expect(queueOf(found(after), [decision(before)])).toMatchObject([
      { isStale: true, state: 'upheld', working: after.working, decision: { working: before.working } },
    ]);
  });

  it('keeps what was judged and is found no longer, as it was judged', () => {
    const before = finding('gone', [1, 2]);
    expect(queueOf(found(), [decision(before, { state: 'explained' })])).toMatchObject([
      { isGone: true, state: 'explained', records: before.records, working: before.working },
    ]);
    // Upheld, it stands in the link it drew; analysis has no more to suggest.
    expect(queueOf(found(), [decision(before, { link: idOf(77) })])).toMatchObject([{ isGone: false }]);
    expect(queueOf(found(), [decision(before, { state: 'open' })])).toEqual([]);
  });

  it('gives a decision to what took the place of its finding: the same check over two of its records', () => {
    const before = finding('before', [1, 2, 3]);
    const heir = finding('heir', [2, 3, 4]);
    const stranger = finding('stranger', [3, 5]);
    const other = finding('other', [1, 2], { check: 'echo', key: 'echo:other' });
    const queue = queueOf(found(stranger, other, heir), [decision(before, { state: 'dismissed' })]);
    expect(queue.find((item) => item.decision !== null)).toMatchObject({
      key: 'answer:before',
      state: 'dismissed',
      isStale: true,
      isGone: false,
      records: heir.records,
    });
    expect(queue.filter(({ state }) => state === 'open').map(({ key }) => key)).toEqual(
      ['answer:stranger', 'echo:other'].sort(),
    );
  });

  it('finds the heir of a decision about a single record by that record', () => {
    const before = finding('before', [1]);
    const queue = queueOf(found(finding('now', [1])), [decision(before)]);
    expect(queue).toMatchObject([{ key: 'answer:before', isGone: false }]);
  });
});

describe('over HTTP', () => {
  let api: TestApi;
  let ends: LinkEnd[];
  const ask = (method: string, path: string, body?: unknown) =>
    api.ask(method, `/disagreements${path}`, body);
  const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

  beforeAll(async () => {
    api = await openApi();
    const { store, writer } = api;
    ends = [];
    for (const content of ['the site was empty', 'the site was never full', 'there were forty tents']) {
      const record = await createRecord(
        store,
        writer,
        'statement',
        sampleStatement({ content, speaker: { actor: null, name: content.slice(-4), role: null } }),
        [samplePassage()],
      );
      ends.push({ kind: 'statement', id: record.id });
    }
    return api.close;
  });

  const file = async (words: string, records = ends.slice(0, 2)) =>
    (await json(
      await ask('POST', '', { kind: 'figures-differ', records, words }),
    )) as unknown as Disagreement;
  const list = async (query = '') => json(await ask('GET', query));
  const keys = (answer: Record<string, unknown>) =>
    (answer.items as DisagreementItem[]).map(({ key }) => key);

  it('files, lists with the records in full, pages, counts and narrows', async () => {
    const filed = [];
    for (const words of ['one', 'two', 'three']) filed.push((await file(words)).key);
    const first = await list('?limit=2');
    expect(keys(first)).toEqual(filed.slice(0, 2));
    expect((first.records as { id: string }[]).map(({ id }) => id).sort()).toEqual(
      ends
        .slice(0, 2)
        .map(({ id }) => id)
        .sort(),
    );
    expect(first).toMatchObject({ total: 3, next: filed[1], counts: { state: { open: 3 } } });
    const second = await list(`?limit=2&cursor=${filed[1]}`);
    expect([keys(second), second.next]).toEqual([[filed[2]], null]);
    expect(await list('?kind=denied')).toMatchObject({ total: 0, items: [] });
    expect(await list(`?record=${ends[2]!.id}`)).toMatchObject({ total: 0 });
    expect(await list(`?record=${ends[0]!.id}`)).toMatchObject({ total: 3 });
    expect((await ask('GET', '?cursor=nothing')).status).toBe(400);
  });

  it('decides, and gives one by its key or by what was decided about it', async () => {
    const { key, id } = await file('to be dismissed');
    const body = (version: number | null) => ({
      items: [{ key, version }],
      decision: { state: 'dismissed', explanation: null, reason: 'it is none' },
    });
    const decided = await ask('POST', '/decide', body(1));
    expect(decided.status).toBe(200);
    for (const name of [key, id]) {
      expect(await json(await ask('GET', `/${name}`))).toMatchObject({
        item: { key, state: 'dismissed', decision: { reason: 'it is none', version: 2 } },
      });
    }
    expect((await ask('POST', '/decide', body(1))).status).toBe(409);
  });

  it('refuses to explain without an explanation, to decide about what is not there, and words that are none', async () => {
    const { key } = await file('to be explained');
    const explained = { state: 'explained', explanation: null, reason: null };
    const bare = await ask('POST', '/decide', { items: [{ key, version: 1 }], decision: explained });
    expect(bare.status).toBe(400);
    expect(await json(bare)).toMatchObject({ code: 'request.invalid' });
    const dismissed = { state: 'dismissed', explanation: null, reason: null };
    const unknown = await ask('POST', '/decide', {
      items: [{ key: 'answer:nothing', version: null }],
      decision: dismissed,
    });
    expect(unknown.status).toBe(404);
    expect((await ask('GET', '/answer:nothing')).status).toBe(404);
    const empty = await ask('POST', '', { kind: 'denied', records: ends.slice(0, 1), words: '  ' });
    expect(empty.status).toBe(400);
    const none = await ask('POST', '', { kind: 'denied', records: [], words: 'no record' });
    expect(none.status).toBe(400);
  });

  it('decides once about what is named twice', async () => {
    const { key } = await file('named twice');
    const decided = await ask('POST', '/decide', {
      items: [
        { key, version: 1 },
        { key, version: 1 },
      ],
      decision: { state: 'dismissed', explanation: null, reason: null },
    });
    expect((await json(decided)).disagreements).toHaveLength(1);
  });

  it('is a table in either language, with the working in words', async () => {
    await file('said in words');
    const english = await (await ask('GET', '.csv?state=open')).text();
    expect(english).toContain('Filed by hand: said in words');
    expect(await (await ask('GET', '.csv?state=open&lang=fr')).text()).toContain('Signalé à la main');
    expect(english).toContain(`statement:${ends[0]!.id}`);
  });
});
