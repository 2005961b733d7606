/** `npm test`: runs every test, or those named by its arguments, and ends with the one line `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tally } from '../test/platform/tally.ts';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const directory = mkdtempSync(join(tmpdir(), 'constat-tally-'));
const file = join(directory, 'tally.json');

const reporters = ['--reporter=default', '--reporter=./test/platform/tally.ts'];
const run = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
  cwd: root,
  env: { ...process.env, CONSTAT_TALLY: file },
  stdio: ['ignore', 'inherit', 'inherit'],
});
// Ctrl-C reaches the tests by themselves; a polite kill of this process has to be passed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => run.kill('SIGTERM'));
const [code] = await once(run, 'exit');

const tally = readTally();
// The platform could not be prepared, or the run ended early: vitest knows of no test that failed, yet it failed.
if (code !== 0 && tally.failed + tally.broken === 0) tally.broken = 1;
rmSync(directory, { recursive: true, force: true });
// A name filter leaves tests out on purpose; nothing else may.
const filtered = args.some((arg) => /^(-t|--testNamePattern)/.test(arg));
const silent = filtered ? [] : tally.skipped;
const complaints = [
  ...silent.map((name) => `Not run: ${name}`),
  ...(tally.broken > 0 ? [`${tally.broken} failed outside a test: see above.`] : []),
  ...(tally.passed + tally.failed === 0 ? ['No test ran.'] : []),
];
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);

process.exitCode = code === 0 && tally.failed === 0 && complaints.length === 0 ? 0 : 1;
// Written last and to standard output, where whatever runs the tests looks for it.
process.stdout.write(`${tally.passed} passed, ${tally.failed + tally.broken + silent.length} failed\n`);

/** The counts the reporter left; none, when the run ended before it could write them. */
function readTally(): Tally {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: [], broken: 0 };
  }
}
