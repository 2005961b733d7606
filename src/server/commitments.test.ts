// Commitments over HTTP: what is read for them, narrowed, paged and as a table.
import { beforeAll, expect, it } from 'vitest';
import { openApi, type TestApi } from '../../test/api.ts';
import { sampleFigure, samplePassage, sampleStatement } from '../../test/samples.ts';
import type { FigureContent } from '../record/figure.ts';
import type { StatementContent } from '../record/statement.ts';
import { createNamed } from '../store/named.ts';
import { createRecord, judgeRecords } from '../store/records.ts';

interface Answer {
  items: {
    record: { id: string };
    state: string;
    reports: { record: { id: string }; share: object | null }[];
  }[];
  records: { id: string }[];
  next: string | null;
  total: number;
  counts: { open: number; reported: number; parties: { key: string; name: string; count: number }[] };
}

let api: TestApi;
const ask = (query = '') => api.ask('GET', `/commitments${query}`);
const list = async (query = '') => (await (await ask(query)).json()) as Answer;

beforeAll(async () => {
  api = await openApi();
  return api.close;
});

const figure = async (content: Partial<FigureContent>) =>
  createRecord(api.store, api.writer, 'figure', sampleFigure(content), [samplePassage()]);
const statement = async (content: Partial<StatementContent>) =>
  createRecord(api.store, api.writer, 'statement', sampleStatement(content), [samplePassage()]);
const party = (name: string) => ({ actor: null, name, role: null });

it('of a dossier without any are none, with nothing read for them', async () => {
  await figure({});
  expect(await list()).toEqual({
    items: [],
    records: [],
    next: null,
    total: 0,
    counts: { open: 0, reported: 0, parties: [] },
  });
});

it('are those that stand, with what people linked to them, whatever it counts', async () => {
  const pledge = await figure({
    modality: 'pledged',
    unit: 'GBP',
    value: 3_000_000,
    accordingTo: party('the council'),
  });
  const promise = await statement({ act: 'promises', topics: ['beds'], speaker: party('the minister') });
  const withdrawn = await figure({ modality: 'pledged' });
  await judgeRecords(api.store, api.writer, 'figure', 'reject', [withdrawn]);
  const beds = await figure({ unit: 'beds', value: 80 });
  const paid = await figure({ unit: 'GBP', value: 1_500_000 });
  for (const [from, to] of [
    [paid, pledge],
    [beds, promise],
  ] as const) {
    await createNamed(api.store, api.writer, 'link', {
      from: { kind: from.kind, id: from.id },
      to: { kind: to.kind, id: to.id },
      link: 'follows-up',
      note: null,
    });
  }
  const all = await list();
  expect(all.items.map(({ record }) => record.id).sort()).toEqual([pledge.id, promise.id].sort());
  const reported = (id: string) => all.items.find(({ record }) => record.id === id)!.reports;
  expect(reported(pledge.id)).toMatchObject([{ record: { id: paid.id } }]);
  expect(reported(pledge.id)[0]!.share).not.toBeNull();
  expect(reported(promise.id)).toMatchObject([{ record: { id: beds.id }, share: null }]);
  for (const { id } of [pledge, promise, paid, beds]) {
    expect(all.records.map((record) => record.id)).toContain(id);
  }
});

it('are narrowed by state and party, paged, and a table', async () => {
  await statement({ act: 'promises', speaker: party('the minister'), saidOn: '2022', topics: [] });
  const all = await list();
  expect(all.counts).toMatchObject({ open: 1, reported: 2 });
  expect(all.counts.parties).toMatchObject([{ name: 'the minister', count: 2 }, { count: 1 }]);
  expect((await list('?state=open')).total).toBe(1);
  const { key } = all.counts.parties[0]!;
  expect((await list(`?party=${encodeURIComponent(key)}`)).total).toBe(2);
  const first = await list('?limit=2');
  const second = await list(`?limit=2&cursor=${first.next}`);
  expect([...first.items, ...second.items].map(({ record }) => record.id)).toEqual(
    all.items.map(({ record }) => record.id),
  );
  expect(second.next).toBeNull();
  expect((await ask('?cursor=00000000-0000-7000-8000-000000000000')).status).toBe(400);
  const csv = await (await ask('.csv')).text();
  expect(csv.trimEnd().split('\r\n')).toHaveLength(4);
  expect(csv).toContain('the council');
});
