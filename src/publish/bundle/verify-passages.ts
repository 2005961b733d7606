// Checks that every passage's exact text stands where it says, in a text whose parent is the source's original.
import { decodeUtf8 } from '../../log/bytes.ts';
import { LogError } from '../../log/error.ts';
import { imagePath, originalPath, textPath } from './layout.ts';
import type { Note } from './verify-entries.ts';

/** What matters of a source here. */
interface Source {
  id: string;
  title: string;
  original: string;
  bytes: number;
  mayLeave: boolean;
  text: { sha256: string; parent: string } | null;
  image?: { sha256: string; parent: string; bytes: number; mediaType: string };
}

/** A passage with the record that rests on it. */
interface Pin {
  record: string;
  source: string;
  exact: string;
  prefix: string;
  suffix: string;
  start: number;
  end: number;
}

/** Takes records and sources, then originals and texts; then says what it found. */
export interface PassageChecker {
  record: (id: string, view: object) => void;
  source: (view: object) => void;
  /** An original that is in the bundle, with its hash, which the caller has checked. */
  original: (path: string, bytes: number, sha256: string) => void;
  /** A picture that is in the bundle, with its hash, which the caller has checked. */
  image: (path: string, bytes: number, sha256: string) => void;
  /** A text that is in the bundle, with its hash, which the caller has checked. */
  text: (path: string, bytes: Uint8Array, sha256: string) => void;
  /** `isComplete`: every record and source of the bundle was given. */
  end: (isComplete: boolean) => void;
  counts: () => { checked: number; withheld: number; sourcesWithheld: number; originals: number };
}

/** Longest part of a quotation shown in a finding, in characters. */
const SHOWN = 80;

/** Makes the checker. */
export function passageChecker(note: Note): PassageChecker {
  const sources = new Map<string, Source>();
  /** By the text they count in, so that each text is read once. */
  const pins = new Map<string, Pin[]>();
  /** Hashes of what sources that may leave have: originals with their length, and texts. */
  const allowed = {
    originals: new Map<string, number>(),
    images: new Map<string, NonNullable<Source['image']>>(),
    texts: new Set<string>(),
  };
  const images = new Set<string>();
  const originals = new Set<string>();
  const texts = new Set<string>();
  /** Files of no source that may leave. */
  const unowned: string[] = [];
  const counts = { checked: 0, withheld: 0, sourcesWithheld: 0, originals: 0 };

  return {
    record: (id, view) => {
      const { passages } = view as { passages?: unknown };
      if (!Array.isArray(passages) || passages.length === 0) {
        note('passage.malformed', {}, { record: id });
        return;
      }
      for (const passage of passages) {
        if (!isPassage(passage)) {
          note('passage.malformed', {}, { record: id });
          continue;
        }
        const { rendition, source, exact, prefix, suffix, start, end } = passage;
        const pin = { record: id, source, exact, prefix, suffix, start, end };
        const others = pins.get(rendition);
        if (others) others.push(pin);
        else pins.set(rendition, [pin]);
      }
    },
    source: (view) => {
      const source = view as Source;
      if (!isSource(source)) throw new TypeError('the source has no title, hash or text');
      const { id, title, original, bytes, mayLeave, text, image } = source;
      sources.set(id, { id, title, original, bytes, mayLeave, text, ...(image && { image }) });
      if (mayLeave) {
        // Where a picture stands for an image, the image itself has no business here.
        if (image) allowed.images.set(image.sha256, image);
        else allowed.originals.set(original, bytes);
        if (text) allowed.texts.add(text.sha256);
      }
    },
    original: (path, bytes, sha256) => {
      const expected = allowed.originals.get(sha256);
      if (expected === undefined) {
        unowned.push(path);
        return;
      }
      if (path !== originalPath(sha256) || bytes !== expected) note('file.changed', {}, { path });
      originals.add(sha256);
      counts.originals++;
    },
    image: (path, bytes, sha256) => {
      const expected = allowed.images.get(sha256);
      if (expected === undefined) {
        unowned.push(path);
        return;
      }
      if (path !== imagePath(expected) || bytes !== expected.bytes) note('file.changed', {}, { path });
      images.add(sha256);
    },
    text: (path, bytes, sha256) => {
      if (!allowed.texts.has(sha256)) {
        unowned.push(path);
        return;
      }
      if (path !== textPath(sha256)) note('file.changed', {}, { path });
      texts.add(sha256);
      const text = readText(bytes);
      if (text === null) note('file.changed', {}, { path });
      else for (const pin of pins.get(sha256) ?? []) checkPin(text, pin);
    },
    end: (isComplete) => {
      // Without all of its records and sources, what is missing has been said and what is left over says nothing.
      if (!isComplete) return;
      for (const path of unowned) note('source.withheld', {}, { path });
      for (const source of sources.values()) {
        const of = { record: source.id };
        if (source.text && source.text.parent !== source.original)
          note('source.other-parent', { title: source.title }, of);
        if (source.image && source.image.parent !== source.original)
          note('source.other-parent', { title: source.title }, of);
        const isThere = source.image ? images.has(source.image.sha256) : originals.has(source.original);
        if (!source.mayLeave) counts.sourcesWithheld++;
        else if (!isThere) note('source.no-original', { title: source.title }, of);
        else if (source.text && !texts.has(source.text.sha256))
          note('source.no-text', { title: source.title }, of);
      }
      for (const [rendition, some] of pins) {
        for (const { record, source: id } of some) {
          const source = sources.get(id);
          if (source === undefined) note('passage.no-source', {}, { record });
          else if (source.text?.sha256 !== rendition) note('passage.other-text', {}, { record });
          else if (!texts.has(rendition) && !source.mayLeave) counts.withheld++;
        }
      }
    },
    counts: () => counts,
  };

  function checkPin(text: string, { record, exact, prefix, suffix, start, end }: Pin): void {
    counts.checked++;
    const shown = exact.length > SHOWN ? `${exact.slice(0, SHOWN)}…` : exact;
    if (text.slice(start, end) !== exact) note('passage.differs', { exact: shown }, { record });
    else if (
      text.slice(start - prefix.length, start) !== prefix ||
      text.slice(end, end + suffix.length) !== suffix ||
      start < prefix.length
    )
      note('passage.context', { exact: shown }, { record });
  }
}

/** The text of UTF-8 bytes, or null when they are none. */
export function readText(bytes: Uint8Array): string | null {
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (error instanceof LogError) return null;
    throw error;
  }
}

function isPassage(value: unknown): value is Pin & { rendition: string } {
  const passage = value as (Pin & { rendition: string }) | null;
  if (typeof passage !== 'object' || passage === null) return false;
  const { source, rendition, exact, prefix, suffix, start, end } = passage;
  return (
    [source, rendition, exact, prefix, suffix].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(start) &&
    Number.isSafeInteger(end) &&
    start >= 0 &&
    exact.length > 0 &&
    end - start === exact.length
  );
}

function isSource({ title, original, bytes, mayLeave, text, image }: Source): boolean {
  return (
    typeof title === 'string' &&
    typeof original === 'string' &&
    Number.isSafeInteger(bytes) &&
    typeof mayLeave === 'boolean' &&
    (image === undefined || (typeof image?.sha256 === 'string' && typeof image.mediaType === 'string')) &&
    (text === null || (typeof text?.sha256 === 'string' && typeof text.parent === 'string'))
  );
}
