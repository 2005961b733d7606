// Who has which part in which dossier.
import { sql } from 'kysely';
import type { DossierRole, Membership } from '../record/account.ts';
import { problem } from '../record/problem.ts';
import { withdrawOf } from './invitations.ts';
import type { DossierWriter } from './records.ts';
import type { Store } from './store.ts';
import type { NewEntry, Stamp, Tx } from './write.ts';

/** A part in a dossier: a role, and whether its holder may open what is sealed there. */
export type Part = Pick<Membership, 'role' | 'opens'>;

/** The part an account has in the dossier with this id or name in addresses; null where it has none. */
export async function findRole(
  store: Pick<Store, 'read'>,
  account: string,
  idOrSlug: string,
): Promise<Part | null> {
  const row = await store.read
    .selectFrom('memberships')
    .innerJoin('dossiers', 'dossiers.id', 'memberships.dossier')
    .select(['memberships.role', 'memberships.opens'])
    .where('memberships.account', '=', account)
    .where(isId(idOrSlug) ? 'dossiers.id' : 'dossiers.slug', '=', idOrSlug)
    .executeTakeFirst();
  return row ?? null;
}

/** The parts an account has, by dossier. */
export async function rolesOf(store: Pick<Store, 'read'>, account: string): Promise<Map<string, Part>> {
  const rows = await store.read
    .selectFrom('memberships')
    .select(['dossier', 'role', 'opens'])
    .where('account', '=', account)
    .execute();
  return new Map(rows.map(({ dossier, ...part }) => [dossier, part]));
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

/** Somebody of a dossier's team, as the others see them. */
export interface TeamMember {
  account: string;
  name: string;
  role: DossierRole;
  opens: boolean;
  since: string;
  /** Whether the owner of the house has suspended the account: it cannot sign in. */
  suspended: boolean;
}

/** The team of a dossier: by role, then by name. */
export async function listPeople(store: Pick<Store, 'read'>, dossier: string): Promise<TeamMember[]> {
  const rows = await store.read
    .selectFrom('memberships')
    .innerJoin('accounts', 'accounts.id', 'memberships.account')
    .select(['memberships.account', 'accounts.name', 'memberships.role', 'memberships.opens'])
    .select(['memberships.createdAt as since', 'accounts.suspendedAt'])
    .where('memberships.dossier', '=', dossier)
    .orderBy(
      sql`array_position(array['owner', 'editor', 'contributor', 'observer', 'reader'], memberships.role)`,
    )
    .orderBy(sql`lower(accounts.name)`)
    .orderBy('accounts.id')
    .execute();
  return rows.map(({ suspendedAt, ...row }) => ({ ...row, suspended: suspendedAt !== null }));
}

/**
 * Changes a person’s part in a dossier. Whoever owns it no longer has invited nobody: their open invitations are withdrawn.
 * Throws `not-found`, `people.last-owner`.
 */
export async function changeMembership(
  store: Store,
  writer: DossierWriter,
  account: string,
  part: Partial<Part>,
): Promise<void> {
  await store.write(writer, 'membership.change', async (tx, stamp) => {
    const before = await lockMembership(tx, writer.dossier, account, part.role ?? null);
    const after: Membership = { ...before, ...part };
    await tx
      .updateTable('memberships')
      .set({ role: after.role, opens: after.opens })
      .where('dossier', '=', writer.dossier)
      .where('account', '=', account)
      .execute();
    const withdrawn =
      before.role === 'owner' && after.role !== 'owner'
        ? await withdrawOf(tx, stamp, account, writer.dossier)
        : [];
    return { entries: [{ subject: account, payload: { before, after } }, ...withdrawn], result: undefined };
  });
}

/** Ends a person’s part in a dossier, and withdraws what they invited to it. Throws `not-found`, `people.last-owner`. */
export async function endMembership(store: Store, writer: DossierWriter, account: string): Promise<void> {
  await store.write(writer, 'membership.end', async (tx, stamp) => {
    const before = await lockMembership(tx, writer.dossier, account, null);
    await tx
      .deleteFrom('memberships')
      .where('dossier', '=', writer.dossier)
      .where('account', '=', account)
      .execute();
    const withdrawn = await withdrawOf(tx, stamp, account, writer.dossier);
    return {
      entries: [{ subject: account, payload: { before, after: null } }, ...withdrawn],
      result: undefined,
    };
  });
}

/**
 * A person’s part, locked with those of the others, so that of two owners who go at once one stays. `role` is what it becomes;
 * null: it ends.
 */
async function lockMembership(
  tx: Tx,
  dossier: string,
  account: string,
  role: DossierRole | null,
): Promise<Membership> {
  const all = await tx
    .selectFrom('memberships')
    .selectAll()
    .where('dossier', '=', dossier)
    .orderBy('account')
    .forUpdate()
    .execute();
  const before = all.find((one) => one.account === account);
  if (!before) throw problem('not-found', { what: 'person' });
  const owners = all.filter((one) => one.role === 'owner');
  if (before.role === 'owner' && role !== 'owner' && owners.length === 1) throw problem('people.last-owner');
  return before;
}

const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
