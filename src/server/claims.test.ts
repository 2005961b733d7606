// A sentence held against the figures of the example: what agrees, what does not, and what has nothing to do with it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestStore } from '../../test/platform/embedded.ts';
import { openIntake } from '../intake/intake.ts';
import type { Figure } from '../record/figure.ts';
import type { Store } from '../store/store.ts';
import { claims } from './claims.ts';
import type { Services } from './endpoint.ts';
import { makeExample } from './example/example.ts';

let store: Store;
let dossier: string;

beforeAll(async () => {
  store = await (await createTestStore('PGlite')).open();
  const intake = openIntake(store);
  const limits = { body: 1_000_000, requestsPerMinute: 1000 };
  const services: Services = { store, intake, logError: () => {}, strictAnswers: true, limits };
  dossier = (await makeExample(services)).id;
  afterAll(() => intake.close());
});

/** The verdicts on a sentence, by the amount of the figure. */
async function verdicts(text: string): Promise<[string, string, boolean][]> {
  const endpoint = claims['POST /dossiers/:dossier/claims'];
  const call = { store, params: { dossier }, body: { text } } as Parameters<typeof endpoint.handle>[0];
  const answer = (await endpoint.handle(call)) as {
    figures: { figure: Figure; verdict: string; sure: boolean; working: unknown[] }[];
  };
  expect(answer.figures.every(({ working }) => working.length > 0)).toBe(true);
  return answer.figures.map(({ figure, verdict, sure }) => [
    String(figure.value ?? `${figure.low}–${figure.high}`),
    verdict,
    sure,
  ]);
}

test('the two counts of one town answer a sentence differently, and both are told', async () => {
  const found = await verdicts('More than 1,000 migrants are living around Calais.');
  expect(found).toContainEqual(['1500–2000', 'supports', true]);
  expect(found).toContainEqual(['500', 'refutes', true]);
});

test('in French as well', async () => {
  const found = await verdicts('Il y a eu moins de 9 000 tentatives en 2020.');
  expect(found.map(([value, verdict]) => [value, verdict])).toContainEqual(['9551', 'refutes']);
});

test('a sentence without a number, or about something else, gets no verdict', async () => {
  expect(await verdicts('The minister was on the radio.')).toEqual([]);
  expect(await verdicts('Thirty bakeries were closed in Lyon.')).toEqual([]);
});
