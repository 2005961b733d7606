// Every route as every role, from the table alone: who is let in, who is told nothing; and for every object in an address, the
// same with one of another dossier. A route, permission or role that this file does not reach makes it fail.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestStore, makeTemporaryDirectory } from '../../test/platform/embedded.ts';
import { sampleFigure, sampleIncident, sampleStatement } from '../../test/samples.ts';
import { type Intake, openIntake } from '../intake/intake.ts';
import type { DossierRole } from '../record/account.ts';
import { createOwner, newSetupToken } from '../store/accounts.ts';
import { createDossier } from '../store/dossiers.ts';
import { suspendAccount } from '../store/house-accounts.ts';
import { acceptInvitation, createInvitation } from '../store/invitations.ts';
import { openSession } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import { newId } from '../store/write.ts';
import { api } from './api.ts';
import { createApp } from './app.ts';
import type { AnyEndpoint } from './endpoint.ts';
import { PERMISSIONS, type Permission, ROLES, type Role, reach } from './permissions.ts';

const routes = Object.entries(api as unknown as Record<string, AnyEndpoint>);

/** In every text of both dossiers, and so in no refusal. */
const CANARY = 'heron-7431';

/** Who asks: the role in the house, and in the dossier whose address is asked for. */
interface Asker {
  name: string;
  account: string | null;
  house: Role;
  dossier: Role;
}

/** A dossier with one of everything in it, made by somebody who asks nothing here. */
interface World {
  slug: string;
  dossier: string;
  /** Gives the id of a thing of this dossier, by the part of the address before it; with `fresh` of a new one. */
  make: (kind: string, fresh: boolean) => Promise<string>;
  /** What the observer handed in, by the kind of what an address asks for. */
  own: Record<string, string>;
  body: (route: string) => unknown;
}

let store: Store;
let intake: Intake;
let app: ReturnType<typeof createApp>;
let houseOwner: string;
let here: World;
let there: World;
const askers: Asker[] = [];
const unexpected: unknown[] = [];

const cookieOf = async (account: string | null) =>
  account === null
    ? ''
    : `constat-session=${await openSession(store, account, { method: 'password-and-code', device: null })}`;

interface Answer {
  status: number;
  text: string;
  code: string | null;
  what: unknown;
}

