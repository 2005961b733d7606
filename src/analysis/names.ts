// What analysis is told beside the records: the dossier's measures, places and actors, and what a day is today.
import type { Actor } from '../record/actor.ts';
import type { Figure } from '../record/figure.ts';
import type { Incident } from '../record/incident.ts';
import type { Measure } from '../record/measure.ts';
import type { Place } from '../record/place.ts';
import type { Statement } from '../record/statement.ts';

/** The part of a record that analysis reads; what the public sees of one has it too. */
export type AnalysedStatement = Pick<
  Statement,
  | 'kind'
  | 'id'
  | 'content'
  | 'mode'
  | 'act'
  | 'speaker'
  | 'reporter'
  | 'addressee'
  | 'venue'
  | 'saidOn'
  | 'topics'
  | 'language'
> & { passages: AnalysedPassage[] };
export type AnalysedFigure = Pick<
  Figure,
  | 'kind'
  | 'id'
  | 'counted'
  | 'measure'
  | 'unit'
  | 'modality'
  | 'bound'
  | 'value'
  | 'low'
  | 'high'
  | 'equivalents'
  | 'baseline'
  | 'place'
  | 'period'
  | 'accordingTo'
  | 'reportedBy'
  | 'method'
> & { passages: AnalysedPassage[] };
export type AnalysedIncident = Pick<Incident, 'kind' | 'id' | 'title' | 'occurredOn' | 'place' | 'acts'> & {
  passages: AnalysedPassage[];
};
export type AnalysedRecord = AnalysedStatement | AnalysedFigure | AnalysedIncident;
/** Where a record stands: enough to tell whether two stand in one source, and how near. */
export type AnalysedPassage = { source: string; start: number; end: number; exact: string };

/** What is known beside the records. Public pages give what of it is public. */
export interface Names {
  measures: Pick<Measure, 'id' | 'name' | 'unit' | 'series' | 'repeats' | 'wordings'>[];
  places: Pick<Place, 'id' | 'name' | 'aliases' | 'parent'>[];
  actors: Pick<Actor, 'id' | 'name' | 'type' | 'aliases' | 'roles'>[];
}
