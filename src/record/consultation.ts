// The consultation of a source: whether a language model was asked about its text, and what came of it.
import { z } from 'zod';
import { Instant } from './common.ts';

/** What came of asking about one source. */
export const Consulted = z
  .object({
    /** The model's name as its server reports it, and the server's host: where the text was sent. */
    model: z.string(),
    host: z.string(),
    /** Windows of the text that were asked about, that were answered, and how many there are. */
    asked: z.int().min(0),
    answered: z.int().min(0),
    windows: z.int().min(0),
    /** Code units of the text that were left out because it is too long. */
    leftOut: z.int().min(0),
    /** Suggestions that are new, and suggestions of others that the model made too. */
    added: z.int().min(0),
    agreed: z.int().min(0),
    /** Items of its answers that could not be pinned to the text, and so do not exist. */
    dropped: z.int().min(0),
    /** Why it was broken off; null when it was not. */
    failure: z
      .object({ code: z.string(), sentence: z.string(), details: z.record(z.string(), z.unknown()) })
      .nullable(),
  })
  .meta({ id: 'Consulted' });
export type Consulted = z.infer<typeof Consulted>;

/** How it stands between a source and the language model. */
export const Consultation = z
  .object({
    /** "off": none is asked; "withheld": this source is kept from it; "none": not asked yet. */
    state: z.enum(['off', 'withheld', 'none', 'waiting', 'done', 'failed']),
    last: z.object({ at: Instant, ...Consulted.shape }).nullable(),
  })
  .meta({ id: 'Consultation', title: 'Consultation of the language model' });
export type Consultation = z.infer<typeof Consultation>;
