// A wide table held against itself: dates that leave its rhythm, gaps, and columns that add up, run on or divide one another in
// nearly every row: the rows that break what the others keep.
import type { Step } from '../../record/disagreement.ts';
import { type Days, edtfOf, isoOf, lengthOf, weekdayOf } from '../calendar.ts';
import type { RowReference, TableFinding } from './finding.ts';
import { columnAmount, givenDate, type OffRhythm, type Series, type SeriesColumn } from './series.ts';

/** What holds for nearly all rows of a table, told as steps, and the rows where it does not. */
export interface Held {
  holds: Step[];
  findings: TableFinding[];
}

/** A row of a series, for a finding. */
export function seriesRow(series: Series, index: number, column: SeriesColumn | null = null): RowReference {
  return { table: series.table, row: series.rows[index]!, name: null, column: column?.name ?? null };
}

/** The steps that say why a date is off, and which would fit. */
export function offRhythmSteps(series: Series, { day, likely }: OffRhythm): Step[] {
  const weekday = series.weekday!;
  return [
    { code: 'series-weekday', values: { date: isoOf(day), weekday: weekdayOf(day), given: weekday } },
    ...(likely === null ? [] : [{ code: 'weekday-likely', values: { date: isoOf(likely), weekday } }]),
  ];
}

/** How many gaps of one table are told. */
const GAPS = 50;

/** Stretches of a regular series for which there is no row. A date that another row was probably meant to have is none. */
export function findGaps(series: Series): TableFinding[] {
  const { step } = series;
  if (step === null) return [];
  const meant = new Set(series.offRhythm.flatMap(({ likely }) => (likely === null ? [] : [likely])));
  const kept = series.days.flatMap((days, index) => (days ? [{ index, days }] : []));
  for (const { index, likely } of series.offRhythm) {
    const first = kept[0]?.days;
    if (likely === null || !first) continue;
    const length = lengthOf(first);
    kept.push({ index, days: { first: likely - length + 1, last: likely } });
  }
  kept.sort((a, b) => a.days.first - b.days.first);
  const findings: TableFinding[] = [];
  for (let at = 1; at < kept.length && findings.length < GAPS; at++) {
    const [before, after] = [kept[at - 1]!, kept[at]!];
    const missing: Days = { first: before.days.last + 1, last: after.days.first - 1 };
    if (missing.last < missing.first || meant.has(missing.last)) continue;
    const count = Math.max(1, Math.round(lengthOf(missing) / lengthOf(before.days)));
    findings.push({
      check: 'gap',
      rows: [seriesRow(series, before.index), seriesRow(series, after.index)],
      working: [{ code: 'gap', values: { count, step, period: edtfOf(missing) } }],
      weight: 0.3,
    });
  }
  return findings;
}

