// Whatever the passages, the segments are the text again, and positions can be found both ways.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  keepSame,
  layMarks,
  marksByBlock,
  type PlacedPassage,
  placeOf,
  positionOf,
  segmentBlock,
} from './segments.ts';

const LETTERS = ['a', 'b', ' ', '\n', 'é', 'ع', '😀', '𝔘', '“'];
const someText = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 60 })
  .map((parts) => parts.join(''));

/** A text and passages anywhere, inside it and beyond, through the middle of characters. */
const textWithPassages = someText.chain((text) =>
  fc.record({
    text: fc.constant(text),
    passages: fc.array(
      fc.tuple(fc.integer({ min: 0, max: text.length + 5 }), fc.integer({ min: 0, max: text.length + 5 })),
      { maxLength: 12 },
    ),
    cuts: fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 4 }),
  }),
);

const placed = (ranges: [number, number][]): PlacedPassage[] =>
  ranges.map(([a, b], at) => ({
    record: `r${at}`,
    passage: 0,
    kind: 'statement',
    tone: 'suggested',
    start: Math.min(a, b),
    end: Math.max(a, b),
  }));

/** Blocks that cover a text without splitting its characters. */
function blocksOf(text: string, cuts: number[]) {
  const edges = [...new Set([0, ...cuts, text.length])]
    .filter((cut) => !splits(text, cut))
    .sort((a, b) => a - b);
  return edges.slice(1).map((end, at) => ({ start: edges[at]!, end }));
}

const splits = (text: string, at: number) =>
  /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');

describe('segments', () => {
  test('join to the text, and no boundary splits a character', () => {
    fc.assert(
      fc.property(textWithPassages, ({ text, passages, cuts }) => {
        const marks = layMarks(text, placed(passages));
        const blocks = blocksOf(text, cuts);
        const lists = marksByBlock(blocks, marks);
        const segments = blocks.flatMap((block, at) => segmentBlock(block, lists[at]!));
        expect(segments.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        for (const { start, end } of segments) {
          expect(start).toBeLessThan(end);
          expect(splits(text, start)).toBe(false);
        }
      }),
    );
  });

  test('are covered by exactly the passages that hold them', () => {
    fc.assert(
      fc.property(textWithPassages, ({ text, passages, cuts }) => {
        const marks = layMarks(text, placed(passages));
        const blocks = blocksOf(text, cuts);
        const lists = marksByBlock(blocks, marks);
        for (const [at, block] of blocks.entries()) {
          for (const segment of segmentBlock(block, lists[at]!)) {
            const holding = marks.filter((mark) => mark.start <= segment.start && mark.end >= segment.end);
            const touching = marks.filter((mark) => mark.start < segment.end && mark.end > segment.start);
            expect(new Set(segment.marks)).toEqual(new Set(holding));
            expect(new Set(touching)).toEqual(new Set(holding));
          }
        }
      }),
    );
  });

  test('begin where a page begins', () => {
    const segments = segmentBlock(
      { start: 10, end: 30 },
      [],
      [
        { start: 0, number: 1 },
        { start: 20, number: 2 },
        { start: 30, number: 3 },
      ],
    );
    expect(segments.map(({ start, end, page }) => [start, end, page])).toEqual([
      [10, 20, null],
      [20, 30, 2],
    ]);
  });

  test('nest the longest passage outermost', () => {
    const marks = layMarks(
      'one two three four',
      placed([
        [4, 7],
        [0, 18],
        [4, 13],
      ]),
    );
    const middle = segmentBlock({ start: 0, end: 18 }, marks).find((segment) => segment.start === 4)!;
    expect(middle.marks.map((mark) => mark.record)).toEqual(['r1', 'r2', 'r0']);
  });
});

describe('lanes', () => {
  test('differ for any two of three passages that overlap', () => {
    fc.assert(
      fc.property(textWithPassages, ({ text, passages }) => {
        const marks = layMarks(text, placed(passages.slice(0, 3)));
        for (const a of marks)
          for (const b of marks)
            if (a !== b && a.start < b.end && b.start < a.end) expect(a.lane).not.toBe(b.lane);
      }),
    );
  });
});

describe('positions', () => {
  test('lead to a place and back, from both sides of every boundary', () => {
    fc.assert(
      fc.property(textWithPassages, fc.nat(), ({ text, passages, cuts }, anywhere) => {
        const marks = layMarks(text, placed(passages));
        const blocks = blocksOf(text, cuts);
        const lists = marksByBlock(blocks, marks);
        const segments = blocks.flatMap((block, at) => segmentBlock(block, lists[at]!));
        const position = anywhere % (text.length + 1);
        for (const edge of ['start', 'end'] as const) {
          const place = placeOf(segments, position, edge)!;
          expect(positionOf(segments, place)).toBe(position);
          if (edge === 'start' && position < text.length)
            expect(segments[place.segment]!.end).toBeGreaterThan(position);
          if (edge === 'end' && position > 0) expect(segments[place.segment]!.start).toBeLessThan(position);
        }
      }),
    );
  });

  test('between blocks have no place', () => {
    const segments = [
      { start: 0, end: 5 },
      { start: 7, end: 9 },
    ];
    expect(placeOf(segments, 6, 'start')).toBeNull();
    expect(placeOf(segments, 5, 'end')).toEqual({ segment: 0, within: 5 });
    expect(placeOf(segments, 7, 'start')).toEqual({ segment: 1, within: 0 });
    expect(placeOf([], 0, 'start')).toBeNull();
  });
});

test('lists of marks that did not change keep their identity', () => {
  const text = 'one two three four';
  const blocks = [
    { start: 0, end: 8 },
    { start: 8, end: 18 },
  ];
  const before = marksByBlock(
    blocks,
    layMarks(
      text,
      placed([
        [0, 3],
        [8, 13],
      ]),
    ),
  );
  const now = keepSame(
    before,
    marksByBlock(
      blocks,
      layMarks(
        text,
        placed([
          [0, 3],
          [8, 18],
        ]),
      ),
    ),
  );
  expect(now[0]).toBe(before[0]);
  expect(now[1]).not.toBe(before[1]);
});
