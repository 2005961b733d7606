// The examination of a whole store: whether every file is what its name says, every passage stands in its text, every
// entry is the one the log was signed for, and every record is what its history says.
import { type Kysely, sql } from 'kysely';
import { decodeBase64, equalBytes } from '../log/bytes.ts';
import { canonicalJson, checkEntry, type Entry, encodeLeaf } from '../log/entry.ts';
import { LogError } from '../log/error.ts';
import { auditLog, CHECKPOINT_PATH } from '../log/follow.ts';
import { parseVerifierKey } from '../log/note.ts';
import { emptyLog, logRoot } from '../log/sequence.ts';
import { type Passage, stands } from '../record/passage.ts';
import { Problem } from '../record/problem.ts';
import { checkFixity } from './blobs.ts';
import { examineSeals } from './doctor-seals.ts';
import { rebuildTree } from './log-keeper.ts';
import { type AnyRecord, fromRow, NOUNS, type RecordNoun } from './rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Something that is not as it must be. A `notice` loses nothing; a `fault` means that something was lost or changed. */
export interface Finding {
  severity: 'fault' | 'notice';
  code: FindingCode;
  /** What it is about: an id, a hash, a path. */
  subject: string;
  /** What is wrong, and what to do, for a person. */
  sentence: string;
}

const SENTENCES = {
  'blob.missing': 'This file is gone. Copy it back from a backup.',
  'blob.altered': 'This file is not the bytes its name says. Copy it back from a backup.',
  'blob.unknown': 'A source or its text names this file, but it was never stored.',
  'blob.orphan':
    'No source names this file; an upload was probably broken off. It may be removed (--repair).',
  'blob.unfinished': 'An upload was broken off and left this part of a file. It may be removed (--repair).',
  'passage.astray': 'A passage of this record does not stand in the text it was taken from.',
  'passage.no-text': 'The text that a passage of this record was taken from cannot be read.',
  'entry.head': 'Who did what, or when, was changed after this entry was written.',
  'entry.payload': 'What this entry says was changed after it was written.',
  'log.gap': 'The entries’ places in the log are not one after the other.',
  'log.root': 'The entries in the database are not those the log was signed for.',
  'log.file':
    'A file of the log is not the one its entries make. Start Constat again; it puts back what is missing.',
  'log.halted': 'The log signs nothing any more.',
  'index.missing': 'This record is not in the index, so that lists and search do not show it.',
  'index.left-over': 'The index names a record that is not there.',
  'history.differs': 'This record is not what its newest entry says: it was changed past the log.',
  'history.missing': 'This record has no entry in the log: it was written past it.',
  'seal.no-key':
    'The key of this seal cannot be unwrapped. Give the house’s seal key that it was wrapped for.',
  'seal.damaged': 'What is sealed here cannot be opened. Restore it from a backup.',
  'seal.missing':
    'This is marked as sealed and lies in the open. Start Constat, which seals it; what the public sees is withdrawn and published first.',
} as const;
export type FindingCode = keyof typeof SENTENCES;

/** Where the examination is. A total of 0 is not known beforehand. */
export type ExaminationProgress = (
  step: 'files' | 'passages' | 'entries' | 'log' | 'records' | 'seals',
  done: number,
  total: number,
) => void;

export interface ExaminationOptions {
  onProgress?: ExaminationProgress;
  /** Removes the files that nothing names, and what broken-off uploads left. Nothing else is ever changed. */
  repair?: boolean;
  /** A file younger than this is no orphan: its upload may still be going on. Milliseconds; an hour by default. */
  orphanAge?: number;
}

const RECORD_NOUNS = ['statement', 'figure', 'incident'] as const satisfies RecordNoun[];
const PAGE = 500;

/** Examines a store and yields what is wrong with it; nothing, when all is well. Reads every file and every row. */
export async function* examine(store: Store, options: ExaminationOptions = {}): AsyncGenerator<Finding> {
  const onProgress = options.onProgress ?? (() => {});
  yield* examineFiles(store, options, onProgress);
  yield* examinePassages(store, onProgress);
  yield* examineEntries(store.read, onProgress);
  yield* examineLog(store, onProgress);
  yield* examineIndex(store.read);
  yield* examineHistory(store.read, onProgress);
  yield* examineSeals(store, onProgress);
}

/** A finding of a code. */
export function finding(code: FindingCode, subject: string, detail?: string): Finding {
  const severity = code === 'blob.orphan' || code === 'blob.unfinished' ? 'notice' : 'fault';
  return { severity, code, subject, sentence: `${SENTENCES[code]}${detail ? ` (${detail})` : ''}` };
}

