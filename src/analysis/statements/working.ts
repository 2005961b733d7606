// The working of findings over statements: the sentences by which a person can check them. They name who spoke and when,
// what the two share and in what order they came; what was said itself stands beside them, in its passages.
import type { Step } from '../../record/disagreement.ts';
import type { Answer } from './answer.ts';
import type { Said } from './digest.ts';
import { commonOrigin, type Likeness } from './echo.ts';
import { stemText, tellingWords } from './words.ts';

/** How many shared words a sentence lists. */
const LISTED = 8;

/** Who says a statement: the name the record has, or a dash. */
export function nameOf(said: Said): string {
  return said.record.speaker?.name ?? '–';
}

/** "First: the minister, 5 November 2014." */
function saidStep(place: 'first' | 'then', said: Said): Step {
  const speaker = nameOf(said);
  const role = said.record.speaker?.role ?? null;
  const who = role === null ? speaker : `${speaker} (${role})`;
  return said.record.saidOn === null
    ? { code: place === 'first' ? 'said-first-undated' : 'said-then-undated', values: { who } }
    : { code: place === 'first' ? 'said-first' : 'said-then', values: { who, date: said.record.saidOn } };
}

/** The working of an answer. */
export function answerWorking(answer: Said, found: Answer): Step[] {
  const { target, kind, byAct } = found;
  const steps: Step[] = [saidStep('first', target), saidStep('then', answer)];
  if (byAct) steps.push({ code: 'act-recorded', values: { act: kind } });
  else if (answer.cue !== null) steps.push({ code: 'words-point-back', values: { words: answer.cue.words } });
  else steps.push({ code: 'says-not-so', values: {} });
  steps.push(...sideSteps(answer, found), ...sharedSteps(answer, found), ...orderSteps(found));
  return steps;
}

function sideSteps(answer: Said, { target, evidence }: Answer): Step[] {
  const [first, second] = [nameOf(target), nameOf(answer)];
  if (evidence.side === 'same-speaker') return [{ code: 'same-speaker', values: { who: second } }];
  if (evidence.side === 'same-body') return [{ code: 'same-body', values: { first, second } }];
  if (evidence.side === 'same-government') return [{ code: 'same-government', values: { first, second } }];
  return [{ code: 'other-party', values: { first, second } }];
}

/** What the two share. */
function sharedSteps(answer: Said, { target, evidence }: Answer): Step[] {
  const steps: Step[] = [];
  if (evidence.topic !== null) {
    const at = answer.topics.indexOf(evidence.topic);
    steps.push({ code: 'share-topic', values: { topic: answer.topicNames[at] ?? evidence.topic } });
  }
  if (evidence.shared.length > 0) {
    const words = evidence.shared.slice(0, LISTED).map((stem) => pair(stem, target, answer));
    steps.push({ code: 'share-words', values: { words: words.join(', ') } });
  }
  if (evidence.mention !== null)
    steps.push({ code: 'mentions', values: { who: nameOf(target), words: evidence.mention } });
  if (evidence.addressed) steps.push({ code: 'addressed-to', values: { who: nameOf(target) } });
  return steps;
}

/** A shared word as each has it: "policemen" where they agree, "policemen / police" where they do not. */
function pair(stem: number, first: Said, second: Said): string {
  const [one, other] = [first, second].map(
    (said) => tellingWords(said.record.content).find((word) => word.stem === stem)?.word ?? stemText(stem),
  );
  return one === other ? one! : `${one} / ${other}`;
}

function orderSteps({ evidence }: Answer): Step[] {
  const steps: Step[] = [];
  if (evidence.apart !== null)
    steps.push({ code: 'one-source', values: { characters: Math.ceil(evidence.apart / 10) * 10 } });
  if (evidence.order === 'dates') {
    const days = evidence.days ?? 0;
    steps.push(
      days >= 1
        ? { code: 'came-days-later', values: { days: Math.ceil(days) } }
        : { code: 'came-later', values: {} },
    );
  } else steps.push({ code: evidence.order === 'text' ? 'stands-later' : 'may-be-later', values: {} });
  return steps;
}

/** The working of a silence; `found` is what it is about where that is clear, `later` when the same body did speak. */
export function silenceWorking(silence: Said, found: Answer | null, later: Said | null): Step[] {
  const who = nameOf(silence);
  const steps: Step[] = [
    silence.record.saidOn === null
      ? { code: 'silence-undated', values: { who } }
      : { code: 'silence', values: { who, date: silence.record.saidOn } },
  ];
  if (found === null) steps.push({ code: 'silence-about-unclear', values: {} });
  else {
    steps.push({ code: 'silence-about', values: { who: nameOf(found.target) } });
    steps.push(...sharedSteps(silence, found), ...orderSteps(found));
  }
  if (later !== null)
    steps.push({ code: 'silence-ended', values: { who: nameOf(later), date: later.record.saidOn! } });
  return steps;
}

/** The working of two records that report one statement. */
export function echoWorking(first: Said, second: Said, alike: Likeness | null): Step[] {
  const steps: Step[] = [saidStep('first', first), saidStep('then', second)];
  if (alike !== null) steps.push({ code: 'echo-words', values: { percent: Math.floor(alike.part * 100) } });
  else steps.push({ code: 'same-through-another', values: {} });
  if (alike !== null && alike.days !== null)
    steps.push({ code: 'same-time', values: { days: Math.ceil(alike.days) } });
  const origin = commonOrigin(first, second);
  steps.push({ code: 'reports-go-back', values: { origin: origin ?? 'none' } });
  return steps;
}
