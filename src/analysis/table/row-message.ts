// What is wrong with a row of a table, as data: where, which of the known faults, and what it is said of. The words are
// those of `words.row.<code>`. A row with a fault does not keep the others from being read.

/** The faults of rows and cells. */
export type RowFault =
  | 'not-a-number'
  | 'not-a-date'
  | 'too-large'
  | 'mixed-marks'
  | 'negative-count'
  | 'no-value'
  | 'low-above-high'
  | 'end-before-start'
  | 'columns'
  | 'second-header'
  | 'no-header'
  | 'duplicate-row'
  | 'open-quote'
  | 'encoding';

/** One fault of one row. */
export interface RowMessage {
  /** The line of the file on which the row begins, counted from 1, the header being the first. */
  row: number;
  /** The header of the column it is about; null when it is about the whole row. */
  column: string | null;
  code: RowFault;
  values: Record<string, string | number>;
}
