// Sources on their way: added, read, proposed from, edited, listed. Each step is one transaction and an entry.
import { sql } from 'kysely';
import { reanchor } from '../record/anchor.ts';
import { Capture } from '../record/capture.ts';
import { pageAreas } from '../record/page-area.ts';
import { type Problem, problem } from '../record/problem.ts';
import { type Layout, type Rendition, type Source, SourceContent } from '../record/source.ts';
import { type Blob, registerBlob } from './blobs.ts';
import { forgetBlobs, removeForgotten } from './forgotten-blobs.ts';
import { searchConfiguration } from './index-row.ts';
import { announceJob, finishJob, type TakenJob } from './jobs.ts';
import { type DossierWriter, rowEntry } from './records.ts';
import { type AnyRecord, fromRow } from './rows.ts';
import { textParts } from './source-parts.ts';
import type { Store } from './store.ts';
import { notThere } from './tombstones.ts';
import { findValue, findValues, insertValues, lockValue, lockValues, replaceValue } from './values.ts';

export { allSources, listSources } from './source-list.ts';

import { chunks, type NewEntry, type Stamp, SYSTEM_ACCOUNT, type Tx } from './write.ts';

/** An original that is stored already, and what is said about it. */
export interface NewSource {
  blob: Blob;
  fileName: string | null;
  mediaType: string;
  content: SourceContent;
  /**
   * Whether the person may see only what they handed in themselves: then the same bytes from somebody else are not told of,
   * and what they hand in is a source of its own, another way by which it came.
   */
  ownOnly?: boolean | undefined;
  /** How it was fetched, where it was. */
  capture?: Capture | undefined;
}

/** A source was added, or the dossier has the same bytes already: then the problem, and the source that has them. */
export type AddedSource =
  | { added: true; source: Source }
  | { added: false; source: Source; problem: Problem };

/**
 * Adds a source for an original. The same bytes are never two sources of one dossier, but where an observer hands in what
 * somebody else handed in too. Reading it is a job.
 */
export async function addSource(
  store: Store,
  writer: DossierWriter,
  { blob, fileName, mediaType, content, ownOnly = false, capture }: NewSource,
): Promise<AddedSource> {
  const find = (from: Pick<Tx, 'selectFrom'>) =>
    findByOriginal(from, writer.dossier, blob.sha256, ownOnly ? writer.account : null);
  const existing = await find(store.read);
  if (existing) return duplicate(existing);
  const record =
    capture && (await store.blobs.putBytes(Buffer.from(JSON.stringify(capture, null, 2), 'utf8')));
  try {
    const source = await store.write(writer, 'source.add', async (tx, stamp) => {
      // Of two uploads of one file at the same moment, the second waits here and then sees the first.
      await sql`select pg_advisory_xact_lock(hashtextextended(${writer.dossier + blob.sha256}, 0))`.execute(
        tx,
      );
      const other = await find(tx);
      if (other) throw new AlreadyThere(other);
      const added: Source = {
        id: stamp.newId(),
        dossier: writer.dossier,
        original: blob.sha256,
        fileName,
        mediaType,
        bytes: blob.bytes,
        state: 'received',
        failure: null,
        text: null,
        textLength: null,
        ...content,
        version: 1,
        createdAt: stamp.at,
        createdBy: stamp.by,
        updatedAt: stamp.at,
        updatedBy: stamp.by,
      };
      await registerBlob(tx, blob, stamp.at);
      await insertValues(tx, 'source', [added]);
      const renditions: Rendition[] = [];
      if (capture && record) {
        await registerBlob(tx, record, stamp.at);
        renditions.push(captureRendition(stamp, added, record, capture));
        await insertValues(tx, 'rendition', renditions);
      }
      const payload = { before: null, after: added, ...(capture && { renditions }) };
      return { entries: [{ subject: added.id, payload, job: 'read' as const }], result: added };
    });
    announceJob(store);
    return { added: true, source };
  } catch (error) {
    if (error instanceof AlreadyThere) return duplicate(error.source);
    throw error;
  }
}

