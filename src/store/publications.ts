// Publications: the one place where anything becomes public. A publication freezes the redacted views of what stands, in one
// transaction with an entry for every view; what has not changed since the publication before is kept, not written again.
import { createHash } from 'node:crypto';
import { type SelectQueryBuilder, sql } from 'kysely';
import { canonicalJson } from '../log/entry.ts';
import { dateRange } from '../record/date.ts';
import type { Dossier } from '../record/dossier.ts';
import type { Action } from '../record/entry.ts';
import { problem } from '../record/problem.ts';
import type {
  FrozenView,
  PublicDisagreement,
  PublicFigure,
  PublicMeasure,
  PublicRecord,
  PublicSource,
  PublicView,
} from '../record/public-view.ts';
import {
  type HeldBack,
  type Leaving,
  type Material,
  redact,
  titleOf,
  whatWouldLeave,
} from '../record/redact.ts';
import type { Publication } from '../record/report.ts';
import { readDossier } from './dossiers.ts';
import type { HouseKey } from './house-key.ts';
import type { DossierWriter } from './records.ts';
import { type AnyRecord, fromRow, type RecordNoun, type Value } from './rows.ts';
import { sealedWords } from './sealed-words.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { countErasedViews } from './tombstones.ts';
import { lockValue, replaceValue } from './values.ts';
import { chunks, type NewEntry, newId, type Stamp, type Tx } from './write.ts';

type Reader = Store['read'];

/** What stands in the `published` table besides sources. */
const PUBLIC_RECORDS = ['statement', 'figure', 'incident'] as const;

const isRecordView = (view: FrozenView): view is PublicRecord =>
  (PUBLIC_RECORDS as readonly string[]).includes(view.kind);

// ——— Publishing ———

/** A view in a preview: what it is, and a line to know it by. */
export interface PreviewItem {
  kind: FrozenView['kind'];
  id: string;
  title: string;
}

/** What the next publication of a dossier would let out, change and withdraw, and what stays though it stands. */
export interface Preview {
  /** The number it would have. */
  number: number;
  added: PreviewItem[];
  /** `fields` names what a reader would see differ. */
  changed: (PreviewItem & { fields: string[] })[];
  withdrawn: PreviewItem[];
  /** Records that stay as published; sources, measures and disagreements are not counted. */
  unchanged: number;
  heldBack: HeldBack[];
  /** Records the public sees now that rest on what a witness told who does not, or no longer, agree to it. */
  withoutConsent: PreviewItem[];
  /** Why it would be refused now, as a problem code; null when it would not. */
  refusal: 'dossier.nothing-to-publish' | 'dossier.nothing-new' | null;
}

/** Says what publishing would do, before anybody does it. Nothing is written. Throws `not-found`. */
export async function previewPublication(store: Store, dossier: string): Promise<Preview> {
  const { number, leaving, refusal } = await plan(
    store.read,
    store.houseKey,
    await readDossier(store, dossier),
    today(),
  );
  const unagreed = new Set(
    leaving.heldBack.flatMap(({ id, reason }) => (reason === 'no-consent' ? [id] : [])),
  );
  const item = (view: FrozenView) => ({ kind: view.kind, id: view.id, title: titleOf(view) });
  return {
    number,
    added: leaving.new.map(item),
    changed: leaving.changed.map(({ after, fields }) => ({ ...item(after), fields })),
    withdrawn: leaving.withdrawn.map(item),
    unchanged: leaving.unchanged.filter(isRecordView).length,
    heldBack: leaving.heldBack,
    withoutConsent: leaving.withdrawn.filter(({ id }) => unagreed.has(id)).map(item),
    refusal,
  };
}

const today = () => new Date().toISOString().slice(0, 10);

