// What every endpoint does with requests that no screen sends: each is answered by a problem, and none ends anything.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApi, type TestApi } from '../../test/api.ts';
import { api } from './api.ts';
import type { Endpoints } from './endpoint.ts';
import { openapi } from './openapi.ts';

let opened: TestApi;
beforeAll(async () => {
  opened = await openApi();
});
afterAll(() => opened.close());

const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code];

test('a body nested without end is refused, not walked through', async () => {
  for (const body of [
    `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
    `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  ])
    expect(await codeOf(await opened.send('POST', '/statements', body))).toEqual([400, 'request.invalid']);
});

test('a zero in the address or the query is refused before anything is looked up by it', async () => {
  for (const path of [
    '/statements?q=%00',
    '/statements/facets?party=a%00b',
    '/sources/%00',
    '/threads/a%00b',
  ])
    expect(await codeOf(await opened.ask('GET', path)), path).toEqual([400, 'request.invalid']);
});

test('a CSV of what is not there is a problem, not a file that breaks off', async () => {
  const nowhere = '01a20987-e8c0-7634-8168-4db5563ed449';
  for (const path of [
    '/../none/statements.csv',
    '/../none/sources.csv',
    '/threads/none/statements.csv',
    `/how-many/${nowhere}/figures.csv`,
  ]) {
    const answer = await opened.ask('GET', path);
    expect(answer.headers.get('content-type'), path).toBe('application/problem+json');
    expect(answer.status, path).toBeGreaterThanOrEqual(400);
    expect(answer.status, path).toBeLessThan(500);
  }
});

test('a number that no database holds finds nothing, or is refused', async () => {
  for (const path of [
    '/statements?year=-9007199254740991',
    '/figures/facets?year=9007199254740991',
    '/entries?before=9007199254740991',
  ])
    expect((await opened.ask('GET', path)).status, path).toBeLessThan(500);
});

test('a key that would change every object changes none', async () => {
  const body = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"title":"x"}';
  await opened.send('PATCH', '', body);
  await opened.ask('GET', '/statements?__proto__=a&__proto__=b&constructor=c');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('the OpenAPI page lists every parameter of every query', () => {
  const page = openapi(api as unknown as Endpoints, '/api/v1', '0.0.0') as {
    paths: Record<string, Record<string, { parameters: { name: string; in: string }[] }>>;
  };
  for (const [route, { query }] of Object.entries(api as Record<string, { query?: { shape?: object } }>)) {
    const [method, path] = route.split(' ') as [string, string];
    const operation = page.paths[`/api/v1${path.replace(/:(\w+)/g, '{$1}')}`]![method.toLowerCase()]!;
    const named = operation.parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => name);
    expect(named, route).toEqual(Object.keys(query?.shape ?? {}));
  }
});
