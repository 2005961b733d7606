// The list of the queue: which states and kinds are shown, and the disagreements line by line, several to be chosen.
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { DisagreementKind, DisagreementState } from '../../record/vocabulary.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { ShowChoice } from '../../ui/show-choice.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import style from './disagreements.module.css';
import { KindSign } from './kind-sign.tsx';
import { type Item, MOST_AT_ONCE, type QueueView, type useQueue } from './queue-data.ts';
import { summaryOf } from './summary.ts';

/** The filters, with how many each would leave. */
export function QueueFilters({
  view,
  counts,
  onChange,
}: {
  view: QueueView;
  counts: NonNullable<ReturnType<typeof useQueue>['first']>['counts'] | undefined;
  onChange: (change: Partial<QueueView>) => void;
}): ReactNode {
  const { t } = useMessages();
  const all = Object.values(counts?.state ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <div className={style.filters}>
      <ShowChoice
        legend={t('desk.disagreements.states')}
        value={view.show}
        options={([...DisagreementState.options, 'all'] as const).map((show) => ({
          value: show,
          label: t(`desk.disagreements.state.${show}`),
          count: counts && (show === 'all' ? all : (counts.state[show] ?? 0)),
        }))}
        onChange={(show) => onChange({ show })}
      />
      <Select
        label={t('desk.disagreements.kind')}
        hideLabel
        value={view.kind[0] ?? ''}
        onChange={(kind) => onChange({ kind: kind === '' ? [] : [kind as DisagreementKind] })}
        options={[
          { value: '', label: t('desk.disagreements.kind.all') },
          ...DisagreementKind.options
            .filter((kind) => (counts?.kind[kind] ?? 0) > 0 || view.kind.includes(kind))
            .map((kind) => ({
              value: kind as string,
              label: t('desk.disagreements.kind.one', {
                kind: t(`words.disagreement-kind.${kind}`),
                count: counts?.kind[kind] ?? 0,
              }),
            })),
        ]}
      />
    </div>
  );
}

/** The lines. `focus` is the one looked at. */
export function QueueList({
  queue,
  focus,
  chosen,
  hrefOf,
  showsState,
  onChoose,
}: {
  queue: ReturnType<typeof useQueue>;
  focus: string | null;
  chosen: ReadonlySet<string>;
  hrefOf: (key: string) => string;
  /** Whether lines of several states stand here. */
  showsState: boolean;
  onChoose: (at: number, range: boolean) => void;
}): ReactNode {
  const { t } = useMessages();
  const { pages, items, first } = queue;
  if (pages.error && !first) return <ErrorState problem={pages.error} retry={() => void pages.refetch()} />;
  if (!first) return <Loading />;
  return (
    <>
      <ol className={style.lines} data-queue="" aria-label={t('desk.disagreements.list')}>
        {items.map((item, at) => (
          <Line
            key={item.key}
            item={item}
            records={queue.records}
            isFocused={item.key === focus}
            isChosen={chosen.has(item.key)}
            href={hrefOf(item.key)}
            showsState={showsState}
            onChoose={(range) => onChoose(at, range)}
          />
        ))}
      </ol>
      {pages.hasNextPage && (
        <p className={style.more}>
          <Button small isPending={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
            {t('desk.disagreements.more')}
          </Button>
        </p>
      )}
    </>
  );
}

function Line({
  item,
  records,
  isFocused,
  isChosen,
  href,
  showsState,
  onChoose,
}: {
  item: Item;
  records: ReadonlyMap<string, AnyRecord>;
  isFocused: boolean;
  isChosen: boolean;
  href: string;
  showsState: boolean;
  onChoose: (range: boolean) => void;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const line = useRef<HTMLLIElement>(null);
  const summary = summaryOf(item, records, words);
  useEffect(() => {
    if (!isFocused || !line.current) return;
    line.current.scrollIntoView({ block: 'nearest' });
    // Those who move with the keyboard in the list move with the focus; whoever reads the evidence stays there.
    const list = line.current.closest('[data-queue]');
    if (list?.contains(document.activeElement))
      line.current.querySelector('a')?.focus({ preventScroll: true });
  }, [isFocused]);
  return (
    <li
      ref={line}
      className={style.line}
      data-focused={isFocused || undefined}
      data-chosen={isChosen || undefined}
    >
      <input
        type="checkbox"
        aria-label={t('desk.disagreements.choose', { summary })}
        checked={isChosen}
        onChange={(event) => onChoose((event.nativeEvent as MouseEvent).shiftKey)}
      />
      <Link href={href} aria-current={isFocused ? 'true' : undefined} className={style.open}>
        <span className={style.meta}>
          <KindSign kind={item.kind} />
          {showsState && <span>{t(`words.disagreement-state.${item.state}`)}</span>}
          {item.isStale && <span className={style.stale}>{t('desk.disagreements.changed')}</span>}
          {item.isGone && <span className={style.stale}>{t('desk.disagreements.gone')}</span>}
        </span>
        <span className={style.summary} dir="auto">
          {summary}
        </span>
      </Link>
    </li>
  );
}

/** What can be done with several at once; nothing while none is chosen. */
export function ChosenBar({
  items,
  isPending,
  onDismiss,
  onReopen,
  onClear,
}: {
  items: readonly Item[];
  isPending: boolean;
  onDismiss: () => void;
  onReopen: () => void;
  onClear: () => void;
}): ReactNode {
  const { t } = useMessages();
  if (items.length === 0) return null;
  const isTooMany = items.length > MOST_AT_ONCE;
  const judged = items.filter(({ state }) => state !== 'open').length;
  const kept = items.filter(({ state }) => state !== 'dismissed').length;
  return (
    <section className={style.chosen} aria-label={t('desk.disagreements.chosen', { count: items.length })}>
      <p role="status">
        {isTooMany
          ? t('desk.disagreements.too-many', { count: items.length, most: MOST_AT_ONCE })
          : t('desk.disagreements.chosen', { count: items.length })}
      </p>
      <div>
        {kept > 0 && (
          <Button small shortcut="D" isDisabled={isTooMany} isPending={isPending} onPress={onDismiss}>
            {t('desk.disagreements.dismiss-all', { count: kept })}
          </Button>
        )}
        {judged > 0 && (
          <Button small shortcut="O" isDisabled={isTooMany} isPending={isPending} onPress={onReopen}>
            {t('desk.disagreements.reopen-all', { count: judged })}
          </Button>
        )}
        <Button small kind="quiet" shortcut="Esc" onPress={onClear}>
          {t('desk.disagreements.unchoose')}
        </Button>
      </div>
    </section>
  );
}
