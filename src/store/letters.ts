// Letters: written in the transaction that they tell of, sent afterwards or by hand. A letter that is sent keeps no words: they
// may hold a link that lets somebody in.
import { type SqlBool, sql } from 'kysely';
import type { Letter } from '../record/account.ts';
import { problem } from '../record/problem.ts';
import type { Store } from './store.ts';
import type { Stamp, Tx } from './write.ts';

/** A letter to be sent. */
export type NewLetter = Pick<Letter, 'id' | 'recipient' | 'subject' | 'body'>;

/** Puts a letter into the outbox, within a change. */
export async function addLetter(tx: Tx, stamp: Pick<Stamp, 'at'>, letter: NewLetter): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({ ...letter, at: stamp.at, state: 'waiting', tries: 0, failure: null, sentAt: null })
    .execute();
}

/** Takes a letter back that nobody has sent yet; nothing where there is none. */
export async function dropLetter(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('outbox').where('id', '=', id).where('state', '!=', 'sent').execute();
}

/** A page of the outbox, the newest first; `next` is the cursor of the page after it, null on the last. */
export async function listLetters(
  store: Pick<Store, 'read'>,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ letters: Letter[]; next: string | null; waiting: number }> {
  let query = store.read
    .selectFrom('outbox')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit + 1);
  if (cursor !== undefined) {
    const [at, id] = cursor.split(' ');
    if (!at || !id || Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id))
      throw problem('request.cursor');
    query = query.where(
      sql<SqlBool>`(at < ${at}::timestamptz or (at = ${at}::timestamptz and id > ${id}::uuid))`,
    );
  }
  const [rows, { waiting }] = await Promise.all([
    query.execute(),
    store.read
      .selectFrom('outbox')
      .select(({ fn }) => fn.countAll<number>().as('waiting'))
      .where('state', '!=', 'sent')
      .executeTakeFirstOrThrow(),
  ]);
  const letters = rows.slice(0, limit);
  const last = letters.at(-1);
  return { letters, next: rows.length > limit && last ? `${last.at} ${last.id}` : null, waiting };
}

/** Letters that wait, the oldest first. */
export async function waitingLetters(store: Pick<Store, 'read'>): Promise<Letter[]> {
  return store.read.selectFrom('outbox').selectAll().where('state', '=', 'waiting').orderBy('at').execute();
}

/** Takes a letter for one try; false where another process was faster, or it was taken back. */
export async function takeLetter(
  store: Pick<Store, 'read'>,
  { id, tries }: Pick<Letter, 'id' | 'tries'>,
): Promise<boolean> {
  const { numUpdatedRows } = await store.read
    .updateTable('outbox')
    .set({ tries: tries + 1 })
    .where('id', '=', id)
    .where('tries', '=', tries)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Says that a letter was sent, and forgets its words. Throws `not-found`. */
export async function markSent(store: Pick<Store, 'read'>, id: string): Promise<void> {
  await change(store, id, { state: 'sent', sentAt: new Date().toISOString(), failure: null, body: '' });
}

/** Says why a try failed; `last`: there will be no other. */
export async function markFailed(
  store: Pick<Store, 'read'>,
  id: string,
  failure: string,
  last: boolean,
): Promise<void> {
  await store.read
    .updateTable('outbox')
    .set({ failure, ...(last && { state: 'failed' as const }) })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute();
}

/** Has a letter tried again from the start. Throws `not-found`, also for one that was sent. */
export async function retryLetter(store: Pick<Store, 'read'>, id: string): Promise<void> {
  await change(store, id, { state: 'waiting', tries: 0, failure: null });
}

/** Removes a letter. Throws `not-found`. */
export async function removeLetter(store: Pick<Store, 'read'>, id: string): Promise<void> {
  const { numDeletedRows } = await store.read
    .deleteFrom('outbox')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (numDeletedRows !== 1n) throw problem('not-found', { what: 'letter' });
}

async function change(store: Pick<Store, 'read'>, id: string, to: Partial<Letter>): Promise<void> {
  const { numUpdatedRows } = await store.read
    .updateTable('outbox')
    .set(to)
    .where('id', '=', id)
    .where('state', '!=', 'sent')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw problem('not-found', { what: 'letter' });
}
