/** `npm run bench`: every benchmark one after the other, as docs/performance.md has them. Takes half an hour. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../bench');
const wanted = process.argv.slice(2);
// What others import has no command line of its own; faults and fuzzing have their own commands, and attacks are asked for by name.
const PARTS = ['report.ts', 'faults.ts', 'fuzz.ts', 'fuzz.test.ts'];
const LONG = ['sign-in-attack.ts'];

let failed = false;
for (const name of readdirSync(folder).sort()) {
  if (!name.endsWith('.ts') || PARTS.includes(name)) continue;
  if (wanted.length === 0 && LONG.includes(name)) continue;
  if (wanted.length > 0 && !wanted.includes(name.replace('.ts', ''))) continue;
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(folder, name)], {
    stdio: 'inherit',
  });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
