// What is wrong with a row, in words; and all of it as a table of its own.
import { csvLine } from '../../record/csv.ts';
import type { Words } from '../../ui/messages.tsx';
import type { Fault } from './series-data.ts';

/** A fault as a sentence that says what to do. */
export function faultInWords({ code, values }: Fault, { t, has }: Words): string {
  const key = `words.row.${code}`;
  return has(key) ? t(key, values) : code;
}

/** All faults as CSV: row, column, what is wrong. */
export function faultsAsCsv(faults: readonly Fault[], words: Words): string {
  const { t } = words;
  const header = csvLine([t('desk.series.row'), t('desk.series.column'), t('desk.series.problem')]);
  const lines = faults.map((fault) => csvLine([fault.row, fault.column, faultInWords(fault, words)]));
  // The byte order mark tells spreadsheets that this is UTF-8.
  return `\u{feff}${header}${lines.join('')}`;
}
