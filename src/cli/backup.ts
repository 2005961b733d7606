// `constat backup FILE`: the whole instance into one encrypted file.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { problem } from '../record/problem.ts';
import { backup } from '../store/backup.ts';
import type { BackupProtection } from '../store/backup-lock.ts';
import { EXIT, print, run } from './output.ts';
import { watchProgress } from './progress.ts';
import { type StoreFlags, withStore } from './with-store.ts';

interface BackupFlags extends StoreFlags {
  recipient?: string[];
  passphraseFile?: string;
  unencrypted?: boolean;
}

/** Adds the command. */
export function backupCommand(program: Command): void {
  program
    .command('backup')
    .description('copy the whole instance into one encrypted file: database, originals, log; no keys')
    .argument('<file>', 'the backup to write')
    .option('--data <directory>', 'data directory (default ./data)')
    .option(
      '--recipient <age1…>',
      'public half of the key that opens it (constat keys backup); may be given several times',
      (recipient: string, before: string[] = []) => [...before, recipient],
    )
    .option('--passphrase-file <file>', 'file whose first line is the passphrase that opens it')
    .option('--unencrypted', 'do not encrypt: whoever finds the file reads everything that is not sealed')
    .option('--json', 'print what was saved as JSON')
    .action((file: string, options: BackupFlags) =>
      run(options.json ?? false, async () => {
        const protection = await protectionOf(options);
        return withStore(options, async (store) => {
          const progress = watchProgress();
          const saved = await backup(store, file, protection, { onProgress: progress.report });
          progress.end();
          const encrypted = !('unencrypted' in protection);
          print(options.json ?? false, { file, encrypted, ...saved }, () => [
            `${file}: ${saved.bytes} bytes, ${saved.blobs} files, ${saved.tables.reduce((sum, table) => sum + table.rows, 0)} rows`,
            encrypted
              ? 'It is encrypted. Keys are not in it: keep data/keys, and the key that opens it, apart.'
              : 'Warning: it is not encrypted, and holds everything that is not sealed in the clear. Keep it as you keep the data. Keys are not in it: keep data/keys apart.',
            ...saved.faults.map((fault) => `Damaged already, and so not saved: ${JSON.stringify(fault)}`),
          ]);
          return saved.faults.length > 0 ? EXIT.finding : EXIT.done;
        });
      }),
    );
}

/** How a backup is to be protected. Throws `backup.unprotected` when nothing says so, and where two things do. */
async function protectionOf({
  recipient: given = [],
  passphraseFile,
  unencrypted = false,
}: BackupFlags): Promise<BackupProtection> {
  const ways = [given.length > 0, passphraseFile !== undefined, unencrypted].filter(Boolean).length;
  if (ways > 1) {
    const why = 'a backup is made for recipients, or for a passphrase, or unencrypted; choose one.';
    throw problem('request.invalid', { where: '--recipient', why });
  }
  if (unencrypted) return { unencrypted: true };
  if (passphraseFile !== undefined) return { passphrase: await readPassphrase(passphraseFile) };
  const usual = process.env.CONSTAT_BACKUP_RECIPIENT?.split(/[\s,]+/).filter((one) => one !== '') ?? [];
  const recipients = given.length > 0 ? given : usual;
  if (recipients.length === 0) throw problem('backup.unprotected');
  return { recipients };
}

/** The first line of a file. Throws `file.missing`. */
export async function readPassphrase(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error) => {
    throw problem('file.missing', { path }, error);
  });
  return text.split(/\r?\n/, 1)[0]!;
}
