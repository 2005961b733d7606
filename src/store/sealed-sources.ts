// Sealed sources: the original and all that was derived from it are age files for the source's seal, what is said of it is in
// its box, and what rests on it is sealed with it. Plain bytes pass through memory only.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Capture } from '../record/capture.ts';
import { Problem, problem } from '../record/problem.ts';
import { SOURCE_STAND_INS } from '../record/sealed.ts';
import { Layout, type Rendition, type Source, SourceContent } from '../record/source.ts';
import { chunksOf, collected, decryptedWith, encryptedFor } from './age-stream.ts';
import { type Blob, registerBlob } from './blobs.ts';
import { forgetBlobs, removeForgotten } from './forgotten-blobs.ts';
import type { HouseKey } from './house-key.ts';
import { announceJob, finishJob, type TakenJob } from './jobs.ts';
import { type DossierWriter, publishedOf, type RowChange, rowEntry } from './records.ts';
import { type AnyRecord, fromRow, type RecordNoun } from './rows.ts';
import {
  closeRecord,
  openRecord,
  restOnSealed,
  restoreEntries,
  sealEarlierEntries,
  sealWhole,
} from './sealing.ts';
import {
  closeFields,
  type FreshSeal,
  keepSeal,
  liveSeal,
  newSeal,
  openFields,
  type SealedSubject,
  type SealFor,
  sealIdentity,
} from './seals.ts';
import {
  captureRendition,
  editSource,
  nextVersion,
  type ReadText,
  replaceParts,
  whatNobodyGave,
} from './sources.ts';
import type { Store } from './store.ts';
import { findValue, insertValues, lockValue, lockValues, replaceValue } from './values.ts';
import { type NewEntry, type Stamp, SYSTEM_ACCOUNT, type Tx } from './write.ts';

type Chunks = AsyncIterable<Uint8Array>;

/** A source as it truly is: hashes are of the plain bytes, and its renditions are those one reads. */
export interface TrueSource extends Source {
  renditions: Rendition[];
}

const CONTENT_FIELDS = Object.keys(SourceContent.shape).filter((name) => name !== 'sensitivity');
/** Every field of a source that is in its box. */
const SEALED_FIELDS = [
  ...CONTENT_FIELDS,
  ...(['fileName', 'mediaType', 'bytes', 'original', 'text', 'textLength', 'renditions'] as const),
];

/** The media type of an age file in a row: it tells nothing. */
const OPAQUE = 'application/octet-stream';

const ofSource = (source: Pick<Source, 'dossier' | 'id'>): SealedSubject => ({
  dossier: source.dossier,
  subject: source.id,
});

/** A sealed source's true values. Throws as `openFields`. */
export async function openSource(
  store: Pick<Store, 'read' | 'houseKey'>,
  source: Source,
): Promise<TrueSource> {
  return openedSource(store.read, store.houseKey, source);
}

async function openedSource(kysely: Store['read'], key: HouseKey, source: Source): Promise<TrueSource> {
  const { sealed, ...row } = source;
  if (!sealed) throw new RangeError('the source is not sealed');
  const fields = await openFields(kysely, key, ofSource(source), sealed);
  return { ...row, ...fields } as TrueSource;
}

/** The row of a source: what is true goes into the box; `stored` names the encrypted files. */
async function closedSource(
  seal: SealFor,
  { renditions, ...source }: TrueSource,
  stored: { original: string; bytes: number; text: string | null },
): Promise<Source> {
  const truth: Record<string, unknown> = { ...source, renditions };
  const inside = Object.fromEntries(SEALED_FIELDS.map((name) => [name, truth[name] ?? null]));
  const sealed = await closeFields(ofSource(source), seal, inside);
  return { ...source, ...SOURCE_STAND_INS, sensitivity: 'sealed', ...stored, sealed };
}

// ——— Handing in ———

/** An original on its way in, to be encrypted as it arrives, and what is said about it once it is there. */
export interface SealedArrival {
  chunks: Chunks;
  /** Largest plain size in bytes. */
  limit: number;
  /** Called when all has arrived. */
  describe: () => {
    fileName: string | null;
    mediaType: string;
    content: SourceContent;
    /** How it was fetched, where it was. */
    capture?: Capture | undefined;
  };
}

