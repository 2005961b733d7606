// Bytes and text: one encoding for each value, and nothing else is read.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as bytes from './bytes.ts';
import { LogError } from './error.ts';

test('base64 and hex round trip and agree with Node', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (value) => {
      const base64 = bytes.encodeBase64(value);
      expect(base64).toBe(Buffer.from(value).toString('base64'));
      expect(bytes.decodeBase64(base64)).toEqual(value);
      const hex = bytes.encodeHex(value);
      expect(hex).toBe(Buffer.from(value).toString('hex'));
      expect(bytes.decodeHex(hex)).toEqual(value);
    }),
  );
});

test('whatever base64 is accepted is the encoding of what was read', () => {
  const nearBase64 = fc.string({ unit: fc.constantFrom(...'AQgwZz09+/=-_ \n\té'), maxLength: 12 });
  let accepted = 0;
  fc.assert(
    fc.property(nearBase64, (text) => {
      let value: Uint8Array;
      try {
        value = bytes.decodeBase64(text);
      } catch (error) {
        expect(error).toBeInstanceOf(LogError);
        return;
      }
      accepted++;
      expect(bytes.encodeBase64(value)).toBe(text);
    }),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(10);
});

test.each([
  ['QQ', 'padding missing'],
  ['QR==', 'unused bits not zero'],
  ['QUF=', 'unused bits not zero'],
  ['QQ= ', 'white space'],
  ['QQ==\n', 'line break'],
  ['Q===', 'too much padding'],
  ['====', 'nothing but padding'],
  ['QQ==QQ==', 'padding inside'],
  ['QQ-_', 'the other alphabet'],
  ['QQQé', 'not ASCII'],
])('refuses base64 %j: %s', (text) => {
  expect(() => bytes.decodeBase64(text)).toThrow(LogError);
});

test.each(['A0', '0', '0g', 'Ff', '0 '])('refuses hex %j', (text) => {
  expect(() => bytes.decodeHex(text)).toThrow(LogError);
});

test('UTF-8 keeps a byte order mark and refuses what is no text', () => {
  const withMark = Uint8Array.of(0xef, 0xbb, 0xbf, 0x61);
  expect(bytes.decodeUtf8(withMark)).toBe('\ufeffa');
  expect(bytes.encodeUtf8('\ufeffa')).toEqual(withMark);
  expect(() => bytes.decodeUtf8(Uint8Array.of(0x61, 0xff))).toThrow(LogError);
  expect(() => bytes.decodeUtf8(Uint8Array.of(0xc0, 0x80))).toThrow(LogError);
  for (const half of ['\ud800', 'a\udc00', '\udc00\ud800', '\ud83d\ud83d\ude00'])
    expect(() => bytes.encodeUtf8(half)).toThrow(LogError);
  expect(bytes.decodeUtf8(bytes.encodeUtf8('😀é'))).toBe('😀é');
});

test('compares as Buffer does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ maxLength: 4 }), (a, b) => {
      expect(Math.sign(bytes.compareBytes(a, b))).toBe(Buffer.compare(a, b));
      expect(bytes.equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0);
      expect(bytes.concatBytes([a, b])).toEqual(new Uint8Array(Buffer.concat([a, b])));
    }),
  );
});

test('a decimal has one form and stays exact', () => {
  expect(bytes.parseDecimal('0', 'x')).toBe(0);
  expect(bytes.parseDecimal('9007199254740991', 'x')).toBe(Number.MAX_SAFE_INTEGER);
  for (const text of ['', '00', '01', '-1', '+1', '1.0', '1e3', ' 1', '1\n', '9007199254740992', '٣'])
    expect(() => bytes.parseDecimal(text, 'x')).toThrow(LogError);
});
