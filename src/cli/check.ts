// `constat check FILE…`: whether the numbers of tables fit one another, without a server or a database.
import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { edtfOf } from '../analysis/calendar.ts';
import { ecbRows } from '../analysis/ecb-rates.ts';
import { type ExchangeRates, ratesOf } from '../analysis/exchange-rates.ts';
import { checkTables, type TableCheck } from '../analysis/table/check.ts';
import { COLUMN_ROLES, type ColumnRole } from '../analysis/table/role.ts';
import type { RowMessage } from '../analysis/table/row-message.ts';
import type { Table } from '../analysis/table/shape.ts';
import { closeReaders } from '../intake/read.ts';
import { stepInWords } from '../language/wording.ts';
import { type PublicMessages, publicMessages } from '../publish/public-words.ts';
import { problem } from '../record/problem.ts';
import { claimReader } from './claims.ts';
import { EXIT, print, run, say } from './output.ts';
import { readTables } from './table-file.ts';

interface CheckOptions {
  json?: boolean;
  column: Map<ColumnRole, string>;
  rates?: string;
  language: 'en' | 'fr';
}

/** Adds the command. */
export function checkCommand(program: Command): void {
  program
    .command('check')
    .description(
      'hold the numbers of tables (CSV, TSV, XLSX) against one another: each finding with its working',
    )
    .argument(
      '<file...>',
      'tables of figures, or series with a date column; several are held against one another',
    )
    .option('--json', 'print one JSON object')
    .option(
      '--column <role=header>',
      `say what a column is; roles: ${COLUMN_ROLES.join(', ')}`,
      (text: string, held: Map<ColumnRole, string>) => withColumn(text, held),
      new Map<ColumnRole, string>(),
    )
    .option('--rates <file>', 'exchange rates that extend the bundled ones: date, currency, per euro')
    .addOption(new Option('--language <language>', 'of what is printed').choices(['en', 'fr']).default('en'))
    .action((files: string[], options: CheckOptions) =>
      run(options.json ?? false, () => checkFiles(files, options)),
    );
}

function withColumn(text: string, held: Map<ColumnRole, string>): Map<ColumnRole, string> {
  const at = text.indexOf('=');
  const role = COLUMN_ROLES.find((one) => one === text.slice(0, at));
  if (at < 1 || role === undefined)
    throw new InvalidArgumentError(`Write role=Header, with a role of: ${COLUMN_ROLES.join(', ')}.`);
  return new Map(held).set(role, text.slice(at + 1));
}

async function checkFiles(files: string[], options: CheckOptions): Promise<number> {
  const rates = await readRates(options.rates);
  const started = performance.now();
  const tell = (what: string) => {
    if (performance.now() - started > 1000) say(what);
  };
  const tables: Table[] = [];
  let refused = false;
  const refusals: object[] = [];
  for (const path of files) {
    const read = await readTables(path, await bytesOf(path), options.column);
    if (read.ok) {
      tables.push(...read.tables);
      continue;
    }
    refused = true;
    say(`${path}: ${read.problem.message}`);
    refusals.push({ path, problem: { code: read.problem.code, title: read.problem.message } });
  }
  await closeReaders();
  const readClaims = claimReader();
  const published = (days: { first: number; last: number } | null) =>
    days && Number.isFinite(days.first) ? edtfOf(days) : null;
  const checked = checkTables(
    tables,
    (text, figure) => readClaims(text, published(figure.published)),
    rates,
    (name) => tell(name),
  );
  const messages = publicMessages(options.language);
  print(options.json ?? false, asJson(checked, refusals, messages), () => asLines(checked, messages));
  if (refused) return EXIT.refused;
  const faults = checked.tables.some((table) => table.messages.length > 0);
  return checked.findings.length > 0 || faults ? EXIT.finding : EXIT.done;
}

async function bytesOf(path: string): Promise<Buffer> {
  return readFile(path).catch((error) => {
    throw problem('file.missing', { path }, error);
  });
}

async function readRates(path: string | undefined): Promise<ExchangeRates> {
  const bundled = ecbRows();
  if (path === undefined) return ratesOf(bundled);
  const bytes = await bytesOf(path);
  // The reader of rates stands on the store, which takes a while to load.
  const rates = await import('../server/rates.ts');
  return ratesOf([...bundled, ...rates.readRates(bytes.toString('utf8'))]);
}

