// The tables of a bundle: CSV beside the JSON, for spreadsheets and statistics, with a Table Schema (Frictionless).
// Their columns stand in the manifest, so that a later Constat with other columns still writes an old table again.
import { csvLine, type FormulaRule, flatten, RECORD_COLUMNS } from '../../record/csv.ts';
import type { ViewKind } from './layout.ts';

const times = ['recordedAt', 'changedAt'];

/** The columns that a bundle made today has; each is a path into the view, counted from 1 in lists. */
export const COLUMNS: Record<ViewKind, readonly string[]> = {
  statement: [...RECORD_COLUMNS.statement, ...times],
  figure: [...RECORD_COLUMNS.figure, ...times],
  incident: [...RECORD_COLUMNS.incident, ...times],
  measure: ['id', 'name', 'definition', 'unit', 'series', 'repeats', 'countingRule'],
  disagreement: [
    ...['id', 'finding', 'state', 'explanation', 'reason', 'check', 'decidedAt'],
    ...[1, 2, 3, 4].flatMap((place) => [`records.${place}.kind`, `records.${place}.id`]),
  ],
  source: [
    ...[
      'id',
      'title',
      'type',
      'publisher',
      'author',
      'published',
      'language',
      'address',
      'mediaType',
      'bytes',
    ],
    ...['original', 'text.sha256', 'text.parent', 'text.tool', 'text.toolVersion', 'mayLeave', 'receivedAt'],
  ],
};

/** The first line of a table. */
export function tableHead(columns: readonly string[], rule: FormulaRule): string {
  return csvLine([...columns], rule);
}

/** A view's line in a table. */
export function tableLine(columns: readonly string[], view: object, rule: FormulaRule): string {
  const row = flatten(view);
  return csvLine(
    columns.map((column) => row[column]),
    rule,
  );
}

const TYPES: Record<string, string> = {
  value: 'number',
  low: 'number',
  high: 'number',
  start: 'integer',
  end: 'integer',
  bytes: 'integer',
  mayLeave: 'boolean',
  recordedAt: 'datetime',
  changedAt: 'datetime',
  receivedAt: 'datetime',
  decidedAt: 'datetime',
};

/** The Table Schema of a table. */
export function tableSchema(columns: readonly string[]): object {
  const source = 'passages.1.source';
  return {
    fields: columns.map((name) => ({ name, type: TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'string' })),
    primaryKey: 'id',
    missingValues: [''],
    ...(columns.includes(source) && {
      foreignKeys: [{ fields: source, reference: { resource: 'data-sources.csv', fields: 'id' } }],
    }),
  };
}
