// Importing a series: figures by the thousand, resting on the rows of a table, all of them in one transaction or none.
// What a row says is decided by whoever calls; here it is seen to that nothing is made twice.
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Figure, FigureContent } from '../record/figure.ts';
import { numbersFit } from '../record/figure.ts';
import type { Measure, MeasureContent } from '../record/measure.ts';
import { pin } from '../record/passage.ts';
import { problem } from '../record/problem.ts';
import {
  measureNameKey,
  SERIES_IMPORT,
  type SeriesMapping,
  seriesKey,
  seriesRow,
  seriesScope,
} from '../record/series.ts';
import { type DossierWriter, rowEntry } from './records.ts';
import type { Store } from './store.ts';
import { insertValues, lockValue } from './values.ts';
import { chunks, type Tx } from './write.ts';

/** A figure to be made, and the row of the text that it rests on. */
export interface SeriesFigure {
  content: FigureContent;
  start: number;
  end: number;
}

/** How a figure stands to those there are: new, there already, or new beside another number for the same thing. */
export type Standing = 'new' | 'there' | 'changed';

/** What there is of some measures in a dossier, for telling what is new. */
export class StandingFigures {
  readonly #keys = new Set<string>();
  readonly #scopes = new Set<string>();
  readonly #rows = new Set<string>();

  /** `source` and `start` are those of the row that an imported figure rests on. */
  add(figure: Parameters<typeof seriesKey>[0], source: string | null, start: number | null): void {
    this.#keys.add(seriesKey(figure));
    this.#scopes.add(seriesScope(figure));
    if (source !== null && start !== null) this.#rows.add(seriesRow(figure, source, start));
  }

  /**
   * How a figure stands. One that was made from the same row of the same source is there, whatever became of it: a person
   * may have corrected or rejected it since.
   */
  of({ content, start }: SeriesFigure, source: string): Standing {
    if (this.#rows.has(seriesRow(content, source, start)) || this.#keys.has(seriesKey(content)))
      return 'there';
    return this.#scopes.has(seriesScope(content)) ? 'changed' : 'new';
  }
}

/** Figures read at a time. */
const PAGE = 10_000;

/** What a dossier has of some measures. Suggestions do not count: they are nobody's word yet. */
export async function standingFigures(
  from: Pick<Tx, 'selectFrom'>,
  dossier: string,
  measures: string[],
): Promise<StandingFigures> {
  const standing = new StandingFigures();
  if (measures.length === 0) return standing;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await from
      .selectFrom('figures')
      .select(['id', 'measure', 'period', 'unit', 'bound', 'value', 'low', 'high'])
      .select([
        sql<string | null>`place ->> 'place'`.as('placeId'),
        sql<string | null>`place ->> 'name'`.as('placeName'),
        sql<string | null>`according_to ->> 'actor'`.as('actorId'),
        sql<string | null>`according_to ->> 'name'`.as('actorName'),
        sql<string | null>`case when provenance ->> 'proposer' = ${SERIES_IMPORT.proposer}
          then passages -> 0 ->> 'source' end`.as('source'),
        sql<number | null>`(passages -> 0 ->> 'start')::int`.as('start'),
      ])
      .where('dossier', '=', dossier)
      .where('measure', 'in', measures)
      .where('status', '<>', 'suggested')
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const { placeId, placeName, actorId, actorName, source, start, ...figure } of rows) {
      const place = placeName === null ? null : { place: placeId, name: placeName, precision: null };
      const accordingTo = actorName === null ? null : { actor: actorId, name: actorName, role: null };
      standing.add({ ...figure, place, accordingTo }, source, start);
    }
    if (rows.length < PAGE) return standing;
    after = rows.at(-1)!.id;
  }
}

/** A table to be imported. */
export interface SeriesImport {
  source: string;
  /** The text that the rows stand in, and its hash: when the source was read anew meanwhile, nothing is imported. */
  text: string;
  rendition: string;
  figures: SeriesFigure[];
  /** The dossier's measures that the figures name. */
  measures: string[];
  /** Measures to be made, under the ids that the figures name. */
  newMeasures: { id: string; content: MeasureContent }[];
  /** What the entry keeps of how it was done. */
  mapping: SeriesMapping;
  columns: string[];
  /** Rows that were left out because something was wrong with them. */
  leftOut: number;
}

/** What an import did. */
export interface Imported {
  made: number;
  /** Of those, how many stand beside another number for the same thing. */
  changed: number;
  /** Figures that were there already. */
  there: number;
  leftOut: number;
  measures: number;
}

/** Figures written at a time. */
const AT_ONCE = 500;

/**
 * Makes the figures that are not there yet, with the measures they need, in one transaction that is one step for undo.
 * `report` hears how many of how many are made. Throws `series.nothing-new` when all are there, `series.read-again` when the
 * text is another by now.
 */
