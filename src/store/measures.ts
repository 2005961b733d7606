// Measures and their figures: which figures are counts of what. Figures are put under a measure by the thousand, in one step
// that can be taken back; the wordings they came with stay with the measure, so that later figures find it by themselves.
import { sql } from 'kysely';
import { DRAWN_FIELDS, type DrawnFigure, type Figure } from '../record/figure.ts';
import type { Measure, MeasureContent } from '../record/measure.ts';
import { foldedWords } from '../record/measure-match.ts';
import { problem } from '../record/problem.ts';
import { type DossierWriter, type RecordAt, rowEntry } from './records.ts';
import { fromRow, type Value } from './rows.ts';
import type { Store } from './store.ts';
import { insertValues, lockValue, lockValues, removeValues, replaceValues } from './values.ts';
import { chunks, type NewEntry, type Stamp, type Tx } from './write.ts';

/** What a measure has under it. Only what stands is counted; `suggested` says how many wait beside that. */
export interface MeasureUse {
  measure: string;
  figures: number;
  suggested: number;
  /** The first and the last day its figures are of, or null where none is dated. */
  from: string | null;
  to: string | null;
  sources: number;
  /** According to how many. */
  parties: number;
}

/** How much each measure of a dossier has under it; measures without figures are left out. */
export async function measureUses(store: Store, dossier: string): Promise<MeasureUse[]> {
  const { rows } = await sql<MeasureUse>`
    select f.measure,
      (count(*) filter (where f.status <> 'suggested'))::int as figures,
      (count(*) filter (where f.status = 'suggested'))::int as suggested,
      left(min(nullif(i.sort_date, '')) filter (where f.status <> 'suggested'), 10) as "from",
      left(max(nullif(i.sort_date, '')) filter (where f.status <> 'suggested'), 10) as "to",
      (count(distinct i.source) filter (where f.status <> 'suggested'))::int as sources,
      (count(distinct i.party) filter (where f.status <> 'suggested'))::int as parties
    from figures f
    join record_index i on i.dossier = f.dossier and i.kind = 'figure' and i.id = f.id
    where f.dossier = ${dossier} and f.measure is not null and f.status in ('suggested', 'accepted', 'corrected')
    group by f.measure`.execute(store.read);
  return rows;
}

/** Figures without a measure that are worded alike: the same words but for articles and plurals, in one unit. */
export interface WordingGroup {
  /** The words most of them have. */
  counted: string;
  unit: string | null;
  figures: number;
  /** How many of them are suggestions still. */
  suggested: number;
  from: string | null;
  to: string | null;
}

/** The figures without a measure, by what they count, the commonest first. */
export async function unmeasuredWordings(store: Store, dossier: string): Promise<WordingGroup[]> {
  const { rows } = await sql<WordingGroup>`
    select f.counted, f.unit, count(*)::int as figures,
      (count(*) filter (where f.status = 'suggested'))::int as suggested,
      left(min(nullif(i.sort_date, '')), 10) as "from", left(max(nullif(i.sort_date, '')), 10) as "to"
    from figures f
    join record_index i on i.dossier = f.dossier and i.kind = 'figure' and i.id = f.id
    where f.dossier = ${dossier} and f.measure is null and f.status in ('suggested', 'accepted', 'corrected')
    group by f.counted, f.unit
    order by figures desc, f.counted`.execute(store.read);
  const groups = new Map<string, WordingGroup>();
  for (const row of rows) {
    const key = wordingKey(row);
    const group = groups.get(key);
    if (!group) groups.set(key, row);
    else {
      group.figures += row.figures;
      group.suggested += row.suggested;
      group.from = [group.from, row.from].filter((day) => day !== null).sort()[0] ?? null;
      group.to =
        [group.to, row.to]
          .filter((day) => day !== null)
          .sort()
          .at(-1) ?? null;
    }
  }
  return [...groups.values()].sort((a, b) => b.figures - a.figures || (a.counted < b.counted ? -1 : 1));
}

/** How figures are worded: those with the same key are put under a measure together. */
export interface Wording {
  counted: string;
  unit: string | null;
}

