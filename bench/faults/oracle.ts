/**
 * The oracle of the fault campaign: opens a store after a fault and says whether anything acknowledged is missing,
 * anything is half-applied, the log is what the database says and continues what was published, and every file belongs
 * to somebody.
 */
import { sql } from 'kysely';
import { followLog } from '../../src/log/follow.ts';
import { parseVerifierKey } from '../../src/log/note.ts';
import { examine } from '../../src/store/doctor.ts';
import type { Store } from '../../src/store/store.ts';

/** What was acknowledged before a fault: ids of rows, and the newest version of those that were edited. */
export interface Acknowledged {
  rows: Record<string, number>;
  /** The newest checkpoint anybody saw; null before the first. */
  checkpoint: string | null;
}

/** What the oracle saw. */
export interface Verdict {
  acknowledged: number;
  /** Acknowledged rows, or versions of them, that are not there. */
  lost: string[];
  /** Records without an entry, entries without a record, index rows without either, sources without their file. */
  halfApplied: number;
  /** What `constat doctor` finds: files, root, tiles, commitments, history. Orphans are not among them. */
  findings: string[];
  /** Files that no row names: left by a fault between file and commit, found and removed by the clean-up. */
  orphans: number;
  /** Files nobody names that are still there after the clean-up. */
  unaccounted: number;
  /** How the log follows the newest checkpoint seen before the fault. */
  followed: string;
  logSize: number;
}

const FOLLOWS = ['first', 'grown', 'unchanged'];

/** Whether a verdict is a failure, in words; empty when all is well. */
export function failuresOf(verdict: Verdict): string[] {
  const { lost, halfApplied, findings, unaccounted, followed } = verdict;
  return [
    ...lost.map((id) => `lost ${id}`),
    ...(halfApplied > 0 ? [`${halfApplied} half-applied`] : []),
    ...findings,
    ...(unaccounted > 0 ? [`${unaccounted} files nobody names`] : []),
    ...(FOLLOWS.includes(followed) ? [] : [`the log does not continue: ${followed}`]),
  ];
}

/** Examines an open store. What nobody names is cleared up on the way, as `constat doctor --repair` does. */
export async function judge(store: Store, before: Acknowledged): Promise<Verdict> {
  await store.log.flush();
  const versions = new Map<string, number>();
  for (const table of ['statements', 'sources'] as const) {
    for (const row of await store.read.selectFrom(table).select(['id', 'version']).execute()) {
      versions.set(row.id, row.version);
    }
  }
  const findings: string[] = [];
  let orphans = 0;
  for await (const { code, subject } of examine(store, { repair: true, orphanAge: 0 })) {
    if (LEFT_BEHIND.includes(code)) orphans++;
    else findings.push(`${code} ${subject}`);
  }
  let unaccounted = 0;
  const named = new Set(
    (await store.read.selectFrom('blobs').select('sha256').execute()).map((b) => b.sha256),
  );
  for await (const { sha256 } of store.blobs.list()) if (!named.has(sha256)) unaccounted++;
  for await (const _ of store.blobs.unfinished()) unaccounted++;
  return {
    acknowledged: Object.keys(before.rows).length,
    lost: Object.entries(before.rows)
      .filter(([id, version]) => (versions.get(id) ?? 0) < version)
      .map(([id]) => id),
    halfApplied: await countHalfApplied(store),
    findings,
    orphans,
    unaccounted,
    followed: await follow(store, before.checkpoint),
    logSize: store.log.status().size,
  };
}

const LEFT_BEHIND: string[] = ['blob.orphan', 'blob.unfinished'];

async function countHalfApplied(store: Store): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select id from statements s where not exists (select 1 from entries e where e.subject = s.id)
      union all select id from sources s where not exists (select 1 from entries e where e.subject = s.id)
      union all select subject from entries e where action = 'statement.create'
        and not exists (select 1 from statements s where s.id = e.subject)
      union all select subject from entries e where action = 'source.add'
        and not exists (select 1 from sources s where s.id = e.subject)
      union all select id from statements s
        where version <> (select count(*) from entries e where e.subject = s.id)
      union all select id from record_index i where not exists (select 1 from statements s where s.id = i.id)
      union all select id from statements s where not exists (select 1 from record_index i where i.id = s.id)
      union all select id from sources s where not exists (select 1 from blobs b where b.sha256 = s.original)
    ) half`.execute(store.read);
  return Number(rows[0]!.count);
}

async function follow(store: Store, seen: string | null): Promise<string> {
  const fetch = async (path: string) =>
    path === 'checkpoint'
      ? Buffer.from(await store.log.checkpoint())
      : ((await store.log.tile(path)) ?? undefined);
  const followed = await followLog(fetch, parseVerifierKey(store.log.status().vkey), seen ?? undefined);
  return followed.ok ? followed.change : followed.finding.code;
}
