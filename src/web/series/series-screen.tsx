// Importing the figures of a table: what its columns give is checked, what would be made is seen, and then it is made, all of
// it or nothing.
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'wouter';
import type { SeriesMapping } from '../../record/series.ts';
import { isTable, type Source } from '../../record/source.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { EmptyState, ErrorState, Loading, Notice } from '../../ui/state.tsx';
import { type ApiProblem, call, changed } from '../api.ts';
import { Room, useDossier } from '../dossier-context.tsx';
import { useSource } from '../reader/reader-data.ts';
import { useUndo } from '../undo.tsx';
import { ColumnsPart } from './columns-part.tsx';
import { PreviewPart } from './preview-part.tsx';
import style from './series.module.css';
import { type Asked, type Imported, type ImportProgress, importTable, type Preview } from './series-data.ts';
import { TablePart } from './table-part.tsx';

/** The screen, for the table its address names. */
export function SeriesScreen(): ReactNode {
  const { id } = useParams<{ id: string }>();
  const { t } = useMessages();
  const { slug } = useDossier();
  const source = useSource(slug, id);
  const title = source.data ? t('desk.series.title', { title: source.data.title }) : t('desk.series.import');
  return (
    <Room title={title} actions={<Link href={`/d/${slug}/sources/${id}`}>{t('desk.series.to-source')}</Link>}>
      {source.error ? (
        <ErrorState problem={source.error} retry={() => void source.refetch()} />
      ) : !source.data ? (
        <Loading />
      ) : !isTable(source.data) || source.data.state === 'unreadable' ? (
        <EmptyState title={t('desk.series.no-table')} alone={false}>
          <p>{t('desk.series.no-table-text')}</p>
        </EmptyState>
      ) : source.data.text === null ? (
        <Loading label={t('desk.series.being-read')} />
      ) : (
        <OneTable key={id} slug={slug} source={source.data} />
      )}
    </Room>
  );
}

