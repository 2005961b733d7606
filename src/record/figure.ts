// A figure: a number somebody gives for something, with what bounds it and what it is a count of.
import { z } from 'zod';
import { Id, Party, PlaceMention } from './common.ts';
import { EdtfDate } from './date.ts';
import { RecordBase, RecordContent } from './record.ts';
import { Bound, Modality } from './vocabulary.ts';

/** The same amount as printed in another currency or unit. */
export const Equivalent = z
  .object({ value: z.number(), unit: z.string().max(40) })
  .meta({ id: 'Equivalent' });

/** What a change is a change from: "+50 % over 2020". */
export const Baseline = z
  .object({
    period: EdtfDate.nullable(),
    value: z.number().nullable(),
    words: z.string().max(300).nullable(),
  })
  .meta({ id: 'Baseline', title: 'Baseline' });

/** What a person may write on a figure. */
export const FigureContent = z.object({
  counted: z
    .string()
    .min(1)
    .max(300)
    .meta({ title: 'What is counted', description: 'As the source has it: "migrants in the town".' }),
  measure: Id.nullable().meta({
    title: 'Measure',
    description: 'The definition this figure is compared under.',
  }),
  unit: z
    .string()
    .max(40)
    .nullable()
    .meta({ title: 'Unit', description: 'ISO 4217 for money, % for shares; empty for a plain count.' }),
  modality: Modality.meta({ title: 'Said to be so, pledged or expected' }),
  bound: Bound.meta({ title: 'Bound' }),
  value: z.number().nullable().meta({ title: 'Value' }),
  low: z.number().nullable().meta({ title: 'Low' }),
  high: z.number().nullable().meta({ title: 'High' }),
  equivalents: z.array(Equivalent).max(10).meta({ title: 'Also given as' }),
  baseline: Baseline.nullable().meta({ title: 'Baseline' }),
  place: PlaceMention.nullable().meta({ title: 'Place' }),
  period: EdtfDate.nullable().meta({ title: 'Period or as-of date' }),
  accordingTo: Party.nullable().meta({ title: 'According to' }),
  reportedBy: Party.nullable().meta({ title: 'Reported by' }),
  method: z
    .string()
    .max(1000)
    .nullable()
    .meta({ title: 'Method', description: 'How it was counted, where the source says so.' }),
  ...RecordContent,
});
export type FigureContent = z.infer<typeof FigureContent>;

/** A figure as stored. */
export const Figure = z
  .object({ kind: z.literal('figure'), ...RecordBase, ...FigureContent.shape })
  .meta({ id: 'Figure', title: 'Figure', description: 'How many, according to whom.' });
export type Figure = z.infer<typeof Figure>;

/** The fields of a figure that a chart is drawn from; what the public sees of one has them too. */
export const DRAWN_FIELDS = [
  ...(['id', 'counted', 'unit', 'modality', 'bound', 'value', 'low', 'high'] as const),
  ...(['place', 'period', 'accordingTo', 'reportedBy', 'method'] as const),
] as const;
/** The part of a figure that is drawn, without the passages it rests on: there may be a hundred thousand. */
export type DrawnFigure = Pick<Figure, (typeof DRAWN_FIELDS)[number]>;

/** Whether a figure's numbers fit its bound: a range has two ends in order, every other bound has one value. */
export function numbersFit(figure: Pick<FigureContent, 'bound' | 'value' | 'low' | 'high'>): boolean {
  if (figure.bound === 'range') {
    return figure.low !== null && figure.high !== null && figure.low <= figure.high;
  }
  if (figure.value !== null) return figure.low === null && figure.high === null;
  return (
    figure.bound === 'change' && figure.low !== null && figure.high !== null && figure.low <= figure.high
  );
}

/** A closed interval of amounts; an end is ±Infinity where the source gives none. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * The amounts a figure allows, from its bound as printed. "about 500" allows 10 % either way:
 * a convention of ours, stated wherever it decides something.
 */
export function interval(figure: Pick<FigureContent, 'bound' | 'value' | 'low' | 'high'>): Interval {
  if (figure.low !== null && figure.high !== null) return { low: figure.low, high: figure.high };
  const value = figure.value ?? Number.NaN;
  const slack = Math.abs(value) * 0.1;
  switch (figure.bound) {
    case 'about':
      return { low: value - slack, high: value + slack };
    case 'at-least':
    case 'more-than':
      return { low: value, high: Infinity };
    case 'at-most':
    case 'less-than':
      return { low: -Infinity, high: value };
    default:
      return { low: value, high: value };
  }
}
