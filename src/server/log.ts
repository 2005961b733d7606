// The log for everybody: checkpoint, tiles and key at the addresses C2SP tlog-tiles fixes; and proofs of entries.
import { Hono } from 'hono';
import { z } from 'zod';
import { Id } from '../record/common.ts';
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
    permission: 'log.read',
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
  'GET /entries/:id/proof': endpoint({
    summary: 'The tlog-proof of an entry',
    permission: 'log.read',
    params: z.object({ id: Id }),
    answer: null,
    handle: async ({ store, params, context }) => {
      const entry = await store.read
        .selectFrom('entries')
        .select('logIndex')
        .where('id', '=', params.id)
        .executeTakeFirst();
      if (!entry) throw problem('not-found', { what: 'entry' });
      if (entry.logIndex === null || entry.logIndex >= store.log.status().size) throw problem('log.not-yet');
      return context.body(await store.log.proof(entry.logIndex), 200, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Disposition': `attachment; filename="${params.id}.tlog-proof"`,
      });
    },
  }),
  'GET /entries/:id/leaf': endpoint({
    summary: 'What is needed to check an entry by hand: head, payload, salts and leaf',
    permission: 'log.read',
    params: z.object({ id: Id }),
    answer: z.object({
      head: z.object({
        at: z.string(),
        who: Id,
        action: z.string(),
        dossier: Id.nullable(),
        subject: Id,
      }),
      headSalt: z.string(),
      payload: z.unknown(),
      salt: z.string().nullable(),
      headCommitment: z.string(),
      commitment: z.string(),
      index: z.int().nullable(),
    }),
    handle: async ({ store, params }) => {
      const row = await store.read
        .selectFrom('entries')
        .selectAll()
        .where('id', '=', params.id)
        .executeTakeFirst();
      if (!row) throw problem('not-found', { what: 'entry' });
      return {
        head: { at: row.at, who: row.who, action: row.action, dossier: row.dossier, subject: row.subject },
        headSalt: row.headSalt.toString('base64'),
        payload: row.payload === null ? null : JSON.parse(row.payload),
        salt: row.salt?.toString('base64') ?? null,
        headCommitment: row.headCommitment.toString('base64'),
        commitment: row.commitment.toString('base64'),
        index: row.logIndex,
      };
    },
  }),
};
