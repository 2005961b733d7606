// A short attack on every parser and on the API, and proof that the attack finds what it looks for.
import { expect, test } from 'vitest';
import { fuzzApi } from './fuzz/api.ts';
import { mutate, seeded } from './fuzz/mutate.ts';
import { fuzzParsers } from './fuzz/parsers.ts';

const PARSERS = new URL('./fuzz/targets.ts', import.meta.url).href;
const FAULTY = new URL('./fuzz/faulty-targets.ts', import.meta.url).href;

test('no parser is ended by what it is given', async () => {
  const { measured, failures } = await fuzzParsers({
    module: PARSERS,
    seed: 5,
    runs: 6000,
    hang: 60_000,
  });
  expect(failures).toEqual([]);
  expect(measured.length).toBeGreaterThan(100);
  // Inputs that are all refused, or all accepted, try little.
  const accepted = measured.reduce((sum, one) => sum + one.accepted, 0);
  const runs = measured.reduce((sum, one) => sum + one.runs, 0);
  expect(runs).toBeGreaterThanOrEqual(6000);
  expect(accepted / runs).toBeGreaterThan(0.2);
  expect(accepted / runs).toBeLessThan(0.95);
});

test('the API answers whatever it is asked', async () => {
  const { lines, failures } = await fuzzApi({ seed: 5, requests: 250 });
  expect(failures, lines.join('\n')).toEqual([]);
});

test('a parser that throws, hangs or keeps memory is found, and the others are tried all the same', async () => {
  const { measured, failures } = await fuzzParsers({
    module: FAULTY,
    seed: 1,
    runs: 500,
    hang: 1500,
  });
  const errors = (name: string) => failures.filter(({ target }) => target === name).map(({ error }) => error);
  expect(errors('throws')[0]).toBe('TypeError: a careless parser');
  expect(errors('hangs')[0]).toBe('it took more than 1.5 seconds');
  expect(errors('keeps')[0]).toMatch(/MB are held$/);
  expect(errors('refuses')).toEqual([]);
  expect(errors('accepts')).toEqual([]);
  expect(measured.map(({ target }) => target).sort()).toEqual([
    'accepts',
    'hangs',
    'keeps',
    'refuses',
    'throws',
  ]);
});

test('the same seed changes an input in the same way', () => {
  const input = new TextEncoder().encode('the same bytes, again and again');
  const changed = (seed: number) => mutate(seeded(seed), input, [input]);
  expect(changed(3)).toEqual(changed(3));
  expect(new Set(Array.from({ length: 20 }, (_, seed) => String(changed(seed)))).size).toBeGreaterThan(15);
});
