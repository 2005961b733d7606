// `constat restore FILE`: a backup into an empty directory or database.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { problem } from '../record/problem.ts';
import { readSettings } from '../server/settings.ts';
import type { BackupKeys } from '../store/backup-lock.ts';
import { readIdentities } from '../store/house-key.ts';
import { restore } from '../store/restore.ts';
import { readPassphrase } from './backup.ts';
import { EXIT, print, run } from './output.ts';
import { watchProgress } from './progress.ts';
import type { StoreFlags } from './with-store.ts';

interface RestoreFlags extends StoreFlags {
  logKey?: string;
  logCheckpoint?: string;
  identityFile?: string;
  passphraseFile?: string;
}

/** Adds the command. */
export function restoreCommand(program: Command): void {
  program
    .command('restore')
    .description('restore a backup into an empty data directory (or DATABASE_URL); all or nothing')
    .argument('<file>', 'the backup')
    .option('--data <directory>', 'data directory (default ./data)')
    .option('--identity-file <file>', 'the key that opens the backup (constat keys backup)')
    .option('--passphrase-file <file>', 'file whose first line is the passphrase that opens the backup')
    .option('--log-key <file>', 'go on with the old log: its key …')
    .option(
      '--log-checkpoint <file>',
      '… and the last checkpoint it published. Without these a new log begins',
    )
    .option('--json', 'print what was restored as JSON')
    .action((file: string, options: RestoreFlags) =>
      run(options.json ?? false, () => restoreFile(file, options)),
    );
}

async function restoreFile(file: string, options: RestoreFlags): Promise<number> {
  const { data, databaseUrl, origin } = readSettings(options);
  const text = (path: string) =>
    readFile(path, 'utf8').catch((error) => {
      throw problem('file.missing', { path }, error);
    });
  if ((options.logKey === undefined) !== (options.logCheckpoint === undefined)) {
    throw problem('request.invalid', {
      where: '--log-key',
      why: 'it needs --log-checkpoint beside it, and the other way round.',
    });
  }
  const continueLog =
    options.logKey !== undefined && options.logCheckpoint !== undefined
      ? { key: await text(options.logKey), checkpoint: await text(options.logCheckpoint) }
      : undefined;
  const keys: BackupKeys = {
    ...(options.identityFile !== undefined && {
      identities: readIdentities(await text(options.identityFile)),
    }),
    ...(options.passphraseFile !== undefined && { passphrase: await readPassphrase(options.passphraseFile) }),
  };
  const progress = watchProgress();
  const restored = await restore(
    file,
    { directory: data, databaseUrl, origin },
    { keys, onProgress: progress.report, ...(continueLog && { continueLog }) },
  );
  progress.end();
  const hasSeals = restored.tables.some(({ name, rows }) => name === 'seals' && rows > 0);
  print(options.json ?? false, restored, () => [
    `Restored the state of ${restored.at}: ${restored.size} entries in the log.`,
    continueLog
      ? 'The old log goes on.'
      : `A new log begins, under the key ${restored.vkey}. Tell your readers.`,
    ...(hasSeals
      ? ['What is sealed opens only with the old seal key: put it into keys/seal.key before the first start.']
      : []),
  ]);
  return EXIT.done;
}
