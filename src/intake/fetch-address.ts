// Fetches what stands at an address of the public web, once, and keeps a record of every step for the capture.
// Nothing is run or loaded of what comes; no cookie is kept, no name is given, and the body goes straight to the disk.
import { createHash, type Hash } from 'node:crypto';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TLSSocket } from 'node:tls';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import packageFile from '../../package.json' with { type: 'json' };
import type { Capture, Hop } from '../record/capture.ts';
import { Problem, problem } from '../record/problem.ts';
import type { SourceContent } from '../record/source.ts';
import { sizeText } from './limits.ts';
import { literalOf, NotOpen, openLookup, PUBLIC_WEB, type Reach } from './public-web.ts';
import type { Arrival } from './receive.ts';

/** What fetching one address may cost. */
export interface FetchLimits {
  /** Largest body in bytes, as it comes and unpacked. */
  body: number;
  /** Longest time altogether, in seconds. */
  seconds: number;
}

/** An address that has answered; its body is read by going through `chunks`. */
export interface Fetched {
  chunks: AsyncIterable<Uint8Array>;
  /** The address that answered in the end, without its fragment. */
  address: string;
  /** What the answer says it is; it decides nothing. */
  contentType: string | null;
  /** The record of it all; there is one only once the body has been read to its end. */
  capture: () => Capture;
}

/** How often an address may lead on to another. */
const MOST_REDIRECTS = 5;
/** A host that says nothing for so long has gone silent; never longer than the whole may take. */
const CONNECT_SECONDS = 10;
const IDLE_SECONDS = 20;
/** The headers of an answer, in bytes. Browsers take some ten thousand more; no page needs as many. */
const MOST_HEADERS = 64 * 1024;
/** Fetches at once in this process; each may last a minute. */
const AT_ONCE = 4;

const TOOL = 'constat fetch';
const SENT: [string, string][] = [
  // Says what it is, and not who asks: the house may be watched.
  ['User-Agent', `Constat/${packageFile.version}`],
  ['Accept', 'text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8'],
  // Then what comes over the line is the original itself, unless the host packs it all the same.
  ['Accept-Encoding', 'identity'],
  ['Connection', 'close'],
];

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

let underWay = 0;

/**
 * Fetches an address. Each address on the way, redirects included, is checked anew, by the network address dialled.
 * Throws, and so may `chunks`: `address.refused`, `.port`, `.credentials`, `.silent`, `.certificate`, `.slow`, `.status`,
 * `.redirects`, `.unreadable`, `.busy`, or `source.too-large`.
 */
export async function fetchAddress(
  requested: string,
  limits: FetchLimits,
  options: { reach?: Reach; signal?: AbortSignal } = {},
): Promise<Fetched> {
  if (underWay >= AT_ONCE) throw problem('address.busy');
  const visit = new Visit(requested, limits, options.reach ?? PUBLIC_WEB);
  underWay++;
  visit.onEnd(() => underWay--);
  const givenUp = () => visit.end(problem('address.silent', { host: visit.host }));
  options.signal?.addEventListener('abort', givenUp, { once: true });
  visit.onEnd(() => options.signal?.removeEventListener('abort', givenUp));
  try {
    if (options.signal?.aborted) givenUp();
    return await visit.open();
  } catch (error) {
    const because = visit.explain(error);
    visit.end(because);
    throw because;
  }
}

/** One address being fetched, over all its hops. */
class Visit {
  readonly #requested: string;
  readonly #limits: FetchLimits;
  readonly #reach: Reach;
  readonly #hops: Hop[] = [];
  readonly #startedAt = new Date().toISOString();
  readonly #deadline: NodeJS.Timeout;
  readonly #ending: (() => void)[] = [];
  #url: URL;
  #request: http.ClientRequest | null = null;
  #answer: IncomingMessage | null = null;
  #because: Problem | null = null;
  #hasEnded = false;

  constructor(requested: string, limits: FetchLimits, reach: Reach) {
    this.#requested = requested;
    this.#limits = limits;
    this.#reach = reach;
    this.#url = new URL(requested);
    this.#deadline = setTimeout(() => this.end(this.#slow()), limits.seconds * 1000);
  }

  get host(): string {
    return this.#url.hostname;
  }

  onEnd(run: () => void): void {
    this.#ending.push(run);
  }

