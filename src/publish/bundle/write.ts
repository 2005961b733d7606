// A bundle of a publication, from the store: its views with their entries and proofs, sealed by an entry of its own.
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { problem } from '../../record/problem.ts';
import type { Bundle } from '../../record/report.ts';
import { moveDurably } from '../../store/durable-file.ts';
import { type PublicDossier, readPublication } from '../../store/publications.ts';
import type { Store } from '../../store/store.ts';
import { assembleBundle, DamagedBlob } from './assemble.ts';
import type { SealedEntry } from './entry-file.ts';
import { indexPage } from './index-page.ts';
import type { ViewKind } from './layout.ts';
import type { BundleAbout } from './manifest.ts';

/** What was written. */
export interface WrittenBundle {
  dossier: BundleAbout['dossier'];
  publication: number;
  counts: BundleAbout['counts'];
  bytes: number;
  /** SHA-256 of the manifest, as the seal has it. */
  manifest: string;
  vkey: string;
}

/** Settings of a bundle. */
export interface WriteBundleOptions {
  /** The publication's number; the newest when absent. */
  publication?: number | undefined;
  /** Told after every few hundred records. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** How many entries are read from the database at a time. */
const PAGE = 500;

/**
 * Writes the bundle of a dossier's publication, in memory that does not grow with its content but by its list of files.
 * A path gets the whole bundle or nothing; a stream is ended, or destroyed by what is thrown. Adds one `dossier.export`
 * entry, once all the rest is written. `account` is who exports, `dossier` an id or a name in addresses.
 * Throws `not-found`, `bundle.damaged`, or what the log throws.
 */
export async function writeBundle(
  store: Store,
  account: string,
  dossier: string,
  out: string | Writable,
  options: WriteBundleOptions = {},
): Promise<WrittenBundle> {
  const of = await readPublication(store, dossier, options.publication);
  if (typeof out !== 'string') {
    try {
      return await writeInto(store, account, of, out, options);
    } catch (error) {
      out.destroy(error instanceof Error ? error : undefined);
      throw error;
    }
  }
  // Beside its place, so that the rename stays on one disk.
  const unfinished = `${out}.${process.pid}.part`;
  try {
    const written = await writeInto(
      store,
      account,
      of,
      createWriteStream(unfinished, { flush: true }),
      options,
    );
    await moveDurably(unfinished, out);
    return written;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function writeInto(
  store: Store,
  account: string,
  of: PublicDossier,
  out: Writable,
  { onProgress }: WriteBundleOptions,
): Promise<WrittenBundle> {
  const { publication } = of;
  const dossier = {
    id: of.id,
    slug: of.slug,
    title: publication.title,
    publishedBy: publication.publishedBy,
    language: of.language,
  };
  // A stream that fails says so here even when nothing is being written.
  const done = finished(out);
  done.catch(() => {});
  await store.log.flush();
  const { origin, vkey } = store.log.status();
  const parts = {
    about: {
      dossier,
      publication: { number: publication.number, at: publication.at },
      log: { origin, vkey },
      created: new Date().toISOString(),
    },
    entries: (kind: ViewKind) => publishedEntries(store, of, kind),
    proofs: store.log.proofs,
    checkpoint: store.log.checkpoint,
    blob: (sha256: string) => store.blobs.stream(sha256),
    page: indexPage,
    seal: (manifest: string) => seal(store, account, of, manifest),
  };
  try {
    const sink = async (bytes: Uint8Array) => {
      // What is handed over may be used again by whoever made it only after it has been written.
      if (!out.write(bytes)) await Promise.race([drained(out), done]);
      if (out.destroyed) await done;
    };
    const { bytes, manifest, counts } = await assembleBundle(parts, sink, onProgress);
    out.end();
    await done;
    return { dossier, publication: publication.number, counts, bytes, manifest, vkey };
  } catch (error) {
    if (!out.destroyed) out.destroy();
    throw error instanceof DamagedBlob ? problem('bundle.damaged', { title: error.title }, error) : error;
  }
}

function drained(out: Writable): Promise<void> {
  return new Promise((resolve) => out.once('drain', resolve));
}

/** The publishing entries of a kind that a publication holds, in the order of the public lists. */
async function* publishedEntries(
  store: Store,
  of: PublicDossier,
  kind: ViewKind,
): AsyncGenerator<SealedEntry> {
  const { number } = of.publication;
  let after: { sortKey: string; id: string } | null = null;
  for (;;) {
    let query = store.read
      .selectFrom('published')
      .innerJoin('entries', 'entries.id', 'published.entry')
      .select(['published.sortKey', 'published.id'])
      .select(['entries.logIndex', 'entries.headCommitment', 'entries.salt', 'entries.payload'])
      .where('published.dossier', '=', of.id)
      .where('published.kind', '=', kind)
      .where('published.since', '<=', number)
      .where((is) => is.or([is('published.until', 'is', null), is('published.until', '>', number)]))
      .orderBy('published.sortKey')
      .orderBy('published.id')
      .limit(PAGE);
    if (after) {
      const { sortKey, id }: { sortKey: string; id: string } = after;
      query = query.where((is) =>
        is.or([
          is('published.sortKey', '>', sortKey),
          is.and([is('published.sortKey', '=', sortKey), is('published.id', '>', id)]),
        ]),
      );
    }
    const rows = await query.execute();
    for (const row of rows) yield sealedEntry(row);
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = { sortKey: last.sortKey, id: last.id };
  }
}

/** An entry's row, as far as its leaf and its file need it. Who wrote it, and when, is not read at all. */
interface EntryRow {
  logIndex: number | null;
  headCommitment: Uint8Array;
  salt: Uint8Array | null;
  payload: string | null;
}

/** An entry as its row has it. Throws `log.not-yet` while it has no index, and `bundle.erased` when it was erased. */
function sealedEntry({ logIndex, headCommitment, salt, payload }: EntryRow): SealedEntry {
  if (logIndex === null) throw problem('log.not-yet');
  if (payload === null || salt === null) throw problem('bundle.erased');
  return { index: logIndex, headCommitment, payload, salt };
}

async function seal(
  store: Store,
  account: string,
  of: PublicDossier,
  manifest: string,
): Promise<{ entry: SealedEntry; proof: string }> {
  const batch = await store.write({ account, dossier: of.id }, 'dossier.export', async (_, stamp) => ({
    entries: [
      {
        subject: of.id,
        payload: {
          dossier: of.id,
          publication: of.publication.number,
          manifest,
          at: stamp.at,
        } satisfies Bundle,
      },
    ],
    result: stamp.batch,
  }));
  await store.log.flush();
  const row = await store.read
    .selectFrom('entries')
    .select(['logIndex', 'headCommitment', 'salt', 'payload'])
    .where('batch', '=', batch)
    .executeTakeFirstOrThrow();
  const entry = sealedEntry(row);
  return { entry, proof: await store.log.proof(entry.index) };
}
