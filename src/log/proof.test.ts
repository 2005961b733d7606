// Proof files: every entry of logs of many sizes is proven; every changed byte is seen.

import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from './bytes.ts';
import { signCheckpoint } from './checkpoint.ts';
import { makeLeaf } from './entry.ts';
import { LogError } from './error.ts';
import { makeSignerKey } from './note.ts';
import * as proof from './proof.ts';
import { emptyLog, extend } from './sequence.ts';
import { TileReader } from './tile.ts';

const signer = makeSignerKey('example.org/log', new Uint8Array(32).fill(7));
const saltOf = (n: number) => sha256(Uint8Array.of(n >> 8, n & 255));
const leaves = Array.from({ length: 300 }, (_, i) =>
  makeLeaf(
    { at: '2026-01-02T03:04:05.678Z', who: 'u1', action: 'figure.accept', dossier: 'd1', subject: `f${i}` },
    saltOf(2 * i),
    { n: i },
    saltOf(2 * i + 1),
  ),
);

/** The log of the first `size` leaves: its signed checkpoint and a reader. */
function logOf(size: number) {
  const { tiles, root } = extend(emptyLog, leaves.slice(0, size));
  const files = new Map(tiles.map(({ path, bytes }) => [path, bytes]));
  const reader = new TileReader(size, root, async (path) => files.get(path));
  return { reader, checkpoint: signCheckpoint(signer.name, size, root, signer) };
}

const log = logOf(300);
const file = await proof.makeProof(log.reader, 77, log.checkpoint);

describe('file', () => {
  test('has the form of the specification', () => {
    const lines = file.split('\n');
    expect(lines.slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 77']);
    expect(lines[11]).toBe('');
    expect(file.endsWith(`\n\n${log.checkpoint}`)).toBe(true);
  });

  test('round trip', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const any = fc.record(
      {
        index: fc.maxSafeNat(),
        hashes: fc.array(hash, { maxLength: 63 }),
        checkpoint: fc.constantFrom(log.checkpoint, 'any\n\ntext\n'),
        extra: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      },
      { requiredKeys: ['index', 'hashes', 'checkpoint'] },
    );
    fc.assert(
      fc.property(any, (value) => {
        const text = proof.encodeProof(value);
        expect(proof.parseProof(text)).toEqual(value);
        expect(proof.parseProof(encodeUtf8(text))).toEqual(value);
      }),
    );
  });

  test.each([
    ['', 'nothing'],
    [file.replace('@v1', '@v2'), 'another version'],
    [file.replace('\n', '\r\n'), 'a carriage return'],
    [file.replace('index 77', 'index 077'), 'a leading zero'],
    [file.replace('index 77', 'index  77'), 'two spaces'],
    [file.replace('index 77\n', ''), 'no index'],
    [file.replace('index 77', 'extra \nindex 77'), 'an empty extra line'],
    [file.replace('index 77', 'extra AQ==\nextra AQ==\nindex 77'), 'two extra lines'],
    [file.replace('index 77', 'extra AR==\nindex 77'), 'extra data not canonical'],
    [file.replace('index 77', 'index 77\nextra AQ=='), 'extra after the index'],
    [file.replace('=\n', '=\nAAAA\n'), 'a short hash'],
    [file.replace('index 77', `index 77${`\n${'A'.repeat(43)}=`.repeat(64)}`), 'too many hashes'],
    [`\n${file}`, 'an empty first line'],
    [file.slice(0, 200), 'cut short'],
  ])('refuses a file: %#: %s', (bad, _why) => {
    expect(() => proof.parseProof(bad)).toThrow(LogError);
    expect(proof.verifyProof(bad, leaves[77]!, signer)).toMatchObject({ ok: false, code: 'malformed' });
  });

  test('refuses to write an unsafe index or a short hash', () => {
    const value = { index: 0, hashes: [], checkpoint: log.checkpoint };
    expect(() => proof.encodeProof({ ...value, index: 2 ** 53 })).toThrow(LogError);
    expect(() => proof.encodeProof({ ...value, hashes: [new Uint8Array(31)] })).toThrow(LogError);
  });
});

