/** That a canary is found in every form: otherwise finding none would say nothing. */
import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { canary, findCanaries, holdsSecret } from './canary-search.ts';
import { pdf } from './fixtures/pdf.ts';
import { zip } from './fixtures/zip.ts';

const word = canary(42);
const found = (bytes: Uint8Array | string) => [...findCanaries(Buffer.from(bytes)).keys()];

test('as it is, in capitals, in UTF-16, hexadecimal, URLs, JSON and every base64', () => {
  const forms: (Uint8Array | string)[] = [
    `before ${word} after`,
    word.toUpperCase(),
    Buffer.from(`é ${word}`, 'utf16le'),
    Buffer.from(`é ${word}`, 'utf16le').swap16(),
    Buffer.from(word).toString('hex'),
    encodeURIComponent(`“${word}”`),
    JSON.stringify({ [`\n${word}`]: 1 }),
    ...['', 'a', 'ab', 'abc', 'abcd'].map((before) =>
      Buffer.from(`${before}${word} and more`).toString('base64'),
    ),
    Buffer.from(`?>${word}`).toString('base64url'),
  ];
  for (const form of forms) expect(found(form)).toEqual([word]);
});

test('inside what is packed, and packed again', () => {
  const packed = [
    gzipSync(`some text ${word}`),
    zip([{ name: 'a.txt', data: `a file with ${word} in it` }]),
    zip([{ name: 'in.zip', data: zip([{ name: 'b', data: Buffer.from(word).toString('base64') }]) }]),
    pdf([[{ words: word, x: 70, y: 700 }]]),
    Buffer.concat([Buffer.from('zTXtComment\0\0'), deflateSync(word)]),
  ];
  for (const bytes of packed) expect(found(bytes)).toEqual([word]);
});

test('other words are none', () => {
  expect(found(`${word.slice(0, -1)} zqxcanar zqxcanary`)).toEqual([]);
  expect(holdsSecret(Buffer.from('c2VjcmV0LXNlY3JldA'), 'secret-secret')).toBe(true);
  expect(holdsSecret(Buffer.from('another'), 'secret-secret')).toBe(false);
});
