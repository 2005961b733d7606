// A source, its original (the bytes as received) and its renditions (all that was derived from them).
import { z } from 'zod';
import { Id, Instant, LanguageTag, Sha256, WebAddress } from './common.ts';
import { EdtfDate } from './date.ts';
import { Sealed } from './sealed.ts';
import { Acquisition, Reliability, Sensitivity, SourceState, SourceType } from './vocabulary.ts';

/** What a person may write on a source. */
export const SourceContent = z.object({
  title: z.string().min(1).max(500).meta({ title: 'Title' }),
  type: SourceType.meta({ title: 'Type' }),
  publisher: z.string().max(300).nullable().meta({ title: 'Publisher' }),
  author: z.string().max(300).nullable().meta({ title: 'Author' }),
  published: EdtfDate.nullable().meta({ title: 'Published' }),
  language: LanguageTag.nullable().meta({ title: 'Language' }),
  address: WebAddress.nullable().meta({ title: 'Address' }),
  acquisition: Acquisition.meta({ title: 'How obtained' }),
  obtainedFrom: z.string().max(300).nullable().meta({ title: 'Obtained from' }),
  reliability: Reliability.meta({ title: 'Reliability' }),
  /** Whether the original and its text may leave in a bundle. Passages quoted by public records leave in any case. */
  mayLeave: z.boolean().meta({ title: 'The original may be published' }),
  sensitivity: Sensitivity.meta({ title: 'Sensitivity' }),
  note: z
    .string()
    .max(5000)
    .nullable()
    .meta({ title: 'Note', description: 'For the team; never published.' }),
});
export type SourceContent = z.infer<typeof SourceContent>;

/** A source as stored. */
export const Source = z
  .object({
    id: Id,
    dossier: Id,
    /** SHA-256 of the original. */
    original: Sha256,
    /** The name the file came with; for the team only, since names of files betray people. */
    fileName: z.string().max(300).nullable(),
    mediaType: z.string().max(120),
    bytes: z.int().min(0),
    state: SourceState,
    /** Why there is no text, as a problem code and its sentence; null when there is. */
    failure: z.object({ code: z.string(), sentence: z.string() }).nullable(),
    /** SHA-256 of the newest text rendition; null until read. */
    text: Sha256.nullable(),
    textLength: z.int().min(0).nullable(),
    ...SourceContent.shape,
    /** The witness who told it, if one did. */
    witness: Id.nullable().optional(),
    /** What of it is sealed; then original and text are stored encrypted too. Absent: nothing. */
    sealed: Sealed.nullable().optional(),
    version: z.int().min(1),
    createdAt: Instant,
    createdBy: Id,
    updatedAt: Instant,
    updatedBy: Id,
  })
  .meta({ id: 'Source', title: 'Source' });
export type Source = z.infer<typeof Source>;

/** The media types of tables. */
export const CSV = 'text/csv';
export const TSV = 'text/tab-separated-values';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Whether a source is a table: its figures are imported row by row, and nothing is proposed from it. */
export function isTable({ mediaType }: Pick<Source, 'mediaType'>): boolean {
  return mediaType === CSV || mediaType === TSV || mediaType === XLSX;
}

/** The evidentiary copy: bytes as received, named by their hash, never altered. */
export const Original = z
  .object({ sha256: Sha256, bytes: z.int().min(0), mediaType: z.string(), receivedAt: Instant })
  .meta({ id: 'Original', title: 'Original' });

/**
 * What a rendition is: the text that passages count in, its layout (blocks, pages, rectangles), the record of how it was
 * fetched, or a picture made of an image for publication.
 */
export const RenditionKind = z.enum(['text', 'layout', 'capture', 'image']).meta({ id: 'RenditionKind' });

/** Something derived from an original, with the parent's hash and the tool that made it. */
export const Rendition = z
  .object({
    id: Id,
    dossier: Id,
    source: Id,
    kind: RenditionKind,
    /** SHA-256 of what it was made from: the original, or another rendition. */
    parent: Sha256,
    sha256: Sha256,
    bytes: z.int().min(0),
    mediaType: z.string(),
    tool: z.string(),
    toolVersion: z.string(),
    createdAt: Instant,
  })
  .meta({ id: 'Rendition', title: 'Rendition' });
export type Rendition = z.infer<typeof Rendition>;

/** A word's or line's place on a page: the range of the text it covers, and its rectangle in PDF points. */
export const LayoutRun = z.object({
  start: z.int().min(0),
  end: z.int().min(0),
  page: z.int().min(1),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

/** The layout rendition of a text: what stands where. Stored as JSON. */
export const Layout = z
  .object({
    blocks: z.array(
      z.object({
        start: z.int().min(0),
        end: z.int().min(0),
        kind: z.enum(['title', 'heading', 'paragraph', 'list-item', 'caption', 'table', 'furniture']),
      }),
    ),
    pages: z.array(
      z.object({ start: z.int().min(0), end: z.int().min(0), width: z.number(), height: z.number() }),
    ),
    runs: z.array(LayoutRun),
  })
  .meta({ id: 'Layout', title: 'Layout' });
export type Layout = z.infer<typeof Layout>;
