// The language model over HTTP: which one texts are sent to and where it stands, so that every screen can say so.
import { z } from 'zod';
import { Id } from '../record/common.ts';
import { Consultation } from '../record/consultation.ts';
import { readDossier } from '../store/dossiers.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';
import { reachedSource } from './reached-sources.ts';

const OneSource = InDossier.extend({ id: Id });

/** The model as people are told of it; never its address in full, never its key. */
const LanguageModel = z
  .object({
    name: z.string(),
    host: z.string(),
    place: z.enum(['machine', 'private', 'elsewhere']),
    encrypted: z.boolean(),
  })
  .meta({ id: 'LanguageModel', title: 'Language model' });

export const languageModel = {
  'GET /language-model': endpoint({
    summary: 'The language model that texts of sources are sent to, if any',
    permission: 'house.read',
    answer: z.object({ model: LanguageModel.nullable() }),
    handle: async ({ services }) => ({ model: services.intake.model }),
  }),
  'GET /dossiers/:dossier/sources/:id/consultation': endpoint({
    summary: 'How it stands between a source and the language model',
    permission: 'source.read',
    mindsReach: true,
    params: OneSource,
    answer: Consultation,
    handle: async (call) => {
      const { id } = await readDossier(call.store, call.params.dossier);
      await reachedSource(call, id, call.params.id);
      return call.services.intake.consultation(id, call.params.id);
    },
  }),
  'POST /dossiers/:dossier/sources/:id/consultation': endpoint({
    summary: 'Send the text of a source to the language model (again)',
    permission: 'source.edit',
    params: OneSource,
    answer: Consultation,
    handle: async ({ store, services, params, writer }) =>
      services.intake.consult(writer((await readDossier(store, params.dossier)).id), params.id),
  }),
};
