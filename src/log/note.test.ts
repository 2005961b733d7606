// Signed notes and keys: Go's published example, the form's limits, and forged signatures.

import { createPrivateKey, sign as nodeSign } from 'node:crypto';
import * as ed25519 from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes, decodeHex, encodeBase64, encodeUtf8 } from './bytes.ts';
import { LogError } from './error.ts';
import * as note from './note.ts';

// The key, text and signature that the documentation of golang.org/x/mod/sumdb/note gives as its example.
const GO = {
  skey: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  signature:
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};
const seedOf = (byte: number) => new Uint8Array(32).fill(byte);
const alice = note.makeSignerKey('example.org/a', seedOf(1));
const bob = note.makeSignerKey('example.org/b', seedOf(2));

describe('keys', () => {
  test("Go's example keys are read and written back", () => {
    const signer = note.parseSignerKey(GO.skey);
    expect(note.encodeSignerKey(signer)).toBe(GO.skey);
    expect(note.encodeVerifierKey(signer)).toBe(GO.vkey);
    expect(note.parseVerifierKey(GO.vkey)).toEqual({
      name: signer.name,
      id: signer.id,
      publicKey: signer.publicKey,
    });
  });

  test('every seed and name round trip', () => {
    const name = fc.stringMatching(/^[a-z0-9./é-]{1,20}$/);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), name, (seed, keyName) => {
        const key = note.makeSignerKey(keyName, seed);
        expect(note.parseSignerKey(note.encodeSignerKey(key))).toEqual(key);
        const { seed: _secret, ...verifier } = key;
        expect(note.parseVerifierKey(note.encodeVerifierKey(key))).toEqual(verifier);
      }),
      { numRuns: 15 },
    );
  });

  test('no changed character of a verifier key is read', () => {
    for (let at = 0; at < GO.vkey.length; at++)
      for (const char of ['A', 'b', '+', ' ', '=', '7']) {
        if (GO.vkey[at] === char) continue;
        const changed = GO.vkey.slice(0, at) + char + GO.vkey.slice(at + 1);
        expect(() => note.parseVerifierKey(changed), changed).toThrow(LogError);
      }
  });

  test.each([
    ['', 'nothing'],
    ['PeterNeumann', 'no key'],
    [`${GO.vkey}\n`, 'a newline'],
    [GO.vkey.replace('c74f20a3', 'C74F20A3'), 'an ID in capitals'],
    [GO.skey, 'a private key'],
  ])('refuses the verifier key %j: %s', (vkey) => {
    expect(() => note.parseVerifierKey(vkey)).toThrow(LogError);
  });

  test('refuses keys under which anything verifies, and seeds of the wrong length', () => {
    const identity = new Uint8Array(32).with(0, 1);
    expect(() => note.makeVerifierKey('x', identity)).toThrow(LogError);
    expect(() => note.makeVerifierKey('x', new Uint8Array(32))).toThrow(LogError);
    expect(() => note.makeVerifierKey('x', new Uint8Array(32).fill(255))).toThrow(LogError);
    expect(() => note.makeSignerKey('x', seedOf(1).slice(1))).toThrow(LogError);
    expect(() => note.parseSignerKey(GO.vkey)).toThrow(LogError);
    expect(() => note.parseSignerKey(GO.skey.replace('c74f20a3', 'c74f20a4'))).toThrow(LogError);
  });

  test('refuses names that a signature line could not carry', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\u2003', 'a\u0085', 'a\nb', 'a\u0001'])
      expect(() => note.makeSignerKey(name, seedOf(1)), JSON.stringify(name)).toThrow(LogError);
  });

  test('an error never shows the private key', () => {
    try {
      note.parseSignerKey(GO.skey.replace('c74f20a3', 'c74f20a4'));
    } catch (error) {
      expect(String(error)).not.toContain('AYEKFALVFGyN');
    }
    expect.assertions(1);
  });
});

