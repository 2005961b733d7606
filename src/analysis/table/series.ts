// A wide table: dates down, series across. What its rows stand for is told from its dates: days, weeks, months, years.
import type { StepAmount } from '../../record/disagreement.ts';
import { type Days, dayOfDate, edtfOf, instantOf, isoOf, weekdayOf, yearsLater } from '../calendar.ts';
import { type DecimalMark, decimalMarkOf, isBlank } from './cell.ts';
import { numberAt } from './figures.ts';
import { type CellPeriod, dayOrderOf, periodOf } from './period.ts';
import { weekIn } from './role.ts';
import type { RowMessage } from './row-message.ts';
import { columnOf, type Table } from './shape.ts';

/** How far apart the rows of a regular series are. */
export type SeriesStep = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** One column of numbers. */
export interface SeriesColumn {
  column: number;
  name: string;
  /** One a row; NaN where there is no number. */
  values: Float64Array;
  /** The most decimals printed in the column. */
  decimals: number;
}

/** A row with a date that does not keep the rhythm of the others, and the date that would, where there is one. */
export interface OffRhythm {
  index: number;
  day: number;
  likely: number | null;
}

/** A wide table as numbers. */
export interface Series {
  table: number;
  name: string;
  /** The line of each row. */
  rows: number[];
  /** The row's period as its cell gives it; null where it gives none. */
  given: (Days | null)[];
  /** The period each row stands for, once the step is known; null for rows that keep no rhythm or have no date. */
  days: (Days | null)[];
  step: SeriesStep | null;
  /** For weeks given by a single day: whether it is said to be their last or first; null where nothing says. */
  week: 'ending' | 'beginning' | null;
  /** The weekday that the dates of a weekly column keep to, 0 for Monday. */
  weekday: number | null;
  offRhythm: OffRhythm[];
  columns: SeriesColumn[];
}

/** Reads a table's columns of numbers by its dates. Cells that cannot be read get messages. */
export function readSeries(table: Table, index: number, messages: RowMessage[]): Series {
  const when = columnOf(table, 'period') >= 0 ? columnOf(table, 'period') : columnOf(table, 'period-start');
  const end = columnOf(table, 'period-end');
  const order = dayOrderOf(table.rows.map(({ cells }) => cells[when] ?? ''));
  const given = table.rows.map(({ row, cells }): CellPeriod | null => {
    if (when < 0) return null;
    const cell = cells[when]!;
    const found = periodOf(cell, order);
    if (found === null) {
      if (isBlank(cell)) return null;
      messages.push({ row, column: table.header[when]!, code: 'not-a-date', values: { text: cell.trim() } });
      return null;
    }
    const last = end < 0 || end === when ? null : periodOf(cells[end]!, order);
    return last && last.days.last >= found.days.first
      ? { ...found, days: { first: found.days.first, last: last.days.last } }
      : found;
  });
  const columns = table.roles.flatMap((role, column): SeriesColumn[] => {
    if (role !== 'number' && role !== 'value' && role !== 'equivalent') return [];
    const name = table.header[column]!;
    const cells = table.rows.map((one) => one.cells[column]!);
    const mark = decimalMarkOf(cells);
    return [{ column, name, ...numbersOf(table, column, cells, mark, messages) }];
  });
  const series: Series = {
    table: index,
    name: table.name,
    rows: table.rows.map(({ row }) => row),
    given: given.map((one) => one?.days ?? null),
    days: given.map((one) => one?.days ?? null),
    step: null,
    week: when < 0 ? null : weekIn(table.header[when]!),
    weekday: null,
    offRhythm: [],
    columns,
  };
  findStep(series);
  return series;
}

function numbersOf(
  table: Table,
  column: number,
  cells: readonly string[],
  mark: { mark: DecimalMark | null; mixed: boolean },
  messages: RowMessage[],
): { values: Float64Array; decimals: number } {
  const values = new Float64Array(cells.length).fill(Number.NaN);
  let decimals = 0;
  // Where hardly any number is below zero, the column counts something, and one that is is a slip.
  const negative: number[] = [];
  for (const [index, cell] of cells.entries()) {
    const row = table.rows[index]!.row;
    const found = numberAt(cell, column, mark, (code, _, more = {}) =>
      messages.push({ row, column: table.header[column]!, code, values: more }),
    );
    if (found === null) continue;
    values[index] = found.value;
    decimals = Math.max(decimals, found.decimals);
    if (found.value < 0) negative.push(index);
  }
  if (negative.length > 0 && negative.length * 50 <= cells.length + 49 && decimals === 0)
    for (const index of negative)
      messages.push({
        row: table.rows[index]!.row,
        column: table.header[column]!,
        code: 'negative-count',
        values: { text: cells[index]!.trim() },
      });
  return { values, decimals };
}

