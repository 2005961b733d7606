// The house: who has an account, who is invited into it, and letters that wait. For whoever runs it.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from '../api.ts';
import { useTitle } from '../dossier-context.tsx';
import { useHouseMay } from '../may.ts';
import { InvitationList } from '../people/invitation-list.tsx';
import { InviteForm } from '../people/invite-form.tsx';
import people from '../people/people.module.css';
import style from '../start/start.module.css';
import { LettersPart } from './letters-part.tsx';

type HouseAccount = AnswerOf<'GET /accounts'>['accounts'][number];

/** The screen. */
export function HouseScreen(): ReactNode {
  const { t } = useMessages();
  const may = useHouseMay();
  useTitle(t('desk.house.title'));
  return (
    <main className={style.page} id="work" tabIndex={-1}>
      <h1 className={style.title}>{t('desk.house.title')}</h1>
      {may('house.edit') ? (
        <div className={people.screen}>
          <Accounts />
          <Invitations />
          <LettersPart />
        </div>
      ) : (
        <EmptyState title={t('desk.house.not-yours')}>
          <p>{t('desk.house.not-yours-words')}</p>
        </EmptyState>
      )}
    </main>
  );
}

function Accounts(): ReactNode {
  const { t } = useMessages();
  const { data, error, refetch } = useCall('GET /accounts', {});
  return (
    <section aria-labelledby="house-accounts">
      <h2 id="house-accounts">{t('desk.house.accounts')}</h2>
      <p className={people.lead}>{t('desk.house.accounts-lead')}</p>
      {error ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <ul className={people.list}>
          {data.accounts.map((account) => (
            <AccountLine key={account.id} account={account} />
          ))}
        </ul>
      )}
    </section>
  );
}

function AccountLine({ account }: { account: HouseAccount }): ReactNode {
  const { t, formatInstant } = useMessages();
  const toasts = useToasts();
  const { id, name } = account;
  const isSelf = useCall('GET /session', {}).data?.account?.id === id;
  const isOut = account.suspendedAt !== null;
  const done = { onSuccess: () => changed() };
  const role = useMutation<unknown, ApiProblem, 'owner' | 'member'>({
    mutationFn: (to) => call('PATCH /accounts/:account', { params: { account: id }, body: { role: to } }),
    ...done,
  });
  const suspend = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('POST /accounts/:account/suspend', { params: { account: id } }),
    onSuccess: async () => {
      toasts.show(t('desk.house.suspended-now', { name }));
      await changed();
    },
  });
  const restore = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('POST /accounts/:account/restore', { params: { account: id } }),
    ...done,
  });
  const problem = role.error ?? suspend.error ?? restore.error;
  const of = <span className="visually-hidden">: {name}</span>;
  return (
    <li className={people.line}>
      <div className={people.who}>
        <p className={people.name}>
          <bdi>{name}</bdi>
          {isSelf && <span className={people.self}> · {t('desk.people.you')}</span>}
        </p>
        <p className={people.facts}>
          <span>{t(`desk.house.role.${account.role}`)}</span>
          <span>{t('desk.house.dossiers', { count: account.dossiers })}</span>
          {account.email && <span>{account.email}</span>}
          {account.seenAt && <span>{t('desk.house.seen', { at: formatInstant(account.seenAt) })}</span>}
          {account.suspendedAt && (
            <span className={people.out}>
              {t('desk.house.suspended', { at: formatInstant(account.suspendedAt) })}
            </span>
          )}
        </p>
        {problem && <ErrorState problem={problem} />}
      </div>
      <div className={people.part}>
        {!isOut &&
          (account.role === 'owner' ? (
            <ConfirmButton
              small
              question={t('desk.house.member-question', { name })}
              confirm={t('desk.house.make-member')}
              isPending={role.isPending}
              onConfirm={() => role.mutate('member')}
            >
              {t('desk.house.make-member')}
              {of}
            </ConfirmButton>
          ) : (
            <ConfirmButton
              small
              question={t('desk.house.owner-question', { name })}
              confirm={t('desk.house.make-owner')}
              isPending={role.isPending}
              onConfirm={() => role.mutate('owner')}
            >
              {t('desk.house.make-owner')}
              {of}
            </ConfirmButton>
          ))}
        {isOut ? (
          <Button small isPending={restore.isPending} onPress={() => restore.mutate()}>
            {t('desk.house.restore')}
            {of}
          </Button>
        ) : (
          !isSelf && (
            <ConfirmButton
              small
              question={t('desk.house.suspend-question', { name })}
              confirm={t('desk.house.suspend')}
              isPending={suspend.isPending}
              onConfirm={() => suspend.mutate()}
            >
              {t('desk.house.suspend')}
              {of}
            </ConfirmButton>
          )
        )}
      </div>
    </li>
  );
}

function Invitations(): ReactNode {
  const { t } = useMessages();
  const { data, error, refetch } = useCall('GET /invitations', {});
  const [isInviting, setInviting] = useState(false);
  return (
    <section aria-labelledby="house-invitations">
      <h2 id="house-invitations">{t('desk.people.invitations')}</h2>
      <p className={people.lead}>{t('desk.house.invitations-lead')}</p>
      {isInviting ? (
        <InviteForm dossier={null} onDone={() => setInviting(false)} />
      ) : (
        <p className={people.part}>
          <Button small onPress={() => setInviting(true)}>
            {t('desk.people.invite')}
          </Button>
        </p>
      )}
      {error && <ErrorState problem={error} retry={() => void refetch()} />}
      {data && data.invitations.length > 0 && (
        <InvitationList invitations={data.invitations} dossier={null} />
      )}
    </section>
  );
}
