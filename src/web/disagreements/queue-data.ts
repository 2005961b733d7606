// The queue of disagreements as the desk reads it: what is shown, page by page, and deciding, with the way back.
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { z } from 'zod';
import type { DisagreementDecision } from '../../record/disagreement.ts';
import { several } from '../../record/record-query.ts';
import { DisagreementKind, DisagreementState } from '../../record/vocabulary.ts';
import { useMessages } from '../../ui/messages.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { useProblemWords } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { useUndo } from '../undo.tsx';

const LIST = 'GET /dossiers/:dossier/disagreements';
type Page = AnswerOf<typeof LIST>;
/** One line of the queue. */
export type Item = Page['items'][number];

/** What the queue shows, as its address has it. */
export const QueueView = z.object({
  show: z.enum([...DisagreementState.options, 'all']).default('open'),
  kind: several(DisagreementKind),
});
export type QueueView = z.infer<typeof QueueView>;

/** The most that one decision may be about; the server's limit. */
export const MOST_AT_ONCE = 500;
/** Lines asked for at a time. */
const LINES = 40;

/** The address of one disagreement on the desk. Keys hold nothing that an address would have to escape. */
export function disagreementHref(slug: string, key: string): string {
  return `/d/${slug}/disagreements/${key}`;
}

/** The address of the form that files one, with a record in it already. */
export function filingHref(slug: string, record?: Pick<AnyRecord, 'kind' | 'id'>): string {
  return `/d/${slug}/disagreements/new${record ? `?record=${record.kind}:${record.id}` : ''}`;
}

/** The queue as far as it was asked for, with its records by id. */
export function useQueue(view: QueueView) {
  const { slug } = useDossier();
  const query = { state: view.show === 'all' ? [] : [view.show], kind: view.kind, limit: LINES };
  const pages = useInfiniteQuery<Page, ApiProblem>({
    queryKey: ['disagreements', slug, query],
    queryFn: ({ pageParam, signal }) =>
      call(
        LIST,
        {
          params: { dossier: slug },
          query: { ...query, ...(pageParam ? { cursor: pageParam as string } : {}) },
        },
        signal,
      ),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    // What is shown stays until what is asked for is there: a filter that is changed leaves no empty moment.
    placeholderData: (previous) => previous,
  });
  const { data } = pages;
  return useMemo(
    () => ({
      pages,
      items: data?.pages.flatMap(({ items }) => items) ?? [],
      records: new Map(
        data?.pages.flatMap(({ records }) =>
          records.map((record): [string, AnyRecord] => [record.id, record]),
        ),
      ),
      first: data?.pages[0],
    }),
    [pages, data],
  );
}

/**
 * The disagreement with a key, and its records: out of the list where that has all of it, else asked for. `item` is
 * undefined while it is not known.
 */
export function useOne(key: string | null, listed: Item | undefined, inList: ReadonlyMap<string, AnyRecord>) {
  const { slug } = useDossier();
  const isWhole = listed?.records.every(({ id }) => inList.has(id)) ?? false;
  const asked = useCall(
    'GET /dossiers/:dossier/disagreements/:key',
    { params: { dossier: slug, key: key ?? '' } },
    { enabled: key !== null && !isWhole },
  );
  const given = asked.data;
  const found = useMemo(
    () => new Map(given?.records.map((record): [string, AnyRecord] => [record.id, record])),
    [given],
  );
  const item = listed ?? given?.item;
  return {
    item: item?.key === key || item?.decision?.id === key ? item : undefined,
    records: isWhole ? inList : found,
    isWaiting: !isWhole && asked.isPending,
    problem: isWhole ? null : asked.error,
    retry: () => void asked.refetch(),
  };
}

/** Decides about some; a note says what was done and offers to take it back, which leads back to what was decided. */
export function useDecide(goTo: (key: string) => void) {
  const { slug } = useDossier();
  const { t } = useMessages();
  const words = useProblemWords();
  const toasts = useToasts();
  // Undo speaks of rows; the queue of keys.
  const keys = useRef(new Map<string, string>());
  const { undo, redo } = useUndo(slug, ({ rows }) => {
    const key = rows.map(({ id }) => keys.current.get(id)).find((one) => one !== undefined);
    if (key !== undefined) goTo(key);
  });
  const { mutate, isPending } = useMutation<
    AnswerOf<'POST /dossiers/:dossier/disagreements/decide'>,
    ApiProblem,
    { items: readonly Item[]; decision: DisagreementDecision; then?: (() => void) | undefined }
  >({
    mutationFn: ({ items, decision }) =>
      call('POST /dossiers/:dossier/disagreements/decide', {
        params: { dossier: slug },
        body: {
          items: items.map(({ key, decision: before }) => ({ key, version: before?.version ?? null })),
          decision,
        },
      }),
    onSuccess: ({ disagreements }, { items, decision, then }) => {
      for (const { id, key } of disagreements) keys.current.set(id, key);
      void changed();
      then?.();
      toasts.show(t(`desk.disagreements.said.${decision.state}`, { count: items.length }), {
        action: { label: t('desk.undo.undo'), run: undo },
      });
    },
    onError: (problem) => {
      // What was refused was seen as it is no longer: show it as it is.
      void changed();
      toasts.show(words(problem), { tone: 'problem' });
    },
  });
  return {
    decide: (items: readonly Item[], decision: DisagreementDecision, then?: () => void) => {
      if (items.length > 0 && !isPending) mutate({ items, decision, then });
    },
    isPending,
    undo,
    redo,
  };
}
