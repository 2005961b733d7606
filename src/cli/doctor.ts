// `constat doctor`: is everything still there and still the same?
import type { Command } from 'commander';
import { examine, type Finding } from '../store/doctor.ts';
import { EXIT, print, run } from './output.ts';
import { watchProgress } from './progress.ts';
import { type StoreFlags, withStore } from './with-store.ts';

/** Adds the command. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check every file, passage, entry and the log; change nothing')
    .option('--data <directory>', 'data directory (default ./data)')
    .option('--repair', 'remove files that no source names; nothing else is ever changed')
    .option('--json', 'print the findings as JSON')
    .action((options: StoreFlags & { repair?: boolean }) =>
      run(options.json ?? false, () =>
        withStore(options, async (store) => {
          const progress = watchProgress();
          const findings: Finding[] = [];
          const examination = examine(store, {
            repair: options.repair ?? false,
            onProgress: progress.report,
          });
          for await (const finding of examination) findings.push(finding);
          progress.end();
          print(options.json ?? false, { findings }, () =>
            findings.length === 0
              ? ['All is well: every file, passage, entry and proof is as it was written.']
              : findings.map((finding) => `${finding.severity}: ${finding.sentence} ${finding.subject}`),
          );
          return findings.some((finding) => finding.severity === 'fault') ? EXIT.finding : EXIT.done;
        }),
      ),
    );
}
