// What a seal closes is opened only with the house's key, only as what it was, and by nobody once its key is destroyed.
import { generateIdentity } from 'age-encryption';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { OBSERVER } from '../../test/samples.ts';
import { houseKey } from './house-key.ts';
import { closeFields, destroySeal, openFields, sealOf } from './seals.ts';
import type { Store } from './store.ts';
import { newId } from './write.ts';

forEachDatabase((create) => {
  const of = () => ({ dossier: newId(), subject: newId() });
  const close = (store: Store, subject: ReturnType<typeof of>, fields: Record<string, unknown>) =>
    store.write({ account: OBSERVER, dossier: subject.dossier }, 'seal.close', async (tx, stamp) => ({
      entries: [{ subject: subject.subject, payload: null }],
      result: await closeFields(subject, await sealOf(tx, store.houseKey, subject, stamp), fields),
    }));

  test('a box opens to what was put in, and holds none of it in the open', async () => {
    const store = await (await create()).open();
    const subject = of();
    const sealed = await close(store, subject, { name: 'a resident', note: null });
    expect(sealed.fields).toEqual(['name', 'note']);
    expect(sealed.box).not.toContain('resident');
    expect(await openFields(store.read, store.houseKey, subject, sealed)).toEqual({
      name: 'a resident',
      note: null,
    });
    // A second box of the same subject has the same seal.
    expect((await close(store, subject, { name: 'x' })).seal).toBe(sealed.seal);
  });

  test('another key, another row and a destroyed key open nothing', async () => {
    const store = await (await create()).open();
    const [subject, other] = [of(), of()];
    const sealed = await close(store, subject, { name: 'a resident' });
    await close(store, other, { name: 'somebody else' });
    const strange = await houseKey([await generateIdentity()]);
    await expect(openFields(store.read, strange, subject, sealed)).rejects.toMatchObject({
      code: 'seal.no-key',
    });
    await expect(openFields(store.read, store.houseKey, other, sealed)).rejects.toMatchObject({
      code: 'seal.damaged',
    });
    await store.write({ account: OBSERVER, dossier: subject.dossier }, 'entry.erase', async (tx, stamp) => ({
      entries: [{ subject: subject.subject, payload: null }],
      result: await destroySeal(tx, subject, stamp),
    }));
    await expect(openFields(store.read, store.houseKey, subject, sealed)).rejects.toMatchObject({
      code: 'seal.erased',
    });
    await expect(close(store, subject, { name: 'again' })).rejects.toMatchObject({ code: 'seal.erased' });
  });
});
