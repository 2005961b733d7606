// The two ends of the passage in focus, to be moved: dragged with mouse or finger, or by arrow keys when focused.
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useMessages } from '../../ui/messages.tsx';
import type { Stretch } from '../../ui/text-steps.ts';
import style from './source-text.module.css';
import { positionUnder, rangeOf } from './text-points.ts';
import type { Reader } from './use-reader.ts';

type Edge = 'start' | 'end';

/** Where a handle is drawn, in pixels from the pane's corner, and on which side of its line it may be touched. */
interface Spot {
  x: number;
  y: number;
  height: number;
  side: 'left' | 'right';
}

/** How wide a handle is to a finger: away from the passage, so that the two never lie over one another. */
const REACH = 24;

/** The handles, drawn over the text and not in it, so that they are in nobody's way and survive its being drawn again. */
export function PassageHandles({
  pane,
  reader,
  range,
}: {
  pane: RefObject<HTMLElement | null>;
  reader: Reader;
  range: Stretch;
}): ReactNode {
  const { page } = reader;
  const [spots, setSpots] = useState<Record<Edge, Spot> | null>(null);
  const { start, end } = range;

  useLayoutEffect(() => {
    const element = pane.current;
    if (!element) return;
    const measure = () => setSpots(spotsOf(element, rangeOf(element, page.blocks, { start, end })));
    measure();
    // Text that comes into sight gets its true height, and everything below it moves.
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [pane, page, start, end]);

  if (!spots) return null;
  return (
    <>
      <Handle edge="start" spot={spots.start} pane={pane} reader={reader} range={range} />
      <Handle edge="end" spot={spots.end} pane={pane} reader={reader} range={range} />
    </>
  );
}

function spotsOf(pane: HTMLElement, range: Range | null): Record<Edge, Spot> | null {
  if (!range) return null;
  const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
  const [first, last] = [boxes[0], boxes.at(-1)];
  if (!first || !last) return null;
  const corner = pane.getBoundingClientRect();
  const edge = (node: Node, box: DOMRect, which: Edge): Spot => {
    const isRtl = getComputedStyle(node.parentElement ?? pane).direction === 'rtl';
    const side = (which === 'start') === isRtl ? 'right' : 'left';
    return { x: box[side] - corner.left, y: box.top - corner.top, height: box.height, side };
  };
  return {
    start: edge(range.startContainer, first, 'start'),
    end: edge(range.endContainer, last, 'end'),
  };
}

function Handle({
  edge,
  spot,
  pane,
  reader,
  range,
}: {
  edge: Edge;
  spot: Spot;
  pane: RefObject<HTMLElement | null>;
  reader: Reader;
  range: Stretch;
}): ReactNode {
  const { t } = useMessages();
  const [isDragged, setDragged] = useState(false);
  const latest = useRef(reader);
  useEffect(() => {
    latest.current = reader;
  });

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const { currentTarget: handle, pointerId } = event;
    handle.setPointerCapture(pointerId);
    setDragged(true);
    const box = handle.getBoundingClientRect();
    // A finger rests on the knob, below the words; what it means is the line it began at.
    const lift = event.clientY - (box.top + spot.height / 2);
    const move = ({ clientX, clientY }: globalThis.PointerEvent) => {
      const position = pane.current && positionUnder(pane.current, clientX, clientY - lift);
      if (position !== null) latest.current.drag(edge, position);
    };
    const stop = () => {
      setDragged(false);
      latest.current.settle();
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', stop);
      handle.removeEventListener('pointercancel', stop);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', stop);
    handle.addEventListener('pointercancel', stop);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    reader.moveByArrow(edge, event.key);
  };
  const words = reader.page.text.slice(
    edge === 'start' ? range.start : Math.max(range.start, range.end - 40),
    edge === 'start' ? Math.min(range.end, range.start + 40) : range.end,
  );
  return (
    <span
      role="slider"
      tabIndex={0}
      className={style.handle}
      data-edge={edge}
      data-dragged={isDragged ? '' : undefined}
      aria-label={t(edge === 'start' ? 'desk.reader.handle-start' : 'desk.reader.handle-end')}
      aria-valuemin={0}
      aria-valuemax={reader.page.text.length}
      aria-valuenow={range[edge]}
      aria-valuetext={words}
      data-side={spot.side}
      style={{
        left: spot.side === 'left' ? spot.x - REACH : spot.x,
        top: spot.y,
        height: spot.height,
        width: REACH,
      }}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
