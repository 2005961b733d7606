// Work that costs: at most so much of it at once, and a short queue for the rest, so that a flood starves nothing else.

/** Takes work into turns. `first` goes before everything that waits; resolves to null where the queue is full. */
export type BoundedWork = <Result>(
  work: () => Promise<Result>,
  first?: boolean,
) => Promise<{ done: Result } | null>;

/** Bounds work to `atOnce` at a time; `waiting` pieces of each lane may wait, and further ones are turned away. */
export function boundedWork(atOnce: number, waiting: number): BoundedWork {
  let running = 0;
  const lanes: Record<'first' | 'later', (() => void)[]> = { first: [], later: [] };
  const leave = () => {
    const next = lanes.first.shift() ?? lanes.later.shift();
    // A turn goes from hand to hand: `running` only falls when nobody takes it over.
    if (next) next();
    else running--;
  };
  return async (work, first = false) => {
    if (running >= atOnce) {
      const lane = lanes[first ? 'first' : 'later'];
      if (lane.length >= waiting) return null;
      await new Promise<void>((resolve) => lane.push(resolve));
    } else running++;
    try {
      return { done: await work() };
    } finally {
      leave();
    }
  };
}
