// The client against a server that speaks the protocol: what it sends, and what becomes of every way to answer badly.
import { createServer } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Answer,
  quotedStatement,
  says,
  startTestModel,
  type TestModel,
} from '../../test/platform/language-model.ts';
import { openLanguageModel } from './language-model.ts';
import { ANSWER_SCHEMA } from './model-answer.ts';

const never = new AbortController().signal;
const question = [{ role: 'user' as const, content: 'Who said what?' }];
const content = says({ statements: [quotedStatement('nobody was hurt')] });

let server: TestModel;
beforeAll(async () => {
  server = await startTestModel();
});
const ask = (more = {}) => openLanguageModel(server.settings(more)).ask(question, never);
const fails = (code: string, details: object = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

describe('a question', () => {
  test('is one request, steady, held to the schema, with the key in its header alone', async () => {
    server.answers(() => ({ content }));
    expect(await ask({ key: 'a-secret-key' })).toEqual({
      text: content,
      model: 'small-model-q4',
      cut: false,
    });
    expect(server.asked).toHaveLength(1);
    const [{ method, path, headers, body }] = server.asked as [(typeof server.asked)[0]];
    expect([method, path]).toEqual(['POST', '/v1/chat/completions']);
    expect(headers.authorization).toBe('Bearer a-secret-key');
    expect(JSON.stringify(body)).not.toContain('a-secret-key');
    expect(body).toEqual({
      model: 'small-model',
      messages: question,
      stream: false,
      temperature: 0,
      seed: 1,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'suggestions', strict: true, schema: ANSWER_SCHEMA },
      },
    });
  });

  test('is asked for in a plainer form when the server refuses the stricter, and at once so the next time', async () => {
    const model = openLanguageModel(server.settings());
    server.answers(({ body }) =>
      body.response_format ? { status: 400, body: '{"error":"response_format"}' } : { content },
    );
    expect((await model.ask(question, never)).text).toBe(content);
    expect(server.asked.map(({ body }) => body.response_format?.type)).toEqual([
      'json_schema',
      'json_object',
      undefined,
    ]);
    server.asked.length = 0;
    await model.ask(question, never);
    expect(server.asked.map(({ body }) => [body.response_format, body.temperature])).toEqual([
      [undefined, 0],
    ]);
  });

  test('is asked for bare when the server knows no temperature', async () => {
    server.answers(({ body }) => (body.temperature === undefined ? { content } : { status: 422 }));
    expect((await ask()).text).toBe(content);
    expect(Object.keys(server.asked.at(-1)!.body).sort()).toEqual(['messages', 'model', 'stream']);
  });

  test('is repeated while the server is busy or stumbles, and no longer', async () => {
    const replies: Answer[] = [
      { status: 429, headers: { 'Retry-After': '0' } },
      { status: 503 },
      { content },
    ];
    server.answers((_, nth) => replies[nth - 1]!);
    expect((await ask()).text).toBe(content);
    server.answers(() => ({ status: 429 }));
    await expect(ask()).rejects.toThrow(fails('model.busy'));
    expect(server.asked).toHaveLength(3);
    server.answers(() => ({ status: 429, headers: { 'Retry-After': '3600' } }));
    await expect(ask()).rejects.toThrow(fails('model.busy'));
    expect(server.asked).toHaveLength(1);
    server.answers(() => ({ status: 503 }));
    await expect(ask()).rejects.toThrow(fails('model.silent'));
    expect(server.asked).toHaveLength(3);
  });
});

describe('an answer', () => {
  test.each([
    ['401', { status: 401 }, 'model.refused', { status: 401 }],
    ['404', { status: 404 }, 'model.refused', { status: 404 }],
    ['a redirect', { status: 307, headers: { Location: '/v1/elsewhere' } }, 'model.refused', { status: 307 }],
    ['500', { status: 500, body: 'oops' }, 'model.silent', {}],
    ['a page', { body: '<!doctype html><script>alert(1)</script>' }, 'model.unclear', {}],
    ['no choice', { body: '{"choices":[]}' }, 'model.unclear', {}],
    ['no words', { content: null }, 'model.unclear', {}],
    ['null', { body: 'null' }, 'model.unclear', {}],
    ['a huge one', { body: ' '.repeat(3_000_000) }, 'model.unclear', {}],
  ] as [string, Answer, string, object][])(
    'that is %s is a problem that says what to do',
    async (_, answer, code, details) => {
      server.answers(() => answer);
      const told = await ask({ key: 'a-secret-key' }).catch((error: unknown) => error);
      expect(told).toEqual(fails(code, details));
      expect(String((told as Error).message)).toContain('127.0.0.1');
      expect(String((told as Error).message)).not.toContain('secret');
      // No redirect is followed: the text goes to the host people were told about, or nowhere.
      expect(server.asked.every(({ path }) => path === '/v1/chat/completions')).toBe(true);
    },
  );

  test('may be words in parts, cut off, by a model that names itself with a path', async () => {
    server.answers(() => ({
      content: [
        { type: 'text', text: '{"a"' },
        { type: 'text', text: ':1' },
      ],
      finish: 'length',
      model: '/models/\u202esmall\n-7b.gguf',
    }));
    expect(await ask()).toEqual({ text: '{"a":1', model: 'small -7b.gguf', cut: true });
  });

  test('that is late is not waited for', async () => {
    server.answers(() => ({ content, delay: 20_000 }));
    await expect(ask({ seconds: 0.2 })).rejects.toThrow(fails('model.slow', { seconds: 0.2 }));
    expect(server.asked).toHaveLength(1);
  });

  test('is not waited for once we stop', async () => {
    server.answers(() => ({ content, delay: 20_000 }));
    const stop = new AbortController();
    const asking = openLanguageModel(server.settings()).ask(question, stop.signal);
    await expect.poll(() => server.asked.length).toBe(1);
    stop.abort();
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('does not come from where nobody listens', async () => {
    const port = await new Promise<number>((resolve) => {
      const free = createServer().listen(0, '127.0.0.1', () => {
        const { port } = free.address() as { port: number };
        free.close(() => resolve(port));
      });
    });
    await expect(ask({ url: `http://127.0.0.1:${port}/v1` })).rejects.toThrow(
      fails('model.silent', { host: `127.0.0.1:${port}` }),
    );
  });
});

test('the models a server offers are listed, where it tells', async () => {
  const model = openLanguageModel(server.settings());
  server.answers(() => ({
    body: '{"object":"list","data":[{"id":"small-model"},{"id":7},null,{"id":"other"}]}',
  }));
  expect(await model.list(never)).toEqual(['small-model', 'other']);
  expect(server.asked[0]).toMatchObject({ method: 'GET', path: '/v1/models' });
  server.answers(() => ({ status: 404 }));
  expect(await model.list(never)).toBeNull();
  server.answers(() => ({ status: 401 }));
  await expect(model.list(never)).rejects.toThrow(fails('model.refused'));
});
