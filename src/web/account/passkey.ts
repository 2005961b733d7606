// Passkeys in this browser: whether there can be any, making one, signing with one. What goes wrong is a problem in words.
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { ApiProblem, type BodyOf, call } from '../api.ts';

type Asked<Options extends (of: { optionsJSON: never }) => unknown> = Parameters<Options>[0]['optionsJSON'];

/** Whether passkeys work at this address: they belong to a name, so not where the house is reached by a number. */
export function canUsePasskeys(): boolean {
  return browserSupportsWebAuthn() && !/^[\d.]+$|^\[/.test(window.location.hostname);
}

/** Signs with a passkey of this house; what to send to prove it. Throws ApiProblem. */
export async function signWithPasskey(): Promise<BodyOf<'POST /session/passkey'>> {
  const { ticket, options } = await call('POST /session/passkey/options', { body: {} });
  try {
    const response = await startAuthentication({
      optionsJSON: options as unknown as Asked<typeof startAuthentication>,
    });
    return { ticket, response: response as BodyOf<'POST /session/passkey'>['response'] };
  } catch (error) {
    throw inWords(error);
  }
}

/** Makes a passkey and adds it to one's account. Throws ApiProblem. */
export async function makePasskey(name: string): Promise<void> {
  const { ticket, options } = await call('POST /account/passkeys/options', { body: {} });
  let made: Awaited<ReturnType<typeof startRegistration>>;
  try {
    made = await startRegistration({ optionsJSON: options as unknown as Asked<typeof startRegistration> });
  } catch (error) {
    throw inWords(error);
  }
  const response = made as BodyOf<'POST /account/passkeys'>['response'];
  await call('POST /account/passkeys', { body: { ticket, response, name } });
}

/** What the browser refused, as a problem of the desk's own; see `problem.passkey.…` in locales. */
function inWords(error: unknown): ApiProblem {
  const code = error instanceof WebAuthnError ? error.code : '';
  const told =
    code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
      ? 'passkey.known'
      : code === 'ERROR_INVALID_RP_ID' || code === 'ERROR_INVALID_DOMAIN'
        ? 'passkey.elsewhere'
        : /UNSUPPORTED|MISSING|NO_SUPPORTED/.test(code)
          ? 'passkey.unable'
          : 'passkey.stopped';
  return new ApiProblem({ title: error instanceof Error ? error.message : told, code: told, status: 0 });
}
