// What screens of records read and write, by kind of record; the addresses of the three kinds differ in one word.
import { useMutation, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { statusAfter } from '../../record/status.ts';
import type { RecordKind, Status } from '../../record/vocabulary.ts';
import { useMessages } from '../../ui/messages.tsx';
import { type KnownName, type KnownNames, NO_NAMES } from '../../ui/record-form-controls.tsx';
import { type AnyRecord, PLURAL } from '../../ui/record-words.ts';
import { useProblemWords } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type ApiProblem, call, changed, useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { useUndo } from '../undo.tsx';

function routesOf<const Path extends 'statements' | 'figures' | 'incidents'>(path: Path) {
  return {
    list: `GET /dossiers/:dossier/${path}`,
    facets: `GET /dossiers/:dossier/${path}/facets`,
    read: `GET /dossiers/:dossier/${path}/:id`,
    edit: `PATCH /dossiers/:dossier/${path}/:id`,
    accept: `POST /dossiers/:dossier/${path}/accept`,
    reject: `POST /dossiers/:dossier/${path}/reject`,
    withdraw: `POST /dossiers/:dossier/${path}/withdraw`,
  } as const;
}

/** The routes of each kind of record. */
export const ROUTES = {
  statement: routesOf('statements'),
  figure: routesOf('figures'),
  incident: routesOf('incidents'),
} as const;

/** What a person decides about a record. */
export const VERBS = ['accept', 'reject', 'withdraw'] as const;
export type Verb = (typeof VERBS)[number];

/** The most records one decision may be about; the server's limit. */
export const MOST_AT_ONCE = 1000;

/** A record as a decision needs it: which one, as it was seen. */
export interface Judged {
  id: string;
  version: number;
  status: Status;
}

/** Of these records, those a verb can be applied to. Whether the public has seen one, only the server knows. */
export function judgeable<R extends Judged>(records: readonly R[], verb: Verb): R[] {
  return records.filter((record) => statusAfter(record.status, verb, false) !== null);
}

/** The address of a record on the desk. */
export function recordHref(slug: string, kind: RecordKind, id: string): string {
  return `/d/${slug}/${PLURAL[kind]}/${id}`;
}

/** The address of the reader at a record's passage. */
export function readerHref(slug: string, source: string, record: string): string {
  return `/d/${slug}/sources/${source}?record=${record}`;
}

/** Accepts, rejects or withdraws records, as one step; a note says so and offers to take it back. */
export function useJudge(noun: RecordKind): {
  judge: (verb: Verb, records: readonly Judged[], then?: () => void) => void;
  isPending: boolean;
} {
  const { slug } = useDossier();
  const { t } = useMessages();
  const words = useProblemWords();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const { mutate, isPending } = useMutation<
    unknown,
    ApiProblem,
    { verb: Verb; records: readonly Judged[]; then?: (() => void) | undefined }
  >({
    mutationFn: ({ verb, records }) =>
      call(ROUTES[noun][verb], {
        params: { dossier: slug },
        body: { records: records.map(({ id, version }) => ({ id, version })) },
      }),
    onSuccess: (_, { verb, records, then }) => {
      void changed();
      then?.();
      // What the public may have seen is withdrawn for good; all else can be taken back.
      toasts.show(
        t(`desk.record.judged.${verb}`, { count: records.length }),
        verb === 'withdraw' ? {} : { action: { label: t('desk.undo.undo'), run: undo } },
      );
    },
    onError: (problem) => {
      // What was refused was seen as it is no longer: show it as it is.
      void changed();
      toasts.show(words(problem), { tone: 'problem' });
    },
  });
  return {
    judge: (verb, records, then) => {
      const fit = judgeable(records, verb);
      if (fit.length > 0 && !isPending) mutate({ verb, records: fit, then });
    },
    isPending,
  };
}

/** A record of a kind. */
export function useRecord(noun: RecordKind, id: string | null) {
  const { slug } = useDossier();
  const query = useCall(
    ROUTES[noun].read,
    { params: { dossier: slug, id: id ?? '' } },
    { enabled: id !== null },
  );
  return { ...query, data: query.data as AnyRecord | undefined };
}

/** How many sources one request lists; those beyond are asked for one by one. */
const LISTED_SOURCES = 500;

/** Titles of sources by id; those not known yet are missing. */
export function useSourceTitles(ids: readonly string[]): ReadonlyMap<string, string> {
  const { slug } = useDossier();
  const list = useCall('GET /dossiers/:dossier/sources', {
    params: { dossier: slug },
    query: { limit: LISTED_SOURCES },
  });
  const known = useMemo(
    () => new Map((list.data?.sources ?? []).map((source) => [source.id, source.title])),
    [list.data],
  );
  const missing = list.data ? [...new Set(ids)].filter((id) => !known.has(id)) : [];
  const others = useQueries({
    queries: missing.map((id) => ({
      queryKey: ['GET /dossiers/:dossier/sources/:id', { params: { dossier: slug, id } }],
      queryFn: () => call('GET /dossiers/:dossier/sources/:id', { params: { dossier: slug, id } }),
      staleTime: 60_000,
    })),
  });
  const titles = new Map(known);
  for (const { data } of others) if (data) titles.set(data.id, data.title);
  return titles;
}

/** What forms propose: actors, places and measures of the dossier, and the names its records use most. */
export function useKnownNames(enabled = true): KnownNames {
  const { slug } = useDossier();
  const input = { params: { dossier: slug } };
  const actors = useCall('GET /dossiers/:dossier/actors', input, { enabled });
  const places = useCall('GET /dossiers/:dossier/places', input, { enabled });
  const measures = useCall('GET /dossiers/:dossier/measures', input, { enabled });
  // The same question the rooms ask, so that it is asked once.
  const everything = { ...input, query: {} };
  const statements = useCall(ROUTES.statement.facets, everything, { enabled });
  const figures = useCall(ROUTES.figure.facets, everything, { enabled });
  const incidents = useCall(ROUTES.incident.facets, everything, { enabled });
  return useMemo(() => {
    if (!enabled) return NO_NAMES;
    const facets = [statements.data, figures.data, incidents.data].flatMap((answer) => answer?.facets ?? []);
    const values = (facet: 'party' | 'place') =>
      facets.flatMap((one) => (one[facet] ?? []).flatMap(({ value }) => (value === null ? [] : [value])));
    return {
      actors: (actors.data?.items ?? []).map((actor): KnownName => {
        const role = actor.roles.at(-1)?.title;
        return { id: actor.id, name: actor.name, aliases: actor.aliases, ...(role && { note: role }) };
      }),
      places: places.data?.items ?? [],
      measures: measures.data?.items ?? [],
      makeMeasure: async (name) => {
        const body = { name, definition: null, unit: null, countingRule: null, wordings: [] };
        const made = await call('POST /dossiers/:dossier/measures', {
          params: { dossier: slug },
          body: { ...body, series: 'unknown', repeats: 'unknown' },
        });
        // The form shows the new one by its name, so the list is asked for again first.
        await changed();
        return made.id;
      },
      parties: values('party'),
      placeNames: values('place'),
    };
  }, [enabled, slug, actors.data, places.data, measures.data, statements.data, figures.data, incidents.data]);
}
