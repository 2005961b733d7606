// The evidence of a disagreement: its records side by side, each with who, when, how many or the words, and its passage.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { LinkEnd } from '../../record/link.ts';
import { isStanding } from '../../record/status.ts';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages, type Words } from '../../ui/messages.tsx';
import {
  type AnyRecord,
  figureAmount,
  partyInWords,
  perpetratorsOf,
  placeInWords,
  recordDate,
  speakerInWords,
  wordsSaid,
} from '../../ui/record-words.ts';
import { useDossier } from '../dossier-context.tsx';
import { readerHref, recordHref } from '../record/record-data.ts';
import { PassageInContext } from '../record/record-passages.tsx';
import style from './disagreements.module.css';

/** More than these stand in a table: cards beside one another could not be compared any more. */
const MOST_CARDS = 4;

/** Who gives it: the speaker, whom a figure is according to, who did it. */
function whoOf(record: AnyRecord, words: Words): string {
  switch (record.kind) {
    case 'statement':
      return speakerInWords(record, words);
    case 'figure':
      return record.accordingTo ? partyInWords(record.accordingTo, words) : words.t('desk.words.nobody');
    case 'incident':
      return perpetratorsOf(record, words) || words.t('desk.words.nobody');
  }
}

/** What it gives: the words, how many of what, what was done. */
function whatOf(record: AnyRecord, words: Words): string {
  switch (record.kind) {
    case 'statement':
      return wordsSaid(record, words);
    case 'figure':
      return words.t('desk.words.figure', { counted: record.counted, amount: figureAmount(record, words) });
    case 'incident':
      return record.title;
  }
}

/** Where it was, or in what it was said. */
function whereOf(record: AnyRecord, words: Words): string | null {
  if (record.kind === 'statement') return record.venue && words.t(`vocabulary.venue.${record.venue}`);
  return record.place && placeInWords(record.place, words);
}

/** Whether a statement says no more than its marked passage: once is enough. */
function isItsPassage(record: AnyRecord): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  return record.kind === 'statement' && plain(record.content) === plain(record.passages[0]?.exact ?? '');
}

/** The records of a disagreement: cards side by side, a table where there are many. */
export function Evidence({
  ends,
  records,
}: {
  ends: readonly LinkEnd[];
  records: ReadonlyMap<string, AnyRecord>;
}): ReactNode {
  const { t } = useMessages();
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence">{t('desk.disagreements.evidence', { count: ends.length })}</h2>
      {ends.length > MOST_CARDS ? (
        <EvidenceTable ends={ends} records={records} />
      ) : (
        <ul className={style.cards}>
          {ends.map((end) => {
            const record = records.get(end.id);
            return (
              <li key={end.id} className={style.card} data-kind={end.kind}>
                {record ? <Card record={record} /> : <Gone end={end} />}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function Gone({ end }: { end: LinkEnd }): ReactNode {
  const { t } = useMessages();
  return (
    <>
      <KindMark kind={end.kind} label />
      <p className={style.muted}>{t('desk.disagreements.record-gone')}</p>
    </>
  );
}

function Card({ record }: { record: AnyRecord }): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const [first] = record.passages;
  const about = [recordDate(record, words), whereOf(record, words)].filter((part) => part !== null);
  return (
    <article aria-label={whoOf(record, words)}>
      <header>
        <p className={style.meta}>
          <KindMark kind={record.kind} label />
          {!isStanding(record.status) && (
            <span className={style.stale}>{t(`vocabulary.status.${record.status}`)}</span>
          )}
        </p>
        <h3 dir="auto">{whoOf(record, words)}</h3>
        {about.length > 0 && <p className={style.muted}>{about.join(' · ')}</p>}
      </header>
      {!isItsPassage(record) && (
        <p
          className={style.what}
          dir="auto"
          lang={record.kind === 'figure' ? undefined : (record.language ?? undefined)}
        >
          {whatOf(record, words)}
        </p>
      )}
      {first && <PassageInContext record={record} passage={first} />}
      <p className={style.more}>
        {record.passages.length > 1 && (
          <span>{t('desk.disagreements.more-passages', { count: record.passages.length - 1 })}</span>
        )}
        <Link href={recordHref(slug, record.kind, record.id)}>{t('desk.disagreements.open-record')}</Link>
      </p>
    </article>
  );
}

function EvidenceTable({
  ends,
  records,
}: {
  ends: readonly LinkEnd[];
  records: ReadonlyMap<string, AnyRecord>;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  return (
    <div className={style.scroll}>
      <table className={style.table}>
        <thead>
          <tr>
            {(['who', 'what', 'when', 'passage'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`desk.disagreements.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ends.map((end) => {
            const record = records.get(end.id);
            if (!record) {
              return (
                <tr key={end.id}>
                  <td colSpan={4} className={style.muted}>
                    {t('desk.disagreements.record-gone')}
                  </td>
                </tr>
              );
            }
            const [first] = record.passages;
            return (
              <tr key={end.id} data-kind={record.kind}>
                <td dir="auto">
                  <KindMark kind={record.kind} /> {whoOf(record, words)}
                </td>
                <td dir="auto">
                  <Link href={recordHref(slug, record.kind, record.id)}>{whatOf(record, words)}</Link>
                </td>
                <td>{recordDate(record, words)}</td>
                <td dir="auto" lang={record.language ?? undefined}>
                  {first && (
                    <Link href={readerHref(slug, first.source, record.id)} className={style.quote}>
                      {first.exact}
                    </Link>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
