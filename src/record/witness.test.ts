// Consents run from day to day; a pseudonym only counts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Consent, consentEnds, consentOn, isRunningOut, nextWitnessNumber } from './witness.ts';

const consent = (change: Partial<Consent> = {}): Consent => ({
  purpose: 'publish',
  givenOn: '2026-01-10',
  until: null,
  withdrawnOn: null,
  how: null,
  ...change,
});
const on = (day: string, ...consents: Consent[]) => consentOn(consents, 'publish', day);

test('a consent is in force from the day it was given to the last day it names', () => {
  const one = consent({ until: '2026-03-01' });
  expect(['2026-01-09', '2026-01-10', '2026-03-01', '2026-03-02'].map((day) => on(day, one))).toEqual([
    'later',
    'given',
    'given',
    'ended',
  ]);
  expect(on('2026-12-31', consent({ until: '2026' }))).toBe('given');
  expect(on('2027-01-01', consent({ until: '2026' }))).toBe('ended');
});

test('one that was taken back is so from the first day its date allows', () => {
  expect(on('2026-05-31', consent({ withdrawnOn: '2026-06' }))).toBe('given');
  expect(on('2026-06-01', consent({ withdrawnOn: '2026-06' }))).toBe('withdrawn');
  // A date that names no day takes it back at once.
  expect(on('2020-01-01', consent({ withdrawnOn: '../2026' }))).toBe('withdrawn');
});

test('nobody who was never asked agrees, and another purpose is another question', () => {
  expect(on('2026-02-01')).toBe('none');
  expect(on('2026-02-01', consent({ purpose: 'share-with-court' }))).toBe('none');
});

test('who agrees again after taking it back agrees; what came last says how it stands otherwise', () => {
  const taken = consent({ withdrawnOn: '2026-02-01' });
  expect(on('2026-06-01', taken, consent({ givenOn: '2026-05-01' }))).toBe('given');
  expect(on('2026-06-01', consent({ givenOn: '2025-01-01', until: '2025-06-01' }), taken)).toBe('withdrawn');
});

test('what ends within sixty days runs out', () => {
  const one = consent({ until: '2026-09' });
  expect(consentEnds([one], 'publish', '2026-08-02')).toBe('2026-09-30');
  expect(isRunningOut([one], 'publish', '2026-08-02')).toBe(true);
  expect(isRunningOut([one], 'publish', '2026-07-31')).toBe(false);
  expect(isRunningOut([one], 'publish', '2026-10-01')).toBe(false);
  expect(consentEnds([one, consent()], 'publish', '2026-08-02')).toBeNull();
  expect(consentEnds([consent({ withdrawnOn: '2026-09-10' })], 'publish', '2026-08-02')).toBe('2026-09-09');
});

test('once taken back or ended, no later day brings a consent again', () => {
  const day = fc
    .integer({ min: 0, max: 4000 })
    .map((n) => new Date(n * 86_400_000 + 1.4e12).toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, fc.option(day), fc.option(day), day, day, (givenOn, until, withdrawnOn, one, other) => {
      const [early, late] = one < other ? [one, other] : [other, one];
      const state = on(early, consent({ givenOn, until, withdrawnOn }));
      if (state === 'withdrawn' || state === 'ended')
        expect(on(late, consent({ givenOn, until, withdrawnOn }))).not.toBe('given');
    }),
  );
});

test('the next pseudonym counts past every one that was used', () => {
  expect(nextWitnessNumber([])).toBe(1);
  expect(nextWitnessNumber(['Witness 2', 'Témoin 11', 'the woman by the road'])).toBe(12);
});
