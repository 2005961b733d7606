// Problems in the person's language.
import { describe, expect, test } from 'vitest';
import english from '../../locales/en.json';
import french from '../../locales/fr.json';
import { PROBLEM_CODES, problem } from '../record/problem.ts';
import { wordsOf } from './messages.tsx';
import { problemInWords, valuesIn } from './problem-words.ts';

const en = wordsOf('en', {});
const fr = wordsOf('fr', french);

describe('a problem', () => {
  test('is told by its code and details', () => {
    const taken = problem('dossier.slug-taken', { slug: 'calais' });
    expect(problemInWords(taken, fr)).toBe(
      'Un dossier a déjà l’adresse « calais ». Choisissez-en une autre.',
    );
  });

  test('of which only the sentence was kept is told as well', () => {
    const { code, message } = problem('read.unsupported', { mediaType: 'image/jpeg' });
    expect(problemInWords({ code, message }, fr)).toContain('image/jpeg');
    expect(problemInWords({ code, message }, fr)).toMatch(/^Les fichiers/);
  });

  test('that this screen does not know keeps the server’s sentence', () => {
    expect(problemInWords({ code: 'of.tomorrow', message: 'Something new.' }, fr)).toBe('Something new.');
    expect(problemInWords({ code: 'read.encoding', message: 'Worded otherwise.' }, fr)).toBe(
      'Worded otherwise.',
    );
  });
});

test('English sentences are the server’s, so that they can be read back', () => {
  const anything = new Proxy({}, { get: (_, name) => `<${String(name)}>` }) as never;
  const differing = PROBLEM_CODES.filter((code) => {
    const sentence = problem(code, anything).message;
    const message = english[`problem.${code}`];
    return !/\{\w+\s*,/.test(message) && sentence !== message.replace(/\{(\w+)\}/g, '<$1>');
  });
  expect(differing).toEqual([]);
  expect(problemInWords(problem('request.too-many', { seconds: 1 }), en)).toContain('1 second ');
});

test('what a sentence was made with is read back, whatever stands in it', () => {
  expect(valuesIn('A {a} (of {b}).', 'A x.*$ (of y.).')).toEqual({ a: 'x.*$', b: 'y.' });
  expect(valuesIn('No values.', 'No values.')).toEqual({});
  expect(valuesIn('A {a}.', 'Something else.')).toBeNull();
  expect(valuesIn('{n, plural, one {#} other {#s}}', '2s')).toBeNull();
});
