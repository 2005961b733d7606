// Drafts and merges: nothing somebody wrote is lost, and nothing somebody else wrote is overwritten unawares.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesOf, mergeChanges } from './draft.ts';

const value = fc.record({
  a: fc.constantFrom('1', '2', '3'),
  b: fc.constantFrom(null, { name: 'x' }, { name: 'y' }),
  c: fc.array(fc.constantFrom('p', 'q'), { maxLength: 2 }),
});

test('only what differs is a change, whatever the order of keys', () => {
  expect(changesOf({ a: { x: 1, y: [2] }, b: 1, c: null }, { a: { y: [2], x: 1 }, b: 2, c: null })).toEqual({
    b: 2,
  });
});

test('merging with what did not change gives mine; what I did not touch is theirs', () => {
  fc.assert(
    fc.property(value, value, value, (base, mine, theirs) => {
      expect(mergeChanges(base, mine, base)).toEqual({ merged: mine, conflicts: [] });
      expect(mergeChanges(base, base, theirs)).toEqual({ merged: theirs, conflicts: [] });
      const { merged, conflicts } = mergeChanges(base, mine, theirs);
      for (const field of ['a', 'b', 'c'] as const) {
        const named = conflicts.some((conflict) => conflict.field === field);
        const bothChanged = field in changesOf(base, mine) && field in changesOf(base, theirs);
        expect(named).toBe(bothChanged && field in changesOf(mine, theirs));
        expect(merged[field]).toEqual(field in changesOf(base, mine) ? mine[field] : theirs[field]);
      }
    }),
  );
});
