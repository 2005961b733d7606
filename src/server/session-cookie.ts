// The two cookies: the session's, and the one by which a browser that somebody signed in with is known again.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { SignInMethod } from '../record/account.ts';
import { deviceSecret } from '../store/device-secret.ts';
import { openSession, readSession, renewSession, type SignedIn } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import { newToken } from '../store/token.ts';
import { isSecure } from './address.ts';
import { deviceInWords } from './device-words.ts';
import { SIGN_IN_DEFAULTS, type SignInSettings } from './sign-in-settings.ts';

/** What is needed of the services here. */
export interface SignInServices {
  store: Store;
  signIn?: SignInSettings;
}

/** The name of the session's cookie; over https with `__Host-` before it. */
export const SESSION_COOKIE = 'constat-session';
const DEVICE = 'constat-device';
/** Half a year, renewed at each sign-in. */
const DEVICE_SECONDS = 180 * 24 * 3600;
/** People who share a browser; further ones take the place of the first. */
const DEVICE_PEOPLE = 8;

const settingsOf = (services: SignInServices) => services.signIn ?? SIGN_IN_DEFAULTS;

/** A cookie's whole name: over https no other host, not even a neighbouring one, can set one that starts like this. */
function nameOf(context: Context, services: SignInServices, name: string): string {
  return isSecure(context, settingsOf(services)) ? `__Host-${name}` : name;
}

function write(context: Context, services: SignInServices, name: string, value: string, seconds: number) {
  const secure = isSecure(context, settingsOf(services));
  const strict = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;
  setCookie(context, nameOf(context, services, name), value, { ...strict, secure, maxAge: seconds });
}

/** The session's token; undefined without one. */
export function sessionToken(context: Context, services: SignInServices): string | undefined {
  return getCookie(context, nameOf(context, services, SESSION_COOKIE));
}

/** Who is signed in by a request; null for nobody. `isUse` false: the person did nothing, so the session may run out. */
export async function findSession(
  context: Context,
  services: SignInServices,
  isUse = true,
): Promise<SignedIn | null> {
  const token = sessionToken(context, services);
  return token ? readSession(services.store, token, settingsOf(services).sessions, isUse) : null;
}

/** Opens a session for an account, sets its cookie, and knows the browser from now on. */
export async function startSession(
  context: Context,
  services: SignInServices,
  account: { id: string; name: string },
  method: SignInMethod,
): Promise<void> {
  const { sessions } = settingsOf(services);
  const device = deviceInWords(context.req.header('user-agent'));
  const token = await openSession(services.store, account.id, { method, device }, sessions);
  write(context, services, SESSION_COOKIE, token, sessions.longest / 1000);
  await rememberDevice(context, services, account.name);
}

/** Gives the session of a request a new token after a fresh proof. */
export async function refreshSession(
  context: Context,
  services: SignInServices,
  session: string,
  method?: SignInMethod,
): Promise<void> {
  const token = await renewSession(services.store, session, method);
  write(context, services, SESSION_COOKIE, token, settingsOf(services).sessions.longest / 1000);
}

/** Takes the session's cookie away. The device's stays: without it a flood of guesses could keep its owner out. */
export function dropSession(context: Context, services: SignInServices): void {
  const secure = isSecure(context, settingsOf(services));
  deleteCookie(context, nameOf(context, services, SESSION_COOKIE), { path: '/', secure });
}

/**
 * What guesses from a browser are counted by, where this person signed in with it before; null where nobody did. The
 * cookie holds a random number and a signature for each name, and no name.
 */
export async function knownDevice(
  context: Context,
  services: SignInServices,
  name: string,
): Promise<string | null> {
  const [nonce, ...marks] = (getCookie(context, nameOf(context, services, DEVICE)) ?? '').split('.');
  if (!nonce || marks.length === 0) return null;
  const own = Buffer.from(markOf(await secretOf(services.store), nonce, name));
  const isKnown = marks.some((mark) => mark.length === own.length && timingSafeEqual(Buffer.from(mark), own));
  return isKnown ? own.toString() : null;
}

async function rememberDevice(context: Context, services: SignInServices, name: string): Promise<void> {
  const [before, ...marks] = (getCookie(context, nameOf(context, services, DEVICE)) ?? '').split('.');
  const nonce = before || newToken();
  const own = markOf(await secretOf(services.store), nonce, name);
  const kept = [...marks.filter((mark) => mark !== own), own].slice(-DEVICE_PEOPLE);
  write(context, services, DEVICE, [nonce, ...kept].join('.'), DEVICE_SECONDS);
}

const markOf = (secret: string, nonce: string, name: string) =>
  createHmac('sha256', secret).update(`${nonce}\n${name}`).digest('base64url');

const secrets = new WeakMap<Store, Promise<string>>();

function secretOf(store: Store): Promise<string> {
  let secret = secrets.get(store);
  if (!secret) {
    secret = deviceSecret(store);
    secrets.set(store, secret);
    // A database that was away for a moment must not be remembered as one without a secret.
    secret.catch(() => secrets.delete(store));
  }
  return secret;
}
