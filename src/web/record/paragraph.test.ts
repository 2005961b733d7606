// The paragraph around a passage.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paragraphAround } from './paragraph.ts';

const at = (text: string, words: string) => {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
};
const cut = (text: string, words: string, blocks?: Parameters<typeof paragraphAround>[2]) => {
  const { start, end } = paragraphAround(text, at(text, words), blocks);
  return text.slice(start, end);
};

describe('the paragraph around a passage', () => {
  test('ends at line breaks', () => {
    const text = 'A title\n\n  First, tents were cut. Then they left.  \nAnother day.';
    expect(cut(text, 'tents were cut')).toBe('First, tents were cut. Then they left.');
    expect(cut(text, 'A title')).toBe('A title');
    expect(cut(text, 'Another')).toBe('Another day.');
    expect(cut(text, 'left.  \nAnother')).toBe('First, tents were cut. Then they left.  \nAnother day.');
  });

  test('is the one the page had, where its layout is known', () => {
    const text = 'One line of a\nparagraph that was\nbroken. Next paragraph.';
    const end = text.indexOf(' Next');
    const blocks = [
      { start: 0, end, kind: 'paragraph' as const },
      { start: end + 1, end: text.length, kind: 'paragraph' as const },
    ];
    expect(cut(text, 'paragraph that', blocks)).toBe(text.slice(0, end));
    expect(cut(text, 'broken. Next', blocks)).toBe(text);
  });

  test('holds the passage whole, and is cut where a page has no paragraphs', () => {
    const words = fc.array(fc.constantFrom('a', 'tent', '😀', '\n', 'ordered.', 'é'), {
      minLength: 1,
      maxLength: 900,
    });
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (parts, a, b) => {
        const text = parts.join(' ');
        const start = a % text.length;
        const end = Math.min(text.length, start + 1 + (b % 80));
        const context = paragraphAround(text, { start, end });
        expect(context.start).toBeLessThanOrEqual(start);
        expect(context.end).toBeGreaterThanOrEqual(end);
        expect(start - context.start).toBeLessThanOrEqual(701);
        expect(context.end - end).toBeLessThanOrEqual(701);
        if (!context.cutBefore && start > 0) expect(text.slice(context.start, start)).not.toContain('\n');
      }),
    );
  });
});
