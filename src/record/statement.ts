// A statement: who said what, to whom, where and when. Who reports it and who said it are two different parties.
import { z } from 'zod';
import { Party } from './common.ts';
import { EdtfDate } from './date.ts';
import { RecordBase, RecordContent } from './record.ts';
import { SpeechAct, StatementMode, Venue } from './vocabulary.ts';

/** What a person may write on a statement. */
export const StatementContent = z.object({
  content: z
    .string()
    .min(1)
    .max(20_000)
    .meta({ title: 'What was said', description: 'The exact words, or the reported clause.' }),
  mode: StatementMode.meta({ title: 'How' }),
  act: SpeechAct.meta({ title: 'Speech act' }),
  speaker: Party.nullable().meta({ title: 'Speaker' }),
  reporter: Party.nullable().meta({ title: 'Reported by' }),
  addressee: Party.nullable().meta({ title: 'To whom' }),
  venue: Venue.nullable().meta({ title: 'Where' }),
  saidOn: EdtfDate.nullable().meta({ title: 'When' }),
  topics: z.array(z.string().min(1).max(120)).max(20).meta({ title: 'About' }),
  ...RecordContent,
});
export type StatementContent = z.infer<typeof StatementContent>;

/** A statement as stored. */
export const Statement = z
  .object({ kind: z.literal('statement'), ...RecordBase, ...StatementContent.shape })
  .meta({ id: 'Statement', title: 'Statement', description: 'Who said what.' });
export type Statement = z.infer<typeof Statement>;
