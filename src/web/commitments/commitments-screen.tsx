// Commitments: what was pledged, by whom and for when, and beside it what was reported of it later.
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { z } from 'zod';
import { LinkContent, type LinkEnd } from '../../record/link.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages, type Words } from '../../ui/messages.tsx';
import { type AnyRecord, headlineOf, recordDate } from '../../ui/record-words.ts';
import { useSearchState } from '../../ui/search-state.ts';
import { ShowChoice } from '../../ui/show-choice.tsx';
import { EmptyState, ErrorState, Loading, useProblemWords } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, addressOf, call, changed } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import { recordHref } from '../record/record-data.ts';
import { useUndo } from '../undo.tsx';
import style from './commitments.module.css';

const LIST = 'GET /dossiers/:dossier/commitments';
type Page = AnswerOf<typeof LIST>;
type Commitment = Page['items'][number];
type Report = Commitment['reports'][number];

const View = z.object({
  show: z.enum(['all', 'open', 'reported']).default('all'),
  party: z.string().max(300).default(''),
});

/** The screen. */
export function CommitmentsScreen(): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const [view, setView] = useSearchState(View);
  const query = {
    state: view.show === 'all' ? [] : [view.show],
    party: view.party === '' ? [] : [view.party],
  };
  const params = { dossier: slug };
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery<
    Page,
    ApiProblem
  >({
    queryKey: ['commitments', slug, query],
    queryFn: ({ pageParam, signal }) =>
      call(
        LIST,
        { params, query: { ...query, ...(pageParam ? { cursor: pageParam as string } : {}) } },
        signal,
      ),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous) => previous,
  });
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const records = new Map(
    data?.pages.flatMap((page) => page.records.map((record): [string, AnyRecord] => [record.id, record])),
  );
  const counts = data?.pages[0]?.counts;
  const all = counts ? counts.open + counts.reported : 0;
  return (
    <Room
      title={t('desk.room.commitments')}
      actions={
        all > 0 && (
          <LinkButton small download href={addressOf(LIST, { params, query }, '.csv')}>
            {t('desk.commitments.csv')}
          </LinkButton>
        )
      }
    >
      {error && !data ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : !counts ? (
        <Loading />
      ) : all === 0 ? (
        <EmptyState
          title={t('desk.commitments.none')}
          action={
            <LinkButton kind="primary" href={`/d/${slug}/sources`}>
              {t('desk.commitments.none-go')}
            </LinkButton>
          }
        >
          <p>{t('desk.commitments.none-words')}</p>
        </EmptyState>
      ) : (
        <div className={style.screen}>
          <p className={style.lead}>{t('desk.commitments.lead')}</p>
          <div className={style.filters}>
            <ShowChoice
              legend={t('desk.commitments.states')}
              value={view.show}
              options={(['all', 'open', 'reported'] as const).map((show) => ({
                value: show,
                label: t(`desk.commitments.show.${show}`),
                count: show === 'all' ? all : counts[show],
              }))}
              onChange={(show) => setView({ show })}
            />
            {counts.parties.length > 1 && (
              <Select
                label={t('desk.commitments.party')}
                hideLabel
                value={view.party}
                onChange={(party) => setView({ party })}
                options={[
                  { value: '', label: t('desk.commitments.party.all') },
                  ...counts.parties.map(({ key, name, count }) => ({
                    value: key,
                    label: t('desk.commitments.party.one', { name, count }),
                  })),
                ]}
              />
            )}
          </div>
          {items.length === 0 && <p className={style.lead}>{t('desk.commitments.none-like')}</p>}
          <ol className={style.list}>
            {items.map((item) => (
              <Line key={item.record.id} item={item} records={records} />
            ))}
          </ol>
          {hasNextPage && (
            <p>
              <Button small isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
                {t('desk.commitments.more')}
              </Button>
            </p>
          )}
        </div>
      )}
    </Room>
  );
}

