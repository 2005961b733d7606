// Erasing for good: first exactly what goes, from where, what stays and what cannot be reached; then the reason, and the name
// typed. Afterwards it says what was erased.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useParams } from 'wouter';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Checkbox, TextArea, TextField } from '../../ui/field.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Loading, Notice } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from '../api.ts';
import { Room, useDossier } from '../dossier-context.tsx';
import { MissingScreen } from '../missing-screen.tsx';
import { placeOf } from '../undo.tsx';
import { witnessHref } from '../witnesses/witness-data.ts';
import style from './erase.module.css';

type Plan = AnswerOf<'GET /dossiers/:dossier/erasures/:noun/:id'>;
type Erased = AnswerOf<'POST /dossiers/:dossier/erasures/:noun/:id'>;
type Noun = Plan['goes'][number]['noun'];

const NOUNS: readonly string[] = ['statement', 'figure', 'incident', 'source', 'witness'] satisfies Noun[];

/** The screen; what is to be erased, the address says. */
export function EraseScreen(): ReactNode {
  const { noun, id } = useParams<{ noun: string; id: string }>();
  return NOUNS.includes(noun) ? <Erase noun={noun as Noun} id={id} /> : <MissingScreen />;
}

function Erase({ noun, id }: { noun: Noun; id: string }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const [told, setTold] = useState(false);
  const [done, setDone] = useState<Erased | null>(null);
  const { data, error, refetch } = useCall(
    'GET /dossiers/:dossier/erasures/:noun/:id',
    { params: { dossier: slug, noun, id }, query: { told } },
    { enabled: done === null, keepPrevious: true },
  );
  return (
    <Room title={t('desk.erase.title')}>
      <div className={style.page}>
        {done !== null ? (
          <Done erased={done} />
        ) : error ? (
          <ErrorState problem={error} retry={() => void refetch()} />
        ) : !data ? (
          <Loading />
        ) : (
          <>
            <p className={style.lead}>{t('desk.erase.lead')}</p>
            {noun === 'witness' && (data.stays.length > 0 || told) && (
              <Checkbox
                label={t('desk.erase.told')}
                description={t('desk.erase.told-hint')}
                isSelected={told}
                onChange={setTold}
              />
            )}
            <Goes plan={data} />
            <Stays plan={data} />
            <EraseForm key={String(told)} plan={data} noun={noun} id={id} told={told} onDone={setDone} />
          </>
        )}
      </div>
    </Room>
  );
}

/** Things listed; of more, the rest is counted. */
const LISTED = 30;

