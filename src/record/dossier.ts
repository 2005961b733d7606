// The dossier: one matter under documentation. Everything belongs to one.
import { z } from 'zod';
import { Id, Instant, LanguageTag } from './common.ts';

/** The name of a dossier in addresses. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'Use small letters, digits and hyphens, at most 60.')
  .meta({ id: 'Slug' });

/** What a person may write on a dossier. */
export const DossierContent = z.object({
  title: z.string().min(1).max(200).meta({ title: 'Title' }),
  slug: Slug.meta({ title: 'Name in addresses' }),
  summary: z
    .string()
    .max(5000)
    .nullable()
    .meta({ title: 'Summary', description: 'What this matter is; published with the dossier.' }),
  language: LanguageTag.meta({ title: 'Main language' }),
  /** Who signs what is published: an organisation or a pseudonym, never taken from an account. */
  publishedBy: z.string().max(200).nullable().meta({ title: 'Published by' }),
  consult: z.boolean().meta({
    title: 'Ask the language model',
    description: 'Whether the texts of sources are sent to the language model, where one is set.',
  }),
});
export type DossierContent = z.infer<typeof DossierContent>;

/** What a dossier is made with; where nothing is said, the language model is asked if there is one. */
export const NewDossier = DossierContent.partial({ consult: true });
export type NewDossier = z.infer<typeof NewDossier>;

/** A dossier as stored. */
export const Dossier = z
  .object({
    id: Id,
    ...DossierContent.shape,
    /** Number of the newest publication; 0 while nothing has been published. */
    publication: z.int().min(0),
    version: z.int().min(1),
    createdAt: Instant,
    createdBy: Id,
    updatedAt: Instant,
    updatedBy: Id,
  })
  .meta({ id: 'Dossier', title: 'Dossier' });
export type Dossier = z.infer<typeof Dossier>;
