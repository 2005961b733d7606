// The whole product as one Hono app: API, log, public pages, desk. Headers, origins and errors are held here once.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { describeProblems, problem } from '../record/problem.ts';
import { addressOf } from './address.ts';
import { api } from './api.ts';
import { bundleDownloads } from './bundles.ts';
import { type AnyEndpoint, answer, type Endpoints, problemResponse, type Services } from './endpoint.ts';
import { publicLog } from './log.ts';
import { openapi } from './openapi.ts';
import { publicPages } from './public-pages.ts';
import { limitRequests } from './rate-limit.ts';

/** What the app serves beside the API. */
export interface AppSettings {
  /** The folder of the built desk (dist/web); null in tests that need no screen. */
  web: string | null;
  version: string;
  /** The address readers reach this house under; taken from each request when absent. */
  address?: string | undefined;
}

/** Builds the app on open services. */
export function createApp(services: Services, settings: AppSettings): Hono {
  const app = new Hono();
  app.onError((error) => problemResponse(error, services));
  app.use(headers);
  app.use('/api/*', sameOrigin);
  app.use('/api/*', limited(services));
  mountApi(app, services, settings);
  app.route('/log', publicLog(services.store));
  if (settings.web !== null) mountDesk(app, settings.web);
  app.route('/', bundleDownloads(services.store));
  app.route(
    '/',
    publicPages(services.store, {
      origin: settings.address,
      onFault: (error) => services.logError('public', error),
    }),
  );
  app.get('/docs/problems', (context) => context.html(problemPage()));
  app.get('/health', (context) => context.json({ ok: true, version: settings.version }));
  return app;
}

function mountApi(app: Hono, services: Services, settings: AppSettings): void {
  const endpoints = api as unknown as Record<string, AnyEndpoint>;
  // Longer addresses first, so that /statements/facets is not taken for /statements/:id.
  const routes = Object.entries(endpoints).sort(([a], [b]) => fixedParts(b) - fixedParts(a));
  for (const [route, definition] of routes) {
    const [method, path] = route.split(' ') as [string, string];
    if (definition.csv) {
      app.get(`/api/v1${path}.csv`, (context) => answer(definition, services, context, true));
    }
    app.on(method, `/api/v1${path}`, (context) => answer(definition, services, context));
  }
  const description = openapi(api as unknown as Endpoints, '/api/v1', settings.version);
  app.get('/api/v1/openapi.json', (context) => context.json(description));
  app.all('/api/*', () => {
    throw problem('not-found', { what: 'address' });
  });
}

/** The page that a problem's `type` leads to. */
function problemPage() {
  const rows = describeProblems().map(
    ({ code, status, sentence }) => html`<dt id="${code}">${code} (${status})</dt><dd>${sentence}</dd>`,
  );
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Problems</title></head>
<body><h1>Problems</h1><p>What the API answers when it cannot do what was asked. The codes are stable.</p><dl>${rows}</dl></body></html>`;
}

function fixedParts(route: string): number {
  return route.split('/').filter((part) => !part.startsWith(':')).length;
}

/** What every answer carries. Pages set a stricter or wider content policy themselves. */
const headers: MiddlewareHandler = async (context, next) => {
  await next();
  const set = (name: string, value: string) => {
    if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  };
  set(
    'Content-Security-Policy',
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  );
  set('X-Content-Type-Options', 'nosniff');
  set('Referrer-Policy', 'no-referrer');
  set('Cross-Origin-Opener-Policy', 'same-origin');
  set('Cross-Origin-Resource-Policy', 'same-origin');
  set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()');
};

/** Refuses changes asked for by another site's page. Browsers send Origin with every such request; tools send none. */
const sameOrigin: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  const changes = context.req.method !== 'GET' && context.req.method !== 'HEAD';
  if (changes && origin !== undefined) {
    const host = context.req.header('x-forwarded-host') ?? context.req.header('host');
    if (!URL.canParse(origin) || new URL(origin).host !== host) throw problem('request.origin');
  }
  const site = context.req.header('sec-fetch-site');
  if (changes && site !== undefined && site !== 'same-origin' && site !== 'none')
    throw problem('request.origin');
  await next();
};

function limited(services: Services): MiddlewareHandler {
  const spend = limitRequests(services.limits.requestsPerMinute);
  return async (context, next) => {
    // By address and not by cookie: a cookie is whatever its sender says.
    await spend(addressOf(context, services.signIn?.proxies));
    await next();
  };
}

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

const DESK_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** The desk: built files by name, and its one page for every address of its own. */
function mountDesk(app: Hono, folder: string): void {
  const page = (name: string) => {
    const html = readFileSync(join(folder, name), 'utf8');
    return (context: Context) =>
      context.html(html, 200, { 'Content-Security-Policy': DESK_POLICY, 'Cache-Control': 'no-store' });
  };
  const desk = page('index.html');
  for (const path of ['/', '/setup', '/sign-in', '/d', '/d/*']) app.get(path, desk);
  app.get('/verify', page('verify/index.html'));
  app.get('/desk/*', async (context) => {
    const name = normalize(decodeURIComponent(context.req.path.slice('/desk/'.length)));
    const type = MEDIA_TYPES[extname(name)];
    if (!type || name.startsWith('..') || name.startsWith('/')) throw problem('not-found', { what: 'file' });
    try {
      // Built names carry a hash of what they hold, so a browser may keep them for good.
      return context.body(new Uint8Array(await readFile(join(folder, name))), 200, {
        'Content-Type': type,
        'Cache-Control': 'max-age=31536000, immutable',
      });
    } catch (error) {
      throw problem('not-found', { what: 'file' }, error);
    }
  });
}
