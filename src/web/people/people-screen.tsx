// The people of a dossier: who they are, in which role, who may open what is sealed; and inviting others.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { DossierRole } from '../../record/account.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Checkbox, Select } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, addressOf, call, changed, useCall } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteForm } from './invite-form.tsx';
import style from './people.module.css';
import { ROLES } from './roles.ts';

const LIST = 'GET /dossiers/:dossier/people';
type Person = AnswerOf<typeof LIST>['people'][number];

/** The screen. */
export function PeopleScreen(): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const may = useMay();
  const params = { dossier: slug };
  const { data, error, refetch } = useCall(LIST, { params });
  const invitations = useCall(
    'GET /dossiers/:dossier/invitations',
    { params },
    { enabled: may('people.edit') },
  );
  const [isInviting, setInviting] = useState(false);
  return (
    <Room
      title={t('desk.room.people')}
      actions={
        <>
          <LinkButton small download href={addressOf(LIST, { params }, '.csv')}>
            {t('desk.people.csv')}
          </LinkButton>
          {may('people.edit') && !isInviting && (
            <Button kind="primary" small onPress={() => setInviting(true)}>
              {t('desk.people.invite')}
            </Button>
          )}
        </>
      }
    >
      <div className={style.screen}>
        <p className={style.lead}>{t('desk.people.lead')}</p>
        {isInviting && <InviteForm dossier={slug} onDone={() => setInviting(false)} />}
        {error ? (
          <ErrorState problem={error} retry={() => void refetch()} />
        ) : !data ? (
          <Loading />
        ) : (
          <>
            {data.people.length === 0 && <p className={style.lead}>{t('desk.people.none')}</p>}
            <ul className={style.list}>
              {data.people.map((person) => (
                <PersonLine key={person.account} person={person} />
              ))}
            </ul>
          </>
        )}
        {may('people.edit') && invitations.data && invitations.data.invitations.length > 0 && (
          <section aria-labelledby="people-invitations">
            <h2 id="people-invitations">{t('desk.people.invitations')}</h2>
            <InvitationList invitations={invitations.data.invitations} dossier={slug} />
          </section>
        )}
        <section aria-labelledby="people-roles">
          <h2 id="people-roles">{t('desk.people.roles')}</h2>
          <dl className={style.roles}>
            {ROLES.map((role) => (
              <div key={role}>
                <dt>{t(`desk.role.${role}`)}</dt>
                <dd>{t(`desk.role.${role}.may`)}</dd>
              </div>
            ))}
            <div>
              <dt>{t('desk.people.opens')}</dt>
              <dd>{t('desk.people.opens-hint')}</dd>
            </div>
          </dl>
        </section>
      </div>
    </Room>
  );
}

function PersonLine({ person }: { person: Person }): ReactNode {
  const { t, formatInstant } = useMessages();
  const { slug } = useDossier();
  const may = useMay();
  const toasts = useToasts();
  const self = useCall('GET /session', {}).data?.account?.id === person.account;
  const params = { dossier: slug, account: person.account };
  const { name } = person;
  const change = useMutation<unknown, ApiProblem, { role?: DossierRole; opens?: boolean }>({
    mutationFn: (body) => call('PATCH /dossiers/:dossier/people/:account', { params, body }),
    onSuccess: async () => {
      await changed();
      toasts.show(t('desk.people.changed', { name }));
    },
  });
  const end = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('DELETE /dossiers/:dossier/people/:account', { params }),
    onSuccess: async () => {
      toasts.show(t('desk.people.ended', { name }));
      await changed();
    },
  });
  const problem = change.error ?? end.error;
  return (
    <li className={style.line}>
      <div className={style.who}>
        <p className={style.name}>
          <bdi>{name}</bdi>
          {self && <span className={style.self}> · {t('desk.people.you')}</span>}
        </p>
        <p className={style.facts}>
          <span>{t('desk.people.since', { at: formatInstant(person.since) })}</span>
          {person.suspended && <span className={style.out}>{t('desk.people.suspended')}</span>}
        </p>
        {problem && <ErrorState problem={problem} />}
      </div>
      {may('people.edit') ? (
        <div className={style.part}>
          <Select
            label={t('desk.people.role-of', { name })}
            hideLabel
            value={person.role}
            isDisabled={change.isPending}
            onChange={(role) => change.mutate({ role })}
            options={ROLES.map((role) => ({ value: role, label: t(`desk.role.${role}`) }))}
          />
          <Checkbox
            label={
              <>
                {t('desk.people.opens')}
                <span className="visually-hidden">: {name}</span>
              </>
            }
            isSelected={person.opens}
            isDisabled={change.isPending}
            onChange={(opens) => change.mutate({ opens })}
          />
          <ConfirmButton
            small
            question={t('desk.people.end-question', { name })}
            confirm={t('desk.people.end-confirm')}
            isPending={end.isPending}
            onConfirm={() => end.mutate()}
          >
            {t('desk.people.end')}
            <span className="visually-hidden">: {name}</span>
          </ConfirmButton>
        </div>
      ) : (
        <p className={style.part}>
          <span>{t(`desk.role.${person.role}`)}</span>
          {person.opens && <span className={style.facts}>{t('desk.people.opens')}</span>}
        </p>
      )}
    </li>
  );
}
