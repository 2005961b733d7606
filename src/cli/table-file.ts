// Tables out of files: CSV and TSV in whatever encoding and with whatever separator they come, and the sheets of workbooks.
import { basename } from 'node:path';
import { guessSeparator, type Numbering, readRows, type Stretch } from '../analysis/series/delimited.ts';
import type { ColumnRole } from '../analysis/table/role.ts';
import { shapeTable, type Table } from '../analysis/table/shape.ts';
import { intakeLimits, sizeText } from '../intake/limits.ts';
import { natureOf, read } from '../intake/read.ts';
import { essence, isParsed } from '../intake/read-format.ts';
import { type Problem, problem } from '../record/problem.ts';
import { isTable } from '../record/source.ts';

/**
 * The tables of a file, or why it cannot be read. `columns` says what columns are, where a person knows better. Lines that are not
 * UTF-8 are read as Windows-1252, each with a message.
 */
export async function readTables(
  path: string,
  bytes: Buffer,
  columns: ReadonlyMap<ColumnRole, string>,
): Promise<{ ok: true; tables: Table[] } | { ok: false; problem: Problem }> {
  const name = basename(path);
  if (bytes.length === 0) return { ok: false, problem: problem('source.empty') };
  const limits = intakeLimits();
  if (bytes.length > limits.upload)
    return { ok: false, problem: problem('source.too-large', { limit: sizeText(limits.upload) }) };
  const nature = natureOf(bytes, name);
  const isText = essence(nature.mediaType).startsWith('text/');
  if (isParsed(nature.mediaType) && isTable({ mediaType: essence(nature.mediaType) })) {
    const reading = await read(bytes, nature, limits);
    if (!reading.ok) return reading;
    const headings = reading.layout.blocks.filter((block) => block.kind === 'heading');
    const tables = headings.flatMap(({ start, end }, at) => {
      const sheet = { start: end + 1, end: headings[at + 1]?.start ?? reading.text.length };
      const named = headings.length > 1 ? `${name}, ${reading.text.slice(start, end)}` : name;
      return tableOf(named, reading.text, sheet, 'rows', columns) ?? [];
    });
    return tables.length > 0 ? { ok: true, tables } : { ok: false, problem: problem('source.empty') };
  }
  // Text that looks like another kind of text is a table all the same when it is given as one.
  if (!isText && !/\.(?:csv|tsv|txt)$/i.test(name)) {
    return { ok: false, problem: problem('read.unsupported', { mediaType: nature.mediaType }) };
  }
  const { text, undecoded } = decode(bytes);
  if (text.includes('\0')) return { ok: false, problem: problem('read.damaged', { format: 'text' }) };
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const table = tableOf(name, text, { start, end: text.length }, 'lines', columns);
  if (table === null) return { ok: false, problem: problem('source.empty') };
  const faulty = new Set(undecoded);
  for (const { row } of [...table.rows, ...table.stray])
    if (faulty.has(row)) table.messages.push({ row, column: null, code: 'encoding', values: {} });
  return { ok: true, tables: [table] };
}

function tableOf(
  name: string,
  text: string,
  stretch: Stretch,
  numbering: Numbering,
  columns: ReadonlyMap<ColumnRole, string>,
): Table | null {
  const separator = numbering === 'rows' ? '\t' : guessSeparator(text, stretch);
  const rows = [...readRows(text, stretch, separator, numbering)];
  const table = shapeTable(name, rows, columns);
  for (const { row, open } of rows)
    if (open) table?.messages.push({ row, column: null, code: 'open-quote', values: {} });
  return table;
}

/** Text of a table: UTF-8, UTF-16 where it begins so, else Windows-1252 line by line, with the lines that needed it. */
function decode(bytes: Buffer): { text: string; undecoded: number[] } {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : null;
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes), undecoded: [] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), undecoded: [] };
  } catch {
    const undecoded: number[] = [];
    const lines: string[] = [];
    for (let [start, line] = [0, 1]; start <= bytes.length; line++) {
      const found = bytes.indexOf(10, start);
      const end = found < 0 ? bytes.length : found;
      const part = bytes.subarray(start, end);
      let decoded = new TextDecoder('utf-8').decode(part);
      if (decoded.includes('\ufffd')) {
        undecoded.push(line);
        decoded = new TextDecoder('windows-1252').decode(part);
      }
      lines.push(decoded);
      start = end + 1;
    }
    return { text: lines.join('\n'), undecoded };
  }
}
