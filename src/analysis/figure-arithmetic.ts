// The checks of arithmetic as they are asked of a dossier's figures: which figures a check is given, and when it is not asked.
import { foldedWords, isMoney } from '../record/measure-match.ts';
import { absoluteChange, type Pair, percentChange } from './arithmetic/change.ts';
import { exactly, figureStep, type Misfit } from './arithmetic/check.ts';
import { currencyEquivalent } from './arithmetic/currency.ts';
import { partExceedsTotal, sumOfParts } from './arithmetic/parts.ts';
import { sameNumberTwoAreas } from './arithmetic/same.ts';
import { daysOf } from './calendar.ts';
import { relationOf } from './compare.ts';
import type { ExchangeRates } from './exchange-rates.ts';
import { arithmeticFinding, firstFew, type Member } from './figure-cell.ts';
import type { Finding } from './finding.ts';
import { printedInterval } from './interval.ts';
import type { Quantity } from './quantity.ts';
import { scopeNote } from './scope.ts';

/** The figures that a change is held against. */
export interface ChangeGround {
  /** Figures of the change's own measure and place, for its own period and for the one it is from. */
  to: readonly (readonly Member[])[];
  from: readonly (readonly Member[])[];
  /** How many figures of each are tried. */
  tried: number;
  /** The same two periods and place under other measures; asked for only when the change does not hold. */
  others: () => { to: readonly Member[]; from: readonly Member[] }[];
}

/**
 * A change against the figures it speaks of. It holds when any two of them fit it: whose number a change was worked out from
 * is not always said.
 */
export function changeFinding(change: Member, ground: ChangeGround): Finding | null {
  const { quantity } = change;
  const { baseline } = quantity;
  const isPercent = quantity.amount.unit === '%';
  const usable = (lists: readonly (readonly Member[])[]) =>
    firstFew(
      lists.flatMap((members) => firstFew(members.filter(isLike), nearTo(change), ground.tried)),
      nearTo(change),
      ground.tried,
    );
  // "+5 %" of a share may mean five points or a twentieth: nobody can tell.
  const isLike = ({ quantity: one }: Member) =>
    one.modality === quantity.modality &&
    (isPercent ? one.amount.unit !== '%' : one.amount.unit === quantity.amount.unit);
  const to = usable(ground.to).map((member) => member.quantity);
  const from =
    baseline?.value != null
      ? to.slice(0, 1).map((one) => baselineOf(quantity, baseline.value!, one.amount.unit))
      : usable(ground.from).map((member) => member.quantity);
  let first: { misfit: Misfit; pair: Pair } | null = null;
  const check = (pair: Pair, others: readonly Pair[]) =>
    isPercent
      ? percentChange({ change: quantity, ...pair, others })
      : absoluteChange({ change: quantity, ...pair });
  for (const one of to) {
    for (const other of from) {
      if (one.amount.unit !== other.amount.unit || one.id === other.id) continue;
      const pair = { to: one, from: other };
      const misfit = check(pair, []);
      if (misfit === null) return null;
      first ??= { misfit, pair };
    }
  }
  if (first === null) return null;
  const others = ground.others().flatMap((other): Pair[] => {
    const [last] = firstFew(other.to.filter(isLike), nearTo(change), 1);
    const [start] = last ? firstFew(other.from.filter(isLike), nearTo(last), 1) : [];
    return last && start && last.quantity.amount.unit === start.quantity.amount.unit
      ? [{ to: last.quantity, from: start.quantity }]
      : [];
  });
  const misfit = check(first.pair, others.slice(0, ground.tried)) ?? first.misfit;
  const told = [
    first.pair.from,
    first.pair.to,
    ...others.slice(0, ground.tried).flatMap((one) => [one.from, one.to]),
  ];
  const records = [quantity, ...told.filter((one) => one.id !== quantity.id)];
  return arithmeticFinding(isPercent ? 'percent-change' : 'absolute-change', records, misfit, [quantity]);
}

/** First what stands in the same source, then what the same party says, then by id. */
function nearTo(to: Member): (a: Member, b: Member) => number {
  const distance = (one: Member) =>
    (one.quantity.source !== null && one.quantity.source === to.quantity.source ? 0 : 2) +
    (one.voice === to.voice ? 0 : 1);
  return (a, b) => distance(a) - distance(b) || (a.quantity.id < b.quantity.id ? -1 : a === b ? 0 : 1);
}

