// What a check of tables finds: which check, in which rows, with its working.
import type { Misfit } from '../arithmetic/check.ts';

/** A row of one of the tables that are checked together. */
export interface RowReference {
  /** The place of the table among those checked. */
  table: number;
  /** The line of the file on which the row begins. */
  row: number;
  /** What the table calls the row, where it does. */
  name: string | null;
  column: string | null;
}

/** One finding over rows. */
export interface TableFinding extends Misfit {
  /** As docs/disagreements.md names it: "percent-change". */
  check: string;
  rows: RowReference[];
}
