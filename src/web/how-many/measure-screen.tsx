// One measure: what it is, its charts, and under them the table of every figure; a mark opens its passage on the right.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { z } from 'zod';
import { EdtfDate } from '../../record/date.ts';
import { type Measure, MeasureContent } from '../../record/measure.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { DateField, Select } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { SchemaForm } from '../../ui/record-form.tsx';
import { useSearchState } from '../../ui/search-state.ts';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { ErrorState, Loading, useProblemWords } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, addressOf, call, changed, useCall } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import { useUndo } from '../undo.tsx';
import { ChartView } from './chart-view.tsx';
import { FigureTable } from './figure-table.tsx';
import style from './how-many.module.css';
import { MarkInspector } from './mark-inspector.tsx';

/** What the screen shows, in its address. */
const View = z.object({
  place: z.string().max(300).optional(),
  party: z.string().max(300).optional(),
  from: EdtfDate.optional(),
  to: EdtfDate.optional(),
  scale: z.enum(['linear', 'log']).optional(),
});
type View = z.infer<typeof View>;

type Charts = AnswerOf<'GET /dossiers/:dossier/how-many/:measure'>;

/** The screen of a measure. */
export function MeasureScreen({ id }: { id: string }): ReactNode {
  const { t, locale } = useMessages();
  const { slug } = useDossier();
  const [view, setView] = useSearchState(View);
  const [width, setWidth] = useState<number | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const table = useRef<HTMLElement>(null);
  const params = { dossier: slug, measure: id };
  const charts = useCall(
    'GET /dossiers/:dossier/how-many/:measure',
    { params, query: { ...view, lang: locale, width: width ?? 760 } },
    { enabled: width !== null, keepPrevious: true },
  );
  const measure = useRoom(setWidth);
  useShortcuts({
    t: {
      label: t('desk.how-many.key.table'),
      run: () => {
        table.current?.focus();
        table.current?.scrollIntoView({ block: 'start' });
      },
    },
  });
  const { data } = charts;
  const file = (suffix: 'svg' | 'png', group: string) =>
    addressOf(`GET /dossiers/:dossier/how-many/:measure/chart.${suffix}`, {
      params,
      query: { ...view, lang: locale, group },
    });
  return (
    <Room
      title={data?.measure.name ?? t('desk.room.how-many')}
      actions={
        <LinkButton
          download
          small
          href={addressOf(
            'GET /dossiers/:dossier/how-many/:measure/figures',
            { params, query: view },
            '.csv',
          )}
        >
          {t('desk.how-many.csv')}
        </LinkButton>
      }
      inspector={shown !== null && <MarkInspector id={shown} onClose={() => setShown(null)} />}
    >
      <div className={style.screen} ref={measure}>
        <p className={style.back}>
          <Link href={`/d/${slug}/how-many`}>{t('desk.room.how-many')}</Link>
        </p>
        {charts.error ? (
          <ErrorState problem={charts.error} retry={() => void charts.refetch()} />
        ) : !data ? (
          <Loading />
        ) : (
          <>
            <AboutMeasure measure={data.measure} total={data.total} />
            {data.total > 0 && <Narrowing charts={data} view={view} onChange={setView} />}
            {data.chosen === 0 && (
              <p className={style.soft}>
                {t(data.total === 0 ? 'desk.how-many.empty' : 'desk.how-many.no-match')}
              </p>
            )}
            {data.groups.map((group, index) => (
              <section key={group.key} className={style.group} aria-labelledby={`group-${index}`}>
                <h2 id={`group-${index}`} className={group.title === '' ? 'visually-hidden' : style.heading}>
                  {group.title === ''
                    ? t('desk.how-many.chart', { measure: data.measure.name })
                    : group.title}
                </h2>
                {group.reasons.map((reason) => (
                  <p key={reason} className={style.reason}>
                    {reason}
                  </p>
                ))}
                {group.svg === null ? (
                  <p className={style.soft}>{t('desk.how-many.nothing-drawn')}</p>
                ) : (
                  <ChartView svg={group.svg} slug={slug} onOpen={setShown} />
                )}
                {group.notes.length > 0 && (
                  <ul className={style.notes}>
                    {group.notes.map((note) => (
                      <li key={note}>{note}</li>
                    ))}
                  </ul>
                )}
                {group.svg !== null && (
                  <p className={style.take}>
                    {group.mayBeLog && (
                      <Button
                        small
                        kind="quiet"
                        onPress={() =>
                          setView({ scale: group.scale === 'log' ? 'linear' : 'log' }, { replace: true })
                        }
                      >
                        {t(group.scale === 'log' ? 'desk.how-many.linear' : 'desk.how-many.log')}
                      </Button>
                    )}
                    <LinkButton small kind="quiet" download href={file('svg', group.key)}>
                      {t('desk.how-many.svg')}
                    </LinkButton>
                    <LinkButton small kind="quiet" download href={file('png', group.key)}>
                      {t('desk.how-many.png')}
                    </LinkButton>
                  </p>
                )}
              </section>
            ))}
            {data.chosen > 0 && (
              <section ref={table} tabIndex={-1} className={style.tableSection} aria-labelledby="all-figures">
                <h2 id="all-figures" className={style.heading}>
                  {t('desk.how-many.table')}
                </h2>
                <FigureTable measure={id} choice={view} onOpen={setShown} shown={shown} />
              </section>
            )}
          </>
        )}
      </div>
    </Room>
  );
}

