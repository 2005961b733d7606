// Commands that work on a data directory: open the store, do the work, close it whatever happens.
import { type SettingFlags, storeSettings } from '../server/settings.ts';
import { openStore, type Store } from '../store/store.ts';
import { SYSTEM_ACCOUNT } from '../store/write.ts';

/** The flags such commands share. */
export interface StoreFlags extends SettingFlags {
  json?: boolean;
}

/** Opens the store of these flags for the time of an action. */
export async function withStore<Result>(
  flags: StoreFlags,
  action: (store: Store) => Promise<Result>,
): Promise<Result> {
  const { data, ...rest } = storeSettings(flags);
  const store = await openStore({ directory: data, ...rest });
  try {
    return await action(store);
  } finally {
    await store.close();
  }
}

/** The account a command writes as: the owner's, or Constat's own while there is none. */
export async function commandAccount(store: Store): Promise<string> {
  const owner = await store.read
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'owner')
    .executeTakeFirst();
  return owner?.id ?? SYSTEM_ACCOUNT;
}
