// The log against known answers. Always: our own vectors (vectors/*.json), which a naive reference written from the
// text of RFC 6962 must give again. And, where CONSTAT_SHARED_DATA has them, the Merkle vectors of
// transparency-dev/merkle and the test log of transparency-dev/tessera.

import { createHash, createPrivateKey, sign } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64, encodeUtf8 } from './bytes.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { auditLog, followLog } from './follow.ts';
import { encodeVerifierKey, makeSignerKey, parseSignerKey, parseVerifierKey } from './note.ts';
import { proofVerifier } from './proof.ts';
import { emptyLog, extend, resumeLog } from './sequence.ts';
import { TileReader } from './tile.ts';
import * as tree from './tree.ts';
import merkleVectors from './vectors/merkle.json' with { type: 'json' };
import smallLog from './vectors/small-log.json' with { type: 'json' };

type InclusionVector = {
  desc: string;
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
};
type ConsistencyVector = {
  desc: string;
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
};

const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const hashes = (proof: string[] | null) => (proof ?? []).map(fromBase64);

function isIncluded(v: InclusionVector): boolean {
  const leafHash = fromBase64(v.leafHash);
  return tree.verifyInclusion(v.leafIdx, v.treeSize, leafHash, hashes(v.proof), fromBase64(v.root));
}

function isConsistent(v: ConsistencyVector): boolean {
  const [root1, root2] = [fromBase64(v.root1), fromBase64(v.root2)];
  return tree.verifyConsistency(v.size1, v.size2, root1, root2, hashes(v.proof));
}

// ---- the naive reference: RFC 6962 §2.1, §2.1.1 and §2.1.2, line by line, on Node's own crypto ----

type Hash = Buffer;
const H = (...parts: Uint8Array[]): Hash => createHash('sha256').update(Buffer.concat(parts)).digest();

function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

function MTH(D: Uint8Array[]): Hash {
  if (D.length === 0) return H();
  if (D.length === 1) return H(Uint8Array.of(0), D[0]!);
  const k = split(D.length);
  return H(Uint8Array.of(1), MTH(D.slice(0, k)), MTH(D.slice(k)));
}

function PATH(m: number, D: Uint8Array[]): Hash[] {
  if (D.length === 1) return [];
  const k = split(D.length);
  return m < k
    ? [...PATH(m, D.slice(0, k)), MTH(D.slice(k))]
    : [...PATH(m - k, D.slice(k)), MTH(D.slice(0, k))];
}

