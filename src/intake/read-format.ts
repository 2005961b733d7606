// Which reader a file goes to. Runs in the reading process; what it loads, it loads when the first such file comes.
import { Problem, problem } from '../record/problem.ts';
import { XLSX } from '../record/source.ts';
import { DOCX, ENCRYPTED_OFFICE } from './kind.ts';
import type { IntakeLimits } from './limits.ts';
import type { FileNature, Metadata, ReadResult } from './reading.ts';

/** The media types that can be read, without parameters. */
const FORMATS: Record<string, string> = {
  'text/html': 'HTML',
  'application/xhtml+xml': 'HTML',
  'text/markdown': 'Markdown',
  'application/pdf': 'PDF',
  [DOCX]: 'DOCX',
  [XLSX]: 'XLSX',
};

/** The media type without its parameters, in lower case. */
export function essence(mediaType: string): string {
  return mediaType.split(';')[0]!.trim().toLowerCase();
}

/** Whether a file needs the reading process; plain text and what cannot be read at all do not. */
export function isParsed(mediaType: string): boolean {
  return essence(mediaType) in FORMATS;
}

/** The problem of a type that no reader takes. */
export function unsupported(mediaType: string): ReadResult {
  const refused = essence(mediaType) === ENCRYPTED_OFFICE;
  return {
    ok: false,
    problem: refused ? problem('read.encrypted') : problem('read.unsupported', { mediaType }),
  };
}

/** Reads a file by its media type. A parser that throws has met a damaged file: that is an answer, not an error. */
export async function readFormat(
  bytes: Uint8Array,
  of: FileNature,
  limits: IntakeLimits,
): Promise<ReadResult> {
  const format = FORMATS[essence(of.mediaType)];
  try {
    switch (format) {
      case 'HTML':
        return sound((await import('./read-html.ts')).readHtml(bytes, of, limits));
      case 'Markdown':
        return sound((await import('./read-markdown.ts')).readMarkdown(bytes, limits));
      case 'PDF':
        return sound(await (await import('./read-pdf.ts')).readPdf(bytes, limits));
      case 'DOCX':
        return sound(await (await import('./read-docx.ts')).readDocx(bytes, limits));
      case 'XLSX':
        return sound(await (await import('./read-xlsx.ts')).readXlsx(bytes, limits));
      default:
        return unsupported(of.mediaType);
    }
  } catch (error) {
    if (error instanceof Problem) return { ok: false, problem: error };
    return { ok: false, problem: problem('read.damaged', { format: format! }, error) };
  }
}

/** A reading that can be stored as UTF-8 and in a database: half characters and zeroes become U+FFFD, one for one. */
function sound(result: ReadResult): ReadResult {
  if (!result.ok) return result;
  const mended = (words: string) => words.toWellFormed().replaceAll('\0', '\ufffd');
  const metadata = Object.fromEntries(
    Object.entries(result.metadata).map(([name, words]) => [name, words === null ? null : mended(words)]),
  ) as unknown as Metadata;
  return { ...result, text: mended(result.text), metadata };
}
