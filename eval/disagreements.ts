// Checks of arithmetic on the published figures and series of the Channel: of each thing that is known to be wrong in them, whether
// it is found, and of each that is known to be right, whether it is left alone. What is known is in the data's README.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { edtfOf } from '../src/analysis/calendar.ts';
import { ecbRates } from '../src/analysis/ecb-rates.ts';
import { checkTables } from '../src/analysis/table/check.ts';
import type { TableFinding } from '../src/analysis/table/finding.ts';
import { claimReader } from '../src/cli/claims.ts';
import { readTables } from '../src/cli/table-file.ts';
import type { Row } from './report.ts';

const FILES = [
  'homeoffice_daily_arrivals_rvaughan.csv',
  'homeoffice_weekly_arrivals_prevented_rvaughan.csv',
  'iom_missing_migrants_channel_2014_2026.csv',
  'iom_missing_migrants_channel_snapshot_2020-01-08.csv',
  'long_uk_small_boats_monthly.csv',
  'long_uk_small_boats_yearly.csv',
  'published_figures.csv',
];

/** One thing known of the data. */
interface Item {
  name: string;
  expected: 'found' | 'left alone';
  /** The findings that would be it. */
  is: (finding: Found) => boolean;
}

interface Found extends TableFinding {
  file: string;
  names: string[];
  /** The working's values as text, to look a date or words up in. */
  told: string;
}

const rows =
  (check: string, ...names: string[]) =>
  (finding: Found) =>
    finding.check === check && names.every((name) => finding.names.includes(name));
const about =
  (...names: string[]) =>
  (finding: Found) =>
    finding.check !== 'figures-differ' && names.some((name) => finding.names.includes(name));
const inFile = (file: string, check: string, words: string) => (finding: Found) =>
  finding.file.startsWith(file) && finding.check === check && finding.told.includes(words);
const said = (check: string, name: string, words: string) => (finding: Found) =>
  rows(check, name)(finding) && finding.told.includes(words);

const ITEMS: Item[] = [
  ...['04', '11', '18'].map((day) => ({
    name: `weekly row dated 2025-01-${day}, meant for 2026`,
    expected: 'found' as const,
    is: (finding: Found) =>
      inFile('homeoffice_weekly', 'date-rhythm', `"2025-01-${day}"`)(finding) &&
      finding.working.some(({ code, values }) => code === 'redate-sum' && values.date === `2026-01-${day}`),
  })),
  {
    name: '444 other weekly rows against the daily file',
    expected: 'left alone',
    is: (finding) =>
      finding.file.startsWith('homeoffice_weekly') && finding.check === 'finer-against-coarser',
  },
  {
    name: '153 rows of three columns in the weekly file',
    expected: 'found',
    is: inFile('homeoffice_weekly', 'stray-rows', '153'),
  },
  {
    name: 'week to 2025-12-21 missing',
    expected: 'found',
    is: inFile('homeoffice_weekly', 'gap', '2025-12-21'),
  },
  {
    name: 'week to 2026-04-26 missing',
    expected: 'found',
    is: inFile('homeoffice_weekly', 'gap', '2026-04-26'),
  },
  {
    name: 'The National’s months and years against the daily file',
    expected: 'left alone',
    is: (finding) => finding.file.startsWith('long_uk'),
  },
  {
    name: 'IOM: dead + missing = dead/missing in every row',
    expected: 'left alone',
    is: (finding) => finding.file.startsWith('iom'),
  },
  {
    name: '“+50 %”: 15,400 against 9,551 is 61 %, arrivals are 47.5 %',
    expected: 'found',
    is: (finding) =>
      rows('percent-change', 'C01', 'F07', 'F01')(finding) &&
      finding.working.some(({ code }) => code === 'percent-other-fits'),
  },
  { name: 'F04 against F03: 294 for 2,294', expected: 'found', is: rows('lost-digit', 'F03', 'F04') },
  { name: 'F04: “x4” of 294 is not 9,551', expected: 'found', is: said('percent-change', 'F04', '4x') },
  { name: 'F10: +68 % and more than doubled', expected: 'found', is: rows('changes-conflict', 'F10') },
  {
    name: 'F28: 1,226 a year is not 4.5 a week',
    expected: 'found',
    is: said('rate-against-total', 'F28', '4.5'),
  },
  {
    name: 'F29: 102 a month, more than 3 a day',
    expected: 'left alone',
    is: rows('rate-against-total', 'F29'),
  },
  { name: 'F28 and F29: one number for two areas', expected: 'found', is: rows('same-number', 'F28', 'F29') },
  { name: 'F15: parts of 3,200–3,600 for 3,700', expected: 'found', is: rows('sum-of-parts', 'F15') },
  { name: 'F09: six months for seven', expected: 'found', is: rows('period-length', 'F09') },
  { name: 'F18 − F17 = 2,415', expected: 'left alone', is: about('F17', 'F18') },
  { name: 'F36: 141 + 191 + 209 = 541, £479m, £159m a year', expected: 'left alone', is: about('F36') },
  { name: 'F37: £54m', expected: 'left alone', is: said('currency-equivalent', 'F37', 'GBP54m') },
  { name: 'F37: $73m, $74m', expected: 'left alone', is: said('currency-equivalent', 'F37', 'USD') },
  { name: 'F37: £55m, 1.3 % off', expected: 'found', is: said('currency-equivalent', 'F37', 'GBP55m') },
  { name: '£12m as €15m and $19m in November 2014', expected: 'left alone', is: about('C06') },
  {
    name: 'F34 and F35: 89 and 85, other lists',
    expected: 'left alone',
    is: (finding) => finding.names.some((name) => /^F3[45]$/.test(name)),
  },
  { name: 'F06: quadrupled, 586 to 2,358', expected: 'left alone', is: about('F05', 'F06') },
  {
    name: 'F11, F12, F13: 2020 in three vintages',
    expected: 'found',
    is: rows('figures-differ', 'F11', 'F12', 'F13'),
  },
  {
    name: 'F01 and F08: 9,551 and 9,500 rounded',
    expected: 'left alone',
    is: rows('figures-differ', 'F01', 'F08'),
  },
  { name: 'F20 and F21: one day, two methods', expected: 'found', is: rows('figures-differ', 'F20', 'F21') },
  {
    name: 'F22, F23, F24: camp counts of one day',
    expected: 'found',
    is: rows('figures-differ', 'F22', 'F23', 'F24'),
  },
  {
    name: 'F25 and F26: mayor and prefect of one day',
    expected: 'found',
    is: rows('figures-differ', 'F25', 'F26'),
  },
];

