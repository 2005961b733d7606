// Dossiers over HTTP, and taking back what a person did in them.
import { z } from 'zod';
import { Id } from '../record/common.ts';
import { Dossier, DossierContent, NewDossier } from '../record/dossier.ts';
import { RecordKind, Status } from '../record/vocabulary.ts';
import { countRecords, createDossier, editDossier, listDossiers, readDossier } from '../store/dossiers.ts';
import { redo, undo } from '../store/history.ts';
import { type Part, rolesOf } from '../store/memberships.ts';
import { type Call, endpoint } from './endpoint.ts';
import { May, ROLES, rightsOf, roleOf } from './permissions.ts';

/** Names a dossier by id or by its name in addresses. */
export const InDossier = z.object({ dossier: z.string().max(80) });

/** A dossier, and what whoever asks may do in it. */
const DossierWithRights = Dossier.extend({
  /** The role by which rights are looked up there. */
  role: z.enum(ROLES),
  /** Whether one is named to open what is sealed there. */
  opens: z.boolean(),
  may: May,
}).meta({ id: 'DossierWithRights' });

function rightsIn(account: Call<unknown, unknown, unknown>['account'], part: Part | null) {
  const asking = { house: account.role, dossier: part?.role ?? null };
  return {
    role: roleOf(asking, 'dossier'),
    opens: part?.opens ?? false,
    may: rightsOf(asking, 'dossier'),
  };
}

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
    summary: 'The dossiers whose team one belongs to, with what is in them',
    permission: 'dossier.list',
    answer: z.object({
      dossiers: z.array(
        DossierWithRights.extend({
          /** Null where one may not see how many there are. */
          sources: z.int().nullable(),
          records: z.int().nullable(),
          suggested: z.int().nullable(),
        }),
      ),
    }),
    handle: async ({ store, account, reach }) => {
      const roles = await rolesOf(store, account.id);
      const listed = await listDossiers(store, reach === 'all' ? null : [...roles.keys()]);
      return {
        dossiers: listed.map((dossier) => {
          const rights = rightsIn(account, roles.get(dossier.id) ?? null);
          const seen = { ...dossier, ...rights };
          if (rights.may['source.read'] !== 'all') seen.sources = null;
          return rights.may['record.read'] ? seen : { ...seen, records: null, suggested: null };
        }),
      };
    },
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
    summary: 'A dossier, and what one may do in it',
    permission: 'dossier.read',
    params: InDossier,
    answer: DossierWithRights,
    handle: async ({ store, params, account }) => {
      const dossier = await readDossier(store, params.dossier);
      return { ...dossier, ...rightsIn(account, (await rolesOf(store, account.id)).get(dossier.id) ?? null) };
    },
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
