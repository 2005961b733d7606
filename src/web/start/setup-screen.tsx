// Making the owner's account with the one-time link; its token stands in the fragment, which no server and no log sees.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { isLongEnough, NewPasswordField } from '../account/new-password.tsx';
import { canUsePasskeys, makePasskey } from '../account/passkey.ts';
import { type AnswerOf, type ApiProblem, call, changed, queries, useCall } from '../api.ts';
import { useTitle } from '../dossier-context.tsx';
import style from './start.module.css';

/** The set-up page: first the account, then a passkey for it. */
export function SetupScreen(): ReactNode {
  const { t } = useMessages();
  const [, navigate] = useLocation();
  const [token] = useState(() => window.location.hash.slice(1));
  const [made, setMade] = useState(false);
  const link = useCall('GET /setup/:token', { params: { token } }, { enabled: token !== '' && !made });
  useTitle(t(made ? 'desk.setup.passkey-title' : 'desk.setup.title'));
  // The token was used up; it has no place in the history of the browser either.
  const leave = () => navigate('/', { replace: true });
  if (made) return <FirstPasskey leave={leave} />;
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
        <SetupForm token={token} goOn={() => (canUsePasskeys() ? setMade(true) : leave())} />
      ) : (
        <Loading />
      )}
    </main>
  );
}

function SetupForm({ token, goOn }: { token: string; goOn: () => void }): ReactNode {
  const { t } = useMessages();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const make = useMutation<AnswerOf<'POST /setup'>, ApiProblem>({
    mutationFn: () => call('POST /setup', { body: { token, name: name.trim(), password } }),
    onSuccess: (session) => {
      queries.setQueryData(['GET /session', {}], session);
      goOn();
    },
  });
  const nameWrong = asked && name.trim() === '' ? t('desk.setup.name-missing') : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() !== '' && isLongEnough(password)) make.mutate();
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
          maxLength={120}
          autoFocus
          error={nameWrong}
        />
        <NewPasswordField
          label={t('desk.setup.password')}
          value={password}
          onChange={setPassword}
          asked={asked}
        />
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

/** Offered once, right after the account was made; it can be done at any time. */
function FirstPasskey({ leave }: { leave: () => void }): ReactNode {
  const { t } = useMessages();
  const add = useMutation<void, ApiProblem>({
    mutationFn: () => makePasskey(t('desk.account.passkey-name-first', { number: 1 })),
    onSuccess: () => {
      leave();
      void changed();
    },
  });
  return (
    <main className={style.page} id="work" tabIndex={-1}>
      <h1 className={style.title}>{t('desk.setup.passkey-title')}</h1>
      <p className={style.lead}>{t('desk.setup.passkey-lead')}</p>
      <div className={style.form}>
        {add.error && <ErrorState problem={add.error} />}
        <div className={layout.row}>
          <Button kind="primary" autoFocus isPending={add.isPending} onPress={() => add.mutate()}>
            {t('desk.account.passkey-add')}
          </Button>
          <Button kind="quiet" onPress={leave}>
            {t('desk.setup.later')}
          </Button>
        </div>
      </div>
    </main>
  );
}
