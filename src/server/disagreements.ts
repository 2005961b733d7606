// Disagreements over HTTP: the queue of what was found and filed, judging it, and filing one by hand.
import { z } from 'zod';
import english from '../../locales/en.json' with { type: 'json' };
import french from '../../locales/fr.json' with { type: 'json' };
import type { Analysis } from '../analysis/analysis.ts';
import { type Finding, inOrder } from '../analysis/finding.ts';
import { makeMessages } from '../language/messages.ts';
import { stepInWords } from '../language/wording.ts';
import { canonicalJson } from '../log/entry.ts';
import { Disagreement, DisagreementDecision, Working } from '../record/disagreement.ts';
import { Figure } from '../record/figure.ts';
import { Incident } from '../record/incident.ts';
import { LinkEnd } from '../record/link.ts';
import { problem } from '../record/problem.ts';
import { several } from '../record/record-query.ts';
import { Statement } from '../record/statement.ts';
import { DisagreementKind, DisagreementState, LinkKind } from '../record/vocabulary.ts';
import { decideDisagreements, fileDisagreement, listDisagreements } from '../store/disagreements.ts';
import { readDossier } from '../store/dossiers.ts';
import type { AnyRecord, RecordNoun } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { findValues } from '../store/values.ts';
import { analysisOf } from './analyses.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';

/** One line of the queue: a finding, what a person made of it, or both. */
export const DisagreementItem = z
  .object({
    /** Names it in addresses and decisions; stays the same when it is found again. */
    key: z.string(),
    kind: DisagreementKind,
    /** The check that found it; null when a person filed it. */
    check: z.string().nullable(),
    /** The records as found now; as they were when it was judged, where it is found no longer. */
    records: z.array(LinkEnd),
    working: Working,
    weight: z.number(),
    /** The link that upholding it draws from the first record to the second. */
    link: LinkKind.nullable(),
    state: DisagreementState,
    decision: Disagreement.nullable(),
    /** Whether what is found now differs from what was judged. */
    isStale: z.boolean(),
    /** Whether analysis finds it no longer; never so for what was filed by hand. */
    isGone: z.boolean(),
  })
  .meta({ id: 'DisagreementItem', title: 'Disagreement in the queue' });
export type DisagreementItem = z.infer<typeof DisagreementItem>;

/** A record in full, whatever its kind. */
export const RecordInFull = z.discriminatedUnion('kind', [Statement, Figure, Incident]);

/** What narrows the queue. */
export const DisagreementFilter = z.object({
  state: several(DisagreementState),
  kind: several(DisagreementKind),
  /** Only those that this record is part of. */
  record: z.guid().optional(),
});
type DisagreementFilter = z.infer<typeof DisagreementFilter>;

