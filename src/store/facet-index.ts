// Facet counts from memory: each kind of a dossier's records as columns of small integers, counted in a pass of
// milliseconds where the database would take a tenth of a second. Never the truth: built from record_index when first
// asked for, kept up by the writes of this process at their commit, and by those of others through the log.
import type { Kysely } from 'kysely';
import {
  FACETS,
  FACETS_OF,
  type Facet,
  type FacetCounts,
  type RecordFilter,
} from '../record/record-query.ts';
import type { RecordKind } from '../record/vocabulary.ts';
import type { Tables } from './tables.ts';
import type { Tx } from './write.ts';

/** The facets of one record, as record_index holds them; null where the record was removed. */
export interface FacetChange {
  dossier: string;
  kind: RecordKind;
  id: string;
  row: Record<Facet, string | number | null> | null;
}

// What a transaction changed, until it is committed or rolled back.
const pending = new WeakMap<Tx, FacetChange[]>();

/** Notes what a transaction did to the index; counted once it is committed. */
export function noteFacetChanges(tx: Tx, changes: FacetChange[]): void {
  const noted = pending.get(tx);
  if (noted) noted.push(...changes);
  else pending.set(tx, changes);
}

/** What a transaction noted. */
export function facetChangesOf(tx: Tx): FacetChange[] {
  return pending.get(tx) ?? [];
}

/** One kind of a dossier's records as columns. A row is a slot; a value is its number in the facet's dictionary. */
class FacetColumns {
  readonly #facets: Facet[];
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];
  readonly #values: (string | null)[][];
  readonly #numbers: Map<string | null, number>[];
  #columns: Int32Array[];
  /** 1 where the slot holds a record. */
  #used: Uint8Array;
  #length = 0;

  constructor(kind: RecordKind) {
    this.#facets = FACETS_OF[kind];
    this.#values = this.#facets.map(() => []);
    this.#numbers = this.#facets.map(() => new Map());
    this.#columns = this.#facets.map(() => new Int32Array(1024));
    this.#used = new Uint8Array(1024);
  }

  set(id: string, row: Record<Facet, string | number | null> | null): void {
    const known = this.#slots.get(id);
    if (row === null) {
      if (known === undefined) return;
      this.#slots.delete(id);
      this.#used[known] = 0;
      this.#free.push(known);
      return;
    }
    const slot = known ?? this.#free.pop() ?? this.#grow();
    this.#slots.set(id, slot);
    this.#used[slot] = 1;
    for (const [column, facet] of this.#facets.entries()) {
      const value = row[facet] === null ? null : String(row[facet]);
      let number = this.#numbers[column]!.get(value);
      if (number === undefined) {
        number = this.#values[column]!.push(value) - 1;
        this.#numbers[column]!.set(value, number);
      }
      this.#columns[column]![slot] = number;
    }
  }

  #grow(): number {
    const slot = this.#length++;
    if (slot >= this.#used.length) {
      this.#columns = this.#columns.map((column) => {
        const longer = new Int32Array(column.length * 2);
        longer.set(column);
        return longer;
      });
      const used = new Uint8Array(this.#used.length * 2);
      used.set(this.#used);
      this.#used = used;
    }
    return slot;
  }

  /** Counts each facet over the records that every other facet's choice lets through. */
  count(filter: RecordFilter): { total: number; facets: FacetCounts } {
    const chosen = this.#facets.map((facet, column) => {
      const values: (string | number)[] = filter[facet];
      if (values.length === 0) return null;
      const allowed = new Uint8Array(this.#values[column]!.length);
      for (const value of values) {
        const number = this.#numbers[column]!.get(String(value));
        if (number !== undefined) allowed[number] = 1;
      }
      return allowed;
    });
    const counts = this.#values.map((values) => new Uint32Array(values.length));
    let total = 0;
    for (let slot = 0; slot < this.#length; slot++) {
      if (this.#used[slot] === 0) continue;
      // A record that one facet alone keeps out still counts for that facet: choosing it there would let it in.
      let refusing = -1;
      let refusals = 0;
      for (let column = 0; column < chosen.length && refusals < 2; column++) {
        const allowed = chosen[column];
        if (allowed && allowed[this.#columns[column]![slot]!] !== 1) {
          refusing = column;
          refusals++;
        }
      }
      if (refusals > 1) continue;
      if (refusals === 1) {
        counts[refusing]![this.#columns[refusing]![slot]!]!++;
        continue;
      }
      total++;
      for (let column = 0; column < counts.length; column++)
        counts[column]![this.#columns[column]![slot]!]!++;
    }
    const facets = {} as FacetCounts;
    for (const [column, facet] of this.#facets.entries()) {
      facets[facet] = orderCounts(
        this.#values[column]!.flatMap((value, number) => {
          const count = counts[column]![number]!;
          return count > 0 ? [{ value, count }] : [];
        }),
      );
    }
    return { total, facets };
  }
}

