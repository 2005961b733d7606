// How it stands between a source and the language model: asked, answered, failed, kept from it; and the way to ask.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Consultation } from '../../record/consultation.ts';
import type { Source } from '../../record/source.ts';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Notice, useProblemWords } from '../../ui/state.tsx';
import { type ApiProblem, addressOf, call, changed, useCall } from '../api.ts';
import { useMay } from '../dossier-context.tsx';
import { useLanguageModel } from '../language-model.tsx';
import style from './reader-screen.module.css';

const ROUTE = 'GET /dossiers/:dossier/sources/:id/consultation';

/** The note under a source's title; nothing where no model was or is asked. */
export function ConsultationNote({ slug, source }: { slug: string; source: Source }): ReactNode {
  const { t, formatNumber } = useMessages();
  const words = useProblemWords();
  const model = useLanguageModel();
  const mayAsk = useMay()('source.edit');
  const params = { dossier: slug, id: source.id };
  // What decides whether it may be asked may change with the source.
  const isThere = source.state === 'proposed' && source.text !== null;
  const { data, refetch } = useCall(ROUTE, { params }, { enabled: isThere });
  useArrival(slug, source.id, data?.state, () => void refetch());
  const ask = useMutation<Consultation, ApiProblem>({
    mutationFn: () => call('POST /dossiers/:dossier/sources/:id/consultation', { params }),
    onSettled: () => void refetch(),
  });
  if (!isThere || !data || !model || data.state === 'off') return null;
  const { state, last } = data;
  const failure = last?.failure;
  const button = (label: string) =>
    mayAsk && (
      <Button
        small
        kind={state === 'failed' ? 'plain' : 'quiet'}
        isPending={ask.isPending}
        onPress={() => ask.mutate()}
      >
        {label}
      </Button>
    );
  return (
    <div className={style.consultation} role="status">
      {state === 'waiting' && <p>{t('desk.model.waiting', { model: model.name })}</p>}
      {state === 'withheld' && <p>{t('desk.model.withheld')}</p>}
      {state === 'none' && button(t('desk.model.ask', { model: model.name }))}
      {state === 'done' && last && (
        <p>
          {t('desk.model.done', {
            model: last.model,
            host: last.host,
            added: last.added,
            agreed: last.agreed,
          })}{' '}
          {last.leftOut > 0 && t('desk.model.left-out', { count: formatNumber(last.leftOut) })}{' '}
          {button(t('desk.model.again'))}
        </p>
      )}
      {state === 'failed' && last && failure && (
        <Notice tone="warning">
          <p>
            {words({ code: failure.code, message: failure.sentence, details: failure.details })}{' '}
            {last.answered > 0 && t('desk.model.partly', { answered: last.answered, windows: last.windows })}
          </p>
          {button(t('desk.model.try-again'))}
        </Notice>
      )}
      {ask.error && <ErrorState problem={ask.error} />}
    </div>
  );
}

/** Asks again when the model has answered: for the note, and for the records that came of it. */
function useArrival(
  slug: string,
  id: string,
  state: Consultation['state'] | undefined,
  refetch: () => void,
): void {
  const again = useRef(refetch);
  useEffect(() => {
    again.current = refetch;
  });
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'waiting' && state !== 'waiting') void changed();
    before.current = state;
    if (state !== 'waiting') return;
    const events = new EventSource(
      addressOf('GET /dossiers/:dossier/progress', { params: { dossier: slug } }),
    );
    events.addEventListener('progress', (event) => {
      const news = JSON.parse(event.data) as { source: string; step: string };
      if (news.source === id && news.step === 'consulted') again.current();
    });
    // Another process may be asking, and tells only its own listeners.
    const timer = setInterval(() => again.current(), 5000);
    return () => {
      events.close();
      clearInterval(timer);
    };
  }, [state, slug, id]);
}
