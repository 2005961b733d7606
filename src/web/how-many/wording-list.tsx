// Figures without a measure, by what they count: the whole of a wording, or single figures, put under a measure that is there
// or one made in its place; one step, taken back by undo.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { Figure } from '../../record/figure.ts';
import { type Measure, MeasureContent } from '../../record/measure.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Select } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { SchemaForm } from '../../ui/record-form.tsx';
import { headlineOf } from '../../ui/record-words.ts';
import { ErrorState, Loading, useProblemWords } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from '../api.ts';
import { useDossier, useMay } from '../dossier-context.tsx';
import { recordHref } from '../record/record-data.ts';
import { useUndo } from '../undo.tsx';
import style from './how-many.module.css';
import { useYears } from './years.ts';

type Group = AnswerOf<'GET /dossiers/:dossier/how-many/wordings'>['groups'][number];

/** How many wordings a page shows; "more" shows as many again. */
const PAGE = 12;
const NEW = 'new';

/** The list. `measures` are those of the dossier. */
export function WordingList({ measures }: { measures: readonly Measure[] }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refetch } = useCall(
    'GET /dossiers/:dossier/how-many/wordings',
    { params: { dossier: slug }, query: { limit } },
    { keepPrevious: true },
  );
  return (
    <section aria-labelledby="unmeasured">
      <h2 id="unmeasured" className={style.heading}>
        {t('desk.how-many.unmeasured')}
      </h2>
      {error ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <>
          <p className={style.soft}>
            {data.total === 0
              ? t('desk.how-many.unmeasured-none')
              : t('desk.how-many.unmeasured-words', { figures: data.figures, groups: data.total })}
          </p>
          <ul className={style.wordings}>
            {data.groups.map((group) => (
              <WordingLine key={`${group.counted} ${group.unit}`} group={group} measures={measures} />
            ))}
          </ul>
          {data.next !== null && limit < 200 && (
            <Button onPress={() => setLimit(Math.min(200, limit + PAGE * 2))}>
              {t('desk.how-many.more')}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

/** A measure with the likeliest first, as the choices of a group. */
function useChoices(group: Group, measures: readonly Measure[]) {
  const { t } = useMessages();
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  const likely = group.possible.flatMap((id) => byId.get(id) ?? []);
  const others = measures.filter(({ id }) => !group.possible.includes(id));
  return [
    { value: '', label: t('desk.how-many.put-choose') },
    ...[...likely, ...others].map(({ id, name }) => ({
      value: id,
      label: id === group.measure ? t('desk.how-many.put-fits', { name }) : name,
    })),
    { value: NEW, label: t('desk.how-many.put-new') },
  ];
}

function WordingLine({ group, measures }: { group: Group; measures: readonly Measure[] }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const problemWords = useProblemWords();
  const { undo } = useUndo(slug);
  const years = useYears();
  const choices = useChoices(group, measures);
  const [measure, setMeasure] = useState(group.measure ?? '');
  const [isOpen, setOpen] = useState(false);
  const [making, setMaking] = useState(false);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Figure>>(new Map());
  const { counted, unit } = group;
  const count = chosen.size > 0 ? chosen.size : group.figures;
  const mayWrite = useMay()('record.write');
  const put = useMutation<
    AnswerOf<'POST /dossiers/:dossier/measures/:id/figures'>,
    ApiProblem,
    MeasureContent | null
  >({
    mutationFn: (content) => {
      const which =
        chosen.size > 0
          ? { figures: [...chosen.values()].map(({ id, version }) => ({ id, version })) }
          : { wording: { counted, unit } };
      return content === null
        ? call('POST /dossiers/:dossier/measures/:id/figures', {
            params: { dossier: slug, id: measure },
            body: which,
          })
        : call('POST /dossiers/:dossier/measures/figures', {
            params: { dossier: slug },
            body: { content, ...which },
          });
    },
    onSuccess: async ({ measure: under, figures }) => {
      setChosen(new Map());
      setMaking(false);
      await changed();
      toasts.show(t('desk.how-many.put-done', { count: figures, name: under.name }), {
        action: { label: t('desk.undo.undo'), run: undo },
      });
    },
    onError: (problem) => {
      void changed();
      toasts.show(problemWords(problem), { tone: 'problem' });
    },
  });
  return (
    <li>
      <div className={style.wording}>
        <h3 dir="auto">
          {counted}
          {unit !== null && <span className={style.unit}> {unit}</span>}
        </h3>
        <p className={style.facts}>
          <span>{t('desk.how-many.group-count', { count: group.figures, suggested: group.suggested })}</span>
          {group.from && group.to && <span>{years(group.from, group.to)}</span>}
          <Button kind="quiet" small aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {t('desk.how-many.single')}
          </Button>
        </p>
      </div>
      {mayWrite && (
        <div className={style.put}>
          <Select
            label={t('desk.how-many.put-which', { counted })}
            hideLabel
            value={measure}
            options={choices}
            onChange={(value) => {
              setMeasure(value);
              setMaking(value === NEW);
            }}
          />
          {measure !== NEW && (
            <Button isDisabled={measure === ''} isPending={put.isPending} onPress={() => put.mutate(null)}>
              {chosen.size > 0
                ? t('desk.how-many.put-some', { count })
                : t('desk.how-many.put-all', { count })}
            </Button>
          )}
        </div>
      )}
      {isOpen && <SingleFigures group={group} chosen={chosen} onChange={setChosen} />}
      {making && (
        <div className={classes(style.form, style.whole)}>
          <SchemaForm
            noun="measure"
            schema={MeasureContent}
            draftKey={`measure/new:${counted}`}
            value={{
              name: counted.charAt(0).toUpperCase() + counted.slice(1),
              unit,
              series: 'unknown',
              repeats: 'unknown',
              wordings: [counted],
            }}
            busy={put.isPending}
            problem={put.error}
            saveLabel={t('desk.how-many.make')}
            onSave={(content) => put.mutateAsync(content)}
            onCancel={() => {
              setMaking(false);
              setMeasure(group.measure ?? '');
            }}
          />
        </div>
      )}
    </li>
  );
}

/** The figures of a wording, to be chosen one by one. */
function SingleFigures({
  group,
  chosen,
  onChange,
}: {
  group: Group;
  chosen: ReadonlyMap<string, Figure>;
  onChange: (chosen: ReadonlyMap<string, Figure>) => void;
}): ReactNode {
  const words = useMessages();
  const { t, formatDate } = words;
  const { slug } = useDossier();
  const { data, error, refetch } = useCall('GET /dossiers/:dossier/how-many/wordings/figures', {
    params: { dossier: slug },
    query: { counted: group.counted, ...(group.unit !== null && { unit: group.unit }) },
  });
  if (error) return <ErrorState problem={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <ul className={classes(style.singles, style.whole)}>
      {data.figures.map((figure) => (
        <li key={figure.id}>
          <input
            type="checkbox"
            aria-label={t('desk.how-many.choose-figure', { figure: headlineOf(figure, words) })}
            checked={chosen.has(figure.id)}
            onChange={(event) => {
              const next = new Map(chosen);
              if (event.target.checked) next.set(figure.id, figure);
              else next.delete(figure.id);
              onChange(next);
            }}
          />
          <Link href={recordHref(slug, 'figure', figure.id)} dir="auto">
            {headlineOf(figure, words)}
          </Link>
          {figure.period && <span className={style.soft}>{formatDate(figure.period)}</span>}
        </li>
      ))}
    </ul>
  );
}
