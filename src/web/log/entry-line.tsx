// One thing that was done, in words: what, to what, by whom, when, and how far it is in the log.
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { Entry } from '../../record/entry.ts';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { Person } from '../../ui/person.tsx';
import { addressOf } from '../api.ts';
import { actionInWords, type Batch, leadOf, subjectInWords, subjectPlace } from './entry-words.ts';
import style from './log.module.css';

/** A batch of entries; those beside its leading one are shown on demand. `proof`: where one stands in the log is told. */
export function BatchLine({
  slug,
  batch,
  proof,
}: {
  slug: string;
  batch: Batch;
  proof?: boolean;
}): ReactNode {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  const lead = leadOf(batch);
  const others = batch.entries.filter((entry) => entry !== lead);
  return (
    <li className={style.batch}>
      <EntryLine slug={slug} entry={lead} proof={proof} />
      {others.length > 0 && (
        <Button small kind="quiet" aria-expanded={open} onPress={() => setOpen(!open)}>
          {t(open ? 'desk.log.less' : 'desk.log.more-of-batch', { count: others.length })}
        </Button>
      )}
      {open && (
        <ul className={style.others}>
          {others.map((entry) => (
            <li key={entry.id}>
              <EntryLine slug={slug} entry={entry} proof={proof} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function EntryLine({
  slug,
  entry,
  proof,
}: {
  slug: string;
  entry: Entry;
  proof?: boolean | undefined;
}): ReactNode {
  const words = useMessages();
  const { t, formatInstant, formatNumber } = words;
  const subject = subjectInWords(entry, words);
  const place = subjectPlace(slug, entry);
  return (
    <div className={style.entry}>
      <p className={style.done}>
        <span className={style.action}>{actionInWords(entry, words)}</span>
        {entry.sealed ? (
          <span className={style.subject}>{t('desk.seal.entry')}</span>
        ) : entry.erased ? (
          <span className={style.subject}>{t('desk.log.erased')}</span>
        ) : place ? (
          <Link href={place} className={style.subject} dir="auto">
            {subject || t('desk.log.show')}
          </Link>
        ) : (
          subject && (
            <span className={style.subject} dir="auto">
              {subject}
            </span>
          )
        )}
      </p>
      <p className={style.when}>
        <time dateTime={entry.at}>{formatInstant(entry.at, proof ? 'second' : 'minute')}</time>{' '}
        {t('desk.log.by')} <Person id={entry.who} />
      </p>
      {proof && (
        <p className={style.place}>
          {entry.index === null ? (
            t('desk.log.waiting')
          ) : (
            <a
              href={addressOf('GET /dossiers/:dossier/entries/:id/proof', {
                params: { dossier: slug, id: entry.id },
              })}
              download
              title={t('desk.log.proof')}
            >
              {t('desk.log.index', { index: formatNumber(entry.index) })}
            </a>
          )}
        </p>
      )}
    </div>
  );
}
