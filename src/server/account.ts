// The account and its session: made by the owner's one-time link, opened by password, kept in an HttpOnly cookie.
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { HouseRole } from '../record/account.ts';
import { Id } from '../record/common.ts';
import { problem } from '../record/problem.ts';
import {
  checkPassword,
  closeSession,
  createOwner,
  hasOwner,
  isSetupToken,
  openSession,
  readSession,
} from '../store/accounts.ts';
import { endpoint, SESSION_COOKIE } from './endpoint.ts';
import { limitGuesses } from './rate-limit.ts';

/** The state of this session, for the screen: who is signed in, and whether an owner exists at all. */
export const Session = z
  .object({
    account: z.object({ id: Id, name: z.string(), role: HouseRole }).nullable(),
    ownerExists: z.boolean(),
  })
  .meta({ id: 'Session', title: 'Session' });

const Password = z
  .string()
  .min(12, 'Choose a password of at least 12 characters; a sentence is easy to remember.')
  .max(500);
const Name = z.string().trim().min(1, 'Give a name.').max(120);

/** Opens a session and sets its cookie: not readable by scripts, not sent from other sites. */
async function startSession(
  context: Context,
  store: Parameters<typeof openSession>[0],
  account: string,
): Promise<void> {
  setCookie(context, SESSION_COOKIE, await openSession(store, account), {
    httpOnly: true,
    sameSite: 'Strict',
    secure:
      new URL(context.req.url).protocol === 'https:' || context.req.header('x-forwarded-proto') === 'https',
    path: '/',
    maxAge: 14 * 24 * 3600,
  });
}

export const account = {
  'GET /session': endpoint({
    summary: 'Who is signed in',
    permission: 'anyone',
    answer: Session,
    handle: async ({ store, context }) => {
      const token = getCookie(context, SESSION_COOKIE);
      const current = token ? await readSession(store, token) : null;
      return { account: current, ownerExists: await hasOwner(store) };
    },
  }),
  'POST /session': endpoint({
    summary: 'Sign in by name and password',
    permission: 'anyone',
    body: z.object({ name: Name, password: z.string().max(500) }),
    answer: Session,
    handle: async ({ store, body, context }) => {
      const guesses = await limitGuesses(context, body.name);
      const found = await checkPassword(store, body.name, body.password);
      if (!found) {
        await guesses.failed();
        throw problem('account.refused');
      }
      await guesses.succeeded();
      await startSession(context, store, found.id);
      return { account: found, ownerExists: true };
    },
  }),
  'DELETE /session': endpoint({
    summary: 'Sign out',
    permission: 'account.own',
    answer: null,
    handle: async ({ store, context }) => {
      const token = getCookie(context, SESSION_COOKIE);
      if (token) await closeSession(store, token);
      deleteCookie(context, SESSION_COOKIE, { path: '/' });
      context.header('Clear-Site-Data', '"cache", "cookies", "storage"');
      return context.body(null, 204);
    },
  }),
  'GET /setup/:token': endpoint({
    summary: 'Whether a set-up link still works',
    permission: 'anyone',
    params: z.object({ token: z.string().max(200) }),
    answer: z.object({ valid: z.boolean() }),
    handle: async ({ store, params, context }) => {
      await limitGuesses(context, 'setup');
      return { valid: !(await hasOwner(store)) && (await isSetupToken(store, params.token)) };
    },
  }),
  'POST /setup': endpoint({
    summary: 'Make the owner’s account with the one-time link',
    permission: 'anyone',
    body: z.object({ token: z.string().max(200), name: Name, password: Password }),
    answer: Session,
    status: 201,
    handle: async ({ store, body, context }) => {
      await limitGuesses(context, 'setup');
      const made = await createOwner(store, body.token, body.name, body.password);
      await startSession(context, store, made.id);
      return { account: made, ownerExists: true };
    },
  }),
};
