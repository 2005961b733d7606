// The API as its users meet it: signing in, permission, origins, problems that say what to do, lists and CSV, progress.
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestStore } from '../../test/platform/embedded.ts';
import { sampleFigure, sampleStatement } from '../../test/samples.ts';
import { type Intake, openIntake } from '../intake/intake.ts';
import { newSetupToken } from '../store/accounts.ts';
import type { Store } from '../store/store.ts';
import { api } from './api.ts';
import { createApp } from './app.ts';
import type { AnyEndpoint } from './endpoint.ts';
import { PERMISSIONS } from './permissions.ts';

const PASSWORD = 'a sentence nobody guesses';
let store: Store;
let intake: Intake;
let app: ReturnType<typeof createApp>;
let token: string;
let cookie: string;
const unexpected: unknown[] = [];

/** One request as the owner, or as nobody with `cookie: ''`. */
async function ask(
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string>; cookie?: string } = {},
) {
  return app.request(path, {
    method,
    headers: {
      cookie: options.cookie ?? cookie,
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  });
}
const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

beforeAll(async () => {
  store = await (await createTestStore('PGlite')).open();
  intake = openIntake(store);
  app = createApp(
    {
      store,
      intake,
      logError: (_reference, error) => unexpected.push(error),
      strictAnswers: true,
      limits: { body: 100_000, requestsPerMinute: 10_000 },
    },
    { web: null, version: '0.0.0' },
  );
  token = await newSetupToken(store);
  return async () => {
    await intake.close();
    expect(unexpected).toEqual([]);
  };
});

describe('the owner’s account', () => {
  it('is made by the one-time link, once', async () => {
    expect(await json(await ask('GET', '/api/v1/session', { cookie: '' }))).toEqual({
      account: null,
      ownerExists: false,
      may: { anyone: 'all' },
    });
    const wrong = await ask('POST', '/api/v1/setup', {
      cookie: '',
      body: { token: 'x', name: 'owner', password: PASSWORD },
    });
    expect([wrong.status, (await json(wrong)).code]).toEqual([403, 'account.link']);
    const weak = await ask('POST', '/api/v1/setup', {
      cookie: '',
      body: { token, name: 'owner', password: 'short' },
    });
    expect((await json(weak)).title).toContain('at least 12 characters');

    const made = await ask('POST', '/api/v1/setup', {
      cookie: '',
      body: { token, name: 'owner', password: PASSWORD },
    });
    expect(made.status).toBe(201);
    const set = made.headers.get('set-cookie')!;
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Strict/);
    cookie = set.split(';')[0]!;
    const again = await ask('POST', '/api/v1/setup', {
      cookie: '',
      body: { token, name: 'other', password: PASSWORD },
    });
    expect((await json(again)).code).toBe('account.exists');
  });

  it('signs in by password and out again, and the ended session is worth nothing', async () => {
    const response = await ask('POST', '/api/v1/session', {
      cookie: '',
      body: { name: 'owner', password: PASSWORD },
    });
    const session = response.headers.get('set-cookie')!.split(';')[0]!;
    expect((await ask('GET', '/api/v1/dossiers', { cookie: session })).status).toBe(200);
    expect((await ask('DELETE', '/api/v1/session', { cookie: session })).status).toBe(204);
    expect((await ask('GET', '/api/v1/dossiers', { cookie: session })).status).toBe(401);
  });

  it('makes a guesser wait, and says how long', async () => {
    const guess = () =>
      ask('POST', '/api/v1/session', { cookie: '', body: { name: 'guessed', password: 'wrong' } });
    for (let n = 0; n < 5; n++) expect((await guess()).status).toBe(401);
    // On a slow machine, checking a password may itself take the first seconds of waiting.
    let refused = await guess();
    for (let n = 0; n < 5 && refused.status === 401; n++) refused = await guess();
    const { code, details } = (await json(refused)) as { code: string; details: { seconds: number } };
    expect([refused.status, code]).toEqual([429, 'request.too-many']);
    expect(details.seconds).toBeGreaterThan(0);
  });
});