async function plan(
  reader: Reader,
  key: HouseKey,
  dossier: Dossier,
  day: string,
): Promise<{ number: number; leaving: Leaving; refusal: Preview['refusal'] }> {
  const current = await currentViews(reader, dossier.id);
  const redacted = redact(await readMaterial(reader, key, dossier.id, day));
  const leaving = whatWouldLeave(redacted, current);
  const last =
    dossier.publication > 0 ? await findPublication(reader, dossier, dossier.publication) : undefined;
  const isRetitled =
    last !== undefined &&
    (last.title !== dossier.title ||
      last.summary !== dossier.summary ||
      last.publishedBy !== dossier.publishedBy);
  const moves = leaving.new.length + leaving.changed.length + leaving.withdrawn.length > 0;
  return {
    number: dossier.publication + 1,
    leaving,
    refusal:
      redacted.records.length === 0 && current.length === 0
        ? 'dossier.nothing-to-publish'
        : moves || isRetitled
          ? null
          : 'dossier.nothing-new',
  };
}

/**
 * Publishes what stands and is public. Entries: one `<kind>.publish` with `{ publication, view }` for every view that is
 * new or changed, one `<kind>.unpublish` with `{ publication, id }` for what the public sees no longer, and last
 * `dossier.publish` with the publication and the SHA-256 of the canonical JSON of every view in it.
 * Throws `dossier.nothing-to-publish` or `dossier.nothing-new`.
 */
export async function publish(
  store: Store,
  writer: DossierWriter,
  { note }: { note: string | null },
): Promise<Publication> {
  return store.write(writer, 'dossier.publish', async (tx, stamp) => {
    // The lock lets one publication of a dossier be made at a time.
    const dossier = await lockValue(tx, 'dossier', writer.dossier, writer.dossier);
    const { leaving, refusal } = await plan(tx, store.houseKey, dossier, stamp.at.slice(0, 10));
    if (refusal === 'dossier.nothing-to-publish') throw problem(refusal);
    if (refusal === 'dossier.nothing-new') throw problem(refusal, { number: dossier.publication });
    const { publication, entries } = await nextPublication(
      tx,
      stamp,
      dossier,
      { ...dossier, note },
      {
        ...leaving,
        changed: leaving.changed.map(({ after }) => after),
      },
    );
    return { entries, result: publication };
  });
}

/**
 * Withdraws views in a publication of their own, which changes nothing else but what hangs on them: disagreements over them,
 * links to them, and sources and measures that nothing else in the publication needs. Gives back the publication and its
 * entries. The caller has locked the dossier.
 */
export async function withdrawViews(
  tx: Tx,
  stamp: Stamp,
  dossier: Dossier,
  gone: ReadonlySet<string>,
): Promise<{ publication: Publication; entries: NewEntry[] }> {
  const current = await currentViews(tx, dossier.id);
  const last = await findPublication(tx, dossier, dossier.publication);
  if (!last) throw new Error(`publication ${dossier.publication} of ${dossier.id} is not there`);
  const without = (record: PublicRecord): PublicRecord => ({
    ...record,
    links: record.links.filter(({ id }) => !gone.has(id)),
  });
  const records = current.filter(isRecordView).filter(({ id }) => !gone.has(id));
  const needed = new Set<string | null>(
    records.flatMap((record) => [
      record.id,
      ...record.passages.map(({ source }) => source),
      ...(record.kind === 'figure' ? [record.measure] : []),
    ]),
  );
  const stays = (view: FrozenView) =>
    view.kind === 'disagreement'
      ? view.records.every(({ id }) => needed.has(id))
      : needed.has(view.id) && !gone.has(view.id);
  return nextPublication(
    tx,
    stamp,
    dossier,
    { ...last, note: null },
    {
      new: [],
      changed: records.filter((record) => record.links.some(({ id }) => gone.has(id))).map(without),
      unchanged: current.filter(
        (view) => stays(view) && !(isRecordView(view) && view.links.some(({ id }) => gone.has(id))),
      ),
      withdrawn: current.filter((view) => !stays(view)),
    },
  );
}

