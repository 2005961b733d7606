// A thread: the picture, the same as a list of statements in order of time, and the one looked at closely beside them.
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { z } from 'zod';
import type { Statement } from '../../record/statement.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { useSearchState } from '../../ui/search-state.ts';
import { type Shortcuts, useShortcuts } from '../../ui/shortcuts.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { addressOf } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import style from './said.module.css';
import { type ThreadAnswer, useThread, useTopics, useVerdict } from './thread-data.ts';
import { ThreadEntry } from './thread-entry.tsx';
import { ThreadInspector } from './thread-inspector.tsx';
import { ThreadPicture } from './thread-picture.tsx';
import { ThreadSorting } from './thread-sorting.tsx';
import { topicsOf } from './thread-topics.ts';

/** What the address of a thread says beside its key. */
const View = z.object({ statement: z.string().max(80).optional() });

/** The screen of the thread with this key. */
export function ThreadScreen({ name }: { name: string }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const { data, error, refetch } = useThread(name);
  if (data) return <OneThread answer={data} />;
  return (
    <Room title={t('desk.room.who-said-what')}>
      {error?.status === 404 ? (
        <EmptyState
          title={t('desk.said.missing')}
          action={
            <LinkButton kind="primary" href={`/d/${slug}/who-said-what`}>
              {t('desk.said.all')}
            </LinkButton>
          }
        >
          <p>{t('desk.said.missing-words')}</p>
        </EmptyState>
      ) : error ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Room>
  );
}

function OneThread({ answer }: { answer: ThreadAnswer }): ReactNode {
  const { t, locale } = useMessages();
  const { slug } = useDossier();
  const [, navigate] = useLocation();
  const [view, setView] = useSearchState(View);
  const [sorting, setSorting] = useState<ReadonlySet<string> | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const { thread, picture } = answer;
  const { decide } = useVerdict();
  const topicChange = useTopics();
  const within = useMemo(
    () => ({
      answer,
      records: new Map(answer.records.map((record): [string, Statement] => [record.id, record])),
      numbers: new Map(answer.thread.statements.map(({ id }, index) => [id, index + 1])),
    }),
    [answer],
  );
  const topics = useMemo(() => topicsOf(thread.title, answer.records), [thread.title, answer.records]);
  // A report leads to the statement it reports.
  const chosen = thread.statements.find(({ reports }) => view.statement && reports.includes(view.statement));
  const choose = (id: string | null) => setView({ statement: id ?? undefined }, { replace: true });
  const go = (id: string) => {
    const row = list.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(id)}"]`);
    row?.focus({ preventScroll: true });
    row?.closest('li')?.scrollIntoView({ block: 'nearest' });
    choose(id);
  };
  const hasArrived = useRef(false);
  useEffect(() => {
    if (hasArrived.current || !chosen) return;
    hasArrived.current = true;
    list.current
      ?.querySelector(`[data-entry="${CSS.escape(chosen.id)}"]`)
      ?.closest('li')
      ?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const step = (by: number) => {
    const at = thread.statements.findIndex(({ id }) => id === chosen?.id);
    const next = thread.statements[at < 0 ? 0 : Math.max(0, Math.min(thread.statements.length - 1, at + by))];
    if (next) go(next.id);
  };
  const isOpen = (link: ThreadAnswer['thread']['links'][number]) =>
    link.basis === 'suggested' && link.state === 'open' && link.finding !== null;
  const waiting = thread.links.filter(isOpen);
  // What the keys judge: the suggestion of the statement looked at, else the first of the thread.
  const mayWrite = useMay()('record.write');
  const judged = waiting.find(({ from }) => from === chosen?.id) ?? waiting[0];
  const order = new Map(thread.statements.map(({ id }, index) => [id, index]));
  const nextWaiting = () => {
    const from = chosen ? order.get(chosen.id)! : -1;
    const rows = waiting.map((link) => order.get(link.from)!).sort((a, b) => a - b);
    const at = rows.find((row) => row > from) ?? rows[0];
    if (at !== undefined) go(thread.statements[at]!.id);
  };
  const shortcuts: Shortcuts = {
    j: { label: t('desk.said.key.next'), run: () => step(1) },
    k: { label: t('desk.said.key.previous'), run: () => step(-1) },
    ...(chosen && { Escape: { label: t('desk.said.key.close'), run: () => choose(null) } }),
    ...(waiting.length > 0 && { w: { label: t('desk.said.key.waiting'), run: nextWaiting } }),
    ...(mayWrite &&
      judged && {
        a: { label: t('desk.said.uphold'), run: () => decide(judged, 'upheld') },
        d: { label: t('desk.said.dismiss'), run: () => decide(judged, 'dismissed') },
      }),
  };
  useShortcuts(shortcuts);

  const route = { params: { dossier: slug, key: thread.key }, query: { lang: locale } };
  const picked = [...(sorting ?? [])].flatMap((id) => within.records.get(id) ?? []);
  return (
    <Room
      title={thread.title}
      fill
      actions={
        <>
          {picture && (
            <LinkButton
              small
              download
              href={addressOf('GET /dossiers/:dossier/threads/:key/picture.svg', route)}
            >
              SVG
            </LinkButton>
          )}
          <LinkButton
            small
            download
            href={addressOf(
              'GET /dossiers/:dossier/threads/:key/statements',
              { params: route.params },
              '.csv',
            )}
          >
            CSV
          </LinkButton>
          {mayWrite && !sorting && (
            <Button small onPress={() => setSorting(new Set())}>
              {t('desk.said.sort')}
            </Button>
          )}
        </>
      }
      {...(chosen && {
        inspector: (
          <ThreadInspector
            one={chosen}
            number={within.numbers.get(chosen.id)!}
            records={within.records}
            topics={topics}
            onTakeOut={(statements) =>
              topicChange.change(statements, { remove: topics }, () => {
                if (thread.statements.length < 3) navigate(`/d/${slug}/who-said-what`);
                else choose(null);
              })
            }
          />
        ),
      })}
    >
      <div className={style.thread}>
        <p className={style.back}>
          <Link href={`/d/${slug}/who-said-what`}>{t('desk.said.all')}</Link>
          <span>{t('desk.said.statements', { count: thread.statements.length })}</span>
          {waiting.length > 0 && (
            <span className={style.waits}>{t('desk.said.waiting', { count: waiting.length })}</span>
          )}
        </p>
        {picture === null ? (
          <p className={style.hint}>{t('desk.said.too-many', { count: thread.statements.length })}</p>
        ) : (
          <ThreadPicture
            thread={thread}
            picture={picture}
            chosen={chosen?.id ?? null}
            onChoose={(id) => choose(id)}
          />
        )}
        {sorting && (
          <ThreadSorting
            title={thread.title}
            topics={topics}
            inThread={new Set(within.records.keys())}
            picked={picked}
            onDone={() => setSorting(null)}
          />
        )}
        <section aria-labelledby="statements-of-thread">
          <h2 id="statements-of-thread" className="visually-hidden">
            {t('desk.said.in-order')}
          </h2>
          <ol ref={list} className={style.entries}>
            {thread.statements.map((one) => (
              <ThreadEntry
                key={one.id}
                one={one}
                within={within}
                isChosen={one.id === chosen?.id}
                onChoose={() => choose(one.id === chosen?.id ? null : one.id)}
                onGo={go}
                onDecide={decide}
                sorting={
                  sorting && {
                    isPicked: sorting.has(one.id),
                    onPick: (isPicked) => {
                      const next = new Set(sorting);
                      for (const id of one.reports) {
                        if (isPicked) next.add(id);
                        else next.delete(id);
                      }
                      setSorting(next);
                    },
                  }
                }
              />
            ))}
          </ol>
        </section>
      </div>
    </Room>
  );
}
