// What every public page has: the document around it, the way through the dossier, and addresses that keep the language.
import { html, raw } from 'hono/html';
import type { PublicDossier } from '../store/publications.ts';
import { stylesheetAddress } from './public-style.ts';
import { LOCALE_NAMES, LOCALES, type Locale, type PublicMessages, publicMessages } from './public-words.ts';

/** A piece of a page, escaped. All of ours are there at once; the type allows for pieces that are awaited. */
export type Html = ReturnType<typeof html>;

/** What a page is made for: one request. */
export interface PageRequest {
  /** Scheme, host and port under which readers reach this house. */
  origin: string;
  /** The path asked for, without the query. */
  path: string;
  /** The query, without the language. */
  query: string;
  locale: Locale;
  /** Whether the reader chose the language: then every link keeps it. */
  isChosen: boolean;
}

/** A page of a dossier: the request, the publication it reads, and where its addresses begin. */
export interface DossierRequest extends PageRequest {
  of: PublicDossier;
  /** "/p/calais", or "/p/calais/3" when a publication was asked for by its number. */
  base: string;
  /** How many views of each kind there are, for the way through the dossier. */
  counts: Record<'statement' | 'figure' | 'incident' | 'source' | 'disagreement', number>;
}

/** What a page says of itself. */
export interface Page {
  status?: 200 | 404 | 410 | 500;
  title: string;
  description?: string | null;
  /** The path this page is best known by; the path asked for when absent. */
  canonical?: string;
  /** `citation_*` and other names with their contents. */
  meta?: [name: string, content: string][];
  /** A schema.org object, as a data block. */
  data?: object | null;
  /** Whether search engines should leave it out. */
  unlisted?: boolean;
  body: Html;
  lastModified?: string;
}

/** A finished answer. */
export interface Answer {
  status: 200 | 404 | 410 | 500;
  html: string;
  lastModified: string | null;
}

/** The words of a request's language. */
export function wordsFor(request: PageRequest): PublicMessages {
  return publicMessages(request.locale);
}

/** An address within the house that keeps the language the reader chose. `query` has no question mark. */
export function link(
  request: PageRequest,
  path: string,
  query: Record<string, string | null | undefined> = {},
): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) parameters.set(name, value);
  if (request.isChosen) parameters.set('lang', request.locale);
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The lists of a dossier: the part of the address, and the kind it shows. */
export const LISTS = {
  chronology: 'record',
  statements: 'statement',
  figures: 'figure',
  incidents: 'incident',
  sources: 'source',
} as const;
export type ListName = keyof typeof LISTS;

/** The mark of each kind, so that nothing depends on colour. */
export const MARKS = { statement: '“', figure: '#', incident: '▲', source: '¶' } as const;

/** A kind's mark, hidden from those who listen: the kind's name stands beside it. */
export function mark(kind: keyof typeof MARKS): Html {
  return html`<span class="mark mark-${kind}" aria-hidden="true">${MARKS[kind]}</span>`;
}

/** Words that are the source's and not the page's: in their own language and direction. */
export function quoted(text: string, language: string | null, tag: 'span' | 'bdi' = 'span'): Html {
  const lang = language ? raw(` lang="${escapeAttribute(language)}"`) : '';
  return tag === 'bdi' ? html`<bdi${lang}>${text}</bdi>` : html`<span dir="auto"${lang}>${text}</span>`;
}

const escapeAttribute = (text: string) => text.replace(/[^A-Za-z0-9-]/g, '');

/** The head and foot around a page that belongs to no dossier. */
export async function renderPage(request: PageRequest, page: Page): Promise<Answer> {
  const m = wordsFor(request);
  const masthead = html`<header class="masthead">
    <p class="house"><a href="${link(request, '/p')}">${m.t('public.dossiers')}</a></p>
    ${languageLinks(request)}
  </header>`;
  return renderDocument(request, page, masthead);
}

/** What one may be in: a list, or what is made of several. */
export type SectionName = ListName | 'front' | 'who-said-what' | 'how-many' | 'disagreements';

/** The head and foot around a page of a dossier. `here` is the section the reader is in. */
export async function renderDossierPage(
  request: DossierRequest,
  page: Page,
  here: SectionName | null = null,
): Promise<Answer> {
  const m = wordsFor(request);
  const { of, base, counts } = request;
  const { publication } = of;
  const date = m.date(publication.at);
  const entry = (name: SectionName, path: string, label: string, count?: number) =>
    html`<li><a href="${link(request, path)}"${here === name ? raw(' aria-current="page"') : ''}>${label}${count === undefined ? '' : html` <span class="count">${m.number(count)}</span>`}</a></li>`;
  const isOld = publication.number < of.newest;
  const masthead = html`<header class="masthead">
    <p class="house"><a href="${link(request, '/p')}">${m.t('public.dossiers')}</a></p>
    ${languageLinks(request)}
    ${
      here === 'front'
        ? ''
        : html`<p class="nameplate"><a href="${link(request, base)}">${quoted(publication.title, of.language)}</a></p>`
    }
    <nav class="sections" aria-label="${m.t('public.sections')}"><ul>
      ${entry('front', base, m.t('public.front'))}
      ${entry('chronology', `${base}/chronology`, m.t('public.chronology'))}
      ${counts.statement > 0 ? entry('who-said-what', `${base}/who-said-what`, m.t('public.said')) : ''}
      ${counts.figure > 0 ? entry('how-many', `${base}/how-many`, m.t('public.how-many')) : ''}
      ${counts.disagreement > 0 ? entry('disagreements', `${base}/disagreements`, m.t('public.disagreements'), counts.disagreement) : ''}
      ${(['statements', 'figures', 'incidents', 'sources'] as const)
        .filter((name) => counts[LISTS[name]] > 0)
        .map((name) =>
          entry(name, `${base}/${name}`, m.t(`public.kinds.${LISTS[name]}`), counts[LISTS[name]]),
        )}
    </ul></nav>
  </header>
  ${
    isOld
      ? html`<p class="frozen" role="note">${m.t('public.frozen', { number: publication.number, date })}
        <a href="${link(request, request.path.replace(/^(\/p\/[^/]+)\/\d+/, '$1'))}">${m.t('public.frozen.newest')}</a></p>`
      : ''
  }`;
  return renderDocument(
    request,
    { lastModified: publication.at, ...page, unlisted: page.unlisted ?? isOld },
    masthead,
    html`<link rel="alternate" type="application/atom+xml" href="${link(request, `/p/${of.slug}/feed.atom`)}">
    <link rel="alternate" type="application/feed+json" href="${link(request, `/p/${of.slug}/feed.json`)}">`,
  );
}

