/**
 * Attacks the API by its own OpenAPI page. Every answer must come in time, be what the page says or a problem of the
 * catalogue, and never be the server's fault.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { describeProblems, PROBLEM_CODES } from '../../src/record/problem.ts';
import { type FuzzRequest, type Operation, operationsOf, type Page, Requests, Seen } from './api-requests.ts';
import type { ServerMessage, ServerRequest } from './api-server.ts';
import { seeded, seedOf } from './mutate.ts';

/** What is asked for. */
export interface ApiFuzz {
  seed: number;
  requests: number;
  /** Longest time for one answer, in milliseconds. */
  hang?: number;
  onProgress?: (done: number) => void;
  /** Told what must not have happened the first time that it does. */
  onFailure?: (what: string) => void;
}

/** Problems that are the fault of something outside: another server, or the disk. */
const OUTSIDE = [502, 503, 504, 507];
/** Answers that a stranger may get where a permission is needed. */
const TO_A_STRANGER = [401, 403, 404, 429];
/** Memory that the server may hold above what it began with, in bytes. */
const MOST_GROWTH = 768 * 2 ** 20;
const STATUS_OF = new Map(describeProblems().map(({ code, status }) => [code as string, status]));

interface Answer {
  status: number;
  type: string;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  ms: number;
}

