// What a table seems to be: where its header is, what its columns give, which measures its numbers are of. Only a beginning:
// a person looks at it, and at the figures it would make, before anything is made.
import type { Measure } from '../../record/measure.ts';
import { foldedWords, type MeasureWords, measureMatcher } from '../../record/measure-match.ts';
import {
  type MeasureChoice,
  measureNameKey,
  type SeriesMapping,
  type SeriesRole,
} from '../../record/series.ts';
import { decimalMarkOf, isBlank, readNumber } from '../table/cell.ts';
import { dayOrderOf, periodOf } from '../table/period.ts';
import { type ColumnRole, guessRoles, headerWords, isFigureTable, weekIn } from '../table/role.ts';
import type { Row } from './delimited.ts';

type Header = SeriesMapping['header'];

/** Rows of the beginning that may be the header. */
const HEADER_WITHIN = 20;

type Look = 'blank' | 'number' | 'period' | 'words';

/** A cell longer than this is neither a number nor a date, and is not looked at for one. */
const LONGEST_CELL = 80;

function lookOf(cell: string): Look {
  const text = cell.trim();
  if (isBlank(text)) return 'blank';
  if (text.length > LONGEST_CELL) return 'words';
  if (!('problem' in readNumber(text))) return 'number';
  return periodOf(text) === null ? 'words' : 'period';
}

/**
 * The header of a table from its first rows: the first row of words in most of its columns with numbers or dates soon below
 * it; two rows where the second is of words too. Null where the data begins at once.
 */
export function guessHeader(rows: readonly Row[]): Header {
  const width = usualWidth(rows);
  const looks = rows.slice(0, HEADER_WITHIN + 5).map((row) => row.cells.map(lookOf));
  const isData = (at: number) => looks[at]?.some((look) => look === 'number' || look === 'period') ?? false;
  const filled = (at: number) => looks[at]?.filter((look) => look !== 'blank').length ?? 0;
  const isWords = (at: number) => {
    const words = looks[at]?.filter((look) => look === 'words').length ?? 0;
    return words > 0 && words * 5 >= filled(at) * 3;
  };
  // A title above a table fills one cell; a row of the header, most of them.
  const isFull = (at: number) => filled(at) * 3 >= width * 2;
  for (let at = 0; at < Math.min(rows.length, HEADER_WITHIN); at++) {
    const { row } = rows[at]!;
    const followed = isWords(at + 1) && isFull(at + 1) && !isData(at + 1) && isData(at + 2);
    if (isWords(at) && !isData(at) && filled(at) > 1 && followed) return { row, rows: 2 };
    if (!isFull(at)) continue;
    return isWords(at) ? { row, rows: 1 } : null;
  }
  return null;
}

/** How many cells most rows have. */
function usualWidth(rows: readonly Row[]): number {
  const widths = new Map<number, number>();
  for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  let [width, often] = [1, 0];
  for (const [of, times] of widths)
    if (times > often || (times === often && of > width)) [width, often] = [of, times];
  return width;
}

/** A column's letter in a spreadsheet, for columns without a name. */
function columnLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetter(Math.floor(index / 26) - 1) + letter;
}

/**
 * The names of the columns. Of a header of two rows, a cell of the first holds for the empty ones after it, as cells that
 * were joined do; columns without a name have their letter.
 */
