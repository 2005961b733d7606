// Which passwords are too easily guessed, and which sentences are not.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isGuessable } from './weak-password.ts';

test.each([
  ...['password1234', 'Password123!', 'passwordpassword', 'P4ssw0rd2024', 'motdepasse123', 'MotDePasse2025!'],
  ...['123456789012', '1234567890123', 'aaaaaaaaaaaa', 'abcabcabcabc', 'azertyuiop123', 'qwertyuiop12'],
  ...[
    'qwerty123456',
    '1q2w3e4r5t6y'.repeat(2),
    'iloveyou1234',
    'administrator',
    'letmein12345',
    'constatconstat',
  ],
  ...['abcdefghijkl', 'zyxwvutsrqpo', 'changeme1234', 'bienvenue2024', '111111111111', '000000000000!'],
])('“%s” is guessed first', (password) => {
  expect(isGuessable(password)).toBe(true);
});

test.each([
  ...['three tents by the canal', 'a sentence nobody guesses', 'trois tentes près du canal', 'vK8#mQx2!pLr'],
  ...['correct horse battery', 'la mer monte à Calais', 'хорошее длинное слово', 'الجملة الطويلة أسهل'],
])('“%s” is not', (password) => {
  expect(isGuessable(password)).toBe(false);
});

test('the owner’s own name is no password', () => {
  expect(isGuessable('observerobserver12', ['an observer'])).toBe(true);
  expect(isGuessable('margate-tides-2019', ['Margate Tides'])).toBe(true);
  expect(isGuessable('margate-tides-2019')).toBe(false);
});

test('every text is judged, in time that does not run away', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      expect(typeof isGuessable(text, [text])).toBe('boolean');
    }),
  );
  expect(isGuessable('a'.repeat(500))).toBe(true);
});

test('random letters are never taken for words', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'bdgkvz79'), { minLength: 24, maxLength: 60 }), (letters) => {
      fc.pre(new Set(letters).size > 6);
      // Runs and repetition can hide in random letters, but never all of so many.
      expect(isGuessable(letters.join(''))).toBe(false);
    }),
  );
});
