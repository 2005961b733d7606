// A table of figures held against itself: figures for the same, sums and stretches, changes, digits, areas, claims in notes.
import type { StepAmount } from '../../record/disagreement.ts';
import { changesConflict, type Pair, percentBetween, percentChange } from '../arithmetic/change.ts';
import { figureStep, type Misfit } from '../arithmetic/check.ts';
import { currencyEquivalent } from '../arithmetic/currency.ts';
import { lostDigit } from '../arithmetic/digits.ts';
import { weekdayMismatch } from '../arithmetic/duration.ts';
import { cumulativeFalls, finerAgainstCoarser, partExceedsTotal, sumOfParts } from '../arithmetic/parts.ts';
import { sameNumberTwoAreas } from '../arithmetic/same.ts';
import { type Days, daysOf, lengthOf, yearsLater } from '../calendar.ts';
import { compareFigures } from '../compare.ts';
import type { ExchangeRates } from '../exchange-rates.ts';
import { printedInterval } from '../interval.ts';
import type { Quantity } from '../quantity.ts';
import { type Claim, claimMisfits, type Surroundings } from './claim.ts';
import type { RowFigure } from './figures.ts';
import type { TableFinding } from './finding.ts';
import { fold } from './period.ts';

/** What the words of a note claim; the language engine reads them, which is not known here. */
export type ClaimReader = (text: string, figure: RowFigure) => Claim[];

/** Figures held against one another in every way that a table allows. Time grows as n log n with the rows. */
export function checkFigures(
  figures: readonly RowFigure[],
  readClaims: ClaimReader,
  rates: ExchangeRates | null,
): TableFinding[] {
  const findings: TableFinding[] = [];
  const add = (check: string, rows: readonly RowFigure[], misfit: Misfit | null) => {
    if (misfit) findings.push(findingOf(check, rows, misfit));
  };
  const index = indexOf(figures);
  for (const figure of figures) {
    if (figure.weekday) add('weekday', [figure], weekdayOf(figure.weekday));
  }
  for (const same of index.same.values()) sameScope(same, add);
  for (const series of index.series.values()) stretches(series, add);
  for (const areas of index.areas.values()) {
    for (const [at, figure] of areas.entries()) {
      const earlier = areas.slice(Math.max(0, at - 6), at);
      const other = earlier.find(
        (one) => sameNumberTwoAreas({ a: one.quantity, b: figure.quantity }) !== null,
      );
      if (other)
        add('same-number', [other, figure], sameNumberTwoAreas({ a: other.quantity, b: figure.quantity }));
    }
  }
  for (const figure of figures) {
    if (figure.quantity.amount.bound === 'change') changeRow(figure, index, add);
    else if (figure.change) changeCell(figure, figure.change, index, add);
  }
  for (const changes of index.changes.values()) {
    const [first, ...rest] = changes;
    for (const other of rest)
      add('changes-conflict', [first!, other], changesConflict(first!.quantity, other.quantity));
  }
  for (const [name, parts] of index.parts) {
    const total = index.named.get(name);
    if (total)
      add(
        'sum-of-parts',
        [total, ...parts],
        sumOfParts({ total: total.quantity, parts: parts.map(({ quantity }) => quantity) }),
      );
  }
  if (rates) for (const figure of figures) equivalentsOf(figure, rates, add);
  const around = surroundings(index, rates);
  for (const figure of figures) {
    for (const { text } of figure.notes) {
      for (const misfit of claimMisfits(figure, readClaims(text, figure), around))
        add(misfit.check, [figure, ...misfit.with], misfit);
    }
  }
  return findings;
}

type Add = (check: string, rows: readonly RowFigure[], misfit: Misfit | null) => void;

function findingOf(check: string, rows: readonly RowFigure[], { working, weight }: Misfit): TableFinding {
  return {
    check,
    rows: rows.map(({ table, row, name }) => ({ table, row, name, column: null })),
    working,
    weight,
  };
}

interface Index {
  /** A number for each measure, place and unit, and for each period: short keys for the maps below. */
  scopes: Numbering;
  spans: Numbering;
  /** Same measure, place, unit and period. */
  same: Map<number, RowFigure[]>;
  /** Same measure, place, party and unit: what one party counts over time. */
  series: Map<string, RowFigure[]>;
  /** The scopes of a measure by its words and place, whatever its unit: what a change in per cent may speak of. */
  bases: Map<string, Set<number>>;
  /** All figures of a period, for what other counts say. */
  byPeriod: Map<number, RowFigure[]>;
  areas: Map<string, RowFigure[]>;
  changes: Map<string, RowFigure[]>;
  parts: Map<string, RowFigure[]>;
  named: Map<string, RowFigure>;
}

