// Commitments: what was pledged, by whom, for whom and for when, and what was reported of it later. A view over figures and
// statements: nothing is stored, and nothing but a link that a person drew says that a later record is about a pledge.
import { type DateRange, dateRange } from '../record/date.ts';
import type { StepAmount } from '../record/disagreement.ts';
import type { Interval } from '../record/figure.ts';
import type { Link, LinkEnd } from '../record/link.ts';
import type { LinkKind } from '../record/vocabulary.ts';
import { quantityReader } from './figure-quantity.ts';
import type { AnalysedFigure, AnalysedStatement, Names } from './names.ts';
import type { Quantity } from './quantity.ts';
import { fold } from './statements/words.ts';

/** What was reported of a pledge later. */
export interface CommitmentReport {
  record: LinkEnd;
  /** The link a person drew; null where it is only suggested. */
  link: LinkKind | null;
  amount: StepAmount | null;
  /**
   * How much of what was pledged it reports, in percent: every share that the two prints allow. Null where either gives no
   * amount or they are of different units; an end is null where there is none.
   */
  share: { low: number | null; high: number | null } | null;
}

/** One commitment: a pledged figure, or a promise that names no amount. */
export interface Commitment {
  record: LinkEnd;
  /** The promise that the figure was pledged in; null where it is not known, or is the record itself. */
  statement: string | null;
  /** By whom. */
  party: { key: string; name: string } | null;
  /** To whom. */
  addressee: string | null;
  amount: StepAmount | null;
  /** What was pledged: what is counted, or the words of the promise. */
  words: string;
  place: string | null;
  /** For when, EDTF. */
  period: string | null;
  /** When it was said, EDTF. */
  saidOn: string | null;
  /** In order of time: what people linked to it. */
  reports: CommitmentReport[];
  /** In order of time, at most five: what may be about it. */
  suggestions: CommitmentReport[];
  state: 'open' | 'reported';
}

/** What a commitment is looked for in. */
export interface CommitmentRecords {
  figures: readonly AnalysedFigure[];
  statements: readonly AnalysedStatement[];
  links: readonly Pick<Link, 'from' | 'to' | 'link'>[];
  names: Names;
}

/** So many later records are suggested for one commitment. */
const MOST_SUGGESTED = 5;

/** How a later record may stand to a pledge. */
const REPORTS: ReadonlySet<LinkKind> = new Set([
  'follows-up',
  'confirms',
  'denies',
  'corrects',
  'clarifies',
  'retracts',
]);

/**
 * The commitments among some records, in the order of when they were said or are for, undated last. Cost grows as n log n:
 * what may be about a pledge is found in lists sorted by time.
 */
