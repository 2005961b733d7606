// What is drawn can be counted back: every position has a point in the document, and that point has the position.
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { pageText } from '../../ui/page-text.ts';
import { layMarks, marksByBlock, type PlacedPassage } from './segments.ts';
import { pointAt, positionAt } from './text-points.ts';
import { TextSection } from './text-section.tsx';

/** A text drawn as the reader draws it, with passages at the ranges given. */
function draw(text: string, ranges: [number, number][], pageStarts: number[] = []) {
  const pages = pageStarts.map((start) => ({ start, end: text.length, width: 1, height: 1 }));
  const page = pageText(text, { language: 'en', title: '', layout: { blocks: [], pages, runs: [] } });
  const passages: PlacedPassage[] = ranges.map(([a, b], at) => ({
    record: `r${at}`,
    passage: 0,
    kind: 'figure',
    tone: 'suggested',
    start: Math.min(a, b),
    end: Math.max(a, b),
  }));
  const setting = {
    page,
    nameOf: () => 'figure',
    pageName: (number: number) => `page ${number}`,
    notes: new Map(),
  };
  const html = renderToStaticMarkup(
    <section>
      <TextSection
        setting={setting}
        from={0}
        to={page.blocks.length}
        marks={marksByBlock(page.blocks, layMarks(text, passages))}
        focused="r0"
      />
    </section>,
  );
  const { document } = parseHTML(`<html><body>${html}</body></html>`);
  return { pane: document.querySelector('section')!, page };
}

describe('positions of a drawn text', () => {
  test('lead to a point and back, whatever is marked', () => {
    const piece = fc.constantFrom(
      'One two ',
      'three. ',
      '500 people ',
      '\n\n',
      '😀',
      '“Four” & <five> ',
      'قال ',
    );
    const drawn = fc.array(piece, { minLength: 1, maxLength: 20 }).chain((pieces) => {
      const text = pieces.join('');
      const position = fc.nat(text.length);
      return fc.record({
        text: fc.constant(text),
        ranges: fc.array(fc.tuple(position, position), { maxLength: 6 }),
        pages: fc.array(position, { maxLength: 3 }).map((starts) => starts.sort((a, b) => a - b)),
      });
    });
    fc.assert(
      fc.property(drawn, ({ text, ranges, pages }) => {
        const { pane, page } = draw(text, ranges, pages);
        const words = [...pane.querySelectorAll('[data-start]')].map((leaf) => leaf.textContent).join('');
        expect(words).toBe(page.blocks.map(({ start, end }) => text.slice(start, end)).join(''));
        for (const block of page.blocks) {
          for (let position = block.start; position <= block.end; position++) {
            for (const edge of ['start', 'end'] as const) {
              if (position === (edge === 'start' ? block.end : block.start)) continue;
              const point = pointAt(pane, page.blocks, position, edge)!;
              expect(positionAt(pane, point)).toBe(position);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('are found beside elements too, as when a whole paragraph is selected', () => {
    const text = 'One two three.\n\nFour five six.';
    const { pane } = draw(text, [[4, 7]]);
    const [first, second] = [...pane.querySelectorAll('[data-block]')] as [Element, Element];
    expect(positionAt(pane, { node: first, offset: 0 })).toBe(0);
    expect(positionAt(pane, { node: first, offset: 1 })).toBe(4);
    expect(positionAt(pane, { node: first, offset: first.childNodes.length })).toBe(14);
    expect(positionAt(pane, { node: second, offset: 0 })).toBe(16);
    expect(positionAt(pane, { node: pane.firstElementChild!, offset: 1 })).toBe(16);
  });

  test('are none outside the text', () => {
    const { pane, page } = draw('One.\n\nTwo.', []);
    expect(positionAt(pane, { node: pane.ownerDocument.body, offset: 0 })).toBeNull();
    expect(pointAt(pane, page.blocks, 99, 'start')).toBeNull();
    expect(pointAt(pane, page.blocks, 5, 'start')).toBeNull();
  });
});
