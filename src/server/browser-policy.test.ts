// Headers of every kind of answer, and which requests of other sites are refused.
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/build.mjs';
import { createEmbedded } from '../../test/platform/embedded.ts';
import type { Problem } from '../record/problem.ts';
import { sameOrigin } from './browser-policy.ts';
import { type Running, startServer } from './serve.ts';
import { readSettings } from './settings.ts';

describe('every answer', () => {
  let running: Running;
  beforeAll(async () => {
    await ensureBuilt();
    const settings = readSettings({ port: 0, data: await createEmbedded() }, {});
    running = await startServer({ ...settings, logLevel: 'silent' });
  });
  afterAll(() => running.stop());

  /** One address of each kind, with how long its answer may be kept. */
  const KINDS: [path: string, status: number, kept: RegExp][] = [
    ['/', 200, /^no-store$/],
    ['/setup', 200, /^no-store$/],
    ['/d/anything', 200, /^no-store$/],
    ['/verify', 200, /^no-store$/],
    ['/api/v1/session', 200, /^no-store$/],
    ['/api/v1/dossiers', 401, /^no-store$/],
    ['/api/v1/openapi.json', 200, /^no-store$/],
    ['/api/v1/nowhere', 404, /^no-store$/],
    ['/p', 200, /max-age=60/],
    ['/p/nothing', 404, /max-age=60/],
    ['/p/nothing/bundle.zip', 404, /./],
    ['/assets/public.css', 200, /immutable/],
    ['/log/checkpoint', 200, /max-age=2/],
    ['/log/key', 200, /^$/],
    ['/log/tile/0/999', 404, /./],
    ['/docs/problems', 200, /^$/],
    ['/health', 200, /^$/],
    ['/desk/nothing.js', 404, /./],
    ['/nowhere', 404, /^$/],
  ];

  it.each(KINDS)('%s says to browsers what they may do with it', async (path, status, kept) => {
    const response = await fetch(`http://127.0.0.1:${new URL(running.url).port}${path}`);
    expect(response.status).toBe(status);
    const { headers } = response;
    const policy = headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types ");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('cache-control') ?? '').toMatch(kept);
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('asks for https for a year once it came by https', async () => {
    const response = await fetch(`http://127.0.0.1:${new URL(running.url).port}/p`, {
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('leaves nothing of a session behind', async () => {
    const url = `http://127.0.0.1:${new URL(running.url).port}/api/v1`;
    const json = { 'content-type': 'application/json' };
    const token = running.setupLink!.split('#')[1];
    const made = await fetch(`${url}/setup`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ token, name: 'owner', password: 'three tents by the cold canal' }),
    });
    expect(made.status).toBe(201);
    const cookie = made.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const out = await fetch(`${url}/session`, { method: 'DELETE', headers: { cookie } });
    expect(out.status).toBe(204);
    const cleared = out.headers.get('clear-site-data')!;
    for (const what of ['cache', 'storage']) expect(cleared).toContain(`"${what}"`);
    const session = cookie.split('; ')[0]!;
    expect((await fetch(`${url}/dossiers`, { headers: { cookie: session } })).status).toBe(401);
  });
});

describe('another site’s page', () => {
  const app = (address?: string) => {
    const made = new Hono();
    made.onError((error) => new Response((error as Problem).code, { status: (error as Problem).status }));
    made.use(sameOrigin(address));
    made.all('*', (context) => context.text('done'));
    return made;
  };
  const ask = async (
    headers: Record<string, string>,
    { address, method = 'POST' }: { address?: string; method?: string } = {},
  ) => (await app(address).request('http://desk.example/api/v1/x', { method, headers })).status;

  it('changes nothing, and builds nothing of ours into its own', async () => {
    const host = 'desk.example';
    expect(await ask({ host })).toBe(200);
    expect(await ask({ host, origin: 'http://desk.example', 'sec-fetch-site': 'same-origin' })).toBe(200);
    for (const origin of ['http://evil.example', 'null', 'http://desk.example:81', 'not an origin', ''])
      expect([origin, await ask({ host, origin })]).toEqual([origin, 403]);
    for (const site of ['cross-site', 'same-site', 'anything']) {
      expect(await ask({ host, 'sec-fetch-site': site })).toBe(403);
      expect(await ask({ host, 'sec-fetch-site': site }, { method: 'GET' })).toBe(403);
      const link = { host, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' };
      expect(await ask(link, { method: 'GET' })).toBe(200);
      expect(await ask(link)).toBe(403);
    }
  });

  it('is told by the address that is set, whatever the request says of itself', async () => {
    const address = 'https://desk.example/';
    expect(await ask({ host: 'desk.example', origin: 'https://desk.example' }, { address })).toBe(200);
    const foreign: Record<string, string>[] = [
      { host: 'evil.example', origin: 'https://evil.example' },
      { host: 'desk.example', 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' },
      { host: 'desk.example', origin: 'http://desk.example' },
      { host: 'localhost:4000', origin: 'http://localhost:3000' },
      { host: 'localhost.evil.example', origin: 'http://localhost.evil.example' },
    ];
    for (const headers of foreign) expect([headers, await ask(headers, { address })]).toEqual([headers, 403]);
    expect(await ask({ host: 'localhost:4000', origin: 'http://localhost:4000' }, { address })).toBe(200);
  });
});
