// Files that must go: what was sealed or erased leaves the disk, and not only when somebody cleans up. What is to go is noted
// in the transaction that makes it so; it is removed after the commit, or at the next start where that did not come to pass.
import { sql } from 'kysely';
import type { Store } from './store.ts';
import type { Tx } from './write.ts';

const MARK = 'forget-blob:';

/**
 * Notes that these files go, but for those that another source or rendition still names; call it when the rows that named
 * them are gone. Gives back the hashes of those that stay.
 */
export async function forgetBlobs(tx: Tx, hashes: Iterable<string>): Promise<string[]> {
  const staying: string[] = [];
  for (const sha256 of new Set(hashes)) {
    // Held, so that nobody comes to name it between the question and the answer.
    await tx.selectFrom('blobs').select('sha256').where('sha256', '=', sha256).forUpdate().execute();
    const { rows } = await sql<{ named: boolean }>`
      select exists (select 1 from sources where original = ${sha256} or text = ${sha256})
        or exists (select 1 from renditions where sha256 = ${sha256}) as named`.execute(tx);
    if (rows[0]!.named) {
      staying.push(sha256);
      continue;
    }
    await tx.deleteFrom('blobs').where('sha256', '=', sha256).execute();
    await tx
      .insertInto('settings')
      .values({ name: MARK + sha256, value: '' })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
  }
  return staying;
}

/** Removes the files that were noted to go, but for those that were stored again since. */
export async function removeForgotten(store: Pick<Store, 'read' | 'blobs'>): Promise<void> {
  const marks = await store.read
    .selectFrom('settings')
    .select('name')
    .where('name', 'like', `${MARK}%`)
    .execute();
  for (const { name } of marks) {
    const sha256 = name.slice(MARK.length);
    const again = await store.read
      .selectFrom('blobs')
      .select('sha256')
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    if (!again) await store.blobs.remove(sha256);
    await store.read.deleteFrom('settings').where('name', '=', name).execute();
  }
}
