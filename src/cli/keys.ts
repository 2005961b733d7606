// `constat keys …`: the keys that whoever runs the house holds outside the database.
import type { Command } from 'commander';
import { makeBackupKey } from '../store/backup-lock.ts';
import { EXIT, print, run, say } from './output.ts';

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
}
