// Taking back and doing again what a person did in a dossier, without limit and across sources.
import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useMessages } from '../ui/messages.tsx';
import { type ProblemLike, useProblemWords } from '../ui/state.tsx';
import { useToasts } from '../ui/toast.tsx';
import { type AnswerOf, call, changed } from './api.ts';

type Undone = AnswerOf<'POST /dossiers/:dossier/undo'>;

/** The address on the desk of a thing of a dossier, or null where it has no page of its own. */
export function placeOf(slug: string, noun: string, id: string): string | null {
  switch (noun) {
    case 'statement':
    case 'figure':
    case 'incident':
      return `/d/${slug}/${noun}s/${id}`;
    case 'source':
      return `/d/${slug}/sources/${id}`;
    case 'measure':
      return `/d/${slug}/how-many/${id}`;
    case 'disagreement':
      return `/d/${slug}/disagreements/${id}`;
    case 'request':
      return `/d/${slug}/right-of-reply`;
    case 'witness':
      return `/d/${slug}/witnesses/${id}`;
    case 'dossier':
      return `/d/${slug}/settings`;
    default:
      return null;
  }
}

/** Undo and redo in a dossier; a note says what happened, with a link to where. `then` is told what it was about. */
export function useUndo(
  slug: string,
  then?: (undone: Undone) => void,
): { undo: () => void; redo: () => void; isPending: boolean } {
  const { t, has } = useMessages();
  const words = useProblemWords();
  const toasts = useToasts();
  const { mutate, isPending } = useMutation<Undone, ProblemLike, 'undo' | 'redo'>({
    mutationFn: (verb) =>
      verb === 'undo'
        ? call('POST /dossiers/:dossier/undo', { params: { dossier: slug } })
        : call('POST /dossiers/:dossier/redo', { params: { dossier: slug } }),
    onSuccess: async (undone, verb) => {
      then?.(undone);
      await changed();
      const key = `desk.action.${undone.action}`;
      const action = has(key) ? t(key) : undone.action;
      const first = undone.rows[0];
      const href = first ? placeOf(slug, first.noun, first.id) : null;
      toasts.show(
        t(verb === 'undo' ? 'desk.undo.undone' : 'desk.undo.redone', { action, count: undone.count }),
        {
          ...(href && { link: { label: t('desk.undo.show'), href } }),
          action:
            verb === 'undo'
              ? { label: t('desk.undo.redo'), run: () => mutate('redo') }
              : { label: t('desk.undo.undo'), run: () => mutate('undo') },
        },
      );
    },
    onError: (problem) => toasts.show(words(problem), { tone: 'problem' }),
  });
  return {
    undo: useCallback(() => mutate('undo'), [mutate]),
    redo: useCallback(() => mutate('redo'), [mutate]),
    isPending,
  };
}
