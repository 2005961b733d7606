// The order of the queue, where the focus goes, and what one decision may be taken for.
import { describe, expect, test } from 'vitest';
import type { AnyRecord } from '../../ui/record-words.ts';
import {
  alike,
  certainty,
  countsOf,
  FIRST_VIEW,
  focusAfter,
  progressOf,
  proposersOf,
  queueOf,
  stepFocus,
} from './queue.ts';

const SOURCE = 'source-1';

function record(id: string, at: number, more: object = {}): AnyRecord {
  return {
    kind: 'statement',
    id,
    dossier: 'd',
    status: 'suggested',
    passages: [{ source: SOURCE, start: at, end: at + 5, anchor: 'exact' }],
    provenance: { proposer: 'rules', version: '1', confidence: 0.9 },
    content: `words ${id}`,
    mode: 'direct',
    act: 'says',
    speaker: null,
    saidOn: null,
    version: 1,
    ...more,
  } as unknown as AnyRecord;
}
const sure = (confidence: number) => ({ provenance: { proposer: 'rules', version: '1', confidence } });
const ids = (records: AnyRecord[]) => records.map(({ id }) => id).join(' ');

const a = record('a', 30, sure(0.5));
const b = record('b', 10, sure(0.9));
const c = record('c', 20, { ...sure(0.7), status: 'accepted' });
const d = record('d', 40, { ...sure(0.6), kind: 'figure', counted: 'people', value: 500 });
const all = [a, b, c, d];

describe('the queue', () => {
  test('has what waits, in the order of the text or the unsure first', () => {
    expect(ids(queueOf(all, SOURCE, FIRST_VIEW))).toBe('b a d');
    expect(ids(queueOf(all, SOURCE, { ...FIRST_VIEW, order: 'unsure' }))).toBe('a d b');
  });

  test('is narrowed by kind and status', () => {
    expect(ids(queueOf(all, SOURCE, { ...FIRST_VIEW, kinds: ['figure'] }))).toBe('d');
    expect(ids(queueOf(all, SOURCE, { ...FIRST_VIEW, status: 'accepted' }))).toBe('c');
    expect(ids(queueOf(all, SOURCE, { ...FIRST_VIEW, status: 'all' }))).toBe('b c a d');
  });

  test('is narrowed by who proposed', () => {
    const model = record('e', 50, { provenance: { proposer: 'llm', version: 'small', confidence: 0.5 } });
    const made = record('f', 60, { provenance: null });
    const some = [...all, model, made];
    expect(ids(queueOf(some, SOURCE, { ...FIRST_VIEW, proposer: 'llm' }))).toBe('e');
    expect(ids(queueOf(some, SOURCE, { ...FIRST_VIEW, proposer: 'rules' }))).toBe('b a d');
    expect(ids(queueOf(some, SOURCE, FIRST_VIEW))).toBe('b a d e f');
    expect(proposersOf(some).map(({ proposer }) => proposer)).toEqual(['rules', 'llm']);
  });

  test('has the record in focus in any case, where it stands in the text', () => {
    expect(ids(queueOf(all, SOURCE, FIRST_VIEW, [], 'c'))).toBe('b c a d');
    expect(ids(queueOf(all, SOURCE, { ...FIRST_VIEW, kinds: ['figure'] }, [], 'gone'))).toBe('d');
  });

  test('puts what was skipped last, in the order it was skipped', () => {
    expect(ids(queueOf(all, SOURCE, FIRST_VIEW, ['b', 'a']))).toBe('d b a');
  });

  test('goes by the passage in this source, and keeps a record whose passage was lost', () => {
    const elsewhere = record('e', 0, {
      passages: [
        { source: 'another', start: 0, end: 5, anchor: 'exact' },
        { source: SOURCE, start: 15, end: 20, anchor: 'exact' },
      ],
    });
    const lost = record('l', 0, { passages: [{ source: SOURCE, start: 1, end: 2, anchor: 'lost' }] });
    expect(ids(queueOf([...all, lost, elsewhere], SOURCE, FIRST_VIEW))).toBe('b e a d l');
  });
});

describe('the focus', () => {
  const queue = queueOf(all, SOURCE, FIRST_VIEW);

  test('steps and stays at the ends', () => {
    expect(stepFocus(queue, 'b', 1)).toBe('a');
    expect(stepFocus(queue, 'd', 1)).toBe('d');
    expect(stepFocus(queue, 'b', -1)).toBe('b');
    expect(stepFocus(queue, null, 1)).toBe('b');
    expect(stepFocus(queue, 'gone', -1)).toBe('d');
    expect(stepFocus([], null, 1)).toBeNull();
  });

  test('goes on to the next that waits, then round to the first, then nowhere', () => {
    expect(focusAfter(queue, ['b'], 'b')).toBe('a');
    expect(focusAfter(queue, ['d'], 'd')).toBe('b');
    expect(focusAfter(queue, ['b', 'a'], 'b')).toBe('d');
    expect(focusAfter(queue, ['a', 'b', 'd'], 'a')).toBeNull();
    expect(focusAfter(queueOf(all, SOURCE, { ...FIRST_VIEW, status: 'all' }), ['b'], 'b')).toBe('a');
  });
});

test('progress counts what was suggested, not what a person made', () => {
  const byHand = record('h', 5, { provenance: null, status: 'accepted' });
  expect(progressOf([...all, byHand])).toEqual({ decided: 1, total: 4 });
  expect(countsOf([...all, byHand])).toMatchObject({
    statement: 4,
    figure: 1,
    waiting: 3,
    accepted: 2,
    rejected: 0,
    all: 5,
  });
});

test('certainty is a word, and none for what a person made', () => {
  expect(
    [0.95, 0.85, 0.7, 0.65, 0.3].map((confidence) => certainty(record('x', 0, sure(confidence)))),
  ).toEqual(['sure', 'sure', 'likely', 'likely', 'unsure']);
  expect(certainty(record('x', 0, { provenance: null }))).toBeNull();
});

describe('alike', () => {
  const figure = (id: string, at: number, more: object = {}) =>
    record(id, at, {
      kind: 'figure',
      counted: 'migrants',
      bound: 'exact',
      value: 500,
      low: null,
      high: null,
      unit: null,
      place: null,
      period: null,
      accordingTo: null,
      ...more,
    });

  test('are suggestions that say the same, however it is written, the record itself first', () => {
    const same = [figure('x', 50), figure('y', 10, { counted: 'Migrants ' }), figure('z', 90, sure(0.2))];
    const others = [
      figure('n', 20, { value: 501 }),
      figure('o', 30, { status: 'accepted' }),
      figure('p', 40, { place: { name: 'Calais' } }),
    ];
    expect(ids(alike([...same, ...others, a], same[0]!, SOURCE))).toBe('x y z');
  });

  test('are none for what is decided', () => {
    expect(alike([c], c, SOURCE)).toEqual([]);
  });
});
