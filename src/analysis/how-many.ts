// How many: the figures of one measure as a chart has them. What can be set against one another stands on one pair of axes;
// what is a count of something else, or of elsewhere, stands by itself and says why. Nothing is left out unsaid: every
// figure is drawn, is part of a stretch that is drawn, or is told with the reason why it cannot be.

import { type FigureScope, fold, type ScopeNames, scopeReader } from '../record/comparable.ts';
import { type DateRange, dateRange } from '../record/date.ts';
import type { Step } from '../record/disagreement.ts';
import { type DrawnFigure, type Figure, interval } from '../record/figure.ts';
import type { Names } from './names.ts';
import { scopeNotes } from './scope.ts';

/** How a figure is drawn: its bound, as a shape. */
export type MarkShape = 'point' | 'range' | 'about' | 'at-least' | 'at-most';

/** One thing to point at: a figure, or all of a series in a month, a quarter or a year where there are too many. */
export interface ChartMark {
  /** The figure's id; of a stretch, its series and its time. */
  key: string;
  /** An index into the series of its group. */
  series: number;
  shape: MarkShape | 'stretch';
  /** The amounts it is drawn between; the same twice for a point. */
  low: number;
  high: number;
  /** The number given, for shapes that have one. */
  value: number | null;
  /** The time it is of, in milliseconds since 1970; the end is its last. */
  from: number;
  to: number;
  /** The figure; null for a stretch. */
  figure: DrawnFigure | null;
  /** How many figures it stands for. */
  count: number;
  /** The time as EDTF; of a stretch, what to narrow to for seeing its figures. */
  period: string;
}

/** A party whose figures are drawn alike. */
export interface ChartSeries {
  /** An actor's id, or the folded name; empty for figures that say of nobody. */
  key: string;
  /** Empty for figures that say of nobody. */
  name: string;
  figures: number;
}

/** Over how long a count goes, roughly: counts over a day do not stand against counts over a year. */
export type PeriodLength = 'day' | 'week' | 'month' | 'part-year' | 'year' | 'years';

/** The measure that figures are charted under, as comparing needs it; null for figures that have only their words in common. */
export type ChartMeasure = ScopeNames['measures'][number] | null;

/** Why a figure is not drawn. */
export type ToldReason = 'change' | 'undated' | 'no-amount' | 'elsewhere';

/** Something to know for reading a group rightly; the words are `words.how-many.note.<code>`. */
export interface ChartNote {
  code:
    | 'methods'
    | 'lengths'
    | 'times'
    | 'about'
    | 'open'
    | 'pledged'
    | 'across'
    | 'thinned-dots'
    | 'thinned'
    | 'log'
    | 'change'
    | 'undated'
    | 'no-amount';
  values: Record<string, string | number>;
}

/** Figures on one pair of axes. */
export interface ChartGroup {
  /** Names it in addresses. */
  key: string;
  place: { key: string; name: string } | null;
  unit: string | null;
  /** Null where a measure's figures are not told apart by it. */
  length: PeriodLength | null;
  /** Why it is not set against the first group, as sentences of a working; empty for the first. */
  reasons: Step[];
  series: ChartSeries[];
  /** In order of time, then of series. */
  marks: ChartMark[];
  /** Figures drawn as plain dots behind stretches. */
  dots: { series: number; at: number; amount: number }[];
  /** What stretches are of; null where every figure is a mark of its own. */
  thinned: 'month' | 'quarter' | 'year' | null;
  /** The ends of both axes; the amounts hold zero unless the scale is logarithmic. */
  amounts: { low: number; high: number };
  time: { from: number; to: number };
  scale: 'linear' | 'log';
  /** Whether a logarithmic scale is possible: it has no zero and nothing below. */
  mayBeLog: boolean;
  /** All marks are of one and the same time: they stand side by side. */
  isOneMoment: boolean;
  notes: ChartNote[];
  /** How many figures it has, told ones included. */
  figures: number;
}

/** A measure's figures, ready to be drawn and told. */
export interface HowMany {
  groups: ChartGroup[];
  /** What is told in the table alone. */
  told: { id: string; why: ToldReason }[];
  /** All parties and places of the measure, whatever was chosen, the most frequent first. */
  parties: ChartSeries[];
  places: { key: string; name: string; figures: number }[];
  /** The ids of all figures that were chosen, in order of time, undated last. */
  order: string[];
}

