// One's own account: name, password, passkeys, codes, sessions; and for the owner of the house, what it asks of everybody.
import { encode } from 'uqr';
import { z } from 'zod';
import {
  AccountName,
  EmailAddress,
  HouseRole,
  NewPassword,
  OpenSession,
  Passkey,
} from '../record/account.ts';
import { Id, Instant } from '../record/common.ts';
import { problem } from '../record/problem.ts';
import { editOwnAccount, readOwnAccount } from '../store/accounts.ts';
import { listPasskeys, removePasskey, renamePasskey } from '../store/passkeys.ts';
import { removePassword, setPassword } from '../store/passwords.ts';
import { newResetToken } from '../store/reset-links.ts';
import {
  beginTotp,
  confirmTotp,
  countRecoveryCodes,
  needsSecondFactor,
  removeTotp,
  renewRecoveryCodes,
  requireSecondFactor,
} from '../store/second-factor.ts';
import { endSession, endSessions, listSessions } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import { originOf } from './address.ts';
import { type Call, endpoint } from './endpoint.ts';
import { beginPasskey, Ceremony, finishPasskey, PasskeyAttestation } from './passkey-ceremony.ts';
import { countGuess } from './rate-limit.ts';
import { refreshSession } from './session-cookie.ts';
import { SIGN_IN_DEFAULTS } from './sign-in-settings.ts';

/** One's own account. */
const OwnAccount = z
  .object({
    id: Id,
    name: z.string(),
    role: HouseRole,
    email: z.string().nullable(),
    createdAt: Instant,
    hasPassword: z.boolean(),
    /** Since when codes are asked for after the password; null where they are not. */
    totpSince: Instant.nullable(),
    recoveryCodes: z.int(),
    passkeys: z.array(Passkey),
    sessions: z.array(OpenSession),
    /** Whether the house asks everybody for a second factor. */
    secondFactorRequired: z.boolean(),
  })
  .meta({ id: 'OwnAccount', title: 'Own account' });

const RecoveryCodes = z.object({ codes: z.array(z.string()) });
const PasskeyName = z.string().trim().min(1, 'Give the passkey a name.').max(80);
const PasskeyId = z.object({ id: z.string().max(2000) });
const Rule = z.object({ secondFactor: z.enum(['optional', 'required']) });

type Asked = Pick<Call<unknown, unknown, unknown>, 'store' | 'account' | 'services'>;

async function ownAccount({ store, account, services }: Asked): Promise<z.infer<typeof OwnAccount>> {
  const { sessions } = services.signIn ?? SIGN_IN_DEFAULTS;
  return {
    ...(await readOwnAccount(store, account.id)),
    recoveryCodes: await countRecoveryCodes(store, account.id),
    passkeys: await listPasskeys(store, account.id),
    sessions: await listSessions(store, account.id, account.session.id, sessions),
    secondFactorRequired: await needsSecondFactor(store),
  };
}

/** Taking the last second factor away would let nobody in again where the house asks for one. */
async function refuseLastFactor(store: Store, account: string, left: { passkeys: number; totp: boolean }) {
  if (left.passkeys > 0 || left.totp) return;
  const { hasPassword } = await readOwnAccount(store, account);
  if (hasPassword && (await needsSecondFactor(store))) throw problem('account.second-factor');
}

