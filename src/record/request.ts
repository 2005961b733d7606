// A request: whom the team asked what before publishing, by which means, and what came of it. The right of reply.
import { z } from 'zod';
import { Id, Instant, Party } from './common.ts';
import { EdtfDate } from './date.ts';
import { LinkEnd } from './link.ts';
import { ContactMeans, RequestOutcome, Sensitivity } from './vocabulary.ts';

/** What a person may write on a request. */
export const RequestContent = z.object({
  askedOf: Party.meta({ title: 'Asked of' }),
  question: z.string().min(1).max(5000).meta({ title: 'What was asked' }),
  about: z.array(LinkEnd).max(50).meta({ title: 'About', description: 'The records it is about.' }),
  means: ContactMeans.meta({ title: 'By' }),
  askedOn: EdtfDate.meta({ title: 'Asked on' }),
  due: EdtfDate.nullable().meta({ title: 'Answer wanted by' }),
  outcome: RequestOutcome.meta({ title: 'What came of it' }),
  answeredOn: EdtfDate.nullable().meta({ title: 'Answered on' }),
  answer: Id.nullable().meta({ title: 'The answer', description: 'The statement it was given in.' }),
  note: z
    .string()
    .max(5000)
    .nullable()
    .meta({ title: 'Note', description: 'For the team; never published.' }),
  sensitivity: Sensitivity,
});
export type RequestContent = z.infer<typeof RequestContent>;

/** A request as stored. */
export const Request = z
  .object({
    id: Id,
    dossier: Id,
    ...RequestContent.shape,
    version: z.int().min(1),
    createdAt: Instant,
    createdBy: Id,
    updatedAt: Instant,
    updatedBy: Id,
  })
  .meta({ id: 'Request', title: 'Request' });
export type Request = z.infer<typeof Request>;
