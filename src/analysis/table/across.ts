// Tables held against one another: weeks against the sum of their days, months and years against what makes them up. Which column
// answers to which is found from the numbers: a column matches when nearly all of its rows do.
import type { Step } from '../../record/disagreement.ts';
import { type Days, edtfOf, isoOf, lengthOf } from '../calendar.ts';
import type { TableFinding } from './finding.ts';
import {
  alignWeeks,
  columnAmount,
  type Series,
  type SeriesColumn,
  type SeriesStep,
  weekAt,
} from './series.ts';
import { offRhythmSteps, seriesRow } from './series-checks.ts';

const RANK: Record<SeriesStep, number> = { day: 0, week: 1, month: 2, quarter: 3, year: 4 };
/** The share of rows that has to match, and how many with numbers above nothing. */
const MATCHING = 0.8;
const EVIDENCE = 5;

/** A column of a coarser table and the column of a finer one whose sums it gives. */
interface Match {
  coarse: SeriesColumn;
  fine: SeriesColumn;
  matching: number;
  compared: number;
}

/** What holds between tables, and the rows where it does not; dates that leave a table's rhythm are told with it. */
export function checkAcross(all: readonly Series[]): { holds: Step[]; findings: TableFinding[] } {
  const holds: Step[] = [];
  const findings: TableFinding[] = [];
  const offSteps = new Map<Series, Map<number, Step[]>>();
  for (const series of all)
    offSteps.set(series, new Map(series.offRhythm.map((off) => [off.index, offRhythmSteps(series, off)])));
  for (const coarse of all) {
    for (const fine of all) {
      if (coarse === fine || coarse.step === null || fine.step === null) continue;
      if (RANK[coarse.step] < RANK[fine.step]) continue;
      // Of two tables with the same step, each pair is looked at once.
      if (coarse.step === fine.step && coarse.table < fine.table) continue;
      // A week does not fall into months.
      if (fine.step === 'week' && coarse.step !== 'week') continue;
      const { sums, matches } = matchTables(coarse, fine);
      for (const match of matches) {
        holds.push({
          code: coarse.step === fine.step ? 'holds-same' : 'holds-finer',
          values: {
            coarse: `${coarse.name}: ${match.coarse.name}`,
            fine: `${fine.name}: ${match.fine.name}`,
            count: match.matching,
            rows: match.compared,
          },
        });
      }
      if (matches.length === 0) continue;
      for (const index of coarse.rows.keys()) {
        const days = coarse.days[index];
        const steps = days ? differing(coarse, fine, index, days, matches, sums) : [];
        if (steps.length > 0)
          findings.push({
            check: coarse.step === fine.step ? 'same-series' : 'finer-against-coarser',
            rows: [seriesRow(coarse, index)],
            working: [
              { code: 'row-of', values: { period: edtfOf(days!), row: coarse.rows[index]! } },
              ...steps,
            ],
            weight: 0.7,
          });
      }
      for (const off of coarse.offRhythm) {
        const week = coarse.week ?? 'ending';
        const steps = offSteps.get(coarse)!.get(off.index)!;
        const asGiven = differing(coarse, fine, off.index, weekAt(off.day, week), matches, sums);
        steps.push(...asGiven);
        if (off.likely === null) continue;
        const likely = weekAt(off.likely, week);
        const told = matches.filter(({ fine: column }) => sums(column, likely) !== null);
        if (told.length > 0 && differing(coarse, fine, off.index, likely, told, sums).length === 0)
          steps.push({
            code: 'redate-sum',
            values: {
              date: isoOf(off.likely),
              file: fine.name,
              columns: told.map((match) => match.coarse.name).join(', '),
              sums: told.map((match) => String(sums(match.fine, likely))).join(', '),
            },
          });
      }
    }
  }
  for (const [series, rows] of offSteps) {
    for (const [index, working] of rows)
      findings.push({ check: 'date-rhythm', rows: [seriesRow(series, index)], working, weight: 0.8 });
  }
  return { holds, findings };
}

/** The sum of a column over days that its table covers without gap; null where it does not. */
type Sums = (column: SeriesColumn, days: Days) => number | null;

