// How many, for the public: a publication's measures, and for each its chart, its disagreements and its table. Made of what is
// published and nothing else; figures that no published measure has are grouped by their words.
import { html, raw } from 'hono/html';
import { type ChartGroup, type ChartMark, type HowMany, howMany } from '../analysis/how-many.ts';
import type { Names } from '../analysis/names.ts';
import { dateInWords, stepInWords } from '../language/wording.ts';
import type { Party } from '../record/common.ts';
import { csvLine, flatten, RECORD_COLUMNS } from '../record/csv.ts';
import { dateRange } from '../record/date.ts';
import { foldedWords } from '../record/measure-match.ts';
import { problem } from '../record/problem.ts';
import type { PublicDisagreement, PublicFigure, PublicMeasure, PublicSource } from '../record/public-view.ts';
import {
  type DrawnView,
  type PublicDossier,
  publishedDisagreements,
  publishedFigures,
  publishedMeasures,
  publishedRecords,
  publishedSources,
} from '../store/publications.ts';
import type { Store } from '../store/store.ts';
import { chunks } from '../store/write.ts';
import { pictureOf } from './chart/picture.ts';
import { groupInWords, noteInWords, reasonsInWords } from './chart/words.ts';
import { figureChart } from './figure-chart.ts';
import { addressOf } from './public-list.ts';
import {
  type Answer,
  type DossierRequest,
  type Html,
  link,
  quoted,
  renderDossierPage,
  wordsFor,
} from './public-page.ts';
import { figureInWords, partyInWords, placeInWords } from './public-words.ts';

/** Rows of the table on a page. */
const ROWS = 200;
/** Disagreements told on a measure's page; the others are on theirs. */
const MOST_DISAGREEMENTS = 12;
/** Publications whose figures are kept; the one asked for longest ago is let go. */
const MOST_KEPT = 3;
/** Charts are drawn once for a column and once for a phone; the stylesheet shows the one that fits. */
const WIDTHS = { wide: 760, narrow: 340 } as const;

/** Figures that are told together: of a measure, or, without one, of the same words. */
interface Counted {
  /** The last part of its address: the measure's id, or "~" and the words. */
  name: string;
  title: string;
  /** The language of the title, where it is a source's. */
  language: string | null;
  measure: PublicMeasure | null;
  figures: DrawnView[];
}

interface Publication {
  counted: Counted[];
  names: Pick<Names, 'places' | 'actors'>;
}

const kept = new WeakMap<Store['read'], Map<string, Promise<Publication>>>();

/** What a publication counts. It is frozen, so it is read once for its number and kept for a while. */
async function readCounted(store: Store, of: PublicDossier): Promise<Publication> {
  const all = kept.get(store.read) ?? new Map<string, Promise<Publication>>();
  kept.set(store.read, all);
  const key = `${of.id}:${of.publication.number}:${of.erased}`;
  const known = all.get(key) ?? gather(store, of);
  // Set again, so that a Map's order is that of use.
  all.delete(key);
  all.set(key, known);
  if (all.size > MOST_KEPT) all.delete(all.keys().next().value!);
  try {
    return await known;
  } catch (error) {
    // Whoever asks next begins anew.
    all.delete(key);
    throw error;
  }
}

async function gather(store: Store, of: PublicDossier): Promise<Publication> {
  const figures = await publishedFigures(store, of);
  const measures = new Map((await publishedMeasures(store, of)).map((measure) => [measure.id, measure]));
  const counted = new Map<string, Counted>();
  for (const figure of figures) {
    const measure = (figure.measure === null ? undefined : measures.get(figure.measure)) ?? null;
    const name =
      measure?.id ?? `~${[...foldedWords(figure.counted), ...(figure.unit ? [figure.unit] : [])].join('-')}`;
    const one = counted.get(name);
    if (one) one.figures.push(figure);
    else {
      const title = measure?.name ?? figure.counted;
      counted.set(name, {
        name,
        title,
        language: measure ? null : figure.language,
        measure,
        figures: [figure],
      });
    }
  }
  return {
    counted: [...counted.values()].sort(
      (a, b) => b.figures.length - a.figures.length || (a.title < b.title ? -1 : 1),
    ),
    names: namesIn(figures),
  };
}

