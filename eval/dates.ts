// How well dates are found and read: the date cases of Microsoft's Recognizers-Text (MIT), English and French.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDates } from '../src/language/date.ts';
import type { Language } from '../src/language/propose.ts';
import { tokenise } from '../src/language/text-model.ts';
import { dateRange } from '../src/record/date.ts';
import type { Row } from './report.ts';

interface Value {
  timex?: string;
  value?: string;
  start?: string;
  end?: string;
  Mod?: string;
}

interface Case {
  Input: string;
  Context?: { ReferenceDateTime?: string };
  Results: {
    Text: string;
    Start?: number;
    TypeName?: string;
    Resolution?: { values?: Value[] };
  }[];
}

interface Tally {
  gold: number;
  exact: number;
  overlap: number;
  resolvable: number;
  same: number;
  agree: number;
  left: Map<string, number>;
  spurious: number;
  predicted: number;
  cases: number;
  passed: number;
}

const DAY = 86_400_000;

/** Words that make a case one of holidays or of business calendars, which are not read. */
const SPECIAL =
  /christmas|easter|thanksgiving|halloween|independence|new year|patrick|holiday|juneteenth|freedom day|jubilee|black friday|valentine|mother|father|memorial|labou?r day|martin luther|business day|work ?week|workweek|fiscal|school year|academic|\b[fsc]y ?\d|no[ëe]l|p[âa]ques|nouvel an|jour de l'an|indépendance|vendredi noir|toussaint|travail|ouvr(?:é|able)|budg|fiscale|scolaire|saint|fête|lune|carême|ramad/i;

/** Recognizers-Text's exact-span and value figures on `date` and `daterange`, both languages. */
export function evaluateDates(dataDir: string): Row[] {
  return (['en', 'fr'] as const).flatMap((language) => evaluateLanguage(dataDir, language));
}

function evaluateLanguage(dataDir: string, language: Language): Row[] {
  const folder = language === 'en' ? 'English' : 'French';
  const path = join(dataDir, 'recognizers/DateTime', folder, 'DateTimeModel.json');
  const cases: Case[] = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  const tally: Tally = {
    gold: 0,
    exact: 0,
    overlap: 0,
    resolvable: 0,
    same: 0,
    agree: 0,
    left: new Map(),
    spurious: 0,
    predicted: 0,
    cases: 0,
    passed: 0,
  };
  for (const entry of cases) scoreCase(entry, language, tally);
  const left = [...tally.left].map(([reason, count]) => `${count} ${reason}`).join(', ');
  const on = `Recognizers DateTime, ${folder}`;
  const percent = (part: number, whole: number) => (whole === 0 ? null : (100 * part) / whole);
  return [
    {
      on,
      metric: 'dates and ranges, exact span',
      value: percent(tally.exact, tally.gold),
      n: tally.gold,
      note: `left out: ${left}`,
    },
    { on, metric: 'dates and ranges, any overlap', value: percent(tally.overlap, tally.gold), n: tally.gold },
    {
      on,
      metric: 'value, same days',
      value: percent(tally.same, tally.resolvable),
      n: tally.resolvable,
      note: 'of those with a value that names its year or has a reference date; the past or the future reading counts',
    },
    {
      on,
      metric: 'value, agrees at the precision stated',
      value: percent(tally.agree, tally.resolvable),
      n: tally.resolvable,
    },
    {
      on,
      metric: 'cases wholly right (spans and values), of those with only dates and ranges',
      value: percent(tally.passed, tally.cases),
      n: tally.cases,
      baseline: language === 'fr' ? (100 * 114) / 892 : null,
      note: language === 'fr' ? 'baseline: cases of all types that its own JavaScript supports' : undefined,
    },
    {
      on,
      metric: 'dates predicted that touch no result of any type',
      value: percent(tally.spurious, tally.predicted),
      n: tally.predicted,
    },
  ].map(({ note, ...row }) => (note === undefined ? row : { ...row, note }));
}

function leave(tally: Tally, reason: string): void {
  tally.left.set(reason, (tally.left.get(reason) ?? 0) + 1);
}

