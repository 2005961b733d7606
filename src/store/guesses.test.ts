// Guesses on both databases: how waiting grows, that many at once count as many, that a restart forgets nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { type Counted, openGuesses, type Pace, waitAfter } from './guesses.ts';

const PACE: Pace = { free: 3, longest: 60, forget: 3600 };
const NOON = Date.parse('2026-01-01T12:00:00Z');

describe('the waiting', () => {
  test('is nothing, then doubles, then stays', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1_000_000].map((n) => waitAfter(n, PACE))).toEqual([
      ...[0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60],
    ]);
  });

  test('never falls and is never without end, whatever the pace', () => {
    const pace = fc.record({ free: fc.nat(1000), longest: fc.integer({ min: 1, max: 3600 }) });
    fc.assert(
      fc.property(pace, fc.nat(100_000), (of, guesses) => {
        const wait = (n: number) => waitAfter(n, { ...of, forget: 7200 });
        expect(wait(guesses + 1)).toBeGreaterThanOrEqual(wait(guesses));
        expect(wait(guesses)).toBeLessThanOrEqual(of.longest);
      }),
    );
  });
});

forEachDatabase((create) => {
  const name = (key: string): Counted => ({ key, pace: PACE });

  test('a guesser who never rests gets as many through as the waiting allows', async () => {
    const store = await (await create()).open();
    const guesses = openGuesses(store);
    let through = 0;
    const times: number[] = [];
    // Ten guesses a second for ten minutes.
    for (let tenth = 0; tenth < 6000; tenth++) {
      if ((await guesses.spend([name('steady')], NOON + tenth * 100)) === 0) {
        through++;
        times.push(tenth);
      }
    }
    // Three free, then after 1, 2, 4, 8, 16, 32 seconds, then one a minute.
    expect(through).toBe(3 + 6 + Math.floor((600 - 63) / 60));
    expect(times.slice(0, 7)).toEqual([0, 1, 2, 12, 32, 72, 152]);
  });

  test('many at once count as many, through several processes too', async () => {
    const store = await (await create()).open();
    const processes = [openGuesses(store), openGuesses(store), openGuesses(store)];
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => processes[n % 3]!.spend([name('flood')], NOON)),
    );
    expect(answers.filter((seconds) => seconds === 0)).toHaveLength(3);
    expect(answers.filter((seconds) => seconds === 1)).toHaveLength(57);
  });

  test('a flood at the moment when a wait is over is one question to the database', async () => {
    const store = await (await create()).open();
    let asked = 0;
    const counting = new Proxy(store.read, {
      get: (read, property) => {
        if (property === 'transaction') asked++;
        const value = Reflect.get(read, property, read);
        return typeof value === 'function' ? value.bind(read) : value;
      },
    });
    const guesses = openGuesses({ read: counting });
    for (let n = 0; n < 4; n++) await guesses.spend([name('house'), name(`first ${n}`)], NOON);
    asked = 0;
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => guesses.spend([name('house'), name(`then ${n}`)], NOON + 1000)),
    );
    expect(answers.filter((seconds) => seconds === 0)).toHaveLength(1);
    expect(asked).toBe(1);
  });

  test('a restart gives nobody fresh ones', async () => {
    const store = await (await create()).open();
    const before = openGuesses(store);
    for (let n = 0; n < 3; n++) expect(await before.spend([name('kept')], NOON)).toBe(0);
    expect(await openGuesses(store).spend([name('kept')], NOON)).toBe(1);
  });

  test('what has to wait in one place is counted in none', async () => {
    const store = await (await create()).open();
    const guesses = openGuesses(store);
    for (let n = 0; n < 3; n++) await guesses.spend([name('full')], NOON);
    for (let n = 0; n < 10; n++) expect(await guesses.spend([name('empty'), name('full')], NOON)).toBe(1);
    for (let n = 0; n < 3; n++) expect(await guesses.spend([name('empty')], NOON)).toBe(0);
  });

  test('are forgotten after a while without one, and a right one is taken back', async () => {
    const store = await (await create()).open();
    const guesses = openGuesses(store);
    for (let n = 0; n < 3; n++) await guesses.spend([name('old')], NOON);
    expect(await guesses.spend([name('old')], NOON)).toBe(1);
    const later = NOON + (PACE.forget + 1) * 1000;
    for (let n = 0; n < 3; n++) expect(await guesses.spend([name('old')], later)).toBe(0);
    await guesses.refund('old', false);
    expect(await guesses.spend([name('old')], later)).toBe(0);
    expect(await guesses.spend([name('old')], later)).toBe(1);
    await guesses.refund('old', true);
    expect(await guesses.spend([name('old')], later)).toBe(0);
  });
});
