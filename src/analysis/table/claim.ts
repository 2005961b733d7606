// What the words beside a figure claim, and whether the figure bears it: changes, lengths of time, rates, sums written out,
// the same amount in another currency. Who reads the words out of a cell is not known here.
import type { Step, StepAmount } from '../../record/disagreement.ts';
import {
  changeInterval,
  changesConflict,
  type Pair,
  percentBetween,
  percentChange,
} from '../arithmetic/change.ts';
import type { Misfit } from '../arithmetic/check.ts';
import { currencyEquivalent } from '../arithmetic/currency.ts';
import { periodLength, rateAgainstTotal, type TimeUnit } from '../arithmetic/duration.ts';
import { type Formula, formulaMisfit } from '../arithmetic/formula.ts';
import type { Days } from '../calendar.ts';
import type { ExchangeRates } from '../exchange-rates.ts';
import { printedInterval } from '../interval.ts';
import { meet, type Quantity } from '../quantity.ts';
import type { RowFigure } from './figures.ts';
import { fold } from './period.ts';

/** One thing that words claim. `words` are those of the text. */
export type Claim =
  | {
      kind: 'change';
      words: string;
      amount: StepAmount;
      baseline: { from: number; to: number } | null;
      /** What the change is said of; null where the words do not say. */
      counted: string | null;
    }
  | { kind: 'length'; words: string; count: number; unit: TimeUnit }
  | { kind: 'rate'; words: string; amount: StepAmount; per: TimeUnit; counted: string | null }
  /** `certain`: the words say that it is the same amount; otherwise it may be another. */
  | { kind: 'equivalent'; words: string; amount: StepAmount; certain: boolean }
  /** Two changes that the words give for one thing: "+68 % and more than doubled". */
  | { kind: 'two-changes'; words: string; one: StepAmount; other: StepAmount }
  /** Two amounts that the words set beside one another as the same: "£54m ($73m)". */
  | { kind: 'pair'; words: string; one: StepAmount; other: StepAmount }
  /** A term may be the name of a row. */
  | {
      kind: 'formula';
      words: string;
      formula: Omit<Formula, 'terms'> & {
        terms: { operator: Formula['terms'][number]['operator']; value: number | string }[];
      };
    };

/** What a row's claims are held against: figures of the same that stand elsewhere in the table. */
export interface Surroundings {
  /** A row's figure by the name the table gives it. */
  named: (name: string) => RowFigure | undefined;
  /** Figures of the same measure and place for the stretch of the same length before a row's own. */
  before: (figure: RowFigure) => RowFigure[];
  /** The same for the stretch after. */
  after: (figure: RowFigure) => RowFigure[];
  /** Figures of the same measure, place and period in other rows. */
  beside: (figure: RowFigure) => RowFigure[];
  /** Figures of the same measure and place for another period. */
  at: (figure: RowFigure, range: { from: number; to: number }) => RowFigure[];
  /** Two periods under other measures or by other counts. */
  others: (pair: Pair) => Pair[];
  rates: ExchangeRates | null;
}

/** A claim that does not hold, and the rows beside its own that it was held against. */
export interface ClaimMisfit extends Misfit {
  check: string;
  with: RowFigure[];
}

/** The claims of one text beside one figure that do not hold. */
export function claimMisfits(
  figure: RowFigure,
  claims: readonly Claim[],
  around: Surroundings,
): ClaimMisfit[] {
  const found: ClaimMisfit[] = [];
  const add = (check: string, claim: Claim, misfit: Misfit | null, beside: RowFigure[] = []) => {
    if (misfit) found.push({ ...misfit, check, with: beside, working: [said(claim), ...misfit.working] });
  };
  for (const claim of claims) {
    switch (claim.kind) {
      case 'formula':
        add('formula', claim, formulaMisfitOf(claim, around));
        break;
      case 'length':
        if (figure.days) add('period-length', claim, periodLength({ ...claim, days: figure.days }));
        break;
      case 'rate':
        add('rate-against-total', claim, rateMisfit(figure, claim, claims));
        break;
      case 'equivalent':
        add('currency-equivalent', claim, equivalentMisfit(figure, claim, around.rates));
        break;
      case 'two-changes':
        add(
          'changes-conflict',
          claim,
          changesConflict(
            { ...figure.quantity, amount: claim.one },
            { ...figure.quantity, amount: claim.other },
          ),
        );
        break;
      case 'pair':
        add('currency-equivalent', claim, pairMisfit(figure, claim, around.rates));
        break;
      case 'change': {
        const misfit = changeMisfit(figure, claim, around);
        if (misfit) add('percent-change', claim, misfit, misfit.with);
      }
    }
  }
  return found;
}

function said({ words }: Claim): Step {
  return { code: 'claim', values: { words } };
}

function intervalOf({ amount }: Extract<Claim, { kind: 'change' }>): { low: number; high: number } {
  return changeInterval({ amount });
}

function formulaMisfitOf(
  { formula }: Extract<Claim, { kind: 'formula' }>,
  around: Surroundings,
): Misfit | null {
  const terms: Formula['terms'] = [];
  for (const { operator, value } of formula.terms) {
    const number = typeof value === 'number' ? value : around.named(value)?.quantity.amount.value;
    if (number === undefined || number === null) return null;
    terms.push({ operator, value: number });
  }
  return formulaMisfit({ ...formula, terms });
}

