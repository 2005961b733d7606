// What stands at an address that leads nowhere.
import type { ReactNode } from 'react';
import { LinkButton } from '../ui/button.tsx';
import { useMessages } from '../ui/messages.tsx';
import { EmptyState } from '../ui/state.tsx';
import { useTitle } from './dossier-context.tsx';
import style from './room.module.css';

/** The screen of an address that does not exist. */
export function MissingScreen(): ReactNode {
  const { t } = useMessages();
  useTitle(t('desk.missing.title'));
  return (
    <main className={style.alone} id="work" tabIndex={-1}>
      <EmptyState
        alone
        title={t('desk.missing.title')}
        action={
          <LinkButton href="/" kind="primary">
            {t('desk.missing.start')}
          </LinkButton>
        }
      >
        <p>{t('desk.missing.text')}</p>
      </EmptyState>
    </main>
  );
}
