// Lists of sources: newest first, page by page, with what was found in their text and what was made of them.
import { type SqlBool, sql } from 'kysely';
import { problem } from '../record/problem.ts';
import type { Source } from '../record/source.ts';
import type { Store } from './store.ts';

/** Which sources; what is left out leaves a question open. */
export interface SourceQuery {
  /** Words, as in a search engine: "quoted phrase", or, -without. Searches titles and texts. */
  q?: string | undefined;
  state?: Source['state'] | undefined;
  type?: Source['type'] | undefined;
  /** A language tag; "en" finds "en-GB". */
  language?: string | undefined;
  /** Only what this account handed in. */
  handedInBy?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** A source in a list. */
export interface ListedSource extends Source {
  /** Records that stand on it: accepted, or corrected since. */
  records: number;
  /** Records suggested from it that nobody has judged yet. */
  suggested: number;
  /** Text around the words searched for, each found word between U+0002 and U+0003; null without a search. */
  snippet: string | null;
}

/** A page of sources; `next` is the cursor of the page after it, null on the last; `total` counts all pages. */
export interface SourcePage {
  sources: ListedSource[];
  next: string | null;
  total: number;
}

/** A page of a dossier's sources, newest first. */
export async function listSources(store: Store, dossier: string, query: SourceQuery): Promise<SourcePage> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const asked = query.q?.trim() ?? '';
  let matching = store.read.selectFrom('sources').where('dossier', '=', dossier);
  if (query.state) matching = matching.where('state', '=', query.state);
  if (query.type) matching = matching.where('type', '=', query.type);
  if (query.handedInBy) matching = matching.where('createdBy', '=', query.handedInBy);
  if (query.language) {
    const tag = query.language;
    matching = matching.where((eb) => eb.or([eb('language', '=', tag), eb('language', 'like', `${tag}-%`)]));
  }
  if (asked !== '') {
    const inTitle = `%${asked.replace(/[\\%_]/g, '\\$&')}%`;
    matching = matching.where(
      sql<SqlBool>`(unaccent(title) ilike unaccent(${inTitle}) or id in (
        select source from source_parts where dossier = ${dossier} and search @@ ${question(asked)}))`,
    );
  }
  let rows = matching
    .selectAll()
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1);
  if (after)
    rows = rows.where(sql<SqlBool>`(created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  const [found, { total }] = await Promise.all([
    rows.execute() as Promise<Source[]>,
    matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  const shown = found.slice(0, query.limit);
  const ids = shown.map((source) => source.id);
  const [counts, snippets] = await Promise.all([
    countRecords(store, dossier, ids),
    findSnippets(store, dossier, ids, asked),
  ]);
  const last = shown.at(-1);
  return {
    sources: shown.map((source) => ({
      ...source,
      ...(counts.get(source.id) ?? { records: 0, suggested: 0 }),
      snippet: snippets.get(source.id) ?? null,
    })),
    next: found.length > query.limit && last ? writeCursor(last) : null,
    total,
  };
}

/** All sources of a question, page by page, for CSV: nothing is held but one page. */
export async function* allSources(
  store: Store,
  dossier: string,
  query: SourceQuery,
): AsyncGenerator<ListedSource[]> {
  let cursor: string | undefined;
  do {
    const page = await listSources(store, dossier, { ...query, cursor, limit: 500 });
    yield page.sources;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/** A dossier's texts are in several languages, each stemmed by its own; the question is put to all of them. */
const question = (asked: string) => {
  const words = sql`unaccent(${asked})`;
  return sql`(websearch_to_tsquery('english', ${words}) || websearch_to_tsquery('french', ${words}) || websearch_to_tsquery('simple', ${words}))`;
};

async function countRecords(store: Store, dossier: string, sources: string[]) {
  const counts = new Map<string, Pick<ListedSource, 'records' | 'suggested'>>();
  if (sources.length === 0) return counts;
  const rows = await store.read
    .selectFrom('recordSources as rs')
    .innerJoin('recordIndex as ri', (join) =>
      join
        .onRef('ri.dossier', '=', 'rs.dossier')
        .onRef('ri.kind', '=', 'rs.kind')
        .onRef('ri.id', '=', 'rs.id'),
    )
    .select(['rs.source', 'ri.status'])
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('rs.dossier', '=', dossier)
    .where('rs.source', 'in', sources)
    .groupBy(['rs.source', 'ri.status'])
    .execute();
  for (const { source, status, count } of rows) {
    const of = counts.get(source) ?? { records: 0, suggested: 0 };
    counts.set(source, of);
    if (status === 'suggested') of.suggested += count;
    // What was corrected after publication stands as much as what was accepted.
    if (status === 'accepted' || status === 'corrected') of.records += count;
  }
  return counts;
}

const [FOUND, FOUND_END] = ['\u0002', '\u0003'];

async function findSnippets(
  store: Store,
  dossier: string,
  sources: string[],
  asked: string,
): Promise<Map<string, string>> {
  if (sources.length === 0 || asked === '') return new Map();
  const options = `StartSel=${FOUND},StopSel=${FOUND_END},MaxFragments=2,MaxWords=24,MinWords=10,FragmentDelimiter=" … "`;
  const { rows } = await sql<{ source: string; snippet: string }>`
    select first.source, ts_headline(
      first.configuration::regconfig, translate(first.words, ${FOUND + FOUND_END}, ''),
      websearch_to_tsquery(first.configuration::regconfig, ${asked}), ${options}) as snippet
    from (
      select distinct on (p.source) p.source, p.words, case
        when s.language like 'en%' then 'constat_english'
        when s.language like 'fr%' then 'constat_french'
        else 'constat_simple' end as configuration
      from source_parts p join sources s on s.dossier = p.dossier and s.id = p.source
      where p.dossier = ${dossier} and p.source in (${sql.join(sources)}) and p.search @@ ${question(asked)}
      order by p.source, p.part
    ) first`.execute(store.read);
  return new Map(rows.map((row) => [row.source, row.snippet.replace(/\s+/g, ' ')]));
}

function writeCursor(source: Source): string {
  return Buffer.from(JSON.stringify([source.createdAt, source.id])).toString('base64url');
}

function readCursor(cursor: string): { at: string; id: string } {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown, unknown];
    if (
      typeof at === 'string' &&
      typeof id === 'string' &&
      !Number.isNaN(Date.parse(at)) &&
      /^[0-9a-f-]{36}$/.test(id)
    ) {
      return { at, id };
    }
  } catch {
    // Falls through to the one answer for every cursor that is not ours.
  }
  throw problem('request.cursor');
}
