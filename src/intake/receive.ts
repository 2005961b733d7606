// Receiving: the bytes are hashed and stored while they arrive; only then is it looked at what they are.
import type { Capture } from '../record/capture.ts';
import { problem } from '../record/problem.ts';
import { isTable, type Source, type SourceContent } from '../record/source.ts';
import type { DossierWriter } from '../store/records.ts';
import { addSealedSource } from '../store/sealed-sources.ts';
import { addSource, placeholderTitle } from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import { HEAD_LENGTH, mediaTypeOf, TAIL_LENGTH } from './kind.ts';
import { type IntakeLimits, sizeText } from './limits.ts';

/** A file on its way in. */
export interface Arrival {
  /** The file's name, which decides nothing but the first title; null for pasted text. */
  fileName: string | null;
  chunks: AsyncIterable<Uint8Array>;
  /** How many bytes there must be, where that was announced; null otherwise. */
  expected: number | null;
  /** What the person says of it; the rest is read from the file or left open. */
  content: Partial<SourceContent>;
  /** Whether the person may see only what they handed in themselves; see `addSource`. */
  ownOnly?: boolean;
  /** Of what is fetched: the charset its host names, and, once it is here, how it came. */
  charset?: string | null;
  capture?: () => Capture;
}

/** A source, and whether the dossier had these very bytes already. */
export interface Received {
  source: Source;
  duplicate: boolean;
}

/**
 * Takes a file in: hashes and stores it, says what it is by its content, adds it as a source. Reading is a job.
 * A sealed one is encrypted while it arrives. Throws `source.empty`, `source.too-large`, `source.cut-short` or `store.full`;
 * then nothing is kept.
 */
export async function receive(
  store: Store,
  writer: DossierWriter,
  { fileName, chunks, expected, content, ownOnly, charset, capture }: Arrival,
  limits: Pick<IntakeLimits, 'upload'>,
): Promise<Received> {
  // What announces itself as too large need not arrive.
  if (expected !== null && expected > limits.upload) {
    throw problem('source.too-large', { limit: sizeText(limits.upload) });
  }
  const ends = new Ends();
  const name = fileName === null ? null : baseName(fileName);
  if (content.sensitivity === 'sealed') {
    const describe = () => {
      const mediaType = mediaTypeOf(ends.head, ends.tail, name);
      const type = isTable({ mediaType }) ? ('dataset' as const) : ('article' as const);
      return {
        fileName: name,
        mediaType: withCharset(mediaType, charset),
        content: { ...defaults(name), type, ...content },
        capture: capture?.(),
      };
    };
    const arriving = complete(ends.watch(chunks), expected);
    const source = await addSealedSource(store, writer, { chunks: arriving, limit: limits.upload, describe });
    return { source, duplicate: false };
  }
  const blob = await store.blobs.receive(complete(ends.watch(chunks), expected), { limit: limits.upload });
  const mediaType = mediaTypeOf(ends.head, ends.tail, name);
  const type = isTable({ mediaType }) ? 'dataset' : 'article';
  const added = await addSource(store, writer, {
    blob,
    fileName: name,
    mediaType: withCharset(mediaType, charset),
    content: { ...defaults(name), type, ...content },
    ownOnly,
    capture: capture?.(),
  });
  return { source: added.source, duplicate: !added.added };
}

/** A host may know the charset of a page that does not name it itself. */
function withCharset(mediaType: string, charset: string | null | undefined): string {
  return charset && mediaType === 'text/html' ? `${mediaType};charset=${charset}` : mediaType;
}

function defaults(fileName: string | null): Omit<SourceContent, 'type'> {
  return {
    title: placeholderTitle(fileName),
    publisher: null,
    author: null,
    published: null,
    language: null,
    address: null,
    acquisition: fileName === null ? 'pasted' : 'uploaded',
    obtainedFrom: null,
    reliability: 'unknown',
    // What leaves is decided by a person, never by default: originals are other people's work and carry metadata.
    mayLeave: false,
    sensitivity: 'public',
    note: null,
  };
}

/** The last part of a name, whichever system's separators it has, without control characters; null when nothing is left. */
function baseName(fileName: string): string | null {
  const last = fileName.split(/[\\/]/).at(-1)!;
  const clean = last
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .trim()
    .slice(0, 300)
    .toWellFormed();
  return clean === '' || clean === '.' || clean === '..' ? null : clean;
}

/** Refuses an upload that ends before, or goes on past, what was announced. */
async function* complete(
  chunks: AsyncIterable<Uint8Array>,
  expected: number | null,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    yield chunk;
  }
  if (expected !== null && bytes !== expected) throw problem('source.cut-short');
}

/** Keeps the beginning and the end of what passes, to tell by them what it was. */
class Ends {
  head: Buffer = Buffer.alloc(0);
  tail: Buffer = Buffer.alloc(0);

  async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      if (this.head.length < HEAD_LENGTH) {
        this.head = Buffer.concat([this.head, chunk.subarray(0, HEAD_LENGTH - this.head.length)]);
      }
      const end = chunk.subarray(Math.max(0, chunk.length - TAIL_LENGTH));
      const kept = Math.max(0, TAIL_LENGTH - end.length);
      this.tail = Buffer.concat([this.tail.subarray(Math.max(0, this.tail.length - kept)), end]);
      yield chunk;
    }
  }
}
