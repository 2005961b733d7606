// The queue beside the text: how far one is, what is shown and in what order, and the records one by one.
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { pageAt } from '../../ui/page-text.ts';
import { proposerInWords } from '../../ui/proposer-words.ts';
import { RecordForm } from '../../ui/record-form.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { useKnownNames } from './known-names.ts';
import { countsOf, hasStatus, KINDS, passageHere, proposersOf, type QueueView } from './queue.ts';
import style from './queue-panel.module.css';
import { CardActions, RecordCard } from './record-card.tsx';
import type { Reader } from './use-reader.ts';

/** Cards are drawn in groups of so many, each when it comes near. */
const GROUP = 30;

/** The queue of a source. `next` goes on to the next source that waits. */
export function QueuePanel({
  reader,
  slug,
  next,
}: {
  reader: Reader;
  slug: string;
  next: () => void;
}): ReactNode {
  const { t } = useMessages();
  const { queue, progress, saving, making } = reader;
  const [isOpen, setOpen] = useState(false);
  const groups: ReactNode[] = [];
  for (let from = 0; from < queue.length; from += GROUP) {
    groups.push(
      <CardGroup
        key={from}
        reader={reader}
        slug={slug}
        from={from}
        to={Math.min(queue.length, from + GROUP)}
      />,
    );
  }
  return (
    <div
      className={style.panel}
      data-dock=""
      data-open={isOpen ? '' : undefined}
      data-making={making ? '' : undefined}
    >
      <header className={style.head}>
        <div className={style.progress}>
          <p>
            {progress.total === 0 ? t('desk.reader.nothing-suggested') : t('desk.reader.progress', progress)}
          </p>
          {reader.mayWrite && <Saving saving={saving} />}
          <button
            type="button"
            className={style.toggle}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'desk.reader.hide-list' : 'desk.reader.show-list')}
          </button>
        </div>
        {progress.total > 0 && (
          <progress
            max={progress.total}
            value={progress.decided}
            aria-label={t('desk.reader.progress', progress)}
          />
        )}
        <Filters reader={reader} />
      </header>
      {making ? (
        <NewRecord reader={reader} slug={slug} />
      ) : (
        <section className={style.queue} data-queue="" aria-label={t('desk.reader.queue')}>
          {queue.length === 0 ? <Empty reader={reader} next={next} /> : groups}
          {queue.length > 0 && progress.total > 0 && progress.decided === progress.total && (
            <Done next={next} />
          )}
        </section>
      )}
    </div>
  );
}

function Saving({ saving }: { saving: Reader['saving'] }): ReactNode {
  const { t } = useMessages();
  const { state, waiting, unsaved, retry } = saving;
  if (state === 'failed') {
    return (
      <p className={style.saving} data-state="failed" role="alert">
        {t('desk.reader.not-saved', { count: waiting })}{' '}
        <Button small onPress={retry}>
          {t('desk.state.retry')}
        </Button>
      </p>
    );
  }
  return (
    <p className={style.saving} data-state={unsaved ? 'saving' : 'saved'}>
      {t(unsaved ? 'desk.reader.saving' : 'desk.reader.saved')}
    </p>
  );
}

const STATUSES: QueueView['status'][] = ['waiting', 'accepted', 'rejected', 'all'];