/** The names that the figures themselves hold: nothing else of the dossier's actors and places is public. */
function namesIn(figures: readonly DrawnView[]): Pick<Names, 'places' | 'actors'> {
  const names = { actor: new Map<string, Set<string>>(), place: new Map<string, Set<string>>() };
  const see = (kind: 'actor' | 'place', id: string | null, name: string) => {
    if (id === null) return;
    const known = names[kind].get(id) ?? new Set();
    names[kind].set(id, known.add(name));
  };
  for (const { accordingTo, reportedBy, place } of figures) {
    for (const party of [accordingTo, reportedBy]) if (party) see('actor', party.actor, party.name);
    if (place) see('place', place.place, place.name);
  }
  const list = (kind: 'actor' | 'place') =>
    [...names[kind]].map(([id, [name = '', ...aliases]]) => ({ id, name, aliases }));
  return {
    actors: list('actor').map((one) => ({ ...one, type: 'other', roles: [] })),
    places: list('place').map((one) => ({ ...one, parent: null })),
  };
}

/** What a reader narrows a chart to; whatever does not fit is passed over. */
export interface HowManyQuery {
  place?: string | undefined;
  party?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  scale?: string | undefined;
  /** Which group a file is of. */
  group?: string | undefined;
  /** Where in the table the page begins. */
  after?: string | undefined;
}

/** The measures of a publication. */
export async function howManyPage(store: Store, request: DossierRequest): Promise<Answer> {
  const m = wordsFor(request);
  const { of } = request;
  const { counted } = await readCounted(store, of);
  const title = m.t('public.how-many');
  const measured = counted.filter(({ measure }) => measure !== null);
  const others = counted.filter(({ measure }) => measure === null);
  const body = html`<div class="leaf"><div class="text">
    <h1>${title}</h1>
    <p class="hint">${m.t('public.how-many.intro')}</p>
    ${measured.length === 0 ? '' : html`<ol class="entries measures">${measured.map((one) => line(request, one, 'h2'))}</ol>`}
    ${
      others.length === 0
        ? ''
        : html`<section aria-labelledby="otherwise"><h2 id="otherwise">${m.t('public.how-many.unmeasured')}</h2>
          <p class="hint">${m.t('public.how-many.unmeasured.text')}</p>
          <ol class="entries measures">${others.map((one) => line(request, one, 'h3'))}</ol></section>`
    }
  </div></div>`;
  return renderDossierPage(request, { title: `${title} – ${of.publication.title}`, body }, 'how-many');
}

function line(request: DossierRequest, one: Counted, heading: 'h2' | 'h3'): Html {
  const m = wordsFor(request);
  const parties = new Set(
    one.figures.flatMap(({ accordingTo, reportedBy }) => (accordingTo ?? reportedBy)?.name ?? []),
  );
  const about = [
    m.t('public.how-many.count', { count: one.figures.length }),
    ...(parties.size > 0 ? [m.t('public.how-many.parties', { count: parties.size })] : []),
    ...yearsOf(one.figures, request),
  ];
  return html`<li class="entry kind-figure"><div class="what">
    <${raw(heading)} class="line"><a href="${link(request, pathOf(request, one))}">${quoted(one.title, one.language)}</a></${raw(heading)}>
    ${one.measure?.definition ? html`<p class="definition">${quoted(one.measure.definition, null)}</p>` : ''}
    <p class="byline">${about.join(' · ')}</p>
  </div></li>`;
}

/** The years that figures are of, in words. */
function yearsOf(figures: readonly DrawnView[], request: DossierRequest): string[] {
  let [from, to] = [Infinity, -Infinity];
  for (const { period } of figures) {
    const range = period === null ? null : dateRange(period);
    for (const end of [range?.from, range?.to]) {
      if (end === undefined || !Number.isFinite(end)) continue;
      from = Math.min(from, end);
      to = Math.max(to, end);
    }
  }
  if (!Number.isFinite(from)) return [];
  return [wordsFor(request).dateRange(from, to, { year: 'numeric' })];
}

