// Public pages over HTTP: plain HTML without script, feeds, tables, citations and proofs, from what is published alone.

import { Readable } from 'node:stream';
import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import { preferredLocale } from '../language/messages.ts';
import { atomFeed, jsonFeed } from '../publish/feed.ts';
import { disagreementPage, disagreementsCsv, disagreementsPage } from '../publish/public-disagreements.ts';
import { dossiersPage, frontPage } from '../publish/public-front.ts';
import { chartFile, chartPicture, figuresCsv, howManyPage, measurePage } from '../publish/public-how-many.ts';
import { csvOf, listPage } from '../publish/public-list.ts';
import {
  type Answer,
  type DossierRequest,
  erasedPage,
  LISTS,
  type ListName,
  missingPage,
  type PageRequest,
  troublePage,
} from '../publish/public-page.ts';
import { recordCitation, recordJson, recordPage, recordProof } from '../publish/public-record.ts';
import { sourcePage, sourcePicture } from '../publish/public-source.ts';
import { fontFile, stylesheet } from '../publish/public-style.ts';
import { threadPage, threadsPage } from '../publish/public-threads.ts';
import { LOCALES, type Locale } from '../publish/public-words.ts';
import { Problem, problem } from '../record/problem.ts';
import { countKinds, readPublication } from '../store/publications.ts';
import type { Store } from '../store/store.ts';
import { PUBLIC_POLICY } from './browser-policy.ts';

