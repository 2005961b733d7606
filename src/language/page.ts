// The parts of a page: title, headings, captions, and the furniture around a text that says nothing about its matter.
import type { Block, ProposeContext, Span } from '../record/suggestion.ts';
import {
  commentsHeading,
  datelineLength,
  type Furniture,
  furnitureOf,
  isCaption,
  isComment,
  isLinkHeading,
} from './page-furniture.ts';
import type { TextModel } from './text-model.ts';

/** A paragraph of the text and its role on the page. */
export interface PageParagraph extends Span {
  /** What the proposer goes by: captions and furniture are not proposed from, titles and headings with less confidence. */
  kind: 'title' | 'heading' | 'body' | 'caption' | 'furniture';
  /** What it is more narrowly, where that was recognised. A standfirst is read as the body is. */
  part?: 'standfirst' | 'repeated' | 'running-head' | Furniture;
  /** The dateline it begins with, "CALAIS, France (Agency) — ", which belongs to no sentence. */
  dateline?: Span;
}

/** A line of this kind stands this often before it is taken for the head or foot of pages. */
const RUNNING = 3;
/** A heading of comments that may head a chapter needs a sign of readers within so many paragraphs. */
const COMMENTS_WITHIN = 8;
/** So many paragraphs of text stand before a count of comments that heads them. */
const COUNTED_AFTER = 2;
/** The title is looked for among the first paragraphs only. */
const TITLE_WITHIN = 12;

/**
 * Gives each paragraph its role. What the reader found (`context.blocks`) is believed; beyond that a repeated
 * paragraph, a credit, a byline or a call to subscribe is told by its words. A paragraph that reports and ends with a
 * full stop is text, whatever else it looks like.
 */
export function readPage(model: TextModel, context: ProposeContext): PageParagraph[] {
  const blocks = [...(context.blocks ?? [])].sort((a, b) => a.start - b.start);
  const title = context.title?.trim().toLowerCase() || null;
  const texts = model.paragraphs.map(({ start, end }) =>
    end - start <= 2000 ? model.text.slice(start, end) : null,
  );
  const running = runningHeads(texts);
  const seen = new Set<string>();
  const paragraphs: PageParagraph[] = [];
  let block = 0;
  let body = 0;
  let titled = false;
  let comments = false;
  let links = false;
  for (const [index, { start, end }] of model.paragraphs.entries()) {
    const middle = (start + end) / 2;
    while (block < blocks.length && blocks[block]!.end <= middle) block++;
    const given = block < blocks.length && blocks[block]!.start <= middle ? blocks[block]!.kind : null;
    const words = texts[index] ?? null;
    const heading = words && body > 0 ? commentsHeading(words) : null;
    // Above the text, "12 comments" is a button: there only what readers wrote makes a heading of it.
    const certain = heading === 'sure' || (heading === 'counted' && body > COUNTED_AFTER);
    if (certain || (heading && readersFollow(texts, index, heading === 'maybe'))) comments = true;
    let found: Omit<PageParagraph, 'start' | 'end'>;
    if (comments) found = { kind: 'furniture', part: 'comments' };
    else {
      const first = !titled && body === 0 && index < TITLE_WITHIN;
      found = roleOf(words, given, first, title, texts[index + 1] ?? null);
      if (found.kind === 'body' || found.kind === 'heading') {
        if (words && running.has(lineKey(words)) && given === null && !(first && index === 0))
          found = { kind: 'furniture', part: 'running-head' };
        else if (links && words && !isEnded(words) && words.length <= 160)
          found = { kind: 'furniture', part: 'related' };
        else links = false;
      }
    }
    if (words && isLinkHeading(words)) links = true;
    if (words && words.length >= 25 && given !== 'table') {
      // A page printed twice over (standfirst, teaser, text) is read once. The title counts where it first stands.
      if (seen.has(words) && found.kind !== 'furniture') found = { kind: 'furniture', part: 'repeated' };
      seen.add(words);
    }
    if (found.kind === 'title') titled = true;
    if (found.kind === 'body') body++;
    if (found.kind === 'body' && words) {
      const length = datelineLength(words);
      if (length > 0) found.dateline = { start, end: start + length };
    }
    paragraphs.push({ start, end, ...found });
  }
  markStandfirst(paragraphs);
  return paragraphs;
}

