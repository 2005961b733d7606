// What leaves the house: the public views of records and sources. Redaction (redact.ts) makes them;
// public pages, feeds, CSV and bundles are made of these and of nothing else.
import { z } from 'zod';
import { Id, Instant, LanguageTag, Sha256, WebAddress } from './common.ts';
import { EdtfDate } from './date.ts';
import { Disagreement } from './disagreement.ts';
import { Figure } from './figure.ts';
import { Incident } from './incident.ts';
import { Measure } from './measure.ts';
import { Passage } from './passage.ts';
import { Statement } from './statement.ts';
import { DisagreementKind, LinkKind, RecordKind, SourceType } from './vocabulary.ts';

/** A passage as published: the anchor's state is working data and stays. */
export const PublicPassage = Passage.omit({ anchor: true }).meta({ id: 'PublicPassage' });

/** A link to another published record, seen from this one. */
export const PublicLink = z
  .object({ link: LinkKind, direction: z.enum(['to', 'from']), kind: RecordKind, id: Id })
  .meta({ id: 'PublicLink' });
export type PublicLink = z.infer<typeof PublicLink>;

const working = {
  note: true,
  sensitivity: true,
  submission: true,
  sealed: true,
  createdBy: true,
  updatedBy: true,
  createdAt: true,
  updatedAt: true,
  version: true,
  passages: true,
} as const;

const published = {
  passages: z.array(PublicPassage),
  links: z.array(PublicLink),
  /** When the record was first accepted, and last changed. */
  recordedAt: Instant,
  changedAt: Instant,
};

/** The public view of a statement, figure or incident: no notes, no names of those who work on it. */
export const PublicStatement = Statement.omit(working).extend(published).meta({ id: 'PublicStatement' });
export const PublicFigure = Figure.omit(working).extend(published).meta({ id: 'PublicFigure' });
export const PublicIncident = Incident.omit(working).extend(published).meta({ id: 'PublicIncident' });
export type PublicStatement = z.infer<typeof PublicStatement>;
export type PublicFigure = z.infer<typeof PublicFigure>;
export type PublicIncident = z.infer<typeof PublicIncident>;
export const PublicRecord = z
  .discriminatedUnion('kind', [PublicStatement, PublicFigure, PublicIncident])
  .meta({ id: 'PublicRecord' });
export type PublicRecord = z.infer<typeof PublicRecord>;

/** The public view of a source that a published record rests on. */
export const PublicSource = z
  .object({
    kind: z.literal('source'),
    id: Id,
    dossier: Id,
    title: z.string(),
    type: SourceType,
    publisher: z.string().nullable(),
    author: z.string().nullable(),
    published: EdtfDate.nullable(),
    language: LanguageTag.nullable(),
    address: WebAddress.nullable(),
    mediaType: z.string(),
    bytes: z.int().min(0),
    /** SHA-256 of the original, given even where the original itself may not leave. */
    original: Sha256,
    /** The text rendition that passages count in, and what made it. */
    text: z
      .object({ sha256: Sha256, parent: Sha256, bytes: z.int(), tool: z.string(), toolVersion: z.string() })
      .nullable(),
    /** The picture that stands for an image: its own bytes stay, for what they say beside the pixels. */
    image: z
      .object({
        sha256: Sha256,
        parent: Sha256,
        bytes: z.int(),
        mediaType: z.string(),
        tool: z.string(),
        toolVersion: z.string(),
      })
      .optional(),
    /** Whether original and text may be handed on; of an image, its picture and text. */
    mayLeave: z.boolean(),
    receivedAt: Instant,
  })
  .meta({ id: 'PublicSource', title: 'Source' });
export type PublicSource = z.infer<typeof PublicSource>;

/** The public view of a measure that a published figure is of: what its numbers are numbers of. */
export const PublicMeasure = Measure.omit({
  // How sources put it may be the words of a source that does not leave.
  wordings: true,
  version: true,
  createdAt: true,
  createdBy: true,
  updatedAt: true,
  updatedBy: true,
})
  .extend({ kind: z.literal('measure') })
  .meta({ id: 'PublicMeasure' });
export type PublicMeasure = z.infer<typeof PublicMeasure>;

/**
 * The public view of a disagreement that was upheld or explained. It leaves only where every record it speaks of does;
 * what is open or dismissed is the team's business.
 */
export const PublicDisagreement = Disagreement.pick({
  id: true,
  dossier: true,
  records: true,
  working: true,
  state: true,
  explanation: true,
  reason: true,
})
  .extend({
    kind: z.literal('disagreement'),
    /** What kind of disagreement it is. */
    finding: DisagreementKind,
    /** The check that found it, or null when a person filed it. */
    check: z.string().nullable(),
    decidedAt: Instant,
  })
  .meta({ id: 'PublicDisagreement', title: 'Disagreement' });
export type PublicDisagreement = z.infer<typeof PublicDisagreement>;

/** The public view of a record or of a source. */
export type PublicView = PublicRecord | PublicSource;

/** All that is frozen in a publication. */
export type FrozenView = PublicView | PublicMeasure | PublicDisagreement;