/** One row for each thing known: 100 where it is as expected. Then the findings that nobody expected. */
export async function evaluateDisagreements(data: string): Promise<Row[]> {
  const folder = join(data, 'channel');
  const alone = await findAll(FILES.map((file) => join(folder, file)));
  const all = await findAll([
    ...FILES.map((file) => join(folder, file)),
    join(import.meta.dirname, 'channel-claims.csv'),
  ]);
  const result = ITEMS.map(({ name, expected, is }): Row => {
    const found = all.some(is);
    const got = found ? 'found' : 'left alone';
    const from = !found || alone.some(is) ? 'from the files alone' : 'with the claims table';
    return {
      on: 'Channel',
      metric: `${name}: ${expected}`,
      value: got === expected ? 100 : 0,
      must: 100,
      note: found ? `got ${got}, ${from}` : `got ${got}`,
    };
  });
  const expected = ITEMS.filter((item) => item.expected === 'found');
  const unexpected = all.filter((finding) => !expected.some(({ is }) => is(finding)));
  return [
    ...result,
    ...['UNITED: “Wales” for the United Kingdom', 'UNITED: one row a person and one row an incident'].map(
      (metric): Row => ({
        on: 'Channel',
        metric,
        value: null,
        note: 'not measured: the file is not in the folder',
      }),
    ),
    {
      on: 'Channel',
      metric: 'findings in error (expected by nobody)',
      value: unexpected.length,
      must: 0,
      n: all.length,
      ...(unexpected.length > 0
        ? {
            note: unexpected
              .map(({ check, file, names }) => `${check} ${names.join('/') || file}`)
              .join('; '),
          }
        : {}),
    },
  ];
}

async function findAll(paths: readonly string[]): Promise<Found[]> {
  const files = await Promise.all(paths.map((path) => readTables(path, readFileSync(path), new Map())));
  const tables = files.flatMap((file) => (file.ok ? file.tables : []));
  const readClaims = claimReader();
  const { findings } = checkTables(
    tables,
    (text, { published }) => readClaims(text, published && edtfOf(published)),
    ecbRates(),
  );
  return findings.map((finding) => ({
    ...finding,
    file: tables[finding.rows[0]!.table]!.name,
    names: finding.rows.flatMap(({ name }) => name ?? []),
    told: JSON.stringify(finding.working.map(({ values }) => values)),
  }));
}
