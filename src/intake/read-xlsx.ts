// XLSX: the zip around it is checked first; then every sheet as text, its name as a heading and one line a row, with
// tabs between the cells. Formulas give the values stored with them, dates are ISO 8601.
import readExcelFile from 'read-excel-file/universal';
import { problem } from '../record/problem.ts';
import type { Layout } from '../record/source.ts';
import type { IntakeLimits } from './limits.ts';
import { checkZip, coreProperties } from './office-file.ts';
import { packageVersion } from './package-version.ts';
import { tableBlocks } from './read-table.ts';
import { type ReadResult, tooLong } from './reading.ts';

/** A cell as read-excel-file gives it. */
type Value = string | number | boolean | Date | null;

/** Reads a workbook. A zip that unpacks past the limits is not opened. */
export async function readXlsx(
  bytes: Uint8Array,
  limits: Pick<IntakeLimits, 'text' | 'unpacked'>,
): Promise<ReadResult> {
  const checked = await checkZip(Buffer.from(bytes), limits.unpacked, {
    part: 'xl/workbook.xml',
    format: 'XLSX',
  });
  if ('problem' in checked) return { ok: false, problem: checked.problem };
  const sheets = await readExcelFile(new Uint8Array(bytes).buffer);
  let text = '';
  const blocks: Layout['blocks'] = [];
  for (const { sheet, data } of sheets) {
    if (data.every((row) => row.every((cell) => cell === null))) continue;
    if (text !== '') text += '\n\n';
    const name = oneCell(sheet) || '–';
    blocks.push({ start: text.length, end: text.length + name.length, kind: 'heading' });
    text += `${name}\n`;
    const start = text.length;
    text += data.map((row) => lineOf(row as unknown as Value[])).join('\n');
    if (text.length > limits.text) throw tooLong(limits);
    for (const block of tableBlocks(text, start, text.length)) blocks.push(block);
  }
  if (text === '') return { ok: false, problem: problem('read.no-text') };
  return {
    ok: true,
    text,
    layout: { blocks, pages: [], runs: [] },
    metadata: coreProperties(checked.core),
    tool: 'constat xlsx',
    toolVersion: `1 (read-excel-file ${packageVersion('read-excel-file', 'read-excel-file/universal')})`,
  };
}

/** A row as a line; one without a value is an empty line. */
function lineOf(row: Value[]): string {
  return row.every((cell) => cell === null) ? '' : row.map((cell) => quoted(wordsOf(cell))).join('\t');
}

function wordsOf(cell: Value): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (!(cell instanceof Date)) return String(cell);
  if (Number.isNaN(cell.getTime())) return '';
  // Days are stored as whole numbers; floating point may be off by some milliseconds.
  const rounded = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString();
  return rounded.endsWith('T00:00:00.000Z') ? rounded.slice(0, 10) : rounded.slice(0, 19);
}

/** A cell with a tab, a line end or a quotation mark in it is quoted as in CSV (RFC 4180). */
function quoted(words: string): string {
  return /[\t\n\r"]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
}

function oneCell(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}
