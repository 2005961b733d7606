// The threads of a dossier, the one spoken in last first: what each is about, who speaks in it, and what waits in it.
import { type ReactNode, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { ThreadQuery } from '../../record/thread-query.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Checkbox, Select } from '../../ui/field.tsx';
import { useMessages, type Words } from '../../ui/messages.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { useSearchState } from '../../ui/search-state.ts';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { type AnswerOf, addressOf, useCall } from '../api.ts';
import { Room, useCounts, useDossier } from '../dossier-context.tsx';
import style from './said.module.css';
import { threadHref } from './thread-data.ts';

const ROUTE = 'GET /dossiers/:dossier/threads';
type Line = AnswerOf<typeof ROUTE>['threads'][number];

/** The list of threads. */
export function ThreadList(): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const [query, setQuery] = useSearchState(ThreadQuery);
  const [, navigate] = useLocation();
  const list = useCall(ROUTE, { params: { dossier: slug }, query }, { keepPrevious: true });
  const search = useRef<HTMLInputElement>(null);
  const rows = useRef<HTMLOListElement>(null);
  const { data } = list;
  const isNarrowed = (query.q ?? '') !== '' || query.speaker.length > 0 || query.open;
  const ask = (change: Partial<typeof query>, replace = false) =>
    setQuery({ ...change, cursor: undefined }, { replace });

  const step = (by: number) => {
    const links = [...(rows.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  };
  useShortcuts({
    j: { label: t('desk.said.key.next-thread'), run: () => step(1) },
    k: { label: t('desk.said.key.previous-thread'), run: () => step(-1) },
    '/': { label: t('desk.list.key.search'), run: () => search.current?.focus() },
  });
  const csv = addressOf(ROUTE, { params: { dossier: slug }, query: { ...query, cursor: undefined } }, '.csv');
  return (
    <Room
      title={t('desk.room.who-said-what')}
      actions={
        data && data.total > 0 ? (
          <LinkButton href={csv} download small>
            {t('desk.list.csv')}
          </LinkButton>
        ) : undefined
      }
    >
      <div className={style.list}>
        {list.error ? (
          <ErrorState problem={list.error} retry={() => void list.refetch()} />
        ) : !data ? (
          <Loading />
        ) : data.total === 0 && data.alone === 0 && !isNarrowed ? (
          <NoThreads />
        ) : (
          <>
            <p className={style.lead}>{t('desk.said.lead')}</p>
            <div className={style.tools}>
              <SearchBox
                label={t('desk.said.search')}
                className={style.search}
                value={query.q ?? ''}
                inputRef={search}
                onSearch={(q) => ask({ q: q === '' ? undefined : q }, true)}
                onLeave={() => step(0)}
              />
              <Select
                label={t('desk.said.speaker')}
                hideLabel
                value={query.speaker[0] ?? ''}
                onChange={(name) => ask({ speaker: name === '' ? [] : [name] })}
                options={[
                  { value: '', label: t('desk.said.speaker.all') },
                  ...speakerChoices(data.speakers, query.speaker[0], words),
                ]}
              />
              <Checkbox
                label={t('desk.said.only-open')}
                isSelected={query.open}
                onChange={(open) => ask({ open })}
              />
              {(data.alone > 0 || query.alone) && (
                <Checkbox
                  label={t('desk.said.alone', { count: data.alone })}
                  isSelected={query.alone}
                  onChange={(alone) => ask({ alone })}
                />
              )}
            </div>
            <p className={style.total} role="status">
              {t('desk.said.total', { count: data.total })}
            </p>
            {data.total === 0 ? (
              <EmptyState
                title={t(isNarrowed ? 'desk.said.no-match' : 'desk.said.none')}
                action={
                  isNarrowed && (
                    <Button onPress={() => navigate(`/d/${slug}/who-said-what`)}>
                      {t('desk.list.clear')}
                    </Button>
                  )
                }
              >
                <p>{t(isNarrowed ? 'desk.list.no-match-words' : 'desk.said.none-words')}</p>
              </EmptyState>
            ) : (
              <ol ref={rows} className={style.threads} data-stale={list.isPlaceholderData || undefined}>
                {data.threads.map((line) => (
                  <ThreadLine key={line.key} line={line} />
                ))}
              </ol>
            )}
            {(query.cursor || data.next) && (
              <p className={style.pages}>
                {query.cursor && (
                  <Button small onPress={() => ask({})}>
                    {t('desk.list.first')}
                  </Button>
                )}
                {data.next && (
                  <Button small onPress={() => setQuery({ cursor: data.next! })}>
                    {t('desk.list.next')}
                  </Button>
                )}
              </p>
            )}
          </>
        )}
      </div>
    </Room>
  );
}

function speakerChoices(
  speakers: readonly { name: string; count: number }[],
  chosen: string | undefined,
  { t }: Words,
) {
  const options = speakers.map(({ name, count }) => ({
    value: name,
    label: t('desk.said.speaker.one', { name, count }),
  }));
  // What is chosen stays in sight, though nothing of it is left.
  if (chosen !== undefined && !speakers.some(({ name }) => name === chosen))
    options.unshift({ value: chosen, label: chosen });
  return options;
}

/** From when to when. Where one date lies within the other, the wider one says it all. */
function datesInWords({ first, last }: Line, { t, formatDate }: Words): string {
  if (first === null || last === null) return t('desk.said.undated');
  // Over a whole thread it does not matter whether a day is certain.
  const [from, to] = [first, last].map((date) => date.replace(/[~?%]/g, '')) as [string, string];
  if (to.startsWith(from)) return formatDate(from);
  if (from.startsWith(to)) return formatDate(to);
  return t('desk.said.dates', { from: formatDate(from), to: formatDate(to) });
}

function ThreadLine({ line }: { line: Line }): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  return (
    <li>
      <article className={style.line}>
        <h2>
          <Link href={threadHref(slug, line.key)} data-row="" dir="auto">
            {line.title}
          </Link>
        </h2>
        <p className={style.voices} dir="auto">
          {line.speakers.slice(0, 6).map((name, index) => (
            <span key={name}>
              {index > 0 && ' · '}
              <bdi>{name}</bdi>
            </span>
          ))}
          {line.speakers.length > 6 &&
            ` · ${t('desk.said.more-speakers', { count: line.speakers.length - 6 })}`}
        </p>
        <p className={style.about}>
          <span>{datesInWords(line, words)}</span>
          <span>
            {t('desk.said.statements', { count: line.statements })}
            {line.reports > line.statements && ` (${t('desk.said.reports', { count: line.reports })})`}
          </span>
          {line.links > 0 && <span>{t('desk.said.links', { count: line.links })}</span>}
          {line.open > 0 && <span className={style.waits}>{t('desk.said.open', { count: line.open })}</span>}
        </p>
      </article>
    </li>
  );
}

/** How threads come about, and the way there. */
function NoThreads(): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const waiting = useCounts(slug).statement?.suggested ?? 0;
  return (
    <EmptyState
      title={t('desk.said.none')}
      action={
        waiting > 0 ? (
          <LinkButton kind="primary" href={`/d/${slug}/statements?status=suggested`}>
            {t('desk.said.to-suggested', { count: waiting })}
          </LinkButton>
        ) : (
          <LinkButton kind="primary" href={`/d/${slug}/sources`}>
            {t('desk.list.to-sources')}
          </LinkButton>
        )
      }
    >
      <p>{t('desk.said.none-words')}</p>
    </EmptyState>
  );
}
