// The queue of what does not fit: the list on the left, the one looked at beside it, judged by keys, taken back by undo.
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import type { DisagreementDecision } from '../../record/disagreement.ts';
import { LinkButton } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { useSearchState, writeSearch } from '../../ui/search-state.ts';
import { type Shortcuts, useShortcuts } from '../../ui/shortcuts.tsx';
import { EmptyState, ErrorState, Loading, Notice } from '../../ui/state.tsx';
import { addressOf } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import style from './disagreements.module.css';
import { Evidence } from './evidence.tsx';
import { FilingScreen } from './filing.tsx';
import { Judgement } from './judgement.tsx';
import { KindSign } from './kind-sign.tsx';
import {
  disagreementHref,
  filingHref,
  type Item,
  MOST_AT_ONCE,
  QueueView,
  useDecide,
  useOne,
  useQueue,
} from './queue-data.ts';
import { ChosenBar, QueueFilters, QueueList } from './queue-list.tsx';
import { nextAfter } from './queue-step.ts';

/** The screen; its address may name one disagreement, or the form that files one. */
export function DisagreementsScreen(): ReactNode {
  const { '*': rest = '' } = useParams<{ '*'?: string }>();
  const key = decodeURIComponent(rest);
  return key === 'new' ? <FilingScreen /> : <Queue asked={key === '' ? null : key} />;
}

