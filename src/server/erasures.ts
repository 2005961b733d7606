// Erasing over HTTP: first exactly what would go, then the erasing itself, which wants a reason and the name typed.
import { z } from 'zod';
import { Id } from '../record/common.ts';
import { readDossier } from '../store/dossiers.ts';
import { erase, planErasure } from '../store/erase.ts';
import { ERASABLE } from '../store/tombstones.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';

const Erasable = z.enum(ERASABLE);
const OneSubject = InDossier.extend({ noun: Erasable, id: Id });

/** What an erasure would do. */
export const ErasurePlan = z
  .object({
    /** What has to be typed. */
    name: z.string(),
    goes: z.array(
      z.object({
        noun: Erasable,
        id: Id,
        title: z.string(),
        with: Id.nullable(),
        restsElsewhere: z.boolean(),
      }),
    ),
    stays: z.array(z.object({ id: Id, title: z.string() })),
    entries: z.int(),
    links: z.int(),
    disagreements: z.int(),
    requests: z.object({ gone: z.int(), kept: z.int() }),
    files: z.object({ count: z.int(), bytes: z.int() }),
    seals: z.int(),
    isPublic: z.boolean(),
    publications: z.array(z.int()),
    bundles: z.array(z.int()),
  })
  .meta({ id: 'ErasurePlan', title: 'What would be erased' });

export const erasures = {
  'GET /dossiers/:dossier/erasures/:noun/:id': endpoint({
    summary: 'What erasing would take away, from where, and what stays; nothing is written',
    permission: 'subject.erase',
    params: OneSubject,
    query: z.object({ told: z.stringbool().default(false) }),
    answer: ErasurePlan,
    handle: async ({ store, params: { dossier, ...subject }, query }) =>
      planErasure(store, (await readDossier(store, dossier)).id, { ...subject, ...query }),
  }),
  'POST /dossiers/:dossier/erasures/:noun/:id': endpoint({
    summary: 'Erase for good: a record, a source with what rests on it, or a witness',
    permission: 'subject.erase',
    fresh: true,
    params: OneSubject,
    body: z.object({
      /** It stays in the log: it says why, and not what. */
      reason: z.string().trim().min(1).max(1000),
      typed: z.string().max(500),
      /** With a witness, the sources they told. */
      told: z.boolean().optional(),
      /** Where the public sees any of it: make the publication that withdraws it in the same step. */
      withdraw: z.boolean().optional(),
    }),
    answer: z.object({
      subject: Id,
      things: z.int(),
      entries: z.int(),
      /** The number of the publication that withdrew it; null where none had to. */
      publication: z.int().nullable(),
    }),
    handle: async ({ store, params: { dossier, ...subject }, body, writer }) =>
      erase(store, writer((await readDossier(store, dossier)).id), { ...subject, ...body }),
  }),
};
