// The front page of a dossier, and the list of all published dossiers.
import { html } from 'hono/html';
import { listPublications, listPublicDossiers, listPublished } from '../store/publications.ts';
import type { Store } from '../store/store.ts';
import { entries } from './public-list.ts';
import {
  type Answer,
  type DossierRequest,
  type Html,
  LISTS,
  link,
  mark,
  type PageRequest,
  quoted,
  renderDossierPage,
  renderPage,
  wordsFor,
} from './public-page.ts';
import { clip } from './public-words.ts';

/** Records shown on the front page before the chronology goes on elsewhere. */
const SHOWN = 30;

/** The list of published dossiers. */
export async function dossiersPage(store: Store, request: PageRequest): Promise<Answer> {
  const m = wordsFor(request);
  const dossiers = await listPublicDossiers(store);
  return renderPage(request, {
    title: m.t('public.dossiers'),
    description: m.t('public.dossiers.lead'),
    body: html`<div class="leaf"><div class="text">
      <h1>${m.t('public.dossiers')}</h1>
      <p class="lead">${m.t(dossiers.length === 0 ? 'public.dossiers.none' : 'public.dossiers.lead')}</p>
      <ul class="dossiers">${dossiers.map(
        ({ slug, language, publication }) => html`<li>
          <h2><a href="${link(request, `/p/${slug}`)}">${quoted(publication.title, language)}</a></h2>
          ${publication.summary ? html`<p>${quoted(clip(publication.summary, 280), language)}</p>` : ''}
          <p class="standing">${[
            m.t('public.publication.dated', {
              number: publication.number,
              date: m.date(publication.at),
            }),
            m.t('public.count.record', { count: publication.records }),
            m.t('public.count.source', { count: publication.sources }),
          ].join(' · ')}</p>
        </li>`,
      )}</ul>
    </div></div>`,
  });
}

/** The front page of a dossier: what it is, its records in order of time, and how to take and check it. */
export async function frontPage(store: Store, request: DossierRequest): Promise<Answer> {
  const m = wordsFor(request);
  const { of, base, counts } = request;
  const { publication } = of;
  const { items, next } = await listPublished(store, of, 'record', { cursor: null, limit: SHOWN });
  const all = await listPublications(store, of.id);
  const paragraphs = (publication.summary ?? '').split(/\n\s*\n/).filter((text) => text.trim() !== '');
  const body = html`<div class="leaf">
    <div class="text">
      <header class="front">
        <h1>${quoted(publication.title, of.language)}</h1>
        <p class="standing">${m.t('public.publication.dated', { number: publication.number, date: m.date(publication.at) })}${
          publication.publishedBy
            ? html` · ${m.t('public.published-by', { name: publication.publishedBy })}`
            : ''
        }</p>
        ${of.erased > 0 ? html`<p class="standing">${m.t('public.erased.count', { count: of.erased })}</p>` : ''}
        ${paragraphs.map((text, index) => html`<p class="${index === 0 ? 'lead' : ''}" dir="auto" lang="${of.language}">${text}</p>`)}
      </header>
      <section>
        <h2>${m.t('public.chronology')}</h2>
        ${await entries(
          store,
          request,
          items.map(({ view }) => view),
          'h3',
        )}
        ${next === null ? '' : html`<p class="paging"><a class="onward" href="${link(request, `${base}/chronology`, { after: next })}">${m.t('public.continue')}</a></p>`}
      </section>
    </div>
    <aside class="notes">
      <section><h2>${m.t('public.contents')}</h2><ul class="contents">${(
        ['statements', 'figures', 'incidents', 'sources'] as const
      )
        .filter((name) => counts[LISTS[name]] > 0)
        .map(
          (name) =>
            html`<li>${mark(LISTS[name])}<a href="${link(request, `${base}/${name}`)}">${m.t(`public.count.${LISTS[name]}`, { count: counts[LISTS[name]] })}</a></li>`,
        )}</ul></section>
      ${
        publication.note
          ? html`<section><h2>${m.t('public.changes', { number: publication.number })}</h2>
              <p>${quoted(publication.note, of.language)}</p></section>`
          : ''
      }
      ${take(request)}
      ${
        all.length < 2
          ? ''
          : html`<section><h2>${m.t('public.earlier')}</h2><ul class="facets">${all.map(({ number, at }) => {
              const label = m.t('public.publication.dated', { number, date: m.date(at) });
              return html`<li>${
                number === publication.number
                  ? html`<strong aria-current="true">${label}</strong>`
                  : html`<a href="${link(request, `/p/${of.slug}/${number}`)}">${label}</a>`
              }</li>`;
            })}</ul></section>`
      }
    </aside>
  </div>`;
  return renderDossierPage(
    request,
    {
      title: publication.title,
      description: publication.summary && clip(publication.summary, 200),
      meta: [
        ['og:title', publication.title],
        ['og:type', 'website'],
      ],
      body,
    },
    'front',
  );
}

/** Everything a reader can carry away, and what checks it. */
function take(request: DossierRequest): Html {
  const m = wordsFor(request);
  const { of, base, counts } = request;
  const newest = `/p/${of.slug}`;
  return html`<section class="take"><h2>${m.t('public.take')}</h2><ul>
    <li><a href="${base}/bundle.zip">${m.t('public.take.bundle')}</a></li>
    ${(['statements', 'figures', 'incidents', 'sources'] as const)
      .filter((name) => counts[LISTS[name]] > 0)
      .map(
        (name) =>
          html`<li><a href="${base}/${name}.csv">${m.t('public.take.csv', { kind: m.t(`public.kinds.${LISTS[name]}`) })}</a></li>`,
      )}
    <li><a href="${link(request, `${newest}/feed.atom`)}">${m.t('public.take.atom')}</a></li>
    <li><a href="${link(request, `${newest}/feed.json`)}">${m.t('public.take.json-feed')}</a></li>
  </ul></section>`;
}
