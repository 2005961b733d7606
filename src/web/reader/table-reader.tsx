// A source that is a table: its rows, page by page, and beside each the figures that rest on it. A table may have a hundred
// thousand rows, so it is not read like a text.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { Source } from '../../record/source.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { figureAmount } from '../../ui/record-words.ts';
import { ErrorState, Loading, Notice } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call } from '../api.ts';
import { useMay } from '../dossier-context.tsx';
import { SourceDetails } from '../sources/source-details.tsx';
import readerStyle from './reader-screen.module.css';
import { SourceFacts } from './source-facts.tsx';
import style from './table-reader.module.css';

type Page = AnswerOf<'GET /dossiers/:dossier/sources/:id/rows'>;

/** Rows of one page. */
const LIMIT = 100;

/** Up to this many characters a table may also be read as a text, to make statements of what stands in it. */
const READABLE = 100_000;

/** The table. `?record=` shows the row that a figure rests on. */
export function TableReader({ slug, source }: { slug: string; source: Source }): ReactNode {
  const { t } = useMessages();
  const mayWrite = useMay()('record.write');
  const [search] = useSearchParams();
  const record = search.get('record');
  const [at, setAt] = useState<{ sheet: number; first: number; record: string | undefined }>({
    sheet: 0,
    first: 0,
    record: record ?? undefined,
  });
  const [showsDetails, setShowsDetails] = useState(false);
  const page = useQuery<Page, ApiProblem>({
    queryKey: ['GET /dossiers/:dossier/sources/:id/rows', slug, source.id, source.text, at],
    queryFn: ({ signal }) =>
      call(
        'GET /dossiers/:dossier/sources/:id/rows',
        { params: { dossier: slug, id: source.id }, query: { ...at, limit: LIMIT } },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  const { data } = page;
  return (
    <div className={style.table}>
      <SourceFacts
        slug={slug}
        source={source}
        open={showsDetails}
        toggle={() => setShowsDetails(!showsDetails)}
      />
      {showsDetails && (
        <div className={readerStyle.details}>
          <SourceDetails slug={slug} source={source} close={() => setShowsDetails(false)} />
        </div>
      )}
      <Notice>
        <p>{t('desk.series.nothing-proposed')}</p>
        <div className={style.ways}>
          {mayWrite && (
            <LinkButton kind="primary" href={`/d/${slug}/sources/${source.id}/series`}>
              {t('desk.series.import-from')}
            </LinkButton>
          )}
          <LinkButton href={`/d/${slug}/figures?source=${source.id}`}>{t('desk.series.show')}</LinkButton>
          {(source.textLength ?? 0) <= READABLE && (
            <LinkButton kind="quiet" href={`/d/${slug}/sources/${source.id}?as=text`}>
              {t('desk.series.as-text')}
            </LinkButton>
          )}
        </div>
      </Notice>
      {page.error && <ErrorState problem={page.error} retry={() => void page.refetch()} />}
      {!data ? (
        !page.error && <Loading />
      ) : (
        <>
          {data.sheets.length > 1 && (
            <Select
              className={style.sheet!}
              label={t('desk.series.sheet')}
              value={String(data.sheet)}
              onChange={(sheet) => setAt({ sheet: Number(sheet), first: 0, record: undefined })}
              options={data.sheets.map((name, index) => ({
                value: String(index),
                label: name ?? String(index + 1),
              }))}
            />
          )}
          <Rows slug={slug} page={data} record={record} title={source.title} stale={page.isPlaceholderData} />
          <Pages page={data} go={(first) => setAt({ sheet: data.sheet, first, record: undefined })} />
        </>
      )}
    </div>
  );
}

function Rows({
  slug,
  page: { rows },
  record,
  title,
  stale,
}: {
  slug: string;
  page: Page;
  record: string | null;
  title: string;
  stale: boolean;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const sought = useRef<HTMLTableRowElement>(null);
  const hasSought = rows.some(({ figures }) => figures.some(({ id }) => id === record));
  useEffect(() => {
    if (hasSought) sought.current?.scrollIntoView({ block: 'center' });
  }, [hasSought]);
  const width = Math.max(1, ...rows.map(({ cells }) => cells.length));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <section className={style.scroll} tabIndex={0} aria-label={t('desk.series.rows-of', { title })}>
      <table data-stale={stale ? '' : undefined}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('desk.series.row')}</th>
            <th scope="col" colSpan={width}>
              {t('desk.series.table')}
            </th>
            <th scope="col">{t('desk.series.figures')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, cells, figures }) => {
            const isSought = figures.some(({ id }) => id === record);
            return (
              <tr key={row} ref={isSought ? sought : null} data-sought={isSought ? '' : undefined}>
                <th scope="row">{row}</th>
                {Array.from({ length: width }, (_, at) => {
                  // Cells have no name but their place.
                  const key = `${at}`;
                  return (
                    <td key={key} dir="auto">
                      {cells[at]}
                    </td>
                  );
                })}
                <td className={style.figures}>
                  {figures.length > 0 && (
                    <ul>
                      {figures.map((figure) => (
                        <li key={figure.id} data-status={figure.status}>
                          <Link href={`/d/${slug}/figures/${figure.id}`}>
                            <KindMark kind="figure" /> {figureAmount(figure, words)}{' '}
                            <span dir="auto">{figure.counted}</span>
                          </Link>
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Pages({ page: { first, rows, total }, go }: { page: Page; go: (first: number) => void }): ReactNode {
  const { t } = useMessages();
  if (total <= rows.length) return <p className={style.where}>{t('desk.series.rows', { count: total })}</p>;
  const last = first + rows.length;
  return (
    <nav className={style.pages} aria-label={t('desk.series.pages')}>
      <Button small isDisabled={first === 0} onPress={() => go(Math.max(0, first - LIMIT))}>
        {t('desk.series.earlier')}
      </Button>
      <span className={style.where} role="status">
        {t('desk.series.rows-shown', { first: first + 1, last, total })}
      </span>
      <Button small isDisabled={last >= total} onPress={() => go(last)}>
        {t('desk.series.later')}
      </Button>
      <Button small isDisabled={last >= total} onPress={() => go(Math.floor((total - 1) / LIMIT) * LIMIT)}>
        {t('desk.series.last')}
      </Button>
    </nav>
  );
}
