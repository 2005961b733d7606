// A range of a text, as rectangles on its pages.
import { expect, test } from 'vitest';
import { pageAreas } from './page-area.ts';

const run = (start: number, end: number, page: number, x: number, y: number, width: number) => ({
  start,
  end,
  page,
  x,
  y,
  width,
  height: 10,
});
const layout = {
  runs: [
    run(0, 10, 1, 50, 700, 100),
    run(11, 21, 1, 152, 700, 100),
    run(22, 32, 1, 50, 712, 100),
    run(33, 43, 2, 50, 60, 100),
  ],
};

test('a run covered in part is cut in proportion', () => {
  expect(pageAreas(layout, { start: 2, end: 5 })).toEqual([
    { page: 1, rectangles: [{ x: 70, y: 700, width: 30, height: 10 }] },
  ]);
});

test('runs that touch on a line are one rectangle; lines and pages are apart', () => {
  expect(pageAreas(layout, { start: 5, end: 38 })).toEqual([
    {
      page: 1,
      rectangles: [
        { x: 100, y: 700, width: 152, height: 10 },
        { x: 50, y: 712, width: 100, height: 10 },
      ],
    },
    { page: 2, rectangles: [{ x: 50, y: 60, width: 50, height: 10 }] },
  ]);
});

test('a text without pages has no areas', () => {
  expect(pageAreas({ runs: [] }, { start: 0, end: 10 })).toEqual([]);
});