/** Dates that come more than once in a regular series. */
export function findRepeatedDates(series: Series): TableFinding[] {
  if (series.step === null) return [];
  const seen = new Map<string, number>();
  const findings: TableFinding[] = [];
  for (const [index, days] of series.days.entries()) {
    if (!days) continue;
    const key = `${days.first}/${days.last}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else
      findings.push({
        check: 'repeated-date',
        rows: [seriesRow(series, first), seriesRow(series, index)],
        working: [
          {
            code: 'repeated-date',
            values: { period: edtfOf(days), first: series.rows[first]!, row: series.rows[index]! },
          },
        ],
        weight: 0.5,
      });
  }
  return findings;
}

/** No more columns than this are tried with one another. */
const COLUMNS = 16;
/** Rows looked at before all are. */
const SAMPLE = 400;
/** How nearly all rows are, and how many have to bear a relation out with numbers that are not nothing. */
const NEARLY_ALL = 0.97;
const EVIDENCE = 8;

interface Relation {
  /** Whether a row has the numbers, whether they tell anything, and whether they agree. */
  at: (row: number) => 'absent' | 'trivial' | 'agrees' | 'breaks';
  holds: (rows: number, broken: number) => Step;
  /** How a row breaks it. */
  broken: (row: number) => Step;
  check: string;
  column: SeriesColumn;
  /** Which columns it is about, in whatever order. */
  columns: string;
}

/** Relations of columns that nearly all rows keep. */
export function findRelations(series: Series): Held {
  const held: Held = { holds: [], findings: [] };
  const columns = series.columns.slice(0, COLUMNS);
  const rows = series.rows.length;
  if (rows < EVIDENCE) return held;
  const order = inTime(series);
  // Of three columns, one relation is enough: the others are the same turned round.
  const found = new Set<string>();
  for (const relation of [...sums(columns), ...ratios(columns), ...runningTotals(columns, series, order)]) {
    if (found.has(relation.columns) || !isLikely(relation, rows)) continue;
    const broken: number[] = [];
    let [told, agreeing] = [0, 0];
    for (let row = 0; row < rows; row++) {
      const state = relation.at(row);
      if (state === 'absent') continue;
      told++;
      if (state === 'agrees') agreeing++;
      else if (state === 'breaks') broken.push(row);
    }
    const meaningful = agreeing + broken.length;
    if (agreeing < EVIDENCE || agreeing < meaningful * NEARLY_ALL) continue;
    found.add(relation.columns);
    held.holds.push(relation.holds(told - broken.length, told));
    for (const row of broken)
      held.findings.push({
        check: relation.check,
        rows: [seriesRow(series, row, relation.column)],
        working: [
          { code: 'row-of', values: { period: givenDate(series, row), row: series.rows[row]! } },
          relation.broken(row),
          relation.holds(told - broken.length, told),
        ],
        weight: 0.7,
      });
  }
  return held;
}

/** Whether a sample of rows makes a relation worth a look at all of them. */
function isLikely(relation: Relation, rows: number): boolean {
  const stride = Math.max(1, Math.floor(rows / SAMPLE));
  let [agrees, breaks] = [0, 0];
  for (let row = 0; row < rows; row += stride) {
    const state = relation.at(row);
    if (state === 'agrees') agrees++;
    else if (state === 'breaks') breaks++;
  }
  return agrees >= Math.min(EVIDENCE, 4) && agrees >= (agrees + breaks) * 0.9;
}

function tolerance(...columns: SeriesColumn[]): number {
  let sum = 1e-9;
  for (const { decimals } of columns) if (decimals > 0) sum += 10 ** -decimals / 2;
  return sum;
}

function close(a: number, b: number, within: number): boolean {
  return Math.abs(a - b) <= within + 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}

function among(...columns: SeriesColumn[]): string {
  return columns
    .map(({ column }) => column)
    .sort((a, b) => a - b)
    .join(' ');
}

/** One column is the sum of two others. A row in which either part is nothing tells nothing. */
function sums(columns: readonly SeriesColumn[]): Relation[] {
  const relations: Relation[] = [];
  for (const [i, a] of columns.entries()) {
    for (const b of columns.slice(i + 1)) {
      for (const total of columns) {
        if (total === a || total === b) continue;
        const within = tolerance(a, b, total);
        relations.push({
          check: 'column-sum',
          column: total,
          columns: among(a, b, total),
          at: (row) => {
            const [x, y, sum] = [a.values[row]!, b.values[row]!, total.values[row]!];
            if (Number.isNaN(x) || Number.isNaN(y) || Number.isNaN(sum)) return 'absent';
            if (!close(x + y, sum, within)) return 'breaks';
            return x === 0 || y === 0 ? 'trivial' : 'agrees';
          },
          holds: (count, rows) => ({
            code: 'holds-sum',
            values: { a: a.name, b: b.name, total: total.name, count, rows },
          }),
          broken: (row) => ({
            code: 'column-sum',
            values: {
              nameA: a.name,
              nameB: b.name,
              nameTotal: total.name,
              a: columnAmount(a.values[row]!),
              b: columnAmount(b.values[row]!),
              sum: columnAmount(round(a.values[row]! + b.values[row]!)),
              total: columnAmount(total.values[row]!),
            },
          }),
        });
      }
    }
  }
  return relations;
}

/** One column is another divided by a third, rounded as it is printed. */
function ratios(columns: readonly SeriesColumn[]): Relation[] {
  const relations: Relation[] = [];
  for (const over of columns) {
    for (const under of columns) {
      for (const result of columns) {
        if (over === under || over === result || under === result) continue;
        const within = 10 ** -result.decimals / 2 + 1e-9;
        relations.push({
          check: 'column-ratio',
          column: result,
          columns: among(over, under, result),
          at: (row) => {
            const [x, y, ratio] = [over.values[row]!, under.values[row]!, result.values[row]!];
            if (Number.isNaN(x) || Number.isNaN(y) || Number.isNaN(ratio) || y === 0) return 'absent';
            if (!close(x / y, ratio, within)) return 'breaks';
            // Divided by one, or nothing divided, every column is a ratio; so is a small whole number by rounding.
            return y === 1 || x === 0 || ratio === 0 || (result.decimals === 0 && Math.abs(ratio) < 3)
              ? 'trivial'
              : 'agrees';
          },
          holds: (count, rows) => ({
            code: 'holds-ratio',
            values: { over: over.name, under: under.name, result: result.name, count, rows },
          }),
          broken: (row) => ({
            code: 'column-ratio',
            values: {
              nameOver: over.name,
              nameUnder: under.name,
              nameResult: result.name,
              over: columnAmount(over.values[row]!),
              under: columnAmount(under.values[row]!),
              ratio: columnAmount(round(over.values[row]! / under.values[row]!)),
              result: columnAmount(result.values[row]!),
            },
          }),
        });
      }
    }
  }
  return relations;
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

/** The rows in order of time; those without a date are left out. */
function inTime(series: Series): number[] {
  return series.days
    .flatMap((days, index) => (days ? [{ index, first: days.first }] : []))
    .sort((a, b) => a.first - b.first)
    .map(({ index }) => index);
}

/** One column is the running total of another, from the beginning or from the beginning of each year. */
function runningTotals(
  columns: readonly SeriesColumn[],
  series: Series,
  order: readonly number[],
): Relation[] {
  if (series.step === null) return [];
  const before = new Map<number, number>();
  for (let at = 1; at < order.length; at++) before.set(order[at]!, order[at - 1]!);
  const yearOf = (row: number) => isoOf(series.days[row]!.last).slice(0, 4);
  const relations: Relation[] = [];
  for (const added of columns) {
    for (const total of columns) {
      if (added === total) continue;
      const within = tolerance(added, total);
      const previousOf = (row: number) => {
        const previous = before.get(row);
        if (previous === undefined || Number.isNaN(total.values[previous]!)) return null;
        return { row: previous, value: total.values[previous]! };
      };
      relations.push({
        check: 'running-total',
        column: total,
        columns: `running ${among(added, total)}`,
        at: (row) => {
          const [value, sum] = [added.values[row]!, total.values[row]!];
          const previous = previousOf(row);
          if (previous === null || Number.isNaN(value) || Number.isNaN(sum)) return 'absent';
          if (close(previous.value + value, sum, within))
            return value === 0 || previous.value === 0 ? 'trivial' : 'agrees';
          // A count that begins anew each year begins with the year's own first number.
          const anew = yearOf(previous.row) !== yearOf(row) && close(value, sum, within);
          return anew ? 'trivial' : 'breaks';
        },
        holds: (count, rows) => ({
          code: 'holds-running',
          values: { added: added.name, total: total.name, count, rows },
        }),
        broken: (row) => ({
          code: 'running-total',
          values: {
            nameAdded: added.name,
            nameTotal: total.name,
            before: columnAmount(previousOf(row)?.value ?? 0),
            added: columnAmount(added.values[row]!),
            sum: columnAmount(round((previousOf(row)?.value ?? 0) + added.values[row]!)),
            total: columnAmount(total.values[row]!),
          },
        }),
      });
    }
  }
  return relations;
}