function matchTables(coarse: Series, fine: Series): { sums: Sums; matches: Match[] } {
  const sums = sumsOf(fine);
  // A weekly column whose header does not say is tried both ways.
  const ways =
    coarse.step === 'week' && coarse.week === null && coarse.weekday !== null
      ? (['ending', 'beginning'] as const)
      : [null];
  let best: { matches: Match[]; score: number; way: 'ending' | 'beginning' | null } | null = null;
  for (const way of ways) {
    if (way) alignWeeks(coarse, way);
    const matches = coarse.columns.flatMap((column) => {
      const [found] = fine.columns
        .map((other) => matchColumns(coarse, column, other, sums))
        .filter((match) => match !== null)
        .sort((a, b) => b.matching - a.matching);
      return found ? [found] : [];
    });
    const score = matches.reduce((sum, { matching }) => sum + matching, 0);
    if (best === null || score > best.score) best = { matches, score, way };
  }
  if (best?.way) {
    alignWeeks(coarse, best.way);
    if (best.matches.length > 0) coarse.week = best.way;
  }
  return { sums, matches: best?.matches ?? [] };
}

function matchColumns(coarse: Series, column: SeriesColumn, other: SeriesColumn, sums: Sums): Match | null {
  let [compared, matching] = [0, 0];
  const distinct = new Set<number>();
  for (const [index, days] of coarse.days.entries()) {
    const value = column.values[index]!;
    if (!days || Number.isNaN(value)) continue;
    const sum = sums(other, days);
    if (sum === null) continue;
    compared++;
    if (!isSame(value, sum, column, other, lengthOf(days))) continue;
    matching++;
    if (value !== 0) distinct.add(value);
  }
  return distinct.size >= EVIDENCE && matching >= compared * MATCHING
    ? { coarse: column, fine: other, matching, compared }
    : null;
}

function isSame(
  value: number,
  sum: number,
  column: SeriesColumn,
  other: SeriesColumn,
  terms: number,
): boolean {
  const half = ({ decimals }: SeriesColumn) => (decimals > 0 ? 10 ** -decimals / 2 : 0);
  return Math.abs(value - sum) <= half(column) + half(other) * terms + 1e-9 * Math.max(1, Math.abs(sum));
}

function differing(
  coarse: Series,
  fine: Series,
  index: number,
  days: Days,
  matches: readonly Match[],
  sums: Sums,
): Step[] {
  return matches.flatMap((match): Step[] => {
    const value = match.coarse.values[index]!;
    const sum = sums(match.fine, days);
    if (Number.isNaN(value) || sum === null) return [];
    if (isSame(value, sum, match.coarse, match.fine, lengthOf(days))) return [];
    return [
      {
        code: coarse.step === fine.step ? 'same-differs' : 'finer-differs',
        values: {
          column: match.coarse.name,
          file: fine.name,
          period: edtfOf(days),
          sum: columnAmount(sum),
          value: columnAmount(value),
          difference: columnAmount(Math.abs(Number((value - sum).toPrecision(12)))),
        },
      },
    ];
  });
}

/** Sums over days by differences of running totals, so that each takes a search and no walk. */
function sumsOf(series: Series): Sums {
  const order = series.days
    .flatMap((days, index) => (days ? [{ index, ...days }] : []))
    .sort((a, b) => a.first - b.first);
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  const covered = new Float64Array(order.length + 1);
  for (const [at, { first, last }] of order.entries()) {
    if (!starts.has(first)) starts.set(first, at);
    ends.set(last, at + 1);
    covered[at + 1] = covered[at]! + last - first + 1;
  }
  const totals = new Map<SeriesColumn, { sums: Float64Array; blanks: Float64Array }>();
  for (const column of series.columns) {
    const [sums, blanks] = [new Float64Array(order.length + 1), new Float64Array(order.length + 1)];
    for (const [at, { index }] of order.entries()) {
      const value = column.values[index]!;
      sums[at + 1] = sums[at]! + (Number.isNaN(value) ? 0 : value);
      blanks[at + 1] = blanks[at]! + (Number.isNaN(value) ? 1 : 0);
    }
    totals.set(column, { sums, blanks });
  }
  return (column, { first, last }) => {
    const [from, to] = [starts.get(first), ends.get(last)];
    if (from === undefined || to === undefined || to <= from) return null;
    if (covered[to]! - covered[from]! !== last - first + 1) return null;
    const { sums, blanks } = totals.get(column)!;
    if (blanks[to]! - blanks[from]! > 0) return null;
    return Number((sums[to]! - sums[from]!).toPrecision(14));
  };
}