/** The rendition that tells how a source was fetched. */
export function captureRendition(
  stamp: Stamp,
  source: Pick<Source, 'id' | 'dossier' | 'original'>,
  blob: Blob,
  capture: Capture,
): Rendition {
  return {
    id: stamp.newId(),
    dossier: source.dossier,
    source: source.id,
    kind: 'capture',
    parent: source.original,
    ...blob,
    mediaType: 'application/json',
    tool: capture.tool,
    toolVersion: capture.toolVersion,
    createdAt: stamp.at,
  };
}

const duplicate = (source: Source): AddedSource => ({
  added: false,
  source,
  problem: problem('source.duplicate', { title: source.title }),
});

/** Ends a write in favour of the source that was there first. */
class AlreadyThere extends Error {
  override name = 'AlreadyThere';
  readonly source: Source;
  constructor(source: Source) {
    super('the dossier has these bytes already');
    this.source = source;
  }
}

/** The first source of a dossier that has this original, if any; with an account, of those that it handed in. */
async function findByOriginal(
  from: Pick<Tx, 'selectFrom'>,
  dossier: string,
  original: string,
  account: string | null,
): Promise<Source | undefined> {
  let query = from
    .selectFrom('sources')
    .selectAll()
    .where('dossier', '=', dossier)
    .where('original', '=', original)
    .orderBy('createdAt');
  if (account !== null) query = query.where('createdBy', '=', account);
  const row = await query.executeTakeFirst();
  return row && fromRow('source', row);
}

/** A text read from an original, with its layout and what the file says of itself. */
export interface ReadText {
  text: string;
  layout: Layout;
  metadata: Pick<SourceContent, 'author' | 'published' | 'language' | 'publisher' | 'address'> & {
    title: string | null;
  };
  tool: string;
  toolVersion: string;
}

/** The title a source has until somebody or its text gives it one: its file's name without the ending. */
export function placeholderTitle(fileName: string | null): string {
  const name = fileName?.replace(/\.[A-Za-z0-9]{1,8}$/, '').trim();
  return (name || 'Pasted text').slice(0, 500).toWellFormed();
}

/**
 * Saves what was read: renditions, parts for search, and what the file says of itself where the person said nothing.
 * Records that already rest on the source are pinned again in the new text, or say that their passage is lost.
 * Proposing is the next job.
 */
export async function saveReading(
  store: Store,
  source: Pick<Source, 'dossier' | 'id'>,
  reading: ReadText,
  job: TakenJob,
): Promise<Source> {
  const text = await store.blobs.putBytes(Buffer.from(reading.text, 'utf8'));
  const layout = await store.blobs.putBytes(Buffer.from(JSON.stringify(reading.layout), 'utf8'));
  const writer = { account: SYSTEM_ACCOUNT, dossier: source.dossier };
  const saved = await store.write(writer, 'source.read', async (tx, stamp) => {
    await finishJob(tx, job);
    const before = await lockValue(tx, 'source', source.dossier, source.id);
    if (before.sealed) {
      // Sealed while it was read: these files go, and the job is taken again as that of a sealed source.
      await forgetBlobs(tx, [text.sha256, layout.sha256]);
      await tx.updateTable('entries').set({ job: job.job }).where('id', '=', job.entry).execute();
      return { entries: [{ subject: source.id, payload: { superseded: true } }], result: before };
    }
    const after: Source = {
      ...before,
      ...whatNobodyGave(before, reading.metadata),
      state: 'read',
      failure: null,
      text: text.sha256,
      textLength: reading.text.length,
      ...nextVersion(before, stamp),
    };
    await replaceValue(tx, 'source', after);
    const renditions = await addRenditions(tx, stamp, before, reading, { text, layout });
    await replaceParts(tx, after, reading.text);
    const moved = await repin(tx, stamp, after, reading);
    const read = { subject: source.id, payload: { before, after, renditions }, job: 'propose' as const };
    return { entries: [read, ...moved], result: after };
  });
  if (saved.sealed) await removeForgotten(store);
  announceJob(store);
  return saved;
}