/** Makes the next publication of a dossier: ends views and begins others. Gives it back with its entries, its own last. */
async function nextPublication(
  tx: Tx,
  stamp: Stamp,
  dossier: Dossier,
  about: Pick<Publication, 'title' | 'summary' | 'publishedBy' | 'note'>,
  leaving: { new: FrozenView[]; changed: FrozenView[]; unchanged: FrozenView[]; withdrawn: FrozenView[] },
): Promise<{ publication: Publication; entries: NewEntry[] }> {
  const number = dossier.publication + 1;
  const views = [...leaving.new, ...leaving.changed, ...leaving.unchanged];
  const { title, summary, publishedBy, note } = about;
  const publication: Publication = {
    dossier: dossier.id,
    number,
    title,
    summary,
    publishedBy,
    note,
    records: views.filter(isRecordView).length,
    sources: views.filter((view) => view.kind === 'source').length,
    at: stamp.at,
    by: stamp.by,
  };
  await closeViews(tx, dossier.id, number, [...leaving.changed, ...leaving.withdrawn]);
  const entries = await openViews(tx, dossier.id, number, [...leaving.new, ...leaving.changed]);
  for (const { kind, id } of leaving.withdrawn) {
    entries.push({
      subject: id,
      action: `${kind}.unpublish` satisfies Action,
      payload: { publication: number, id },
    });
  }
  await tx.insertInto('publications').values(publication).execute();
  await markPublished(tx, dossier, number, stamp);
  entries.push({
    subject: dossier.id,
    action: 'dossier.publish',
    payload: { publication, views: hashes(views) },
  });
  return { publication, entries };
}

/** Ends what the public sees of these views with the publication before this one. */
async function closeViews(tx: Tx, dossier: string, until: number, views: FrozenView[]): Promise<void> {
  for (const some of chunks(views)) {
    await tx
      .updateTable('published')
      .set({ until })
      .where('dossier', '=', dossier)
      .where(
        'id',
        'in',
        some.map((view) => view.id),
      )
      .where('until', 'is', null)
      .execute();
  }
}

/** Lets the public see these views from this publication on; gives back their entries. */
async function openViews(tx: Tx, dossier: string, since: number, views: FrozenView[]): Promise<NewEntry[]> {
  const entries: NewEntry[] = [];
  for (const some of chunks(views)) {
    const rows = some.map((view) => {
      const entry = newId();
      const action = `${view.kind}.publish` satisfies Action;
      entries.push({ id: entry, subject: view.id, action, payload: { publication: since, view } });
      const { id, kind } = view;
      return {
        ...{ dossier, id, kind, since, until: null, entry },
        view: JSON.stringify(view),
        sortKey: sortKey(view),
      };
    });
    await tx.insertInto('published').values(rows).execute();
  }
  return entries;
}

async function markPublished(tx: Tx, dossier: Dossier, number: number, stamp: Stamp): Promise<void> {
  await replaceValue(tx, 'dossier', {
    ...dossier,
    publication: number,
    version: dossier.version + 1,
    updatedAt: stamp.at,
    updatedBy: stamp.by,
  });
}

/** SHA-256 of the canonical JSON of a public view, in hexadecimal. */
export function viewHash(view: FrozenView): string {
  return createHash('sha256').update(canonicalJson(view)).digest('hex');
}

