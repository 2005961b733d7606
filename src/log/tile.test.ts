// Tile paths, bundles and growth, and that a reader believes no file which the root does not vouch for.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LogError } from './error.ts';
import { emptyLog, extend } from './sequence.ts';
import * as tile from './tile.ts';
import { hashLeaf, rootOfLeaves, verifyConsistency, verifyInclusion } from './tree.ts';

const anyTile = fc.record({
  level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
  index: fc.oneof(fc.nat(3_000_000), fc.maxSafeNat()),
  width: fc.integer({ min: 1, max: 256 }),
});

describe('paths', () => {
  test('the examples of the specification', () => {
    expect(tile.tilePath({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tile.tilePath({ level: 15, index: 1234067, width: 5 })).toBe('tile/15/x001/x234/067.p/5');
    expect(tile.tilePath({ level: 'entries', index: 0, width: 255 })).toBe('tile/entries/000.p/255');
    expect(tile.tilePath({ level: 1, index: 1000, width: 256 })).toBe('tile/1/x001/000');
  });

  test('encoding and reading are inverse', () => {
    fc.assert(
      fc.property(anyTile, (t) => {
        expect(tile.parseTilePath(tile.tilePath(t))).toEqual(t);
      }),
    );
  });

  test('whatever path is accepted is written back the same', () => {
    const near = fc.tuple(anyTile, fc.nat(), fc.constantFrom(...'0x/.p1679+- e')).map(([t, at, char]) => {
      const path = tile.tilePath(t);
      const i = at % path.length;
      return at % 2 ? path.slice(0, i) + char + path.slice(i + 1) : path.slice(0, i) + char + path.slice(i);
    });
    fc.assert(
      fc.property(near, (path) => {
        let read: tile.Tile;
        try {
          read = tile.parseTilePath(path);
        } catch (error) {
          expect(error).toBeInstanceOf(LogError);
          return;
        }
        expect(tile.tilePath(read)).toBe(path);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    '',
    'checkpoint',
    'tile/0/000/',
    '/tile/0/000',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/data/000',
    'tile/8/0/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000.p/1/2',
    'tile/0/000\n',
    'tile/0/x999/x999/x999/x999/x999/999',
  ])('refuses %j', (path) => {
    expect(() => tile.parseTilePath(path)).toThrow(LogError);
  });

  test('refuses coordinates out of range', () => {
    for (const bad of [
      { level: 64 },
      { level: 0.5 },
      { index: -1 },
      { index: 2 ** 53 },
      { width: 0 },
      { width: 257 },
    ])
      expect(() => tile.tilePath({ level: 0, index: 0, width: 1, ...bad })).toThrow(RangeError);
  });
});

describe('bundles', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 });

  test('round trip', () => {
    fc.assert(
      fc.property(entries, (list) => {
        expect(tile.parseBundle(tile.encodeBundle(list), list.length, 'x')).toEqual(list);
      }),
    );
  });

  test('the length is big-endian and may reach 65,535', () => {
    const long = new Uint8Array(0xffff).fill(7);
    const bytes = tile.encodeBundle([Uint8Array.of(9), long]);
    expect(bytes.slice(0, 5)).toEqual(Uint8Array.of(0, 1, 9, 255, 255));
    expect(tile.parseBundle(bytes, 2, 'x')[1]).toEqual(long);
    expect(() => tile.encodeBundle([new Uint8Array(0x10000)])).toThrow(RangeError);
  });

  test('refuses a bundle cut short, one too long and a wrong count', () => {
    fc.assert(
      fc.property(entries, fc.nat(), (list, pick) => {
        fc.pre(list.length > 0);
        const bytes = tile.encodeBundle(list);
        expect(() => tile.parseBundle(bytes.slice(0, pick % bytes.length), list.length, 'x')).toThrow(
          LogError,
        );
        expect(() => tile.parseBundle(bytes, list.length + 1, 'x')).toThrow(LogError);
        expect(() => tile.parseBundle(Uint8Array.of(...bytes, 0), list.length, 'x')).toThrow(LogError);
      }),
    );
  });
});

describe('growth', () => {
  test('the example of the specification: 70,000 entries', () => {
    const tiles = tile.tilesOfGrowth(0, 70_000);
    const count = (level: number | 'entries') => tiles.filter((t) => t.level === level).map((t) => t.width);
    expect(count(0)).toEqual([...new Array(273).fill(256), 112]);
    expect(count('entries')).toEqual(count(0));
    expect(count(1)).toEqual([256, 17]);
    expect(count(2)).toEqual([1]);
    expect(tiles).toHaveLength(274 + 274 + 2 + 1);
  });

  test('256 entries make a full tile and one of width 1 above it', () => {
    expect(tile.tilesOfGrowth(255, 256).map(tile.tilePath)).toEqual([
      'tile/entries/000',
      'tile/0/000',
      'tile/1/000.p/1',
    ]);
    expect(tile.tilesOfGrowth(256, 256)).toEqual([]);
    expect(() => tile.tilesOfGrowth(2, 1)).toThrow(RangeError);
  });

  test('what is written while growing is what every published size needs', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(steps, (growth) => {
        const written = new Set<string>();
        let size = 0;
        for (const step of growth) {
          for (const t of tile.tilesOfGrowth(size, size + step)) written.add(tile.tilePath(t));
          size += step;
          for (const t of tile.tilesOfGrowth(0, size)) expect(written).toContain(tile.tilePath(t));
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** A log of numbered entries, its files as an attacker could alter them. */
function makeLog(size: number) {
  const entries = Array.from({ length: size }, (_, i) => new TextEncoder().encode(`entry ${i}`));
  const { tiles, root } = extend(emptyLog, entries);
  const files = new Map(tiles.map(({ path, bytes }) => [path, bytes]));
  const asked: string[] = [];
  const fetchPath: tile.FetchPath = async (path) => {
    asked.push(path);
    return files.get(path);
  };
  return { entries, files, root, asked, reader: () => new tile.TileReader(size, root, fetchPath) };
}

describe('reading', () => {
  const log = makeLog(66_000);
  const leafHashes = log.entries.map(hashLeaf);

  test('proofs and roots of a log with three levels verify', async () => {
    const reader = log.reader();
    const size = log.entries.length;
    for (const index of [0, 1, 255, 256, 65_535, 65_536, 65_791, 65_792, 65_999]) {
      const proof = await reader.proveInclusion(index);
      expect(verifyInclusion(index, size, leafHashes[index]!, proof, log.root)).toBe(true);
      expect(await reader.readEntry(index)).toEqual(log.entries[index]);
    }
    for (const oldSize of [1, 255, 256, 257, 512, 65_535, 65_536, 65_537, 65_999, 66_000]) {
      const oldRoot = rootOfLeaves(leafHashes.slice(0, oldSize));
      expect(await reader.rootAt(oldSize)).toEqual(oldRoot);
      const proof = await reader.proveConsistency(oldSize);
      expect(verifyConsistency(oldSize, size, oldRoot, log.root, proof)).toBe(true);
    }
    await expect(reader.proveInclusion(size)).rejects.toThrow(RangeError);
    await expect(reader.readEntry(size)).rejects.toThrow(RangeError);
    await expect(reader.readBundle(258)).rejects.toThrow(RangeError);
    await expect(reader.rootAt(size + 1)).rejects.toThrow(RangeError);
    await expect(reader.readHashes([{ level: 9, index: 128 }])).rejects.toThrow(RangeError);
  });

  test('a tile is fetched once', async () => {
    const { reader: open, asked } = makeLog(600);
    const reader = open();
    await Promise.all([reader.proveInclusion(3), reader.proveInclusion(300), reader.proveInclusion(599)]);
    await reader.proveInclusion(5);
    expect(asked.toSorted()).toEqual(['tile/0/000', 'tile/0/001', 'tile/0/002.p/88', 'tile/1/000.p/2']);
  });

  test('no altered tile is believed: every byte of every tile that a proof needs', async () => {
    const { files, reader } = makeLog(520);
    for (const path of ['tile/0/001', 'tile/0/002.p/8', 'tile/1/000.p/2']) {
      const bytes = files.get(path)!;
      for (let at = 0; at < bytes.length; at += path.includes('.p/') ? 1 : 61) {
        files.set(path, bytes.with(at, bytes[at]! ^ 4));
        const failure = await reader()
          .proveInclusion(300)
          .catch((error) => error);
        expect(failure, `${path} byte ${at}`).toBeInstanceOf(LogError);
        expect(failure.code).toBe('inconsistent');
      }
      files.set(path, bytes.slice(1));
      await expect(reader().proveInclusion(300)).rejects.toMatchObject({ code: 'malformed', subject: path });
      files.delete(path);
      await expect(reader().proveInclusion(300)).rejects.toMatchObject({ code: 'missing', subject: path });
      files.set(path, bytes);
    }
    await expect(reader().proveInclusion(300)).resolves.toHaveLength(10);
  });

  test('no altered entry is believed', async () => {
    const { files, reader, entries } = makeLog(300);
    const path = 'tile/entries/001.p/44';
    const bytes = files.get(path)!;
    for (let at = 0; at < bytes.length; at++) {
      files.set(path, bytes.with(at, bytes[at]! ^ 1));
      await expect(reader().readEntry(299), `byte ${at}`).rejects.toThrow(LogError);
    }
    files.set(path, bytes);
    expect(await reader().readEntry(299)).toEqual(entries[299]);
  });

  test('a failure is not remembered', async () => {
    const { files, reader: open } = makeLog(300);
    const reader = open();
    const full = files.get('tile/0/000')!;
    const partial = files.get('tile/1/000.p/1')!;
    files.delete('tile/0/000');
    files.delete('tile/1/000.p/1');
    await expect(reader.proveInclusion(0)).rejects.toThrow(LogError);
    files.set('tile/1/000.p/1', partial);
    await expect(reader.proveInclusion(0)).rejects.toThrow(LogError);
    files.set('tile/0/000', full);
    await expect(reader.proveInclusion(0)).resolves.toHaveLength(9);
  });

  test('a full tile or bundle stands in for a partial one that the log has dropped', async () => {
    const old = makeLog(300);
    const grown = makeLog(512);
    const reader = new tile.TileReader(300, old.root, async (path) =>
      path === 'tile/1/000.p/1' ? old.files.get(path) : grown.files.get(path),
    );
    expect(await reader.readEntry(299)).toEqual(old.entries[299]);
    expect(grown.files.has('tile/0/001.p/44')).toBe(false);
    const proof = await reader.proveInclusion(299);
    expect(verifyInclusion(299, 300, hashLeaf(old.entries[299]!), proof, old.root)).toBe(true);
  });

  test('the empty log needs no files and has no proofs', async () => {
    const { reader, root, asked } = makeLog(0);
    expect(await reader().rootAt(0)).toEqual(root);
    await expect(reader().proveInclusion(0)).rejects.toThrow(RangeError);
    expect(asked).toEqual([]);
  });
});