/** What every change of a source writes beside its words. */
export const nextVersion = (before: { version: number }, stamp: Stamp) => ({
  version: before.version + 1,
  updatedAt: stamp.at,
  updatedBy: stamp.by,
});

/** What a file says of itself, where the person who handed it in said nothing. */
export function whatNobodyGave(source: Source, metadata: ReadText['metadata']): Partial<SourceContent> {
  const given: Record<string, unknown> = {};
  for (const field of ['author', 'published', 'language', 'publisher', 'address'] as const) {
    // What a file says of itself may be anything; what does not fit the field is left out.
    const said = SourceContent.shape[field].safeParse(metadata[field]);
    if (source[field] === null && said.success) given[field] = said.data;
  }
  const title = SourceContent.shape.title.safeParse(metadata.title);
  if (source.title === placeholderTitle(source.fileName) && title.success) given.title = title.data;
  return given;
}

/** The layout counts in the text, so its parent is the text; read again with the same result, both are there already. */
async function addRenditions(
  tx: Tx,
  stamp: Stamp,
  source: Source,
  reading: Pick<ReadText, 'tool' | 'toolVersion'>,
  blobs: { text: Blob; layout: Blob },
): Promise<Rendition[]> {
  const known = await renditionsOf(tx, source.dossier, source.id);
  const made: Rendition[] = [];
  const add = async (kind: Rendition['kind'], parent: string, blob: Blob, mediaType: string) => {
    await registerBlob(tx, blob, stamp.at);
    const isKnown = (other: Rendition) =>
      other.kind === kind && other.parent === parent && other.sha256 === blob.sha256;
    if (known.some(isKnown)) return;
    made.push({
      id: stamp.newId(),
      dossier: source.dossier,
      source: source.id,
      kind,
      parent,
      ...blob,
      mediaType,
      tool: reading.tool,
      toolVersion: reading.toolVersion,
      createdAt: stamp.at,
    });
  };
  await add('text', source.original, blobs.text, 'text/plain;charset=utf-8');
  await add('layout', blobs.text.sha256, blobs.layout, 'application/json');
  await insertValues(tx, 'rendition', made);
  return made;
}

async function renditionsOf(
  from: Pick<Tx, 'selectFrom'>,
  dossier: string,
  source: string,
): Promise<Rendition[]> {
  const rows = await from
    .selectFrom('renditions')
    .selectAll()
    .where('dossier', '=', dossier)
    .where('source', '=', source)
    .orderBy('createdAt')
    // Of one reading, the text before the layout that counts in it.
    .orderBy('kind', 'desc')
    .execute();
  return rows as Rendition[];
}

/** The renditions of a source, oldest first. */
export function listRenditions(
  store: Pick<Store, 'read'>,
  dossier: string,
  source: string,
): Promise<Rendition[]> {
  return renditionsOf(store.read, dossier, source);
}

/** How a source was fetched, and the hash of that record; null where it was not fetched. */
export async function readCapture(
  store: Pick<Store, 'read' | 'blobs'>,
  dossier: string,
  source: string,
): Promise<{ capture: Capture; sha256: string } | null> {
  const found = (await renditionsOf(store.read, dossier, source)).find(({ kind }) => kind === 'capture');
  if (!found) return null;
  const bytes = await store.blobs.read(found.sha256);
  return { capture: Capture.parse(JSON.parse(bytes.toString('utf8'))), sha256: found.sha256 };
}

/** Replaces the parts by which a source's text is searched. */
export async function replaceParts(tx: Tx, source: Source, text: string): Promise<void> {
  await tx
    .deleteFrom('sourceParts')
    .where('dossier', '=', source.dossier)
    .where('source', '=', source.id)
    .execute();
  const rows = textParts(text).map(({ start, words }, part) => ({
    dossier: source.dossier,
    source: source.id,
    part,
    start,
    words,
    search: searched(source.language, words),
  }));
  // A part is up to 20,000 characters, so few go into one statement.
  for (const some of chunks(rows, 50)) await tx.insertInto('sourceParts').values(some).execute();
}

