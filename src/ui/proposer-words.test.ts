// Who proposed a record, in both languages.
import { expect, test } from 'vitest';
import english from '../../locales/en.json';
import french from '../../locales/fr.json';
import { wordsOf } from './messages.tsx';
import { filledInWords, proposersInWords } from './proposer-words.ts';

const en = wordsOf('en', english);
const fr = wordsOf('fr', french);
const rules = { proposer: 'constat-rules', version: '0.1', confidence: 0.8 };
const also = [{ proposer: 'llm', version: 'small-model-q4', filled: ['speaker', 'addressee'] }];

test('the rules and a model are named with their versions', () => {
  expect(proposersInWords(rules, en)).toBe('Rules 0.1');
  expect(proposersInWords({ proposer: 'llm', version: 'small-model-q4', confidence: 0.5 }, fr)).toBe(
    'Modèle small-model-q4',
  );
  expect(proposersInWords({ proposer: 'series-import', version: '1', confidence: 1 }, en)).toBe(
    'A table, imported by a person',
  );
  expect(proposersInWords({ ...rules, also }, en)).toBe('Rules 0.1 · Model small-model-q4');
  expect(proposersInWords({ proposer: 'other-program', version: '2', confidence: 0.5 }, en)).toBe(
    'other-program 2',
  );
});

test('what another filled is said, and of whom', () => {
  expect(filledInWords({ ...rules, also }, 'statement', en)).toEqual([
    'Speaker, To whom: filled by Model small-model-q4',
  ]);
  expect(filledInWords({ ...rules, also: [{ ...also[0]!, filled: [] }] }, 'statement', en)).toEqual([]);
  expect(filledInWords(rules, 'figure', en)).toEqual([]);
});
