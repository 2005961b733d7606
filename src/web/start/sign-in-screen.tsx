// Signing in by name and password, and going on where one was asked to.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Redirect, useSearchParams } from 'wouter';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, queries } from '../api.ts';
import { useTitle } from '../dossier-context.tsx';
import { safeNext } from './safe-next.ts';
import style from './start.module.css';

/** The sign-in page; who is signed in already is sent on. */
export function SignInScreen({ signedIn }: { signedIn: boolean }): ReactNode {
  const { t } = useMessages();
  const [search] = useSearchParams();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation<AnswerOf<'POST /session'>, ApiProblem>({
    mutationFn: () => call('POST /session', { body: { name: name.trim(), password } }),
    onSuccess: (session) => queries.setQueryData(['GET /session', {}], session),
    onError: () => setPassword(''),
  });
  useTitle(t('desk.sign-in.title'));
  if (signedIn) return <Redirect to={safeNext(search.get('next'))} replace />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '' && password !== '') signIn.mutate();
  };
  return (
    <main className={style.page} id="work" tabIndex={-1}>
      <h1 className={style.title}>{t('desk.sign-in.title')}</h1>
      <form className={style.form} onSubmit={submit} noValidate>
        <TextField
          label={t('desk.setup.name')}
          value={name}
          onChange={setName}
          autoComplete="username"
          autoFocus
        />
        <TextField
          label={t('desk.setup.password')}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        {signIn.error && <ErrorState problem={signIn.error} />}
        <div>
          <Button
            type="submit"
            kind="primary"
            isPending={signIn.isPending}
            isDisabled={name.trim() === '' || password === ''}
          >
            {t('desk.sign-in.button')}
          </Button>
        </div>
      </form>
    </main>
  );
}
