// What the reader reads and writes: a source, its text, its records; and the changes of a dossier on their way.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Source } from '../../record/source.ts';
import type { AnyRecord } from '../../ui/record-words.ts';
import { type AnswerOf, ApiProblem, addressOf, call, queries, useCall } from '../api.ts';
import { makeWriter, type Outcome, type Writer, type WriteStatus } from './writes.ts';

const SOURCE = 'GET /dossiers/:dossier/sources/:id';
const TEXT = 'GET /dossiers/:dossier/sources/:id/text';
const RECORDS = 'GET /dossiers/:dossier/sources/:id/records';

/** A source's text with its layout. */
export type SourceText = AnswerOf<typeof TEXT>;

/** A source, asked for again by itself while it is on its way from bytes to suggestions. */
export function useSource(dossier: string, id: string): UseQueryResult<Source, ApiProblem> {
  const query = useCall(SOURCE, { params: { dossier, id } });
  const state = query.data?.state;
  const onItsWay = state === 'received' || state === 'reading' || state === 'read';
  const { refetch } = query;
  useEffect(() => {
    if (!onItsWay) return;
    const again = () => {
      void refetch();
      void queries.invalidateQueries({ queryKey: [RECORDS, { params: { dossier, id } }] });
    };
    const events = new EventSource(addressOf('GET /dossiers/:dossier/progress', { params: { dossier } }));
    events.addEventListener('progress', (event) => {
      if ((JSON.parse(event.data) as { source: string }).source === id) again();
    });
    // Another process may be reading it, and tells only its own listeners.
    const timer = setInterval(again, 4000);
    return () => {
      events.close();
      clearInterval(timer);
    };
  }, [onItsWay, dossier, id, refetch]);
  return query;
}

/** The text of a source. It is named by its hash, so what was fetched once never has to be asked for again. */
export function useSourceText(
  dossier: string,
  source: Source | undefined,
): UseQueryResult<SourceText, ApiProblem> {
  return useQuery<SourceText, ApiProblem>({
    queryKey: ['text', dossier, source?.id, source?.text],
    queryFn: ({ signal }) => call(TEXT, { params: { dossier, id: source!.id } }, signal),
    enabled: source !== undefined && source.text !== null,
    staleTime: 'static',
  });
}

/** The records of a source with unsaved changes shown on them, and how saving goes. */
export function useRecords(
  dossier: string,
  id: string,
): {
  query: UseQueryResult<{ records: AnyRecord[] }, ApiProblem>;
  records: AnyRecord[];
  writer: Writer;
  status: WriteStatus;
} {
  const query = useCall(RECORDS, { params: { dossier, id } }) as UseQueryResult<
    { records: AnyRecord[] },
    ApiProblem
  >;
  const writer = writerOf(dossier);
  const status = useSyncExternalStore(writer.subscribe, writer.status);
  const given = query.data?.records;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision says when `shown` gives something else.
  const records = useMemo(() => (given ?? []).map(writer.shown), [given, writer, status.revision]);
  return { query, records, writer, status };
}

/** One writer for each dossier, for as long as the desk is open: a change survives leaving the screen it was made on. */
const writers = new Map<string, Writer>();
const refusals = new Set<(problem: ApiProblem) => void>();

/** Tells a listener what the server refused, until the returned function is called. */
export function onRefusal(listener: (problem: ApiProblem) => void): () => void {
  refusals.add(listener);
  return () => refusals.delete(listener);
}

/** The changes of a dossier on their way to the server. */
function writerOf(dossier: string): Writer {
  const known = writers.get(dossier);
  if (known) return known;
  const lists = () => queries.getQueriesData<{ records: AnyRecord[] }>({ queryKey: [RECORDS] });
  const writer = makeWriter({
    read: (id) => {
      for (const [, list] of lists()) {
        const found = list?.records.find((record) => record.id === id);
        if (found) return found;
      }
      return undefined;
    },
    keep: (outcome) => {
      for (const [key, list] of lists()) {
        const { params } = key[1] as { params: { dossier: string; id: string } };
        if (!list || params.dossier !== dossier) continue;
        const records = takeIn(list.records, outcome, params.id);
        if (records !== list.records) queries.setQueryData(key, { records });
      }
      refreshOthers();
    },
    refused: (error) => {
      const told =
        error instanceof ApiProblem
          ? error
          : new ApiProblem({ title: String(error), code: 'internal', status: 500 });
      // What was refused was built on something that is not so any more: look again.
      void queries.invalidateQueries({ queryKey: [RECORDS] });
      for (const listener of refusals) listener(told);
    },
    isPassing: (error) =>
      error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 502),
    pause: (attempt) => new Promise((resolve) => setTimeout(resolve, Math.min(30_000, 1000 * 2 ** attempt))),
  });
  writers.set(dossier, writer);
  window.addEventListener('online', writer.retry);
  return writer;
}

/** The records of a source after an outcome; the same list when none of them is concerned. */
function takeIn(
  records: AnyRecord[],
  { records: now = [], removed = [] }: Outcome,
  source: string,
): AnyRecord[] {
  const changed = new Map(now.map((record) => [record.id, record]));
  const gone = new Set(removed);
  const here = (record: AnyRecord) => record.passages.some((passage) => passage.source === source);
  const known = new Set(records.map((record) => record.id));
  const fresh = now.filter((record) => !known.has(record.id) && here(record));
  if (fresh.length === 0 && !records.some((record) => changed.has(record.id) || gone.has(record.id)))
    return records;
  return [
    ...records.filter((record) => !gone.has(record.id)).map((record) => changed.get(record.id) ?? record),
    ...fresh,
  ];
}

let refreshing: ReturnType<typeof setTimeout> | undefined;

/** Everything but texts and these lists is asked for again, a moment after the last change: counts, lists, the log. */
function refreshOthers(): void {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => {
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] !== RECORDS && queryKey[0] !== 'text',
    });
  }, 600);
}

/** Warns before the page is left while something is not saved. */
export function useLeaveWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved]);
}
