// A table before anything is made of it: where its header is, which rows belong to it, and what its columns are.
import { isBlank, readNumber } from './cell.ts';
import { fold, periodOf } from './period.ts';
import { type ColumnRole, guessRoles } from './role.ts';
import type { RowMessage } from './row-message.ts';

/** A row as a file has it: the line on which it begins, counted from 1, and its cells. */
export interface TableRow {
  row: number;
  cells: string[];
}

/** A table with its header and columns known. */
export interface Table {
  name: string;
  header: string[];
  roles: ColumnRole[];
  /** The rows that have as many cells as the header, in the order of the file. */
  rows: TableRow[];
  /** Rows with another number of cells: they may belong to another table. */
  stray: TableRow[];
  messages: RowMessage[];
}

/**
 * A table out of rows of cells; null when there is nothing in them. `given` says what columns are, by header, where a person
 * knows better. A title above the header is passed over; so are empty rows, second headers and rows that say the same again,
 * the last two with a message.
 */
export function shapeTable(
  name: string,
  raw: readonly TableRow[],
  given: ReadonlyMap<ColumnRole, string> = new Map(),
): Table | null {
  const filled = raw.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const width = commonWidth(filled);
  // A title stands alone in its row.
  let top = 0;
  while (
    top < filled.length - 1 &&
    width > 1 &&
    filled[top]!.cells.filter((cell) => cell.trim() !== '').length === 1
  )
    top++;
  const first = filled[top];
  if (!first) return null;
  const messages: RowMessage[] = [];
  const isHeader = !looksLikeData(first.cells);
  if (!isHeader) messages.push({ row: first.row, column: null, code: 'no-header', values: {} });
  const header = isHeader
    ? first.cells.map((cell, index) => cell.trim() || `column ${index + 1}`)
    : first.cells.map((_, index) => `column ${index + 1}`);
  const body = filled.slice(isHeader ? top + 1 : top);
  const rows: TableRow[] = [];
  const stray: TableRow[] = [];
  const wanted = header.length;
  for (const one of body) {
    // Cells at the end that are empty are the spreadsheet's, not the table's.
    const cells = trimmed(one.cells, wanted);
    (cells.length === wanted ? rows : stray).push({ row: one.row, cells });
  }
  for (const { row, cells } of stray)
    messages.push({ row, column: null, code: 'columns', values: { found: cells.length, wanted } });
  const roles = withGiven(
    header,
    guessRoles(
      header,
      rows.map(({ cells }) => cells),
    ),
    given,
  );
  const kept = withoutRepeats(header, roles, rows, messages);
  return { name, header, roles, rows: kept, stray, messages };
}

function trimmed(cells: string[], wanted: number): string[] {
  let length = cells.length;
  while (length > wanted && cells[length - 1]!.trim() === '') length--;
  return length === cells.length ? cells : cells.slice(0, length);
}

function commonWidth(rows: readonly TableRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows.slice(0, 200)) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Whether a row is no header: most of its cells are numbers or dates. Years may head columns. */
function looksLikeData(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => !isBlank(cell));
  const data = filled.filter(
    (cell) =>
      !/^(?:19|20)\d\d$/.test(cell.trim()) && (!('problem' in readNumber(cell)) || periodOf(cell) !== null),
  );
  return data.length * 2 >= filled.length && data.length > 0;
}

function withGiven(
  header: readonly string[],
  guessed: ColumnRole[],
  given: ReadonlyMap<ColumnRole, string>,
): ColumnRole[] {
  const roles = [...guessed];
  for (const [role, name] of given) {
    const column = header.findIndex((one) => fold(one) === fold(name));
    if (column < 0) continue;
    for (const [index, had] of roles.entries()) if (had === role) roles[index] = 'text';
    roles[column] = role;
  }
  return roles;
}

/** The rows without second headers and exact repeats, each of which gets a message. */
function withoutRepeats(
  header: readonly string[],
  roles: readonly ColumnRole[],
  rows: TableRow[],
  messages: RowMessage[],
): TableRow[] {
  const head = header.map(fold).join('\u0000');
  const seen = new Map<string, number>();
  const counted = roles.flatMap((role, column) => (MEASURED.has(role) ? [column] : []));
  return rows.filter(({ row, cells }, index) => {
    const isSecond =
      cells.map(fold).join('\u0000') === head ||
      (index < 2 && isAllWords(counted.map((column) => cells[column]!)));
    if (isSecond) {
      messages.push({ row, column: null, code: 'second-header', values: {} });
      return false;
    }
    const key = cells.join('\u0000');
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, row);
      return true;
    }
    messages.push({ row, column: null, code: 'duplicate-row', values: { first } });
    return false;
  });
}

const MEASURED = new Set<ColumnRole>([
  'value',
  'low',
  'high',
  'number',
  'period',
  'period-start',
  'period-end',
]);

/** Whether the cells that should be numbers or dates, as far as they are filled, are all words. */
function isAllWords(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => !isBlank(cell));
  return filled.length > 0 && filled.every(isWords);
}

function isWords(cell: string): boolean {
  return !isBlank(cell) && 'problem' in readNumber(cell) && periodOf(cell) === null && /\p{L}/u.test(cell);
}

/** The column with a role, or −1. */
export function columnOf(table: Pick<Table, 'roles'>, role: ColumnRole): number {
  return table.roles.indexOf(role);
}