export async function importSeries(
  store: Store,
  writer: DossierWriter,
  series: SeriesImport,
  report: (done: number, total: number) => void = () => {},
): Promise<Imported> {
  const { dossier } = writer;
  return store.write(writer, 'figure.create', async (tx, stamp) => {
    // Two imports into one dossier, or two clicks, wait for one another: the second finds what the first has made.
    await sql`select pg_advisory_xact_lock(hashtext('constat.series'), hashtext(${dossier}))`.execute(tx);
    const source = await lockValue(tx, 'source', dossier, series.source);
    if (source.text !== series.rendition) throw problem('series.read-again');
    const known = await measuresMade(tx, dossier, series.newMeasures);
    const standing = await standingFigures(tx, dossier, [...series.measures, ...known.values()]);
    const fresh: SeriesFigure[] = [];
    let changed = 0;
    for (const given of series.figures) {
      const other = known.get(given.content.measure ?? '');
      const figure = other ? { ...given, content: { ...given.content, measure: other } } : given;
      const how = standing.of(figure, series.source);
      if (how === 'there') continue;
      if (how === 'changed') changed++;
      fresh.push(figure);
    }
    if (fresh.length === 0) throw problem('series.nothing-new');
    const wanted = new Set(fresh.map((figure) => figure.content.measure));
    const made = series.newMeasures
      .filter(({ id }) => wanted.has(id))
      .map(
        ({ id, content }): Measure => ({
          id,
          dossier,
          ...content,
          version: 1,
          createdAt: stamp.at,
          createdBy: stamp.by,
          updatedAt: stamp.at,
          updatedBy: stamp.by,
        }),
      );
    await insertValues(tx, 'measure', made);
    await stamp.enter(
      made.map((measure) => rowEntry({ before: null, after: measure }, { action: 'measure.create' })),
    );
    let done = 0;
    report(done, fresh.length);
    for (const some of chunks(fresh, AT_ONCE)) {
      const figures = some.map(({ content, start, end }): Figure => {
        if (!numbersFit(content)) throw problem('record.numbers');
        return {
          kind: 'figure',
          id: stamp.newId(),
          dossier,
          status: 'accepted',
          passages: [
            pin(series.text, { start, end }, { source: series.source, rendition: series.rendition }),
          ],
          submission: null,
          provenance: SERIES_IMPORT,
          ...content,
          version: 1,
          createdAt: stamp.at,
          createdBy: stamp.by,
          updatedAt: stamp.at,
          updatedBy: stamp.by,
        };
      });
      await insertValues(tx, 'figure', figures);
      await stamp.enter(figures.map((figure) => rowEntry({ before: null, after: figure })));
      done += figures.length;
      report(done, fresh.length);
      // The embedded database answers without letting the process do anything else.
      await setImmediate();
    }
    const result: Imported = {
      made: fresh.length,
      changed,
      there: series.figures.length - fresh.length,
      leftOut: series.leftOut,
      measures: made.length,
    };
    const { mapping, columns } = series;
    // The last of its batch: it names the step that undo takes back.
    const entry = {
      subject: series.source,
      action: 'source.import' as const,
      payload: { mapping, columns, rendition: series.rendition, ...result },
    };
    return { entries: [entry], result };
  });
}

/**
 * Which of the measures to be made somebody has made meanwhile, by the ids they were given: a second click finds those of the
 * first by their name, in all its spellings.
 */
async function measuresMade(
  tx: Tx,
  dossier: string,
  measures: SeriesImport['newMeasures'],
): Promise<Map<string, string>> {
  if (measures.length === 0) return new Map();
  const there = await tx
    .selectFrom('measures')
    .select(['id', 'name'])
    .where('dossier', '=', dossier)
    .execute();
  const ids = new Map(there.map(({ id, name }) => [measureNameKey(name), id]));
  return new Map(
    measures.flatMap(({ id, content }) => {
      const other = ids.get(measureNameKey(content.name));
      return other === undefined ? [] : [[id, other] as const];
    }),
  );
}

/** How a table of a dossier was imported before. */
export interface EarlierImport {
  mapping: SeriesMapping;
  columns: string[];
}

/** The imports of some sources, newest first, at most `most`; those whose entry was erased are left out. */
export async function earlierImports(
  store: Pick<Store, 'read'>,
  dossier: string,
  sources: string[],
  most = 20,
): Promise<EarlierImport[]> {
  if (sources.length === 0) return [];
  const rows = await store.read
    .selectFrom('entries')
    .select('payload')
    .where('dossier', '=', dossier)
    .where('subject', 'in', sources)
    .where('action', '=', 'source.import')
    .orderBy('position', 'desc')
    .limit(most)
    .execute();
  return rows.flatMap(({ payload }) => (payload === null ? [] : [JSON.parse(payload) as EarlierImport]));
}