function scoreCase(entry: Case, language: Language, tally: Tally): void {
  const reference = entry.Context?.ReferenceDateTime?.slice(0, 10) ?? null;
  const text = entry.Input;
  const found = findDates(tokenise(text, 0, text.length, language), language, reference);
  tally.predicted += found.length;
  const spans = entry.Results.map((result) => {
    const start = result.Start ?? text.toLowerCase().indexOf(result.Text.toLowerCase());
    return { start, end: start + result.Text.length };
  });
  for (const date of found) {
    if (!spans.some((span) => span.start < date.end && date.start < span.end)) tally.spurious++;
  }
  let whole = entry.Results.length > 0;
  let right = 0;
  for (const [index, result] of entry.Results.entries()) {
    const type = result.TypeName?.replace('datetimeV2.', '') ?? 'untyped';
    if (type !== 'date' && type !== 'daterange') {
      leave(tally, `of type ${type}`);
      whole = false;
      continue;
    }
    if (SPECIAL.test(result.Text)) {
      leave(tally, 'holidays and business calendars');
      whole = false;
      continue;
    }
    const span = spans[index]!;
    if (text.slice(span.start, span.end).toLowerCase() !== result.Text.toLowerCase()) {
      leave(tally, 'with a span that is not its text');
      whole = false;
      continue;
    }
    tally.gold++;
    const exact = found.find((date) => date.start === span.start && date.end === span.end);
    const near = exact ?? found.find((date) => date.start < span.end && span.start < date.end);
    if (exact) tally.exact++;
    if (near) tally.overlap++;
    const values = (result.Resolution?.values ?? []).filter((value) => value.value !== 'not resolved');
    const dependent = reference === null && !/\d{4}/.test(result.Text);
    let agreed = values.length === 0 || dependent;
    if (values.length > 0 && !dependent) {
      tally.resolvable++;
      if (near && values.some((value) => sameDays(near.edtf, value))) tally.same++;
      if (near && values.some((value) => agrees(near.edtf, value))) {
        tally.agree++;
        agreed = true;
      }
    }
    if (exact && agreed) right++;
  }
  if (!whole) return;
  tally.cases++;
  if (right === entry.Results.length && found.length === right) tally.passed++;
}

/** First and last day of a gold value; its ends are exclusive. Open ends are infinite. */
function goldRange(value: Value): { from: number; to: number } | null {
  if (value.value) {
    const from = Date.parse(value.value);
    return Number.isNaN(from) ? null : { from, to: from + DAY };
  }
  if (!value.start && !value.end) return null;
  return {
    from: value.start ? Date.parse(value.start) : -Infinity,
    to: value.end ? Date.parse(value.end) : Infinity,
  };
}

function sameDays(edtf: string | null, value: Value): boolean {
  const gold = goldRange(value);
  const own = edtf === null ? null : dateRange(edtf);
  if (!gold || !own) return false;
  // A range "from X to Y" ends in their data where Y begins; with both days named, EDTF includes the last one.
  const end = own.to === Infinity ? Infinity : own.to + 1;
  return own.from === gold.from && (end === gold.to || end === gold.to + DAY);
}

/** Whether both ends agree as finely as each end of the EDTF says: "2018-08" agrees with 17 August 2018. */
function agrees(edtf: string | null, value: Value): boolean {
  if (edtf === null) return false;
  if (sameDays(edtf, value)) return true;
  const gold = goldRange(value);
  if (!gold) return false;
  const [low, high] = edtf.includes('/') ? edtf.split('/') : [edtf, edtf];
  return (
    holds(low!, gold.from, -Infinity) &&
    (holds(high!, gold.to - DAY, Infinity) || holds(high!, gold.to, Infinity))
  );
}

function holds(end: string, instant: number, open: number): boolean {
  if (end === '..') return instant === open;
  const range = dateRange(end.replace(/[{}[\]~]/g, ''));
  return range !== null && Number.isFinite(instant) && range.from <= instant && instant <= range.to;
}