function wordingKey({ counted, unit }: Wording): string {
  return `${foldedWords(counted).join(' ')}\n${unit ?? ''}`;
}

/** The figures without a measure that are worded so, suggestions among them, oldest first. */
export async function unmeasuredFigures(
  store: Store,
  dossier: string,
  wording: Wording,
  limit: number,
): Promise<Figure[]> {
  const ids = await idsWorded(store.read, dossier, wording);
  const rows = await store.read
    .selectFrom('figures')
    .selectAll()
    .where('dossier', '=', dossier)
    .where('id', 'in', ids.slice(0, 10_000).concat(NO_ID))
    .orderBy('period')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => fromRow('figure', row));
}

/** No row has it; an `in` list must not be empty. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

async function idsWorded(reader: Store['read'] | Tx, dossier: string, wording: Wording): Promise<string[]> {
  const rows = await reader
    .selectFrom('figures')
    .select(['counted', 'unit'])
    .distinct()
    .where('dossier', '=', dossier)
    .where('measure', 'is', null)
    .execute();
  const wanted = wordingKey(wording);
  const alike = rows.filter((row) => wordingKey(row) === wanted).map(({ counted }) => counted);
  const ids: string[] = [];
  for (const some of chunks(alike)) {
    const found = await reader
      .selectFrom('figures')
      .select('id')
      .where('dossier', '=', dossier)
      .where('measure', 'is', null)
      .where('status', 'in', ['suggested', 'accepted', 'corrected'])
      .where('counted', 'in', some)
      .where(sql<boolean>`unit is not distinct from ${wording.unit}`)
      .execute();
    ids.push(...found.map(({ id }) => id));
  }
  return ids;
}

/** Which figures are put under a measure: these, or all without one that are worded so. */
export type FiguresToPut = { figures: RecordAt[] } | { wording: Wording };

/** A measure that is there, or one to be made. */
export type MeasureToUse = { id: string } | { content: MeasureContent };

/**
 * Puts figures under a measure, all or none; with making the measure, where it is new, one step for undo. What they say does
 * not change by it, so neither does their status. Throws `not-found`, `record.version`.
 */
export async function putUnderMeasure(
  store: Store,
  writer: DossierWriter,
  to: MeasureToUse,
  which: FiguresToPut,
): Promise<{ measure: Measure; figures: number }> {
  return store.write(writer, 'measure.edit', async (tx, stamp) => {
    const old = 'id' in to ? await lockValue(tx, 'measure', writer.dossier, to.id) : null;
    const measure = old ?? newMeasure(writer, stamp, (to as { content: MeasureContent }).content);
    const ids =
      'figures' in which
        ? [...new Set(which.figures.map(({ id }) => id))]
        : await idsWorded(tx, writer.dossier, which.wording);
    const versions = new Map('figures' in which ? which.figures.map(({ id, version }) => [id, version]) : []);
    const counted = new Map<string, number>();
    let moved = 0;
    for (const some of chunks(ids)) {
      const found = await lockValues(tx, 'figure', writer.dossier, some);
      if (found.length < some.length) throw problem('not-found', { what: 'figure' });
      const entries: NewEntry[] = [];
      const after = found.flatMap((before): Value<'figure'>[] => {
        const version = versions.get(before.id);
        if (version !== undefined && version !== before.version) throw problem('record.version');
        // Somebody was faster, or it is there already.
        if (before.measure === measure.id || (version === undefined && before.measure !== null)) return [];
        counted.set(before.counted, (counted.get(before.counted) ?? 0) + 1);
        const moving = under(before, measure.id, stamp);
        entries.push(rowEntry({ before, after: moving }, { action: 'figure.edit' }));
        return [moving];
      });
      await replaceValues(tx, 'figure', after);
      await stamp.enter(entries);
      moved += after.length;
    }
    const after = { ...measure, wordings: withWordings(measure, byCount(counted)) };
    if (old === null) {
      await insertValues(tx, 'measure', [after]);
      const made = rowEntry({ before: null, after }, { action: 'measure.create' });
      return { entries: [made], result: { measure: after, figures: moved } };
    }
    if (after.wordings.length === old.wordings.length) {
      // Nothing was written at all: somebody was faster.
      if (moved === 0) throw problem('record.version');
      return { entries: [], result: { measure: old, figures: moved } };
    }
    const edited = { ...after, version: old.version + 1, updatedAt: stamp.at, updatedBy: stamp.by };
    await replaceValues(tx, 'measure', [edited]);
    const known = rowEntry({ before: old, after: edited });
    return { entries: [known], result: { measure: edited, figures: moved } };
  });
}

