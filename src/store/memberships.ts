// Who has which part in which dossier.
import type { DossierRole, Membership } from '../record/account.ts';
import type { Store } from './store.ts';
import type { NewEntry, Stamp, Tx } from './write.ts';

/** The part an account has in the dossier with this id or name in addresses; null where it has none. */
export async function findRole(
  store: Pick<Store, 'read'>,
  account: string,
  idOrSlug: string,
): Promise<{ role: DossierRole; opens: boolean } | null> {
  const row = await store.read
    .selectFrom('memberships')
    .innerJoin('dossiers', 'dossiers.id', 'memberships.dossier')
    .select(['memberships.role', 'memberships.opens'])
    .where('memberships.account', '=', account)
    .where(isId(idOrSlug) ? 'dossiers.id' : 'dossiers.slug', '=', idOrSlug)
    .executeTakeFirst();
  return row ?? null;
}

/** Makes whoever makes a dossier its owner, named to open what is sealed; nothing where that is no account. */
export async function ownDossier(tx: Tx, dossier: string, stamp: Stamp): Promise<NewEntry[]> {
  const account = await tx.selectFrom('accounts').select('id').where('id', '=', stamp.by).executeTakeFirst();
  if (!account) return [];
  const after: Membership = {
    dossier,
    account: account.id,
    role: 'owner',
    opens: true,
    createdAt: stamp.at,
    createdBy: stamp.by,
  };
  await tx.insertInto('memberships').values(after).execute();
  return [{ subject: account.id, action: 'membership.grant', payload: { before: null, after } }];
}

const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
