// Whether the numbers of a claim agree with the numbers of a piece of evidence: which number is set against which, and
// whether what the one says allows what the other gives.
import type { ClaimQuantity } from '../record/claim-quantity.ts';
import { type DateRange, dateRange, overlaps } from '../record/date.ts';
import type { Step } from '../record/disagreement.ts';
import type { Interval } from '../record/figure.ts';
import { isMoney } from '../record/measure-match.ts';
import { assign } from './assignment.ts';
import { kinship } from './claim-word.ts';
import { relationOf } from './compare.ts';
import { ABOUT, writtenInterval } from './interval.ts';
import type { AnalysedFigure } from './names.ts';

/** One number of the claim and the number of the evidence it is set against. */
export interface ClaimPair {
  claim: ClaimQuantity;
  evidence: ClaimQuantity;
  agrees: boolean;
  /** Whether both may hold at one time; null where the one or the other does not say when. */
  sameTime: boolean | null;
  /**
   * `logic`: no reading of the two says otherwise. `meant`: the evidence is itself a bound, and is taken for what people mean
   * by it: "more than 12 million" for a little more than 12 million.
   */
  ground: 'logic' | 'meant';
  /** Words that both numbers stand with, weighed by nearness; 0: only the kind of number set them against one another. */
  shared: number;
}

/** What is to be said of a claim, and how it was reached. */
export interface ClaimJudgement {
  /** Null where no number of the claim has one to be set against. */
  verdict: 'supports' | 'refutes' | null;
  /**
   * Whether it needs no guess: the numbers it rests on are said in the same words, of times that may be one, and no reading
   * of a bound says otherwise.
   */
  sure: boolean;
  pairs: ClaimPair[];
}

/**
 * Sets each number of a claim against the number of the evidence that is most likely said of the same thing, and tells
 * whether all agree. A place in an order decides only where the claim has no other number. Numbers that agree but are said
 * of times that cannot be one refute the claim where its number could not have been so at its own time.
 */
export function judgeClaim(
  claim: readonly ClaimQuantity[],
  evidence: readonly ClaimQuantity[],
): ClaimJudgement {
  const all = pairUp(claim, evidence);
  const amounts = all.filter((pair) => pair.claim.kind !== 'rank');
  const pairs = amounts.length > 0 ? amounts : all.length > 0 ? all : pairUpDates(claim, evidence);
  if (pairs.length === 0) return { verdict: null, sure: false, pairs };
  const against = pairs.filter((pair) => !pair.agrees || isMoved(pair));
  return against.length === 0
    ? { verdict: 'supports', sure: pairs.every(isSure), pairs }
    : { verdict: 'refutes', sure: against.some(isSure), pairs };
}

function isSure({ ground, shared, sameTime }: ClaimPair): boolean {
  return ground === 'logic' && shared >= SAME_WORDS && sameTime !== false;
}

/** From here on the words around two numbers are taken to say the same thing: a shared noun right beside both weighs one. */
const SAME_WORDS = 0.5;

/** Each date of the claim against the date of the evidence that is said of the same, the nearest one first. */
function pairUpDates(claim: readonly ClaimQuantity[], evidence: readonly ClaimQuantity[]): ClaimPair[] {
  const dates = (all: readonly ClaimQuantity[]) =>
    all.filter((one) => one.kind === 'date' && rangeOf(one) !== null).slice(0, MOST);
  const [claims, others] = [dates(claim), dates(evidence)];
  const shared = claims.map((one) => others.map((other) => kinship(one, other)));
  const fits = claims.map((one, c) =>
    others.map((other, e) => 3 * saturate(shared[c]![e]!) - 0.3 * daysApart(rangeOf(one)!, rangeOf(other)!)),
  );
  return assign(fits).flatMap((e, c) => {
    if (e === null) return [];
    const [one, other] = [claims[c]!, others[e]!];
    const agrees = sameTime(one, other) !== one.denied;
    return [
      {
        claim: one,
        evidence: other,
        agrees,
        sameTime: null,
        ground: 'logic' as const,
        shared: shared[c]![e]!,
      },
    ];
  });
}

/** The logarithm of the days between two ranges; 0 where they meet. */
function daysApart(a: DateRange, b: DateRange): number {
  return Math.log1p(Math.max(0, a.from - b.to, b.from - a.to) / 864e5);
}

/**
 * Whether the numbers agree and yet the time cannot be as the claim has it: the very number, said of another time; or a
 * number already passed by then, or not yet passed, when the evidence only shows it later or earlier.
 */
function isMoved({ claim, evidence, sameTime }: ClaimPair): boolean {
  if (sameTime !== false) return false;
  const { bound } = claim.amount;
  if (bound === 'exact') return true;
  const later = rangeOf(evidence)!.from > rangeOf(claim)!.to;
  return later ? bound === 'more-than' || bound === 'at-least' : bound === 'less-than' || bound === 'at-most';
}

