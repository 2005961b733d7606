// Between the screen and the text: a point of the document as a position in the text, and a position as a point.
// Every run of words is one text node in an element with data-start; blocks have data-block with their index.
import type { Stretch } from '../../ui/text-steps.ts';
import { placeOf } from './segments.ts';

/** A point of the document, as selections and ranges name it. */
export interface Point {
  node: Node;
  offset: number;
}

const LEAF = '[data-start]';
/** Node.TEXT_NODE, which a document outside a browser has too. */
const TEXT = 3;
const startOf = (leaf: Element) => Number((leaf as HTMLElement).dataset.start);
const lengthOf = (leaf: Element) => leaf.textContent.length;

/** The position in the text that a point of the document stands for; null outside the pane's text. */
export function positionAt(pane: Element, { node, offset }: Point): number | null {
  if (!pane.contains(node)) return null;
  if (node.nodeType === TEXT) {
    const leaf = node.parentElement?.closest(LEAF);
    return leaf && pane.contains(leaf) ? startOf(leaf) + Math.min(offset, lengthOf(leaf)) : null;
  }
  const element = node as Element;
  // Its one text node is before the point or after it.
  if (element.matches(LEAF)) return startOf(element) + (offset > 0 ? lengthOf(element) : 0);
  // A point beside elements: before the words that follow it, else after the last words of its element.
  const child = element.childNodes[offset];
  const inside = child ? firstLeaf(child, element) : undefined;
  if (inside) return startOf(inside);
  const last = [...element.querySelectorAll(LEAF)].at(-1);
  if (last) return startOf(last) + lengthOf(last);
  const next = firstLeaf(element, pane);
  return next ? startOf(next) : null;
}

/** The first words at or after a node, within an element that holds it. */
function firstLeaf(from: Node, within: Element): Element | undefined {
  for (let at: Node | null = from; at && at !== within; at = at.parentNode) {
    for (let beside: Node | null = at === from ? at : at.nextSibling; beside; beside = beside.nextSibling) {
      if (beside.nodeType === TEXT) continue;
      const element = beside as Element;
      const leaf = element.matches(LEAF) ? element : element.querySelector(LEAF);
      if (leaf) return leaf;
    }
  }
  return undefined;
}

/** The point of the document where a position is drawn; null where the text has no block there. */
export function pointAt(
  pane: Element,
  blocks: readonly Stretch[],
  position: number,
  edge: 'start' | 'end',
): Point | null {
  const place = placeOf(blocks, position, edge);
  const block = place && pane.querySelector(`[data-block="${place.segment}"]`);
  if (!block) return null;
  const leaves = block.matches(LEAF) ? [block] : [...block.querySelectorAll(LEAF)];
  const stretches = leaves.map((leaf) => ({ start: startOf(leaf), end: startOf(leaf) + lengthOf(leaf) }));
  const within = placeOf(stretches, position, edge);
  const node = within && [...leaves[within.segment]!.childNodes].find((child) => child.nodeType === TEXT);
  return node ? { node, offset: within.within } : null;
}

/** The stretch of text that is selected in the pane; null where nothing is, or not only text of the pane. */
export function selectedStretch(pane: Element): Stretch | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const start = positionAt(pane, { node: range.startContainer, offset: range.startOffset });
  // A selection that ends below the text ends with it; one that began outside it was not meant for it.
  const end = pane.contains(range.endContainer)
    ? positionAt(pane, { node: range.endContainer, offset: range.endOffset })
    : null;
  return start !== null && end !== null && start < end ? { start, end } : null;
}

/** The document's range for a stretch of the text; null where its ends are not drawn. */
export function rangeOf(pane: Element, blocks: readonly Stretch[], stretch: Stretch): Range | null {
  const start = pointAt(pane, blocks, stretch.start, 'start');
  const end = pointAt(pane, blocks, stretch.end, 'end');
  if (!start || !end) return null;
  const range = document.createRange();
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  return range;
}

/** Selects a stretch of the text as if a person had. */
export function select(pane: Element, blocks: readonly Stretch[], stretch: Stretch): Range | null {
  const range = rangeOf(pane, blocks, stretch);
  const selection = document.getSelection();
  if (range && selection) {
    selection.removeAllRanges();
    selection.addRange(range);
  }
  return range;
}

/** The position in the text under a point of the screen; null where there is no text. */
export function positionUnder(pane: Element, x: number, y: number): number | null {
  // Browsers without the newer call have the older one, which says the same.
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && positionAt(pane, { node: caret.offsetNode, offset: caret.offset });
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? positionAt(pane, { node: range.startContainer, offset: range.startOffset }) : null;
}
