// Where on the pages a range of a text stands: the rectangles of a passage, from the layout its reader found.
import type { PageArea } from './passage.ts';
import type { Layout } from './source.ts';

/** A passage holds at most this many rectangles on a page and pages (see Passage and PageArea). */
const MOST_RECTANGLES = 500;
const MOST_PAGES = 200;

/** Rectangles this close, in points, on one line are drawn as one. */
const TOUCHING = 3;

/**
 * The areas a range covers, page by page; empty for texts without pages. A run that the range covers in part is cut
 * in proportion to its characters: exact to a letter or two, which is what marking a passage on a page needs.
 */
export function pageAreas(layout: Pick<Layout, 'runs'>, range: { start: number; end: number }): PageArea[] {
  const areas = new Map<number, PageArea['rectangles']>();
  for (const run of layout.runs) {
    const start = Math.max(run.start, range.start);
    const end = Math.min(run.end, range.end);
    if (start >= end) continue;
    const perCharacter = run.width / (run.end - run.start);
    const rectangle = {
      x: round(run.x + (start - run.start) * perCharacter),
      y: round(run.y),
      width: round((end - start) * perCharacter),
      height: round(run.height),
    };
    const page = areas.get(run.page) ?? [];
    areas.set(run.page, page);
    const last = page.at(-1);
    const joins =
      last !== undefined &&
      Math.abs(last.y - rectangle.y) < TOUCHING &&
      Math.abs(last.x + last.width - rectangle.x) < TOUCHING * 2;
    if (joins) {
      const top = Math.min(last.y, rectangle.y);
      last.height = round(Math.max(last.y + last.height, rectangle.y + rectangle.height) - top);
      last.width = round(rectangle.x + rectangle.width - last.x);
      last.y = top;
    } else if (page.length < MOST_RECTANGLES) page.push(rectangle);
  }
  return [...areas]
    .sort(([a], [b]) => a - b)
    .slice(0, MOST_PAGES)
    .map(([page, rectangles]) => ({ page, rectangles }));
}

const round = (points: number) => Math.round(points * 100) / 100;