/** Numbers for texts, in the order in which they first come. */
class Numbering {
  readonly #known = new Map<string, number>();
  of(text: string): number {
    let number = this.#known.get(text);
    if (number === undefined) {
      number = this.#known.size;
      this.#known.set(text, number);
    }
    return number;
  }
}

/** More scopes than this in one table, and keys would run into one another. */
const SCOPES = 2 ** 26;

function keyOf(scope: number, period: number): number {
  return period * SCOPES + scope;
}

function indexOf(figures: readonly RowFigure[]): Index {
  const index: Index = {
    scopes: new Numbering(),
    spans: new Numbering(),
    same: new Map(),
    series: new Map(),
    bases: new Map(),
    byPeriod: new Map(),
    areas: new Map(),
    changes: new Map(),
    parts: new Map(),
    named: new Map(),
  };
  for (const figure of figures) {
    const { quantity, days, name, partOf } = figure;
    if (name !== null) {
      const key = fold(name);
      if (!index.named.has(key)) index.named.set(key, figure);
    }
    if (partOf !== null) push(index.parts, fold(partOf), figure);
    if (!days || quantity.place === null) continue;
    const scope = scopeIn(index, quantity);
    const period = periodIn(index, days);
    if (quantity.amount.bound === 'change') {
      const baseline = quantity.baseline?.period?.text ?? '';
      if (quantity.source !== null)
        push(index.changes, `${scope} ${period} ${baseline} ${quantity.source}`, figure);
      continue;
    }
    // What is part of another figure counts something else than the figure does.
    if (partOf !== null) continue;
    push(index.same, keyOf(scope, period), figure);
    push(index.byPeriod, period, figure);
    const base = baseOf(quantity);
    const scopes = index.bases.get(base);
    if (scopes) scopes.add(scope);
    else index.bases.set(base, new Set([scope]));
    if (!quantity.party) continue;
    push(index.series, `${scope} ${quantity.party.key}`, figure);
    if (quantity.amount.value !== null)
      push(
        index.areas,
        `${quantity.amount.value} ${period} ${quantity.measure} ${quantity.party.key}`,
        figure,
      );
  }
  return index;
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

function scopeIn({ scopes }: Index, { measure, place, amount }: Quantity): number {
  return scopes.of(`${measure}\n${place?.key ?? ''}\n${amount.unit ?? ''}`);
}

/** The words of a measure and the place, without the unit. */
function baseOf({ measure, place }: Quantity): string {
  return `${measure.split('\u0000')[0]}\n${place?.key ?? ''}`;
}

function periodIn({ spans }: Index, { first, last }: Days): number {
  return spans.of(`${first}/${last}`);
}

function weekdayOf({ day, given }: NonNullable<RowFigure['weekday']>): Misfit | null {
  const likely = [yearsLater(day, 1), yearsLater(day, -1)].filter(
    (other) => weekdayMismatch({ day: other, weekday: given }) === null,
  );
  return weekdayMismatch({ day, weekday: given, likely });
}

/** How many figures of one scope are held against one another pair by pair; beyond that, neighbours by size. */
const PAIRWISE = 24;
/** How many figures a working lists. */
const LISTED = 12;

/** Figures of one measure, place and period: slips of digits, and those that differ. */
function sameScope(figures: readonly RowFigure[], add: Add): void {
  if (figures.length < 2) return;
  const sorted = [...figures].sort((a, b) => a.quantity.printed.low - b.quantity.printed.low);
  const reach = figures.length <= PAIRWISE ? figures.length : 3;
  const differing = new Set<RowFigure>();
  let [widest, nearest]: [RowFigure, RowFigure] = [sorted[0]!, sorted[0]!];
  let most = 0;
  for (const [at, a] of sorted.entries()) {
    for (const b of sorted.slice(at + 1, at + 1 + reach)) {
      const comparison = compareFigures(a.quantity, b.quantity);
      if (comparison.relation !== 'differ') continue;
      const slip = lostDigit({ a: a.quantity, b: b.quantity });
      if (slip) {
        add('lost-digit', [a, b], slip);
        continue;
      }
      differing.add(a).add(b);
      if (comparison.difference >= most) [widest, nearest, most] = [b, a, comparison.difference];
    }
  }
  if (differing.size === 0) return;
  const listed = sorted.filter((figure) => differing.has(figure));
  const apart = compareFigures(nearest.quantity, widest.quantity);
  add('figures-differ', listed, {
    working: [
      ...listed.slice(0, LISTED).map(({ quantity }) => figureStep(quantity)),
      {
        code: 'figures-apart',
        values: {
          low: nearest.quantity.amount,
          high: widest.quantity.amount,
          difference: {
            bound: 'exact',
            value: apart.difference,
            low: null,
            high: null,
            unit: nearest.quantity.amount.unit,
          },
          percent: Math.round((apart.percent ?? 0) * 10) / 10,
        },
      },
    ],
    weight: Math.min(0.85, 0.4 + (apart.percent ?? 100) / 200),
  });
}

/** Words of measures whose parts do not add up to their whole: a mean of a year is not the sum of its days. */
const NOT_ADDITIVE =
  /\b(?:average|mean|median|moyenne?|mediane?|rate|taux|share|part|per|par|index|indice|people (?:present|living)|living|present|presents?|vivant|population|stock|capacity|capacite|occupancy)\b/;

/** What one party counts over time: a longer stretch is no less than a shorter one in it, and the sum of those that fill it. */
function stretches(figures: readonly RowFigure[], add: Add): void {
  const [one] = figures;
  if (figures.length < 2 || one!.quantity.amount.unit === '%') return;
  if (NOT_ADDITIVE.test(one!.quantity.measure) || one!.quantity.series === 'stock') return;
  const sorted = figures
    .filter(({ days }) => days !== null && Number.isFinite(days.first) && Number.isFinite(days.last))
    .sort((a, b) => a.days!.first - b.days!.first || b.days!.last - a.days!.last);
  const open: RowFigure[] = [];
  for (const figure of sorted) {
    while (open.length > 0 && open.at(-1)!.days!.last < figure.days!.last) open.pop();
    const outer = open.at(-1);
    const isSame =
      outer && outer.days!.first === figure.days!.first && outer.days!.last === figure.days!.last;
    if (outer && !isSame && lengthOf(figure.days!) > 1) {
      if (outer.days!.first === figure.days!.first)
        add(
          'cumulative-falls',
          [figure, outer],
          cumulativeFalls({ earlier: figure.quantity, later: outer.quantity }),
        );
      else
        add(
          'part-exceeds-total',
          [figure, outer],
          partExceedsTotal({ part: figure.quantity, total: outer.quantity }),
        );
    }
    if (!isSame) open.push(figure);
  }
  const starting = new Map<number, RowFigure[]>();
  for (const figure of sorted) push(starting, figure.days!.first, figure);
  for (const coarse of sorted) {
    const length = lengthOf(coarse.days!);
    if (length !== 7 && (length < 28 || length > 366)) continue;
    const fine = filling(coarse, starting);
    if (fine.length < 2) continue;
    const misfit = finerAgainstCoarser({
      coarse: coarse.quantity,
      fine: fine.map(({ quantity }) => quantity),
    });
    add('finer-against-coarser', [coarse, ...fine], misfit);
  }
}

/** The figures that fill a longer one end to end, the longest first at each step; empty where they leave a gap. */
function filling(coarse: RowFigure, starting: ReadonlyMap<number, RowFigure[]>): RowFigure[] {
  const found: RowFigure[] = [];
  const { first, last } = coarse.days!;
  for (let at = first; at <= last; ) {
    // Sorted with the longest first.
    const next = starting
      .get(at)
      ?.find(({ days }) => days!.last <= last && lengthOf(days!) < last - first + 1);
    if (!next) return [];
    found.push(next);
    at = next.days!.last + 1;
  }
  return found;
}

/** Figures for a period, the surest one first; those that say the same less precisely are left out. */
function precise(figures: readonly RowFigure[]): RowFigure[] {
  return figures.filter((figure) => {
    const { low, high } = figure.quantity.printed;
    return !figures.some(
      ({ quantity: { printed } }) =>
        printed.low >= low && printed.high <= high && printed.high - printed.low < high - low,
    );
  });
}

/** A row that is itself a change, with a baseline. */
function changeRow(figure: RowFigure, index: Index, add: Add): void {
  const { quantity, days } = figure;
  const baseline = quantity.baseline?.period;
  if (!days || !baseline || quantity.amount.unit !== '%') return;
  const [before, now] = [periodIn(index, daysOf(baseline.range)), periodIn(index, days)];
  const pairs = [...(index.bases.get(baseOf(quantity)) ?? [])].flatMap((scope) => {
    const from = precise(index.same.get(keyOf(scope, before)) ?? []);
    const to = precise(index.same.get(keyOf(scope, now)) ?? []);
    return from.flatMap((one) => to.map((other) => ({ one, other })));
  });
  heldAgainst(figure, quantity, pairs, index, add);
}

/** A change in a cell beside a figure, from the stretch before, or a year before. */
function changeCell(figure: RowFigure, amount: StepAmount, index: Index, add: Add): void {
  const { quantity } = figure;
  const baseline = quantity.baseline?.period;
  const from = baseline ? at(index, figure, daysOf(baseline.range)) : before(index, figure);
  const pairs = from.map((one) => ({ one, other: figure }));
  heldAgainst(figure, { ...quantity, amount }, pairs, index, add);
}

function heldAgainst(
  row: RowFigure,
  change: Quantity,
  pairs: readonly { one: RowFigure; other: RowFigure }[],
  index: Index,
  add: Add,
): void {
  let worst: { misfit: Misfit; rows: RowFigure[] } | null = null;
  for (const { one, other } of pairs) {
    const pair = { from: one.quantity, to: other.quantity };
    const misfit = percentChange({ change, ...pair, others: othersOf(index, pair) });
    // One pair of figures that bears the change out is enough.
    if (misfit === null) return;
    worst ??= { misfit, rows: other === row ? [row, one] : [row, one, other] };
  }
  if (worst) add('percent-change', worst.rows, worst.misfit);
}

/** The same two periods under other measures or places: one pair of each, of one party where there is one. */
function othersOf(index: Index, { from, to }: Pair): Pair[] {
  if (!from.period || !to.period) return [];
  const first = index.byPeriod.get(periodIn(index, daysOf(from.period.range))) ?? [];
  const second = index.byPeriod.get(periodIn(index, daysOf(to.period.range))) ?? [];
  const found: Pair[] = [];
  const seen = new Set([scopeIn(index, from)]);
  for (const { quantity: later } of second.slice(0, 200)) {
    const scope = scopeIn(index, later);
    if (seen.has(scope)) continue;
    const same = first.filter(({ quantity }) => scopeIn(index, quantity) === scope);
    const earlier = same.find(({ quantity }) => quantity.party?.key === later.party?.key) ?? same[0];
    if (!earlier || percentBetween({ from: earlier.quantity, to: later }) === null) continue;
    seen.add(scope);
    found.push({ from: earlier.quantity, to: later });
  }
  return found;
}

function at(index: Index, { quantity }: RowFigure, days: Days): RowFigure[] {
  return precise(index.same.get(keyOf(scopeIn(index, quantity), periodIn(index, days))) ?? []);
}

/** Figures for the same days a year before, or else for the stretch of the same length that ends where this one begins. */
function before(index: Index, figure: RowFigure): RowFigure[] {
  return neighbours(index, figure, -1);
}

function neighbours(index: Index, figure: RowFigure, way: 1 | -1): RowFigure[] {
  const { days } = figure;
  if (!days || !Number.isFinite(days.first) || !Number.isFinite(days.last)) return [];
  const found = at(index, figure, yearAway(days, way));
  if (found.length > 0) return found;
  const length = lengthOf(days);
  // Two months are neighbours whatever their lengths: a day or three more or less.
  for (const size of [length, length - 1, length + 1, length - 2, length + 2, length - 3, length + 3]) {
    if (size < 1) continue;
    const next =
      way < 0
        ? { first: days.first - size, last: days.first - 1 }
        : { first: days.last + 1, last: days.last + size };
    const beside = at(index, figure, next);
    if (beside.length > 0) return beside;
  }
  return [];
}

/** The same dates a year away; the last day of a month stays the last. */
function yearAway({ first, last }: Days, years: number): Days {
  return { first: yearsLater(first, years), last: yearsLater(last + 1, years) - 1 };
}

function equivalentsOf(figure: RowFigure, rates: ExchangeRates, add: Add): void {
  const days = figure.published ?? figure.days;
  if (!days) return;
  for (const { value, unit } of figure.quantity.equivalents) {
    const amount: StepAmount = { bound: 'exact', value, low: null, high: null, unit };
    const equivalent = { amount, printed: printedInterval(amount) };
    add(
      'currency-equivalent',
      [figure],
      currencyEquivalent({ amount: figure.quantity, equivalent, days, rates }),
    );
  }
}

function surroundings(index: Index, rates: ExchangeRates | null): Surroundings {
  return {
    rates,
    named: (name) => index.named.get(fold(name)),
    before: (figure) => before(index, figure),
    after: (figure) => neighbours(index, figure, 1),
    beside: (figure) =>
      figure.days && figure.quantity.place
        ? (index.same.get(keyOf(scopeIn(index, figure.quantity), periodIn(index, figure.days))) ?? []).filter(
            (one) => one !== figure,
          )
        : [],
    at: (figure, range) => at(index, figure, daysOf(range)),
    others: (pair) => othersOf(index, pair),
  };
}