function hashes(views: FrozenView[]): [string, string][] {
  return views
    .map((view): [string, string] => [view.id, viewHash(view)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Sorts after every day. */
const UNDATED = '99999999';

/**
 * What a view is sorted by, as eight digits (so that every collation sorts it alike): the day it was said, counted, done
 * or published, or began to be. A month comes after its days and a year after its months, as what is known less
 * precisely; last comes what has no date.
 */
export function sortKey(view: FrozenView): string {
  const date = dateOf(view);
  const range = date === null ? null : dateRange(date);
  const at = range && Number.isFinite(range.from) ? range.from : range?.to;
  if (date === null || at === undefined || !Number.isFinite(at)) return UNDATED;
  const year = new Date(at).getUTCFullYear();
  if (year < 0 || year > 9998) return year < 0 ? '00000000' : UNDATED;
  const begins = date.split('/').find((end) => end !== '' && end !== '..')!;
  const [, month, day] = begins.replace(/[~?%]/g, '').split('-');
  const digits = new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
  if (month === undefined || !/^\d+$/.test(month)) return `${digits.slice(0, 4)}9999`;
  return day === undefined || !/^\d+/.test(day) ? `${digits.slice(0, 6)}99` : digits;
}

/** The date of what a view is about, EDTF. */
export function dateOf(view: FrozenView): string | null {
  switch (view.kind) {
    case 'statement':
      return view.saidOn;
    case 'figure':
      return view.period;
    case 'incident':
      return view.occurredOn;
    case 'source':
      return view.published;
    case 'disagreement':
      return view.decidedAt.slice(0, 10);
    case 'measure':
      return null;
  }
}

async function readMaterial(reader: Reader, key: HouseKey, dossier: string, day: string): Promise<Material> {
  const standing = async <N extends RecordNoun>(noun: N, table: 'statements' | 'figures' | 'incidents') => {
    const rows = await reader
      .selectFrom(table as 'statements')
      .selectAll()
      .where('dossier', '=', dossier)
      .where('status', 'in', ['accepted', 'corrected'])
      .execute();
    return rows.map((row) => fromRow(noun, row)) as Value<N>[];
  };
  const records: AnyRecord[] = [
    ...(await standing('statement', 'statements')),
    ...(await standing('figure', 'figures')),
    ...(await standing('incident', 'incidents')),
  ];
  const sources = await reader.selectFrom('sources').selectAll().where('dossier', '=', dossier).execute();
  const texts = await reader
    .selectFrom('renditions')
    .innerJoin('sources', (join) =>
      join
        .onRef('sources.dossier', '=', 'renditions.dossier')
        .onRef('sources.id', '=', 'renditions.source')
        .onRef('sources.text', '=', 'renditions.sha256'),
    )
    .selectAll('renditions')
    .where('renditions.dossier', '=', dossier)
    .where('renditions.kind', '=', 'text')
    // Read twice into the same text, a source has two renditions of one hash: the first stays the one that is published.
    .orderBy('renditions.createdAt', 'desc')
    .orderBy('renditions.id', 'desc')
    .execute();
  // Of several pictures of an image, the newest is taken last and stays.
  const pictures = await reader
    .selectFrom('renditions')
    .selectAll()
    .where('dossier', '=', dossier)
    .where('kind', '=', 'image')
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  const links = await reader.selectFrom('links').selectAll().where('dossier', '=', dossier).execute();
  const [measures, disagreements, requests, witnesses] = await Promise.all(
    (['measures', 'disagreements', 'requests', 'witnesses'] as const).map((table) =>
      reader
        .selectFrom(table as 'measures')
        .selectAll()
        .where('dossier', '=', dossier)
        .execute(),
    ),
  );
  const accepted = await reader
    .selectFrom('entries')
    .select(({ fn }) => ['subject', fn.min('at').as('at')])
    .where('dossier', '=', dossier)
    .where(
      'action',
      'in',
      PUBLIC_RECORDS.flatMap((kind): Action[] => [`${kind}.accept`, `${kind}.create`]),
    )
    .groupBy('subject')
    .execute();
  return {
    records,
    sources: sources.map((row) => fromRow('source', row)),
    texts: texts.map((row) => fromRow('rendition', row)),
    pictures: pictures.map((row) => fromRow('rendition', row)),
    links: links.map((row) => fromRow('link', row)),
    measures: measures!.map((row) => fromRow('measure', row)),
    disagreements: disagreements!.map((row) => fromRow('disagreement', row)),
    requests: requests!.map((row) => fromRow('request', row)),
    witnesses: witnesses!.map((row) => fromRow('witness', row)),
    sealedWords: await sealedWords(reader, key, dossier, records),
    today: day,
    recordedAt: new Map(accepted.map(({ subject, at }) => [subject, at])),
  };
}

async function currentViews(reader: Reader, dossier: string): Promise<FrozenView[]> {
  const rows = await reader
    .selectFrom('published')
    .select('view')
    .where('dossier', '=', dossier)
    .where('until', 'is', null)
    .execute();
  return rows.map((row) => row.view as FrozenView);
}

// ——— Reading what is public ———

/** A publication of a dossier, and where it stands among the others. */
export interface PublicDossier {
  id: string;
  slug: string;
  language: string;
  /** The publication that is read. */
  publication: Publication;
  /** The number of the newest. */
  newest: number;
  /** How many of its views were erased since it was made. */
  erased: number;
}

/**
 * A publication by the dossier's id or name in addresses; the newest unless a number is given. Throws `not-found`, also for
 * a dossier that was never published: that it exists is the team's business.
 */
export async function readPublication(
  store: Store,
  idOrSlug: string,
  number?: number,
): Promise<PublicDossier> {
  const dossier = await readDossier(store, idOrSlug).catch(() => null);
  const publication =
    dossier && dossier.publication > 0
      ? await findPublication(store.read, dossier, number ?? dossier.publication)
      : undefined;
  if (!dossier || !publication) throw problem('not-found', { what: 'publication' });
  const { id, slug, language, publication: newest } = dossier;
  const erased = await countErasedViews(store.read, id, publication.number);
  return { id, slug, language, publication, newest, erased };
}

async function findPublication(
  reader: Reader,
  dossier: Dossier,
  number: number,
): Promise<Publication | undefined> {
  // A number past PostgreSQL's int is no publication's.
  if (!Number.isInteger(number) || number < 1 || number > dossier.publication) return undefined;
  return reader
    .selectFrom('publications')
    .selectAll()
    .where('dossier', '=', dossier.id)
    .where('number', '=', number)
    .executeTakeFirst();
}

/** All publications of a dossier, newest first. */
export async function listPublications(store: Store, dossier: string): Promise<Publication[]> {
  return store.read
    .selectFrom('publications')
    .selectAll()
    .where('dossier', '=', dossier)
    .orderBy('number', 'desc')
    .execute();
}

/** The newest publication of every published dossier, the newest first. */
export async function listPublicDossiers(store: Store): Promise<PublicDossier[]> {
  const rows = await store.read
    .selectFrom('dossiers')
    .innerJoin('publications', (join) =>
      join
        .onRef('publications.dossier', '=', 'dossiers.id')
        .onRef('publications.number', '=', 'dossiers.publication'),
    )
    .selectAll('publications')
    .select(['dossiers.slug', 'dossiers.language'])
    .orderBy('publications.at', 'desc')
    .execute();
  return rows.map(({ slug, language, ...publication }) => ({
    ...{ id: publication.dossier, slug, language, publication, newest: publication.number },
    // What stands was never erased.
    erased: 0,
  }));
}

/** A kind of list: one kind of view, or records of every kind in order of time. */
export type PublicListKind = PublicView['kind'] | 'record';

/** What a list is narrowed to. */
export interface PublicFilter {
  /** Four digits, or "undated". */
  year?: string | undefined;
  /** Who speaks, counts, acts, or publishes. */
  party?: string | undefined;
}

/** A page of a list: the views in order of their dates, and where the next page begins. */
export interface PublicPage<View extends PublicView = PublicView> {
  items: PublishedView<View>[];
  /** For the next call; null on the last page. */
  next: string | null;
}

/** A view as published. */
export interface PublishedView<View extends PublicView = PublicView> {
  view: View;
  /** The publication it came with, and the one that no longer has it; null while it stands. */
  since: number;
  until: number | null;
  /** The id of its entry in the log. */
  entry: string;
}

/** Whose name a kind of view is listed under, as a path into the view. */
const PARTY_PATH: Record<FrozenView['kind'], string> = {
  statement: '{speaker,name}',
  figure: '{accordingTo,name}',
  incident: '{acts,0,perpetrators,0,party,name}',
  source: '{publisher}',
  measure: '{name}',
  disagreement: '{finding}',
};

type Published = SelectQueryBuilder<Tables, 'published', object>;

/** The views of a kind that a publication holds. */
function held(store: Store, of: PublicDossier, kind: FrozenView['kind'], filter: PublicFilter): Published {
  let query = store.read
    .selectFrom('published')
    .where('dossier', '=', of.id)
    .where('kind', '=', kind) as Published;
  const { number } = of.publication;
  // The newest publication is what has no end: that is what the index is for.
  if (number === of.newest) query = query.where('until', 'is', null);
  else {
    query = query
      .where('since', '<=', number)
      .where((is) => is.or([is('until', 'is', null), is('until', '>', number)]));
  }
  if (filter.year === 'undated') query = query.where('sortKey', '=', UNDATED);
  else if (filter.year !== undefined) {
    query = query.where('sortKey', '>=', `${filter.year}0000`).where('sortKey', '<=', `${filter.year}9999`);
  }
  if (filter.party !== undefined)
    query = query.where(sql<string>`view #>> ${PARTY_PATH[kind]}::text[]`, '=', filter.party);
  return query;
}

const kindsOf = (kind: PublicListKind): readonly PublicView['kind'][] =>
  kind === 'record' ? PUBLIC_RECORDS : [kind];

/**
 * A page of a publication's list, oldest first and undated last. `cursor` is a former answer's `next`, or null.
 * Page 2,000 costs what page 1 costs. Throws `request.cursor` on a cursor that is none.
 */
export async function listPublished(
  store: Store,
  of: PublicDossier,
  kind: PublicListKind,
  { cursor, limit, filter = {} }: { cursor: string | null; limit: number; filter?: PublicFilter },
): Promise<PublicPage> {
  const after = cursor === null ? null : readCursor(cursor);
  const found: { row: PublishedView; key: string }[] = [];
  // Each kind by its own walk along the index; the pages are then merged.
  for (const one of kindsOf(kind)) {
    let query = held(store, of, one, filter)
      .select(['view', 'since', 'until', 'entry', 'sortKey', 'id'])
      .orderBy('sortKey')
      .orderBy('id')
      .limit(limit + 1);
    if (after) query = query.where(sql<boolean>`(sort_key, id) > (${after.sortKey}, ${after.id}::uuid)`);
    for (const { sortKey, id, ...row } of await query.execute())
      found.push({ row: row as PublishedView, key: `${sortKey}.${id}` });
  }
  found.sort((a, b) => (a.key < b.key ? -1 : 1));
  const shown = found.slice(0, limit);
  return {
    items: shown.map(({ row }) => row),
    next: found.length > limit ? shown.at(-1)!.key : null,
  };
}

function readCursor(cursor: string): { sortKey: string; id: string } {
  const parts = /^(\d{8})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(cursor);
  if (!parts) throw problem('request.cursor');
  return { sortKey: parts[1]!, id: parts[2]! };
}

/** A page of a publication's disagreements, in the order in which they were judged. Throws `request.cursor`. */
export async function listPublishedDisagreements(
  store: Store,
  of: PublicDossier,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<{ items: PublicDisagreement[]; next: string | null }> {
  const after = cursor === null ? null : readCursor(cursor);
  let query = held(store, of, 'disagreement', {})
    .select(['view', 'sortKey', 'id'])
    .orderBy('sortKey')
    .orderBy('id')
    .limit(limit + 1);
  if (after) query = query.where(sql<boolean>`(sort_key, id) > (${after.sortKey}, ${after.id}::uuid)`);
  const rows = await query.execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ view }) => view as unknown as PublicDisagreement),
    next: rows.length > limit && last ? `${last.sortKey}.${last.id}` : null,
  };
}

