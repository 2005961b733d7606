/** The inputs of a target, in order: the same seed gives the same ones, so that any can be made again by its number. */
import fc from 'fast-check';
import { mutate, seeded, seedOf } from './mutate.ts';
import type { Target } from './target.ts';

/** Inputs are made by so many at a time: half from the grammar, half by mutation of seeds and of those. */
const CHUNK = 50;

/** Makes inputs of one target by their numbers. */
export async function inputsOf(target: Target, seed: number): Promise<(run: number) => unknown> {
  const seeds = await target.seeds();
  let made: unknown[] = [];
  let at = -1;
  return (run) => {
    const chunk = Math.floor(run / CHUNK);
    if (chunk !== at) {
      made = chunkOf(target, seeds, seedOf(seed, target.name, chunk));
      at = chunk;
    }
    return made[run % CHUNK];
  };
}

function chunkOf(target: Target, seeds: readonly unknown[], seed: number): unknown[] {
  const random = seeded(seed);
  const generated = fc.sample(target.generate, { seed, numRuns: CHUNK / 2 });
  const basis = [...seeds, ...generated];
  return Array.from({ length: CHUNK }, (_, at) => {
    if (at % 2 === 0) return generated[at / 2];
    // Most mutations begin with what a parser accepts: only those come past its first check.
    const start =
      seeds.length > 0 && random(4) > 0 ? seeds[random(seeds.length)] : basis[random(basis.length)];
    return mutate(random, start, basis, target.tokens, target.longest);
  });
}
