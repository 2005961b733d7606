// Checks a bundle: every byte, every proof, the signature, and every passage. Needs nothing but the bundle; the same code
// runs on the command line, on the page /verify and in the page that every bundle carries.
import { sha256 } from '@noble/hashes/sha2.js';
import { decodeUtf8, encodeBase64, encodeHex } from '../../log/bytes.ts';
import type { Checkpoint } from '../../log/checkpoint.ts';
import { LogError } from '../../log/error.ts';
import { parseVerifierKey } from '../../log/note.ts';
import { parseProof } from '../../log/proof.ts';
import { type ByteSource, PIECE, pieces } from './byte-source.ts';
import { crc32 } from './crc32.ts';
import { parseEntryFile } from './entry-file.ts';
import { type BundleFile, type FileSet, filesOfFolder, filesOfZip } from './file-set.ts';
import { type Hashing, hashOf, pureHashing } from './hashing.ts';
import {
  CHECKPOINT,
  dataPath,
  hasFiles,
  MANIFEST,
  NOTICE,
  PAGE,
  rankOf,
  SEAL_ENTRY,
  SEAL_PROOF,
  tablePath,
  VIEW_KINDS,
  type ViewCounts,
} from './layout.ts';
import { type ListedFile, type Manifest, parseManifest } from './manifest.ts';
import { type Finding, finding, inGroups, type Report, type Summary } from './report.ts';
import { entryChecker, type Note } from './verify-entries.ts';
import { type KnownLogs, type NamedLog, namedLog } from './verify-log.ts';
import { passageChecker, readText } from './verify-passages.ts';
import { openZip } from './zip-read.ts';

/** What a reader may add to a verification. */
export interface VerifyOptions {
  /** The publisher's key, from anywhere but the bundle. Throws LogError when it is none. */
  vkey?: string | undefined;
  /** Told how far the check is, in bytes, some hundred times; waited for, so that a page can stay alive. */
  onProgress?: ((done: number, total: number) => void | Promise<void>) | undefined;
  /** Another SHA-256 than the one in JavaScript. */
  hashing?: Hashing | undefined;
  /** Logs met in earlier verifications; what was checked of them is not checked again. */
  known?: KnownLogs | undefined;
}

/** Findings kept; a bundle with more is no better for naming them all. */
const MOST_FINDINGS = 1000;
/** Larger files of the kinds that are read whole are attacks on memory. */
const MOST_WHOLE = 256 << 20;
const MOST_SMALL = 32 << 20;
/** What a bundle has that holds so much. */
const requiredOf = (counts: ViewCounts): string[] => [
  NOTICE,
  PAGE,
  CHECKPOINT,
  ...VIEW_KINDS.filter((kind) => hasFiles(kind, counts[`${kind}s`] ?? 0)).flatMap((kind) => [
    dataPath(kind),
    tablePath(kind),
  ]),
];
/** Bytes between two reports of progress. */
const STEP = 1 << 19;

/** Checks a bundle in its zip. */
export async function verifyBundle(source: ByteSource, options: VerifyOptions = {}): Promise<Report> {
  const zip = await openZip(source);
  if (zip.ok) return verifyFiles(filesOfZip(source, zip.entries), source.size, options);
  return zip.cut ? refusal(zip.why) : { ...empty, findings: [finding('zip.directory')] };
}

/** Checks a bundle that was unpacked into a folder; paths begin with the folder's name or with its content's. */
export async function verifyFolder(
  blobs: readonly { path: string; blob: Blob }[],
  options: VerifyOptions = {},
): Promise<Report> {
  const set = filesOfFolder(blobs, MANIFEST);
  const bytes = set.files.reduce((sum, { content }) => sum + content.size, 0);
  return blobs.length === 0 ? refusal('no-folder') : verifyFiles(set, bytes, options);
}

/** A seal that is in the log: its place, when it says it was made, and the state of the log it is proved against. */
interface Seal {
  index: number;
  at: string;
  checkpoint: Checkpoint;
}

const empty: Report = { ok: false, refused: false, findings: [], more: 0, summary: null };

function refusal(why: string): Report {
  return { ...empty, refused: true, findings: [finding('bundle.not-a-bundle', { why })] };
}

