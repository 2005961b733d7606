// Letters over SMTP: sent to a server on this machine, refused for good or for now, never unencrypted to anywhere else.
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestStore } from '../../test/platform/embedded.ts';
import { addLetter, listLetters } from '../store/letters.ts';
import type { Store } from '../store/store.ts';
import { newId } from '../store/write.ts';
import { mailSettings, type Post, startPost, transportOf } from './mail.ts';

let server: Server | null = null;
let post: Post | null = null;
afterEach(async () => {
  await post?.close();
  server?.close();
});

/** A mail server that answers RCPT with `answer`, and what it was sent. */
async function mailServer(answer: () => string): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = [];
  server = createServer((socket) => {
    let inData = false;
    socket.write('220 here\r\n');
    socket.on('data', (bytes) => {
      for (const line of bytes.toString('utf8').split('\r\n')) {
        if (line === '') continue;
        heard.push(line);
        if (inData) {
          if (line === '.') {
            inData = false;
            socket.write('250 taken\r\n');
          }
        } else if (line.startsWith('DATA')) {
          inData = true;
          socket.write('354 go on\r\n');
        } else if (line.startsWith('RCPT')) socket.write(`${answer()}\r\n`);
        else if (line.startsWith('QUIT')) socket.end('221 bye\r\n');
        else socket.write('250 good\r\n');
      }
    });
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `smtp://127.0.0.1:${port}`, heard };
}

async function withLetter(): Promise<Store> {
  const store = await (await createTestStore('PGlite')).open();
  await store.read.transaction().execute((tx) =>
    addLetter(
      tx,
      { at: new Date().toISOString() },
      {
        id: newId(),
        recipient: 'observer@example.org',
        subject: 'An invitation',
        body: 'Open this link.',
      },
    ),
  );
  return store;
}

const letterOf = async (store: Store) => (await listLetters(store, { limit: 1 })).letters[0]!;

describe('the post', () => {
  it('sends what waits, and forgets its words', async () => {
    const { url, heard } = await mailServer(() => '250 good');
    const store = await withLetter();
    post = startPost(store, { url, from: 'house@example.org' }, (error) => expect(error).toBeNull());
    await expect.poll(async () => (await letterOf(store)).state).toBe('sent');
    expect(heard.join('\n')).toMatch(/RCPT TO:<observer@example\.org>.*Open this link\./s);
    expect(await letterOf(store)).toMatchObject({ tries: 1, body: '', failure: null });
  });

  it('gives up a letter that is refused for good, and says by which code, naming nobody', async () => {
    const { url } = await mailServer(() => '550 no observer@example.org here');
    const store = await withLetter();
    post = startPost(store, { url, from: 'house@example.org' }, (error) => expect(error).toBeNull());
    await expect.poll(async () => (await letterOf(store)).state).toBe('failed');
    expect((await letterOf(store)).failure).toBe('EENVELOPE 550');
  });

  it('keeps one that is refused for now, and does not try it again at once', async () => {
    const { url, heard } = await mailServer(() => '451 later');
    const store = await withLetter();
    post = startPost(store, { url, from: 'house@example.org' }, (error) => expect(error).toBeNull());
    await expect.poll(async () => (await letterOf(store)).failure).toBe('EENVELOPE 451');
    post.poke();
    await post.close();
    expect(await letterOf(store)).toMatchObject({ state: 'waiting', tries: 1 });
    expect(heard.filter((line) => line.startsWith('RCPT'))).toHaveLength(1);
  });
});

describe('the settings of mail', () => {
  it('are off by default, and refused with a sentence where they are half there', () => {
    expect(mailSettings({})).toBeNull();
    expect(() => mailSettings({ CONSTAT_SMTP_URL: 'smtps://mail.example' })).toThrow(/CONSTAT_MAIL_FROM/);
    expect(() =>
      mailSettings({ CONSTAT_SMTP_URL: 'mail.example:25', CONSTAT_MAIL_FROM: 'a@example.org' }),
    ).toThrow(/CONSTAT_SMTP_URL/);
  });

  it('ask for encryption everywhere but on this machine', () => {
    const of = (url: string) => transportOf({ url, from: 'a@example.org' });
    expect(of('smtp://user:p%40ss@mail.example')).toMatchObject({
      ...{ host: 'mail.example', port: 587, secure: false, requireTLS: true, ignoreTLS: false },
      auth: { user: 'user', pass: 'p@ss' },
    });
    expect(of('smtps://mail.example')).toMatchObject({ port: 465, secure: true });
    expect(of('smtp://localhost.example')).toMatchObject({ requireTLS: true });
    expect(of('smtp://[::1]:2525')).toMatchObject({ host: '::1', port: 2525, requireTLS: false });
  });
});
