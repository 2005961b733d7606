// Lists of records: filter, search, sort, page by cursor, count facets. All of it runs on record_index,
// and page 2,000 costs what page 1 costs, because a cursor says where to go on and nothing is skipped over.
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { problem } from '../record/problem.ts';
import {
  FACETS,
  FACETS_OF,
  type Facet,
  type FacetCounts,
  type RecordFilter,
  type RecordQuery,
  type RecordSort,
} from '../record/record-query.ts';
import { orderCounts } from './facet-index.ts';
import type { RecordNoun, Value } from './rows.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { findValues } from './values.ts';

/** One page of a list; `next` is the cursor of the page after it, null on the last. */
export interface RecordPage<N extends RecordNoun> {
  records: Value<N>[];
  next: string | null;
}

type Index = ExpressionBuilder<Tables, 'recordIndex'>;

const SORT_COLUMNS = {
  date: 'sortDate',
  party: 'sortParty',
  value: 'sortValue',
  confidence: 'confidence',
} as const;

/** A page of records of one kind. */
export async function listRecords<N extends RecordNoun>(
  store: Store,
  noun: N,
  dossier: string,
  query: RecordQuery,
): Promise<RecordPage<N>> {
  const column = SORT_COLUMNS[query.sort];
  const after = query.cursor === undefined ? null : readCursor(query.cursor, query.sort);
  let rows = store.read
    .selectFrom('recordIndex')
    .select(['id', column])
    .where('dossier', '=', dossier)
    .where('kind', '=', noun)
    .where((eb) => eb.and(conditions(eb, query)))
    .orderBy(column, query.order)
    .orderBy('id', query.order)
    .limit(query.limit + 1);
  if (after) {
    const past = query.order === 'asc' ? sql`>` : sql`<`;
    rows = rows.where(
      sql<SqlBool>`(${sql.ref(column)}, ${sql.ref('id')}) ${past} (${after.key}, ${after.id})`,
    );
  }
  const found = await rows.execute();
  const shown = found.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    records: await findValues(
      store.read,
      noun,
      dossier,
      shown.map((row) => row.id),
    ),
    next: found.length > query.limit && last ? writeCursor(last[column], last.id) : null,
  };
}

/** All records of a question, page by page, for CSV and export: nothing is held but one page. */
export async function* allRecords<N extends RecordNoun>(
  store: Store,
  noun: N,
  dossier: string,
  query: RecordQuery,
): AsyncGenerator<Value<N>[]> {
  let cursor: string | undefined;
  do {
    const page = await listRecords(store, noun, dossier, { ...query, cursor, limit: 500 });
    yield page.records;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/**
 * Counts the values of each facet. A facet's own choice does not narrow its own counts, so that a person sees what
 * choosing another value would give. Without a search the counts come from memory, with one from the database.
 */
export async function countFacets(
  store: Store,
  noun: RecordNoun,
  dossier: string,
  filter: RecordFilter,
): Promise<{ total: number; facets: FacetCounts }> {
  if (!filter.q) return store.facets.count(dossier, noun, filter);
  const facets = FACETS_OF[noun];
  const chosen = facets.filter((facet) => filter[facet].length > 0);
  const open = facets.filter((facet) => !chosen.includes(facet));
  const [shared, ...own] = await Promise.all([
    countFound(store, noun, dossier, filter, open),
    ...chosen.map((facet) => countFound(store, noun, dossier, { ...filter, [facet]: [] }, [facet])),
  ]);
  return {
    total: shared.total,
    facets: Object.assign({}, shared.facets, ...own.map((counts) => counts.facets)),
  };
}

async function countFound(
  store: Store,
  noun: RecordNoun,
  dossier: string,
  filter: RecordFilter,
  facets: Facet[],
): Promise<{ total: number; facets: FacetCounts }> {
  const sets = sql.join([...facets.map((facet) => sql`(${sql.ref(facet)})`), sql`()`]);
  const rows = await store.read
    .selectFrom('recordIndex')
    .select(facets.map((facet) => sql<string | null>`${sql.ref(facet)}::text`.as(facet)))
    .select(facets.map((facet) => sql<number>`grouping(${sql.ref(facet)})`.as(`${facet}Grouped`)))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('dossier', '=', dossier)
    .where('kind', '=', noun)
    .where((eb) => eb.and(conditions(eb, filter)))
    .groupBy(sql`grouping sets (${sets})`)
    .execute();
  const counts = {} as FacetCounts;
  let total = 0;
  for (const facet of facets) counts[facet] = [];
  for (const row of rows as Record<string, unknown>[]) {
    // grouping() is 0 for the facet this row counts, 1 for those it sums over.
    const facet = facets.find((name) => row[`${name}Grouped`] === 0);
    if (facet === undefined) total = row.count as number;
    else counts[facet]!.push({ value: row[facet] as string | null, count: row.count as number });
  }
  for (const facet of facets) counts[facet] = orderCounts(counts[facet]!);
  return { total, facets: counts };
}

function conditions(eb: Index, filter: RecordFilter): Expression<SqlBool>[] {
  const found: Expression<SqlBool>[] = [];
  for (const facet of FACETS) {
    const values = filter[facet];
    if (values.length > 0) found.push(eb(facet, 'in', values as never));
  }
  // The same once more in the words of an index: few records are one party's, and a year is a stretch of dates.
  if (filter.year.length > 0) {
    found.push(eb('sortDate', '>=', yearText(Math.min(...filter.year))));
    found.push(eb('sortDate', '<', yearText(Math.max(...filter.year) + 1)));
  }
  if (filter.party.length > 0)
    found.push(
      eb(
        'sortParty',
        'in',
        filter.party.map((name) => name.toLowerCase()),
      ),
    );
  if (filter.q) {
    // A dossier's records are in several languages and each is stemmed by its own; the question is put to all of them.
    const words = sql`unaccent(${filter.q})`;
    found.push(
      sql<SqlBool>`search @@ (websearch_to_tsquery('english', ${words}) || websearch_to_tsquery('french', ${words}) || websearch_to_tsquery('simple', ${words}))`,
    );
  }
  return found.length > 0 ? found : [eb.val(true)];
}

/** A year as the beginning of the instants in it, as they are sorted. */
function yearText(year: number): string {
  return String(year).padStart(4, '0');
}

function writeCursor(key: string | number, id: string): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

function readCursor(cursor: string, sort: RecordSort): { key: string | number; id: string } {
  try {
    const [key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown, unknown];
    const keyFits = sort === 'date' || sort === 'party' ? typeof key === 'string' : typeof key === 'number';
    if (keyFits && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id))
      return { key: key as string | number, id };
  } catch {
    // Falls through to the one answer for every cursor that is not ours.
  }
  throw problem('request.cursor');
}

/** The records that rest on a source, in the order of the text; the reader's list. */
export async function recordsOfSource(
  store: Store,
  dossier: string,
  source: string,
): Promise<Value<RecordNoun>[]> {
  const rows = await store.read
    .selectFrom('recordSources')
    .select(['kind', 'id', 'start'])
    .where('dossier', '=', dossier)
    .where('source', '=', source)
    .orderBy('start')
    .orderBy('id')
    .execute();
  const records = await Promise.all(
    (['statement', 'figure', 'incident'] as const).map((noun) =>
      findValues<RecordNoun>(
        store.read,
        noun,
        dossier,
        rows.filter((row) => row.kind === noun).map((row) => row.id),
      ),
    ),
  );
  const byId = new Map(records.flat().map((record) => [record.id, record]));
  return rows.flatMap((row) => byId.get(row.id) ?? []);
}
