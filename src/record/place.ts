// Places: towns, living sites, ports. Camps open and are demolished, so a place is valid from–to.
import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { EdtfDate } from './date.ts';
import { PlacePrecision, PlaceType } from './vocabulary.ts';

/** A point in WGS 84, degrees, with the radius in metres within which it is true. */
export const Position = z
  .object({
    longitude: z.number().min(-180).max(180),
    latitude: z.number().min(-90).max(90),
    precision: PlacePrecision,
  })
  .meta({ id: 'Position', title: 'Position' });

/** What a person may write on a place. */
export const PlaceContent = z.object({
  name: z.string().min(1).max(300).meta({ title: 'Name' }),
  type: PlaceType.meta({ title: 'Type' }),
  aliases: z.array(z.string().min(1).max(300)).max(50).meta({ title: 'Also called' }),
  parent: Id.nullable().meta({ title: 'Part of' }),
  position: Position.nullable().meta({ title: 'Position' }),
  existed: EdtfDate.nullable().meta({ title: 'Existed', description: 'EDTF interval.' }),
});
export type PlaceContent = z.infer<typeof PlaceContent>;

/** A place as stored. */
export const Place = z
  .object({
    id: Id,
    dossier: Id,
    ...PlaceContent.shape,
    version: z.int().min(1),
    createdAt: Instant,
    createdBy: Id,
    updatedAt: Instant,
    updatedBy: Id,
  })
  .meta({ id: 'Place', title: 'Place' });
export type Place = z.infer<typeof Place>;
