// People of a dossier and of the house: invited by a link that works once, changed, ended; never without an owner; each an entry.
import { beforeAll, describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { sampleDossier } from '../../test/samples.ts';
import { createOwner, newSetupToken } from './accounts.ts';
import { changeHouseRole, listAccounts, restoreAccount, suspendAccount } from './house-accounts.ts';
import {
  acceptInvitation,
  createInvitation,
  listInvitations,
  type NewInvitation,
  readInvitation,
  withdrawInvitation,
} from './invitations.ts';
import { listLetters, markFailed, markSent, retryLetter, takeLetter, waitingLetters } from './letters.ts';
import { changeMembership, endMembership, findRole, listPeople } from './memberships.ts';
import { openSession, readSession } from './sessions.ts';
import type { Store } from './store.ts';

const PASSWORD_HASH = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$c29tZWhhc2g';
const invited: NewInvitation = { role: 'editor', opens: false, email: null, note: null, days: 7 };
const letter = (token: string) => ({ subject: 'An invitation', body: `Open /invitation#${token}` });

forEachDatabase((create) => {
  describe('people', () => {
    let store: Store;
    let owner: string;
    let dossier: string;
    let writer: { account: string; dossier: string };
    beforeAll(async () => {
      store = await (await create()).open();
      const token = await newSetupToken(store);
      owner = (await createOwner(store, token, 'the owner', 'a sentence nobody guesses')).id;
      ({ writer } = await sampleDossier(store, owner));
      dossier = writer.dossier;
    });
    const code = (promise: Promise<unknown>) =>
      promise.then(
        () => null,
        (error) => error.code,
      );
    const join = async (name: string, content: Partial<NewInvitation> = {}) => {
      const { token } = await createInvitation(store, writer, { ...invited, ...content }, letter);
      return (await acceptInvitation(store, token, { name, passwordHash: PASSWORD_HASH })).account;
    };
    const actions = async (subject: string) =>
      (
        await store.read
          .selectFrom('entries')
          .select('action')
          .where('subject', '=', subject)
          .orderBy('position')
          .execute()
      ).map(({ action }) => action);

    test('whoever makes a dossier owns it, and may open what is sealed there', async () => {
      expect(await findRole(store, owner, dossier)).toEqual({ role: 'owner', opens: true });
      expect(await listPeople(store, dossier)).toMatchObject([{ account: owner, name: 'the owner' }]);
    });

    test('an invitation works once, and what it gave is an entry; its token is kept nowhere', async () => {
      const { invitation, token } = await createInvitation(store, writer, invited, letter);
      expect((await readInvitation(store, token)).by).toBe('the owner');
      const [first, second] = await Promise.allSettled([
        acceptInvitation(store, token, { name: 'an editor', passwordHash: PASSWORD_HASH }),
        acceptInvitation(store, token, { name: 'another editor', passwordHash: PASSWORD_HASH }),
      ]);
      const done = [first, second].filter(({ status }) => status === 'fulfilled');
      expect(done).toHaveLength(1);
      const { account } = (done[0] as PromiseFulfilledResult<{ account: string }>).value;
      expect(await code(acceptInvitation(store, token, { account: owner }))).toBe('invitation.used');
      expect(await findRole(store, account, dossier)).toEqual({ role: 'editor', opens: false });
      expect(await actions(account)).toEqual(['account.create', 'membership.grant']);
      expect(await actions(invitation.id)).toEqual(['invitation.create', 'invitation.use']);
      const all = await store.read.selectFrom('entries').select('payload').execute();
      expect(JSON.stringify([all, await listInvitations(store, dossier)])).not.toContain(token);
    });

    test('tells one that ran out, was withdrawn or never was apart', async () => {
      const late = await createInvitation(store, writer, { ...invited, days: -1 }, letter);
      expect(await code(acceptInvitation(store, late.token, { account: owner }))).toBe('invitation.expired');
      const taken = await createInvitation(store, writer, invited, letter);
      await withdrawInvitation(store, writer, taken.invitation.id);
      expect(await code(readInvitation(store, taken.token))).toBe('invitation.withdrawn');
      expect(await code(withdrawInvitation(store, writer, taken.invitation.id))).toBe('invitation.withdrawn');
      expect(await code(readInvitation(store, 'nonsense'))).toBe('invitation.unknown');
    });

    test('an invitation into one dossier is not withdrawn from another', async () => {
      const { invitation, token } = await createInvitation(store, writer, invited, letter);
      const other = (await sampleDossier(store, owner)).writer;
      expect(await code(withdrawInvitation(store, other, invitation.id))).toBe('not-found');
      expect((await readInvitation(store, token)).invitation.id).toBe(invitation.id);
    });

    test('an account that is there may accept, but not where it has a part already; names are taken once', async () => {
      const { token } = await createInvitation(store, writer, invited, letter);
      expect(await code(acceptInvitation(store, token, { account: owner }))).toBe('invitation.member');
      expect(
        await code(acceptInvitation(store, token, { name: 'the owner', passwordHash: PASSWORD_HASH })),
      ).toBe('account.name-taken');
      // Nothing of it was written: the link still works.
      const account = await join('somebody for elsewhere');
      const other = (await sampleDossier(store, owner)).writer;
      const elsewhere = await createInvitation(store, other, { ...invited, role: 'reader' }, letter);
      await acceptInvitation(store, elsewhere.token, { account });
      expect(await findRole(store, account, other.dossier)).toEqual({ role: 'reader', opens: false });
      expect(
        (await acceptInvitation(store, token, { name: 'late', passwordHash: PASSWORD_HASH })).dossier,
      ).toBe(dossier);
    });

    test('a dossier keeps an owner, also when two go at once', async () => {
      const fresh = (await sampleDossier(store, owner)).writer;
      expect(await code(changeMembership(store, fresh, owner, { role: 'reader' }))).toBe('people.last-owner');
      expect(await code(endMembership(store, fresh, owner))).toBe('people.last-owner');
      const second = await createInvitation(store, fresh, { ...invited, role: 'owner' }, letter);
      const { account } = await acceptInvitation(store, second.token, {
        name: 'a second owner',
        passwordHash: PASSWORD_HASH,
      });
      const gone = await Promise.allSettled([
        endMembership(store, fresh, owner),
        changeMembership(store, fresh, account, { role: 'editor' }),
      ]);
      expect(gone.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const people = await listPeople(store, fresh.dossier);
      expect(people.filter(({ role }) => role === 'owner')).toHaveLength(1);
    });

    test('who owns a dossier no longer has invited nobody into it', async () => {
      const account = await join('an owner for a while', { role: 'owner' });
      const theirs = { account, dossier };
      const { token } = await createInvitation(store, theirs, invited, letter);
      await changeMembership(store, writer, account, { role: 'contributor', opens: true });
      expect(await code(readInvitation(store, token))).toBe('invitation.withdrawn');
      expect(await findRole(store, account, dossier)).toEqual({ role: 'contributor', opens: true });
      await endMembership(store, writer, account);
      expect(await findRole(store, account, dossier)).toBeNull();
      expect(await actions(account)).toEqual([
        'account.create',
        'membership.grant',
        'membership.change',
        'membership.end',
      ]);
    });

    test('a suspended account is out at once, and comes back with its parts', async () => {
      const account = await join('somebody suspended', { role: 'owner' });
      const session = await openSession(store, account, { method: 'password', device: null });
      expect((await readSession(store, session))?.id).toBe(account);
      const { token } = await createInvitation(store, { account, dossier }, invited, letter);
      await suspendAccount(store, owner, account);
      expect(await readSession(store, session)).toBeNull();
      expect(await code(readInvitation(store, token))).toBe('invitation.withdrawn');
      expect((await listPeople(store, dossier)).find((one) => one.account === account)?.suspended).toBe(true);
      await restoreAccount(store, owner, account);
      expect((await findRole(store, account, dossier))?.role).toBe('owner');
      expect(await readSession(store, session)).toBeNull();
    });

    test('the house keeps an owner who can sign in', async () => {
      expect(await code(suspendAccount(store, owner, owner))).toBe('people.last-house-owner');
      expect(await code(changeHouseRole(store, owner, owner, 'member'))).toBe('people.last-house-owner');
      const account = await join('another for the house', { role: 'reader' });
      await changeHouseRole(store, owner, account, 'owner');
      await suspendAccount(store, owner, account);
      expect(await code(suspendAccount(store, owner, owner))).toBe('people.last-house-owner');
      await restoreAccount(store, owner, account);
      await changeHouseRole(store, account, owner, 'member');
      expect((await listAccounts(store)).find(({ id }) => id === owner)?.role).toBe('member');
      await changeHouseRole(store, account, owner, 'owner');
    });

    test('a letter is taken by one, tried again, and forgets its words when it is sent', async () => {
      const address = 'observer@example.org';
      const { invitation, token } = await createInvitation(
        store,
        writer,
        { ...invited, email: address },
        letter,
      );
      const [waiting] = (await waitingLetters(store)).filter(({ id }) => id === invitation.id);
      expect(waiting).toMatchObject({
        recipient: address,
        state: 'waiting',
        body: `Open /invitation#${token}`,
      });
      const taken = await Promise.all([takeLetter(store, waiting!), takeLetter(store, waiting!)]);
      expect(taken.filter(Boolean)).toHaveLength(1);
      await markFailed(store, invitation.id, 'nobody answers', true);
      expect((await waitingLetters(store)).map(({ id }) => id)).not.toContain(invitation.id);
      await retryLetter(store, invitation.id);
      await markSent(store, invitation.id);
      const { letters } = await listLetters(store, { limit: 100 });
      expect(letters.find(({ id }) => id === invitation.id)).toMatchObject({ state: 'sent', body: '' });
      expect(await code(retryLetter(store, invitation.id))).toBe('not-found');
    });

    test('a letter that nobody sent goes with its invitation', async () => {
      const content = { ...invited, email: 'reader@example.org' };
      const { invitation } = await createInvitation(store, writer, content, letter);
      await withdrawInvitation(store, writer, invitation.id);
      expect((await waitingLetters(store)).map(({ id }) => id)).not.toContain(invitation.id);
    });

    test('letters are listed page by page, each once', async () => {
      for (let at = 0; at < 5; at++) {
        const content = { ...invited, email: `reader-${at}@example.org` };
        await createInvitation(store, writer, content, letter);
      }
      const seen: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await listLetters(store, { cursor, limit: 2 });
        seen.push(...page.letters.map(({ id }) => id));
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThanOrEqual(6);
      expect(await code(listLetters(store, { cursor: 'x', limit: 2 }))).toBe('request.cursor');
    });
  });
});
