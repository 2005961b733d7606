// A table as a file: where its sheets stand in its source's text, its rows, and the figures that rest on them.
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import {
  guessSeparator,
  type Numbering,
  type Row,
  readRows,
  type Stretch,
} from '../analysis/series/delimited.ts';
import { Figure } from '../record/figure.ts';
import { problem } from '../record/problem.ts';
import { MOST_SERIES_COLUMNS, type SeriesMapping } from '../record/series.ts';
import { isTable, type Source, XLSX } from '../record/source.ts';
import { readLayout, readText } from '../store/passages.ts';
import { listRenditions, readSource } from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import { findValues } from '../store/values.ts';

/** Rows worked on between two chances for others. */
export const SLICE = 2000;

/** Figures on the rows of one page. */
const MOST_RESTING = 5000;

/** A source that is a table, and where its sheets stand in its text. */
export interface Table {
  source: Source;
  text: string;
  rendition: string;
  sheets: (Stretch & { name: string | null })[];
  isWorkbook: boolean;
  encoding: string;
}

/** Opens a source as a table. Throws `not-found`, `source.no-text` or `series.not-a-table`. */
export async function openTable(store: Store, dossier: string, id: string): Promise<Table> {
  const source = await readSource(store, dossier, id);
  if (!isTable(source)) throw problem('series.not-a-table');
  const { text, rendition } = await readText(store, dossier, id);
  const isWorkbook = source.mediaType === XLSX;
  const version = (await listRenditions(store, dossier, id)).find(
    ({ sha256 }) => sha256 === rendition,
  )?.toolVersion;
  const begin = text.startsWith('\ufeff') ? 1 : 0;
  return {
    source,
    text,
    rendition,
    isWorkbook,
    sheets: isWorkbook
      ? await sheetsOf(store, source, text, rendition)
      : [{ name: null, start: begin, end: text.length }],
    encoding: isWorkbook ? 'xlsx' : (/\((.+)\)/.exec(version ?? '')?.[1] ?? 'utf-8'),
  };
}

/** The sheets of a workbook: each begins below the heading that names it. */
async function sheetsOf(
  store: Store,
  source: Source,
  text: string,
  rendition: string,
): Promise<Table['sheets']> {
  const layout = await readLayout(store, source.dossier, source.id, rendition);
  const headings = (layout?.blocks ?? []).filter((block) => block.kind === 'heading');
  return headings.map(({ start, end }, at) => ({
    name: text.slice(start, end),
    start: end + 1,
    end: headings[at + 1]?.start ?? text.length,
  }));
}

const numberingOf = ({ isWorkbook }: Table): Numbering => (isWorkbook ? 'rows' : 'lines');

/** The rows of a sheet. Throws `series.mapping` where there is no such sheet. */
export function rowsOf(
  table: Table,
  { sheet, separator }: Pick<SeriesMapping, 'sheet' | 'separator'>,
): Generator<Row> {
  const stretch = table.sheets[sheet];
  if (!stretch) throw problem('series.mapping');
  return readRows(table.text, stretch, separator, numberingOf(table));
}

/** The first rows of a sheet. */
export function firstRows(
  table: Table,
  where: Pick<SeriesMapping, 'sheet' | 'separator'>,
  most: number,
): Row[] {
  const first: Row[] = [];
  for (const row of rowsOf(table, where)) {
    first.push(row);
    if (first.length === most) break;
  }
  return first;
}

/** Some rows of a table, and the figures that rest on them. */
export const TableRows = z
  .object({
    sheets: z.array(z.string().nullable()),
    sheet: z.int(),
    /** How many rows the sheet has, blank ones not counted, and which of them is the first told, from 0. */
    total: z.int(),
    first: z.int(),
    rows: z.array(z.object({ row: z.int(), cells: z.array(z.string()), figures: z.array(Figure) })),
  })
  .meta({ id: 'TableRows', title: 'Rows of a table' });
export type TableRows = z.infer<typeof TableRows>;

/** A cell is shown up to this length; the whole of it is in the source. */
const SHOWN_CELL = 300;

/**
 * Some rows of a sheet from one on, or those around the row that a figure rests on, with the figures that rest on each.
 * Rows are cut as the table seems to be; a mapping may have cut them otherwise, but they begin where it says.
 */
export async function rowsAt(
  store: Store,
  table: Table,
  where: { sheet: number; first: number; limit: number; record?: string | undefined },
): Promise<TableRows> {
  const { dossier, id } = table.source;
  const at = where.record === undefined ? null : await startOf(store, dossier, id, where.record);
  const inSheet = table.sheets.findIndex(({ start, end }) => at !== null && at >= start && at < end);
  const sheet = inSheet === -1 ? where.sheet : inSheet;
  const stretch = table.sheets[sheet];
  if (!stretch) throw problem('series.mapping');
  const separator = table.isWorkbook ? '\t' : guessSeparator(table.text, stretch);
  let total = 0;
  let first = where.first;
  let page: Row[] = [];
  let found = at === null || inSheet === -1;
  if (!found) first = 0;
  for (const row of rowsOf(table, { sheet, separator })) {
    if (!found && page.length === where.limit) {
      page = [];
      first = total;
    }
    if (at !== null && row.start <= at && at <= row.end) found = true;
    if (total >= first && page.length < where.limit) page.push(row);
    if (++total % SLICE === 0) await setImmediate();
  }
  const resting = await figuresBetween(store, dossier, id, page[0]?.start ?? 0, page.at(-1)?.end ?? 0);
  return {
    sheets: table.sheets.map(({ name }) => name),
    sheet,
    total,
    first,
    rows: page.map(({ row, start, end, cells }) => ({
      row,
      cells: cells.slice(0, MOST_SERIES_COLUMNS).map((cell) => cutCell(cell, SHOWN_CELL)),
      figures: resting.filter(({ passages }) =>
        passages.some((passage) => passage.source === id && passage.start >= start && passage.start < end),
      ),
    })),
  };
}

/** Where a record begins in a source; null where it does not rest on it. */
async function startOf(
  store: Store,
  dossier: string,
  source: string,
  record: string,
): Promise<number | null> {
  const row = await store.read
    .selectFrom('recordSources')
    .select('start')
    .where('dossier', '=', dossier)
    .where('source', '=', source)
    .where('id', '=', record)
    .executeTakeFirst();
  return row?.start ?? null;
}

/** Figures that rest on a stretch of a source; rejected ones are not shown. */
async function figuresBetween(
  store: Store,
  dossier: string,
  source: string,
  start: number,
  end: number,
): Promise<Figure[]> {
  const rows = await store.read
    .selectFrom('recordSources')
    .select('id')
    .where('dossier', '=', dossier)
    .where('source', '=', source)
    .where('kind', '=', 'figure')
    .where('start', '>=', start)
    .where('start', '<=', end)
    .orderBy('start')
    .orderBy('id')
    .limit(MOST_RESTING)
    .execute();
  const figures = await findValues(
    store.read,
    'figure',
    dossier,
    rows.map(({ id }) => id),
  );
  return figures.filter(({ status }) => status !== 'rejected');
}

/** A cell on one line, cut where it is too long to be shown. */
export function cutCell(cell: string, most = 60): string {
  const words = cell.replace(/\s+/g, ' ').trim();
  return words.length <= most ? words : `${words.slice(0, most - 1).toWellFormed()}…`;
}
