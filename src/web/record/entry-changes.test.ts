// What an entry changed on a record, as its history tells it.
import { expect, test } from 'vitest';
import english from '../../../locales/en.json';
import french from '../../../locales/fr.json';
import { wordsOf } from '../../ui/messages.tsx';
import { changesOfEntry } from './entry-changes.ts';

const en = wordsOf('en', english);
const passage = (exact: string) => ({
  source: 's',
  rendition: 'r',
  exact,
  prefix: '',
  suffix: '',
  start: 0,
  end: 5,
  pages: [],
  anchor: 'exact',
});
const figure = {
  kind: 'figure',
  status: 'suggested',
  counted: 'tents',
  bound: 'exact',
  value: 400,
  low: null,
  high: null,
  unit: null,
  passages: [passage('400 tents')],
  version: 1,
};
const changes = (before: object | null, after: object | null, words = en) =>
  changesOfEntry('figure', { payload: { before, after } }, words, () => undefined).map((one) => [
    one.label.join(' › '),
    one.before,
    one.after,
  ]);

test('status, passage and numbers are told in words; what only the machine counts is not', () => {
  const after = {
    ...figure,
    status: 'accepted',
    bound: 'at-least',
    passages: [passage('at least 400 tents')],
    version: 2,
    updatedAt: 'later',
  };
  expect(changes(figure, after)).toEqual([
    ['Status', 'Suggested', 'Accepted'],
    ['The passage it rests on', '400 tents', 'at least 400 tents'],
    ['Amount', '400', 'at least 400'],
  ]);
  expect(changes(figure, after, wordsOf('fr', french)).map(([label]) => label)).toEqual([
    'État',
    'Le passage sur lequel elle repose',
    'Quantité',
  ]);
});

test('an entry that made or published the record, or was erased, changed nothing', () => {
  expect(changes(null, figure)).toEqual([]);
  expect(changes(figure, null)).toEqual([]);
  expect(changesOfEntry('figure', { payload: null }, en, () => undefined)).toEqual([]);
  expect(changesOfEntry('figure', { payload: { publication: 1, view: {} } }, en, () => undefined)).toEqual(
    [],
  );
});
