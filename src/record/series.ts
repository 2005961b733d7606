// A series: a table of figures, imported row by row. What its columns are is a mapping, which a person checks before
// anything is made; what makes two figures the same is told here, so that a table handed in twice makes nothing twice.
import { z } from 'zod';
import { Id } from './common.ts';
import type { Figure, FigureContent } from './figure.ts';
import { MeasureContent } from './measure.ts';
import { foldedWords } from './measure-match.ts';
import { Modality } from './vocabulary.ts';

/** The most figures of one import, and the most columns of a table. */
export const MOST_SERIES_FIGURES = 200_000;
export const MOST_SERIES_COLUMNS = 500;

/** The program that imported figures say they were made by. */
export const SERIES_IMPORT = { proposer: 'series-import', version: '1', confidence: 1 } as const;

/** What a column gives. `period` is read as it is written; `month` and `year` may also stand in two columns. */
export const SeriesRole = z
  .enum([
    'ignore',
    'measure',
    'period',
    'week-ending',
    'week-beginning',
    'month',
    'year',
    'start',
    'end',
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
  ])
  .meta({ id: 'SeriesRole' });
export type SeriesRole = z.infer<typeof SeriesRole>;

/** A measure of the dossier, or one that the import makes. */
export const MeasureChoice = z
  .union([
    z.object({ id: Id }),
    z.object({
      new: MeasureContent.pick({ series: true, repeats: true }).extend({
        name: z.string().trim().min(1, 'Give the measure a name.').max(200),
        definition: MeasureContent.shape.definition.default(null),
        unit: MeasureContent.shape.unit.default(null),
      }),
    }),
  ])
  .meta({ id: 'MeasureChoice' });
export type MeasureChoice = z.infer<typeof MeasureChoice>;

const Fixed = z.string().trim().min(1).max(300).nullable();

/** What a table's columns are, and what no column says. */
export const SeriesMapping = z
  .object({
    /** Which sheet of a workbook, from 0; 0 for a table of plain text. */
    sheet: z.int().min(0).max(1000),
    separator: z.enum([',', ';', '\t', '|']),
    /** The row of the header, numbered as in the file, and how many rows it has; null where there is none. */
    header: z.object({ row: z.int().min(1), rows: z.int().min(1).max(2) }).nullable(),
    /** The decimal mark; null where no number has one, so that a single mark before three digits separates thousands. */
    decimal: z.enum(['.', ',']).nullable(),
    days: z.enum(['day-first', 'month-first']),
    columns: z
      .array(z.object({ role: SeriesRole, measure: MeasureChoice.nullable() }))
      .max(MOST_SERIES_COLUMNS),
    /** The measure of value columns that have none of their own, where no column names it. */
    measure: MeasureChoice.nullable(),
    /** The measures that a column of measures names. */
    names: z.array(z.object({ name: z.string().min(1).max(300), measure: MeasureChoice })).max(500),
    fixed: z.object({
      place: Fixed,
      unit: z.string().trim().min(1).max(40).nullable(),
      accordingTo: Fixed,
      reportedBy: Fixed,
      method: z.string().trim().min(1).max(1000).nullable(),
      modality: Modality,
    }),
  })
  .meta({ id: 'SeriesMapping', title: 'Series mapping' });
export type SeriesMapping = z.infer<typeof SeriesMapping>;

/** Case, accents, apostrophes, a leading article and the number of spaces make no difference to who or what is named. */
export function nameKey(words: string): string {
  return words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’ʼ]/g, "'")
    .replace(/^(?:the |le |la |les |l')/, '')
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

/** The same for two measures of one name, give or take a plural or an article: a table makes no second one of it. */
export function measureNameKey(name: string): string {
  return foldedWords(name).join(' ') || name;
}

type Keyed = Pick<
  FigureContent,
  'measure' | 'place' | 'period' | 'unit' | 'bound' | 'value' | 'low' | 'high' | 'accordingTo'
>;

const SEPARATOR = '\u001f';

/** What a figure is a number for: the same for an older and a newer number for one and the same thing, by one party. */
export function seriesScope(figure: Pick<Keyed, 'measure' | 'place' | 'period' | 'accordingTo'>): string {
  return [
    figure.measure,
    figure.place && (figure.place.place ?? nameKey(figure.place.name)),
    figure.period,
    figure.accordingTo && (figure.accordingTo.actor ?? nameKey(figure.accordingTo.name)),
  ].join(SEPARATOR);
}

/** The same for two figures that say the same: such a figure is not imported again. */
export function seriesKey(figure: Keyed): string {
  const { unit, bound, value, low, high } = figure;
  return [seriesScope(figure), unit, bound, value, low, high].join(SEPARATOR);
}

/** The row that an imported figure rests on, with its measure: it stays the same when a person corrects the figure. */
export function seriesRow(figure: Pick<Figure, 'measure'>, source: string, start: number): string {
  return [figure.measure, source, start].join(SEPARATOR);
}
