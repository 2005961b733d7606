// The page of a source that published records rest on: where it comes from, its hashes, and what rests on it.
import { html } from 'hono/html';
import { problem } from '../record/problem.ts';
import type { PublicSource } from '../record/public-view.ts';
import { type PublishedHistory, publishedRecordsOf, readPublished } from '../store/publications.ts';
import type { Store } from '../store/store.ts';
import { addressOf, entries } from './public-list.ts';
import {
  type Answer,
  type DossierRequest,
  type Html,
  mark,
  quoted,
  renderDossierPage,
  wordsFor,
} from './public-page.ts';
import { withdrawnPage } from './public-record.ts';
import { LOCALES, viewDate } from './public-words.ts';

/** Records shown beneath their source. */
const SHOWN = 200;

/** The page of a source. Throws `not-found`; of a source that nothing published rests on any more, it says so. */
export async function sourcePage(store: Store, request: DossierRequest, id: string): Promise<Answer> {
  const m = wordsFor(request);
  const { of } = request;
  const history = await readPublished(store, of, id);
  if (history.versions[0]!.view.kind !== 'source') throw problem('not-found', { what: 'source' });
  const { shown } = history as PublishedHistory<PublicSource>;
  if (shown === null) return withdrawnPage(store, request, history);
  const source = shown.view;
  const records = await publishedRecordsOf(store, of, id, SHOWN);
  const body = html`<article class="source kind-source"><div class="leaf">
    <header class="text">
      <p class="kicker">${mark('source')}<span class="kind">${m.t(`public.source-type.${source.type}`)}</span>
        <span class="date">${viewDate(source, m) || m.t('public.undated')}</span></p>
      <h1>${quoted(source.title, source.language)}</h1>
      ${source.address ? html`<p class="attribution"><a class="outside" href="${source.address}" rel="noopener noreferrer nofollow">${source.address}</a></p>` : ''}
    </header>
    <aside class="notes"><section><h2>${m.t('public.record.facts')}</h2><dl class="facts">
      ${details(source, request).map(([label, value]) => html`<div><dt>${label}</dt><dd><bdi>${value}</bdi></dd></div>`)}
    </dl></section></aside>
    ${source.image ? picture(source, request) : ''}
    <section class="text" aria-labelledby="records"><h2 id="records">${m.t('public.source.records')}</h2>
      ${await entries(
        store,
        request,
        records.map(({ view }) => view),
        'h3',
      )}</section>
    <section class="text check" aria-labelledby="check"><h2 id="check">${m.t('public.record.check')}</h2>
      <p>${m.t(source.mayLeave ? 'public.source.may-leave' : 'public.source.may-not-leave')}</p>
      <dl class="facts">
        <div><dt>${m.t('public.source.original')}</dt><dd><code>${source.original}</code></dd></div>
        ${source.image ? html`<div><dt>${m.t('public.source.image')}</dt><dd><code>${source.image.sha256}</code> <span class="hint">${m.t('public.source.text.by', { tool: source.image.tool, version: source.image.toolVersion })}</span></dd></div>` : ''}
        ${source.text ? html`<div><dt>${m.t('public.source.text')}</dt><dd><code>${source.text.sha256}</code> <span class="hint">${m.t('public.source.text.by', { tool: source.text.tool, version: source.text.toolVersion })}</span></dd></div>` : ''}
      </dl></section>
  </div></article>`;
  return renderDossierPage(request, {
    title: `${source.title} – ${of.publication.title}`,
    canonical: shown.until === null ? addressOf(`/p/${of.slug}`, source) : undefined,
    body,
  });
}

/** The picture that stands for an image. */
function picture(source: PublicSource, request: DossierRequest): Html {
  const m = wordsFor(request);
  return html`<figure class="text picture"><img src="${request.base}/source/${source.id}/image" alt="${source.title}">
    <figcaption class="hint">${m.t('public.source.picture')}</figcaption></figure>`;
}

/** Which file a public source's picture is. Throws `not-found` for one that has none in this publication. */
export async function sourcePicture(
  store: Store,
  { of }: DossierRequest,
  id: string,
): Promise<NonNullable<PublicSource['image']>> {
  const { shown } = (await readPublished(store, of, id)) as PublishedHistory<PublicSource>;
  const image = shown?.view.kind === 'source' && shown.view.mayLeave ? shown.view.image : undefined;
  if (!image) throw problem('not-found', { what: 'picture' });
  return image;
}

function details(source: PublicSource, request: DossierRequest): [label: string, value: string][] {
  const m = wordsFor(request);
  const names = new Intl.DisplayNames([...new Set([m.locale, ...LOCALES])], { type: 'language' });
  const rows: [string, string | null][] = [
    [m.t('public.source.publisher'), source.publisher],
    [m.t('public.source.author'), source.author],
    [m.t('public.source.published'), viewDate(source, m)],
    [m.t('public.source.language'), source.language && (names.of(source.language) ?? source.language)],
    [m.t('public.source.received'), m.date(source.receivedAt)],
    [
      m.t('public.source.format'),
      `${source.mediaType}, ${m.t('public.bytes', { size: m.number(source.bytes) })}`,
    ],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null && row[1] !== '');
}
