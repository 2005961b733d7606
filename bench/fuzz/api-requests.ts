/** Requests made from the OpenAPI page alone: right ones with ids of earlier answers, and wrong ones in every way that is known. */
import fc from 'fast-check';
import { arbitraryOf, type Hint, type Schema } from './json-schema.ts';
import { BAD_WORDS, badValue, mutateText, mutateValue, type Random } from './mutate.ts';

/** An operation of the page. */
export interface Operation {
  method: string;
  /** The address with its places: "/api/v1/dossiers/{dossier}". */
  path: string;
  permission: string;
  parameters: { name: string; in: 'path' | 'query'; required: boolean; schema: Schema }[];
  body: Schema | null;
  answers: Record<string, Record<string, Schema>>;
}

/** The page, as far as it is read. */
export interface Page {
  paths: Record<string, Record<string, Record<string, unknown>>>;
  components: { schemas: Record<string, Schema> };
}

/** A request, and whether it should be right. */
export interface FuzzRequest {
  operation: Operation;
  method: string;
  /** Path and query. */
  target: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  kind: 'valid' | 'spoilt' | 'hostile';
  /** The dossier it is about; '' for none. */
  dossier: string;
}

/** The operations of a page. */
export function operationsOf(page: Page): Operation[] {
  return Object.entries(page.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, of]) => {
      const content = (of.requestBody as { content?: Record<string, { schema: Schema }> } | undefined)
        ?.content;
      const responses = of.responses as Record<
        string,
        { content?: Record<string, { schema: Schema }> | null }
      >;
      return {
        method: method.toUpperCase(),
        path,
        permission: String(of['x-permission']),
        parameters: of.parameters as Operation['parameters'],
        body: content?.['application/json']?.schema ?? null,
        answers: Object.fromEntries(
          Object.entries(responses).map(([status, { content: of }]) => [
            status,
            Object.fromEntries(Object.entries(of ?? {}).map(([type, { schema }]) => [type, schema])),
          ]),
        ),
      };
    }),
  );
}

/** Addresses that must be refused wherever one is fetched; nothing here leads out of the machine. */
export const REFUSED_ADDRESSES = [
  ...[
    'http://127.0.0.1/',
    'http://127.0.0.1:5432/',
    'http://localhost/',
    'http://[::1]/',
    'http://0.0.0.0/',
    'http://10.0.0.1/',
  ],
  ...[
    'http://169.254.169.254/latest/meta-data/',
    'http://192.168.1.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fe80::1]/',
  ],
  ...[
    'http://2130706433/',
    'http://0x7f.1/',
    'http://127.1/',
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'javascript:alert(1)',
  ],
  ...[
    'http://user:password@127.0.0.1/',
    'http://172.16.0.1:80/',
    'https://100.64.0.1/',
    'http://[64:ff9b::7f00:1]/',
    '//127.0.0.1',
    '',
  ],
];
/** Properties that hold an address; some endpoint fetches it. */
const isAddress = (name: string) => /address|url|uri|href|link/i.test(name);

/** What was seen in answers, by the name of the property it stood under; and ids by the list they belong to. Each dossier apart. */
export class Seen {
  readonly #values = new Map<string, unknown[]>();
  readonly #most = 60;

  /** Takes up an answer to a request for `path`, which was about `dossier` or, where that is '', about none. */
  learn(path: string, answer: unknown, dossier: string): void {
    const parts = path.split('/').filter((part) => part !== '' && !part.startsWith('{'));
    this.#walk(answer, parts.at(-1) ?? '', dossier, 0);
  }