async function* examineFiles(
  store: Store,
  { repair = false, orphanAge = 3_600_000 }: ExaminationOptions,
  onProgress: ExaminationProgress,
): AsyncGenerator<Finding> {
  const faults = await checkFixity(store, { onProgress: (done, total) => onProgress('files', done, total) });
  for (const { sha256, fault } of faults) yield finding(`blob.${fault}`, sha256);

  const unknown = await sql<{ sha256: string }>`
    select distinct sha256 from (
      select original as sha256 from sources
      union all select text from sources where text is not null
      union all select sha256 from renditions
    ) named where not exists (select 1 from blobs where blobs.sha256 = named.sha256)`.execute(store.read);
  const named = new Set(unknown.rows.map((row) => row.sha256));
  for (const sha256 of named) yield finding('blob.unknown', sha256);

  for await (const { sha256, since } of store.blobs.list()) {
    if (named.has(sha256) || Date.now() - since < orphanAge) continue;
    const row = await store.read
      .selectFrom('blobs')
      .select('sha256')
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    if (row) continue;
    yield finding('blob.orphan', sha256);
    if (repair) await store.blobs.remove(sha256);
  }
  for await (const { name, since } of store.blobs.unfinished()) {
    if (Date.now() - since < orphanAge) continue;
    yield finding('blob.unfinished', name);
    if (repair) await store.blobs.discard(name);
  }
}

/** Records of a kind in pages, by dossier and id. */
async function* eachRecord(kysely: Kysely<Tables>, noun: RecordNoun): AsyncGenerator<AnyRecord[]> {
  // One query for three tables; what comes out is typed by the noun.
  const table = NOUNS[noun].table as 'statements';
  let after: { dossier: string; id: string } | null = null;
  for (;;) {
    let query = kysely.selectFrom(table).selectAll().orderBy('dossier').orderBy('id').limit(PAGE);
    if (after !== null) {
      const { dossier, id }: { dossier: string; id: string } = after;
      query = query.where((row) => row(row.refTuple('dossier', 'id'), '>', row.tuple(dossier, id)));
    }
    const rows: AnyRecord[] = (await query.execute()).map((row) => fromRow(noun, row));
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!;
  }
}

/** Texts kept at once, in characters. Records follow one another by time, so those of one source come together. */
const TEXT_KEPT = 32_000_000;

async function* examinePassages(store: Store, onProgress: ExaminationProgress): AsyncGenerator<Finding> {
  const texts = new Map<string, string | null>();
  let kept = 0;
  const textOf = async (sha256: string): Promise<string | null> => {
    const found = texts.get(sha256);
    if (found !== undefined) return found;
    const text = await readText(store, sha256);
    kept += text?.length ?? 0;
    while (kept > TEXT_KEPT && texts.size > 0) {
      const [oldest, dropped] = texts.entries().next().value!;
      texts.delete(oldest);
      kept -= dropped?.length ?? 0;
    }
    texts.set(sha256, text);
    return text;
  };
  let done = 0;
  for (const noun of RECORD_NOUNS) {
    for await (const records of eachRecord(store.read, noun)) {
      for (const record of records) {
        for (const code of await faultsOfPassages(record.passages, textOf)) yield finding(code, record.id);
      }
      done += records.length;
      onProgress('passages', done, 0);
    }
  }
}

async function faultsOfPassages(
  passages: Passage[],
  textOf: (sha256: string) => Promise<string | null>,
): Promise<Set<'passage.astray' | 'passage.no-text'>> {
  const codes = new Set<'passage.astray' | 'passage.no-text'>();
  for (const passage of passages) {
    const text = await textOf(passage.rendition);
    if (text === null) codes.add('passage.no-text');
    else if (!stands(text, passage)) codes.add('passage.astray');
  }
  return codes;
}

async function readText(store: Store, sha256: string): Promise<string | null> {
  try {
    return (await store.blobs.read(sha256)).toString('utf8');
  } catch (error) {
    if (error instanceof Problem && ['not-found', 'source.damaged'].includes(error.code)) return null;
    throw error;
  }
}

async function* examineEntries(
  kysely: Kysely<Tables>,
  onProgress: ExaminationProgress,
): AsyncGenerator<Finding> {
  let done = 0;
  for (let after = 0; ; ) {
    const rows = await kysely
      .selectFrom('entries')
      .selectAll()
      .where('position', '>', after)
      .orderBy('position')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return;
    for (const row of rows) {
      const { at, who, action, dossier, subject, payload, salt } = row;
      const head = { at, who, action, dossier, subject };
      const entry: Entry = { head, headSalt: row.headSalt, salt };
      const isJson = payload === null || readPayload(payload, entry);
      const leaf = encodeLeaf({ headCommitment: row.headCommitment, payloadCommitment: row.commitment });
      const check = checkEntry(entry, leaf);
      if (!check.head) yield finding('entry.head', row.id);
      if (!isJson || check.payload === 'differs') yield finding('entry.payload', row.id);
    }
    done += rows.length;
    onProgress('entries', done, 0);
    after = rows.at(-1)!.position;
  }
}

