// What statements, figures and incidents have in common: they rest on passages, and they have a life.
import { z } from 'zod';
import { Id, Instant, LanguageTag, Provenance, Tags } from './common.ts';
import { Passage } from './passage.ts';
import { isSealed, Sealed } from './sealed.ts';
import { Sensitivity, Status } from './vocabulary.ts';

/** The fields a person may write on every kind of record. */
export const RecordContent = {
  /** The language the record's own words are in. */
  language: LanguageTag.nullable(),
  note: z
    .string()
    .max(5000)
    .nullable()
    .meta({ title: 'Note', description: 'For the team; never published.' }),
  tags: Tags,
  sensitivity: Sensitivity,
};

/** The fields the system keeps on every kind of record. */
export const RecordBase = {
  id: Id,
  dossier: Id,
  status: Status,
  /** What the record rests on: at least one passage, or a field submission. */
  passages: z.array(Passage).max(50),
  submission: Id.nullable(),
  provenance: Provenance.nullable(),
  /** What of it is sealed; the fields named there hold stand-ins. Absent: nothing. */
  sealed: Sealed.nullable().optional(),
  /** Counts the changes, so that two people cannot overwrite one another unawares. */
  version: z.int().min(1),
  createdAt: Instant,
  createdBy: Id,
  updatedAt: Instant,
  updatedBy: Id,
};

/** The sentence every record must satisfy; used by the store before it writes. Sealed passages count. */
export function restsOnSomething(record: {
  passages: unknown[];
  submission: string | null;
  sealed?: Sealed | null | undefined;
}): boolean {
  return record.passages.length > 0 || record.submission !== null || isSealed(record, 'passages');
}
