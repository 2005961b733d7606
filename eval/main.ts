// Measures the language engine on labelled data and says each figure beside its baseline and goal.
// npm run eval -- --data ../shared/data [--only attribution,figures] [--json] [--write docs/accuracy.md]
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateAttribution } from './attribution.ts';
import { type Bin, evaluateCalibration } from './calibration.ts';
import { evaluateDates } from './dates.ts';
import { evaluateDisagreements } from './disagreements.ts';
import { evaluateNewsQuant, evaluateRecognizers } from './figures.ts';
import { evaluateNumericClaims } from './numeric-claims.ts';
import { evaluateQuotations, evaluateSentences } from './quotations.ts';
import type { Row } from './report.ts';
import { evaluateSpeed } from './speed.ts';
import { evaluateTagging } from './tagging.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    write: { type: 'string' },
  },
});
const data = options.data;
if (!data || !existsSync(data)) {
  console.error(
    'Give the folder of labelled data: npm run eval -- --data DIR. It holds polnear/, ud/, ud-attribution/, newsquant/,\nrecognizers/, numeric-claims/, french-fiction-speech/ as their publishers give them; none of it is part of this repository.',
  );
  process.exit(2);
}

const tables: { on: string; bins: Bin[] }[] = [];
const parts: Record<string, () => Row[] | Promise<Row[]>> = {
  attribution: () => evaluateAttribution(data),
  calibration: () => {
    const { rows, tables: found } = evaluateCalibration(data);
    tables.push(...found);
    return rows;
  },
  quotations: () => evaluateQuotations(data),
  sentences: () => evaluateSentences(data),
  figures: () => evaluateNewsQuant(data),
  recognizers: () => evaluateRecognizers(data),
  dates: () => evaluateDates(data),
  claims: () => evaluateNumericClaims(data),
  tagging: () => evaluateTagging(data),
  disagreements: () => evaluateDisagreements(data),
  speed: () => evaluateSpeed(),
};

const wanted = options.only?.split(',') ?? Object.keys(parts);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
const rows: Row[] = [];
for (const name of wanted) {
  const start = performance.now();
  if (!options.json) process.stderr.write(`${name} … `);
  try {
    // A share of nothing is no figure.
    for (const row of await parts[name]!())
      rows.push(Number.isNaN(row.value) ? { ...row, value: null } : row);
  } catch (error) {
    // A part whose data is not there says so; the others are measured all the same.
    const { code, path } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || !path) throw error;
    rows.push({
      on: name,
      metric: 'all',
      value: null,
      note: `not measured: ${relative(data, path)} is not there`,
    });
  }
  if (!options.json) process.stderr.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}

const number = (value: number | null | undefined): string =>
  value === null || value === undefined
    ? ''
    : Number.isInteger(value) && value > 100
      ? value.toLocaleString('en')
      : value.toFixed(value > 0 && value < 1 ? 2 : 1);
/** Whether a figure reaches its goals; lower is better for milliseconds. */
const verdict = (row: Row): string => {
  if (row.value === null) return row.note ?? '';
  const less = / ms$|error/.test(row.metric);
  const reaches = (goal: number | null | undefined) =>
    goal !== null && goal !== undefined && (less ? row.value! <= goal : row.value! >= goal);
  if (row.must === undefined || row.must === null) return row.note ?? '';
  const words = reaches(row.aim) ? 'aim' : reaches(row.must) ? 'must' : 'short';
  return row.note ? `${words}; ${row.note}` : words;
};
const HEADS = ['on', 'measure', 'value', 'baseline', 'must', 'aim', 'items', 'reached'];
const cells = rows.map((row) => [
  row.on,
  row.metric,
  row.value === null ? '–' : number(row.value),
  number(row.baseline),
  number(row.must),
  number(row.aim),
  row.n === undefined ? '' : row.n.toLocaleString('en'),
  verdict(row),
]);

if (options.json) console.log(JSON.stringify({ rows, tables }, null, 1));
else {
  const widths = HEADS.map((head, column) =>
    Math.max(head.length, ...cells.map((line) => line[column]!.length)),
  );
  for (const line of [HEADS, ...cells])
    console.log(
      line
        .map((cell, column) =>
          column > 1 && column < 7 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    );
  for (const { on, bins } of tables) {
    console.log(`\n${on}: said → right (suggestions)`);
    for (const bin of bins.filter((one) => one.count > 0))
      console.log(
        `  ${bin.from.toFixed(1)}–${(bin.from + 0.1).toFixed(1)}  ${bin.confidence.toFixed(2)} → ${bin.right.toFixed(2)}  (${bin.count})`,
      );
  }
}

/** Everything between these marks of the page is this command's; the words around it are a person's. */
const [OPEN, CLOSE] = ['<!-- figures: npm run eval writes what follows -->', '<!-- end of figures -->'];
if (options.write) {
  const page = readFileSync(options.write, 'utf8');
  const [open, close] = [page.indexOf(OPEN), page.indexOf(CLOSE)];
  if (open < 0 || close < open) {
    console.error(`${options.write} has no place for the figures: it needs the lines\n${OPEN}\n${CLOSE}`);
    process.exit(3);
  }
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const text = [
    `\`npm run eval -- --data DIR\`, ${new Date().toISOString().slice(0, 10)}, commit ${commit}, Node ${process.version}, ${cpus()[0]?.model.trim()}, one thread.`,
    '',
    line(HEADS),
    line(HEADS.map((_, column) => (column > 1 && column < 7 ? '--:' : '---'))),
    ...cells.map(line),
    ...tables.flatMap(({ on, bins }) => [
      '',
      `Reliability, ${on}:`,
      '',
      line(['said', 'mean', 'right', 'suggestions']),
      line(['---', '--:', '--:', '--:']),
      ...bins
        .filter((bin) => bin.count > 0)
        .map((bin) =>
          line([
            `${bin.from.toFixed(1)}–${(bin.from + 0.1).toFixed(1)}`,
            bin.confidence.toFixed(2),
            bin.right.toFixed(2),
            String(bin.count),
          ]),
        ),
    ]),
  ].join('\n');
  writeFileSync(options.write, `${page.slice(0, open + OPEN.length)}\n\n${text}\n\n${page.slice(close)}`);
}
