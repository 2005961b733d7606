// Checkpoints: strict text, and no changed byte of a signed one goes unseen.

import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from './bytes.ts';
import * as checkpoint from './checkpoint.ts';
import { LogError } from './error.ts';
import { makeSignerKey, signNote } from './note.ts';
import { emptyRoot } from './tree.ts';

const signer = makeSignerKey('example.org/log', new Uint8Array(32).fill(7));
const root = sha256(Uint8Array.of(1, 2, 3));
const ROOT = 'A5BYxvLAy0ksUzsKTRTvd8wPeKvMztUofYShogEc+4E=';
const text = checkpoint.encodeCheckpoint({ origin: signer.name, size: 20_852_163, root, extensions: [] });

describe('text', () => {
  test('three lines', () => {
    expect(Buffer.from(root).toString('base64')).toBe(ROOT);
    expect(text).toBe(`example.org/log\n20852163\n${ROOT}\n`);
  });

  test('round trip, extension lines included', () => {
    const line = fc.string({ minLength: 1, unit: fc.constantFrom(...'ab é—0\r') });
    const size = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(line, size, hash, fc.array(line, { maxLength: 3 }), (origin, n, h, extensions) => {
        const value = { origin, size: n, root: h, extensions };
        expect(checkpoint.parseCheckpoint(checkpoint.encodeCheckpoint(value))).toEqual(value);
      }),
    );
  });

  test.each([
    ['', 'nothing'],
    [text.slice(0, -1), 'no last newline'],
    [`${text}\n`, 'an empty extension line'],
    [`\n20852163\n${ROOT}\n`, 'an empty origin'],
    [`o\n020852163\n${ROOT}\n`, 'a leading zero'],
    [`o\n-1\n${ROOT}\n`, 'a negative size'],
    [`o\n1e3\n${ROOT}\n`, 'a size that is not decimal'],
    [`o\n9007199254740992\n${ROOT}\n`, 'a size that is not exact'],
    [`o\n1\n${ROOT.slice(0, -1)}\n`, 'no padding'],
    [`o\n1\n${ROOT.replace('E=', 'F=')}\n`, 'unused bits'],
    ['o\n1\nAAAA\n', 'a short root'],
    [`o\n1\n`, 'two lines'],
    [`o\n0\n${ROOT}\n`, 'an empty log whose root is not the empty root'],
  ])('refuses %j: %s', (bad) => {
    expect(() => checkpoint.parseCheckpoint(bad)).toThrow(LogError);
  });

  test('refuses to write what could not be read', () => {
    const good = { origin: 'o', size: 1, root, extensions: [] as string[] };
    for (const bad of [
      { origin: '' },
      { origin: 'a\nb' },
      { size: -1 },
      { size: 2 ** 53 },
      { root: root.slice(1) },
      { extensions: [''] },
      { size: 0 },
    ])
      expect(() => checkpoint.encodeCheckpoint({ ...good, ...bad })).toThrow(LogError);
    expect(checkpoint.encodeCheckpoint({ ...good, size: 0, root: emptyRoot() })).toContain('\n0\n');
  });
});

describe('signed', () => {
  const signed = checkpoint.signCheckpoint(signer.name, 5, root, signer);

  test('opens with its key and origin', () => {
    expect(checkpoint.openCheckpoint(signed, signer)).toEqual({
      ok: true,
      checkpoint: { origin: signer.name, size: 5, root, extensions: [] },
      unverified: [],
    });
  });

  test('is refused under another origin or key, and when it is another kind of note', () => {
    const stranger = makeSignerKey('example.org/other', new Uint8Array(32).fill(8));
    expect(checkpoint.openCheckpoint(signed, signer, 'example.org/2')).toMatchObject({
      code: 'wrong-origin',
    });
    expect(checkpoint.openCheckpoint(signed, stranger, signer.name)).toMatchObject({
      code: 'unknown-signer',
    });
    expect(checkpoint.openCheckpoint(signNote('hello\n', [signer]), signer)).toMatchObject({
      code: 'malformed',
    });
  });

  test('no changed, added or lost byte goes unseen', () => {
    const bytes = encodeUtf8(signed);
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 0x20, 0x80])
        expect(
          checkpoint.openCheckpoint(bytes.with(at, bytes[at]! ^ bit), signer).ok,
          `byte ${at} ^ ${bit}`,
        ).toBe(false);
      const lost = Buffer.concat([bytes.slice(0, at), bytes.slice(at + 1)]);
      expect(checkpoint.openCheckpoint(lost, signer).ok, `without byte ${at}`).toBe(false);
      const added = Buffer.concat([bytes.slice(0, at), bytes.slice(at, at + 1), bytes.slice(at)]);
      expect(checkpoint.openCheckpoint(added, signer).ok, `byte ${at} twice`).toBe(false);
    }
  });
});
