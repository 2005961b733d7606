// Items of a list in an order, kept while the list changes little: a new item takes its place instead of all being sorted
// again. Lists that are short, or that change much between two looks, are sorted when looked at.

/** Shorter lists are sorted anew each time; that takes less than keeping them sorted would. */
const SHORT = 64;
/** After so many changes since the last look, sorting once takes less than finding a place for each. */
const MANY = 64;

/** The order of a list that its owner keeps. */
export class Ranking<Item> {
  readonly #order: (a: Item, b: Item) => number;
  #sorted: Item[] | null = null;
  #changes = 0;

  /** `order` has to tell any two items apart. */
  constructor(order: (a: Item, b: Item) => number) {
    this.#order = order;
  }

  /** To be told of each item that the list takes in. */
  add(item: Item): void {
    this.#sortedStill()?.splice(this.#placeOf(item), 0, item);
  }

  /** To be told of each item that the list lets go, before the item changes. */
  remove(item: Item): void {
    this.#sortedStill()?.splice(this.#placeOf(item), 1);
  }

  /** The list's items in order. */
  of(list: readonly Item[]): readonly Item[] {
    this.#changes = 0;
    if (list.length < SHORT) {
      this.#sorted = null;
      return list.toSorted(this.#order);
    }
    this.#sorted ??= list.toSorted(this.#order);
    return this.#sorted;
  }

  #sortedStill(): Item[] | null {
    if (this.#sorted !== null && ++this.#changes > MANY) this.#sorted = null;
    return this.#sorted;
  }

  #placeOf(item: Item): number {
    const sorted = this.#sorted!;
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#order(sorted[middle]!, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
