// How people sign in here: how long sessions last, whose word about a caller's address is believed, where the house is.
import ipaddr from 'ipaddr.js';
import { problem } from '../record/problem.ts';
import { SESSION_LIMITS, type SessionLimits } from '../store/sessions.ts';

/** A network of addresses: the first one and how many bits of it count. */
type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Settings of signing in. */
export interface SignInSettings {
  sessions: SessionLimits;
  /** Web servers before this one, whose X-Forwarded-For is believed. */
  proxies: Network[];
  /** The address of the house, "https://…": passkeys belong to its host. From each request when absent. */
  address: string | undefined;
}

/** What holds where nothing was set. */
export const SIGN_IN_DEFAULTS: SignInSettings = {
  sessions: SESSION_LIMITS,
  proxies: [],
  address: undefined,
};

/** Reads them from the environment. Throws `setting.invalid` for what cannot be meant. */
export function signInSettings(env: NodeJS.ProcessEnv): SignInSettings {
  const { sessions } = SIGN_IN_DEFAULTS;
  return {
    sessions: {
      idle: numberOf('CONSTAT_IDLE_MINUTES', env.CONSTAT_IDLE_MINUTES, 60_000) ?? sessions.idle,
      longest: numberOf('CONSTAT_SESSION_HOURS', env.CONSTAT_SESSION_HOURS, 3600_000) ?? sessions.longest,
    },
    proxies: readNetworks(env.CONSTAT_TRUSTED_PROXY ?? ''),
    address: addressOfHouse(env.CONSTAT_ADDRESS),
  };
}

function addressOfHouse(address: string | undefined): string | undefined {
  if (!address) return undefined;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw problem('setting.invalid', {
      setting: 'CONSTAT_ADDRESS',
      why: 'Give a whole address: https://….',
    });
  return address;
}

function numberOf(setting: string, text: string | undefined, unit: number): number | undefined {
  if (!text) return undefined;
  const number = Number(text);
  if (!(number > 0)) throw problem('setting.invalid', { setting, why: 'Give a number above 0.' });
  return number * unit;
}

function readNetworks(text: string): Network[] {
  return text
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .map((one) => {
      try {
        if (one.includes('/')) return ipaddr.parseCIDR(one);
        const address = ipaddr.process(one);
        return [address, address.kind() === 'ipv4' ? 32 : 128] as Network;
      } catch (error) {
        const why = `“${one}” is no address and no network. Give 127.0.0.1, or 10.0.0.0/8; several with commas.`;
        throw problem('setting.invalid', { setting: 'CONSTAT_TRUSTED_PROXY', why }, error);
      }
    });
}

/** Whether an address lies in one of the networks. */
export function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, networks: readonly Network[]): boolean {
  return networks.some(
    ([network, bits]) => network.kind() === address.kind() && address.match([network, bits] as never),
  );
}
