// A list of statements, figures or incidents: narrowed by facets and words, sorted, paged, judged; all in its address.
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { type Facet, RecordQuery } from '../../record/record-query.ts';
import type { RecordKind } from '../../record/vocabulary.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Chips, Facets } from '../../ui/facets.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { type AnyRecord, PLURAL } from '../../ui/record-words.ts';
import { SearchBox } from '../../ui/search-box.tsx';
import { useSearchState, writeSearch } from '../../ui/search-state.ts';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { addressOf, useCall } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import {
  judgeable,
  ROUTES,
  recordHref,
  useJudge,
  useSourceTitles,
  type Verb,
} from '../record/record-data.ts';
import { BatchBar } from './batch-bar.tsx';
import { facetGroups, narrowings } from './facet-words.ts';
import { RecordTable } from './record-table.tsx';
import style from './records.module.css';
import { chooseRange, refresh, type Selection, toggle } from './selection.ts';
import { SortChoice } from './sort-choice.tsx';
import { listState } from './trail.ts';

/** The list of one kind of record. */
export function RecordListScreen({ noun }: { noun: RecordKind }): ReactNode {
  const words = useMessages();
  const { t, formatNumber } = words;
  const { slug } = useDossier();
  const [query, setQuery, search] = useSearchState(RecordQuery);
  const [, navigate] = useLocation();
  const before = listState(useHistoryState(), query.cursor)?.before ?? null;

  const { cursor: _, limit: __, sort: ___, order: ____, ...filter } = query;
  const list = useCall(ROUTES[noun].list, { params: { dossier: slug }, query }, { keepPrevious: true });
  // Counting takes longer than listing where there is much to count: the list never waits for it.
  const facets = useCall(
    ROUTES[noun].facets,
    { params: { dossier: slug }, query: filter },
    { keepPrevious: true },
  );
  const records = (list.data?.records ?? NOTHING) as AnyRecord[];
  const next = list.data?.next ?? null;
  const counts = facets.data?.facets;
  const sources = useMemo(
    () => [
      ...query.source,
      ...records.flatMap((record) => record.passages[0]?.source ?? []),
      ...(counts?.source ?? []).flatMap(({ value }) => value ?? []),
    ],
    [query.source, records, counts],
  );
  const titles = useSourceTitles(sources);
  const narrowed = narrowings(noun, query, words, titles);

  const [selection, setSelection] = useState<Selection>(new Map());
  const [active, setActive] = useState(0);
  const lastChosen = useRef(0);
  const rows = useRef<HTMLDivElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  useEffect(() => setSelection((current) => refresh(current, records)), [records]);
  const { judge, isPending } = useJudge(noun);

  /** Narrows or orders the list anew, from its first page. */
  const ask = (change: Partial<RecordQuery>, replace = false) => {
    setActive(0);
    setQuery({ ...change, cursor: undefined }, { replace });
  };
  const clear = () => {
    setActive(0);
    navigate(
      `/d/${slug}/${PLURAL[noun]}${query.sort === 'date' && query.order === 'desc' ? '' : `?${writeSearch(RecordQuery, { sort: query.sort, order: query.order })}`}`,
    );
  };
  const page = (to: { cursor: string; before: string[] }) => {
    setActive(0);
    setQuery({ cursor: to.cursor === '' ? undefined : to.cursor }, { state: { before: to.before } });
    rows.current?.scrollIntoView({ block: 'start' });
  };
  const forward =
    next === null ? undefined : () => page({ cursor: next, before: [...(before ?? []), query.cursor ?? ''] });
  const back =
    before === null
      ? () => page({ cursor: '', before: [] })
      : before.length === 0
        ? undefined
        : () => page({ cursor: before.at(-1)!, before: before.slice(0, -1) });

  const focusRow = (index: number) => {
    const at = Math.max(0, Math.min(records.length - 1, index));
    setActive(at);
    rows.current?.querySelector<HTMLElement>(`[data-row="${at}"]`)?.focus();
  };
  // When the row in focus leaves the list, as an accepted one leaves the list of suggestions, the next takes its place.
  const wasInside = useRef(false);
  const shown = records.map((record) => record.id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the rows are others than before.
  useEffect(() => {
    if (wasInside.current && !rows.current?.contains(document.activeElement) && records.length > 0)
      focusRow(active);
  }, [shown]);

  const choose = (index: number, range: boolean) => {
    const record = records[index];
    if (!record) return;
    // Read now: by the time the selection is made, this row is the last one chosen.
    const from = lastChosen.current;
    setSelection((current) => (range ? chooseRange(current, records, from, index) : toggle(current, record)));
    lastChosen.current = index;
  };
  const decide = (verb: Verb) => {
    const chosen = selection.size > 0 ? [...selection.values()] : records.slice(active, active + 1);
    judge(verb, chosen, () => setSelection(new Map()));
  };
  const open = (index: number) => {
    const record = records[index];
    if (record) navigate(recordHref(slug, noun, record.id), { state: { trail } });
  };
  const trail = { search, ids: records.map((record) => record.id), next, before };
  const mayWrite = useMay()('record.write');
  const target = selection.size > 0 ? [...selection.values()] : records.slice(active, active + 1);
  const can = (verb: Verb) => mayWrite && judgeable(target, verb).length > 0;

  useShortcuts({
    j: { label: t('desk.list.key.next'), run: () => focusRow(wasInside.current ? active + 1 : active) },
    k: { label: t('desk.list.key.previous'), run: () => focusRow(active - 1) },
    Enter: { label: t('desk.list.key.open'), run: () => open(active) },
    ...(can('accept') && { a: { label: t('desk.list.key.accept'), run: () => decide('accept') } }),
    ...(can('reject') && { r: { label: t('desk.list.key.reject'), run: () => decide('reject') } }),
    x: { label: t('desk.list.key.choose'), run: () => choose(active, false) },
    'Shift+x': { label: t('desk.list.key.choose-range'), run: () => choose(active, true) },
    ...(forward && { n: { label: t('desk.list.next'), run: forward } }),
    ...(back && { p: { label: t('desk.list.previous'), run: back } }),
    ...(selection.size > 0 && {
      Escape: { label: t('desk.list.unchoose'), run: () => setSelection(new Map()) },
    }),
    '/': { label: t('desk.list.key.search'), run: () => searchBox.current?.focus() },
  });

  const total = facets.data && !facets.isPlaceholderData ? facets.data.total : null;
  const isEmpty = list.data !== undefined && !list.isPlaceholderData && records.length === 0;
  const isBare = isEmpty && narrowed.length === 0 && query.cursor === undefined;
  const start = before === null ? null : before.length * query.limit + 1;
  const status =
    list.isPlaceholderData || total === null
      ? t('desk.list.looking')
      : start === null || records.length === 0
        ? t('desk.list.total', { count: total })
        : t('desk.list.range', {
            from: formatNumber(start),
            to: formatNumber(start + records.length - 1),
            count: total,
          });

  return (
    <Room
      title={t(`desk.room.${PLURAL[noun]}`)}
      actions={
        !isBare && (
          <LinkButton
            download
            small
            href={addressOf(
              ROUTES[noun].list,
              { params: { dossier: slug }, query: { ...filter, sort: query.sort, order: query.order } },
              '.csv',
            )}
          >
            {t('desk.list.csv')}
          </LinkButton>
        )
      }
    >
      {isBare ? (
        <EmptyState
          title={t(`desk.list.none.${noun}`)}
          action={
            <LinkButton kind="primary" href={`/d/${slug}/sources`}>
              {t('desk.list.to-sources')}
            </LinkButton>
          }
        >
          <p>{t(`desk.list.none-words.${noun}`)}</p>
        </EmptyState>
      ) : (
        <div className={style.screen}>
          <aside className={style.side} aria-label={t('desk.list.narrow')}>
            <details className={style.narrow} open={isWide()}>
              <summary>{t('desk.list.narrow-count', { count: narrowed.length })}</summary>
              {facets.error ? (
                <ErrorState problem={facets.error} retry={() => void facets.refetch()} />
              ) : counts === undefined ? (
                <Loading />
              ) : (
                <Facets
                  groups={facetGroups(noun, query, counts, words, titles)}
                  onChange={(name, chosen) =>
                    ask({
                      [name as Facet]: name === 'year' ? chosen.map(Number) : chosen,
                    } as Partial<RecordQuery>)
                  }
                />
              )}
            </details>
          </aside>
          <div className={style.main}>
            <div className={style.tools}>
              <SearchBox
                label={t('desk.list.search')}
                description={t('desk.list.search-hint')}
                className={style.search}
                inputRef={searchBox}
                value={query.q ?? ''}
                onSearch={(q) => ask({ q: q === '' ? undefined : q }, true)}
                onLeave={() => focusRow(active)}
              />
              <SortChoice noun={noun} sort={query.sort} order={query.order} onChange={ask} />
            </div>
            <Chips
              chips={narrowed.map(({ key, label, without }) => ({ key, label, remove: () => ask(without) }))}
              onClear={clear}
            />
            <p className={style.status} role="status">
              {status}
            </p>
            {list.error ? (
              <ErrorState problem={list.error} retry={() => void list.refetch()}>
                {query.cursor !== undefined && (
                  <Button small onPress={() => page({ cursor: '', before: [] })}>
                    {t('desk.list.first')}
                  </Button>
                )}
              </ErrorState>
            ) : list.data === undefined ? (
              <Loading />
            ) : isEmpty ? (
              <EmptyState
                title={t('desk.list.no-match')}
                action={
                  <Button kind="primary" onPress={clear}>
                    {t('desk.list.clear')}
                  </Button>
                }
              >
                <p>{t('desk.list.no-match-words')}</p>
              </EmptyState>
            ) : (
              // biome-ignore lint/a11y/noStaticElementInteractions: it only notices where the focus is.
              <div
                ref={rows}
                className={style.rows}
                data-stale={list.isPlaceholderData || undefined}
                onFocus={() => {
                  wasInside.current = true;
                }}
                onBlur={(event) => {
                  // Focus that goes nowhere was on a row that left; focus that goes elsewhere went by itself.
                  if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget))
                    wasInside.current = false;
                }}
              >
                <RecordTable
                  noun={noun}
                  records={records}
                  titles={titles}
                  active={active}
                  selection={selection}
                  trail={trail}
                  onActive={setActive}
                  onChoose={choose}
                  onChooseAll={(all) =>
                    setSelection((current) =>
                      all
                        ? chooseRange(current, records, 0, records.length - 1)
                        : new Map([...current].filter(([id]) => !records.some((record) => record.id === id))),
                    )
                  }
                />
              </div>
            )}
            {(forward || back) && records.length > 0 && (
              <nav className={style.pages} aria-label={t('desk.list.pages')}>
                {back && (
                  <Button onPress={back} shortcut="p">
                    {before === null ? t('desk.list.first') : t('desk.list.previous')}
                  </Button>
                )}
                {forward && (
                  <Button onPress={forward} shortcut="n">
                    {t('desk.list.next')}
                  </Button>
                )}
              </nav>
            )}
            {mayWrite && (
              <BatchBar
                selection={selection}
                isPending={isPending}
                onJudge={decide}
                onClear={() => setSelection(new Map())}
              />
            )}
          </div>
        </div>
      )}
    </Room>
  );
}

const NOTHING: AnyRecord[] = [];

/** Whether there is room beside the list: facets are open there, and folded above the list where there is none. */
function isWide(): boolean {
  return window.matchMedia('(min-width: 60rem)').matches;
}