/** What was asked last, a moment after the last key: a name is not asked about letter by letter. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 350);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function OneTable({ slug, source }: { slug: string; source: Source }): ReactNode {
  const { t } = useMessages();
  const params = { dossier: slug, id: source.id };
  const [asked, setAsked] = useState<Asked>({ mapping: null, layout: {} });
  const [leaveOut, setLeaveOut] = useState(false);
  const settled = useSettled(asked);
  const preview = useQuery<Preview, ApiProblem>({
    queryKey: ['POST /dossiers/:dossier/sources/:id/series/preview', slug, source.id, settled],
    queryFn: ({ signal }) =>
      call('POST /dossiers/:dossier/sources/:id/series/preview', { params, body: settled }, signal),
    placeholderData: keepPreviousData,
  });
  // A question that is refused (a measure without a name yet) leaves what was shown before it.
  const shown = useRef<Preview | undefined>(undefined);
  if (preview.data) shown.current = preview.data;
  const data = shown.current;
  const { error } = preview;
  if (!data) return error ? <ErrorState problem={error} retry={() => void preview.refetch()} /> : <Loading />;
  // What the person has changed is shown at once, though the figures for it are still on their way.
  const mapping = asked.mapping ?? data.mapping;
  const change = (part: Partial<SeriesMapping>) => setAsked({ mapping: { ...mapping, ...part }, layout: {} });
  const place = (layout: Asked['layout']) => {
    setLeaveOut(false);
    setAsked({ mapping: null, layout });
  };
  const stale = settled !== asked || preview.isPlaceholderData;
  return (
    <div className={style.screen}>
      <p className={style.intro}>{t('desk.series.intro')}</p>
      {data.remembered && (
        <Notice>
          <p>{t('desk.series.remembered')}</p>
        </Notice>
      )}
      <TablePart preview={{ ...data, mapping }} place={place} change={change} />
      <ColumnsPart slug={slug} preview={data} mapping={mapping} change={change} />
      {error && <ErrorState problem={error} retry={() => void preview.refetch()} />}
      <PreviewPart
        {...{ slug, leaveOut, setLeaveOut, stale, mapping }}
        id={source.id}
        fileName={source.fileName ?? source.title}
        preview={data}
      />
      <ImportPart
        {...{ slug, source, mapping, leaveOut }}
        counts={data.counts}
        ready={!stale && !error && data.lacks === null}
      />
    </div>
  );
}

function ImportPart({
  slug,
  source,
  mapping,
  leaveOut,
  counts,
  ready,
}: {
  slug: string;
  source: Source;
  mapping: SeriesMapping;
  leaveOut: boolean;
  counts: Preview['counts'];
  ready: boolean;
}): ReactNode {
  const { t } = useMessages();
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  const [done, setDone] = useState<Imported | null>(null);
  const note = useRef<HTMLDivElement>(null);
  const make = useMutation<Imported, ApiProblem>({
    mutationFn: () => importTable({ dossier: slug, id: source.id }, { mapping, leaveOut }, setProgress),
    onMutate: () => {
      setDone(null);
      setProgress(null);
    },
    onSuccess: (imported) => {
      setDone(imported);
      void changed();
    },
    onSettled: () => setProgress(null),
  });
  useEffect(() => {
    if (done) note.current?.focus();
  }, [done]);
  const fresh = counts.new + counts.changed;
  const isHeld = counts.faulty > 0 && !leaveOut;
  const why = !ready
    ? null
    : isHeld
      ? t('desk.series.held', { count: counts.faulty })
      : fresh === 0 && counts.figures > 0
        ? t('desk.series.all-there')
        : null;
  return (
    <section className={style.import} aria-label={t('desk.series.import')}>
      {make.isPending ? (
        <ImportProgressBar progress={progress} />
      ) : (
        <>
          <Button
            kind="primary"
            isDisabled={!ready || isHeld || fresh === 0}
            onPress={() => make.mutate()}
            {...(why && { 'aria-describedby': 'series-why' })}
          >
            {t('desk.series.import-count', { count: fresh })}
          </Button>
          {why && (
            <p id="series-why" className={style.more}>
              {why}
            </p>
          )}
        </>
      )}
      {make.error && <ErrorState problem={make.error} />}
      {done && (
        <div ref={note} tabIndex={-1} role="status" className={style.done}>
          <Done slug={slug} source={source} imported={done} forget={() => setDone(null)} />
        </div>
      )}
    </section>
  );
}

/** How far the import is; it shows only where that takes longer than a moment. */
function ImportProgressBar({ progress }: { progress: ImportProgress | null }): ReactNode {
  const { t } = useMessages();
  const label = progress
    ? t('desk.series.importing', { done: progress.done, total: progress.total })
    : t('desk.series.preparing');
  return (
    <div className={style.progress} role="status">
      <p>{label}</p>
      <progress aria-label={label} {...(progress && { max: progress.total, value: progress.done })} />
      <p className={style.more}>{t('desk.series.wait')}</p>
    </div>
  );
}

function Done({
  slug,
  source,
  imported,
  forget,
}: {
  slug: string;
  source: Source;
  imported: Imported;
  forget: () => void;
}): ReactNode {
  const { t } = useMessages();
  const { undo, isPending } = useUndo(slug);
  return (
    <Notice tone="good">
      <p>
        {[
          t('desk.series.done', { count: imported.made }),
          imported.changed > 0 && t('desk.series.done-changed', { count: imported.changed }),
          imported.there > 0 && t('desk.series.done-there', { count: imported.there }),
          imported.leftOut > 0 && t('desk.series.done-left-out', { count: imported.leftOut }),
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      <div className={style.after}>
        <LinkButton small href={`/d/${slug}/figures?source=${source.id}`}>
          {t('desk.series.show')}
        </LinkButton>
        <LinkButton small href={`/d/${slug}/sources/${source.id}`}>
          {t('desk.series.show-rows')}
        </LinkButton>
        <Button
          small
          isPending={isPending}
          onPress={() => {
            undo();
            forget();
          }}
        >
          {t('desk.undo.undo')}
        </Button>
      </div>
    </Notice>
  );
}
