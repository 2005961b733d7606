// Tables of plain text (CSV, TSV): the file, decoded, unchanged, so that an offset in the text is an offset in the file.
// What its columns mean is for the person who imports figures from it.
import { isUtf8 } from 'node:buffer';
import { problem } from '../record/problem.ts';
import type { Layout } from '../record/source.ts';
import type { IntakeLimits } from './limits.ts';
import { firstInvalidByte, wideEncoding } from './read-text.ts';
import { NO_METADATA, type ReadResult, tooLong } from './reading.ts';

/** Lines of a table that are one block of its page: few enough for a browser to draw one at a time. */
const LINES_OF_BLOCK = 40;

/** Bytes that Windows-1252 leaves undefined, and control characters that no table has: then it is something else. */
const NOT_1252 = /[\x81\x8d\x8f\x90\x9d\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/**
 * Reads a table of plain text: UTF-8, UTF-16 with a byte order mark, and else Windows-1252, in which spreadsheets in
 * western Europe save by default. The last is a guess that no byte confirms, so the tool's version says so.
 */
export function readTable(bytes: Uint8Array, limits: Pick<IntakeLimits, 'text'>): ReadResult {
  if (bytes.length > limits.text) return { ok: false, problem: tooLong(limits) };
  const encoding = wideEncoding(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252');
  if (encoding === 'windows-1252' && NOT_1252.test(Buffer.from(bytes).toString('latin1'))) {
    return { ok: false, problem: problem('read.encoding', { offset: firstInvalidByte(bytes) }) };
  }
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { ok: false, problem: problem('read.damaged', { format: 'text' }) };
  }
  if (text.includes('\0')) return { ok: false, problem: problem('read.damaged', { format: 'text' }) };
  if (text.replace('\ufeff', '').trim() === '') return { ok: false, problem: problem('read.no-text') };
  return {
    ok: true,
    text,
    layout: {
      blocks: tableBlocks(text, text.startsWith('\ufeff') ? 1 : 0, text.length),
      pages: [],
      runs: [],
    },
    metadata: NO_METADATA,
    tool: 'constat table',
    toolVersion: encoding === 'utf-8' ? '1' : `1 (${encoding})`,
  };
}

/** The lines of a text from `from` to `to` as blocks of a table, each of a few lines. */
export function tableBlocks(text: string, from: number, to: number): Layout['blocks'] {
  const blocks: Layout['blocks'] = [];
  let start = from;
  let lines = 0;
  for (let at = from; at < to; ) {
    const next = text.indexOf('\n', at);
    const end = next === -1 || next >= to ? to : next;
    lines++;
    at = end + 1;
    if (lines < LINES_OF_BLOCK && at < to) continue;
    const words = text.slice(start, end);
    const inner = words.trimEnd();
    if (inner !== '') blocks.push({ start, end: start + inner.length, kind: 'table' });
    start = at;
    lines = 0;
  }
  return blocks;
}
