// PDF: text in reading order, lines joined into paragraphs, and where on its page each stretch of it stands.
//
// The text is the page's, with three things settled: a line end inside a paragraph is a space; a hyphen at a line end
// stays (and its word is joined) unless the same document has the word without it, so that no word is made that the
// document does not use; a gap wider than a word's is a tab, as between the cells of a table, and its rows keep their line ends.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { dateRange } from '../record/date.ts';
import { problem } from '../record/problem.ts';
import type { Layout } from '../record/source.ts';
import type { IntakeLimits } from './limits.ts';
import { type Line, linesOfPage, type Piece } from './pdf-lines.ts';
import { languageTag, type Metadata, NO_METADATA, oneLine, type ReadResult, tooLong } from './reading.ts';

type Kind = Layout['blocks'][number]['kind'];

/** pdf.js, without its canvas: text is read here, nothing is drawn. */
async function loadPdfJs() {
  // The library wants these three to exist when it loads, and would load a native drawing library for them.
  const unused = class {};
  Object.assign(globalThis, { DOMMatrix: unused, ImageData: unused, Path2D: unused });
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const folderOf = (name: string) => `${join(folder, name)}/`;

/** Loads the library ahead of the first file. */
export async function prepare(): Promise<void> {
  const pdfjs = await loadPdfJs();
  await import(pathToFileURL(join(folder, 'legacy/build/pdf.worker.mjs')).href);
  pdfjs.GlobalWorkerOptions.workerSrc ||= pathToFileURL(join(folder, 'legacy/build/pdf.worker.mjs')).href;
}

/** Reads a PDF. Files behind a password, scans without text and damaged files are answered with a problem. */
export async function readPdf(bytes: Uint8Array, limits: Pick<IntakeLimits, 'text'>): Promise<ReadResult> {
  const pdfjs = await loadPdfJs();
  pdfjs.GlobalWorkerOptions.workerSrc ||= pathToFileURL(join(folder, 'legacy/build/pdf.worker.mjs')).href;
  const task = pdfjs.getDocument({
    // The library takes the bytes over; ours stay ours.
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    enableXfa: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    cMapUrl: folderOf('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: folderOf('standard_fonts'),
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    const pages = await readPages(document, limits);
    if (pages.every(({ lines }) => lines.length === 0))
      return { ok: false, problem: problem('read.no-text') };
    const { text, layout } = compose(pages, limits);
    const metadata = await readMetadata(document);
    const title = layout.blocks.find((block) => block.kind === 'title');
    return {
      ok: true,
      text,
      layout,
      metadata: {
        ...metadata,
        title: metadata.title ?? oneLine(title && text.slice(title.start, title.end), 500),
      },
      tool: 'constat pdf',
      toolVersion: `1 (pdf.js ${pdfjs.version})`,
    };
  } catch (error) {
    const name = (error as Error).name;
    if (name === 'PasswordException') return { ok: false, problem: problem('read.encrypted') };
    if (name === 'Problem') throw error;
    return { ok: false, problem: problem('read.damaged', { format: 'PDF' }, error) };
  } finally {
    await task.destroy();
  }
}

interface Page {
  number: number;
  width: number;
  height: number;
  lines: Line[];
  /** Upright or slanted text: stamps and margins, read after the rest. */
  aside: Line[];
}

async function readPages(document: PDFDocumentProxy, limits: Pick<IntakeLimits, 'text'>): Promise<Page[]> {
  const pages: Page[] = [];
  let length = 0;
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { width, height, transform } = page.getViewport({ scale: 1 });
    const content = await page.getTextContent({ includeMarkedContent: false, disableNormalization: false });
    const level: Piece[] = [];
    const slanted: Piece[] = [];
    for (const item of content.items) {
      if (!('str' in item) || item.str === '') continue;
      length += item.str.length;
      if (length > limits.text) throw tooLong(limits);
      const [a, b, c, d, e, f] = multiply(transform as Matrix, item.transform as Matrix);
      const size = Math.hypot(c, d) || Math.hypot(a, b);
      // Marks outside the page are not on it: nobody who looks at the page reads them.
      if (!(size > 0.5) || e > width || f < 0 || f - size > height || e + item.width < 0) continue;
      const style = content.styles[item.fontName];
      const ascent = size * within(style?.ascent, 0.5, 1.1, 0.85);
      const descent = size * within(style?.descent && -style.descent, 0.1, 0.4, 0.22);
      const piece = {
        words: item.str,
        x: e,
        y: f - ascent,
        width: item.width,
        height: ascent + descent,
        baseline: f,
        size,
      };
      (Math.abs(b) > Math.abs(a) * 0.05 || a < 0 ? slanted : level).push(piece);
    }
    const aside = slanted.map((piece) => ({ ...piece, pieces: [piece] }));
    pages.push({ number, width, height, lines: linesOfPage(level), aside });
    page.cleanup();
  }
  return pages;
}

type Matrix = [number, number, number, number, number, number];

function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

function within(value: number | undefined, least: number, most: number, otherwise: number): number {
  return value !== undefined && value >= least && value <= most ? value : otherwise;
}

/** A stretch of lines that belong together. */
interface Paragraph {
  kind: Kind;
  lines: { line: Line; page: number }[];
}

function compose(pages: Page[], limits: Pick<IntakeLimits, 'text'>): { text: string; layout: Layout } {
  const body = bodySize(pages);
  const running = runningLines(pages);
  const joins = wordsIn(pages);
  const layout: Layout = { blocks: [], pages: [], runs: [] };
  let text = '';
  for (const page of pages) {
    const pageStart = text.length;
    for (const { kind, lines } of paragraphs(page, body, running)) {
      if (text !== '') text += '\n\n';
      const start = text.length;
      for (const [index, { line }] of lines.entries()) {
        if (index > 0) text = kind === 'table' ? `${text}\n` : joinLine(text, line, joins);
        text = addLine(text, line, page.number, layout.runs);
      }
      layout.blocks.push({ start, end: text.length, kind });
      if (text.length > limits.text) throw tooLong(limits);
    }
    layout.pages.push({
      start: pageStart,
      end: text.length,
      width: round(page.width),
      height: round(page.height),
    });
  }
  markTitle(layout, pages, body);
  return { text, layout };
}

/** Ends the line before: a space, or nothing after a hyphen that parts a word. */
function joinLine(text: string, next: Line, known: Set<string>): string {
  const parted = /(\p{L}+)[-\u00ad\u2010]$/u.exec(text.slice(-60));
  const rest = /^\p{Ll}\p{L}*/u.exec(next.pieces[0]?.words.trimStart() ?? '');
  if (!parted || !rest) return `${text} `;
  const whole = `${parted[1]}${rest[0]}`.toLowerCase();
  const soft = text.endsWith('\u00ad');
  return soft || known.has(whole) ? text.slice(0, -1) : text;
}

/** Adds a line's words, and for each of its pieces the run that says where it stands. */
function addLine(text: string, line: Line, page: number, runs: Layout['runs']): string {
  let before: Piece | null = null;
  let added = text;
  for (const piece of line.pieces) {
    const words = piece.words.replace(/\s+/g, ' ');
    if (before !== null) {
      const gap = piece.x - (before.x + before.width);
      if (gap > piece.size * 1.6) added = `${added.trimEnd()}\t`;
      else if (gap > piece.size * 0.13 && !/\s$/.test(added) && !/^\s/.test(words)) added += ' ';
    }
    const shown = /\s$/.test(added) ? words.trimStart() : words;
    const start = added.length;
    added += shown;
    if (shown.trim() !== '') {
      const { x, y, width, height } = piece;
      runs.push({
        start,
        end: added.length,
        page,
        x: round(x),
        y: round(y),
        width: round(width),
        height: round(height),
      });
    }
    before = piece;
  }
  const trimmed = added.trimEnd();
  const last = runs.at(-1);
  if (last && last.end > trimmed.length && last.start < trimmed.length) last.end = trimmed.length;
  return trimmed;
}

/** The size of most letters. */
function bodySize(pages: Page[]): number {
  const letters = new Map<number, number>();
  for (const line of pages.flatMap((page) => page.lines)) {
    const size = Math.round(line.size * 2) / 2;
    letters.set(size, (letters.get(size) ?? 0) + lengthOf(line));
  }
  return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 10;
}

const wordsOf = (line: Line) => line.pieces.map((piece) => piece.words).join('');
const lengthOf = (line: Line) => line.pieces.reduce((sum, piece) => sum + piece.words.length, 0);

/** Words of the document that do not stand at a line end: what a hyphen at one is checked against. */
function wordsIn(pages: Page[]): Set<string> {
  const known = new Set<string>();
  for (const line of pages.flatMap((page) => page.lines)) {
    const words = line.pieces
      .map((piece) => piece.words)
      .join(' ')
      .toLowerCase();
    for (const match of words.matchAll(/\p{L}{4,}(?![\p{L}\p{Pd}])/gu)) known.add(match[0]);
  }
  return known;
}

/** How near the page's edge a running head or foot stands, as a share of the page's height. */
const MARGIN = 0.1;

/** Heads and feet: what stands in the margins of at least half of three or more pages, page numbers aside. */
function runningLines(pages: Page[]): Set<Line> {
  const seen = new Map<string, { line: Line; page: number }[]>();
  const found = new Set<Line>();
  for (const page of pages) {
    const marginal = page.lines.filter(
      (line) => line.y < page.height * MARGIN || line.y + line.height > page.height * (1 - MARGIN),
    );
    for (const line of marginal) {
      const words = wordsOf(line).trim();
      if (
        pages.length > 1 &&
        /^[\p{Pd}\s|]*(?:page\s*)?\d{1,4}(?:\s*(?:\/|of|sur|de)\s*\d{1,4})?[\p{Pd}\s|]*$/iu.test(words)
      )
        found.add(line);
      const key = words.replace(/\d+/g, '#').replace(/\s+/g, ' ');
      seen.set(key, [...(seen.get(key) ?? []), { line, page: page.number }]);
    }
  }
  for (const lines of seen.values()) {
    const on = new Set(lines.map(({ page }) => page)).size;
    if (on >= 3 && on * 2 >= pages.length) for (const { line } of lines) found.add(line);
  }
  return found;
}

const BULLET = /^\s*(?:[•●○▪■–—*-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S/;

/** Groups a page's lines into paragraphs by the space between them, their indent and their size. */
function paragraphs(page: Page, body: number, running: Set<Line>): Paragraph[] {
  const found: Paragraph[] = [];
  const furniture: Paragraph[] = [];
  const add = (kind: Kind, line: Line) => found.push({ kind, lines: [{ line, page: page.number }] });
  const leading = usualLeading(page.lines);
  let before: Line | null = null;
  for (const line of page.lines) {
    if (running.has(line)) {
      furniture.push({ kind: 'furniture', lines: [{ line, page: page.number }] });
      continue;
    }
    const kind = kindOf(line, body);
    const last = found.at(-1);
    if (last && before && last.kind === continued(kind, last.kind) && follows(before, line, leading)) {
      last.lines.push({ line, page: page.number });
    } else add(kind, line);
    before = line;
  }
  const slanted = page.aside.map((line) => ({
    kind: 'furniture' as const,
    lines: [{ line, page: page.number }],
  }));
  return [...found, ...furniture, ...slanted];
}

/** A list item goes on in lines without a bullet. */
const continued = (kind: Kind, last: Kind): Kind =>
  kind === 'paragraph' && last === 'list-item' ? last : kind;

function kindOf(line: Line, body: number): Kind {
  if (line.size >= body * 1.18) return 'heading';
  const parted = line.pieces.some((piece, index) => {
    const next = line.pieces[index + 1];
    return next !== undefined && next.x - (piece.x + piece.width) > piece.size * 2;
  });
  if (parted && line.pieces.length >= 3) return 'table';
  return BULLET.test(wordsOf(line)) ? 'list-item' : 'paragraph';
}

/** The usual distance of two lines that follow one another, as a multiple of their size. */
function usualLeading(lines: Line[]): number {
  const steps: number[] = [];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    const step = next ? (next.baseline - line.baseline) / line.size : 0;
    if (step > 0.8 && step < 3) steps.push(step);
  }
  steps.sort((a, b) => a - b);
  // The lower third: the space between paragraphs is never the commoner one in prose, but it may be in lists.
  return steps[Math.floor(steps.length / 3)] ?? 1.2;
}

/** Whether a line goes on with the paragraph of the one before. */
function follows(before: Line, line: Line, leading: number): boolean {
  if (Math.abs(line.size - before.size) > before.size * 0.12) return false;
  if (BULLET.test(wordsOf(line))) return false;
  const step = (line.baseline - before.baseline) / line.size;
  // Upwards: the text goes on at the top of the next column, when the sentence does.
  if (step < 0) return !/[.!?:”"»]\s*$/.test(wordsOf(before)) && /^\s*[\p{Ll}\d(]/u.test(wordsOf(line));
  if (step > leading * 1.3 + 0.1) return false;
  // An indented first line after a full stop opens a paragraph in texts that set no space between them.
  const indented = line.x - before.x > line.size * 0.8 && /[.!?:”"»]\s*$/.test(wordsOf(before));
  return !indented;
}

/** The largest words of the first page are its title, when they are larger than the rest. */
function markTitle(layout: Layout, pages: Page[], body: number): void {
  const first = layout.pages[0];
  const lines = pages[0]?.lines ?? [];
  const largest = Math.max(...lines.map((line) => line.size));
  if (!first || !(largest >= body * 1.18)) return;
  const heads = layout.blocks.filter((block) => block.kind === 'heading' && block.end <= first.end);
  const sizeOf = (block: { start: number }) => {
    const run = layout.runs.find(({ start }) => start >= block.start);
    return run?.height ?? 0;
  };
  const title = heads.reduce<(typeof heads)[number] | null>(
    (best, block) => (best === null || sizeOf(block) > sizeOf(best) * 1.02 ? block : best),
    null,
  );
  if (title) title.kind = 'title';
}

/** What a PDF says of itself: its document information, and the XMP beside it. Throws on damaged files. */
export async function pdfFacts(bytes: Uint8Array): Promise<[name: string, words: string][]> {
  const pdfjs = await loadPdfJs();
  pdfjs.GlobalWorkerOptions.workerSrc ||= pathToFileURL(join(folder, 'legacy/build/pdf.worker.mjs')).href;
  const task = pdfjs.getDocument({
    ...{ data: new Uint8Array(bytes), isEvalSupported: false, enableXfa: false, useWorkerFetch: false },
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  try {
    const { info, metadata } = await (await task.promise).getMetadata();
    const { Custom, ...standard } = info as Record<string, unknown>;
    const said = [...Object.entries(standard), ...Object.entries(Custom ?? {}), ...(metadata ?? [])];
    return said.flatMap(([name, words]): [string, string][] =>
      typeof words === 'string' || Array.isArray(words) ? [[name, String(words)]] : [],
    );
  } finally {
    await task.destroy();
  }
}

async function readMetadata(document: PDFDocumentProxy): Promise<Metadata> {
  // Damaged metadata does not keep anybody from reading the pages.
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  const said = info as Record<string, unknown>;
  const words = (name: string) => (typeof said[name] === 'string' ? said[name] : null);
  return {
    ...NO_METADATA,
    title: ownTitle(words('Title')),
    author: oneLine(words('Author')),
    published: aboutDay(words('CreationDate')),
    language: languageTag(words('Language')),
  };
}

/** A title that a word processor made up from a file name is none. */
export function ownTitle(title: string | null): string | null {
  const words = oneLine(title?.replace(/^Microsoft (?:Word|PowerPoint|Excel) - /, ''), 500);
  if (words === null || /\.(docx?|odt|rtf|indd|qxp|pptx?|xlsx?|pdf|tex|dvi)$/i.test(words)) return null;
  return /^(?:untitled|sans titre|document\d*|sans nom\d*)$/i.test(words) ? null : words;
}

/**
 * The day a file was made, as EDTF "about": it is near the day of publication and is not it.
 * Takes PDF dates ("D:20141029…") and ISO ones.
 */
export function aboutDay(date: string | null): string | null {
  const match = /^(?:D:)?(\d{4})-?(\d{2})-?(\d{2})/.exec(date ?? '');
  if (!match) return null;
  const day = `${match[1]}-${match[2]}-${match[3]}`;
  return dateRange(day) === null ? null : `${day}~`;
}

const round = (points: number) => Math.round(points * 100) / 100;
