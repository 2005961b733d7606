// What somebody sees who is not signed in: what this is, and how to come in.
import type { ReactNode } from 'react';
import { LinkButton } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { useTitle } from '../dossier-context.tsx';
import style from './start.module.css';

/** The first page. Without an owner it says where the one-time link is found. */
export function StartScreen({ ownerExists }: { ownerExists: boolean }): ReactNode {
  const { t } = useMessages();
  useTitle();
  return (
    <main className={style.page} id="work" tabIndex={-1}>
      <h1 className={style.title}>{t('desk.start.title')}</h1>
      <p className={style.lead}>{t('desk.start.lead')}</p>
      <ol className={style.steps}>
        <li>{t('desk.start.step-add')}</li>
        <li>{t('desk.start.step-judge')}</li>
        <li>{t('desk.start.step-publish')}</li>
        <li>{t('desk.start.step-check')}</li>
      </ol>
      <div className={style.next}>
        {ownerExists ? (
          <LinkButton href="/sign-in" kind="primary">
            {t('desk.start.sign-in')}
          </LinkButton>
        ) : (
          <>
            <h2>{t('desk.start.first-title')}</h2>
            <p>{t('desk.start.first-text')}</p>
            <code className={style.code}>{`${window.location.origin}/setup#…`}</code>
            <p>{t('desk.start.first-lost')}</p>
          </>
        )}
        <p>
          <a href="/p">{t('desk.start.public')}</a>
        </p>
      </div>
    </main>
  );
}
