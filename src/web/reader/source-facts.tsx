// What is known of a source, on one line under its title, with the way to its original and to its details.
import type { ReactNode } from 'react';
import type { Source } from '../../record/source.ts';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { addressOf } from '../api.ts';
import { useMay } from '../dossier-context.tsx';
import { languageName } from '../language-name.ts';
import { ToldBy } from '../witnesses/told-by.tsx';
import style from './reader-screen.module.css';

/** The line; without `toggle` its details are not edited here. */
export function SourceFacts({
  slug,
  source,
  open,
  toggle,
}: {
  slug: string;
  source: Source;
  open?: boolean;
  toggle?: () => void;
}): ReactNode {
  const { t, locale, formatDate, formatBytes } = useMessages();
  const mayEdit = useMay()('source.edit');
  const facts = [
    source.publisher,
    source.author,
    source.published && formatDate(source.published),
    source.language && languageName(locale, source.language),
  ].filter(Boolean);
  const original = addressOf('GET /dossiers/:dossier/sources/:id/original', {
    params: { dossier: slug, id: source.id },
  });
  return (
    <p className={style.facts}>
      <span>{facts.length > 0 ? facts.join(' · ') : t('desk.reader.nothing-known')}</span>
      <span className="no-print">
        <a href={original} download>
          {t('desk.reader.original', { size: formatBytes(source.bytes) })}
        </a>
      </span>
      {source.address && (
        <span>
          <a href={source.address} target="_blank" rel="noreferrer">
            {t('desk.reader.address')}
          </a>
        </span>
      )}
      {source.witness && <ToldBy witness={source.witness} />}
      {toggle && (
        <span className="no-print">
          {mayEdit && (
            <Button small kind="quiet" aria-expanded={open ?? false} onPress={toggle}>
              {t('desk.reader.details')}
            </Button>
          )}
          <Button small kind="quiet" onPress={() => window.print()}>
            {t('desk.reader.print')}
          </Button>
        </span>
      )}
    </p>
  );
}
