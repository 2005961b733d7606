/**
 * Simulated power cuts: database, files, log and lock lie on an ext4 of their own, of which copies of one instant are
 * made while writers are at work. Each copy is then mounted, recovered, opened and judged. Beside the embedded database
 * of Constat, PGlite as shipped goes through the same cuts.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { createDatabase, type RunningPostgres, startOwnPostgres } from '../../test/platform/postgres.ts';
import { judgeApart, NOTHING, startWriter } from './child.ts';
import { type Disk, makeDisk, makeReflinkHost, mountDisk, type ReflinkHost, whyNoDisks } from './disks.ts';
import type { Acknowledged } from './oracle.ts';
import { type Campaign, type Engine, type Outcome, Tally } from './outcome.ts';

/** Cuts of one writer's disk, before the next begins with a new one. */
const SERIES = 20;
const LONGEST_BETWEEN_MS = 600;

/** Cuts the power under writers of one database and has each copy judged. */
export async function cutPower({ engine, folder, random, cuts, say }: Campaign): Promise<Outcome[]> {
  // The server's own user has to get through to its directory.
  chmodSync(folder, 0o755);
  const notRun = whyNoDisks(folder);
  const tally = new Tally();
  const stock = new StockTally();
  if (notRun === null) {
    const host = makeReflinkHost(folder);
    try {
      for (let done = 0; done < cuts; done += SERIES) {
        const count = Math.min(SERIES, cuts - done);
        await runSeries({ engine, host, random, say, count, first: done, tally, stock });
      }
    } finally {
      host.remove();
    }
  }
  const common = { engine, faults: cuts, notRun };
  const ours = { member: 'power cut', ...common, failures: tally.failures, counts: tally.counts() };
  if (engine !== 'pglite') return [ours];
  // What the peer loses is a finding about the peer, not a failure of this campaign.
  const peer = { ...common, faults: stock.cuts, failures: [], counts: stock.counts() };
  return [ours, { member: 'power cut, PGlite as shipped', ...peer }];
}

interface Series {
  engine: Engine;
  host: ReflinkHost;
  random: () => number;
  say: (line: string) => void;
  count: number;
  first: number;
  tally: Tally;
  stock: StockTally;
}

interface Cut {
  image: string;
  acknowledged: Acknowledged;
  stock: { image: string; kept: number } | null;
}

async function runSeries(series: Series): Promise<void> {
  const { host, engine, count, first, tally, stock, say } = series;
  const disk = makeDisk(host.path, 'disk', '4G');
  // One series says what the peer loses.
  const stockDisk = engine === 'pglite' && first === 0 ? makeDisk(host.path, 'stock', '4G') : null;
  let made: { cuts: Cut[]; database: string | null };
  try {
    made = await writeAndCut(series, disk, stockDisk);
  } finally {
    disk.remove();
    stockDisk?.remove();
  }
  for (const [at, cut] of made.cuts.entries()) {
    const copy = mountDisk(cut.image, join(host.path, 'copy'));
    const isLast = at === count - 1;
    let server: RunningPostgres | null = null;
    try {
      if (made.database) server = await startOwnPostgres({ keptIn: join(copy.path, 'postgres') });
      const databaseUrl = server ? named(server.url, made.database!) : undefined;
      const settings = { directory: join(copy.path, 'data'), databaseUrl };
      const { verdict, openedInMs } = await judgeApart(settings, cut.acknowledged);
      tally.add(`cut ${first + at}`, verdict, openedInMs, isLast);
      say(`cut ${first + at}: ${verdict.acknowledged} acknowledged, ${verdict.lost.length} lost`);
    } catch (error) {
      tally.failures.push(`cut ${first + at}: ${(error as Error).message}`);
    } finally {
      await server?.stop();
      copy.remove();
    }
    if (cut.stock) {
      const stockCopy = mountDisk(cut.stock.image, join(host.path, 'copy'));
      const lost = await stockLoses(join(stockCopy.path, 'database'), cut.stock.kept);
      stock.add(cut.stock.kept, lost);
      say(`   as shipped: ${cut.stock.kept} acknowledged, ${lost ?? 'all'} lost`);
      stockCopy.remove();
    }
  }
}

async function writeAndCut(
  { engine, host, random, count }: Series,
  disk: Disk,
  stockDisk: Disk | null,
): Promise<{ cuts: Cut[]; database: string | null }> {
  const postgres = join(disk.path, 'postgres');
  if (engine === 'postgresql') mkdirSync(postgres);
  const server = engine === 'postgresql' ? await startOwnPostgres({ keptIn: postgres }) : null;
  // The server's password is a file of this campaign's; the server looks after its own.
  disk.sync();
  const databaseUrl = server ? await createDatabase(server.url) : undefined;
  const settings = { directory: join(disk.path, 'data'), databaseUrl };
  const writer = startWriter({ settings, writeOnly: true }, NOTHING);
  const peer = stockDisk ? await startStock(join(stockDisk.path, 'database')) : null;
  const cuts: Cut[] = [];
  try {
    await writer.writing;
    for (let at = 0; at < count; at++) {
      await pause(random() * LONGEST_BETWEEN_MS);
      // All that this process has read of acknowledgements was given before the copy begins.
      const acknowledged = structuredClone(writer.acknowledged);
      const image = host.cut(disk, `cut-${at}`);
      const kept = peer?.kept() ?? 0;
      const stock = stockDisk ? { image: host.cut(stockDisk, `stock-cut-${at}`), kept } : null;
      cuts.push({ image, acknowledged, stock });
    }
  } finally {
    writer.child.kill('SIGKILL');
    await writer.ended;
    await peer?.end();
    await server?.stop();
  }
  return { cuts, database: databaseUrl ? new URL(databaseUrl).pathname.slice(1) : null };
}

/** The address of a database on a server. */
function named(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

function stockProgram(what: 'write' | 'read', directory: string) {
  const program = join(import.meta.dirname, 'stock-writer.ts');
  return spawn(process.execPath, ['--import', 'tsx', program, what, directory], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

async function startStock(directory: string): Promise<{ kept: () => number; end: () => Promise<void> }> {
  const child = stockProgram('write', directory);
  const exited = once(child, 'exit');
  let kept = 0;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    kept = Number(line.split(' ')[1]);
  });
  await once(lines, 'line');
  const end = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return { kept: () => kept, end };
}

/** How many of the rows 1 … `kept` are not there; null when the database cannot be opened or its table is gone. */
async function stockLoses(directory: string, kept: number): Promise<number | null> {
  const child = stockProgram('read', directory);
  const patience = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const exited = once(child, 'exit');
  let there: Set<number> | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('rows')) there = new Set(line.split(' ').slice(1).map(Number));
  }
  await exited;
  clearTimeout(patience);
  if (there === null) return null;
  let lost = 0;
  for (let n = 1; n <= kept; n++) if (!there.has(n)) lost++;
  return lost;
}

class StockTally {
  #kept: number[] = [];
  #lost: (number | null)[] = [];

  get cuts(): number {
    return this.#kept.length;
  }

  add(kept: number, lost: number | null): void {
    this.#kept.push(kept);
    this.#lost.push(lost);
  }

  counts(): Outcome['counts'] {
    const lost = this.#lost.filter((count) => count !== null);
    return {
      'copies with every acknowledged row': lost.filter((count) => count === 0).length,
      'copies that lack acknowledged rows': lost.filter((count) => count > 0).length,
      'most rows lost in one copy': Math.max(0, ...lost),
      'copies that do not open, or have no table': this.#lost.length - lost.length,
      'rows acknowledged, at the last cut': this.#kept.at(-1) ?? 0,
    };
  }
}
