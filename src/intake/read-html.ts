// HTML: the main text as Firefox's reader view finds it, under its headline and standfirst, without running or loading
// anything of the page.
import { isUtf8 } from 'node:buffer';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { problem } from '../record/problem.ts';
import type { IntakeLimits } from './limits.ts';
import { packageVersion } from './package-version.ts';
import { addElement, wordsOf } from './page-blocks.ts';
import { pageMetadata } from './page-metadata.ts';
import { type FileNature, languageTag, oneLine, type ReadResult, TextOfBlocks } from './reading.ts';

/** Below this many characters Readability has found a scrap and not the text; then the whole page is read. */
const LEAST_ARTICLE = 140;

const STANDFIRST =
  '[class*="standfirst" i], [class*="chapo" i], [class*="article__lead" i], [class*="article-lead" i], [class*="dek" i], [class*="subtitle" i], [class*="subheadline" i], [itemprop="description"], [itemprop="alternativeHeadline"]';

/** Reads a page. The charset is that of the byte order mark, the type's parameter, the page's meta, UTF-8 where it fits, else windows-1252. */
export function readHtml(
  bytes: Uint8Array,
  { mediaType }: Pick<FileNature, 'mediaType'>,
  limits: Pick<IntakeLimits, 'text'>,
): ReadResult {
  const html = decodePage(bytes, mediaType);
  const document = parsePage(html);
  const metadata = pageMetadata(document, html);
  const headline = headlineOf(document, metadata.title);
  const standfirst = standfirstOf(document, metadata.description);
  // Readability takes the document apart; the whole page is kept for when it finds nothing.
  const whole = document.body?.cloneNode(true) as Element | undefined;
  const article = new Readability<Element>(document, {
    charThreshold: LEAST_ARTICLE,
    keepClasses: true,
    serializer: (node) => node as Element,
  }).parse();
  const text = new TextOfBlocks(limits);
  if (article?.content && (article.textContent?.trim().length ?? 0) >= LEAST_ARTICLE) {
    const words = wordsOf(article.content);
    const title = headline ?? oneLine(article.title, 500);
    if (title !== null && !words.startsWith(title)) text.add('title', title);
    if (standfirst !== null && !words.includes(standfirst)) text.add('paragraph', standfirst);
    addElement(article.content, text);
  } else if (whole) addElement(whole, text);
  if (text.text === '') return { ok: false, problem: problem('read.no-text') };
  return {
    ok: true,
    text: text.text,
    layout: { blocks: text.blocks, pages: [], runs: [] },
    metadata: {
      title: metadata.title ?? headline ?? oneLine(article?.title, 500),
      author: metadata.author ?? oneLine(article?.byline?.replace(/^\s*(?:by|par)\s+/i, '')),
      published: metadata.published,
      language: metadata.language ?? languageTag(article?.lang),
      publisher: metadata.publisher ?? oneLine(article?.siteName),
      address: metadata.address,
    },
    tool: 'constat html',
    toolVersion: `1 (readability ${packageVersion('@mozilla/readability')}, linkedom ${packageVersion('linkedom')})`,
  };
}

/** The page's characters. */
export function decodePage(bytes: Uint8Array, mediaType: string): string {
  const charset = new TextDecoder(charsetOf(bytes, mediaType));
  const text = charset.decode(bytes);
  // Some releases of Node decode windows-1252 as if it were ISO 8859-1; what they leave in place is put right here.
  return charset.encoding === 'windows-1252'
    ? text.replace(/[\u0080-\u009f]/g, (mark) => WINDOWS_1252[mark.charCodeAt(0) - 0x80]!)
    : text;
}

/** The characters of windows-1252 from 0x80 to 0x9F (WHATWG Encoding, index windows-1252). */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * The page as a document. HTML lets a page leave out html, head and body, and linkedom does not put them in:
 * such a page is parsed again inside them.
 */
function parsePage(html: string): Document {
  const { document } = parseHTML(html);
  const roots = Array.from(document.children);
  const parts = Array.from(roots[0]?.children ?? []).map((part) => part.localName);
  const isWhole =
    roots.length === 1 &&
    roots[0]!.localName === 'html' &&
    parts.includes('body') &&
    parts.every((part) => part === 'head' || part === 'body');
  if (isWhole) return document;
  const language = /<html\b[^>]*\slang\s*=\s*["']?([\w-]+)/i.exec(html)?.[1] ?? '';
  const inner = html.replace(/<!doctype[^>]*>|<\/?(?:html|head|body)(?:\s[^>]*)?>/gi, '');
  return parseHTML(`<!doctype html><html lang="${language}"><head></head><body>${inner}</body></html>`)
    .document;
}

function charsetOf(bytes: Uint8Array, mediaType: string): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const opening = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const named = [
    /charset\s*=\s*["']?([\w:-]+)/i.exec(mediaType)?.[1],
    /<meta\s[^>]*charset\s*=\s*["']?\s*([\w:-]+)/i.exec(opening)?.[1],
    /^<\?xml[^>]*encoding\s*=\s*["']([\w:-]+)/i.exec(opening)?.[1],
  ].find((label) => label !== undefined && isCharset(label));
  if (named) {
    // A meta that can be read as ASCII cannot be telling the truth when it says UTF-16 (WHATWG HTML, prescan).
    return /^utf-?16/i.test(named) ? 'utf-8' : named;
  }
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function isCharset(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

const compared = (words: string) =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The headline as the page prints it: the h1 that agrees with the title the page gives itself, or its only h1. */
function headlineOf(document: Document, title: string | null): string | null {
  const headings = Array.from(document.querySelectorAll('h1')).map((heading) =>
    oneLine(wordsOf(heading), 500),
  );
  const shown = headings.filter((words) => words !== null);
  const given = compared(title ?? '');
  const agreeing = shown.find(
    (words) => given.includes(compared(words)) || compared(words).includes(given || '\0'),
  );
  return agreeing ?? (shown.length === 1 ? shown[0]! : null);
}

/** The standfirst as the page prints it: an element called so, or one whose words are the page's own description. */
function standfirstOf(document: Document, description: string | null): string | null {
  const begins = compared(description ?? '').slice(0, 60);
  const candidates = Array.from(document.querySelectorAll(`h2, p, ${STANDFIRST}`)).slice(0, 500);
  for (const candidate of candidates) {
    const words = wordsOf(candidate);
    if (words.length < 30 || words.length > 1500) continue;
    if (candidate.matches(STANDFIRST)) return words;
    if (begins.length >= 30 && compared(words).startsWith(begins)) return words;
  }
  return null;
}
