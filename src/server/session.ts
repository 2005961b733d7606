// Proving who one is: by passkey, or by password and, where there is one, a code; confirming it; links that set up or reset.
import type { Context } from 'hono';
import { z } from 'zod';
import { AccountName, HouseRole, NewPassword } from '../record/account.ts';
import { Id } from '../record/common.ts';
import { problem } from '../record/problem.ts';
import { createOwner, hasOwner, isSetupToken } from '../store/accounts.ts';
import { newChallenge, readChallenge, takeChallenge } from '../store/challenges.ts';
import { listPasskeys } from '../store/passkeys.ts';
import { checkPassword } from '../store/passwords.ts';
import { readResetToken, resetPassword } from '../store/reset-links.ts';
import { hasTotp, needsSecondFactor, takeCode } from '../store/second-factor.ts';
import { closeSession, isSingleFactor } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import { addressOf } from './address.ts';
import { endpoint } from './endpoint.ts';
import { beginPasskeySignIn, Ceremony, finishPasskeySignIn, PasskeyAssertion } from './passkey-ceremony.ts';
import { May, rightsOf } from './permissions.ts';
import { countGuess, limitRequests } from './rate-limit.ts';
import {
  dropSession,
  findSession,
  refreshSession,
  type SignInServices,
  sessionToken,
  startSession,
} from './session-cookie.ts';

/** The state of this session, for the screen: who is signed in, and whether an owner exists at all. */
export const Session = z
  .object({
    account: z.object({ id: Id, name: z.string(), role: HouseRole }).nullable(),
    ownerExists: z.boolean(),
    /** What one may do in the house; what one may do in a dossier, the dossier’s answer tells. */
    may: May,
    /** What has to be done before anything else: the house asks everybody for a second factor. */
    needs: z.literal('second-factor').optional(),
  })
  .meta({ id: 'Session', title: 'Session' });
type Session = z.infer<typeof Session>;

/** A sign-in that is not over: the password was right. */
export const SignInStep = z
  .object({
    /** What comes next: a code of the app or a recovery code, sent with the ticket; or a passkey. */
    next: z.enum(['code', 'passkey']),
    ticket: z.string().nullable(),
  })
  .meta({ id: 'SignInStep', title: 'Sign-in step' });

const Ticket = z.uuid();
const Password = z.string().max(500);
const Code = z.string().trim().min(1, 'Give the code.').max(60);
const Token = z.string().max(200);

/** Each asking is a row for ten minutes; nobody needs a hundred of them in one. */
const askedForPasskey = limitRequests(100);

type Named = { id: string; name: string; role: HouseRole };

function sessionOf({ id, name, role }: Named, needs: boolean): Session {
  return {
    account: { id, name, role },
    ownerExists: true,
    may: rightsOf({ house: role, dossier: null }, 'house'),
    ...(needs && { needs: 'second-factor' as const }),
  };
}

/** Opens the session of somebody who proved who they are. */
async function signIn(
  context: Context,
  services: SignInServices,
  account: Named,
  method: Parameters<typeof startSession>[3],
): Promise<Session> {
  await startSession(context, services, account, method);
  return sessionOf(account, isSingleFactor(method) && (await needsSecondFactor(services.store)));
}

/** What is still to be proved after a right password; null where nothing is. */
async function nextStep(store: Store, account: string): Promise<z.infer<typeof SignInStep> | null> {
  if (await hasTotp(store, account)) {
    return { next: 'code', ticket: await newChallenge(store, { purpose: 'code', challenge: '', account }) };
  }
  // Otherwise whoever has the password alone could add a second factor of their own.
  const hasOther = (await listPasskeys(store, account)).length > 0;
  return hasOther && (await needsSecondFactor(store)) ? { next: 'passkey', ticket: null } : null;
}

