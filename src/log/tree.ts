// The Merkle tree of RFC 6962 §2.1: hashes, roots, inclusion and consistency proofs. Sizes and indices are safe
// integers; arithmetic avoids bit operators, which stop at 32 bits.

import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes } from './bytes.ts';

/** Bytes of a SHA-256 hash. */
export const HASH_SIZE = 32;

/** A complete subtree: the leaves [index · 2^level, (index + 1) · 2^level). Level 0 is a leaf. */
export type TreeNode = { level: number; index: number };

/** Gives the hashes of complete subtrees, in the order asked. */
export type HashReader = (nodes: readonly TreeNode[]) => Promise<Uint8Array[]>;

/** Hash of the empty tree: SHA-256 of no bytes (RFC 6962 §2.1). A new array each time, as arrays are mutable. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** SHA-256(0x00 ‖ entry) (RFC 6962 §2.1). */
export function hashLeaf(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

// One buffer for all nodes: hashing is synchronous and this is the hottest line of every verification.
const nodeInput = new Uint8Array(1 + 2 * HASH_SIZE);

/** SHA-256(0x01 ‖ left ‖ right) (RFC 6962 §2.1). Both hashes are 32 bytes. */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== HASH_SIZE || right.length !== HASH_SIZE)
    throw new RangeError('a node hash is 32 bytes');
  nodeInput[0] = 1;
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_SIZE);
  return sha256(nodeInput);
}

/** Whether n can be a tree size or an index: a whole number from 0 to 2^53 − 1. */
export function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

/** Largest k with 2^k ≤ n, for n ≥ 1. */
function floorLog2(n: number): number {
  let level = 0;
  while (2 ** (level + 1) <= n) level++;
  return level;
}

/**
 * The left-to-right complete subtrees that make up the leaves [from, to), `from` being aligned as it is in RFC 6962's
 * recursion; for [0, size) these are the peaks of the tree.
 */
export function completeSubtrees(from: number, to: number): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = from; at < to; ) {
    const level = floorLog2(to - at);
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** Root of a row of complete subtrees, largest first: RFC 6962's split puts each on the left of all that follow. */
export function foldPeaks(peaks: readonly Uint8Array[]): Uint8Array {
  let root = peaks.at(-1);
  if (root === undefined) return emptyRoot();
  for (let i = peaks.length - 2; i >= 0; i--) root = hashNode(peaks[i]!, root);
  return root;
}

/**
 * A tree of which only the peaks are kept: enough to append leaves and to know the root, in O(log size) memory.
 * `peaks[i]` is the hash of `completeSubtrees(0, size)[i]`.
 */
export type CompactTree = { readonly size: number; readonly peaks: readonly Uint8Array[] };

/** The tree with these leaf hashes appended; `tree` itself is not changed. Starts empty when no tree is given. */
export function appendLeaves(
  leafHashes: readonly Uint8Array[],
  tree: CompactTree = { size: 0, peaks: [] },
): CompactTree {
  const peaks = [...tree.peaks];
  let size = tree.size;
  for (let hash of leafHashes) {
    // Each trailing one bit of the size is a peak that the new leaf completes into a larger one.
    for (let rest = size; isOdd(rest); rest = half(rest)) hash = hashNode(peaks.pop()!, hash);
    peaks.push(hash);
    size++;
  }
  if (!isCount(size)) throw new RangeError('a tree size must be a safe integer');
  return { size, peaks };
}

/** Root of the tree with these leaf hashes (RFC 6962 §2.1, MTH). */
export function rootOfLeaves(leafHashes: readonly Uint8Array[]): Uint8Array {
  return foldPeaks(appendLeaves(leafHashes).peaks);
}

/** Leaf ranges whose roots make the inclusion proof of `index`, leaf's sibling first (RFC 6962 §2.1.1, PATH). */
function inclusionRanges(index: number, size: number): [number, number][] {
  const ranges: [number, number][] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      ranges.push([middle, to]);
      to = middle;
    } else {
      ranges.push([from, middle]);
      from = middle;
    }
  }
  return ranges.reverse();
}

