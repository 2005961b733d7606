// Publishing over HTTP: what would leave, publishing it, what was published, and the bundle of it.
import { z } from 'zod';
import { Id } from '../record/common.ts';
import { Publication } from '../record/report.ts';
import { RecordKind } from '../record/vocabulary.ts';
import { readDossier } from '../store/dossiers.ts';
import { listPublications, previewPublication, publish } from '../store/publications.ts';
import { readSource } from '../store/sources.ts';
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

/** An original on its way out, with the fields the file has beside its words; null where it was not looked into. */
const LeavingOriginal = z
  .object({
    id: Id,
    title: z.string(),
    mediaType: z.string(),
    bytes: z.int(),
    facts: z.array(z.tuple([z.string(), z.string()])).nullable(),
  })
  .meta({ id: 'LeavingOriginal' });

/** Originals looked into for one preview: each costs up to a second. */
const MOST_ORIGINALS = 50;

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
  'GET /dossiers/:dossier/publications/originals': endpoint({
    summary: 'Originals that publishing now would let out for the first time, and what each says of itself',
    permission: 'dossier.publish',
    params: InDossier,
    answer: z.object({ originals: z.array(LeavingOriginal), more: z.int() }),
    handle: async ({ store, services, params }) => {
      const { id } = await readDossier(store, params.dossier);
      const { added, changed } = await previewPublication(store, id);
      const sources = [...added, ...changed].filter(({ kind }) => kind === 'source');
      const originals: z.infer<typeof LeavingOriginal>[] = [];
      let more = 0;
      for (const item of sources) {
        const source = await readSource(store, id, item.id);
        // Of an image only its picture leaves, which says nothing.
        if (!source.mayLeave || source.sealed || source.mediaType.startsWith('image/')) continue;
        if (originals.length >= MOST_ORIGINALS) more++;
        else {
          const { title, mediaType, bytes } = source;
          originals.push({
            id: item.id,
            title,
            mediaType,
            bytes,
            facts: await services.intake.factsOf(source),
          });
        }
      }
      return { originals, more };
    },
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