const DisagreementQuery = DisagreementFilter.extend({
  /** The key of the last item of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(30),
});

/** How many records of one item are told in full; the others are named. */
const IN_FULL = 12;

/** What is found: all of it, and what a record is part of. */
type Found = Pick<Analysis, 'findings' | 'of'>;

/**
 * The queue of a dossier: open ones first by weight, then what was judged, newest first. A decision belongs to the finding
 * with its key; where that is gone, to one of the same check that shares two of its records, or its only one.
 */
export function queueOf(analysis: Found, decisions: Disagreement[]): DisagreementItem[] {
  const findings = new Map(analysis.findings().map((finding) => [finding.key, finding]));
  const judged: DisagreementItem[] = [];
  for (const decision of decisions) {
    const finding = findings.get(decision.key) ?? successorOf(decision, analysis, findings);
    if (finding) findings.delete(finding.key);
    // Reopened and found no longer: there is nothing left to judge.
    else if (decision.foundBy !== null && decision.state === 'open') continue;
    judged.push(itemOf(finding ?? null, decision));
  }
  const open = judged.filter(({ state }) => state === 'open');
  const closed = judged.filter(({ state }) => state !== 'open').reverse();
  const fresh = inOrder(findings.values()).map((finding) => itemOf(finding, null));
  return [...open, ...fresh, ...closed];
}

function successorOf(
  decision: Disagreement,
  analysis: Found,
  free: ReadonlyMap<string, Finding>,
): Finding | undefined {
  if (decision.foundBy === null) return undefined;
  const wanted = Math.min(2, decision.records.length);
  const ids = new Set(decision.records.map(({ id }) => id));
  for (const { id } of decision.records) {
    const found = analysis
      .of(id)
      .find(
        (finding) =>
          free.has(finding.key) &&
          finding.check === decision.foundBy &&
          finding.records.filter((end) => ids.has(end.id)).length >= wanted,
      );
    if (found) return found;
  }
  return undefined;
}

function itemOf(finding: Finding | null, decision: Disagreement | null): DisagreementItem {
  const { kind, records, working } = (finding ?? decision)!;
  return {
    key: decision?.key ?? finding!.key,
    ...{ kind, records, working },
    check: finding?.check ?? decision!.foundBy,
    weight: finding?.weight ?? 0,
    link: finding?.link ?? null,
    state: decision?.state ?? 'open',
    decision,
    isStale:
      finding !== null &&
      decision !== null &&
      // A database gives the members of an object back in an order of its own.
      canonicalJson([finding.working, finding.records]) !==
        canonicalJson([decision.working, decision.records]),
    // What was upheld stands in its link: analysis has nothing more to say of it.
    isGone: finding === null && decision !== null && decision.foundBy !== null && decision.link === null,
  };
}

/** The queue of a dossier as it stands. */
export async function readQueue(store: Store, dossier: string): Promise<DisagreementItem[]> {
  const decisions = await listDisagreements(store, dossier);
  return queueOf(await analysisOf(store, dossier), decisions);
}

function narrow(items: DisagreementItem[], filter: DisagreementFilter): DisagreementItem[] {
  return items.filter(
    ({ state, kind, records }) =>
      (filter.state.length === 0 || filter.state.includes(state)) &&
      (filter.kind.length === 0 || filter.kind.includes(kind)) &&
      (filter.record === undefined || records.some(({ id }) => id === filter.record)),
  );
}

function countBy<Key extends string>(keys: Iterable<Key>): Partial<Record<Key, number>> {
  const counts: Partial<Record<Key, number>> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

/** The records of some items in full. */
export async function recordsOfEnds(store: Store, dossier: string, ends: LinkEnd[]): Promise<AnyRecord[]> {
  const found = await Promise.all(
    (['statement', 'figure', 'incident'] as const).map((noun) =>
      findValues<RecordNoun>(store.read, noun, dossier, [
        ...new Set(ends.flatMap((end) => (end.kind === noun ? [end.id] : []))),
      ]),
    ),
  );
  return found.flat();
}

const WORDS = { en: makeMessages('en', english, english), fr: makeMessages('fr', french, english) };

export const disagreements = {
  'GET /dossiers/:dossier/disagreements': endpoint({
    summary: 'What does not fit: found by analysis or filed by hand, with its working and its records',
    permission: 'record.read',
    params: InDossier,
    query: DisagreementQuery.extend({
      /** The language of the workings in a table. */
      lang: z.enum(['en', 'fr']).default('en'),
    }),
    answer: z.object({
      items: z.array(DisagreementItem),
      /** The records of these items in full, at most twelve of each. */
      records: z.array(RecordInFull),
      next: z.string().nullable(),
      total: z.int(),
      /** Of the whole queue, whatever narrows this page. */
      counts: z.object({
        state: z.partialRecord(DisagreementState, z.int()),
        /** Of those in the states asked for. */
        kind: z.partialRecord(DisagreementKind, z.int()),
      }),
    }),
    csv: {
      table: 'disagreement',
      name: 'disagreements',
      pages: async function* ({ store, params, query }) {
        const { id } = await readDossier(store, params.dossier);
        const m = WORDS[query.lang];
        yield narrow(await readQueue(store, id), query).map((item) => ({
          ...item,
          explanation: item.decision?.explanation ?? null,
          reason: item.decision?.reason ?? null,
          decidedAt: item.decision?.updatedAt ?? null,
          working: item.working.map((step) => stepInWords(step, m)).join(' '),
          records: item.records.map((end) => `${end.kind}:${end.id}`),
        }));
      },
    },
    handle: async ({ store, params, query }) => {
      const { id } = await readDossier(store, params.dossier);
      const all = await readQueue(store, id);
      const found = narrow(all, query);
      const after = query.cursor === undefined ? -1 : found.findIndex((item) => item.key === query.cursor);
      if (query.cursor !== undefined && after < 0) throw problem('request.cursor');
      const items = found.slice(after + 1, after + 1 + query.limit);
      const ends = items.flatMap((item) => item.records.slice(0, IN_FULL));
      return {
        items,
        records: await recordsOfEnds(store, id, ends),
        next: after + 1 + items.length < found.length ? items.at(-1)!.key : null,
        total: found.length,
        counts: {
          state: countBy(all.map(({ state }) => state)),
          kind: countBy(narrow(all, { ...query, kind: [] }).map(({ kind }) => kind)),
        },
      };
    },
  }),
  'GET /dossiers/:dossier/disagreements/:key': endpoint({
    summary: 'One disagreement with its records in full',
    permission: 'record.read',
    /** Its key, or the id of what was decided about it. */
    params: InDossier.extend({ key: z.string().max(200) }),
    answer: z.object({ item: DisagreementItem, records: z.array(RecordInFull) }),
    handle: async ({ store, params }) => {
      const { id } = await readDossier(store, params.dossier);
      const { key } = params;
      const item = (await readQueue(store, id)).find((one) => one.key === key || one.decision?.id === key);
      if (!item) throw problem('not-found', { what: 'disagreement' });
      return { item, records: await recordsOfEnds(store, id, item.records) };
    },
  }),
  'POST /dossiers/:dossier/disagreements/decide': endpoint({
    summary: 'Uphold, explain, dismiss or reopen one or many, all or none; one step for undo',
    permission: 'record.write',
    params: InDossier,
    body: z.object({
      items: z
        .array(z.object({ key: z.string().max(200), version: z.int().nullable() }))
        .min(1)
        .max(500),
      decision: DisagreementDecision.refine(
        ({ state, explanation }) => state !== 'explained' || explanation !== null,
        { path: ['explanation'], message: 'Say which explanation it is.' },
      ),
    }),
    answer: z.object({ disagreements: z.array(Disagreement) }),
    handle: async ({ store, params, body, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      const queue = new Map((await readQueue(store, id)).map((item) => [item.key, item]));
      const wanted = new Map(body.items.map((item) => [item.key, item]));
      const found = [...wanted.values()].map(({ key, version }) => {
        const item = queue.get(key);
        if (!item) throw problem('not-found', { what: 'disagreement' });
        const { kind, records, working, check, link } = item;
        return { key, kind, records, working, foundBy: check, link, version };
      });
      return { disagreements: await decideDisagreements(store, writer(id), found, body.decision) };
    },
  }),
  'POST /dossiers/:dossier/disagreements': endpoint({
    summary: 'File a disagreement by hand',
    permission: 'record.write',
    params: InDossier,
    body: z.object({
      kind: DisagreementKind,
      records: z.array(LinkEnd).min(1).max(50),
      /** What does not fit; said as the first line of its working. */
      words: z.string().trim().min(1).max(5000),
    }),
    answer: Disagreement,
    status: 201,
    handle: async ({ store, params, body, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      return fileDisagreement(store, writer(id), body);
    },
  }),
};
