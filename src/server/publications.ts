// Publishing over HTTP: what would leave, publishing it, what was published, and the bundle of it.
import { z } from 'zod';
import { Id } from '../record/common.ts';
import { Publication } from '../record/report.ts';
import { RecordKind } from '../record/vocabulary.ts';
import { readDossier } from '../store/dossiers.ts';
import { listPublications, previewPublication, publish } from '../store/publications.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';

const Item = z.object({
  kind: z.enum([...RecordKind.options, 'source', 'measure', 'disagreement']),
  id: Id,
  title: z.string(),
});

/** What publishing now would change, by kind of change. */
export const PublicationPreview = z
  .object({
    number: z.int(),
    added: z.array(Item),
    /** `fields` names what a reader would see differ. */
    changed: z.array(Item.extend({ fields: z.array(z.string()) })),
    withdrawn: z.array(Item),
    unchanged: z.int(),
    heldBack: z.array(Item.extend({ reason: z.string() })),
    /** Records the public sees now without the consent of the witness they rest on. */
    withoutConsent: z.array(Item),
    /** Why publishing would be refused now, as a problem code; null when it would not. */
    refusal: z.enum(['dossier.nothing-to-publish', 'dossier.nothing-new']).nullable(),
  })
  .meta({ id: 'PublicationPreview', title: 'What would leave' });

export const publications = {
  'GET /dossiers/:dossier/publications': endpoint({
    summary: 'What was published, newest first',
    permission: 'dossier.read',
    params: InDossier,
    answer: z.object({ publications: z.array(Publication) }),
    handle: async ({ store, params }) => ({
      publications: await listPublications(store, (await readDossier(store, params.dossier)).id),
    }),
  }),
  'GET /dossiers/:dossier/publications/preview': endpoint({
    summary: 'What publishing now would let out, change, withdraw, and hold back with its reason',
    permission: 'dossier.publish',
    params: InDossier,
    answer: PublicationPreview,
    handle: async ({ store, params }) =>
      previewPublication(store, (await readDossier(store, params.dossier)).id),
  }),
  'POST /dossiers/:dossier/publications': endpoint({
    summary: 'Publish: freeze the public records as the next numbered publication',
    permission: 'dossier.publish',
    params: InDossier,
    body: z.object({ note: z.string().trim().max(2000).nullable() }),
    answer: Publication,
    status: 201,
    handle: async ({ store, params, body, writer }) =>
      publish(store, writer((await readDossier(store, params.dossier)).id), body),
  }),
};
