// How many, over HTTP: a dossier's measures with what is under them, figures that have none yet, and the chart and table of one.
import type { Context } from 'hono';
import { z } from 'zod';
import english from '../../locales/en.json' with { type: 'json' };
import french from '../../locales/fr.json' with { type: 'json' };
import { type ChartMark, type HowMany, howMany } from '../analysis/how-many.ts';
import { makeMessages } from '../language/messages.ts';
import { pictureOf } from '../publish/chart/picture.ts';
import { type ChartMessages, groupInWords, noteInWords, reasonsInWords } from '../publish/chart/words.ts';
import { figureChart } from '../publish/figure-chart.ts';
import { Id } from '../record/common.ts';
import { EdtfDate } from '../record/date.ts';
import type { Dossier } from '../record/dossier.ts';
import { type DrawnFigure, Figure } from '../record/figure.ts';
import { Measure, MeasureContent } from '../record/measure.ts';
import { matchMeasure } from '../record/measure-match.ts';
import { problem } from '../record/problem.ts';
import { DisagreementKind, DisagreementState } from '../record/vocabulary.ts';
import { readDossier } from '../store/dossiers.ts';
import {
  figuresOfMeasure,
  measureUses,
  mergeMeasures,
  putUnderMeasure,
  unmeasuredFigures,
  unmeasuredWordings,
} from '../store/measures.ts';
import { listNamed } from '../store/named.ts';
import type { Store } from '../store/store.ts';
import { findValue, findValues } from '../store/values.ts';
import { chunks } from '../store/write.ts';
import { type DisagreementItem, readQueue } from './disagreements.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';

const OneMeasure = InDossier.extend({ measure: Id });

const Wording = z.object({ counted: z.string().min(1).max(300), unit: z.string().max(40).nullable() });

