// How the analysis of figures grows: 1,000 to 300,000 figures in three shapes, each in a process of its own. Time from scratch,
// memory, and the findings of one new record, beside their limits; cost against n is drawn with n log n beside it. Times are
// processor time, which other work on the machine does not inflate as it does the clock.
// npx tsx bench/analysis.ts [--most 300000]   --most leaves out what is larger
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FigureAnalysis } from '../src/analysis/figure-analysis.ts';
import type { AnalysedFigure, Names } from '../src/analysis/names.ts';
import { machine, percentile, randomFrom, table } from './report.ts';

const SIZES = [1000, 3000, 10_000, 30_000, 100_000, 300_000];
const NEW_RECORDS = 300;
/** What 100,000 figures may take from scratch, in milliseconds and megabytes, and what one new record may. */
const LIMITS = { size: 100_000, scratch: 10_000, memory: 500, record: 50 };
const DAY = 86_400_000;

const pick = randomFrom(1);
const upTo = (count: number) => Math.floor(count * pick(FRACTIONS));
const FRACTIONS = Array.from({ length: 997 }, (_, part) => part / 997);
const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const dayOf = (number: number) => new Date(Date.UTC(1200, 0, 1) + number * DAY).toISOString().slice(0, 10);

const measure = (number: number, series: 'stock' | 'flow'): Names['measures'][number] => ({
  id: idOf(900_000_000 + number),
  name: `what is counted ${number}`,
  unit: null,
  series,
  repeats: 'unknown',
  wordings: [],
});
const names: Names = {
  measures: Array.from({ length: 40 }, (_, number) => measure(number, number % 2 === 0 ? 'flow' : 'stock')),
  places: Array.from({ length: 250 }, (_, number) => ({
    id: idOf(910_000_000 + number),
    name: `place ${number}`,
    aliases: [],
    parent: null,
  })),
  actors: [],
};

function figure(number: number, given: Partial<AnalysedFigure> & { party: string }): AnalysedFigure {
  const { party, ...rest } = given;
  return {
    kind: 'figure',
    id: idOf(number),
    counted: 'what is counted 0',
    measure: null,
    unit: null,
    modality: 'reported',
    bound: 'exact',
    value: null,
    low: null,
    high: null,
    equivalents: [],
    baseline: null,
    place: { place: null, name: 'place 0', precision: null },
    period: null,
    accordingTo: { actor: null, name: party, role: null },
    reportedBy: null,
    method: null,
    passages: [{ source: idOf(920_000_000 + (number >> 6)), start: 0, end: 20, exact: 'x'.repeat(20) }],
    ...rest,
  };
}

/** The n-th figure of each shape. A new record is the one after the last, somewhere among the others. */
const SHAPES: Record<string, (number: number, of: number) => AnalysedFigure> = {
  'many measures and places': (number, of) => {
    const month = `${2015 + upTo(1 + (of >> 14))}-${String(1 + upTo(12)).padStart(2, '0')}`;
    const value = 1000 + upTo(100);
    const isChange = number % 20 === 0;
    return figure(number, {
      counted: `what is counted ${upTo(40)}`,
      place: { place: null, name: `place ${upTo(250)}`, precision: null },
      period: pick([month, `${month}-07`, month.slice(0, 4)]),
      party: `party ${upTo(5)}`,
      ...(isChange
        ? { bound: 'change', value: 50, unit: '%', baseline: { period: '2015', value: null, words: null } }
        : { value }),
    });
  },
  // Seven days, then their week.
  'one daily series with its weeks': (number, of) => {
    const at = number < of ? number : upTo(of);
    const first = Math.floor(at / 8) * 7;
    const isWeek = at % 8 === 7;
    return figure(number, {
      period: isWeek ? `${dayOf(first)}/${dayOf(first + 6)}` : dayOf(first + (at % 8)),
      value: isWeek ? 77 : 11,
      party: 'the ministry',
    });
  },
  'one cell of many parties': (number) =>
    figure(number, {
      period: '2021-10-07',
      value: 1001 + ((number * 7919) % 99_991),
      party: `party ${number}`,
    }),
};

interface Run {
  scratch: number;
  memory: number;
  records: number[];
  findings: number;
}

/** One shape at one size, in this process. */
function run(shape: string, size: number): Run {
  const make = SHAPES[shape]!;
  const analysis = new FigureAnalysis(names, null);
  let scratch = 0;
  for (let number = 0; number < size; number += 1000) {
    const some = Array.from({ length: Math.min(1000, size - number) }, (_, at) => make(number + at, size));
    scratch += spent(() => {
      for (const one of some) analysis.set(one);
    });
  }
  let findings = 0;
  scratch += spent(() => {
    findings = analysis.findings().length;
  });
  // Not maxRSS, which a process inherits from the one that started it.
  const memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1000;
  const records = Array.from({ length: NEW_RECORDS }, (_, at) => {
    const one = make(size + at, size);
    return spent(() => {
      analysis.set(one);
      analysis.findingsOf(one.id);
    });
  });
  return { scratch, memory, records, findings };
}

