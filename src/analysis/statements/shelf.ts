// An inverted index whose lists are in order, each statement seeing only those that stand near it in a long one. Whoever
// sees a change is told of it, so that looking at those again gives the same as looking at all.

/** In a list of this length or less, each sees every other. */
const SMALL = 48;
/** In a longer one, this many to either side. */
const REACH = 16;

interface List {
  slots: number[];
  added: number[];
}

/** An inverted index over slots. */
export class Shelf {
  /** Most keys have one slot, which then stands for its list. */
  readonly #lists = new Map<string | number, List | number>();
  readonly #order: (a: number, b: number) => number;
  readonly #seen: (slot: number) => void;
  readonly #unsorted = new Set<List>();

  /** `order` sorts slots and knows no ties; `seen` is told of each slot that sees a change. */
  constructor(order: (a: number, b: number) => number, seen: (slot: number) => void) {
    this.#order = order;
    this.#seen = seen;
  }

  add(key: string | number, slot: number): void {
    let list = this.#lists.get(key);
    if (list === undefined) {
      this.#lists.set(key, slot);
      return;
    }
    if (typeof list === 'number') {
      list = { slots: [list], added: [] };
      this.#lists.set(key, list);
    }
    list.added.push(slot);
    this.#unsorted.add(list);
  }

  remove(key: string | number, slot: number): void {
    const list = this.#lists.get(key);
    if (list === undefined) return;
    if (typeof list === 'number') {
      if (list === slot) this.#lists.delete(key);
      return;
    }
    this.#sort(list);
    const at = this.#place(list, slot);
    if (list.slots[at] !== slot) return;
    this.#tell(list, at);
    list.slots.splice(at, 1);
    if (list.slots.length === 0) this.#lists.delete(key);
    // It was too long to be seen whole, and now is seen by all.
    else if (list.slots.length === SMALL) for (const other of list.slots) this.#seen(other);
  }

  /** Puts what was added in order, and tells those who see it. */
  sort(): void {
    for (const list of this.#unsorted) this.#sort(list);
  }

  /** Calls `visit` with the slots that stand near `slot` in a list, itself left out. */
  near(key: string | number, slot: number, visit: (other: number) => void): void {
    const list = this.#lists.get(key);
    if (list === undefined) return;
    if (typeof list === 'number') {
      if (list !== slot) visit(list);
      return;
    }
    this.#sort(list);
    const { slots } = list;
    let from = 0;
    let to = slots.length - 1;
    if (slots.length > SMALL) {
      const at = this.#place(list, slot);
      from = Math.max(0, at - REACH);
      to = Math.min(to, at + REACH);
    }
    for (let at = from; at <= to; at++) if (slots[at] !== slot) visit(slots[at]!);
  }

  #sort(list: List): void {
    const { added, slots } = list;
    if (added.length === 0) return;
    this.#unsorted.delete(list);
    const before = slots.length;
    if (added.length < 8) {
      for (const slot of added) slots.splice(this.#place(list, slot), 0, slot);
    } else {
      slots.push(...added);
      slots.sort(this.#order);
    }
    list.added = [];
    if (before <= SMALL) for (const slot of slots) this.#seen(slot);
    else for (const slot of added) this.#tell(list, this.#place(list, slot));
  }

  /** Where a slot stands or would stand. */
  #place({ slots }: List, slot: number): number {
    let [low, high] = [0, slots.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#order(slots[middle]!, slot) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #tell({ slots }: List, at: number): void {
    const isSmall = slots.length <= SMALL;
    const from = isSmall ? 0 : Math.max(0, at - REACH);
    const to = isSmall ? slots.length - 1 : Math.min(slots.length - 1, at + REACH);
    for (let place = from; place <= to; place++) this.#seen(slots[place]!);
  }
}

/** How often words stand in statements, and in which: lists without an order, of which only short ones are read. */
export class WordShelf {
  readonly #lists = new Map<string | number, number[]>();
  readonly #steps: readonly number[];
  readonly #seen: (slot: number) => void;

  /** `steps`: the lengths at which a list begins to tell something else; all of it sees the change. */
  constructor(steps: readonly number[], seen: (slot: number) => void) {
    this.#steps = steps;
    this.#seen = seen;
  }

  add(word: string | number, slot: number): void {
    const list = this.#lists.get(word);
    if (!list) {
      this.#lists.set(word, [slot]);
      return;
    }
    list.push(slot);
    this.#tell(list, list.length - 1);
  }

  remove(word: string | number, slot: number): void {
    const list = this.#lists.get(word);
    const at = list?.indexOf(slot) ?? -1;
    if (!list || at < 0) return;
    list[at] = list[list.length - 1]!;
    list.pop();
    if (list.length === 0) this.#lists.delete(word);
    else this.#tell(list, list.length);
  }

  count(word: string | number): number {
    return this.#lists.get(word)?.length ?? 0;
  }

  /** The slots of a word, in no order; not to be changed. */
  list(word: string | number): readonly number[] {
    return this.#lists.get(word) ?? [];
  }

  /** A short list is read by all in it; a longer one only changes what its word weighs. `shorter`: the lesser length. */
  #tell(list: number[], shorter: number): void {
    if (list.length <= this.#steps[0]! || this.#steps.includes(shorter))
      for (const slot of list) this.#seen(slot);
  }
}