export function commitmentsOf({ figures, statements, links, names }: CommitmentRecords): Commitment[] {
  const read = quantityReader(names);
  const quantities = new Map(figures.map((figure) => [figure.id, read(figure)]));
  const partyKey = partyReader(names);
  const said = new Map(statements.map((statement) => [statement.id, statement]));
  const promises = statements.filter(({ act }) => act === 'promises');
  const pledged = figures.filter(({ modality }) => modality === 'pledged');
  const statementOf = promiseFinder(promises, links);
  const linked = linksTo(links);
  const laterFigures = laterOf(
    figures.filter(({ modality }) => modality === 'reported'),
    (figure) => [figureKey(quantities.get(figure.id)!)],
    (figure) => quantities.get(figure.id)!.period?.range ?? null,
  );
  const laterStatements = laterOf(
    statements.filter(({ act }) => act !== 'promises'),
    (statement) => topicKeys(statement, partyKey(statement.speaker)?.key ?? null),
    (statement) => range(statement.saidOn),
  );

  const reportOf = (end: LinkEnd, link: LinkKind | null, pledge: Quantity | null): CommitmentReport => {
    const quantity = end.kind === 'figure' ? quantities.get(end.id) : undefined;
    return {
      record: end,
      link,
      amount: quantity?.amount ?? null,
      share: pledge && quantity ? shareOf(quantity, pledge) : null,
    };
  };
  const isKnown = ({ kind, id }: LinkEnd) =>
    kind === 'incident' || (kind === 'figure' ? quantities.has(id) : said.has(id));
  const timeOf = ({ kind, id }: LinkEnd) =>
    (kind === 'figure'
      ? quantities.get(id)?.period?.range.from
      : range(said.get(id)?.saidOn ?? null)?.from) ?? Number.POSITIVE_INFINITY;
  const finish = (
    about: Omit<Commitment, 'reports' | 'suggestions' | 'state'>,
    pledge: Quantity | null,
    candidates: LinkEnd[],
  ): Commitment => {
    const own = new Set([about.record.id, ...(about.statement === null ? [] : [about.statement])]);
    const drawn = [...own]
      .flatMap((id) => linked.get(id) ?? [])
      .filter(({ from }) => !own.has(from.id) && isKnown(from));
    const taken = new Set([...own, ...drawn.map(({ from }) => from.id)]);
    const byTime = (a: CommitmentReport, b: CommitmentReport) =>
      timeOf(a.record) - timeOf(b.record) || (a.record.id < b.record.id ? -1 : 1);
    return {
      ...about,
      reports: drawn.map(({ from, link }) => reportOf(from, link, pledge)).sort(byTime),
      suggestions: candidates
        .filter(({ id }) => !taken.has(id))
        .slice(0, MOST_SUGGESTED)
        .map((end) => reportOf(end, null, pledge))
        .sort(byTime),
      state: drawn.length > 0 ? 'reported' : 'open',
    };
  };

  const found: Commitment[] = [];
  const spoken = new Set<string>();
  for (const figure of pledged) {
    const quantity = quantities.get(figure.id)!;
    const promise = statementOf(figure);
    if (promise) spoken.add(promise.id);
    const party = partyKey(figure.accordingTo ?? promise?.speaker ?? null);
    const after = promise ? range(promise.saidOn) : null;
    const candidates: LinkEnd[] = [
      ...laterFigures.after([figureKey(quantity)], quantity.period?.range ?? after, MOST_SUGGESTED * 2),
      ...(promise
        ? laterStatements.after(topicKeys(promise, party?.key ?? null), after, MOST_SUGGESTED)
        : []),
    ].map(({ kind, id }) => ({ kind, id }));
    found.push(
      finish(
        {
          record: { kind: 'figure', id: figure.id },
          statement: promise?.id ?? null,
          party,
          addressee: promise?.addressee?.name ?? null,
          amount: quantity.amount,
          words: figure.counted,
          place: figure.place?.name ?? null,
          period: figure.period,
          saidOn: promise?.saidOn ?? null,
        },
        quantity,
        candidates,
      ),
    );
  }
  for (const promise of promises) {
    if (spoken.has(promise.id)) continue;
    const party = partyKey(promise.speaker);
    const candidates = laterStatements
      .after(topicKeys(promise, party?.key ?? null), range(promise.saidOn), MOST_SUGGESTED)
      .map(({ kind, id }): LinkEnd => ({ kind, id }));
    found.push(
      finish(
        {
          record: { kind: 'statement', id: promise.id },
          statement: null,
          party,
          addressee: promise.addressee?.name ?? null,
          amount: null,
          words: promise.content,
          place: null,
          period: null,
          saidOn: promise.saidOn,
        },
        null,
        candidates,
      ),
    );
  }
  return found
    .map((one) => ({ one, at: range(one.saidOn ?? one.period)?.from ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => (a.at === b.at ? (a.one.record.id < b.one.record.id ? -1 : 1) : a.at - b.at))
    .map(({ one }) => one);
}

/**
 * How much of a pledge a report reports, in percent, as the prints of both allow: 4.4 of 12 million is 35 to 39 %.
 * Null where they are of different units, or nothing was pledged that could be a whole.
 */
export function shareOf(report: Quantity, pledge: Quantity): CommitmentReport['share'] {
  const isChange = report.amount.bound === 'change' || pledge.amount.bound === 'change';
  if (isChange || report.amount.unit !== pledge.amount.unit) return null;
  const low = percent(report.printed.low, pledge.printed.high);
  const high = percent(report.printed.high, pledge.printed.low);
  return low === null && high === null ? null : { low, high };
}

function percent(part: Interval['low'], whole: Interval['high']): number | null {
  return Number.isFinite(part) && Number.isFinite(whole) && whole > 0 ? (part / whole) * 100 : null;
}

const range = (edtf: string | null): DateRange | null => (edtf === null ? null : dateRange(edtf));

/** Whoever an actor is by their id or by a name that only they have; else by the name as it is written. */
function partyReader(names: Names) {
  const byName = new Map<string, string | null>();
  for (const { id, name, aliases } of names.actors)
    for (const one of new Set([name, ...aliases].map(fold))) byName.set(one, byName.has(one) ? null : id);
  const nameOf = new Map(names.actors.map(({ id, name }) => [id, name]));
  return (party: { actor: string | null; name: string } | null) => {
    if (party === null) return null;
    const key = party.actor ?? byName.get(fold(party.name)) ?? fold(party.name);
    return { key, name: nameOf.get(key) ?? party.name };
  };
}

/** What a figure is a figure of: measure, unit, place and party together. */
function figureKey({ measure, amount, place, party }: Quantity): string {
  return [measure, amount.unit ?? '', place?.key ?? '', party?.key ?? ''].join('\n');
}

/** What a statement is about, by whom: one key for each topic. Nobody's statements are about nothing. */
function topicKeys(statement: AnalysedStatement, speaker: string | null): string[] {
  return speaker === null
    ? []
    : [...new Set(statement.topics.map(fold))].map((topic) => `${speaker}\n${topic}`);
}

/**
 * Finds the promise a figure was pledged in: the one it is linked to as a part, or the one whose passage it stands in.
 */
function promiseFinder(promises: AnalysedStatement[], links: CommitmentRecords['links']) {
  const byId = new Map(promises.map((promise) => [promise.id, promise]));
  const partOf = new Map<string, AnalysedStatement>();
  for (const { from, to, link } of links) {
    const promise = byId.get(to.id);
    if (link === 'part-of' && promise) partOf.set(from.id, promise);
  }
  const bySource = new Map<string, { start: number; end: number; promise: AnalysedStatement }[]>();
  for (const promise of promises) {
    for (const { source, start, end } of promise.passages) {
      const places = bySource.get(source);
      if (places) places.push({ start, end, promise });
      else bySource.set(source, [{ start, end, promise }]);
    }
  }
  for (const places of bySource.values()) places.sort((a, b) => a.start - b.start);
  return (figure: AnalysedFigure): AnalysedStatement | null => {
    const drawn = partOf.get(figure.id);
    if (drawn) return drawn;
    for (const { source, start, end } of figure.passages) {
      const places = bySource.get(source) ?? [];
      // The last that begins before it; promises do not stand inside one another but rarely, and then one is enough.
      for (let at = firstAfter(places, start) - 1; at >= Math.max(0, firstAfter(places, start) - 3); at--)
        if (places[at]!.end >= end) return places[at]!.promise;
    }
    return null;
  };
}

function firstAfter(places: readonly { start: number }[], start: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]!.start <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function linksTo(links: CommitmentRecords['links']) {
  const found = new Map<string, { from: LinkEnd; link: LinkKind }[]>();
  for (const { from, to, link } of links) {
    if (!REPORTS.has(link)) continue;
    const those = found.get(to.id);
    if (those) those.push({ from, link });
    else found.set(to.id, [{ from, link }]);
  }
  return found;
}

/** Records by key in order of time, to find those of a key that come after a time. Undated ones come after nothing. */
function laterOf<R extends { id: string }>(
  records: readonly R[],
  keysOf: (record: R) => string[],
  timeOf: (record: R) => DateRange | null,
) {
  const byKey = new Map<string, { start: number; record: R }[]>();
  for (const record of records) {
    const time = timeOf(record);
    if (time === null) continue;
    for (const key of keysOf(record)) {
      const those = byKey.get(key);
      const entry = { start: time.from, record };
      if (those) those.push(entry);
      else byKey.set(key, [entry]);
    }
  }
  for (const those of byKey.values())
    those.sort((a, b) => a.start - b.start || (a.record.id < b.record.id ? -1 : 1));
  return {
    /** Those of these keys that begin after `time` began, the soonest first, at most so many. */
    after(keys: string[], time: DateRange | null, most: number): R[] {
      const found = new Map<string, { start: number; record: R }>();
      for (const key of keys) {
        const those = byKey.get(key) ?? [];
        const at = time === null ? 0 : firstAfter(those, time.from);
        for (const entry of those.slice(at, at + most)) found.set(entry.record.id, entry);
      }
      return [...found.values()]
        .sort((a, b) => a.start - b.start || (a.record.id < b.record.id ? -1 : 1))
        .slice(0, most)
        .map(({ record }) => record);
    },
  };
}