const searched = (language: string | null, words: unknown) =>
  sql<string>`to_tsvector(${searchConfiguration(language)}::text::regconfig, unaccent(${words}))`;

/** Pins the passages of a source's records in its new text. Each record that changes is an entry of its own. */
async function repin(
  tx: Tx,
  stamp: Stamp,
  source: Source,
  { text, layout }: Pick<ReadText, 'text' | 'layout'>,
): Promise<NewEntry[]> {
  const resting = await tx
    .selectFrom('recordSources')
    .select(['kind', 'id'])
    .where('dossier', '=', source.dossier)
    .where('source', '=', source.id)
    .orderBy('kind')
    .orderBy('id')
    .execute();
  const entries: NewEntry[] = [];
  const records: AnyRecord[] = [];
  for (const kind of ['figure', 'incident', 'statement'] as const) {
    const ids = resting.filter((row) => row.kind === kind).map((row) => row.id);
    records.push(...(await lockValues<typeof kind>(tx, kind, source.dossier, ids)));
  }
  for (const before of records) {
    const { kind } = before;
    const passages = before.passages.map((passage) =>
      passage.source === source.id && (passage.rendition !== source.text || passage.anchor === 'lost')
        ? reanchor(passage, text, source.text!, (range) => pageAreas(layout, range))
        : passage,
    );
    if (JSON.stringify(passages) === JSON.stringify(before.passages)) continue;
    const after: AnyRecord = { ...before, passages, ...nextVersion(before, stamp) };
    await replaceValue(tx, kind, after);
    entries.push(rowEntry({ before, after }, { action: `${kind}.edit` }));
  }
  return entries;
}

/** A picture made of an image, for publication. */
export interface MadePicture {
  bytes: Uint8Array;
  mediaType: string;
  tool: string;
  toolVersion: string;
}

/** Adds the picture of an image to its renditions; none where the source was sealed meanwhile, or has this one. */
async function addPicture(
  tx: Tx,
  stamp: Stamp,
  source: Source,
  { mediaType, tool, toolVersion }: MadePicture,
  blob: Blob,
): Promise<Rendition[]> {
  if (source.sealed) {
    await forgetBlobs(tx, [blob.sha256]);
    return [];
  }
  await registerBlob(tx, blob, stamp.at);
  const known = await renditionsOf(tx, source.dossier, source.id);
  if (known.some(({ kind, sha256 }) => kind === 'image' && sha256 === blob.sha256)) return [];
  const made: Rendition = {
    ...{ id: stamp.newId(), dossier: source.dossier, source: source.id, kind: 'image' },
    ...{ parent: source.original, ...blob, mediaType, tool, toolVersion, createdAt: stamp.at },
  };
  await insertValues(tx, 'rendition', [made]);
  return [made];
}

/** The newest picture of an image; undefined where there is none. */
export async function readPicture(
  store: Pick<Store, 'read'>,
  dossier: string,
  source: string,
): Promise<Rendition | undefined> {
  return (await renditionsOf(store.read, dossier, source)).findLast(({ kind }) => kind === 'image');
}

/**
 * Saves what a person read off a picture as the text of its source; records rest on it as on any text. Throws
 * `record.version`, `source.no-picture` or `source.sealed`.
 */