const HEADERS: Record<string, string> = {
  'Content-Security-Policy': PUBLIC_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

// A page changes when the dossier is published again or the log has signed: within a minute readers see it.
const SHORT = 'public, max-age=60, stale-while-revalidate=600';
const FOR_GOOD = 'public, max-age=31536000, immutable';

/** What the public site is told from outside. */
export interface PublicSettings {
  /** The address readers reach this house under, "https://…"; taken from the request when absent. */
  origin?: string | undefined;
  /** Told of faults of ours, which readers see only as "something went wrong". */
  onFault?: (error: unknown) => void;
}

/** The public site as an app of its own, to be mounted at the root. */
export function publicPages(store: Store, settings: PublicSettings = {}): Hono {
  const app = new Hono();
  const requestOf = (context: Context) => pageRequest(context, settings);

  app.onError(async (error, context) => {
    const request = requestOf(context);
    if (error instanceof Problem && error.status < 500) {
      // A proof that is not there yet is asked for by programs: they get the sentence.
      if (error.code === 'log.not-yet') return context.text(`${error.message}\n`, 404, HEADERS);
      if (error.code === 'publication.erased')
        return send(context, await erasedPage(request, String(error.details.date)));
      return send(context, await missingPage(request));
    }
    settings.onFault?.(error);
    return send(context, await troublePage(request));
  });

  app.use('/p/*', etag());
  // What no route here or after this app answers is a page that is not there, and says so like one.
  app.use('/p/*', async (context, next) => {
    await next();
    const type = context.res.headers.get('Content-Type') ?? 'text/plain';
    if (context.res.status === 404 && type.startsWith('text/plain') && context.error === undefined) {
      const page = await missingPage(requestOf(context));
      context.res = undefined;
      context.res = send(context, page);
    }
  });

  app.get('/p', async (context) => {
    const request = requestOf(context);
    return send(context, await dossiersPage(store, request));
  });

  for (const base of ['/p/:slug', '/p/:slug/:number{[1-9][0-9]{0,8}}']) {
    mountDossier(app, base, store, requestOf);
  }

  app.get('/assets/public.css', (context) =>
    context.body(stylesheet(), 200, {
      ...HEADERS,
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': FOR_GOOD,
    }),
  );
  app.get('/assets/fonts/:name', (context) => {
    const bytes = fontFile(context.req.param('name'));
    if (bytes === null) throw problem('not-found', { what: 'file' });
    return context.body(bytes, 200, { ...HEADERS, 'Content-Type': 'font/woff2', 'Cache-Control': FOR_GOOD });
  });
  return app;
}

function mountDossier(
  app: Hono,
  base: string,
  store: Store,
  requestOf: (context: Context) => PageRequest,
): void {
  const dossier = async (context: Context): Promise<DossierRequest> => {
    const { slug = '', number } = context.req.param() as { slug?: string; number?: string };
    const request = requestOf(context);
    const of = await readPublication(store, slug, number === undefined ? undefined : Number(number));
    const counts = await countKinds(store, of);
    const locale = request.isChosen ? request.locale : negotiated(context, of.language);
    const path = number === undefined ? `/p/${of.slug}` : `/p/${of.slug}/${number}`;
    return { ...request, locale, of, counts, base: path };
  };

  app.get(base, async (context) => send(context, await frontPage(store, await dossier(context))));

  for (const name of Object.keys(LISTS) as ListName[]) {
    app.get(`${base}/${name}`, async (context) => {
      const { year, party, after } = context.req.query();
      const isYear = year === undefined || /^(\d{4}|undated)$/.test(year);
      if (!isYear) throw problem('not-found', { what: 'page' });
      const query = { year, party, after: after ?? null };
      return send(context, await listPage(store, await dossier(context), name, query));
    });
    const kind = LISTS[name];
    if (kind === 'record') continue;
    app.get(`${base}/${name}.csv`, async (context) => {
      const request = await dossier(context);
      const file = `${request.of.slug}-${request.of.publication.number}-${name}.csv`;
      return stream(context, csvOf(store, request, kind), {
        // A publication is frozen but for what is erased, so these say which table this is, without reading it.
        ETag: `W/"${request.of.id}-${request.of.publication.number}-${name}-${request.of.erased}"`,
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${file}"`,
      });
    });
  }

  app.get(`${base}/who-said-what`, async (context) =>
    send(context, await threadsPage(store, await dossier(context), context.req.query('after') ?? null)),
  );
  app.get(`${base}/who-said-what/:thread`, async (context) =>
    send(context, await threadPage(store, await dossier(context), context.req.param('thread') ?? '')),
  );

  app.get(`${base}/disagreements`, async (context) =>
    send(context, await disagreementsPage(store, await dossier(context), context.req.query('after') ?? null)),
  );
  app.get(`${base}/disagreements.csv`, async (context) => {
    const request = await dossier(context);
    const file = `${request.of.slug}-${request.of.publication.number}-disagreements.csv`;
    return stream(context, disagreementsCsv(store, request), {
      Vary: 'Accept-Language',
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${file}"`,
    });
  });
  app.get(`${base}/disagreements/:id`, async (context) =>
    send(context, await disagreementPage(store, await dossier(context), context.req.param('id') ?? '')),
  );

  app.get(`${base}/how-many`, async (context) =>
    send(context, await howManyPage(store, await dossier(context))),
  );
  app.get(`${base}/how-many/:measure`, async (context) => {
    const request = await dossier(context);
    const { lang: _, ...query } = context.req.query();
    const [, name = '', file] = /^(.*?)(?:\.(svg|png|csv))?$/s.exec(context.req.param('measure') ?? '') ?? [];
    // A chart may be shown elsewhere; it carries its own styles, and may do nothing else.
    const drawn = {
      ...{ ...HEADERS, 'Cache-Control': SHORT, Vary: 'Accept-Language' },
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'Cross-Origin-Resource-Policy': 'cross-origin',
    };
    switch (file) {
      case 'svg':
        return context.body(await chartFile(store, request, name, query), 200, {
          ...{ ...drawn, 'Content-Type': 'image/svg+xml; charset=utf-8' },
        });
      case 'png':
        return context.body(await chartPicture(store, request, name, query), 200, {
          ...{ ...drawn, 'Content-Type': 'image/png' },
        });
      case 'csv':
        return stream(context, await figuresCsv(store, request, name), {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${request.of.slug}-${request.of.publication.number}-how-many.csv"`,
        });
      default:
        return send(context, await measurePage(store, request, name, query));
    }
  });

  app.get(`${base}/source/:id`, async (context) =>
    send(context, await sourcePage(store, await dossier(context), context.req.param('id') ?? '')),
  );

  app.get(`${base}/source/:id/image`, async (context) => {
    const picture = await sourcePicture(store, await dossier(context), context.req.param('id') ?? '');
    return context.body(Readable.toWeb(store.blobs.stream(picture.sha256)) as ReadableStream, 200, {
      ...{ ...HEADERS, 'Content-Security-Policy': "default-src 'none'; sandbox", 'Cache-Control': SHORT },
      'Content-Type': picture.mediaType,
      'Content-Length': String(picture.bytes),
    });
  });

  app.get(`${base}/record/:file`, async (context) => {
    const [id = '', ...rest] = (context.req.param('file') ?? '').split('.');
    const request = await dossier(context);
    const plain = (text: string, type: string) =>
      context.body(text, 200, { ...HEADERS, 'Content-Type': type, 'Cache-Control': SHORT });
    switch (rest.join('.')) {
      case '':
        return send(context, await recordPage(store, request, id));
      case 'json': {
        const record = await recordJson(store, request, id);
        return plain(`${JSON.stringify(record, null, 2)}\n`, 'application/json; charset=utf-8');
      }
      case 'bib':
        return plain(await recordCitation(store, request, id, 'bib'), 'application/x-bibtex; charset=utf-8');
      case 'ris':
        return plain(
          await recordCitation(store, request, id, 'ris'),
          'application/x-research-info-systems; charset=utf-8',
        );
      case 'tlog-proof':
        return plain(await recordProof(store, request, id), 'text/plain; charset=utf-8');
      default:
        throw problem('not-found', { what: 'page' });
    }
  });

  if (base !== '/p/:slug') return;
  app.get(`${base}/feed.atom`, async (context) =>
    context.body(await atomFeed(store, await dossier(context)), 200, {
      ...HEADERS,
      'Content-Type': 'application/atom+xml; charset=utf-8',
      'Cache-Control': SHORT,
    }),
  );
  app.get(`${base}/feed.json`, async (context) =>
    context.body(JSON.stringify(await jsonFeed(store, await dossier(context))), 200, {
      ...HEADERS,
      'Content-Type': 'application/feed+json; charset=utf-8',
      'Cache-Control': SHORT,
    }),
  );
}

function pageRequest(context: Context, settings: PublicSettings): PageRequest {
  const url = new URL(context.req.url);
  const asked = url.searchParams.get('lang');
  const chosen = LOCALES.find((locale) => locale === asked);
  url.searchParams.delete('lang');
  return {
    origin: settings.origin ?? url.origin,
    path: url.pathname,
    query: url.searchParams.toString(),
    locale: chosen ?? negotiated(context, LOCALES[0]),
    isChosen: chosen !== undefined,
  };
}

/** The reader's language by their browser, else the dossier's where we have it, else English. */
function negotiated(context: Context, otherwise: string): Locale {
  const wanted = preferredLocale(context.req.header('Accept-Language'), LOCALES);
  return wanted ?? LOCALES.find((locale) => otherwise.split('-')[0] === locale) ?? LOCALES[0];
}

function send(context: Context, { status, html, lastModified }: Answer): Response {
  return context.html(html, status, {
    ...HEADERS,
    Vary: 'Accept-Language',
    'Cache-Control': status === 500 ? 'no-store' : SHORT,
    ...(lastModified ? { 'Last-Modified': new Date(lastModified).toUTCString() } : {}),
  }) as Response;
}

/** An answer that is sent while it is still being read, so that a long table needs no memory. */
function stream(context: Context, pieces: AsyncGenerator<string>, headers: Record<string, string>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return context.body(body, 200, { ...HEADERS, 'Cache-Control': SHORT, ...headers });
}
