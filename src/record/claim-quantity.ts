// A quantity of a claim: a number as it is said of something, with the words around it, so that what one text says can be
// set against what another says.
import type { StepAmount } from './disagreement.ts';

/** What a number of a claim is: what it may be set against. */
export type ClaimKind =
  | 'count'
  | 'share'
  | 'money'
  | 'measure'
  | 'duration'
  | 'age'
  | 'frequency'
  | 'ratio'
  /** So many out of a fixed number of points: "5.7/10". Its unit is "/10". */
  | 'score'
  /** A place in an order: "the 42nd". */
  | 'rank'
  /** A day or period; it has no amount. */
  | 'date';

/** One quantity of a claim or of evidence, in the order of its text. */
export interface ClaimQuantity {
  kind: ClaimKind;
  /** As printed. A negation is in the bound where it can be: "did not reach 20 million" is less than that. */
  amount: StepAmount;
  /** The unit of the last digit printed: 100,000 of "1.5 million", 1 of "1,378"; null where it is not known. */
  grain: number | null;
  /** "nearly", "almost", « près de »: about, and from below. */
  short: boolean;
  /** Denied, and not by its bound: "has not sold 5 million". */
  denied: boolean;
  /** It is what others are a part of: the 28 of "16 out of 28 provinces". */
  whole: boolean;
  /** What is counted, as the text has it. */
  counted: string | null;
  /** The words that tell what it is said of, in lower case, each with its distance in words; clauses count as distance. */
  context: { word: string; distance: number }[];
  /** The EDTF expression of a date; of other kinds, when the number holds, where that is known. */
  period: string | null;
  /** The words of the text itself. */
  text: string;
}
