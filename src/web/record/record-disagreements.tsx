// The disagreements a record is part of, and the ways to say that something does not fit, or to ask for a reply.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { LinkButton } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { useCall } from '../api.ts';
import { KindSign } from '../disagreements/kind-sign.tsx';
import { disagreementHref, filingHref } from '../disagreements/queue-data.ts';
import { summaryOf } from '../disagreements/summary.ts';
import { useDossier, useMay } from '../dossier-context.tsx';
import { askingHref } from '../requests/request-data.ts';
import style from './record.module.css';

/** How many are shown here; the queue has them all. */
const SHOWN = 20;

/** The section of a record's page. */
export function RecordDisagreements({ record }: { record: AnyRecord }): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const mayWrite = useMay()('record.write');
  const { data, error, refetch } = useCall('GET /dossiers/:dossier/disagreements', {
    params: { dossier: slug },
    query: { record: record.id, limit: SHOWN },
  });
  const records = new Map(data?.records.map((one): [string, AnyRecord] => [one.id, one]));
  return (
    <section aria-labelledby="record-disagreements">
      <h2 id="record-disagreements">{t('desk.disagreements.of-record')}</h2>
      {error ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.items.length === 0 ? (
        <p className={style.none}>{t('desk.disagreements.of-record-none')}</p>
      ) : (
        <ul className={style.links}>
          {data.items.map((item) => (
            <li key={item.key} className={style.link}>
              <p className={style.how}>
                <KindSign kind={item.kind} />
              </p>
              <p className={style.other}>
                <Link href={disagreementHref(slug, item.key)} dir="auto">
                  {summaryOf(item, records, words)}
                </Link>
              </p>
              <p className={style.state}>{t(`words.disagreement-state.${item.state}`)}</p>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <p className={style.verbs}>
          <LinkButton small href={filingHref(slug, record)}>
            {t('desk.disagreements.file')}
          </LinkButton>
          <LinkButton small href={askingHref(slug, record)}>
            {t('desk.requests.of-record')}
          </LinkButton>
        </p>
      )}
    </section>
  );
}