async function verifyFiles(set: FileSet, total: number, options: VerifyOptions): Promise<Report> {
  const findings: Finding[] = [];
  const hashing = options.hashing ?? pureHashing;
  let more = 0;
  let done = 0;
  const note: Note = (code, details, of) => {
    if (findings.length < MOST_FINDINGS) findings.push(finding(code, details, of));
    else more++;
  };
  const given = options.vkey === undefined ? undefined : parseVerifierKey(options.vkey);
  const byPath = new Map(set.files.map((file) => [file.path, file]));
  const [manifestFile, sealEntry, sealProof] = [MANIFEST, SEAL_ENTRY, SEAL_PROOF].map((path) =>
    byPath.get(path),
  );
  if (!manifestFile || !sealEntry || !sealProof || manifestFile.content.size > MOST_WHOLE)
    return refusal('no-manifest');

  const summary = await check();
  return { ok: findings.length === 0, refused: false, findings, more, summary };

  async function check(): Promise<Summary | null> {
    const manifestBytes = await readWhole(manifestFile!, note);
    const manifest = read('manifest.malformed', () => parseManifest(decodeUtf8(manifestBytes)));
    if (!manifest) return null;
    const { vkey, origin } = manifest.about.log;
    const log = read('key.malformed', () => namedLog(vkey, origin, options.known));
    if (!log) return null;
    if (given && options.vkey !== vkey) note('key.other', { found: vkey });

    const seal = await checkSeal(manifest, encodeHex(sha256(manifestBytes)), log);
    checkList(manifest);
    const checked = await checkContent(manifest, log, seal?.checkpoint ?? null);
    return seal && { ...summaryOf(manifest, log, seal), keyIsGiven: given !== undefined, ...checked };
  }

  /** What `parse` gives, or null and a finding. */
  function read<T>(
    code: 'manifest.malformed' | 'key.malformed' | 'seal.malformed',
    parse: () => T,
  ): T | null {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      note(code, { detail: error.message });
      return null;
    }
  }

  /** The seal is the entry that says which list of files was exported; it must be in the log, and nothing else. */
  async function checkSeal(manifest: Manifest, manifestHash: string, log: NamedLog): Promise<Seal | null> {
    const [entryBytes, proofBytes] = [await readWhole(sealEntry!, note), await readWhole(sealProof!, note)];
    const parsed = read('seal.malformed', () => {
      const proof = parseProof(proofBytes);
      // Neither an extra line nor a second signature is vouched for by anything.
      const lines = proof.checkpoint.slice(proof.checkpoint.lastIndexOf('\n\n') + 2).split('\n').length - 1;
      if (proof.extra || lines !== 1) throw new LogError('malformed', 'proof', 'it says more than a proof');
      return { ...parseEntryFile(entryBytes), proof };
    });
    if (!parsed) return null;
    const { entry, value, leaf, proof } = parsed;
    const { about } = manifest;
    const { dossier, publication, manifest: sealed, at, ...rest } = value;
    const isOurs =
      dossier === about.dossier.id &&
      publication === about.publication.number &&
      isInstant(at) &&
      Object.keys(rest).length === 0;
    if (!isOurs) note('seal.other', {}, { path: SEAL_ENTRY });
    if (sealed !== manifestHash) note('manifest.changed', {}, { path: MANIFEST });
    const verdict = log.prove(decodeUtf8(proofBytes), leaf);
    const of = { path: SEAL_PROOF };
    if (!verdict.ok) note('seal.not-in-log', { detail: verdict.detail }, of);
    else if (proof.index !== entry.index)
      note('seal.not-in-log', { detail: `the entry says it is number ${entry.index}` }, of);
    if (!verdict.ok || !isInstant(at)) return null;
    return { index: entry.index, at, checkpoint: verdict.checkpoint };
  }

  /** Every file is listed, and nothing else is there; in a zip, in the list's order. */
  function checkList(manifest: Manifest): void {
    const listed = manifest.files.map(({ path }) => path);
    const expected = [...listed, MANIFEST, SEAL_ENTRY, SEAL_PROOF];
    const names = new Set(expected);
    const unlisted = set.files.filter(({ path }) => !names.has(path));
    for (const { path } of unlisted) note('file.unlisted', {}, { path });
    for (const path of requiredOf(manifest.about.counts))
      if (!names.has(path)) note('file.missing', {}, { path });
    let rank = 0;
    for (const path of listed) {
      const own = rankOf(path);
      if (own < rank) note('file.order', {}, { path });
      rank = Math.max(rank, own);
    }
    if (names.size !== expected.length) note('file.order', {}, { path: MANIFEST });
    if (!set.isOrdered || unlisted.length > 0 || set.files.length !== expected.length) return;
    const wrong = set.files.find(({ path }, at) => path !== expected[at]);
    if (wrong) note('file.order', {}, { path: wrong.path });
  }

  /** Reads every listed file once, from front to back, and checks it while its bytes are there. */
  async function checkContent(manifest: Manifest, log: NamedLog, sealed: Checkpoint | null) {
    const { about } = manifest;
    const listed = new Map(manifest.files.map((file) => [file.path, file]));
    const passages = passageChecker(note);
    const entries = entryChecker(about, log, (path) => listed.get(path), passages, note, hashing);
    let checkpoint: string | null = null;
    for (const expected of manifest.files) {
      const { path } = expected;
      const file = byPath.get(path);
      const isRecord = /^(?:entries|proofs)\//.test(path);
      if (file === undefined) note('file.missing', {}, { path });
      const checked = file === undefined ? null : await checkFile(file, expected);
      // What was changed is a finding already; what it says no longer matters.
      if (checked === null) {
        if (isRecord) entries.spoil();
      } else if (path.startsWith('originals/')) {
        passages.original(path, expected.bytes, expected.sha256);
      } else if (path.startsWith('images/')) {
        passages.image(path, expected.bytes, expected.sha256);
      } else if (isRecord || path.startsWith('texts/') || path === CHECKPOINT) {
        const bytes = checked.bytes ?? (await file!.content.read(0, expected.bytes));
        if (path.startsWith('entries/')) entries.entry(path, bytes);
        else if (isRecord) entries.proof(path, bytes);
        else if (path === CHECKPOINT) checkpoint = readText(bytes) ?? '';
        else passages.text(path, bytes, expected.sha256);
      }
    }
    passages.end(entries.end());
    checkOrderOfStates(log, checkpoint, entries.largest(), sealed);
    await options.onProgress?.(total, total);
    const counts = entries.counts();
    const { checked, withheld, sourcesWithheld, originals } = passages.counts();
    return {
      files: set.files.length,
      bytes: total,
      records: counts.statement + counts.figure + counts.incident,
      proofsChecked: entries.proofs(),
      originals,
      passagesChecked: checked,
      passagesWithheld: withheld,
      sourcesWithheld,
    };
  }

  async function advance(bytes: number): Promise<void> {
    const before = done;
    done += bytes;
    if (Math.floor(done / STEP) > Math.floor(before / STEP)) await options.onProgress?.(done, total);
  }

  /**
   * Whether a file's header, length and hash are as they should be; notes what is not. Null when its content is another
   * than listed; else its bytes, unless it is large.
   */
  async function checkFile(file: BundleFile, expected: ListedFile): Promise<{ bytes?: Uint8Array } | null> {
    const { path, content } = file;
    if (!(await file.hasHeader())) note('zip.header', {}, { path });
    const limit = /^(?:entries|proofs|log)\//.test(path)
      ? MOST_SMALL
      : path.startsWith('texts/')
        ? MOST_WHOLE
        : Number.POSITIVE_INFINITY;
    const isSize = content.size === expected.bytes && content.size <= limit;
    const found = isSize ? await measure(content, file.crc !== null) : null;
    if (found?.sha256 !== expected.sha256) {
      note('file.changed', {}, { path });
      return null;
    }
    if (file.crc !== null && file.crc !== found.crc) note('zip.header', {}, { path });
    return found.bytes ? { bytes: found.bytes } : {};
  }

  /** SHA-256 and, when it is wanted, CRC-32 of a content; its bytes too, when it is read in one piece. */
  async function measure(
    content: ByteSource,
    withCrc: boolean,
  ): Promise<{ sha256: string; crc: number; bytes?: Uint8Array }> {
    if (content.size <= PIECE) {
      const bytes = await content.read(0, content.size);
      await advance(bytes.length);
      return { sha256: encodeHex(hashOf(hashing, bytes)), crc: withCrc ? crc32(bytes) : 0, bytes };
    }
    const hash = hashing();
    let crc = 0;
    for await (const piece of pieces(content, 0, content.size)) {
      hash.update(piece);
      if (withCrc) crc = crc32(piece, crc);
      await advance(piece.length);
    }
    return { sha256: encodeHex(hash.digest()), crc };
  }

  /** What came later must be proved against a state of the log that is no smaller. */
  function checkOrderOfStates(
    log: NamedLog,
    checkpoint: string | null,
    largest: { size: number; path: string },
    sealed: Checkpoint | null,
  ): void {
    if (checkpoint === null) return;
    const opened = log.open(checkpoint);
    if (!opened.ok) note('checkpoint.refused', { detail: opened.detail }, { path: CHECKPOINT });
    else if (largest.size > opened.checkpoint.size) note('checkpoint.smaller', {}, { path: largest.path });
    else if (sealed && opened.checkpoint.size > sealed.size)
      note('checkpoint.smaller', {}, { path: CHECKPOINT });
  }
}

function isInstant(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

/** The whole of a file that is not listed, with its header and CRC checked. */
async function readWhole(file: BundleFile, note: Note): Promise<Uint8Array> {
  const bytes = (await file.content.read(0, file.content.size)).slice();
  if (!(await file.hasHeader()) || (file.crc !== null && crc32(bytes) !== file.crc))
    note('zip.header', {}, { path: file.path });
  return bytes;
}

function summaryOf({ about }: Manifest, { key }: NamedLog, { index, at, checkpoint }: Seal) {
  const { dossier, publication, counts, created, log } = about;
  return {
    dossier,
    publication,
    counts,
    created,
    key: { origin: log.origin, vkey: log.vkey, fingerprint: inGroups(encodeHex(sha256(key.publicKey))) },
    checkpoint: { size: checkpoint.size, root: encodeBase64(checkpoint.root) },
    sealed: { index, at },
  };
}
