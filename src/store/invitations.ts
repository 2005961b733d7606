// Invitations by link: made, listed, withdrawn, accepted once. Of the token in the link only a hash is kept.
import type { DossierRole, Invitation, Membership } from '../record/account.ts';
import { problem } from '../record/problem.ts';
import { addLetter, dropLetter, type NewLetter } from './letters.ts';
import type { Store } from './store.ts';
import { hashToken, newToken } from './token.ts';
import { type NewEntry, newId, type Stamp, type Tx } from './write.ts';

/** What a new invitation is to. `role` null: to the house alone. */
export interface NewInvitation {
  role: DossierRole | null;
  opens: boolean;
  email: string | null;
  note: string | null;
  days: number;
}

/** How an invitation stands. */
export type InvitationState = 'open' | 'used' | 'expired' | 'withdrawn';

/** How an invitation stands at an instant. */
export function stateOfInvitation(
  { usedAt, withdrawnAt, expiresAt }: Pick<Invitation, 'usedAt' | 'withdrawnAt' | 'expiresAt'>,
  now: number,
): InvitationState {
  if (usedAt !== null) return 'used';
  if (withdrawnAt !== null) return 'withdrawn';
  return Date.parse(expiresAt) <= now ? 'expired' : 'open';
}

/**
 * Makes an invitation into a dossier, or with `dossier` null into the house alone. Its token is told here and never again.
 * `letter` writes what is sent to its e-mail address, where there is one; the letter has the invitation’s id.
 */
export async function createInvitation(
  store: Store,
  writer: { account: string; dossier: string | null },
  { days, ...content }: NewInvitation,
  letter: (token: string, expiresAt: string) => Omit<NewLetter, 'id' | 'recipient'>,
): Promise<{ invitation: Invitation; token: string }> {
  const token = newToken();
  return store.write(writer, 'invitation.create', async (tx, stamp) => {
    const invitation: Invitation = {
      id: stamp.newId(),
      dossier: writer.dossier,
      ...content,
      createdAt: stamp.at,
      createdBy: stamp.by,
      expiresAt: new Date(Date.parse(stamp.at) + days * 24 * 3600_000).toISOString(),
      usedAt: null,
      usedBy: null,
      withdrawnAt: null,
    };
    await tx
      .insertInto('invitations')
      .values({ ...invitation, tokenHash: hashToken(token) })
      .execute();
    if (invitation.email !== null) {
      const written = letter(token, invitation.expiresAt);
      await addLetter(tx, stamp, { id: invitation.id, recipient: invitation.email, ...written });
    }
    return { entries: [entryOf(invitation)], result: { invitation, token } };
  });
}

/** The log outlives what is said in it: no address and no note of a person goes in. */
function entryOf({ id, role, opens, expiresAt }: Invitation): NewEntry {
  return { subject: id, payload: { role, opens, expiresAt } };
}

/** The invitations into a dossier, or into the house alone; the newest first. */
export async function listInvitations(
  store: Pick<Store, 'read'>,
  dossier: string | null,
): Promise<Invitation[]> {
  const rows = await store.read
    .selectFrom('invitations')
    .selectAll()
    .where('dossier', dossier === null ? 'is' : '=', dossier)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ tokenHash: _, ...invitation }) => invitation);
}

/** Withdraws an open invitation, and its letter where that still waits. Throws `not-found` or why it is open no more. */
export async function withdrawInvitation(
  store: Store,
  writer: { account: string; dossier: string | null },
  id: string,
): Promise<void> {
  await store.write(writer, 'invitation.withdraw', async (tx, stamp) => {
    const invitation = await tx
      .selectFrom('invitations')
      .selectAll()
      .where('id', '=', id)
      .where('dossier', writer.dossier === null ? 'is' : '=', writer.dossier)
      .forUpdate()
      .executeTakeFirst();
    if (!invitation) throw problem('not-found', { what: 'invitation' });
    requireOpen(invitation, Date.parse(stamp.at));
    return { entries: [await withdraw(tx, stamp, invitation)], result: undefined };
  });
}

async function withdraw(tx: Tx, stamp: Stamp, invitation: Invitation): Promise<NewEntry> {
  await tx
    .updateTable('invitations')
    .set({ withdrawnAt: stamp.at })
    .where('id', '=', invitation.id)
    .execute();
  await dropLetter(tx, invitation.id);
  return { ...entryOf(invitation), action: 'invitation.withdraw' };
}

