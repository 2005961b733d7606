// What a web page says of itself: JSON-LD (schema.org), OpenGraph, Dublin Core and Highwire meta, and HTML's own elements.
import { dayOf, languageTag, type Metadata, oneLine, webAddress } from './reading.ts';

/** A page's metadata, with the description it gives of itself. */
export interface PageMetadata extends Metadata {
  description: string | null;
}

type JsonObject = Record<string, unknown>;

/** Reads the metadata of a page; `html` is its source, for what a browser wrote into it when it saved the page. */
export function pageMetadata(document: Document, html: string): PageMetadata {
  const article = articleOf(document);
  const meta = metaOf(document);
  const first = (...names: string[]) => names.map((name) => meta.get(name)).find((words) => words?.trim());
  const time = document.querySelector(
    'time[itemprop="datePublished"], time[pubdate], article header time[datetime]',
  );
  const savedFrom = /<!--\s*saved from url=\(\d+\)(\S+)/.exec(html.slice(0, 2000))?.[1];
  const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute('href');
  const author = first('author', 'citation_author', 'dc.creator', 'dcterms.creator', 'article:author');
  const dates = [
    words(article.datePublished),
    first('article:published_time', 'og:published_time', 'citation_publication_date', 'citation_date'),
    first('dc.date.issued', 'dcterms.issued', 'dc.date', 'dcterms.date', 'date', 'pubdate', 'publish-date'),
    time?.getAttribute('datetime'),
  ];
  const addresses = [
    canonical,
    first('og:url'),
    words(article.url),
    words(article.mainEntityOfPage),
    savedFrom,
  ];
  return {
    title: oneLine(
      words(article.headline) ??
        first('og:title', 'twitter:title', 'citation_title', 'dc.title', 'dcterms.title'),
      500,
    ),
    author: oneLine(names(article.author) ?? (author && webAddress(author) === null ? author : null)),
    published: dates.map((date) => dayOf(date?.replaceAll('/', '-'))).find((date) => date !== null) ?? null,
    language:
      languageTag(document.documentElement?.getAttribute('lang')) ??
      languageTag(words(article.inLanguage)) ??
      languageTag(first('content-language', 'dc.language', 'og:locale')),
    publisher: oneLine(
      names(article.publisher) ?? first('og:site_name', 'citation_publisher', 'dc.publisher', 'publisher'),
    ),
    address: addresses.map(webAddress).find((address) => address !== null) ?? null,
    description: words(article.description) ?? first('description', 'og:description') ?? null,
  };
}

/** The schema.org object that describes the page's main text; empty when there is none. */
function articleOf(document: Document): JsonObject {
  const objects: JsonObject[] = [];
  const collect = (value: unknown, depth: number): void => {
    if (depth > 4 || value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) for (const item of value) collect(item, depth + 1);
    else {
      objects.push(value as JsonObject);
      collect((value as JsonObject)['@graph'], depth + 1);
      collect((value as JsonObject).mainEntity, depth + 1);
    }
  };
  for (const script of Array.from(document.querySelectorAll('script[type="application/ld+json"]'))) {
    try {
      collect(JSON.parse(script.textContent ?? ''), 0);
    } catch {
      // Many pages carry JSON-LD that does not parse; they have their other metadata.
    }
  }
  const typed = (pattern: RegExp) =>
    objects.find((object) =>
      [object['@type']].flat().some((type) => typeof type === 'string' && pattern.test(type)),
    );
  return typed(/Article$|BlogPosting$|^Report$/) ?? typed(/^WebPage$/) ?? {};
}

/** Every meta by its lower-cased name or property; the first of each. */
function metaOf(document: Document): Map<string, string> {
  const found = new Map<string, string>();
  for (const meta of Array.from(document.querySelectorAll('meta[content]'))) {
    const name =
      meta.getAttribute('property') ?? meta.getAttribute('name') ?? meta.getAttribute('http-equiv');
    const key = name?.trim().toLowerCase();
    if (key && !found.has(key)) found.set(key, meta.getAttribute('content') ?? '');
  }
  return found;
}

/** A JSON-LD value as words: itself, or its @id. */
function words(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (Array.isArray(value)) return words(value[0]);
  if (value !== null && typeof value === 'object') return words((value as JsonObject)['@id']);
  return null;
}

/** The name or names of persons or bodies in JSON-LD. */
function names(value: unknown): string | null {
  const list = [value].flat().flatMap((one) => {
    const name = one !== null && typeof one === 'object' ? words((one as JsonObject).name) : words(one);
    return name === null || webAddress(name) !== null ? [] : [name.trim()];
  });
  return list.length > 0 ? [...new Set(list)].join(', ') : null;
}