  #walk(value: unknown, under: string, dossier: string, depth: number): void {
    if (depth > 6 || value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) {
      for (const item of value.slice(0, 20)) this.#walk(item, under, dossier, depth + 1);
      return;
    }
    for (const [name, field] of Object.entries(value)) {
      if (name === 'id' && typeof field === 'string') this.#add(`${dossier} ${under}.id`, field);
      if (field !== null && typeof field !== 'object') this.#add(`${dossier} ${name}`, field);
      this.#walk(field, name, dossier, depth + 1);
    }
  }

  #add(name: string, value: unknown): void {
    const known = this.#values.get(name) ?? [];
    if (known.includes(value)) return;
    known.push(value);
    if (known.length > this.#most) known.shift();
    this.#values.set(name, known);
  }

  /** Values that stood under one of these names, oldest first. */
  of(dossier: string, ...names: string[]): unknown[] {
    return names.flatMap((name) => this.#values.get(`${dossier} ${name}`) ?? []);
  }
}

/** Makes requests for operations, one after another. */
export class Requests {
  readonly #definitions: Record<string, Schema>;
  readonly #random: Random;
  readonly #seen: Seen;
  #dossier = '';

  constructor(page: Page, random: Random, seen: Seen) {
    this.#definitions = page.components.schemas;
    this.#random = random;
    this.#seen = seen;
  }

