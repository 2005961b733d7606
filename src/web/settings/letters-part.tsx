// Letters: those that wait or could not be sent, to be copied and sent by hand, and those that were sent.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from '../api.ts';
import people from '../people/people.module.css';

type Letter = AnswerOf<'GET /letters'>['letters'][number];

/** The part of the house’s screen. */
export function LettersPart(): ReactNode {
  const { t } = useMessages();
  const [cursor, setCursor] = useState<string | undefined>(undefined);
  const { data, error, refetch } = useCall(
    'GET /letters',
    { query: { limit: 20, ...(cursor !== undefined && { cursor }) } },
    { keepPrevious: true },
  );
  return (
    <section aria-labelledby="house-letters">
      <h2 id="house-letters">{t('desk.letters.title')}</h2>
      {error ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <>
          <p className={people.lead}>{t(data.mail ? 'desk.letters.by-mail' : 'desk.letters.by-hand')}</p>
          {data.letters.length === 0 ? (
            <p>{t('desk.letters.none')}</p>
          ) : (
            <ul className={people.list}>
              {data.letters.map((letter) => (
                <LetterLine key={letter.id} letter={letter} byMail={data.mail} />
              ))}
            </ul>
          )}
          <p className={people.part}>
            {cursor !== undefined && (
              <Button small kind="quiet" onPress={() => setCursor(undefined)}>
                {t('desk.letters.newest')}
              </Button>
            )}
            {data.next !== null && (
              <Button small kind="quiet" onPress={() => setCursor(data.next!)}>
                {t('desk.letters.older')}
              </Button>
            )}
          </p>
        </>
      )}
    </section>
  );
}

function LetterLine({ letter, byMail }: { letter: Letter; byMail: boolean }): ReactNode {
  const { t, formatInstant } = useMessages();
  const toasts = useToasts();
  const [isOpen, setOpen] = useState(false);
  const { id, recipient, state } = letter;
  const act = useMutation<unknown, ApiProblem, 'sent' | 'retry' | 'remove'>({
    mutationFn: (verb) =>
      verb === 'sent'
        ? call('POST /letters/:id/sent', { params: { id } })
        : verb === 'retry'
          ? call('POST /letters/:id/retry', { params: { id } })
          : call('DELETE /letters/:id', { params: { id } }),
    onSettled: () => changed(),
  });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(letter.body);
      toasts.show(t('desk.letters.copied'));
    } catch {
      toasts.show(t('desk.log.not-copied'), { tone: 'problem' });
    }
  };
  const of = <span className="visually-hidden">: {recipient}</span>;
  return (
    <li className={people.line}>
      <div className={people.who}>
        <p className={people.name}>
          <bdi>{recipient}</bdi>
        </p>
        <p className={people.facts}>
          <span>{letter.subject}</span>
          <span>
            {t(`desk.letters.state.${state}`, {
              at: formatInstant(letter.sentAt ?? letter.at),
              count: letter.tries,
            })}
          </span>
          {letter.failure && <span className={people.out}>{letter.failure}</span>}
        </p>
        {act.error && <ErrorState problem={act.error} />}
      </div>
      <div className={people.part}>
        {state !== 'sent' && (
          <>
            <Button small kind="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
              {t('desk.letters.read')}
              {of}
            </Button>
            <Button small onPress={() => void copy()}>
              {t('desk.letters.copy')}
              {of}
            </Button>
            {byMail && (
              <Button small isPending={act.isPending} onPress={() => act.mutate('retry')}>
                {t('desk.letters.retry')}
                {of}
              </Button>
            )}
            <Button small isPending={act.isPending} onPress={() => act.mutate('sent')}>
              {t('desk.letters.mark-sent')}
              {of}
            </Button>
          </>
        )}
        <Button small kind="quiet" isPending={act.isPending} onPress={() => act.mutate('remove')}>
          {t('desk.letters.remove')}
          {of}
        </Button>
      </div>
      {isOpen && state !== 'sent' && <p className={people.letter}>{letter.body}</p>}
    </li>
  );
}