/** The disagreements of a publication, those decided first first; the one with an id, or those a record is part of. */
export async function publishedDisagreements(
  store: Store,
  of: PublicDossier,
  wanted: { id: string } | { record: string } | null = null,
): Promise<PublicDisagreement[]> {
  let query = held(store, of, 'disagreement', {}).select('view').orderBy('sortKey').orderBy('id');
  if (wanted !== null) {
    const id = 'id' in wanted ? wanted.id : wanted.record;
    if (!isId(id)) return [];
    const speaks = JSON.stringify([{ id }]);
    query =
      'id' in wanted
        ? query.where('id', '=', id)
        : query.where(sql<boolean>`view -> 'records' @> ${speaks}::jsonb`);
  }
  return (await query.execute()).map(({ view }) => view as unknown as PublicDisagreement);
}

/** How many of a list there are, by year and by party. */
export interface PublicFacets {
  total: number;
  /** Four digits or "undated", oldest first. */
  years: [year: string, count: number][];
  /** The most frequent, at most 30. */
  parties: [name: string, count: number][];
}

/** Counts a publication's list. Each facet is counted under the other's filter, so that no link leads to nothing. */
export async function countPublished(
  store: Store,
  of: PublicDossier,
  kind: PublicListKind,
  filter: PublicFilter = {},
): Promise<PublicFacets> {
  const years = new Map<string, number>();
  const parties = new Map<string, number>();
  let total = 0;
  for (const one of kindsOf(kind)) {
    const byYear = await held(store, of, one, { party: filter.party })
      .select(({ fn }) => [sql<string>`left(sort_key, 4)`.as('year'), fn.countAll<number>().as('n')])
      .groupBy('year')
      .execute();
    for (const { year, n } of byYear) {
      years.set(year, (years.get(year) ?? 0) + n);
      if (filter.year === undefined || filter.year === nameOfYear(year)) total += n;
    }
    const byParty = await held(store, of, one, { year: filter.year })
      .select(({ fn }) => [
        sql<string | null>`view #>> ${sql.lit(PARTY_PATH[one])}::text[]`.as('name'),
        fn.countAll<number>().as('n'),
      ])
      .groupBy('name')
      .execute();
    for (const { name, n } of byParty) if (name !== null) parties.set(name, (parties.get(name) ?? 0) + n);
  }
  return {
    total,
    years: [...years].sort(([a], [b]) => (a < b ? -1 : 1)).map(([year, n]) => [nameOfYear(year), n]),
    parties: [...parties].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 30),
  };
}

