/** A server that speaks the protocol of OpenAI-compatible language models, and answers what a test tells it to. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import type { ModelSettings } from '../../src/intake/model-settings.ts';
import type { QuotedAnswer, QuotedFigure, QuotedStatement } from '../../src/record/quoted.ts';

/** A question as it arrived. */
export interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: {
    model: string;
    messages: { role: string; content: string }[];
    response_format?: { type: string; json_schema?: { strict: boolean; schema: object } };
    temperature?: number;
    seed?: number;
  };
  /** The window of the text: what stands between the lines of dashes. */
  window: string;
}

/** What the server does with one question. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  /** The whole body; by default that of a completion with `content`. */
  body?: string;
  content?: unknown;
  finish?: 'stop' | 'length';
  model?: string;
  /** Waits before it answers, in milliseconds; the connection may be gone by then. */
  delay?: number;
}

/** The server of a test. */
export interface TestModel {
  settings: (more?: Partial<ModelSettings>) => ModelSettings;
  asked: Asked[];
  /** Says what is answered from now on; `nth` counts from 1 since then. */
  answers: (answer: (asked: Asked, nth: number) => Answer | Promise<Answer>) => void;
}

/** Starts one; it is stopped when the tests of the file are over. */
export async function startTestModel(): Promise<TestModel> {
  let answer: (asked: Asked, nth: number) => Answer | Promise<Answer> = () => ({ content: says({}) });
  let nth = 0;
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse((await readAll(request)) || '{}') as Asked['body'];
    const window = body.messages?.at(-1)?.content.split(/^-{12}$/m)[1] ?? '';
    const one: Asked = {
      method: request.method!,
      path: request.url!,
      headers: request.headers,
      body,
      window: window.replace(/^\n|\n$/g, ''),
    };
    asked.push(one);
    const given = await answer(one, ++nth);
    if (given.delay) await new Promise((resolve) => setTimeout(resolve, given.delay).unref());
    if (response.destroyed) return;
    response.writeHead(given.status ?? 200, { 'Content-Type': 'application/json', ...given.headers });
    response.end(given.body ?? completion(given));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    asked,
    answers: (next) => {
      answer = next;
      nth = 0;
      asked.length = 0;
    },
    settings: (more) => ({
      url: `http://127.0.0.1:${port}/v1`,
      name: 'small-model',
      key: undefined,
      seconds: 30,
      window: 4000,
      longest: 200_000,
      pauseMs: 1,
      ...more,
    }),
  };
}

function completion({ content = '', finish = 'stop', model = 'small-model-q4' }: Answer): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }],
  });
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return text;
}

/** An answer as a model writes it. */
export function says(answer: Partial<QuotedAnswer>): string {
  return JSON.stringify({ statements: [], figures: [], ...answer });
}

/** A quoted statement; what is not given is what a model says most often. */
export function quotedStatement(
  content: string | string[],
  more: Partial<QuotedStatement> = {},
): QuotedStatement {
  return {
    content: typeof content === 'string' ? [content] : content,
    source: null,
    cue: null,
    speaker: null,
    role: null,
    addressee: null,
    mode: 'direct',
    act: 'says',
    ...more,
  };
}

/** A quoted figure. */
export function quotedFigure(
  words: string,
  value: number | null,
  more: Partial<QuotedFigure> = {},
): QuotedFigure {
  return {
    words,
    value,
    low: null,
    high: null,
    bound: 'exact',
    unit: null,
    counted: null,
    place: null,
    accordingTo: null,
    ...more,
  };
}
