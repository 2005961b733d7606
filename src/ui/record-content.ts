// What a person may write on each kind of record, as the schemas that forms and histories are drawn from.
import { FigureContent } from '../record/figure.ts';
import { IncidentContent } from '../record/incident.ts';
import { StatementContent } from '../record/statement.ts';

/** The content schema of each kind of record. */
export const CONTENT = {
  statement: StatementContent,
  figure: FigureContent,
  incident: IncidentContent,
} as const;
