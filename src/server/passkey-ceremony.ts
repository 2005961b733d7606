// What a browser is asked to sign with a passkey, and whether it signed that: sign-in without a name, and adding one.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Context } from 'hono';
import { z } from 'zod';
import { problem } from '../record/problem.ts';
import type { Account } from '../store/accounts.ts';
import { newChallenge, takeChallenge } from '../store/challenges.ts';
import { addPasskey, findPasskey, keepPasskeyUse, listPasskeys } from '../store/passkeys.ts';
import type { Store } from '../store/store.ts';
import { originOf } from './address.ts';
import type { SignInServices } from './session-cookie.ts';
import { SIGN_IN_DEFAULTS } from './sign-in-settings.ts';

const Base64Url = z
  .string()
  .max(100_000)
  .regex(/^[\w-]+$/);
const Extensions = z.record(z.string(), z.unknown());

/** What a browser answers when it was asked to sign in: AuthenticationResponseJSON of WebAuthn Level 3 §5.1.8. */
export const PasskeyAssertion = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.optional(),
  }),
  clientExtensionResults: Extensions,
});
type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;

/** What a browser answers when it was asked to make a passkey: RegistrationResponseJSON. */
export const PasskeyAttestation = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
  clientExtensionResults: Extensions,
});
type PasskeyAttestation = z.infer<typeof PasskeyAttestation>;

/** What a browser is to be asked: the options as WebAuthn's JSON forms, and the ticket to answer with. */
export const Ceremony = z.object({ ticket: z.string(), options: z.record(z.string(), z.unknown()) });

/** The house as passkeys know it: its origin, and the host they belong to. */
function houseOf(context: Context, services: SignInServices): { origin: string; host: string } {
  const origin = originOf(context, services.signIn ?? SIGN_IN_DEFAULTS);
  return { origin, host: URL.canParse(origin) ? new URL(origin).hostname : '' };
}

/** Begins a sign-in by passkey. No names: the browser shows the passkeys it has for this house. */
export async function beginPasskeySignIn(
  context: Context,
  services: SignInServices,
): Promise<z.infer<typeof Ceremony>> {
  const options = await generateAuthenticationOptions({
    rpID: houseOf(context, services).host,
    userVerification: 'required',
    timeout: 5 * 60_000,
  });
  const ticket = await newChallenge(services.store, {
    purpose: 'passkey-sign-in',
    challenge: options.challenge,
    account: null,
  });
  return { ticket, options: { ...options } };
}

/** The account whose passkey signed. Throws `account.ticket`, or `account.passkey` where anything about it is not right. */
export async function finishPasskeySignIn(
  context: Context,
  services: SignInServices,
  ticket: string,
  response: PasskeyAssertion,
): Promise<Account> {
  const begun = await takeChallenge(services.store, ticket, 'passkey-sign-in');
  if (!begun) throw problem('account.ticket');
  const key = await findPasskey(services.store, response.id);
  if (!key) throw problem('account.passkey');
  const { origin, host } = houseOf(context, services);
  const result = await verifyAuthenticationResponse({
    response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
    expectedChallenge: begun.challenge,
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: true,
    credential: {
      id: key.id,
      publicKey: new Uint8Array(key.publicKey),
      // The counter is minded in the same statement that moves it (keepPasskeyUse), so that two uses cannot both pass.
      counter: 0,
      transports: key.transports as never,
    },
  }).catch((error: unknown) => {
    throw problem('account.passkey', undefined, error);
  });
  if (!result.verified) throw problem('account.passkey');
  const { newCounter, credentialBackedUp } = result.authenticationInfo;
  if (!(await keepPasskeyUse(services.store, key.id, { counter: newCounter, backedUp: credentialBackedUp })))
    throw problem('account.passkey');
  return key.account;
}

/** Begins adding a passkey to an account. */
export async function beginPasskey(
  context: Context,
  services: SignInServices,
  account: Account,
): Promise<z.infer<typeof Ceremony>> {
  const had = await listPasskeys(services.store, account.id);
  const options = await generateRegistrationOptions({
    rpName: 'Constat',
    rpID: houseOf(context, services).host,
    userName: account.name,
    userDisplayName: account.name,
    userID: new TextEncoder().encode(account.id),
    timeout: 5 * 60_000,
    // Which make of device somebody has is nobody's business here.
    attestationType: 'none',
    excludeCredentials: had.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const ticket = await newChallenge(services.store, {
    purpose: 'passkey-add',
    challenge: options.challenge,
    account: account.id,
  });
  return { ticket, options: { ...options } };
}

/** Adds the passkey that a browser made. Throws `account.ticket`, `account.passkey`, `account.passkeys-full`. */
export async function finishPasskey(
  context: Context,
  services: SignInServices & { store: Store },
  account: Account,
  made: { ticket: string; response: PasskeyAttestation; name: string },
) {
  const begun = await takeChallenge(services.store, made.ticket, 'passkey-add');
  if (!begun || begun.account !== account.id) throw problem('account.ticket');
  const { origin, host } = houseOf(context, services);
  const result = await verifyRegistrationResponse({
    response: made.response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
    expectedChallenge: begun.challenge,
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: true,
  }).catch((error: unknown) => {
    throw problem('account.passkey', undefined, error);
  });
  if (!result.verified) throw problem('account.passkey');
  const { credential, credentialBackedUp } = result.registrationInfo;
  return addPasskey(services.store, account.id, {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: made.response.response.transports ?? [],
    name: made.name,
    backedUp: credentialBackedUp,
  });
}
