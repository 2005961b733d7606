// Sealed words are found as whole words, whatever their case and accents, and in any depth.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namesIn, wordFinder } from './sealed-words.ts';

test('a name is found as a whole word, without case and accents', () => {
  const finds = wordFinder(['Zoé Amsel', 'Quor', 'Al']);
  expect(finds('ZOE  AMSEL, said the clerk')).toBe(true);
  expect(finds({ passages: [{ prefix: 'and so zoé-amsel went' }] })).toBe(true);
  expect(finds('Zoé and Amsel')).toBe(false);
  expect(finds('a quorum')).toBe(false);
  expect(finds('the quor’s place')).toBe(true);
  // Too short to be looked for.
  expect(finds('Al was there')).toBe(false);
  expect(wordFinder([])('anything')).toBe(false);
});

test('names are those of parties and places, in any depth', () => {
  const acts = [
    { perpetrators: [{ party: { actor: null, name: 'a clerk', role: 'clerk' } }], method: 'by hand' },
  ];
  expect(namesIn(acts)).toEqual(['a clerk']);
  expect(namesIn('a clerk')).toEqual([]);
});

test('a word is found wherever it is put', () => {
  const Word = fc.stringMatching(/^[a-zé]{4,12}( [a-z]{4,12})?$/);
  fc.assert(
    fc.property(Word, fc.lorem(), fc.lorem(), (word, before, after) => {
      expect(wordFinder([word])([`${before}, ${word.toUpperCase()}; ${after}`])).toBe(true);
    }),
  );
});
