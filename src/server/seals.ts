// Seals over HTTP: what sealing would take with it, opening with a reason, and who opened what. Only those who are named
// may open, whatever their role; every opening is an entry before anything is shown.
import { z } from 'zod';
import { Id, Instant } from '../record/common.ts';
import { problem } from '../record/problem.ts';
import { Layout } from '../record/source.ts';
import { readDossier } from '../store/dossiers.ts';
import { findSealed, listOpenings, openEntry, openSealed } from '../store/openings.ts';
import { sealingEffects } from '../store/sealed-sources.ts';
import { NAMING } from '../store/sealed-words.ts';
import { SEALED_NOUNS } from '../store/seals.ts';
import { readSource } from '../store/sources.ts';
import { InDossier } from './dossiers.ts';
import { type Call, endpoint } from './endpoint.ts';

const OneSubject = InDossier.extend({ subject: Id });

/** Why something is opened; asked for every time, and kept. */
const Reason = z.object({
  reason: z.string().trim().min(3, 'Say why you open it.').max(1000).meta({ title: 'Why you open it' }),
});

/** Refuses whoever is not named, and whoever asks for what their right does not reach. */
async function requireNamed(
  {
    store,
    opens,
    reach,
    account,
    may,
  }: Pick<Call<unknown, unknown, unknown>, 'store' | 'opens' | 'reach' | 'account' | 'may'>,
  dossier: string,
  subject: string,
): Promise<void> {
  // Who may see no witnesses is told of none here either, whether or not they are named.
  if (reach === 'own' || may('witness.read') === null) {
    const { noun, value } = await findSealed(store, dossier, subject);
    const isOwn = noun === 'source' && value.createdBy === account.id;
    if (reach === 'own' ? !isOwn : noun === 'witness') throw problem('not-found', { what: 'seal' });
  }
  if (!opens) throw problem('seal.not-named');
}

export const seals = {
  'GET /dossiers/:dossier/seals/source/:subject/effects': endpoint({
    summary: 'What sealing a source would take with it',
    permission: 'seal.close',
    params: OneSubject,
    answer: z.object({ records: z.int(), published: z.int(), sharesBytes: z.boolean() }),
    handle: async ({ store, params }) => {
      const { id } = await readDossier(store, params.dossier);
      return sealingEffects(store, await readSource(store, id, params.subject));
    },
  }),
  'POST /dossiers/:dossier/seals/:subject/open': endpoint({
    summary: 'Open what is sealed, saying why: an entry first, then the true values',
    permission: 'seal.open',
    mindsReach: true,
    params: OneSubject,
    body: Reason,
    answer: z.object({
      opening: Id,
      until: Instant,
      noun: z.enum(SEALED_NOUNS),
      fields: z.record(z.string(), z.unknown()),
      text: z.object({ text: z.string(), rendition: z.string(), layout: Layout.nullable() }).nullable(),
      /** Where its words still stand in the open. */
      elsewhere: z.array(z.object({ noun: z.enum(NAMING), id: Id })),
    }),
    handle: async (call) => {
      const { store, params, body, writer } = call;
      const { id } = await readDossier(store, params.dossier);
      await requireNamed(call, id, params.subject);
      return openSealed(store, writer(id), params.subject, body.reason);
    },
  }),
  'POST /dossiers/:dossier/entries/:entry/open': endpoint({
    summary: 'Open what an entry said before its subject was sealed',
    permission: 'seal.open',
    params: InDossier.extend({ entry: Id }),
    body: Reason,
    answer: z.object({ opening: Id, payload: z.unknown() }),
    handle: async ({ store, params, body, writer, opens }) => {
      const { id } = await readDossier(store, params.dossier);
      if (!opens) throw problem('seal.not-named');
      return openEntry(store, writer(id), params.entry, body.reason);
    },
  }),
  'GET /dossiers/:dossier/seals/:subject/openings': endpoint({
    summary: 'Who opened this when and why, newest first',
    permission: 'log.read',
    params: OneSubject,
    answer: z.object({
      openings: z.array(
        z.object({ id: Id, at: Instant, who: Id, reason: z.string().nullable(), entry: Id.nullable() }),
      ),
    }),
    handle: async ({ store, params }) => {
      const { id } = await readDossier(store, params.dossier);
      return { openings: await listOpenings(store, id, params.subject) };
    },
  }),
};
