// What to do next in a dossier, from what is in it.

/** What the next step is decided by. */
export interface Standing {
  sources: number;
  /** Sources that are still being read. */
  underWay: number;
  suggested: number;
  /** Records that stand: accepted or corrected. */
  standing: number;
  /** Disagreements that nobody has judged yet. */
  open: number;
  /** How many records publishing now would let out, change or withdraw. */
  unpublished: number;
}

/** The one thing worth doing next. */
export type NextStep = 'add' | 'wait' | 'judge' | 'weigh' | 'publish' | 'record' | 'done';

/** The next step: what waits for a person comes first, what waits for the machine last. */
export function nextStep({ sources, underWay, suggested, standing, open, unpublished }: Standing): NextStep {
  if (sources === 0) return 'add';
  if (suggested > 0) return 'judge';
  if (underWay > 0) return 'wait';
  if (open > 0) return 'weigh';
  if (unpublished > 0) return 'publish';
  return standing === 0 ? 'record' : 'done';
}
