// A table on its way to figures: where it lies in its source's text, what its columns seem to be, the measures they name,
// and what they would make beside what the dossier has.
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { guessSeparator, type Row } from '../analysis/series/delimited.ts';
import {
  choiceKey,
  columnNames,
  guessColumns,
  guessHeader,
  measureChooser,
  measureOf,
  spoken,
} from '../analysis/series/guess.ts';
import { planSeries, type SeriesPlan, type SeriesSetting } from '../analysis/series/plan.ts';
import { isBlank } from '../analysis/table/cell.ts';
import { FigureContent } from '../record/figure.ts';
import type { Measure, MeasureContent } from '../record/measure.ts';
import { problem } from '../record/problem.ts';
import {
  type MeasureChoice,
  MOST_SERIES_COLUMNS,
  MOST_SERIES_FIGURES,
  nameKey,
  SeriesMapping,
} from '../record/series.ts';
import { listNamed } from '../store/named.ts';
import { earlierImports, type SeriesImport, standingFigures } from '../store/series.ts';
import type { Store } from '../store/store.ts';
import { newId } from '../store/write.ts';
import { cutCell, firstRows, rowsOf, SLICE, type Table } from './table-file.ts';

/** Where the table lies in its text, as far as a person has said so; the rest is found. */
export const SeriesLayout = SeriesMapping.pick({ sheet: true, separator: true, header: true }).partial();
export type SeriesLayout = z.infer<typeof SeriesLayout>;

/** One fault of one row. */
export const SeriesFault = z
  .object({
    row: z.int(),
    column: z.string().nullable(),
    code: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'SeriesFault' });

/** A figure as the import would make it; `measureName` also where its measure is yet to be made. */
const PreviewedFigure = z
  .object({
    row: z.int(),
    standing: z.enum(['new', 'there', 'changed']),
    measureName: z.string(),
    content: FigureContent,
  })
  .meta({ id: 'PreviewedFigure' });

/** What a table would make under a mapping. */
export const SeriesPreview = z
  .object({
    /** The names of the sheets; one, null, for a table of plain text. */
    sheets: z.array(z.string().nullable()),
    encoding: z.string(),
    /** The first rows, cut short, to see where the header is. */
    head: z.array(z.object({ row: z.int(), cells: z.array(z.string()) })),
    /** The columns by their names, with what stands in the first rows below. */
    columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
    mapping: SeriesMapping,
    /** Whether the mapping is that of an earlier import of a table with the same columns. */
    remembered: z.boolean(),
    /** What a column of measures names, and how often. */
    names: z.array(z.object({ name: z.string(), rows: z.int() })),
    /** What the mapping still lacks, as a problem code; null when it is complete. */
    lacks: z.enum(['series.no-number', 'series.no-measure', 'series.no-rows']).nullable(),
    counts: z.object({
      rows: z.int(),
      blank: z.int(),
      faulty: z.int(),
      figures: z.int(),
      new: z.int(),
      there: z.int(),
      changed: z.int(),
      faults: z.int(),
    }),
    figures: z.array(PreviewedFigure),
    faults: z.array(SeriesFault),
  })
  .meta({ id: 'SeriesPreview', title: 'What a table would make' });
export type SeriesPreview = z.infer<typeof SeriesPreview>;

/** Figures and faults that a preview tells. */
const SHOWN = 50;
/** Rows by which a table is judged. */
const SAMPLE = 2000;
/** Of the beginning, what is shown to find the header in. */
const HEAD_ROWS = 12;
const HEAD_CELLS = 30;
/** Different measures that a column may name. */
const MOST_NAMES = 500;

/** How many columns a table has: as many as the header names, or as most rows below it fill, where those are more. */
function widthOf(rows: readonly Row[], header: SeriesMapping['header']): number {
  // Spreadsheets leave separators behind the last column.
  const filled = ({ cells }: Row) => cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  const from = header === null ? 1 : header.row + header.rows;
  const named = rows.filter(({ row }) => header !== null && row >= header.row && row < from).map(filled);
  const often = new Map<number, number>();
  for (const row of rows) if (row.row >= from) often.set(filled(row), (often.get(filled(row)) ?? 0) + 1);
  const [usual] = [...often].sort(([a, times], [b, others]) => others - times || b - a)[0] ?? [1];
  // Without a header the widest row counts: its cells are not to be lost.
  return header === null ? Math.max(1, ...often.keys()) : Math.max(usual, ...named);
}

