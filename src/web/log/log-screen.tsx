// The log: its signed state, the key to check it with, and everything that was done in the dossier, newest first.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button, LinkButton } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, useCall } from '../api.ts';
import { Room, useDossier } from '../dossier-context.tsx';
import { BatchLine } from './entry-line.tsx';
import { batchesOf } from './entry-words.ts';
import style from './log.module.css';

type Page = AnswerOf<'GET /dossiers/:dossier/entries'>;

/** The log of the dossier. */
export function LogScreen(): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const entries = useInfiniteQuery<Page, ApiProblem, { pages: Page[] }, unknown[], number | undefined>({
    queryKey: ['GET /dossiers/:dossier/entries', slug, 'all'],
    queryFn: ({ pageParam, signal }) =>
      call(
        'GET /dossiers/:dossier/entries',
        { params: { dossier: slug }, query: { before: pageParam, limit: 100 } },
        signal,
      ),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    // What waits for the log is in it a second later.
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.entries.some(({ index }) => index === null) ? 1500 : false,
  });
  const batches = batchesOf(entries.data?.pages.flatMap((page) => page.entries) ?? []);
  return (
    <Room title={t('desk.room.log')} inspector={<State />}>
      <p className={style.lead}>{t('desk.log.lead')}</p>
      {entries.error && <ErrorState problem={entries.error} retry={() => void entries.refetch()} />}
      {!entries.data && !entries.error && <Loading />}
      <ol className={style.batches} aria-label={t('desk.log.entries')}>
        {batches.map((batch) => (
          <BatchLine key={batch.id} slug={slug} batch={batch} proof />
        ))}
      </ol>
      {entries.hasNextPage && (
        <Button isPending={entries.isFetchingNextPage} onPress={() => void entries.fetchNextPage()}>
          {t('desk.log.older')}
        </Button>
      )}
    </Room>
  );
}

/** The checkpoint, the key, and how to check. */
function State(): ReactNode {
  const { t, formatNumber, formatInstant } = useMessages();
  const { slug, publication } = useDossier();
  const { data, error, refetch } = useCall('GET /log', {});
  if (error) return <ErrorState problem={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <div className={style.state}>
      <h2>{t('desk.log.checkpoint')}</h2>
      {data.halted && <ErrorState problem={{ message: data.halted }} />}
      <dl>
        <dt>{t('desk.log.size')}</dt>
        <dd>{formatNumber(data.size)}</dd>
        {data.at && (
          <>
            <dt>{t('desk.log.signed')}</dt>
            <dd>
              <time dateTime={data.at}>{formatInstant(data.at, 'second')}</time>
            </dd>
          </>
        )}
        <dt>{t('desk.log.origin')}</dt>
        <dd>{data.origin}</dd>
        <dt>{t('desk.log.root')}</dt>
        <dd>
          <Copied text={data.root} />
        </dd>
        <dt>{t('desk.log.key')}</dt>
        <dd>
          <Copied text={data.vkey} />
        </dd>
      </dl>
      <details>
        <summary>{t('desk.log.note')}</summary>
        <pre className={style.note}>{data.checkpoint}</pre>
      </details>
      <h2>{t('desk.log.how')}</h2>
      <ol className={style.how}>
        <li>{t('desk.log.how-key')}</li>
        <li>{t('desk.log.how-proof')}</li>
        <li>
          {t('desk.log.how-bundle')} <code>constat verify {slug}.zip</code>
        </li>
      </ol>
      <p className={style.links}>
        <LinkButton href="/log/checkpoint" small outside>
          {t('desk.log.open-checkpoint')}
        </LinkButton>
        <LinkButton href="/verify" small outside>
          {t('desk.log.open-verify')}
        </LinkButton>
        {publication > 0 && (
          <LinkButton href={`/p/${slug}/bundle.zip`} small download>
            {t('desk.publish.bundle')}
          </LinkButton>
        )}
      </p>
    </div>
  );
}

/** A text to be compared or handed on, with a button that copies it. */
function Copied({ text }: { text: string }): ReactNode {
  const { t } = useMessages();
  const toasts = useToasts();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toasts.show(t('desk.log.copied'));
    } catch {
      toasts.show(t('desk.log.not-copied'), { tone: 'problem' });
    }
  };
  return (
    <span className={style.copied}>
      <code>{text}</code>
      <Button small kind="quiet" onPress={() => void copy()}>
        {t('desk.log.copy')}
      </Button>
    </span>
  );
}
