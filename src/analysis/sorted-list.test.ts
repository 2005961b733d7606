// A list kept in order while it changes is the list sorted.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SortedList } from './sorted-list.ts';

it('is in order, whatever was added, removed, put back and looked at', () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('add' as const), value: fc.nat(50) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), value: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('return' as const), value: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('look' as const), value: fc.constant(0) }) },
  );
  fc.assert(
    fc.property(fc.nat(200), fc.array(step, { maxLength: 200 }), (begin, steps) => {
      let made = 0;
      const item = (value: number) => ({ value, id: made++ });
      const order = (a: { value: number; id: number }, b: typeof a) => a.value - b.value || a.id - b.id;
      const sorted = new SortedList(order);
      const list = Array.from({ length: begin }, (_, at) => item((at * 31) % 50));
      const gone: typeof list = [];
      for (const one of list) sorted.add(one);
      for (const { kind, value } of steps) {
        if (kind === 'add') {
          list.push(item(value));
          sorted.add(list.at(-1)!);
        } else if (kind === 'remove' && list.length > 0) {
          gone.push(...list.splice(value % list.length, 1));
          sorted.remove(gone.at(-1)!);
        } else if (kind === 'return' && gone.length > 0) {
          list.push(...gone.splice(value % gone.length, 1));
          sorted.add(list.at(-1)!);
        } else if (kind === 'look') {
          expect(sorted.items).toEqual(list.toSorted(order));
        }
        expect(sorted.size).toBe(list.length);
      }
      expect(sorted.items).toEqual(list.toSorted(order));
    }),
  );
});
