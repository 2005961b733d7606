// The strict zip: what is written comes back, any other program opens it, and no byte of it can differ.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { concatBytes, equalBytes } from '../../log/bytes.ts';
import { type ByteSource, buffered, bytesSource, checkRange } from './byte-source.ts';
import { crc32 } from './crc32.ts';
import { isSafePath } from './zip-format.ts';
import { contentOffset, hasLocalHeader, openZip } from './zip-read.ts';
import { writeZip } from './zip-write.ts';

type Files = [path: string, content: Uint8Array][];

async function zipOf(files: Files): Promise<Uint8Array> {
  const out: Uint8Array[] = [];
  const zip = writeZip((bytes) => {
    out.push(bytes);
  });
  for (const [path, content] of files)
    await zip.add(path, { size: content.length, crc: crc32(content) }, [content]);
  const size = await zip.end();
  const bytes = concatBytes(out);
  expect(bytes.length).toBe(size);
  return bytes;
}

/** Whether a zip is whole: directory, local headers and CRCs. */
async function isWhole(bytes: Uint8Array): Promise<boolean> {
  const source = bytesSource(bytes);
  const zip = await openZip(source);
  if (!zip.ok) return false;
  for (const entry of zip.entries) {
    if (!(await hasLocalHeader(source, entry))) return false;
    if (crc32(await source.read(contentOffset(entry), entry.size)) !== entry.crc) return false;
  }
  return true;
}

const segment = fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,12}$/).filter(isSafePath);
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const files = fc.uniqueArray(fc.tuple(path, fc.uint8Array({ maxLength: 300 })), {
  maxLength: 12,
  selector: ([name]) => name.toLowerCase(),
});

test('CRC-32 is that of zlib, in one piece or two', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 100 }), (a, b) => {
      expect(crc32(a)).toBe(zlibCrc32(a));
      expect(crc32(b, crc32(a))).toBe(zlibCrc32(concatBytes([a, b])));
    }),
  );
});

describe('a zip', () => {
  test('comes back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (given) => {
        const bytes = await zipOf(given);
        const zip = await openZip(bytesSource(bytes));
        if (!zip.ok) throw new Error(zip.why);
        expect(zip.entries.map((entry) => entry.path)).toEqual(given.map(([name]) => name));
        for (const [at, entry] of zip.entries.entries()) {
          const from = contentOffset(entry);
          expect(bytes.slice(from, from + entry.size)).toEqual(given[at]![1]);
        }
        expect(await isWhole(bytes)).toBe(true);
      }),
    );
  });

  test('changed in any one byte is not whole', async () => {
    const bytes = await zipOf([
      ['read.me', new TextEncoder().encode('A few words.')],
      ['data/empty', new Uint8Array(0)],
      ['data/some.bin', Uint8Array.from({ length: 40 }, (_, at) => at * 7)],
    ]);
    for (let at = 0; at < bytes.length; at++) {
      for (let mask = 1; mask < 256; mask++) {
        const changed = bytes.slice();
        changed[at]! ^= mask;
        if (await isWhole(changed)) throw new Error(`byte ${at} xor ${mask} was not noticed`);
      }
    }
  });

  test('cut short, or made longer, is not opened', async () => {
    const bytes = await zipOf([
      ['a', new Uint8Array(50)],
      ['b', new Uint8Array(0)],
    ]);
    for (let length = 0; length < bytes.length; length++) {
      const zip = await openZip(bytesSource(bytes.subarray(0, length)));
      expect(zip).toMatchObject({ ok: false, cut: true });
    }
    for (const more of [Uint8Array.of(0), bytes]) {
      const zip = await openZip(bytesSource(concatBytes([bytes, more])));
      expect(zip.ok).toBe(false);
    }
  });

  test('never has a path that leaves its folder, hides, or names a device', async () => {
    const unsafe = [
      '',
      '/a',
      'a/',
      '../a',
      'a/../b',
      'a//b',
      '.a',
      'a/.b',
      'a\\b',
      'C:a',
      'é',
      'a\0',
      'nul',
      'x/CON.txt',
      'a.',
    ];
    for (const name of [...unsafe, 'a'.repeat(201)]) {
      await expect(zipOf([[name, new Uint8Array(1)]])).rejects.toThrow(RangeError);
    }
    const twice: Files = [
      ['a/B', new Uint8Array(1)],
      ['A/b', new Uint8Array(1)],
    ];
    await expect(zipOf(twice)).rejects.toThrow(RangeError);
  });

  test('with content of another length than announced is refused while it is written', async () => {
    const zip = writeZip(() => {});
    await expect(zip.add('a', { size: 2, crc: 0 }, [new Uint8Array(3)])).rejects.toThrow(RangeError);
  });
});

