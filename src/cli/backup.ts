// `constat backup FILE`: the whole instance into one file.
import type { Command } from 'commander';
import { backup } from '../store/backup.ts';
import { EXIT, print, run } from './output.ts';
import { watchProgress } from './progress.ts';
import { type StoreFlags, withStore } from './with-store.ts';

/** Adds the command. */
export function backupCommand(program: Command): void {
  program
    .command('backup')
    .description(
      'copy the whole instance into one file: database, originals, log; no keys. The file is not encrypted',
    )
    .argument('<file>', 'the backup to write')
    .option('--data <directory>', 'data directory (default ./data)')
    .option('--json', 'print what was saved as JSON')
    .action((file: string, options: StoreFlags) =>
      run(options.json ?? false, () =>
        withStore(options, async (store) => {
          const progress = watchProgress();
          const saved = await backup(store, file, { onProgress: progress.report });
          progress.end();
          print(options.json ?? false, { file, ...saved }, () => [
            `${file}: ${saved.bytes} bytes, ${saved.blobs} files, ${saved.tables.reduce((sum, table) => sum + table.rows, 0)} rows`,
            'It holds everything in the clear, so keep it as you keep the data. Keys are not in it: keep data/keys apart.',
            ...saved.faults.map((fault) => `Damaged already, and so not saved: ${JSON.stringify(fault)}`),
          ]);
          return saved.faults.length > 0 ? EXIT.finding : EXIT.done;
        }),
      ),
    );
}