/** The number that a change itself says it is from; it has no record but the change. */
function baselineOf(change: Quantity, value: number, unit: string | null): Quantity {
  const amount = exactly(value, unit);
  return {
    ...change,
    amount,
    printed: printedInterval(amount),
    period: change.baseline?.period ?? null,
    baseline: null,
  };
}

/**
 * A total against the parts that people have linked to it. They are added up only where they are all counts of the same in
 * the same source: of those that are parts in another way ("of them 97 minors") nobody says that they are all.
 */
export function totalFinding(total: Quantity, parts: readonly Quantity[]): Finding | null {
  const like = parts.filter(
    (part) => part.amount.unit === total.amount.unit && part.modality === total.modality,
  );
  const areSummed =
    like.length >= 2 &&
    like.length === parts.length &&
    like.every(
      (part) => part.measure === total.measure && part.source !== null && part.source === total.source,
    );
  if (areSummed) {
    const misfit = sumOfParts({ total, parts: like });
    if (misfit) return arithmeticFinding('sum-of-parts', [total, ...like], misfit, [total]);
  }
  for (const part of [...like].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const misfit = partExceedsTotal({ part, total });
    if (misfit) return arithmeticFinding('part-exceeds-total', [part, total], misfit);
  }
  return null;
}

/** Money given in several currencies, at the rates of its period. Silent without a period. */
export function equivalentFinding(quantity: Quantity, rates: ExchangeRates): Finding | null {
  if (quantity.period === null || !isMoney(quantity.amount.unit)) return null;
  const days = daysOf(quantity.period.range);
  for (const { value, unit } of quantity.equivalents) {
    if (!isMoney(unit)) continue;
    const amount = { ...exactly(value, unit), bound: quantity.amount.bound };
    const misfit = currencyEquivalent({
      amount: quantity,
      equivalent: { amount, printed: printedInterval(amount) },
      days,
      rates,
    });
    if (misfit) return arithmeticFinding('currency-equivalent', [quantity], misfit);
  }
  return null;
}

/** One party's figures for several places: the same number given for two of them. */
export function sameNumberFinding(items: readonly Member[]): Finding[] {
  return pairsOf(items).flatMap(([a, b]) => {
    const misfit = sameNumberTwoAreas({ a, b });
    if (!misfit) return [];
    return [
      { ...arithmeticFinding('same-number-two-areas', [a, b], misfit), kind: 'scope-differs' as const },
    ];
  });
}

/** From this share of common words on, two wordings sound like one thing to somebody who reads quickly. */
const ALIKE = 0.6;

/**
 * One page's figures for one place and period, by different parties, whose words are so alike that a reader takes them for
 * the same count though nobody says they are.
 */
export function otherWordsFinding(items: readonly Member[]): Finding[] {
  return pairsOf(items).flatMap(([a, b]): Finding[] => {
    if (a.measure === b.measure || a.party?.key === b.party?.key) return [];
    if (a.amount.unit !== b.amount.unit || a.modality !== b.modality) return [];
    if (relationOf(a.printed, b.printed) !== 'differ' || likeness(a.counted, b.counted) < ALIKE) return [];
    const note = scopeNote(a, b);
    const working = [
      figureStep(a),
      figureStep(b),
      { code: 'same-words', values: {} },
      ...(note ? [note] : []),
    ];
    const finding = arithmeticFinding('other-words', [a, b], { working, weight: 0.35 });
    return [{ ...finding, kind: 'scope-differs' }];
  });
}

function pairsOf(items: readonly Member[]): [Quantity, Quantity][] {
  const sorted = items.map((item) => item.quantity).sort((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.flatMap((a, at) => sorted.slice(at + 1).map((b): [Quantity, Quantity] => [a, b]));
}

/** The share of words that two wordings have in common (Dice). */
function likeness(a: string, b: string): number {
  const [one, other] = [new Set(foldedWords(a)), new Set(foldedWords(b))];
  const common = [...one].filter((word) => other.has(word)).length;
  return (2 * common) / (one.size + other.size || 1);
}
