// A record's figure as a quantity: measure, place and party looked up, and what the print allows.
import { fold, scopeReader } from '../record/comparable.ts';
import { printedInterval } from './interval.ts';
import type { AnalysedFigure, Names } from './names.ts';
import type { Quantity } from './quantity.ts';

/** The part of a figure that its quantity is read from. */
export type ReadFigure = Omit<AnalysedFigure, 'passages'> & { passages: readonly { source: string }[] };

/**
 * Reads figures as quantities: makes the look-ups once for many. Figures of one party, place or period share the object that
 * says so, which is what keeps a hundred thousand of them small.
 */
export function quantityReader(names: Names): (figure: ReadFigure) => Quantity {
  const readScope = scopeReader(names);
  const actors = new Map(names.actors.map((actor) => [actor.id, actor]));
  const byName = new Map<string, string | null>();
  for (const actor of names.actors) {
    for (const name of new Set([actor.name, ...actor.aliases].map(fold)))
      byName.set(name, byName.has(name) ? null : actor.id);
  }
  const parties = new Map<string, NonNullable<Quantity['party']>>();
  const strings = new Map<string, string>();
  const shared = (text: string) => {
    const known = strings.get(text);
    if (known !== undefined) return known;
    strings.set(text, text);
    return text;
  };
  const partyOf = (party: NonNullable<AnalysedFigure['accordingTo']>) => {
    const written = `${party.actor ?? ''}\n${party.name}`;
    let known = parties.get(written);
    if (known === undefined) {
      const key = party.actor ?? byName.get(fold(party.name)) ?? fold(party.name);
      known = { key, name: actors.get(key)?.name ?? party.name };
      parties.set(written, known);
    }
    return known;
  };
  return (figure) => {
    const scope = readScope(figure);
    const amount = {
      bound: figure.bound,
      value: figure.value,
      low: figure.low,
      high: figure.high,
      unit: scope.amount.unit,
    };
    // Whoever gives a number without saying whose it is speaks for itself.
    const party = figure.accordingTo ?? figure.reportedBy;
    return {
      id: figure.id,
      measure: scope.measure,
      counted: shared(figure.counted),
      series: scope.series,
      repeats: scope.repeats,
      modality: figure.modality,
      amount,
      printed: printedInterval(amount),
      place: scope.place,
      period: scope.period,
      party: party && partyOf(party),
      source: scope.source === null ? null : shared(scope.source),
      baseline: scope.baseline,
      equivalents: figure.equivalents,
      method: figure.method === null ? null : shared(figure.method),
    };
  };
}

/** One figure as a quantity; of many, `quantityReader` is faster. */
export function quantityOf(figure: ReadFigure, names: Names): Quantity {
  return quantityReader(names)(figure);
}
