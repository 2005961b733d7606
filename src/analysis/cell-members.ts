// The figures of one cell. Most cells have one; only what has several keeps them in order and by voice.
import { byHigh, byLow, type Cell, farthestOf, type Member } from './figure-cell.ts';
import { Grouping } from './grouping.ts';
import { SortedList } from './sorted-list.ts';

/** What is kept of several figures. */
interface Several<Item extends object> {
  lows: SortedList<Item>;
  highs: SortedList<Item>;
  voices: Grouping<Item>;
  /** Voices that give numbers that do not fit one another. */
  atOdds: Set<string>;
  /** Voices that have said more, or less, since the last look. */
  changed: Set<string>;
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
      lows: new SortedList<Item>(byLow),
      highs: new SortedList<Item>(byHigh),
      voices: new Grouping(),
      atOdds: new Set(),
      changed: new Set(),
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
    several.voices.remove(item.voice, item);
    several.changed.add(item.voice);
    if (this.members.length === 1) this.#several = null;
  }

  get lows(): readonly Item[] {
    return this.#several?.lows.items ?? this.members;
  }

  get highs(): readonly Item[] {
    return this.#several?.highs.items ?? this.members;
  }

  /** Only where there is one. */
  get first(): Item {
    if (this.#several === null) return this.members[0]!;
    this.#several.first ??= this.members.reduce((a, b) => (a.quantity.id < b.quantity.id ? a : b));
    return this.#several.first;
  }

  get isOneVoice(): boolean {
    return this.#several === null || this.#several.voices.size === 1;
  }

  get atOdds(): readonly (readonly Item[])[] {
    const several = this.#several;
    if (several === null) return [];
    for (const voice of several.changed) {
      const said = several.voices.of(voice);
      if (said.length < 2 || farthestOf(said) === null) several.atOdds.delete(voice);
      else several.atOdds.add(voice);
    }
    several.changed.clear();
    return [...several.atOdds].map((voice) => several.voices.of(voice));
  }

  /** What one voice says among them. */
  of(voice: string): readonly Item[] {
    return this.#several?.voices.of(voice) ?? this.members.filter((item) => item.voice === voice);
  }
}

function include<Item extends Member>(several: Several<Item>, item: Item): void {
  several.lows.add(item);
  several.highs.add(item);
  if (several.first !== null && item.quantity.id < several.first.quantity.id) several.first = item;
  // Who speaks for the first time does not contradict itself.
  if (several.voices.add(item.voice, item) > 1) several.changed.add(item.voice);
}