/** Counts and hashes what passes. */
async function* measured(
  chunks: Chunks,
  limit: number,
  plain: { bytes: number; hash: ReturnType<typeof createHash> },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    plain.bytes += chunk.length;
    if (plain.bytes > limit)
      throw problem('source.too-large', { limit: `${Math.round(limit / 1_000_000)} MB` });
    plain.hash.update(chunk);
    yield chunk;
  }
}

/**
 * Adds a sealed source. The disk sees nothing but its age file. The same bytes handed in twice are not noticed: nothing
 * comparable is kept. Throws `source.empty`, `source.too-large`, `source.cut-short` or `store.full`; then nothing is kept.
 */
export async function addSealedSource(
  store: Store,
  writer: DossierWriter,
  { chunks, limit, describe }: SealedArrival,
): Promise<Source> {
  const fresh = await newSeal(store.houseKey);
  const plain = { bytes: 0, hash: createHash('sha256') };
  const arriving = encryptedFor(fresh.recipient, measured(chunks, limit, plain));
  const blob = await store.blobs.receive(arriving, { limit: Number.POSITIVE_INFINITY });
  const stored = [blob];
  try {
    if (plain.bytes === 0) throw problem('source.empty');
    const { content, capture, ...file } = describe();
    const told = capture && Buffer.from(JSON.stringify(capture, null, 2), 'utf8');
    const record =
      told && (await store.blobs.receive(encryptedFor(fresh.recipient, chunksOf(told)), NO_LIMIT));
    if (record) stored.push(record);
    const source = await store.write(writer, 'source.add', async (tx, stamp) => {
      const truth: TrueSource = {
        id: stamp.newId(),
        dossier: writer.dossier,
        original: plain.hash.digest('hex'),
        ...file,
        bytes: plain.bytes,
        state: 'received',
        failure: null,
        text: null,
        textLength: null,
        ...content,
        renditions: [],
        version: 1,
        createdAt: stamp.at,
        createdBy: stamp.by,
        updatedAt: stamp.at,
        updatedBy: stamp.by,
      };
      await keepSeal(tx, ofSource(truth), fresh, stamp);
      for (const one of stored) await registerBlob(tx, one, stamp.at);
      const rows: Rendition[] = [];
      if (capture && told && record) {
        const whole = { sha256: sha256Of(told), bytes: told.length };
        truth.renditions.push(captureRendition(stamp, truth, whole, capture));
        rows.push({ ...truth.renditions[0]!, ...record, parent: blob.sha256, mediaType: OPAQUE });
      }
      const added = await closedSource(fresh, truth, storedAs(blob, null));
      await insertValues(tx, 'source', [added]);
      await insertValues(tx, 'rendition', rows);
      const payload = { before: null, after: added, ...(capture && { renditions: rows }) };
      return { entries: [{ subject: added.id, payload, job: 'read' as const }], result: added };
    });
    announceJob(store);
    return source;
  } catch (error) {
    for (const { sha256 } of stored) await store.blobs.remove(sha256);
    throw error;
  }
}

const storedAs = (original: Blob, text: string | null) => ({
  original: original.sha256,
  bytes: original.bytes,
  text,
});

// ——— Reading ———

/** A blob of a sealed source, decrypted on its way. Throws as `openFields`; what was altered ends it with an error. */
export async function sealedStream(store: Store, source: Source, sha256: string): Promise<Chunks> {
  const identity = await sealIdentity(store.read, store.houseKey, ofSource(source));
  return decryptedWith(identity, store.blobs.stream(sha256));
}

/** The original of a sealed source, in memory. */
export async function sealedOriginal(store: Store, source: Source): Promise<Buffer> {
  return collected(await sealedStream(store, source, source.original));
}

/**
 * The text of a sealed source, its layout, and the hash of the plain text that passages name. Throws `source.no-text`, and as
 * `openFields`. Whoever calls has seen to it that the person may.
 */
export async function readSealedText(
  store: Store,
  source: Source,
): Promise<{ text: string; rendition: string; layout: Layout | null }> {
  if (source.text === null) throw problem('source.no-text');
  const { text: rendition } = await openSource(store, source);
  const text = (await collected(await sealedStream(store, source, source.text))).toString('utf8');
  const row = await store.read
    .selectFrom('renditions')
    .select('sha256')
    .where('dossier', '=', source.dossier)
    .where('source', '=', source.id)
    .where('kind', '=', 'layout')
    .where('parent', '=', source.text)
    .orderBy('createdAt', 'desc')
    .executeTakeFirst();
  const layout = row && (await collected(await sealedStream(store, source, row.sha256))).toString('utf8');
  return { text, rendition: rendition!, layout: layout ? Layout.parse(JSON.parse(layout)) : null };
}

