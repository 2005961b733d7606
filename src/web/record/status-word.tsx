// The status of a record, as a word.
import type { ReactNode } from 'react';
import type { Status } from '../../record/vocabulary.ts';
import { useMessages } from '../../ui/messages.tsx';
import style from './status-word.module.css';

/** A status in words; with `confidence`, how sure the proposer of a suggestion was. */
export function StatusWord({
  status,
  confidence,
}: {
  status: Status;
  confidence?: number | null;
}): ReactNode {
  const { t, formatNumber } = useMessages();
  return (
    <span className={style.status} data-status={status}>
      {t(`vocabulary.status.${status}`)}
      {status === 'suggested' && confidence !== null && confidence !== undefined && (
        <span className={style.sure}>
          {' '}
          {t('desk.record.sure', { share: formatNumber(confidence, { style: 'percent' }) })}
        </span>
      )}
    </span>
  );
}