/** A mapping of a table: as an earlier import of the same columns had it, else guessed; in the place that was said. */
export async function guess(
  store: Store,
  table: Table,
  layout: SeriesLayout,
): Promise<{ mapping: SeriesMapping; remembered: boolean }> {
  const sheet = layout.sheet ?? 0;
  const stretch = table.sheets[sheet];
  if (!stretch) throw problem('series.mapping');
  const separator = layout.separator ?? (table.isWorkbook ? '\t' : guessSeparator(table.text, stretch));
  const rows = firstRows(table, { sheet, separator }, SAMPLE);
  const header = layout.header === undefined ? guessHeader(rows) : layout.header;
  const names = namesOf(rows, header);
  const { dossier } = table.source;
  const measures = await listNamed(store, 'measure', dossier);
  const from = header === null ? 1 : header.row + header.rows;
  const guessed = guessColumns(
    names,
    rows.filter((row) => row.row >= from),
    measures,
  );
  const mapping: SeriesMapping = {
    sheet,
    separator,
    header,
    ...guessed,
    names: [],
    fixed: {
      place: null,
      unit: null,
      accordingTo: null,
      reportedBy: table.source.publisher?.slice(0, 300) || null,
      method: null,
      modality: 'reported',
    },
  };
  const earlier = await earlierMapping(store, dossier, names, measures);
  if (earlier === null) return { mapping, remembered: false };
  const { columns, measure, names: named, fixed, days } = earlier;
  return { mapping: { ...mapping, columns, measure, names: named, fixed, days }, remembered: true };
}

function namesOf(rows: readonly Row[], header: SeriesMapping['header']): string[] {
  const width = widthOf(rows, header);
  if (width > MOST_SERIES_COLUMNS) {
    throw problem('series.too-wide', { columns: width, limit: MOST_SERIES_COLUMNS });
  }
  return columnNames(rows, header, width);
}

/** How a table with these columns was imported last, where all its measures are still there. */
async function earlierMapping(
  store: Store,
  dossier: string,
  names: readonly string[],
  measures: Measure[],
): Promise<SeriesMapping | null> {
  const tables = await store.read
    .selectFrom('sources')
    .select('id')
    .where('dossier', '=', dossier)
    .where('type', '=', 'dataset')
    .orderBy('createdAt', 'desc')
    .limit(200)
    .execute();
  for (const { mapping, columns } of await earlierImports(
    store,
    dossier,
    tables.map(({ id }) => id),
  )) {
    if (columns.length !== names.length || columns.some((name, at) => name !== names[at])) continue;
    const checked = SeriesMapping.safeParse(mapping);
    const found = checked.success
      ? withChoices(checked.data, (choice) => standingChoice(choice, measures))
      : null;
    if (found !== null) return found;
  }
  return null;
}

/** A choice as it can be made now: what the earlier import has made is there; null where a measure was removed. */
function standingChoice(choice: MeasureChoice, measures: Measure[]): MeasureChoice | null {
  const measure = measureOf(choice, measures);
  return measure ? { id: measure.id } : 'new' in choice ? choice : null;
}

/** A mapping with its choices of measures made anew; null where one cannot be. */
function withChoices(
  mapping: SeriesMapping,
  choose: (choice: MeasureChoice) => MeasureChoice | null,
): SeriesMapping | null {
  let possible = true;
  const chosen = (choice: MeasureChoice | null) => {
    const made = choice && choose(choice);
    possible &&= (choice === null) === (made === null);
    return made;
  };
  const made = {
    ...mapping,
    columns: mapping.columns.map(({ role, measure }) => ({ role, measure: chosen(measure) })),
    measure: chosen(mapping.measure),
    names: mapping.names.map(({ name, measure }) => ({ name, measure: chosen(measure)! })),
  };
  return possible ? made : null;
}