/** When it was said, to whom, and for when it was pledged. */
function circumstances(item: Commitment, { t, formatDate }: Words): string {
  return [
    item.saidOn === null ? null : t('desk.commitments.said', { date: formatDate(item.saidOn) }),
    item.addressee && t('desk.commitments.to', { party: item.addressee }),
    item.place,
    item.period && t('desk.commitments.for', { date: formatDate(item.period) }),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function Line({ item, records }: { item: Commitment; records: ReadonlyMap<string, AnyRecord> }): ReactNode {
  const words = useMessages();
  const { t, formatAmount } = words;
  const { slug } = useDossier();
  const promise = item.statement === null ? undefined : records.get(item.statement);
  const what = item.amount
    ? t('desk.commitments.what', { amount: formatAmount(item.amount, item.amount.unit), words: item.words })
    : item.words;
  return (
    <li className={style.line}>
      <div className={style.pledge}>
        <p className={style.who} dir="auto">
          <KindMark kind={item.record.kind} /> {item.party?.name ?? t('desk.commitments.nobody')}
        </p>
        <h2 dir="auto">
          <Link href={recordHref(slug, item.record.kind, item.record.id)}>{what}</Link>
        </h2>
        <p className={style.muted}>{circumstances(item, words) || t('desk.commitments.undated')}</p>
        {promise && (
          <p className={style.muted}>
            {t('desk.commitments.promise')}{' '}
            <Link href={recordHref(slug, 'statement', promise.id)} dir="auto">
              {headlineOf(promise, words)}
            </Link>
          </p>
        )}
      </div>
      <div className={style.since}>
        {item.reports.length === 0 ? (
          <p className={style.open}>{t('desk.commitments.open')}</p>
        ) : (
          <>
            <h3>{t('desk.commitments.reported')}</h3>
            <ul>
              {item.reports.map((report) => (
                <ReportLine key={report.record.id} report={report} records={records} pledge={item.record} />
              ))}
            </ul>
          </>
        )}
        {item.suggestions.length > 0 && (
          <>
            <h3>{t('desk.commitments.perhaps')}</h3>
            <ul>
              {item.suggestions.map((report) => (
                <ReportLine key={report.record.id} report={report} records={records} pledge={item.record} />
              ))}
            </ul>
          </>
        )}
      </div>
    </li>
  );
}

/** How much of so much, in words; what the prints leave open is not narrowed. */
function shareInWords(share: NonNullable<Report['share']>, { t, formatNumber }: Words): string {
  const say = (value: number) => formatNumber(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  const { low, high } = share;
  if (low === null) return t('desk.commitments.share.at-most', { high: say(high!) });
  if (high === null) return t('desk.commitments.share.at-least', { low: say(low) });
  return say(low) === say(high)
    ? t('desk.commitments.share.exact', { share: say(low) })
    : t('desk.commitments.share.between', { low: say(low), high: say(high) });
}

function ReportLine({
  report,
  records,
  pledge,
}: {
  report: Report;
  records: ReadonlyMap<string, AnyRecord>;
  pledge: LinkEnd;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const record = records.get(report.record.id);
  const headline = record ? headlineOf(record, words) : '…';
  const about = [
    report.link && t(`vocabulary.linkKind.${report.link}`),
    record && recordDate(record, words),
    report.share && shareInWords(report.share, words),
  ].filter(Boolean);
  return (
    <li>
      <Link href={recordHref(slug, report.record.kind, report.record.id)} dir="auto">
        {headline}
      </Link>
      {about.length > 0 && <p className={style.muted}>{about.join(' · ')}</p>}
      {report.link === null && <DrawLink from={report.record} to={pledge} headline={headline} />}
    </li>
  );
}

/** Says that a later record follows a pledge up: the link that makes it count. */
function DrawLink({ from, to, headline }: { from: LinkEnd; to: LinkEnd; headline: string }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const problemWords = useProblemWords();
  const { undo } = useUndo(slug);
  const draw = useMutation<unknown, ApiProblem>({
    mutationFn: () =>
      call('POST /dossiers/:dossier/links', {
        params: { dossier: slug },
        body: LinkContent.parse({ from, to, link: 'follows-up', note: null }),
      }),
    onSuccess: () => {
      void changed();
      toasts.show(t('desk.commitments.linked'), { action: { label: t('desk.undo.undo'), run: undo } });
    },
    onError: (problem) => toasts.show(problemWords(problem), { tone: 'problem' }),
  });
  if (!useMay()('record.write')) return null;
  return (
    <Button
      small
      isPending={draw.isPending}
      aria-label={t('desk.commitments.link-of', { record: headline })}
      onPress={() => draw.mutate()}
    >
      {t('desk.commitments.link')}
    </Button>
  );
}
