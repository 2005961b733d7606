// An incident: what was done, by whom, to whom. In shape, the HURIDOCS Events Standard Formats:
// an event of acts, each with perpetrators and their involvement, victims as counting units, and what befell things.
import { z } from 'zod';
import { Party, PlaceMention } from './common.ts';
import { EdtfDate } from './date.ts';
import { RecordBase, RecordContent } from './record.ts';
import { ActKind, Bound, CountingUnit, Involvement, ThingFate } from './vocabulary.ts';

/** A count inside an incident: the same words as a figure's, without its sources. */
export const Count = z
  .object({
    bound: Bound,
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
  })
  .meta({ id: 'Count', title: 'Count' });

/** Those an act was done to. Described, never named: a witness or victim has a pseudonym. */
export const Victims = z
  .object({ unit: CountingUnit, count: Count.nullable(), description: z.string().max(500).nullable() })
  .meta({ id: 'Victims', title: 'Victims' });

/** Things seized, destroyed, removed. */
export const Things = z
  .object({ what: z.string().min(1).max(200), fate: ThingFate, count: Count.nullable() })
  .meta({ id: 'Things', title: 'Things' });

/** One thing that was done. */
export const Act = z
  .object({
    kind: ActKind,
    method: z.string().max(500).nullable(),
    perpetrators: z.array(z.object({ party: Party, involvement: Involvement })).max(30),
    victims: z.array(Victims).max(30),
    things: z.array(Things).max(50),
    /** The reason those who did it gave. */
    statedReason: z.string().max(2000).nullable(),
    outcome: z.string().max(2000).nullable(),
  })
  .meta({ id: 'Act', title: 'Act' });
export type Act = z.infer<typeof Act>;

/** What a person may write on an incident. */
export const IncidentContent = z.object({
  title: z.string().min(1).max(300).meta({ title: 'Title' }),
  occurredOn: EdtfDate.nullable().meta({ title: 'When' }),
  place: PlaceMention.nullable().meta({ title: 'Place' }),
  acts: z.array(Act).min(1).max(30).meta({ title: 'Acts' }),
  ...RecordContent,
});
export type IncidentContent = z.infer<typeof IncidentContent>;

/** An incident as stored. */
export const Incident = z
  .object({ kind: z.literal('incident'), ...RecordBase, ...IncidentContent.shape })
  .meta({ id: 'Incident', title: 'Incident', description: 'What was done, by whom, to whom.' });
export type Incident = z.infer<typeof Incident>;
