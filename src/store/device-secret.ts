// The secret that signs what a browser is known again by. It only ever gives a browser a count of guesses of its own, so it
// lies in the database like any setting.
import type { Store } from './store.ts';
import { newToken } from './token.ts';

const NAME = 'device-secret';

/** The secret, made at the first use. */
export async function deviceSecret(store: Pick<Store, 'read'>): Promise<string> {
  const find = () =>
    store.read.selectFrom('settings').select('value').where('name', '=', NAME).executeTakeFirst();
  const found = await find();
  if (found) return found.value;
  await store.read
    .insertInto('settings')
    .values({ name: NAME, value: newToken() })
    // Of two processes that start at once, one makes it.
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await find())!.value;
}