/** A table with its mapping, ready to be worked through. */
export interface Ready {
  table: Table;
  mapping: SeriesMapping;
  columns: string[];
  rows: Row[];
  names: { name: string; rows: number }[];
  setting: SeriesSetting;
  /** The dossier's measures that the mapping names. */
  measures: Map<string, { id: string; name: string; unit: string | null }>;
  newMeasures: { id: string; content: MeasureContent }[];
  lacks: SeriesPreview['lacks'];
}

/** Resolves what a mapping names. Throws `series.mapping` when it is not of this table. */
export async function makeReady(store: Store, table: Table, given: SeriesMapping): Promise<Ready> {
  const { dossier, language, sensitivity } = table.source;
  const rows = firstRows(table, given, SAMPLE);
  const columns = namesOf(rows, given.header);
  if (given.columns.length !== columns.length) throw problem('series.mapping');
  const [measures, actors, places] = await Promise.all([
    listNamed(store, 'measure', dossier),
    listNamed(store, 'actor', dossier),
    listNamed(store, 'place', dossier),
  ]);
  const names = await measureNames(table, given);
  const mapping = { ...given, names: withAllNames(given, names, measures) };
  const resolved = resolveMeasures(mapping, columns, measures);
  return {
    table,
    mapping,
    columns,
    rows,
    names,
    setting: { measureOf: (key) => resolved.measures.get(key), actors, places, language, sensitivity },
    ...resolved,
    lacks: lacking(mapping, rows),
  };
}

/** What a mapping still needs before anything can be made. */
function lacking(mapping: SeriesMapping, rows: readonly Row[]): Ready['lacks'] {
  const { header, columns } = mapping;
  if (!rows.some((row) => header === null || row.row >= header.row + header.rows)) return 'series.no-rows';
  const has = (role: string) => columns.some((column) => column.role === role);
  if (!has('value') && !has('low') && !has('high')) return 'series.no-number';
  if (has('measure') || mapping.measure !== null) return null;
  const values = columns.filter(({ role }) => role === 'value');
  return values.length > 0 && values.every(({ measure }) => measure !== null) ? null : 'series.no-measure';
}

/** What a column of measures names, in the order of its rows; none where there is no such column. */
async function measureNames(table: Table, mapping: SeriesMapping): Promise<Ready['names']> {
  const column = mapping.columns.findIndex(({ role }) => role === 'measure');
  if (column === -1) return [];
  const from = mapping.header === null ? 1 : mapping.header.row + mapping.header.rows;
  const found = new Map<string, { name: string; rows: number }>();
  let read = 0;
  for (const row of rowsOf(table, mapping)) {
    if (++read % SLICE === 0) await setImmediate();
    const name = row.cells[column]?.replace(/\s+/g, ' ').trim() ?? '';
    if (row.row < from || name === '' || name.length > 300 || isBlank(name)) continue;
    const key = nameKey(name);
    const known = found.get(key);
    if (known) known.rows++;
    else if (found.size < MOST_NAMES) found.set(key, { name, rows: 1 });
  }
  return [...found.values()];
}

/** The measures of all names: as chosen, else as the dossier words them, else to be made. */
function withAllNames(
  mapping: SeriesMapping,
  names: Ready['names'],
  measures: Measure[],
): SeriesMapping['names'] {
  const chosen = new Map(mapping.names.map(({ name, measure }) => [nameKey(name), measure]));
  const choose = measureChooser(measures);
  return names.map(({ name }) => ({ name, measure: chosen.get(nameKey(name)) ?? choose(name) }));
}

