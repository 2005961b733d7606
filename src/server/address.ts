// Where a request came from, and under which address the house was asked for.
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import { isWithin, SIGN_IN_DEFAULTS, type SignInSettings } from './sign-in-settings.ts';

type Proxies = SignInSettings['proxies'];

/** The address at the other end of the connection; null where there is no socket, as in tests. */
function peerOf(context: Context): string | null {
  try {
    return getConnInfo(context).remote.address ?? null;
  } catch {
    return null;
  }
}

/**
 * The address of whoever asks. X-Forwarded-For is read from its end and believed as long as the one who says it is a web
 * server named in the settings; whatever stands before that was written by the caller. "local" without a socket.
 */
export function addressOf(context: Context, proxies: Proxies = SIGN_IN_DEFAULTS.proxies): string {
  const said = (context.req.header('x-forwarded-for') ?? '').split(',').map((one) => one.trim());
  return callerOf(peerOf(context), said, proxies);
}

/** The same, of the parts it is read from. */
export function callerOf(peer: string | null, said: readonly string[], proxies: Proxies): string {
  if (peer === null) return 'local';
  let caller = peer;
  for (const before of [...said].reverse()) {
    if (!isTrusted(caller, proxies) || !ipaddr.isValid(before)) break;
    caller = before;
  }
  return placeOf(caller);
}

function isTrusted(address: string, proxies: Proxies): boolean {
  return ipaddr.isValid(address) && isWithin(ipaddr.process(address), proxies);
}

/** What counts as one place: an IPv4 address, or the 64 bits of an IPv6 network, all of which one line may use. */
function placeOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const network = (parsed as ipaddr.IPv6).parts.slice(0, 4);
  return `${network.map((part) => part.toString(16)).join(':')}::/64`;
}

/** The origin a browser reaches the house by: as set, or as it asked. */
export function originOf(context: Context, settings: SignInSettings): string {
  if (settings.address !== undefined) return new URL(settings.address).origin;
  return `${isSecure(context, settings) ? 'https' : 'http'}://${context.req.header('host') ?? new URL(context.req.url).host}`;
}

/**
 * Whether the browser's connection is encrypted. Anybody may say so, as it only makes the cookies of their own answer
 * stricter.
 */
export function isSecure(context: Context, settings: SignInSettings): boolean {
  if (new URL(context.req.url).protocol === 'https:') return true;
  if (context.req.header('x-forwarded-proto') === 'https') return true;
  if (settings.address === undefined) return false;
  const address = new URL(settings.address);
  return address.protocol === 'https:' && address.host === context.req.header('host');
}
