// Where the queue goes on after a decision.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextAfter } from './queue-step.ts';

const items = (keys: string) => [...keys].map((key) => ({ key }));

test.each([
  ['abc', 'a', 'a', 'b'],
  ['abc', 'b', 'b', 'c'],
  // The last one leaves: the one before it is next.
  ['abc', 'c', 'c', 'b'],
  ['abc', 'bc', 'b', 'a'],
  ['a', 'a', 'a', null],
  ['abc', 'abc', 'b', null],
  // One that is not in the list, opened by its address: the list begins.
  ['abc', 'z', 'z', 'a'],
])('in %s, once %s leave from %s, on to %s', (keys, decided, from, next) => {
  expect(nextAfter(items(keys), new Set(decided), from)).toBe(next);
});

test('leads nowhere only where nothing stays, and never to what leaves', () => {
  fc.assert(
    fc.property(fc.subarray([...'abcdef']), fc.subarray([...'abcdef']), (keys, decided) => {
      const leaving = new Set(decided);
      for (const from of keys) {
        const next = nextAfter(items(keys.join('')), leaving, from);
        if (next === null) expect(keys.every((key) => leaving.has(key) || key === from)).toBe(true);
        else expect(keys.includes(next) && !leaving.has(next)).toBe(true);
      }
    }),
  );
});
