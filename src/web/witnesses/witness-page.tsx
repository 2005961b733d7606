// One witness: what they agreed to, who they are (sealed), what they told, what rests on it, and what the public sees of it.
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { Consent } from '../../record/witness.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { Person } from '../../ui/person.tsx';
import { ErrorState, Loading, Notice } from '../../ui/state.tsx';
import { useCall } from '../api.ts';
import { Room, useDossier } from '../dossier-context.tsx';
import { actionInWords } from '../log/entry-words.ts';
import { recordHref } from '../record/record-data.ts';
import { today } from '../requests/request-words.ts';
import { ConsentState } from './consent-line.tsx';
import {
  eraseHref,
  type ShownWitness,
  standingOf,
  useEditWitness,
  useRights,
  type WitnessDetails,
  witnessHref,
} from './witness-data.ts';
import { WitnessForm } from './witness-form.tsx';
import { WitnessIdentity } from './witness-identity.tsx';
import style from './witnesses.module.css';

/** The page of a witness. */
export function WitnessPage({ id }: { id: string }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const { data, error, refetch } = useCall('GET /dossiers/:dossier/witnesses/:id', {
    params: { dossier: slug, id },
  });
  if (data) return <OneWitness key={id} details={data} />;
  return (
    <Room title={t('desk.room.witnesses')}>
      {error ? <ErrorState problem={error} retry={() => void refetch()} /> : <Loading />}
    </Room>
  );
}

function OneWitness({ details }: { details: WitnessDetails }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const { witness } = details;
  const rights = useRights();
  const [isEditing, setEditing] = useState(false);
  const edit = useEditWitness(witness, () => setEditing(false));
  return (
    <Room
      title={witness.pseudonym}
      inspector={<History witness={witness} />}
      actions={
        !isEditing && (
          <>
            {rights.writes && (
              <Button small onPress={() => setEditing(true)}>
                {t('desk.record.edit')}
              </Button>
            )}
            {rights.erases && (
              <LinkButton small href={eraseHref(slug, 'witness', witness.id)}>
                {t('desk.erase.button')}
              </LinkButton>
            )}
          </>
        )
      }
    >
      <div className={style.screen}>
        <p>
          <Link href={witnessHref(slug)}>{t('desk.witnesses.all')}</Link>
        </p>
        {isEditing ? (
          <WitnessForm
            begun={witness}
            busy={edit.isPending}
            problem={edit.error}
            onSave={(content) => edit.mutate(content)}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <>
            <Warning details={details} />
            {witness.protection && (
              <section aria-labelledby="protection">
                <h2 id="protection" className={style.heading}>
                  {t('desk.witnesses.protection')}
                </h2>
                <p className={style.words} dir="auto">
                  {witness.protection}
                </p>
              </section>
            )}
            <Consents witness={witness} />
            <WitnessIdentity witness={witness} />
            <Resting details={details} />
          </>
        )}
      </div>
    </Room>
  );
}

/** What the public sees without the witness's consent, and what to do. */
function Warning({ details }: { details: WitnessDetails }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const { witness, records, publications } = details;
  const keep = standingOf(witness, 'keep').state;
  const published = records.filter((record) => record.published).length;
  const mayNot = standingOf(witness, 'publish').state !== 'given';
  return (
    <>
      {mayNot && published > 0 && (
        <Notice tone="warning">
          <p>
            <strong>{t('desk.witnesses.public-without', { count: published })}</strong>
          </p>
          <p>{t('desk.witnesses.public-what-to-do')}</p>
          <p>
            <Link href={`/d/${slug}/publish`}>{t('desk.witnesses.to-publish')}</Link>
          </p>
        </Notice>
      )}
      {mayNot && published === 0 && publications.length > 0 && (
        <Notice>
          {t('desk.witnesses.earlier-hold', { count: publications.length, numbers: publications.join(', ') })}
        </Notice>
      )}
      {(keep === 'withdrawn' || keep === 'ended') && (
        <Notice tone="warning">{t('desk.witnesses.keep-gone')}</Notice>
      )}
    </>
  );
}

