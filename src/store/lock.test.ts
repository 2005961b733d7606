// One owner: other processes are refused by name, locks of the dead are taken over, and never by two at once.
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEmbedded, makeTemporaryDirectory } from '../../test/platform/embedded.ts';
import { nextLine, runProgram } from '../../test/platform/process.ts';
import { openDatabase } from './database.ts';
import { takeLock } from './lock.ts';

const modules = {
  database: join(import.meta.dirname, 'database.ts'),
  lock: join(import.meta.dirname, 'lock.ts'),
};

/** Takes the lock and says so, or says why not; then waits to be ended. */
const taking = (path: string) => `
  try { await lock.takeLock(${JSON.stringify(path)}); console.log('taken'); }
  catch (error) { console.log(error.message); }
  setInterval(() => {}, 1000);`;

test('a second process on one data directory is refused with a sentence that names the first', async () => {
  const directory = await createEmbedded();
  const database = await openDatabase({ directory });
  try {
    const program = runProgram(
      modules,
      `await database.openDatabase({ directory: ${JSON.stringify(directory)} }).catch((error) => console.log(error.message));`,
    );
    const line = await nextLine(program);
    expect(line).toContain(`process ${process.pid}`);
    expect(line).toContain(directory);
    // In this process it is refused too, and the refusal does not take the lock away.
    await expect(openDatabase({ directory })).rejects.toMatchObject({ code: 'store.locked' });
    await expect(openDatabase({ directory })).rejects.toMatchObject({ code: 'store.locked' });
  } finally {
    await database.close();
  }
  const again = await openDatabase({ directory });
  await again.close();
});

test('the lock of a process that was killed is taken over', async () => {
  const path = join(makeTemporaryDirectory(), 'owner.lock');
  const { child, ...program } = runProgram(modules, taking(path));
  expect(await nextLine({ child, ...program })).toBe('taken');
  await expect(takeLock(path)).rejects.toMatchObject({ code: 'store.locked', details: { pid: child.pid } });
  child.kill('SIGKILL');
  await program.ended;
  expect(existsSync(path)).toBe(true);
  const release = await takeLock(path);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
  release();
  expect(existsSync(path)).toBe(false);
});

test('of several that find the same dead lock, one takes it', async () => {
  const path = join(makeTemporaryDirectory(), 'owner.lock');
  const release = await takeLock(path);
  const dead = { ...JSON.parse(readFileSync(path, 'utf8')), pid: 2 ** 22 + 1 };
  release();
  writeFileSync(path, JSON.stringify(dead));
  const lines = await Promise.all([1, 2, 3, 4].map(() => nextLine(runProgram(modules, taking(path)))));
  expect(lines.filter((line) => line === 'taken')).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith('Another Constat (process'))).toHaveLength(3);
});

test('a process id that was given out again does not keep the lock', async () => {
  const path = join(makeTemporaryDirectory(), 'owner.lock');
  const release = await takeLock(path);
  const mine = JSON.parse(readFileSync(path, 'utf8'));
  release();
  // This process's id, as in a container that starts again and again with process 1.
  writeFileSync(path, JSON.stringify({ ...mine, token: 'of the process before' }));
  (await takeLock(path))();
  if (mine.started !== null) {
    // Another living process, which has started at another time.
    writeFileSync(path, JSON.stringify({ ...mine, pid: process.ppid, started: '1' }));
    (await takeLock(path))();
  }
  // What nobody can read belongs to nobody: a lock appears with its content.
  writeFileSync(path, '{"pid":');
  (await takeLock(path))();
});

test('an owner elsewhere keeps its lock as long as it gives a sign of life', async () => {
  const path = join(makeTemporaryDirectory(), 'owner.lock');
  const elsewhere = { pid: 1, started: '1', host: 'another', space: 'another boot', token: 'another' };
  writeFileSync(path, JSON.stringify(elsewhere));
  const touching = setInterval(() => utimesSync(path, new Date(), new Date()), 20);
  await expect(takeLock(path, 2000)).rejects.toMatchObject({ code: 'store.locked', details: { pid: 1 } });
  clearInterval(touching);
  (await takeLock(path, 200))();
});
