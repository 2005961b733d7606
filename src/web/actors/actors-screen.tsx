// What records name: actors, places and measures of the dossier, in three lists that are edited in their place.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ActorContent } from '../../record/actor.ts';
import { MeasureContent } from '../../record/measure.ts';
import { PlaceContent } from '../../record/place.ts';
import { Button } from '../../ui/button.tsx';
import { useMessages, type Words } from '../../ui/messages.tsx';
import { SchemaForm } from '../../ui/record-form.tsx';
import { ErrorState, Loading, useProblemWords } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import { useKnownNames } from '../record/record-data.ts';
import { useUndo } from '../undo.tsx';
import style from './actors.module.css';

/** The three kinds of named things: their schema and how they are read and written. Forms hold bodies to the schema. */
const NAMED = {
  actor: {
    schema: ActorContent,
    list: 'GET /dossiers/:dossier/actors',
    remove: 'DELETE /dossiers/:dossier/actors/:id',
    create: (dossier: string, body: object) =>
      call('POST /dossiers/:dossier/actors', { params: { dossier }, body: body as ActorContent }),
    edit: (dossier: string, id: string, version: number, content: object) =>
      call('PATCH /dossiers/:dossier/actors/:id', { params: { dossier, id }, body: { version, content } }),
  },
  place: {
    schema: PlaceContent,
    list: 'GET /dossiers/:dossier/places',
    remove: 'DELETE /dossiers/:dossier/places/:id',
    create: (dossier: string, body: object) =>
      call('POST /dossiers/:dossier/places', { params: { dossier }, body: body as PlaceContent }),
    edit: (dossier: string, id: string, version: number, content: object) =>
      call('PATCH /dossiers/:dossier/places/:id', { params: { dossier, id }, body: { version, content } }),
  },
  measure: {
    schema: MeasureContent,
    list: 'GET /dossiers/:dossier/measures',
    remove: 'DELETE /dossiers/:dossier/measures/:id',
    create: (dossier: string, body: object) =>
      call('POST /dossiers/:dossier/measures', { params: { dossier }, body: body as MeasureContent }),
    edit: (dossier: string, id: string, version: number, content: object) =>
      call('PATCH /dossiers/:dossier/measures/:id', { params: { dossier, id }, body: { version, content } }),
  },
} as const;

type Noun = keyof typeof NAMED;
type Item = AnswerOf<(typeof NAMED)[Noun]['list']>['items'][number];

/** The screen of all three. */
export function ActorsScreen(): ReactNode {
  const { t } = useMessages();
  return (
    <Room title={t('desk.room.actors')}>
      <div className={style.screen}>
        {(Object.keys(NAMED) as Noun[]).map((noun) => (
          <NamedList key={noun} noun={noun} />
        ))}
      </div>
    </Room>
  );
}

function NamedList({ noun }: { noun: Noun }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const mayWrite = useMay()('record.write');
  const [editing, setEditing] = useState<string | null>(null);
  const { data, error, refetch } = useCall(NAMED[noun].list, { params: { dossier: slug } });
  const items = (data?.items ?? []) as Item[];
  const heading = `named-${noun}`;
  return (
    <section className={style.list} aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{t(`desk.actors.${noun}`)}</h2>
        <p>{t(`desk.actors.${noun}.what`)}</p>
      </header>
      {error ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        items.length > 0 && (
          <ul>
            {items.map((item) =>
              editing === item.id ? (
                <li key={item.id}>
                  <NamedForm noun={noun} item={item} onDone={() => setEditing(null)} />
                </li>
              ) : (
                <NamedLine
                  key={item.id}
                  noun={noun}
                  item={item}
                  items={items}
                  onEdit={() => setEditing(item.id)}
                />
              ),
            )}
          </ul>
        )
      )}
      {editing === 'new' ? (
        <NamedForm noun={noun} item={null} onDone={() => setEditing(null)} />
      ) : (
        data &&
        mayWrite && (
          <Button small onPress={() => setEditing('new')}>
            {t(`desk.actors.${noun}.add`)}
          </Button>
        )
      )}
    </section>
  );
}

/** What is known of an item beside its name, in one line. */
function aboutItem(item: Item, items: readonly Item[], words: Words): string {
  const { t, formatDate, formatList } = words;
  const parts: (string | null)[] = [];
  if ('roles' in item) {
    parts.push(t(`vocabulary.actorType.${item.type}`));
    for (const role of item.roles)
      parts.push(role.held ? `${role.title} (${formatDate(role.held)})` : role.title);
  } else if ('parent' in item) {
    parts.push(t(`vocabulary.placeType.${item.type}`));
    const parent = items.find((one) => one.id === item.parent);
    if (parent) parts.push(t('desk.actors.in', { place: parent.name }));
    if (item.existed) parts.push(formatDate(item.existed));
  } else parts.push(item.unit, item.definition, item.countingRule);
  if ('aliases' in item && item.aliases.length > 0) {
    parts.push(t('desk.actors.also', { names: formatList(item.aliases) }));
  }
  return parts.filter(Boolean).join(' · ');
}

function NamedLine({
  noun,
  item,
  items,
  onEdit,
}: {
  noun: Noun;
  item: Item;
  items: readonly Item[];
  onEdit: () => void;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const mayWrite = useMay()('record.write');
  const toasts = useToasts();
  const problemWords = useProblemWords();
  const { undo } = useUndo(slug);
  const remove = useMutation<unknown, ApiProblem>({
    mutationFn: () => call(NAMED[noun].remove, { params: { dossier: slug, id: item.id } }),
    onSuccess: () => {
      void changed();
      toasts.show(t('desk.actors.removed', { name: item.name }), {
        action: { label: t('desk.undo.undo'), run: undo },
      });
    },
    onError: (problem) => toasts.show(problemWords(problem), { tone: 'problem' }),
  });
  return (
    <li className={style.line}>
      <span className={style.name} dir="auto">
        {item.name}
      </span>
      <span className={style.about} dir="auto">
        {aboutItem(item, items, words)}
      </span>
      {mayWrite && (
        <span className={style.verbs}>
          <Button kind="quiet" small onPress={onEdit} aria-label={t('desk.actors.edit', { name: item.name })}>
            {t('desk.record.edit')}
          </Button>
          <Button
            kind="quiet"
            small
            isPending={remove.isPending}
            onPress={() => remove.mutate()}
            aria-label={t('desk.form.remove', { what: item.name })}
          >
            {t('desk.record.remove')}
          </Button>
        </span>
      )}
    </li>
  );
}

function NamedForm({ noun, item, onDone }: { noun: Noun; item: Item | null; onDone: () => void }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const known = useKnownNames();
  const save = useMutation<unknown, ApiProblem, { content: object; some: object }>({
    mutationFn: ({ content, some }): Promise<unknown> =>
      item === null ? NAMED[noun].create(slug, content) : NAMED[noun].edit(slug, item.id, item.version, some),
    onSuccess: async () => {
      await changed();
      toasts.show(t('desk.record.saved'), { action: { label: t('desk.undo.undo'), run: undo } });
      onDone();
    },
  });
  return (
    <div className={style.form}>
      <SchemaForm
        noun={noun}
        schema={NAMED[noun].schema}
        value={item as Record<string, unknown> | null}
        known={known}
        busy={save.isPending}
        problem={save.error}
        onSave={(content, some) => save.mutateAsync({ content, some })}
        onCancel={onDone}
      />
    </div>
  );
}
