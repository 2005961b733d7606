// Threads as their users ask for them: listed, narrowed, in full, as tables and a picture; statements sorted by topics; and
// what of all that the public sees.
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestStore } from '../../test/platform/embedded.ts';
import { dossierToPublish, passageIn, sourceWithText } from '../../test/public-dossier.ts';
import { sampleStatement } from '../../test/samples.ts';
import { openIntake } from '../intake/intake.ts';
import type { Party } from '../record/common.ts';
import type { Passage } from '../record/passage.ts';
import type { Statement, StatementContent } from '../record/statement.ts';
import { newSetupToken } from '../store/accounts.ts';
import { createNamed } from '../store/named.ts';
import { publish } from '../store/publications.ts';
import { createRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { createApp } from './app.ts';
import type { ThreadInFull, ThreadLine } from './threads.ts';

let store: Store;
let app: ReturnType<typeof createApp>;
let cookie: string;
let slug: string;
let writer: { account: string; dossier: string };
let pinned: Passage[];
const unexpected: unknown[] = [];

const party = (name: string, role: string | null = null): Party => ({ actor: null, name, role });
const said = (content: Partial<StatementContent>) =>
  createRecord(store, writer, 'statement', sampleStatement({ topics: ['the quay'], ...content }), pinned);

async function ask(path: string, options: { method?: string; body?: unknown; cookie?: string } = {}) {
  return app.request(path, {
    method: options.method ?? 'GET',
    headers: { cookie: options.cookie ?? cookie, 'content-type': 'application/json' },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  });
}
async function desk<T>(path: string, body?: unknown): Promise<T> {
  const method = body === undefined ? 'GET' : 'POST';
  const answer = await ask(`/api/v1/dossiers/${slug}/${path}`, { method, body });
  expect(answer.status, `${path}: ${answer.status < 300 ? '' : await answer.clone().text()}`).toBe(200);
  return (await answer.json()) as T;
}
interface List {
  threads: ThreadLine[];
  total: number;
  alone: number;
  next: string | null;
  speakers: { name: string; count: number }[];
}
interface Whole {
  thread: ThreadInFull;
  records: Statement[];
  picture: string | null;
}

let call: Statement;
let answer: Statement;
let lone: Statement;
beforeAll(async () => {
  store = await (await createTestStore('PGlite')).open();
  const intake = openIntake(store);
  app = createApp(
    {
      ...{ store, intake, strictAnswers: true },
      logError: (_reference, error) => unexpected.push(error),
      limits: { body: 100_000, requestsPerMinute: 10_000 },
    },
    { web: null, version: '0.0.0' },
  );
  const token = await newSetupToken(store);
  const body = { token, name: 'owner', password: 'a sentence nobody guesses' };
  const made = await ask('/api/v1/setup', { method: 'POST', body, cookie: '' });
  cookie = made.headers.get('set-cookie')!.split(';')[0]!;
  const { dossier, writer: as } = await dossierToPublish(store);
  writer = as;
  slug = dossier.slug;
  pinned = [passageIn(await sourceWithText(store, writer), 'the site was empty')];
  call = await said({
    ...{ content: 'more officers would be useful', mode: 'direct', saidOn: '2014-11-05' },
    speaker: party('the harbour master', 'head of the port'),
  });
  answer = await said({
    ...{ content: '=the port will send nobody <at all>', act: 'rejects', saidOn: '2021-10' },
    speaker: party('the neighbouring port'),
  });
  lone = await said({
    ...{ content: 'gulls were seen inland', topics: ['gulls'], saidOn: '2014-08' },
    speaker: party('a bird watcher'),
  });
  await createNamed(store, writer, 'link', {
    from: { kind: 'statement', id: answer.id },
    to: { kind: 'statement', id: call.id },
    ...{ link: 'rejects', note: null },
  });
  return async () => {
    await intake.close();
    expect(unexpected).toEqual([]);
  };
});

const keyOf = async () => (await desk<List>('threads')).threads[0]!.key;

describe('the list', () => {
  it('tells what each thread is about, who speaks from when to when, and leaves out what stands alone', async () => {
    const { threads, total, alone, speakers } = await desk<List>('threads');
    expect([total, alone]).toEqual([1, 1]);
    expect(threads[0]).toMatchObject({
      ...{ title: 'the quay', statements: 2, reports: 2, links: 1 },
      ...{ speakers: ['the harbour master', 'the neighbouring port'], first: '2014-11-05', last: '2021-10' },
    });
    expect(speakers).toContainEqual({ name: 'the harbour master', count: 1 });
    const all = await desk<List>('threads?alone=true');
    expect(all.threads.map(({ statements }) => statements)).toEqual([2, 1]);
  });

  it('is narrowed by speaker, by words of a title or of what was said, and paged', async () => {
    const found = async (query: string) => (await desk<List>(`threads?${query}`)).total;
    expect(await found('speaker=the+harbour+master')).toBe(1);
    expect(await found('speaker=a+bird+watcher')).toBe(0);
    expect(await found('q=quay')).toBe(1);
    expect(await found('q=officers')).toBe(1);
    expect(await found('q=gulls')).toBe(0);
    expect(await found('q=gulls&alone=true')).toBe(1);
    const first = await desk<List>('threads?alone=true&limit=1');
    const second = await desk<List>(`threads?alone=true&limit=1&cursor=${first.next}`);
    expect(second.threads).toHaveLength(1);
    expect(second.threads[0]!.key).not.toBe(first.threads[0]!.key);
    expect(second.next).toBeNull();
    expect((await ask(`/api/v1/dossiers/${slug}/threads?cursor=nothing`)).status).toBe(400);
  });

  it('is a table too', async () => {
    const csv = await (await ask(`/api/v1/dossiers/${slug}/threads.csv`)).text();
    const [header, row, end] = csv.split('\r\n');
    expect(header).toBe('key,title,statements,reports,speakers,first,last,links,open');
    expect(row).toContain('the harbour master | the neighbouring port,2014-11-05,2021-10,1,');
    expect(end).toBe('');
  });
});

describe('a thread', () => {
  it('has its statements in order of time, how they answer one another, and the same as a picture', async () => {
    const { thread, records, picture } = await desk<Whole>(`threads/${await keyOf()}`);
    expect(thread.statements.map(({ id }) => id)).toEqual([call.id, answer.id]);
    expect(thread.statements.map(({ later }) => later)).toEqual([null, '7 years later']);
    expect(thread.links).toContainEqual({
      ...{ from: answer.id, to: call.id, link: 'rejects', basis: 'drawn' },
      ...{ finding: null, state: null, version: null },
    });
    expect(records.map(({ id }) => id).sort()).toEqual([call.id, answer.id].sort());
    expect(picture).toContain(`href="#statement-${call.id}"`);
    expect(picture).not.toContain('<at all>');
    const french = await desk<Whole>(`threads/${await keyOf()}?lang=fr`);
    expect(french.thread.statements[1]!.later).toBe('7 ans plus tard');
    expect((await ask(`/api/v1/dossiers/${slug}/threads/thread:nothing`)).status).toBe(404);
  });

  it('is found by any of its statements; one that stands alone is in none', async () => {
    const of = (id: string) => desk<{ thread: { title: string } | null }>(`threads/of/${id}`);
    expect((await of(answer.id)).thread?.title).toBe('the quay');
    expect((await of(lone.id)).thread).toBeNull();
  });

  it('is a table of its statements, in which nothing that was said runs as a formula', async () => {
    const csv = await (await ask(`/api/v1/dossiers/${slug}/threads/${await keyOf()}/statements.csv`)).text();
    const [, first, second] = csv.split('\r\n');
    expect(first).toContain('1,');
    expect(first).toContain('the harbour master,head of the port,says,direct,more officers would be useful');
    expect(second).toContain("'=the port will send nobody");
    expect(second).toContain(`${call.id},rejects,drawn`);
  });

  it('is a picture to take away, which leads nowhere', async () => {
    const file = await ask(`/api/v1/dossiers/${slug}/threads/${await keyOf()}/picture.svg`);
    expect(file.headers.get('content-type')).toBe('image/svg+xml');
    const svg = await file.text();
    expect(svg).toMatch(/^<svg [^>]*xmlns=/);
    expect(svg).not.toContain('href');
  });
});

describe('sorting', () => {
  it('files many under a topic in one step, which undo takes back', async () => {
    const at = ({ id, version }: Statement) => ({ id, version });
    const given = await desk<{ statements: Statement[] }>('threads/topics', {
      ...{ statements: [at(lone), at(call)], add: ['the quay'] },
    });
    // What was filed there already is left as it is.
    expect(given.statements.map(({ id, topics }) => [id, topics])).toEqual([
      [lone.id, ['gulls', 'the quay']],
    ]);
    expect((await desk<List>('threads')).threads[0]!.statements).toBe(3);
    await desk('undo', {});
    expect((await desk<List>('threads')).threads[0]!.statements).toBe(2);
  });

  it('takes out what does not belong, all or none', async () => {
    const stale = { id: call.id, version: call.version + 7 };
    const refused = await ask(`/api/v1/dossiers/${slug}/threads/topics`, {
      ...{
        method: 'POST',
        body: { statements: [{ id: answer.id, version: 1 }, stale], remove: ['the quay'] },
      },
    });
    expect(refused.status).toBe(409);
    const { statements } = await desk<{ statements: Statement[] }>('threads/topics', {
      ...{ statements: [{ id: answer.id, version: 1 }], remove: ['the quay'] },
    });
    expect(statements.map(({ topics }) => topics)).toEqual([[]]);
    // The link that was drawn still holds it.
    expect((await desk<List>('threads')).threads[0]!.statements).toBe(2);
    await desk('undo', {});
    const nothing = await ask(`/api/v1/dossiers/${slug}/threads/topics`, {
      ...{ method: 'POST', body: { statements: [{ id: answer.id, version: 3 }] } },
    });
    expect(nothing.status).toBe(400);
  });
});

describe('for the public', () => {
  const page = async (path: string, lang = 'en') => {
    const response = await ask(`/p/${slug}${path}?lang=${lang}`, { cookie: '' });
    return { status: response.status, html: await response.text() };
  };

  it('shows the threads of what was published, and later ones only once they are', async () => {
    await said({
      ...{ content: 'the matter is for the team', sensitivity: 'team', speaker: party('an insider') },
      saidOn: '2021-11',
    });
    await publish(store, writer, { note: null });
    const list = await page('/who-said-what');
    expect(list.html).toContain('the quay');
    expect(list.html).not.toContain('gulls');
    const address = /\/who-said-what\/([^"?]+)/.exec(list.html)![1]!;
    const thread = await page(`/who-said-what/${address}`);
    expect(thread.html).toContain('more officers would be useful');
    expect(thread.html).toContain('7 years later');
    expect(thread.html).toMatch(/rejects<\/span> <a href="#statement-/);
    expect(thread.html).not.toContain('an insider');
    expect(thread.html).not.toMatch(/<script(?! type="application\/ld\+json")/);
    expect((await page(`/record/${call.id}`)).html).toContain(
      `/who-said-what/${address}?lang=en#statement-${call.id}`,
    );

    await said({ content: 'nobody had asked', speaker: party('a clerk'), saidOn: '2014-12-03' });
    expect((await page(`/who-said-what/${address}`)).html).not.toContain('a clerk');
    await publish(store, writer, { note: null });
    expect((await page(`/who-said-what/${address}`)).html).toContain('a clerk');
    const frozen = await page(`/1/who-said-what/${address}`);
    expect(frozen.html).not.toContain('a clerk');
    // Any statement of it names a thread.
    expect((await page(`/who-said-what/${answer.id}`)).status).toBe(200);
    expect((await page('/who-said-what/nothing')).status).toBe(404);
  });

  it('says it in Arabic from right to left', async () => {
    const list = await page('/who-said-what', 'ar');
    expect(list.html).toContain('dir="rtl"');
    expect(list.html).toContain('من قال ماذا');
  });
});
