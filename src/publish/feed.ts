// News of a dossier's public records: Atom (RFC 4287) and JSON Feed 1.1, newest change first, withdrawals among them.
import { type PublicChange, recentChanges } from '../store/publications.ts';
import type { Store } from '../store/store.ts';
import { type DossierRequest, link, wordsFor } from './public-page.ts';
import { byline, headline, viewDate } from './public-words.ts';

/** Changes in one feed. */
const ENTRIES = 50;

interface FeedItem {
  /** The same for all versions of a record, so that readers replace what they have. */
  id: string;
  title: string;
  address: string;
  updated: string;
  summary: string;
  language: string | null;
  author: string;
}

interface Feed {
  title: string;
  subtitle: string | null;
  home: string;
  id: string;
  updated: string;
  author: string;
  language: string;
  items: FeedItem[];
}

async function readFeed(store: Store, request: DossierRequest): Promise<Feed> {
  const m = wordsFor(request);
  const { of, origin } = request;
  const { publication } = of;
  const changes = await recentChanges(store, of, ENTRIES);
  const author = publication.publishedBy ?? m.t('public.publisher-unnamed');
  const item = (change: PublicChange): FeedItem => {
    const { view, what, kind } = change;
    const line = view === null ? '' : headline(view, m, 200);
    return {
      id: `urn:uuid:${change.id}`,
      title:
        view === null
          ? m.t('public.feed.withdrawn', { kind })
          : what === 'corrected'
            ? m.t('public.feed.corrected', { headline: line })
            : line,
      address: `${origin}${link(request, `/p/${of.slug}/record/${change.id}`)}`,
      updated: change.at,
      summary:
        view === null
          ? m.t('public.record.withdrawn.text', { number: change.publication, date: m.date(change.at) })
          : [viewDate(view, m), ...byline(view, m), view.passages[0]?.exact]
              .filter((words) => words)
              .join('. '),
      language: view?.language ?? null,
      author,
    };
  };
  return {
    title: m.t('public.feed.title', { title: publication.title }),
    subtitle: publication.summary,
    home: `${origin}${link(request, `/p/${of.slug}`)}`,
    id: `urn:uuid:${of.id}`,
    updated: publication.at,
    author,
    language: m.locale,
    items: changes.map(item),
  };
}

/** The newest changes as an Atom feed. */
export async function atomFeed(store: Store, request: DossierRequest): Promise<string> {
  const feed = await readFeed(store, request);
  const self = `${request.origin}${link(request, `/p/${request.of.slug}/feed.atom`)}`;
  const entries = feed.items.map(
    (item) => `
  <entry>
    <id>${xml(item.id)}</id>
    <title>${xml(item.title)}</title>
    <link rel="alternate" type="text/html" href="${xml(item.address)}"/>
    <updated>${xml(item.updated)}</updated>
    <summary>${xml(item.summary)}</summary>
  </entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(feed.language)}">
  <id>${xml(feed.id)}</id>
  <title>${xml(feed.title)}</title>${feed.subtitle ? `\n  <subtitle>${xml(feed.subtitle)}</subtitle>` : ''}
  <link rel="self" type="application/atom+xml" href="${xml(self)}"/>
  <link rel="alternate" type="text/html" href="${xml(feed.home)}"/>
  <updated>${xml(feed.updated)}</updated>
  <author><name>${xml(feed.author)}</name></author>
  <generator>Constat</generator>${entries.join('')}
</feed>
`;
}

/** The newest changes as a JSON Feed (https://www.jsonfeed.org/version/1.1/). */
export async function jsonFeed(store: Store, request: DossierRequest): Promise<object> {
  const feed = await readFeed(store, request);
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: `${request.origin}${link(request, `/p/${request.of.slug}/feed.json`)}`,
    ...(feed.subtitle ? { description: feed.subtitle } : {}),
    language: feed.language,
    authors: [{ name: feed.author }],
    items: feed.items.map((item) => ({
      id: item.id,
      url: item.address,
      title: item.title,
      content_text: item.summary,
      date_modified: item.updated,
      ...(item.language ? { language: item.language } : {}),
    })),
  };
}

/** Text in XML: escaped, and without the characters that XML 1.0 cannot hold at all. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
