// People who sign in: accounts, their part in dossiers, invitations, sessions, and the ways of proving who they are.
import { z } from 'zod';
import { Id, Instant } from './common.ts';

/** The role in the house: who runs it, and everybody else. */
export const HouseRole = z.enum(['owner', 'member']).meta({ id: 'HouseRole' });
export type HouseRole = z.infer<typeof HouseRole>;

/** The part a person has in a dossier, from the most to the least. */
export const DossierRole = z
  .enum(['owner', 'editor', 'contributor', 'observer', 'reader'])
  .meta({ id: 'DossierRole' });
export type DossierRole = z.infer<typeof DossierRole>;

/** A name as others see it. */
export const AccountName = z.string().trim().min(1, 'Give a name.').max(120);

/** A new password. Length is what counts (NIST SP 800-63B §3.1.1.2): no rules about kinds of characters. */
export const NewPassword = z
  .string()
  .min(12, 'Choose a password of at least 12 characters; a sentence is easy to remember.')
  .max(500);

/** An address that letters go to. */
export const EmailAddress = z.email('Give a whole e-mail address.').max(254);

/** A person’s part in one dossier. */
export const Membership = z
  .object({
    dossier: Id,
    account: Id,
    role: DossierRole,
    /** Whether this person may open what is sealed there; no role brings it along. */
    opens: z.boolean(),
    createdAt: Instant,
    createdBy: Id,
  })
  .meta({ id: 'Membership', title: 'Membership' });
export type Membership = z.infer<typeof Membership>;

/** An account as its owner and the owner of the house see it. */
export const Account = z
  .object({
    id: Id,
    name: z.string(),
    role: HouseRole,
    email: z.string().nullable(),
    createdAt: Instant,
    suspendedAt: Instant.nullable(),
  })
  .meta({ id: 'Account', title: 'Account' });
export type Account = z.infer<typeof Account>;

/** An invitation by link, into the house and perhaps into a dossier. The link itself is told once, when it is made. */
export const Invitation = z
  .object({
    id: Id,
    dossier: Id.nullable(),
    role: DossierRole.nullable(),
    opens: z.boolean(),
    email: z.string().nullable(),
    note: z.string().nullable(),
    createdAt: Instant,
    createdBy: Id,
    expiresAt: Instant,
    usedAt: Instant.nullable(),
    usedBy: Id.nullable(),
    withdrawnAt: Instant.nullable(),
  })
  .meta({ id: 'Invitation', title: 'Invitation' });
export type Invitation = z.infer<typeof Invitation>;

/** By what a session was opened. */
export const SignInMethod = z
  .enum(['passkey', 'password', 'password-and-code', 'recovery-code', 'link'])
  .meta({ id: 'SignInMethod' });
export type SignInMethod = z.infer<typeof SignInMethod>;

/** A session as the person it belongs to sees it. */
export const OpenSession = z
  .object({
    id: Id,
    method: SignInMethod,
    /** The kind of device, in words of its browser; no address is kept. */
    device: z.string().nullable(),
    createdAt: Instant,
    seenAt: Instant,
    expiresAt: Instant,
    /** Whether it is the one that asks. */
    current: z.boolean(),
  })
  .meta({ id: 'OpenSession', title: 'Session' });
export type OpenSession = z.infer<typeof OpenSession>;

/** A passkey as the person it belongs to sees it. */
export const Passkey = z
  .object({
    id: z.string(),
    name: z.string(),
    backedUp: z.boolean(),
    createdAt: Instant,
    usedAt: Instant.nullable(),
  })
  .meta({ id: 'Passkey', title: 'Passkey' });
export type Passkey = z.infer<typeof Passkey>;

/** A letter on its way, sent, or stuck. */
export const Letter = z
  .object({
    id: Id,
    at: Instant,
    recipient: z.string(),
    subject: z.string(),
    body: z.string(),
    state: z.enum(['waiting', 'sent', 'failed']),
    tries: z.int(),
    failure: z.string().nullable(),
    sentAt: Instant.nullable(),
  })
  .meta({ id: 'Letter', title: 'Letter' });
export type Letter = z.infer<typeof Letter>;