/** The best way to set numbers of the claim against numbers of the evidence, each used once. */
function pairUp(claim: readonly ClaimQuantity[], evidence: readonly ClaimQuantity[]): ClaimPair[] {
  const claims = claim.filter(({ kind }) => kind !== 'date').slice(0, MOST);
  const others = evidence.filter(({ kind }) => kind !== 'date').slice(0, MOST);
  const shared = claims.map((one) => others.map((other) => kinship(one, other)));
  const fits = claims.map((one, c) =>
    others.map((other, e) => {
      const kind = kindFit(one, other);
      if (kind === null) return null;
      const inOrder = claims.length === others.length && c === e ? 0.2 : 0;
      return kind + 3 * saturate(shared[c]![e]!) - 1.5 * farness(one, other) + inOrder;
    }),
  );
  return assign(fits).flatMap((e, c) => {
    if (e === null) return [];
    const [one, other] = [claims[c]!, others[e]!];
    return [
      {
        claim: one,
        evidence: other,
        ...agreement(one, other),
        sameTime: sameTime(one, other),
        shared: shared[c]![e]!,
      },
    ];
  });
}

/** More than this many numbers are no claim but a table. */
const MOST = 60;

const saturate = (shared: number): number => shared / (shared + 2);

const SCORE_BASE = /^\/(\d+)$/;

/** How well two numbers go together by kind and unit; null where they cannot be set against one another. */
function kindFit(one: ClaimQuantity, other: ClaimQuantity): number | null {
  const [a, b] = [one.kind, other.kind];
  if (b === 'date') return null;
  const [u, v] = [one.amount.unit, other.amount.unit];
  const whole = one.whole === other.whole ? 0 : -1;
  if (a === b) {
    if (a === 'duration') return durationDays(u) && durationDays(v) ? 1 : null;
    if (a === 'age') return 1;
    if (a === 'count') return 1 + whole;
    return u === v ? 1.5 : a === 'money' || a === 'score' ? 0 : null;
  }
  const either = (kind: ClaimQuantity['kind']) => a === kind || b === kind;
  if (either('rank') || either('frequency') || either('ratio')) return null;
  // A sign or word left out: "58" for "58 out of 100", "113 million" for "$113 million".
  if (either('score') && either('share')) return -0.5;
  if (either('count') && (either('score') || either('money') || either('share'))) return -1;
  if (either('count') && (either('age') || either('duration'))) return -0.5;
  if (either('age') && either('duration')) return 0.5;
  return null;
}

const DAYS: Record<string, number> = {
  s: 1 / 86400,
  min: 1 / 1440,
  h: 1 / 24,
  day: 1,
  week: 7,
  month: 30.44,
  year: 365.25,
  decade: 3652.5,
};
function durationDays(unit: string | null): number | null {
  return unit === null ? null : (DAYS[unit] ?? null);
}

/** What a share or score is out of. */
function basis({ kind, amount }: ClaimQuantity): number | null {
  if (kind === 'share') return 100;
  return kind === 'score' ? Number(SCORE_BASE.exec(amount.unit ?? '')?.[1] ?? Number.NaN) : null;
}

/** The logarithm of how many times the one is the other; 3 at most. */
function farness(one: ClaimQuantity, other: ClaimQuantity): number {
  const [a, b] = [middle(one), middle(other) * factor(one, other)];
  if (a === b) return one.amount.bound === 'exact' || one.amount.bound === 'about' ? -0.4 : 0;
  if (a === 0 || b === 0) return Math.min(3, Math.log(1 + Math.abs(a - b)));
  return Math.min(3, Math.abs(Math.log(Math.abs(a / b))));
}

function middle({ amount }: ClaimQuantity): number {
  return amount.value ?? ((amount.low ?? 0) + (amount.high ?? 0)) / 2;
}

/** What the evidence's number is multiplied by to be in the claim's unit. */
function factor(one: ClaimQuantity, other: ClaimQuantity): number {
  const [u, v] = [one.amount.unit, other.amount.unit];
  if (u === v) return 1;
  // "84 %" against "84/100", "7.6/10" against "76 %".
  if (basis(one) !== null && basis(other) !== null) return basis(one)! / basis(other)!;
  if (one.kind !== 'duration' || other.kind !== 'duration') return 1;
  return (durationDays(v) ?? 1) / (durationDays(u) ?? 1);
}

/** Whether what the evidence gives is among what the claim allows. */
function agreement(one: ClaimQuantity, other: ClaimQuantity): Pick<ClaimPair, 'agrees' | 'ground'> {
  const by = factor(one, other);
  // A rise or fall that the other gives without saying which way is compared by its size.
  const changes = [one, other].filter(({ amount }) => amount.bound === 'change').length;
  const given = meant(changes === 1 ? unsigned(other) : other, by);
  const allowed = allowedBy(changes === 1 ? unsigned(one) : one);
  const agrees = allowed(given) !== one.denied;
  return { agrees, ground: groundOf(one, other, by) };
}

