// Reading and writing the rows of any noun: insert, replace, remove, find. Records take their index rows along.
import type { Kysely } from 'kysely';
import { problem } from '../record/problem.ts';
import { insertRows } from './bulk.ts';
import { indexRecords, unindexRecords } from './index-row.ts';
import { type AnyRecord, fromRow, isRecordNoun, NOUNS, type Noun, rowOf, toRow, type Value } from './rows.ts';
import type { Tables } from './tables.ts';
import { chunks, type Tx } from './write.ts';

// One function serves ten tables of different rows. Kysely types a query by its table's name, which only the caller
// knows; what goes in and comes out is typed by Value<Noun>, and the rows by the test that compares them.
type AnyTable = 'statements';
const tableOf = (noun: Noun) => NOUNS[noun].table as AnyTable;
// A dossier's own row has no dossier column: its id is the dossier.
const dossierColumn = (noun: Noun) => (noun === 'dossier' ? 'id' : 'dossier');

/** Adds rows. */
export async function insertValues<N extends Noun>(tx: Tx, noun: N, values: Value<N>[]): Promise<void> {
  for (const some of chunks(values))
    await insertRows(
      tx,
      NOUNS[noun].table,
      some.map((value) => rowOf(noun, value)),
    );
  if (isRecordNoun(noun)) await indexRecords(tx, values as AnyRecord[], { isFresh: true });
}

/** Replaces a row by its next version. Throws `record.version` when the row is not at the version before. */
export async function replaceValue<N extends Noun>(
  tx: Tx,
  noun: N,
  value: Value<N> & { version: number },
): Promise<void> {
  const { dossier, id, ...columns } = toRow(noun, value) as { dossier?: string; id: string };
  let update = tx
    .updateTable(tableOf(noun))
    .set(columns as never)
    .where('id', '=', id)
    .where('version', '=', value.version - 1);
  if (dossier !== undefined) update = update.where('dossier', '=', dossier);
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw problem('record.version');
  if (isRecordNoun(noun)) await indexRecords(tx, [value as AnyRecord]);
}

/**
 * Replaces many rows that the caller has locked and compared, in a few statements; rows that are not there are added.
 */
export async function replaceValues<N extends Noun>(tx: Tx, noun: N, values: Value<N>[]): Promise<void> {
  for (const some of chunks(values)) {
    await insertRows(
      tx,
      NOUNS[noun].table,
      some.map((value) => rowOf(noun, value)),
      { replaces: noun === 'dossier' ? ['id'] : ['dossier', 'id'] },
    );
  }
  if (isRecordNoun(noun)) await indexRecords(tx, values as AnyRecord[]);
}

/** Removes rows. */
export async function removeValues(tx: Tx, noun: Noun, dossier: string, ids: string[]): Promise<void> {
  for (const some of chunks(ids)) {
    await tx
      .deleteFrom(tableOf(noun))
      .where(dossierColumn(noun), '=', dossier)
      .where('id', 'in', some)
      .execute();
    if (isRecordNoun(noun)) await unindexRecords(tx, noun, dossier, some);
  }
}

/** The row of a noun, or undefined. */
export async function findValue<N extends Noun>(
  kysely: Kysely<Tables>,
  noun: N,
  dossier: string,
  id: string,
): Promise<Value<N> | undefined> {
  const row = await kysely
    .selectFrom(tableOf(noun))
    .selectAll()
    .where(dossierColumn(noun), '=', dossier)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && fromRow(noun, row);
}

/** The row of a noun, locked until the transaction ends. Throws `not-found`. */
export async function lockValue<N extends Noun>(
  tx: Tx,
  noun: N,
  dossier: string,
  id: string,
): Promise<Value<N>> {
  const row = await tx
    .selectFrom(tableOf(noun))
    .selectAll()
    .where(dossierColumn(noun), '=', dossier)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problem('not-found', { what: noun });
  return fromRow(noun, row);
}

/** The rows of a noun with these ids, locked until the transaction ends; in no order, and only those that are there. */
export async function lockValues<N extends Noun>(
  tx: Tx,
  noun: N,
  dossier: string,
  ids: string[],
): Promise<Value<N>[]> {
  const values: Value<N>[] = [];
  // Everybody who locks several does so in this order, so that no two wait for one another.
  for (const some of chunks([...ids].sort())) {
    const rows = await tx
      .selectFrom(tableOf(noun))
      .selectAll()
      .where(dossierColumn(noun), '=', dossier)
      .where('id', 'in', some)
      .orderBy('id')
      .forUpdate()
      .execute();
    for (const row of rows) values.push(fromRow(noun, row));
  }
  return values;
}

/** The rows of a noun with these ids, in the order of the ids; ids without a row are left out. */
export async function findValues<N extends Noun>(
  kysely: Kysely<Tables>,
  noun: N,
  dossier: string,
  ids: string[],
): Promise<Value<N>[]> {
  const byId = new Map<string, Value<N>>();
  for (const some of chunks(ids)) {
    const rows = await kysely
      .selectFrom(tableOf(noun))
      .selectAll()
      .where(dossierColumn(noun), '=', dossier)
      .where('id', 'in', some)
      .execute();
    for (const row of rows) byId.set(row.id, fromRow(noun, row));
  }
  return ids.flatMap((id) => byId.get(id) ?? []);
}
