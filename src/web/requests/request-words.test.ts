// How requests stand, in words and in order.
import { expect, test } from 'vitest';
import english from '../../../locales/en.json';
import type { Request } from '../../record/request.ts';
import { wordsOf } from '../../ui/messages.tsx';
import { byDate, stateInWords } from './request-words.ts';

const en = wordsOf('en', english);
const request = (change: Partial<Request>): Request =>
  ({
    ...{ askedOn: '2021-05-01', due: '2021-05-10', outcome: 'waiting', answeredOn: null },
    ...{ id: 'a', createdAt: '2021-05-01T10:00:00.000Z' },
    ...change,
  }) as Request;

test.each<[Partial<Request>, string, string]>([
  [{}, '2021-05-01', 'waiting since today'],
  [{}, '2021-05-02', 'waiting for 1 day'],
  // The day itself is still waiting.
  [{}, '2021-05-10', 'waiting for 9 days'],
  [{}, '2021-05-11', 'overdue by 1 day'],
  [{}, '2021-06-10', 'overdue by 31 days'],
  [{ due: null }, '2021-05-31', 'waiting for 30 days'],
  // In a month that is not over yet.
  [{ due: '2021-05' }, '2021-05-31', 'waiting for 30 days'],
  [{ due: '2021-05' }, '2021-06-01', 'overdue by 1 day'],
  [{ outcome: 'answered', answeredOn: '2021-05-04' }, '2021-06-01', 'answered on 4 May 2021'],
  [{ outcome: 'answered' }, '2021-06-01', 'answered'],
  [{ outcome: 'declined' }, '2021-06-01', 'declined to answer'],
  [{ outcome: 'no-response' }, '2021-05-02', 'no response'],
])('%o on %s is %s', (change, day, words) => {
  expect(stateInWords(request(change), day, en)).toBe(words);
});

test('the newest come first; those of one day as they were written down', () => {
  const list = [
    request({ id: 'old', askedOn: '2020' }),
    request({ id: 'first' }),
    request({ id: 'second', createdAt: '2021-05-01T11:00:00.000Z' }),
    request({ id: 'new', askedOn: '2021-06-01' }),
  ];
  expect(byDate(list).map(({ id }) => id)).toEqual(['new', 'second', 'first', 'old']);
});
