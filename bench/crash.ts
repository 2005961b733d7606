/**
 * Kills Constat (or the PostgreSQL under it) at random moments under load, and checks after each kill that nothing
 * acknowledged is lost, nothing is half-applied, and the log continues what it had published.
 * Run: npx tsx bench/crash.ts [--database pglite|postgresql] [--kills 50] [--kill process|server]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { query, startOwnPostgres } from '../test/platform/postgres.ts';
import type { CrashCheck } from './crash-writer.ts';
import { machine, percentile } from './report.ts';

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'pglite' },
    kills: { type: 'string', default: '50' },
    kill: { type: 'string', default: 'process' },
  },
});
const kills = Number(values.kills);
const killsServer = values.kill === 'server';
if (!['pglite', 'postgresql'].includes(values.database) || !(kills > 0)) {
  throw new Error('Usage: crash.ts [--database pglite|postgresql] [--kills 50] [--kill process|server]');
}

const directory = mkdtempSync(join(tmpdir(), 'constat-crash-'));
const acknowledgedFile = join(directory, 'acknowledged');
const seenFile = join(directory, 'seen');
for (const file of [acknowledgedFile, seenFile]) writeFileSync(file, '');
const server = values.database === 'postgresql' ? await startOwnPostgres() : null;
if (killsServer && server?.pid == null) throw new Error('--kill server needs --database postgresql.');
const settings = { directory: join(directory, 'data'), databaseUrl: server?.url };

const checks: CrashCheck[] = [];
try {
  // The last round only checks what the kill before it left.
  for (let round = 0; round <= kills; round++) {
    const check = await killOnce(round === kills);
    checks.push(check);
    process.stderr.write(
      `${String(round).padStart(3)}  kept ${check.acknowledged}  lost ${check.lost.length}  half ${check.halfApplied}  ` +
        `log ${check.logSize} ${check.followed}  findings ${check.findings.length}  open ${check.openedInMs} ms\n`,
    );
    for (const finding of check.findings) process.stderr.write(`     ${finding}\n`);
  }
  report();
} finally {
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
}

/** Starts the writer, lets it check, write for a random while, and kills it. */
async function killOnce(isLast: boolean): Promise<CrashCheck> {
  const program = join(import.meta.dirname, 'crash-writer.ts');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', program, JSON.stringify(settings), acknowledgedFile, seenFile],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  let check: CrashCheck | null = null;
  let plan: Promise<void> | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, rest] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
    if (word === 'kept') {
      appendFileSync(acknowledgedFile, `${rest}\n`);
      // From the first acknowledgement on, so that every kill meets writers at work.
      plan ??= strike(child, Math.random() * 1500);
    } else if (word === 'signed') {
      writeFileSync(seenFile, Buffer.from(rest, 'base64'));
    } else if (word === 'check') {
      check = JSON.parse(rest) as CrashCheck;
      if (isLast) child.kill('SIGKILL');
    }
  }
  await ended;
  await plan;
  if (check === null) throw new Error('the store could not be opened after the kill');
  return check;
}

async function strike(child: ChildProcess, after: number): Promise<void> {
  await pause(after);
  if (killsServer && server) {
    // Killing one backend makes PostgreSQL throw all memory away and recover from its log, as after a crash.
    const [backend] = await query(
      server.url,
      'select pid from pg_stat_activity where pid <> pg_backend_pid() and client_port is not null order by random() limit 1',
    );
    if (backend) process.kill(Number(backend.pid), 'SIGKILL');
    await pause(1500);
  }
  child.kill('SIGKILL');
}

function report(): void {
  const last = checks.at(-1)!;
  // The first opening makes the database; the others recover it.
  const opened = checks.slice(1).map((check) => check.openedInMs);
  const lines: [string, string | number][] = [
    ['database', values.database],
    ['killed', killsServer ? 'a PostgreSQL backend, then the process' : 'the process (SIGKILL)'],
    ['kills', kills],
    ['clients', 8],
    ['writes acknowledged', last.acknowledged],
    ['of them lost', checks.reduce((sum, check) => sum + check.lost.length, 0)],
    ['half-applied', checks.reduce((sum, check) => sum + check.halfApplied, 0)],
    ['log differs from database', checks.filter((check) => check.findings.length > 0).length],
    [
      'checkpoint not continued',
      checks.filter((check) => !['first', 'grown', 'unchanged'].includes(check.followed)).length,
    ],
    ['entries in the log', last.logSize],
    ['reopening, median', `${percentile(opened, 50)} ms`],
    ['reopening, slowest', `${percentile(opened, 100)} ms`],
    ['machine', machine()],
  ];
  for (const [name, value] of lines) process.stdout.write(`${name.padEnd(28)}${value}\n`);
  const failed = checks.some(
    (check) =>
      check.lost.length + check.halfApplied + check.findings.length > 0 ||
      !['first', 'grown', 'unchanged'].includes(check.followed),
  );
  process.exitCode = failed || readFileSync(acknowledgedFile, 'utf8') === '' ? 1 : 0;
}
