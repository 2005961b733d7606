/**
 * What a machine may refuse under load: room on the disk, writing at all, the disk itself, and another open file. Constat
 * has to say so in the words of its catalogue, acknowledge nothing that is not kept, and go on, or start again, with all
 * that was acknowledged once the machine gives again.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDatabase, type RunningPostgres, startOwnPostgres } from '../../test/platform/postgres.ts';
import { judgeApart, NOTHING, startWriter, type WatchedWriter } from './child.ts';
import { type Disk, makeDisk, whyNoDisks } from './disks.ts';
import { type Campaign, type Outcome, Tally } from './outcome.ts';

const SECONDS = 6;

/** Takes the machine's resources away from one writer after another. */
export async function takeResources(campaign: Campaign): Promise<Outcome[]> {
  const { folder, engine } = campaign;
  chmodSync(folder, 0o755);
  const notRun = whyNoDisks(folder);
  const faults: [string, Fault][] = [
    ['disk full', fillDisk],
    ['disk fails', failDisk],
    ['read-only', makeReadOnly],
    ['too many open files', closeFiles],
  ];
  const outcomes: Outcome[] = [];
  for (const [member, fault] of campaign.short ? faults.slice(0, 1) : faults) {
    if (notRun) outcomes.push({ member, engine, faults: 1, failures: [], notRun, counts: {} });
    else outcomes.push(await runFault(campaign, member, fault));
  }
  return outcomes;
}

/** Does something to the disk or the process under a writer; returns how to put it right again. */
type Fault = (disk: Disk, writer: WatchedWriter) => Promise<() => Disk>;

async function runFault({ engine, folder, say }: Campaign, member: string, fault: Fault): Promise<Outcome> {
  const tally = new Tally();
  let disk = makeDisk(folder, 'disk', '1G');
  const keptIn = join(disk.path, 'postgres');
  let server: RunningPostgres | null = null;
  let writer: WatchedWriter | null = null;
  const refusals: Record<string, number | string> = {};
  try {
    if (engine === 'postgresql') {
      mkdirSync(keptIn);
      server = await startOwnPostgres({ keptIn });
    }
    const databaseUrl = server ? await createDatabase(server.url) : undefined;
    const settings = { directory: join(disk.path, 'data'), databaseUrl };
    disk.sync();
    writer = startWriter({ settings, writeOnly: true }, NOTHING);
    await writer.writing;
    await pause(1000);
    const mend = await fault(disk, writer);
    writer.child.kill('SIGKILL');
    await writer.ended;
    const acknowledged = writer.acknowledged;
    for (const [code, count] of Object.entries(writer.refusals)) {
      refusals[`refused: ${code}`] = count;
      if (!code.startsWith('store.')) tally.failures.push(`refused with ${code}`);
    }
    const fatal = writer.fatal();
    if (fatal !== null) refusals['the process ended, saying'] = fatal;
    if (fatal === null && Object.keys(writer.refusals).length === 0)
      tally.failures.push('nothing was refused');
    // The server has met the fault too; it recovers when it starts again.
    if (server) await endServer(server);
    server = null;
    disk = mend();
    if (engine === 'postgresql') server = await startOwnPostgres({ keptIn });
    if (server && databaseUrl)
      settings.databaseUrl = server.url.replace(/[^/]*$/, new URL(databaseUrl).pathname.slice(1));
    const { verdict, openedInMs } = await judgeApart(settings, acknowledged);
    tally.add('afterwards', verdict, openedInMs, true);
    say(`${member}: ${verdict.acknowledged} acknowledged, ${verdict.lost.length} lost`);
  } catch (error) {
    tally.failures.push((error as Error).message);
  } finally {
    writer?.child.kill('SIGKILL');
    await writer?.ended;
    if (server) await endServer(server);
    disk.remove();
  }
  return {
    member,
    engine,
    faults: 1,
    failures: tally.failures,
    notRun: null,
    counts: { ...refusals, ...tally.counts() },
  };
}

async function endServer(server: RunningPostgres): Promise<void> {
  try {
    process.kill(server.pid!, 'SIGQUIT');
  } catch {
    // It has given up by itself.
  }
  await server.stop();
}

/** Fills the disk to the last block, beside the writer. */
async function fillDisk(disk: Disk, writer: WatchedWriter): Promise<() => Disk> {
  const ballast = join(disk.path, 'ballast');
  for (let tries = 0; tries < SECONDS * 4 && writer.child.exitCode === null; tries++) {
    const { bavail, bsize } = statfsSync(disk.path);
    try {
      // Each time what is left but a little, so that the last block is a writer's.
      if (bavail > 16)
        execFileSync('fallocate', ['-l', String((bavail - 8) * bsize), `${ballast}-${tries}`], {
          stdio: 'pipe',
        });
    } catch {
      // A writer was faster.
    }
    await pause(250);
  }
  return () => {
    for (const name of readdirSync(disk.path)) {
      if (name.startsWith('ballast')) rmSync(join(disk.path, name));
    }
    return disk;
  };
}

/** Everything on the disk becomes an I/O error. */
async function failDisk(disk: Disk): Promise<() => Disk> {
  disk.fail('shutdown');
  await pause(SECONDS * 1000);
  return () => disk.again();
}

/** The file system becomes read-only. */
async function makeReadOnly(disk: Disk): Promise<() => Disk> {
  disk.fail('abort');
  await pause(SECONDS * 1000);
  return () => disk.again();
}

/** The process may open no further file, for a while; then it may again, and has to go on. */
async function closeFiles(disk: Disk, writer: WatchedWriter): Promise<() => Disk> {
  const pid = writer.child.pid!;
  const open = readdirSync(`/proc/${pid}/fd`).length;
  const limit = (files: number) =>
    execFileSync('prlimit', ['--pid', String(pid), `--nofile=${files}:`], { stdio: 'pipe' });
  limit(open - 1);
  await pause(SECONDS * 1000);
  limit(1024);
  const before = Object.keys(writer.acknowledged.rows).length;
  for (let tries = 0; tries < 200 && writer.child.exitCode === null; tries++) {
    if (Object.keys(writer.acknowledged.rows).length > before) return () => disk;
    await pause(100);
  }
  if (writer.child.exitCode === null)
    throw new Error('nothing was acknowledged after files could be opened again');
  return () => disk;
}
