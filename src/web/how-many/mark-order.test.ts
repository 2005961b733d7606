// Arrow keys go through a chart in time and between parties, and never get lost.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ChartStep, type MarkPlace, markAfter } from './mark-order.ts';

const place = (x: number, y: number, series: number): MarkPlace => ({ x, y, series });

it('goes along time, to the ends, and between parties of the nearest time', () => {
  // Two parties in two months: the second party counts more, so it stands higher, which is a smaller y.
  const marks = [place(10, 80, 0), place(12, 30, 1), place(50, 70, 0), place(52, 20, 1)];
  expect(markAfter(marks, 0, 'later')).toBe(1);
  expect(markAfter(marks, 1, 'later')).toBe(2);
  expect(markAfter(marks, 0, 'earlier')).toBe(0);
  expect(markAfter(marks, 3, 'first')).toBe(0);
  expect(markAfter(marks, 0, 'last')).toBe(3);
  expect(markAfter(marks, 0, 'up')).toBe(1);
  expect(markAfter(marks, 3, 'down')).toBe(2);
  expect(markAfter(marks, 1, 'up')).toBe(1);
});

it('reaches every mark from the first by going on in time', () => {
  const any = fc.record({ x: fc.nat(20), y: fc.nat(20), series: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 30 }), (marks) => {
      const seen = new Set<number>();
      let at = markAfter(marks, 0, 'first');
      for (let steps = 0; steps < marks.length; steps++) {
        seen.add(at);
        at = markAfter(marks, at, 'later');
      }
      expect(seen.size).toBe(marks.length);
      for (const step of ['up', 'down', 'earlier', 'later', 'first', 'last'] as ChartStep[])
        expect(marks[markAfter(marks, at, step)]).toBeDefined();
    }),
  );
});
