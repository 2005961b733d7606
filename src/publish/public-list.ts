// Lists of a dossier's public records and sources: plain links for facets and pages, and the same list as CSV.
import { html, raw } from 'hono/html';
import { csvLine, flatten, RECORD_COLUMNS } from '../record/csv.ts';
import type { PublicRecord, PublicStatement, PublicView } from '../record/public-view.ts';
import {
  countPublished,
  listPublished,
  type PublicFilter,
  publishedRecords,
  publishedSources,
} from '../store/publications.ts';
import type { Store } from '../store/store.ts';
import {
  type Answer,
  type DossierRequest,
  type Html,
  LISTS,
  type ListName,
  link,
  mark,
  quoted,
  renderDossierPage,
  wordsFor,
} from './public-page.ts';
import { byline, figureInWords, headline, type PublicMessages, viewDate } from './public-words.ts';

/** Lines on a page of a list. */
const PAGE = 50;

/** Where in a list the reader is. */
export interface ListQuery extends PublicFilter {
  after: string | null;
}

/** A page of one of a dossier's lists. Throws `request.cursor`. */
export async function listPage(
  store: Store,
  request: DossierRequest,
  name: ListName,
  { after, ...filter }: ListQuery,
): Promise<Answer> {
  const m = wordsFor(request);
  const { of, base } = request;
  const kind = LISTS[name];
  const facets = await countPublished(store, of, kind, filter);
  const { items, next } = await listPublished(store, of, kind, { cursor: after, limit: PAGE, filter });
  const views = items.map(({ view }) => view);
  const path = `${base}/${name}`;
  const title = kind === 'record' ? m.t('public.chronology') : m.t(`public.kinds.${kind}`);
  const choice = (label: Html | string, count: number, isHere: boolean, query: PublicFilter) =>
    html`<li>${
      isHere
        ? html`<strong aria-current="true">${label}</strong>`
        : html`<a href="${link(request, path, { ...query })}" rel="nofollow">${label}</a>`
    } <span class="count">${m.number(count)}</span></li>`;
  const isNarrowed = filter.year !== undefined || filter.party !== undefined;
  const body = html`<div class="leaf">
    <div class="text">
      <h1>${title}</h1>
      <p class="standing">${m.t(`public.count.${kind}`, { count: facets.total })}${isNarrowed ? html` · <a href="${link(request, path)}">${m.t('public.list.all')}</a>` : ''}</p>
      ${views.length === 0 ? html`<p>${m.t('public.list.empty')}</p>` : await entries(store, request, views, 'h2')}
      <p class="paging">
        ${after === null ? '' : html`<a href="${link(request, path, { ...filter })}">${m.t('public.list.first')}</a>`}
        ${next === null ? '' : html`<a class="onward" rel="next" href="${link(request, path, { ...filter, after: next })}">${m.t('public.list.next')}</a>`}
      </p>
    </div>
    <aside class="notes">
      ${
        facets.years.length > 1 || filter.year !== undefined
          ? html`<section><h2>${m.t('public.list.years')}</h2><ul class="facets years">${facets.years.map(
              ([year, count]) =>
                choice(year === 'undated' ? m.t('public.list.undated') : year, count, year === filter.year, {
                  ...filter,
                  year,
                }),
            )}</ul></section>`
          : ''
      }
      ${
        facets.parties.length > 1 || filter.party !== undefined
          ? html`<section><h2>${m.t(`public.list.parties.${kind}`)}</h2><ul class="facets">${facets.parties.map(
              ([party, count]) =>
                choice(quoted(party, null, 'bdi'), count, party === filter.party, { ...filter, party }),
            )}</ul></section>`
          : ''
      }
      ${kind === 'record' ? '' : html`<section class="take"><p><a href="${path}.csv">${m.t('public.list.csv')}</a></p></section>`}
    </aside>
  </div>`;
  return renderDossierPage(
    request,
    { title: `${title} – ${of.publication.title}`, unlisted: isNarrowed || after !== null, body },
    name,
  );
}

/** Lines of a list, each with its date, its mark, and how it stands to others; `heading` is the level they stand on. */
export async function entries(
  store: Store,
  request: DossierRequest,
  views: PublicView[],
  heading: 'h2' | 'h3',
): Promise<Html> {
  const records = views.filter((view): view is PublicRecord => view.kind !== 'source');
  const linked = await publishedRecords(
    store,
    request.of,
    records.flatMap((view) => view.links.map(({ id }) => id)),
  );
  return html`<ol class="entries">${views.map((view) => entry(request, view, linked, heading))}</ol>`;
}

