// A source's text as its page had it: paragraphs with their roles, where pages begin, and its sentences.
// The roles are those the proposer went by, so that what looks like furniture is what was left out.
import { readPage } from '../language/page.ts';
import { readText } from '../language/text-model.ts';
import type { Layout } from '../record/source.ts';
import { type Stretch, sentenceAt } from './text-steps.ts';

/** A paragraph of the page. */
export interface ReaderBlock extends Stretch {
  kind: 'title' | 'heading' | 'body' | 'list-item' | 'table' | 'caption' | 'furniture';
  /** Whether it only goes on with the paragraph before it, which was too long to be drawn as one. */
  continues: boolean;
}

/** A text ready to be read. */
export interface PageText {
  text: string;
  language: string | null;
  blocks: ReaderBlock[];
  sentences: Stretch[];
  /** Where each page begins; empty for texts without pages. */
  pages: { start: number; number: number }[];
}

/** A paragraph longer than this is drawn in pieces, at the ends of sentences: a browser lays out each by itself. */
const LONGEST_BLOCK = 6000;

/** Reads a text with the layout it was found in. Linear in its length. */
export function pageText(
  text: string,
  source: { language: string | null; title: string; layout: Layout | null },
): PageText {
  const model = readText(text, source.language?.startsWith('fr') ? 'fr' : 'en');
  const given = source.layout?.blocks ?? [];
  const blocks: ReaderBlock[] = [];
  const tables = given.filter((block) => block.kind === 'table').sort((a, b) => a.start - b.start);
  const items = given.filter((block) => block.kind === 'list-item').sort((a, b) => a.start - b.start);
  let table = 0;
  let item = 0;
  for (const paragraph of readPage(model, { title: source.title, blocks: given })) {
    while (table < tables.length && tables[table]!.end <= paragraph.start) table++;
    while (item < items.length && items[item]!.end <= paragraph.start) item++;
    const inTable = tables[table];
    if (inTable && inTable.start <= paragraph.start && paragraph.end <= inTable.end) {
      // The rows of a table are paragraphs of the text and one block of the page.
      if (blocks.at(-1)?.start !== inTable.start)
        blocks.push({ start: inTable.start, end: inTable.end, kind: 'table', continues: false });
      continue;
    }
    const isItem = items[item] !== undefined && items[item]!.start <= paragraph.start;
    const isBody = paragraph.kind === 'body';
    const kind =
      isBody && isItem ? 'list-item' : isBody && isHeadingLike(text, paragraph) ? 'heading' : paragraph.kind;
    addPieces(blocks, paragraph, kind, model.sentences);
  }
  const pages = (source.layout?.pages ?? []).map(({ start }, at) => ({ start, number: at + 1 }));
  return {
    text,
    language: source.language,
    blocks,
    sentences: model.sentences,
    pages: pagesIn(blocks, pages),
  };
}

/**
 * A short paragraph of one line that does not end like a sentence is drawn like a heading: plain text has no other
 * way to have one. Only its look follows from this.
 */
function isHeadingLike(text: string, { start, end }: Stretch): boolean {
  if (end - start > 90) return false;
  const words = text.slice(start, end);
  return !/[.!?…:;,"”»’)\]\d]$|[\n\t]/.test(words) && /^[\p{Lu}\p{Lo}«“"]/u.test(words);
}

function addPieces(
  blocks: ReaderBlock[],
  paragraph: Stretch,
  kind: ReaderBlock['kind'],
  sentences: readonly Stretch[],
): void {
  let { start } = paragraph;
  let continues = false;
  if (paragraph.end - start > LONGEST_BLOCK) {
    for (
      let at = sentenceAt(sentences, start);
      at < sentences.length && sentences[at]!.start < paragraph.end;
      at++
    ) {
      const cut = sentences[at]!.start;
      const next = sentences[at + 1]?.start ?? paragraph.end;
      if (cut > start && next - start > LONGEST_BLOCK) {
        blocks.push({ start, end: cut, kind, continues });
        start = cut;
        continues = true;
      }
    }
  }
  blocks.push({ start, end: paragraph.end, kind, continues });
}

/** Pages begin at the first word that stands on them: white space before it is in no block. Empty pages begin nowhere. */
function pagesIn(blocks: readonly ReaderBlock[], pages: PageText['pages']): PageText['pages'] {
  const found: PageText['pages'] = [];
  let block = 0;
  for (const [at, { start, number }] of pages.entries()) {
    while (block < blocks.length && blocks[block]!.end <= start) block++;
    if (block === blocks.length) break;
    const begins = Math.max(start, blocks[block]!.start);
    const next = pages[at + 1]?.start ?? Infinity;
    if (begins < next) found.push({ start: begins, number });
  }
  return found;
}

/** The page a position stands on, or null in texts without pages. */
export function pageAt(pages: PageText['pages'], position: number): number | null {
  return pages.findLast((page) => page.start <= position)?.number ?? null;
}
