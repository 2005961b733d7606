// The proof of a record: where it stands in the log, and all that is needed to check it without trusting this server.
import { type ReactNode, useState } from 'react';
import type { Entry } from '../../record/entry.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { addressOf, useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { checkHere, type HereChecked } from './check-here.ts';
import style from './record.module.css';

/** The newest entry about the record, its place in the log, and how to check it. */
export function RecordProof({
  record,
  entries,
  isPublished,
}: {
  record: AnyRecord;
  entries: readonly Entry[] | undefined;
  isPublished: boolean;
}): ReactNode {
  const { t, formatInstant, formatNumber } = useMessages();
  const { slug } = useDossier();
  const newest = entries?.at(-1);
  const first = entries?.[0];
  const proof =
    newest &&
    addressOf('GET /dossiers/:dossier/entries/:id/proof', { params: { dossier: slug, id: newest.id } });
  const href = `/p/${slug}/record/${record.id}`;
  return (
    <section aria-labelledby="record-proof">
      <h2 id="record-proof">{t('desk.record.proof')}</h2>
      {newest === undefined || first === undefined ? (
        <Loading />
      ) : (
        <>
          <p>
            {newest.index === null
              ? t('desk.record.waiting')
              : t('desk.record.in-log', {
                  since: formatInstant(first.at),
                  count: entries!.length,
                  index: formatNumber(newest.index),
                })}
          </p>
          {newest.index !== null && proof && (
            <>
              <p className={style.downloads}>
                <LinkButton small download href={proof}>
                  {t('desk.record.proof-file')}
                </LinkButton>
              </p>
              <Check entry={newest} />
            </>
          )}
        </>
      )}
      {isPublished && (
        <p>
          {t('desk.record.permalink')} <a href={href}>{href}</a>
        </p>
      )}
    </section>
  );
}

function Check({ entry }: { entry: Entry }): ReactNode {
  const { t, formatNumber } = useMessages();
  const { slug } = useDossier();
  const [isOpen, setOpen] = useState(false);
  const [checked, setChecked] = useState<HereChecked | 'checking' | null>(null);
  const leaf = useCall(
    'GET /dossiers/:dossier/entries/:id/leaf',
    { params: { dossier: slug, id: entry.id } },
    { enabled: isOpen },
  );
  return (
    <>
      <p>
        <Button
          small
          isPending={checked === 'checking'}
          onPress={() => {
            setChecked('checking');
            void checkHere(slug, entry.id).then(setChecked);
          }}
        >
          {t('desk.record.check')}
        </Button>
      </p>
      {checked !== null && checked !== 'checking' && (
        <p role="status" className={checked.ok ? style.good : style.bad}>
          {checked.ok
            ? t('desk.record.check.holds', {
                index: formatNumber(checked.index),
                size: formatNumber(checked.size),
              })
            : t(`desk.record.check.${checked.why}`)}
        </p>
      )}
      <details className={style.leaf} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('desk.record.by-hand')}</summary>
        <ol>
          <li>{t('desk.record.by-hand.commitment')}</li>
          <li>{t('desk.record.by-hand.leaf')}</li>
          <li>
            {t('desk.record.by-hand.proof')} <a href="/verify">{t('desk.record.by-hand.page')}</a>
          </li>
        </ol>
        {leaf.error ? (
          <ErrorState problem={leaf.error} retry={() => void leaf.refetch()} />
        ) : leaf.data ? (
          <>
            <dl className={style.hashes}>
              <div>
                <dt>{t('desk.record.commitment')}</dt>
                <dd>
                  <code>{leaf.data.commitment}</code>
                </dd>
              </div>
              <div>
                <dt>{t('desk.record.head-commitment')}</dt>
                <dd>
                  <code>{leaf.data.headCommitment}</code>
                </dd>
              </div>
            </dl>
            <section aria-label={t('desk.record.leaf-json')}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard. */}
              <pre className={style.json} tabIndex={0}>
                {JSON.stringify(leaf.data, null, 2)}
              </pre>
            </section>
          </>
        ) : (
          isOpen && <Loading />
        )}
      </details>
    </>
  );
}
