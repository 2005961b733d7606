// A text and the passages in it, cut into segments that a screen can draw and a selection can be counted in.
// Every position is a UTF-16 code unit of the whole text, and no boundary ever falls inside a surrogate pair.
import type { RecordKind } from '../../record/vocabulary.ts';
import type { MarkTone, TextMark, TextSegment } from '../../ui/marked-text.tsx';
import { type Stretch, wholeCharacter } from '../../ui/text-steps.ts';

/** A passage to be drawn: where it stands, and the record that rests on it. */
export interface PlacedPassage {
  record: string;
  passage: number;
  kind: RecordKind;
  tone: MarkTone;
  start: number;
  end: number;
}

/** More passages than this on one word get no line of their own beneath it. */
const LANES = 3;

/**
 * Passages as marks in text order, longer ones first where two begin together. Each has a lane: the line beneath the
 * words that no other passage at the same place uses. Passages outside the text are left out.
 */
export function layMarks(text: string, passages: PlacedPassage[]): TextMark[] {
  const marks: TextMark[] = [];
  for (const placed of passages) {
    const start = wholeCharacter(text, Math.max(0, placed.start), -1);
    const end = wholeCharacter(text, Math.min(text.length, placed.end), 1);
    if (start < end) marks.push({ ...placed, start, end, lane: 0 });
  }
  marks.sort((a, b) => a.start - b.start || b.end - a.end || (a.record < b.record ? -1 : 1));
  let active: TextMark[] = [];
  for (const mark of marks) {
    active = active.filter((other) => other.end > mark.start);
    const taken = new Set(active.map((other) => other.lane));
    while (taken.has(mark.lane)) mark.lane++;
    active.push(mark);
  }
  for (const mark of marks) mark.lane = Math.min(mark.lane, LANES - 1);
  return marks;
}

/**
 * The marks of each block, as one list per block; a mark that crosses a block's edge is in both.
 * Blocks are in text order and do not overlap. Linear in blocks and marks together, but for marks that overlap.
 */
export function marksByBlock(blocks: readonly Stretch[], marks: readonly TextMark[]): TextMark[][] {
  const lists: TextMark[][] = blocks.map(() => []);
  let first = 0;
  for (const mark of marks) {
    while (first < blocks.length && blocks[first]!.end <= mark.start) first++;
    for (let at = first; at < blocks.length && blocks[at]!.start < mark.end; at++) lists[at]!.push(mark);
  }
  return lists;
}

/** Keeps each earlier list whose marks are the same, so that a block that did not change is not drawn again. */
export function keepSame(before: TextMark[][], now: TextMark[][]): TextMark[][] {
  return now.map((list, at) => {
    const old = before[at];
    const same =
      old !== undefined && old.length === list.length && list.every((mark, i) => sameMark(mark, old[i]!));
    return same ? old : list;
  });
}

function sameMark(a: TextMark, b: TextMark): boolean {
  return (
    a.record === b.record &&
    a.passage === b.passage &&
    a.start === b.start &&
    a.end === b.end &&
    a.tone === b.tone &&
    a.lane === b.lane &&
    a.kind === b.kind
  );
}

/**
 * Cuts a block at every boundary of its marks and at every page that begins in it. The segments join without a gap;
 * each names the marks that cover it, the longest first, so that they can be nested as elements.
 * @param pages where pages begin, in text order; `number` counts from 1
 */
export function segmentBlock(
  block: Stretch,
  marks: readonly TextMark[],
  pages: readonly { start: number; number: number }[] = [],
): TextSegment[] {
  const cuts = new Set([block.start]);
  for (const mark of marks) {
    if (mark.start > block.start && mark.start < block.end) cuts.add(mark.start);
    if (mark.end > block.start && mark.end < block.end) cuts.add(mark.end);
  }
  const begins = new Map<number, number>();
  for (const page of pages) {
    if (page.start < block.start || page.start >= block.end) continue;
    cuts.add(page.start);
    begins.set(page.start, page.number);
  }
  const starts = [...cuts].sort((a, b) => a - b);
  const byStart = [...marks].sort((a, b) => a.start - b.start);
  let next = 0;
  let active: TextMark[] = [];
  return starts.map((start, at) => {
    while (next < byStart.length && byStart[next]!.start <= start) active.push(byStart[next++]!);
    active = active.filter((mark) => mark.end > start);
    return {
      start,
      end: starts[at + 1] ?? block.end,
      page: begins.get(start) ?? null,
      marks: [...active].sort(
        (a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start || (a.record < b.record ? -1 : 1),
      ),
    };
  });
}

/** Where a position of the text stands among segments: which one, and how many code units into it. */
export interface Place {
  segment: number;
  within: number;
}

/**
 * The place of a position; on a boundary, `edge` says whether the segment that begins there is meant or the one that
 * ends there (the start of a passage belongs to what follows, its end to what precedes). Null outside the segments.
 */
export function placeOf(segments: readonly Stretch[], position: number, edge: 'start' | 'end'): Place | null {
  let low = 0;
  let high = segments.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { start, end } = segments[middle]!;
    const before = edge === 'start' ? position < start : position <= start;
    const after = edge === 'start' ? position >= end : position > end;
    // The very ends of the text are in no neighbour.
    if (before && !(middle === 0 && position === start)) high = middle - 1;
    else if (after && !(middle === segments.length - 1 && position === end)) low = middle + 1;
    else return position >= start && position <= end ? { segment: middle, within: position - start } : null;
  }
  return null;
}

/** The position of the text that a place stands for; the inverse of placeOf. */
export function positionOf(segments: readonly Stretch[], place: Place): number {
  const { start, end } = segments[place.segment]!;
  return Math.min(end, start + place.within);
}
