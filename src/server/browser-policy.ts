// What browsers are told and held to: the headers of every answer, and which other pages may ask for what.
import type { Context, MiddlewareHandler } from 'hono';
import { problem } from '../record/problem.ts';

/** What the desk's pages may do: run our own files, speak to us, and nothing written into a page, by anybody. */
export const DESK_POLICY = [
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
  // Text becomes markup or a program only by the policies of src/ui/trusted-types.ts.
  "require-trusted-types-for 'script'",
  'trusted-types default constat-drawing',
].join('; ');

/** Public pages: no script at all, nothing from elsewhere, and nobody may frame them. */
export const PUBLIC_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** What every answer carries unless it says otherwise itself. */
const STANDARD: Record<string, string> = {
  'Content-Security-Policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'X-DNS-Prefetch-Control': 'off',
  // Nothing here listens, looks, locates, pays or follows.
  'Permissions-Policy': [
    ...['accelerometer', 'autoplay', 'browsing-topics'],
    ...['camera', 'display-capture', 'geolocation', 'gyroscope', 'hid', 'idle-detection', 'local-fonts'],
    ...['magnetometer', 'microphone', 'midi', 'payment', 'screen-wake-lock', 'serial', 'usb'],
    ...['window-management', 'xr-spatial-tracking'],
  ]
    .map((feature) => `${feature}=()`)
    .concat('publickey-credentials-get=(self)', 'publickey-credentials-create=(self)')
    .join(', '),
};

/** A year; the hosts below ours are somebody else's to decide about. */
const HSTS = 'max-age=31536000';

/** Sets the headers that an answer does not have yet. `isSecure`: whether the browser's connection is encrypted. */
export function standardHeaders(isSecure: (context: Context) => boolean): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { headers } = context.res;
    for (const [name, value] of Object.entries(STANDARD)) if (!headers.has(name)) headers.set(name, value);
    if (isSecure(context)) headers.set('Strict-Transport-Security', HSTS);
    // What the API answers is for one person and one moment.
    if (context.req.path.startsWith('/api/')) headers.set('Cache-Control', 'no-store');
  };
}

/**
 * Refuses, with `request.origin`, changes that another site's page asks for, and whatever another site would build into its
 * own. Browsers say by two headers who asks; programs send neither and have no one else's cookie to misuse. `address`: the
 * one the house is reached under, where it is set; then no header of the request is believed about that.
 */
export function sameOrigin(address: string | undefined): MiddlewareHandler {
  return async (context, next) => {
    const { method } = context.req;
    const changes = method !== 'GET' && method !== 'HEAD';
    const origin = context.req.header('origin');
    if (changes && origin !== undefined && !isOurs(origin, context, address)) throw problem('request.origin');
    const site = context.req.header('sec-fetch-site') ?? 'none';
    const isForeign = site !== 'same-origin' && site !== 'none';
    // Following a link here from elsewhere is no harm; being built in there is.
    const isLink = !changes && context.req.header('sec-fetch-mode') === 'navigate';
    if (isForeign && !isLink) throw problem('request.origin');
    await next();
  };
}

function isOurs(origin: string, context: Context, address: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const asking = new URL(origin);
  const host = context.req.header('host') ?? new URL(context.req.url).host;
  if (address === undefined) return asking.host === (context.req.header('x-forwarded-host') ?? host);
  // Whoever sits at the machine itself may come by its own name; no other site has it.
  return asking.origin === new URL(address).origin || (isThisMachine(asking) && asking.host === host);
}

function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
