// On a statement's own page: the thread it is in, and the way there.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useMessages } from '../../ui/messages.tsx';
import { useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import style from './said.module.css';
import { threadHref } from './thread-data.ts';

/** The line; nothing where the statement is in no thread. */
export function ThreadOfRecord({ id }: { id: string }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const { data } = useCall('GET /dossiers/:dossier/threads/of/:statement', {
    params: { dossier: slug, statement: id },
  });
  const thread = data?.thread;
  if (!thread) return null;
  return (
    <p className={style.inThread}>
      {t('desk.said.in-thread')}{' '}
      <Link href={threadHref(slug, thread.key, id)} dir="auto">
        {thread.title}
      </Link>
    </p>
  );
}
