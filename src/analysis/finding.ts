// A finding: what analysis has to say about records that do not fit, with its working. Findings are worked out again
// whenever records change and are never stored; what a person decides about one is kept under its key.
import type { Step } from '../record/disagreement.ts';
import type { LinkEnd } from '../record/link.ts';
import type { DisagreementKind, LinkKind } from '../record/vocabulary.ts';

/** One finding over records. */
export interface Finding {
  /**
   * The same for the same thing found again: `<check>:<id>` or `<check>:<id>:<id>`, where the ids are those of the records
   * without which there would be nothing to find. More records joining in do not change it.
   */
  key: string;
  kind: DisagreementKind;
  /** The check that found it, as docs/disagreements.md names it: "percent-change". */
  check: string;
  /** What it is about, in the order in which the working tells it; never empty, no record twice. */
  records: LinkEnd[];
  /** How it was reached, step by step, so that a person can do it again; never empty. */
  working: Step[];
  /** 0 to 1: how much it matters and how sure it is; orders the queue. */
  weight: number;
  /** The link that upholding it draws, from the first record to the second; null where it draws none. */
  link: LinkKind | null;
}

/** Findings in the order of the queue: the weightiest first, then by key, so that the order is the same every time. */
export function inOrder(findings: Iterable<Finding>): Finding[] {
  return [...findings].sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