describe('signing and opening', () => {
  test("Go's example note: the same bytes are signed, and open", () => {
    const signed = note.signNote(GO.text, [note.parseSignerKey(GO.skey)]);
    expect(signed).toBe(`${GO.text}\n${GO.signature}`);
    const opened = note.openNote(signed, [note.parseVerifierKey(GO.vkey)]);
    expect(opened).toMatchObject({ ok: true, text: GO.text, unverified: [] });
  });

  test('signs as Node does', () => {
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), alice.seed]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const opened = note.openNote(note.signNote('é\n', [alice]), [alice]);
    expect(opened.ok && opened.verified[0]!.signature).toEqual(
      new Uint8Array(nodeSign(null, Buffer.from('é\n'), key)),
    );
  });

  test('a text may contain blank lines; the last one separates', () => {
    const text = 'one\n\n— not a signature\n\nthree\n';
    expect(note.openNote(note.signNote(text, [alice]), [alice])).toMatchObject({ ok: true, text });
  });

  test('unknown signatures are kept and do not count', () => {
    const signed = note.signNote('text\n', [alice, bob]);
    const opened = note.openNote(signed, [bob]);
    expect(opened).toMatchObject({
      ok: true,
      verified: [{ name: bob.name }],
      unverified: [{ name: alice.name }],
    });
    expect(note.openNote(note.signNote('text\n', [alice]), [bob])).toMatchObject({
      ok: false,
      code: 'unknown-signer',
    });
    // Same name, other key: not a known key.
    const namesake = note.makeSignerKey(alice.name, seedOf(3));
    expect(note.openNote(note.signNote('text\n', [namesake]), [alice])).toMatchObject({
      code: 'unknown-signer',
    });
  });

  test('one wrong signature of a known key refuses the whole note', () => {
    const other = note.signNote('other\n', [bob]).split('\n\n')[1]!;
    const signed = note.signNote('text\n', [alice]) + other;
    expect(note.openNote(signed, [alice, bob])).toMatchObject({ ok: false, code: 'bad-signature' });
    expect(note.openNote(signed, [alice])).toMatchObject({ ok: true });
  });

  test('a repeated line counts once; a second, different signature by the same key is checked', () => {
    const signed = note.signNote('text\n', [alice]);
    const line = signed.split('\n\n')[1]!;
    const opened = note.openNote(signed + line, [alice]);
    expect(opened.ok && opened.verified).toHaveLength(1);
    const wrong = note.signNote('other\n', [alice]).split('\n\n')[1]!;
    expect(note.openNote(signed + wrong, [alice])).toMatchObject({ code: 'bad-signature' });
  });

  test('signing again adds a signature, and replaces that of the same key', () => {
    const opened = note.openNote(note.signNote('text\n', [alice]), [alice]);
    if (!opened.ok) throw new Error(opened.detail);
    expect(note.signNote('text\n', [bob], opened.verified)).toBe(note.signNote('text\n', [alice, bob]));
    expect(note.signNote('text\n', [alice], opened.verified)).toBe(note.signNote('text\n', [alice]));
  });

  test('at least 16 signatures are read; more than 100 are not', () => {
    const signed = note.signNote('text\n', [alice]);
    const unknown = (count: number) =>
      Array.from({ length: count }, (_, i) => `— example.org/${i} AAAAAAAA\n`).join('');
    const opened = note.openNote(signed + unknown(99), [alice]);
    expect(opened.ok && opened.unverified).toHaveLength(99);
    expect(note.openNote(signed + unknown(100), [alice])).toMatchObject({ code: 'malformed' });
    expect(note.openNote('a'.repeat(1_000_000) + signed, [alice])).toMatchObject({ code: 'malformed' });
  });

  test.each([
    ['', 'nothing'],
    ['text\n', 'no signatures'],
    ['text\n\n', 'an empty signature block'],
    [`text\n\n${GO.signature.trimEnd()}`, 'no last newline'],
    [`text\n\n${GO.signature.replace('—', '-')}`, 'a hyphen for the dash'],
    [`text\n\n${GO.signature.replace('— ', '—  ')}`, 'two spaces'],
    [`text\n\n${GO.signature.replace('— ', '—\u00a0')}`, 'another space'],
    [`text\n\n${GO.signature.replace('\n', ' \n')}`, 'a space at the end'],
    ['text\n\n— PeterNeumann\n', 'no base64'],
    ['text\n\n— PeterNeumann x08gow==\n', 'only a key ID'],
    [`te\u0000xt\n\n${GO.signature}`, 'a control character'],
    [`te\txt\n\n${GO.signature}`, 'a tab'],
    [`text\r\n\r\n${GO.signature}`, 'Windows line ends'],
    [`te\ud800xt\n\n${GO.signature}`, 'half a surrogate pair'],
  ])('%j is no signed note: %s', (text) => {
    expect(note.openNote(text, [note.parseVerifierKey(GO.vkey)])).toMatchObject({
      ok: false,
      code: 'malformed',
    });
  });

  test('bytes that are not UTF-8 are no note', () => {
    const bytes = encodeUtf8(note.signNote('text\n', [alice]));
    expect(note.openNote(bytes, [alice])).toMatchObject({ ok: true });
    expect(note.openNote(bytes.with(0, 0xff), [alice])).toMatchObject({ ok: false, code: 'malformed' });
  });

  test('refuses to sign what is no note text', () => {
    for (const text of ['', 'no newline', 'a\tb\n', 'a\r\n', '\ud800\n'])
      expect(() => note.signNote(text, [alice]), JSON.stringify(text)).toThrow(LogError);
  });

  test('a signature with S beyond the group order is not a second form of the same one', () => {
    const signed = note.openNote(note.signNote('text\n', [alice]), [alice]);
    if (!signed.ok) throw new Error(signed.detail);
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const signature = signed.verified[0]!.signature.slice();
    let s = 0n;
    for (let i = 63; i >= 32; i--) s = (s << 8n) | BigInt(signature[i]!);
    s += order;
    for (let i = 32; i < 64; i++, s >>= 8n) signature[i] = Number(s & 255n);
    const id = decodeHex(alice.id);
    const line = `— ${alice.name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
    expect(note.openNote(`text\n\n${line}`, [alice])).toMatchObject({ ok: false, code: 'bad-signature' });
  });

  test('a signature whose R is a second encoding of the neutral point is refused', () => {
    // Only the key's owner can make one: S = k · a fits R = 0, here written as y = p + 1 instead of y = 1.
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const signed = (R: Uint8Array) => {
      const challenge = sha512(concatBytes([R, alice.publicKey, encodeUtf8('text\n')]));
      let k = 0n;
      for (const byte of challenge.toReversed()) k = (k << 8n) | BigInt(byte);
      let s = (k * ed25519.utils.getExtendedPublicKey(alice.seed).scalar) % order;
      const signature = concatBytes([R, new Uint8Array(32)]);
      for (let i = 32; i < 64; i++, s >>= 8n) signature[i] = Number(s & 255n);
      return note.openNote(
        `text\n\n— ${alice.name} ${encodeBase64(concatBytes([decodeHex(alice.id), signature]))}\n`,
        [alice],
      );
    };
    expect(signed(new Uint8Array(32).with(0, 1)).ok).toBe(true);
    expect(signed(new Uint8Array(32).fill(255).with(0, 0xee).with(31, 0x7f))).toMatchObject({
      ok: false,
      code: 'bad-signature',
    });
  });
});
