// Witnesses over HTTP: pseudonyms, consents and protection for the team; who they are goes in and never comes out here. It is
// opened as everything sealed is (POST …/seals/:subject/open), which is an entry each time.
import { z } from 'zod';
import { Id } from '../record/common.ts';
import { problem } from '../record/problem.ts';
import { Source } from '../record/source.ts';
import { RecordKind, Sensitivity, Status } from '../record/vocabulary.ts';
import {
  CONSENT_STATES,
  ConsentPurpose,
  consentEnds,
  consentOn,
  isRunningOut,
  nextWitnessNumber,
  stateOfConsent,
  Witness,
  WitnessContent,
  WitnessIdentity,
} from '../record/witness.ts';
import { readDossier } from '../store/dossiers.ts';
import { readSource } from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import {
  createWitness,
  editWitness,
  listWitnesses,
  readWitness,
  removeWitness,
  restingOnWitness,
  setWitness,
  usedPseudonyms,
} from '../store/witnesses.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';

const OneWitness = InDossier.extend({ id: Id });

/** How it stands with each purpose today: its state, and the day on which what is in force ends. */
const Standing = z.array(
  z.object({
    purpose: ConsentPurpose,
    state: z.enum(CONSENT_STATES),
    ends: z.string().nullable(),
    /** Whether what is in force ends soon. */
    runsOut: z.boolean(),
  }),
);

/** A witness as the desk shows them: without the box, but with the names of the fields in it. */
export const ShownWitness = Witness.omit({ sealed: true })
  .extend({
    /** Which of name, contact and notes are written down. */
    identity: z.array(z.string()),
    standing: Standing,
  })
  .meta({ id: 'ShownWitness' });

const Listed = ShownWitness.extend({
  sources: z.int(),
  records: z.int(),
  /** Records that the public sees now. */
  published: z.int(),
}).meta({ id: 'ListedWitness' });

/** A witness with what rests on them. */
export const WitnessDetails = z
  .object({
    witness: ShownWitness,
    sources: z.array(z.object({ id: Id, title: z.string(), sensitivity: Sensitivity })),
    records: z.array(
      z.object({
        kind: RecordKind,
        id: Id,
        title: z.string(),
        status: Status,
        sensitivity: Sensitivity,
        published: z.boolean(),
      }),
    ),
    /** Publications that hold any of these records, newest first. */
    publications: z.array(z.int()),
  })
  .meta({ id: 'WitnessDetails', title: 'Witness' });

const today = () => new Date().toISOString().slice(0, 10);

function shown({ sealed, ...witness }: Witness) {
  const day = today();
  return {
    ...witness,
    identity: sealed?.fields ?? [],
    standing: ConsentPurpose.options.map((purpose) => ({
      purpose,
      state: consentOn(witness.consents, purpose, day),
      ends: consentEnds(witness.consents, purpose, day),
      runsOut: isRunningOut(witness.consents, purpose, day),
    })),
  };
}

async function detailsOf(store: Store, witness: Witness) {
  return { witness: shown(witness), ...(await restingOnWitness(store, witness.dossier, witness.id)) };
}

