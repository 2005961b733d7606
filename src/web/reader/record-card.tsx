// A record in the queue: what it says in words, how sure the proposer was, its passage; in focus, what can be done.
import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../ui/button.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages, type Words } from '../../ui/messages.tsx';
import { pageAt } from '../../ui/page-text.ts';
import { filledInWords, proposersInWords } from '../../ui/proposer-words.ts';
import { RecordForm } from '../../ui/record-form.tsx';
import {
  type AnyRecord,
  figureAmount,
  PLURAL,
  partyInWords,
  placeInWords,
  recordDate,
  speakerInWords,
} from '../../ui/record-words.ts';
import { useKnownNames } from './known-names.ts';
import { certainty, passageHere } from './queue.ts';
import style from './queue-panel.module.css';
import { RecordHistory } from './record-history.tsx';
import type { Reader } from './use-reader.ts';

/** What a record says, its most telling part first. */
function tell(record: AnyRecord, words: Words): { lead: string; rest: string[] } {
  const { t } = words;
  const date = recordDate(record, words);
  switch (record.kind) {
    case 'statement':
      return {
        lead: speakerInWords(record, words),
        rest: [
          t(`vocabulary.statementMode.${record.mode}`),
          record.addressee && t('desk.reader.to', { party: record.addressee.name }),
          record.venue && t(`vocabulary.venue.${record.venue}`),
          date,
        ].filter((part) => part !== null),
      };
    case 'figure':
      return {
        lead: t('desk.words.figure', { counted: record.counted, amount: figureAmount(record, words) }),
        rest: [
          record.accordingTo &&
            t('desk.reader.according-to', { party: partyInWords(record.accordingTo, words) }),
          record.place && placeInWords(record.place, words),
          date,
        ].filter((part) => part !== null),
      };
    case 'incident':
      return {
        lead: record.title,
        rest: [
          record.acts.map((act) => t(`vocabulary.actKind.${act.kind}`)).join(', '),
          record.place && placeInWords(record.place, words),
          date,
        ].filter((part) => part !== null),
      };
  }
}

interface CardProps {
  record: AnyRecord;
  /** The words of its passage here; null where it was lost. */
  passage: string | null;
  page: number | null;
  language: string | null;
  isFocused: boolean;
  /** Its place in the queue, counted from 1, and how long the queue is. */
  place: number;
  of: number;
  focusOn: (id: string) => void;
  children?: ReactNode;
}

/** A card; it is drawn again only when it changes. Its children are what can be done, and only the one in focus has any. */
export const RecordCard = memo(function RecordCard(props: CardProps): ReactNode {
  const { record, passage, page, language, isFocused, place, of, focusOn, children } = props;
  const words = useMessages();
  const { t } = words;
  const card = useRef<HTMLLIElement>(null);
  const { lead, rest } = tell(record, words);
  const sure = certainty(record);

  useEffect(() => {
    if (!isFocused || !card.current) return;
    card.current.scrollIntoView({ block: 'nearest' });
    // Those who move with the keyboard in the queue move with the focus; whoever reads the text stays there.
    const queue = card.current.closest('[data-queue]');
    if (queue?.contains(document.activeElement)) card.current.focus({ preventScroll: true });
  }, [isFocused]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: j and k move the focus, and every card can be reached by Tab's roving focus.
    <li
      ref={card}
      id={`card-${record.id}`}
      className={style.card}
      data-kind={record.kind}
      data-status={record.status}
      data-focused={isFocused ? '' : undefined}
      aria-current={isFocused ? 'true' : undefined}
      aria-posinset={place}
      aria-setsize={of}
      tabIndex={isFocused ? 0 : -1}
      onClick={() => !isFocused && focusOn(record.id)}
    >
      <p className={style.meta}>
        <KindMark kind={record.kind} label />
        <span className={style.state} data-sure={record.status === 'suggested' ? sure : undefined}>
          {record.status !== 'suggested'
            ? t(`vocabulary.status.${record.status}`)
            : sure
              ? t(`desk.reader.sure.${sure}`)
              : t('vocabulary.status.suggested')}
        </span>
        {page !== null && <span>{t('desk.reader.page', { page })}</span>}
        {record.provenance && <span>{proposersInWords(record.provenance, words)}</span>}
      </p>
      <p
        className={style.lead}
        lang={record.kind === 'incident' ? (language ?? undefined) : undefined}
        dir="auto"
      >
        {lead}
      </p>
      {rest.length > 0 && <p className={style.rest}>{rest.join(' · ')}</p>}
      {isFocused &&
        record.provenance &&
        filledInWords(record.provenance, record.kind, words).map((line) => (
          <p key={line} className={style.rest}>
            {line}
          </p>
        ))}
      {passage === null ? (
        <p className={style.lost}>{t('desk.reader.lost')}</p>
      ) : passage.replace(/\s+/g, ' ') === lead ? null : (
        <blockquote className={style.passage} lang={language ?? undefined} dir="auto">
          {passage}
        </blockquote>
      )}
      {children}
    </li>
  );
});

