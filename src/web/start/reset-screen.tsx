// Setting a new password with a link, for whoever could not sign in any more. The link's token stands in the fragment.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { Button, LinkButton } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { isLongEnough, NewPasswordField } from '../account/new-password.tsx';
import { type AnswerOf, type ApiProblem, call, queries, useCall } from '../api.ts';
import { useTitle } from '../dossier-context.tsx';
import style from './start.module.css';

/** The page that a reset link leads to. */
export function ResetScreen(): ReactNode {
  const { t } = useMessages();
  const [token] = useState(() => window.location.hash.slice(1));
  const link = useCall('GET /reset/:token', { params: { token } }, { enabled: token !== '' });
  useTitle(t('desk.reset.title'));
  return (
    <main className={style.page} id="work" tabIndex={-1}>
      <h1 className={style.title}>{t('desk.reset.title')}</h1>
      {token === '' || link.data?.name === null ? (
        <div className={style.next}>
          <ErrorState problem={{ code: 'account.reset-link', message: '' }} />
          <LinkButton href="/sign-in">{t('desk.start.sign-in')}</LinkButton>
        </div>
      ) : link.error ? (
        <ErrorState problem={link.error} retry={() => void link.refetch()} />
      ) : link.data ? (
        <ResetForm token={token} name={link.data.name!} />
      ) : (
        <Loading />
      )}
    </main>
  );
}

function ResetForm({ token, name }: { token: string; name: string }): ReactNode {
  const { t } = useMessages();
  const [, navigate] = useLocation();
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const reset = useMutation<AnswerOf<'POST /reset'>, ApiProblem>({
    mutationFn: () => call('POST /reset', { body: { token, password } }),
    onSuccess: (session) => {
      queries.setQueryData(['GET /session', {}], session);
      // Whoever was signed in here before, their answers are not this person's.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'GET /session' });
      navigate('/account', { replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (isLongEnough(password)) reset.mutate();
  };
  return (
    <>
      <p className={style.lead}>{t('desk.reset.lead', { name })}</p>
      <form className={style.form} onSubmit={submit} noValidate>
        {/* For password managers, which keep a password by its name. */}
        <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
        <NewPasswordField
          label={t('desk.account.password-new')}
          value={password}
          onChange={setPassword}
          asked={asked}
        />
        {reset.error && <ErrorState problem={reset.error} />}
        <div>
          <Button type="submit" kind="primary" isPending={reset.isPending}>
            {t('desk.reset.button')}
          </Button>
        </div>
      </form>
    </>
  );
}
