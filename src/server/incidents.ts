// Incidents over HTTP.
import { IncidentContent } from '../record/incident.ts';
import { recordEndpoints } from './records.ts';

export const incidents = recordEndpoints('incident', 'incidents', IncidentContent);
