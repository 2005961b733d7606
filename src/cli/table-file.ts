// Tables out of files: CSV and TSV in whatever encoding and with whatever delimiter they come.
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ColumnRole } from '../analysis/table/role.ts';
import { shapeTable, type Table, type TableRow } from '../analysis/table/shape.ts';

/**
 * A file's table, or null when there is nothing in it. The one place to add another format: rows of cells are all it takes.
 * `columns` says what columns are, where a person knows better.
 */
export function readTable(
  path: string,
  bytes: Buffer,
  columns: ReadonlyMap<ColumnRole, string>,
): Table | null {
  const { text, undecoded } = decode(bytes);
  const rows = readRows(text);
  const table = shapeTable(basename(path), rows, columns);
  if (table === null) return null;
  // Where a line is not UTF-8, its row says so.
  const faulty = new Set(undecoded);
  for (const { row } of [...table.rows, ...table.stray])
    if (faulty.has(row)) table.messages.push({ row, column: null, code: 'encoding', values: {} });
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

/** The rows of a CSV or TSV text; the delimiter is the one that the first lines have most of. */
function readRows(text: string): TableRow[] {
  const head = text
    .slice(0, 4000)
    .split('\n', 5)
    .join('\n')
    .replace(/"[^"]*"/g, '');
  const delimiter = [',', ';', '\t', '|']
    .map((mark) => ({ mark, count: head.split(mark).length }))
    .reduce((best, one) => (one.count > best.count ? one : best)).mark;
  const parsed = parse(text, {
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  // The parser counts the line on which a record ends; a cell with line breaks begins its row earlier.
  return parsed.map(({ record, info }) => ({
    row:
      info.lines -
      record.reduce((breaks, cell) => breaks + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0),
    cells: record,
  }));
}
