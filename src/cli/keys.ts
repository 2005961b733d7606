// `constat keys …`: the keys that whoever runs the house holds outside the database.
import type { Command } from 'commander';
import { makeBackupKey } from '../store/backup-lock.ts';
import { houseKeyPath } from '../store/house-key.ts';
import { rotateGivenKey, rotateKeyFile } from '../store/key-rotation.ts';
import type { Store } from '../store/store.ts';
import { EXIT, print, run, say } from './output.ts';
import { commandAccount, type StoreFlags, withStore } from './with-store.ts';

/** Adds the command with its subcommands. */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('make the keys that lie outside the database');
  keys
    .command('backup')
    .description('make a key for backups and print it once; it is kept nowhere')
    .option('--json', 'print it as JSON')
    .action((options: { json?: boolean }) =>
      run(options.json ?? false, async () => {
        const { identity, recipient } = await makeBackupKey();
        print(options.json ?? false, { recipient, identity }, () => [
          '# Constat: opens backups made for the public key below. Keep it apart from them.',
          `# public key: ${recipient}`,
          identity,
        ]);
        say(
          `Set CONSTAT_BACKUP_RECIPIENT=${recipient} where Constat runs, and keep the key itself elsewhere:`,
        );
        say('it is not shown again, and without it no backup made for it can be restored.');
        return EXIT.done;
      }),
    );
  keys
    .command('rotate')
    .description('make a new key for what is sealed, and wrap everything for it')
    .option('--data <directory>', 'data directory (default ./data)')
    .option('--json', 'print what was done as JSON')
    .action((options: StoreFlags) => run(options.json ?? false, () => withStore(options, rotate(options))));
}

/** Changes the key where it lies: in its file, or, where the environment gives it, by what is printed. */
function rotate(options: StoreFlags): (store: Store) => Promise<number> {
  return async (store) => {
    const account = await commandAccount(store);
    const { CONSTAT_SEAL_KEY_FILE: file, CONSTAT_SEAL_KEY: given } = process.env;
    if (!file && given) {
      const next = await rotateGivenKey(store, account, given);
      print(options.json ?? false, next, () => next.identities);
      say(
        next.step === 'give-both'
          ? 'Nothing is changed yet. Set CONSTAT_SEAL_KEY to both keys above, in this order and with a space between, start Constat with it, then run this again.'
          : 'Everything is wrapped for the key above. Set CONSTAT_SEAL_KEY to it alone and destroy the old one.',
      );
      return EXIT.done;
    }
    const rotated = await rotateKeyFile(store, account, file ?? houseKeyPath(store.settings.directory));
    print(options.json ?? false, rotated, () => [
      `The key is changed: ${rotated.seals} seals and ${rotated.accounts} second factors are wrapped for ${rotated.recipient}.`,
    ]);
    say('Copies of the old key, and backups of it, still open what was sealed before in old backups.');
    return EXIT.done;
  };
}
