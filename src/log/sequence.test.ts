// The sequencer: growing in steps gives the files of growing at once; it resumes only from sound files.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogError } from './error.ts';
import { emptyLog, extend, type LogState, logRoot, resumeLog } from './sequence.ts';
import { tilePath, tilesOfGrowth } from './tile.ts';
import { emptyRoot, hashLeaf, rootOfLeaves } from './tree.ts';

const makeLeaves = (size: number) =>
  Array.from({ length: size }, (_, i) => new TextEncoder().encode(`leaf ${i}`));
const all = makeLeaves(1400);

test('the empty log has the empty root and no files', () => {
  expect(logRoot(emptyLog)).toEqual(emptyRoot());
  expect(extend(emptyLog, [])).toEqual({ state: emptyLog, tiles: [], root: emptyRoot(), size: 0 });
});

test('in whatever steps a log grows, its root, files and state are those of one step', () => {
  const steps = fc.array(fc.oneof(fc.nat(5), fc.nat(300), fc.constantFrom(255, 256, 257, 512)), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(steps, (growth) => {
      const files = new Map<string, Uint8Array>();
      let state: LogState = emptyLog;
      for (const step of growth) {
        const leaves = all.slice(state.size, state.size + step);
        const before = structuredClone(state);
        const next = extend(state, leaves);
        expect(state).toEqual(before);
        expect(next.size).toBe(before.size + leaves.length);
        expect(next.tiles.map(({ path }) => path)).toEqual(
          tilesOfGrowth(before.size, next.size).map(tilePath),
        );
        for (const { path, bytes } of next.tiles) {
          // A path once written never gets other bytes: files are immutable.
          if (files.has(path)) expect(bytes).toEqual(files.get(path));
          files.set(path, bytes);
        }
        state = next.state;
      }
      const leaves = all.slice(0, state.size);
      const once = extend(emptyLog, leaves);
      expect(state).toEqual(once.state);
      expect(logRoot(state)).toEqual(rootOfLeaves(leaves.map(hashLeaf)));
      for (const { path, bytes } of once.tiles) expect(files.get(path)).toEqual(bytes);
    }),
    { numRuns: 60 },
  );
});

test('the state is rebuilt from the files, for every kind of size', async () => {
  for (const size of [0, 1, 255, 256, 257, 511, 512, 1000]) {
    const { state, tiles, root } = extend(emptyLog, all.slice(0, size));
    const files = new Map(tiles.map(({ path, bytes }) => [path, bytes]));
    const resumed = await resumeLog(size, root, async (path) => files.get(path));
    expect(resumed).toEqual(state);
    expect(extend(resumed, all.slice(size, size + 300))).toEqual(extend(state, all.slice(size, size + 300)));
  }
});

test('a level that a carry leaves empty is resumed as empty', async () => {
  const leaves = makeLeaves(65_536);
  const { state, tiles, root } = extend(emptyLog, leaves);
  expect(state.partials.map((row) => row.length)).toEqual([0, 0, 32]);
  const files = new Map(tiles.map(({ path, bytes }) => [path, bytes]));
  expect(await resumeLog(65_536, root, async (path) => files.get(path))).toEqual(state);
});

test('files that are damaged, missing or of another log are not resumed from', async () => {
  const { tiles, root } = extend(emptyLog, all.slice(0, 300));
  const files = new Map(tiles.map(({ path, bytes }) => [path, bytes]));
  const fetchPath = async (path: string) => files.get(path);
  for (const path of ['tile/0/001.p/44', 'tile/1/000.p/1', 'tile/entries/001.p/44']) {
    const bytes = files.get(path)!;
    files.set(path, bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1));
    await expect(resumeLog(300, root, fetchPath)).rejects.toThrow(LogError);
    files.delete(path);
    await expect(resumeLog(300, root, fetchPath)).rejects.toMatchObject({ code: 'missing' });
    files.set(path, bytes);
  }
  await expect(resumeLog(300, emptyRoot(), fetchPath)).rejects.toMatchObject({ code: 'inconsistent' });
  await expect(resumeLog(300, root, fetchPath)).resolves.toMatchObject({ size: 300 });
});

test('a leaf too long for a bundle is refused before anything is made', () => {
  expect(() => extend(emptyLog, [new Uint8Array(0x10000)])).toThrow(RangeError);
  expect(extend(emptyLog, [new Uint8Array(0xffff)]).tiles[0]!.bytes).toHaveLength(0x10001);
});
