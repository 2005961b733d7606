// When two proposals are one: their stretches of the text share at least as much as they do not.
import type { Span } from '../../record/suggestion.ts';

/** Two stretches are the same from this share on. */
const SAME = 0.5;

/**
 * How much two lists of spans share: the code units in both over those in either (the symmetric Jaccard index), 0 to 1.
 * Spans of one list do not overlap one another.
 */
export function overlap(a: readonly Span[], b: readonly Span[]): number {
  let shared = 0;
  let total = 0;
  for (const { start, end } of [...a, ...b]) total += end - start;
  for (const one of a) {
    for (const other of b) {
      shared += Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
    }
  }
  return total === shared ? 0 : shared / (total - shared);
}

/** Which of the others is the same, the one sharing most; null when none is. */
export function sameAs(content: readonly Span[], others: readonly (readonly Span[])[]): number | null {
  let best: number | null = null;
  let most = SAME;
  for (const [index, other] of others.entries()) {
    const share = overlap(content, other);
    if (share >= most && (best === null || share > most)) {
      best = index;
      most = share;
    }
  }
  return best;
}

/** The certainty of what two proposers found independently: a fifth of the doubt goes, and some always stays. */
export function raised(confidence: number): number {
  return Math.round(Math.max(confidence, Math.min(0.98, confidence + (1 - confidence) * 0.2)) * 1000) / 1000;
}