function entry(
  request: DossierRequest,
  view: PublicView,
  linked: ReadonlyMap<string, PublicRecord>,
  heading: 'h2' | 'h3',
): Html {
  const m = wordsFor(request);
  const date = viewDate(view, m);
  const line = byline(view, m);
  const isSource = view.kind === 'source';
  return html`<li class="entry kind-${view.kind}">
    <p class="when">${mark(view.kind)}<span class="kind">${isSource ? m.t(`public.source-type.${view.type}`) : m.t(`public.kind.${view.kind}`)}</span>
      <span class="date">${date === '' ? m.t('public.undated') : date}</span></p>
    <div class="what">
      <${raw(heading)} class="line"><a href="${link(request, addressOf(request.base, view))}">${lead(request, view)}</a></${raw(heading)}>
      ${line.length === 0 ? '' : html`<p class="byline">${line.map((part, index) => html`${index > 0 ? ' · ' : ''}${quoted(part, null, 'bdi')}`)}</p>`}
      ${isSource || view.links.length === 0 ? '' : relations(request, view, linked)}
    </div>
  </li>`;
}

/** The words a record is known by in a list. */
function lead(request: DossierRequest, view: PublicView): Html {
  const m = wordsFor(request);
  switch (view.kind) {
    case 'statement': {
      const speaker = view.speaker?.name ?? m.t('public.speaker.unknown');
      const content =
        view.mode === 'direct'
          ? html`<q dir="auto" lang="${view.language ?? ''}">${view.content}</q>`
          : quoted(view.content, view.language);
      return around(
        m.t('public.headline.reported', { speaker: MARK, act: m.t(`public.act.${view.act}`), content: MARK }),
        [html`<strong><bdi>${speaker}</bdi></strong>`, content],
      );
    }
    case 'figure':
      return html`<span class="amount">${figureInWords(view, m)}</span> ${quoted(view.counted, view.language)}`;
    default:
      return quoted(view.title, view.language);
  }
}

/** Stands for an element in a message; no message and no text of a source that has been stored holds it. */
const MARK = '\u0000';

/** A message around elements, in the order in which they stand in it. */
function around(message: string, elements: Html[]): Html {
  const [first, ...rest] = message.split(MARK);
  return html`${first}${rest.map((words, index) => html`${elements[index]}${words}`)}`;
}

/** Who speaks, and what they do by speaking: "The ministry clarifies", the name set off. */
export function speech(speaker: string, view: PublicStatement, m: PublicMessages): Html {
  const message = m.t('public.speech', { speaker: MARK, act: m.t(`public.act.${view.act}`) });
  return around(message, [html`<strong><bdi>${speaker}</bdi></strong>`]);
}

/** How a record stands to others: "Clarified by …". */
export function relations(
  request: DossierRequest,
  view: PublicRecord,
  linked: ReadonlyMap<string, PublicRecord>,
): Html {
  const m = wordsFor(request);
  return html`<ul class="relations">${view.links.map(({ link: kind, direction, id }) => {
    const other = linked.get(id);
    if (!other) return '';
    return html`<li class="relation-${kind}"><span class="relation">${m.t(`public.link.${direction}.${kind}`)}</span>
      ${mark(other.kind)}<a href="${link(request, addressOf(request.base, other))}">${quoted(headline(other, m, 110), null, 'bdi')}</a></li>`;
  })}</ul>`;
}

/** Where a view stands below a dossier's address. */
export function addressOf(base: string, view: Pick<PublicView, 'kind' | 'id'>): string {
  return `${base}/${view.kind === 'source' ? 'source' : 'record'}/${view.id}`;
}

/** Rows read at a time while a table is written. */
const ROWS = 500;
/** What a public table has beside a record's own columns: where it stands, and the source it rests on. */
const PUBLIC_COLUMNS = ['permalink', 'publication'];
const SOURCE_COLUMNS = ['source.title', 'source.publisher', 'source.published', 'source.address'];

/** A whole list as CSV (RFC 4180, UTF-8 with a byte order mark, which spreadsheets need), in pieces as it is read. */
export async function* csvOf(
  store: Store,
  request: DossierRequest,
  kind: PublicView['kind'],
): AsyncGenerator<string> {
  const { of, origin } = request;
  // What a public source does not tell would only make empty columns.
  const columns: readonly string[] =
    kind === 'source'
      ? RECORD_COLUMNS.source.filter((name) => !['reliability', 'acquisition', 'state'].includes(name))
      : RECORD_COLUMNS[kind];
  yield `\ufeff${csvLine([...columns, ...PUBLIC_COLUMNS, ...(kind === 'source' ? [] : SOURCE_COLUMNS)])}`;
  let cursor: string | null = null;
  do {
    const page = await listPublished(store, of, kind, { cursor, limit: ROWS });
    const views = page.items.map(({ view }) => view);
    const first = views.flatMap((view) => (view.kind === 'source' ? [] : view.passages.slice(0, 1)));
    const ids = first.map(({ source }) => source);
    const sources = await publishedSources(store, of, ids);
    yield page.items
      .map(({ view, since }) => {
        const row = flatten(view);
        const source = view.kind === 'source' ? undefined : sources.get(view.passages[0]?.source ?? '');
        const permalink = `${origin}${addressOf(`/p/${of.slug}/${of.publication.number}`, view)}`;
        const about = source ? [source.title, source.publisher, source.published, source.address] : [];
        return csvLine([...columns.map((name) => row[name]), permalink, since, ...about]);
      })
      .join('');
    cursor = page.next;
  } while (cursor !== null);
}
