// Entries of a dossier over HTTP: its log, the history of one thing, and what is needed to check an entry by hand.
import { z } from 'zod';
import { Id } from '../record/common.ts';
import { Entry } from '../record/entry.ts';
import { problem } from '../record/problem.ts';
import { readDossier } from '../store/dossiers.ts';
import { readEntries, readHistory } from '../store/history.ts';
import { InDossier } from './dossiers.ts';
import { type Call, endpoint } from './endpoint.ts';

type May = Call<unknown, unknown, unknown>['may'];

const OneEntry = InDossier.extend({ id: Id });

/** The entry of the address; throws `not-found` where it is none of the dossier's, or not for this account. */
async function entryOf({
  store,
  params,
  may,
}: Pick<Call<z.infer<typeof OneEntry>, undefined, undefined>, 'store' | 'params' | 'may'>) {
  const { id } = await readDossier(store, params.dossier);
  const row = await store.read
    .selectFrom('entries')
    .selectAll()
    .where('id', '=', params.id)
    .where('dossier', '=', id)
    .executeTakeFirst();
  if (!row || !isFor({ action: row.action, payload: JSON.parse(row.payload ?? 'null') }, may))
    throw problem('not-found', { what: 'entry' });
  return row;
}

/** Whether an entry may be read by whoever has these rights, beside that of reading the log. */
function isFor({ action, payload }: Pick<Entry, 'action' | 'payload'>, may: May): boolean {
  if (may('witness.read') !== null) return true;
  // What was taken back says so in its payload, since its action does not tell.
  return !action.startsWith('witness.') && (payload as { noun?: string } | null)?.noun !== 'witness';
}

/** Entries as somebody with these rights may see them: not those about witnesses, nor which source one of them told. */
function forReader(entries: Entry[], may: May): Entry[] {
  if (may('witness.read') !== null) return entries;
  return entries
    .filter((entry) => isFor(entry, may))
    .map((entry) => ({ ...entry, payload: unnamed(entry.payload) }));
}

/** A payload without the witness in what it was and is. */
function unnamed(payload: unknown): unknown {
  if (payload === null || typeof payload !== 'object') return payload;
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]) => {
      if ((key !== 'before' && key !== 'after') || value === null || typeof value !== 'object')
        return [key, value];
      const { witness: _, ...rest } = value as Record<string, unknown>;
      return [key, rest];
    }),
  );
}

export const entries = {
  'GET /dossiers/:dossier/entries': endpoint({
    summary: 'The dossier’s log, newest first',
    permission: 'log.read',
    params: InDossier,
    query: z.object({
      before: z.coerce.number().int().optional(),
      subject: Id.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    answer: z.object({ entries: z.array(Entry), next: z.int().nullable() }),
    handle: async ({ store, params, query, may }) => {
      const { id } = await readDossier(store, params.dossier);
      if (query.subject)
        return { entries: forReader(await readHistory(store, id, query.subject), may), next: null };
      const page = await readEntries(store, id, { before: query.before ?? null, limit: query.limit });
      return { ...page, entries: forReader(page.entries, may) };
    },
  }),
  'GET /dossiers/:dossier/entries/:id/proof': endpoint({
    summary: 'The tlog-proof of an entry',
    permission: 'log.read',
    params: OneEntry,
    answer: null,
    handle: async (call) => {
      const { store, params, context } = call;
      const entry = await entryOf(call);
      if (entry.logIndex === null || entry.logIndex >= store.log.status().size) throw problem('log.not-yet');
      return context.body(await store.log.proof(entry.logIndex), 200, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Disposition': `attachment; filename="${params.id}.tlog-proof"`,
      });
    },
  }),
  'GET /dossiers/:dossier/entries/:id/leaf': endpoint({
    summary: 'What is needed to check an entry by hand: head, payload, salts and leaf',
    permission: 'log.read',
    params: OneEntry,
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
    handle: async (call) => {
      const row = await entryOf(call);
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