/** How many values of a facet are told; the rarer ones are found by search. */
const FACET_VALUES = 100;

/** Counts as they are shown: commonest first, then by name. */
export function orderCounts(
  counts: { value: string | null; count: number }[],
): { value: string | null; count: number }[] {
  return counts
    .sort((a, b) => b.count - a.count || (a.value ?? '').localeCompare(b.value ?? ''))
    .slice(0, FACET_VALUES);
}

/** Rows read at a time while columns are built. */
const PAGE = 10_000;
const ROW = ['id', ...FACETS] as const;

interface Loading {
  columns: FacetColumns;
  /** Commits of this process while the columns are being built. */
  late: FacetChange[] | null;
  ready: Promise<void>;
  /** Entries of the log up to here are counted in. */
  followed: number;
}

/** The facet counts of all dossiers of a store. */
export class FacetIndex {
  readonly #kysely: Kysely<Tables>;
  readonly #shared: boolean;
  readonly #loaded = new Map<string, Loading>();

  /** `shared`: other processes write to the same database. */
  constructor(kysely: Kysely<Tables>, shared: boolean) {
    this.#kysely = kysely;
    this.#shared = shared;
  }

  /** Counts in what a committed transaction of this process changed. */
  apply(changes: FacetChange[]): void {
    for (const change of changes) {
      const loading = this.#loaded.get(`${change.dossier}/${change.kind}`);
      if (loading?.late) loading.late.push(change);
      else loading?.columns.set(change.id, change.row);
    }
  }

  /** The counts of one kind of a dossier's records under a filter without a search. */
  async count(
    dossier: string,
    kind: RecordKind,
    filter: RecordFilter,
  ): Promise<{ total: number; facets: FacetCounts }> {
    const key = `${dossier}/${kind}`;
    let loading = this.#loaded.get(key);
    if (!loading) {
      loading = this.#load(dossier, kind);
      this.#loaded.set(key, loading);
      loading.ready.catch(() => this.#loaded.delete(key));
    }
    await loading.ready;
    if (this.#shared) await this.#follow(loading, dossier, kind);
    return loading.columns.count(filter);
  }

  #load(dossier: string, kind: RecordKind): Loading {
    const loading: Loading = {
      columns: new FacetColumns(kind),
      late: [],
      ready: Promise.resolve(),
      followed: -1,
    };
    const build = async () => {
      loading.followed = await this.#logSize();
      let after = '00000000-0000-0000-0000-000000000000';
      for (;;) {
        const rows = await this.#kysely
          .selectFrom('recordIndex')
          .select(ROW)
          .where('dossier', '=', dossier)
          .where('kind', '=', kind)
          .where('id', '>', after)
          .orderBy('id')
          .limit(PAGE)
          .execute();
        for (const row of rows) loading.columns.set(row.id, row);
        if (rows.length < PAGE) break;
        after = rows.at(-1)!.id;
      }
      for (const change of loading.late ?? []) loading.columns.set(change.id, change.row);
      loading.late = null;
    };
    loading.ready = build();
    return loading;
  }

  async #logSize(): Promise<number> {
    const { size } = await this.#kysely.selectFrom('logState').select('size').executeTakeFirstOrThrow();
    return size;
  }

  /** Counts in what other processes wrote and the log has taken in since. */
  async #follow(loading: Loading, dossier: string, kind: RecordKind): Promise<void> {
    const size = await this.#logSize();
    if (size === loading.followed) return;
    const entries = await this.#kysely
      .selectFrom('entries')
      .select('subject')
      .distinct()
      .where('logIndex', '>=', loading.followed)
      .where('logIndex', '<', size)
      .where('dossier', '=', dossier)
      .execute();
    const ids = entries.map((entry) => entry.subject);
    for (let start = 0; start < ids.length; start += PAGE) {
      const some = ids.slice(start, start + PAGE);
      const rows = await this.#kysely
        .selectFrom('recordIndex')
        .select(ROW)
        .where('dossier', '=', dossier)
        .where('kind', '=', kind)
        .where('id', 'in', some)
        .execute();
      const found = new Map(rows.map((row) => [row.id, row]));
      for (const id of some) loading.columns.set(id, found.get(id) ?? null);
    }
    loading.followed = Math.max(loading.followed, size);
  }
}
