// The whole product as one Hono app: API, log, public pages, desk. Headers, origins and errors are held here once.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { describeProblems, problem } from '../record/problem.ts';
import { addressOf, isSecure } from './address.ts';
import { api } from './api.ts';
import { DESK_POLICY, sameOrigin, standardHeaders } from './browser-policy.ts';
import { bundleDownloads } from './bundles.ts';
import { type AnyEndpoint, answer, type Endpoints, problemResponse, type Services } from './endpoint.ts';
import { publicLog } from './log.ts';
import { openapi } from './openapi.ts';
import { publicPages } from './public-pages.ts';
import { limitRequests } from './rate-limit.ts';
import { SIGN_IN_DEFAULTS } from './sign-in-settings.ts';

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
  app.use(standardHeaders((context) => isSecure(context, { ...SIGN_IN_DEFAULTS, ...services.signIn })));
  app.use('/api/*', sameOrigin(settings.address));
  const within = limited(services);
  for (const some of ['/api/*', '/p/*', '/log/*']) app.use(some, within);
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

/** The desk: built files by name, and its one page for every address of its own. */
function mountDesk(app: Hono, folder: string): void {
  const page = (name: string) => {
    const html = readFileSync(join(folder, name), 'utf8');
    return (context: Context) =>
      context.html(html, 200, { 'Content-Security-Policy': DESK_POLICY, 'Cache-Control': 'no-store' });
  };
  const desk = page('index.html');
  for (const path of ['/', '/setup', '/sign-in', '/reset', '/account', '/invitation', '/house', '/d', '/d/*'])
    app.get(path, desk);
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
