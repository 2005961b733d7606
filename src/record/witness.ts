// A witness: somebody who told what they saw, and could be hurt for it. Known by a pseudonym; who they are is sealed.
import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { EdtfDate } from './date.ts';
import { Sealed } from './sealed.ts';

/** What a witness agreed to; each purpose is asked for and taken back by itself. */
export const ConsentPurpose = z
  .enum(['keep', 'share-with-team', 'publish', 'share-with-court', 'share-with-media', 'contact-again'])
  .meta({ id: 'ConsentPurpose' });
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

/** One consent: what for, since when, until when, how it was given, and whether it was taken back. */
export const Consent = z
  .object({
    purpose: ConsentPurpose,
    givenOn: EdtfDate,
    /** Null: until it is withdrawn. */
    until: EdtfDate.nullable(),
    withdrawnOn: EdtfDate.nullable(),
    /** How: "in writing", "spoken, recorded". */
    how: z.string().max(300).nullable(),
  })
  .meta({ id: 'Consent', title: 'Consent' });
export type Consent = z.infer<typeof Consent>;

/** What identifies a witness; always in the box, never in the row. */
export const WitnessIdentity = z.object({
  name: z.string().max(300).nullable().meta({ title: 'Name' }),
  contact: z.string().max(1000).nullable().meta({ title: 'How to reach them' }),
  notes: z.string().max(10_000).nullable().meta({ title: 'Notes that identify them' }),
});
export type WitnessIdentity = z.infer<typeof WitnessIdentity>;

/** What a person may write on a witness that the whole team may read. */
export const WitnessContent = z.object({
  pseudonym: z.string().trim().min(1).max(120).meta({ title: 'Pseudonym' }),
  consents: z.array(Consent).max(50).meta({ title: 'Consent' }),
  protection: z.string().max(5000).nullable().meta({
    title: 'Protection',
    description: 'What to mind so that nobody comes to harm; the team reads this, so name nobody here.',
  }),
});
export type WitnessContent = z.infer<typeof WitnessContent>;

/** A witness as stored. */
export const Witness = z
  .object({
    id: Id,
    dossier: Id,
    ...WitnessContent.shape,
    /** The box of WitnessIdentity; null where nothing identifying was written down. */
    sealed: Sealed.nullable().optional(),
    version: z.int().min(1),
    createdAt: Instant,
    createdBy: Id,
    updatedAt: Instant,
    updatedBy: Id,
  })
  .meta({ id: 'Witness', title: 'Witness' });
export type Witness = z.infer<typeof Witness>;
