// Recognizers-Text "Specs": exact place and value of numbers, ranges, percentages and amounts, cases that no published
// implementation supports included. A case counts when everything expected is found and nothing else.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currencyNamed } from '../src/language/currency.ts';
import type { Language } from '../src/language/propose.ts';
import {
  type Recognised,
  recogniseAges,
  recogniseCurrency,
  recogniseDimensions,
  recogniseNumbers,
  recognisePercentages,
  recogniseTemperatures,
} from '../src/language/recognise.ts';
import { recogniseRanges } from '../src/language/recognise-range.ts';
import { unitNamed } from '../src/language/unit.ts';
import type { Row } from './report.ts';

interface Expected {
  Text: string;
  Start?: number;
  /** Inclusive. */
  End?: number;
  Resolution?: { value?: string | null; unit?: string; isoCurrency?: string } | null;
}
/** One case of a Specs file. */
export interface Case {
  Input: string;
  Results: Expected[];
}

type Model = 'number' | 'range' | 'percent' | 'currency' | 'dimension' | 'age' | 'temperature';
const FILES: Record<Model, string> = {
  number: 'Number/LANG/NumberModel.json',
  range: 'Number/LANG/NumberRangeModel.json',
  percent: 'Number/LANG/PercentModel.json',
  currency: 'NumberWithUnit/LANG/CurrencyModel.json',
  dimension: 'NumberWithUnit/LANG/DimensionModel.json',
  age: 'NumberWithUnit/LANG/AgeModel.json',
  temperature: 'NumberWithUnit/LANG/TemperatureModel.json',
};

/** The cases of one model in one language; null where the data has no such file. */
export function readCases(dataDir: string, model: Model, language: Language): Case[] | null {
  const path = join(
    dataDir,
    'recognizers',
    FILES[model].replace('LANG', language === 'fr' ? 'French' : 'English'),
  );
  if (!existsSync(path)) return null;
  return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as Case[];
}

/** What we find in a case's input; ranges as Specs write them: "[20,30)". */
export function recognised(
  text: string,
  model: Model,
  language: Language,
): (Recognised & { range?: string })[] {
  switch (model) {
    case 'number':
      return recogniseNumbers(text, language);
    case 'range':
      return recogniseRanges(text, language).map((range) => ({
        ...range,
        value: null,
        unit: null,
        range: `${range.closedLow ? '[' : '('}${range.low ?? ''},${range.high ?? ''}${range.closedHigh ? ']' : ')'}`,
      }));
    case 'percent':
      return recognisePercentages(text, language);
    case 'currency':
      return recogniseCurrency(text, language);
    case 'dimension':
      return recogniseDimensions(text, language);
    case 'age':
      return recogniseAges(text, language);
    case 'temperature':
      return recogniseTemperatures(text, language);
  }
}

/** The number a case writes: "1E-12", "103,67" in French, "100%"; null for "null". */
function writtenValue(written: string | null | undefined): number | null {
  if (written === null || written === undefined || written === 'null') return null;
  const plain = written.replace(/%$/, '');
  // French cases write a comma for decimals; thousands are never grouped.
  return Number(plain.replace(',', '.'));
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(1e-12, Math.abs(b) * 1e-9);

/** Which of place, value and unit agree for one expected result. */
function agrees(
  text: string,
  want: Expected,
  got: Recognised & { range?: string },
  model: Model,
): { exact: boolean; unit: boolean } {
  const words = text.slice(got.start, got.end).toLowerCase();
  const given =
    want.Start !== undefined && want.End !== undefined
      ? text.slice(want.Start, want.End + 1).toLowerCase()
      : null;
  // Where a case's own offsets do not cut out its own text, the text decides.
  const place =
    words === want.Text.toLowerCase() && (given !== want.Text.toLowerCase() || got.start === want.Start);
  if (model === 'range') return { exact: place && got.range === want.Resolution?.value, unit: true };
  const value = writtenValue(want.Resolution?.value);
  const exact =
    place && (value === null ? got.value === null : got.value !== null && close(got.value, value));
  return { exact, unit: sameUnit(want, got, model) };
}

/** A unit is right when the engine reads the case's name of it as the same unit. */
function sameUnit(want: Expected, got: Recognised, model: Model): boolean {
  const { unit, isoCurrency } = want.Resolution ?? {};
  if (model === 'number' || model === 'percent' || unit === undefined) return true;
  if (model === 'currency')
    return (isoCurrency ?? currencyNamed(unit)) === got.unit || (unit === 'Pence' && got.unit === 'penny');
  if (model === 'temperature')
    return (unit === 'C' ? '°C' : unit === 'F' ? '°F' : unitNamed(unit)) === got.unit;
  if (model === 'age') return (unit === 'Age' ? 'year' : unitNamed(unit)) === got.unit;
  if (/^(?:pound|livre)s?$/i.test(unit)) return got.unit === 'lb';
  const [base, per] = unit.split(/ (?:per|par) /i);
  const whole = unitNamed(unit) ?? (per ? `${unitNamed(base!)}/${unitNamed(per)}` : null);
  return whole === got.unit;
}

/** Whether a case is solved: everything in place with its value, and with its unit too. */
export function solves(one: Case, model: Model, language: Language): { exact: boolean; unit: boolean } {
  const found = recognised(one.Input, model, language);
  // Bare units are listed after amounts in some cases; order by place.
  const wanted = one.Results.map((want, index) => ({ want, index })).sort(
    (a, b) => (a.want.Start ?? a.index) - (b.want.Start ?? b.index),
  );
  if (found.length !== wanted.length) return { exact: false, unit: false };
  const results = wanted.map(({ want }, index) => agrees(one.Input, want, found[index]!, model));
  const exact = results.every((result) => result.exact);
  return { exact, unit: exact && results.every((result) => result.unit) };
}

const TOTAL: Model[] = ['number', 'range', 'percent', 'currency'];

/** Exact cases by model and language; the total over number, range, percent and currency is what the goals are for. */
export function evaluateRecognizers(dataDir: string): Row[] {
  const rows: Row[] = [];
  for (const [language, name, baseline, must] of [
    ['en', 'English', 80, 90],
    ['fr', 'French', 73, 88],
  ] as const) {
    const total = { exact: 0, cases: 0 };
    for (const model of Object.keys(FILES) as Model[]) {
      const cases = readCases(dataDir, model, language);
      const on = `Recognizers ${name}`;
      if (cases === null) {
        rows.push({ on, metric: model, value: null, note: 'no such cases in this copy of the data' });
        continue;
      }
      let exact = 0;
      let unit = 0;
      for (const one of cases) {
        const solved = solves(one, model, language);
        if (solved.exact) exact++;
        if (solved.unit) unit++;
      }
      const counted = TOTAL.includes(model);
      if (counted) {
        total.exact += exact;
        total.cases += cases.length;
      }
      rows.push({ on, metric: `${model}, exact`, value: (100 * exact) / cases.length, n: cases.length });
      if (model === 'currency' || model === 'dimension' || model === 'age' || model === 'temperature')
        rows.push({
          on,
          metric: `${model}, exact with unit`,
          value: (100 * unit) / cases.length,
          n: cases.length,
        });
    }
    rows.push({
      on: `Recognizers ${name}`,
      metric: 'number, range, percent, currency: exact',
      value: (100 * total.exact) / total.cases,
      baseline,
      must,
      aim: 97,
      n: total.cases,
    });
  }
  return rows;
}
