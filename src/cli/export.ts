// `constat export --dossier D --out F.zip`: a bundle of a publication, which anybody can check offline.
import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { writeBundle } from '../publish/bundle/write.ts';
import { EXIT, print, run, say } from './output.ts';
import { watchProgress } from './progress.ts';
import { commandAccount, type StoreFlags, withStore } from './with-store.ts';

interface ExportFlags extends StoreFlags {
  dossier: string;
  out: string;
  publication?: number;
  force?: boolean;
}

/** Adds the command. */
export function exportCommand(program: Command): void {
  program
    .command('export')
    .description('write a bundle of a published dossier: records, permitted originals, log proofs')
    .requiredOption('--dossier <dossier>', 'the dossier, by its name in addresses or its id')
    .requiredOption('--out <file>', 'the zip file to write')
    .option('--publication <number>', 'which publication (default: the newest)', readNumber)
    .option('--force', 'replace the file if it exists')
    .option('--data <directory>', 'data directory (default ./data)')
    .option('--json', 'print what was written as JSON')
    .action((options: ExportFlags) => run(options.json ?? false, () => exportBundle(options)));
}

function readNumber(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text))
    throw new InvalidArgumentError('A publication has a number from 1 on.');
  return Number(text);
}

async function exportBundle(options: ExportFlags): Promise<number> {
  if (!options.force && (await stat(options.out).catch(() => null))) {
    say(`${options.out} exists already. Choose another name, or add --force to replace it.`);
    return EXIT.usage;
  }
  return withStore(options, async (store) => {
    const progress = watchProgress();
    try {
      const written = await writeBundle(store, await commandAccount(store), options.dossier, options.out, {
        publication: options.publication,
        onProgress: (done, total) => progress.report('records', done, total),
      });
      const { dossier, publication, counts, bytes, manifest, vkey } = written;
      print(options.json ?? false, { path: options.out, ...written }, () => [
        `${options.out}: publication ${publication} of “${dossier.title}”, ${bytes} bytes`,
        `${counts.statements} statements, ${counts.figures} figures, ${counts.incidents} incidents, ${counts.disagreements ?? 0} disagreements, ${counts.sources} sources`,
        `datapackage.json has the SHA-256 ${manifest}, sealed in the log`,
        `Key of the log: ${vkey}`,
      ]);
      return EXIT.done;
    } finally {
      progress.end();
    }
  });
}
