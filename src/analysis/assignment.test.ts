/** The best assignment: against all assignments there are, for small tables. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign } from './assignment.ts';

type Fits = (number | null)[][];

/** How many rows are given a column, and the sum of what fits. */
function worth(fits: Fits, given: (number | null)[]): [number, number] {
  let [count, sum] = [0, 0];
  for (const [row, column] of given.entries()) {
    if (column === null) continue;
    count++;
    sum += fits[row]![column]!;
  }
  return [count, sum];
}

/** The most rows that can be given a column, and the best sum with so many: by trying all. */
function best(fits: Fits, row = 0, used = new Set<number>()): [number, number] {
  if (row === fits.length) return [0, 0];
  let found = best(fits, row + 1, used);
  for (const [column, fit] of fits[row]!.entries()) {
    if (fit === null || used.has(column)) continue;
    const [count, sum] = best(fits, row + 1, new Set([...used, column]));
    if (count + 1 > found[0] || (count + 1 === found[0] && sum + fit > found[1]))
      found = [count + 1, sum + fit];
  }
  return found;
}

test('one row takes the column that fits it best, even where another came first', () => {
  expect(
    assign([
      [5, 4],
      [5, null],
    ]),
  ).toEqual([1, 0]);
  expect(assign([])).toEqual([]);
  expect(assign([[], []])).toEqual([null, null]);
  expect(assign([[null, null]])).toEqual([null]);
});

test('no column is given twice, and no assignment is better', () => {
  const table = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([rows, columns]) =>
      fc.array(
        fc.array(fc.option(fc.integer({ min: -20, max: 20 })), { minLength: columns, maxLength: columns }),
        { minLength: rows, maxLength: rows },
      ),
    );
  fc.assert(
    fc.property(table, (fits) => {
      const given = assign(fits);
      const taken = given.filter((column) => column !== null);
      expect(new Set(taken).size).toBe(taken.length);
      expect(worth(fits, given)).toEqual(best(fits));
    }),
  );
});
