// A ranking kept while its list changes is the list sorted.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Ranking } from './ranking.ts';

it('is the list in order, whatever was added, removed and looked at', () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('add' as const), value: fc.nat(50) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), value: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('look' as const), value: fc.constant(0) }) },
  );
  fc.assert(
    fc.property(fc.nat(200), fc.array(step, { maxLength: 200 }), (begin, steps) => {
      let made = 0;
      const item = (value: number) => ({ value, id: made++ });
      const order = (a: { value: number; id: number }, b: typeof a) => a.value - b.value || a.id - b.id;
      const ranking = new Ranking(order);
      const list = Array.from({ length: begin }, (_, at) => item((at * 31) % 50));
      for (const one of list) ranking.add(one);
      for (const { kind, value } of steps) {
        if (kind === 'add') {
          list.push(item(value));
          ranking.add(list.at(-1)!);
        } else if (kind === 'remove' && list.length > 0) {
          ranking.remove(list.splice(value % list.length, 1)[0]!);
        } else if (kind === 'look') {
          expect(ranking.of(list)).toEqual(list.toSorted(order));
        }
      }
      expect(ranking.of(list)).toEqual(list.toSorted(order));
    }),
  );
});