function asJson({ tables, holds, findings }: TableCheck, refused: object[], m: PublicMessages): object {
  const told = (steps: TableCheck['holds']) => steps.map((step) => ({ ...step, text: stepInWords(step, m) }));
  return {
    files: [
      ...tables.map(({ table, kind, messages, holds: own }) => ({
        path: table.name,
        kind,
        rows: table.rows.length,
        columns: table.header.map((header, index) => ({ header, role: table.roles[index] })),
        messages: messages.map((message) => ({ ...message, text: rowInWords(message, m) })),
        holds: told(own),
      })),
      ...refused,
    ],
    holds: told(holds),
    findings: findings.map(({ check, rows, working, weight }) => ({
      check,
      rows: rows.map(({ table, ...row }) => ({ file: tables[table]!.table.name, ...row })),
      working: told(working),
      weight: Math.round(weight * 100) / 100,
    })),
  };
}

function rowInWords({ code, values }: RowMessage, m: PublicMessages): string {
  return m.t(`words.row.${code}`, values);
}

/** How many messages and rows are printed for a person; JSON has them all. */
const SHOWN = 40;

function asLines({ tables, holds, findings }: TableCheck, m: PublicMessages): string[] {
  const lines: string[] = [];
  for (const { table, kind, step, messages, holds: own } of tables) {
    const columns = table.roles.filter((role) => role === 'number' || role === 'value').length;
    lines.push(
      kind === 'figures'
        ? m.t('words.check.read-figures', { file: table.name, rows: table.rows.length })
        : m.t('words.check.read-series', {
            file: table.name,
            rows: table.rows.length,
            columns,
            step: step ?? 'none',
          }),
    );
    for (const step of own) lines.push(`  = ${stepInWords(step, m)}`);
    lines.push(...messageLines(messages, m));
  }
  for (const step of holds) lines.push(`  = ${stepInWords(step, m)}`);
  for (const { check, rows, working } of findings) {
    const where = [...new Set(rows.map(({ table }) => table))].map((index) => {
      const own = rows.filter(({ table }) => table === index);
      const listed = own
        .slice(0, 8)
        .map(({ row, name }) => m.t('words.check.row', { row: String(row), name: name ?? 'none' }));
      if (own.length > 8) listed.push(m.t('words.check.more', { count: own.length - 8 }));
      return `${tables[index]!.table.name}, ${listed.join(', ')}`;
    });
    lines.push('', `! ${m.t(`words.table-check.${check}` as never)} [${check}]`, `  ${where.join('; ')}`);
    for (const step of working) lines.push(`    ${stepInWords(step, m)}`);
  }
  if (tables.length === 0) return [];
  const rows = tables.reduce((sum, { table }) => sum + table.rows.length, 0);
  const told = tables.reduce((sum, { messages }) => sum + messages.length, 0);
  lines.push(
    '',
    m.t('words.check.summary', { rows, files: tables.length, findings: findings.length, messages: told }),
  );
  return lines;
}

/** Messages about rows; the same said of rows that follow one another is said once. */
function messageLines(messages: readonly RowMessage[], m: PublicMessages): string[] {
  const runs: { first: number; last: number; text: string; column: string | null }[] = [];
  for (const message of messages) {
    const text = rowInWords(message, m);
    const run = runs.at(-1);
    if (run && run.text === text && run.column === message.column && message.row - run.last <= 1)
      run.last = message.row;
    else runs.push({ first: message.row, last: message.row, text, column: message.column });
  }
  const lines = runs.slice(0, SHOWN).map(({ first, last, text, column }) => {
    const where =
      first === last
        ? m.t('words.check.row', { row: String(first), name: 'none' })
        : m.t('words.check.rows', { first: String(first), last: String(last) });
    return `  - ${where}${column === null ? '' : `, ${column}`}: ${text}`;
  });
  if (runs.length > SHOWN) lines.push(`  - ${m.t('words.check.more', { count: runs.length - SHOWN })}`);
  return lines;
}