/** Saves what was read of a sealed source. Nothing is proposed from it, and no model is asked. */
export async function saveSealedReading(
  store: Store,
  source: Source,
  reading: ReadText,
  job: TakenJob,
): Promise<Source> {
  const seal = await requireSeal(store, source);
  const encrypt = (bytes: Buffer) =>
    store.blobs.receive(encryptedFor(seal.recipient, chunksOf(bytes)), NO_LIMIT);
  const [plainText, plainLayout] = [
    Buffer.from(reading.text, 'utf8'),
    Buffer.from(JSON.stringify(reading.layout), 'utf8'),
  ];
  const [text, layout] = [await encrypt(plainText), await encrypt(plainLayout)];
  const writer = { account: SYSTEM_ACCOUNT, dossier: source.dossier };
  try {
    return await store.write(writer, 'source.read', async (tx, stamp) => {
      await finishJob(tx, job);
      const before = await lockValue(tx, 'source', source.dossier, source.id);
      // Lifted or erased meanwhile: the job is taken again and finds it as it is then.
      if (!before.sealed) throw problem('record.version');
      const truth = await openedSource(tx, store.houseKey, before);
      const textHash = sha256Of(plainText);
      const made = (kind: 'text' | 'layout', blob: Blob, plain: Buffer, parents: [string, string]) => {
        const row: Rendition = {
          id: stamp.newId(),
          dossier: source.dossier,
          source: source.id,
          kind,
          parent: parents[0],
          ...blob,
          mediaType: OPAQUE,
          tool: reading.tool,
          toolVersion: reading.toolVersion,
          createdAt: stamp.at,
        };
        const mediaType = kind === 'text' ? 'text/plain;charset=utf-8' : 'application/json';
        const whole = { ...row, parent: parents[1], sha256: sha256Of(plain), bytes: plain.length, mediaType };
        return { row, whole };
      };
      const renditions = [
        made('text', text, plainText, [before.original, truth.original]),
        made('layout', layout, plainLayout, [text.sha256, textHash]),
      ];
      for (const blob of [text, layout]) await registerBlob(tx, blob, stamp.at);
      const rows = renditions.map(({ row }) => row);
      await insertValues(tx, 'rendition', rows);
      const read: TrueSource = {
        ...truth,
        ...whatNobodyGave(truth, reading.metadata),
        state: 'proposed',
        failure: null,
        text: textHash,
        textLength: reading.text.length,
        renditions: [...truth.renditions, ...renditions.map(({ whole }) => whole)],
        ...nextVersion(before, stamp),
      };
      const stored = { original: before.original, bytes: before.bytes, text: text.sha256 };
      const after = await closedSource(seal, read, stored);
      await replaceValue(tx, 'source', after);
      return {
        entries: [{ subject: source.id, payload: { before, after, renditions: rows } }],
        result: after,
      };
    });
  } catch (error) {
    for (const { sha256 } of [text, layout]) await store.blobs.remove(sha256);
    throw error;
  }
}

const NO_LIMIT = { limit: Number.POSITIVE_INFINITY };
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function requireSeal(store: Store, source: Source): Promise<SealFor> {
  const seal = await liveSeal(store.read, ofSource(source));
  if (!seal) throw problem('seal.erased');
  return seal;
}

// ——— Changing ———

/** Which source, at which version the person saw it. */
export interface SourceAt {
  id: string;
  version: number;
}

/**
 * Changes what is said of a source, whatever it is sealed or to be sealed: by its `sensitivity` it is sealed or its seal is
 * lifted. Throws as `editSource`; `seal.not-named` where something sealed is touched and the person may not; `seal.published`.
 */
export async function changeSource(
  store: Store,
  writer: DossierWriter,
  at: SourceAt,
  content: Partial<SourceContent>,
  { opens }: { opens: boolean },
): Promise<Source> {
  const source = await findValue(store.read, 'source', writer.dossier, at.id);
  if (!source) throw problem('not-found', { what: 'source' });
  const { sensitivity = source.sensitivity } = content;
  if (!source.sealed)
    return sensitivity === 'sealed'
      ? sealSource(store, writer, at, content)
      : editSource(store, writer, at, content);
  if (!opens) throw problem('seal.not-named');
  return sensitivity === 'sealed'
    ? editSealed(store, writer, at, content)
    : liftSource(store, writer, at, content);
}

