// The analysis of a dossier: everything that is found over its records, kept up as they change.
import type { Link } from '../record/link.ts';
import type { Request } from '../record/request.ts';
import type { ExchangeRates } from './exchange-rates.ts';
import { FigureAnalysis } from './figure-analysis.ts';
import { type Finding, inOrder } from './finding.ts';
import type { AnalysedRecord, Names } from './names.ts';
import { StatementAnalysis } from './statement-analysis.ts';

/** A dossier's records as analysis holds them. Set only records that stand; suggestions are nobody's word yet. */
export class Analysis {
  readonly figures: FigureAnalysis;
  readonly statements: StatementAnalysis;
  #findings: Finding[] | null = null;
  #byKey: Map<string, Finding> | null = null;

  constructor(names: Names, rates: ExchangeRates | null) {
    this.figures = new FigureAnalysis(names, rates);
    this.statements = new StatementAnalysis(names);
  }

  /** Adds a record, or puts it in the place of what it was. */
  set(record: AnalysedRecord): void {
    this.#forget();
    if (record.kind === 'figure') this.figures.set(record);
    else this.statements.set(record);
  }

  /** Takes a record out; one that is not there changes nothing. */
  remove(id: string): void {
    this.#forget();
    this.figures.remove(id);
    this.statements.remove(id);
  }

  /** What is known beside the records. */
  setNames(names: Names): void {
    this.#forget();
    this.figures.setNames(names);
    this.statements.setNames(names);
  }

  /** How people say that records stand to one another. */
  setLinks(links: Pick<Link, 'from' | 'to' | 'link'>[]): void {
    this.#forget();
    this.figures.setLinks(links);
    this.statements.setLinks(links);
  }

  /** Who was asked what; `today` (a day, EDTF) tells which answers are overdue. */
  setRequests(requests: Request[], today: string): void {
    this.#forget();
    this.statements.setRequests(requests, today);
  }

  /** Works off what has changed, in slices of a few milliseconds, so that whoever waits can do something between them. */
  *settle(): Generator<void> {
    yield* this.figures.settle();
    yield* this.statements.settle();
  }

  /** Every finding, in the order of the queue. */
  findings(): readonly Finding[] {
    this.#findings ??= inOrder([...this.figures.findings(), ...this.statements.findings()]);
    return this.#findings;
  }

  /** The finding with a key, as it is now; undefined when it is found no longer. */
  find(key: string): Finding | undefined {
    this.#byKey ??= new Map(this.findings().map((finding) => [finding.key, finding]));
    return this.#byKey.get(key);
  }

  /** The findings that a record is part of. */
  of(id: string): Finding[] {
    return inOrder([...this.figures.findingsOf(id), ...this.statements.findingsOf(id)]);
  }

  #forget(): void {
    this.#findings = null;
    this.#byKey = null;
  }
}