/**
 * A rate is one of the row's own figure only where it counts the same, or names nothing it counts. Money may be given as a
 * total in its currency by the same words.
 */
function rateMisfit(
  { quantity }: RowFigure,
  claim: Extract<Claim, { kind: 'rate' }>,
  claims: readonly Claim[],
): Misfit | null {
  if (claim.counted !== null && !sharesWord(claim.counted, quantity)) return null;
  const { amount, per } = claim;
  if (amount.unit === quantity.amount.unit) return rateAgainstTotal({ rate: amount, per, total: quantity });
  const total = claims.find(
    (one) => one.kind === 'equivalent' && one.certain && one.amount.unit === amount.unit,
  );
  if (total?.kind !== 'equivalent') return null;
  return rateAgainstTotal({
    rate: amount,
    per,
    total: { ...quantity, amount: total.amount, printed: printedInterval(total.amount) },
  });
}

function sharesWord(counted: string, { measure, counted: own }: Quantity): boolean {
  const stems = (text: string) =>
    fold(text)
      .split(/[^a-z]+/)
      .filter((word) => word.length > 3)
      .map((word) => word.slice(0, 5));
  const known = new Set([...stems(measure), ...stems(own)]);
  return stems(counted).some((stem) => known.has(stem));
}

/** The days on which an amount may have been converted: when it was published, or else those of its own period. */
function daysOfRates({ published, days }: RowFigure): { days: Days; day: number } | null {
  const known = [published, days].find(
    (one) => one && Number.isFinite(one.first) && Number.isFinite(one.last),
  );
  if (!known) return null;
  // "July 2021" for what begins on 20 July: the day itself is shown.
  const begins = days?.first ?? known.first;
  return { days: known, day: begins >= known.first && begins <= known.last ? begins : known.first };
}

/** How far off an amount may be and still be taken for the same one in another currency, when the words do not say so. */
const NEAR = 0.15;

function equivalentMisfit(
  figure: RowFigure,
  { amount, certain }: Extract<Claim, { kind: 'equivalent' }>,
  rates: ExchangeRates | null,
): Misfit | null {
  const when = daysOfRates(figure);
  if (rates === null || when === null) return null;
  const equivalent = { amount, printed: printedInterval(amount) };
  const misfit = currencyEquivalent({ amount: figure.quantity, equivalent, ...when, rates });
  if (misfit === null || certain) return misfit;
  const apart = misfit.working.find(({ code }) => code === 'apart')?.values.share;
  return typeof apart === 'number' && apart <= NEAR * 100 ? misfit : null;
}

function pairMisfit(
  figure: RowFigure,
  { one, other }: Extract<Claim, { kind: 'pair' }>,
  rates: ExchangeRates | null,
): Misfit | null {
  const when = daysOfRates(figure);
  if (rates === null || when === null) return null;
  return currencyEquivalent({
    amount: { ...figure.quantity, amount: one, printed: printedInterval(one) },
    equivalent: { amount: other, printed: printedInterval(other) },
    ...when,
    rates,
  });
}

/**
 * A change beside a figure is taken to end with it, at the stretch of the same length before, or at its baseline where the
 * words name one. Whether it may begin with it is only asked where another row for the same period bears it out: a digit lost
 * shows that way.
 */
function changeMisfit(
  figure: RowFigure,
  claim: Extract<Claim, { kind: 'change' }>,
  around: Surroundings,
): (Misfit & { with: RowFigure[] }) | null {
  const given = intervalOf(claim);
  if (claim.amount.unit !== '%') return null;
  if (claim.counted !== null && !sharesWord(claim.counted, figure.quantity)) return null;
  const change: Quantity = { ...figure.quantity, amount: claim.amount };
  const asPair = (from: RowFigure, to: RowFigure): Pair => ({ from: from.quantity, to: to.quantity });
  const fits = (pair: Pair) => {
    const range = percentBetween(pair);
    return range === null || meet(range, given);
  };
  const before = claim.baseline ? around.at(figure, claim.baseline) : around.before(figure);
  const ending = before.map((from) => ({ pair: asPair(from, figure), other: from }));
  if (ending.some(({ pair }) => fits(pair))) return null;
  const siblings = around.beside(figure);
  if (ending.length === 0 && claim.baseline === null) {
    for (const to of around.after(figure)) {
      if (fits(asPair(figure, to))) return null;
      const sibling = siblings.find((one) => fits(asPair(one, to)));
      if (!sibling) continue;
      const misfit = percentChange({
        change,
        ...asPair(figure, to),
        others: [asPair(sibling, to)],
      });
      if (misfit) return { ...misfit, with: [to, sibling] };
    }
    return null;
  }
  const [first] = ending;
  // Where two rows give this figure, the change may speak of the other.
  if (!first || siblings.some((sibling) => before.some((from) => fits(asPair(from, sibling))))) return null;
  const misfit = percentChange({ change, ...first.pair, others: around.others(first.pair) });
  return misfit && { ...misfit, with: [first.other] };
}