function pathOf({ base }: DossierRequest, { name }: Counted): string {
  return `${base}/how-many/${encodeURIComponent(name)}`;
}

async function find(
  store: Store,
  request: DossierRequest,
  name: string,
): Promise<{ one: Counted } & Publication> {
  const publication = await readCounted(store, request.of);
  const one = publication.counted.find((each) => each.name === name);
  if (!one) throw problem('not-found', { what: 'page' });
  return { one, ...publication };
}

function chartOf({ one, names }: { one: Counted } & Publication, query: HowManyQuery): HowMany {
  const date = (text: string | undefined) =>
    text !== undefined && dateRange(text) !== null ? text : undefined;
  const scale = query.scale === 'log' || query.scale === 'linear' ? query.scale : undefined;
  return howMany(one.figures, one.measure && { ...one.measure, wordings: [] }, names, {
    ...{ place: query.place, party: query.party, scale },
    ...{ from: date(query.from), to: date(query.to) },
  });
}

/** What of a query narrows: for links that keep it. */
const narrowing = ({ place, party, from, to }: HowManyQuery) => ({ place, party, from, to });

/** One measure: its chart, what disagrees, and every figure. Throws `not-found`. */
export async function measurePage(
  store: Store,
  request: DossierRequest,
  name: string,
  query: HowManyQuery,
): Promise<Answer> {
  const m = wordsFor(request);
  const { of } = request;
  const found = await find(store, request, name);
  const { one } = found;
  const chart = chartOf(found, query);
  const path = pathOf(request, one);
  const start = Number(query.after ?? 0);
  if (!Number.isInteger(start) || start < 0) throw problem('request.cursor');
  const rows = await rowsOf(store, request, chart.order.slice(start, start + ROWS));
  const mine = new Set(one.figures.map(({ id }) => id));
  const disagreements = (await publishedDisagreements(store, of)).filter(({ records }) =>
    records.some(({ id }) => mine.has(id)),
  );
  const isNarrowed = Object.values(narrowing(query)).some((value) => value !== undefined);
  const next = start + ROWS < chart.order.length ? String(start + ROWS) : null;
  const kept = { ...narrowing(query), scale: query.scale };
  const body = html`<article class="counted kind-figure"><div class="leaf">
    <header class="text">
      <h1>${quoted(one.title, one.language)}</h1>
      ${one.measure?.definition ? html`<p class="lead">${quoted(one.measure.definition, null)}</p>` : ''}
      ${aboutMeasure(request, one)}
      ${
        isNarrowed
          ? html`<p class="standing">${m.t('public.how-many.narrowed', { count: chart.order.length, total: m.number(one.figures.length) })} · <a href="${link(request, path)}">${m.t('public.how-many.all')}</a></p>`
          : ''
      }
      ${chart.order.length === 0 ? html`<p>${m.t('public.how-many.nothing')}</p>` : ''}
    </header>
    ${chart.groups.map((group, index) => groupFigure(request, one, group, { index, query: kept }))}
    ${
      disagreements.length === 0
        ? ''
        : html`<section class="text" aria-labelledby="disagreements"><h2 id="disagreements">${m.t('public.how-many.disagreements')}</h2>
          ${disagreements.slice(0, MOST_DISAGREEMENTS).map((each) => disagreementOf(request, each))}
          ${disagreements.length <= MOST_DISAGREEMENTS ? '' : html`<p><a class="onward" href="${link(request, `${request.base}/disagreements`)}">${m.t('public.disagreements')}</a></p>`}</section>`
    }
    ${facets(request, path, chart, query)}
    ${
      chart.order.length === 0
        ? ''
        : html`<section class="plot" aria-labelledby="every"><h2 id="every" tabindex="-1">${m.t('public.how-many.table')}</h2>
          <p class="save"><a href="${link(request, `${path}.csv`)}" download>${m.t('public.how-many.csv')}</a></p>
          ${table(request, rows)}
          <p class="paging">
            ${start === 0 ? '' : html`<a href="${link(request, path, kept)}#every">${m.t('public.list.first')}</a>`}
            ${next === null ? '' : html`<a class="onward" rel="next" href="${link(request, path, { ...kept, after: next })}#every">${m.t('public.list.next')}</a>`}
          </p></section>`
    }
  </div></article>`;
  return renderDossierPage(
    request,
    {
      title: `${one.title} – ${m.t('public.how-many')} – ${of.publication.title}`,
      description: one.measure?.definition ?? null,
      canonical: path,
      unlisted: isNarrowed || start > 0 || query.scale !== undefined,
      body,
    },
    'how-many',
  );
}