/** Tells how wide the work is, in steps, so that a window that is drawn wider does not ask for a chart at every pixel. */
function useRoom(onWidth: (width: number) => void): (element: HTMLElement | null) => () => void {
  return useCallback(
    (element: HTMLElement | null) => {
      const watch = new ResizeObserver(([entry]) => {
        if (entry) onWidth(Math.max(280, Math.min(1000, Math.floor(entry.contentRect.width / 40) * 40)));
      });
      if (element) watch.observe(element);
      return () => watch.disconnect();
    },
    [onWidth],
  );
}

function AboutMeasure({ measure, total }: { measure: Measure; total: number }): ReactNode {
  const { t } = useMessages();
  const [doing, setDoing] = useState<'edit' | 'merge' | null>(null);
  const mayWrite = useMay()('record.write');
  const about = [
    measure.unit,
    measure.series === 'unknown' ? null : t(`vocabulary.seriesKind.${measure.series}`),
    measure.repeats === 'unknown' ? null : t(`vocabulary.repeats.${measure.repeats}`),
    measure.countingRule,
  ].filter(Boolean);
  if (doing === 'edit') return <EditMeasure measure={measure} onDone={() => setDoing(null)} />;
  return (
    <div className={style.about}>
      {measure.definition && (
        <p className={style.definition} dir="auto">
          {measure.definition}
        </p>
      )}
      <p className={style.facts}>
        {about.map((part) => (
          <span key={part} dir="auto">
            {part}
          </span>
        ))}
        {mayWrite && (
          <>
            <Button small kind="quiet" onPress={() => setDoing('edit')}>
              {t('desk.how-many.edit')}
            </Button>
            <Button
              small
              kind="quiet"
              aria-expanded={doing === 'merge'}
              onPress={() => setDoing(doing ? null : 'merge')}
            >
              {t('desk.how-many.merge')}
            </Button>
            {total === 0 && <RemoveMeasure measure={measure} />}
          </>
        )}
      </p>
      {doing === 'merge' && <MergeMeasure measure={measure} />}
    </div>
  );
}

function EditMeasure({ measure, onDone }: { measure: Measure; onDone: () => void }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const save = useMutation<unknown, ApiProblem, Partial<MeasureContent>>({
    mutationFn: (content) =>
      call('PATCH /dossiers/:dossier/measures/:id', {
        params: { dossier: slug, id: measure.id },
        body: { version: measure.version, content },
      }),
    onSuccess: async () => {
      await changed();
      toasts.show(t('desk.record.saved'), { action: { label: t('desk.undo.undo'), run: undo } });
      onDone();
    },
  });
  return (
    <div className={style.form}>
      <SchemaForm
        noun="measure"
        schema={MeasureContent}
        value={measure}
        busy={save.isPending}
        problem={save.error}
        onSave={(_, some) => save.mutateAsync(some)}
        onCancel={onDone}
      />
    </div>
  );
}

