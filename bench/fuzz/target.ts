/** What is fuzzed: a parser, seeds that it accepts, a grammar that makes more, and what it may throw. */
import type fc from 'fast-check';
import { LogError } from '../../src/log/error.ts';
import { Problem } from '../../src/record/problem.ts';

/** One parser under attack. Inputs are bytes, texts or plain values; each kind is mutated in its own way. */
export interface Target {
  name: string;
  /** Inputs that are right, or nearly; mutation begins with them. Made once for each worker. */
  seeds: () => unknown[] | Promise<unknown[]>;
  /** Inputs made from the grammar. */
  generate: fc.Arbitrary<unknown>;
  /** Pieces of the format, for splicing into bytes and texts. */
  tokens?: readonly string[];
  /** Gives an input to the parser. What it throws is a failure, unless the parser documents it; so is what it checks here. */
  run: (input: never) => unknown;
  /** Whether the parser documents this error; `LogError` and `Problem` are always allowed. */
  allows?: (error: unknown) => boolean;
  /** Share of all inputs; 1 unless told. Slow parsers get less. */
  weight?: number;
  /** Longest input in bytes or characters; what mutation makes longer is cut. */
  longest?: number;
}

/** Whether an error is an answer that the parser documents. */
export function isDocumented(target: Target, error: unknown): boolean {
  return error instanceof LogError || error instanceof Problem || (target.allows?.(error) ?? false);
}

/** A target whose parser takes one kind of input; `run` is checked against it. */
export function target<Input>(of: Omit<Target, 'run'> & { run: (input: Input) => unknown }): Target {
  return of as Target;
}

/** What an oracle says: the parser gave an answer, and it is wrong. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

/** Throws WrongAnswer unless `condition` holds. */
export function holds(condition: boolean, what: string): asserts condition {
  if (!condition) throw new WrongAnswer(what);
}
