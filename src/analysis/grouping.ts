// Items by a key, many keys with one item each: a key that has one item holds it by itself, without a list.

/** Items by key. */
export class Grouping<Item extends object> {
  readonly #groups = new Map<string, Item | Item[]>();

  /** How many keys there are. */
  get size(): number {
    return this.#groups.size;
  }

  /** Adds an item, and says how many its group has then. */
  add(key: string, item: Item): number {
    const held = this.#groups.get(key);
    if (held === undefined) {
      this.#groups.set(key, item);
      return 1;
    }
    if (Array.isArray(held)) return held.push(item);
    this.#groups.set(key, [held, item]);
    return 2;
  }

  /** Takes an item out of its group, in time proportional to the group, and says how many it has left. */
  remove(key: string, item: Item): number {
    const held = this.#groups.get(key);
    if (held === item) this.#groups.delete(key);
    if (!Array.isArray(held)) return 0;
    const at = held.indexOf(item);
    if (at >= 0) held.splice(at, 1);
    if (held.length === 1) this.#groups.set(key, held[0]!);
    return held.length;
  }

  /** The items of a key, in no particular order; empty where there are none. */
  of(key: string): readonly Item[] {
    const held = this.#groups.get(key);
    if (held === undefined) return [];
    return Array.isArray(held) ? held : [held];
  }
}
