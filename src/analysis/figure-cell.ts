// Figures of one cell: what several say of one measure, place and period. Whether some two differ, and how to tell it.
import type { Days } from '../record/comparable.ts';
import type { Step, StepAmount } from '../record/disagreement.ts';
import { changesConflict } from './arithmetic/change.ts';
import { exactly, type Misfit, tidy } from './arithmetic/check.ts';
import { lostDigit } from './arithmetic/digits.ts';
import { pageContradicts } from './arithmetic/same.ts';
import { compareFigures, relationOf } from './compare.ts';
import type { Finding } from './finding.ts';
import { writtenInterval } from './interval.ts';
import type { Quantity } from './quantity.ts';

/** A figure as it stands in its cell. */
export interface Member {
  quantity: Quantity;
  /** Days since 1970. */
  days: Days;
  /** Whose number it is: the party, or the source where none is named. */
  voice: string;
}

/** A cell: figures that agree in scope and are for the same days. */
export interface Cell {
  members: readonly Member[];
  /** The same, the highest low end first. */
  lows: readonly Member[];
  /** The same, the lowest high end first. */
  highs: readonly Member[];
  /** The one with the smallest id. */
  first: Member;
  /** Whether all are one voice's. */
  isOneVoice: boolean;
  /** What those voices say in it that give numbers that do not fit one another. */
  atOdds: Iterable<readonly Member[]>;
}

/** Cells up to this size are told whole; of larger ones, the figures at either end. */
const TOLD_WHOLE = 40;
const TOLD_AT_EITHER_END = 12;
/** How many records a finding names at most; a disagreement keeps no more than 200. */
const MOST_RECORDS = 120;

/**
 * What there is to say about a cell. `finer` are cells for shorter periods that agree with this one's: "the 7th" where this
 * is "October". Their figures are held against this cell's, not against one another.
 * Of a large cell only what stands at either end is looked at.
 */
export function cellFindings(cell: Cell, finer: readonly Cell[], measureName: string | null): Finding[] {
  const findings: Finding[] = [];
  const revised: Pair[] = [];
  for (const said of cell.atOdds) {
    const pair = farthestOf(said);
    if (pair === null) continue;
    const slip = slipFinding(sameSource(said) ?? pair);
    if (slip === null) revised.push(pair);
    else findings.push(slip);
  }
  const own = extremesOf(cell);
  const between = farthest(own, own);
  const across = finer.flatMap((other) => {
    const ends = extremesOf(other);
    const pair = farthest(own, ends);
    return pair ? [{ pair, members: endsOf(other) }] : [];
  });
  const pairs = [...(between ? [between] : []), ...across.map((one) => one.pair)];
  if (pairs.length === 0 && revised.length === 0) return findings;
  const { first } = cell;
  const widest = pairs.length > 0 ? pairs.reduce(wider) : revised.reduce(wider);
  const told = toldOf(cell, own, [...across.flatMap((one) => one.members)], [first, ...widest]);
  const alone = pairs.length === 0;
  findings.push({
    key: `figures-differ:${first.quantity.id}`,
    kind: 'figures-differ',
    check: alone ? 'figures-revised' : 'figures-differ',
    records: told.slice(0, MOST_RECORDS).map((member) => ({ kind: 'figure', id: member.quantity.id })),
    working: workingOf(first, told, cell.members.length, widest, revised, measureName),
    weight: alone ? 0.3 : weightOf(widest),
    link: null,
  });
  return findings;
}

/** Two figures that differ. */
export type Pair = readonly [lower: Member, higher: Member];

/** The figures at either end of some, and the next ones that are another voice's. */
interface Extremes {
  /** The highest low ends. */
  lows: Member[];
  /** The lowest high ends. */
  highs: Member[];
}

/** The highest low end first, then by id: an order of all, so that the same figures always give the same answer. */
export const byLow = (a: Member, b: Member) =>
  compare(b.quantity.printed.low, a.quantity.printed.low) || compare(a.quantity.id, b.quantity.id);
/** The lowest high end first, then by id. */
export const byHigh = (a: Member, b: Member) =>
  compare(a.quantity.printed.high, b.quantity.printed.high) || compare(a.quantity.id, b.quantity.id);

function extremesOf({ lows, highs, isOneVoice }: Cell): Extremes {
  // Which spares looking through all of it for another.
  if (isOneVoice) return { lows: lows.slice(0, 1), highs: highs.slice(0, 1) };
  return { lows: firstOfTwoVoices(lows), highs: firstOfTwoVoices(highs) };
}

/** The first of some, and the first that is another voice's. */
function firstOfTwoVoices(ordered: readonly Member[]): Member[] {
  const [first] = ordered;
  const other = ordered.find((member) => member.voice !== first!.voice);
  return other === undefined ? [first!] : [first!, other];
}