describe('every endpoint', () => {
  it('but those open to anyone answers a stranger with 401 and one sentence', async () => {
    for (const [route, definition] of Object.entries(api as unknown as Record<string, AnyEndpoint>)) {
      if (definition.permission === 'anyone') continue;
      const [method, path] = route.split(' ') as [string, string];
      const filled = path.replace(/:\w+/g, '01900000-0000-7000-8000-000000000000');
      const response = await ask(method, `/api/v1${filled}`, {
        cookie: '',
        ...(method !== 'GET' && { body: {} }),
      });
      expect([route, response.status, (await json(response)).code]).toEqual([route, 401, 'account.sign-in']);
    }
  });

  it('asks for a permission of the table', () => {
    for (const definition of Object.values(api as unknown as Record<string, AnyEndpoint>)) {
      expect(['anyone', 'signed-in', ...Object.keys(PERMISSIONS)]).toContain(definition.permission);
    }
  });

  it('stands in the OpenAPI page with its schemas', async () => {
    const page = await json(await ask('GET', '/api/v1/openapi.json', { cookie: '' }));
    const paths = page.paths as Record<string, Record<string, unknown>>;
    for (const route of Object.keys(api)) {
      const [method, path] = route.split(' ') as [string, string];
      expect(paths[`/api/v1${path.replace(/:(\w+)/g, '{$1}')}`]).toHaveProperty(method.toLowerCase());
    }
    const text = JSON.stringify(page);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect((page.components as { schemas: object }).schemas).toHaveProperty(name!);
    }
    expect(text).not.toContain('#/$defs/');
  });

  it('refuses what another site’s page asks for', async () => {
    const body = { title: 'x', slug: 'x', summary: null, language: 'en', publishedBy: null };
    for (const headers of [
      { origin: 'https://elsewhere.example' },
      { 'sec-fetch-site': 'cross-site' },
    ] as Record<string, string>[]) {
      const response = await ask('POST', '/api/v1/dossiers', { body, headers });
      expect([response.status, (await json(response)).code]).toEqual([403, 'request.origin']);
    }
  });

  it('carries the headers that keep pages from being misused', async () => {
    const response = await ask('GET', '/api/v1/session');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await ask('GET', '/api/v1/dossiers')).headers.get('cache-control')).toBe('no-store');
  });
});