function languageLinks(request: PageRequest): Html {
  const m = wordsFor(request);
  return html`<nav class="languages" aria-label="${m.t('public.languages')}"><ul>${LOCALES.map(
    (locale) =>
      html`<li><a href="${inLanguage(request, locale)}" hreflang="${locale}" lang="${locale}"${locale === request.locale ? raw(' aria-current="true"') : ''}>${LOCALE_NAMES[locale]}</a></li>`,
  )}</ul></nav>`;
}

/** The same page in another language. */
function inLanguage(request: PageRequest, locale: Locale): string {
  const parameters = new URLSearchParams(request.query);
  parameters.set('lang', locale);
  return `${request.path}?${parameters}`;
}

async function renderDocument(
  request: PageRequest,
  page: Page,
  masthead: Html,
  links?: Html,
): Promise<Answer> {
  const { origin, locale } = request;
  const m = wordsFor(request);
  const isFound = (page.status ?? 200) === 200;
  const canonical = `${origin}${page.canonical ?? request.path}`;
  const document = html`<!doctype html>
<html lang="${locale}" dir="${m.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
${page.description ? html`<meta name="description" content="${page.description}">` : ''}
${page.unlisted || !isFound ? html`<meta name="robots" content="noindex">` : ''}
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#fbfaf6" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#16181b" media="(prefers-color-scheme: dark)">
${(page.meta ?? []).map(([name, content]) => html`<meta name="${name}" content="${content}">\n`)}
<link rel="stylesheet" href="${stylesheetAddress()}">
${
  isFound
    ? html`<link rel="canonical" href="${canonical}">
${LOCALES.map((other) => html`<link rel="alternate" hreflang="${other}" href="${origin}${inLanguage(request, other)}">\n`)}<link rel="alternate" hreflang="x-default" href="${canonical}">`
    : ''
}
${links ?? ''}
${page.data ? html`<script type="application/ld+json">${raw(dataBlock(page.data))}</script>` : ''}
</head>
<body>
<a class="skip" href="#text">${m.t('public.skip')}</a>
${masthead}
<main id="text" tabindex="-1">
${page.body}
</main>
<footer class="colophon"><p>${m.t('public.footer')}</p>
<p><a href="/verify">${m.t('public.take.verify')}</a> · <a href="/log/checkpoint">${m.t('public.take.log')}</a></p></footer>
</body>
</html>`;
  return {
    status: page.status ?? 200,
    html: String(await document),
    lastModified: page.lastModified ?? null,
  };
}

/** JSON inside a script element: nothing in it can end the element or open a comment. */
function dataBlock(data: object): string {
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** The page for an address that leads nowhere. */
export async function missingPage(request: PageRequest): Promise<Answer> {
  const m = wordsFor(request);
  return renderPage(request, {
    status: 404,
    title: m.t('public.missing.title'),
    body: html`<article class="notice"><h1>${m.t('public.missing.title')}</h1>
      <p>${m.t('public.missing.text')}</p>
      <p><a class="onward" href="${link(request, '/p')}">${m.t('public.dossiers')}</a></p></article>`,
  });
}

/** The page of what was published once and has been erased. `date`: when, "2026-11-23". */
export async function erasedPage(request: PageRequest, date: string): Promise<Answer> {
  const m = wordsFor(request);
  return renderPage(request, {
    status: 410,
    title: m.t('public.erased.title'),
    body: html`<article class="notice"><h1>${m.t('public.erased.title')}</h1>
      <p>${m.t('public.erased.text', { date: m.date(date) })}</p>
      <p><a class="onward" href="${link(request, '/p')}">${m.t('public.dossiers')}</a></p></article>`,
  });
}

/** The page for a fault of ours. */
export async function troublePage(request: PageRequest): Promise<Answer> {
  const m = wordsFor(request);
  return renderPage(request, {
    status: 500,
    title: m.t('public.trouble.title'),
    body: html`<article class="notice"><h1>${m.t('public.trouble.title')}</h1>
      <p>${m.t('public.trouble.text')}</p></article>`,
  });
}