const nameOfYear = (year: string) => (year === UNDATED.slice(0, 4) ? 'undated' : year);

/** How many views of each kind a publication holds. */
export async function countKinds(
  store: Store,
  of: PublicDossier,
): Promise<Record<FrozenView['kind'], number>> {
  const counts = { statement: 0, figure: 0, incident: 0, source: 0, measure: 0, disagreement: 0 };
  for (const kind of [...PUBLIC_RECORDS, 'source', 'measure', 'disagreement'] as const) {
    const { n } = await held(store, of, kind, {})
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    counts[kind] = n;
  }
  return counts;
}

/** Where a view's entry stands in the log, and what shows that the log's leaf is of this view. */
export interface PublicEntry {
  id: string;
  at: string;
  /** Its number in the log; null until the log has taken it in. */
  index: number | null;
  /** Base64; the salt is null once the entry was erased. */
  headCommitment: string;
  commitment: string;
  salt: string | null;
}

/** A record or source, with everything the public was ever shown of it. */
export interface PublishedHistory<View extends PublicView = PublicView> {
  /** As the publication has it; null when that publication no longer has it, or not yet. */
  shown: PublishedView<View> | null;
  /** Every version, oldest first. */
  versions: (PublishedView<View> & { at: string })[];
  /** The entry of what is shown. */
  entry: PublicEntry | null;
}