function MergeMeasure({ measure }: { measure: Measure }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const problemWords = useProblemWords();
  const { undo } = useUndo(slug);
  const [, navigate] = useLocation();
  const [into, setInto] = useState('');
  const { data } = useCall('GET /dossiers/:dossier/measures', { params: { dossier: slug } });
  const others = (data?.items ?? []).filter(({ id }) => id !== measure.id);
  const merge = useMutation<AnswerOf<'POST /dossiers/:dossier/measures/:id/merge'>, ApiProblem, string>({
    mutationFn: (target) =>
      call('POST /dossiers/:dossier/measures/:id/merge', {
        params: { dossier: slug, id: measure.id },
        body: { into: target },
      }),
    onSuccess: async (merged) => {
      navigate(`/d/${slug}/how-many/${merged.measure.id}`);
      await changed();
      toasts.show(t('desk.how-many.merge-done', { from: measure.name, into: merged.measure.name }), {
        action: { label: t('desk.undo.undo'), run: undo },
      });
    },
    onError: (problem) => toasts.show(problemWords(problem), { tone: 'problem' }),
  });
  return (
    <div className={style.put}>
      <Select
        label={t('desk.how-many.merge-into')}
        value={into}
        options={[
          { value: '', label: t('desk.how-many.put-choose') },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={setInto}
      />
      <Button isDisabled={into === ''} isPending={merge.isPending} onPress={() => merge.mutate(into)}>
        {t('desk.how-many.merge-do')}
      </Button>
    </div>
  );
}

function RemoveMeasure({ measure }: { measure: Measure }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const problemWords = useProblemWords();
  const { undo } = useUndo(slug);
  const [, navigate] = useLocation();
  const remove = useMutation<unknown, ApiProblem>({
    mutationFn: () =>
      call('DELETE /dossiers/:dossier/measures/:id', { params: { dossier: slug, id: measure.id } }),
    onSuccess: async () => {
      navigate(`/d/${slug}/how-many`);
      await changed();
      toasts.show(t('desk.how-many.removed', { name: measure.name }), {
        action: { label: t('desk.undo.undo'), run: undo },
      });
    },
    onError: (problem) => toasts.show(problemWords(problem), { tone: 'problem' }),
  });
  return (
    <Button small kind="quiet" isPending={remove.isPending} onPress={() => remove.mutate()}>
      {t('desk.how-many.remove')}
    </Button>
  );
}

function Narrowing({
  charts,
  view,
  onChange,
}: {
  charts: Charts;
  view: View;
  onChange: (change: Partial<View>) => void;
}): ReactNode {
  const { t, formatNumber } = useMessages();
  const { places, parties, total } = charts;
  const option = ({ key, name, figures }: Charts['places'][number]) => ({
    value: key,
    label: t('desk.how-many.facet', { name, count: formatNumber(figures) }),
  });
  const isNarrowed = Object.entries(view).some(([name, value]) => name !== 'scale' && value !== undefined);
  const choose = (name: 'place' | 'party') => (value: string) =>
    onChange({ [name]: value === '' ? undefined : value });
  // A chart of a handful needs no narrowing.
  if (total < 3 && !isNarrowed) return null;
  return (
    <div className={style.narrowing}>
      {places.length > 1 && (
        <Select
          label={t('desk.how-many.place')}
          value={view.place ?? ''}
          onChange={choose('place')}
          options={[{ value: '', label: t('desk.how-many.everywhere') }, ...places.map(option)]}
        />
      )}
      {parties.length > 1 && (
        <Select
          label={t('desk.how-many.party')}
          value={view.party ?? ''}
          onChange={choose('party')}
          options={[
            { value: '', label: t('desk.how-many.everybody') },
            ...parties.filter(({ key }) => key !== '').map(option),
          ]}
        />
      )}
      {(['from', 'to'] as const).map((end) => (
        <DateEnd key={`${end} ${view[end] ?? ''}`} end={end} value={view[end]} onChange={onChange} />
      ))}
      {isNarrowed && (
        <Button
          small
          kind="quiet"
          onPress={() => onChange({ place: undefined, party: undefined, from: undefined, to: undefined })}
        >
          {t('desk.how-many.all', { count: formatNumber(total) })}
        </Button>
      )}
    </div>
  );
}

function DateEnd({
  end,
  value,
  onChange,
}: {
  end: 'from' | 'to';
  value: string | undefined;
  onChange: (change: Partial<View>) => void;
}): ReactNode {
  const { t } = useMessages();
  const [text, setText] = useState(value ?? '');
  const apply = () => {
    const trimmed = text.trim();
    if (trimmed === (value ?? '')) return;
    if (trimmed === '') onChange({ [end]: undefined });
    else if (EdtfDate.safeParse(trimmed).success) onChange({ [end]: trimmed });
  };
  return (
    <DateField
      label={t(`desk.how-many.${end}`)}
      value={text}
      onChange={setText}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply();
      }}
      description={<span className="visually-hidden">{t('desk.field.date-hint')}</span>}
    />
  );
}
