// What one party says of one measure and place over time: whether a longer stretch holds less than a shorter one that begins on
// the same day, whether a running total falls, and whether weeks are the sum of their days.
import { cumulativeFalls, finerAgainstCoarser } from './arithmetic/parts.ts';
import { arithmeticFinding, type Member } from './figure-cell.ts';
import type { Finding } from './finding.ts';
import { placeIn, SortedList } from './sorted-list.ts';

/** Lengths in days that a longer period is made up of: quarters, months, weeks, days. The coarsest that fits is taken. */
const GRAINS: readonly [least: number, most: number][] = [
  [90, 92],
  [28, 31],
  [7, 7],
  [1, 1],
];
/** The longest period that is held against its parts: a year, and some days for years that do not begin in January. */
const LONGEST = 371;
/** Above so many changes at once it is cheaper to look at every longer period than to ask which hold each change. */
const MANY = 32;

/** The figures of one voice in one series; `isFlow` for what happens in periods, else a running total. */
export class Line<Item extends Member> {
  readonly #isFlow: boolean;
  /** By the day they begin, each list in order of its end, then id. A running total has one list. */
  readonly #lists = new Map<number, SortedList<Item>>();
  readonly #longer = new Set<Item>();
  /** How many of the longer ones have each length. */
  readonly #lengths = new Map<number, number>();

  constructor(isFlow: boolean) {
    this.#isFlow = isFlow;
  }

  add(item: Item): void {
    const start = this.#startOf(item);
    let list = this.#lists.get(start);
    if (list === undefined) {
      list = new SortedList<Item>(byEnd);
      this.#lists.set(start, list);
    }
    list.add(item);
    if (this.#isLonger(item)) {
      this.#longer.add(item);
      this.#lengths.set(lengthOf(item), (this.#lengths.get(lengthOf(item)) ?? 0) + 1);
    }
  }

  /** Takes out an item that is in it; true when nothing is left. */
  remove(item: Item): boolean {
    const start = this.#startOf(item);
    const list = this.#lists.get(start)!;
    list.remove(item);
    if (list.size === 0) this.#lists.delete(start);
    if (this.#longer.delete(item)) {
      const left = this.#lengths.get(lengthOf(item))! - 1;
      if (left === 0) this.#lengths.delete(lengthOf(item));
      else this.#lengths.set(lengthOf(item), left);
    }
    return this.#lists.size === 0;
  }

  /** Items, beside those that changed themselves, whose findings changes may touch. */
  touchedBy(changed: readonly Item[]): Iterable<Item> {
    const touched = new Set<Item>();
    for (const item of changed) {
      const list = this.#from(this.#startOf(item));
      let at = endingFrom(list, item.days.to + 1);
      const next = list[at]?.days.to;
      for (; at < list.length && list[at]!.days.to === next; at++) touched.add(list[at]!);
    }
    if (changed.length > MANY) for (const longer of this.#longer) touched.add(longer);
    else for (const item of changed) for (const longer of this.#holding(item)) touched.add(longer);
    return touched;
  }

  *#holding({ days: { from, to } }: Item): Generator<Item> {
    const shortest = to - from + 2;
    if (!(shortest <= LONGEST)) return;
    // With many lengths, asking for each day and length takes longer than looking at all.
    if (this.#lengths.size * LONGEST > this.#longer.size) {
      for (const longer of this.#longer) if (longer.days.from <= from && longer.days.to >= to) yield longer;
      return;
    }
    for (const length of this.#lengths.keys()) {
      for (let start = to - length + 1; start <= from; start++) {
        const list = this.#from(start);
        const end = start + length - 1;
        for (let at = endingFrom(list, end); list[at]?.days.to === end; at++) yield list[at]!;
      }
    }
  }

  /** What does not hold about an item: that it is less than what came before, or not the sum of its parts. */
  findingsOf(item: Item): Finding[] {
    // A week that is not the sum of its days is often less than one of them: that is one thing, and the sum says more.
    const found = this.#sum(item) ?? this.#fall(item);
    return found === null ? [] : [found];
  }

  #fall(item: Item): Finding | null {
    const list = this.#from(this.#startOf(item));
    let at = endingFrom(list, item.days.to) - 1;
    if (at < 0) return null;
    // Where a party gives several numbers for the same days, the least demanding is held against the later one.
    let earlier = list[at]!;
    for (const { to } = earlier.days; at >= 0 && list[at]!.days.to === to; at--) {
      if (list[at]!.quantity.printed.low <= earlier.quantity.printed.low) earlier = list[at]!;
    }
    const misfit = cumulativeFalls({ earlier: earlier.quantity, later: item.quantity });
    return (
      misfit &&
      arithmeticFinding('cumulative-falls', [earlier.quantity, item.quantity], misfit, [item.quantity])
    );
  }

  #sum(item: Item): Finding | null {
    if (!this.#longer.has(item)) return null;
    for (const grain of GRAINS) {
      const parts = this.#partsOf(item, grain);
      if (parts === null) continue;
      const fine = parts.map((part) => part.quantity);
      const misfit = finerAgainstCoarser({ coarse: item.quantity, fine });
      return (
        misfit &&
        arithmeticFinding('finer-against-coarser', [item.quantity, ...fine], misfit, [item.quantity])
      );
    }
    return null;
  }

  /** The items of one grain that make up a longer one without gap or overlap; null where they do not, or where it is unsure. */
  #partsOf(item: Item, [least, most]: readonly [number, number]): Item[] | null {
    if (lengthOf(item) <= most) return null;
    const parts: Item[] = [];
    for (let day = item.days.from; day <= item.days.to; ) {
      const list = this.#from(day);
      const last = Math.min(day + most - 1, item.days.to);
      const candidates = list.slice(endingFrom(list, day + least - 1), endingFrom(list, last + 1));
      const here = candidates.filter((part) => part.quantity.source === item.quantity.source);
      const [part, ...more] = here.length > 0 ? here : candidates;
      // A party that gives several numbers for one day leaves it open what they add up to.
      if (part === undefined || more.some((other) => !isSame(part, other))) return null;
      parts.push(part);
      day = part.days.to + 1;
    }
    return parts;
  }

  #from(start: number): readonly Item[] {
    return this.#lists.get(start)?.items ?? [];
  }

  #startOf(item: Item): number {
    return this.#isFlow ? item.days.from : 0;
  }

  #isLonger(item: Item): boolean {
    const length = lengthOf(item);
    return this.#isFlow && length > 1 && length <= LONGEST;
  }
}

function lengthOf({ days }: Member): number {
  return days.to - days.from + 1;
}

function isSame(a: Member, b: Member): boolean {
  const [one, other] = [a.quantity.printed, b.quantity.printed];
  return a.days.to === b.days.to && one.low === other.low && one.high === other.high;
}

function byEnd(a: Member, b: Member): number {
  const [one, other] = [a.quantity.id, b.quantity.id];
  return a.days.to - b.days.to || (one < other ? -1 : one > other ? 1 : 0);
}

/** Where in a list the first stands that ends on a day or later. */
function endingFrom(list: readonly Member[], day: number): number {
  return placeIn(list, ({ days }) => days.to < day);
}