/** What a reader narrows a chart to. */
export interface HowManyChoice {
  place?: string | undefined;
  party?: string | undefined;
  /** EDTF; figures that lie before or after are left out, undated ones too. */
  from?: string | undefined;
  to?: string | undefined;
  scale?: 'linear' | 'log' | undefined;
}

/** Beyond this many marks a group is thinned: nobody points at more, and pages grow heavy. */
const MOST_MARKS = 250;
/** Beyond this many figures the dots behind stretches run together and say nothing. */
const MOST_DOTS = 6000;
/** Groups that are drawn; figures of the others are told. */
const MOST_GROUPS = 12;
const DAY = 86_400_000;

interface Placed {
  figure: DrawnFigure;
  range: DateRange | null;
  party: { key: string; name: string };
  scope: FigureScope;
}

/**
 * The figures of one measure in groups that may be drawn together. The first group is the largest. Worked out in time that
 * grows as n log n.
 */
export function howMany(
  figures: readonly DrawnFigure[],
  measure: ChartMeasure,
  names: Pick<Names, 'places' | 'actors'>,
  choice: HowManyChoice = {},
): HowMany {
  const placed = place(figures, measure, names);
  const chosen = placed.filter((one) => isChosen(one, choice));
  chosen.sort(inTime);
  const told: HowMany['told'] = [];
  const grouped = new Map<string, { of: Omit<ChartGroup, keyof Rest>; members: Placed[] }>();
  for (const one of chosen) {
    const of = groupOf(one, measure);
    const group = grouped.get(of.key) ?? { of, members: [] };
    grouped.set(of.key, group);
    group.members.push(one);
  }
  const ordered = [...grouped.values()].sort(
    (a, b) =>
      drawable(b.members) - drawable(a.members) ||
      b.members.length - a.members.length ||
      (a.of.key < b.of.key ? -1 : 1),
  );
  const first = ordered[0];
  const groups: ChartGroup[] = [];
  for (const { of, members } of ordered) {
    const mine: HowMany['told'] = [];
    const drawn = members.filter((one) => {
      const why = whyTold(one, groups.length >= MOST_GROUPS);
      if (why !== null) mine.push({ id: one.figure.id, why });
      return why === null;
    });
    told.push(...mine);
    if (groups.length >= MOST_GROUPS) continue;
    const reasons = first && of !== first.of ? reasonsBetween(first, { of, members }) : [];
    groups.push({ ...of, ...drawGroup(drawn, mine, choice, measure), reasons, figures: members.length });
  }
  return {
    groups,
    told,
    parties: counted(placed.map(({ party }) => party)),
    places: counted(placed.flatMap(({ scope }) => scope.place ?? [])),
    order: chosen.map(({ figure }) => figure.id),
  };
}

type Rest = Omit<ChartGroup, 'key' | 'place' | 'unit' | 'length'>;

function place(
  figures: readonly DrawnFigure[],
  measure: ChartMeasure,
  names: Pick<Names, 'places' | 'actors'>,
): Placed[] {
  // What a figure is a count of is read as it is for comparing: under a measure, "500 people" and "500" are of one unit.
  const readScope = scopeReader({ measures: measure ? [measure] : [], places: names.places });
  const actors = new Map<string, { key: string; name: string }>();
  for (const { id, name, aliases } of names.actors) {
    for (const one of [id, ...[name, ...aliases].map(fold)]) actors.set(one, { key: id, name });
  }
  const known = (found: Map<string, { key: string; name: string }>, id: string | null, name: string) => {
    const folded = fold(name);
    const one = (id !== null ? found.get(id) : undefined) ?? found.get(folded);
    // As it was first printed, where the dossier knows no better.
    if (!one) found.set(folded, { key: folded, name });
    return one ?? found.get(folded)!;
  };
  return figures.map((figure) => {
    const who = figure.accordingTo ?? figure.reportedBy;
    const scope = readScope({ ...figure, measure: measure?.id ?? null, baseline: null, passages: [] });
    return {
      figure,
      scope,
      range: scope.period?.range ?? null,
      party: who === null ? { key: '', name: '' } : known(actors, who.actor, who.name),
    };
  });
}