/** The share of rows that has to keep a step, and a weekday, for the table to have one. */
const REGULAR = 0.8;
const RHYTHM = 0.9;
/** Fewer rows than this are no series. */
const SHORTEST = 6;

/** Finds out what the rows stand for, and which dates are off. */
function findStep(series: Series): void {
  const { given } = series;
  const dated = given.flatMap((days, index) =>
    days && Number.isFinite(days.first) && Number.isFinite(days.last) ? [{ index, ...days }] : [],
  );
  const starts = [...new Set(dated.map(({ first }) => first))].sort((a, b) => a - b);
  if (starts.length < SHORTEST || starts.length < dated.length * RHYTHM) return;
  const steps = new Map<SeriesStep, number>();
  for (let at = 1; at < starts.length; at++) {
    const step = stepOf(starts[at]! - starts[at - 1]!);
    if (step) steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  const [best] = [...steps].sort((a, b) => b[1] - a[1]);
  if (!best || best[1] < (starts.length - 1) * REGULAR) return;
  const [step] = best;
  series.step = step;
  const single = dated.every(({ first, last }) => first === last);
  if (step === 'week') {
    const weekdays = new Array<number>(7).fill(0);
    for (const { last } of dated) weekdays[weekdayOf(last)]!++;
    const most = Math.max(...weekdays);
    if (most >= dated.length * RHYTHM) {
      series.weekday = weekdays.indexOf(most);
      findOffRhythm(series, dated);
    }
    if (single) alignWeeks(series, series.week ?? 'ending');
    return;
  }
  if (!single || step === 'day') return;
  for (const { index, first } of dated) {
    const at = new Date(instantOf(first));
    const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
    const from = step === 'year' ? 0 : step === 'quarter' ? month - (month % 3) : month;
    const months = step === 'year' ? 12 : step === 'quarter' ? 3 : 1;
    const until = from + months;
    series.days[index] = {
      first: dayOfDate(year, from + 1, 1)!,
      last: dayOfDate(year + Math.floor(until / 12), (until % 12) + 1, 1)! - 1,
    };
  }
}

/** Takes the single days of a weekly column for the last or the first of their weeks. */
export function alignWeeks(series: Series, week: 'ending' | 'beginning'): void {
  const off = new Set(series.offRhythm.map(({ index }) => index));
  series.days = series.given.map((days, index) =>
    days === null || off.has(index) ? null : weekAt(days.last, week),
  );
}

/** The week that ends or begins with a day. */
export function weekAt(day: number, week: 'ending' | 'beginning'): Days {
  return week === 'ending' ? { first: day - 6, last: day } : { first: day, last: day + 6 };
}

function stepOf(days: number): SeriesStep | null {
  if (days === 1) return 'day';
  if (days === 7) return 'week';
  if (days >= 28 && days <= 31) return 'month';
  if (days >= 90 && days <= 92) return 'quarter';
  return days === 365 || days === 366 ? 'year' : null;
}

function findOffRhythm(series: Series, dated: readonly { index: number; last: number }[]): void {
  const present = new Set(dated.map(({ last }) => last));
  const taken = new Set<number>();
  for (const [place, { index, last }] of dated.entries()) {
    if (weekdayOf(last) === series.weekday) continue;
    const before = series.offRhythm.at(-1);
    const previous =
      before?.index === dated[place - 1]?.index && before?.likely ? before.likely : dated[place - 1]?.last;
    const candidates = [yearsLater(last, 1), yearsLater(last, -1), swapped(last)].filter(
      (day): day is number =>
        day !== null && weekdayOf(day) === series.weekday && !present.has(day) && !taken.has(day),
    );
    // Files are written in order: the date that follows the row before it is the likeliest.
    const distance = (day: number) => Math.abs(day - ((previous ?? last) + 7));
    candidates.sort((a, b) => distance(a) - distance(b));
    const likely = candidates[0] ?? null;
    if (likely !== null) taken.add(likely);
    series.offRhythm.push({ index, day: last, likely });
  }
}

/** The date with day and month the other way round, or null where there is none such. */
function swapped(day: number): number | null {
  const [year, month, date] = isoOf(day).split('-').map(Number) as [number, number, number];
  return date <= 12 && date !== month ? dayOfDate(year, date, month) : null;
}

/** A number of a column as an amount. */
export function columnAmount(value: number): StepAmount {
  return { bound: 'exact', value, low: null, high: null, unit: null };
}

/** What a row's date is, in EDTF, as the table gives it. */
export function givenDate(series: Series, index: number): string {
  const days = series.given[index];
  return days ? edtfOf(days) : 'none';
}