export async function transcribe(
  store: Store,
  writer: DossierWriter,
  at: { id: string; version: number },
  reading: Pick<ReadText, 'text' | 'layout'>,
): Promise<Source> {
  // Before anything of it is on the disk.
  if ((await readSource(store, writer.dossier, at.id)).sealed) throw problem('source.sealed');
  const text = await store.blobs.putBytes(Buffer.from(reading.text, 'utf8'));
  const layout = await store.blobs.putBytes(Buffer.from(JSON.stringify(reading.layout), 'utf8'));
  const made = { ...reading, tool: 'read off by hand', toolVersion: '1' };
  const source = await store.write(writer, 'source.edit', async (tx, stamp) => {
    const before = await lockValue(tx, 'source', writer.dossier, at.id);
    if (before.version !== at.version) throw problem('record.version');
    if (before.sealed) throw problem('source.sealed');
    const known = await renditionsOf(tx, writer.dossier, at.id);
    if (!known.some(({ kind }) => kind === 'image')) throw problem('source.no-picture');
    const after: Source = {
      ...before,
      ...{ state: 'read', failure: null, text: text.sha256, textLength: reading.text.length },
      ...nextVersion(before, stamp),
    };
    await replaceValue(tx, 'source', after);
    const renditions = await addRenditions(tx, stamp, before, made, { text, layout });
    await replaceParts(tx, after, reading.text);
    const moved = await repin(tx, stamp, after, reading);
    const edited = { subject: at.id, payload: { before, after, renditions }, job: 'propose' as const };
    return { entries: [edited, ...moved], result: after };
  });
  announceJob(store);
  return source;
}

/** Saves that an original could not be read, and why. A text it had from an earlier reading stays. */
export async function saveFailure(
  store: Store,
  source: Pick<Source, 'dossier' | 'id'>,
  because: Problem,
  job: TakenJob,
  picture?: MadePicture,
): Promise<Source> {
  const writer = { account: SYSTEM_ACCOUNT, dossier: source.dossier };
  const failure = { code: because.code, sentence: because.message };
  const blob = picture && (await store.blobs.putBytes(picture.bytes));
  return store.write(writer, 'source.read', async (tx, stamp) => {
    await finishJob(tx, job);
    const before = await lockValue(tx, 'source', source.dossier, source.id);
    const kept = before.text !== null;
    const after: Source = {
      ...before,
      state: kept ? 'proposed' : 'unreadable',
      failure: kept ? null : failure,
      ...nextVersion(before, stamp),
    };
    await replaceValue(tx, 'source', after);
    const renditions = picture && blob ? await addPicture(tx, stamp, before, picture, blob) : [];
    const payload = { before, after, failure, ...(renditions.length > 0 && { renditions }) };
    return { entries: [{ subject: source.id, payload }], result: after };
  });
}

/** What was proposed from a source; `failure` when proposing itself came to nothing. */
export interface Proposed {
  records: AnyRecord[];
  proposer: { name: string; version: string } | null;
  failure?: Problem;
  /** Whether asking the language model is the next job. */
  consult?: boolean;
}

/**
 * Saves suggested records, and that the source has been proposed from, in one transaction. A suggestion for a stretch
 * of text on which a record of its kind rests already is not made again, whatever became of that record.
 */
export async function saveSuggestions(
  store: Store,
  source: Pick<Source, 'dossier' | 'id'>,
  { records, proposer, failure, consult = false }: Proposed,
  job: TakenJob,
): Promise<AnyRecord[]> {
  const writer = { account: SYSTEM_ACCOUNT, dossier: source.dossier };
  const saved = await store.write(writer, 'source.propose', async (tx, stamp) => {
    await finishJob(tx, job);
    const before = await lockValue(tx, 'source', source.dossier, source.id);
    const after: Source = { ...before, state: 'proposed', ...nextVersion(before, stamp) };
    await replaceValue(tx, 'source', after);
    const taken = records.length === 0 ? [] : await takenStretches(tx, source);
    // Sealed while it was read for suggestions: what it says is not to be written in the open.
    const fresh = (before.sealed ? [] : records)
      .filter((record) => !taken.some((stretch) => isSameStretch(stretch, record)))
      .map((record) => ({ ...record, createdAt: stamp.at, updatedAt: stamp.at }));
    const counts = { statement: 0, figure: 0, incident: 0 };
    for (const record of fresh) counts[record.kind]++;
    for (const kind of ['statement', 'figure', 'incident'] as const) {
      await insertValues<typeof kind>(tx, kind, fresh.filter((record) => record.kind === kind) as never);
    }
    const payload = {
      before,
      after,
      counts,
      proposer,
      ...(failure && { failure: { code: failure.code, sentence: failure.message } }),
    };
    const suggested = fresh.map((record) =>
      rowEntry({ before: null, after: record }, { action: `${record.kind}.suggest` }),
    );
    const proposed = { subject: source.id, payload, ...(consult && { job: 'consult' as const }) };
    return { entries: [proposed, ...suggested], result: fresh };
  });
  if (consult) announceJob(store);
  return saved;
}

