// How a source was fetched from its address: when, from where, over how many steps, and the way to the whole record of it.
import type { ReactNode } from 'react';
import type { Source } from '../../record/source.ts';
import { useMessages } from '../../ui/messages.tsx';
import { addressOf, useCall } from '../api.ts';
import style from './reader-screen.module.css';

/** The line; nothing for a source that was not fetched. */
export function CaptureNote({
  slug,
  source,
}: {
  slug: string;
  source: Pick<Source, 'id' | 'acquisition'>;
}): ReactNode {
  const { t, formatInstant } = useMessages();
  const params = { dossier: slug, id: source.id };
  const isFetched = source.acquisition === 'fetched';
  const { data } = useCall('GET /dossiers/:dossier/sources/:id/capture', { params }, { enabled: isFetched });
  const capture = data?.capture;
  if (!capture) return null;
  const last = capture.hops.at(-1)!;
  const facts = [
    t('desk.capture.redirects', { count: capture.hops.length - 1 }),
    last.certificate && t('desk.capture.certificate', { host: new URL(last.address).hostname }),
    capture.body.packed && t('desk.capture.packed', { coding: capture.body.packed.coding }),
  ].filter(Boolean);
  return (
    <p className={style.capture}>
      <span>
        {t('desk.capture.line', { at: formatInstant(capture.endedAt, 'second') })}{' '}
        <bdi className={style.from}>{capture.requested}</bdi>
      </span>
      <span>{facts.join(' · ')}</span>
      <a
        className="no-print"
        href={addressOf('GET /dossiers/:dossier/sources/:id/capture/file', { params })}
        download
      >
        {t('desk.capture.download')}
      </a>
    </p>
  );
}