  /** A request for an operation: right as far as the page tells, or spoilt in one or several ways. */
  make(operation: Operation, kind: FuzzRequest['kind']): FuzzRequest {
    this.#dossier = '';
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = this.#pathValue(operation, name);
      // Everything else in the request is then of this dossier.
      if (name === 'dossier') this.#dossier = value;
      return encodeURIComponent(
        kind !== 'valid' && this.#random(6) === 0 ? this.#word(value).toWellFormed() : value,
      );
    });
    const headers: Record<string, string> = {};
    let body: FuzzRequest['body'] = null;
    if (operation.body !== null) {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(this.#bodyOf(operation, kind)) ?? '';
    } else if (operation.method !== 'GET') {
      body = this.#random(2) === 0 ? this.#upload() : null;
      if (body !== null) headers['content-type'] = 'application/octet-stream';
    }
    const request = {
      operation,
      method: operation.method,
      target: path + this.#query(operation, kind),
      headers,
      body,
      kind,
      dossier: this.#dossier,
    };
    return kind === 'hostile' ? this.#hostile(request) : request;
  }

  /** A file to hand in: a text, a table, a page, or what has the beginning of one. */
  #upload(): Uint8Array {
    const files = [
      'date,place,tents\n2016-03-02,Calais,12\n2016-03-09,Calais,"1,500"\n',
      'measure;value;source;period\npeople;500;prefecture;2016-03\n',
      'The minister said that the site was empty. Observers counted 40 tents there.\n',
      '<!doctype html><title>x</title><p>“Nobody came,” a volunteer said.</p><script>x</script>',
      '%PDF-1.4\nnothing',
      'PK\u0003\u0004nothing',
      `<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`,
      '',
    ];
    return new TextEncoder().encode(`${this.#pick(files)}${this.#random(4) === 0 ? this.#random(1e9) : ''}`);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#random(items.length)]!;
  }

  #sample(arbitrary: fc.Arbitrary<unknown>): unknown {
    return fc.sample(arbitrary, { seed: this.#random(2 ** 31), numRuns: 1 })[0];
  }

  /** Where a path has an id: one of the list it stands in, or of the operation's own kind, from earlier answers. */
  #pathValue(operation: Operation, name: string): string {
    const before = operation.path
      .slice(0, operation.path.indexOf(`{${name}}`))
      .split('/')
      .filter(Boolean);
    const list = before.at(-1) ?? name;
    const known = this.#seen.of(
      this.#dossier,
      `${list}.id`,
      `${name}.id`,
      `${name}s.id`,
      ...(name === 'id' ? [] : [name, `${list}.${name}`]),
    );
    const fitting = known.filter((value) => typeof value === 'string');
    if (fitting.length > 0 && this.#random(12) > 0)
      // The newest most often: older things have been taken back, merged or deleted.
      return String(
        fitting[Math.max(0, fitting.length - 1 - this.#random(this.#random(fitting.length) + 1))],
      );
    const schema = operation.parameters.find((one) => one.in === 'path' && one.name === name)?.schema ?? {};
    return String(this.#sample(arbitraryOf(schema, this.#definitions)));
  }

  readonly #hint: Hint = (name, schema) => {
    // Most texts are long enough for this passage.
    if (name === 'start') return fc.integer({ min: 0, max: 10 });
    if (name === 'end') return fc.integer({ min: 11, max: 40 });
    if (isAddress(name)) return fc.constantFrom(...REFUSED_ADDRESSES.filter((one) => one.startsWith('http')));
    const known = this.#seen.of(
      this.#dossier,
      `${name}.id`,
      `${name}s.id`,
      name,
      ...(name === 'cursor' || name === 'before' ? ['next'] : []),
    );
    const types = Array.isArray(schema.type) ? schema.type : [schema.type];
    const isOpen = types.includes(undefined as never);
    const fitting = known.filter(
      (value) =>
        isOpen || types.includes(typeof value) || (typeof value === 'number' && types.includes('integer')),
    );
    return fitting.length > 0 ? fc.constantFrom(...fitting) : null;
  };

  #bodyOf(operation: Operation, kind: FuzzRequest['kind']): unknown {
    let value = this.#sample(arbitraryOf(operation.body!, this.#definitions, this.#hint));
    if (kind === 'valid') return value;
    for (let times = 1 + this.#random(3); times > 0; times--) value = mutateValue(this.#random, value);
    // A spoilt address could be one that leads outside; only those that must be refused are ever sent.
    return withoutAddresses(value, this.#random);
  }

  #query(operation: Operation, kind: FuzzRequest['kind']): string {
    const query = new URLSearchParams();
    for (const { name, required, schema, in: where } of operation.parameters) {
      if (where !== 'query' || (!required && this.#random(3) > 0)) continue;
      const hinted = this.#hint(name, { ...schema, type: undefined });
      const value = this.#sample(
        hinted !== null && this.#random(2) === 0 ? hinted : arbitraryOf(schema, this.#definitions),
      );
      for (const one of Array.isArray(value) ? value : [value])
        query.append(
          name,
          kind !== 'valid' && this.#random(3) === 0
            ? this.#word(String(one))
            : typeof one === 'object'
              ? JSON.stringify(one)
              : String(one),
        );
    }
    if (kind === 'hostile' && this.#random(3) === 0) {
      for (const name of ['cursor', 'limit', 'q', 'sort', '__proto__', 'constructor', ''])
        if (this.#random(3) === 0) query.append(name, this.#word('50'));
      if (this.#random(4) === 0) query.append('cursor', cursor(this.#random));
      if (this.#random(4) === 0) for (let at = 0; at < 300; at++) query.append('status', 'accepted');
    }
    const text = query.toString();
    return text === '' ? '' : `?${text}`;
  }

  #word(word: string): string {
    return this.#random(2) === 0
      ? mutateText(this.#random, word, word, BAD_WORDS).slice(0, 2000)
      : this.#pick(BAD_WORDS);
  }

  /** Spoilt outside of what schemas speak of. */
  #hostile(request: FuzzRequest): FuzzRequest {
    const text = typeof request.body === 'string' ? request.body : '{}';
    const changed = { ...request, headers: { ...request.headers } };
    switch (this.#random(15)) {
      case 0:
        return { ...changed, body: text.slice(0, this.#random(text.length + 1)) };
      case 1:
        return {
          ...changed,
          body: mutateText(this.#random, text, text, ['{', '}', '"', ',', '[', '\\u0000', '\\ud800']),
          ...noAddress(request),
        };
      case 2:
        return { ...changed, body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` };
      case 3:
        return { ...changed, body: '{"a":'.repeat(50_000) + 1 + '}'.repeat(50_000) };
      case 4:
        return { ...changed, body: `{"title":"${'x'.repeat(2_500_000)}"}` };
      case 5: {
        changed.headers['content-type'] = this.#pick([
          'text/plain',
          'application/xml',
          'multipart/form-data',
          'application/json; charset=utf-16',
          'x',
          'application/jsonx',
          '',
        ]);
        return changed;
      }
      case 6:
        return {
          ...changed,
          body: text.replace(
            '{',
            '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
          ),
        };
      case 7: {
        const noise = new Uint8Array(1 + this.#random(400)).map(() => this.#random(256));
        return { ...changed, body: noise };
      }
      case 8:
        return { ...changed, body: JSON.stringify(badValue(this.#random)) ?? 'null' };
      case 9:
        return {
          ...changed,
          target: `${request.target.split('?')[0]}${this.#pick(['/', '//', '/..', '/%2e%2e/', '/%00', '.csv', '.csv.csv', '/%ff', '%', '/../../x', ';a=b', '.json'])}`,
        };
      case 10:
        return { ...changed, method: this.#pick(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'POST']) };
      case 11:
        return {
          ...changed,
          target: `${request.target.split('?')[0]}?${this.#pick(['&&&=', 'a=%zz', '=', '?', 'q='.repeat(500), `q=${'%F0%9F'.repeat(500)}`, `cursor=${cursor(this.#random)}`, 'limit=-1', 'limit=1e9', 'q=%00', 'q=a%26%7C!()%3A*'])}`,
        };
      case 12:
        changed.headers.origin = this.#pick(['https://evil.example', 'null', 'http://', '']);
        return changed;
      case 13:
        Object.assign(changed.headers, {
          'accept-language': this.#pick(['*', 'x'.repeat(5000), 'fr;q=NaN', '\u00e9']),
          'if-none-match': '*',
          range: 'bytes=5-1',
        });
        return changed;
      default:
        // Letters that were cut in half, and zeroes, where words should be.
        return { ...changed, body: text.replace(/"([a-z ]{1,12})"(?=[,}\]])/i, '"\\u0000\\ud800$1"') };
    }
  }
}

/** Cursors that are none, and some that nearly are. */
function cursor(random: Random): string {
  const values = [
    ['2016', '-'.repeat(36)],
    ['Tue, 1 Jan 2019', '00000000-0000-7000-8000-000000000000'],
    ['+275760-09-13T00:00:00.000Z', '00000000-0000-7000-8000-000000000000'],
    [1e308, '0'.repeat(36)],
    ['\u0000', '00000000-0000-7000-8000-000000000000'],
    ['x'.repeat(900), '00000000-0000-7000-8000-000000000000'],
    [null, null],
    {},
    'x',
  ];
  const text = JSON.stringify(values[random(values.length)]);
  return Buffer.from(random(4) === 0 ? mutateText(random, text, text) : text).toString('base64url');
}

/** A body that was spoilt as text may hold any address: it goes only where none is asked for. */
function noAddress({ body }: FuzzRequest): { body?: string } {
  return typeof body === 'string' && /"(?:\w*address|\w*url|href|link)"/i.test(body) ? { body: '{' } : {};
}

function withoutAddresses(value: unknown, random: Random, depth = 0): unknown {
  if (value === null || typeof value !== 'object' || depth > 50) return value;
  if (Array.isArray(value)) return value.map((item) => withoutAddresses(item, random, depth + 1));
  const entries = Object.entries(value).map(([name, field]): [string, unknown] => [
    name,
    typeof field === 'string' && isAddress(name) && !REFUSED_ADDRESSES.includes(field)
      ? REFUSED_ADDRESSES[random(REFUSED_ADDRESSES.length)]!
      : withoutAddresses(field, random, depth + 1),
  ]);
  const safe: Record<string, unknown> = {};
  for (const [name, field] of entries)
    Object.defineProperty(safe, name, { value: field, enumerable: true, writable: true, configurable: true });
  return safe;
}
