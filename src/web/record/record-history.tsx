// What happened to a record: who did what when, and what each step changed, in words.
import { type ReactNode, useMemo } from 'react';
import type { Entry } from '../../record/entry.ts';
import { type Difference, differences, type NameOf } from '../../ui/field-words.ts';
import { useMessages, type Words } from '../../ui/messages.tsx';
import { Person } from '../../ui/person.tsx';
import { CONTENT } from '../../ui/record-form.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { schemaFields } from '../../ui/schema-fields.ts';
import { ErrorState, Loading, type ProblemLike } from '../../ui/state.tsx';
import { addressOf } from '../api.ts';
import { actionInWords } from '../log/entry-words.ts';
import style from './record.module.css';
import { useNameOf } from './record-fields.tsx';

/** What one entry changed on a record of a kind; empty where it made the record, or changed nothing a person reads. */
export function changesOfEntry(
  kind: AnyRecord['kind'],
  entry: Pick<Entry, 'payload'>,
  words: Words,
  nameOf: NameOf,
): Difference[] {
  const payload = entry.payload as { before?: AnyRecord | null; after?: AnyRecord | null } | null;
  const [before, after] = [payload?.before, payload?.after];
  if (!before || !after) return [];
  const found = differences(
    schemaFields(CONTENT[kind], kind),
    before as unknown as Record<string, unknown>,
    after as unknown as Record<string, unknown>,
    words,
    nameOf,
  );
  const quotes = (record: AnyRecord) => record.passages.map((passage) => passage.exact).join(' […] ');
  if (quotes(before) !== quotes(after)) {
    found.unshift({
      field: 'passages',
      label: [words.t('desk.record.passages', { count: after.passages.length })],
      before: quotes(before),
      after: quotes(after),
    });
  }
  if (before.status !== after.status) {
    found.unshift({
      field: 'status',
      label: [words.t('desk.list.facet.status')],
      before: words.t(`vocabulary.status.${before.status}`),
      after: words.t(`vocabulary.status.${after.status}`),
    });
  }
  return found;
}

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
            <a href={addressOf('GET /entries/:id/proof', { params: { id: entry.id } })} download>
              {t('desk.record.entry', { index: formatNumber(entry.index) })}
            </a>
          </>
        )}
      </p>
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