function SUBPROOF(m: number, D: Uint8Array[], b: boolean): Hash[] {
  if (m === D.length) return b ? [] : [MTH(D)];
  const k = split(D.length);
  return m <= k
    ? [...SUBPROOF(m, D.slice(0, k), b), MTH(D.slice(k))]
    : [...SUBPROOF(m - k, D.slice(k), false), MTH(D.slice(0, k))];
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

// The eight leaves, and below their roots, that RFC 6962 implementations have shared since Certificate Transparency.
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const SPOILT_SIZES = [1, 3, 5];

/** All proofs of the trees of one to eight leaves; those of some sizes also spoilt in several ways. */
function makeMerkleVectors(): { inclusion: InclusionVector[]; consistency: ConsistencyVector[] } {
  const inclusion: InclusionVector[] = [];
  const consistency: ConsistencyVector[] = [];
  const garbage = base64(H(Buffer.from('garbage')));
  for (let n = 1; n <= LEAVES.length; n++) {
    const D = LEAVES.slice(0, n);
    for (let m = 0; m < n; m++) {
      const good: InclusionVector = {
        desc: `leaf ${m} of ${n}`,
        leafIdx: m,
        treeSize: n,
        root: base64(MTH(D)),
        leafHash: base64(MTH([D[m]!])),
        proof: PATH(m, D).map(base64),
        wantErr: false,
      };
      const bad = (why: string, change: Partial<InclusionVector>) =>
        inclusion.push({ ...good, ...change, desc: `${good.desc}: ${why}`, wantErr: true });
      inclusion.push(good);
      if (!SPOILT_SIZES.includes(n)) continue;
      bad('next index', { leafIdx: m + 1 });
      bad('index before', { leafIdx: m - 1 });
      bad('trailing hash', { proof: [...good.proof!, garbage] });
      bad('leading hash', { proof: [garbage, ...good.proof!] });
      bad('other leaf', { leafHash: garbage });
      bad('other root', { root: garbage });
      bad('no leaf', { leafHash: '' });
      if (n > 1) {
        bad('last hash lost', { proof: good.proof!.slice(0, -1) });
        bad('first hash changed', { proof: [garbage, ...good.proof!.slice(1)] });
      }
    }
    for (let m = 1; m <= n; m++) {
      const good: ConsistencyVector = {
        desc: `${m} to ${n}`,
        size1: m,
        size2: n,
        root1: base64(MTH(D.slice(0, m))),
        root2: base64(MTH(D)),
        proof: SUBPROOF(m, D, true).map(base64),
        wantErr: false,
      };
      const bad = (why: string, change: Partial<ConsistencyVector>) =>
        consistency.push({ ...good, ...change, desc: `${good.desc}: ${why}`, wantErr: true });
      consistency.push(good);
      if (!SPOILT_SIZES.includes(n)) continue;
      bad('other old root', { root1: garbage });
      bad('other new root', { root2: garbage });
      bad('trailing hash', { proof: [...good.proof!, garbage] });
      bad('from nothing', { size1: 0, root1: base64(MTH([])), proof: [] });
      if (m < n) {
        bad('sizes exchanged', { size1: n, size2: m });
        bad('roots exchanged', { root1: good.root2, root2: good.root1 });
        bad('no proof', { proof: [] });
        bad('last hash lost', { proof: good.proof!.slice(0, -1) });
      }
    }
  }
  return { inclusion, consistency };
}

const SMALL_LOG = { name: 'example.org/small-log', seed: Buffer.alloc(32, 0x5c), sizes: [0, 1, 2, 3, 5, 8] };

/** A signed log of up to eight entries with all its files and proofs, made without any code of the log. */
function makeSmallLog() {
  const { name, seed, sizes } = SMALL_LOG;
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const publicKey = Buffer.from(key.export({ format: 'jwk' }).x as string, 'base64url');
  const typed = Buffer.concat([Uint8Array.of(1), publicKey]);
  const id = H(Buffer.from(`${name}\n`), typed).subarray(0, 4);
  const files: Record<string, string> = {};
  const checkpoints: Record<string, string> = {};
  const proofs: Record<string, string> = {};
  for (const size of sizes) {
    const D = LEAVES.slice(0, size);
    const text = `${name}\n${size}\n${base64(MTH(D))}\n`;
    const signature = base64(Buffer.concat([id, sign(null, Buffer.from(text), key)]));
    checkpoints[size] = `${text}\n— ${name} ${signature}\n`;
    D.forEach((_, m) => {
      const path = PATH(m, D).map((hash) => `${base64(hash)}\n`);
      proofs[`${m} of ${size}`] =
        `c2sp.org/tlog-proof@v1\nindex ${m}\n${path.join('')}\n${checkpoints[size]}`;
    });
    if (size === 0) continue;
    files[`tile/0/000.p/${size}`] = base64(Buffer.concat(D.map((leaf) => MTH([leaf]))));
    files[`tile/entries/000.p/${size}`] = base64(
      Buffer.concat(D.flatMap((leaf) => [Uint8Array.of(0, leaf.length), leaf])),
    );
  }
  return { vkey: `${name}+${id.toString('hex')}+${base64(typed)}`, checkpoints, files, proofs };
}

describe('own vectors', () => {
  test('the committed files are what the naive reference gives', () => {
    expect(LEAVES.map((_, n) => MTH(LEAVES.slice(0, n)).toString('hex'))).toEqual(ROOTS.slice(0, -1));
    expect(merkleVectors).toEqual(makeMerkleVectors());
    expect(smallLog).toEqual(makeSmallLog());
  });

  test('the roots of RFC 6962', () => {
    ROOTS.forEach((root, n) => {
      const leafHashes = LEAVES.slice(0, n).map(tree.hashLeaf);
      expect(Buffer.from(tree.rootOfLeaves(leafHashes)).toString('hex')).toBe(root);
    });
  });

  test(`${merkleVectors.inclusion.length} inclusion and ${merkleVectors.consistency.length} consistency proofs`, () => {
    for (const v of merkleVectors.inclusion) expect(isIncluded(v), v.desc).toBe(!v.wantErr);
    for (const v of merkleVectors.consistency) expect(isConsistent(v), v.desc).toBe(!v.wantErr);
  });

  test('the small log: its key, checkpoints, files and proofs are what we write, and verify', async () => {
    const signer = makeSignerKey(SMALL_LOG.name, new Uint8Array(SMALL_LOG.seed));
    expect(encodeVerifierKey(signer)).toBe(smallLog.vkey);
    const key = parseVerifierKey(smallLog.vkey);
    const files = new Map(Object.entries(smallLog.files).map(([path, text]) => [path, decodeBase64(text)]));
    let state = emptyLog;
    const written: Record<string, string> = {};
    for (const size of SMALL_LOG.sizes) {
      const next = extend(state, LEAVES.slice(state.size, size));
      for (const { path, bytes } of next.tiles) written[path] = encodeBase64(bytes);
      const note = smallLog.checkpoints[`${size}` as keyof typeof smallLog.checkpoints];
      expect(signCheckpoint(signer.name, size, next.root, signer)).toBe(note);
      files.set('checkpoint', encodeUtf8(note));
      const fetchPath = async (path: string) => files.get(path);
      expect(await auditLog(fetchPath, key)).toMatchObject({ ok: true, entries: size });
      for (const before of Object.values(smallLog.checkpoints).slice(0, SMALL_LOG.sizes.indexOf(size)))
        expect(await followLog(fetchPath, key, before)).toMatchObject({ ok: true, change: 'grown' });
      state = next.state;
    }
    expect(written).toEqual(smallLog.files);
    const verify = proofVerifier(key);
    for (const [name, text] of Object.entries(smallLog.proofs)) {
      const index = Number(name.split(' ')[0]);
      expect(verify(text, LEAVES[index]!), name).toMatchObject({ ok: true, index });
      expect(verify(text, LEAVES[(index + 1) % 8]!).ok, name).toBe(false);
    }
  });
});

// ---- external vectors ----

const external = join(
  process.env.CONSTAT_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data'),
  'tlog',
);
const merkleFolder = join(external, 'merkle/testdata');
const tesseraFolder = join(external, 'tessera/testdata');

if (existsSync(merkleFolder)) {
  const read = (kind: string) =>
    readdirSync(join(merkleFolder, kind), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({ name, ...JSON.parse(readFileSync(join(merkleFolder, kind, name), 'utf8')) }));
  const inclusion: (InclusionVector & { name: string })[] = read('inclusion');
  const consistency: (ConsistencyVector & { name: string })[] = read('consistency');

  describe(`external vectors of transparency-dev/merkle: ${inclusion.length + consistency.length}`, () => {
    test('there are both kinds, accepted and refused', () => {
      for (const kind of [inclusion, consistency])
        for (const wantErr of [true, false]) expect(kind.some((v) => v.wantErr === wantErr)).toBe(true);
    });
    test.each(inclusion)('inclusion/$name', (v) => expect(isIncluded(v)).toBe(!v.wantErr));
    test.each(consistency)('consistency/$name', (v) => expect(isConsistent(v)).toBe(!v.wantErr));
  });
} else {
  console.log('transparency-dev/merkle: external vectors not present: own vectors only');
}

if (existsSync(tesseraFolder)) {
  describe('external log of transparency-dev/tessera', () => {
    const script = readFileSync(join(tesseraFolder, 'build_log.sh'), 'utf8');
    const variable = (name: string) => new RegExp(`${name}="(.*)"`).exec(script)![1]!;
    const key = parseVerifierKey(variable('LOG_PUBLIC_KEY'));
    const fetchPath = async (path: string) => {
      const file = join(tesseraFolder, 'log', path);
      return existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined;
    };
    const sizes = Array.from({ length: 16 }, (_, size) => size);
    const notes = sizes.map((size) => readFileSync(join(tesseraFolder, `log/checkpoint.${size}`), 'utf8'));
    const checkpoints = notes.map((note) => {
      const opened = openCheckpoint(note, key);
      if (!opened.ok) throw new Error(opened.detail);
      return opened.checkpoint;
    });
    const readerOf = (size: number) => new TileReader(size, checkpoints[size]!.root, fetchPath);

    test('all 16 checkpoints are signed, and of the sizes they are named for', () => {
      expect(checkpoints.map(({ size }) => size)).toEqual(sizes);
    });

    test('every root is that of the entries; every inclusion and consistency proof verifies', async () => {
      const entries = await readerOf(15).readBundle(0);
      expect(entries).toHaveLength(15);
      let proofs = 0;
      for (const size of sizes) {
        const { root } = checkpoints[size]!;
        const reader = readerOf(size);
        const leafHashes = entries.slice(0, size).map(tree.hashLeaf);
        expect(tree.rootOfLeaves(leafHashes)).toEqual(root);
        if (size > 0) expect(await reader.readBundle(0)).toEqual(entries.slice(0, size));
        for (let index = 0; index < size; index++, proofs++) {
          const proof = await reader.proveInclusion(index);
          expect(tree.verifyInclusion(index, size, leafHashes[index]!, proof, root)).toBe(true);
        }
        for (let old = 1; old <= size; old++, proofs++) {
          const proof = await reader.proveConsistency(old);
          expect(tree.verifyConsistency(old, size, checkpoints[old]!.root, root, proof)).toBe(true);
        }
      }
      expect(proofs).toBe(240);
    });

    test('it audits clean, and from each of its checkpoints the newest follows', async () => {
      expect(await auditLog(fetchPath, key)).toMatchObject({ ok: true, entries: 15, findings: [] });
      for (const note of notes) expect(await followLog(fetchPath, key, note)).toMatchObject({ ok: true });
    });

    test('with its private key we write the same log, byte for byte', async () => {
      const signer = parseSignerKey(variable('LOG_PRIVATE_KEY'));
      const entries = await readerOf(15).readBundle(0);
      let state = emptyLog;
      for (const size of sizes) {
        const next = extend(state, entries.slice(state.size, size));
        for (const { path, bytes } of next.tiles) expect(await fetchPath(path), path).toEqual(bytes);
        expect(signCheckpoint(signer.name, size, next.root, signer)).toBe(notes[size]);
        expect(await resumeLog(size, next.root, fetchPath)).toEqual(next.state);
        state = next.state;
      }
    });
  });
} else {
  console.log('transparency-dev/tessera: external vectors not present: own vectors only');
}
