// DOCX: first the zip around it, entry by entry and to its real size, then paragraphs, headings, lists and footnotes.

import { parseHTML } from 'linkedom';
import mammoth from 'mammoth';
import { problem } from '../record/problem.ts';
import type { IntakeLimits } from './limits.ts';
import { checkZip, coreProperties } from './office-file.ts';
import { packageVersion } from './package-version.ts';
import { addElement } from './page-blocks.ts';
import { oneLine, type ReadResult, TextOfBlocks } from './reading.ts';

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
  const checked = await checkZip(Buffer.from(bytes), limits.unpacked, {
    part: 'word/document.xml',
    format: 'DOCX',
  });
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
