// Puts a bundle together and seals it, from front to back: what is large is gone through twice rather than held.
import { createHash } from 'node:crypto';
import { encodeUtf8 } from '../../log/bytes.ts';
import type { FormulaRule } from '../../record/csv.ts';
import type { FrozenView, PublicRecord, PublicSource } from '../../record/public-view.ts';
import { crc32 } from './crc32.ts';
import { encodeEntryFile, type SealedEntry } from './entry-file.ts';
import {
  CHECKPOINT,
  dataPath,
  entryPath,
  hasFiles,
  imagePath,
  MANIFEST,
  NOTICE,
  originalPath,
  PAGE,
  proofPath,
  SEAL_ENTRY,
  SEAL_PROOF,
  tablePath,
  textPath,
  VIEW_KINDS,
  type ViewCounts,
  type ViewKind,
} from './layout.ts';
import { type BundleAbout, encodeManifest, type ListedFile } from './manifest.ts';
import { noticeText } from './notice.ts';
import { COLUMNS } from './table.ts';
import { viewText, viewWriters } from './view-lines.ts';
import { type Sink, writeZip } from './zip-write.ts';

/** Where the parts of a bundle come from. */
export interface BundleParts {
  about: Omit<BundleAbout, 'format' | 'counts' | 'formulas'>;
  /** The publishing entries of a kind, in the order of its data file; gone through several times, always the same. */
  entries: (kind: ViewKind) => AsyncIterable<SealedEntry>;
  /** The proof files of entries, in their order. */
  proofs: (indices: readonly number[]) => Promise<string[]>;
  /** The log's newest checkpoint, no older than those of the proofs given before. */
  checkpoint: () => Promise<string>;
  /** An original or a text by its hash. Throws when it is missing. */
  blob: (sha256: string) => AsyncIterable<Uint8Array>;
  /** The bundle's page, from what it shows without script. */
  page: (content: PageContent) => Promise<string> | string;
  /** By which rule its tables keep formulas from running: today's, unless an older bundle is written again. */
  formulas?: FormulaRule;
  /** Writes the entry that seals a manifest with this hash. */
  seal: (manifest: string) => Promise<{ entry: SealedEntry; proof: string }>;
}

/** What the page of a bundle shows without script. */
export interface PageContent {
  about: BundleAbout;
  /** The first records, at most as many as `SHOWN`. */
  records: PublicRecord[];
  /** The sources that these rest on, by id. */
  sources: ReadonlyMap<string, PublicSource>;
}

/** A blob that is not what its name says, or gone. */
export class DamagedBlob extends Error {
  readonly title: string;
  constructor(title: string, cause?: unknown) {
    super(`a file of “${title}” is missing or damaged`, { cause });
    this.title = title;
  }
}

/** By which rule the tables of a bundle made today keep formulas from running. */
const FORMULAS = 2;
/** How many records the page lists by itself. */
const SHOWN = 500;
/** Entries that are proved at a time. */
const BATCH = 500;
/** Text is gathered to pieces of this many characters before it is hashed or written. */
const PIECE = 1 << 18;

/**
 * Writes a bundle. Nothing is sealed before everything else has been written. Returns its size in bytes and the hash of
 * its manifest. Throws DamagedBlob, and what the parts throw.
 */
