// Readers who signed in, and what they say under a publication.
import { z } from 'zod';
import { Id, Instant } from './common.ts';

/** A reader with a name. */
export const Member = z
  .object({ id: Id, name: z.string().min(1).max(120), joinedAt: Instant, suspended: z.boolean() })
  .meta({ id: 'Member', title: 'Member' });

/** What a member says under a publication; answers are one level deep. */
export const Comment = z
  .object({
    id: Id,
    dossier: Id,
    publication: z.int().min(1),
    record: Id.nullable(),
    member: Id,
    answers: Id.nullable(),
    type: z.enum(['comment', 'correction', 'right-of-reply']),
    text: z.string().min(1).max(10_000),
    state: z.enum(['held', 'published', 'rejected', 'removed']),
    createdAt: Instant,
    editedAt: Instant.nullable(),
  })
  .meta({ id: 'Comment', title: 'Comment' });
