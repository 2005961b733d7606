// A statement of a thread looked at closely: every passage that reports it, how it stands to others, and where it belongs.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Statement } from '../../record/statement.ts';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { PassageView } from '../../ui/passage-view.tsx';
import { speakerInWords, wordsSaid } from '../../ui/record-words.ts';
import { useDossier } from '../dossier-context.tsx';
import { readerHref, recordHref, useSourceTitles } from '../record/record-data.ts';
import { RecordLinks } from '../record/record-links.tsx';
import style from './said.module.css';
import type { ThreadStatement } from './thread-data.ts';

/** The inspector. `topics` are those that hold the thread together; `onTakeOut` takes them from this statement. */
export function ThreadInspector({
  one,
  number,
  records,
  topics,
  onTakeOut,
}: {
  one: ThreadStatement;
  number: number;
  records: ReadonlyMap<string, Statement>;
  topics: readonly string[];
  onTakeOut: (statements: Statement[]) => void;
}): ReactNode {
  const words = useMessages();
  const { t, formatDate } = words;
  const { slug } = useDossier();
  const reports = one.reports.flatMap((id) => records.get(id) ?? []);
  const titles = useSourceTitles(reports.flatMap(({ passages }) => passages.map(({ source }) => source)));
  const record = records.get(one.id);
  if (!record) return null;
  const held = reports.filter((report) => report.topics.some((topic) => topics.includes(topic)));
  const about = [...new Set(reports.flatMap((report) => report.topics))];
  return (
    <div className={style.inspector}>
      <section aria-labelledby="looked-at">
        <h2 id="looked-at">{t('desk.said.looked-at', { number })}</h2>
        <p className={style.voice}>
          <strong dir="auto">{speakerInWords(record, words)}</strong>
          <span>{record.saidOn === null ? t('desk.said.undated') : formatDate(record.saidOn)}</span>
        </p>
        <blockquote className={style.quote} lang={record.language ?? undefined} dir="auto">
          {wordsSaid(record, words)}
        </blockquote>
        <p>
          <Link href={recordHref(slug, 'statement', record.id)}>{t('desk.said.open-record')}</Link>
        </p>
      </section>
      <section aria-labelledby="rests-on">
        <h2 id="rests-on">{t('desk.said.rests-on', { count: reports.length })}</h2>
        {reports.flatMap((report) =>
          report.passages.map((passage) => (
            <PassageView
              key={`${report.id}:${passage.source}:${passage.start}`}
              className={style.passage ?? ''}
              passage={passage}
              kind="statement"
              language={report.language}
              source={<cite dir="auto">{titles.get(passage.source) ?? t('desk.list.facet.one-source')}</cite>}
              href={
                <Link href={readerHref(slug, passage.source, report.id)}>{t('desk.record.read-on')}</Link>
              }
            />
          )),
        )}
      </section>
      <div className={style.standing}>
        <RecordLinks key={record.id} record={record} />
      </div>
      <section aria-labelledby="belongs">
        <h2 id="belongs">{t('desk.said.belongs')}</h2>
        {about.length === 0 ? (
          <p className={style.hint}>{t('desk.said.no-topic')}</p>
        ) : (
          <ul className={style.topics}>
            {about.map((topic) => (
              <li key={topic} dir="auto">
                {topic}
              </li>
            ))}
          </ul>
        )}
        {held.length > 0 && (
          <Button small onPress={() => onTakeOut(held)}>
            {t('desk.said.take-out')}
          </Button>
        )}
      </section>
    </div>
  );
}
