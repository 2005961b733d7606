// The outbox over HTTP, for the owner of the house: letters that wait, to be copied and sent by hand where there is no mail server.
import { z } from 'zod';
import { Letter } from '../record/account.ts';
import { Id } from '../record/common.ts';
import { problem } from '../record/problem.ts';
import { listLetters, markSent, removeLetter, retryLetter } from '../store/letters.ts';
import { endpoint } from './endpoint.ts';

const OneLetter = z.object({ id: Id });

export const letters = {
  'GET /letters': endpoint({
    summary: 'Letters that wait, were sent or could not be sent; newest first',
    permission: 'house.edit',
    query: z.object({
      cursor: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.object({
      letters: z.array(Letter),
      next: z.string().nullable(),
      /** How many are not sent yet. */
      waiting: z.int(),
      /** Whether a mail server is set up. */
      mail: z.boolean(),
    }),
    handle: async ({ store, services, query }) => ({
      ...(await listLetters(store, query)),
      mail: Boolean(services.post),
    }),
  }),
  'POST /letters/:id/sent': endpoint({
    summary: 'Say that a letter was sent by hand; its words are forgotten',
    permission: 'house.edit',
    params: OneLetter,
    answer: null,
    handle: async ({ store, params, context }) => {
      await markSent(store, params.id);
      return context.body(null, 204);
    },
  }),
  'POST /letters/:id/retry': endpoint({
    summary: 'Have a letter sent again that could not be sent',
    permission: 'house.edit',
    params: OneLetter,
    answer: null,
    handle: async ({ store, services, params, context }) => {
      if (!services.post) throw problem('letter.no-mail');
      await retryLetter(store, params.id);
      services.post.poke();
      return context.body(null, 204);
    },
  }),
  'DELETE /letters/:id': endpoint({
    summary: 'Remove a letter',
    permission: 'house.edit',
    params: OneLetter,
    answer: null,
    handle: async ({ store, params, context }) => {
      await removeLetter(store, params.id);
      return context.body(null, 204);
    },
  }),
};
