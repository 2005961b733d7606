/**
 * The fault campaign: what a crash, a power cut, a full disk, damaged files, broken uploads, a wrong clock and a lost
 * database connection do to a store under load. After every fault an oracle (faults/oracle.ts) says whether anything
 * acknowledged is missing or half-applied. Exits 1 when anything is; what could not be run is said, never counted.
 * Run: npm run faults [-- --database both|pglite|postgresql --only kills,cuts,… --kills N --cuts N --seed S]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { damageBlobs } from './faults/blob-damage.ts';
import { setClocks } from './faults/clock.ts';
import { loseConnections } from './faults/connections.ts';
import { cutPower } from './faults/cuts.ts';
import { killWriters } from './faults/kills.ts';
import type { Campaign, Engine, Outcome } from './faults/outcome.ts';
import { takeResources } from './faults/resources.ts';
import { breakUploads } from './faults/uploads.ts';
import { machine, randomNumbers } from './report.ts';

/** Every member by the name `--only` knows it by. */
const MEMBERS: Record<string, (campaign: Campaign) => Promise<Outcome[]>> = {
  kills: async (campaign) => [await killWriters(campaign)],
  cuts: cutPower,
  resources: takeResources,
  damage: async (campaign) => [await damageBlobs(campaign)],
  uploads: async (campaign) => [await breakUploads(campaign)],
  clock: async (campaign) => [await setClocks(campaign)],
  connections: async (campaign) => [await loseConnections(campaign)],
};

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'both' },
    only: { type: 'string', default: Object.keys(MEMBERS).join(',') },
    // Minutes, not hours: the long run is these two numbers.
    kills: { type: 'string', default: '22' },
    cuts: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
const engines: Engine[] = values.database === 'both' ? ['pglite', 'postgresql'] : [values.database as Engine];
const only = values.only.split(',');
const [kills, cuts, seed] = [values.kills, values.cuts, values.seed].map(Number) as [number, number, number];
if (
  !engines.every((engine) => ['pglite', 'postgresql'].includes(engine)) ||
  !only.every((name) => name in MEMBERS) ||
  !(kills >= 0 && cuts >= 0 && Number.isInteger(seed))
) {
  throw new Error(
    `Usage: npm run faults -- --database both|pglite|postgresql --only ${Object.keys(MEMBERS).join(',')} --kills N --cuts N --seed S`,
  );
}

const outcomes: Outcome[] = [];
for (const name of only) {
  for (const engine of engines) {
    const folder = mkdtempSync(join(tmpdir(), 'constat-faults-'));
    const started = performance.now();
    const say = (line: string) =>
      process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)}  ${line}\n`);
    try {
      process.stderr.write(`== ${name}, ${engine}\n`);
      const made = await MEMBERS[name]!({
        engine,
        folder,
        random: randomNumbers(seed),
        kills,
        cuts,
        short: false,
        say,
      });
      outcomes.push(...made);
      for (const outcome of made) print(outcome);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
process.stdout.write(`\nseed ${seed} · ${machine()}\n`);
const failed = outcomes.filter(({ failures }) => failures.length > 0);
process.exitCode = failed.length > 0 ? 1 : 0;

function print({ member, engine, faults, failures, notRun, counts }: Outcome): void {
  process.stdout.write(
    `\n${member}, ${engine}: ${notRun ? `NOT RUN: ${notRun}` : failures.length > 0 ? 'FAILED' : 'passed'}\n`,
  );
  if (!notRun) process.stdout.write(`  ${'faults'.padEnd(44)}${faults}\n`);
  for (const [what, count] of Object.entries(counts)) process.stdout.write(`  ${what.padEnd(44)}${count}\n`);
  for (const failure of failures.slice(0, 50)) process.stdout.write(`  ! ${failure}\n`);
}