function isChosen({ party, scope, range }: Placed, choice: HowManyChoice): boolean {
  if (choice.party !== undefined && choice.party !== party.key) return false;
  if (choice.place !== undefined && choice.place !== (scope.place?.key ?? '')) return false;
  const [from, to] = [choice.from, choice.to].map((text) => (text ? dateRange(text) : null));
  if (!from && !to) return true;
  if (range === null) return false;
  return range.to >= (from?.from ?? -Infinity) && range.from <= (to?.to ?? Infinity);
}

function inTime(a: Placed, b: Placed): number {
  const [x, y] = [a, b].map(({ range }) => (range === null ? Infinity : startOf(range)));
  if (x !== y) return x! - y!;
  return a.party.name < b.party.name
    ? -1
    : a.party.name > b.party.name
      ? 1
      : a.figure.id < b.figure.id
        ? -1
        : 1;
}

const startOf = ({ from, to }: DateRange) => (Number.isFinite(from) ? from : to);

function counted<One extends { key: string; name: string }>(
  all: One[],
): { key: string; name: string; figures: number }[] {
  const found = new Map<string, { key: string; name: string; figures: number }>();
  for (const { key, name } of all) {
    const one = found.get(key);
    if (one) one.figures++;
    else found.set(key, { key, name, figures: 1 });
  }
  return [...found.values()].sort((a, b) => b.figures - a.figures || (a.name < b.name ? -1 : 1));
}

/** A group by what its figures share. Changes are of the group whose counts they are changes of: a share has no axis here. */
function groupOf({ figure, range, scope }: Placed, measure: ChartMeasure): Omit<ChartGroup, keyof Rest> {
  const length = measure?.series === 'flow' && range !== null ? lengthOf(range) : null;
  const unit = figure.bound === 'change' ? null : scope.amount.unit;
  const place = scope.place && { key: scope.place.key, name: scope.place.name };
  const key = [place?.key ?? '', unit ?? '', length ?? ''].join('|');
  return { key, place, unit, length };
}

/** Roughly over how long a period goes. */
export function lengthOf(range: DateRange): PeriodLength {
  const days = (range.to - range.from) / DAY;
  if (days <= 1.5) return 'day';
  if (days <= 10) return 'week';
  if (days <= 45) return 'month';
  if (days <= 200) return 'part-year';
  return days <= 400 ? 'year' : 'years';
}

interface Grouped {
  of: Pick<ChartGroup, 'unit' | 'place' | 'length'>;
  members: Placed[];
}

/** What tells a group from the first, told of a figure of each. */
function reasonsBetween(first: Grouped, other: Grouped): Step[] {
  const [a, b] = [first, other].map(
    ({ members }) => members.find((one) => whyTold(one, false) === null) ?? members[0]!,
  );
  const apart = [
    ...(first.of.unit === other.of.unit ? [] : ['scope-unit']),
    ...(first.of.place?.key === other.of.place?.key
      ? []
      : ['scope-place', 'scope-place-within', 'scope-unknown-place']),
  ];
  const reasons = scopeNotes(a!.scope, b!.scope).filter(({ code }) => apart.includes(code));
  const [one, another] = [a!.figure.period, b!.figure.period];
  if (first.of.length !== other.of.length && one !== null && another !== null)
    reasons.push({ code: 'scope-period-length', values: { period1: one, period2: another } });
  return reasons;
}

/** How many of these can be drawn at all. */
const drawable = (members: Placed[]) => members.filter((one) => whyTold(one, false) === null).length;

function whyTold({ figure, range }: Placed, isElsewhere: boolean): ToldReason | null {
  if (figure.bound === 'change') return 'change';
  if (range === null || !Number.isFinite(startOf(range))) return 'undated';
  const { low, high } = interval(figure);
  if (Number.isNaN(low) || (!Number.isFinite(low) && !Number.isFinite(high))) return 'no-amount';
  return isElsewhere ? 'elsewhere' : null;
}

const SHAPES: Record<Figure['bound'], MarkShape> = {
  exact: 'point',
  change: 'point',
  about: 'about',
  'at-least': 'at-least',
  'more-than': 'at-least',
  'at-most': 'at-most',
  'less-than': 'at-most',
  range: 'range',
};

