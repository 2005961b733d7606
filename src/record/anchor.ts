// Finding a passage again in a new rendition of its source's text: by position, by quote, by context, and nearly.
// The order and the weights are those of the Hypothesis client (src/annotator/anchoring/match-quote.ts).
import search from 'approx-string-match';
import type { PageArea } from './passage.ts';
import { type Passage, pin, stands } from './passage.ts';

/** Where a passage was found, and whether in its own words or nearly. */
export interface Found {
  start: number;
  end: number;
  anchor: 'exact' | 'fuzzy';
}

const WEIGHTS = { quote: 50, prefix: 20, suffix: 20, position: 2 };
const WHOLE = WEIGHTS.quote + WEIGHTS.prefix + WEIGHTS.suffix + WEIGHTS.position;

/** Below this score two stretches of text have nothing to do with one another. */
const LEAST_SCORE = 0.55;

/** A quote this short means nothing by itself: without any of its context it is not taken for the same passage. */
const SHORT_QUOTE = 24;
const LEAST_CONTEXT = 0.6;

/** Approximate search costs text length times errors; in longer texts it looks only around the old position. */
const SEARCHED_NEARLY = 500_000;

/** More occurrences than this are not scored: the words are too common for context to be worth its price. */
const MOST_OCCURRENCES = 2_000;

/**
 * Finds a passage's words in a text, or null when they are not there any more. Tried in order: the same words at the
 * same place; the same words elsewhere, the occurrence whose context and position fit best; nearly the same words
 * (at most half of them changed, 256 characters at most), scored the same way.
 */
export function findPassage(
  text: string,
  passage: Pick<Passage, 'exact' | 'prefix' | 'suffix' | 'start' | 'end'>,
): Found | null {
  if (stands(text, passage)) return { start: passage.start, end: passage.end, anchor: 'exact' };
  const same = occurrences(text, passage.exact);
  const candidates = same.length > 0 ? same : nearly(text, passage.exact, passage.start);
  let best: { match: Match; score: number } | null = null;
  for (const match of candidates) {
    if (match.start >= match.end) continue;
    const score = scoreOf(text, match, passage);
    if (score !== null && (best === null || score > best.score)) best = { match, score };
  }
  if (best === null || best.score < LEAST_SCORE) return null;
  const { start, end, errors } = best.match;
  return { start, end, anchor: errors === 0 ? 'exact' : 'fuzzy' };
}

/**
 * The passage as it stands in a new rendition. One that cannot be found keeps its old rendition, in which it still
 * stands, and says that it is lost.
 */
export function reanchor(
  passage: Passage,
  text: string,
  rendition: string,
  pagesOf: (range: { start: number; end: number }) => PageArea[],
): Passage {
  const found = findPassage(text, passage);
  if (found === null) return { ...passage, anchor: 'lost' };
  const pinned = pin(text, found, { source: passage.source, rendition });
  return { ...pinned, pages: pagesOf(pinned), anchor: found.anchor };
}

interface Match {
  start: number;
  end: number;
  errors: number;
}

function occurrences(text: string, words: string): Match[] {
  const found: Match[] = [];
  for (let start = text.indexOf(words); start !== -1; start = text.indexOf(words, start + 1)) {
    found.push({ start, end: start + words.length, errors: 0 });
    if (found.length === MOST_OCCURRENCES) break;
  }
  return found;
}

function nearly(text: string, words: string, near: number): Match[] {
  const from = text.length <= SEARCHED_NEARLY ? 0 : Math.max(0, near - SEARCHED_NEARLY / 2);
  const part = text.slice(from, from + SEARCHED_NEARLY);
  const mostErrors = Math.min(256, Math.floor(words.length / 2));
  return search(part, words, mostErrors)
    .slice(0, MOST_OCCURRENCES)
    .map(({ start, end, errors }) => ({ start: start + from, end: end + from, errors }));
}

/** 0 to 1; null where a short quote stands in a context that is not its own. */
function scoreOf(
  text: string,
  match: Match,
  passage: Pick<Passage, 'exact' | 'prefix' | 'suffix' | 'start'>,
): number | null {
  const { exact, prefix, suffix } = passage;
  const quote = 1 - match.errors / exact.length;
  const before = likeness(text.slice(Math.max(0, match.start - prefix.length), match.start), prefix);
  const after = likeness(text.slice(match.end, match.end + suffix.length), suffix);
  if (exact.length < SHORT_QUOTE && Math.max(before, after) < LEAST_CONTEXT) return null;
  const position = 1 - Math.abs(match.start - passage.start) / text.length;
  const sum =
    WEIGHTS.quote * quote +
    WEIGHTS.prefix * before +
    WEIGHTS.suffix * after +
    WEIGHTS.position * Math.max(0, position);
  return sum / WHOLE;
}

/** How much of `words` a stretch holds, 0 to 1; 1 when there were no words: the start and end of a text fit anywhere. */
function likeness(stretch: string, words: string): number {
  if (words.length === 0) return 1;
  if (stretch.length === 0) return 0;
  if (stretch === words) return 1;
  const [best] = search(stretch, words, words.length);
  return best === undefined ? 0 : 1 - best.errors / words.length;
}
