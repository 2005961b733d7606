// A dossier at a glance: the next step, what it holds, and what happened last.
import type { ReactNode } from 'react';
import { Link, Redirect } from 'wouter';
import type { RecordKind } from '../../record/vocabulary.ts';
import { Status } from '../../record/vocabulary.ts';
import { LinkButton } from '../../ui/button.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { PLURAL } from '../../ui/record-words.ts';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { useCall } from '../api.ts';
import { Room, useCounts, useDossier, useMay, useOpenDisagreements } from '../dossier-context.tsx';
import { BatchLine } from '../log/entry-line.tsx';
import { batchesOf } from '../log/entry-words.ts';
import type { ListedSource } from '../sources/source-line.tsx';
import { useProgress } from '../sources/use-progress.ts';
import { type NextStep, nextStep } from './next-step.ts';
import style from './overview.module.css';

const KINDS: readonly RecordKind[] = ['statement', 'figure', 'incident'];
const NEWEST = 6;

/** The first screen of a dossier; for whoever sees only their own sources, that is those. */
export function OverviewScreen(): ReactNode {
  const { slug } = useDossier();
  return useMay()('record.read') ? <Overview /> : <Redirect to={`/d/${slug}/sources`} replace />;
}

function Overview(): ReactNode {
  const { t, formatNumber } = useMessages();
  const dossier = useDossier();
  const params = { dossier: dossier.slug };
  const counts = useCounts(dossier.slug);
  const open = useOpenDisagreements(dossier.slug);
  const sources = useCall('GET /dossiers/:dossier/sources', { params, query: { limit: 100 } });
  const entries = useCall('GET /dossiers/:dossier/entries', { params, query: { limit: 60 } });
  const may = useMay();
  const [mayWrite, mayPublish] = [may('record.write'), may('dossier.publish')];
  const preview = useCall('GET /dossiers/:dossier/publications/preview', { params }, { enabled: mayPublish });
  useProgress(dossier.slug);
  const base = `/d/${dossier.slug}`;
  const of = (...statuses: Status[]) =>
    KINDS.reduce(
      (sum, kind) => sum + statuses.reduce((n, status) => n + (counts[kind]?.[status] ?? 0), 0),
      0,
    );
  const listed = sources.data?.sources ?? [];
  const suggested = of('suggested');
  // What waits and what stands are always told; the rest where there is some.
  const statuses = Status.options.filter(
    (status) => status === 'suggested' || status === 'accepted' || of(status) > 0,
  );
  const step =
    mayWrite &&
    sources.data &&
    counts.statement &&
    counts.figure &&
    counts.incident &&
    (preview.data || !mayPublish) &&
    open !== undefined
      ? nextStep({
          sources: sources.data.total,
          underWay: listed.filter(({ state }) => state !== 'proposed' && state !== 'unreadable').length,
          suggested,
          standing: of('accepted', 'corrected'),
          open,
          unpublished: preview.data
            ? preview.data.added.length + preview.data.changed.length + preview.data.withdrawn.length
            : 0,
        })
      : null;
  const toRead = [...listed].reverse().find((source) => source.suggested > 0);
  const unreadable = listed.filter(({ state }) => state === 'unreadable');
  return (
    <Room title={dossier.title}>
      {dossier.summary && <p className={style.summary}>{dossier.summary}</p>}
      {sources.error && <ErrorState problem={sources.error} retry={() => void sources.refetch()} />}
      {step && (
        <Next
          step={step}
          base={base}
          count={step === 'weigh' ? open! : suggested}
          canPublish={preview.data?.refusal === null}
          toRead={toRead}
        />
      )}
      {open !== undefined && open > 0 && step !== 'weigh' && (
        <p className={style.attention}>
          <Link href={`${base}/disagreements`}>{t('desk.overview.disagreements', { count: open })}</Link>
        </p>
      )}
      {unreadable.length > 0 && (
        <p className={style.attention}>
          <Link href={`${base}/sources?state=unreadable`}>
            {t('desk.overview.unreadable', { count: unreadable.length })}
          </Link>
        </p>
      )}
      <section aria-labelledby="holds">
        <h2 id="holds" className={style.heading}>
          {t('desk.overview.holds')}
        </h2>
        <div className={style.scroll}>
          <table className={style.counts}>
            <thead>
              <tr>
                <td />
                {statuses.map((status) => (
                  <th key={status} scope="col">
                    {t(`vocabulary.status.${status}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {KINDS.map((kind) => (
                <tr key={kind}>
                  <th scope="row">
                    <Link href={`${base}/${PLURAL[kind]}`} className={style.kind}>
                      <KindMark kind={kind} /> <span>{t(`desk.room.${PLURAL[kind]}`)}</span>
                    </Link>
                  </th>
                  {statuses.map((status) => {
                    const count = counts[kind]?.[status] ?? 0;
                    return (
                      <td key={status}>
                        {count === 0 ? (
                          <span className={style.none}>0</span>
                        ) : (
                          <Link
                            href={`${base}/${PLURAL[kind]}?status=${status}`}
                            aria-label={`${formatNumber(count)} ${t(`desk.room.${PLURAL[kind]}`)}: ${t(`vocabulary.status.${status}`)}`}
                          >
                            {formatNumber(count)}
                          </Link>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <div className={style.columns}>
        <section aria-labelledby="newest">
          <h2 id="newest" className={style.heading}>
            {t('desk.overview.sources')}
          </h2>
          {sources.data ? <Newest base={base} sources={listed.slice(0, NEWEST)} /> : <Loading />}
          {(sources.data?.total ?? 0) > NEWEST && (
            <Link href={`${base}/sources`}>
              {t('desk.overview.all-sources', { count: sources.data!.total })}
            </Link>
          )}
        </section>
        <section aria-labelledby="happened">
          <h2 id="happened" className={style.heading}>
            {t('desk.overview.happened')}
          </h2>
          <ul>
            {batchesOf(entries.data?.entries ?? [])
              .slice(0, NEWEST)
              .map((batch) => (
                <BatchLine key={batch.id} slug={dossier.slug} batch={batch} />
              ))}
          </ul>
          <Link href={`${base}/log`}>{t('desk.overview.whole-log')}</Link>
        </section>
      </div>
    </Room>
  );
}

function Next({
  step,
  base,
  count,
  canPublish,
  toRead,
}: {
  step: NextStep;
  base: string;
  /** How many wait for a person in this step. */
  count: number;
  canPublish: boolean;
  toRead: ListedSource | undefined;
}): ReactNode {
  const { t } = useMessages();
  const link = (href: string, words: string) => (
    <LinkButton href={href} kind="primary">
      {words}
    </LinkButton>
  );
  return (
    <section className={style.next} aria-labelledby="next">
      <h2 id="next">{t('desk.next.title')}</h2>
      <p>{t(`desk.next.${step}`, { count })}</p>
      {step === 'judge' &&
        (toRead ? (
          <>
            {link(`${base}/sources/${toRead.id}`, t('desk.next.judge-go'))}
            <p className={style.which} dir="auto">
              {toRead.title}
            </p>
          </>
        ) : (
          link(`${base}/sources?state=proposed`, t('desk.next.judge-go'))
        ))}
      {step === 'weigh' && (
        <>
          {link(`${base}/disagreements`, t('desk.next.weigh-go'))}
          {canPublish && <Link href={`${base}/publish`}>{t('desk.next.weigh-publish')}</Link>}
        </>
      )}
      {step === 'publish' && link(`${base}/publish`, t('desk.next.publish-go'))}
      {(step === 'add' || step === 'done' || step === 'wait') &&
        link(`${base}/sources`, t(step === 'wait' ? 'desk.next.wait-go' : 'desk.next.add-go'))}
      {step === 'record' && link(`${base}/sources`, t('desk.next.record-go'))}
    </section>
  );
}

function Newest({ base, sources }: { base: string; sources: readonly ListedSource[] }): ReactNode {
  const { t, formatDate } = useMessages();
  if (sources.length === 0) return <p className={style.none}>{t('desk.sources.none')}</p>;
  return (
    <ul className={style.newest}>
      {sources.map((source) => (
        <li key={source.id}>
          <Link href={`${base}/sources/${source.id}`} className={style.title} dir="auto">
            {source.title}
          </Link>
          <p className={style.facts}>
            {[source.publisher, source.published && formatDate(source.published)].filter(Boolean).join(' · ')}
            {source.suggested > 0 ? (
              <span className={style.waiting}>{t('desk.sources.to-judge', { count: source.suggested })}</span>
            ) : (
              <span>
                {source.state === 'proposed'
                  ? t('desk.sources.records', { count: source.records })
                  : t(`vocabulary.sourceState.${source.state}`)}
              </span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
