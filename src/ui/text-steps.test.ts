// Steps by word and by sentence: where the keys put the ends of a passage.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arrowStep,
  dropEnd,
  moveEnd,
  sentenceAt,
  stepSentence,
  stepWord,
  stretchOf,
  trimmed,
} from './text-steps.ts';

const text = 'He said: “We count 2,300 people.” Nobody answered.';
const range = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
const words = ({ start, end }: { start: number; end: number }) => text.slice(start, end);

describe('an end of a passage', () => {
  test('moves on by a word, and stops at the marks behind it', () => {
    const steps: string[] = [];
    let now = range('We count');
    for (let at = 0; at < 5; at++) {
      now = moveEnd(text, now, 'end', 1);
      steps.push(words(now));
    }
    expect(steps).toEqual([
      'We count 2,300',
      'We count 2,300 people',
      'We count 2,300 people.',
      'We count 2,300 people.”',
      'We count 2,300 people.” Nobody',
    ]);
  });

  test('moves back by a word, and never past the other end', () => {
    const one = moveEnd(text, range('We count'), 'end', -1);
    expect(words(one)).toBe('We');
    expect(moveEnd(text, one, 'end', -1)).toEqual(one);
  });

  test('at the start stops where words begin', () => {
    const back = moveEnd(text, range('We count'), 'start', -1);
    expect(words(back)).toBe('“We count');
    expect(words(moveEnd(text, back, 'start', -1))).toBe(': “We count');
    expect(words(moveEnd(text, range('We count'), 'start', 1))).toBe('count');
  });

  test('let go in the middle of a word goes to the nearer edge of it', () => {
    const count = text.indexOf('2,300');
    expect(words(dropEnd(text, range('We count'), 'end', count + 4)!)).toBe('We count 2,300');
    expect(words(dropEnd(text, range('We count'), 'end', count + 1)!)).toBe('We count');
    expect(words(dropEnd(text, range('We count'), 'end', count + 5)!)).toBe('We count 2,300');
    expect(dropEnd(text, range('We count'), 'end', 2)).toBeNull();
  });

  test('works where words have no spaces between them, and right to left', () => {
    const arabic = 'قال إن 500 شخص هنا';
    expect(stepWord(arabic, 0, 1, 'end', 'ar')).toBe(3);
    const japanese = '警察は五百人と発表した。';
    const next = stepWord(japanese, 0, 1, 'end', 'ja');
    expect(next).toBeGreaterThan(0);
    expect(next).toBeLessThan(japanese.length);
  });

  test('never rests inside a character, and always gets on until the end of the text', () => {
    const piece = fc.constantFrom('a', 'bc', ' ', '\n', '😀', '👩‍🚒', 'é', '“', '”', '.', '12', 'ع');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.nat(),
        fc.constantFrom('start', 'end'),
        (pieces, anywhere, edge) => {
          const some = pieces.join('');
          let at = trimmed(some, { start: 0, end: some.length })?.start ?? 0;
          at += anywhere % (some.length + 1 - at);
          for (const direction of [1, -1] as const) {
            const next = stepWord(some, at, direction, edge as 'start' | 'end');
            expect(
              /[\ud800-\udbff]/.test(some[next - 1] ?? '') && /[\udc00-\udfff]/.test(some[next] ?? ''),
            ).toBe(false);
            if (direction === 1) expect(next > at || next === some.length).toBe(true);
            else expect(next < at || next === 0).toBe(true);
          }
        },
      ),
    );
  });

  test('crosses a word longer than the window in several steps', () => {
    const endless = 'x'.repeat(5000);
    let at = 0;
    let steps = 0;
    while (at < endless.length && steps++ < 100) at = stepWord(endless, at, 1, 'end');
    expect(at).toBe(5000);
  });
});

test('arrows lead on and back as the words run', () => {
  expect(arrowStep('ArrowRight', '“We count')).toBe(1);
  expect(arrowStep('ArrowLeft', '500 people')).toBe(-1);
  expect(arrowStep('ArrowLeft', '500 شخص')).toBe(1);
  expect(arrowStep('ArrowRight', '« קול')).toBe(-1);
  expect(arrowStep('ArrowRight', '2014')).toBe(1);
});

describe('a stretch', () => {
  test('loses the white space at its ends, not its characters', () => {
    expect(trimmed('  😀 ', { start: 0, end: 5 })).toEqual({ start: 2, end: 4 });
    expect(trimmed('a😀b', { start: 2, end: 3 })).toEqual({ start: 1, end: 3 });
    expect(trimmed(' \u00a0\n', { start: 0, end: 3 })).toBeNull();
  });
});

describe('sentences', () => {
  const sentences = [
    { start: 0, end: 10 },
    { start: 11, end: 20 },
    { start: 25, end: 30 },
  ];

  test('are found by a position in them or in the gap before them', () => {
    expect([0, 9, 10, 22, 29, 99].map((at) => sentenceAt(sentences, at))).toEqual([0, 0, 1, 2, 2, 2]);
    expect(sentenceAt([], 5)).toBe(-1);
  });

  test('are moved by and stretched over', () => {
    const first = stepSentence(3, null, 1, 1, false)!;
    expect(stretchOf(sentences, first)).toEqual({ start: 11, end: 20 });
    const longer = stepSentence(3, first, 0, 1, true)!;
    expect(stretchOf(sentences, longer)).toEqual({ start: 11, end: 30 });
    const back = stepSentence(3, stepSentence(3, longer, 0, -1, true), 0, -1, true)!;
    expect(stretchOf(sentences, back)).toEqual({ start: 0, end: 20 });
    expect(stepSentence(3, back, 0, -1, false)).toEqual({ anchor: 0, head: 0 });
    expect(stepSentence(0, null, 0, 1, false)).toBeNull();
  });
});
