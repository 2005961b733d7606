// Items in an order, taken in and let go one by one. A few changes find their places; many are sorted in together, the next
// time somebody looks.

/** After more changes than this, sorting all takes less time than making room for each. */
const FEW = 64;

/** A list that is in order whenever it is looked at. */
export class SortedList<Item> {
  readonly #order: (a: Item, b: Item) => number;
  #items: Item[] = [];
  #added: Set<Item> | null = null;
  #removed: Set<Item> | null = null;

  /** `order` has to tell any two items apart. */
  constructor(order: (a: Item, b: Item) => number) {
    this.#order = order;
  }

  add(item: Item): void {
    if (this.#removed?.delete(item)) return;
    this.#added ??= new Set();
    this.#added.add(item);
  }

  /** Takes out an item that is in the list. */
  remove(item: Item): void {
    if (this.#added?.delete(item)) return;
    this.#removed ??= new Set();
    this.#removed.add(item);
  }

  get size(): number {
    return this.#items.length + (this.#added?.size ?? 0) - (this.#removed?.size ?? 0);
  }

  /** The items in order; good until the next change. */
  get items(): readonly Item[] {
    const changes = (this.#added?.size ?? 0) + (this.#removed?.size ?? 0);
    if (changes === 0) return this.#items;
    const [added, removed] = [this.#added ?? [], this.#removed ?? new Set()];
    if (changes <= FEW) {
      for (const item of removed) this.#items.splice(this.#placeOf(item as Item), 1);
      for (const item of added) this.#items.splice(this.#placeOf(item), 0, item);
    } else {
      this.#items = [...this.#items.filter((item) => !removed.has(item)), ...added].sort(this.#order);
    }
    [this.#added, this.#removed] = [null, null];
    return this.#items;
  }

  #placeOf(item: Item): number {
    return placeIn(this.#items, (other) => this.#order(other, item) < 0);
  }
}

/** Where in a list, whose first items all are before some point, the first stands that is not. */
export function placeIn<Item>(list: readonly Item[], isBefore: (item: Item) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(list[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
