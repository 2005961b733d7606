// Rows and cells of delimited text (RFC 4180 and its relatives), each row with its place in the text, so that a figure can
// rest on it. A quotation mark that is never closed spoils its own line and no other.

import { restoredCell } from '../../record/csv.ts';

/** What stands between cells. */
export type Separator = ',' | ';' | '\t' | '|';
export const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|'];

/** A stretch of a text. */
export interface Stretch {
  start: number;
  end: number;
}

/** A row: its number as a person counts it, its place in the text, and what stands in its cells, as meant. */
export interface Row extends Stretch {
  row: number;
  cells: string[];
  /** A quotation mark was opened and not closed: the line was read as if it had none. */
  open: boolean;
}

/** How rows are numbered: by the lines of a file, or, in a sheet whose cells may hold lines, one by one. */
export type Numbering = 'lines' | 'rows';

/** The rows of a stretch of a text, blank ones left out but counted. Linear in the length of the stretch. */
export function* readRows(
  text: string,
  stretch: Stretch,
  separator: Separator,
  numbering: Numbering = 'lines',
): Generator<Row> {
  const { end } = stretch;
  const lineEnd = text.slice(stretch.start, Math.min(end, stretch.start + 100_000)).includes('\n')
    ? '\n'
    : '\r';
  let at = stretch.start;
  let number = 1;
  let quote = text.indexOf('"', at);
  while (at < end) {
    let next = text.indexOf(lineEnd, at);
    if (next === -1 || next > end) next = end;
    while (quote !== -1 && quote < at) quote = text.indexOf('"', at);
    const quoted = quote !== -1 && quote < next ? readQuoted(text, at, end, separator, lineEnd) : null;
    const stop = quoted === null ? trimmedEnd(text, at, next) : quoted.end;
    const cells = quoted === null ? text.slice(at, stop).split(separator) : quoted.cells;
    const open = quoted === null && quote !== -1 && quote < next;
    const lines = quoted === null ? 1 : 1 + count(text, lineEnd, at, quoted.end);
    if (cells.some((cell) => cell.trim() !== ''))
      yield { row: number, start: at, end: stop, cells: cells.map(restoredCell), open };
    number += numbering === 'lines' ? lines : 1;
    at = (quoted === null ? next : quoted.next) + 1;
  }
}

/** Where a line's words end: before the other half of CR LF. */
function trimmedEnd(text: string, start: number, end: number): number {
  return end > start && text[end - 1] === '\r' ? end - 1 : end;
}

function count(text: string, sign: string, from: number, to: number): number {
  let found = 0;
  for (let at = text.indexOf(sign, from); at !== -1 && at < to; at = text.indexOf(sign, at + 1)) found++;
  return found;
}

/** A row with quotation marks in it, or null when one of them is never closed, or closed in the middle of a cell. */
function readQuoted(
  text: string,
  start: number,
  end: number,
  separator: Separator,
  lineEnd: string,
): { cells: string[]; end: number; next: number } | null {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = readCell(text, at, end, separator, lineEnd);
    if (cell === null) return null;
    cells.push(cell.words);
    if (cell.stop < end && text[cell.stop] === separator) {
      at = cell.stop + 1;
      continue;
    }
    return { cells, end: trimmedEnd(text, start, cell.stop), next: cell.stop };
  }
}

/** One cell from `at`: its words without their marks, and where the separator or the end of the row after it stands. */
function readCell(
  text: string,
  at: number,
  end: number,
  separator: Separator,
  lineEnd: string,
): { words: string; stop: number } | null {
  let from = at;
  while (from < end && text[from] === ' ') from++;
  if (text[from] !== '"' || from >= end) {
    let stop = at;
    while (stop < end && text[stop] !== separator && text[stop] !== lineEnd) stop++;
    return { words: text.slice(at, trimmedEnd(text, at, stop)), stop };
  }
  let words = '';
  for (let begin = from + 1; ; ) {
    const close = text.indexOf('"', begin);
    if (close === -1 || close >= end) return null;
    if (text[close + 1] === '"' && close + 1 < end) {
      words += text.slice(begin, close + 1);
      begin = close + 2;
      continue;
    }
    words += text.slice(begin, close);
    let stop = close + 1;
    while (stop < end && (text[stop] === ' ' || (text[stop] === '\r' && lineEnd === '\n'))) stop++;
    const closes = stop >= end || text[stop] === separator || text[stop] === lineEnd;
    return closes ? { words, stop } : null;
  }
}

/** Where a cell of a row stands in the text, its quotation marks included; the whole row where that cannot be told. */
export function cellStretch(text: string, row: Row, column: number, separator: Separator): Stretch {
  let at = row.start;
  for (let index = 0; at <= row.end; index++) {
    const cell = row.open
      ? { stop: indexOrEnd(text, separator, at, row.end) }
      : readCell(text, at, row.end, separator, '\n');
    if (cell === null) break;
    if (index === column) return cell.stop > at ? { start: at, end: cell.stop } : row;
    at = cell.stop + 1;
  }
  return { start: row.start, end: row.end };
}

function indexOrEnd(text: string, sign: string, from: number, end: number): number {
  const found = text.indexOf(sign, from);
  return found === -1 || found > end ? end : found;
}

/** Rows that are looked at to tell a separator. */
const LOOKED_AT = 50;

/**
 * The separator of a text: the one that cuts most of its first rows into equally many cells with none of the other separators
 * left in them. A comma may be left: it may be a decimal mark.
 */
export function guessSeparator(text: string, stretch: Stretch): Separator {
  let best: Separator = ',';
  let most = 0;
  for (const separator of SEPARATORS) {
    const widths = new Map<number, number>();
    let [rows, cells, clean] = [0, 0, 0];
    for (const row of readRows(text, stretch, separator)) {
      rows++;
      widths.set(row.cells.length, (widths.get(row.cells.length) ?? 0) + 1);
      cells += row.cells.length;
      for (const cell of row.cells) if (!/[;\t|]/.test(cell)) clean++;
      if (rows === LOOKED_AT) break;
    }
    let [width, same] = [1, 0];
    for (const [of, often] of widths)
      if (often > same || (often === same && of > width)) [width, same] = [of, often];
    const score = width < 2 ? 0 : (same / rows) * (clean / cells) ** 2 * Math.min(width, 4);
    if (score > most) [best, most] = [separator, score];
  }
  return best;
}
