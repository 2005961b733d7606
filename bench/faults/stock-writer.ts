/**
 * The peer of the power cuts: PGlite as it is shipped. `write` inserts row after row and prints each when it is
 * acknowledged; `read` prints the rows that are there.
 */
import { execFileSync } from 'node:child_process';
import { PGlite } from '@electric-sql/pglite';

const [what, directory] = process.argv.slice(2) as ['write' | 'read', string];
const database = new PGlite(directory);
await database.waitReady;
if (what === 'read') {
  const { rows } = await database.query<{ n: number }>('select n from counted order by n');
  console.log(`rows ${rows.map(({ n }) => n).join(' ')}`);
  process.exit(0);
}
await database.exec('create table counted (n int primary key)');
await database.exec('checkpoint');
// In its favour: the table itself is on the disk before the first row.
execFileSync('sync', ['-f', directory]);
for (let n = 1; ; n++) {
  await database.query('insert into counted values ($1)', [n]);
  console.log(`kept ${n}`);
}
