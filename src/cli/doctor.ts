// `constat doctor`: is everything still there and still the same, and does the language model answer?
import type { Command } from 'commander';
import { openLanguageModel } from '../intake/language-model.ts';
import { type ModelNotice, modelLines, modelSettings } from '../intake/model-settings.ts';
import { Problem } from '../record/problem.ts';
import { examine, type Finding } from '../store/doctor.ts';
import { EXIT, print, run } from './output.ts';
import { watchProgress } from './progress.ts';
import { type StoreFlags, withStore } from './with-store.ts';

/** Adds the command. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check every file, passage, entry and the log, and whether the language model answers')
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
          const model = await examineModel();
          print(options.json ?? false, { findings, ...(model && { model }) }, () => [
            ...(findings.length === 0
              ? ['All is well: every file, passage, entry and proof is as it was written.']
              : findings.map((finding) => `${finding.severity}: ${finding.sentence} ${finding.subject}`)),
            ...(model?.sentences ?? []),
          ]);
          const isWell = findings.every(({ severity }) => severity !== 'fault') && (model?.answers ?? true);
          return isWell ? EXIT.done : EXIT.finding;
        }),
      ),
    );
}

/** What `doctor` says of the language model; null when none is set. No text is sent to find it out. */
interface ExaminedModel extends ModelNotice {
  answers: boolean;
  /** The models the server offers; null when it does not tell. */
  offers: string[] | null;
  sentences: string[];
}

async function examineModel(): Promise<ExaminedModel | null> {
  const settings = modelSettings();
  if (settings === null) return null;
  const model = openLanguageModel(settings);
  const { notice } = model;
  const lines = modelLines(notice);
  try {
    const offers = await model.list(AbortSignal.timeout(20_000));
    return { ...notice, answers: true, offers, sentences: [...lines, sayOffers(notice, offers)] };
  } catch (error) {
    const why =
      error instanceof Problem
        ? error.message
        : `The language model at ${notice.host} did not answer in 20 seconds.`;
    return { ...notice, answers: false, offers: null, sentences: [...lines, why] };
  }
}

function sayOffers({ host, name }: ModelNotice, offers: string[] | null): string {
  if (offers === null) return `${host} answers; it does not tell which models it has.`;
  if (offers.includes(name)) return `${host} answers and has ${name}.`;
  const all = offers.slice(0, 10).join(', ') || 'none';
  return `${host} answers, but does not list ${name}. It lists: ${all}. Check CONSTAT_LLM_MODEL.`;
}
