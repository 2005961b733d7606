// An entry: one line of the log. Every change of a dossier is an entry; there is no other way to write.
import { z } from 'zod';
import { Id, Instant } from './common.ts';

/** Every action the log knows: noun of what changed, then the verb. */
export const Action = z
  .enum([
    'account.create',
    'account.change',
    'dossier.create',
    'dossier.edit',
    'dossier.publish',
    'dossier.export',
    'source.add',
    'source.edit',
    'source.read',
    'source.propose',
    'source.consult',
    'source.import',
    'source.publish',
    'source.unpublish',
    'statement.suggest',
    'statement.create',
    'statement.accept',
    'statement.reject',
    'statement.edit',
    'statement.withdraw',
    'statement.remove',
    'statement.publish',
    'statement.unpublish',
    'figure.suggest',
    'figure.create',
    'figure.accept',
    'figure.reject',
    'figure.edit',
    'figure.withdraw',
    'figure.remove',
    'figure.publish',
    'figure.unpublish',
    'incident.suggest',
    'incident.create',
    'incident.accept',
    'incident.reject',
    'incident.edit',
    'incident.withdraw',
    'incident.remove',
    'incident.publish',
    'incident.unpublish',
    'actor.create',
    'actor.edit',
    'actor.remove',
    'place.create',
    'place.edit',
    'place.remove',
    'measure.create',
    'measure.edit',
    'measure.remove',
    'link.create',
    'link.edit',
    'link.remove',
    'request.create',
    'request.edit',
    'request.remove',
    'disagreement.create',
    'disagreement.edit',
    'disagreement.publish',
    'disagreement.unpublish',
    'measure.publish',
    'measure.unpublish',
    'rates.add',
    'entry.undo',
    'entry.erase',
    'instance.restore',
  ])
  .meta({ id: 'Action' });
export type Action = z.infer<typeof Action>;

/** An entry as its dossier's team sees it. `index` is its place in the log, null until the sequencer gave it one. */
export const Entry = z
  .object({
    id: Id,
    dossier: Id.nullable(),
    at: Instant,
    who: Id,
    action: Action,
    subject: Id,
    /** Entries of one transaction share this. */
    batch: Id,
    /** The batch this one undoes, if it does. */
    undoes: Id.nullable(),
    index: z.int().min(0).nullable(),
    /** What was written; null once erased. */
    payload: z.unknown(),
    erased: z.boolean(),
  })
  .meta({ id: 'Entry', title: 'Entry', description: 'One line of the log.' });
export type Entry = z.infer<typeof Entry>;
