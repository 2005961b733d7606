// What to do next in a dossier, from what is in it.

/** What the next step is decided by. */
export interface Standing {
  sources: number;
  /** Sources that are still being read. */
  underWay: number;
  suggested: number;
  /** Records that stand: accepted or corrected. */
  standing: number;
  /** How many records publishing now would let out, change or withdraw. */
  unpublished: number;
}

/** The one thing worth doing next. */
export type NextStep = 'add' | 'wait' | 'judge' | 'publish' | 'record' | 'done';

/** The next step: what waits for a person comes first, what waits for the machine last. */
export function nextStep({ sources, underWay, suggested, standing, unpublished }: Standing): NextStep {
  if (sources === 0) return 'add';
  if (suggested > 0) return 'judge';
  if (underWay > 0) return 'wait';
  if (unpublished > 0) return 'publish';
  return standing === 0 ? 'record' : 'done';
}
