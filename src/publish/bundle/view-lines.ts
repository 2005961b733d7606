// The data files of a bundle, line by line: who makes a bundle writes them so, who checks it hashes them so.
import type { FormulaRule } from '../../record/csv.ts';
import { tableHead, tableLine } from './table.ts';

/** What writes the data files of a bundle, a view at a time, its tables by a rule; hashing it is how they are checked. */
export function viewWriters(columns: readonly string[], rule: FormulaRule) {
  let count = 0;
  return {
    /** The next lines, of the view's canonical JSON and of the view. */
    next: (json: string, view: object): { data: string; table: string } => ({
      data: `${count++ === 0 ? '[\n' : ',\n'}${json}`,
      table:
        count === 1
          ? tableHead(columns, rule) + tableLine(columns, view, rule)
          : tableLine(columns, view, rule),
    }),
    /** What comes after the last. */
    end: (): { data: string; table: string } =>
      count === 0 ? { data: '[]\n', table: tableHead(columns, rule) } : { data: '\n]\n', table: '' },
    count: () => count,
  };
}

/** The public view in a publishing entry, as the text that the data file has on its line. */
export function viewText(payload: string, publication: number): string {
  // The payload is canonical, so its two members stand in this order.
  return payload.slice(`{"publication":${publication},"view":`.length, -1);
}
