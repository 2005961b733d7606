// What happened to a record: who did what when, and what each step changed, in words.
import { type ReactNode, useMemo } from 'react';
import type { Entry } from '../../record/entry.ts';
import type { Difference } from '../../ui/field-words.ts';
import { useMessages } from '../../ui/messages.tsx';
import { Person } from '../../ui/person.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { ErrorState, Loading, type ProblemLike } from '../../ui/state.tsx';
import { addressOf } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { actionInWords } from '../log/entry-words.ts';
import { SealedEntry } from '../seals/sealed-entry.tsx';
import { changesOfEntry } from './entry-changes.ts';
import style from './record.module.css';
import { useNameOf } from './record-fields.tsx';

/** The entries about a record, newest first. */
export function RecordHistory({
  record,
  entries,
  error,
  retry,
}: {
  record: AnyRecord;
  entries: readonly Entry[] | undefined;
  error: ProblemLike | null;
  retry: () => void;
}): ReactNode {
  const { t } = useMessages();
  return (
    <section aria-labelledby="record-history">
      <h2 id="record-history">{t('desk.record.history')}</h2>
      {entries ? (
        <ol className={style.history}>
          {entries.toReversed().map((entry) => (
            <Step key={entry.id} kind={record.kind} entry={entry} />
          ))}
        </ol>
      ) : error ? (
        <ErrorState problem={error} retry={retry} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function Step({ kind, entry }: { kind: AnyRecord['kind']; entry: Entry }): ReactNode {
  const words = useMessages();
  const { t, formatInstant, formatNumber } = words;
  const { slug } = useDossier();
  const nameOf = useNameOf();
  const changes = useMemo(() => changesOfEntry(kind, entry, words, nameOf), [kind, entry, words, nameOf]);
  return (
    <li>
      <p className={style.done}>{actionInWords(entry, words)}</p>
      <p className={style.when}>
        <Person id={entry.who} />, <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
        {entry.index !== null && (
          <>
            {' · '}
            <a
              href={addressOf('GET /dossiers/:dossier/entries/:id/proof', {
                params: { dossier: slug, id: entry.id },
              })}
              download
            >
              {t('desk.record.entry', { index: formatNumber(entry.index) })}
            </a>
          </>
        )}
      </p>
      {entry.sealed && <SealedEntry entry={entry} kind={kind} />}
      {entry.erased && <p className={style.when}>{t('desk.log.erased')}</p>}
      {changes.length > 0 && <Differences changes={changes} />}
    </li>
  );
}

/** Differences as lines: what stood there, and what stands there now. */
export function Differences({ changes }: { changes: readonly Difference[] }): ReactNode {
  const { t } = useMessages();
  return (
    <dl className={style.changes}>
      {changes.map(({ label, before, after }) => (
        <div key={label.join()}>
          <dt>{label.join(' › ')}</dt>
          <dd>
            {before !== '' && (
              <del dir="auto">
                <span className="visually-hidden">{t('desk.record.before')} </span>
                {before}
              </del>
            )}{' '}
            {after === '' ? (
              <em>{t('desk.record.emptied')}</em>
            ) : (
              <ins dir="auto">
                <span className="visually-hidden">{t('desk.record.after')} </span>
                {after}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
