// The figures of one cell. Most cells have one; only what has several keeps them in order and by voice.
import { byHigh, byLow, type Cell, type Member } from './figure-cell.ts';
import { Grouping } from './grouping.ts';
import { Ranking } from './ranking.ts';

/** What is kept of several figures. */
interface Several<Item extends object> {
  lows: Ranking<Item>;
  highs: Ranking<Item>;
  voices: Grouping<Item>;
  /** Voices that speak more than once. */
  repeated: Set<string>;
  /** The one with the smallest id; null when that has gone and is to be looked for. */
  first: Item | null;
}

/** The figures of one cell, taken in and let go one by one. `at` is where an item stands in the list, and is kept here. */
export class CellMembers<Item extends Member & { at: number }> implements Cell {
  readonly members: Item[] = [];
  #several: Several<Item> | null = null;

  add(item: Item): void {
    item.at = this.members.push(item) - 1;
    if (this.members.length === 1) return;
    if (this.#several !== null) {
      include(this.#several, item);
      return;
    }
    this.#several = {
      lows: new Ranking<Item>(byLow),
      highs: new Ranking<Item>(byHigh),
      voices: new Grouping(),
      repeated: new Set(),
      first: this.members[0]!,
    };
    for (const one of this.members) include(this.#several, one);
  }

  /** Takes out an item that is among them. */
  remove(item: Item): void {
    const last = this.members.pop()!;
    if (last !== item) {
      this.members[item.at] = last;
      last.at = item.at;
    }
    const several = this.#several;
    if (several === null) return;
    several.lows.remove(item);
    several.highs.remove(item);
    if (several.first === item) several.first = null;
    if (several.voices.remove(item.voice, item) === 1) several.repeated.delete(item.voice);
    if (this.members.length === 1) this.#several = null;
  }

  get lows(): readonly Item[] {
    return this.#several?.lows.of(this.members) ?? this.members;
  }

  get highs(): readonly Item[] {
    return this.#several?.highs.of(this.members) ?? this.members;
  }

  /** Only where there is one. */
  get first(): Item {
    if (this.#several === null) return this.members[0]!;
    this.#several.first ??= this.members.reduce((a, b) => (a.quantity.id < b.quantity.id ? a : b));
    return this.#several.first;
  }

  get repeated(): readonly (readonly Item[])[] {
    const several = this.#several;
    return several === null ? [] : [...several.repeated].map((voice) => several.voices.of(voice));
  }
}

function include<Item extends Member>(several: Several<Item>, item: Item): void {
  several.lows.add(item);
  several.highs.add(item);
  if (several.first !== null && item.quantity.id < several.first.quantity.id) several.first = item;
  if (several.voices.add(item.voice, item) === 2) several.repeated.add(item.voice);
}
