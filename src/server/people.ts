// People over HTTP: the team of a dossier, the accounts of the house, and invitations into either by a link that works once.
// The link’s token stands after “#”: browsers send that to nobody, so it reaches no server’s log on the way.
import type { Context } from 'hono';
import { z } from 'zod';
import english from '../../locales/en.json' with { type: 'json' };
import french from '../../locales/fr.json' with { type: 'json' };
import { makeMessages } from '../language/messages.ts';
import {
  Account,
  AccountName,
  DossierRole,
  EmailAddress,
  HouseRole,
  Invitation,
  NewPassword,
} from '../record/account.ts';
import { Id, Instant } from '../record/common.ts';
import { problem } from '../record/problem.ts';
import { readDossier } from '../store/dossiers.ts';
import { changeHouseRole, listAccounts, restoreAccount, suspendAccount } from '../store/house-accounts.ts';
import {
  acceptInvitation,
  createInvitation,
  listInvitations,
  readInvitation,
  stateOfInvitation,
  withdrawInvitation,
} from '../store/invitations.ts';
import { changeMembership, endMembership, listPeople } from '../store/memberships.ts';
import { hashPassword } from '../store/passwords.ts';
import { originOf } from './address.ts';
import { InDossier } from './dossiers.ts';
import { type Call, endpoint } from './endpoint.ts';
import { findSession, startSession } from './session-cookie.ts';
import { SIGN_IN_DEFAULTS } from './sign-in-settings.ts';

const InvitationState = z.enum(['open', 'used', 'expired', 'withdrawn']);

/** Somebody of a dossier’s team. */
const TeamMember = z
  .object({
    account: Id,
    name: z.string(),
    role: DossierRole,
    opens: z.boolean(),
    since: Instant,
    suspended: z.boolean(),
  })
  .meta({ id: 'TeamMember', title: 'Person of a dossier' });

/** An invitation with how it stands now. */
const ListedInvitation = Invitation.extend({ state: InvitationState }).meta({ id: 'ListedInvitation' });

/** What is told once: the invitation, and the link that accepts it. */
const MadeInvitation = z
  .object({
    invitation: ListedInvitation,
    /** To be copied; it cannot be told again. */
    link: z.string(),
    /** Whether a letter with the link is on its way, waits to be sent by hand, or was not asked for. */
    letter: z.enum(['sending', 'waiting', 'none']),
  })
  .meta({ id: 'MadeInvitation' });

const Asked = z.object({
  email: EmailAddress.nullable().default(null),
  note: z.string().trim().max(500).nullable().default(null),
  days: z.int().min(1).max(60).default(7),
  /** The language of the letter. */
  language: z.enum(['en', 'fr']).default('en'),
});

const AskedIntoDossier = Asked.extend({ role: DossierRole, opens: z.boolean().default(false) });

const Token = z.object({ token: z.string().min(1).max(200) });

const WORDS = { en: makeMessages('en', english, english), fr: makeMessages('fr', french, english) };

type HouseCall = Pick<Call<unknown, unknown, unknown>, 'store' | 'services' | 'account' | 'context'>;

/** Makes an invitation and, where there is an address, the letter. It says as little as can be: it may be read on the way. */
async function invite(
  { store, services, account, context }: HouseCall,
  dossier: string | null,
  { language, ...content }: z.infer<typeof Asked> & { role: DossierRole | null; opens: boolean },
): Promise<z.infer<typeof MadeInvitation>> {
  const origin = originOf(context, services.signIn ?? SIGN_IN_DEFAULTS);
  const linkOf = (token: string) => `${origin}/invitation#${token}`;
  const { t, date } = WORDS[language];
  const { invitation, token } = await createInvitation(
    store,
    { account: account.id, dossier },
    content,
    (its, expiresAt) => ({
      subject: t('desk.letter.invitation-subject'),
      body: t('desk.letter.invitation', { link: linkOf(its), date: date(expiresAt) }),
    }),
  );
  if (invitation.email !== null) services.post?.poke();
  return {
    invitation: { ...invitation, state: 'open' },
    link: linkOf(token),
    letter: invitation.email === null ? 'none' : services.post ? 'sending' : 'waiting',
  };
}

