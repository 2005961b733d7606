// Nothing of a text is lost between its blocks but white space, whatever its shape.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageAt, pageText } from './page-text.ts';

const plain = { language: 'en', title: '', layout: null };

describe('blocks', () => {
  test('hold every visible character once, in order', () => {
    const piece = fc.constantFrom(
      'A word ',
      'and. ',
      'More',
      '\n',
      '\n\n',
      '\r\n',
      '😀',
      '   ',
      '“Quote.” ',
      'x'.repeat(50),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        const text = pieces.join('');
        const { blocks } = pageText(text, plain);
        let at = 0;
        for (const { start, end } of blocks) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(text.slice(at, start).trim()).toBe('');
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
    );
  });

  test('of an endless paragraph are pieces that join', () => {
    const text = 'The camp was cleared again this morning. '.repeat(2000).trim();
    const { blocks } = pageText(text, plain);
    expect(blocks.length).toBeGreaterThan(10);
    expect(blocks.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    expect(blocks.map(({ continues }) => continues)).toEqual(blocks.map((_, at) => at > 0));
    const line = 'x'.repeat(100_000);
    expect(Math.max(...pageText(line, plain).blocks.map(({ start, end }) => end - start))).toBeLessThan(
      10_000,
    );
  });

  test('have the roles of the page, with tables whole and list items told', () => {
    const text = 'A title\n\nSome words of an article.\n\na\tb\nc\td\n\nFirst item\nSecond item';
    const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
    const layout = {
      blocks: [
        { ...at('A title'), kind: 'title' as const },
        { ...at('Some words of an article.'), kind: 'paragraph' as const },
        { ...at('a\tb\nc\td'), kind: 'table' as const },
        { ...at('First item'), kind: 'list-item' as const },
        { ...at('Second item'), kind: 'list-item' as const },
      ],
      pages: [],
      runs: [],
    };
    const { blocks } = pageText(text, { ...plain, layout });
    expect(blocks.map(({ start, end, kind }) => [kind, text.slice(start, end)])).toEqual([
      ['title', 'A title'],
      ['body', 'Some words of an article.'],
      ['table', 'a\tb\nc\td'],
      ['list-item', 'First item'],
      ['list-item', 'Second item'],
    ]);
  });
});

test('a short line without a full stop looks like a heading in plain text', () => {
  const text = 'First words of it.\n\nWho counts\n\nThey do, and others do.';
  expect(pageText(text, plain).blocks.map(({ kind }) => kind)).toEqual(['body', 'heading', 'body']);
});

test('pages begin at their first word, and empty pages nowhere', () => {
  const text = 'Page one.\n\n\n\nPage two goes on\n\nfurther.';
  const two = text.indexOf('Page two');
  const page = (start: number, end: number) => ({ start, end, width: 600, height: 800 });
  const layout = { blocks: [], runs: [], pages: [page(0, 9), page(10, 11), page(11, text.length)] };
  const { pages } = pageText(text, { ...plain, layout });
  expect(pages).toEqual([
    { start: 0, number: 1 },
    { start: two, number: 3 },
  ]);
  expect(pageAt(pages, two + 20)).toBe(3);
  expect(pageAt(pages, 2)).toBe(1);
  expect(pageAt([], 2)).toBeNull();
});
