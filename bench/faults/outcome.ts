/** What a member of the fault campaign reports, and what members share. */
import { createDatabase, type RunningPostgres, startOwnPostgres } from '../../test/platform/postgres.ts';
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
  /** A minute rather than minutes: fewer faults of the kinds that have no number of their own. */
  short: boolean;
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

/** A database of a member's own. */
export interface OwnDatabase {
  server: RunningPostgres | null;
  /** The address of a new, empty database; undefined for the embedded one, which is made where the store lies. */
  create: () => Promise<string | undefined>;
  stop: () => Promise<void>;
}

/** Starts what an engine needs; nothing for the embedded database. */
export async function startDatabase(engine: Engine): Promise<OwnDatabase> {
  const server = engine === 'postgresql' ? await startOwnPostgres() : null;
  return {
    server,
    create: async () => (server ? createDatabase(server.url) : undefined),
    stop: async () => server?.stop(),
  };
}