/** Sends `requests` requests and tells what must not have happened. */
export async function fuzzApi({ seed, requests, hang = 60_000, onProgress, onFailure }: ApiFuzz): Promise<{
  lines: string[];
  failures: string[];
}> {
  const folder = mkdtempSync(join(tmpdir(), 'constat-fuzz-'));
  const server = await startAttacked(join(folder, 'data'), SETTINGS);
  const failures = new Map<string, number>();
  const fail = (what: string) => {
    if (!failures.has(what)) onFailure?.(what);
    failures.set(what, (failures.get(what) ?? 0) + 1);
  };
  try {
    return await attack();
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  async function attack() {
    const ask = (method: string, target: string, headers = {}, body: FuzzRequest['body'] = null) =>
      exchange(server.url, { method, target, headers, body }, hang);
    const page = JSON.parse((await ask('GET', '/api/v1/openapi.json')).text) as Page;
    const operations = operationsOf(page);
    const seen = new Seen();
    const random = seeded(seedOf(seed, 'api'));
    const make = new Requests(page, random, seen);
    const schemas = schemasOf(page);
    const owner = await setUp();
    let cookie = await server.session(owner);
    const counts = new Map<string, number>();
    const covered = new Map<string, { all: number; fine: number }>();
    const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
    const memory: number[] = [await server.memory()];
    let [slowest, slowestOf, checked] = [0, '', 0];

    // A world to move in: what needs nothing before it, first.
    for (let round = 0; round < 3; round++)
      for (const operation of operations.filter(
        ({ method, path }) => method === 'POST' && !path.includes('{'),
      ))
        if (operation.permission.startsWith('dossier')) await one(make.make(operation, 'valid'), cookie);
    for (let sent = 0; sent < requests; sent++) {
      if (sent % 500 === 0) {
        onProgress?.(sent);
        memory.push(await server.memory());
      }
      const operation = choose(operations, sent);
      const kind = random(10) < 5 ? 'valid' : random(2) === 0 ? 'spoilt' : 'hostile';
      const stranger = random(8) === 0;
      const request = make.make(operation, kind);
      if (random(25) === 0)
        await Promise.all([one(request, stranger ? null : cookie), one(request, stranger ? null : cookie)]);
      else await one(request, stranger ? null : cookie);
    }
    await wire(server.url, fail, hang);
    memory.push(await server.memory());
    const grown = Math.max(...memory) - memory[0]!;
    if (grown > MOST_GROWTH) fail(`the server grew by ${Math.round(grown / 2 ** 20)} MB`);
    for (const tried of server.tried) fail(`the server tried to connect: ${tried}`);

    const sum = [...counts.values()].reduce((a, b) => a + b, 0);
    const done = [...covered].filter(([, { fine }]) => fine > 0).length;
    const never = operations.map(nameOf).filter((name) => !covered.get(name)?.fine);
    return {
      lines: [
        `${sum} requests of ${operations.length} operations, ${done} of them done at least once, ${checked} answers held against the page`,
        `answers: ${[...counts]
          .sort()
          .map(([status, times]) => `${times} × ${status}`)
          .join(', ')}`,
        `slowest ${Math.round(slowest)} ms (${slowestOf}); memory ${memory
          .map((bytes) => Math.round(bytes / 2 ** 20))
          .filter((_, at) => at % Math.max(1, Math.floor(memory.length / 12)) === 0)
          .join(' → ')} MB`,
        ...(never.length > 0 ? [`never done: ${never.join(', ')}`] : []),
        `${[...failures.values()].reduce((a, b) => a + b, 0)} failures`,
      ],
      failures: [...failures].map(([what, times]) => `${times} × ${what}`),
    };

    /** The owner's account, by the link that the server printed. */
    async function setUp(): Promise<string> {
      const token = server.setupLink.slice(server.setupLink.indexOf('#') + 1);
      const body = JSON.stringify({ token, ...OWNER });
      const made = await ask('POST', '/api/v1/setup', { 'content-type': 'application/json' }, body);
      const id = (JSON.parse(made.text) as { account?: { id: string } }).account?.id;
      if (id === undefined)
        throw new Error(`No owner could be made: HTTP ${made.status} ${made.text.slice(0, 300)}`);
      return id;
    }

    async function one(request: FuzzRequest, as: string | null): Promise<void> {
      const { operation, kind } = request;
      const name = nameOf(operation);
      const who = as === null ? 'a stranger' : 'the owner';
      let answer: Answer;
      try {
        const headers = { ...request.headers, ...(as !== null && { cookie: as }) };
        answer = await exchange(server.url, { ...request, headers }, hang);
      } catch (error) {
        fail(`${name}: ${(error as Error).message} (${kind}, ${show(request)})`);
        return;
      }
      count(String(answer.status));
      // The owner signed out, or ended all sessions: that was asked for, and here is a new one.
      if (as === cookie && answer.status === 401 && operation.permission !== 'anyone')
        cookie = await server.session(owner);
      if (answer.ms > slowest) [slowest, slowestOf] = [answer.ms, name];
      const known = covered.get(name) ?? { all: 0, fine: 0 };
      known.all++;
      if (answer.status < 300 && request.method === operation.method) known.fine++;
      covered.set(name, known);
      const why = faultOf(answer, request, as);
      if (why !== null) fail(`${name} as ${who}: ${why}${server.causeOf(answer.text)}\n  ${show(request)}`);
      if (answer.status < 300 && answer.type.startsWith('application/json') && answer.text !== '')
        seen.learn(operation.path, JSON.parse(answer.text), request.dossier);
    }

    /** Why an answer must not be, or null. */
    function faultOf(answer: Answer, { operation, method }: FuzzRequest, as: string | null): string | null {
      const { status, type, text } = answer;
      if (status >= 500 && !OUTSIDE.includes(status)) return `HTTP ${status}`;
      if (
        as === null &&
        status < 300 &&
        !['anyone', 'undefined'].includes(operation.permission) &&
        method === operation.method &&
        operation.method !== 'HEAD'
      )
        return `HTTP ${status} for a stranger`;
      if (
        as === null &&
        operation.permission !== 'anyone' &&
        method === operation.method &&
        status >= 400 &&
        !TO_A_STRANGER.includes(status) &&
        ![400, 413].includes(status)
      )
        return `HTTP ${status} for a stranger`;
      if (status >= 400) {
        // An address that is none of the API's is answered by whoever has it.
        if (method === 'HEAD') return null;
        if (!type.startsWith('application/problem+json'))
          return `HTTP ${status} of type ${type}: ${text.slice(0, 200)}`;
        const problem = JSON.parse(text) as { code?: string; status?: number };
        if (!(PROBLEM_CODES as string[]).includes(problem.code ?? ''))
          return `an unknown code ${problem.code}`;
        if (STATUS_OF.get(problem.code!) !== status || problem.status !== status)
          return `${problem.code} with HTTP ${status}`;
        return null;
      }
      if (method !== operation.method || method === 'HEAD') return null;
      const declared = operation.answers[String(status)];
      if (!declared && status < 300 && status !== 204) return `HTTP ${status}, which the page does not name`;
      const schema = schemas.get(operation)?.[String(status)];
      if (schema && type.startsWith('application/json')) {
        checked++;
        const fits = schema.safeParse(JSON.parse(text));
        if (!fits.success)
          return `an answer that the page does not allow: ${z.prettifyError(fits.error).slice(0, 300)}`;
      }
      return null;
    }
  }

  /** Every operation first in turn, then whatever chance says. */
  function choose(operations: Operation[], sent: number): Operation {
    if (sent < operations.length * 4) return operations[sent % operations.length]!;
    return operations[seeded(seedOf(seed, 'choice', sent))(operations.length)]!;
  }
}

const SETTINGS = {
  CONSTAT_LOG_LEVEL: 'error',
  CONSTAT_REQUESTS_PER_MINUTE: '1000000000',
  // Small enough that what is too large can be sent often.
  CONSTAT_MAX_BODY_MB: '2',
  CONSTAT_MAX_UPLOAD_MB: '2',
};
const OWNER = { name: 'an observer', password: 'a long sentence that nobody has guessed yet' };
const nameOf = ({ method, path }: Operation): string => `${method} ${path}`;
const show = ({ method, target, body, kind }: FuzzRequest): string =>
  `${kind} ${method} ${target.slice(0, 300)} ${body === null ? '' : String(typeof body === 'string' ? body : Buffer.from(body).toString('latin1')).slice(0, 300)}`;

/** The page's own schemas of answers, made into validators: what the page promises is what is held against the answers. */
function schemasOf(page: Page): Map<Operation, Record<string, z.ZodType>> {
  const made = new Map<string, Record<string, z.ZodType>>();
  const all = new Map<Operation, Record<string, z.ZodType>>();
  for (const operation of operationsOf(page)) {
    const byStatus: Record<string, z.ZodType> = {};
    for (const [status, types] of Object.entries(operation.answers)) {
      const schema = types['application/json'];
      if (!schema) continue;
      const whole = JSON.parse(
        JSON.stringify({ ...schema, $defs: page.components.schemas }).replaceAll(
          '"#/components/schemas/',
          '"#/$defs/',
        ),
      );
      byStatus[status] = z.fromJSONSchema(whole) as z.ZodType;
    }
    made.set(nameOf(operation), byStatus);
    all.set(operation, byStatus);
  }
  return {
    get: (operation: Operation) => made.get(nameOf(operation)),
  } as Map<Operation, Record<string, z.ZodType>>;
}

/** One request and its whole answer; throws when it does not come in time. A stream of events is left after its beginning. */
function exchange(
  url: string,
  { method, target, headers, body }: Pick<FuzzRequest, 'method' | 'target' | 'headers' | 'body'>,
  hang: number,
): Promise<Answer> {
  const { port } = new URL(url);
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const bytes =
      body === null ? null : typeof body === 'string' ? Buffer.from(body.toWellFormed()) : Buffer.from(body);
    const sending = httpRequest(
      {
        host: '127.0.0.1',
        port: Number(port),
        // A connection of its own: one that the server closes after a refusal is not met again.
        agent: false,
        method,
        // Node refuses to send what no address may hold; a raw connection sends that.
        path: target.replace(/[^\u0021-\u007e]/g, encodeURIComponent),
        headers: {
          host: `localhost:${port}`,
          ...clean(headers),
          ...(bytes && { 'content-length': bytes.length }),
        },
      },
      (answer) => {
        const type = String(answer.headers['content-type'] ?? '');
        const pieces: Buffer[] = [];
        const done = () => {
          clearTimeout(late);
          resolve({
            status: answer.statusCode ?? 0,
            type,
            headers: answer.headers,
            text: Buffer.concat(pieces).toString('utf8'),
            ms: performance.now() - begun,
          });
        };
        answer.on('data', (piece: Buffer) => {
          pieces.push(piece);
          if (type.startsWith('text/event-stream')) {
            done();
            sending.destroy();
          }
        });
        answer.on('end', done);
        answer.on('error', reject);
      },
    );
    const late = setTimeout(() => {
      reject(new Error(`no answer in ${hang / 1000} s`));
      sending.destroy();
    }, hang);
    sending.on('error', (error) => {
      clearTimeout(late);
      // A server may answer and close while too much is still being sent.
      reject(error);
    });
    if (bytes !== null) sending.write(bytes);
    sending.end();
  });
}

