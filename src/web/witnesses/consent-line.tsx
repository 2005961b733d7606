// How it stands with a consent, in words and with a mark: agreed, agreed until, ended, taken back, never asked.
import type { ReactNode } from 'react';
import { useMessages } from '../../ui/messages.tsx';
import type { Standing } from './witness-data.ts';
import style from './witnesses.module.css';

/** One purpose and its state today. */
export function ConsentState({ standing }: { standing: Standing }): ReactNode {
  const { t, formatDate } = useMessages();
  const { purpose, state, ends, runsOut } = standing;
  return (
    <span className={style.consent} data-state={runsOut ? 'runs-out' : state}>
      <span className={style.purpose}>{t(`desk.witnesses.purpose.${purpose}`)}</span>{' '}
      <span className={style.state}>
        {ends === null
          ? t(`desk.witnesses.state.${state}`)
          : t('desk.witnesses.state.until', { date: formatDate(ends) })}
      </span>
    </span>
  );
}