/** The two figures of different voices, one of each, that lie farthest apart; null when none do. */
function farthest(one: Extremes, other: Extremes): Pair | null {
  let best: Pair | null = null;
  for (const [highs, lows] of [
    [one.highs, other.lows],
    [other.highs, one.lows],
  ] as const) {
    for (const lower of highs) {
      for (const higher of lows) {
        if (lower.voice === higher.voice || !differ(lower, higher)) continue;
        best = best === null ? [lower, higher] : wider(best, [lower, higher]);
      }
    }
  }
  return best;
}

function differ(lower: Member, higher: Member): boolean {
  const [low, high] = [lower.quantity.printed, higher.quantity.printed];
  return low.high < high.low && relationOf(low, high) === 'differ';
}

function gapOf([lower, higher]: Pair): number {
  return higher.quantity.printed.low - lower.quantity.printed.high;
}

/** The pair that lies farther apart; of two as far, that with the smaller ids. */
function wider(a: Pair, b: Pair): Pair {
  const order = compare(gapOf(b), gapOf(a)) || compare(pairKey(a), pairKey(b));
  return order <= 0 ? a : b;
}

function pairKey([a, b]: Pair): string {
  return `${a.quantity.id} ${b.quantity.id}`;
}

/** The two figures of one voice that lie farthest apart; null when none do. */
export function farthestOf(said: readonly Member[]): Pair | null {
  let [lower, higher] = [said[0]!, said[0]!];
  for (const one of said) {
    if (one.quantity.printed.high <= lower.quantity.printed.high && byHigh(one, lower) < 0) lower = one;
    if (one.quantity.printed.low >= higher.quantity.printed.low && byLow(one, higher) < 0) higher = one;
  }
  return lower !== higher && differ(lower, higher) ? [lower, higher] : null;
}

/** The two figures that one voice gives in one source and that lie farthest apart. */
function sameSource(said: readonly Member[]): Pair | null {
  const bySource = new Map<string, Member[]>();
  for (const member of said) {
    const { source } = member.quantity;
    if (source === null) continue;
    const here = bySource.get(source);
    if (here) here.push(member);
    else bySource.set(source, [member]);
  }
  const pairs = [...bySource.values()].map(farthestOf).filter((pair) => pair !== null);
  return pairs.length > 0 ? pairs.reduce(wider) : null;
}

/** One voice's two numbers as a slip rather than a revision: a digit lost, or a page that contradicts itself. */
function slipFinding([lower, higher]: Pair): Finding | null {
  const [a, b] = [lower.quantity, higher.quantity].sort((one, other) => (one.id < other.id ? -1 : 1)) as [
    Quantity,
    Quantity,
  ];
  const isPage = a.source !== null && a.source === b.source;
  const isChange = a.amount.bound === 'change';
  const checks: [check: string, () => Misfit | null][] = [
    ['lost-digit', () => (isChange ? null : lostDigit({ a, b }))],
    ['changes-conflict', () => (isChange && isPage ? changesConflict(a, b) : null)],
    ['page-contradicts', () => (isChange ? null : pageContradicts({ a, b }))],
  ];
  for (const [check, run] of checks) {
    const misfit = run();
    if (misfit !== null) return arithmeticFinding(check, [a, b], misfit);
  }
  return null;
}

/** A finding of a check of arithmetic. `about` are the figures it tells of; `key` those without which there were nothing. */
export function arithmeticFinding(
  check: string,
  about: readonly Quantity[],
  misfit: Misfit,
  key: readonly Quantity[] = about,
): Finding {
  return {
    key: [check, ...key.map((figure) => figure.id)].join(':'),
    kind: 'arithmetic-does-not-hold',
    check,
    records: [...new Set(about.map((figure) => figure.id))]
      .slice(0, MOST_RECORDS)
      .map((id) => ({ kind: 'figure', id })),
    working: misfit.working.slice(0, 60),
    weight: misfit.weight,
    link: null,
  };
}

/** All figures of a small cell, of a large one those at either end. */
function endsOf({ members, lows, highs }: Cell): readonly Member[] {
  if (members.length <= TOLD_WHOLE) return members;
  return [...highs.slice(0, TOLD_AT_EITHER_END), ...lows.slice(0, TOLD_AT_EITHER_END)];
}

/** The figures that are told, in order of time, then amount. */
function toldOf(cell: Cell, ends: Extremes, across: readonly Member[], needed: readonly Member[]): Member[] {
  const told = new Set<Member>(needed);
  for (const member of endsOf(cell)) told.add(member);
  // Of the finer cells only what this one's figures contradict: the rest does not concern it.
  const opposed = across.filter((member) =>
    [...ends.lows, ...ends.highs].some(
      (end) =>
        end.voice !== member.voice && relationOf(end.quantity.printed, member.quantity.printed) === 'differ',
    ),
  );
  for (const member of firstFew(opposed, inTime)) told.add(member);
  return [...told].sort(inTime);
}

