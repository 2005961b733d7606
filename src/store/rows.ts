// Which noun of the log lives in which table, and how a value becomes a row and back.
import type { z } from 'zod';
import { Actor } from '../record/actor.ts';
import { Disagreement } from '../record/disagreement.ts';
import { Dossier } from '../record/dossier.ts';
import { Figure } from '../record/figure.ts';
import { Incident } from '../record/incident.ts';
import { Link } from '../record/link.ts';
import { Measure } from '../record/measure.ts';
import { Place } from '../record/place.ts';
import { Request } from '../record/request.ts';
import { Rendition, Source } from '../record/source.ts';
import { Statement } from '../record/statement.ts';
import { Witness } from '../record/witness.ts';

/** The schema of every noun whose rows are written whole and can be undone. */
export const NOUNS = {
  dossier: { table: 'dossiers', schema: Dossier },
  source: { table: 'sources', schema: Source },
  rendition: { table: 'renditions', schema: Rendition },
  statement: { table: 'statements', schema: Statement },
  figure: { table: 'figures', schema: Figure },
  incident: { table: 'incidents', schema: Incident },
  actor: { table: 'actors', schema: Actor },
  place: { table: 'places', schema: Place },
  measure: { table: 'measures', schema: Measure },
  link: { table: 'links', schema: Link },
  disagreement: { table: 'disagreements', schema: Disagreement },
  request: { table: 'requests', schema: Request },
  witness: { table: 'witnesses', schema: Witness },
} as const;

/** A noun of the log that has a table of its own. */
export type Noun = keyof typeof NOUNS;
/** A stored value of a noun. */
export type Value<N extends Noun> = z.infer<(typeof NOUNS)[N]['schema']>;
/** The nouns that are records. */
export type RecordNoun = 'statement' | 'figure' | 'incident';
/** A stored record of any kind. */
export type AnyRecord = Value<RecordNoun>;

/** Whether a noun is a record, which is indexed, and whose kind is its table. */
export function isRecordNoun(noun: Noun): noun is RecordNoun {
  return noun === 'statement' || noun === 'figure' || noun === 'incident';
}

/** A value as the columns of its table: a record's `kind` is left to the table's name. */
export function rowOf(noun: Noun, value: Record<string, unknown>): Record<string, unknown> {
  if (!isRecordNoun(noun))
    return 'sealed' in NOUNS[noun].schema.shape ? { ...absent(noun), ...value } : value;
  const { kind: _, ...row } = value;
  return { ...absent(noun), ...row };
}

/** Columns of what a value may leave out: a seal that was lifted leaves the row too. */
function absent(noun: Noun): Record<string, unknown> {
  return noun === 'source' ? { sealed: null, witness: null } : { sealed: null };
}

/** A value as parameters for the columns of its table: objects and lists as JSON text. */
export function toRow(noun: Noun, value: Record<string, unknown>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(rowOf(noun, value)))
    row[key] = field !== null && typeof field === 'object' ? JSON.stringify(field) : field;
  return row;
}

/** A row as the value it holds: records get their `kind` back. */
export function fromRow<N extends Noun>(noun: N, row: object): Value<N> {
  const value: Record<string, unknown> = isRecordNoun(noun) ? { kind: noun, ...row } : { ...row };
  // Absent and null are the same here; values that were never sealed look as they always did.
  if (value.sealed === null) delete value.sealed;
  if (value.witness === null) delete value.witness;
  return value as Value<N>;
}

/** The noun an action speaks of: "statement" of "statement.accept". */
export function nounOf(action: string): Noun | null {
  const noun = action.slice(0, action.indexOf('.'));
  return noun in NOUNS ? (noun as Noun) : null;
}
