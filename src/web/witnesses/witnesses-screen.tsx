// The witnesses of a dossier by their pseudonyms, those first whose consent the team has to look after.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import type { WitnessContent } from '../../record/witness.ts';
import { LinkButton } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { EmptyState, ErrorState, Loading, Notice } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, addressOf, call, changed, useCall } from '../api.ts';
import { Room, useDossier } from '../dossier-context.tsx';
import { ConsentState } from './consent-line.tsx';
import { IdentityFields, NOBODY } from './identity-fields.tsx';
import { standingOf, useRights, type WitnessDetails, witnessHref } from './witness-data.ts';
import { WitnessForm } from './witness-form.tsx';
import { WitnessPage } from './witness-page.tsx';
import style from './witnesses.module.css';

const LIST = 'GET /dossiers/:dossier/witnesses';
type Listed = AnswerOf<typeof LIST>['witnesses'][number];

/** The screen; its address may be that of the form, or of one witness. */
export function WitnessesScreen(): ReactNode {
  const { '*': rest = '' } = useParams<{ '*'?: string }>();
  if (rest === 'new') return <NewWitness />;
  return rest === '' ? <Witnesses /> : <WitnessPage id={rest} />;
}

/** Whether a consent of theirs ran out, was taken back, or runs out soon. */
function needsCare(witness: Listed): boolean {
  return witness.standing.some(({ state, runsOut }) => state === 'ended' || state === 'withdrawn' || runsOut);
}

function Witnesses(): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const rights = useRights();
  const params = { dossier: slug };
  const { data, error, refetch } = useCall(LIST, { params });
  const all = data?.witnesses ?? [];
  const care = all.filter(needsCare);
  const others = all.filter((witness) => !needsCare(witness));
  const add = rights.writes && (
    <LinkButton kind="primary" small={all.length > 0} href={witnessHref(slug, 'new')}>
      {t('desk.witnesses.add')}
    </LinkButton>
  );
  return (
    <Room
      title={t('desk.room.witnesses')}
      actions={
        all.length > 0 && (
          <>
            <LinkButton small download href={addressOf(LIST, { params }, '.csv')}>
              {t('desk.requests.csv')}
            </LinkButton>
            {add}
          </>
        )
      }
    >
      {error ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : all.length === 0 ? (
        <EmptyState title={t('desk.witnesses.none')} action={add || null}>
          <p>{t('desk.witnesses.none-words')}</p>
        </EmptyState>
      ) : (
        <div className={style.screen}>
          <p className={style.lead}>{t('desk.witnesses.lead')}</p>
          {care.length > 0 && (
            <section aria-labelledby="care">
              <h2 id="care" className={style.heading}>
                {t('desk.witnesses.care', { count: care.length })}
              </h2>
              <Lines witnesses={care} />
            </section>
          )}
          {others.length > 0 && (
            <section aria-labelledby="others">
              <h2 id="others" className={care.length > 0 ? style.heading : 'visually-hidden'}>
                {t(care.length > 0 ? 'desk.witnesses.others' : 'desk.room.witnesses')}
              </h2>
              <Lines witnesses={others} />
            </section>
          )}
        </div>
      )}
    </Room>
  );
}

function Lines({ witnesses }: { witnesses: readonly Listed[] }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  return (
    <ul className={style.witnesses}>
      {witnesses.map((witness) => (
        <li key={witness.id}>
          <div>
            <Link href={witnessHref(slug, witness.id)} className={style.name} dir="auto">
              {witness.pseudonym}
            </Link>
            <p className={style.small}>
              {t('desk.witnesses.counts', { sources: witness.sources, records: witness.records })}
            </p>
            {witness.published > 0 && standingOf(witness, 'publish').state !== 'given' && (
              <p className={style.alarm}>
                {t('desk.witnesses.public-without', { count: witness.published })}
              </p>
            )}
          </div>
          <ul className={style.states}>
            {witness.standing
              .filter(({ state }) => state !== 'none')
              .map((standing) => (
                <li key={standing.purpose}>
                  <ConsentState standing={standing} />
                </li>
              ))}
            {witness.consents.length === 0 && (
              <li className={style.small}>{t('desk.witnesses.no-consent')}</li>
            )}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function NewWitness(): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const { opens } = useRights();
  const [, navigate] = useLocation();
  const { data, error } = useCall(LIST, { params: { dossier: slug } });
  const [identity, setIdentity] = useState(NOBODY);
  const save = useMutation<WitnessDetails, ApiProblem, WitnessContent>({
    gcTime: 0,
    mutationFn: (content) =>
      call('POST /dossiers/:dossier/witnesses', {
        params: { dossier: slug },
        body: { ...content, ...(opens && { identity }) },
      }),
    onSuccess: async ({ witness }) => {
      await changed();
      navigate(witnessHref(slug, witness.id));
    },
  });
  return (
    <Room title={t('desk.witnesses.new')}>
      {error ? (
        <ErrorState problem={error} />
      ) : !data ? (
        <Loading />
      ) : (
        <WitnessForm
          begun={{
            pseudonym: t('desk.witnesses.numbered', { number: data.nextNumber }),
            consents: [],
            protection: null,
          }}
          busy={save.isPending}
          problem={save.error}
          onSave={(content) => save.mutate(content)}
          onCancel={() => navigate(witnessHref(slug))}
        >
          <h2 className={style.heading}>{t('desk.witnesses.identity')}</h2>
          {opens ? (
            <>
              <Notice>{t('desk.witnesses.identity-hint')}</Notice>
              <IdentityFields value={identity} onChange={setIdentity} />
            </>
          ) : (
            <p className={style.lead}>{t('desk.witnesses.identity-not-named')}</p>
          )}
        </WitnessForm>
      )}
    </Room>
  );
}