async function editSealed(
  store: Store,
  writer: DossierWriter,
  at: SourceAt,
  content: Partial<SourceContent>,
): Promise<Source> {
  return store.write(writer, 'source.edit', async (tx, stamp) => {
    const before = await lockAt(tx, writer, at);
    const truth = await openedSource(tx, store.houseKey, before);
    // A form sends what it was shown: a stand-in that comes back unchanged is no new truth.
    const written = Object.entries(content).filter(
      ([name, value]) => value !== (SOURCE_STAND_INS as Record<string, unknown>)[name],
    );
    const fresh = { ...truth, ...Object.fromEntries(written), ...nextVersion(before, stamp) };
    const seal = (await liveSeal(tx, ofSource(before)))!;
    const { original, bytes, text } = before;
    const after = await closedSource(seal, fresh, { original, bytes, text });
    await replaceValue(tx, 'source', after);
    return { entries: [rowEntry({ before, after })], result: after };
  });
}

async function lockAt(tx: Tx, writer: DossierWriter, at: SourceAt): Promise<Source> {
  const before = await lockValue(tx, 'source', writer.dossier, at.id);
  if (before.version !== at.version) throw problem('record.version');
  return before;
}

/** What sealing a source takes with it, told beforehand. */
export interface SealingEffects {
  /** Records that rest on it and will be sealed. */
  records: number;
  /** Of those, and the source itself, how many the public sees: then it cannot be sealed. */
  published: number;
  /** Whether its original stays on the disk in the open, because another source has the same bytes. */
  sharesBytes: boolean;
}

/** Says what sealing a source would take with it. */
export async function sealingEffects(store: Store, source: Source): Promise<SealingEffects> {
  const ids = (await restingOn(store.read, source)).map((row) => row.id);
  const shared = await store.read
    .selectFrom('sources')
    .select('id')
    .where('original', '=', source.original)
    .where('id', '<>', source.id)
    .executeTakeFirst();
  const published = await publishedOf(store.read, source.dossier, [source.id, ...ids]);
  return { records: ids.length, published: published.size, sharesBytes: shared !== undefined };
}

function restingOn(from: Pick<Tx, 'selectFrom'>, source: Pick<Source, 'dossier' | 'id'>) {
  return from
    .selectFrom('recordSources')
    .select(['kind', 'id'])
    .where('dossier', '=', source.dossier)
    .where('source', '=', source.id)
    .orderBy('id')
    .execute();
}

/** Every file of a source by the hash of its bytes, and how to make it another. */
async function transformed(
  store: Store,
  source: Pick<Source, 'original'>,
  renditions: readonly Rendition[],
  transform: (chunks: Chunks) => Chunks,
): Promise<Map<string, Blob>> {
  const made = new Map<string, Blob>();
  for (const sha256 of new Set([source.original, ...renditions.map((rendition) => rendition.sha256)]))
    made.set(sha256, await store.blobs.receive(transform(store.blobs.stream(sha256)), NO_LIMIT));
  return made;
}

function renditionsOf(from: Pick<Tx, 'selectFrom'>, source: Pick<Source, 'dossier' | 'id'>) {
  return from
    .selectFrom('renditions')
    .selectAll()
    .where('dossier', '=', source.dossier)
    .where('source', '=', source.id)
    .orderBy('createdAt')
    .orderBy('id')
    .execute() as Promise<Rendition[]>;
}

async function replaceRenditions(tx: Tx, renditions: Rendition[]): Promise<void> {
  for (const { id, dossier, parent, sha256, bytes, mediaType } of renditions)
    await tx
      .updateTable('renditions')
      .set({ parent, sha256, bytes, mediaType })
      .where('dossier', '=', dossier)
      .where('id', '=', id)
      .execute();
}

/**
 * Seals a source that was open: its files are encrypted and the plain ones removed, its parts leave the search, its records
 * and all that was written about it go into their seals. Throws `record.version` when it changed while it was encrypted.
 */
