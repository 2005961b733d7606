// Scrolling that brings a passage where it can be read, and leaves the text alone where it can be read already.

/** The part of the window a passage may stand in without being moved: below the top tenth, above the lower third. */
const REACH = { top: 0.1, bottom: 0.68 };
/** Where it is brought to. */
const TARGET = 0.28;
/** Further away than so many windows, gliding there would only make dizzy. */
const FAR = 2.5;

/** The element that scrolls the text: the nearest one that does, or the page. */
function scrollerOf(element: Element): Element {
  for (let at = element.parentElement; at; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if ((overflowY === 'auto' || overflowY === 'scroll') && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement ?? document.documentElement;
}

/**
 * Brings the start of a range into reach. `smooth`: gliding, where it is near and the person allows motion.
 * The range is asked for again after a jump: text that was out of sight gets its true height only then.
 */
export function scrollIntoReach(pane: Element, rangeNow: () => Range | null, smooth: boolean): void {
  const scroller = scrollerOf(pane);
  const isPage = scroller === document.scrollingElement || scroller === document.documentElement;
  const away = (): { by: number; height: number } | null => {
    const box = rangeNow()?.getClientRects()[0];
    if (!box) return null;
    const view = isPage ? { top: 0, height: window.innerHeight } : scroller.getBoundingClientRect();
    // Where the queue lies over the foot of the text, only what is above it counts.
    const height = Math.min(view.height, coveredFrom(view.top + view.height) - view.top);
    const at = box.top - view.top;
    const inReach =
      at >= height * REACH.top && at + Math.min(box.height, height / 4) <= height * REACH.bottom;
    return { by: inReach ? 0 : at - height * TARGET, height };
  };
  const first = away();
  if (!first || first.by === 0) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (smooth && !calm && Math.abs(first.by) < first.height * FAR) {
    scroller.scrollBy({ top: first.by, behavior: 'smooth' });
    return;
  }
  scroller.scrollBy({ top: first.by, behavior: 'instant' });
  let tries = 0;
  const correct = () => {
    const rest = away();
    if (rest && rest.by !== 0) scroller.scrollBy({ top: rest.by, behavior: 'instant' });
    if (++tries < 4) requestAnimationFrame(correct);
  };
  requestAnimationFrame(correct);
}

/** Where something fixed begins to cover the window, from the foot of it upwards. */
function coveredFrom(bottom: number): number {
  const dock = document.querySelector('[data-dock]');
  if (!dock || getComputedStyle(dock).position !== 'fixed') return bottom;
  return Math.min(bottom, dock.getBoundingClientRect().top);
}
