// The way through a list: pages before this one, and the list a record page was opened from. Kept in the history of the
// browser with the address, so that going back and reloading find it again.
import { z } from 'zod';

/** The cursors of the pages before this one, the first of them ''. Absent when a link led into the middle of a list. */
export const ListState = z.object({ before: z.array(z.string()).max(100_000) });
export type ListState = z.infer<typeof ListState>;

/** The page of a list that a record was opened from. */
export const Trail = z.object({
  trail: z.object({
    /** The query of the list, as in its address, with the cursor of this page. */
    search: z.string(),
    ids: z.array(z.string()),
    next: z.string().nullable(),
    before: z.array(z.string()).nullable(),
  }),
});
export type Trail = z.infer<typeof Trail>['trail'];

/** The list state kept with an address; null when there is none. A first page has none before it, whatever is kept. */
export function listState(kept: unknown, cursor: string | undefined): ListState | null {
  if (cursor === undefined) return { before: [] };
  const read = ListState.safeParse(kept);
  return read.success && read.data.before.length > 0 ? read.data : null;
}

/** The trail kept with an address, or null. */
export function trailOf(kept: unknown): Trail | null {
  const read = Trail.safeParse(kept);
  return read.success ? read.data.trail : null;
}

/** The query of a list at another of its pages; '' as cursor is the first page. */
export function searchAt(search: string, cursor: string): string {
  const parameters = new URLSearchParams(search);
  if (cursor === '') parameters.delete('cursor');
  else parameters.set('cursor', cursor);
  return parameters.toString();
}

/** The cursor in a list's query; '' on the first page. */
function cursorOf(search: string): string {
  return new URLSearchParams(search).get('cursor') ?? '';
}

/** The trail of the page after this one, once its records are known. */
export function trailAfter(trail: Trail, ids: string[], next: string | null): Trail {
  return {
    search: searchAt(trail.search, trail.next ?? ''),
    ids,
    next,
    before: trail.before && [...trail.before, cursorOf(trail.search)],
  };
}

/** The trail of the page before this one, once its records are known; it is the page whose next one is this. */
export function trailBefore(trail: Trail, ids: string[]): Trail {
  const before = trail.before ?? [];
  return {
    search: searchAt(trail.search, before.at(-1) ?? ''),
    ids,
    next: cursorOf(trail.search),
    before: before.slice(0, -1),
  };
}
