// Making the owner's account with the one-time link; its token stands in the fragment, which no server and no log sees.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Checkbox, TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, queries, useCall } from '../api.ts';
import { useTitle } from '../dossier-context.tsx';
import style from './start.module.css';

const SHORTEST = 12;

/** The set-up page. */
export function SetupScreen(): ReactNode {
  const { t } = useMessages();
  const [token] = useState(() => window.location.hash.slice(1));
  const link = useCall('GET /setup/:token', { params: { token } }, { enabled: token !== '' });
  useTitle(t('desk.setup.title'));
  return (
    <main className={style.page} id="work" tabIndex={-1}>
      <h1 className={style.title}>{t('desk.setup.title')}</h1>
      {token === '' || link.data?.valid === false ? (
        <div className={style.next}>
          <p>{t('desk.setup.invalid')}</p>
          <LinkButton href="/sign-in">{t('desk.start.sign-in')}</LinkButton>
        </div>
      ) : link.error ? (
        <ErrorState problem={link.error} retry={() => void link.refetch()} />
      ) : link.data ? (
        <SetupForm token={token} />
      ) : (
        <Loading />
      )}
    </main>
  );
}

function SetupForm({ token }: { token: string }): ReactNode {
  const { t } = useMessages();
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [asked, setAsked] = useState(false);
  const make = useMutation<AnswerOf<'POST /setup'>, ApiProblem>({
    mutationFn: () => call('POST /setup', { body: { token, name: name.trim(), password } }),
    onSuccess: (session) => {
      // The token was used up; it has no place in the history of the browser either.
      queries.setQueryData(['GET /session', {}], session);
      navigate('/', { replace: true });
    },
  });
  const nameWrong = asked && name.trim() === '' ? t('desk.setup.name-missing') : null;
  const short = SHORTEST - password.length;
  const passwordWrong = asked && short > 0 ? t('desk.setup.password-short', { count: short }) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() !== '' && short <= 0) make.mutate();
  };
  return (
    <>
      <p className={style.lead}>{t('desk.setup.lead')}</p>
      <form className={style.form} onSubmit={submit} noValidate>
        <TextField
          label={t('desk.setup.name')}
          description={t('desk.setup.name-hint')}
          value={name}
          onChange={setName}
          autoComplete="username"
          autoFocus
          error={nameWrong}
        />
        <TextField
          label={t('desk.setup.password')}
          description={t('desk.setup.password-hint')}
          type={shown ? 'text' : 'password'}
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          error={passwordWrong}
        />
        <Checkbox label={t('desk.setup.show')} isSelected={shown} onChange={setShown} />
        {make.error && <ErrorState problem={make.error} />}
        <div>
          <Button type="submit" kind="primary" isPending={make.isPending}>
            {t('desk.setup.make')}
          </Button>
        </div>
      </form>
    </>
  );
}