  /** Lets everything go. The first reason given is the one that counts; none when all went well. */
  end(because?: Problem): void {
    this.#because ??= because ?? null;
    this.#answer?.destroy(because);
    this.#request?.destroy(because);
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#deadline);
    for (const run of this.#ending) run();
  }

  #slow(): Problem {
    return problem('address.slow', { host: this.host, seconds: this.#limits.seconds });
  }

  /** What went wrong, for a person. */
  explain(error: unknown): Problem {
    if (this.#because) return this.#because;
    if (error instanceof Problem) return error;
    const { host } = this;
    const { code = '' } = error as { code?: unknown };
    const name = String(code);
    if (error instanceof NotOpen || name === 'ENOTFOUND') return problem('address.refused', { host }, error);
    if (/^(?:HPE_|Z_|ERR_(?:_?ZLIB|BROTLI|HTTP|INVALID)|ERR__ERROR_FORMAT)/.test(name))
      return problem('address.unreadable', { host }, error);
    if (/CERT|^(?:DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO)/.test(name))
      return problem('address.certificate', { host }, error);
    return problem('address.silent', { host }, error);
  }

  async open(): Promise<Fetched> {
    for (;;) {
      if (this.#because) throw this.#because;
      const answer = await this.#ask();
      const { status } = this.#hops.at(-1)!;
      const onward = REDIRECTS.has(status) ? answer.headers.location : undefined;
      if (onward === undefined) return this.#take(answer, status);
      answer.destroy();
      if (this.#hops.length > MOST_REDIRECTS) throw problem('address.redirects', { limit: MOST_REDIRECTS });
      if (!URL.canParse(onward, this.#url)) throw problem('address.unreadable', { host: this.host });
      this.#url = new URL(onward, this.#url);
    }
  }

  /** Asks the address that is next, if it may be asked. */
  async #ask(): Promise<IncomingMessage> {
    const url = this.#url;
    url.hash = '';
    this.#check(url);
    const askedAt = new Date().toISOString();
    const isSecure = url.protocol === 'https:';
    let dialled: Hop['dialled'] | null = null;
    let certificate: Hop['certificate'] = null;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (isSecure ? https : http).request(url, {
        agent: false,
        headers: Object.fromEntries(SENT),
        lookup: openLookup(this.#reach) as never,
        maxHeaderSize: MOST_HEADERS,
        ...(this.#reach.certificates && { ca: this.#reach.certificates }),
      });
      this.#request = request;
      const wait = Math.min(CONNECT_SECONDS, this.#limits.seconds) * 1000;
      const connecting = setTimeout(() => this.end(problem('address.silent', { host: url.hostname })), wait);
      request.once('close', () => {
        clearTimeout(connecting);
        // Some ends come without an error: a host that wants to speak another protocol is left without a word.
        reject(new Error('the connection closed'));
      });
      // Not once: a connection may fail again while it is let go.
      request.on('error', reject);
      request.once('socket', (socket: Socket) => {
        socket.once('connect', () => {
          const { remoteAddress = '', remotePort = 0 } = socket;
          // What was looked up is what is dialled; looked at once more where it can be seen.
          if (!this.#reach.isOpen(remoteAddress)) request.destroy(new NotOpen(url.hostname));
          dialled = { address: remoteAddress, port: remotePort };
          if (!isSecure) clearTimeout(connecting);
        });
        socket.once('secureConnect', () => {
          clearTimeout(connecting);
          certificate = certificateOf(socket as TLSSocket);
        });
        socket.setTimeout(IDLE_SECONDS * 1000, () => this.end(this.#slow()));
      });
      request.once('response', resolve);
      request.end();
    });
    this.#answer = answer;
    // Whoever reads the body hears of it there; where nobody reads it, it does not matter.
    answer.on('error', () => {});
    const { rawHeaders } = answer;
    this.#hops.push({
      address: url.href,
      dialled: dialled!,
      askedAt,
      answeredAt: new Date().toISOString(),
      status: answer.statusCode!,
      httpVersion: answer.httpVersion,
      headers: rawHeaders.flatMap((name, at): [string, string][] =>
        at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
      ),
      certificate,
    });
    return answer;
  }

  /** Throws unless the address may be asked for at all. The host's network address is checked when it is dialled. */
  #check(url: URL): void {
    const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
    if (!isWeb) throw problem('address.refused', { host: url.protocol });
    if (url.username !== '' || url.password !== '') throw problem('address.credentials');
    const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
    if (this.#reach.ports !== null && !this.#reach.ports.includes(port))
      throw problem('address.port', { port });
    // A literal is dialled without being looked up.
    const literal = literalOf(url);
    if (literal !== null && !this.#reach.isOpen(literal))
      throw problem('address.refused', { host: url.hostname });
  }

  #take(answer: IncomingMessage, status: number): Fetched {
    if (status < 200 || status > 299) throw problem('address.status', { host: this.host, status });
    const length = Number(answer.headers['content-length'] ?? 0);
    if (length > this.#limits.body) throw this.#tooLarge();
    const coding = codingOf(answer.headers['content-encoding']);
    if (coding === null) throw problem('address.unreadable', { host: this.host });
    const came = new Measure();
    const unpacked = new Measure();
    let endedAt: string | null = null;
    const chunks = this.#body(answer, coding, came, unpacked, () => {
      endedAt = new Date().toISOString();
    });
    return {
      chunks,
      address: this.#url.href,
      contentType: answer.headers['content-type'] ?? null,
      capture: () => {
        if (endedAt === null) throw new Error('the body has not been read to its end');
        return {
          format: 'constat-capture@1',
          requested: this.#requested,
          address: this.#url.href,
          startedAt: this.#startedAt,
          endedAt,
          clock: 'this machine, UTC',
          tool: TOOL,
          toolVersion: packageFile.version,
          sent: SENT,
          hops: this.#hops,
          body: { ...unpacked.result(), packed: coding === '' ? null : { coding, ...came.result() } },
        };
      },
    };
  }

  #tooLarge(): Problem {
    return problem('source.too-large', { limit: sizeText(this.#limits.body) });
  }

  /** The body, unpacked. Breaking off, at either end, ends the visit. */
  async *#body(
    answer: IncomingMessage,
    coding: string,
    came: Measure,
    unpacked: Measure,
    done: () => void,
  ): AsyncGenerator<Uint8Array> {
    const limit = this.#limits.body;
    const over = () => this.#tooLarge();
    const limited = async function* (chunks: AsyncIterable<Uint8Array>, measure: Measure) {
      for await (const chunk of chunks) {
        measure.take(chunk);
        if (measure.bytes > limit) throw over();
        yield chunk;
      }
    };
    try {
      const arriving = limited(answer, came);
      yield* limited(coding === '' ? arriving : unpack(arriving, coding), unpacked);
      if (!answer.complete) throw problem('address.silent', { host: this.host });
      done();
    } catch (error) {
      const because = this.explain(error);
      this.end(because);
      throw because;
    } finally {
      this.end();
    }
  }
}

/**
 * What was fetched as a file on its way in. Its name is the last part of the address, or the host; a table or Markdown
 * that only its host calls so gets the ending by which plain text is told apart.
 */
export function arrivalOf(
  requested: string,
  { chunks, address, contentType, capture }: Fetched,
  content: Partial<SourceContent>,
): Arrival {
  const { pathname, hostname } = new URL(address);
  const [type = '', charset = ''] = (contentType ?? '').toLowerCase().split(/;\s*charset\s*=\s*["']?/);
  const last = pathname.split('/').filter(Boolean).at(-1);
  const name = decoded(last ?? `${hostname}.html`);
  const ending = ENDINGS[type.split(';')[0]!.trim()];
  return {
    fileName: ending && !name.toLowerCase().endsWith(ending) ? name + ending : name,
    chunks,
    // Its length has been looked at while it came.
    expected: null,
    content: {
      // What is longer than an address may be here is in the capture.
      address: address.length <= MOST_ADDRESS ? address : requested,
      ...content,
      acquisition: 'fetched',
    },
    charset: /^[\w:.+-]{1,40}/.exec(charset)?.[0] ?? null,
    capture,
  };
}

const MOST_ADDRESS = 2000;

const ENDINGS: Record<string, string> = {
  'text/csv': '.csv',
  'text/tab-separated-values': '.tsv',
  'text/markdown': '.md',
};

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Length and SHA-256 of what passes. */
class Measure {
  bytes = 0;
  readonly #hash: Hash = createHash('sha256');

  take(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    this.#hash.update(chunk);
  }

  result(): { sha256: string; bytes: number } {
    return { sha256: this.#hash.copy().digest('hex'), bytes: this.bytes };
  }
}

/** How a body is packed: "" for not at all; null for what is not known here, or packed more than once. */
function codingOf(header: string | undefined): '' | 'gzip' | 'br' | 'deflate' | null {
  const name = (header ?? '').trim().toLowerCase().replace(/^x-/, '');
  if (name === '' || name === 'identity') return '';
  return name === 'gzip' || name === 'br' || name === 'deflate' ? name : null;
}

async function* unpack(packed: AsyncIterable<Uint8Array>, coding: string): AsyncGenerator<Uint8Array> {
  const opener =
    coding === 'gzip' ? createGunzip() : coding === 'br' ? createBrotliDecompress() : createInflate();
  const feeding = pipeline(Readable.from(packed), opener);
  // Whatever ends the feeding ends the opener with the same error, and that is where it is heard.
  feeding.catch(() => {});
  try {
    for await (const chunk of opener) yield chunk as Buffer;
  } finally {
    opener.destroy();
  }
}

function certificateOf(socket: TLSSocket): Hop['certificate'] {
  const found = socket.getPeerCertificate();
  const named = (name: object | undefined) =>
    Object.entries(name ?? {})
      .flatMap(([key, values]) => [values].flat().map((value) => `${key}=${String(value)}`))
      .join(', ');
  return {
    fingerprint: found.fingerprint256,
    subject: named(found.subject),
    issuer: named(found.issuer),
    validFrom: found.valid_from,
    validTo: found.valid_to,
    protocol: socket.getProtocol(),
  };
}
