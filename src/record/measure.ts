// A measure: what is counted, defined once, so that only like is set against like.
import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { Repeats, SeriesKind } from './vocabulary.ts';

/** What a person may write on a measure. */
export const MeasureContent = z.object({
  name: z.string().min(1).max(200).meta({ title: 'Name' }),
  definition: z.string().max(2000).nullable().meta({ title: 'Definition' }),
  unit: z.string().max(40).nullable().meta({ title: 'Unit' }),
  series: SeriesKind.meta({
    title: 'Counts',
    description: 'A state at a time, what happened in a period, or a running total.',
  }),
  repeats: Repeats.meta({
    title: 'Repeats',
    description: 'Whether the same person or thing is counted each time.',
  }),
  countingRule: z
    .string()
    .max(1000)
    .nullable()
    .meta({ title: 'Counting rule', description: 'Who is counted and who is left out, in words.' }),
  wordings: z
    .array(z.string().min(1).max(300))
    .max(200)
    .meta({ title: 'Worded as', description: 'How sources put it; a figure so worded is of this measure.' }),
});
export type MeasureContent = z.infer<typeof MeasureContent>;

/** A measure as stored. */
export const Measure = z
  .object({
    id: Id,
    dossier: Id,
    ...MeasureContent.shape,
    version: z.int().min(1),
    createdAt: Instant,
    createdBy: Id,
    updatedAt: Instant,
    updatedBy: Id,
  })
  .meta({ id: 'Measure', title: 'Measure' });
export type Measure = z.infer<typeof Measure>;
