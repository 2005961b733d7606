// Requests as the desk writes them: where one asks, and marking what came of it.
import { useMutation } from '@tanstack/react-query';
import type { Request, RequestContent } from '../../record/request.ts';
import { useMessages } from '../../ui/messages.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { useProblemWords } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type ApiProblem, call, changed } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { useUndo } from '../undo.tsx';

/** The address of the form that asks, with a record in it already. */
export function askingHref(slug: string, record?: Pick<AnyRecord, 'kind' | 'id'>): string {
  return `/d/${slug}/right-of-reply/new${record ? `?about=${record.kind}:${record.id}` : ''}`;
}

/** Changes a request; a note says so and offers to take it back. */
export function useEditRequest(onDone?: () => void) {
  const { slug } = useDossier();
  const { t } = useMessages();
  const words = useProblemWords();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  return useMutation<unknown, ApiProblem, { request: Request; content: Partial<RequestContent> }>({
    mutationFn: ({ request: { id, version }, content }) =>
      call('PATCH /dossiers/:dossier/requests/:id', {
        params: { dossier: slug, id },
        body: { version, content },
      }),
    onSuccess: async () => {
      await changed();
      toasts.show(t('desk.requests.marked'), { action: { label: t('desk.undo.undo'), run: undo } });
      onDone?.();
    },
    onError: (problem) => {
      void changed();
      toasts.show(words(problem), { tone: 'problem' });
    },
  });
}
