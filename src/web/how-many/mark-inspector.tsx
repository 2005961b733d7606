// What a mark rests on: the figure in words, its passages in their context, the way into the record and the source.
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { Button, LinkButton } from '../../ui/button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { PassageView } from '../../ui/passage-view.tsx';
import { headlineOf } from '../../ui/record-words.ts';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { useDossier } from '../dossier-context.tsx';
import { readerHref, recordHref, useRecord, useSourceTitles } from '../record/record-data.ts';
import style from './how-many.module.css';

/** The inspector of one figure. */
export function MarkInspector({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const words = useMessages();
  const { t, formatDate } = words;
  const { slug } = useDossier();
  const { data: figure, error, refetch } = useRecord('figure', id);
  const titles = useSourceTitles(figure?.passages.map(({ source }) => source) ?? []);
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone it stands below the work, so a new one is brought into sight.
  useEffect(() => {
    const box = panel.current?.getBoundingClientRect();
    if (box && box.top > window.innerHeight - 80) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [figure?.id]);
  if (error) return <ErrorState problem={error} retry={() => void refetch()} />;
  if (figure?.kind !== 'figure') return <Loading />;
  return (
    <section ref={panel} className={style.inspector} aria-labelledby="inspected">
      <h2 id="inspected" dir="auto">
        {headlineOf(figure, words)}
      </h2>
      <p className={style.facts}>
        {figure.period && <span>{formatDate(figure.period)}</span>}
        {figure.place && <span dir="auto">{figure.place.name}</span>}
        {figure.method && <span dir="auto">{figure.method}</span>}
      </p>
      <h3>{t('desk.how-many.passage')}</h3>
      {figure.passages.map((passage) => (
        <PassageView
          key={`${passage.source}:${passage.start}`}
          passage={passage}
          kind="figure"
          language={figure.language}
          source={<cite dir="auto">{titles.get(passage.source) ?? ''}</cite>}
          href={<Link href={readerHref(slug, passage.source, figure.id)}>{t('desk.record.read-on')}</Link>}
        />
      ))}
      <p className={style.take}>
        <LinkButton small href={recordHref(slug, 'figure', figure.id)}>
          {t('desk.how-many.open')}
        </LinkButton>
        <Button small kind="quiet" onPress={onClose}>
          {t('desk.how-many.close')}
        </Button>
      </p>
    </section>
  );
}
