// A disagreement: what a person made of a finding over records, or filed by hand. Findings come and go with the records;
// a disagreement stays, and says what was found when it was judged.
import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { LinkEnd } from './link.ts';
import { Bound, DisagreementKind, DisagreementState, Explanation } from './vocabulary.ts';

/** An amount in a working: as a figure has it, with its unit. */
export const StepAmount = z
  .object({
    bound: Bound,
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    unit: z.string().nullable(),
  })
  .meta({ id: 'StepAmount' });
export type StepAmount = z.infer<typeof StepAmount>;

/**
 * One step of a working: a sentence of the catalogue, `words.working.<code>`, and what it is said of, so that each language
 * says it its own way. A text is a name as the records have it; one under a name that begins with "date" or "period" is
 * EDTF; one under "scope" or "scopeN" is a reason of scope (`words.scope.<reason>`), one under "means" a means of contact
 * (`words.means.<term>`). Numbers are written as they are.
 */
export const Step = z
  .object({
    code: z.string().regex(/^[a-z][a-z-]*$/),
    values: z.record(z.string(), z.union([z.string(), z.number(), StepAmount])),
  })
  .meta({ id: 'Step', title: 'Step' });
export type Step = z.infer<typeof Step>;

/** How a finding was reached, step by step; never empty. */
export const Working = z.array(Step).min(1).max(60).meta({ id: 'Working', title: 'Working' });
export type Working = z.infer<typeof Working>;

/** What a person decides about a disagreement. */
export const DisagreementDecision = z.object({
  state: DisagreementState.meta({ title: 'What you make of it' }),
  explanation: Explanation.nullable().meta({ title: 'Because' }),
  /** In the person's own words. */
  reason: z.string().trim().max(5000).nullable().meta({ title: 'In your words' }),
});
export type DisagreementDecision = z.infer<typeof DisagreementDecision>;

/** A disagreement as stored. */
export const Disagreement = z
  .object({
    id: Id,
    dossier: Id,
    /** The key of the finding it judges; of one filed by hand, its own id. */
    key: z.string().min(1).max(200),
    kind: DisagreementKind,
    records: z.array(LinkEnd).min(1).max(200),
    working: Working,
    /** The check that found it, or null when a person filed it. */
    foundBy: z.string().nullable(),
    ...DisagreementDecision.shape,
    /** The link that upholding it drew; it goes when it is upheld no longer. */
    link: Id.nullable(),
    version: z.int().min(1),
    createdAt: Instant,
    createdBy: Id,
    updatedAt: Instant,
    updatedBy: Id,
  })
  .meta({ id: 'Disagreement', title: 'Disagreement' });
export type Disagreement = z.infer<typeof Disagreement>;