interface Stretch {
  kind: AnyRecord['kind'];
  start: number;
  end: number;
}

async function takenStretches(tx: Tx, source: Pick<Source, 'dossier' | 'id'>): Promise<Stretch[]> {
  const resting = await tx
    .selectFrom('recordSources')
    .select(['kind', 'id'])
    .where('dossier', '=', source.dossier)
    .where('source', '=', source.id)
    .execute();
  const found: Stretch[] = [];
  for (const kind of ['statement', 'figure', 'incident'] as const) {
    const ids = resting.filter((row) => row.kind === kind).map((row) => row.id);
    const records: AnyRecord[] = await findValues<typeof kind>(tx, kind, source.dossier, ids);
    for (const { source: of, anchor, start, end } of records.flatMap((record) => record.passages)) {
      if (of === source.id && anchor !== 'lost') found.push({ kind, start, end });
    }
  }
  return found;
}

/** Of one kind, and sharing at least half of the shorter of the two. */
function isSameStretch(stretch: Stretch, record: AnyRecord): boolean {
  const passage = record.passages[0];
  if (stretch.kind !== record.kind || passage === undefined) return false;
  const shared = Math.min(stretch.end, passage.end) - Math.max(stretch.start, passage.start);
  return shared * 2 >= Math.min(stretch.end - stretch.start, passage.end - passage.start);
}

/** Changes what a person says of a source. Throws `record.version` when somebody changed it meanwhile. */
export async function editSource(
  store: Store,
  writer: DossierWriter,
  at: { id: string; version: number },
  content: Partial<SourceContent>,
): Promise<Source> {
  return store.write(writer, 'source.edit', async (tx, stamp) => {
    const before = await lockValue(tx, 'source', writer.dossier, at.id);
    if (before.version !== at.version) throw problem('record.version');
    // Sealing is more than a word in a row: sealed-sources.ts does it.
    if (before.sealed || content.sensitivity === 'sealed') throw problem('source.sealed');
    const after: Source = { ...before, ...content, ...nextVersion(before, stamp) };
    await replaceValue(tx, 'source', after);
    if (searchConfiguration(before.language) !== searchConfiguration(after.language)) {
      await tx
        .updateTable('sourceParts')
        .set({ search: searched(after.language, sql.ref('words')) })
        .where('dossier', '=', writer.dossier)
        .where('source', '=', at.id)
        .execute();
    }
    return { entries: [rowEntry({ before, after })], result: after };
  });
}

/** Has a source read again: after an update of a reader, or where reading had failed. */
export async function readAgain(store: Store, writer: DossierWriter, id: string): Promise<Source> {
  const source = await store.write(writer, 'source.edit', async (tx, stamp) => {
    const before = await lockValue(tx, 'source', writer.dossier, id);
    // Where sealed passages count in its text, another text would lose them.
    if (before.sealed && before.text !== null) throw problem('source.sealed');
    const after: Source = { ...before, state: 'received', failure: null, ...nextVersion(before, stamp) };
    await replaceValue(tx, 'source', after);
    return { entries: [rowEntry({ before, after }, { job: 'read' })], result: after };
  });
  announceJob(store);
  return source;
}

/** The source, or throws `not-found`. */
export async function readSource(store: Pick<Store, 'read'>, dossier: string, id: string): Promise<Source> {
  const source = await findValue(store.read, 'source', dossier, id);
  if (!source) throw await notThere(store.read, 'source', dossier, id);
  return source;
}
