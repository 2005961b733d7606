// Where one is signed in, and ending it there.
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import style from './account.module.css';

type OpenSession = AnswerOf<'GET /account'>['sessions'][number];

/** The part of the account screen. */
export function SessionsPart({ account }: { account: AnswerOf<'GET /account'> }): ReactNode {
  const { t } = useMessages();
  const others = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('DELETE /account/sessions', {}),
    onSuccess: () => changed(),
  });
  return (
    <section className={style.part} aria-labelledby="part-sessions">
      <h2 id="part-sessions">{t('desk.account.sessions')}</h2>
      <p>{t('desk.account.sessions-lead')}</p>
      <ul className={style.lines}>
        {account.sessions.map((one) => (
          <SessionLine key={one.id} session={one} />
        ))}
      </ul>
      {others.error && <ErrorState problem={others.error} />}
      {account.sessions.length > 1 && (
        <div>
          <Button isPending={others.isPending} onPress={() => others.mutate()}>
            {t('desk.account.sessions-end-others')}
          </Button>
        </div>
      )}
    </section>
  );
}

function SessionLine({ session }: { session: OpenSession }): ReactNode {
  const { t, formatInstant } = useMessages();
  const end = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('DELETE /account/sessions/:id', { params: { id: session.id } }),
    onSuccess: () => changed(),
  });
  const device = session.device ?? t('desk.account.device-unknown');
  return (
    <li>
      <div className={style.what}>
        <p className={style.name}>
          {device} {session.current && `· ${t('desk.account.session-this')}`}
        </p>
        <p className={style.facts}>
          <span>{t(`desk.account.method.${session.method}`)}</span>
          <span>{t('desk.account.session-since', { at: formatInstant(session.createdAt) })}</span>
          <span>{t('desk.account.session-seen', { at: formatInstant(session.seenAt) })}</span>
          <span>{t('desk.account.session-until', { at: formatInstant(session.expiresAt) })}</span>
        </p>
        {end.error && <ErrorState problem={end.error} />}
      </div>
      {!session.current && (
        <Button
          small
          isPending={end.isPending}
          aria-label={t('desk.account.session-end-one', { device })}
          onPress={() => end.mutate()}
        >
          {t('desk.account.session-end')}
        </Button>
      )}
    </li>
  );
}
