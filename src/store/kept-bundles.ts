// Bundles that were made once and are kept: a publication's file, and its removal when something in it was erased. What is to
// go is noted in the transaction that erases, and removed after its commit, or at the next start where a crash came between.
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isMissing, syncPath } from './durable-file.ts';
import type { Store } from './store.ts';
import type { Tx } from './write.ts';

const MARK = 'forget-bundle:';

/** Where a data directory keeps bundles. */
export function bundlesDirectory(directory: string): string {
  return join(directory, 'bundles');
}

/** The file of a publication's bundle. */
export function bundlePath(directory: string, dossier: string, publication: number): string {
  return join(bundlesDirectory(directory), `${dossier}-${publication}.zip`);
}

/** Whether a publication's bundle is kept here. */
export async function hasBundle(directory: string, dossier: string, publication: number): Promise<boolean> {
  return (await stat(bundlePath(directory, dossier, publication)).catch(() => null)) !== null;
}

/** Notes that the bundles of these publications go. */
export async function forgetBundles(tx: Tx, dossier: string, publications: readonly number[]): Promise<void> {
  for (const number of publications) {
    await tx
      .insertInto('settings')
      .values({ name: `${MARK}${dossier}-${number}.zip`, value: '' })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
  }
}

/** Removes the bundles that were noted to go, and what is there of them unfinished, durably; then the notes. */
export async function removeForgottenBundles(store: Pick<Store, 'read'>, directory: string): Promise<void> {
  const marks = await store.read
    .selectFrom('settings')
    .select('name')
    .where('name', 'like', `${MARK}%`)
    .execute();
  if (marks.length === 0) return;
  const folder = bundlesDirectory(directory);
  // There is no folder until the first bundle is made.
  const files = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (files !== null) {
    const names = marks.map(({ name }) => basename(name.slice(MARK.length)));
    for (const file of files) {
      if (names.some((name) => file === name || file.startsWith(`${name}.`)))
        await rm(join(folder, file), { force: true });
    }
    await syncPath(folder);
  }
  for (const { name } of marks) await store.read.deleteFrom('settings').where('name', '=', name).execute();
}