export const session = {
  'GET /session': endpoint({
    summary: 'Who is signed in',
    permission: 'anyone',
    answer: Session,
    handle: async ({ store, services, context }) => {
      const current = await findSession(context, services, false);
      if (current) return sessionOf(current, current.session.isPartial);
      const may = rightsOf({ house: null, dossier: null }, 'house');
      return { account: null, ownerExists: await hasOwner(store), may };
    },
  }),
  'POST /session': endpoint({
    summary: 'Sign in by name and password',
    permission: 'anyone',
    body: z.object({ name: AccountName, password: Password }),
    answer: z.union([Session, SignInStep]),
    handle: async ({ store, services, body, context }) => {
      const guess = await countGuess(context, services, 'password', body.name);
      const found = await checkPassword(store, body.name, body.password, guess.isKnown).catch(
        async (error: unknown) => {
          // Too much to do: whoever was turned away unheard did not guess.
          await guess.unchecked();
          throw error;
        },
      );
      if (!found) throw problem('account.refused');
      await guess.succeeded();
      return (await nextStep(store, found.id)) ?? signIn(context, services, found, 'password');
    },
  }),
  'POST /session/code': endpoint({
    summary: 'Sign in with a code after the password: of the app, or a recovery code',
    permission: 'anyone',
    body: z.object({ ticket: Ticket, code: Code }),
    answer: Session,
    handle: async ({ store, services, body, context }) => {
      const account = await accountOf(store, body.ticket);
      const guess = await countGuess(context, services, 'code', account.name);
      const taken = await takeCode(store, account.id, body.code);
      if (!taken) throw problem('account.code');
      await guess.succeeded();
      // The ticket goes last, so that a mistyped code does not cost the password again; of two requests one has it.
      if (!(await takeChallenge(store, body.ticket, 'code'))) throw problem('account.ticket');
      return signIn(context, services, account, taken === 'code' ? 'password-and-code' : 'recovery-code');
    },
  }),
  'POST /session/passkey/options': endpoint({
    summary: 'What a browser is to sign with a passkey',
    permission: 'anyone',
    body: z.object({}),
    answer: Ceremony,
    handle: async ({ services, context }) => {
      await askedForPasskey(addressOf(context, services.signIn?.proxies));
      return beginPasskeySignIn(context, services);
    },
  }),
  'POST /session/passkey': endpoint({
    summary: 'Sign in by passkey',
    permission: 'anyone',
    body: z.object({ ticket: Ticket, response: PasskeyAssertion }),
    answer: Session,
    handle: async ({ services, body, context }) => {
      const account = await finishPasskeySignIn(context, services, body.ticket, body.response);
      return signIn(context, services, account, 'passkey');
    },
  }),
  'POST /session/confirm': endpoint({
    summary: 'Confirm that it is you, by password (and code) or passkey, for what asks for it',
    permission: 'account.own',
    body: z.union([
      z.object({ password: Password, code: Code.optional() }),
      z.object({ ticket: Ticket, response: PasskeyAssertion }),
    ]),
    answer: null,
    handle: async ({ store, services, body, account, context }) => {
      if ('ticket' in body) {
        const found = await finishPasskeySignIn(context, services, body.ticket, body.response);
        if (found.id !== account.id) throw problem('account.passkey');
        await refreshSession(context, services, account.session.id, 'passkey');
        return context.body(null, 204);
      }
      const guess = await countGuess(context, services, 'confirm', account.name);
      if (!(await checkPassword(store, account.name, body.password, true))) throw problem('account.refused');
      if ((await hasTotp(store, account.id)) && !(await takeCode(store, account.id, body.code ?? '')))
        throw problem('account.code');
      await guess.succeeded();
      await refreshSession(context, services, account.session.id);
      return context.body(null, 204);
    },
  }),
  'DELETE /session': endpoint({
    summary: 'Sign out',
    permission: 'account.own',
    answer: null,
    handle: async ({ store, services, context }) => {
      const token = sessionToken(context, services);
      if (token) await closeSession(store, token);
      dropSession(context, services);
      context.header('Clear-Site-Data', '"cache", "storage"');
      return context.body(null, 204);
    },
  }),
  'GET /setup/:token': endpoint({
    summary: 'Whether a set-up link still works',
    permission: 'anyone',
    params: z.object({ token: Token }),
    answer: z.object({ valid: z.boolean() }),
    handle: async ({ store, params }) => ({
      valid: !(await hasOwner(store)) && (await isSetupToken(store, params.token)),
    }),
  }),
  'POST /setup': endpoint({
    summary: 'Make the owner’s account with the one-time link',
    permission: 'anyone',
    body: z.object({ token: Token, name: AccountName, password: NewPassword }),
    answer: Session,
    status: 201,
    handle: async ({ store, services, body, context }) => {
      const made = await createOwner(store, body.token, body.name, body.password);
      return signIn(context, services, made, 'password');
    },
  }),
  'GET /reset/:token': endpoint({
    summary: 'Whose reset link this is, while it works',
    permission: 'anyone',
    params: z.object({ token: Token }),
    answer: z.object({ name: z.string().nullable() }),
    handle: async ({ store, params }) => ({
      name: (await readResetToken(store, params.token))?.name ?? null,
    }),
  }),
  'POST /reset': endpoint({
    summary: 'Set a new password with a reset link; codes are taken away and every session ends',
    permission: 'anyone',
    body: z.object({ token: Token, password: NewPassword }),
    answer: Session,
    handle: async ({ store, services, body, context }) => {
      const account = await resetPassword(store, body.token, body.password);
      return signIn(context, services, account, 'link');
    },
  }),
};

/** Whose code a ticket waits for. */
async function accountOf(store: Store, ticket: string): Promise<Named> {
  const waiting = await readChallenge(store, ticket, 'code');
  if (!waiting?.account) throw problem('account.ticket');
  const row = await store.read
    .selectFrom('accounts')
    .select(['id', 'name', 'role'])
    .where('id', '=', waiting.account)
    .where('suspendedAt', 'is', null)
    .executeTakeFirst();
  if (!row) throw problem('account.ticket');
  return row;
}