/** One request, with a session of its own, since some requests end the session they come with. */
async function ask(account: string | null, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await app.request(path, {
    method,
    headers: {
      cookie: await cookieOf(account),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) {
    await response.body!.cancel();
    return { status: response.status, text: '', code: null, what: null };
  }
  const text = await response.text();
  const problem = type.startsWith('application/problem+json') ? JSON.parse(text) : null;
  return { status: response.status, text, code: problem?.code ?? null, what: problem?.details.what ?? null };
}

async function made<T>(account: string, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await ask(account, method, `/api/v1${path}`, body);
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
  return JSON.parse(answer.text) as T;
}

async function join_(dossier: string, role: DossierRole, name: string): Promise<string> {
  const invitation = { role, opens: true, email: null, note: null, days: 1 };
  const writer = { account: houseOwner, dossier };
  const { token } = await createInvitation(store, writer, invitation, () => ({ subject: '', body: '' }));
  return (await acceptInvitation(store, token, { name, passwordHash: 'none' })).account;
}

async function makeWorld(name: string): Promise<World> {
  const { id: dossier, slug } = await createDossier(store, newId(), {
    ...{ title: `${CANARY} ${name}`, slug: name, summary: CANARY, language: 'en', publishedBy: null },
  });
  const maker = await join_(dossier, 'owner', `whoever made ${name}`);
  const observer = await join_(dossier, 'observer', `an observer ${name}`);
  const at = `/dossiers/${slug}`;
  const handIn = async (account: string, text: string) => {
    const { source } = await made<{ source: { id: string } }>(account, 'POST', `${at}/sources/text`, {
      text,
    });
    await intake.settled(dossier, source.id);
    return source.id;
  };
  const text = `Observers of ${CANARY} counted 40 tents at the quay, and the minister said that nobody lived there.`;
  const source = await handIn(maker, `${text} ${name}`);
  const ownSource = await handIn(observer, `${text} ${name}, seen from the other bank`);
  const table = await (async () => {
    const response = await app.request(`/api/v1${at}/sources?name=tents.csv`, {
      method: 'POST',
      headers: { cookie: await cookieOf(maker) },
      body: `month,tents ${CANARY}\n2021-01,40\n2021-02,50\n2021-03,${name.length}\n`,
    });
    const { source: added } = (await response.json()) as { source: { id: string } };
    await intake.settled(dossier, added.id);
    return added.id;
  })();
  const passages = [{ source, start: 0, end: 20 }];
  const record = async (kind: string, content: object) =>
    (await made<{ id: string }>(maker, 'POST', `${at}/${kind}`, { content, passages })).id;
  const named = async (kind: string, content: object) =>
    (await made<{ id: string }>(maker, 'POST', `${at}/${kind}`, content)).id;
  const statement = (content = {}) =>
    record('statements', sampleStatement({ content: CANARY, topics: ['the quay'], ...content }));
  const nothing = { aliases: [], roles: [] };
  let count = 0;
  /** What makes one of each kind that an address may hold. */
  const makers: Record<string, () => Promise<string>> = {
    sources: () => handIn(maker, `${text} ${name} ${count++}`),
    tables: async () => table,
    statements: statement,
    figures: () => record('figures', sampleFigure({ counted: `tents ${CANARY}` })),
    incidents: () => record('incidents', sampleIncident({ title: CANARY })),
    actors: () => named('actors', { name: `${CANARY} ${count++}`, type: 'person', ...nothing }),
    places: () =>
      named('places', {
        name: CANARY,
        type: 'town',
        aliases: [],
        parent: null,
        position: null,
        existed: null,
      }),
    measures: () =>
      named('measures', {
        ...{ name: `${CANARY} ${count++}`, definition: null, unit: null, countingRule: null },
        ...{ wordings: [], series: 'stock', repeats: 'unknown' },
      }),
    links: async () =>
      named('links', {
        from: { kind: 'statement', id: await statement({ saidOn: '2021-10' }) },
        to: { kind: 'statement', id: await statement({ saidOn: '2014-11' }) },
        ...{ link: 'denies', note: CANARY },
      }),
    requests: () =>
      named('requests', {
        ...{ askedOf: { actor: null, name: CANARY, role: null }, question: CANARY, means: 'email' },
        ...{ askedOn: '2021-10-07', due: null, outcome: 'waiting', answeredOn: null, answer: null },
        ...{ about: [], sensitivity: 'team', note: null },
      }),
    witnesses: async () => {
      const { witness } = await made<{ witness: { id: string } }>(maker, 'POST', `${at}/witnesses`, {
        ...{ pseudonym: `${CANARY} ${count++}`, consents: [], protection: null },
        identity: { name: CANARY, contact: null, notes: null },
      });
      return witness.id;
    },
    entries: async () => {
      const { entries } = await made<{ entries: { id: string; action: string }[] }>(
        maker,
        'GET',
        `${at}/entries?limit=500`,
      );
      return entries.find(({ action }) => action === 'source.add')!.id;
    },
    people: () => join_(dossier, 'reader', `a reader ${name} ${count++}`),
    invitations: async () => {
      const { invitation } = await made<{ invitation: { id: string } }>(maker, 'POST', `${at}/invitations`, {
        role: 'reader',
      });
      return invitation.id;
    },
    disagreements: async () =>
      named('disagreements', {
        ...{ kind: 'figures-differ', words: CANARY },
        records: [{ kind: 'statement', id: await statement() }],
      }),
    threads: async () => {
      const { threads } = await made<{ threads: { key: string }[] }>(maker, 'GET', `${at}/threads`);
      return threads[0]!.key;
    },
    seals: async () => {
      const id = await statement();
      await made(maker, 'PATCH', `${at}/statements/${id}`, {
        version: 1,
        content: { sensitivity: 'sealed' },
      });
      return id;
    },
  };
  const cached = new Map<string, string>();
  const make: World['make'] = async (kind, fresh) => {
    const known = cached.get(kind);
    if (known && !fresh) return known;
    const maker_ = makers[kind];
    if (!maker_) throw new Error(`No object for “${kind}”: say here how one is made.`);
    const id = await maker_();
    if (!known) cached.set(kind, id);
    return id;
  };
  await make('links', false);
  const { mapping } = await made<{ mapping: unknown }>(
    maker,
    'POST',
    `${at}/sources/${table}/series/preview`,
    { mapping: null },
  );
  const [figure, measure] = [await make('figures', false), await make('measures', true)];
  const edit = { version: 99, content: {} };
  const bodies: Record<string, unknown> = {
    'PATCH /dossiers/:dossier/people/:account': { role: 'reader' },
    'PATCH /dossiers/:dossier/sources/:id': edit,
    'POST /dossiers/:dossier/sources/:id/transcript': { version: 99, text: CANARY },
    'POST /dossiers/:dossier/seals/:subject/open': { reason: 'to be sure' },
    'POST /dossiers/:dossier/entries/:entry/open': { reason: 'to be sure' },
    'POST /dossiers/:dossier/sources/:id/series/preview': { mapping: null },
    'POST /dossiers/:dossier/sources/:id/series/faults': { mapping },
    'POST /dossiers/:dossier/sources/:id/series': { mapping },
    'PATCH /dossiers/:dossier/statements/:id': edit,
    'PATCH /dossiers/:dossier/figures/:id': edit,
    'PATCH /dossiers/:dossier/incidents/:id': edit,
    'PATCH /dossiers/:dossier/actors/:id': edit,
    'PATCH /dossiers/:dossier/places/:id': edit,
    'PATCH /dossiers/:dossier/measures/:id': edit,
    'PATCH /dossiers/:dossier/links/:id': edit,
    'PATCH /dossiers/:dossier/requests/:id': edit,
    'POST /dossiers/:dossier/measures/:id/figures': { figures: [{ id: figure, version: 99 }] },
    'POST /dossiers/:dossier/measures/:id/merge': { into: measure },
    'PATCH /dossiers/:dossier/witnesses/:id': edit,
    'PUT /dossiers/:dossier/witnesses/:id/identity': { version: 99, identity: null },
    'PUT /dossiers/:dossier/sources/:id/witness': { version: 99, witness: null },
    'POST /dossiers/:dossier/erasures/:noun/:id': { reason: 'asked for', typed: 'something else' },
  };
  const ownSealed = await handIn(observer, `${text} ${name}, told in confidence`);
  const { version } = await made<{ version: number }>(maker, 'GET', `${at}/sources/${ownSealed}`);
  await made(maker, 'PATCH', `${at}/sources/${ownSealed}`, { version, content: { sensitivity: 'sealed' } });
  const own = { sources: ownSource, seals: ownSealed };
  return { slug, dossier, make, own, body: (route) => bodies[route] };
}

beforeAll(async () => {
  store = await (await createTestStore('PGlite')).open();
  intake = openIntake(store);
  const web = join(makeTemporaryDirectory(), 'web');
  mkdirSync(join(web, 'verify'), { recursive: true });
  for (const page of ['index.html', 'verify/index.html', 'verify.js']) writeFileSync(join(web, page), '<p>');
  app = createApp(
    {
      ...{ store, intake, strictAnswers: true },
      logError: (_reference, error) => unexpected.push(error),
      limits: { body: 1_000_000, requestsPerMinute: 1_000_000 },
    },
    { web, version: '0.0.0' },
  );
  const token = await newSetupToken(store);
  houseOwner = (await createOwner(store, token, 'the owner of the house', 'a sentence nobody guesses')).id;
  here = await makeWorld('here');
  there = await makeWorld('there');
  askers.push(
    { name: 'owner of the house', account: houseOwner, house: 'owner', dossier: 'owner' },
    { name: 'public', account: null, house: 'public', dossier: 'public' },
  );
  for (const role of ['owner', 'editor', 'contributor', 'observer', 'reader'] as const) {
    // The observer is the one who handed in `own`.
    const account =
      role === 'observer'
        ? (
            await store.read
              .selectFrom('sources')
              .select('createdBy')
              .where('id', '=', here.own.sources!)
              .executeTakeFirstOrThrow()
          ).createdBy
        : await join_(here.dossier, role, `${role} here`);
    askers.push({ name: `${role} of the dossier`, account, house: 'member', dossier: role });
  }
  const elsewhere = await join_(there.dossier, 'owner', 'an owner elsewhere');
  askers.push({ name: 'owner of another dossier', account: elsewhere, house: 'member', dossier: 'member' });
  const suspended = await join_(here.dossier, 'owner', 'somebody suspended');
  await suspendAccount(store, houseOwner, suspended);
  askers.push({ name: 'a suspended owner', account: suspended, house: 'public', dossier: 'public' });
});
afterAll(async () => {
  await intake.close();
});

/** What the table says: allowed, or the status and code of the refusal. */
function expected(asker: Asker, { permission, mindsReach }: AnyEndpoint): null | [number, string] {
  const { where } = PERMISSIONS[permission];
  const role = where === 'dossier' ? asker.dossier : asker.house;
  const found = reach(role, permission);
  if (found === 'all' || (found === 'own' && (mindsReach || where === 'house'))) return null;
  if (role === 'public') return [401, 'account.sign-in'];
  return role === 'member' && where === 'dossier' ? [404, 'not-found'] : [403, 'permission.denied'];
}

/** Answers with a status of a refusal that are not about rights: the person is let in, and something else is lacking. */
const NOT_ABOUT_RIGHTS = new Set(['seal.not-named', 'account.refused', 'account.reset-link', 'account.link']);
/** What a thing that is there may not have: no capture of a pasted text, no seal of an open entry, no chart of no figures. */
const LACKING = new Set<unknown>(['capture', 'picture', 'seal', 'chart']);
/** Answers for what is not there that are no refusal: nobody opened it, and no thread has it. */
const EMPTY = new Set(['{"openings":[]}', '{"thread":null}']);

const isObject = (part: string) => part.startsWith(':') && part !== ':dossier' && part !== ':noun';

/** The kind of object that a part of an address names: what stands before it. */
function kindOf(route: string, parts: string[], index: number): string {
  if (route.includes('/series') || route.endsWith('/rows')) return 'tables';
  if (parts[index] === ':statement') return 'statements';
  if (parts[index] === ':measure') return 'measures';
  if (parts[index - 1] === 'source' || parts[index - 1] === 'sources') return 'sources';
  if (parts[index - 1] === ':noun') return 'statements';
  return parts[index - 1]!;
}

/** The address of a route with a thing of a world in it. */
async function addressOf(route: string, world: World, own: boolean): Promise<string> {
  const [method, path] = route.split(' ') as [string, string];
  const parts = path.split('/');
  const fresh = method === 'DELETE' || path.endsWith('/merge');
  const filled = await Promise.all(
    parts.map(async (part, index) => {
      if (part === ':dossier') return here.slug;
      if (part === ':noun') return 'statement';
      if (!isObject(part)) return part;
      const kind = kindOf(route, parts, index);
      if (own && kind in world.own) return world.own[kind]!;
      return encodeURIComponent(await world.make(kind, fresh));
    }),
  );
  return `/api/v1${filled.join('/')}`;
}

/** The address of a route that belongs to no dossier. */
async function houseAddress(route: string): Promise<string> {
  const path = route.split(' ')[1]!;
  const values: Record<string, () => Promise<string>> = {
    '/accounts/:account': () => join_(here.dossier, 'reader', `spare ${newId()}`),
    '/invitations/:id': async () =>
      (await made<{ invitation: { id: string } }>(houseOwner, 'POST', '/invitations', {})).invitation.id,
    '/letters/:id': async () =>
      (
        await made<{ invitation: { id: string } }>(houseOwner, 'POST', '/invitations', {
          email: 'a@example.org',
        })
      ).invitation.id,
    // Of oneself alone: what is not there is not found, whoever asks.
    '/account/passkeys/:id': async () => 'none',
    '/account/sessions/:id': async () => newId(),
    '/setup/:token': async () => 'none',
    '/reset/:token': async () => 'none',
  };
  let filled = path;
  for (const [pattern, value] of Object.entries(values))
    if (path.startsWith(pattern)) filled = filled.replace(pattern, pattern.replace(/:.*$/, await value()));
  if (filled.includes('/:')) throw new Error(`No object for ${route}: say here how one is made.`);
  return `/api/v1${filled}`;
}
const OF_ONESELF = ['/account/passkeys/', '/account/sessions/'];

const HOUSE_BODIES: Record<string, unknown> = {
  'PATCH /accounts/:account': { role: 'member' },
  'POST /accounts/:account/reset-link': {},
};

const bodyOf = (route: string, definition: AnyEndpoint) => {
  const body = here.body(route) ?? HOUSE_BODIES[route];
  if (body !== undefined || !definition.body) return body;
  if (route.split('/').some(isObject) && !OF_ONESELF.some((part) => route.includes(part)))
    throw new Error(`No body for ${route}: without one, its object is never looked for.`);
  return {};
};

let pairs = 0;
/** Every kind of failure is collected, so that one run tells all of them. */
async function failuresOf(check: (fail: (what: string) => void) => Promise<void>): Promise<string[]> {
  const failures: string[] = [];
  await check((what) => failures.push(what));
  return failures;
}

const inDossier = routes.filter(([route]) => route.includes(':dossier'));
/** A route, and the same list as CSV. */
const withCsv = (address: string, definition: AnyEndpoint) =>
  definition.csv ? [address, `${address}.csv`] : [address];

describe('every route as every role', () => {
  it('uses every permission of the table, and asks as every role of it', () => {
    const used = new Set(routes.map(([, { permission }]) => permission));
    expect((Object.keys(PERMISSIONS) as Permission[]).filter((permission) => !used.has(permission))).toEqual(
      [],
    );
    const tried = new Set(askers.flatMap(({ house, dossier }) => [house, dossier]));
    expect(ROLES.filter((role) => !tried.has(role))).toEqual([]);
  });

  it('a dossier’s route has a dossier’s permission, and one of the house has the house’s', () => {
    const misplaced = routes.filter(
      ([route, { permission }]) =>
        (PERMISSIONS[permission].where === 'dossier') !== route.includes(':dossier'),
    );
    expect(misplaced.map(([route]) => route)).toEqual([]);
  });

  it('lets in and refuses as the table says, and a refusal tells nothing', async () => {
    const failures = await failuresOf(async (fail) => {
      for (const [route, definition] of routes) {
        const [method] = route.split(' ') as [string];
        const body = bodyOf(route, definition);
        for (const asker of askers) {
          const refusal = expected(asker, definition);
          const own = asker.dossier === 'observer';
          const base = route.includes(':dossier')
            ? await addressOf(route, here, own)
            : await houseAddress(route);
          for (const address of withCsv(base, definition)) {
            pairs++;
            const answer = await ask(asker.account, method, address, body);
            const told = `${asker.name}: ${method} ${address.replace('/api/v1', '')} → ${answer.status} ${answer.code}`;
            if (refusal) {
              if (answer.status !== refusal[0] || answer.code !== refusal[1])
                fail(`${told}, not ${refusal.join(' ')}`);
              if (answer.text.includes(CANARY) || answer.text.includes(here.dossier)) fail(`${told} tells`);
            } else if (
              [401, 403, 404].includes(answer.status) &&
              !NOT_ABOUT_RIGHTS.has(answer.code ?? '') &&
              // The observer has a sealed source of their own to open.
              !(LACKING.has(answer.what) && !(own && answer.what === 'seal')) &&
              !OF_ONESELF.some((part) => address.includes(part))
            )
              fail(`${told}, but is allowed: ${answer.text.slice(0, 200)}`);
            if (answer.status >= 500) fail(`${told}: ${answer.text}`);
          }
        }
      }
    });
    expect(failures).toEqual([]);
    expect(unexpected).toEqual([]);
  });

  it('gives nobody a thing of another dossier through the address of their own, and changes nothing there', async () => {
    const entries = async () =>
      (
        await store.read
          .selectFrom('entries')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('dossier', '=', there.dossier)
          .executeTakeFirstOrThrow()
      ).count;
    const objects = inDossier.filter(([route]) => route.split(/[/ ]/).some(isObject));
    const addresses = new Map<string, string>();
    for (const [route] of objects) addresses.set(route, await addressOf(route, there, false));
    const before = await entries();
    const failures = await failuresOf(async (fail) => {
      for (const [route, definition] of objects) {
        const [method] = route.split(' ') as [string];
        for (const asker of askers) {
          if (expected(asker, definition)) continue;
          for (const address of withCsv(addresses.get(route)!, definition)) {
            pairs++;
            const answer = await ask(asker.account, method, address, bodyOf(route, definition));
            const told = `${asker.name}: ${method} ${address.replace('/api/v1', '')} → ${answer.status} ${answer.code}`;
            const isEmpty = answer.status === 200 && EMPTY.has(answer.text);
            if (answer.status !== 404 && answer.code !== 'seal.not-named' && !isEmpty)
              fail(`${told}: ${answer.text.slice(0, 200)}`);
            if (answer.text.includes(CANARY) || answer.text.includes(there.dossier)) fail(`${told} tells`);
          }
        }
      }
    });
    expect(failures).toEqual([]);
    expect(await entries()).toBe(before);
  });

  it('gives an observer nothing of a source that somebody else handed in', async () => {
    const observer = askers.find(({ dossier }) => dossier === 'observer')!;
    const failures = await failuresOf(async (fail) => {
      for (const [route, definition] of inDossier) {
        if (expected(observer, definition) || !route.split(/[/ ]/).some(isObject)) continue;
        const [method] = route.split(' ') as [string];
        for (const kind of ['somebody else’s', 'their own']) {
          pairs++;
          const isOwn = kind === 'their own';
          const address = await addressOf(route, here, isOwn);
          const answer = await ask(observer.account, method, address, bodyOf(route, definition));
          if (!isOwn && (answer.status !== 404 || answer.text.includes(CANARY)))
            fail(`${method} ${address} → ${answer.status} ${answer.text.slice(0, 200)}`);
        }
      }
    });
    expect(failures).toEqual([]);
  });

  it('lists only the dossiers one belongs to', async () => {
    for (const asker of askers) {
      if (asker.house === 'public') continue;
      const { dossiers } = await made<{ dossiers: { slug: string; role: Role }[] }>(
        asker.account!,
        'GET',
        '/dossiers',
      );
      const slugs = dossiers.map(({ slug }) => slug).filter((slug) => slug === 'here' || slug === 'there');
      const all =
        asker.house === 'owner' ? ['there', 'here'] : asker.dossier === 'member' ? ['there'] : ['here'];
      expect([asker.name, ...slugs]).toEqual([asker.name, ...all]);
    }
  });
});

/** What stands outside the API: for anybody, and of what was published alone. By pattern: an address that is asked for. */
const OUTSIDE: Record<string, string> = {
  '/log/checkpoint': '/log/checkpoint',
  '/log/key': '/log/key',
  '/log/tile/*': '/log/tile/0/000.p/1',
  '/': '/',
  '/desk/*': '/desk/verify.js',
  '/verify': '/verify',
  '/health': '/health',
  '/docs/problems': '/docs/problems',
};

describe('every route outside the API', () => {
  it('tells nobody anything of a dossier that was never published', async () => {
    const paths = [
      ...new Set(
        app.routes
          .filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/'))
          .map(({ path }) => path),
      ),
    ];
    expect(paths.length).toBeGreaterThan(20);
    const record = await here.make('statements', false);
    const failures = await failuresOf(async (fail) => {
      for (const path of paths) {
        const address =
          OUTSIDE[path] ??
          path
            .replace(/:slug(\{[^}]*\})?/, here.slug)
            .replace(/:(number|n)(\{[^}]*\})?/, '1')
            .replace(/:(measure)(\{[^}]*\})?/, await here.make('measures', false))
            .replace(/:key(\{[^}]*\})?/, encodeURIComponent(await here.make('threads', false)))
            .replace(/:\w+(\{[^}]*\})?/g, record)
            .replace(/\*\??$/, 'x');
        for (const asker of askers) {
          pairs++;
          const answer = await ask(asker.account, 'GET', address);
          if (answer.status >= 500) fail(`${asker.name}: ${path} → ${answer.status}`);
          if (answer.text.includes(CANARY)) fail(`${asker.name}: ${path} tells`);
        }
      }
    });
    expect(failures).toEqual([]);
  });

  it('was tried with every role', () => {
    const tried = `${pairs} pairs of route and role, of ${routes.length} routes of the API and ${askers.length} askers`;
    process.stderr.write(`${tried}\n`);
    // Every route as every asker at the least.
    expect(pairs).toBeGreaterThan(routes.length * askers.length);
  });
});