/** What can be done with the record in focus. */
export function CardActions({
  reader,
  slug,
  record,
}: {
  reader: Reader;
  slug: string;
  record: AnyRecord;
}): ReactNode {
  const { t } = useMessages();
  const [showsHistory, setShowsHistory] = useState(false);
  const { status } = record;
  const editing = reader.editing?.id === record.id ? reader.editing : null;
  const known = useKnownNames(slug, reader.records, editing !== null);
  if (editing) {
    return (
      <RecordForm
        noun={record.kind}
        value={record}
        known={known}
        busy={editing.busy}
        problem={editing.problem}
        onSave={(_, changed) => reader.saveEdit(changed)}
        onCancel={reader.cancelEdit}
      />
    );
  }
  return (
    <div className={style.actions}>
      <div className={style.buttons}>
        {reader.mayWrite && (status === 'suggested' || status === 'rejected') && (
          <Button kind="primary" small shortcut="A" onPress={reader.accept}>
            {t('desk.reader.accept')}
          </Button>
        )}
        {reader.mayWrite && (status === 'suggested' || status === 'accepted') && (
          <Button small shortcut="R" onPress={reader.reject}>
            {t('desk.reader.reject')}
          </Button>
        )}
        {reader.mayWrite && status !== 'rejected' && status !== 'withdrawn' && (
          <Button small shortcut="E" onPress={reader.edit}>
            {t('desk.reader.edit')}
          </Button>
        )}
      </div>
      {reader.mayWrite && reader.range && status !== 'rejected' && <MoveButtons reader={reader} />}
      {reader.mayWrite && <Alike reader={reader} record={record} />}
      <div className={style.more}>
        {reader.mayWrite && status === 'suggested' && (
          <Button small kind="quiet" shortcut="S" onPress={reader.skip}>
            {t('desk.reader.skip')}
          </Button>
        )}
        <Button
          small
          kind="quiet"
          aria-expanded={showsHistory}
          onPress={() => setShowsHistory(!showsHistory)}
        >
          {t('desk.reader.history')}
        </Button>
        <Link href={`/d/${slug}/${PLURAL[record.kind]}/${record.id}`}>{t('desk.reader.open-page')}</Link>
      </div>
      {showsHistory && <RecordHistory slug={slug} id={record.id} version={record.version} />}
    </div>
  );
}

/** The ends of the passage, moved word by word: for whoever has neither a mouse nor a keyboard with arrows. */
function MoveButtons({ reader }: { reader: Reader }): ReactNode {
  const { t } = useMessages();
  const button = (edge: 'start' | 'end', direction: -1 | 1) => (
    <Button
      small
      kind="quiet"
      aria-label={t('desk.reader.move', { edge, direction: direction === 1 ? 'on' : 'back' })}
      onPress={() => reader.move(edge, direction)}
    >
      {direction === 1 ? '→' : '←'}
    </Button>
  );
  return (
    <fieldset className={style.move}>
      <legend className="visually-hidden">{t('desk.reader.passage')}</legend>
      <span>{t('desk.reader.start')}</span>
      {button('start', -1)}
      {button('start', 1)}
      <span>{t('desk.reader.end')}</span>
      {button('end', -1)}
      {button('end', 1)}
    </fieldset>
  );
}

/** Suggestions that say the same as this one, to be decided together after they were looked at. */
function Alike({ reader, record }: { reader: Reader; record: AnyRecord }): ReactNode {
  const { t } = useMessages();
  const [isOpen, setOpen] = useState(false);
  const same = reader.alike(record);
  if (same.length < 2) return null;
  const { text, pages } = reader.page;
  const source = reader.source.id;
  return (
    <div className={style.alike}>
      <Button small kind="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        {t('desk.reader.alike', { count: same.length })}
      </Button>
      {isOpen && (
        <>
          <ul lang={reader.page.language ?? undefined}>
            {same.map((one) => {
              const here = passageHere(one, source);
              if (!here) return null;
              const page = pageAt(pages, here.start);
              return (
                <li key={one.id} dir="auto">
                  …{text.slice(Math.max(0, here.start - 50), here.start).replace(/^\S*\s/, '')}
                  <strong>{text.slice(here.start, here.end)}</strong>
                  {text.slice(here.end, here.end + 50).replace(/\s\S*$/, '')}…
                  {page !== null && ` (${t('desk.reader.page', { page })})`}
                </li>
              );
            })}
          </ul>
          <div className={style.buttons}>
            <Button small kind="primary" onPress={() => reader.judge('accept', same)}>
              {t('desk.reader.accept-all', { count: same.length })}
            </Button>
            <Button small onPress={() => reader.judge('reject', same)}>
              {t('desk.reader.reject-all', { count: same.length })}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
