// `constat account reset-link`: a way back in for somebody who lost password, passkeys and codes. Whoever may run this on
// the machine has the data anyway.
import type { Command } from 'commander';
import { problem } from '../record/problem.ts';
import { readSettings } from '../server/settings.ts';
import { findAccountByName } from '../store/accounts.ts';
import { newResetToken } from '../store/reset-links.ts';
import { EXIT, print, run } from './output.ts';
import { commandAccount, type StoreFlags, withStore } from './with-store.ts';

/** Adds the command. */
export function accountCommand(program: Command): void {
  const account = program.command('account').description('help somebody who cannot sign in');
  account
    .command('reset-link')
    .description('make a link that sets a new password and takes codes away; it works once, for a day')
    .option('--name <name>', 'the name they sign in with (default: the owner)')
    .option('--data <directory>', 'data directory (default ./data)')
    .option('--json', 'print the link as JSON')
    .action((options: StoreFlags & { name?: string }) =>
      run(options.json ?? false, async () => {
        const { address, port } = readSettings(options);
        return withStore(options, async (store) => {
          const found = await findAccountByName(store, options.name);
          if (!found) throw problem('account.unknown', { name: options.name ?? '–' });
          const { token, name, expiresAt } = await newResetToken(
            store,
            await commandAccount(store),
            found.id,
          );
          const origin = address === undefined ? `http://localhost:${port}` : new URL(address).origin;
          const link = `${origin}/reset#${token}`;
          print(options.json ?? false, { link, name, expiresAt }, () => [
            link,
            `Open it to set a new password for “${name}”. It works once, until ${expiresAt}.`,
          ]);
          return EXIT.done;
        });
      }),
    );
}
