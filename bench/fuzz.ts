/**
 * `npm run fuzz`: attacks every parser and the API with generated and mutated input, and prints what was tried.
 * --seed N, --runs N (parser inputs altogether), --requests N, --only parsers|api, --target PREFIX, --replay FILE.
 * Exits 1 when something failed; each failing input of a parser is written to data/fuzz/ for --replay.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { deserialize } from 'node:v8';
import { fuzzParsers } from './fuzz/parsers.ts';
import { isDocumented } from './fuzz/target.ts';
import { machine, table } from './report.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '10000' },
    only: { type: 'string' },
    target: { type: 'string' },
    replay: { type: 'string' },
  },
});
const seed = Number(values.seed);
const module = new URL('./fuzz/targets.ts', import.meta.url).href;
const FOLDER = 'data/fuzz';

if (values.replay !== undefined) process.exit(await replay(values.replay));
let failed = 0;
console.log(`${machine()}, seed ${seed}`);
if (values.only !== 'api') failed += await parsers();
if (values.only !== 'parsers' && values.target === undefined) failed += await api();
process.exit(failed === 0 ? 0 : 1);

async function parsers(): Promise<number> {
  const { measured, failures } = await fuzzParsers({
    module,
    seed,
    runs: Number(values.runs),
    folder: FOLDER,
    ...(values.target !== undefined && { only: values.target }),
    onFailure: ({ target, run, error }) => process.stderr.write(`${target} ${run}: ${error}\n`),
    onTarget: ({ target, runs, ms }) =>
      process.stderr.write(`${target}: ${runs} in ${(ms / 1000).toFixed(1)} s\n`),
  });
  table(
    ['parser', 'inputs', 'accepted', 'inputs/s', 'slowest, ms', 'memory, MB'],
    measured.map(({ target, runs, accepted, ms, slowest, grown }) => [
      target,
      String(runs),
      `${((100 * accepted) / runs).toFixed(0)} %`,
      ms > 0 ? String(Math.round((1000 * runs) / ms)) : '–',
      slowest.toFixed(0),
      (grown / 2 ** 20).toFixed(0),
    ]),
  );
  const all = measured.reduce((sum, { runs }) => sum + runs, 0);
  console.log(`${all} inputs of ${measured.length} parsers, ${failures.length} failures`);
  const kinds = new Map<string, { count: number; stack: string; run: number }>();
  for (const { target, error, stack, run } of failures) {
    const kind = `${target}: ${error}`;
    const known = kinds.get(kind);
    if (known) known.count++;
    else kinds.set(kind, { count: 1, stack, run });
  }
  for (const [kind, { count, stack, run }] of kinds)
    console.log(`\n${count} × ${kind} (first at ${run})\n${stack.split('\n').slice(1, 6).join('\n')}`);
  return failures.length;
}

async function api(): Promise<number> {
  const { fuzzApi } = await import('./fuzz/api.ts');
  const { lines, failures } = await fuzzApi({
    seed,
    requests: Number(values.requests),
    onProgress: (done) => process.stderr.write(`${done} requests\n`),
    onFailure: (what) => process.stderr.write(`${what}\n`),
  });
  for (const line of lines) console.log(line);
  for (const failure of failures) console.log(`\n${failure}`);
  return failures.length;
}

/** Gives one input to its parser again, here, with the error as it comes. */
async function replay(file: string): Promise<number> {
  const { targets } = await import('./fuzz/targets.ts');
  const { target: name, input } = JSON.parse(readFileSync(file, 'utf8')) as { target: string; input: string };
  const target = targets.find((one) => one.name === name);
  if (!target) throw new Error(`There is no target ${name}.`);
  try {
    await target.run(deserialize(Buffer.from(input, 'base64')) as never);
  } catch (error) {
    console.log(error);
    return isDocumented(target, error) ? 0 : 1;
  }
  console.log('accepted');
  return 0;
}