function aboutMeasure(request: DossierRequest, { measure }: Counted): Html {
  const m = wordsFor(request);
  if (measure === null) return html`<p class="hint">${m.t('public.how-many.unmeasured.one')}</p>`;
  const about = [
    ...(measure.series === 'unknown' ? [] : [m.t(`public.how-many.series.${measure.series}`)]),
    ...(measure.repeats === 'unknown' ? [] : [m.t(`public.how-many.repeats.${measure.repeats}`)]),
    ...(measure.unit === null ? [] : [m.t('public.how-many.unit', { unit: measure.unit })]),
    ...(measure.countingRule === null ? [] : [measure.countingRule]),
  ];
  return about.length === 0
    ? html``
    : html`<p class="standing">${about.map((part, index) => html`${index > 0 ? ' · ' : ''}${quoted(part, null, 'bdi')}`)}</p>`;
}

/** A group: what sets it apart, its chart in two widths, and how to read it. */
function groupFigure(
  request: DossierRequest,
  one: Counted,
  group: ChartGroup,
  { index, query }: { index: number; query: HowManyQuery },
): Html {
  const m = wordsFor(request);
  const apart = groupInWords(group, m);
  const path = pathOf(request, one);
  const after = index === 0 ? 'every' : `group-${index}`;
  const draw = (width: keyof typeof WIDTHS) =>
    figureChart(group, {
      ...{ measure: one.title, m, width: WIDTHS[width], id: `${width}-${index}` },
      hrefOf: (mark) => markHref(request, path, query, mark),
    });
  const file = (suffix: 'svg' | 'png') =>
    link(request, `${path}.${suffix}`, { ...query, ...(index > 0 && { group: group.key }) });
  const isLog = group.scale === 'log';
  return html`<section class="plot" aria-label="${apart === '' ? one.title : apart}">
    ${apart === '' ? '' : html`<h2>${quoted(apart, null, 'bdi')}</h2>`}
    ${reasonsInWords(group, m).map((reason) => html`<p class="apart">${reason}</p>`)}
    ${
      group.marks.length === 0
        ? ''
        : html`<a class="skip-picture" href="#${index === 0 ? 'every' : after}">${m.t('public.how-many.skip')}</a>
          <div class="drawn chart-wide">${raw(draw('wide'))}</div>
          <div class="drawn chart-narrow">${raw(draw('narrow'))}</div>`
    }
    <span id="group-${index}"></span>
    ${group.notes.length === 0 ? '' : html`<ul class="reading">${group.notes.map((note) => html`<li>${noteInWords(note, m)}</li>`)}</ul>`}
    ${
      group.marks.length === 0
        ? ''
        : html`<ul class="downloads">
          <li><a href="${file('svg')}">${m.t('public.how-many.svg')}</a></li>
          <li><a href="${file('png')}">${m.t('public.how-many.png')}</a></li>
          ${group.mayBeLog ? html`<li><a rel="nofollow" href="${link(request, path, { ...query, scale: isLog ? 'linear' : 'log' })}">${m.t(isLog ? 'public.how-many.scale.linear' : 'public.how-many.scale.log')}</a></li>` : ''}
        </ul>`
    }
  </section>`;
}

/** Where a mark leads: a figure to its page, a stretch to the chart of its time. */
function markHref(request: DossierRequest, path: string, query: HowManyQuery, mark: ChartMark): string {
  if (mark.figure) return link(request, addressOf(request.base, { kind: 'figure', id: mark.figure.id }));
  const [from, to = from] = mark.period.split('/');
  return link(request, path, { ...query, from, to });
}