export function columnNames(rows: Iterable<Row>, header: Header, width: number): string[] {
  const found: string[][] = [];
  for (const row of rows) {
    if (header === null || row.row >= header.row + header.rows) break;
    if (row.row >= header.row) found.push(row.cells.map((cell) => cell.replace(/\s+/g, ' ').trim()));
  }
  const [first = [], second] = found;
  let above = '';
  const names: string[] = [];
  for (let column = 0; column < width; column++) {
    above = first[column] || (second ? above : '');
    const name = [above, second?.[column] ?? ''].filter(Boolean).join(' ');
    // What marks a line as a header, or as a comment, is not part of a name.
    names.push(name.replace(/^#\s*/, '').slice(0, 300) || columnLetter(column));
  }
  return names;
}

const PERIODS: Partial<Record<ColumnRole, SeriesRole>> = { 'period-start': 'start', 'period-end': 'end' };
const SAME: ReadonlySet<string> = new Set<ColumnRole & SeriesRole>([
  'value',
  'low',
  'high',
  'bound',
  'unit',
  'place',
  'according-to',
  'reported-by',
  'method',
  'note',
]);

/** What is guessed of a table's columns. */
export type GuessedColumns = Pick<SeriesMapping, 'columns' | 'decimal' | 'days' | 'measure'>;

/** What the columns give, from their names and a sample of their rows; every value column with a measure of its own. */
export function guessColumns(
  names: readonly string[],
  sample: readonly Row[],
  measures: readonly MeasureWords[],
): GuessedColumns {
  const cells = sample.map((row) => row.cells.map((cell) => (cell.length > LONGEST_CELL ? '' : cell)));
  const found = guessRoles(names, cells);
  const isLong = isFigureTable(found) || found.includes('value');
  const ofColumn = (column: number) => cells.map((row) => row[column] ?? '');
  const roles = found.map((role, column): SeriesRole => {
    if (role === 'number') return isLong ? 'ignore' : 'value';
    if (role === 'counted') return 'measure';
    if (role === 'period') return periodRole(names[column]!, ofColumn(column));
    return PERIODS[role] ?? (SAME.has(role) ? (role as SeriesRole) : 'ignore');
  });
  const numeric = roles.flatMap((role, column) =>
    /^(?:value|low|high)$/.test(role) ? ofColumn(column) : [],
  );
  const dated = roles.flatMap((role, column) =>
    /^(?:period|week|start|end|month)/.test(role) ? ofColumn(column) : [],
  );
  const isNamed = roles.includes('measure');
  const choose = measureChooser(measures);
  return {
    columns: roles.map((role, column) => ({
      role,
      measure: role === 'value' && !isNamed && found[column] !== 'value' ? choose(names[column]!) : null,
    })),
    measure: null,
    decimal: decimalMarkOf(numeric).mark,
    days: dayOrderOf(dated),
  };
}

/** A date that stands for a week or a month: told from the column's name, and for months from its days, all of them the first. */
function periodRole(name: string, cells: string[]): SeriesRole {
  const week = weekIn(name);
  if (week !== null) return week === 'ending' ? 'week-ending' : 'week-beginning';
  const filled = cells.filter((cell) => cell.trim() !== '');
  const isMonth = /\bmonth\b|\bmois\b/.test(headerWords(name));
  return isMonth && filled.every((cell) => /^\s*\d{4}-\d\d-01\b/.test(cell)) ? 'month' : 'period';
}

/** Finds the measure of some words: one of the dossier's that is worded so, else one to be made. */
export function measureChooser(measures: readonly MeasureWords[]): (words: string) => MeasureChoice {
  const match = measureMatcher(measures);
  return (words) => {
    const id = match(spoken(words), null);
    return id === null ? { new: newMeasure(words) } : { id };
  };
}

/** What a measure is called whose numbers stand under a header: "migrants_arrived" → "Migrants arrived". */
function newMeasure(words: string): Extract<MeasureChoice, { new: unknown }>['new'] {
  const name = spoken(words).slice(0, 200);
  const isRunning = foldedWords(words).some((word) => /^cumul|^running$/.test(word));
  return {
    name: name.charAt(0).toUpperCase() + name.slice(1),
    definition: null,
    unit: null,
    series: isRunning ? 'cumulative' : 'unknown',
    repeats: 'unknown',
  };
}

/** A column's name as a person would say it. */
export function spoken(name: string): string {
  return name.replaceAll('_', ' ').replace(/\s+/g, ' ').trim();
}

/** The id of a choice of the dossier's own measures, or the key of one to be made. */
export function choiceKey(choice: MeasureChoice): string {
  return 'id' in choice ? choice.id : `new:${measureNameKey(choice.new.name)}`;
}

/** The measure that a choice means, among those there are by the time; undefined where it is to be made. */
export function measureOf<Of extends Pick<Measure, 'id' | 'name'>>(
  choice: MeasureChoice,
  measures: readonly Of[],
): Of | undefined {
  if ('id' in choice) return measures.find((measure) => measure.id === choice.id);
  const key = measureNameKey(choice.new.name);
  return measures.find((measure) => measureNameKey(measure.name) === key);
}