/** A published record or source by its id. Throws `not-found` when the public never saw it up to this publication, and `publication.erased`. */
export async function readPublished(store: Store, of: PublicDossier, id: string): Promise<PublishedHistory> {
  const { number } = of.publication;
  const rows = isId(id)
    ? await store.read
        .selectFrom('published')
        .innerJoin('publications', (join) =>
          join
            .onRef('publications.dossier', '=', 'published.dossier')
            .onRef('publications.number', '=', 'published.since'),
        )
        .select(['view', 'since', 'until', 'entry', 'publications.at'])
        .where('published.dossier', '=', of.id)
        .where('published.id', '=', id)
        .orderBy('since')
        .execute()
    : [];
  const erased = rows.find(({ view }) => (view as { kind: string }).kind === 'erased');
  // When it was erased, and not why: that is the team's business.
  if (erased) throw problem('publication.erased', { date: (erased.view as { at: string }).at.slice(0, 10) });
  if (!rows.some(({ since }) => since <= number)) throw problem('not-found', { what: 'record' });
  const versions = rows as PublishedHistory['versions'];
  const shown = versions.find(({ since, until }) => since <= number && (until === null || until > number));
  return { shown: shown ?? null, versions, entry: shown ? await readEntry(store, shown.entry) : null };
}

async function readEntry(store: Store, id: string): Promise<PublicEntry | null> {
  const row = await store.read
    .selectFrom('entries')
    .select(['id', 'at', 'logIndex', 'headCommitment', 'commitment', 'salt'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    at: row.at,
    index: row.logIndex,
    headCommitment: row.headCommitment.toString('base64'),
    commitment: row.commitment.toString('base64'),
    salt: row.salt?.toString('base64') ?? null,
  };
}

const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);

/** The records among these ids that a publication holds, by id. */
export async function publishedRecords(
  store: Store,
  of: PublicDossier,
  ids: Iterable<string>,
): Promise<Map<string, PublicRecord>> {
  return (await publishedByIds(store, of, PUBLIC_RECORDS, ids)) as Map<string, PublicRecord>;
}

