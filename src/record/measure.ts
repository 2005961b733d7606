// A measure: what is counted, defined once, so that only like is set against like.
import { z } from 'zod';
import { Id, Instant } from './common.ts';

/** What a person may write on a measure. */
export const MeasureContent = z.object({
  name: z.string().min(1).max(200).meta({ title: 'Name' }),
  definition: z.string().max(2000).nullable().meta({ title: 'Definition' }),
  unit: z.string().max(40).nullable().meta({ title: 'Unit' }),
  countingRule: z
    .string()
    .max(1000)
    .nullable()
    .meta({ title: 'Counting rule', description: 'Do repeats count? Who is left out?' }),
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
