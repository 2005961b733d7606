// From an original to its text: plain text and tables of plain text here, everything that needs a parser in a process of its own.
import { detectLanguage } from '../language/detect.ts';
import { isTable } from '../record/source.ts';
import { HEAD_LENGTH, mediaTypeOf, TAIL_LENGTH } from './kind.ts';
import type { IntakeLimits } from './limits.ts';
import { essence, isParsed, unsupported } from './read-format.ts';
import { readTable } from './read-table.ts';
import { readText } from './read-text.ts';
import { inReader, warmReader } from './reader-process.ts';
import type { FileNature, ReadResult } from './reading.ts';

export { closeReaders } from './reader-process.ts';

/**
 * Reads a file. Why it cannot be read is a problem in the answer: damaged, protected, without text, of an unknown
 * kind, too long, or that it took more time or memory than the limits allow.
 */
export async function read(bytes: Uint8Array, of: FileNature, limits: IntakeLimits): Promise<ReadResult> {
  if (essence(of.mediaType) === 'text/plain') return withLanguage(readText(bytes, limits));
  if (isTable({ mediaType: essence(of.mediaType) }) && !isParsed(of.mediaType))
    return readTable(bytes, limits);
  if (!isParsed(of.mediaType)) return unsupported(of.mediaType);
  const answer = await inReader({ task: 'read', bytes, of, limits }, limits);
  if ('problem' in answer) return { ok: false, problem: answer.problem };
  if ('reading' in answer) return withLanguage(answer.reading);
  throw new Error('the reading process answered another question');
}

/** From this certainty on, a text's own words count more than what its file says: templates say "en" of every page. */
const CERTAIN = 0.9;

/** The reading with the language its words are in, where the file does not say, or plainly errs. */
function withLanguage(result: ReadResult): ReadResult {
  if (!result.ok) return result;
  const { language, certainty } = detectLanguage(result.text);
  const said = result.metadata.language;
  if (language === 'other' || said?.startsWith(language)) return result;
  if (said !== null && certainty < CERTAIN) return result;
  return { ...result, metadata: { ...result.metadata, language } };
}

/** What a file is, by its content; see kind.ts. */
export function natureOf(bytes: Uint8Array, fileName: string | null): FileNature {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tail = buffer.subarray(Math.max(0, buffer.length - TAIL_LENGTH));
  return { fileName, mediaType: mediaTypeOf(buffer.subarray(0, HEAD_LENGTH), tail, fileName) };
}

/** Starts a reading process ahead of the first file. */
export function warm(limits: IntakeLimits): Promise<void> {
  return warmReader(limits);
}
