// The Merkle tree against the recursive definition of RFC 6962, for random trees, and at its edges.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeHex } from './bytes.ts';
import * as tree from './tree.ts';

const sha256 = (...parts: Uint8Array[]): Uint8Array =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());

// RFC 6962 §2.1 word for word, with Node's SHA-256: the reference for everything here.
function naiveRoot(entries: Uint8Array[]): Uint8Array {
  if (entries.length === 0) return sha256();
  if (entries.length === 1) return sha256(Uint8Array.of(0), entries[0]!);
  let k = 1;
  while (2 * k < entries.length) k *= 2;
  return sha256(Uint8Array.of(1), naiveRoot(entries.slice(0, k)), naiveRoot(entries.slice(k)));
}

const entriesUpTo = (maxLength: number) =>
  fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength, size: 'max' });

/** Hashes any complete subtree of the entries, as a store would give them. */
function readerOf(entries: Uint8Array[]): tree.HashReader {
  return async (nodes) =>
    nodes.map(({ level, index }) => {
      const leaves = entries.slice(index * 2 ** level, (index + 1) * 2 ** level);
      if (leaves.length !== 2 ** level) throw new RangeError('asked for a subtree that is not complete');
      return naiveRoot(leaves);
    });
}

test('the constants every RFC 6962 implementation knows', () => {
  expect(encodeHex(tree.emptyRoot())).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  expect(encodeHex(tree.hashLeaf(new Uint8Array(0)))).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
});

test('batch root, incremental root and the recursive definition are one', () => {
  fc.assert(
    fc.property(entriesUpTo(80), fc.nat(80), (entries, cut) => {
      const hashes = entries.map(tree.hashLeaf);
      const root = naiveRoot(entries);
      expect(tree.rootOfLeaves(hashes)).toEqual(root);
      const begun = tree.appendLeaves(hashes.slice(0, cut));
      const before = structuredClone(begun);
      const whole = tree.appendLeaves(hashes.slice(cut), begun);
      expect(tree.foldPeaks(whole.peaks)).toEqual(root);
      expect(whole.size).toBe(entries.length);
      expect(whole.peaks).toHaveLength(tree.completeSubtrees(0, entries.length).length);
      expect(begun).toEqual(before);
    }),
  );
});

test('every inclusion proof verifies, and no other index, size, leaf, root or proof does', async () => {
  await fc.assert(
    fc.asyncProperty(entriesUpTo(70), fc.nat(), fc.nat(), async (entries, pick, other) => {
      fc.pre(entries.length > 0);
      const size = entries.length;
      const index = pick % size;
      const root = naiveRoot(entries);
      const leaf = tree.hashLeaf(entries[index]!);
      const proof = await tree.proveInclusion(index, size, readerOf(entries));
      expect(tree.verifyInclusion(index, size, leaf, proof, root)).toBe(true);

      const otherIndex = other % (size + 2);
      if (otherIndex !== index) expect(tree.verifyInclusion(otherIndex, size, leaf, proof, root)).toBe(false);
      expect(tree.verifyInclusion(index, size, leaf, [...proof, root], root)).toBe(false);
      expect(tree.verifyInclusion(index, size, leaf, [root, ...proof], root)).toBe(false);
      expect(tree.verifyInclusion(index, size, flip(leaf, other), proof, root)).toBe(false);
      expect(tree.verifyInclusion(index, size, leaf, proof, flip(root, other))).toBe(false);
      if (proof.length > 0) {
        const at = other % proof.length;
        expect(tree.verifyInclusion(index, size, leaf, proof.slice(1), root)).toBe(false);
        expect(tree.verifyInclusion(index, size, leaf, proof.slice(0, -1), root)).toBe(false);
        expect(tree.verifyInclusion(index, size, leaf, proof.with(at, flip(proof[at]!, other)), root)).toBe(
          false,
        );
        expect(tree.verifyInclusion(index, size, leaf, proof.with(at, proof[at]!.slice(1)), root)).toBe(
          false,
        );
      }
    }),
  );
});