describe('other programs', () => {
  const many = Array.from({ length: 70_000 }, (_, at): Files[number] => [`n/${at}`, new Uint8Array(at % 3)]);

  test('open it, with few files and with more than 65,534', { timeout: 300_000 }, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'constat-zip-'));
    try {
      for (const given of [many.slice(0, 20), many]) {
        const bytes = await zipOf(given);
        expect(await namesByYauzl(bytes)).toEqual(given.map(([name]) => name));
        const file = join(directory, 'bundle.zip');
        writeFileSync(file, bytes);
        // Those that are on the machine; each says more than one of ours could.
        for (const [program, args] of [
          ['unzip', ['-tqq', file]],
          ['python3', ['-m', 'zipfile', '-t', file]],
        ] as const) {
          if (isThere(program)) execFileSync(program, args, { stdio: 'pipe' });
        }
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

function isThere(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

function namesByYauzl(bytes: Uint8Array): Promise<string[]> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(Buffer.from(bytes), { lazyEntries: true, strictFileNames: true }, (error, zip) => {
      if (error) return reject(error);
      const names: string[] = [];
      zip.on('entry', (entry: { fileName: string }) => {
        names.push(entry.fileName);
        zip.readEntry();
      });
      zip.on('end', () => resolve(names));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

test('a zip beyond 4 GiB is written and read, and each of its headers is checked', async () => {
  const zeros = new Uint8Array(1 << 20);
  const huge = 4097;
  const { source, sink } = holey(zeros);
  const zip = writeZip(sink);
  await zip.add('small', { size: 1, crc: 5 }, [Uint8Array.of(1)]);
  await zip.add(
    'huge',
    { size: huge * zeros.length, crc: 6 },
    Array.from({ length: huge }, () => zeros),
  );
  await zip.add('after', { size: 1, crc: 7 }, [Uint8Array.of(2)]);
  expect(await zip.end()).toBe(source.size);
  const opened = await openZip(source);
  if (!opened.ok) throw new Error(opened.why);
  expect(opened.entries).toMatchObject([
    { path: 'small', size: 1, crc: 5, offset: 0 },
    { path: 'huge', size: huge * zeros.length, crc: 6 },
    { path: 'after', size: 1, crc: 7 },
  ]);
  expect(opened.entries[2]!.offset).toBeGreaterThan(2 ** 32);
  for (const entry of opened.entries) expect(await hasLocalHeader(source, entry)).toBe(true);
  const last = opened.entries[2]!;
  expect(await source.read(contentOffset(last), 1)).toEqual(Uint8Array.of(2));
});

/** A sink and a source of what was written, in which one block of content is kept as a hole. */
function holey(block: Uint8Array): { source: ByteSource; sink: (bytes: Uint8Array) => void } {
  const parts: { from: number; bytes: Uint8Array }[] = [];
  let size = 0;
  const source: ByteSource = {
    get size() {
      return size;
    },
    read: async (offset, length) => {
      checkRange(size, offset, length);
      const out = new Uint8Array(length);
      for (const { from, bytes } of parts) {
        const start = Math.max(from, offset);
        const end = Math.min(from + bytes.length, offset + length);
        if (start < end) out.set(bytes.subarray(start - from, end - from), start - offset);
      }
      return out;
    },
  };
  const sink = (bytes: Uint8Array) => {
    if (bytes !== block) parts.push({ from: size, bytes });
    size += bytes.length;
  };
  return { source, sink };
}

test('a buffered source gives the same bytes as the one behind it', async () => {
  const bytes = Uint8Array.from({ length: 500 }, (_, at) => at);
  const reads = fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(reads, fc.integer({ min: 1, max: 100 }), async (stretches, window) => {
      const source = buffered(bytesSource(bytes), window);
      for (const [a, b] of stretches) {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        expect(equalBytes(await source.read(from, to - from), bytes.subarray(from, to))).toBe(true);
      }
    }),
  );
  await expect(buffered(bytesSource(bytes)).read(499, 2)).rejects.toThrow(RangeError);
});
