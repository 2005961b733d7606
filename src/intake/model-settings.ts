// The settings of the second proposer: a language model behind an OpenAI-compatible server that the user runs. Off unless
// an address is given; nothing is sent anywhere before that.
import { isIPv4, isIPv6 } from 'node:net';
import { problem } from '../record/problem.ts';

/** What is known of the model beforehand. */
export interface ModelSettings {
  /** Base address, ending before "/chat/completions", without a final slash. */
  url: string;
  /** The model's name, as the server knows it. */
  name: string;
  /** Sent as a bearer token; never logged, never shown. */
  key: string | undefined;
  /** Longest wait for one answer. */
  seconds: number;
  /** Most code units of text in one question. */
  window: number;
  /** Most code units of one source that are asked about. */
  longest: number;
  /** Pause before the first repetition of a question; each one after that is four times as long. */
  pauseMs: number;
}

/** Where the server stands: here, in a private network, or anywhere. */
export type ModelPlace = 'machine' | 'private' | 'elsewhere';

/** What people are told of the model: where their texts go. */
export interface ModelNotice {
  name: string;
  host: string;
  place: ModelPlace;
  /** Whether texts can be read on their way there. */
  encrypted: boolean;
}

/**
 * The settings from the environment; null when CONSTAT_LLM_URL is not set. Throws `model.setting` for what cannot be
 * used: an address misread would send texts to the wrong place.
 */
export function modelSettings(env: NodeJS.ProcessEnv = process.env): ModelSettings | null {
  const address = env.CONSTAT_LLM_URL?.trim();
  if (!address) return null;
  const name = env.CONSTAT_LLM_MODEL?.trim();
  if (!name) {
    const why = 'it is missing. Set it to the name the server at CONSTAT_LLM_URL has for the model.';
    throw problem('model.setting', { setting: 'CONSTAT_LLM_MODEL', why });
  }
  const key = env.CONSTAT_LLM_KEY?.trim() || undefined;
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) {
    const why = 'it has characters that no key has. Copy it again.';
    throw problem('model.setting', { setting: 'CONSTAT_LLM_KEY', why });
  }
  const setting = (setting: string, standard: number, least: number, most: number) => {
    const given = env[setting];
    if (given === undefined || given === '') return standard;
    const value = Number(given);
    if (!(value >= least && value <= most)) {
      const why = `“${given}” is no number from ${least} to ${most}. Correct it, or leave it out for ${standard}.`;
      throw problem('model.setting', { setting, why });
    }
    return Math.floor(value);
  };
  return {
    url: baseAddress(address),
    name,
    key,
    seconds: setting('CONSTAT_LLM_SECONDS', 120, 1, 3600),
    window: setting('CONSTAT_LLM_WINDOW', 4000, 500, 200_000),
    longest: setting('CONSTAT_LLM_LONGEST', 200_000, 500, 20_000_000),
    pauseMs: 1000,
  };
}

function baseAddress(given: string): string {
  const refuse = (why: string) => problem('model.setting', { setting: 'CONSTAT_LLM_URL', why });
  // What may be a key is not repeated in a sentence that ends up in a log.
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw refuse('it is no address that begins with http:// or https://. Correct it, or leave it out.');
  }
  const url = new URL(given);
  if (url.username !== '' || url.password !== '') {
    throw refuse('it holds a name or a password. Take it out; a key belongs in CONSTAT_LLM_KEY.');
  }
  if (url.search !== '' || url.hash !== '') {
    throw refuse('it has a “?” or a “#”. Give the base address alone, such as http://127.0.0.1:8080/v1.');
  }
  return `${url.origin}${url.pathname.replace(/\/(?:chat\/completions\/?)?$/, '')}`;
}

/** What people are told: the host and never the whole address. */
export function noticeOf({ url, name }: Pick<ModelSettings, 'url' | 'name'>): ModelNotice {
  const { host, hostname, protocol } = new URL(url);
  return { name, host, place: placeOf(hostname), encrypted: protocol === 'https:' };
}

/**
 * Where a host stands, by its name alone: nothing is asked of a name server. A name that may be anywhere counts as
 * elsewhere; a name without a dot is one of the own network.
 */
export function placeOf(hostname: string): ModelPlace {
  const name = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) return 'machine';
  if (isIPv6(name)) {
    const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name);
    if (mapped) {
      const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)];
      return placeOf([high >> 8, high & 255, low >> 8, low & 255].join('.'));
    }
    if (name === '::1') return 'machine';
    return /^f[cd]|^fe[89ab]/.test(name) ? 'private' : 'elsewhere';
  }
  if (isIPv4(name)) {
    const [a, b] = name.split('.').map(Number) as [number, number];
    if (a === 127 || name === '0.0.0.0') return 'machine';
    const inside =
      a === 10 ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254) ||
      (a === 100 && b >= 64 && b < 128);
    return inside ? 'private' : 'elsewhere';
  }
  return !name.includes('.') || /\.(?:local|lan|internal|home\.arpa)$/.test(name) ? 'private' : 'elsewhere';
}

/** What the person who starts Constat is told about where texts go; one sentence each. */
export function modelLines(notice: ModelNotice): string[] {
  const { name, host, place, encrypted } = notice;
  const lines = [
    `Suggestions also come from ${name} at ${host}; the text of each source is sent there, unless it is sealed.`,
  ];
  if (place === 'elsewhere') {
    lines.push(
      `Warning: ${host} is neither this machine nor in a private network. Whoever runs it can read the texts of your sources.`,
    );
  }
  if (!encrypted && place !== 'machine') {
    lines.push(
      `Warning: texts go to ${host} unencrypted; everybody on the way can read them. Use https:// or a server on this machine.`,
    );
  }
  return lines;
}
