// What "add by address" may reach: hosts of the public web, told by the network address that is really dialled.
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import ipaddr from 'ipaddr.js';

/** Resolves a name to all its addresses, as `dns.lookup` does with `all`. */
export type Resolve = (
  host: string,
  options: LookupOptions,
  answer: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Which hosts may be reached. Only tests have another than `PUBLIC_WEB`. */
export interface Reach {
  /** Whether a network address, as text, may be dialled. */
  isOpen: (address: string) => boolean;
  /** The ports that may be dialled; null for any. */
  ports: readonly number[] | null;
  resolve: Resolve;
  /** Certificates that are trusted besides those Node knows, in PEM. */
  certificates?: string;
}

/** Addresses that pass for public and are not: Azure's host service answers each of its machines there. */
const EXCEPTIONS = new Set(['168.63.129.16']);

/** Where the IANA gives out addresses of IPv6 that are routed on the internet. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/**
 * Whether an IP address is one of the public internet. Not public: this machine, private and shared networks (RFC 1918,
 * 6598, 4193), link-local ones with the metadata services of clouds, multicast, what is reserved (RFC 6890), and every
 * IPv6 address that stands for an IPv4 one (mapped, NAT64, 6to4, Teredo), whichever that is: it would be dialled unseen.
 */
export function isPublicAddress(address: string): boolean {
  // A zone names a link of this machine.
  if (!ipaddr.isValid(address) || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  if (parsed instanceof ipaddr.IPv6) return parsed.match(GLOBAL_UNICAST);
  return !EXCEPTIONS.has(parsed.toString());
}

/** The public web, and nothing of this machine or its networks. */
export const PUBLIC_WEB: Reach = {
  isOpen: isPublicAddress,
  ports: [80, 443],
  resolve: (host, options, answer) => lookup(host, { ...options, all: true }, answer),
};

/** A host that may not be reached, or is none. */
export class NotOpen extends Error {}

/**
 * A lookup for sockets that gives only addresses that may be dialled. The socket dials what this gives and asks nobody
 * again, so a name that changes its address between two questions (DNS rebinding) gains nothing.
 */
export function openLookup({ isOpen, resolve }: Reach) {
  return (
    host: string,
    options: LookupOptions,
    answer: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
  ): void => {
    resolve(host, options, (error, addresses) => {
      if (error) return answer(error, []);
      const open = addresses.filter(({ address }) => isOpen(address));
      const [first] = open;
      if (first === undefined) return answer(new NotOpen(host), []);
      if (options.all) answer(null, open);
      else answer(null, first.address, first.family);
    });
  };
}

/** The IP address that a URL names in place of a host, or null where it names a host. */
export function literalOf({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? bare : null;
}
