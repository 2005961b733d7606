// Links between records: one clarifies, rejects, repeats, follows up another.
import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { LinkKind, RecordKind } from './vocabulary.ts';

/** One end of a link. */
export const LinkEnd = z.object({ kind: RecordKind, id: Id }).meta({ id: 'LinkEnd' });
export type LinkEnd = z.infer<typeof LinkEnd>;

/** What a person may write on a link: "from <kind> to". */
export const LinkContent = z.object({
  from: LinkEnd,
  to: LinkEnd,
  link: LinkKind,
  note: z.string().max(2000).nullable(),
});
export type LinkContent = z.infer<typeof LinkContent>;

/** A link as stored. */
export const Link = z
  .object({
    id: Id,
    dossier: Id,
    ...LinkContent.shape,
    version: z.int().min(1),
    createdAt: Instant,
    createdBy: Id,
    updatedAt: Instant,
    updatedBy: Id,
  })
  .meta({ id: 'Link', title: 'Link' });
export type Link = z.infer<typeof Link>;