/** Leaf ranges whose roots make the consistency proof (RFC 6962 §2.1.2, PROOF and SUBPROOF). */
function consistencyRanges(oldSize: number, newSize: number): [number, number][] {
  const ranges: [number, number][] = [];
  let from = 0;
  let to = newSize;
  while (oldSize < to) {
    const middle = from + splitPoint(to - from);
    if (oldSize <= middle) {
      ranges.push([middle, to]);
      to = middle;
    } else {
      ranges.push([from, middle]);
      from = middle;
    }
  }
  // A verifier knows the old root; it needs the last piece of it only when that piece is not the whole old tree.
  if (from > 0) ranges.push([from, to]);
  return ranges.reverse();
}

/** Largest power of two smaller than n, for n ≥ 2. */
function splitPoint(n: number): number {
  return 2 ** floorLog2(n - 1);
}

/** Reads the roots of leaf ranges by one call of the reader. */
async function readRanges(ranges: [number, number][], read: HashReader): Promise<Uint8Array[]> {
  const parts = ranges.map(([from, to]) => completeSubtrees(from, to));
  const hashes = await read(parts.flat());
  let at = 0;
  return parts.map((part) => {
    const own = hashes.slice(at, at + part.length);
    at += part.length;
    return foldPeaks(own);
  });
}

/**
 * Root of the first `size` leaves, from stored hashes.
 * @throws RangeError when size is no tree size
 */
export async function readRoot(size: number, read: HashReader): Promise<Uint8Array> {
  if (!isCount(size)) throw new RangeError('a tree size must be a safe integer');
  return foldPeaks(await read(completeSubtrees(0, size)));
}

/**
 * Inclusion proof of leaf `index` in the tree of `size` leaves, leaf's sibling first (RFC 6962 §2.1.1).
 * @throws RangeError unless 0 ≤ index < size
 */
export async function proveInclusion(index: number, size: number, read: HashReader): Promise<Uint8Array[]> {
  if (!isCount(index) || !isCount(size) || index >= size) throw new RangeError('no such leaf in the tree');
  return readRanges(inclusionRanges(index, size), read);
}

/**
 * Consistency proof between the trees of `oldSize` and `newSize` leaves (RFC 6962 §2.1.2); empty when they are equal or
 * the old one is empty.
 * @throws RangeError unless 0 ≤ oldSize ≤ newSize
 */
export async function proveConsistency(
  oldSize: number,
  newSize: number,
  read: HashReader,
): Promise<Uint8Array[]> {
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize)
    throw new RangeError('the new tree must not be smaller than the old one');
  if (oldSize === 0) return [];
  return readRanges(consistencyRanges(oldSize, newSize), read);
}

const areHashes = (hashes: readonly Uint8Array[]): boolean =>
  hashes.every((hash) => hash.length === HASH_SIZE);

/** Whether `proof` shows `leafHash` at `index` of the tree of `size` leaves with this root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(
  index: number,
  size: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (!areHashes([leafHash, root]) || !areHashes(proof)) return false;
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = hashNode(sibling, hash);
      // A last node without a right sibling rises unhashed until it is a right child.
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = hashNode(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && equalBytes(hash, root);
}

/**
 * Whether `proof` shows that the tree of `newSize` leaves begins with the tree of `oldSize` leaves (RFC 9162
 * §2.1.4.2). Trees of one size need equal roots and an empty proof. As in the RFC the old tree has at least one leaf:
 * every tree continues the empty one, so such a "proof" would say nothing and is refused.
 */
export function verifyConsistency(
  oldSize: number,
  newSize: number,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize || oldSize === 0) return false;
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot);
  if (!areHashes([oldRoot, newRoot]) || !areHashes(proof)) return false;
  if (proof.length === 0) return false;

  let node = oldSize - 1;
  let last = newSize - 1;
  while (isOdd(node)) {
    node = half(node);
    last = half(last);
  }
  // When the old size is a power of two its root is itself the first node, and the proof leaves it out.
  const path = node === 0 ? [oldRoot, ...proof] : proof;
  let oldHash = path[0]!;
  let newHash = path[0]!;
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      oldHash = hashNode(sibling, oldHash);
      newHash = hashNode(sibling, newHash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      newHash = hashNode(newHash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && equalBytes(oldHash, oldRoot) && equalBytes(newHash, newRoot);
}
