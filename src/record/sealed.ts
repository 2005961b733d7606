// What is sealed: fields whose values only those named may read. A row keeps stand-ins in their place and carries the
// true values in a box, an age file (https://age-encryption.org/v1) to the key of this one seal.
import { z } from 'zod';
import { Id } from './common.ts';
import type { RecordKind } from './vocabulary.ts';

/** The sealed part of a value: which seal closes it, which of its fields are inside, and the box that holds them. */
export const Sealed = z
  .object({
    seal: Id,
    /** Names of the value's fields whose true values are in the box, sorted; the row holds stand-ins. */
    fields: z.array(z.string().max(60)).min(1).max(60),
    /** The age file, as armored text: JSON `{subject, fields: {name: value}}`. */
    box: z.string().max(10_000_000),
  })
  .meta({ id: 'Sealed', title: 'Sealed' });
export type Sealed = z.infer<typeof Sealed>;

/** What stands in a text field whose words are sealed. */
export const SEALED_TEXT = '[sealed]';

/**
 * Fields of a record of each kind that may be sealed by themselves, because they can identify a person. Of an incident's
 * acts the whole list is sealed: who did it and whom it was done to stand there together.
 */
export const SEALABLE = {
  statement: ['speaker', 'reporter', 'addressee', 'note'],
  figure: ['accordingTo', 'reportedBy', 'place', 'method', 'note'],
  incident: ['place', 'acts', 'note'],
} as const satisfies Record<RecordKind, readonly string[]>;

/** An act of which only its being is left. */
const SEALED_ACT = {
  kind: 'other',
  method: null,
  perpetrators: [],
  victims: [],
  things: [],
  statedReason: null,
  outcome: null,
};

/** What stands in a wholly sealed record of each kind: nothing of what it says, and valid for its schema. */
const STAND_INS: Record<RecordKind, Record<string, unknown>> = {
  statement: {
    content: SEALED_TEXT,
    mode: 'indirect',
    act: 'says',
    speaker: null,
    reporter: null,
    addressee: null,
    venue: null,
    saidOn: null,
    topics: [],
  },
  // No amount, not a neutral one: a number that nobody gave must not be counted.
  figure: {
    counted: SEALED_TEXT,
    measure: null,
    unit: null,
    modality: 'reported',
    bound: 'exact',
    value: null,
    low: null,
    high: null,
    equivalents: [],
    baseline: null,
    place: null,
    period: null,
    accordingTo: null,
    reportedBy: null,
    method: null,
  },
  incident: { title: SEALED_TEXT, occurredOn: null, place: null, acts: [SEALED_ACT] },
};

/** What stands in a wholly sealed record beside what its kind has. */
const COMMON_STAND_INS = { language: null, note: null, tags: [], passages: [] };

/** The stand-ins of a wholly sealed record: all its content and its passages, but not how sensitive it is. */
export function standInsOf(kind: RecordKind): Record<string, unknown> {
  return structuredClone({ ...STAND_INS[kind], ...COMMON_STAND_INS });
}

/** The stand-in of one field where the person gives none. */
export function standInOf(kind: RecordKind, field: string): unknown {
  return standInsOf(kind)[field] ?? null;
}

/** Whether a value's field is in its box. */
export function isSealed(value: { sealed?: Sealed | null | undefined }, field: string): boolean {
  return value.sealed?.fields.includes(field) ?? false;
}

/** The stand-ins of a sealed source: its row tells nothing but how far it has come. */
export const SOURCE_STAND_INS = {
  title: SEALED_TEXT,
  type: 'other',
  publisher: null,
  author: null,
  published: null,
  language: null,
  address: null,
  acquisition: 'handed-over',
  obtainedFrom: null,
  reliability: 'unknown',
  mayLeave: false,
  note: null,
  fileName: null,
  mediaType: 'application/octet-stream',
  textLength: null,
} as const;