function Filters({ reader }: { reader: Reader }): ReactNode {
  const words = useMessages();
  const { t, formatNumber } = words;
  const id = useId();
  const { view, setView, records } = reader;
  const proposers = proposersOf(records);
  const all = countsOf(records);
  const shown = countsOf(records.filter((record) => hasStatus(record, view.status)));
  return (
    <div className={style.filters}>
      <fieldset className={style.kinds}>
        <legend className="visually-hidden">{t('desk.reader.kinds')}</legend>
        {KINDS.map((kind) => {
          const isOn = view.kinds.includes(kind);
          return (
            <button
              key={kind}
              type="button"
              aria-pressed={isOn}
              onClick={() =>
                setView({
                  ...view,
                  kinds: isOn ? view.kinds.filter((one) => one !== kind) : [...view.kinds, kind],
                })
              }
            >
              <KindMark kind={kind} /> {formatNumber(shown[kind])}
            </button>
          );
        })}
      </fieldset>
      <label htmlFor={`${id}-status`} className="visually-hidden">
        {t('desk.reader.status')}
      </label>
      <select
        id={`${id}-status`}
        value={view.status}
        onChange={(event) => setView({ ...view, status: event.target.value as QueueView['status'] })}
      >
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {t(`desk.reader.status.${status}`, { count: all[status] })}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-order`} className="visually-hidden">
        {t('desk.reader.order')}
      </label>
      <select
        id={`${id}-order`}
        value={view.order}
        onChange={(event) => setView({ ...view, order: event.target.value as QueueView['order'] })}
      >
        <option value="text">{t('desk.reader.order.text')}</option>
        <option value="unsure">{t('desk.reader.order.unsure')}</option>
      </select>
      {(proposers.length > 1 || view.proposer !== undefined) && (
        <select
          aria-label={t('desk.reader.proposer')}
          value={view.proposer ?? ''}
          onChange={(event) => setView({ ...view, proposer: event.target.value || undefined })}
        >
          <option value="">{t('desk.reader.proposer.all')}</option>
          {proposers.map((one) => (
            <option key={one.proposer} value={one.proposer}>
              {proposerInWords(one, words)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** Some cards; only their room is kept while they are far from sight. */
function CardGroup({
  reader,
  slug,
  from,
  to,
}: {
  reader: Reader;
  slug: string;
  from: number;
  to: number;
}): ReactNode {
  const { queue, focus, page, source } = reader;
  const [isNear, setNear] = useState(from === 0);
  const list = useRef<HTMLOListElement>(null);
  const latest = useRef(reader);
  useEffect(() => {
    latest.current = reader;
  });
  const [focusOn] = useState(() => (id: string) => latest.current.focusOn(id, 'keys'));
  useEffect(() => {
    if (!list.current) return;
    const observer = new IntersectionObserver(([seen]) => setNear(seen!.isIntersecting), {
      rootMargin: '1200px',
    });
    observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  const records = queue.slice(from, to);
  const holds = focus !== null && records.some((record) => record.id === focus.id);
  const words = (record: AnyRecord, isFocused: boolean) => {
    const here = isFocused && reader.range ? reader.range : passageHere(record, source.id);
    return here && page.text.slice(here.start, here.end);
  };
  return (
    <ol
      ref={list}
      className={style.group}
      style={isNear || holds ? undefined : { blockSize: `${records.length * 8}rem` }}
    >
      {(isNear || holds) &&
        records.map((record, at) => {
          const isFocused = record.id === focus?.id;
          const here = passageHere(record, source.id);
          return (
            <RecordCard
              key={record.id}
              record={record}
              passage={words(record, isFocused)}
              page={here && pageAt(page.pages, here.start)}
              language={page.language}
              isFocused={isFocused}
              place={from + at + 1}
              of={queue.length}
              focusOn={focusOn}
            >
              {isFocused && <CardActions key={record.id} reader={reader} slug={slug} record={record} />}
            </RecordCard>
          );
        })}
    </ol>
  );
}

function Empty({ reader, next }: { reader: Reader; next: () => void }): ReactNode {
  const { t } = useMessages();
  const { progress, view, records } = reader;
  if (records.length === 0) return <p className={style.hint}>{t('desk.reader.none')}</p>;
  if (progress.decided === progress.total && view.status === 'waiting') {
    return (
      <>
        {progress.total > 0 && <Done next={next} />}
        {reader.mayWrite && <p className={style.hint}>{t('desk.reader.make-hint')}</p>}
      </>
    );
  }
  return <p className={style.hint}>{t('desk.reader.filtered')}</p>;
}

function Done({ next }: { next: () => void }): ReactNode {
  const { t } = useMessages();
  return (
    <div className={style.done}>
      <p>{t('desk.reader.done')}</p>
      <Button kind="primary" shortcut="N" onPress={next}>
        {t('desk.reader.next-waiting')}
      </Button>
    </div>
  );
}

function NewRecord({ reader, slug }: { reader: Reader; slug: string }): ReactNode {
  const { t } = useMessages();
  const { kind, draft, draftKey, busy, problem } = reader.making!;
  const known = useKnownNames(slug, reader.records, true);
  const { text, language } = reader.page;
  // Ends that are moved give a statement other words: the form begins again with them, keeping what was written, and
  // gives the focus back to what moved them.
  const words = kind === 'statement' ? (draft.content as { content: string }).content : '';
  const drawn = useRef(words);
  const before = drawn.current === words ? null : document.activeElement;
  useEffect(() => {
    drawn.current = words;
    if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
  });
  const name = t('desk.reader.new', { kind: t(`vocabulary.recordKind.${kind}`) });
  return (
    <section className={style.making} aria-label={name}>
      <h2>
        <KindMark kind={kind} /> {name}
      </h2>
      <blockquote className={style.passage} lang={language ?? undefined} dir="auto">
        {text.slice(draft.range.start, draft.range.end)}
      </blockquote>
      <p className={style.hint}>{t('desk.reader.move-hint')}</p>
      <RecordForm
        key={words}
        noun={kind}
        value={draft.content as Record<string, unknown>}
        known={known}
        draftKey={draftKey}
        busy={busy}
        problem={problem}
        onSave={reader.saveMade}
        onCancel={reader.cancelMaking}
      />
    </section>
  );
}
