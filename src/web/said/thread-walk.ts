// Which mark of a thread's picture a key leads to.

/**
 * The mark that a key leads to from the one at `at`: along time, or in the lane above or below, to what was said nearest to
 * it. `lanes` are speakers from top to bottom; null where the key leads nowhere.
 */
export function markAfter(
  key: string,
  at: number,
  statements: readonly { speaker: number }[],
  lanes: readonly number[],
): number | null {
  const here = statements[at];
  if (!here) return statements.length > 0 ? 0 : null;
  switch (key) {
    case 'ArrowRight':
      return at + 1 < statements.length ? at + 1 : null;
    case 'ArrowLeft':
      return at > 0 ? at - 1 : null;
    case 'Home':
      return 0;
    case 'End':
      return statements.length - 1;
    case 'ArrowUp':
    case 'ArrowDown': {
      const row = lanes.indexOf(here.speaker) + (key === 'ArrowDown' ? 1 : -1);
      const lane = lanes[row];
      if (lane === undefined) return null;
      let best: number | null = null;
      statements.forEach((one, index) => {
        if (one.speaker === lane && (best === null || Math.abs(index - at) < Math.abs(best - at)))
          best = index;
      });
      return best;
    }
    default:
      return null;
  }
}
