// How threads of statements are asked for: the same schema reads the API's query and the screen's address.
import { z } from 'zod';
import { several } from './record-query.ts';

/** What narrows the list of threads. */
export const ThreadFilter = z.object({
  /** Words of the title, of a speaker's name, or of what was said. */
  q: z.string().trim().max(300).optional(),
  speaker: several(z.string().max(300)),
  /** Only those with an open disagreement. */
  open: z.stringbool().default(false),
  /** Statements that nothing answers and that answer nothing, too. */
  alone: z.stringbool().default(false),
});
export type ThreadFilter = z.infer<typeof ThreadFilter>;

/** A whole question for the list of threads. */
export const ThreadQuery = ThreadFilter.extend({
  /** The key of the last thread of the page before. */
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
