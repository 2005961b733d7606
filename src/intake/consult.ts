// The second proposer at work: asks the language model about a source window by window, pins what it quotes, and puts it
// beside the suggestions that are there. It adds; it never takes away, and its failure is a note and nothing else.

import { anchorAnswer, openQuotedText, type QuotedText } from '../language/anchoring/anchor.ts';
import { cutWindows, halve } from '../language/anchoring/window.ts';
import { detectLanguage } from '../language/detect.ts';
import type { Language } from '../language/propose.ts';
import type { Dossier } from '../record/dossier.ts';
import { Problem, problem } from '../record/problem.ts';
import type { QuotedAnswer } from '../record/quoted.ts';
import type { Source } from '../record/source.ts';
import type { Span, Suggestions } from '../record/suggestion.ts';
import { saveConsultation } from '../store/consultations.ts';
import { readDossier } from '../store/dossiers.ts';
import { dropJob, keepJob, type TakenJob } from '../store/jobs.ts';
import { listNamed } from '../store/named.ts';
import { readLayout, readText } from '../store/passages.ts';
import { readSource } from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import type { LanguageModel } from './language-model.ts';
import { mergeInto } from './merge.ts';
import { questionAbout, readAnswer } from './model-answer.ts';
import type { ModelNotice } from './model-settings.ts';
import { contextOf, suggestRecords } from './propose.ts';

/** The name under which records made from a model's answers say who proposed them; their version is the model's name. */
const PROPOSER = 'llm';

/** A window whose answer is cut off is halved so many times, then taken as far as it goes. */
const MOST_HALVINGS = 2;

/** Answers in a row that came too late or could not be read, before asking is broken off. */
const MOST_FAILURES = 2;

/**
 * Why a source is not sent to the model, or null when it is. Sealed sources are sent nowhere; sources of the team
 * alone stay on this machine or in its private network.
 */
export function whyWithheld(
  source: Pick<Source, 'sensitivity'>,
  dossier: Pick<Dossier, 'consult'>,
  notice: ModelNotice | null,
): 'off' | 'withheld' | null {
  if (notice === null || !dossier.consult) return 'off';
  if (source.sensitivity === 'sealed') return 'withheld';
  return source.sensitivity === 'team' && notice.place === 'elsewhere' ? 'withheld' : null;
}

/** What came of asking about the windows of a text. */
interface Asked {
  suggestions: Suggestions;
  asked: number;
  answered: number;
  dropped: number;
  failure: Problem | null;
}

/** Does one job: asks about a source and saves what came of it. Throws what ended it from outside, such as a stop. */
export async function consult(
  store: Store,
  model: LanguageModel,
  job: TakenJob,
  { hopeless, stopped }: { hopeless: boolean; stopped: AbortSignal },
): Promise<void> {
  const { dossier, subject } = job;
  const source = await readSource(store, dossier, subject);
  const mayAsk = async () =>
    whyWithheld(
      await readSource(store, dossier, subject),
      await readDossier(store, dossier),
      model.notice,
    ) === null;
  if (source.text === null || !(await mayAsk())) return dropJob(store, job);
  const [{ text, rendition }, actors, places, measures] = await Promise.all([
    readText(store, dossier, source.id),
    listNamed(store, 'actor', dossier),
    listNamed(store, 'place', dossier),
    listNamed(store, 'measure', dossier),
  ]);
  const layout = (await readLayout(store, dossier, source.id, rendition)) ?? {
    blocks: [],
    pages: [],
    runs: [],
  };
  const known = { actors, places, measures };
  const context = contextOf(source, known, layout);
  const spoken = source.language ?? detectLanguage(text).language;
  // Marks and numbers of other languages are read by the English rules; where those read them wrong, they disagree
  // with the model and the figure is dropped.
  const language: Language = spoken.startsWith('fr') ? 'fr' : 'en';
  const { settings, notice } = model;
  const {
    windows,
    furniture,
    model: units,
    end,
  } = cutWindows(text, language, context, {
    size: settings.window,
    longest: settings.longest,
  });
  const quoted = openQuotedText(units, furniture, context);
  const result = hopeless
    ? { ...nothing(settings.name), failure: problem('model.broken-off') }
    : await askAll(model, windows, quoted, source, stopped, async () => {
        // One question may take its whole time, be repeated, and be cut in four.
        await keepJob(store, job, settings.seconds * 30 + 300);
        return mayAsk();
      });
  const records = suggestRecords(
    { text, layout },
    { ...source, text: rendition },
    result.suggestions,
    source.language,
    known,
  );
  await saveConsultation(
    store,
    { ...source, text: rendition },
    {
      model: result.suggestions.proposer.version,
      host: notice.host,
      asked: result.asked,
      answered: result.answered,
      windows: windows.length,
      leftOut: text.length - end,
      dropped: result.dropped,
      failure: result.failure && {
        code: result.failure.code,
        sentence: result.failure.message,
        details: result.failure.details,
      },
    },
    (resting) => mergeInto(resting, records, text, source.id),
    job,
  );
}

const nothing = (name: string): Asked => ({
  suggestions: { proposer: { name: PROPOSER, version: name }, statements: [], figures: [], incidents: [] },
  asked: 0,
  answered: 0,
  dropped: 0,
  failure: null,
});

/** Asks about each window in turn. `goOn` is asked before each: a source may be sealed while it is being read. */
async function askAll(
  model: LanguageModel,
  windows: Span[],
  quoted: QuotedText,
  source: Source,
  stopped: AbortSignal,
  goOn: () => Promise<boolean>,
): Promise<Asked> {
  const all = nothing(model.settings.name);
  let failures = 0;
  for (const window of windows) {
    stopped.throwIfAborted();
    if (!(await goOn())) {
      all.failure = problem('model.withheld');
      break;
    }
    all.asked++;
    try {
      await askAbout(model, window, quoted, source, stopped, all);
      all.answered++;
      failures = 0;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      all.failure = error;
      failures++;
      // A text may be too hard for a model, or too long; what is wrong with the server is wrong for every text.
      const isOfText = error.code === 'model.slow' || error.code === 'model.unclear';
      if (!isOfText || failures === MOST_FAILURES) break;
    }
  }
  return all;
}

async function askAbout(
  model: LanguageModel,
  window: Span,
  quoted: QuotedText,
  source: Source,
  stopped: AbortSignal,
  all: Asked,
  halvings = 0,
): Promise<void> {
  const words = quoted.text.slice(window.start, window.end);
  const reply = await model.ask(questionAbout(words, source), stopped);
  all.suggestions.proposer.version = reply.model;
  const read = readAnswer(reply.text);
  const complete = read?.complete === true && !reply.cut;
  const halves =
    !complete &&
    (read !== null || reply.cut) &&
    halvings < MOST_HALVINGS &&
    halve(quoted.text, window, quoted.model);
  if (halves) {
    for (const half of halves) await askAbout(model, half, quoted, source, stopped, all, halvings + 1);
    return;
  }
  if (read === null) throw problem('model.unclear', { host: model.notice.host });
  take(read.answer, window, quoted, all);
}

function take(answer: QuotedAnswer, window: Span, quoted: QuotedText, all: Asked): void {
  const { statements, figures } = anchorAnswer(answer, window, quoted);
  all.suggestions.statements.push(...statements);
  all.suggestions.figures.push(...figures);
  all.dropped += answer.statements.length + answer.figures.length - statements.length - figures.length;
}