function Queue({ asked }: { asked: string | null }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const mayWrite = useMay()('record.write');
  const [, navigate] = useLocation();
  const [view, , search] = useSearchState(QueueView);
  const queue = useQueue(view);
  const { items } = queue;
  const key = asked ?? items[0]?.key ?? null;
  const listed = items.find((item) => item.key === key);
  const one = useOne(key, listed, queue.records);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Item>>(new Map());
  const lastChosen = useRef(0);
  const list = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLElement>(null);

  const hrefOf = (to: string) => disagreementHref(slug, to) + (search === '' ? '' : `?${search}`);
  const goTo = (to: string | null) =>
    navigate(to === null ? `/d/${slug}/disagreements${search === '' ? '' : `?${search}`}` : hrefOf(to), {
      replace: true,
    });
  const { decide, isPending, undo, redo } = useDecide(goTo);
  const at = items.findIndex((item) => item.key === key);
  useEffect(() => {
    if (key !== null) pane.current?.scrollTo(0, 0);
  }, [key]);

  // The log knows a decision by its id; the queue knows it by the key of what it is about.
  const found = one.item?.key;
  useEffect(() => {
    if (asked !== null && found !== undefined && found !== asked)
      navigate(disagreementHref(slug, found), { replace: true });
  }, [asked, found, slug, navigate]);

  const filter = (change: Partial<QueueView>) => {
    setChosen(new Map());
    const next = writeSearch(QueueView, { ...view, ...change });
    navigate(`/d/${slug}/disagreements${next === '' ? '' : `?${next}`}`);
  };
  const step = (by: -1 | 1) => {
    const to = items[at === -1 ? 0 : at + by];
    if (to) goTo(to.key);
    // The rest of the list is fetched before its end is reached.
    if (by === 1 && at + 4 > items.length && queue.pages.hasNextPage && !queue.pages.isFetching)
      void queue.pages.fetchNextPage();
  };
  const choose = (index: number, range: boolean) => {
    const item = items[index];
    if (!item) return;
    const from = lastChosen.current;
    lastChosen.current = index;
    setChosen((current) => {
      const next = new Map(current);
      if (range) {
        for (const each of items.slice(Math.min(from, index), Math.max(from, index) + 1))
          next.set(each.key, each);
      } else if (!next.delete(item.key)) next.set(item.key, item);
      return next;
    });
  };
  /** Decides, and goes on to what is next where what was decided leaves the list. */
  const judge = (some: readonly Item[], decision: DisagreementDecision) => {
    const leaves = view.show !== 'all' && decision.state !== view.show;
    const next = leaves && key !== null ? nextAfter(items, new Set(some.map((item) => item.key)), key) : key;
    decide(some, decision, () => {
      setChosen(new Map());
      if (next !== key) goTo(next);
    });
  };
  // What changed meanwhile is chosen as it is now.
  const many = useMemo(() => {
    const now = new Map(items.map((item) => [item.key, item]));
    return [...chosen].map(([name, item]) => now.get(name) ?? item);
  }, [chosen, items]);
  const bare = { explanation: null, reason: null };
  const dismissMany = () =>
    judge(
      many.filter(({ state }) => state !== 'dismissed'),
      { state: 'dismissed', ...bare },
    );
  const reopenMany = () =>
    judge(
      many.filter(({ state }) => state !== 'open'),
      { state: 'open', ...bare },
    );
  const isFit = mayWrite && many.length > 0 && many.length <= MOST_AT_ONCE;

  const shortcuts: Shortcuts = {
    j: { label: t('desk.disagreements.key.next'), run: () => step(1) },
    k: { label: t('desk.disagreements.key.previous'), run: () => step(-1) },
    ...(mayWrite && {
      f: { label: t('desk.disagreements.file'), run: () => navigate(filingHref(slug)) },
      u: { label: t('desk.undo.key'), run: undo },
      'Shift+u': { label: t('desk.undo.key-redo'), run: redo },
    }),
    ...(mayWrite &&
      at >= 0 && {
        x: { label: t('desk.disagreements.key.choose'), run: () => choose(at, false) },
        'Shift+x': { label: t('desk.disagreements.key.choose-range'), run: () => choose(at, true) },
      }),
    ...(isFit && {
      d: { label: t('desk.disagreements.dismiss-all', { count: many.length }), run: dismissMany },
      o: { label: t('desk.disagreements.reopen-all', { count: many.length }), run: reopenMany },
    }),
    ...(many.length > 0 && {
      Escape: { label: t('desk.disagreements.unchoose'), run: () => setChosen(new Map()) },
    }),
  };
  useShortcuts(shortcuts);

  const first = queue.first;
  const all = first && Object.values(first.counts.state).reduce((sum, count) => sum + count, 0);
  const isBare = all === 0 && asked === null;
  return (
    <Room
      title={t('desk.room.disagreements')}
      fill
      actions={
        <>
          {!isBare && (
            <LinkButton
              small
              download
              href={addressOf(
                'GET /dossiers/:dossier/disagreements',
                {
                  params: { dossier: slug },
                  query: { state: view.show === 'all' ? [] : [view.show], kind: view.kind },
                },
                '.csv',
              )}
            >
              {t('desk.disagreements.csv')}
            </LinkButton>
          )}
          {mayWrite && (
            <LinkButton small href={filingHref(slug)}>
              {t('desk.disagreements.file')}
            </LinkButton>
          )}
        </>
      }
    >
      {isBare ? (
        <EmptyState
          title={t('desk.disagreements.none')}
          action={
            <LinkButton kind="primary" href={`/d/${slug}/sources`}>
              {t('desk.disagreements.none-go')}
            </LinkButton>
          }
        >
          <p>{t('desk.disagreements.none-words')}</p>
        </EmptyState>
      ) : (
        <div className={style.screen} data-one={asked === null ? undefined : ''}>
          <div className={style.side} ref={list}>
            <QueueFilters view={view} counts={first?.counts} onChange={filter} />
            <p className={style.total} role="status">
              {first && t('desk.disagreements.total', { count: first.total })}
            </p>
            <QueueList
              queue={queue}
              focus={key}
              chosen={new Set(chosen.keys())}
              hrefOf={hrefOf}
              showsState={view.show === 'all'}
              onChoose={choose}
            />
            {mayWrite && (
              <ChosenBar
                items={many}
                isPending={isPending}
                onDismiss={dismissMany}
                onReopen={reopenMany}
                onClear={() => setChosen(new Map())}
              />
            )}
          </div>
          <section className={style.pane} ref={pane} aria-label={t('desk.disagreements.one')}>
            <p className={style.back}>
              <Link href={`/d/${slug}/disagreements${search === '' ? '' : `?${search}`}`}>
                ‹ {t('desk.disagreements.back')}
              </Link>
              {at >= 0 && first && (
                <span>{t('desk.disagreements.position', { at: at + 1, count: first.total })}</span>
              )}
            </p>
            {key === null ? (
              first && <NothingHere view={view} slug={slug} />
            ) : one.item ? (
              <One
                key={one.item.key}
                item={one.item}
                records={one.records}
                isWaiting={one.isWaiting}
                takesKeys={many.length === 0}
                isPending={isPending}
                onDecide={(decision) => judge([one.item!], decision)}
                onLeave={() => list.current?.querySelector<HTMLElement>('[aria-current]')?.focus()}
              />
            ) : one.problem?.code === 'not-found' ? (
              <Notice tone="warning">{t('desk.disagreements.missing')}</Notice>
            ) : one.problem ? (
              <ErrorState problem={one.problem} retry={one.retry} />
            ) : (
              <Loading />
            )}
          </section>
        </div>
      )}
    </Room>
  );
}

