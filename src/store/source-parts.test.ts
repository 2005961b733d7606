// Parts of a text: together the text, none too long, none cut inside a character or, where it can be helped, a word.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textParts } from './source-parts.ts';

test('the parts are the text, in order, each within its length and of whole characters', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 2, max: 40 }),
      (words, most) => {
        const text = words.toWellFormed();
        const parts = textParts(text, most);
        expect(parts.map((part) => part.words).join('')).toBe(text);
        let start = 0;
        for (const part of parts) {
          expect(part.start).toBe(start);
          expect(part.words.length).toBeGreaterThan(0);
          expect(part.words.length).toBeLessThanOrEqual(most);
          expect(part.words.isWellFormed()).toBe(true);
          start += part.words.length;
        }
      },
    ),
  );
});

test('words stay whole; a word longer than a part does not', () => {
  expect(textParts('five words in small parts', 12).map((part) => part.words)).toEqual([
    'five words ',
    'in small ',
    'parts',
  ]);
  expect(textParts('x'.repeat(25), 10).map((part) => part.words.length)).toEqual([10, 10, 5]);
});