export const account = {
  'GET /account': endpoint({
    summary: 'Your own account, and how you sign in',
    permission: 'account.own',
    answer: OwnAccount,
    handle: ownAccount,
  }),
  'PATCH /account': endpoint({
    summary: 'Change your name or e-mail address',
    permission: 'account.own',
    fresh: true,
    body: z.object({ name: AccountName.optional(), email: EmailAddress.nullish() }),
    answer: OwnAccount,
    handle: async (call) => {
      const { name, email } = call.body;
      const change = { ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
      if (Object.keys(change).length > 0) await editOwnAccount(call.store, call.account.id, change);
      return ownAccount(call);
    },
  }),
  'PUT /account/password': endpoint({
    summary: 'Set your password; your other sessions end',
    permission: 'account.own',
    fresh: true,
    body: z.object({ password: NewPassword }),
    answer: null,
    handle: async ({ store, services, account, body, context }) => {
      await setPassword(store, account, body.password, account.session.id);
      await refreshSession(context, services, account.session.id);
      return context.body(null, 204);
    },
  }),
  'DELETE /account/password': endpoint({
    summary: 'Sign in by passkeys alone, of which you need two; your other sessions end',
    permission: 'account.own',
    fresh: true,
    answer: null,
    handle: async ({ store, account, context }) => {
      await removePassword(store, account.id, account.session.id);
      return context.body(null, 204);
    },
  }),
  'POST /account/passkeys/options': endpoint({
    summary: 'What a browser is to make a passkey of',
    permission: 'account.own',
    fresh: true,
    body: z.object({}),
    answer: Ceremony,
    handle: ({ services, account, context }) => beginPasskey(context, services, account),
  }),
  'POST /account/passkeys': endpoint({
    summary: 'Add a passkey',
    permission: 'account.own',
    fresh: true,
    body: z.object({ ticket: z.uuid(), response: PasskeyAttestation, name: PasskeyName }),
    answer: Passkey,
    status: 201,
    handle: async ({ services, account, body, context }) => {
      const made = await finishPasskey(context, services, account, body);
      await refreshSession(context, services, account.session.id, 'passkey');
      return made;
    },
  }),
  'PATCH /account/passkeys/:id': endpoint({
    summary: 'Rename a passkey',
    permission: 'account.own',
    params: PasskeyId,
    body: z.object({ name: PasskeyName }),
    answer: Passkey,
    handle: ({ store, account, params, body }) => renamePasskey(store, account.id, params.id, body.name),
  }),
  'DELETE /account/passkeys/:id': endpoint({
    summary: 'Remove a passkey',
    permission: 'account.own',
    fresh: true,
    params: PasskeyId,
    answer: null,
    handle: async ({ store, account, params, context }) => {
      const { totpSince } = await readOwnAccount(store, account.id);
      const left = (await listPasskeys(store, account.id)).filter(({ id }) => id !== params.id);
      await refuseLastFactor(store, account.id, { passkeys: left.length, totp: totpSince !== null });
      await removePasskey(store, account.id, params.id);
      return context.body(null, 204);
    },
  }),
  'POST /account/totp': endpoint({
    summary: 'Begin with an app that gives codes: its secret, and the QR code that carries it',
    permission: 'account.own',
    fresh: true,
    body: z.object({}),
    answer: z.object({
      ticket: z.string(),
      secret: z.string(),
      uri: z.string(),
      /** The QR code: true is dark. */
      qr: z.array(z.array(z.boolean())),
    }),
    handle: async ({ store, services, account, context }) => {
      const { host } = new URL(originOf(context, services.signIn ?? SIGN_IN_DEFAULTS));
      const begun = await beginTotp(store, account, `Constat (${host})`);
      return { ...begun, qr: encode(begun.uri, { ecc: 'M', border: 0 }).data };
    },
  }),
  'POST /account/totp/confirm': endpoint({
    summary: 'Give the app’s first code; answers with recovery codes, which are shown this once',
    permission: 'account.own',
    body: z.object({ ticket: z.uuid(), code: z.string().trim().max(20) }),
    answer: RecoveryCodes,
    handle: async ({ store, services, account, body, context }) => {
      const guess = await countGuess(context, services, 'confirm', account.name);
      const codes = await confirmTotp(store, account.id, body.ticket, body.code.replace(/\s/g, ''));
      if (!codes) throw problem('account.code');
      await guess.succeeded();
      const method = account.session.method === 'passkey' ? undefined : 'password-and-code';
      await refreshSession(context, services, account.session.id, method);
      return { codes };
    },
  }),
  'DELETE /account/totp': endpoint({
    summary: 'Take the app’s codes and the recovery codes away',
    permission: 'account.own',
    fresh: true,
    answer: null,
    handle: async ({ store, account, context }) => {
      const passkeys = (await listPasskeys(store, account.id)).length;
      await refuseLastFactor(store, account.id, { passkeys, totp: false });
      await removeTotp(store, account.id);
      return context.body(null, 204);
    },
  }),
  'POST /account/recovery-codes': endpoint({
    summary: 'New recovery codes, shown this once; the old ones stop working',
    permission: 'account.own',
    fresh: true,
    body: z.object({}),
    answer: RecoveryCodes,
    handle: async ({ store, account }) => ({ codes: await renewRecoveryCodes(store, account.id) }),
  }),
  'DELETE /account/sessions/:id': endpoint({
    summary: 'End one of your sessions',
    permission: 'account.own',
    params: z.object({ id: Id }),
    answer: null,
    handle: async ({ store, account, params, context }) => {
      if (!(await endSession(store, account.id, params.id))) throw problem('not-found', { what: 'session' });
      return context.body(null, 204);
    },
  }),
  'DELETE /account/sessions': endpoint({
    summary: 'End all your sessions but this one',
    permission: 'account.own',
    answer: null,
    handle: async ({ store, account, context }) => {
      await endSessions(store.read, account.id, account.session.id);
      return context.body(null, 204);
    },
  }),
  'GET /house/sign-in': endpoint({
    summary: 'What signing in asks of everybody here',
    permission: 'house.edit',
    answer: Rule,
    handle: async ({ store }) => ({
      secondFactor: (await needsSecondFactor(store)) ? ('required' as const) : ('optional' as const),
    }),
  }),
  'PUT /house/sign-in': endpoint({
    summary: 'Say whether everybody needs a second factor; open sessions without one may only add it',
    permission: 'house.edit',
    fresh: true,
    body: Rule,
    answer: Rule,
    handle: async ({ store, account, body }) => {
      await requireSecondFactor(store, account.id, body.secondFactor === 'required');
      return body;
    },
  }),
  'POST /accounts/:account/reset-link': endpoint({
    summary: 'A link by which somebody who cannot sign in sets a new password; told this once',
    permission: 'house.edit',
    fresh: true,
    params: z.object({ account: Id }),
    body: z.object({}),
    answer: z.object({ link: z.string(), name: z.string(), expiresAt: Instant }),
    status: 201,
    handle: async ({ store, services, account, params, context }) => {
      const { token, ...rest } = await newResetToken(store, account.id, params.account);
      return { link: `${originOf(context, services.signIn ?? SIGN_IN_DEFAULTS)}/reset#${token}`, ...rest };
    },
  }),
};