/** Withdraws every open invitation that an account made, into one dossier or anywhere, within a change. */
export async function withdrawOf(
  tx: Tx,
  stamp: Stamp,
  account: string,
  dossier?: string,
): Promise<NewEntry[]> {
  let query = tx
    .selectFrom('invitations')
    .selectAll()
    .where('createdBy', '=', account)
    .where('usedAt', 'is', null)
    .where('withdrawnAt', 'is', null);
  if (dossier !== undefined) query = query.where('dossier', '=', dossier);
  const entries: NewEntry[] = [];
  for (const invitation of await query.orderBy('id').forUpdate().execute())
    entries.push(await withdraw(tx, stamp, invitation));
  return entries;
}

/** What an invitation is to, as whoever holds its link is told. */
export interface ReadInvitation {
  invitation: Invitation;
  /** The dossier’s title and name in addresses; null for the house alone. */
  dossier: { title: string; slug: string } | null;
  /** Who made it. */
  by: string;
}

/** The open invitation of a token. Throws `invitation.unknown`, `.used`, `.withdrawn` or `.expired`. */
export async function readInvitation(store: Pick<Store, 'read'>, token: string): Promise<ReadInvitation> {
  const row = await store.read
    .selectFrom('invitations')
    .innerJoin('accounts', 'accounts.id', 'invitations.createdBy')
    .leftJoin('dossiers', 'dossiers.id', 'invitations.dossier')
    .selectAll('invitations')
    .select(['accounts.name as by', 'dossiers.title', 'dossiers.slug'])
    .where('invitations.tokenHash', '=', hashToken(token))
    .executeTakeFirst();
  if (!row) throw problem('invitation.unknown');
  const { by, title, slug, tokenHash: _, ...invitation } = row;
  requireOpen(invitation, Date.now());
  return { invitation, by, dossier: title === null || slug === null ? null : { title, slug } };
}

function requireOpen(invitation: Invitation, now: number): void {
  const state = stateOfInvitation(invitation, now);
  if (state !== 'open') throw problem(`invitation.${state}`);
}

/**
 * Accepts an invitation: for an account that is there, or for a new one with this name and password hash. Of two who hold the
 * same link, one gets in. Throws what `readInvitation` throws, `invitation.member`, `account.name-taken`.
 */
export async function acceptInvitation(
  store: Store,
  token: string,
  as: { account: string } | { name: string; passwordHash: string },
): Promise<{ account: string; dossier: string | null }> {
  const { dossier } = (await readInvitation(store, token)).invitation;
  const account = 'account' in as ? as.account : newId();
  return store.write({ account, dossier }, 'invitation.use', async (tx, stamp) => {
    const invitation = await tx
      .selectFrom('invitations')
      .selectAll()
      .where('tokenHash', '=', hashToken(token))
      .forUpdate()
      .executeTakeFirstOrThrow();
    requireOpen(invitation, Date.parse(stamp.at));
    const entries: NewEntry[] = [];
    if ('name' in as) {
      await tx
        .insertInto('accounts')
        .values({ id: account, ...as, role: 'member', createdAt: stamp.at })
        .execute()
        .catch((error) => refuseTakenName(error, as.name));
      entries.push({ subject: account, action: 'account.create', payload: { role: 'member' } });
    }
    await tx
      .updateTable('invitations')
      .set({ usedAt: stamp.at, usedBy: account })
      .where('id', '=', invitation.id)
      .execute();
    await dropLetter(tx, invitation.id);
    entries.push(entryOf(invitation));
    const { role, opens, createdBy } = invitation;
    if (dossier !== null && role !== null)
      entries.push(
        await grantMembership(tx, { dossier, account, role, opens, createdAt: stamp.at, createdBy }),
      );
    return { entries, result: { account, dossier } };
  });
}

/** Gives an account a part in a dossier, within a change. Throws `invitation.member` where it has one already. */
async function grantMembership(tx: Tx, membership: Membership): Promise<NewEntry> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('memberships')
    .values(membership)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows !== 1n) throw problem('invitation.member');
  return {
    subject: membership.account,
    action: 'membership.grant',
    payload: { before: null, after: membership },
  };
}

function refuseTakenName(error: unknown, name: string): never {
  const violated = error as { code?: string; constraint?: string };
  if (violated.code === '23505' && violated.constraint === 'accounts_name_key')
    throw problem('account.name-taken', { name }, error);
  throw error;
}
