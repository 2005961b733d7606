// Choosing records of a list one by one and by ranges.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseRange, refresh, toggle } from './selection.ts';

const list = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    version: 1,
    status: 'suggested' as const,
    content: 'words',
  }));

describe('choosing', () => {
  test('twice unchooses, and leaves the rest alone', () => {
    const [a, b] = list(2);
    const both = toggle(toggle(new Map(), a!), b!);
    expect([...both.keys()]).toEqual(['r0', 'r1']);
    expect([...toggle(both, a!).keys()]).toEqual(['r1']);
    expect(both.size).toBe(2);
    expect(both.get('r0')).toEqual({ id: 'r0', version: 1, status: 'suggested' });
  });

  test('a range is the same from either end, adds to what was chosen, and stays inside the list', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (from, to) => {
        const records = list(10);
        const before = toggle(new Map(), { id: 'elsewhere', version: 3, status: 'accepted' });
        const there = chooseRange(before, records, from, to);
        expect([...chooseRange(before, records, to, from)]).toEqual([...there]);
        expect(there.size).toBe(1 + Math.abs(from - to) + 1);
        for (let at = Math.min(from, to); at <= Math.max(from, to); at++)
          expect(there.has(`r${at}`)).toBe(true);
      }),
    );
    expect(chooseRange(new Map(), list(3), -5, 40).size).toBe(3);
  });

  test('keeps up with records that were changed meanwhile', () => {
    const [a] = list(1);
    const chosen = toggle(new Map(), a!);
    const now = refresh(chosen, [
      { ...a!, version: 2, status: 'accepted' },
      { id: 'x', version: 5, status: 'accepted' },
    ]);
    expect([...now.values()]).toEqual([{ id: 'r0', version: 2, status: 'accepted' }]);
    expect(refresh(chosen, [a!])).toBe(chosen);
  });
});