function newMeasure(writer: DossierWriter, stamp: Stamp, content: MeasureContent): Measure {
  return {
    id: stamp.newId(),
    dossier: writer.dossier,
    ...content,
    version: 1,
    createdAt: stamp.at,
    createdBy: stamp.by,
    updatedAt: stamp.at,
    updatedBy: stamp.by,
  };
}

function under(figure: Value<'figure'>, measure: string, stamp: Stamp): Value<'figure'> {
  return { ...figure, measure, version: figure.version + 1, updatedAt: stamp.at, updatedBy: stamp.by };
}

function byCount(counted: Map<string, number>): string[] {
  return [...counted].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([words]) => words);
}

/** As many as a measure may hold. */
const MOST_WORDINGS = 200;

/** A measure's wordings with those that it is not known by yet. */
function withWordings({ name, wordings }: Pick<Measure, 'name' | 'wordings'>, more: string[]): string[] {
  const fold = (words: string) => foldedWords(words).join(' ');
  const known = new Set([name, ...wordings].map(fold));
  const all = [...wordings];
  for (const words of more) {
    if (all.length >= MOST_WORDINGS || known.has(fold(words))) continue;
    known.add(fold(words));
    all.push(words);
  }
  return all;
}

/**
 * Puts all figures of one measure under another, with its name and wordings, and removes it; one step for undo.
 * Throws `not-found`.
 */
export async function mergeMeasures(
  store: Store,
  writer: DossierWriter,
  from: string,
  into: string,
): Promise<{ measure: Measure; figures: number }> {
  return store.write(writer, 'measure.edit', async (tx, stamp) => {
    if (from === into) throw problem('not-found', { what: 'measure' });
    // In the order of their ids, as everybody locks.
    const both = new Map(
      (await lockValues(tx, 'measure', writer.dossier, [from, into])).map((m) => [m.id, m]),
    );
    const [gone, kept] = [both.get(from), both.get(into)];
    if (!gone || !kept) throw problem('not-found', { what: 'measure' });
    // Whatever their status: a rejected figure must not name a measure that is gone.
    const rows = await tx
      .selectFrom('figures')
      .select('id')
      .where('dossier', '=', writer.dossier)
      .where('measure', '=', from)
      .execute();
    for (const some of chunks(rows.map(({ id }) => id))) {
      const found = await lockValues(tx, 'figure', writer.dossier, some);
      const after = found.map((before) => under(before, into, stamp));
      await replaceValues(tx, 'figure', after);
      await stamp.enter(
        found.map((before, at) => rowEntry({ before, after: after[at]! }, { action: 'figure.edit' })),
      );
    }
    const edited = {
      ...kept,
      wordings: withWordings(kept, [gone.name, ...gone.wordings]),
      version: kept.version + 1,
      updatedAt: stamp.at,
      updatedBy: stamp.by,
    };
    await replaceValues(tx, 'measure', [edited]);
    await removeValues(tx, 'measure', writer.dossier, [from]);
    const entries = [
      rowEntry({ before: kept, after: edited }),
      rowEntry({ before: gone, after: null }, { action: 'measure.remove' }),
    ];
    return { entries, result: { measure: edited, figures: rows.length } };
  });
}

/** The figures of a measure that stand, as they are drawn. */
export async function figuresOfMeasure(
  store: Store,
  dossier: string,
  measure: string,
): Promise<DrawnFigure[]> {
  const rows = await store.read
    .selectFrom('figures')
    .select(DRAWN_FIELDS)
    .where('dossier', '=', dossier)
    .where('measure', '=', measure)
    .where('status', 'in', ['accepted', 'corrected'])
    .execute();
  return rows as DrawnFigure[];
}
