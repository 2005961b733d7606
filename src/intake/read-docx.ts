// DOCX: first the zip around it, entry by entry and to its real size, then paragraphs, headings, lists and footnotes.

import { DOMParser, parseHTML } from 'linkedom';
import mammoth from 'mammoth';
import yauzl from 'yauzl';
import { type Problem, problem } from '../record/problem.ts';
import { type IntakeLimits, sizeText } from './limits.ts';
import { packageVersion } from './package-version.ts';
import { addElement } from './page-blocks.ts';
import { aboutDay, ownTitle } from './read-pdf.ts';
import {
  languageTag,
  type Metadata,
  NO_METADATA,
  oneLine,
  type ReadResult,
  TextOfBlocks,
} from './reading.ts';

/** No office file has more parts than this. */
const MOST_ENTRIES = 5_000;

/** Deflate reaches 1,032 to 1. Text of an office file reaches 30; past this, and past 10 MB, it is there to expand. */
const MOST_RATIO = 200;
const RATIO_FROM = 10_000_000;

const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Titre'] => h1:fresh",
  "p[style-name='Caption'] => figcaption:fresh",
  "p[style-name='caption'] => figcaption:fresh",
  "p[style-name='Heading 1'] => h2:fresh",
  "p[style-name='heading 1'] => h2:fresh",
];

/** Reads a DOCX. A zip that unpacks past the limits is not opened. */
export async function readDocx(
  bytes: Uint8Array,
  limits: Pick<IntakeLimits, 'text' | 'unpacked'>,
): Promise<ReadResult> {
  const checked = await checkZip(Buffer.from(bytes), limits.unpacked);
  if ('problem' in checked) return { ok: false, problem: checked.problem };
  const { value: html } = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes) },
    {
      styleMap: STYLES,
      externalFileAccess: false,
      // Pictures are left in the original.
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    },
  );
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  // The arrows that lead from a note back to the text are mammoth's.
  for (const arrow of Array.from(
    document.querySelectorAll('a[href^="#footnote-ref"], a[href^="#endnote-ref"]'),
  )) {
    arrow.remove();
  }
  const text = new TextOfBlocks(limits);
  addElement(document.body, text);
  if (text.text === '') return { ok: false, problem: problem('read.no-text') };
  const title = text.blocks.find((block) => block.kind === 'title');
  const metadata = coreProperties(checked.core);
  return {
    ok: true,
    text: text.text,
    layout: { blocks: text.blocks, pages: [], runs: [] },
    metadata: {
      ...metadata,
      title: metadata.title ?? oneLine(title && text.text.slice(title.start, title.end), 500),
    },
    tool: 'constat docx',
    toolVersion: `1 (mammoth ${packageVersion('mammoth')})`,
  };
}

/** Unpacks every entry into nothing, counting, and keeps the core properties. */
async function checkZip(bytes: Buffer, limit: number): Promise<{ core: string } | { problem: Problem }> {
  const expands = { problem: problem('read.expands', { limit: sizeText(limit) }) };
  const zip = await yauzl.fromBufferPromise(bytes);
  if (zip.entryCount > MOST_ENTRIES) return expands;
  let declared = 0;
  let core = '';
  let isDocument = false;
  const entries: yauzl.Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) return { problem: problem('read.encrypted') };
    declared += entry.uncompressedSize;
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
    if (declared > limit || (ratio > MOST_RATIO && entry.uncompressedSize > RATIO_FROM)) return expands;
    entries.push(entry);
    isDocument ||= entry.fileName === 'word/document.xml';
  }
  if (!isDocument) return { problem: problem('read.damaged', { format: 'DOCX' }) };
  for (const entry of entries) {
    if (entry.fileName.endsWith('/')) continue;
    // yauzl ends the stream with an error as soon as it gives more than the entry declares.
    const stream = await zip.openReadStreamPromise(entry);
    const isCore = entry.fileName === 'docProps/core.xml' && entry.uncompressedSize < 1_000_000;
    for await (const chunk of stream) if (isCore) core += String(chunk);
  }
  return { core };
}

/** Title, author and date of an office file (ECMA-376 part 2, §11). */
function coreProperties(xml: string): Metadata {
  if (xml === '') return NO_METADATA;
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const words = (name: string) => document.getElementsByTagName(name)[0]?.textContent ?? null;
  return {
    ...NO_METADATA,
    title: ownTitle(words('dc:title')),
    author: oneLine(words('dc:creator')),
    published: aboutDay(words('dcterms:modified') ?? words('dcterms:created')),
    language: languageTag(words('dc:language')),
  };
}
