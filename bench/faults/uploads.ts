/**
 * Uploads that go wrong: broken off at a random byte, shorter than announced, trickling in, chunked and cut, and the same
 * bytes twice at once. They arrive over HTTP as `constat serve` takes them. What was not answered with success must leave
 * nothing behind, what was must be there once, and nobody has to wait for the slow.
 */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { receive } from '../../src/intake/receive.ts';
import { problemResponse } from '../../src/server/endpoint.ts';
import { createDossier } from '../../src/store/dossiers.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { SYSTEM_ACCOUNT } from '../../src/store/write.ts';
import { judge } from './oracle.ts';
import { type Campaign, type Outcome, startDatabase } from './outcome.ts';

const WAYS = [
  'whole',
  'broken off',
  'too short',
  'chunked, whole',
  'chunked, broken off',
  'trickling',
  'twice at once',
] as const;
type Way = (typeof WAYS)[number];
const UPLOADS = 500;
const LARGEST = 300_000;
/** Uploads under way at the same time. */
const AT_ONCE = 8;

/** Sends uploads in every way to one store. */
export async function breakUploads({ engine, folder, random, say, short }: Campaign): Promise<Outcome> {
  const database = await startDatabase(engine);
  const store = await openStore({ directory: join(folder, 'data'), databaseUrl: await database.create() });
  const server = await startReceiver(store);
  const failures: string[] = [];
  const sent: Record<Way, number> = Object.fromEntries(WAYS.map((way) => [way, 0])) as Record<Way, number>;
  const expected = new Set<string>();
  let slowestWhole = 0;
  const uploads = short ? 70 : UPLOADS;
  const sendOne = async (way: Way) => {
    const bytes = randomBytes(2 + Math.floor(random() * LARGEST));
    const cut = 1 + Math.floor(random() * (bytes.length - 1));
    const hash = createHash('sha256').update(bytes).digest('hex');
    const started = performance.now();
    const statuses = await Promise.all(
      Array.from({ length: way === 'twice at once' ? 2 : 1 }, () => upload(server.port, way, bytes, cut)),
    );
    sent[way]++;
    if (way === 'whole') slowestWhole = Math.max(slowestWhole, performance.now() - started);
    const isWhole = ['whole', 'chunked, whole', 'twice at once'].includes(way);
    if (isWhole) expected.add(hash);
    if (isWhole && statuses.some((status) => status !== 201)) failures.push(`${way}: answered ${statuses}`);
    if (!isWhole && statuses.some((status) => status === 201)) failures.push(`${way}: acknowledged`);
  };
  try {
    let started = 0;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (started < uploads) await sendOne(WAYS[started++ % WAYS.length]!);
      }),
    );
    // What a broken connection ends, ends a moment later.
    await pause(500);
    say(`${uploads} uploads`);
    const there = (await store.read.selectFrom('sources').select('original').execute()).map(
      (row) => row.original,
    );
    for (const hash of expected)
      if (!there.includes(hash)) failures.push(`${hash} was acknowledged and is not there`);
    for (const hash of there)
      if (!expected.has(hash)) failures.push(`${hash} was never acknowledged and is there`);
    if (new Set(there).size !== there.length) failures.push('the same bytes are two sources');
    const verdict = await judge(store, { rows: {}, checkpoint: null });
    failures.push(...verdict.findings, ...(verdict.unaccounted > 0 ? ['files nobody names are left'] : []));
    return {
      member: 'uploads',
      engine,
      faults: uploads - sent.whole - sent['chunked, whole'],
      failures,
      notRun: null,
      counts: {
        ...sent,
        'sources afterwards': there.length,
        'files left behind, all found and removed': verdict.orphans,
        'files nobody names afterwards': verdict.unaccounted,
        'slowest whole upload beside slow ones': `${Math.round(slowestWhole)} ms`,
      },
    };
  } finally {
    server.stop();
    await store.close();
    await database.stop();
  }
}

/** A server with the desk's way of taking files, open to all. */
async function startReceiver(store: Store): Promise<{ port: number; stop: () => void }> {
  const { id } = await createDossier(store, SYSTEM_ACCOUNT, {
    title: 'Uploads',
    slug: 'uploads',
    summary: null,
    language: 'en',
    publishedBy: null,
  });
  const app = new Hono();
  app.onError((error) => problemResponse(error, { logError: () => {} }));
  app.post('/', async (context) => {
    const declared = context.req.header('content-length');
    const arrival = {
      fileName: 'upload.bin',
      chunks: (context.req.raw.body ?? []) as AsyncIterable<Uint8Array>,
      expected: declared === undefined ? null : Number(declared),
      content: { acquisition: 'uploaded' as const },
    };
    await receive(store, { account: SYSTEM_ACCOUNT, dossier: id }, arrival, { upload: 1_000_000 });
    return context.body(null, 201);
  });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, stop: () => void server.close() };
}

/** Sends bytes in one way; the status of the answer, or null when there was none. */
async function upload(port: number, way: Way, bytes: Buffer, cut: number): Promise<number | null> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (data) => {
    answer += String(data);
  });
  const closed = once(socket, 'close');
  const isChunked = way.startsWith('chunked');
  const length = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${bytes.length}`;
  socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${length}\r\n\r\n`);
  const part =
    way === 'whole' || way === 'twice at once' || way === 'chunked, whole' ? bytes : bytes.subarray(0, cut);
  if (way === 'trickling') {
    for (let at = 0; at < Math.min(cut, 20); at++) {
      socket.write(bytes.subarray(at, at + 1));
      await pause(50);
    }
  } else if (isChunked) {
    for (let at = 0; at < part.length; at += 10_000) {
      const chunk = part.subarray(at, at + 10_000);
      socket.write(`${chunk.length.toString(16)}\r\n`);
      socket.write(chunk);
      socket.write('\r\n');
    }
    if (part === bytes) socket.write('0\r\n\r\n');
  } else socket.write(part);
  if (way === 'too short') socket.end();
  else if (part !== bytes) {
    await pause(5);
    socket.destroy();
  }
  await closed;
  const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1];
  return status === undefined ? null : Number(status);
}
