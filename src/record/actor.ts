// Actors and the roles they hold from–to, so that "the interior minister" resolves by date.
import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { EdtfDate } from './date.ts';
import { ActorType } from './vocabulary.ts';

/** A function held for a time. */
export const Role = z
  .object({
    title: z.string().min(1).max(200),
    body: Id.nullable(),
    /** EDTF interval; an open end is "..". */
    held: EdtfDate.nullable(),
  })
  .meta({ id: 'Role', title: 'Role' });

/** What a person may write on an actor. */
export const ActorContent = z.object({
  name: z.string().min(1).max(300).meta({ title: 'Name' }),
  type: ActorType.meta({ title: 'Type' }),
  aliases: z.array(z.string().min(1).max(300)).max(50).meta({ title: 'Also called' }),
  roles: z.array(Role).max(50).meta({ title: 'Roles' }),
});
export type ActorContent = z.infer<typeof ActorContent>;

/** An actor as stored. */
export const Actor = z
  .object({
    id: Id,
    dossier: Id,
    ...ActorContent.shape,
    version: z.int().min(1),
    createdAt: Instant,
    createdBy: Id,
    updatedAt: Instant,
    updatedBy: Id,
  })
  .meta({ id: 'Actor', title: 'Actor' });
export type Actor = z.infer<typeof Actor>;
