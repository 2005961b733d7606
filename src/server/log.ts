// The log for everybody: checkpoint, tiles and key at the addresses C2SP tlog-tiles fixes; and its state for the desk.
import { Hono } from 'hono';
import { z } from 'zod';
import { problem } from '../record/problem.ts';
import type { Store } from '../store/store.ts';
import { endpoint } from './endpoint.ts';

/** The public log. Tiles never change; the checkpoint is fresh for a few seconds. */
export function publicLog(store: Store): Hono {
  return new Hono()
    .get('/checkpoint', async (context) => {
      const text = await store.log.checkpoint();
      return context.body(text, 200, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Cache-Control': 'max-age=2',
      });
    })
    .get('/key', (context) => context.text(`${store.log.status().vkey}\n`))
    .get('/tile/*', async (context) => {
      const bytes = await store.log.tile(context.req.path.slice(context.req.path.indexOf('/tile/') + 1));
      if (!bytes) throw problem('not-found', { what: 'tile' });
      return context.body(new Uint8Array(bytes), 200, {
        'Content-Type': 'application/octet-stream',
        'Cache-Control': 'max-age=31536000, immutable',
      });
    });
}

/** The state of the log, for the desk. */
export const LogStatus = z
  .object({
    origin: z.string(),
    vkey: z.string(),
    size: z.int(),
    root: z.string(),
    at: z.string().nullable(),
    checkpoint: z.string(),
    /** Why nothing is signed any more, as a sentence; null while all is well. */
    halted: z.string().nullable(),
  })
  .meta({ id: 'LogStatus', title: 'Log' });

export const log = {
  'GET /log': endpoint({
    summary: 'The state of the log',
    permission: 'house.read',
    answer: LogStatus,
    handle: async ({ store }) => {
      const { origin, vkey, size, root, at, halted } = store.log.status();
      return {
        origin,
        vkey,
        size,
        root,
        at,
        halted: halted?.message ?? null,
        checkpoint: await store.log.checkpoint(),
      };
    },
  }),
};