function disagreementOf(request: DossierRequest, one: PublicDisagreement): Html {
  const m = wordsFor(request);
  return html`<div class="at-odds">
    <h3><a href="${link(request, `${request.base}/disagreements/${one.id}`)}">${m.t(
      'public.how-many.disagreement',
      {
        kind: m.t(`words.disagreement-kind.${one.finding}`),
        state: m.t(`words.disagreement-state.${one.state}`),
      },
    )}</a></h3>
    ${one.explanation === null ? '' : html`<p>${m.t(`words.explanation.${one.explanation}`)}.</p>`}
    ${one.reason === null ? '' : html`<p>${quoted(one.reason, null)}</p>`}
    <ol class="working">${one.working.map((step) => html`<li>${stepInWords(step, m)}</li>`)}</ol>
  </div>`;
}

function facets(request: DossierRequest, path: string, chart: HowMany, query: HowManyQuery): Html {
  const m = wordsFor(request);
  const choice = (name: 'place' | 'party', { key, name: words, figures }: HowMany['places'][number]) =>
    html`<li>${
      query[name] === key
        ? html`<strong aria-current="true"><bdi>${words}</bdi></strong>`
        : html`<a rel="nofollow" href="${link(request, path, { ...narrowing(query), [name]: key })}"><bdi>${words}</bdi></a>`
    } <span class="count">${m.number(figures)}</span></li>`;
  const list = (name: 'place' | 'party', title: string, values: HowMany['places']) => {
    const named = values.filter(({ key }) => key !== '').slice(0, 30);
    return named.length < 2
      ? ''
      : html`<section><h2>${title}</h2><ul class="facets">${named.map((one) => choice(name, one))}</ul></section>`;
  };
  const sections = [
    list('party', m.t('public.how-many.parties.title'), chart.parties),
    list('place', m.t('public.how-many.places.title'), chart.places),
  ].filter((section) => section !== '');
  // Two parties need no index.
  return sections.length === 0 || chart.parties.length + chart.places.length < 5
    ? html``
    : html`<aside class="narrow-by">${sections}</aside>`;
}

interface Row {
  figure: PublicFigure;
  source: PublicSource | undefined;
}

async function rowsOf(store: Store, { of }: DossierRequest, ids: string[]): Promise<Row[]> {
  const records = await publishedRecords(store, of, ids);
  const figures = ids.flatMap((id) => {
    const record = records.get(id);
    return record?.kind === 'figure' ? [record] : [];
  });
  const sources = await publishedSources(
    store,
    of,
    figures.flatMap(({ passages }) => passages[0]?.source ?? []),
  );
  return figures.map((figure) => ({ figure, source: sources.get(figure.passages[0]?.source ?? '') }));
}

function table(request: DossierRequest, rows: Row[]): Html {
  const m = wordsFor(request);
  const party = (value: Party | null): Html | '' =>
    value === null ? '' : quoted(partyInWords(value, m), null, 'bdi');
  const columns: { label: string; cell: (row: Row) => Html | '' }[] = [
    {
      label: m.t('public.how-many.when'),
      cell: ({ figure }) =>
        html`${figure.period === null ? m.t('public.undated') : dateInWords(figure.period, m)}`,
    },
    {
      label: m.t('public.how-many.amount'),
      cell: ({ figure }) =>
        html`<a class="amount" href="${link(request, addressOf(request.base, figure))}">${amountOf(figure, request)}</a>`,
    },
    { label: m.t('public.how-many.by'), cell: ({ figure }) => party(figure.accordingTo) },
    { label: m.t('public.how-many.reported'), cell: ({ figure }) => party(figure.reportedBy) },
    {
      label: m.t('public.how-many.place'),
      cell: ({ figure }) => (figure.place === null ? '' : quoted(placeInWords(figure.place, m), null, 'bdi')),
    },
    {
      label: m.t('public.how-many.method'),
      cell: ({ figure }) => (figure.method === null ? '' : quoted(figure.method, figure.language, 'bdi')),
    },
    {
      label: m.t('public.how-many.source'),
      cell: ({ figure, source }) =>
        html`<span><q dir="auto" lang="${figure.language ?? ''}">${figure.passages[0]?.exact ?? ''}</q>${source === undefined ? '' : html` <a class="from" href="${link(request, addressOf(request.base, source))}">${quoted(source.title, source.language, 'bdi')}</a>`}</span>`,
    },
  ];
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  // A column that no row has anything in says nothing.
  const told = columns.map((_, at) => cells.some((row) => row[at] !== ''));
  const label = (at: number) => columns[at]!.label;
  // The roles are said outright: a phone draws the table as blocks, which would lose them.
  return html`<table role="table" class="figures"><thead role="rowgroup"><tr role="row">${columns.map((column, at) => (told[at] ? html`<th role="columnheader" scope="col">${column.label}</th>` : ''))}</tr></thead>
    <tbody role="rowgroup">${cells.map(
      (row) =>
        html`<tr role="row">${row.map((content, at) => (told[at] ? html`<td role="cell" data-label="${label(at)}"${content === '' ? raw(' data-empty') : ''}>${content}</td>` : ''))}</tr>`,
    )}</tbody></table>`;
}

