// `constat add FILE… --dossier D`: add sources to a dossier and wait until they are read.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { openIntake } from '../intake/intake.ts';
import { openLanguageModel } from '../intake/language-model.ts';
import { modelSettings } from '../intake/model-settings.ts';
import { Problem, problem } from '../record/problem.ts';
import { readDossier } from '../store/dossiers.ts';
import { EXIT, print, run, say } from './output.ts';
import { watchProgress } from './progress.ts';
import { commandAccount, type StoreFlags, withStore } from './with-store.ts';

/** Adds the command. */
export function addCommand(program: Command): void {
  program
    .command('add')
    .description('add files as sources of a dossier, read them and propose records from them')
    .argument('<file...>', 'files to add')
    .requiredOption('--dossier <dossier>', 'the dossier, by its name in addresses or its id')
    .option('--data <directory>', 'data directory (default ./data)')
    .option('--json', 'print the sources as JSON')
    .action((files: string[], options: StoreFlags & { dossier: string }) =>
      run(options.json ?? false, () => addFiles(files, options)),
    );
}

async function addFiles(files: string[], options: StoreFlags & { dossier: string }): Promise<number> {
  for (const path of files) {
    const found = await stat(path).catch(() => null);
    if (!found?.isFile()) throw problem('file.missing', { path });
  }
  return withStore(options, async (store) => {
    const dossier = await readDossier(store, options.dossier);
    const writer = { account: await commandAccount(store), dossier: dossier.id };
    // The model is asked by the server: what a command adds is complete as soon as the rules are done.
    const model = modelSettings();
    const intake = openIntake(store, undefined, undefined, {
      model: model && openLanguageModel(model),
      isAsking: false,
    });
    const progress = watchProgress();
    const results: object[] = [];
    let refused = false;
    try {
      for (const [index, path] of files.entries()) {
        progress.report('files', index, files.length);
        try {
          const received = await intake.receive(writer, {
            fileName: basename(path),
            chunks: createReadStream(path),
            expected: (await stat(path)).size,
            content: { acquisition: 'uploaded' },
          });
          const source = await intake.settled(dossier.id, received.source.id);
          results.push({ path, duplicate: received.duplicate, source });
          if (!options.json) {
            const state =
              source.failure?.sentence ??
              (received.duplicate ? 'was already in the dossier' : 'added and read');
            say(`${path}: ${state}`);
          }
        } catch (error) {
          // One bad file does not keep the others out: each is told of by itself.
          if (!(error instanceof Problem)) throw error;
          refused = true;
          say(`${path}: ${error.message}`);
          results.push({ path, problem: { code: error.code, title: error.message } });
        }
      }
    } finally {
      progress.end();
      await intake.close();
    }
    print(options.json ?? false, results, () => []);
    return refused ? EXIT.refused : EXIT.done;
  });
}