describe('a dossier', () => {
  let at: string;
  beforeAll(async () => {
    const body = {
      title: 'A matter',
      slug: 'matter',
      summary: null,
      language: 'en',
      publishedBy: 'An association',
    };
    expect((await ask('POST', '/api/v1/dossiers', { body })).status).toBe(201);
    at = '/api/v1/dossiers/matter';
  });

  it('has an address of its own', async () => {
    const body = { title: 'Another', slug: 'matter', summary: null, language: 'en', publishedBy: null };
    expect((await json(await ask('POST', '/api/v1/dossiers', { body }))).code).toBe('dossier.slug-taken');
  });

  it('takes pasted text, reads it, proposes from it, and lets a person decide and undo', async () => {
    const text =
      'The minister said: “We will send nobody to the harbour.” Observers counted up to 2,300 people in the town.';
    const added = await json(
      await ask('POST', `${at}/sources/text`, { body: { text, content: { language: 'en' } } }),
    );
    const source = (added.source as { id: string; dossier: string }).id;
    await intake.settled((added.source as { dossier: string }).dossier, source);
    const again = await json(await ask('POST', `${at}/sources/text`, { body: { text } }));
    expect([again.duplicate, (again.source as { id: string }).id]).toEqual([true, source]);

    const { records } = (await json(await ask('GET', `${at}/sources/${source}/records`))) as unknown as {
      records: {
        kind: string;
        id: string;
        version: number;
        status: string;
        passages: { exact: string; start: number; end: number }[];
      }[];
    };
    expect(records.length).toBeGreaterThanOrEqual(2);
    for (const record of records) {
      for (const passage of record.passages)
        expect(text.slice(passage.start, passage.end)).toBe(passage.exact);
    }
    const said = records.find((record) => record.kind === 'statement')!;
    const accepted = await ask('POST', `${at}/statements/accept`, {
      body: { records: [{ id: said.id, version: said.version }] },
    });
    expect(accepted.status).toBe(200);
    expect((await json(await ask('GET', `${at}/statements/${said.id}`))).status).toBe('accepted');
    expect((await ask('POST', `${at}/undo`)).status).toBe(200);
    expect((await json(await ask('GET', `${at}/statements/${said.id}`))).status).toBe('suggested');
  });

  it('refuses a passage outside the text, naming its length', async () => {
    const added = await json(
      await ask('POST', `${at}/sources/text`, { body: { text: 'Nine tents stood there.' } }),
    );
    const { id: source, dossier } = added.source as { id: string; dossier: string };
    await intake.settled(dossier, source);
    const body = { content: sampleStatement(), passages: [{ source, start: 3, end: 900 }] };
    const response = await ask('POST', `${at}/statements`, { body });
    expect([response.status, (await json(response)).title]).toEqual([
      422,
      'The passage lies outside the text, which has 23 characters. Select it again.',
    ]);
    const good = {
      content: sampleFigure({ counted: '=tents()' }),
      passages: [{ source, start: 0, end: 10 }],
    };
    expect((await ask('POST', `${at}/figures`, { body: good })).status).toBe(201);
  });

  it('gives every list as JSON by pages and as CSV by adding .csv, formulas made harmless', async () => {
    const page = await json(await ask('GET', `${at}/figures?limit=1&sort=value`));
    expect(page.records as unknown[]).toHaveLength(1);
    const csv = await (await ask('GET', `${at}/figures.csv?status=accepted`)).text();
    expect(csv.startsWith('id,status,counted')).toBe(true);
    expect(csv).toContain("'=tents()");
    expect((await json(await ask('GET', `${at}/figures?cursor=abc`))).code).toBe('request.cursor');
    expect((await json(await ask('GET', `${at}/figures?limit=0`))).code).toBe('request.invalid');
  });

  it('gives the original only as an attachment that can do nothing', async () => {
    const { sources } = (await json(await ask('GET', `${at}/sources`))) as unknown as {
      sources: { id: string }[];
    };
    const response = await ask('GET', `${at}/sources/${sources[0]!.id}/original`);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('tells of its sources’ progress as it happens', async () => {
    const stream = await ask('GET', `${at}/progress`);
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const reader = stream.body!.getReader();
    await ask('POST', `${at}/sources/text`, { body: { text: 'Forty tents were counted on the dunes.' } });
    let heard = '';
    while (!heard.includes('"proposed"')) heard += new TextDecoder().decode((await reader.read()).value);
    await reader.cancel();
    expect(heard).toContain('event: progress');
  });

  it('logs every step, with a proof for each', async () => {
    await store.log.flush();
    const { entries } = (await json(await ask('GET', `${at}/entries?limit=5`))) as unknown as {
      entries: { id: string; index: number }[];
    };
    const proof = await (await ask('GET', `${at}/entries/${entries[0]!.id}/proof`)).text();
    expect(proof).toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
    const leaf = await json(await ask('GET', `${at}/entries/${entries[0]!.id}/leaf`));
    expect(leaf.index).toBe(entries[0]!.index);
  });
});

describe('bad requests', () => {
  it.each([
    ['no JSON', { headers: { 'content-type': 'text/plain' } }, 400, 'request.not-json'],
    [
      'characters that are no text',
      { body: { title: 'a\u0000b', slug: 'x', summary: null, language: 'en', publishedBy: null } },
      400,
      'request.invalid',
    ],
    ['a field missing', { body: { slug: 'x' } }, 400, 'request.invalid'],
    ['more than the limit', { body: { title: 'x'.repeat(200_000) } }, 413, 'request.too-large'],
  ])('%s: a sentence that says what to do', async (_name, options, status, code) => {
    const response = await ask('POST', '/api/v1/dossiers', options);
    expect([response.status, (await json(response)).code]).toEqual([status, code]);
  });

  it('an address that is none', async () => {
    expect((await json(await ask('GET', '/api/v1/nowhere'))).code).toBe('not-found');
  });
});