export const witnesses = {
  'GET /dossiers/:dossier/witnesses': endpoint({
    summary: 'Witnesses by their pseudonyms, with how it stands with each consent today',
    permission: 'witness.read',
    params: InDossier,
    answer: z.object({
      witnesses: z.array(Listed),
      /** The number of the next neutral pseudonym. */
      nextNumber: z.int(),
    }),
    csv: {
      table: 'witness',
      name: 'witnesses',
      pages: async function* ({ store, params }) {
        const { id } = await readDossier(store, params.dossier);
        const day = today();
        yield (await listWitnesses(store, id)).flatMap(({ id, pseudonym, consents }) =>
          consents.length === 0
            ? [{ id, pseudonym, state: 'none' }]
            : consents.map((consent) => ({ id, pseudonym, ...consent, state: stateOfConsent(consent, day) })),
        );
      },
    },
    handle: async ({ store, params }) => {
      const { id } = await readDossier(store, params.dossier);
      const listed = [];
      for (const witness of await listWitnesses(store, id)) {
        const { sources, records } = await restingOnWitness(store, id, witness.id);
        const published = records.filter((record) => record.published).length;
        listed.push({
          ...shown(witness),
          sources: sources.length,
          records: records.length,
          published,
        });
      }
      return { witnesses: listed, nextNumber: nextWitnessNumber(await usedPseudonyms(store, id)) };
    },
  }),
  'POST /dossiers/:dossier/witnesses': endpoint({
    summary: 'Add a witness; who they are is sealed at once, and only those who may open it may write it',
    permission: 'witness.write',
    params: InDossier,
    body: WitnessContent.extend({ identity: WitnessIdentity.nullable().optional() }),
    answer: WitnessDetails,
    status: 201,
    handle: async ({ store, params, body: { identity = null, ...content }, writer, opens }) => {
      if (identity !== null && !opens) throw problem('seal.not-named');
      const { id } = await readDossier(store, params.dossier);
      return detailsOf(store, await createWitness(store, writer(id), content, identity));
    },
  }),
  'GET /dossiers/:dossier/witnesses/:id': endpoint({
    summary: 'A witness, the sources they told, and what rests on those',
    permission: 'witness.read',
    params: OneWitness,
    answer: WitnessDetails,
    handle: async ({ store, params }) =>
      detailsOf(store, await readWitness(store, (await readDossier(store, params.dossier)).id, params.id)),
  }),
  'PATCH /dossiers/:dossier/witnesses/:id': endpoint({
    summary: 'Change a witness’s pseudonym, consents or protection; answers with what that touches',
    permission: 'witness.write',
    params: OneWitness,
    body: z.object({ version: z.int(), content: WitnessContent.partial() }),
    answer: WitnessDetails,
    handle: async ({ store, params, body, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      const at = { id: params.id, version: body.version };
      return detailsOf(store, await editWitness(store, writer(id), at, body.content));
    },
  }),
  'PUT /dossiers/:dossier/witnesses/:id/identity': endpoint({
    summary: 'Write who a witness is, over what was written before; null wipes it',
    permission: 'witness.write',
    params: OneWitness,
    body: z.object({ version: z.int(), identity: WitnessIdentity.nullable() }),
    answer: WitnessDetails,
    handle: async ({ store, params, body, writer, opens }) => {
      if (!opens) throw problem('seal.not-named');
      const { id } = await readDossier(store, params.dossier);
      const at = { id: params.id, version: body.version };
      return detailsOf(store, await editWitness(store, writer(id), at, {}, body.identity));
    },
  }),
  'DELETE /dossiers/:dossier/witnesses/:id': endpoint({
    summary: 'Remove a witness who told nothing yet; it can be undone, erasing cannot',
    permission: 'witness.write',
    params: OneWitness,
    answer: null,
    handle: async ({ store, params, writer, context }) => {
      await removeWitness(store, writer((await readDossier(store, params.dossier)).id), params.id);
      return context.body(null, 204);
    },
  }),
  'PUT /dossiers/:dossier/sources/:id/witness': endpoint({
    summary:
      'Say which witness told a source; whoever may change witnesses also says that another did, or none',
    permission: 'source.edit',
    params: OneWitness,
    body: z.object({ version: z.int(), witness: Id.nullable() }),
    answer: Source,
    handle: async ({ store, params, body, writer, may }) => {
      const { id } = await readDossier(store, params.dossier);
      // Whether what a witness told may be published hangs on this.
      const { witness } = await readSource(store, id, params.id);
      if (witness && witness !== body.witness && may('witness.write') === null)
        throw problem('permission.denied', { permission: 'witness.write' });
      return setWitness(store, writer(id), { id: params.id, version: body.version }, body.witness);
    },
  }),
};
