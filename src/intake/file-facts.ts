// What a file says of itself beside its words: who wrote it, with what, for whom. Shown before an original leaves, because
// readers get it with the file. Runs in the reading process.
import { DOMParser, parseHTML } from 'linkedom';
import yauzl from 'yauzl';
import { XLSX } from '../record/source.ts';
import { DOCX } from './kind.ts';
import type { IntakeLimits } from './limits.ts';
import { checkZip } from './office-file.ts';
import { essence } from './read-format.ts';
import { decodePage } from './read-html.ts';
import { oneLine } from './reading.ts';

/** A field a file has, by the name the file gives it, and its words. */
export type FileFact = [name: string, words: string];

/** Most fields told of one file. */
const MOST = 40;

/** The fields of a PDF, DOCX, XLSX or HTML file; null of formats that are not looked into. Throws on damaged files. */
export async function fileFacts(
  bytes: Uint8Array,
  mediaType: string,
  limits: IntakeLimits,
): Promise<FileFact[] | null> {
  const found = await factsOf(bytes, essence(mediaType), mediaType, limits);
  return (
    (
      found?.flatMap(([name, words]): FileFact[] => {
        const line = oneLine(words, 200);
        return line === null ? [] : [[name, line]];
      }) ?? null
    )?.slice(0, MOST) ?? null
  );
}

async function factsOf(
  bytes: Uint8Array,
  format: string,
  mediaType: string,
  limits: IntakeLimits,
): Promise<FileFact[] | null> {
  switch (format) {
    case 'application/pdf':
      return (await import('./read-pdf.ts')).pdfFacts(bytes);
    case DOCX:
      return officeFacts(Buffer.from(bytes), 'word/document.xml', 'DOCX', limits);
    case XLSX:
      return officeFacts(Buffer.from(bytes), 'xl/workbook.xml', 'XLSX', limits);
    case 'text/html': {
      const { document } = parseHTML(decodePage(bytes, mediaType));
      return Array.from(document.querySelectorAll('meta[name][content]')).map(
        (meta): FileFact => [meta.getAttribute('name')!, meta.getAttribute('content')!],
      );
    }
    default:
      // Plain text is nothing but its words.
      return format.startsWith('text/') ? [] : null;
  }
}

/** The parts of an office file that speak of the file itself (ECMA-376 part 2 §8.3, part 1 §22.2 and §22.3). */
const ABOUT = ['docProps/core.xml', 'docProps/app.xml', 'docProps/custom.xml'];

async function officeFacts(
  bytes: Buffer,
  part: string,
  format: string,
  limits: IntakeLimits,
): Promise<FileFact[]> {
  const checked = await checkZip(bytes, limits.unpacked, { part, format });
  if ('problem' in checked) throw checked.problem;
  const facts: FileFact[] = [];
  const zip = await yauzl.fromBufferPromise(bytes);
  for await (const entry of zip.eachEntry()) {
    if (!ABOUT.includes(entry.fileName) || entry.uncompressedSize > 1_000_000) continue;
    let xml = '';
    for await (const chunk of await zip.openReadStreamPromise(entry)) xml += String(chunk);
    const { documentElement } = new DOMParser().parseFromString(xml, 'text/xml');
    for (const field of Array.from(documentElement?.children ?? [])) {
      const name = field.getAttribute('name') ?? field.localName.replace(/^.*:/, '');
      facts.push([name, field.textContent ?? '']);
    }
  }
  return facts;
}