test('every consistency proof verifies, and no altered one does', async () => {
  await fc.assert(
    fc.asyncProperty(entriesUpTo(70), fc.nat(), fc.nat(), async (entries, pick, other) => {
      fc.pre(entries.length > 0);
      const size = entries.length;
      const oldSize = 1 + (pick % size);
      const oldRoot = naiveRoot(entries.slice(0, oldSize));
      const root = naiveRoot(entries);
      const proof = await tree.proveConsistency(oldSize, size, readerOf(entries));
      expect(tree.verifyConsistency(oldSize, size, oldRoot, root, proof)).toBe(true);

      expect(tree.verifyConsistency(oldSize, size, flip(oldRoot, other), root, proof)).toBe(false);
      expect(tree.verifyConsistency(oldSize, size, oldRoot, flip(root, other), proof)).toBe(false);
      expect(tree.verifyConsistency(oldSize, size, oldRoot, root, [...proof, root])).toBe(false);
      if (oldSize < size) expect(tree.verifyConsistency(size, oldSize, root, oldRoot, proof)).toBe(false);
      if (proof.length > 0) {
        const at = other % proof.length;
        expect(tree.verifyConsistency(oldSize, size, oldRoot, root, proof.slice(1))).toBe(false);
        expect(
          tree.verifyConsistency(oldSize, size, oldRoot, root, proof.with(at, flip(proof[at]!, other))),
        ).toBe(false);
      }
    }),
  );
});

test('the edges: empty trees, sizes beyond, numbers that are not counts', async () => {
  const root = tree.emptyRoot();
  const leaf = tree.hashLeaf(Uint8Array.of(1));
  expect(tree.verifyInclusion(0, 0, leaf, [], leaf)).toBe(false);
  expect(tree.verifyInclusion(0, 1, leaf, [], leaf)).toBe(true);
  expect(tree.verifyConsistency(0, 0, root, root, [])).toBe(false);
  expect(tree.verifyConsistency(0, 1, root, leaf, [])).toBe(false);
  expect(tree.verifyConsistency(1, 2, leaf, leaf, [])).toBe(false);
  for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    expect(tree.verifyInclusion(bad, bad + 1, leaf, [], leaf)).toBe(false);
    expect(tree.verifyInclusion(0, bad, leaf, [], leaf)).toBe(false);
    expect(tree.verifyConsistency(bad, bad, leaf, leaf, [])).toBe(false);
    await expect(tree.proveInclusion(0, bad, readerOf([]))).rejects.toThrow(RangeError);
    await expect(tree.proveConsistency(0, bad, readerOf([]))).rejects.toThrow(RangeError);
    await expect(tree.readRoot(bad, readerOf([]))).rejects.toThrow(RangeError);
  }
  await expect(tree.proveInclusion(3, 3, readerOf([]))).rejects.toThrow(RangeError);
  await expect(tree.proveConsistency(4, 3, readerOf([]))).rejects.toThrow(RangeError);
  expect(await tree.proveConsistency(0, 3, readerOf([]))).toEqual([]);
  expect(() => tree.hashNode(leaf, leaf.slice(1))).toThrow(RangeError);
});

test('a proof longer than the tree is high is refused, even when its hashes lead to the root', () => {
  const [a, b, c, d, x] = [1, 2, 3, 4, 5].map((n) => tree.hashLeaf(Uint8Array.of(n))) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  expect(tree.verifyInclusion(0, 1, b, [a], tree.hashNode(a, b))).toBe(false);
  const ab = tree.hashNode(a, b);
  const oldRoot = tree.hashNode(x, tree.hashNode(ab, c));
  const newRoot = tree.hashNode(x, tree.hashNode(ab, tree.hashNode(c, d)));
  expect(tree.verifyConsistency(3, 4, oldRoot, newRoot, [c, d, ab, x])).toBe(false);
});

test('sizes above 32 bits keep their arithmetic', async () => {
  // A log in which all leaves are the same has one hash per level, so its largest trees can be computed.
  const levels = [tree.hashLeaf(new Uint8Array(0))];
  for (let level = 0; level < 53; level++) levels.push(tree.hashNode(levels[level]!, levels[level]!));
  const read: tree.HashReader = async (nodes) => nodes.map(({ level }) => levels[level]!);
  const sizes = [2 ** 32 + 5, 2 ** 40 - 1, 2 ** 53 - 1];
  for (const size of sizes) {
    const root = await tree.readRoot(size, read);
    for (const index of [0, 2 ** 32 - 1, 2 ** 32 + 4, size - 1]) {
      if (index >= size) continue;
      const proof = await tree.proveInclusion(index, size, read);
      expect(tree.verifyInclusion(index, size, levels[0]!, proof, root)).toBe(true);
    }
    for (const oldSize of [1, 2 ** 31, 2 ** 32 + 1, size - 1]) {
      const proof = await tree.proveConsistency(oldSize, size, read);
      const oldRoot = await tree.readRoot(oldSize, read);
      expect(tree.verifyConsistency(oldSize, size, oldRoot, root, proof)).toBe(true);
    }
  }
});

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const at = Math.floor(bit / 8) % bytes.length;
  return bytes.with(at, bytes[at]! ^ (1 << (bit % 8)));
}