async function sealSource(
  store: Store,
  writer: DossierWriter,
  at: SourceAt,
  content: Partial<SourceContent> = {},
): Promise<Source> {
  const seen = await findValue(store.read, 'source', writer.dossier, at.id);
  if (!seen || seen.version !== at.version) throw problem('record.version');
  const known = await liveSeal(store.read, ofSource(seen));
  const fresh: FreshSeal | null = known ? null : await newSeal(store.houseKey);
  const seal: SealFor = known ?? fresh!;
  const plain = await renditionsOf(store.read, seen);
  const made = await transformed(store, seen, plain, (chunks) => encryptedFor(seal.recipient, chunks));
  const hashOf = (sha256: string) => made.get(sha256)?.sha256 ?? sha256;
  try {
    const sealed = await store.write(writer, 'seal.close', async (tx, stamp) => {
      const before = await lockAt(tx, writer, at);
      const resting = await restingOn(tx, before);
      const ids = [before.id, ...resting.map((row) => row.id)];
      if ((await publishedOf(tx, writer.dossier, ids)).size > 0) throw problem('seal.published');
      if (fresh) await keepSeal(tx, ofSource(before), fresh, stamp);
      for (const blob of made.values()) await registerBlob(tx, blob, stamp.at);
      await replaceRenditions(
        tx,
        plain.map((rendition) => ({
          ...rendition,
          parent: hashOf(rendition.parent),
          sha256: hashOf(rendition.sha256),
          bytes: made.get(rendition.sha256)!.bytes,
          mediaType: OPAQUE,
        })),
      );
      const truth: TrueSource = { ...before, ...content, renditions: plain, ...nextVersion(before, stamp) };
      const text = before.text === null ? null : hashOf(before.text);
      const after = await closedSource(seal, truth, storedAs(made.get(before.original)!, text));
      await replaceValue(tx, 'source', after);
      await tx
        .deleteFrom('sourceParts')
        .where('dossier', '=', writer.dossier)
        .where('source', '=', before.id)
        .execute();
      await sealEarlierEntries(tx, ofSource(before), seal);
      await forgetBlobs(tx, made.keys());
      const tools = { tx, key: store.houseKey, stamp };
      for (const kind of KINDS) {
        const mine = resting.filter((row) => row.kind === kind).map((row) => row.id);
        for (const record of await lockValues<RecordNoun>(tx, kind, writer.dossier, mine)) {
          const { entries } = await sealWhole(tools, record);
          await stamp.enter(entries);
        }
      }
      // Stand-ins before and after: the entry tells that it was sealed, and of what sensitivity it was.
      const masked = { ...after, sensitivity: before.sensitivity, version: before.version };
      const told = { before: masked, after, records: resting.length };
      return { entries: [{ subject: after.id, payload: told }], result: after };
    });
    await removeForgotten(store);
    tidy(store);
    return sealed;
  } catch (error) {
    for (const { sha256 } of made.values()) await store.blobs.remove(sha256);
    throw error;
  }
}

const KINDS = ['statement', 'figure', 'incident'] as const;

/** Rewrites pages that still hold dead rows; nobody waits for it, and the next one makes up for a failure. */
export function tidy(store: Store): void {
  store.maintain().catch(() => {});
}

/** Lifts the seal of a source, and of the records that were sealed along with it. */
async function liftSource(
  store: Store,
  writer: DossierWriter,
  at: SourceAt,
  content: Partial<SourceContent>,
): Promise<Source> {
  const seen = await findValue(store.read, 'source', writer.dossier, at.id);
  if (!seen || seen.version !== at.version) throw problem('record.version');
  const identity = await sealIdentity(store.read, store.houseKey, ofSource(seen));
  const closed = await renditionsOf(store.read, seen);
  const made = await transformed(store, seen, closed, (chunks) => decryptedWith(identity, chunks));
  const text = seen.text === null ? null : await store.blobs.read(made.get(seen.text)!.sha256);
  const lifted = await store.write(writer, 'seal.lift', async (tx, stamp) => {
    const before = await lockAt(tx, writer, at);
    const { renditions, ...truth } = await openedSource(tx, store.houseKey, before);
    if (made.get(before.original)!.sha256 !== truth.original) throw problem('seal.damaged');
    for (const blob of made.values()) await registerBlob(tx, blob, stamp.at);
    await replaceRenditions(tx, renditions);
    // A form was shown stand-ins: what of them comes back unchanged is no new truth.
    const written = Object.entries(content).filter(
      ([name, value]) => value !== (SOURCE_STAND_INS as Record<string, unknown>)[name],
    );
    const after: Source = { ...truth, ...Object.fromEntries(written), ...nextVersion(before, stamp) };
    await replaceValue(tx, 'source', after);
    if (text !== null) await replaceParts(tx, after, text.toString('utf8'));
    await forgetBlobs(tx, made.keys());
    await restoreEntries(tx, store.houseKey, ofSource(before));
    const entries = await liftAlong(tx, store.houseKey, stamp, after);
    return { entries: [...entries, rowEntry({ before, after })], result: after };
  });
  await removeForgotten(store);
  return lifted;
}

