// One statement reported twice: the same speaker, nearly the same words, about the same time. And whether two reports of
// it are two: copies of one agency's dispatch are one report, however many papers print them.
import { daysBetween, distance, type Said } from './digest.ts';
import { mayBeOneSpeaker, type Profile } from './party.ts';
import { fold, wordSequence } from './words.ts';

/** How alike two reports of one statement are. */
export interface Likeness {
  /** 0 to 1: shared runs of words, of all runs, or for quotations of the runs of the shorter. */
  part: number;
  days: number | null;
}

const DAYS = 3;
const ALIKE = 0.7;
const CONTAINED = 0.8;

/** Runs of `length` words. */
function runs(words: string[], length: number): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at + length <= words.length; at++) found.add(words.slice(at, at + length).join(' '));
  return found;
}

/** Whether two records report one statement; null when they do not. Symmetric. */
export function likeness(a: Said, b: Said): Likeness | null {
  if (a.record.act === 'no-response' || b.record.act === 'no-response') return silenceLikeness(a, b);
  const days = daysBetween(a, b);
  if (days !== null && days > DAYS) return null;
  if (!mayBeOneSpeaker(a.speaker, b.speaker, distance(a, b) !== null)) return null;
  // "412 people" and "421 people" are two statements, however alike the rest.
  if (a.numbers.join() !== b.numbers.join() && !isDirect(a, b)) return null;
  if (a.isNegated !== b.isNegated && !isDirect(a, b)) return null;
  const [first, second] = [a, b].map((said) => wordSequence(fold(said.record.content))) as [
    string[],
    string[],
  ];
  const [short, long] = first.length <= second.length ? [first, second] : [second, first];
  if (short.length < 3) return short.join(' ') === long.join(' ') && days !== null ? { part: 1, days } : null;
  const length = short.length < 6 ? 2 : 3;
  const [few, many] = [runs(short, length), runs(long, length)];
  let both = 0;
  for (const run of few) if (many.has(run)) both++;
  // The very words are quoted in parts; told again in other words, nearly all has to be there.
  const contained = both / few.size;
  const jaccard = both / (few.size + many.size - both);
  const known = days !== null || distance(a, b) !== null || short.length >= 8;
  if (!known) return null;
  if (isDirect(a, b)) return contained >= CONTAINED && short.length >= 4 ? { part: contained, days } : null;
  if (a.record.venue !== null && b.record.venue !== null && a.record.venue !== b.record.venue && jaccard < 1)
    return null;
  return jaccard >= ALIKE || sameTelling(a, b) ? { part: Math.max(jaccard, telling(a, b)), days } : null;
}

/** One silence is reported by two: the same body, the same days, the same matter. */
function silenceLikeness(a: Said, b: Said): Likeness | null {
  if (a.record.act !== b.record.act) return null;
  const days = daysBetween(a, b);
  if (days === null || days > DAYS) return null;
  if (!mayBeOneSpeaker(a.speaker, b.speaker, distance(a, b) !== null)) return null;
  if (a.topics.length === 0 || !a.topics.some((topic) => b.topics.includes(topic))) return null;
  return { part: 1, days };
}

const isDirect = (a: Said, b: Said) => a.record.mode !== 'indirect' && b.record.mode !== 'indirect';

/** Reported words are told in another order too: then at least five telling words, nearly all in both. */
function sameTelling(a: Said, b: Said): boolean {
  return Math.min(a.words.length, b.words.length) >= 5 && telling(a, b) >= 0.8;
}
function telling(a: Said, b: Said): number {
  const shared = a.words.filter((word) => b.words.includes(word)).length;
  return shared === 0 ? 0 : shared / (a.words.length + b.words.length - shared);
}

const AGENCY =
  /^(?:afp|ap|pa|dpa|ansa|efe|ats|apa|anp|tass|belga|reuters|xinhua|agence france[- ]presse|associated press|press association|pa media|keystone-ats)\b|\b(?:news|press) agency\b|\bagence de presse\b|^(?:the |une |l'|an? )?agence$|\b(?:an|the) agency\b/;

/** Whether a party is a news agency, as far as its name tells. */
export function isAgency(party: Profile | null): boolean {
  return party !== null && AGENCY.test(fold(party.name));
}

/** Why two reports of one statement are not two: what they go back to; null when nothing shows it. */
export function commonOrigin(a: Said, b: Said): 'source' | 'reporter' | 'agency' | 'copy' | null {
  if (a.source !== '' && a.source === b.source) return 'source';
  const [first, second] = [a.reporter, b.reporter];
  if (first !== null && second !== null) {
    if (first.actor !== null ? first.actor === second.actor : fold(first.name) === fold(second.name))
      return 'reporter';
  }
  if (isAgency(first) || isAgency(second)) return 'agency';
  return isCopy(a, b) ? 'copy' : null;
}

const LONG_RUN = 10;
const LONG_FRAME = 5;

/**
 * Whether two passages are one text: ten words on end, or, where the very words of the speaker are quoted, five on end of
 * what the reporter wrote around them. A speaker's words are the same in independent reports; a reporter's are not.
 */
function isCopy(a: Said, b: Said): boolean {
  const frames = [a, b].map((said) => {
    const exact = said.record.passages.map((passage) => passage.exact).join(' … ');
    return said.record.mode === 'indirect' ? exact : exact.split(said.record.content).join(' | ');
  });
  const length = isDirect(a, b) ? LONG_FRAME : LONG_RUN;
  const [first, second] = frames.map((frame) =>
    frame.split(/[|…]/).map((piece) => runs(wordSequence(fold(piece)), length)),
  );
  const all = new Set(second!.flatMap((set) => [...set]));
  return first!.some((set) => [...set].some((run) => all.has(run)));
}

/** How many of the reports of one statement do not go back to another: at least 1. */
export function independentReports(reports: Said[]): number {
  const origin = reports.map((_, at) => at);
  const rootOf = (at: number): number => (origin[at] === at ? at : rootOf(origin[at]!));
  for (let one = 0; one < reports.length; one++)
    for (let other = one + 1; other < reports.length && other < one + 100; other++)
      if (commonOrigin(reports[one]!, reports[other]!) !== null) origin[rootOf(other)] = rootOf(one);
  return origin.filter((root, at) => root === at).length;
}
