// A source whose text is not there: why, and what to do; or not yet there, and how far it has come.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import type { Source } from '../../record/source.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { EmptyState, ErrorState, Notice, useProblemWords } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import style from './reader-screen.module.css';

/** A source that could not be read: its text can be pasted as a source of its own, or reading be tried again. */
export function NoText({ slug, source }: { slug: string; source: Source }): ReactNode {
  const { t } = useMessages();
  const words = useProblemWords();
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const paste = useMutation<AnswerOf<'POST /dossiers/:dossier/sources/text'>, ApiProblem>({
    mutationFn: () => {
      const { title, type, publisher, author, published, language, address, obtainedFrom } = source;
      const content = { title, type, publisher, author, published, language, address, obtainedFrom };
      return call('POST /dossiers/:dossier/sources/text', {
        params: { dossier: slug },
        body: { text, content },
      });
    },
    onSuccess: async ({ source: made }) => {
      await changed();
      navigate(`/d/${slug}/sources/${made.id}`);
    },
  });
  const again = useMutation<Source, ApiProblem>({
    mutationFn: () =>
      call('POST /dossiers/:dossier/sources/:id/retry', { params: { dossier: slug, id: source.id } }),
    onSuccess: changed,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') paste.mutate();
  };
  return (
    <EmptyState title={t('desk.reader.no-text')}>
      <p>{source.failure && words({ code: source.failure.code, message: source.failure.sentence })}</p>
      <form className={style.paste} onSubmit={submit}>
        <TextArea
          label={t('desk.reader.paste')}
          description={t('desk.reader.paste-hint')}
          rows={10}
          value={text}
          onChange={setText}
        />
        {paste.error && <ErrorState problem={paste.error} />}
        {again.error && <ErrorState problem={again.error} />}
        <div>
          <Button kind="primary" type="submit" isDisabled={text.trim() === ''} isPending={paste.isPending}>
            {t('desk.reader.add-text')}
          </Button>{' '}
          <Button isPending={again.isPending} onPress={() => again.mutate()}>
            {t('desk.reader.read-again')}
          </Button>
        </div>
      </form>
    </EmptyState>
  );
}

/** A source on its way from bytes to suggestions: what happens now, and that nothing needs to be done. */
export function OnItsWay({ state }: { state: Source['state'] }): ReactNode {
  const { t } = useMessages();
  const key = state === 'received' || state === 'reading' || state === 'read' ? state : null;
  if (key === null) return null;
  return (
    <div role="status" className={style.way}>
      <Notice>
        <p>{t(`desk.reader.way.${key}`)}</p>
        <progress aria-label={t(`desk.reader.way.${key}`)} />
      </Notice>
    </div>
  );
}
