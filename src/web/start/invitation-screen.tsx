// Accepting an invitation: as whoever is signed in, or with a new account. The link’s token stands in the fragment, which no
// server and no log sees.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { isLongEnough, NewPasswordField } from '../account/new-password.tsx';
import { type AnswerOf, type ApiProblem, call, queries } from '../api.ts';
import { useTitle } from '../dossier-context.tsx';
import style from './start.module.css';

type Read = AnswerOf<'POST /invitations/read'>;
type Accepted = AnswerOf<'POST /invitations/accept'>;

/** The page that an invitation’s link leads to. */
export function InvitationScreen({ account }: { account: { name: string } | null }): ReactNode {
  const { t } = useMessages();
  const [token] = useState(() => window.location.hash.slice(1));
  const [isNew, setNew] = useState(account === null);
  const read = useQuery<Read, ApiProblem>({
    queryKey: ['POST /invitations/read', token],
    queryFn: () => call('POST /invitations/read', { body: { token } }),
    enabled: token !== '',
    // Once accepted it is used up, and that would be told in the moment before one is led on.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  useTitle(t('desk.invitation.title'));
  const problem = token === '' ? { code: 'invitation.unknown', message: '' } : read.error;
  return (
    <main className={style.page} id="work" tabIndex={-1}>
      <h1 className={style.title}>{t('desk.invitation.title')}</h1>
      {problem ? (
        <div className={style.next}>
          <ErrorState problem={problem} />
          <LinkButton href={account ? '/' : '/sign-in'}>
            {t(account ? 'desk.invitation.to-desk' : 'desk.start.sign-in')}
          </LinkButton>
        </div>
      ) : !read.data ? (
        <Loading />
      ) : (
        <>
          <Invited invitation={read.data} />
          {account && !isNew ? (
            <AsSignedIn token={token} name={account.name} other={() => setNew(true)} />
          ) : (
            <AsNew token={token} isSignedIn={account !== null} />
          )}
        </>
      )}
    </main>
  );
}

function Invited({ invitation }: { invitation: Read }): ReactNode {
  const { t, formatInstant } = useMessages();
  const { by, dossier, role, opens, expiresAt } = invitation;
  return (
    <>
      <p className={style.lead}>
        {dossier === null
          ? t('desk.invitation.to-house', { by })
          : t('desk.invitation.to-dossier', { by, title: dossier })}
      </p>
      {role && (
        <p>
          {t('desk.invitation.role', { role: t(`desk.role.${role}`) })} {t(`desk.role.${role}.may`)}
        </p>
      )}
      {opens && <p>{t('desk.invitation.opens')}</p>}
      <p className={layout.muted}>{t('desk.invitation.until', { at: formatInstant(expiresAt) })}</p>
    </>
  );
}

function useAccept(token: string) {
  const [, navigate] = useLocation();
  return useMutation<Accepted, ApiProblem, { name: string; password: string } | undefined>({
    mutationFn: (account) =>
      call('POST /invitations/accept', { body: { token, ...(account && { account }) } }),
    onSuccess: async ({ dossier }) => {
      // Whoever was signed in here before, their answers are not this person’s; and rights are others now.
      await queries.resetQueries({ queryKey: ['GET /session', {}] });
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'GET /session' });
      navigate(dossier === null ? '/' : `/d/${dossier}`, { replace: true });
    },
  });
}

function AsSignedIn({ token, name, other }: { token: string; name: string; other: () => void }): ReactNode {
  const { t } = useMessages();
  const accept = useAccept(token);
  return (
    <div className={style.next}>
      {accept.error && <ErrorState problem={accept.error} />}
      <p className={layout.row}>
        <Button kind="primary" isPending={accept.isPending} onPress={() => accept.mutate(undefined)}>
          {t('desk.invitation.accept-as', { name })}
        </Button>
        <Button kind="quiet" onPress={other}>
          {t('desk.invitation.as-other')}
        </Button>
      </p>
    </div>
  );
}

function AsNew({ token, isSignedIn }: { token: string; isSignedIn: boolean }): ReactNode {
  const { t } = useMessages();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const accept = useAccept(token);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() !== '' && isLongEnough(password)) accept.mutate({ name: name.trim(), password });
  };
  return (
    <>
      <form className={style.form} onSubmit={submit} noValidate>
        <TextField
          label={t('desk.setup.name')}
          description={t('desk.setup.name-hint')}
          value={name}
          onChange={setName}
          autoComplete="username"
          maxLength={120}
          autoFocus
          error={asked && name.trim() === '' ? t('desk.setup.name-missing') : null}
        />
        <NewPasswordField
          label={t('desk.setup.password')}
          value={password}
          onChange={setPassword}
          asked={asked}
        />
        {accept.error && <ErrorState problem={accept.error} />}
        <div>
          <Button type="submit" kind="primary" isPending={accept.isPending}>
            {t('desk.invitation.accept')}
          </Button>
        </div>
      </form>
      {!isSignedIn && <p className={style.aside}>{t('desk.invitation.have-account')}</p>}
    </>
  );
}
