// What has changed in a dossier since one last looked, told by its entries: for all that is kept in memory beside the
// database, whichever process wrote.
import type { Store } from './store.ts';

/** Up to where the changes of a dossier are known. */
export interface Followed {
  /** Entries of the log below this index are known. */
  size: number;
  /** Entries that are known though the log has not taken them in yet. */
  early: ReadonlySet<string>;
}

/** Nothing is known. */
export const NOTHING_FOLLOWED: Followed = { size: 0, early: new Set() };

/** An entry as somebody who follows needs it. */
export interface ChangedSubject {
  action: string;
  subject: string;
}

/** Where one stands who reads the whole dossier after asking this. */
export async function followFromNow(store: Store, dossier: string): Promise<Followed> {
  const rows = await unsequenced(store, dossier);
  return { size: await logSize(store), early: new Set(rows.map((row) => row.id)) };
}

/**
 * What was committed to a dossier since `known`, and up to where it is known then. An entry may be told twice, never not at
 * all: what the log has not taken in is asked for by that, since the order of commits is not that of positions.
 */
export async function changesSince(
  store: Store,
  dossier: string,
  known: Followed,
): Promise<{ changes: ChangedSubject[]; followed: Followed }> {
  // In this order: what the log takes in between the two is told by the second, at worst twice.
  const waiting = await unsequenced(store, dossier);
  const size = await logSize(store);
  const taken =
    size === known.size
      ? []
      : await store.read
          .selectFrom('entries')
          .select(['id', 'action', 'subject'])
          .where('logIndex', '>=', known.size)
          .where('logIndex', '<', size)
          .where('dossier', '=', dossier)
          .execute();
  const changes = [...taken, ...waiting].filter((row) => !known.early.has(row.id));
  // What was told early and has been taken in since is below the new size and need not be remembered.
  return { changes, followed: { size, early: new Set(waiting.map((row) => row.id)) } };
}

async function logSize(store: Store): Promise<number> {
  const { size } = await store.read.selectFrom('logState').select('size').executeTakeFirstOrThrow();
  return size;
}

function unsequenced(store: Store, dossier: string) {
  return store.read
    .selectFrom('entries')
    .select(['id', 'action', 'subject'])
    .where('logIndex', 'is', null)
    .where('dossier', '=', dossier)
    .execute();
}
