// A disagreement: a finding over records, with the reasons people gave for what they made of it.
import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { LinkEnd } from './link.ts';
import { DisagreementKind, DisagreementState } from './vocabulary.ts';

/** A disagreement as stored. */
export const Disagreement = z
  .object({
    id: Id,
    dossier: Id,
    kind: DisagreementKind,
    records: z.array(LinkEnd).min(1).max(200),
    /** How the finding was reached, step by step. */
    working: z.string().max(5000),
    /** The check that found it, or null when a person filed it. */
    foundBy: z.string().nullable(),
    state: DisagreementState,
    reason: z.string().max(5000).nullable(),
    version: z.int().min(1),
    createdAt: Instant,
    createdBy: Id,
    updatedAt: Instant,
    updatedBy: Id,
  })
  .meta({ id: 'Disagreement', title: 'Disagreement' });