function drawGroup(
  drawn: Placed[],
  told: HowMany['told'],
  choice: HowManyChoice,
  measure: ChartMeasure,
): Omit<Rest, 'reasons' | 'figures'> {
  const series = counted(drawn.map(({ party }) => party));
  const indexOf = new Map(series.map(({ key }, index) => [key, index]));
  const time = timeOf(drawn);
  const all = drawn.map((one) => markOf(one, indexOf.get(one.party.key)!, time));
  const thinned = all.length > MOST_MARKS ? thinnedTo(all) : null;
  const marks = thinned === null ? all : stretches(all, series, thinned, time);
  marks.sort((a, b) => a.from + a.to - (b.from + b.to) || a.series - b.series || (a.key < b.key ? -1 : 1));
  const hasDots = thinned !== null && all.length <= MOST_DOTS;
  const dots = hasDots
    ? all.flatMap(({ series, low, high, from, to }) =>
        [...new Set([low, high])].map((amount) => ({ series, at: (from + to) / 2, amount })),
      )
    : [];
  const [lowest, highest] = endsOf(all);
  const mayBeLog = all.length > 1 && lowest > 0 && highest >= 10 * lowest;
  const scale = mayBeLog ? (choice.scale ?? (isSqueezed(all, lowest, highest) ? 'log' : 'linear')) : 'linear';
  const first = all[0];
  const isOneMoment =
    thinned === null &&
    all.length <= 12 &&
    first !== undefined &&
    all.every(({ from, to }) => from === first.from && to === first.to);
  // Side by side, order is free to show what is less and what is more.
  if (isOneMoment) marks.sort((a, b) => a.low + a.high - (b.low + b.high) || a.series - b.series);
  const group = { series, marks, dots, thinned, time, scale, mayBeLog, isOneMoment } as const;
  return {
    ...group,
    amounts:
      scale === 'log'
        ? { low: lowest, high: highest }
        : { low: Math.min(0, lowest), high: Math.max(0, highest) },
    notes: notesOn(group, drawn, told, all, measure),
  };
}

/** From the first to the last finite time; ends that are open are drawn up to here. */
function timeOf(drawn: Placed[]): { from: number; to: number } {
  let [from, to] = [Infinity, -Infinity];
  for (const { range } of drawn) {
    for (const end of [range!.from, range!.to]) {
      if (!Number.isFinite(end)) continue;
      from = Math.min(from, end);
      to = Math.max(to, end);
    }
  }
  return Number.isFinite(from) ? { from, to } : { from: 0, to: 0 };
}

function markOf({ figure, range }: Placed, series: number, time: { from: number; to: number }): ChartMark {
  const { low, high } = interval(figure);
  const shape = SHAPES[figure.bound];
  const isOpen = shape === 'at-least' || shape === 'at-most';
  const end = Number.isFinite(low) ? low : high;
  return {
    key: figure.id,
    series,
    shape: figure.low !== null && figure.high !== null ? 'range' : shape,
    low: isOpen ? end : low,
    high: isOpen ? end : high,
    value: figure.value,
    from: Number.isFinite(range!.from) ? range!.from : time.from,
    to: Number.isFinite(range!.to) ? range!.to : time.to,
    figure,
    count: 1,
    period: figure.period!,
  };
}

function endsOf(marks: ChartMark[]): [lowest: number, highest: number] {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const { low, high } of marks) {
    lowest = Math.min(lowest, low);
    highest = Math.max(highest, high);
  }
  return marks.length === 0 ? [0, 0] : [lowest, highest];
}

/** Whether a linear axis would press more than half of the marks into its lowest twentieth. */
function isSqueezed(marks: ChartMark[], lowest: number, highest: number): boolean {
  if (marks.length < 3 || highest / lowest < 100) return false;
  return marks.filter(({ high }) => high < highest / 20).length > marks.length / 2;
}

const SPANS = ['month', 'quarter', 'year'] as const;

/** The shortest stretch that leaves no more marks than can be pointed at. */
function thinnedTo(marks: ChartMark[]): 'month' | 'quarter' | 'year' {
  return (
    SPANS.find((span) => new Set(marks.map((mark) => stretchKey(mark, span).key)).size <= MOST_MARKS) ??
    'year'
  );
}

function stretchKey(
  mark: ChartMark,
  span: (typeof SPANS)[number],
): { key: string; from: string; to: string } {
  const middle = new Date((mark.from + mark.to) / 2);
  const year = String(middle.getUTCFullYear()).padStart(4, '0');
  const month = middle.getUTCMonth();
  const two = (value: number) => String(value).padStart(2, '0');
  const begins = span === 'month' ? month : span === 'quarter' ? month - (month % 3) : 0;
  const ends = span === 'month' ? month : span === 'quarter' ? begins + 2 : 11;
  const from = span === 'year' ? year : `${year}-${two(begins + 1)}`;
  const to = span === 'year' ? year : `${year}-${two(ends + 1)}`;
  return { key: `${mark.series}:${from}/${to}`, from, to };
}

