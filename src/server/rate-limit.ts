// Limits on how often: guesses of passwords and links, and requests altogether. Kept in this process's memory.
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { problem } from '../record/problem.ts';

/** Guesses from one address, whatever the name; and guesses of one name, from wherever. */
const byAddress = new RateLimiterMemory({ keyPrefix: 'address', points: 30, duration: 15 * 60 });
const byName = new RateLimiterMemory({ keyPrefix: 'name', points: 10, duration: 15 * 60 });

/** The address a request came from; "local" where there is no socket, as in tests. */
export function addressOf(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? 'local';
  } catch {
    return 'local';
  }
}

/**
 * Refuses with `request.too-many` once there were too many wrong guesses; the caller says how this one went.
 * A right one clears the name's count, so that an owner who mistyped twice is not kept waiting later.
 */
export async function limitGuesses(
  context: Context,
  name: string,
): Promise<{ failed: () => Promise<void>; succeeded: () => Promise<void> }> {
  const address = addressOf(context);
  for (const [limiter, key] of [
    [byAddress, address],
    [byName, name],
  ] as const) {
    const spent = await limiter.get(key);
    if (spent && spent.consumedPoints >= limiter.points) {
      throw problem('request.too-many', { seconds: Math.ceil(spent.msBeforeNext / 1000) });
    }
  }
  return {
    failed: async () => {
      await spend(byAddress, address);
      await spend(byName, name);
    },
    succeeded: async () => {
      await byName.delete(name);
    },
  };
}

/** Counts requests of one caller; refuses with `request.too-many` above the limit for a minute. */
export function limitRequests(perMinute: number): (caller: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ keyPrefix: 'requests', points: perMinute, duration: 60 });
  return (caller) => spend(limiter, caller);
}

async function spend(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (spent) {
    if (spent instanceof RateLimiterRes) {
      throw problem('request.too-many', { seconds: Math.ceil(spent.msBeforeNext / 1000) });
    }
    throw spent;
  }
}