/** Figures without a measure that are worded alike. */
const WordingGroup = Wording.extend({
  figures: z.int(),
  suggested: z.int(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** The measure that its words fit clearly. */
  measure: Id.nullable(),
  /** Measures that may be meant, the likeliest first. */
  possible: z.array(Id),
}).meta({ id: 'WordingGroup' });

/** A measure with what is under it. */
const MeasureInUse = z
  .object({
    measure: Measure,
    figures: z.int(),
    suggested: z.int(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    sources: z.int(),
    parties: z.int(),
    /** Open disagreements that its figures are part of. */
    disagreements: z.int(),
  })
  .meta({ id: 'MeasureInUse' });

/** What a chart is narrowed to, and how it is drawn. */
const Choice = z.object({
  place: z.string().max(300).optional(),
  party: z.string().max(300).optional(),
  from: EdtfDate.optional(),
  to: EdtfDate.optional(),
  scale: z.enum(['linear', 'log']).optional(),
});
type Choice = z.infer<typeof Choice>;
const Drawing = Choice.extend({
  lang: z.enum(['en', 'fr']).default('en'),
  width: z.coerce.number().int().min(280).max(1400).default(760),
});
/** A chart as a file: of one group, the first unless another is named. */
const DrawnFile = Drawing.extend({ group: z.string().max(700).optional() });

const Facet = z.object({ key: z.string(), name: z.string(), figures: z.int() });

const WORDS: Record<'en' | 'fr', ChartMessages> = {
  en: makeMessages('en', english, english),
  fr: makeMessages('fr', french, english),
};

/** How a table of figures may be ordered. */
const SORTS = ['when', 'amount', 'party', 'reporter', 'place'] as const;
const TableQuery = Choice.extend({
  sort: z.enum(SORTS).default('when'),
  order: z.enum(['asc', 'desc']).default('asc'),
  cursor: z.string().max(20).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const ToPut = z.union([
  z.object({
    figures: z
      .array(z.object({ id: Id, version: z.int() }))
      .min(1)
      .max(10_000),
  }),
  z.object({ wording: Wording }),
]);
const Put = z.object({ measure: Measure, figures: z.int() });

export const howManyEndpoints = {
  'GET /dossiers/:dossier/how-many': endpoint({
    summary:
      'The measures of a dossier, with how many figures each has, from when, by whom, and how many disagreements',
    permission: 'record.read',
    params: InDossier,
    answer: z.object({ measures: z.array(MeasureInUse) }),
    handle: async ({ store, params }) => {
      const { id } = await readDossier(store, params.dossier);
      const uses = new Map((await measureUses(store, id)).map((use) => [use.measure, use]));
      const disputed = await disputedMeasures(store, id);
      const measures = await listNamed(store, 'measure', id);
      const none = { figures: 0, suggested: 0, from: null, to: null, sources: 0, parties: 0 };
      const items = measures.map((measure) => {
        const { measure: _, ...use } = uses.get(measure.id) ?? { ...none, measure: '' };
        return { ...use, measure, disagreements: disputed.get(measure.id) ?? 0 };
      });
      return { measures: items.sort((a, b) => b.figures - a.figures) };
    },
  }),
  'GET /dossiers/:dossier/how-many/wordings': endpoint({
    summary:
      'Figures without a measure, by what they count, the commonest first, each with the measure that may be meant',
    permission: 'record.read',
    params: InDossier,
    query: z.object({
      cursor: z.string().max(20).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(20),
    }),
    answer: z.object({
      groups: z.array(WordingGroup),
      next: z.string().nullable(),
      total: z.int(),
      figures: z.int(),
    }),
    handle: async ({ store, params, query }) => {
      const { id } = await readDossier(store, params.dossier);
      const groups = await unmeasuredWordings(store, id);
      const measures = await listNamed(store, 'measure', id);
      const { start, page, next } = pageOf(groups, query);
      return {
        groups: page.map((group) => {
          const { measure, possible } = matchMeasure(group.counted, group.unit, measures);
          return { ...group, measure, possible: possible.slice(0, 5).map((one) => one.measure) };
        }),
        next: next ? String(start + page.length) : null,
        total: groups.length,
        figures: groups.reduce((sum, group) => sum + group.figures, 0),
      };
    },
  }),
  'GET /dossiers/:dossier/how-many/wordings/figures': endpoint({
    summary: 'The figures without a measure that are worded so',
    permission: 'record.read',
    params: InDossier,
    query: z.object({
      counted: z.string().min(1).max(300),
      unit: z.string().max(40).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    answer: z.object({ figures: z.array(Figure) }),
    handle: async ({ store, params, query }) => {
      const { id } = await readDossier(store, params.dossier);
      const wording = { counted: query.counted, unit: query.unit ?? null };
      return { figures: await unmeasuredFigures(store, id, wording, query.limit) };
    },
  }),
  'POST /dossiers/:dossier/measures/figures': endpoint({
    summary: 'Make a measure and put figures under it, all or none; one step for undo',
    permission: 'record.write',
    params: InDossier,
    body: z.intersection(z.object({ content: MeasureContent }), ToPut),
    answer: Put,
    status: 201,
    handle: async ({ store, params, body, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      return putUnderMeasure(store, writer(id), { content: body.content }, body);
    },
  }),
  'POST /dossiers/:dossier/measures/:id/figures': endpoint({
    summary: 'Put figures, or all that are worded so, under a measure, all or none; one step for undo',
    permission: 'record.write',
    params: InDossier.extend({ id: Id }),
    body: ToPut,
    answer: Put,
    handle: async ({ store, params, body, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      return putUnderMeasure(store, writer(id), { id: params.id }, body);
    },
  }),
  'POST /dossiers/:dossier/measures/:id/merge': endpoint({
    summary: 'Put all figures of a measure under another and remove it; one step for undo',
    permission: 'record.write',
    params: InDossier.extend({ id: Id }),
    body: z.object({ into: Id }),
    answer: Put,
    handle: async ({ store, params, body, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      return mergeMeasures(store, writer(id), params.id, body.into);
    },
  }),
  'GET /dossiers/:dossier/how-many/:measure': endpoint({
    summary:
      'The charts of one measure: figures that can be set against one another share one, others say why not',
    permission: 'record.read',
    params: OneMeasure,
    query: Drawing,
    answer: z.object({
      measure: Measure,
      groups: z.array(
        z.object({
          key: z.string(),
          /** What sets it apart from the others: its place, its unit, its length of time. */
          title: z.string(),
          /** Why it is not set against the first group. */
          reasons: z.array(z.string()),
          /** How it is to be read. */
          notes: z.array(z.string()),
          figures: z.int(),
          scale: z.enum(['linear', 'log']),
          mayBeLog: z.boolean(),
          svg: z.string().nullable(),
        }),
      ),
      /** Of all its figures, whatever narrows the charts. */
      parties: z.array(Facet),
      places: z.array(Facet),
      /** How many of them are in the charts or their notes. */
      chosen: z.int(),
      total: z.int(),
    }),
    handle: async ({ store, params, query }) => {
      const dossier = await readDossier(store, params.dossier);
      const { measure, chart, total } = await chartOf(store, dossier.id, params.measure, query);
      const m = WORDS[query.lang];
      const base = `/d/${dossier.slug}`;
      return {
        measure,
        groups: chart.groups.map((group, index) => ({
          key: group.key,
          title: groupInWords(group, m),
          reasons: reasonsInWords(group, m),
          notes: group.notes.map((note) => noteInWords(note, m)),
          figures: group.figures,
          scale: group.scale,
          mayBeLog: group.mayBeLog,
          svg:
            group.marks.length === 0
              ? null
              : figureChart(group, {
                  ...{ measure: measure.name, m, width: query.width, id: `chart-${index}` },
                  hrefOf: (mark) => deskHref(base, measure, query, mark),
                }),
        })),
        parties: chart.parties,
        places: chart.places,
        chosen: chart.order.length,
        total,
      };
    },
  }),
  'GET /dossiers/:dossier/how-many/:measure/chart.svg': endpoint({
    summary: 'The chart of one measure as an SVG file',
    permission: 'record.read',
    params: OneMeasure,
    query: DrawnFile,
    answer: null,
    handle: async ({ store, params, query, context }) => {
      const { svg, name } = await fileOf(store, params, query, context);
      return fileResponse(svg, 'image/svg+xml; charset=utf-8', `${name}.svg`);
    },
  }),
  'GET /dossiers/:dossier/how-many/:measure/chart.png': endpoint({
    summary: 'The chart of one measure as a picture',
    permission: 'record.read',
    params: OneMeasure,
    query: DrawnFile,
    answer: null,
    handle: async ({ store, params, query, context }) => {
      const { svg, name } = await fileOf(store, params, query, context);
      return fileResponse(pictureOf(svg, query.width * 2), 'image/png', `${name}.png`);
    },
  }),
  'GET /dossiers/:dossier/how-many/:measure/figures': endpoint({
    summary: 'The figures of one measure in full, with the disagreements they are part of',
    permission: 'record.read',
    params: OneMeasure,
    query: TableQuery,
    answer: z.object({
      rows: z.array(
        z.object({
          figure: Figure,
          disagreements: z.array(
            z.object({ key: z.string(), kind: DisagreementKind, state: DisagreementState }),
          ),
        }),
      ),
      next: z.string().nullable(),
      total: z.int(),
    }),
    csv: {
      table: 'figure',
      name: 'how-many',
      pages: async function* ({ store, params, query }) {
        const { id } = await readDossier(store, params.dossier);
        const ids = await sortedIds(store, id, params.measure, query);
        for (const some of chunks(ids)) yield await findValues(store.read, 'figure', id, some);
      },
    },
    handle: async ({ store, params, query }) => {
      const { id } = await readDossier(store, params.dossier);
      const ids = await sortedIds(store, id, params.measure, query);
      const { start, page, next } = pageOf(ids, query);
      const disputes = disputesByRecord(await readQueue(store, id));
      const figures = await findValues(store.read, 'figure', id, page);
      return {
        rows: figures.map((figure) => ({
          figure,
          disagreements: (disputes.get(figure.id) ?? []).map(({ key, kind, state }) => ({
            key,
            kind,
            state,
          })),
        })),
        next: next ? String(start + page.length) : null,
        total: ids.length,
      };
    },
  }),
};

/** A page of what is in memory; its cursor is where it begins. */
function pageOf<One>(
  all: One[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): { start: number; page: One[]; next: boolean } {
  const start = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isInteger(start) || start < 0) throw problem('request.cursor');
  const page = all.slice(start, start + limit);
  return { start, page, next: start + page.length < all.length };
}

function disputesByRecord(queue: DisagreementItem[]): Map<string, DisagreementItem[]> {
  const found = new Map<string, DisagreementItem[]>();
  for (const item of queue) {
    for (const { id } of item.records) {
      const of = found.get(id);
      if (of) of.push(item);
      else found.set(id, [item]);
    }
  }
  return found;
}

/** How many open disagreements the figures of each measure are part of. */
async function disputedMeasures(store: Store, dossier: string): Promise<Map<string, number>> {
  const open = (await readQueue(store, dossier)).filter(({ state }) => state === 'open');
  const ids = [
    ...new Set(
      open.flatMap(({ records }) => records.flatMap(({ kind, id }) => (kind === 'figure' ? id : []))),
    ),
  ];
  const measureOf = new Map<string, string>();
  for (const some of chunks(ids, 5000)) {
    const rows = await store.read
      .selectFrom('figures')
      .select(['id', 'measure'])
      .where('dossier', '=', dossier)
      .where('id', 'in', some)
      .where('measure', 'is not', null)
      .execute();
    for (const { id, measure } of rows) measureOf.set(id, measure!);
  }
  const counts = new Map<string, number>();
  for (const { records } of open) {
    for (const measure of new Set(records.flatMap(({ id }) => measureOf.get(id) ?? [])))
      counts.set(measure, (counts.get(measure) ?? 0) + 1);
  }
  return counts;
}

/** What is kept of measures asked for lately: a hundred thousand figures take a second to read. */
interface Kept {
  /** The newest entry of the dossier when they were read. */
  position: number;
  figures: DrawnFigure[];
}
const kept = new WeakMap<Store['read'], Map<string, Kept>>();
const MOST_KEPT = 4;

async function drawnFigures(store: Store, dossier: string, measure: string): Promise<DrawnFigure[]> {
  const mine = kept.get(store.read) ?? new Map<string, Kept>();
  kept.set(store.read, mine);
  const newest = await store.read
    .selectFrom('entries')
    .select('position')
    .where('dossier', '=', dossier)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  const key = `${dossier}/${measure}`;
  const known = mine.get(key);
  const position = newest?.position ?? 0;
  mine.delete(key);
  const now =
    known?.position === position
      ? known
      : { position, figures: await figuresOfMeasure(store, dossier, measure) };
  mine.set(key, now);
  if (mine.size > MOST_KEPT) mine.delete(mine.keys().next().value!);
  return now.figures;
}

async function chartOf(
  store: Store,
  dossier: string,
  id: string,
  choice: Choice,
): Promise<{ measure: Measure; figures: DrawnFigure[]; chart: HowMany; total: number }> {
  const measure = await findValue(store.read, 'measure', dossier, id);
  if (!measure) throw problem('not-found', { what: 'measure' });
  const [places, actors, figures] = await Promise.all([
    listNamed(store, 'place', dossier),
    listNamed(store, 'actor', dossier),
    drawnFigures(store, dossier, id),
  ]);
  return {
    measure,
    figures,
    chart: howMany(figures, measure, { places, actors }, choice),
    total: figures.length,
  };
}

/** Where a mark leads on the desk: a figure to its record, a stretch to the chart of its time. */
function deskHref(base: string, measure: Pick<Measure, 'id'>, choice: Choice, mark: ChartMark): string {
  if (mark.figure) return `${base}/figures/${mark.figure.id}`;
  const [from, to = from] = mark.period.split('/');
  const query = new URLSearchParams({ from: from!, to: to! });
  if (choice.place !== undefined) query.set('place', choice.place);
  if (choice.party !== undefined) query.set('party', choice.party);
  return `${base}/how-many/${measure.id}?${query}`;
}

async function fileOf(
  store: Store,
  params: z.infer<typeof OneMeasure>,
  query: z.infer<typeof DrawnFile>,
  context: Context,
): Promise<{ svg: string; name: string }> {
  const dossier = await readDossier(store, params.dossier);
  const { measure, chart } = await chartOf(store, dossier.id, params.measure, query);
  const group = chart.groups.find(({ key }) => query.group === undefined || key === query.group);
  if (!group || group.marks.length === 0) throw problem('not-found', { what: 'chart' });
  const { origin } = new URL(context.req.url);
  const svg = figureChart(group, {
    ...{ measure: measure.name, m: WORDS[query.lang], width: query.width, id: 'chart' },
    hrefOf: (mark) => origin + deskHref(`/d/${dossier.slug}`, measure, query, mark),
    file: { credit: creditOf(dossier) },
  });
  return { svg, name: `${dossier.slug}-${fileName(measure.name)}` };
}

const creditOf = (dossier: Dossier) => `${dossier.title} · Constat`;

/** A name that every file system takes. */
function fileName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'how-many'
  );
}

function fileResponse(body: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response {
  return new Response(body, {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${name}"`,
      // It carries its own styles; it may do nothing else.
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'Cache-Control': 'no-store',
    },
  });
}

async function sortedIds(
  store: Store,
  dossier: string,
  measure: string,
  query: z.infer<typeof TableQuery>,
): Promise<string[]> {
  const { figures, chart } = await chartOf(store, dossier, measure, query);
  if (query.sort === 'when') return query.order === 'asc' ? chart.order : [...chart.order].reverse();
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const keyOf = SORT_KEYS[query.sort];
  const keyed = chart.order.map((id) => ({ id, key: keyOf(byId.get(id)!) }));
  const way = query.order === 'asc' ? 1 : -1;
  // What has nothing to sort by comes last, whichever way the others go.
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1;
    return a.key < b.key ? -way : a.key > b.key ? way : 0;
  });
  return keyed.map(({ id }) => id);
}

const SORT_KEYS: Record<
  Exclude<(typeof SORTS)[number], 'when'>,
  (figure: DrawnFigure) => string | number | null
> = {
  amount: ({ value, low }) => value ?? low,
  party: ({ accordingTo }) => accordingTo?.name.toLowerCase() ?? null,
  reporter: ({ reportedBy }) => reportedBy?.name.toLowerCase() ?? null,
  place: ({ place }) => place?.name.toLowerCase() ?? null,
};