/** The sources among these ids that a publication holds, by id. */
export async function publishedSources(
  store: Store,
  of: PublicDossier,
  ids: Iterable<string>,
): Promise<Map<string, PublicSource>> {
  return (await publishedByIds(store, of, ['source'], ids)) as Map<string, PublicSource>;
}

async function publishedByIds(
  store: Store,
  of: PublicDossier,
  kinds: readonly PublicView['kind'][],
  ids: Iterable<string>,
): Promise<Map<string, PublicView>> {
  const views = new Map<string, PublicView>();
  for (const some of chunks([...new Set(ids)])) {
    for (const kind of kinds) {
      const rows = await held(store, of, kind, {}).select(['id', 'view']).where('id', 'in', some).execute();
      for (const { id, view } of rows) views.set(id, view as PublicView);
    }
  }
  return views;
}

/** The measures of a publication, by name. */
export async function publishedMeasures(store: Store, of: PublicDossier): Promise<PublicMeasure[]> {
  const rows = await held(store, of, 'measure', {}).select('view').execute();
  const views = rows.map(({ view }) => view as PublicMeasure);
  return views.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** What is drawn of a published figure: all but its passages, its links and what lists are narrowed by. */
export type DrawnView = Omit<PublicFigure, 'passages' | 'links' | 'tags'>;

/** All figures of a publication as they are drawn: there may be a hundred thousand, so they come without their passages. */
export async function publishedFigures(store: Store, of: PublicDossier): Promise<DrawnView[]> {
  const rows = await held(store, of, 'figure', {})
    .select(sql<DrawnView>`view - 'passages' - 'links' - 'tags'`.as('figure'))
    .execute();
  return rows.map(({ figure }) => figure);
}

/** The records of a publication that rest on a source, in order of time, at most `limit`. */
export async function publishedRecordsOf(
  store: Store,
  of: PublicDossier,
  source: string,
  limit: number,
): Promise<PublishedView<PublicRecord>[]> {
  const rests = JSON.stringify([{ source }]);
  const found: (PublishedView & { sortKey: string })[] = [];
  for (const kind of PUBLIC_RECORDS) {
    const rows = await held(store, of, kind, {})
      .select(['view', 'since', 'until', 'entry', 'sortKey'])
      .where(sql<boolean>`view -> 'passages' @> ${rests}::jsonb`)
      .orderBy('sortKey')
      .orderBy('id')
      .limit(limit)
      .execute();
    found.push(...(rows as typeof found));
  }
  found.sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : 0));
  return found.slice(0, limit).map(({ sortKey: _, ...row }) => row as PublishedView<PublicRecord>);
}

/** What changed in public lately. */
export interface PublicChange {
  kind: PublicRecord['kind'];
  id: string;
  what: 'published' | 'corrected' | 'withdrawn';
  /** In which publication, and when. */
  publication: number;
  at: string;
  /** What the public reads now; null when it was withdrawn. */
  view: PublicRecord | null;
}

/** The newest changes of a dossier's public records, newest first; one for each record. For feeds. */
export async function recentChanges(store: Store, of: PublicDossier, limit: number): Promise<PublicChange[]> {
  const { rows } = await sql<{
    kind: PublicRecord['kind'];
    id: string;
    since: number;
    until: number | null;
    isFirst: boolean;
    view: PublicRecord;
  }>`
    select * from (
      select distinct on (id) kind, id, since, until, view, sort_key,
        not exists (select 1 from published q where q.dossier = p.dossier and q.id = p.id and q.since < p.since)
          as is_first
      from published p
      where dossier = ${of.id} and kind in (${sql.join(PUBLIC_RECORDS)})
      order by id, since desc
    ) newest
    order by coalesce(until, since) desc, sort_key, id limit ${limit}`.execute(store.read);
  const at = new Map((await listPublications(store, of.id)).map(({ number, at }) => [number, at]));
  return rows.map(({ kind, id, since, until, isFirst, view }) => {
    const publication = until ?? since;
    return {
      ...{ kind, id, publication, at: at.get(publication)! },
      what: until !== null ? 'withdrawn' : isFirst ? 'published' : 'corrected',
      view: until === null ? view : null,
    };
  });
}