function stretches(
  marks: ChartMark[],
  series: ChartSeries[],
  span: (typeof SPANS)[number],
  time: { from: number; to: number },
): ChartMark[] {
  const found = new Map<string, ChartMark>();
  for (const mark of marks) {
    const { key, from, to } = stretchKey(mark, span);
    const one = found.get(key);
    if (one) {
      one.count++;
      one.low = Math.min(one.low, mark.low);
      one.high = Math.max(one.high, mark.high);
      continue;
    }
    found.set(key, {
      key: `${series[mark.series]!.key}:${from}`,
      series: mark.series,
      shape: 'stretch',
      low: mark.low,
      high: mark.high,
      value: null,
      // The first and the last begin and end with the figures, not with their month.
      from: Math.max(time.from, dateRange(from)!.from),
      to: Math.min(time.to, dateRange(to)!.to),
      figure: null,
      count: 1,
      period: from === to ? from : `${from}/${to}`,
    });
  }
  return [...found.values()];
}

function notesOn(
  group: Pick<ChartGroup, 'series' | 'thinned' | 'dots' | 'scale' | 'isOneMoment'>,
  drawn: Placed[],
  told: HowMany['told'],
  all: ChartMark[],
  measure: ChartMeasure,
): ChartNote[] {
  const notes: ChartNote[] = [];
  const add = (code: ChartNote['code'], values: ChartNote['values'] = {}) => notes.push({ code, values });
  const methods = new Map<string, string>();
  for (const { figure, party } of drawn) if (figure.method) methods.set(figure.method, party.name);
  if (methods.size > 0 && methods.size <= 6 && drawn.length > 1) {
    for (const [method, party] of methods) add('methods', { party, method });
  }
  // A state has a date, known more or less precisely; what happened has a length.
  const series = measure?.series ?? 'unknown';
  const isOfPeriods = series === 'flow' || series === 'unknown';
  const lengths = drawn.map(({ range }) => range!.to - range!.from).filter(Number.isFinite);
  if (
    isOfPeriods &&
    lengths.length > 1 &&
    Math.max(...ends(lengths)) > 2 * Math.max(DAY, Math.min(...ends(lengths)))
  )
    add('lengths');
  const gap = gapBetweenSeries(all, group.series.length);
  if (gap !== null) add('times', { months: gap });
  if (all.some(({ shape }) => shape === 'about')) add('about');
  if (all.some(({ shape }) => shape === 'at-least' || shape === 'at-most')) add('open');
  if (all.some(({ figure }) => figure!.modality !== 'reported')) add('pledged');
  if (group.thinned === null && !group.isOneMoment && all.some(({ from, to }) => to - from > 20 * DAY))
    add('across');
  if (group.thinned !== null)
    add(group.dots.length > 0 ? 'thinned-dots' : 'thinned', { count: all.length, span: group.thinned });
  if (group.scale === 'log') add('log');
  for (const why of ['change', 'undated', 'no-amount'] as const) {
    const count = told.filter((one) => one.why === why).length;
    if (count > 0) add(why, { count });
  }
  return notes;
}

/** The least and the greatest, without spreading a long list over a call. */
function ends(values: number[]): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

/**
 * Where no figure of one party is of the time of another's: how many months lie between the nearest two. Null where some are
 * of one time, or where there is one party alone.
 */
function gapBetweenSeries(marks: ChartMark[], series: number): number | null {
  if (series < 2) return null;
  const sorted = [...marks].sort((a, b) => a.from - b.from);
  let nearest = Infinity;
  // Of each series, how far what came before reaches: the nearest two of different series follow one another here.
  let [reach, owner, second] = [-Infinity, -1, -Infinity];
  for (const { from, to, series: of } of sorted) {
    const other = of === owner ? second : reach;
    nearest = Math.min(nearest, from - other);
    if (nearest <= 1) return null;
    if (of === owner) reach = Math.max(reach, to);
    else if (to >= reach) [second, reach, owner] = [reach, to, of];
    else second = Math.max(second, to);
  }
  const months = Math.round(nearest / (30.44 * DAY));
  return months >= 1 ? months : null;
}
