// CSV (RFC 4180) of anything flat, and flat rows of records: one way to write a table, for the desk, the public and bundles.

/** A cell: text, number or nothing. */
export type Cell = string | number | boolean | null | undefined;

/**
 * What a spreadsheet takes for the beginning of a formula, or strips to find one (OWASP, CSV Injection): the four signs, in
 * full width too, after whatever white space and invisible characters. Apostrophes before it count, so that ours can be
 * told from those that were there.
 */
const FORMULA = /^'*(?:[\t\r\n]|[\p{Cc}\p{Cf}\s]*[=+\-@＝＋－＠])/u;

/** A number below zero is a number, also where it comes as text. */
const NUMBER = /^-\d+(?:\.\d+)?$/;

/** How formulas are kept from running. 1 is the rule of the first bundles, by which they are still checked. */
export type FormulaRule = 1 | 2;

/**
 * One line of CSV with its CRLF. A text that a spreadsheet would take for a formula gets an apostrophe before it and stands
 * in quotation marks: what somebody said in a source must not run on a reader's machine. Numbers stay numbers.
 */
export function csvLine(cells: Cell[], rule: FormulaRule = 2): string {
  return `${cells.map((cell) => csvCell(cell, rule)).join(',')}\r\n`;
}

function csvCell(cell: Cell, rule: FormulaRule): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const isFormula = rule === 1 ? /^[=+\-@\t\r]/.test(cell) : FORMULA.test(cell) && !NUMBER.test(cell);
  const text = isFormula ? `'${cell}` : cell;
  const isQuoted = /[",\r\n]/.test(text) || (isFormula && rule === 2);
  return isQuoted ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A cell as it was before `csvLine` kept it from running: our own tables read back are the same. */
export function restoredCell(written: string): string {
  if (!written.startsWith("'") || !FORMULA.test(written)) return written;
  return written.slice(1);
}

/** A flat row: column name → cell. */
export type FlatRow = Record<string, Cell>;

/**
 * A nested value as one flat row: objects become `speaker.name`, lists of plain values are joined by " | ",
 * lists of objects are numbered from 1 (`acts.1.kind`). The order of columns is that of the keys.
 */
export function flatten(value: object, prefix = ''): FlatRow {
  const row: FlatRow = {};
  for (const [key, field] of Object.entries(value)) {
    const column = prefix + key;
    if (field === null || typeof field !== 'object') row[column] = field as Cell;
    else if (!Array.isArray(field)) Object.assign(row, flatten(field, `${column}.`));
    else if (field.every((item) => item === null || typeof item !== 'object'))
      row[column] = field.join(' | ');
    else
      for (const [index, item] of field.entries()) {
        const numbered = `${column}.${index + 1}`;
        if (item === null || typeof item !== 'object') row[numbered] = item as Cell;
        else Object.assign(row, flatten(item, `${numbered}.`));
      }
  }
  return row;
}

/** The columns of a table of records of each kind: what people ask a spreadsheet for, in a fixed order. */
export const RECORD_COLUMNS = {
  statement: [
    ...[
      'id',
      'status',
      'speaker.name',
      'speaker.role',
      'act',
      'mode',
      'content',
      'addressee.name',
      'reporter.name',
    ],
    ...['venue', 'saidOn', 'topics', 'language', 'tags'],
    ...['passages.1.source', 'passages.1.start', 'passages.1.end', 'passages.1.exact'],
  ],
  figure: [
    ...[
      'id',
      'status',
      'counted',
      'bound',
      'value',
      'low',
      'high',
      'unit',
      'equivalents.1.value',
      'equivalents.1.unit',
    ],
    ...[
      'baseline.period',
      'baseline.value',
      'baseline.words',
      'place.name',
      'period',
      'accordingTo.name',
      'reportedBy.name',
    ],
    ...['method', 'measure', 'modality', 'language', 'tags'],
    ...['passages.1.source', 'passages.1.start', 'passages.1.end', 'passages.1.exact'],
  ],
  incident: [
    ...['id', 'status', 'title', 'occurredOn', 'place.name', 'acts.1.kind', 'acts.1.method'],
    ...['acts.1.perpetrators.1.party.name', 'acts.1.perpetrators.1.involvement', 'acts.1.victims.1.unit'],
    ...[
      'acts.1.victims.1.count.bound',
      'acts.1.victims.1.count.value',
      'acts.1.victims.1.count.low',
      'acts.1.victims.1.count.high',
    ],
    ...[
      'acts.1.victims.1.description',
      'acts.1.things.1.what',
      'acts.1.things.1.fate',
      'acts.1.things.1.count.value',
    ],
    ...['acts.1.statedReason', 'acts.1.outcome', 'language', 'tags'],
    ...['passages.1.source', 'passages.1.start', 'passages.1.end', 'passages.1.exact'],
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
      'original',
    ],
    ...['reliability', 'acquisition', 'state', 'text.sha256', 'mayLeave'],
  ],
  request: [
    ...['id', 'askedOf.name', 'askedOf.role', 'question', 'means', 'askedOn', 'due', 'outcome', 'answeredOn'],
    ...['answer', 'about', 'sensitivity', 'note'],
  ],
  commitment: [
    ...['id', 'kind', 'party.name', 'addressee', 'words', 'amount.bound', 'amount.value', 'amount.low'],
    ...['amount.high', 'amount.unit', 'place', 'period', 'saidOn', 'statement', 'state'],
    ...['share.low', 'share.high', 'reports', 'suggestions'],
  ],
  disagreement: [
    ...['key', 'kind', 'state', 'explanation', 'reason', 'check', 'working', 'records', 'weight'],
    ...['isStale', 'isGone', 'decidedAt'],
  ],
  witness: ['id', 'pseudonym', 'purpose', 'state', 'givenOn', 'until', 'withdrawnOn', 'how'],
  person: ['account', 'name', 'role', 'opens', 'since', 'suspended'],
  thread: ['key', 'title', 'statements', 'reports', 'speakers', 'first', 'last', 'links', 'open'],
  'thread-statement': [
    ...['number', 'id', 'saidOn', 'speaker.name', 'speaker.role', 'act', 'mode', 'words', 'venue'],
    ...['reports', 'independent', 'reporters', 'answers', 'how', 'basis', 'topics', 'language'],
    ...['passages.1.source', 'passages.1.start', 'passages.1.end', 'passages.1.exact'],
  ],
} as const;

/** A kind of table. */
export type TableKind = keyof typeof RECORD_COLUMNS;

/** The header line of a table. */
export function csvHeader(kind: TableKind): string {
  return csvLine([...RECORD_COLUMNS[kind]]);
}

/** One value of a table as a line. */
export function csvRow(kind: TableKind, value: object): string {
  const row = flatten(value);
  return csvLine(RECORD_COLUMNS[kind].map((column) => row[column]));
}