/** Header values that Node would refuse to send are left out. */
function clean(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([, value]) => /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)),
  );
}

/** What no client sends: requests that are ambiguous, cut, endless or no HTTP at all. Each must end, and never in a 5xx. */
async function wire(url: string, fail: (what: string) => void, hang: number): Promise<void> {
  const { port } = new URL(url);
  const head = `POST /api/v1/session HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\n`;
  const attacks: [name: string, bytes: string][] = [
    ['two lengths', `${head}Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}`],
    ['a length and chunks', `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a negative length', `${head}Content-Length: -1\r\n\r\n{}`],
    ['a chunk that lies', `${head}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n`],
    ['an unknown encoding', `${head}Transfer-Encoding: gzip, chunked, x\r\n\r\n0\r\n\r\n`],
    ['a folded header', `${head}X: a\r\n b\r\nContent-Length: 2\r\n\r\n{}`],
    ['a header without a name', `${head}: x\r\nContent-Length: 2\r\n\r\n{}`],
    ['a zero in a header', `${head}X: a\u0000b\r\nContent-Length: 2\r\n\r\n{}`],
    ['100,000 characters of a header', `${head}X: ${'a'.repeat(100_000)}\r\n\r\n`],
    ['5,000 headers', `${head}${'X: a\r\n'.repeat(5000)}\r\n`],
    ['no host', 'GET /api/v1/session HTTP/1.1\r\n\r\n'],
    ['two hosts', `GET /api/v1/session HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n`],
    ['TRACE', `TRACE /api/v1/session HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`],
    ['CONNECT', `CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n\r\n`],
    [
      'a proxied address',
      `GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: 127.0.0.1:1\r\nConnection: close\r\n\r\n`,
    ],
    ['an address of zeroes', `GET /%00/\u0000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`],
    ['HTTP/9', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n'],
    ['no HTTP', '\u0016\u0003\u0001\u0002\u0000\u0001'],
  ];
  for (const [name, bytes] of attacks) {
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(Buffer.from(bytes, 'latin1'));
        socket.end();
      });
      const late = setTimeout(() => {
        text += '\nHANG';
        socket.destroy();
      }, hang);
      socket.on('data', (piece) => {
        text += piece.toString('latin1');
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        clearTimeout(late);
        resolve(text);
      });
    });
    if (answer.endsWith('\nHANG')) fail(`on the wire, ${name}: the connection stays open`);
    if (/^HTTP\/1\.1 5/m.test(answer)) fail(`on the wire, ${name}: ${answer.slice(0, 60)}`);
    // Two requests seen where one was sent: the rest of a body was taken for a request.
    if ((answer.match(/^HTTP\/1\.1 /gm) ?? []).length > 1) fail(`on the wire, ${name}: more than one answer`);
  }
}

/** A server in its own process. */
interface Attacked {
  url: string;
  setupLink: string;
  /** Connections that were tried. */
  tried: string[];
  memory: () => Promise<number>;
  /** A session of an account, as a cookie. */
  session: (account: string) => Promise<string>;
  /** What the server's log says of a problem's reference. */
  causeOf: (text: string) => string;
  stop: () => Promise<void>;
}

/** Starts the server in its own process. */
export async function startAttacked(data: string, settings: Record<string, string>): Promise<Attacked> {
  const child: ChildProcess = fork(
    fileURLToPath(new URL('./api-server.ts', import.meta.url)),
    [data, JSON.stringify(settings)],
    {
      execArgv: ['--import', 'tsx'],
      // Answers are held against their schemas as in tests.
      env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: '' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  let log = '';
  child.stderr!.on('data', (piece) => {
    log = (log + String(piece)).slice(-400_000);
  });
  const tried: string[] = [];
  const waiting: ((message: ServerMessage) => void)[] = [];
  child.on('message', (message: ServerMessage) => {
    if ('tried' in message) tried.push(message.tried);
    else waiting.shift()?.(message);
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', () => reject(new Error(`The server ended.\n${log.slice(-3000)}`)));
  });
  // Whoever waits is told; nobody need wait.
  ended.catch(() => {});
  const answered = () =>
    Promise.race([ended, new Promise<ServerMessage>((resolve) => waiting.push(resolve))]);
  const asked = (request: ServerRequest) => {
    const answer = answered();
    child.send(request);
    return answer;
  };
  const ready = await answered();
  if (!('ready' in ready)) throw new Error('The server did not start.');
  tried.length = 0;
  return {
    ...ready.ready,
    tried,
    memory: async () => {
      const message = await asked({ memory: true });
      return 'memory' in message ? message.memory : 0;
    },
    session: async (account) => {
      const message = await asked({ session: account });
      return 'cookie' in message ? message.cookie : '';
    },
    causeOf: (text) => {
      const reference = /reference ([0-9a-f]{8})/.exec(text)?.[1];
      const line = reference && log.split('\n').find((one) => one.includes(reference));
      if (!line) return '';
      const { err } = JSON.parse(line) as { err?: { stack?: string } };
      return `\n  ${(err?.stack ?? line).split('\n').slice(0, 9).join('\n  ')}`;
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      const stopped = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await stopped;
      clearTimeout(late);
    },
  };
}
