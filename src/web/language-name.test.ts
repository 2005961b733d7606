// Languages by name.
import { expect, test } from 'vitest';
import { languageName, languageOptions } from './language-name.ts';

test('are named in the reader’s language; what is no language keeps its tag', () => {
  expect(languageName('en', 'fr')).toBe('French');
  expect(languageName('fr', 'fr')).toBe('français');
  expect(languageName('en', '??')).toBe('??');
});

test('a language that is not on offer is among the choices when a source is in it', () => {
  expect(languageOptions('en', 'sw').some(({ value }) => value === 'sw')).toBe(true);
  expect(languageOptions('en', null).some(({ value }) => value === 'sw')).toBe(false);
});
