// Plain text: the file, decoded, unchanged. No line end, space or mark is touched, so that an offset in the text is an
// offset in the file. A byte order mark is a character of the file (U+FEFF) and stays in the text for the same reason;
// the first block begins after it.
import { isUtf8 } from 'node:buffer';
import { problem } from '../record/problem.ts';
import type { Layout } from '../record/source.ts';
import type { IntakeLimits } from './limits.ts';
import { NO_METADATA, type Reading, type ReadResult, tooLong } from './reading.ts';

/** The longest line that is taken for a title. */
const LONGEST_TITLE = 200;

/**
 * Reads a plain text: UTF-8, or UTF-16 when a byte order mark says so, strictly. Invalid UTF-8 is refused with the
 * offset of the first byte that is wrong.
 */
export function readText(bytes: Uint8Array, limits: Pick<IntakeLimits, 'text'>): ReadResult {
  if (bytes.length > limits.text) return { ok: false, problem: tooLong(limits) };
  const wide = wideEncoding(bytes);
  if (wide === null && !isUtf8(bytes)) {
    return { ok: false, problem: problem('read.encoding', { offset: firstInvalidByte(bytes) }) };
  }
  let text: string;
  try {
    text = new TextDecoder(wide ?? 'utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { ok: false, problem: problem('read.damaged', { format: 'text' }) };
  }
  if (text.includes('\0')) return { ok: false, problem: problem('read.damaged', { format: 'text' }) };
  if (text.replace('\ufeff', '').trim() === '') return { ok: false, problem: problem('read.no-text') };
  const layout = { blocks: paragraphsOf(text), pages: [], runs: [] };
  const title =
    layout.blocks[0]?.kind === 'title' ? text.slice(layout.blocks[0].start, layout.blocks[0].end) : null;
  return {
    ok: true,
    text,
    layout,
    metadata: { ...NO_METADATA, title },
    tool: 'constat text',
    toolVersion: '1',
  };
}

/** UTF-16, where a byte order mark says so. */
export function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/**
 * The offset of the first byte that is not UTF-8 (Unicode 16, table 3-7), or the length when all are.
 * The offset is that of the ill-formed sequence's first byte.
 */
export function firstInvalidByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** How many bytes the well-formed sequence at `at` has; 0 when it is ill-formed. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf
      ? 2
      : lead >= 0xe0 && lead <= 0xef
        ? 3
        : lead >= 0xf0 && lead <= 0xf4
          ? 4
          : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  // Second bytes of some leads are narrower, to exclude overlong forms, surrogates and what lies past U+10FFFF.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (bytes[at + 1]! < low || bytes[at + 1]! > high) return 0;
  for (let next = 2; next < length; next++) {
    if (bytes[at + next]! < 0x80 || bytes[at + next]! > 0xbf) return 0;
  }
  return length;
}

/** Paragraphs are what blank lines set apart; a short first line of its own, without a full stop, is the title. */
function paragraphsOf(text: string): Layout['blocks'] {
  const blocks: Layout['blocks'] = [];
  const add = (from: number, to: number) => {
    const words = text.slice(from, to);
    const inner = words.replace(/^[\s\ufeff]+/, '');
    const start = to - inner.length;
    const end = start + inner.trimEnd().length;
    if (start < end) blocks.push({ start, end, kind: 'paragraph' });
  };
  let from = 0;
  for (const gap of text.matchAll(/(?:\r\n|\n|\r)[^\S\n\r]*(?:\r\n|\n|\r)\s*/g)) {
    add(from, gap.index);
    from = gap.index + gap[0].length;
  }
  add(from, text.length);
  const first = blocks[0];
  if (first && blocks.length > 1) {
    const line = text.slice(first.start, first.end);
    if (line.length <= LONGEST_TITLE && !/[\n\r]/.test(line) && !/[.!?…:;,”»"]$/.test(line))
      first.kind = 'title';
  }
  return blocks;
}

/** A text that a person wrote, with its blocks. Throws `read.too-long`, `read.no-text` or `read.damaged`. */
export function readTranscript(
  words: string,
  limits: Pick<IntakeLimits, 'text'>,
): Pick<Reading, 'text' | 'layout'> {
  const reading = readText(Buffer.from(words, 'utf8'), limits);
  if (!reading.ok) throw reading.problem;
  return reading;
}