/** Lifts the records that were sealed because this source was; those that rest on another sealed one stay. */
async function liftAlong(tx: Tx, key: HouseKey, stamp: Stamp, source: Source): Promise<NewEntry[]> {
  const sealing = await tx
    .selectFrom('entries')
    .select('batch')
    .where('dossier', '=', source.dossier)
    .where('subject', '=', source.id)
    .where('action', '=', 'seal.close')
    .orderBy('position', 'desc')
    .executeTakeFirst();
  if (!sealing) return [];
  const rows = await tx
    .selectFrom('entries')
    .select(['subject', 'payload'])
    .where('batch', '=', sealing.batch)
    .where('action', '=', 'seal.close')
    .where('subject', '<>', source.id)
    .where('payload', 'is not', null)
    .execute();
  interface Along extends RowChange<AnyRecord> {
    alone?: { fields: string[]; standIns: Record<string, unknown> };
  }
  const told = new Map(rows.map((row) => [row.subject, JSON.parse(row.payload!) as Along]));
  const entries: NewEntry[] = [];
  for (const kind of KINDS) {
    const mine = [...told].filter(([, { after }]) => after?.kind === kind).map(([id]) => id);
    for (const before of await lockValues<RecordNoun>(tx, kind, source.dossier, mine)) {
      const { before: earlier, alone } = told.get(before.id)!;
      if (before.sensitivity !== 'sealed' || !before.sealed || !earlier || !alone) continue;
      const truth = await openRecord(tx, key, before);
      const others = truth.passages.map((passage) => passage.source).filter((id) => id !== source.id);
      if (await restOnSealed(tx, source.dossier, others)) continue;
      const open = { ...truth, sensitivity: earlier.sensitivity, ...nextVersion(before, stamp) } as AnyRecord;
      const after = await closeRecord({ tx, key, stamp }, open, alone.fields, alone.standIns);
      await replaceValue(tx, kind, after);
      if (alone.fields.length === 0)
        await restoreEntries(tx, key, { dossier: after.dossier, subject: after.id });
      entries.push(rowEntry({ before, after }));
      await setImmediate();
    }
  }
  return entries;
}

// ——— What was marked sealed before there were seals ———

/**
 * Seals what says that it is sealed and has no box: marked so by an earlier version. What the public sees is left, and told
 * by `constat doctor`. Gives back how many were sealed. Also removes files whose removal a crash prevented.
 */
export async function sealUnsealed(store: Store): Promise<number> {
  await removeForgotten(store);
  let sealed = 0;
  const unsealed = (table: 'sources' | 'statements' | 'figures' | 'incidents') =>
    store.read
      .selectFrom(table as 'sources')
      .selectAll()
      .where('sensitivity', '=', 'sealed')
      .where('sealed', 'is', null)
      .execute();
  for (const row of await unsealed('sources')) {
    const source = fromRow('source', row);
    const { published } = await sealingEffects(store, source);
    if (published > 0) continue;
    const writer = { account: SYSTEM_ACCOUNT, dossier: source.dossier };
    const isSealed = await sealSource(store, writer, source).catch((error: unknown) => {
      // Changed while it was encrypted, by a person or by its reading: the next start sees to it.
      if (error instanceof Problem && error.code === 'record.version') return null;
      throw error;
    });
    if (isSealed) sealed++;
  }
  for (const kind of KINDS) {
    for (const { dossier, id } of await unsealed(`${kind}s`)) {
      const writer = { account: SYSTEM_ACCOUNT, dossier };
      if ((await publishedOf(store.read, dossier, [id])).size > 0) continue;
      await store.write(writer, 'seal.close', async (tx, stamp) => {
        const record: AnyRecord = await lockValue<RecordNoun>(tx, kind, dossier, id);
        sealed++;
        return {
          entries: (await sealWhole({ tx, key: store.houseKey, stamp }, record)).entries,
          result: null,
        };
      });
    }
  }
  if (sealed > 0) tidy(store);
  return sealed;
}
