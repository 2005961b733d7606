// A witness: somebody who told what they saw, and could be hurt for it. Known by a pseudonym; who they are is sealed.
import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { dateRange, EdtfDate } from './date.ts';
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

/**
 * How it stands with a consent on a day. Consents run from the first day their date allows to the last: "2027" is until the
 * end of 2027. One that was taken back counts as taken back from the first day its date allows, or at once where that date
 * says nothing.
 */
export const CONSENT_STATES = ['given', 'later', 'ended', 'withdrawn', 'none'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** How it stands with one consent on a day ("2026-11-23"). */
export function stateOfConsent(consent: Consent, day: string): Exclude<ConsentState, 'none'> {
  const on = Date.parse(`${day}T00:00:00Z`);
  if (consent.withdrawnOn !== null && !((dateRange(consent.withdrawnOn)?.from ?? -Infinity) > on))
    return 'withdrawn';
  if (consent.until !== null && !((dateRange(consent.until)?.to ?? -Infinity) >= on)) return 'ended';
  return (dateRange(consent.givenOn)?.from ?? -Infinity) > on ? 'later' : 'given';
}

/**
 * How it stands with a purpose on a day: given while any consent to it is in force; otherwise as the one that was given last
 * says, and none where nobody ever agreed.
 */
export function consentOn(consents: readonly Consent[], purpose: ConsentPurpose, day: string): ConsentState {
  const states = consents
    .filter((consent) => consent.purpose === purpose)
    .sort((a, b) => (a.givenOn < b.givenOn ? 1 : -1))
    .map((consent) => stateOfConsent(consent, day));
  return states.includes('given') ? 'given' : (states[0] ?? 'none');
}

/** Days before its end from which a consent counts as running out. */
export const RUNNING_OUT_DAYS = 60;

/** The last day of a purpose's consent that is in force on a day; null where it has no end, or is not in force. */
export function consentEnds(
  consents: readonly Consent[],
  purpose: ConsentPurpose,
  day: string,
): string | null {
  let last: number | null = null;
  for (const consent of consents) {
    if (consent.purpose !== purpose || stateOfConsent(consent, day) !== 'given') continue;
    const ends = consent.until === null ? Infinity : dateRange(consent.until)!.to;
    const taken = consent.withdrawnOn === null ? Infinity : dateRange(consent.withdrawnOn)!.from - 1;
    last = Math.max(last ?? -Infinity, Math.min(ends, taken));
  }
  return last === null || !Number.isFinite(last) ? null : new Date(last).toISOString().slice(0, 10);
}

/** Whether a purpose's consent is in force on a day and ends within `RUNNING_OUT_DAYS` of it. */
export function isRunningOut(consents: readonly Consent[], purpose: ConsentPurpose, day: string): boolean {
  const ends = consentEnds(consents, purpose, day);
  return ends !== null && Date.parse(ends) - Date.parse(day) <= RUNNING_OUT_DAYS * 86_400_000;
}

/**
 * The number of the next neutral pseudonym: 7 after "Witness 6". It says nothing of the person: it counts, and never again a
 * number that was used.
 */
export function nextWitnessNumber(used: readonly string[]): number {
  const numbers = used.map((name) => {
    const [, number] = /^(?:.*\s)?(\d{1,9})$/.exec(name.trim()) ?? [];
    return Number(number ?? 0);
  });
  return Math.max(0, ...numbers) + 1;
}