/** Reads a payload into its entry; false when it is not the canonical text that was committed to. */
function readPayload(text: string, entry: Entry): boolean {
  try {
    entry.payload = JSON.parse(text);
    return canonicalJson(entry.payload) === text;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof LogError) return false;
    throw error;
  }
}

async function* examineLog(store: Store, onProgress: ExaminationProgress): AsyncGenerator<Finding> {
  const { read: kysely, log } = store;
  const { rows } = await sql<{ given: number; lowest: number | null; highest: number | null; size: number }>`
    select count(log_index) as given, min(log_index) as lowest, max(log_index) as highest,
      (select size from log_state) as size
    from entries`.execute(kysely);
  const { given, lowest, highest, size } = rows[0]!;
  const isContiguous = given === size && (size === 0 || (lowest === 0 && highest === size - 1));
  if (!isContiguous) yield finding('log.gap', 'log', `${given} entries, the log has ${size}`);

  const { halted, vkey, origin, ...signed } = log.status();
  if (halted) yield finding('log.halted', origin, halted.message);
  if (isContiguous) {
    const tree =
      signed.size <= size
        ? await rebuildTree(kysely, emptyLog, signed.size, async (files) => {
            onProgress('log', files.length, 0);
            return true;
          })
        : null;
    if (tree === null || !equalBytes(logRoot(tree), decodeBase64(signed.root))) {
      yield finding('log.root', origin);
    }
  }
  if (halted && signed.at === null) return;
  const audit = await auditLog(
    async (path) =>
      path === CHECKPOINT_PATH ? Buffer.from(await log.checkpoint()) : ((await log.tile(path)) ?? undefined),
    parseVerifierKey(vkey),
  );
  for (const { path, detail } of audit.findings) yield finding('log.file', path ?? CHECKPOINT_PATH, detail);
}

async function* examineIndex(kysely: Kysely<Tables>): AsyncGenerator<Finding> {
  for (const noun of RECORD_NOUNS) {
    const table = sql.table(NOUNS[noun].table);
    const missing = await sql<{ id: string }>`
      select id from ${table} record where not exists (
        select 1 from record_index i where i.dossier = record.dossier and i.kind = ${noun} and i.id = record.id
      ) order by id`.execute(kysely);
    for (const { id } of missing.rows) yield finding('index.missing', id);
    const leftOver = await sql<{ id: string }>`
      select id from record_index i where kind = ${noun} and not exists (
        select 1 from ${table} record where record.dossier = i.dossier and record.id = i.id
      ) order by id`.execute(kysely);
    for (const { id } of leftOver.rows) yield finding('index.left-over', id);
  }
}

async function* examineHistory(
  kysely: Kysely<Tables>,
  onProgress: ExaminationProgress,
): AsyncGenerator<Finding> {
  let done = 0;
  for (const noun of RECORD_NOUNS) {
    for await (const records of eachRecord(kysely, noun)) {
      const newest = await newestChanges(
        kysely,
        records.map((record) => record.id),
      );
      for (const record of records) {
        const payload = newest.get(record.id);
        if (payload === undefined) yield finding('history.missing', record.id);
        // What was erased cannot be compared with anything.
        else if (payload !== null && !isAfter(payload, record)) yield finding('history.differs', record.id);
      }
      done += records.length;
      onProgress('records', done, 0);
    }
  }
}

/** The newest entry about each of these rows that changed it, or null where it was erased. */
async function newestChanges(kysely: Kysely<Tables>, ids: string[]): Promise<Map<string, string | null>> {
  // In canonical JSON the first key of a change is "after"; entries such as a publication's change no row.
  const { rows } = await sql<{ subject: string; payload: string | null }>`
    select distinct on (subject) subject, payload from entries
    where subject in (${sql.join(ids)}) and (payload is null or payload like '{"after":%')
    order by subject, position desc`.execute(kysely);
  return new Map(rows.map((row) => [row.subject, row.payload]));
}

function isAfter(payload: string, record: AnyRecord): boolean {
  const { after } = JSON.parse(payload) as { after: unknown };
  return canonicalJson(after) === canonicalJson(record);
}
