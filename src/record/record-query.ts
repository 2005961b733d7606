// How lists of records are asked for: the same schema reads the API's query and the screen's address.
import { z } from 'zod';
import { Id } from './common.ts';
import { type RecordKind, Sensitivity, Status } from './vocabulary.ts';

/** What a list may be ordered by. */
export const RecordSort = z.enum(['date', 'party', 'value', 'confidence']).meta({ id: 'RecordSort' });
export type RecordSort = z.infer<typeof RecordSort>;

/** The facets of a list. `form` is a statement's mode, a figure's bound, an incident's first act. */
export const FACETS = [
  'status',
  'form',
  'party',
  'act',
  'venue',
  'place',
  'year',
  'source',
  'sensitivity',
] as const;
export type Facet = (typeof FACETS)[number];

/** A repeatable query parameter: one value or several. */
export function several<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).max(50),
  );
}

/** What narrows a list. Values of one facet are alternatives; facets narrow one another. */
export const RecordFilter = z.object({
  q: z
    .string()
    .trim()
    .max(500)
    .optional()
    .meta({ description: 'Words to search for; "exact phrase", or, -without.' }),
  status: several(Status),
  form: several(z.string().max(60)),
  party: several(z.string().max(300)),
  act: several(z.string().max(300)),
  venue: several(z.string().max(60)),
  place: several(z.string().max(300)),
  // As far as the database’s integers go.
  year: several(z.coerce.number().int().min(-2_147_483_648).max(2_147_483_647)),
  source: several(Id),
  sensitivity: several(Sensitivity),
});
export type RecordFilter = z.infer<typeof RecordFilter>;

/** A whole question for a list of records of one kind. */
export const RecordQuery = RecordFilter.extend({
  sort: RecordSort.default('date'),
  order: z.enum(['asc', 'desc']).default('desc'),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}).meta({ id: 'RecordQuery' });
export type RecordQuery = z.infer<typeof RecordQuery>;

/** How often each value of a facet occurs in what the other facets let through; only the facets of the kind asked for. */
export const FacetCounts = z
  .partialRecord(z.enum(FACETS), z.array(z.object({ value: z.string().nullable(), count: z.int() })))
  .meta({ id: 'FacetCounts' });
export type FacetCounts = z.infer<typeof FacetCounts>;

/** Whose records a facet tells apart; the others are the same for all of a kind and are not shown. */
export const FACETS_OF: Record<z.infer<typeof RecordKind>, Facet[]> = {
  statement: ['status', 'party', 'form', 'act', 'venue', 'year', 'source'],
  figure: ['status', 'party', 'act', 'form', 'venue', 'place', 'year', 'source'],
  incident: ['status', 'form', 'party', 'place', 'year', 'source'],
};
