// Signing in: by passkey, or by name and password and then a code; and going on where one was asked to.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Redirect, useSearchParams } from 'wouter';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { Notice } from '../../ui/state.tsx';
import account from '../account/account.module.css';
import { canUsePasskeys, signWithPasskey } from '../account/passkey.ts';
import { SignInProblem, useWait } from '../account/wait.tsx';
import { type AnswerOf, type ApiProblem, call, queries } from '../api.ts';
import { useTitle } from '../dossier-context.tsx';
import { safeNext } from './safe-next.ts';
import style from './start.module.css';

type Session = AnswerOf<'GET /session'>;
type Step = Extract<AnswerOf<'POST /session'>, { next: string }>;

/** What is asked for now. */
type Asked = { by: 'password' } | { by: 'code'; ticket: string } | { by: 'passkey' };

const keep = (session: Session) => queries.setQueryData(['GET /session', {}], session);

/** The sign-in page; who is signed in already is sent on. */
export function SignInScreen({ signedIn }: { signedIn: boolean }): ReactNode {
  const { t } = useMessages();
  const [search] = useSearchParams();
  const [asked, setAsked] = useState<Asked>({ by: 'password' });
  useTitle(t('desk.sign-in.title'));
  if (signedIn) return <Redirect to={safeNext(search.get('next'))} replace />;
  const goOn = ({ next, ticket }: Step) =>
    setAsked(next === 'code' && ticket !== null ? { by: 'code', ticket } : { by: 'passkey' });
  return (
    <main className={style.page} id="work" tabIndex={-1}>
      <h1 className={style.title}>{t('desk.sign-in.title')}</h1>
      {asked.by === 'code' ? (
        <CodeForm ticket={asked.ticket} back={() => setAsked({ by: 'password' })} />
      ) : (
        <div className={style.form}>
          {asked.by === 'passkey' && (
            <Notice>
              <p>{t('desk.sign-in.passkey-needed')}</p>
            </Notice>
          )}
          {canUsePasskeys() && <ByPasskey />}
          {asked.by === 'password' && (
            <>
              {canUsePasskeys() && <p className={account.or}>{t('desk.sign-in.or')}</p>}
              <PasswordForm goOn={goOn} />
            </>
          )}
          <details className={layout.muted}>
            <summary>{t('desk.sign-in.lost')}</summary>
            <p>{t('desk.sign-in.lost-text')}</p>
          </details>
        </div>
      )}
    </main>
  );
}

function ByPasskey(): ReactNode {
  const { t } = useMessages();
  const signIn = useMutation<Session, ApiProblem>({
    mutationFn: async () => call('POST /session/passkey', { body: await signWithPasskey() }),
    onSuccess: keep,
  });
  const wait = useWait(signIn.error);
  return (
    <>
      <div>
        <Button
          kind="primary"
          autoFocus
          isPending={signIn.isPending}
          isDisabled={wait > 0}
          onPress={() => signIn.mutate()}
        >
          {t('desk.sign-in.passkey')}
        </Button>
      </div>
      <SignInProblem problem={signIn.error} wait={wait} />
    </>
  );
}

function PasswordForm({ goOn }: { goOn: (step: Step) => void }): ReactNode {
  const { t } = useMessages();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation<AnswerOf<'POST /session'>, ApiProblem>({
    mutationFn: () => call('POST /session', { body: { name: name.trim(), password } }),
    onSuccess: (answer) => ('next' in answer ? goOn(answer) : keep(answer)),
    // Who has to wait did nothing wrong with the password: it may stay.
    onError: (problem) => problem.code !== 'request.too-many' && setPassword(''),
  });
  const wait = useWait(signIn.error);
  const isReady = name.trim() !== '' && password !== '' && wait === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) signIn.mutate();
  };
  return (
    <form className={layout.stack} onSubmit={submit} noValidate>
      <TextField
        label={t('desk.setup.name')}
        value={name}
        onChange={setName}
        autoComplete="username"
        autoFocus={!canUsePasskeys()}
      />
      <TextField
        label={t('desk.setup.password')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
      <SignInProblem problem={signIn.error} wait={wait} />
      <div>
        <Button
          type="submit"
          kind={canUsePasskeys() ? 'plain' : 'primary'}
          isPending={signIn.isPending}
          isDisabled={!isReady}
        >
          {t('desk.sign-in.button')}
        </Button>
      </div>
    </form>
  );
}

function CodeForm({ ticket, back }: { ticket: string; back: () => void }): ReactNode {
  const { t } = useMessages();
  const [code, setCode] = useState('');
  const signIn = useMutation<Session, ApiProblem>({
    mutationFn: () => call('POST /session/code', { body: { ticket, code: code.trim() } }),
    onSuccess: keep,
    onError: (problem) => problem.code !== 'request.too-many' && setCode(''),
  });
  const wait = useWait(signIn.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== '' && wait === 0) signIn.mutate();
  };
  return (
    <form className={style.form} onSubmit={submit} noValidate>
      <TextField
        label={t('desk.sign-in.code')}
        description={t('desk.sign-in.code-hint')}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        maxLength={40}
        autoFocus
      />
      <SignInProblem problem={signIn.error} wait={wait} />
      <div className={layout.row}>
        <Button
          type="submit"
          kind="primary"
          isPending={signIn.isPending}
          isDisabled={code.trim() === '' || wait > 0}
        >
          {t('desk.sign-in.button')}
        </Button>
        <Button kind="quiet" onPress={back}>
          {t('desk.sign-in.back')}
        </Button>
      </div>
    </form>
  );
}