/** Nothing in this view: because all is judged, or because nothing has this state and kind. */
function NothingHere({ view, slug }: { view: QueueView; slug: string }): ReactNode {
  const { t } = useMessages();
  if (view.show === 'open' && view.kind.length === 0) {
    return (
      <EmptyState
        title={t('desk.disagreements.done')}
        action={
          <>
            <LinkButton kind="primary" href={`/d/${slug}/publish`}>
              {t('desk.disagreements.done-publish')}
            </LinkButton>
            <LinkButton href={`/d/${slug}/disagreements?show=all`}>
              {t('desk.disagreements.done-all')}
            </LinkButton>
          </>
        }
      >
        <p>{t('desk.disagreements.done-words')}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t('desk.disagreements.no-match')}
      action={
        <LinkButton href={`/d/${slug}/disagreements?show=all`}>{t('desk.disagreements.done-all')}</LinkButton>
      }
    >
      <p>{t('desk.disagreements.no-match-words')}</p>
    </EmptyState>
  );
}

function One({
  item,
  records,
  isWaiting,
  ...judging
}: {
  item: Item;
  records: ReadonlyMap<string, AnyRecord>;
  isWaiting: boolean;
  takesKeys: boolean;
  isPending: boolean;
  onDecide: (decision: DisagreementDecision) => void;
  onLeave: () => void;
}): ReactNode {
  const { t } = useMessages();
  return (
    <div className={style.one}>
      <header className={style.head}>
        <KindSign kind={item.kind} />
        <span className={style.state}>{t(`words.disagreement-state.${item.state}`)}</span>
        <span className={style.muted}>
          {item.check === null
            ? t('desk.disagreements.filed-by')
            : t('desk.disagreements.found-by', { check: item.check })}
        </span>
      </header>
      {item.isStale && (
        <Notice tone="warning">
          <p>{t('desk.disagreements.stale')}</p>
          {item.decision && (
            <details>
              <summary>{t('desk.disagreements.then')}</summary>
              <Working steps={item.decision.working} />
            </details>
          )}
        </Notice>
      )}
      {item.isGone && <Notice tone="warning">{t('desk.disagreements.gone-words')}</Notice>}
      {isWaiting ? <Loading /> : <Evidence ends={item.records} records={records} />}
      <section aria-labelledby="working">
        <h2 id="working">{t('desk.disagreements.working')}</h2>
        <Working steps={item.working} />
      </section>
      <Judgement key={item.decision?.version ?? 0} item={item} records={records} {...judging} />
    </div>
  );
}

/** The working as numbered sentences: each can be done again by hand. */
function Working({ steps }: { steps: Item['working'] }): ReactNode {
  const { formatStep } = useMessages();
  return (
    <ol className={style.working}>
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is what it is by its place.
        <li key={at} dir="auto">
          {formatStep(step)}
        </li>
      ))}
    </ol>
  );
}
