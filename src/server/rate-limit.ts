// Limits on how often: guesses, which are slowed and never stopped for good, and requests altogether.
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { problem } from '../record/problem.ts';
import { type Counted, type Guesses, openGuesses, type Pace } from '../store/guesses.ts';
import type { Store } from '../store/store.ts';
import { addressOf } from './address.ts';
import { knownDevice, type SignInServices } from './session-cookie.ts';

const HOUR = 3600;
const PACES = {
  /** Names are guessed at from everywhere at once: 1,440 guesses a day at the most. */
  name: { free: 5, longest: 60, forget: HOUR },
  /** One network address may be a whole office. */
  address: { free: 20, longest: 60, forget: HOUR },
  /** All strangers together, for a guesser with many names and many addresses: one guess in two seconds. */
  house: { free: 100, longest: 2, forget: HOUR / 4 },
  /** A browser that this person signed in with before: nobody else's guesses make it wait. */
  device: { free: 10, longest: 60, forget: HOUR },
  /** Six digits are few, so codes wait longer: at ten minutes a guess, a year's guessing finds one in six times. */
  code: { free: 5, longest: 600, forget: 24 * HOUR },
  /** Confirming who one is, within a session. */
  confirm: { free: 5, longest: 60, forget: HOUR },
} as const satisfies Record<string, Pace>;

/** What is guessed. */
export type Guessed = 'password' | 'code' | 'confirm';

/** A guess that may be checked now. */
export interface Guess {
  /** Whether the browser is one that this person signed in with before. */
  isKnown: boolean;
  /** Takes the guess back, as it was right. */
  succeeded: () => Promise<void>;
  /** Takes the guess back where it was not checked after all. */
  unchecked: () => Promise<void>;
}

/**
 * Counts a guess at a name's password or code before it is checked; throws `request.too-many` with the seconds to wait
 * where there were too many. Who is known by the browser waits for nobody else's guesses.
 */
export async function countGuess(
  context: Context,
  services: SignInServices,
  what: Guessed,
  name: string,
): Promise<Guess> {
  const device = await knownDevice(context, services, name);
  const pace = what === 'password' ? PACES.name : PACES[what];
  const own = `${what}:${device === null ? 'name' : 'device'}:${digest(device ?? name)}`;
  const counted: Counted[] =
    device !== null || what === 'confirm'
      ? [{ key: own, pace: what === 'password' ? PACES.device : pace }]
      : [
          { key: 'house', pace: PACES.house },
          { key: `address:${digest(addressOf(context, services.signIn?.proxies))}`, pace: PACES.address },
          { key: own, pace },
        ];
  const guesses = guessesOf(services.store);
  const seconds = await guesses.spend(counted);
  if (seconds > 0) throw problem('request.too-many', { seconds });
  return {
    isKnown: device !== null,
    succeeded: async () => {
      for (const { key } of counted) await guesses.refund(key, key === own);
    },
    unchecked: async () => {
      for (const { key } of counted) await guesses.refund(key, false);
    },
  };
}

/** Neither names nor addresses are kept in words. */
const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

const opened = new WeakMap<Store, Guesses>();

function guessesOf(store: Store): Guesses {
  let guesses = opened.get(store);
  if (!guesses) {
    guesses = openGuesses(store);
    opened.set(store, guesses);
  }
  return guesses;
}

/** Counts requests of one caller; refuses with `request.too-many` above the limit for a minute. In this process's memory. */
export function limitRequests(perMinute: number): (caller: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ keyPrefix: 'requests', points: perMinute, duration: 60 });
  return async (caller) => {
    try {
      await limiter.consume(caller);
    } catch (spent) {
      if (spent instanceof RateLimiterRes) {
        throw problem('request.too-many', { seconds: Math.ceil(spent.msBeforeNext / 1000) });
      }
      throw spent;
    }
  };
}
