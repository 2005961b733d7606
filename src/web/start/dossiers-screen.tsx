// All dossiers: what is in each, what waits, when it last changed; and how to begin one.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from '../api.ts';
import { useTitle } from '../dossier-context.tsx';
import { useHouseMay } from '../may.ts';
import { NewDossier } from './new-dossier.tsx';
import style from './start.module.css';

type Listed = AnswerOf<'GET /dossiers'>['dossiers'][number];

/** The list of dossiers; the start page of everybody who is signed in. */
export function DossiersScreen(): ReactNode {
  const { t } = useMessages();
  const { data, error, refetch } = useCall('GET /dossiers', {});
  const [making, setMaking] = useState(false);
  const may = useHouseMay();
  useTitle(t('desk.dossiers.title'));
  const dossiers = data?.dossiers;
  return (
    <main className={style.page} id="work" tabIndex={-1}>
      <div className={style.head}>
        <h1 className={style.title}>{t('desk.dossiers.title')}</h1>
        {!making && may('dossier.create') && dossiers && dossiers.length > 0 && (
          <Button kind="primary" onPress={() => setMaking(true)}>
            {t('desk.dossiers.new')}
          </Button>
        )}
      </div>
      {making && <NewDossier cancel={() => setMaking(false)} />}
      {error && <ErrorState problem={error} retry={() => void refetch()} />}
      {!dossiers && !error && <Loading />}
      {dossiers?.length === 0 && !may('dossier.create') && (
        <EmptyState title={t('desk.dossiers.none-yours')}>
          <p>{t('desk.dossiers.none-yours-text')}</p>
        </EmptyState>
      )}
      {dossiers?.length === 0 && !making && may('dossier.create') && (
        <EmptyState
          title={t('desk.dossiers.none')}
          action={
            <>
              <Button kind="primary" onPress={() => setMaking(true)}>
                {t('desk.dossiers.new')}
              </Button>
              <OpenExample />
            </>
          }
        >
          <p>{t('desk.dossiers.none-text')}</p>
          <p>{t('desk.dossiers.none-example')}</p>
        </EmptyState>
      )}
      {dossiers && dossiers.length > 0 && (
        <>
          <ul className={style.dossiers}>
            {dossiers.map((dossier) => (
              <DossierLine key={dossier.id} dossier={dossier} />
            ))}
          </ul>
          {may('dossier.create') && !dossiers.some(({ slug }) => slug === EXAMPLE) && <OpenExample quiet />}
        </>
      )}
      {may('house.edit') && (
        <p className={style.house}>
          <Link href="/house">{t('desk.house.link')}</Link>
        </p>
      )}
    </main>
  );
}

/** The name of the example dossier in addresses. */
const EXAMPLE = 'calais-example';

function OpenExample({ quiet }: { quiet?: boolean }): ReactNode {
  const { t } = useMessages();
  const [, navigate] = useLocation();
  const open = useMutation<AnswerOf<'POST /example'>, ApiProblem>({
    mutationFn: () => call('POST /example', {}),
    onSuccess: (dossier) => {
      navigate(`/d/${dossier.slug}`);
      void changed();
    },
  });
  return (
    <>
      <Button kind={quiet ? 'quiet' : 'plain'} isPending={open.isPending} onPress={() => open.mutate()}>
        {t(open.isPending ? 'desk.dossiers.example-making' : 'desk.dossiers.example')}
      </Button>
      {open.error && <ErrorState problem={open.error} />}
    </>
  );
}

function DossierLine({ dossier }: { dossier: Listed }): ReactNode {
  const { t, formatInstant } = useMessages();
  const { data } = useCall(
    'GET /dossiers/:dossier/entries',
    { params: { dossier: dossier.slug }, query: { limit: 1 } },
    { enabled: 'log.read' in dossier.may },
  );
  const last = data?.entries[0]?.at ?? dossier.updatedAt;
  const href = `/d/${dossier.slug}`;
  return (
    <li>
      <h2>
        <Link href={href}>{dossier.title}</Link>
      </h2>
      {dossier.summary && <p className={style.summary}>{dossier.summary}</p>}
      <p className={style.facts}>
        {dossier.role !== 'owner' && dossier.role !== 'member' && dossier.role !== 'public' && (
          <span>{t(`desk.role.${dossier.role}`)}</span>
        )}
        {dossier.sources !== null && <span>{t('desk.dossiers.sources', { count: dossier.sources })}</span>}
        {dossier.records !== null && <span>{t('desk.dossiers.records', { count: dossier.records })}</span>}
        {dossier.suggested !== null && dossier.suggested > 0 && (
          <span className={style.waiting}>{t('desk.dossiers.suggested', { count: dossier.suggested })}</span>
        )}
        {dossier.publication > 0 && (
          <span>{t('desk.dossiers.publication', { number: dossier.publication })}</span>
        )}
        <span>
          {t('desk.dossiers.changed')} <time dateTime={last}>{formatInstant(last)}</time>
        </span>
      </p>
    </li>
  );
}