/** The first few of many in an order, in one pass. */
export function firstFew<Some>(
  members: Iterable<Some>,
  order: (a: Some, b: Some) => number,
  most = TOLD_AT_EITHER_END,
): Some[] {
  const few: Some[] = [];
  for (const member of members) {
    if (few.length === most && order(member, few.at(-1)!) >= 0) continue;
    let at = few.length;
    while (at > 0 && order(member, few[at - 1]!) < 0) at--;
    few.splice(at, 0, member);
    if (few.length > most) few.pop();
  }
  return few;
}

function inTime(a: Member, b: Member): number {
  const [one, other] = [writtenInterval(a.quantity.amount), writtenInterval(b.quantity.amount)];
  return (
    compare(a.days.from, b.days.from) ||
    compare(a.days.to, b.days.to) ||
    compare(one.low, other.low) ||
    compare(one.high, other.high) ||
    (a.quantity.id < b.quantity.id ? -1 : 1)
  );
}

/** Infinities of one sign are equal; their difference would be no number. */
function compare<Value extends number | string>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function workingOf(
  first: Member,
  told: readonly Member[],
  size: number,
  widest: Pair,
  revised: readonly Pair[],
  measureName: string | null,
): Step[] {
  const { counted, place, period } = first.quantity;
  const isOnePeriod = told.every(
    (member) => member.days.from === first.days.from && member.days.to === first.days.to,
  );
  const steps: Step[] = [
    {
      code: 'cell',
      values: {
        counted: measureName ?? counted,
        place: place?.name ?? 'none',
        period: isOnePeriod ? (period?.text ?? 'none') : 'none',
      },
    },
    ...voiceSteps(told, isOnePeriod),
  ];
  const untold =
    size -
    told.filter((member) => first.days.from === member.days.from && first.days.to === member.days.to).length;
  if (untold > 0) steps.push({ code: 'voices-more', values: { count: untold } });
  steps.push(apartStep(widest));
  const [lower, higher] = [widest[0].quantity, widest[1].quantity];
  const slip = lostDigit({ a: lower, b: higher })?.working.find((step) => step.code.startsWith('digit-'));
  if (slip) steps.push(slip);
  if (lower.method !== null && higher.method !== null && lower.method !== higher.method)
    steps.push({ code: 'methods-differ', values: { a: lower.method, b: higher.method } });
  else if (lower.repeats !== higher.repeats)
    steps.push({ code: 'scope-repeats', values: { a: lower.repeats, b: higher.repeats } });
  for (const pair of [...revised].sort((a, b) => (pairKey(a) < pairKey(b) ? -1 : 1)).slice(0, 6))
    steps.push({ code: 'revision', values: { party: pair[0].quantity.party?.name ?? 'none' } });
  return steps;
}

/** Who says what; the same number of the same party for the same days is one voice, however many sources carry it. */
function voiceSteps(told: readonly Member[], isOnePeriod: boolean): Step[] {
  const voices = new Map<string, { member: Member; sources: Set<string | null> }>();
  for (const member of told) {
    const { bound, value, low, high } = member.quantity.amount;
    const { from, to } = member.days;
    const key = [member.voice, bound, value, low, high, from, to].join('\n');
    const voice = voices.get(key);
    if (voice) voice.sources.add(member.quantity.source);
    else voices.set(key, { member, sources: new Set([member.quantity.source]) });
  }
  return [...voices.values()].map(({ member, sources }) => {
    const { amount, party, period } = member.quantity;
    const values = {
      amount,
      party: party?.name ?? 'none',
      period: isOnePeriod ? 'none' : (period?.text ?? 'none'),
    };
    return sources.size > 1
      ? { code: 'voice-echo', values: { ...values, count: sources.size } }
      : { code: 'voice', values };
  });
}

/** How far apart two figures are by what is written: at least so much, and how many times or by how many per cent. */
function apartStep([a, b]: Pair): Step {
  const { nearest, difference, ratio, percent } = compareFigures(a.quantity, b.quantity);
  const amount = (value: number): StepAmount => exactly(tidy(value), a.quantity.amount.unit);
  const values = {
    lower: amount(nearest!.lower),
    higher: amount(nearest!.higher),
    difference: amount(difference),
  };
  // A change that is half as much again as another is not said in per cent of per cent.
  const isChange = a.quantity.amount.bound === 'change';
  if (isChange || ratio === null || percent === null || !Number.isFinite(ratio))
    return { code: 'differ-by', values };
  const above = Math.round(percent * 10) / 10;
  if (above === 0) return { code: 'differ-by', values };
  return ratio >= 2
    ? { code: 'differ-times', values: { ...values, times: Math.round(ratio * 10) / 10 } }
    : { code: 'differ-percent', values: { ...values, percent: above } };
}

/** Grows with how many times the higher is the lower: 0.6 where they hardly differ, 0.75 at twice, at most 0.95. */
function weightOf([a, b]: Pair): number {
  const { ratio } = compareFigures(a.quantity, b.quantity);
  return ratio === null ? 0.9 : Math.min(0.95, 0.6 + 0.15 * Math.log2(ratio));
}
