// What happened to a record, and the proof that the log holds it.
import type { ReactNode } from 'react';
import { useMessages } from '../../ui/messages.tsx';
import { Person } from '../../ui/person.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { addressOf, useCall } from '../api.ts';
import style from './queue-panel.module.css';

/** The entries about a record, the newest first. Asked for again when its version changes. */
export function RecordHistory({
  slug,
  id,
  version,
}: {
  slug: string;
  id: string;
  version: number;
}): ReactNode {
  const { t, has, formatInstant, formatNumber } = useMessages();
  const { data, error, refetch } = useCall(
    'GET /dossiers/:dossier/entries',
    { params: { dossier: slug }, query: { subject: id } },
    { keepPrevious: true },
  );
  if (error) return <ErrorState problem={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <ol className={style.history} data-version={version}>
      {data.entries.toReversed().map((entry) => {
        const key = `desk.action.${entry.action}`;
        return (
          <li key={entry.id}>
            <span>{has(key) ? t(key) : entry.action}</span>{' '}
            <span className={style.when}>
              <Person id={entry.who} />, <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
            </span>{' '}
            {entry.index === null ? (
              <span className={style.when}>{t('desk.reader.not-logged')}</span>
            ) : (
              <a
                href={addressOf('GET /dossiers/:dossier/entries/:id/proof', {
                  params: { dossier: slug, id: entry.id },
                })}
                download
              >
                {t('desk.reader.proof', { index: formatNumber(entry.index) })}
              </a>
            )}
          </li>
        );
      })}
    </ol>
  );
}