function Consents({ witness }: { witness: ShownWitness }): ReactNode {
  const { t, formatDate } = useMessages();
  const { writes } = useRights();
  const edit = useEditWitness(witness);
  const withdraw = (consent: Consent) =>
    edit.mutate({
      consents: witness.consents.map((one) => (one === consent ? { ...one, withdrawnOn: today() } : one)),
    });
  return (
    <section aria-labelledby="consents">
      <h2 id="consents" className={style.heading}>
        {t('desk.witnesses.consents')}
      </h2>
      <ul className={style.standings}>
        {witness.standing.map((standing) => {
          const given = witness.consents.filter(({ purpose }) => purpose === standing.purpose);
          return (
            <li key={standing.purpose}>
              <ConsentState standing={standing} />
              {given.map((consent, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: consents of one purpose have no other name.
                <p key={at} className={style.small}>
                  {t('desk.witnesses.given', { date: formatDate(consent.givenOn) })}
                  {consent.how && (
                    <>
                      {' · '}
                      <span dir="auto">{consent.how}</span>
                    </>
                  )}
                  {consent.until && (
                    <> · {t('desk.witnesses.given-until', { date: formatDate(consent.until) })}</>
                  )}
                  {consent.withdrawnOn && (
                    <> · {t('desk.witnesses.given-withdrawn', { date: formatDate(consent.withdrawnOn) })}</>
                  )}
                  {writes && consent.withdrawnOn === null && standing.state === 'given' && (
                    <>
                      {' '}
                      <ConfirmButton
                        small
                        question={t('desk.witnesses.withdraw-question', {
                          purpose: t(`desk.witnesses.purpose.${consent.purpose}`),
                        })}
                        confirm={t('desk.witnesses.withdraw')}
                        isPending={edit.isPending}
                        onConfirm={() => withdraw(consent)}
                      >
                        {t('desk.witnesses.withdraw')}
                      </ConfirmButton>
                    </>
                  )}
                </p>
              ))}
            </li>
          );
        })}
      </ul>
      {edit.error && <ErrorState problem={edit.error} />}
    </section>
  );
}

function Resting({ details }: { details: WitnessDetails }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const { sources, records, publications } = details;
  return (
    <section aria-labelledby="resting">
      <h2 id="resting" className={style.heading}>
        {t('desk.witnesses.told')}
      </h2>
      {sources.length === 0 ? (
        <p className={style.lead}>{t('desk.witnesses.told-nothing')}</p>
      ) : (
        <ul className={style.list}>
          {sources.map((source) => (
            <li key={source.id}>
              <Link href={`/d/${slug}/sources/${source.id}`} dir="auto">
                {source.title}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {records.length > 0 && (
        <>
          <h3 className={style.heading}>{t('desk.witnesses.rests', { count: records.length })}</h3>
          <ul className={style.list}>
            {records.map((record) => (
              <li key={record.id}>
                <KindMark kind={record.kind} />{' '}
                <Link href={recordHref(slug, record.kind, record.id)} dir="auto">
                  {record.title}
                </Link>{' '}
                <span className={style.small}>
                  {t(`vocabulary.status.${record.status}`)}
                  {record.published && ` · ${t('desk.witnesses.is-public')}`}
                </span>
              </li>
            ))}
          </ul>
          {publications.length > 0 && (
            <p className={style.small}>
              {t('desk.witnesses.held-by')}{' '}
              {publications.map((number, at) => (
                <span key={number}>
                  {at > 0 && ', '}
                  <a href={`/p/${slug}/${number}`}>{t('desk.publish.number', { number })}</a>
                </span>
              ))}
            </p>
          )}
        </>
      )}
      {sources.some(({ sensitivity }) => sensitivity === 'sealed') && (
        <p className={style.small}>{t('desk.witnesses.sealed-too')}</p>
      )}
    </section>
  );
}

function History({ witness }: { witness: ShownWitness }): ReactNode {
  const words = useMessages();
  const { t, formatInstant } = words;
  const { slug } = useDossier();
  const { data, error, refetch } = useCall(
    'GET /dossiers/:dossier/entries',
    { params: { dossier: slug }, query: { subject: witness.id } },
    { keepPrevious: true },
  );
  return (
    <section aria-labelledby="history">
      <h2 id="history" className={style.heading}>
        {t('desk.record.history')}
      </h2>
      {error ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <ol className={style.history}>
          {data.entries.toReversed().map((entry) => {
            const reason = (entry.payload as { reason?: unknown } | null)?.reason;
            return (
              <li key={entry.id}>
                <p>{actionInWords(entry, words)}</p>
                {typeof reason === 'string' && (
                  <p className={style.small} dir="auto">
                    “{reason}”
                  </p>
                )}
                <p className={style.small}>
                  <Person id={entry.who} />, <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
                </p>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