describe('verification', () => {
  test('every entry of logs of many sizes is proven', async () => {
    for (const size of [1, 2, 3, 7, 8, 255, 256, 257, 300]) {
      const { reader, checkpoint } = logOf(size);
      const verify = proof.proofVerifier(signer);
      for (let index = 0; index < size; index++) {
        const text = await proof.makeProof(reader, index, checkpoint);
        expect(verify(text, leaves[index]!)).toMatchObject({ ok: true, index, checkpoint: { size } });
        if (size > 1)
          expect(verify(text, leaves[(index + 1) % size]!)).toMatchObject({
            ok: false,
            code: 'not-included',
          });
      }
    }
  });

  test('extra data is carried and changes nothing', () => {
    const parsed = proof.parseProof(file);
    const text = proof.encodeProof({ ...parsed, extra: Uint8Array.of(1, 2) });
    expect(proof.verifyProof(text, leaves[77]!, signer)).toMatchObject({ ok: true });
  });

  test('says why it refuses', () => {
    const stranger = makeSignerKey(signer.name, new Uint8Array(32).fill(8));
    expect(proof.verifyProof(file, leaves[77]!, stranger)).toMatchObject({ code: 'unknown-signer' });
    expect(proof.verifyProof(file, leaves[77]!, signer, 'example.org/2')).toMatchObject({
      code: 'wrong-origin',
    });
    const grown = file.replace('\n300\n', '\n301\n');
    expect(proof.verifyProof(grown, leaves[77]!, signer)).toMatchObject({ code: 'bad-signature' });
  });

  test('no changed, added or lost byte of the file goes unseen', () => {
    const bytes = encodeUtf8(file);
    // One verifier for all: a checkpoint remembered must not hide a change.
    const verify = proof.proofVerifier(signer);
    expect(verify(bytes, leaves[77]!).ok).toBe(true);
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 2, 0x20, 0x80])
        expect(verify(bytes.with(at, bytes[at]! ^ bit), leaves[77]!).ok, `byte ${at} ^ ${bit}`).toBe(false);
      const lost = Buffer.concat([bytes.slice(0, at), bytes.slice(at + 1)]);
      expect(verify(lost, leaves[77]!).ok, `without byte ${at}`).toBe(false);
      const added = Buffer.concat([bytes.slice(0, at), bytes.slice(at, at + 1), bytes.slice(at)]);
      expect(verify(added, leaves[77]!).ok, `byte ${at} twice`).toBe(false);
    }
  });

  test('random bytes in random places are seen', () => {
    const bytes = encodeUtf8(file);
    const verify = proof.proofVerifier(signer);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        fc.pre(bytes[at] !== byte);
        expect(verify(bytes.with(at, byte), leaves[77]!).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('no changed byte of the leaf goes unseen', () => {
    const leaf = leaves[77]!;
    const verify = proof.proofVerifier(signer);
    for (let at = 0; at < leaf.length; at++)
      for (let bit = 1; bit < 256; bit *= 2)
        expect(verify(file, leaf.with(at, leaf[at]! ^ bit)).ok, `byte ${at} ^ ${bit}`).toBe(false);
    expect(verify(file, leaf.slice(1)).ok).toBe(false);
  });

  test('more checkpoints than are remembered', async () => {
    const verify = proof.proofVerifier(signer);
    for (const round of [1, 2])
      for (let size = 1; size <= 20; size++) {
        const { reader, checkpoint } = logOf(size);
        const verdict = verify(await proof.makeProof(reader, size - 1, checkpoint), leaves[size - 1]!);
        expect(verdict, `round ${round}`).toMatchObject({ ok: true, checkpoint: { size } });
      }
  });
});
