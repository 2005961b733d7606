// The measures of a dossier with what is under each, and below them the figures that have no measure yet.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { MeasureContent } from '../../record/measure.ts';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { SchemaForm } from '../../ui/record-form.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import { useUndo } from '../undo.tsx';
import style from './how-many.module.css';
import { SentenceCheck } from './sentence-check.tsx';
import { WordingList } from './wording-list.tsx';
import { useYears } from './years.ts';

type InUse = AnswerOf<'GET /dossiers/:dossier/how-many'>['measures'][number];

/** The address of a measure's chart. */
export function measureHref(slug: string, id: string): string {
  return `/d/${slug}/how-many/${id}`;
}

/** The screen. */
export function MeasuresScreen(): ReactNode {
  const { t } = useMessages();
  const mayWrite = useMay()('record.write');
  const { slug } = useDossier();
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useCall(
    'GET /dossiers/:dossier/how-many',
    { params: { dossier: slug } },
    { keepPrevious: true },
  );
  return (
    <Room
      title={t('desk.room.how-many')}
      actions={
        mayWrite && !making && <Button onPress={() => setMaking(true)}>{t('desk.how-many.new')}</Button>
      }
    >
      <div className={style.screen}>
        <p className={style.intro}>{t('desk.how-many.intro')}</p>
        {making && <NewMeasure onDone={() => setMaking(false)} />}
        <section aria-labelledby="measures">
          <h2 id="measures" className={style.heading}>
            {t('desk.how-many.measures')}
          </h2>
          {error ? (
            <ErrorState problem={error} retry={() => void refetch()} />
          ) : !data ? (
            <Loading />
          ) : data.measures.length === 0 ? (
            <p className={style.soft}>
              <strong>{t('desk.how-many.none')}.</strong> {t('desk.how-many.none-words')}
            </p>
          ) : (
            <ul className={style.measures}>
              {data.measures.map((one) => (
                <MeasureLine key={one.measure.id} use={one} />
              ))}
            </ul>
          )}
        </section>
        <SentenceCheck />
        {data && <WordingList measures={data.measures.map(({ measure }) => measure)} />}
      </div>
    </Room>
  );
}

function MeasureLine({ use }: { use: InUse }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const years = useYears();
  const { measure, figures, suggested, sources, parties, disagreements } = use;
  return (
    <li>
      <h3>
        <Link href={measureHref(slug, measure.id)} dir="auto">
          {measure.name}
        </Link>
      </h3>
      {measure.definition && (
        <p className={style.definition} dir="auto">
          {measure.definition}
        </p>
      )}
      <p className={style.facts}>
        <span>{t('desk.how-many.line', { figures, suggested })}</span>
        {use.from && use.to && <span>{years(use.from, use.to)}</span>}
        {figures > 0 && <span>{t('desk.how-many.line-by', { parties, sources })}</span>}
        {disagreements > 0 && (
          <span className={style.disputed}>{t('desk.how-many.disagreements', { count: disagreements })}</span>
        )}
      </p>
    </li>
  );
}

function NewMeasure({ onDone }: { onDone: () => void }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const make = useMutation<unknown, ApiProblem, MeasureContent>({
    mutationFn: (body) => call('POST /dossiers/:dossier/measures', { params: { dossier: slug }, body }),
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
        value={null}
        busy={make.isPending}
        problem={make.error}
        onSave={(content) => make.mutateAsync(content)}
        onCancel={onDone}
      />
    </div>
  );
}
