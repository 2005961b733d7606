// Commitments over HTTP: what was pledged, by whom, for when, and what was reported of it later.
import { sql } from 'kysely';
import { z } from 'zod';
import { type Commitment, commitmentsOf } from '../analysis/commitments.ts';
import { StepAmount } from '../record/disagreement.ts';
import { LinkEnd } from '../record/link.ts';
import { problem } from '../record/problem.ts';
import { several } from '../record/record-query.ts';
import { LinkKind } from '../record/vocabulary.ts';
import { readDossier } from '../store/dossiers.ts';
import { listNamed } from '../store/named.ts';
import { fromRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { RecordInFull, recordsOfEnds } from './disagreements.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';

const Report = z
  .object({
    record: LinkEnd,
    /** The link a person drew; null where it is only suggested. */
    link: LinkKind.nullable(),
    amount: StepAmount.nullable(),
    /** How much of what was pledged, in percent: every share that both prints allow. */
    share: z.object({ low: z.number().nullable(), high: z.number().nullable() }).nullable(),
  })
  .meta({ id: 'CommitmentReport' });

/** One commitment. */
export const CommitmentItem = z
  .object({
    record: LinkEnd,
    /** The promise that a figure was pledged in. */
    statement: z.guid().nullable(),
    party: z.object({ key: z.string(), name: z.string() }).nullable(),
    addressee: z.string().nullable(),
    amount: StepAmount.nullable(),
    words: z.string(),
    place: z.string().nullable(),
    period: z.string().nullable(),
    saidOn: z.string().nullable(),
    reports: z.array(Report),
    suggestions: z.array(Report),
    state: z.enum(['open', 'reported']),
  })
  .meta({ id: 'Commitment', title: 'Commitment' });

const CommitmentQuery = z.object({
  state: several(z.enum(['open', 'reported'])),
  /** Keys of parties, as the answer counts them. */
  party: several(z.string().max(300)),
  /** The id of the last commitment of the page before. */
  cursor: z.guid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/**
 * Every commitment of a dossier, in order of time. Only what could be one, or could be about one, is read: figures under
 * the pledged units, statements under the promises' topics.
 */
async function readCommitments(store: Store, dossier: string): Promise<Commitment[]> {
  const standing = ['accepted', 'corrected'] as const;
  const figureRows = () =>
    store.read
      .selectFrom('figures')
      .selectAll()
      .where('dossier', '=', dossier)
      .where('sensitivity', '<>', 'sealed')
      .where('status', 'in', [...standing]);
  const statementRows = () =>
    store.read
      .selectFrom('statements')
      .selectAll()
      .where('dossier', '=', dossier)
      .where('sensitivity', '<>', 'sealed')
      .where('status', 'in', [...standing]);
  const pledged = await figureRows().where('modality', '=', 'pledged').execute();
  const promised = await statementRows().where('act', '=', 'promises').execute();
  if (pledged.length + promised.length === 0) return [];
  const links = await listNamed(store, 'link', dossier);
  const [measures, places, actors] = await Promise.all([
    listNamed(store, 'measure', dossier),
    listNamed(store, 'place', dossier),
    listNamed(store, 'actor', dossier),
  ]);
  // What people linked is about a pledge whatever it counts.
  const own = new Set([...pledged, ...promised].map(({ id }) => id));
  const ids = [...new Set(links.flatMap(({ from, to }) => (own.has(to.id) ? [from.id] : [])))];
  const units = [...new Set(pledged.map(({ unit }) => unit))];
  const figures =
    pledged.length === 0 && ids.length === 0
      ? []
      : await figureRows()
          .where('modality', '!=', 'pledged')
          .where((where) =>
            where.or([
              ...(units.includes(null) ? [where('unit', 'is', null)] : []),
              ...(units.some((unit) => unit !== null)
                ? [
                    where(
                      'unit',
                      'in',
                      units.filter((unit) => unit !== null),
                    ),
                  ]
                : []),
              ...(ids.length > 0 ? [where('id', 'in', ids)] : []),
            ]),
          )
          .execute();
  const topics = [...new Set(promised.flatMap((row) => row.topics))];
  const statements =
    topics.length === 0 && ids.length === 0
      ? []
      : await statementRows()
          .where('act', '!=', 'promises')
          .where((where) =>
            where.or([
              ...(topics.length > 0 ? [sql<boolean>`topics ?| array[${sql.join(topics)}]::text[]`] : []),
              ...(ids.length > 0 ? [where('id', 'in', ids)] : []),
            ]),
          )
          .execute();
  return commitmentsOf({
    figures: [...pledged, ...figures].map((row) => fromRow('figure', row)),
    statements: [...promised, ...statements].map((row) => fromRow('statement', row)),
    links,
    names: { measures, places, actors },
  });
}

function narrow(all: Commitment[], query: Pick<z.infer<typeof CommitmentQuery>, 'state' | 'party'>) {
  return all.filter(
    ({ state, party }) =>
      (query.state.length === 0 || query.state.includes(state)) &&
      (query.party.length === 0 || (party !== null && query.party.includes(party.key))),
  );
}

export const commitments = {
  'GET /dossiers/:dossier/commitments': endpoint({
    summary: 'What was pledged, by whom, for when, and what was reported of it later',
    permission: 'record.read',
    params: InDossier,
    query: CommitmentQuery,
    answer: z.object({
      items: z.array(CommitmentItem),
      /** The records these name, in full. */
      records: z.array(RecordInFull),
      next: z.string().nullable(),
      total: z.int(),
      counts: z.object({
        open: z.int(),
        reported: z.int(),
        /** Whoever pledged something, with how much of it, the most first. */
        parties: z.array(z.object({ key: z.string(), name: z.string(), count: z.int() })),
      }),
    }),
    csv: {
      table: 'commitment',
      name: 'commitments',
      pages: async function* ({ store, params, query }) {
        const { id } = await readDossier(store, params.dossier);
        yield narrow(await readCommitments(store, id), query).map((one) => ({
          ...one,
          id: one.record.id,
          kind: one.record.kind,
          reports: one.reports.map(({ record }) => `${record.kind}:${record.id}`),
          share: one.reports.findLast(({ share }) => share !== null)?.share ?? null,
          suggestions: one.suggestions.map(({ record }) => `${record.kind}:${record.id}`),
        }));
      },
    },
    handle: async ({ store, params, query }) => {
      const { id } = await readDossier(store, params.dossier);
      const all = await readCommitments(store, id);
      const found = narrow(all, query);
      const after =
        query.cursor === undefined ? -1 : found.findIndex(({ record }) => record.id === query.cursor);
      if (query.cursor !== undefined && after < 0) throw problem('request.cursor');
      const items = found.slice(after + 1, after + 1 + query.limit);
      const parties = new Map<string, { key: string; name: string; count: number }>();
      for (const { party } of all) {
        if (party === null) continue;
        const known = parties.get(party.key);
        if (known) known.count++;
        else parties.set(party.key, { ...party, count: 1 });
      }
      const ends = items.flatMap((one): LinkEnd[] => [
        one.record,
        ...(one.statement === null ? [] : [{ kind: 'statement' as const, id: one.statement }]),
        ...[...one.reports, ...one.suggestions].map(({ record }) => record),
      ]);
      return {
        items,
        records: await recordsOfEnds(store, id, ends),
        next: after + 1 + items.length < found.length ? items.at(-1)!.record.id : null,
        total: found.length,
        counts: {
          open: all.filter(({ state }) => state === 'open').length,
          reported: all.filter(({ state }) => state === 'reported').length,
          parties: [...parties.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
        },
      };
    },
  }),
};