async function listed({ store }: Pick<HouseCall, 'store'>, dossier: string | null) {
  const now = Date.now();
  const invitations = await listInvitations(store, dossier);
  return { invitations: invitations.map((one) => ({ ...one, state: stateOfInvitation(one, now) })) };
}

const OnePerson = InDossier.extend({ account: Id });

export const people = {
  'GET /dossiers/:dossier/people': endpoint({
    summary: 'Who is of the team, in which role',
    permission: 'people.read',
    params: InDossier,
    answer: z.object({ people: z.array(TeamMember) }),
    csv: {
      table: 'person',
      name: 'people',
      pages: async function* ({ store, params }) {
        yield await listPeople(store, (await readDossier(store, params.dossier)).id);
      },
    },
    handle: async ({ store, params }) => ({
      people: await listPeople(store, (await readDossier(store, params.dossier)).id),
    }),
  }),
  'PATCH /dossiers/:dossier/people/:account': endpoint({
    summary: 'Change a person’s role, or whether they may open what is sealed',
    permission: 'people.edit',
    fresh: true,
    params: OnePerson,
    body: z
      .object({ role: DossierRole.optional(), opens: z.boolean().optional() })
      .refine(({ role, opens }) => role !== undefined || opens !== undefined, 'Say what is to change.'),
    answer: null,
    handle: async ({ store, params, body: { role, opens }, writer, context }) => {
      const { id } = await readDossier(store, params.dossier);
      await changeMembership(store, writer(id), params.account, {
        ...(role !== undefined && { role }),
        ...(opens !== undefined && { opens }),
      });
      return context.body(null, 204);
    },
  }),
  'DELETE /dossiers/:dossier/people/:account': endpoint({
    summary: 'End a person’s part in a dossier',
    permission: 'people.edit',
    params: OnePerson,
    answer: null,
    handle: async ({ store, params, writer, context }) => {
      await endMembership(store, writer((await readDossier(store, params.dossier)).id), params.account);
      return context.body(null, 204);
    },
  }),
  'GET /dossiers/:dossier/invitations': endpoint({
    summary: 'The invitations into a dossier, newest first',
    permission: 'people.edit',
    params: InDossier,
    answer: z.object({ invitations: z.array(ListedInvitation) }),
    handle: async (call) => listed(call, (await readDossier(call.store, call.params.dossier)).id),
  }),
  'POST /dossiers/:dossier/invitations': endpoint({
    summary: 'Invite somebody into a dossier by a link that works once',
    permission: 'people.edit',
    params: InDossier,
    body: AskedIntoDossier,
    answer: MadeInvitation,
    status: 201,
    handle: async (call) => invite(call, (await readDossier(call.store, call.params.dossier)).id, call.body),
  }),
  'DELETE /dossiers/:dossier/invitations/:id': endpoint({
    summary: 'Withdraw an invitation into a dossier',
    permission: 'people.edit',
    params: InDossier.extend({ id: Id }),
    answer: null,
    handle: async ({ store, params, writer, context }) => {
      await withdrawInvitation(store, writer((await readDossier(store, params.dossier)).id), params.id);
      return context.body(null, 204);
    },
  }),
  'GET /accounts': endpoint({
    summary: 'All accounts of the house',
    permission: 'house.edit',
    answer: z.object({
      accounts: z.array(
        Account.extend({
          /** How many dossiers it has a part in. */
          dossiers: z.int(),
          seenAt: Instant.nullable(),
        }),
      ),
    }),
    handle: async ({ store }) => ({ accounts: await listAccounts(store) }),
  }),
  'PATCH /accounts/:account': endpoint({
    summary: 'Make an account owner of the house, or member again',
    permission: 'house.edit',
    fresh: true,
    params: z.object({ account: Id }),
    body: z.object({ role: HouseRole }),
    answer: null,
    handle: async ({ store, account, params, body, context }) => {
      await changeHouseRole(store, account.id, params.account, body.role);
      return context.body(null, 204);
    },
  }),
  'POST /accounts/:account/suspend': endpoint({
    summary: 'Suspend an account: it is out at once',
    permission: 'house.edit',
    params: z.object({ account: Id }),
    answer: null,
    handle: async ({ store, account, params, context }) => {
      await suspendAccount(store, account.id, params.account);
      return context.body(null, 204);
    },
  }),
  'POST /accounts/:account/restore': endpoint({
    summary: 'Let a suspended account in again',
    permission: 'house.edit',
    params: z.object({ account: Id }),
    answer: null,
    handle: async ({ store, account, params, context }) => {
      await restoreAccount(store, account.id, params.account);
      return context.body(null, 204);
    },
  }),
  'GET /invitations': endpoint({
    summary: 'The invitations into the house alone, newest first',
    permission: 'house.edit',
    answer: z.object({ invitations: z.array(ListedInvitation) }),
    handle: (call) => listed(call, null),
  }),
  'POST /invitations': endpoint({
    summary: 'Invite somebody into the house alone, by a link that works once',
    permission: 'house.edit',
    body: Asked,
    answer: MadeInvitation,
    status: 201,
    handle: (call) => invite(call, null, { ...call.body, role: null, opens: false }),
  }),
  'DELETE /invitations/:id': endpoint({
    summary: 'Withdraw an invitation into the house',
    permission: 'house.edit',
    params: z.object({ id: Id }),
    answer: null,
    handle: async ({ store, account, params, context }) => {
      await withdrawInvitation(store, { account: account.id, dossier: null }, params.id);
      return context.body(null, 204);
    },
  }),
  'POST /invitations/read': endpoint({
    summary: 'What an invitation is to, for whoever has its link',
    permission: 'anyone',
    body: Token,
    answer: z.object({
      /** The dossier’s title; null for the house alone. */
      dossier: z.string().nullable(),
      role: DossierRole.nullable(),
      opens: z.boolean(),
      by: z.string(),
      expiresAt: Instant,
    }),
    handle: async ({ store, body }) => {
      const { invitation, dossier, by } = await readInvitation(store, body.token);
      const { role, opens, expiresAt } = invitation;
      return { dossier: dossier?.title ?? null, role, opens, by, expiresAt };
    },
  }),
  'POST /invitations/accept': endpoint({
    summary: 'Accept an invitation: as who is signed in, or with a new account',
    permission: 'anyone',
    body: Token.extend({
      /** Name and password of the new account; without them, whoever is signed in accepts. */
      account: z.object({ name: AccountName, password: NewPassword }).optional(),
    }),
    answer: z.object({
      /** The dossier’s name in addresses; null for the house alone. */
      dossier: z.string().nullable(),
    }),
    handle: async ({ store, services, body: { token, account }, context }) => {
      // The token first: hashing a password is work that strangers must not order.
      const { dossier } = await readInvitation(store, token);
      if (account) {
        const { name, password } = account;
        const passwordHash = await hashPassword(password, [name]);
        const made = await acceptInvitation(store, token, { name, passwordHash });
        await startSession(context, services, { id: made.account, name }, 'password');
      } else {
        const signedIn = await sessionOf(context, services);
        await acceptInvitation(store, token, { account: signedIn.id });
      }
      return { dossier: dossier?.slug ?? null };
    },
  }),
};

async function sessionOf(context: Context, services: HouseCall['services']) {
  const account = await findSession(context, services, true);
  if (!account) throw problem('account.sign-in');
  return account;
}
