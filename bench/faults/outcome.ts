/** What a member of the fault campaign reports, and what members share. */
import type { StoreSettings } from '../../src/store/store.ts';
import { percentile } from '../report.ts';
import { failuresOf, type Verdict } from './oracle.ts';

export type Engine = 'pglite' | 'postgresql';

/** What a member is run with. */
export interface Campaign {
  engine: Engine;
  /** An empty folder of its own. */
  folder: string;
  random: () => number;
  kills: number;
  cuts: number;
  /** Tells how far it is; nothing the result depends on. */
  say: (line: string) => void;
}

/** The outcome of a member on one database. `failures` empty: passed. `notRun`: neither passed nor failed. */
export interface Outcome {
  member: string;
  engine: Engine | 'both';
  faults: number;
  failures: string[];
  notRun: string | null;
  counts: Record<string, number | string>;
}

/** Adds up verdicts. */
export class Tally {
  readonly failures: string[] = [];
  readonly #verdicts: Verdict[] = [];
  readonly #opened: number[] = [];
  #acknowledged = 0;

  /** Adds what the oracle saw after one fault. `isLast`: nothing is acknowledged on this store any more. */
  add(name: string, verdict: Verdict, openedInMs: number, isLast: boolean): void {
    this.#verdicts.push(verdict);
    this.#opened.push(openedInMs);
    if (isLast) this.#acknowledged += verdict.acknowledged;
    this.failures.push(...failuresOf(verdict).map((failure) => `${name}: ${failure}`));
  }

  counts(): Outcome['counts'] {
    const sum = (of: (verdict: Verdict) => number) => this.#verdicts.reduce((all, one) => all + of(one), 0);
    return {
      'writes acknowledged': this.#acknowledged,
      'of them lost': sum(({ lost }) => lost.length),
      'half-applied': sum(({ halfApplied }) => halfApplied),
      'log or files not as the database says': sum(({ findings }) => findings.length),
      'files left behind, all found and removed': sum(({ orphans }) => orphans),
      'files nobody names afterwards': sum(({ unaccounted }) => unaccounted),
      'reopened within (median / slowest)': this.#opened.length
        ? `${percentile(this.#opened, 50)} / ${percentile(this.#opened, 100)} ms`
        : '–',
    };
  }
}

/** The settings of a store in a folder, on a server's database where there is one. */
export function settingsIn(directory: string, databaseUrl: string | undefined): StoreSettings {
  return { directory, databaseUrl };
}
