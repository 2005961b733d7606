// What an endpoint is: data. Method and path, permission, the schemas of what comes in and goes out, and a handler.
// Sign-in, permission, validation and errors are held here once; a handler only says what its path is about.
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { Intake } from '../intake/intake.ts';
import { csvHeader, csvRow, type TableKind } from '../record/csv.ts';
import { Problem, problem } from '../record/problem.ts';
import { storeProblem } from '../store/failure.ts';
import { findRole } from '../store/memberships.ts';
import type { SignedIn } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import type { Post } from './mail.ts';
import { PERMISSIONS, type Permission, type Reach, reach, roleOf } from './permissions.ts';
import { findSession } from './session-cookie.ts';
import type { SignInSettings } from './sign-in-settings.ts';

/** What handlers work with. */
export interface Services {
  store: Store;
  intake: Intake;
  /** Called with the cause of every error that is not a problem from the catalogue. */
  logError: (reference: string, error: unknown) => void;
  /** Checks answers against their schemas; on in tests, where it finds what the screen would trip over. */
  strictAnswers: boolean;
  limits: Limits;
  /** Sends letters; null or absent where no mail server is set up, and letters wait to be sent by hand. */
  post?: Pick<Post, 'poke'> | null;
  /** How people sign in; what holds where nothing was set, when absent. */
  signIn?: SignInSettings;
}

/** Limits that are settings. */
export interface Limits {
  /** Largest JSON body, bytes. */
  body: number;
  /** Requests a minute from one address. */
  requestsPerMinute: number;
}

/** What a handler is called with. */
export interface Call<P, Q, B> {
  services: Services;
  store: Store;
  /** Never null where the permission is not `anyone`. */
  account: SignedIn;
  /** How far the right reaches: `own` where only what this account handed in may be touched. */
  reach: Reach;
  /** Whether this account may open what is sealed in the dossier of the address. */
  opens: boolean;
  /** How far another right of this account reaches, in the dossier of the address or in the house; null: not at all. */
  may: (permission: Permission) => Reach | null;
  /** Whether the right still stands: for answers that go on for hours. */
  holds: () => Promise<boolean>;
  params: P;
  query: Q;
  body: B;
  /** The raw request, for uploads and event streams. */
  context: Context;
  /** The writer of this account into a dossier. */
  writer: (dossier: string) => { account: string; dossier: string };
}

/** An endpoint; P, Q, B, A are the types of path, query, body and answer. `answer` null: the handler gives a Response. */
export interface Endpoint<P, Q, B, A> {
  summary: string;
  permission: Permission;
  /**
   * Whether the handler minds `reach`: shows and changes only what the account handed in itself when that is `own`.
   * Where it does not, a right that reaches no farther is no right.
   */
  mindsReach?: boolean;
  /** Whether the person must have proved who they are within the last minutes: for what would lock out or expose them. */
  fresh?: boolean;
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
  answer: z.ZodType<A> | null;
  status?: ContentfulStatusCode;
  /** The same list as CSV, at the same path with .csv: what kind of table, and its pages. */
  csv?: {
    table: TableKind;
    name: string;
    pages: (call: Call<P, Q, undefined>) => AsyncIterable<object[]>;
  };
  handle: (call: Call<P, Q, B>) => Promise<A | Response>;
}

/** An endpoint whose handler is checked against its schemas. */
export function endpoint<A = never, P = undefined, Q = undefined, B = undefined>(
  definition: Endpoint<P, Q, B, A>,
): Endpoint<P, Q, B, A> {
  return definition;
}

/** Any endpoint, its types forgotten; for the router and the OpenAPI page, which need none. */
// biome-ignore lint/suspicious/noExplicitAny: handlers take what their own schemas let through, which answer() checks.
export type AnyEndpoint = Endpoint<any, any, any, any>;

