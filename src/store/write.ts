// The only write path: one transaction holds the change and its entries, or nothing.
import { randomBytes } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { canonicalJson, commit, commitText } from '../log/entry.ts';
import { makeId } from '../record/common.ts';
import type { Action } from '../record/entry.ts';
import { insertRows } from './bulk.ts';
import { type FacetChange, facetChangesOf } from './facet-index.ts';
import { passFailPoint } from './fail-point.ts';
import { storeProblem } from './failure.ts';
import type { Tables } from './tables.ts';

/** A transaction on the store's tables. */
export type Tx = Transaction<Tables>;

/** Work that follows from an entry, done in the background. */
export type Job = 'read' | 'propose' | 'consult';

/** Who writes, and into which dossier; null for what belongs to the instance. */
export interface Writer {
  account: string;
  dossier: string | null;
}

/** One line for the log: what changed and what was written. The action defaults to the one `write` was called with. */
export interface NewEntry {
  /** Given by the change where another row refers to its entry. */
  id?: string;
  subject: string;
  payload: unknown;
  action?: Action;
  job?: Job;
}

/** What a change gives back: its entries (at least one, those it has entered counted), and a result for the caller. */
export interface Written<Result> {
  entries: NewEntry[];
  result: Result;
}

/** The moment and the maker of a change, for the columns that say so. */
export interface Stamp {
  at: string;
  by: string;
  batch: string;
  newId: () => string;
  /** Adds entries at once, in this transaction: a large change need not hold them all until it ends. */
  enter: (entries: NewEntry[]) => Promise<void>;
}

/** The account under which Constat itself acts: proposals, publication of what a person ordered. */
export const SYSTEM_ACCOUNT = '00000000-0000-7000-8000-000000000000';

let lastId = { at: 0, counter: 0 };

/**
 * A fresh id for this moment. Ids of one process go up, also within a millisecond (RFC 9562 §6.2, method 1): rows that are
 * made one after another stay in that order.
 */
export function newId(): string {
  const random = randomBytes(10);
  const now = Date.now();
  if (now > lastId.at) lastId = { at: now, counter: random.readUInt16BE(0) & 0x7ff };
  else if (lastId.counter < 0xfff) lastId.counter++;
  else lastId = { at: lastId.at + 1, counter: 0 };
  random.writeUInt16BE(lastId.counter, 0);
  return makeId(lastId.at, random);
}

/** How many rows go into one statement: far below PostgreSQL's 65,535 parameters with our widest table. */
const ROWS_AT_ONCE = 500;

/** Cuts a list into pieces that fit into one statement each. */
export function* chunks<Item>(items: Item[], size = ROWS_AT_ONCE): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** What a write may be told beside its change. */
export interface WriteOptions {
  /** The batch this one undoes. */
  undoes?: string;
  /** Called after commit with what changed in the record index. */
  onCommit?: (changes: FacetChange[]) => void;
}

/**
 * Runs a change and adds its entries, in one transaction. Resolves after commit, and with the embedded database
 * after fsync: what it has answered is kept. Throws what the change throws; then nothing was written. Throws the `store.…`
 * problem that a failing disk or database is; only after `store.unreachable` the change may have been written, whole.
 */
export async function write<Result>(
  kysely: Kysely<Tables>,
  writer: Writer,
  action: Action,
  change: (tx: Tx, stamp: Stamp) => Promise<Written<Result>>,
  options: WriteOptions = {},
): Promise<Result> {
  let changes: FacetChange[] = [];
  const transaction = kysely.transaction().execute(async (tx) => {
    let entered = 0;
    const stamp: Stamp = {
      at: new Date().toISOString(),
      by: writer.account,
      batch: newId(),
      newId,
      enter: async (entries) => {
        entered += entries.length;
        for (const some of chunks(entries)) {
          const rows = some.map((entry) =>
            entryRow(writer, entry.action ?? action, entry, stamp, options.undoes ?? null),
          );
          await insertRows(tx, 'entries', rows);
        }
      },
    };
    await sql`select set_config('constat.batch', ${stamp.batch}, true)`.execute(tx);
    const { entries, result } = await change(tx, stamp);
    await stamp.enter(entries);
    if (entered === 0) throw new Error(`a change by “${action}” wrote no entry`);
    changes = facetChangesOf(tx);
    passFailPoint('before commit');
    return result;
  });
  const result = await transaction.catch((error: unknown) => {
    throw storeProblem(error) ?? error;
  });
  passFailPoint('after commit');
  // Two changes of one record are told in the order of their commits: the second waits for the first one's row lock.
  options.onCommit?.(changes);
  return result;
}

function entryRow(
  writer: Writer,
  action: Action,
  entry: NewEntry,
  stamp: Pick<Stamp, 'at' | 'batch'>,
  undoes: string | null,
) {
  const head = { at: stamp.at, who: writer.account, action, dossier: writer.dossier, subject: entry.subject };
  const headSalt = randomBytes(32);
  const salt = randomBytes(32);
  const payload = canonicalJson(entry.payload);
  return {
    id: entry.id ?? newId(),
    ...head,
    batch: stamp.batch,
    undoes,
    job: entry.job ?? null,
    logIndex: null,
    headSalt,
    headCommitment: Buffer.from(commit(headSalt, head)),
    salt,
    commitment: Buffer.from(commitText(salt, payload)),
    payload,
  };
}
