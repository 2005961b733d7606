// A source whose text is not there: why, and what to do; or not yet there, and how far it has come.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import type { Source } from '../../record/source.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { EmptyState, ErrorState, Notice, useProblemWords } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, addressOf, call, changed } from '../api.ts';
import { useMay } from '../dossier-context.tsx';
import style from './reader-screen.module.css';

/** A source that could not be read: its text can be pasted as a source of its own, or reading be tried again. */
export function NoText({ slug, source }: { slug: string; source: Source }): ReactNode {
  // A picture is made of most images: then what can be read on it becomes the text of this very source.
  const isPicture = source.mediaType.startsWith('image/') && source.failure?.code === 'read.no-text';
  const { t } = useMessages();
  const may = useMay();
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
  const transcribe = useMutation<Source, ApiProblem>({
    mutationFn: () =>
      call('POST /dossiers/:dossier/sources/:id/transcript', {
        params: { dossier: slug, id: source.id },
        body: { version: source.version, text },
      }),
    onSuccess: changed,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    if (isPicture) transcribe.mutate();
    else paste.mutate();
  };
  return (
    <EmptyState title={t(isPicture ? 'desk.reader.picture' : 'desk.reader.no-text')}>
      {isPicture ? (
        <SourcePicture slug={slug} source={source} />
      ) : (
        <p>{source.failure && words({ code: source.failure.code, message: source.failure.sentence })}</p>
      )}
      {may(isPicture ? 'source.edit' : 'source.add') && (
        <form className={style.paste} onSubmit={submit}>
          <TextArea
            label={t(isPicture ? 'desk.reader.transcript' : 'desk.reader.paste')}
            description={t(isPicture ? 'desk.reader.transcript-hint' : 'desk.reader.paste-hint')}
            rows={10}
            value={text}
            onChange={setText}
          />
          {paste.error && <ErrorState problem={paste.error} />}
          {transcribe.error && <ErrorState problem={transcribe.error} />}
          {again.error && <ErrorState problem={again.error} />}
          <div>
            <Button
              kind="primary"
              type="submit"
              isDisabled={text.trim() === ''}
              isPending={paste.isPending || transcribe.isPending}
            >
              {t(isPicture ? 'desk.reader.transcribe' : 'desk.reader.add-text')}
            </Button>{' '}
            {may('source.edit') && (
              <Button isPending={again.isPending} onPress={() => again.mutate()}>
                {t('desk.reader.read-again')}
              </Button>
            )}
          </div>
        </form>
      )}
    </EmptyState>
  );
}

/** The picture of an image, as it would be published. */
export function SourcePicture({
  slug,
  source,
}: {
  slug: string;
  source: Pick<Source, 'id' | 'title'>;
}): ReactNode {
  const { t } = useMessages();
  const address = addressOf('GET /dossiers/:dossier/sources/:id/picture', {
    params: { dossier: slug, id: source.id },
  });
  return (
    <figure className={style.picture}>
      <img src={address} alt={source.title} />
      <figcaption>{t('desk.reader.picture-hint')}</figcaption>
    </figure>
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
