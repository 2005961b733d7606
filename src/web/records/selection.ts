// Which records of a list are chosen, across pages. Pure.
import type { Judged } from '../record/record-data.ts';

/** The chosen records by id, each as it was seen when it was chosen. */
export type Selection = ReadonlyMap<string, Judged>;

/** Chooses a record, or unchooses it. */
export function toggle(selection: Selection, record: Judged): Selection {
  const next = new Map(selection);
  if (!next.delete(record.id)) next.set(record.id, seen(record));
  return next;
}

/** Chooses all records between two places of a list, both included, in either order; places outside it do not count. */
export function chooseRange(
  selection: Selection,
  records: readonly Judged[],
  from: number,
  to: number,
): Selection {
  const next = new Map(selection);
  for (const record of records.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1)) {
    next.set(record.id, seen(record));
  }
  return next;
}

const seen = ({ id, version, status }: Judged): Judged => ({ id, version, status });

/** The selection with what is now known of its records: a record changed meanwhile is chosen as it is now. */
export function refresh(selection: Selection, records: readonly Judged[]): Selection {
  const stale = records.filter((record) => {
    const chosen = selection.get(record.id);
    return chosen !== undefined && chosen.version !== record.version;
  });
  if (stale.length === 0) return selection;
  const next = new Map(selection);
  for (const record of stale) next.set(record.id, seen(record));
  return next;
}
