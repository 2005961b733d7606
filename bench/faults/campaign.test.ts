// The fault campaign in short: a few faults of each kind on either database. `npm run faults` has the numbers.
import { chmodSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeTemporaryDirectory } from '../../test/platform/embedded.ts';
import { randomNumbers } from '../report.ts';
import { damageBlobs } from './blob-damage.ts';
import { setClocks } from './clock.ts';
import { loseConnections } from './connections.ts';
import { cutPower } from './cuts.ts';
import { killWriters } from './kills.ts';
import { failuresOf, type Verdict } from './oracle.ts';
import type { Campaign, Engine, Outcome } from './outcome.ts';
import { takeResources } from './resources.ts';
import { breakUploads } from './uploads.ts';

const campaign = (engine: Engine, more: Partial<Campaign> = {}): Campaign => {
  const folder = makeTemporaryDirectory();
  chmodSync(folder, 0o755);
  return { engine, folder, random: randomNumbers(5), kills: 0, cuts: 0, short: true, say: () => {}, ...more };
};

/** Passed; or not run, with the reason, where the machine cannot do it. Never passed without having been run. */
const expectPassed = (...outcomes: Outcome[]) => {
  for (const { member, failures, notRun, faults, counts } of outcomes) {
    expect([member, failures]).toEqual([member, []]);
    if (notRun !== null) {
      expect(notRun).toMatch(/^(it needs Linux and root|file systems in files cannot|libfaketime is not)/);
      continue;
    }
    expect(faults).toBeGreaterThan(0);
    if ('of them lost' in counts) expect(counts).toMatchObject({ 'of them lost': 0, 'half-applied': 0 });
  }
};

test('a killed writer has lost nothing it acknowledged: PGlite', async () => {
  const outcome = await killWriters(campaign('pglite', { kills: 1 }));
  expectPassed(outcome);
  expect(outcome.counts['writes acknowledged']).toBeGreaterThan(0);
});

test('a killed writer has lost nothing it acknowledged: PostgreSQL', async () => {
  const outcome = await killWriters(campaign('postgresql', { kills: 4 }));
  expectPassed(outcome);
  expect(outcome.counts['at named places']).toBeGreaterThan(0);
});

test('a power cut takes nothing that was acknowledged', async () => {
  expectPassed(...(await cutPower(campaign('postgresql', { cuts: 2 }))));
});

test('a machine that refuses is told of in words of the catalogue', async () => {
  expectPassed(...(await takeResources(campaign('postgresql'))));
});

test('a lost connection leaves nothing in part', async () => {
  expectPassed(await loseConnections(campaign('postgresql')));
});

test('every damaged file is named, and none is handed out', async () => {
  expectPassed(await damageBlobs(campaign('postgresql')));
});

test('an upload that goes wrong leaves nothing', async () => {
  expectPassed(await breakUploads(campaign('postgresql')));
});

test('a wrong clock changes no order', async () => {
  expectPassed(await setClocks(campaign('postgresql')));
});

test('the oracle condemns each thing that must not be', () => {
  const sound: Verdict = {
    acknowledged: 2,
    lost: [],
    halfApplied: 0,
    findings: [],
    orphans: 3,
    unaccounted: 0,
    followed: 'grown',
    logSize: 5,
  };
  expect(failuresOf(sound)).toEqual([]);
  for (const wrong of [
    { lost: ['one'] },
    { halfApplied: 1 },
    { findings: ['log.root origin'] },
    { unaccounted: 1 },
    { followed: 'fork' },
  ]) {
    expect(failuresOf({ ...sound, ...wrong })).toHaveLength(1);
  }
});