/** A bound in the evidence settles a claim by logic only where all that it allows, or nothing of it, is what the claim allows. */
function groundOf(one: ClaimQuantity, other: ClaimQuantity, by: number): ClaimPair['ground'] {
  if (!/-than$|^at-/.test(other.amount.bound)) return 'logic';
  const given = writtenInterval(other.amount);
  const relation = relationOf(writtenInterval(one.amount), { low: given.low * by, high: given.high * by });
  const isSame = relation === 'consistent' && one.amount.bound === other.amount.bound && by === 1;
  return relation === 'differ' || relation === 'contains' || isSame ? 'logic' : 'meant';
}

function unsigned(quantity: ClaimQuantity): ClaimQuantity {
  const { amount } = quantity;
  const size = (value: number | null) => (value === null ? null : Math.abs(value));
  return {
    ...quantity,
    amount: { ...amount, value: size(amount.value), low: size(amount.low), high: size(amount.high) },
  };
}

/** What a printed number gives, as an interval; `above`, `below`: it is past the end named, by a little. */
interface Given extends Interval {
  lean: -1 | 0 | 1;
  half: number;
  about: boolean;
}

function meant({ amount, grain, short }: ClaimQuantity, by: number): Given {
  const low = (amount.low ?? amount.value ?? Number.NaN) * by;
  const high = (amount.high ?? amount.value ?? Number.NaN) * by;
  const lean = amount.bound === 'more-than' ? 1 : amount.bound === 'less-than' || short ? -1 : 0;
  const half = grain !== null && isRounded(amount.value, grain) ? (grain * by) / 2 : 0;
  return { low, high, lean, half, about: amount.bound === 'about' };
}

/** A number printed under a scale or with decimals is rounded; "1,400" is taken at its word. */
function isRounded(value: number | null, grain: number): boolean {
  return value !== null && (grain > 1 || grain < 1);
}

function allowedBy({ amount, grain, short }: ClaimQuantity): (given: Given) => boolean {
  const value = amount.value ?? Number.NaN;
  switch (amount.bound) {
    case 'more-than':
      return (given) => given.low > value || (given.low === value && given.lean > 0);
    case 'at-least':
      return (given) => given.low > value || (given.low === value && given.lean >= 0);
    case 'less-than':
      return (given) => given.high < value || (given.high === value && given.lean < 0);
    case 'at-most':
      return (given) => given.high < value || (given.high === value && given.lean <= 0);
    case 'range':
      return (given) => given.high >= (amount.low ?? value) && given.low <= (amount.high ?? value);
    case 'about': {
      const slack = ABOUT * Math.abs(value);
      return (given) => given.high >= value - slack && given.low <= value + (short ? 0 : slack);
    }
    default: {
      const half = grain !== null && isRounded(value, grain) ? grain / 2 : 0;
      return (given) => {
        const slack =
          Math.max(half, given.half, given.about ? ABOUT * Math.abs(value) : 0) * (1 + 1e-9) + 1e-9;
        return given.high >= value - slack && given.low <= value + slack;
      };
    }
  }
}

function rangeOf({ period }: ClaimQuantity): DateRange | null {
  return period === null ? null : dateRange(period);
}

/** Whether two numbers may hold at one time; null where the one or the other does not say when. */
function sameTime(one: ClaimQuantity, other: ClaimQuantity): boolean | null {
  const [a, b] = [rangeOf(one), rangeOf(other)];
  return a === null || b === null ? null : overlaps(a, b);
}

/** How a judgement was reached, pair by pair, so that a person can do it again; empty where nothing was set against anything. */
export function claimWorking({ pairs }: ClaimJudgement): Step[] {
  return pairs.flatMap((pair) => {
    const { claim, evidence } = pair;
    const values = { claim: claim.text, evidence: evidence.text };
    const steps: Step[] = [{ code: pair.agrees ? 'claim-agrees' : 'claim-contradicts', values }];
    if (pair.ground === 'meant') steps.push({ code: 'claim-meant', values: { evidence: evidence.text } });
    if (pair.shared < SAME_WORDS) steps.push({ code: 'claim-no-words', values });
    if (pair.sameTime === false)
      steps.push({
        code: 'claim-other-time',
        values: { periodClaim: claim.period!, periodEvidence: evidence.period! },
      });
    return steps;
  });
}

/** A figure as a quantity of a claim: what a statement's numbers are set against. */
export function claimOfFigure(figure: AnalysedFigure): ClaimQuantity {
  const { bound, value, low, high, unit, counted } = figure;
  return {
    kind: unit === '%' ? 'share' : isMoney(unit) ? 'money' : unit ? 'measure' : 'count',
    amount: { bound, value, low, high, unit },
    grain: null,
    short: false,
    denied: false,
    whole: false,
    counted,
    context: [
      ...wordsAt(counted, 0),
      ...wordsAt(figure.place?.name ?? '', 2),
      ...wordsAt(figure.accordingTo?.name ?? '', 8),
    ],
    period: figure.period,
    text: figure.passages[0]?.exact ?? counted,
  };
}

/** The words of a phrase at one distance. */
function wordsAt(phrase: string, distance: number): ClaimQuantity['context'] {
  const words = phrase.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => word.length > 2).map((word) => ({ word, distance }));
}
