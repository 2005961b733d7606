// Tables checked together: each by itself, then against one another.
import type { Step } from '../../record/disagreement.ts';
import type { ExchangeRates } from '../exchange-rates.ts';
import { checkAcross } from './across.ts';
import { type ClaimReader, checkFigures } from './figure-checks.ts';
import { type RowFigure, readFigures } from './figures.ts';
import type { TableFinding } from './finding.ts';
import { isFigureTable } from './role.ts';
import type { RowMessage } from './row-message.ts';
import { readSeries, type Series, type SeriesStep } from './series.ts';
import { findGaps, findRelations, findRepeatedDates } from './series-checks.ts';
import type { Table } from './shape.ts';

/** What was checked and found. */
export interface TableCheck {
  tables: {
    table: Table;
    kind: 'figures' | 'series';
    /** How far apart the rows of a regular series are. */
    step: SeriesStep | null;
    messages: RowMessage[];
    holds: Step[];
  }[];
  /** What holds between tables. */
  holds: Step[];
  /** The weightiest first. */
  findings: TableFinding[];
}

/**
 * Checks tables: figures one a row all together, wide series by their dates and columns and against one another. Pure; time grows
 * as n log n with the rows. `progress` is told each step that begins.
 */
export function checkTables(
  tables: readonly Table[],
  readClaims: ClaimReader,
  rates: ExchangeRates | null,
  progress: (table: string) => void = () => {},
): TableCheck {
  const checked: TableCheck['tables'] = [];
  const findings: TableFinding[] = [];
  const figures: RowFigure[] = [];
  const series: Series[] = [];
  for (const [index, table] of tables.entries()) {
    progress(table.name);
    const messages = [...table.messages];
    const holds: Step[] = [];
    const isFigures = isFigureTable(table.roles);
    let step: SeriesStep | null = null;
    if (isFigures) {
      for (const figure of readFigures(table, index, messages)) figures.push(figure);
    } else {
      const one = readSeries(table, index, messages);
      series.push(one);
      step = one.step;
      const relations = findRelations(one);
      holds.push(...relations.holds);
      findings.push(...relations.findings, ...findGaps(one), ...findRepeatedDates(one));
    }
    findings.push(...strayFindings(tables, index));
    messages.sort((a, b) => a.row - b.row);
    checked.push({ table, kind: isFigures ? 'figures' : 'series', step, messages, holds });
  }
  const across = checkAcross(series);
  findings.push(...across.findings, ...checkFigures(figures, readClaims, rates));
  findings.sort(
    (a, b) => b.weight - a.weight || a.rows[0]!.table - b.rows[0]!.table || a.rows[0]!.row - b.rows[0]!.row,
  );
  return { tables: checked, holds: across.holds, findings };
}

/** Rows with another number of cells, told once a number; and whether they stand in another of the tables. */
function strayFindings(tables: readonly Table[], index: number): TableFinding[] {
  const { stray, header } = tables[index]!;
  const byWidth = new Map<number, typeof stray>();
  for (const row of stray) {
    const alike = byWidth.get(row.cells.length);
    if (alike) alike.push(row);
    else byWidth.set(row.cells.length, [row]);
  }
  return [...byWidth].map(([found, rows]) => {
    const working: Step[] = [
      {
        code: 'stray-rows',
        values: {
          count: rows.length,
          found,
          wanted: header.length,
          first: rows[0]!.row,
          last: rows.at(-1)!.row,
        },
      },
    ];
    for (const [other, table] of tables.entries()) {
      if (other === index || table.header.length !== found) continue;
      const known = new Set(table.rows.map(({ cells }) => keyOf(cells)));
      const count = rows.filter(({ cells }) => known.has(keyOf(cells))).length;
      if (count > 0) working.push({ code: 'stray-elsewhere', values: { count, file: table.name } });
    }
    return {
      check: 'stray-rows',
      rows: rows.map(({ row }) => ({ table: index, row, name: null, column: null })),
      working,
      weight: 0.5,
    };
  });
}

function keyOf(cells: readonly string[]): string {
  return cells.map((cell) => cell.trim()).join('\u0000');
}