function Goes({ plan }: { plan: Plan }): ReactNode {
  const { t, formatBytes } = useMessages();
  const elsewhere = plan.goes.filter(({ restsElsewhere }) => restsElsewhere).length;
  const lines = [
    t('desk.erase.entries', { count: plan.entries }),
    plan.files.count > 0 &&
      t('desk.erase.files', { count: plan.files.count, size: formatBytes(plan.files.bytes) }),
    plan.seals > 0 && t('desk.erase.seals', { count: plan.seals }),
    plan.links > 0 && t('desk.erase.links', { count: plan.links }),
    plan.disagreements > 0 && t('desk.erase.disagreements', { count: plan.disagreements }),
    plan.requests.gone > 0 && t('desk.erase.requests', { count: plan.requests.gone }),
    plan.publications.length > 0 &&
      t('desk.erase.publications', {
        count: plan.publications.length,
        numbers: plan.publications.join(', '),
      }),
    plan.bundles.length > 0 &&
      t('desk.erase.bundles', { count: plan.bundles.length, numbers: plan.bundles.join(', ') }),
  ].filter((line) => line !== false);
  return (
    <section aria-labelledby="goes">
      <h2 id="goes">{t('desk.erase.goes', { count: plan.goes.length })}</h2>
      <ul className={style.things}>
        {plan.goes.slice(0, LISTED).map((one) => (
          <li key={one.id}>
            <Mark noun={one.noun} /> <span dir="auto">{one.title}</span>
            {one.restsElsewhere && <span className={style.small}> · {t('desk.erase.rests-elsewhere')}</span>}
          </li>
        ))}
        {plan.goes.length > LISTED && (
          <li className={style.small}>{t('desk.erase.more', { count: plan.goes.length - LISTED })}</li>
        )}
      </ul>
      {elsewhere > 0 && <Notice tone="warning">{t('desk.erase.elsewhere', { count: elsewhere })}</Notice>}
      <h3>{t('desk.erase.with-it')}</h3>
      <ul className={style.lines}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Mark({ noun }: { noun: Noun }): ReactNode {
  const { t } = useMessages();
  if (noun === 'source' || noun === 'witness')
    return <span className={style.noun}>{t(`desk.erase.noun.${noun}`)}</span>;
  return <KindMark kind={noun} label />;
}

function Stays({ plan }: { plan: Plan }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  return (
    <>
      <section aria-labelledby="stays">
        <h2 id="stays">{t('desk.erase.stays')}</h2>
        <ul className={style.lines}>
          <li>{t('desk.erase.stays-heads')}</li>
          <li>{t('desk.erase.stays-names')}</li>
          {plan.requests.kept > 0 && <li>{t('desk.erase.stays-requests', { count: plan.requests.kept })}</li>}
          {plan.stays.map((source) => (
            <li key={source.id}>
              {t('desk.erase.stays-source')}{' '}
              <Link href={placeOf(slug, 'source', source.id)!} dir="auto">
                {source.title}
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="beyond">
        <h2 id="beyond">{t('desk.erase.beyond')}</h2>
        <ul className={style.lines}>
          <li>{t('desk.erase.beyond-backups')}</li>
          {plan.publications.length > 0 && <li>{t('desk.erase.beyond-copies')}</li>}
          <li>{t('desk.erase.beyond-disk')}</li>
        </ul>
      </section>
    </>
  );
}

function EraseForm({
  plan,
  noun,
  id,
  told,
  onDone,
}: {
  plan: Plan;
  noun: Noun;
  id: string;
  told: boolean;
  onDone: (erased: Erased) => void;
}): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [withdraw, setWithdraw] = useState(false);
  const [asked, setAsked] = useState(false);
  const erase = useMutation<Erased, ApiProblem>({
    mutationFn: () =>
      call('POST /dossiers/:dossier/erasures/:noun/:id', {
        params: { dossier: slug, noun, id },
        body: { reason, typed, told, withdraw },
      }),
    onSuccess: (erased) => {
      onDone(erased);
      void changed();
    },
  });
  const wrong = {
    reason: reason.trim() === '' ? t('desk.erase.reason-missing') : null,
    typed: typed.trim().replace(/\s+/g, ' ') === plan.name ? null : t('desk.erase.typed-wrong'),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (wrong.reason === null && wrong.typed === null && (withdraw || !plan.isPublic)) erase.mutate();
  };
  return (
    <form className={style.form} onSubmit={submit} noValidate aria-label={t('desk.erase.title')}>
      {plan.isPublic && (
        <Notice tone="warning">
          <p>{t('desk.erase.is-public')}</p>
          <Checkbox
            label={t('desk.erase.withdraw')}
            description={t('desk.erase.withdraw-hint')}
            isSelected={withdraw}
            onChange={setWithdraw}
          />
          {asked && !withdraw && <p className={style.wrong}>{t('desk.erase.withdraw-missing')}</p>}
        </Notice>
      )}
      <TextArea
        label={t('desk.erase.reason')}
        description={t('desk.erase.reason-hint')}
        maxLength={1000}
        rows={2}
        value={reason}
        onChange={setReason}
        error={asked ? wrong.reason : null}
      />
      <TextField
        label={t('desk.erase.typed', { name: plan.name })}
        autoComplete="off"
        spellCheck="false"
        value={typed}
        onChange={setTyped}
        error={asked ? wrong.typed : null}
      />
      {erase.error && <ErrorState problem={erase.error} />}
      <p>
        <Button kind="danger" type="submit" isPending={erase.isPending}>
          {t('desk.erase.do')}
        </Button>
      </p>
    </form>
  );
}

function Done({ erased }: { erased: Erased }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  return (
    <Notice tone="good">
      <p>{t('desk.erase.done', { things: erased.things, entries: erased.entries })}</p>
      {erased.publication !== null && (
        <p>
          <a href={`/p/${slug}`}>{t('desk.erase.done-withdrawn', { number: erased.publication })}</a>
        </p>
      )}
      <p>{t('desk.erase.done-backup')}</p>
      <p className={style.onward}>
        <LinkButton small href={`/d/${slug}/log`}>
          {t('desk.room.log')}
        </LinkButton>{' '}
        <LinkButton small href={witnessHref(slug)}>
          {t('desk.room.witnesses')}
        </LinkButton>
      </p>
    </Notice>
  );
}
