// Links that come with something else: an answer that is upheld, a reply that was given. Drawn unless somebody drew them.
import { sql } from 'kysely';
import type { Link, LinkEnd } from '../record/link.ts';
import type { LinkKind } from '../record/vocabulary.ts';
import { type DossierWriter, rowEntry } from './records.ts';
import { insertValues } from './values.ts';
import type { NewEntry, Stamp, Tx } from './write.ts';

/** Draws a link, and gives it back with its entry; null and no entry where the dossier has it already. */
export async function drawLink(
  tx: Tx,
  writer: DossierWriter,
  stamp: Stamp,
  { from, to, kind }: { from: LinkEnd; to: LinkEnd; kind: LinkKind },
): Promise<{ link: string | null; entries: NewEntry[] }> {
  const drawn = await tx
    .selectFrom('links')
    .select('id')
    .where('dossier', '=', writer.dossier)
    .where('link', '=', kind)
    .where(sql<string>`"from" ->> 'id'`, '=', from.id)
    .where(sql<string>`"to" ->> 'id'`, '=', to.id)
    .executeTakeFirst();
  if (drawn !== undefined) return { link: null, entries: [] };
  const link: Link = {
    id: stamp.newId(),
    dossier: writer.dossier,
    ...{ from, to, link: kind, note: null },
    version: 1,
    createdAt: stamp.at,
    createdBy: stamp.by,
    updatedAt: stamp.at,
    updatedBy: stamp.by,
  };
  await insertValues(tx, 'link', [link]);
  return { link: link.id, entries: [rowEntry({ before: null, after: link }, { action: 'link.create' })] };
}
