// Every figure of a measure, in words: when, how many, according to whom, from where, and what it disagrees with.
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { figureAmount, partyInWords } from '../../ui/record-words.ts';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call } from '../api.ts';
import { disagreementHref } from '../disagreements/queue-data.ts';
import { useDossier } from '../dossier-context.tsx';
import { readerHref, recordHref, useSourceTitles } from '../record/record-data.ts';
import style from './how-many.module.css';

const ROUTE = 'GET /dossiers/:dossier/how-many/:measure/figures';
type Page = AnswerOf<typeof ROUTE>;

const COLUMNS = [
  { sort: 'when', label: 'desk.how-many.when' },
  { sort: 'amount', label: 'desk.how-many.amount' },
  { sort: 'party', label: 'desk.how-many.by' },
  { sort: 'reporter', label: 'desk.how-many.reported' },
  { sort: 'place', label: 'desk.how-many.place' },
  { sort: null, label: 'desk.how-many.method' },
  { sort: null, label: 'desk.how-many.source' },
  { sort: null, label: 'desk.how-many.disputes' },
] as const;
type Sort = NonNullable<(typeof COLUMNS)[number]['sort']>;

/** The table. `choice` narrows it as it narrows the chart. */
export function FigureTable({
  measure,
  choice,
  shown,
  onOpen,
}: {
  measure: string;
  choice: Record<string, string | undefined>;
  /** The figure whose passage is shown beside it. */
  shown: string | null;
  onOpen: (figure: string) => void;
}): ReactNode {
  const words = useMessages();
  const { t, formatDate } = words;
  const { slug } = useDossier();
  const [{ sort, order }, setSort] = useState<{ sort: Sort; order: 'asc' | 'desc' }>({
    sort: 'when',
    order: 'asc',
  });
  const input = { params: { dossier: slug, measure }, query: { ...choice, sort, order } };
  const list = useInfiniteQuery<Page, ApiProblem, { pages: Page[] }, unknown[], string | undefined>({
    queryKey: [ROUTE, input],
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...input.query, ...(pageParam !== undefined && { cursor: pageParam }) };
      return call(ROUTE, { params: input.params, query: query as never }, signal);
    },
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const titles = useSourceTitles(rows.flatMap(({ figure }) => figure.passages[0]?.source ?? []));
  if (list.error) return <ErrorState problem={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const by = (next: Sort) =>
    setSort({ sort: next, order: sort === next && order === 'asc' ? 'desc' : 'asc' });
  return (
    <>
      <p className={style.soft}>{t('desk.how-many.table-count', { count: list.data.pages[0]!.total })}</p>
      {/* The roles are said outright: a phone draws the table as blocks, which would lose them. */}
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above. */}
      {/* biome-ignore-start lint/a11y/useSemanticElements: see above. */}
      <div className={style.scroll}>
        <table role="table" className={style.table}>
          <thead role="rowgroup">
            <tr role="row">
              {COLUMNS.map((column) => (
                <th
                  role="columnheader"
                  key={column.label}
                  scope="col"
                  aria-sort={
                    column.sort === sort ? (order === 'asc' ? 'ascending' : 'descending') : undefined
                  }
                >
                  {column.sort === null ? (
                    t(column.label)
                  ) : (
                    <button type="button" className={style.sort} onClick={() => by(column.sort)}>
                      {t(column.label)}
                      <span aria-hidden="true">
                        {column.sort === sort ? (order === 'asc' ? ' ↑' : ' ↓') : ''}
                      </span>
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map(({ figure, disagreements }) => {
              const [passage] = figure.passages;
              return (
                <tr role="row" key={figure.id} data-shown={figure.id === shown || undefined}>
                  <Cell at={0}>{figure.period ? formatDate(figure.period) : t('desk.how-many.undated')}</Cell>
                  <Cell at={1}>
                    <span className={style.amount}>
                      <Link
                        href={recordHref(slug, 'figure', figure.id)}
                        onClick={(event) => {
                          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                          event.preventDefault();
                          onOpen(figure.id);
                        }}
                      >
                        {figureAmount(figure, words)}
                      </Link>
                      {figure.modality !== 'reported' && (
                        <span className={style.soft}> {t(`vocabulary.modality.${figure.modality}`)}</span>
                      )}
                    </span>
                  </Cell>
                  <Cell at={2}>{figure.accordingTo && partyInWords(figure.accordingTo, words)}</Cell>
                  <Cell at={3}>{figure.reportedBy && partyInWords(figure.reportedBy, words)}</Cell>
                  <Cell at={4}>{figure.place?.name ?? null}</Cell>
                  <Cell at={5}>{figure.method}</Cell>
                  <Cell at={6}>
                    {passage && (
                      <span>
                        <q dir="auto" lang={figure.language ?? undefined}>
                          {passage.exact}
                        </q>
                        <Link
                          href={readerHref(slug, passage.source, figure.id)}
                          className={style.from}
                          dir="auto"
                        >
                          {titles.get(passage.source) ?? t('desk.list.facet.one-source')}
                        </Link>
                      </span>
                    )}
                  </Cell>
                  <Cell at={7}>
                    {disagreements.length > 0 && (
                      <span>
                        {disagreements.map(({ key, kind, state }) => (
                          <Link key={key} href={disagreementHref(slug, key)} className={style.from}>
                            {t('desk.how-many.dispute', {
                              kind: t(`words.disagreement-kind.${kind}`),
                              state: t(`words.disagreement-state.${state}`),
                            })}
                          </Link>
                        ))}
                      </span>
                    )}
                  </Cell>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {/* biome-ignore-end lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above. */}
      {list.hasNextPage && (
        <Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('desk.list.next')}
        </Button>
      )}
    </>
  );
}

/** A cell of a column; it names its column itself where the table is drawn as blocks. */
function Cell({ at, children }: { at: number; children: ReactNode }): ReactNode {
  const { t } = useMessages();
  const isEmpty = children === null || children === undefined || children === false || children === '';
  return (
    // biome-ignore lint/a11y/noRedundantRoles: a phone draws the table as blocks, which would lose it.
    <td role="cell" data-label={t(COLUMNS[at]!.label)} data-empty={isEmpty || undefined} dir="auto">
      {typeof children === 'string' ? <span>{children}</span> : children}
    </td>
  );
}
