// Wrong guesses: counted in the database, so that a restart gives nobody fresh ones and several processes count together.
// The more there were, the longer the next one waits; nobody is ever locked out for good.
import { sql } from 'kysely';
import type { Store } from './store.ts';
import type { Tx } from './write.ts';

/** How the waiting grows: nothing for the first `free` guesses, then 1, 2, 4 … seconds up to `longest`. */
export interface Pace {
  free: number;
  longest: number;
  /** Seconds without a guess after which the earlier ones are forgotten; more than `longest`. */
  forget: number;
}

/** What guesses are counted by: a name, a network address, a device, the house. */
export interface Counted {
  key: string;
  pace: Pace;
}

/** Seconds that the next guess waits after so many. */
export function waitAfter(guesses: number, { free, longest }: Pace): number {
  return guesses < free ? 0 : Math.min(longest, 2 ** Math.min(guesses - free, 20));
}

/** The guesses of a store. */
export interface Guesses {
  /**
   * Counts a guess before it is checked, so that a thousand at once are a thousand. Resolves to 0 where it may be
   * checked, otherwise to the seconds to wait; then nothing was counted.
   */
  spend: (counted: readonly Counted[], now?: number) => Promise<number>;
  /** Takes a guess back that was right: `forget` drops the whole count, for what only the right person can reach. */
  refund: (key: string, forget: boolean) => Promise<void>;
}

/** Names that wait, remembered so that a flood costs no query; a restart asks the database again. */
const REMEMBERED = 20_000;

/** Opens the guesses of a store, for the time of a process. */
export function openGuesses(store: Pick<Store, 'read'>): Guesses {
  const waiting = new Map<string, number>();
  /** Of those, what had to wait when it was last counted. */
  const slow = new Set<string>();
  let spent = 0;
  const remember = (key: string, until: number) => {
    if (waiting.size >= REMEMBERED) {
      const oldest = waiting.keys().next().value!;
      waiting.delete(oldest);
      slow.delete(oldest);
    }
    waiting.delete(key);
    waiting.set(key, until);
  };
  const secondsUntil = (until: number, now: number) => Math.max(1, Math.ceil((until - now) / 1000));
  return {
    spend: async (counted, now = Date.now()) => {
      const until = Math.max(0, ...counted.map(({ key }) => waiting.get(key) ?? 0));
      if (until > now) return secondsUntil(until, now);
      // Whose turn has come after a wait is one guess; a thousand at the same moment need no query to be told so.
      const taken = counted.filter(({ key }) => slow.has(key));
      for (const { key } of taken) waiting.set(key, now + 1000);
      let result: Outcome;
      try {
        if (spent++ % 1000 === 0) await forgetOld(store, now);
        result = await countAll(store, counted, now);
      } finally {
        for (const { key } of taken) waiting.set(key, 0);
      }
      for (const { key, until } of result.next) {
        remember(key, until);
        if (until > now) slow.add(key);
        else slow.delete(key);
      }
      return result.isFree ? 0 : secondsUntil(Math.max(...result.next.map((one) => one.until)), now);
    },
    refund: async (key, forget) => {
      waiting.delete(key);
      slow.delete(key);
      if (forget) await store.read.deleteFrom('guesses').where('key', '=', key).execute();
      else {
        await store.read
          .updateTable('guesses')
          .set(({ eb }) => ({ points: eb('points', '-', 1) }))
          .where('key', '=', key)
          .where('points', '>', 0)
          .execute();
      }
    },
  };
}

async function forgetOld(store: Pick<Store, 'read'>, now: number): Promise<void> {
  await store.read.deleteFrom('guesses').where('expiresAt', '<', new Date(now).toISOString()).execute();
}

interface Outcome {
  isFree: boolean;
  /** Until when each waits that was asked: what refused, or what was counted. */
  next: { key: string; until: number }[];
}

class MustWait extends Error {
  readonly waits: Outcome['next'][number];
  constructor(waits: Outcome['next'][number]) {
    super('a guess came too early');
    this.waits = waits;
  }
}

/** Counts in all places or in none. Places come in the same order for everybody, so that no two wait for one another. */
async function countAll(
  store: Pick<Store, 'read'>,
  counted: readonly Counted[],
  now: number,
): Promise<Outcome> {
  try {
    const next = await store.read.transaction().execute(async (tx) => {
      const next: Outcome['next'] = [];
      for (const one of counted) next.push(await countOne(tx, one, now));
      return next;
    });
    return { isFree: true, next };
  } catch (error) {
    if (error instanceof MustWait) return { isFree: false, next: [error.waits] };
    throw error;
  }
}

async function countOne(tx: Tx, { key, pace }: Counted, now: number): Promise<Outcome['next'][number]> {
  const at = new Date(now).toISOString();
  const forgotten = new Date(now + pace.forget * 1000).toISOString();
  const wait = sql`case when guesses.points < ${pace.free} then 0
    else least(${pace.longest}, power(2, least(guesses.points - ${pace.free}, 20))) end`;
  // The time of the last guess is when it is forgotten, less how long that takes.
  const { rows } = await sql<{ points: number }>`
    insert into guesses (key, points, expires_at) values (${key}, 1, ${forgotten})
    on conflict (key) do update set
      points = case when guesses.expires_at <= ${at} then 1 else guesses.points + 1 end,
      expires_at = excluded.expires_at
    where guesses.expires_at <= ${at}
      or guesses.expires_at - make_interval(secs => ${pace.forget} - (${wait})) <= ${at}
    returning points`.execute(tx);
  const [row] = rows;
  if (row) return { key, until: now + waitAfter(row.points, pace) * 1000 };
  const found = await tx
    .selectFrom('guesses')
    .select(['points', 'expiresAt'])
    .where('key', '=', key)
    .executeTakeFirst();
  // Between the two statements another process may have taken the count away.
  if (!found) throw new MustWait({ key, until: now + 1000 });
  const last = Date.parse(found.expiresAt) - pace.forget * 1000;
  throw new MustWait({ key, until: last + waitAfter(found.points, pace) * 1000 });
}