export async function assembleBundle(
  parts: BundleParts,
  sink: Sink,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<{ bytes: number; manifest: string; counts: BundleAbout['counts'] }> {
  const zip = writeZip(sink);
  const files: ListedFile[] = [];
  const add = async (path: string, content: Uint8Array, extra: object = {}) => {
    const measure = measureOf([content]);
    files.push({ path, bytes: measure.size, sha256: measure.sha256, ...extra });
    await zip.add(path, measure, [content]);
  };
  const addText = (path: string, text: string) => add(path, encodeUtf8(text));

  const { formulas = FORMULAS } = parts;
  const survey = await surveyOf(parts);
  const { counts, sources } = survey;
  const about: BundleAbout = {
    format: 'constat-bundle@v1',
    ...parts.about,
    counts,
    ...(formulas !== 1 && { formulas }),
  };
  const { title } = about.dossier;
  await addText(NOTICE, noticeText({ title, ...about.log }));
  await addText(PAGE, await parts.page({ about, records: survey.records, sources }));

  for (const kind of VIEW_KINDS.filter((one) => hasFiles(one, counts[`${one}s`] ?? 0))) {
    const { data, table } = survey.files[kind];
    for (const [path, which, measure] of [
      [dataPath(kind), 'data', data],
      [tablePath(kind), 'table', table],
    ] as const) {
      const columns = which === 'table' ? { columns: COLUMNS[kind] } : {};
      files.push({ path, bytes: measure.size, sha256: measure.sha256, ...columns });
      await zip.add(path, measure, linesOf(parts, kind, which));
    }
  }

  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  let done = 0;
  for (const kind of VIEW_KINDS) {
    for await (const some of batches(parts.entries(kind))) {
      const proofs = await parts.proofs(some.map(({ index }) => index));
      for (const [at, entry] of some.entries()) {
        const { id } = viewOf(entry).view;
        await addText(entryPath(id), encodeEntryFile(entry));
        await addText(proofPath(id), proofs[at]!);
      }
      done += some.length;
      onProgress(done, total);
    }
  }

  const addBlob = async (path: string, sha256: string, of: PublicSource) => {
    // Gone through once for its CRC, which a zip has before the content; its hash is checked on the way.
    const measure = await measureBlob(parts, sha256, of.title);
    if (measure.sha256 !== sha256) throw new DamagedBlob(of.title);
    files.push({ path, bytes: measure.size, sha256 });
    await zip.add(path, measure, parts.blob(sha256));
  };
  const leaving = [...sources.values()].filter(({ mayLeave }) => mayLeave);
  const whole = leaving.filter(({ image }) => image === undefined);
  const originals = new Map(whole.map((source) => [source.original, source]));
  for (const [sha256, of] of originals) await addBlob(originalPath(sha256), sha256, of);
  const images = new Map(leaving.flatMap((of) => (of.image ? [[of.image.sha256, of] as const] : [])));
  for (const [sha256, of] of images) await addBlob(imagePath(of.image!), sha256, of);
  const texts = new Map(
    leaving.flatMap((source) => (source.text ? [[source.text.sha256, source] as const] : [])),
  );
  for (const [sha256, of] of texts) await addBlob(textPath(sha256), sha256, of);
  await addText(CHECKPOINT, await parts.checkpoint());

  const manifest = encodeUtf8(encodeManifest({ about, files }));
  const { sha256 } = measureOf([manifest]);
  await add(MANIFEST, manifest);
  const { entry, proof } = await parts.seal(sha256);
  await addText(SEAL_ENTRY, encodeEntryFile(entry));
  await addText(SEAL_PROOF, proof);
  return { bytes: await zip.end(), manifest: sha256, counts };
}

/** Size, CRC-32 and SHA-256 of what a file will hold. */
interface FileMeasure {
  size: number;
  crc: number;
  sha256: string;
}

function measurer() {
  const hash = createHash('sha256');
  let size = 0;
  let crc = 0;
  return {
    take: (bytes: Uint8Array) => {
      hash.update(bytes);
      crc = crc32(bytes, crc);
      size += bytes.length;
    },
    result: (): FileMeasure => ({ size, crc, sha256: hash.digest('hex') }),
  };
}

function measureOf(pieces: Uint8Array[]): FileMeasure {
  const { take, result } = measurer();
  pieces.forEach(take);
  return result();
}

async function measureBlob(parts: BundleParts, sha256: string, title: string): Promise<FileMeasure> {
  const { take, result } = measurer();
  try {
    for await (const bytes of parts.blob(sha256)) take(bytes);
  } catch (error) {
    throw new DamagedBlob(title, error);
  }
  return result();
}

/** The view that an entry publishes, and its canonical text. */
function viewOf({ payload }: SealedEntry): { view: FrozenView; text: string } {
  const { publication, view } = JSON.parse(payload) as { publication: number; view: FrozenView };
  return { view, text: viewText(payload, publication) };
}

/** One of the two data files of a kind, in pieces. */
async function* linesOf(
  parts: BundleParts,
  kind: ViewKind,
  which: 'data' | 'table',
): AsyncGenerator<Uint8Array> {
  const writers = viewWriters(COLUMNS[kind], parts.formulas ?? FORMULAS);
  let held = '';
  for await (const entry of parts.entries(kind)) {
    const { view, text } = viewOf(entry);
    held += writers.next(text, view)[which];
    if (held.length < PIECE) continue;
    yield encodeUtf8(held);
    held = '';
  }
  yield encodeUtf8(held + writers.end()[which]);
}

/** All that has to be known before the first byte is written. */
async function surveyOf(parts: BundleParts) {
  const counts: ViewCounts = { statements: 0, figures: 0, incidents: 0, sources: 0 };
  const records: PublicRecord[] = [];
  const sources = new Map<string, PublicSource>();
  const files = {} as Record<ViewKind, { data: FileMeasure; table: FileMeasure }>;
  for (const kind of VIEW_KINDS) {
    const writers = viewWriters(COLUMNS[kind], parts.formulas ?? FORMULAS);
    const [data, table] = [measurer(), measurer()];
    const take = (lines: { data: string; table: string }) => {
      data.take(encodeUtf8(lines.data));
      table.take(encodeUtf8(lines.table));
    };
    for await (const entry of parts.entries(kind)) {
      const { view, text } = viewOf(entry);
      take(writers.next(text, view));
      counts[`${kind}s`] = (counts[`${kind}s`] ?? 0) + 1;
      if (view.kind === 'source') sources.set(view.id, view);
      else if (view.kind !== 'measure' && view.kind !== 'disagreement' && records.length < SHOWN)
        records.push(view);
    }
    take(writers.end());
    files[kind] = { data: data.result(), table: table.result() };
  }
  return { counts, records, sources, files };
}

async function* batches(entries: AsyncIterable<SealedEntry>): AsyncGenerator<SealedEntry[]> {
  let some: SealedEntry[] = [];
  for await (const entry of entries) {
    some.push(entry);
    if (some.length < BATCH) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}