/** Endpoints by "METHOD /path", the names the client calls them by. */
export type Endpoints = Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`, unknown>;

/** Answers one request by an endpoint. */
export async function answer(
  definition: AnyEndpoint,
  services: Services,
  context: Context,
  asCsv = false,
): Promise<Response> {
  const path = context.req.param();
  const query = readQuery(context);
  // Before anything is looked up by them.
  refuseUnstorable(path, 'path');
  refuseUnstorable(query, 'query');
  const ask = async (isUse: boolean) => {
    const account = await findSession(context, services, isUse);
    return {
      account,
      ...(await findRight(definition, services.store, account, path.dossier)),
    };
  };
  const { account, ...right } = await ask(true);
  if (definition.fresh) requireFresh(account);
  const call = {
    services,
    store: services.store,
    account: account as SignedIn,
    ...right,
    holds: async () => {
      try {
        await ask(false);
        return true;
      } catch (error) {
        if (error instanceof Problem) return false;
        throw error;
      }
    },
    params: check(definition.params, path, 'path'),
    query: check(definition.query, query, 'query'),
    body: definition.body && check(definition.body, await readBody(context, services.limits.body), 'body'),
    context,
    writer: (dossier: string) => ({ account: account!.id, dossier }),
  } satisfies Call<unknown, unknown, unknown>;
  if (asCsv && definition.csv) return csvResponse(definition.csv, { ...call, body: undefined as never });
  const result: unknown = await definition.handle(call);
  if (result instanceof Response) return result;
  if (services.strictAnswers) definition.answer?.parse(result);
  // The desk shows what only its people may see: no copy stays in a shared cache.
  context.header('Cache-Control', 'no-store');
  if (definition.status === undefined && result === undefined) return context.body(null, 204);
  return context.json(result as object, definition.status ?? 200);
}

/** How long a proof of who one is counts as fresh, in milliseconds. */
const FRESH = 10 * 60_000;

/** Throws `account.confirm` unless the person proved who they are within the last ten minutes. */
export function requireFresh(account: SignedIn | null): void {
  if (!account) throw problem('account.sign-in');
  if (Date.now() - Date.parse(account.session.confirmedAt) > FRESH) throw problem('account.confirm');
}

/** What an account may do by an endpoint. Outsiders are not told that a dossier exists. */
async function findRight(
  { permission, mindsReach }: AnyEndpoint,
  store: Store,
  account: SignedIn | null,
  dossier: string | undefined,
): Promise<{ reach: Reach; opens: boolean; may: Call<unknown, unknown, unknown>['may'] }> {
  const { where } = PERMISSIONS[permission];
  // Where the house asks for a second factor, a session without one may only add it.
  if (account?.session.isPartial && permission !== 'anyone' && permission !== 'account.own')
    throw problem('account.second-factor');
  const part =
    account !== null && where === 'dossier' && dossier !== undefined
      ? await findRole(store, account.id, dossier)
      : null;
  const asking = { house: account?.role ?? null, dossier: part?.role ?? null };
  const role = roleOf(asking, where);
  const found = reach(role, permission);
  if (found === 'all' || (found === 'own' && (mindsReach || where === 'house')))
    return {
      reach: found,
      opens: part?.opens ?? false,
      may: (other) => reach(roleOf(asking, PERMISSIONS[other].where), other),
    };
  if (role === 'public') throw problem('account.sign-in');
  throw role === 'member' && where === 'dossier'
    ? problem('not-found', { what: 'dossier' })
    : problem('permission.denied', { permission });
}

async function csvResponse(
  csv: NonNullable<AnyEndpoint['csv']>,
  call: Parameters<AnyEndpoint['handle']>[0],
): Promise<Response> {
  const pages = csv.pages(call)[Symbol.asyncIterator]();
  // What is not there, or not theirs, is found out by the first page: once the answer has begun, it could only break off.
  const first = await pages.next();
  const lines = async function* () {
    // The byte order mark tells spreadsheets that this is UTF-8.
    yield new TextEncoder().encode(`\u{feff}${csvHeader(csv.table)}`);
    for (let page = first; !page.done; page = await pages.next()) {
      yield new TextEncoder().encode(page.value.map((value) => csvRow(csv.table, value)).join(''));
    }
  };
  return new Response(Readable.toWeb(Readable.from(lines())) as ReadableStream, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${csv.name}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}

function check(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw problem(
    'request.invalid',
    { where: [where, ...issue.path].join('.'), why: issue.message },
    result.error,
  );
}

function readQuery(context: Context): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(context.req.queries()).map(([name, values]) => [
      name,
      values.length === 1 ? values[0]! : values,
    ]),
  );
}

async function readBody(context: Context, limit: number): Promise<unknown> {
  const type = context.req.header('content-type') ?? '';
  if (!type.startsWith('application/json')) throw problem('request.not-json');
  const text = await readLimited(context.req.raw, limit);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw problem('request.not-json', undefined, error);
  }
  refuseUnstorable(value, 'body');
  return value;
}

async function readLimited(request: Request, limit: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.length;
    if (bytes > limit) throw problem('request.too-large', { limit: `${Math.round(limit / 1e6)} MB` });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** How deep what is sent may be nested. Nothing the API takes is deeper than ten. */
const DEEPEST = 64;

/**
 * NUL and lone surrogates are no text: PostgreSQL cannot hold them, and nobody can quote them. What is nested without end
 * would end whoever walks through it.
 */
function refuseUnstorable(value: unknown, where: string, depth = 0): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000') || !value.isWellFormed()) {
      throw problem('request.invalid', {
        where,
        why: 'It contains characters that are not text. Remove them.',
      });
    }
  } else if (value !== null && typeof value === 'object') {
    if (depth === DEEPEST)
      throw problem('request.invalid', { where: where.slice(0, 60), why: 'It is nested too deeply.' });
    for (const [key, field] of Object.entries(value)) {
      refuseUnstorable(key, where);
      refuseUnstorable(field, `${where}.${key}`, depth + 1);
    }
  }
}

/** The RFC 9457 body of a problem. */
export const ProblemDetails = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'ProblemDetails', title: 'Problem', description: 'RFC 9457 problem details.' });

/** Any error as problem details: problems as they are, everything else as `internal` with a reference for the log. */
export function problemResponse(error: unknown, services: Pick<Services, 'logError'>): Response {
  let found: Problem;
  const failure = storeProblem(error);
  if (error instanceof Problem) found = error;
  else if (failure !== null) {
    services.logError(failure.code, error);
    found = failure;
  } else {
    const reference = crypto.randomUUID().slice(0, 8);
    services.logError(reference, error);
    found = problem('internal', { reference });
  }
  return Response.json(
    {
      type: `/docs/problems#${found.code}`,
      title: found.message,
      status: found.status,
      code: found.code,
      details: found.details,
    },
    {
      status: found.status,
      headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
    },
  );
}