/** An amount, with what it was pledged or expected to be said. */
function amountOf(figure: PublicFigure, request: DossierRequest): string {
  const m = wordsFor(request);
  const amount = figureInWords(figure, m);
  return figure.modality === 'reported'
    ? amount
    : m.t(`words.how-many.mark.${figure.modality}`, { mark: amount });
}

/** The chart of a measure as a file by itself; its marks lead to the frozen pages. Throws `not-found`. */
export async function chartFile(
  store: Store,
  request: DossierRequest,
  name: string,
  query: HowManyQuery,
): Promise<string> {
  const m = wordsFor(request);
  const { of, origin } = request;
  const found = await find(store, request, name);
  const { one } = found;
  const chart = chartOf(found, query);
  const group = chart.groups.find(({ key }) => query.group === undefined || key === query.group);
  if (!group || group.marks.length === 0) throw problem('not-found', { what: 'chart' });
  const frozen = { ...request, base: `/p/${of.slug}/${of.publication.number}` };
  const path = pathOf(frozen, one);
  return figureChart(group, {
    ...{ measure: one.title, m, width: WIDTHS.wide, id: 'chart' },
    hrefOf: (mark) => origin + markHref(frozen, path, narrowing(query), mark),
    file: {
      credit: m.t('public.how-many.credit', {
        title: [of.publication.title, of.publication.publishedBy].filter(Boolean).join(' · '),
        number: m.number(of.publication.number),
        address: origin + path,
      }),
    },
  });
}

/** The same chart as a picture, twice as many pixels as it is wide. */
export async function chartPicture(
  store: Store,
  request: DossierRequest,
  name: string,
  query: HowManyQuery,
): Promise<Uint8Array<ArrayBuffer>> {
  return pictureOf(await chartFile(store, request, name, query), WIDTHS.wide * 2);
}

/** Every figure of a measure as CSV (RFC 4180, UTF-8 with a byte order mark), in pieces as it is read. */
export async function figuresCsv(
  store: Store,
  request: DossierRequest,
  name: string,
): Promise<AsyncGenerator<string>> {
  const found = await find(store, request, name);
  return csvPieces(store, request, chartOf(found, {}).order);
}

async function* csvPieces(store: Store, request: DossierRequest, ids: string[]): AsyncGenerator<string> {
  const { of, origin } = request;
  const columns: readonly string[] = RECORD_COLUMNS.figure;
  const about = ['permalink', 'source.title', 'source.publisher', 'source.published', 'source.address'];
  yield `\ufeff${csvLine([...columns, ...about])}`;
  for (const some of chunks(ids)) {
    const rows = await rowsOf(store, request, some);
    yield rows
      .map(({ figure, source }) => {
        const row = flatten(figure);
        const permalink = `${origin}${addressOf(`/p/${of.slug}/${of.publication.number}`, figure)}`;
        return csvLine([
          ...columns.map((column) => row[column]),
          ...[permalink, source?.title, source?.publisher, source?.published, source?.address],
        ]);
      })
      .join('');
  }
}
