// The desk's client: every call is typed by the server's endpoints, by type alone; nothing of the server is bundled.
import { QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Api } from '../server/api.ts';
import type { Endpoint } from '../server/endpoint.ts';

/** An address of the API: "GET /dossiers/:dossier". */
export type Route = keyof Api & string;
type Parts<R extends Route> =
  Api[R] extends Endpoint<infer P, infer Q, infer B, infer A> ? { P: P; Q: Q; B: B; A: A } : never;
/** What a route answers with. */
export type AnswerOf<R extends Route> = Parts<R>['A'];
/** The body a route takes. */
export type BodyOf<R extends Route> = Parts<R>['B'];

type Given<Key extends string, T> = [T] extends [undefined] ? { [K in Key]?: undefined } : { [K in Key]: T };
/** What a route is called with: path parameters, query (all optional: the server fills in defaults), body. */
export type InputOf<R extends Route> = Given<'params', Parts<R>['P']> &
  ([Parts<R>['Q']] extends [undefined] ? { query?: undefined } : { query?: Partial<Parts<R>['Q']> }) &
  Given<'body', Parts<R>['B']>;

/** An error the server explained: a stable code and a sentence for the person. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown>;
  constructor(body: { title: string; code: string; status: number; details?: Record<string, unknown> }) {
    super(body.title);
    this.name = 'ApiProblem';
    this.code = body.code;
    this.status = body.status;
    this.details = body.details ?? {};
  }
}

/** The address of a route with its parameters and query filled in; with `.csv` for the same list as a table. */
export function addressOf(
  route: string,
  input: { params?: object; query?: object } = {},
  suffix = '',
): string {
  const path = route.slice(route.indexOf(' ') + 1).replace(/:(\w+)/g, (_, name: string) => {
    return encodeURIComponent(String((input.params as Record<string, unknown>)[name]));
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') query.append(name, String(item));
    }
  }
  const asked = query.size > 0 ? `?${query}` : '';
  return `/api/v1${path}${suffix}${asked}`;
}

/** Turns an answer that is not a success into the problem it explains. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => null)) as
    | ConstructorParameters<typeof ApiProblem>[0]
    | null;
  return new ApiProblem(body ?? { title: response.statusText, code: 'internal', status: response.status });
}

type Confirmation = () => Promise<boolean>;
let confirmation: Confirmation | null = null;

/** Says who asks a person to confirm who they are, when the server wants it; resolves to whether they did. */
export function confirmBy(ask: Confirmation): () => void {
  confirmation = ask;
  return () => {
    if (confirmation === ask) confirmation = null;
  };
}

/** Calls a route. Where the server asks for a fresh proof of who one is, asks for that, then calls again. Throws ApiProblem with the server's sentence, or `network` when there was no answer at all. */
export async function call<R extends Route>(
  route: R,
  input: InputOf<R>,
  signal?: AbortSignal,
): Promise<AnswerOf<R>> {
  const method = route.slice(0, route.indexOf(' '));
  const { body } = input as { body?: unknown };
  let response: Response;
  try {
    response = await fetch(addressOf(route, input as { params?: object; query?: object }), {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem({
      title: 'Constat does not answer. Check that it runs; nothing you saved is lost.',
      code: 'network',
      status: 0,
    });
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.code === 'account.confirm' && (await confirmation?.())) return call(route, input, signal);
    throw problem;
  }
  return (response.status === 204 ? undefined : await response.json()) as AnswerOf<R>;
}

/** The cache of answers; a change of a dossier makes all answers about it stale (see `changed`). */
export const queries = new QueryClient({
  defaultOptions: {
    // Constat is often on this very machine: whether there is an internet says nothing about whether it answers.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      retry: (count, error) =>
        count < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
});

/** A route's answer, kept fresh by react-query. `enabled` false asks for nothing. */
export function useCall<R extends Route>(
  route: R,
  input: InputOf<R>,
  options: { enabled?: boolean; keepPrevious?: boolean } = {},
): UseQueryResult<AnswerOf<R>, ApiProblem> {
  return useQuery<AnswerOf<R>, ApiProblem>({
    queryKey: [route, input],
    queryFn: ({ signal }) => call(route, input, signal),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious && { placeholderData: (previous: AnswerOf<R> | undefined) => previous }),
  } as Parameters<typeof useQuery<AnswerOf<R>, ApiProblem>>[0]);
}

/** Says that something changed: every answer is asked for again where a screen shows it. */
export function changed(): Promise<void> {
  return queries.invalidateQueries();
}
