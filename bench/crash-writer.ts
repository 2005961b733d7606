/** The program that bench/crash.ts kills: checks the store it finds, then writes with eight clients until it ends. */
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { followLog } from '../src/log/follow.ts';
import { parseVerifierKey } from '../src/log/note.ts';
import { examine } from '../src/store/doctor.ts';
import { createDossier } from '../src/store/dossiers.ts';
import { createRecord } from '../src/store/records.ts';
import { openStore, type StoreSettings } from '../src/store/store.ts';
import { SYSTEM_ACCOUNT } from '../src/store/write.ts';

/** What a check after a kill found. */
export interface CrashCheck {
  acknowledged: number;
  /** Acknowledged records that are not there. */
  lost: string[];
  rows: number;
  /** Records without an entry, entries without a record, index rows without either. */
  halfApplied: number;
  /** What `constat doctor` finds: root, tiles, commitments, history. */
  findings: string[];
  /** How the log follows the newest checkpoint seen before the kill. */
  followed: string;
  logSize: number;
  /** From the start of opening to a store that answers. */
  openedInMs: number;
}

const CLIENTS = 8;
const [settingsText, acknowledgedFile, seenFile] = process.argv.slice(2) as [string, string, string];

const started = performance.now();
const store = await openStore(JSON.parse(settingsText) as StoreSettings);
await store.read.selectFrom('logState').selectAll().execute();
const openedInMs = Math.round(performance.now() - started);
console.log(`check ${JSON.stringify(await check())}`);

const showCheckpoint = async () =>
  console.log(`signed ${Buffer.from(await store.log.checkpoint()).toString('base64')}`);
await showCheckpoint();
store.log.onCheckpoint(showCheckpoint);
const existing = await store.read.selectFrom('dossiers').selectAll().executeTakeFirst();
const dossier =
  existing ??
  (await createDossier(store, SYSTEM_ACCOUNT, {
    title: 'Under load',
    slug: 'load',
    summary: null,
    language: 'en',
    publishedBy: null,
  }));
await Promise.all(Array.from({ length: CLIENTS }, writeOn));

async function check(): Promise<CrashCheck> {
  await store.log.flush();
  const acknowledged = readFileSync(acknowledgedFile, 'utf8').split('\n').slice(0, -1);
  const rows = await store.read.selectFrom('statements').select('id').execute();
  const there = new Set(rows.map(({ id }) => id));
  const half = await sql<{ count: number }>`
    select count(*) as count from (
      select id from statements s where not exists (select 1 from entries e where e.subject = s.id)
      union all select subject from entries e where action = 'statement.create'
        and not exists (select 1 from statements s where s.id = e.subject)
      union all select id from record_index i where not exists (select 1 from statements s where s.id = i.id)
      union all select id from statements s where not exists (select 1 from record_index i where i.id = s.id)
    ) half`.execute(store.read);
  const findings: string[] = [];
  for await (const { code, subject } of examine(store)) {
    // The passages are invented: there is no text they stand in.
    if (code !== 'passage.no-text') findings.push(`${code} ${subject}`);
  }
  const { vkey, size } = store.log.status();
  const seen = readFileSync(seenFile, 'utf8');
  const followed = await followLog(
    async (path) =>
      path === 'checkpoint'
        ? Buffer.from(await store.log.checkpoint())
        : ((await store.log.tile(path)) ?? undefined),
    parseVerifierKey(vkey),
    seen === '' ? undefined : seen,
  );
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((id) => !there.has(id)),
    rows: rows.length,
    halfApplied: half.rows[0]!.count,
    findings,
    followed: followed.ok ? followed.change : followed.finding.code,
    logSize: size,
    openedInMs,
  };
}

async function writeOn(): Promise<never> {
  for (let refused = 0; ; ) {
    try {
      const { id } = await createRecord(
        store,
        { account: SYSTEM_ACCOUNT, dossier: dossier.id },
        'statement',
        {
          content: 'about 500 people were present',
          mode: 'indirect',
          act: 'says',
          speaker: null,
          reporter: null,
          addressee: null,
          venue: null,
          saidOn: '2017-07',
          topics: [],
          language: 'en',
          note: null,
          tags: [],
          sensitivity: 'team',
        },
        [
          {
            source: dossier.id,
            rendition: '0'.repeat(64),
            exact: 'about 500 people',
            prefix: '',
            suffix: '',
            start: 0,
            end: 16,
            pages: [],
            anchor: 'exact',
          },
        ],
      );
      console.log(`kept ${id}`);
      refused = 0;
    } catch (error) {
      // The database was killed under it: what was not acknowledged may be there or not. It is back within seconds.
      if (++refused > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
