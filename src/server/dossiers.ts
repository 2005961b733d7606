// Dossiers over HTTP, and what a person did in them: entries, undo, redo.
import { z } from 'zod';
import { Id } from '../record/common.ts';
import { Dossier, DossierContent, NewDossier } from '../record/dossier.ts';
import { Entry } from '../record/entry.ts';
import { RecordKind, Status } from '../record/vocabulary.ts';
import { countRecords, createDossier, editDossier, listDossiers, readDossier } from '../store/dossiers.ts';
import { readEntries, readHistory, redo, undo } from '../store/history.ts';
import { endpoint } from './endpoint.ts';

/** Names a dossier by id or by its name in addresses. */
export const InDossier = z.object({ dossier: z.string().max(80) });

const Undone = z
  .object({
    batch: Id,
    action: z.string(),
    /** How many rows; `rows` holds the first of them. */
    count: z.int(),
    rows: z.array(z.object({ noun: z.string(), id: Id, value: z.unknown() })),
  })
  .meta({ id: 'Undone' });

export const dossiers = {
  'GET /dossiers': endpoint({
    summary: 'All dossiers, with what is in them',
    permission: 'dossier.read',
    answer: z.object({
      dossiers: z.array(Dossier.extend({ sources: z.int(), records: z.int(), suggested: z.int() })),
    }),
    handle: async ({ store }) => ({ dossiers: await listDossiers(store) }),
  }),
  'POST /dossiers': endpoint({
    summary: 'Make a dossier',
    permission: 'dossier.create',
    body: NewDossier,
    answer: Dossier,
    status: 201,
    handle: ({ store, account, body }) => createDossier(store, account.id, body),
  }),
  'GET /dossiers/:dossier': endpoint({
    summary: 'A dossier',
    permission: 'dossier.read',
    params: InDossier,
    answer: Dossier,
    handle: ({ store, params }) => readDossier(store, params.dossier),
  }),
  'GET /dossiers/:dossier/counts': endpoint({
    summary: 'How many records of each kind and status a dossier has',
    permission: 'record.read',
    params: InDossier,
    answer: z.object({
      counts: z.array(z.object({ kind: RecordKind, status: Status, count: z.int() })),
    }),
    handle: async ({ store, params }) => ({
      counts: await countRecords(store, (await readDossier(store, params.dossier)).id),
    }),
  }),
  'PATCH /dossiers/:dossier': endpoint({
    summary: 'Change what a dossier says of itself',
    permission: 'dossier.edit',
    params: InDossier,
    body: DossierContent.partial().extend({ version: z.int() }),
    answer: Dossier,
    handle: async ({ store, params, body: { version, ...content }, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      return editDossier(store, writer(id), version, content);
    },
  }),
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
    handle: async ({ store, params, query }) => {
      const { id } = await readDossier(store, params.dossier);
      if (query.subject) return { entries: await readHistory(store, id, query.subject), next: null };
      return readEntries(store, id, { before: query.before ?? null, limit: query.limit });
    },
  }),
  'POST /dossiers/:dossier/undo': endpoint({
    summary: 'Take back the newest thing you did here',
    permission: 'record.write',
    params: InDossier,
    answer: Undone,
    handle: async ({ store, params, writer }) =>
      undo(store, writer((await readDossier(store, params.dossier)).id)),
  }),
  'POST /dossiers/:dossier/redo': endpoint({
    summary: 'Do again what you took back last',
    permission: 'record.write',
    params: InDossier,
    answer: Undone,
    handle: async ({ store, params, writer }) =>
      redo(store, writer((await readDossier(store, params.dossier)).id)),
  }),
};
