// Seals over HTTP: handed in sealed, opened with a reason by those named, told by nobody else, and cached nowhere.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApi, type TestApi } from '../../test/api.ts';
import { sampleStatement } from '../../test/samples.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

/** Names the owner among those who may open what is sealed, or takes the name away. */
async function name(opens: boolean) {
  const { store, dossier } = api;
  const { id: account } = await store.read.selectFrom('accounts').select('id').executeTakeFirstOrThrow();
  await store.write({ account, dossier: dossier.id }, 'membership.change', async (tx, stamp) => {
    await tx
      .insertInto('memberships')
      .values({ dossier: dossier.id, account, role: 'owner', opens, createdAt: stamp.at, createdBy: account })
      .onConflict((conflict) => conflict.columns(['dossier', 'account']).doUpdateSet({ opens }))
      .execute();
    return { entries: [{ subject: account, payload: null }], result: null };
  });
}

async function handIn(text: string) {
  const given = { text, content: { title: 'qxtitlekz', sensitivity: 'sealed' } };
  const answer = await api.ask('POST', '/sources/text', given);
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { source: { id: string; version: number } }).source;
}

async function settled(id: string): Promise<{ id: string; state: string; version: number; title: string }> {
  for (;;) {
    const source = (await (await api.ask('GET', `/sources/${id}`)).json()) as Awaited<
      ReturnType<typeof settled>
    >;
    if (source.state === 'proposed' || source.state === 'unreadable') return source;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const TEXT = 'At the quay somebody said: qxsecretkz was there, and the site was empty.';

test('a text handed in as sealed is read, and opened by those who are named, with a reason', async () => {
  await name(false);
  const { id } = await handIn(TEXT);
  const source = await settled(id);
  expect(source).toMatchObject({ state: 'proposed', title: '[sealed]' });
  expect((await api.ask('GET', `/sources/${id}/text`)).status).toBe(409);
  expect((await api.ask('GET', `/sources/${id}/original`)).status).toBe(409);
  // The owner of the house too: nobody may by their role alone.
  const refused = await api.ask('POST', `/seals/${id}/open`, { reason: 'to read it' });
  expect([refused.status, (await refused.json()) as object]).toMatchObject([403, { code: 'seal.not-named' }]);
  expect(await openings(id)).toEqual([]);

  await name(true);
  expect((await api.ask('POST', `/seals/${id}/open`, { reason: '' })).status).toBe(400);
  const answer = await api.ask('POST', `/seals/${id}/open`, { reason: 'to read it' });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const opened = (await answer.json()) as Opened;
  expect(opened).toMatchObject({ noun: 'source', fields: { title: 'qxtitlekz' }, text: { text: TEXT } });
  expect(await openings(id)).toMatchObject([{ id: opened.opening, reason: 'to read it' }]);

  const original = await api.ask('GET', `/sources/${id}/original?opening=${opened.opening}`);
  expect(await original.text()).toBe(TEXT);
  expect(original.headers.get('cache-control')).toBe('no-store');
  expect(original.headers.get('content-disposition')).toMatch(/^attachment/);
  const other = (await handIn(`${TEXT} Again.`)).id;
  const wrong = await api.ask('GET', `/sources/${other}/original?opening=${opened.opening}`);
  expect((await wrong.json()) as object).toMatchObject({ code: 'seal.opening-over' });
  await api.store.write(api.writer, 'dossier.edit', async (tx) => {
    const at = new Date(Date.now() - 16 * 60_000).toISOString();
    await tx.updateTable('entries').set({ at }).where('id', '=', opened.opening).execute();
    return { entries: [{ subject: api.dossier.id, payload: null }], result: null };
  });
  const late = await api.ask('GET', `/sources/${id}/original?opening=${opened.opening}`);
  expect(late.status).toBe(403);
});

interface Opened {
  opening: string;
  noun: string;
  fields: Record<string, unknown>;
  text: { text: string } | null;
}

async function openings(id: string): Promise<object[]> {
  const answer = await api.ask('GET', `/seals/${id}/openings`);
  return ((await answer.json()) as { openings: object[] }).openings;
}

test('a record made from what was opened is sealed, and says nothing to anybody else', async () => {
  await name(true);
  const { id } = await handIn(`${TEXT} Third.`);
  await settled(id);
  const start = TEXT.indexOf('the site was empty');
  const made = await api.ask('POST', '/statements', {
    content: sampleStatement({ content: 'qxsaidkz' }),
    passages: [{ source: id, start, end: start + 18 }],
  });
  const record = (await made.json()) as { id: string; version: number; sensitivity: string; content: string };
  expect(record).toMatchObject({ sensitivity: 'sealed', content: '[sealed]' });
  const opened = (await (
    await api.ask('POST', `/seals/${record.id}/open`, { reason: 'to check' })
  ).json()) as Opened;
  expect(opened.fields).toMatchObject({ content: 'qxsaidkz', passages: [{ exact: 'the site was empty' }] });
  await name(false);
  const patch = await api.ask('PATCH', `/statements/${record.id}`, {
    version: record.version,
    content: { content: 'qxotherkz' },
  });
  expect(patch.status).toBe(403);
  for (const path of [
    '/statements',
    '/statements.csv',
    '/sources',
    '/sources.csv',
    '/entries',
    `/sources/${id}`,
  ]) {
    const answer = await api.ask('GET', path);
    expect([path, answer.status, /qx[a-z]+kz/.exec(await answer.text())]).toEqual([path, 200, null]);
  }
});

test('no file handed in as sealed is on the disk in the open', async () => {
  const directory = api.store.settings.directory;
  for (const at of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const path = join(directory, at);
    if (statSync(path).isFile())
      expect([at, readFileSync(path, 'latin1').includes('qxsecretkz')]).toEqual([at, false]);
  }
});

test('sealing says beforehand what it takes with it', async () => {
  await name(true);
  const answer = await api.ask('POST', '/sources/text', {
    text: 'The minister said that the site was empty.',
  });
  const { source } = (await answer.json()) as { source: { id: string } };
  const read = await settled(source.id);
  await api.ask('POST', '/statements', {
    content: sampleStatement({ content: 'qxrestskz' }),
    passages: [{ source: source.id, start: 4, end: 12 }],
  });
  const effects = (await (await api.ask('GET', `/seals/source/${source.id}/effects`)).json()) as {
    records: number;
  };
  expect(effects).toMatchObject({ published: 0, sharesBytes: false });
  expect(effects.records).toBeGreaterThanOrEqual(1);
  const sealed = await api.ask('PATCH', `/sources/${source.id}`, {
    version: read.version,
    content: { sensitivity: 'sealed' },
  });
  expect(sealed.status).toBe(200);
  const records = (await (await api.ask('GET', '/statements')).json()) as { records: { content: string }[] };
  expect(JSON.stringify(records)).not.toContain('qxrestskz');
});
