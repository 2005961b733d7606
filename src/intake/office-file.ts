// What office files have in common: the zip around them, checked entry by entry to its real size before anything is parsed,
// and what they say of themselves.
import { DOMParser } from 'linkedom';
import yauzl from 'yauzl';
import { type Problem, problem } from '../record/problem.ts';
import { sizeText } from './limits.ts';
import { aboutDay, ownTitle } from './read-pdf.ts';
import { languageTag, type Metadata, NO_METADATA, oneLine } from './reading.ts';

/** No office file has more parts than this. */
const MOST_ENTRIES = 5_000;

/** Deflate reaches 1,032 to 1. Text of an office file reaches 30; past this, and past 10 MB, it is there to expand. */
const MOST_RATIO = 200;
const RATIO_FROM = 10_000_000;

/**
 * Unpacks every entry into nothing, counting, and keeps the core properties. `part` must be there for it to be a file of
 * this format.
 */
export async function checkZip(
  bytes: Buffer,
  limit: number,
  { part, format }: { part: string; format: string },
): Promise<{ core: string } | { problem: Problem }> {
  const expands = { problem: problem('read.expands', { limit: sizeText(limit) }) };
  const zip = await yauzl.fromBufferPromise(bytes);
  if (zip.entryCount > MOST_ENTRIES) return expands;
  let declared = 0;
  let core = '';
  let isDocument = false;
  const entries: yauzl.Entry[] = [];
  const damaged = { problem: problem('read.damaged', { format }) };
  const names = new Set<string>();
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) return { problem: problem('read.encrypted') };
    declared += entry.uncompressedSize;
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
    if (declared > limit || (ratio > MOST_RATIO && entry.uncompressedSize > RATIO_FROM)) return expands;
    // Two parts of one name are read differently by different programs; a link leads out of the file.
    if (isLink(entry) || names.has(entry.fileName.toLowerCase())) return damaged;
    names.add(entry.fileName.toLowerCase());
    entries.push(entry);
    isDocument ||= entry.fileName === part;
  }
  if (!isDocument) return damaged;
  for (const entry of entries) {
    if (entry.fileName.endsWith('/')) continue;
    // yauzl ends the stream with an error as soon as it gives more than the entry declares.
    const stream = await zip.openReadStreamPromise(entry);
    const isCore = entry.fileName === 'docProps/core.xml' && entry.uncompressedSize < 1_000_000;
    const declares = /\.(?:xml|rels|vml)$/i.test(entry.fileName) ? declarationFinder() : null;
    for await (const chunk of stream) {
      if (declares?.(chunk as Buffer)) return damaged;
      if (isCore) core += String(chunk);
    }
  }
  return { core };
}

/** Whether an entry says that it is a symbolic link (the upper half of the attributes is the mode, where Unix made the zip). */
function isLink(entry: yauzl.Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

/**
 * Looks for a document type declaration in what passes, in 8 or 16 bits a character: it is where entities are declared that
 * grow or read other files, and no part of an office file has one (ECMA-376 part 2, §8.1.4).
 */
function declarationFinder(): (chunk: Buffer) => boolean {
  let end = Buffer.alloc(0);
  return (chunk) => {
    const both = Buffer.concat([end, chunk]);
    end = both.subarray(-20);
    return both.toString('latin1').replaceAll('\0', '').includes('<!DOCTYPE');
  };
}

/** Title, author and date of an office file (ECMA-376 part 2, §11). */
export function coreProperties(xml: string): Metadata {
  if (xml === '') return NO_METADATA;
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const words = (name: string) => document.getElementsByTagName(name)[0]?.textContent ?? null;
  return {
    ...NO_METADATA,
    title: ownTitle(words('dc:title')),
    author: oneLine(words('dc:creator')),
    published: aboutDay(words('dcterms:modified') ?? words('dcterms:created')),
    language: languageTag(words('dc:language')),
  };
}
