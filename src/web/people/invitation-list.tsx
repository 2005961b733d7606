// Invitations that were made: to what, for whom as far as was noted, until when; and withdrawing one that is open.
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { Person } from '../../ui/person.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import style from './people.module.css';

type Listed = AnswerOf<'GET /dossiers/:dossier/invitations'>['invitations'][number];

/** The list; `dossier` null: of the house alone. */
export function InvitationList({
  invitations,
  dossier,
}: {
  invitations: readonly Listed[];
  dossier: string | null;
}): ReactNode {
  return (
    <ul className={style.list}>
      {invitations.map((invitation) => (
        <Line key={invitation.id} invitation={invitation} dossier={dossier} />
      ))}
    </ul>
  );
}

function Line({ invitation, dossier }: { invitation: Listed; dossier: string | null }): ReactNode {
  const { t, formatInstant } = useMessages();
  const { id, role, state, email, note } = invitation;
  const withdraw = useMutation<unknown, ApiProblem>({
    mutationFn: () =>
      dossier === null
        ? call('DELETE /invitations/:id', { params: { id } })
        : call('DELETE /dossiers/:dossier/invitations/:id', { params: { dossier, id } }),
    onSettled: () => changed(),
  });
  const at = state === 'used' ? invitation.usedAt : state === 'withdrawn' ? invitation.withdrawnAt : null;
  const what = note ?? email ?? (role ? t(`desk.role.${role}`) : t('desk.people.of-house'));
  return (
    <li className={style.line}>
      <div className={style.who}>
        <p className={style.name}>
          <bdi>{what}</bdi>
        </p>
        <p className={style.facts}>
          {role && <span>{t(`desk.role.${role}`)}</span>}
          {invitation.opens && <span>{t('desk.people.opens')}</span>}
          {email && note && <span>{email}</span>}
          <span>
            {t('desk.people.invited-by')} <Person id={invitation.createdBy} />
          </span>
          <span>
            {t(`desk.people.state.${state}`, { at: formatInstant(at ?? invitation.expiresAt) })}
            {invitation.usedBy && (
              <>
                {' '}
                (<Person id={invitation.usedBy} />)
              </>
            )}
          </span>
        </p>
        {withdraw.error && <ErrorState problem={withdraw.error} />}
      </div>
      {state === 'open' && (
        <Button small isPending={withdraw.isPending} onPress={() => withdraw.mutate()}>
          {t('desk.people.withdraw')}
          <span className="visually-hidden">: {what}</span>
        </Button>
      )}
    </li>
  );
}