function roleOf(
  words: string | null,
  given: Block['kind'] | null,
  first: boolean,
  title: string | null,
  next: string | null,
): Omit<PageParagraph, 'start' | 'end'> {
  if (given === 'furniture' || given === 'caption' || given === 'title' || given === 'heading')
    return { kind: given };
  if (words === null) return { kind: 'body' };
  if (title !== null && words.toLowerCase() === title) return { kind: 'title' };
  if (given !== 'table') {
    const furniture = words.length >= (given === null ? 1 : 4) ? furnitureOfLines(words) : null;
    if (furniture) return { kind: 'furniture', part: furniture };
  }
  if (isCaption(words)) return { kind: 'caption' };
  if (given === 'list-item' || given === 'table') return { kind: 'body' };
  const ended = isEnded(words);
  if (first && words.length <= 160) {
    if (!ended) return { kind: 'title' };
    // A headline may end with a quotation or a question, when a longer paragraph follows it.
    const asks = /[?!]$|[^.!?…,;:]["”»’]$/.test(words) && !/[.!?…]\s/.test(words);
    if (asks && next !== null && next.length > words.length && words.length <= 140) return { kind: 'title' };
  }
  if (!ended && given === null && words.length <= 120 && !/\d/.test(words)) return { kind: 'heading' };
  return { kind: 'body' };
}

/** A date, a byline and buttons may be set in lines of one paragraph: it is furniture when each of them is. */
function furnitureOfLines(words: string): Furniture | null {
  const whole = furnitureOf(words);
  if (whole !== null || words.length > 400) return whole;
  const lines = words.split(/\r\n|[\n\r\f\u2028\u2029]/).filter((line) => line.trim() !== '');
  if (lines.length < 2) return null;
  const kinds = lines.map((line) => furnitureOf(line.trim()));
  return kinds.includes(null) ? null : kinds[0]!;
}

function isEnded(words: string): boolean {
  return /[.!?…:;,"”»’)\]]\s*$/.test(words);
}

/** A line without its digits, so that the heads of numbered pages are one line. */
function lineKey(words: string): string {
  return words.replace(/\d+/g, '#').replace(/\s+/g, ' ').toLowerCase();
}

/**
 * Lines that return again and again: the heads and feet of pages. Names alone are left out, for they are the speakers of
 * transcripts; so are lines that end as sentences do.
 */
function runningHeads(texts: (string | null)[]): Set<string> {
  const counts = new Map<string, number>();
  for (const words of texts) {
    if (words === null || words.length < 12 || words.length > 120 || /[.!?…:;]$/.test(words)) continue;
    if (/^(?:\p{Lu}[\p{L}.'’-]*\s*){1,4}$/u.test(words)) continue;
    const key = lineKey(words);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= RUNNING).map(([key]) => key));
}

/**
 * Whether the paragraphs after a heading of comments are those of readers: one of them begins with a made-up name, or
 * asks to reply; or, where `prompts` count, to log in.
 */
function readersFollow(texts: (string | null)[], index: number, prompts: boolean): boolean {
  const until = Math.min(texts.length, index + 1 + COMMENTS_WITHIN);
  for (let at = index + 1; at < until; at++) {
    const words = texts[at];
    if (!words) continue;
    const kind = furnitureOf(words);
    if (kind === 'comments' || (prompts && kind === 'prompt') || isComment(words)) return true;
  }
  return false;
}

/** The one paragraph between the title and what parts it from the text (byline, date, picture) is the standfirst. */
function markStandfirst(paragraphs: PageParagraph[]): void {
  const title = paragraphs.findIndex(({ kind }) => kind === 'title');
  if (title < 0 || title > TITLE_WITHIN) return;
  let at = title + 1;
  while (at < paragraphs.length && paragraphs[at]!.kind === 'furniture' && paragraphs[at]!.part !== 'byline')
    at++;
  const candidate = paragraphs[at];
  const parted = paragraphs[at + 1];
  if (candidate?.kind !== 'body' || candidate.end - candidate.start > 500 || !parted) return;
  const isParted =
    parted.kind === 'caption' ||
    (parted.kind === 'furniture' && parted.part !== 'comments') ||
    parted.kind === 'title';
  if (isParted) candidate.part = 'standfirst';
}
