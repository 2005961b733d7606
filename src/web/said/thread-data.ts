// What the screens of threads read and write: one thread, deciding about suggested answers, filing statements under topics.
import { useMutation } from '@tanstack/react-query';
import type { Statement } from '../../record/statement.ts';
import { useMessages } from '../../ui/messages.tsx';
import { useProblemWords } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { useUndo } from '../undo.tsx';

/** A thread with its records, as the server tells it. */
export type ThreadAnswer = AnswerOf<'GET /dossiers/:dossier/threads/:key'>;
export type ThreadLink = ThreadAnswer['thread']['links'][number];
export type ThreadStatement = ThreadAnswer['thread']['statements'][number];

/** The address of a thread on the desk; with a statement, at its place in it. */
export function threadHref(slug: string, key: string, statement?: string): string {
  const at = statement === undefined ? '' : `?statement=${statement}`;
  // A colon may stand in an address as it is.
  return `/d/${slug}/who-said-what/${encodeURIComponent(key).replaceAll('%3A', ':')}${at}`;
}

/** A thread in the language of the screens. What it was stays on the screen while it is asked for again. */
export function useThread(key: string) {
  const { slug } = useDossier();
  const { locale } = useMessages();
  return useCall(
    'GET /dossiers/:dossier/threads/:key',
    { params: { dossier: slug, key }, query: { lang: locale } },
    { keepPrevious: true },
  );
}

/** What a person makes of a suggested answer. */
export type Verdict = 'upheld' | 'dismissed' | 'open';

/** Decides about a suggested answer; a note says so and offers to take it back. */
export function useVerdict(): { decide: (link: ThreadLink, verdict: Verdict) => void; isPending: boolean } {
  const { slug } = useDossier();
  const { t } = useMessages();
  const words = useProblemWords();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const { mutate, isPending } = useMutation<unknown, ApiProblem, { link: ThreadLink; verdict: Verdict }>({
    mutationFn: ({ link, verdict }) =>
      call('POST /dossiers/:dossier/disagreements/decide', {
        params: { dossier: slug },
        body: {
          items: [{ key: link.finding!, version: link.version }],
          decision: { state: verdict, explanation: null, reason: null },
        },
      }),
    onSuccess: (_, { verdict }) => {
      void changed();
      toasts.show(t(`desk.said.decided.${verdict}`), { action: { label: t('desk.undo.undo'), run: undo } });
    },
    onError: (problem) => {
      // What was refused was seen as it is no longer: show it as it is.
      void changed();
      toasts.show(words(problem), { tone: 'problem' });
    },
  });
  return {
    decide: (link, verdict) => {
      if (link.finding !== null && !isPending) mutate({ link, verdict });
    },
    isPending,
  };
}

/** Gives topics to statements and takes topics from them, as one step; a note says so and offers to take it back. */
export function useTopics(): {
  change: (
    statements: readonly Pick<Statement, 'id' | 'version'>[],
    topics: { add?: string[]; remove?: string[] },
    then?: () => void,
  ) => void;
  isPending: boolean;
} {
  const { slug } = useDossier();
  const { t } = useMessages();
  const words = useProblemWords();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const { mutate, isPending } = useMutation<
    AnswerOf<'POST /dossiers/:dossier/threads/topics'>,
    ApiProblem,
    {
      statements: readonly Pick<Statement, 'id' | 'version'>[];
      topics: { add?: string[]; remove?: string[] };
      then?: (() => void) | undefined;
    }
  >({
    mutationFn: ({ statements, topics }) =>
      call('POST /dossiers/:dossier/threads/topics', {
        params: { dossier: slug },
        body: {
          statements: statements.map(({ id, version }) => ({ id, version })),
          add: topics.add ?? [],
          remove: topics.remove ?? [],
        },
      }),
    onSuccess: ({ statements }, { topics, then }) => {
      void changed();
      then?.();
      const [first = ''] = topics.add ?? [];
      toasts.show(
        first === ''
          ? t('desk.said.topics-taken', { count: statements.length })
          : t('desk.said.topics-given', { count: statements.length, topic: first }),
        statements.length === 0 ? {} : { action: { label: t('desk.undo.undo'), run: undo } },
      );
    },
    onError: (problem) => {
      void changed();
      toasts.show(words(problem), { tone: 'problem' });
    },
  });
  return {
    change: (statements, topics, then) => {
      if (statements.length > 0 && !isPending) mutate({ statements, topics, then });
    },
    isPending,
  };
}
