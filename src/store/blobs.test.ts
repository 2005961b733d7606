// Files by their hash: what arrives is kept whole or not at all, and what was kept is checked.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeTemporaryDirectory } from '../../test/platform/embedded.ts';
import { type Blob, openBlobs } from './blobs.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const pathOf = (directory: string, hash: string) => join(directory, hash.slice(0, 2), hash.slice(2, 4), hash);

async function* arriving(chunks: Uint8Array[], breakOff = false): AsyncGenerator<Uint8Array> {
  yield* chunks;
  if (breakOff) throw new Error('aborted');
}

const listed = async (blobs: ReturnType<typeof openBlobs>): Promise<Blob[]> => {
  const all: Blob[] = [];
  for await (const { sha256, bytes } of blobs.list()) all.push({ sha256, bytes });
  return all;
};

test('in whatever pieces a file arrives, it is kept under its hash and comes back', async () => {
  const directory = makeTemporaryDirectory();
  const blobs = openBlobs(directory);
  const kept = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 2000 }), { minLength: 1, maxLength: 5 }),
      async (chunks) => {
        const whole = Buffer.concat(chunks);
        const blob = await blobs.receive(arriving(chunks), { limit: 10_000, expected: sha256(whole) });
        expect(blob).toEqual({ sha256: sha256(whole), bytes: whole.length });
        kept.set(blob.sha256, blob.bytes);
        expect(await blobs.read(blob.sha256)).toEqual(whole);
        expect(await blobs.size(blob.sha256)).toBe(whole.length);
        expect(await blobs.check(blob.sha256)).toBe('ok');
      },
    ),
    { numRuns: 30 },
  );
  const expected = [...kept].map(([hash, bytes]) => ({ sha256: hash, bytes }));
  expect(await listed(blobs)).toEqual(expected.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)));
  expect(readdirSync(join(directory, 'incoming'))).toEqual([]);
});

test('what breaks off, is too large, empty or another file leaves nothing', async () => {
  const directory = makeTemporaryDirectory();
  const blobs = openBlobs(directory);
  const bytes = Buffer.from('some bytes');
  const limit = 100;
  await expect(blobs.receive(arriving([bytes], true), { limit })).rejects.toMatchObject({
    code: 'source.cut-short',
  });
  await expect(blobs.receive(arriving([bytes, Buffer.alloc(91)]), { limit })).rejects.toMatchObject({
    code: 'source.too-large',
    details: { limit: '100 bytes' },
  });
  await expect(blobs.receive(arriving([]), { limit })).rejects.toMatchObject({ code: 'source.empty' });
  await expect(
    blobs.receive(arriving([bytes]), { limit, expected: sha256(Buffer.from('others')) }),
  ).rejects.toMatchObject({ code: 'source.cut-short' });
  await blobs.receive(arriving([Buffer.alloc(100, 1)]), { limit });
  expect(readdirSync(join(directory, 'incoming'))).toEqual([]);
  expect(await listed(blobs)).toHaveLength(1);
});

test('the sender is let go when the file is refused', async () => {
  const blobs = openBlobs(makeTemporaryDirectory());
  let released = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.alloc(1000);
    } finally {
      released = true;
    }
  }
  await expect(blobs.receive(endless(), { limit: 5000 })).rejects.toMatchObject({ code: 'source.too-large' });
  expect(released).toBe(true);
});

test('one file sent many times at once is kept once', async () => {
  const directory = makeTemporaryDirectory();
  const blobs = openBlobs(directory);
  const bytes = Buffer.alloc(200_000, 7);
  const sent = await Promise.all(
    Array.from({ length: 10 }, () => blobs.receive(arriving([bytes]), { limit: 1e6 })),
  );
  expect(new Set(sent.map((blob) => blob.sha256)).size).toBe(1);
  expect(await listed(blobs)).toHaveLength(1);
  expect(await blobs.check(sent[0]!.sha256)).toBe('ok');
});

test('a damaged file is found, and mended by the same file sent again', async () => {
  const directory = makeTemporaryDirectory();
  const blobs = openBlobs(directory);
  const { sha256: hash } = await blobs.putBytes(Buffer.from('as received'));
  writeFileSync(pathOf(directory, hash), 'as Received');
  expect(await blobs.check(hash)).toBe('altered');
  await expect(blobs.read(hash)).rejects.toMatchObject({ code: 'source.damaged' });
  await expect(blobs.stream(hash).toArray()).rejects.toMatchObject({ code: 'source.damaged' });
  await blobs.putBytes(Buffer.from('as received'));
  expect(await blobs.check(hash)).toBe('ok');
  rmSync(pathOf(directory, hash));
  expect(await blobs.check(hash)).toBe('missing');
  expect(await blobs.has(hash)).toBe(false);
  expect(await blobs.size(hash)).toBeNull();
  await expect(blobs.read(hash)).rejects.toMatchObject({ code: 'not-found' });
});

test('a damaged file of many pieces never arrives whole', async () => {
  const directory = makeTemporaryDirectory();
  const blobs = openBlobs(directory);
  const bytes = Buffer.alloc(1_000_000, 7);
  const { sha256: hash } = await blobs.putBytes(bytes);
  expect(Buffer.concat(await blobs.stream(hash).toArray()).equals(bytes)).toBe(true);
  const damaged = Buffer.from(bytes);
  damaged[500_000] = 8;
  writeFileSync(pathOf(directory, hash), damaged);
  const arrived: Buffer[] = [];
  const reading = (async () => {
    for await (const chunk of blobs.stream(hash)) arrived.push(chunk as Buffer);
  })();
  await expect(reading).rejects.toMatchObject({ code: 'source.damaged' });
  expect(Buffer.concat(arrived).length).toBeLessThan(bytes.length);
});

test('files are for the owner’s eyes only', async () => {
  const directory = makeTemporaryDirectory();
  const { sha256: hash } = await openBlobs(directory).putBytes(Buffer.from('private'));
  expect(statSync(pathOf(directory, hash)).mode & 0o777).toBe(0o600);
});

test('nothing but a hash names a file', async () => {
  const blobs = openBlobs(makeTemporaryDirectory());
  for (const name of ['../keys/log.key', '', 'A'.repeat(64), `${'0'.repeat(63)}/`]) {
    await expect(blobs.read(name)).rejects.toThrow(RangeError);
    expect(() => blobs.stream(name)).toThrow(RangeError);
  }
});

test('what a crash left half-received is cleared; another process’s upload is not', () => {
  const directory = makeTemporaryDirectory();
  const incoming = join(directory, 'incoming');
  mkdirSync(incoming);
  for (const name of ['fresh', 'abandoned']) writeFileSync(join(incoming, name), 'half');
  const longAgo = new Date(Date.now() - 7_200_000);
  utimesSync(join(incoming, 'abandoned'), longAgo, longAgo);
  openBlobs(directory, { shared: true });
  expect(readdirSync(incoming)).toEqual(['fresh']);
  openBlobs(directory);
  expect(readdirSync(incoming)).toEqual([]);
});