/** Milliseconds of processor time that something takes. */
function spent(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The same in a process of its own, so that memory is its own. */
function alone(shape: string, size: number): Run {
  const child = spawnSync(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(import.meta.url), '--shape', shape, '--size', String(size)],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}

/** Cost against n for each shape, both axes in powers of ten, with n log n through its cost at the limit's size, dashed. */
async function plot(points: { shape: string; size: number; scratch: number }[]): Promise<string> {
  // Not loaded by the processes whose memory is measured.
  const [Plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  const { document } = parseHTML('<html><body></body></html>');
  const growth = (size: number) => size * Math.log2(size);
  const reference = points
    .filter((point) => point.size === LIMITS.size)
    .flatMap(({ shape, scratch }) =>
      SIZES.map((size) => ({ shape, size, scratch: (scratch * growth(size)) / growth(LIMITS.size) })),
    );
  const at = { x: 'size', y: 'scratch', fx: 'shape' } as const;
  const svg = Plot.plot({
    document: document as unknown as Document,
    width: 760,
    height: 300,
    marginLeft: 56,
    marginTop: 30,
    marginBottom: 40,
    style: { background: 'white', color: 'black', fontFamily: 'sans-serif' },
    fx: { domain: Object.keys(SHAPES), label: null, padding: 0.12 },
    x: { type: 'log', label: 'figures', grid: true, ticks: [1e3, 1e4, 1e5], tickFormat: ',' },
    y: {
      type: 'log',
      label: 'ms from scratch',
      grid: true,
      domain: [20, 20_000],
      ticks: [100, 1e3, 1e4],
      tickFormat: ',',
    },
    marks: [
      Plot.line(reference, { ...at, stroke: 'gray', strokeDasharray: '5,4' }),
      Plot.text(
        reference.filter((point) => point.size === SIZES[1]),
        { ...at, text: () => 'n log n', fill: 'gray', textAnchor: 'start', dx: 8, dy: 8 },
      ),
      Plot.line(points, at),
      Plot.dot(points, { ...at, fill: 'black', r: 2.5 }),
    ],
  });
  // A picture by itself has to say what it is.
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return svg.outerHTML;
}

const { values } = parseArgs({
  options: { most: { type: 'string' }, shape: { type: 'string' }, size: { type: 'string' } },
});
if (values.shape !== undefined) {
  process.stdout.write(JSON.stringify(run(values.shape, Number(values.size))));
} else {
  const sizes = SIZES.filter((size) => size <= Number(values.most ?? SIZES.at(-1)));
  console.log(`${machine()}, load ${loadavg()[0]!.toFixed(2)}`);
  const points: { shape: string; size: number; scratch: number }[] = [];
  const missed: string[] = [];
  for (const shape of Object.keys(SHAPES)) {
    const rows = sizes.map((size) => {
      const { scratch, memory, records, findings } = alone(shape, size);
      points.push({ shape, size, scratch });
      const p95 = percentile(records, 95);
      if (size === LIMITS.size) {
        if (scratch > LIMITS.scratch) missed.push(`${shape}: ${Math.round(scratch)} ms from scratch`);
        if (memory > LIMITS.memory) missed.push(`${shape}: ${Math.round(memory)} MB`);
        if (p95 > LIMITS.record) missed.push(`${shape}: ${p95.toFixed(1)} ms for a new record`);
      }
      return [
        size.toLocaleString('en'),
        `${Math.round(scratch).toLocaleString('en')} ms`,
        ((scratch * 1e6) / (size * Math.log2(size))).toFixed(0),
        `${Math.round(memory)} MB`,
        `${percentile(records, 50).toFixed(2)} ms`,
        `${p95.toFixed(2)} ms`,
        findings.toLocaleString('en'),
      ];
    });
    console.log(`\n${shape}`);
    table(['figures', 'from scratch', 'ns / n log n', 'peak memory', 'new: p50', 'p95', 'findings'], rows);
  }
  console.log(
    `\nlimits at ${LIMITS.size.toLocaleString('en')}: ${LIMITS.scratch} ms, ${LIMITS.memory} MB, ${LIMITS.record} ms (p95)`,
  );
  for (const one of missed) console.log(`MISSED ${one}`);
  console.log(`load at the end ${loadavg()[0]!.toFixed(2)}`);
  if (sizes.length === SIZES.length)
    writeFileSync(join(import.meta.dirname, '..', 'docs', 'cost-of-analysis.svg'), `${await plot(points)}\n`);
  process.exitCode = missed.length > 0 ? 1 : 0;
}