/** The measures that a mapping names, by the keys of its choices; those to be made get their ids now. */
function resolveMeasures(
  mapping: SeriesMapping,
  columns: readonly string[],
  measures: Measure[],
): Pick<Ready, 'measures' | 'newMeasures'> {
  const known: Ready['measures'] = new Map();
  const made: Ready['newMeasures'] = [];
  const take = (choice: MeasureChoice | null, words: string | null) => {
    if (choice === null || known.has(choiceKey(choice))) return;
    const there = measureOf(choice, measures);
    if (there) known.set(choiceKey(choice), there);
    else if ('id' in choice) throw problem('series.mapping');
    else {
      const { name, unit } = choice.new;
      const id = newId();
      const wordings = words === null || words === name ? [] : [words];
      made.push({ id, content: { ...choice.new, countingRule: null, wordings } });
      known.set(choiceKey(choice), { id, name, unit });
    }
  };
  for (const [column, { role, measure }] of mapping.columns.entries())
    if (role === 'value') take(measure, spoken(columns[column]!));
  take(mapping.measure, null);
  for (const { name, measure } of mapping.names) take(measure, spoken(name));
  return { measures: known, newMeasures: made };
}

/** Works through the rows, giving way to others now and then. Throws `series.too-many`. */
export async function planOf({ table, mapping, columns, setting }: Ready): Promise<SeriesPlan> {
  const work = planSeries(table.text, rowsOf(table, mapping), columns, mapping, setting);
  for (;;) {
    const step = work.next();
    if (!step.done) {
      await setImmediate();
      continue;
    }
    if (step.value.tooMany) throw problem('series.too-many', { limit: MOST_SERIES_FIGURES });
    return step.value;
  }
}

/** What the import of a plan is. */
export function importOf(
  { table, mapping, columns, measures, newMeasures }: Ready,
  plan: SeriesPlan,
): SeriesImport {
  return {
    source: table.source.id,
    text: table.text,
    rendition: table.rendition,
    figures: plan.figures,
    measures: ownMeasures(measures, newMeasures),
    newMeasures,
    mapping,
    columns,
    leftOut: plan.faulty,
  };
}

function ownMeasures(measures: Ready['measures'], made: Ready['newMeasures']): string[] {
  const own = new Set([...measures.values()].map(({ id }) => id));
  for (const { id } of made) own.delete(id);
  return [...own];
}

/** What a table would make. */
export async function preview(
  store: Store,
  table: Table,
  given: SeriesMapping,
): Promise<Omit<SeriesPreview, 'remembered'>> {
  const ready = await makeReady(store, table, given);
  const { mapping, columns, rows, names, lacks, measures, newMeasures } = ready;
  const from = mapping.header === null ? 1 : mapping.header.row + mapping.header.rows;
  const below = rows.filter((row) => row.row >= from).slice(0, 3);
  const plan = lacks === null ? await planOf(ready) : NOTHING;
  const standing = await standingFigures(
    store.read,
    table.source.dossier,
    ownMeasures(measures, newMeasures),
  );
  const counts = { new: 0, there: 0, changed: 0 };
  const nameOf = new Map([...measures.values()].map(({ id, name }) => [id, name]));
  const figures: SeriesPreview['figures'] = [];
  for (const [at, figure] of plan.figures.entries()) {
    if (at % SLICE === SLICE - 1) await setImmediate();
    const how = standing.of(figure, table.source.id);
    counts[how]++;
    if (figures.length >= SHOWN) continue;
    const { row, content } = figure;
    figures.push({ row, standing: how, measureName: nameOf.get(content.measure!)!, content });
  }
  return {
    sheets: table.sheets.map(({ name }) => name),
    encoding: table.encoding,
    head: rows
      .slice(0, HEAD_ROWS)
      .map(({ row, cells }) => ({ row, cells: cells.slice(0, HEAD_CELLS).map((cell) => cutCell(cell)) })),
    columns: columns.map((name, at) => ({
      name,
      samples: below.map(({ cells }) => cutCell(cells[at] ?? '')),
    })),
    mapping,
    names,
    lacks,
    counts: {
      rows: plan.rows,
      blank: plan.blank,
      faulty: plan.faulty,
      faults: plan.faults.length,
      figures: plan.figures.length,
      ...counts,
    },
    figures,
    faults: plan.faults.slice(0, SHOWN),
  };
}

const NOTHING: SeriesPlan = { figures: [], faults: [], faulty: 0, rows: 0, blank: 0, tooMany: false };
