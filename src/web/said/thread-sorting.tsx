// Sorting statements: those picked out, and others found by their words, are filed under one topic, or taken out of this one.
import { type ReactNode, useDeferredValue, useState } from 'react';
import { RecordQuery } from '../../record/record-query.ts';
import type { Statement } from '../../record/statement.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { headlineOf } from '../../ui/record-words.ts';
import { useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import style from './said.module.css';
import { useTopics } from './thread-data.ts';

/** The form. `picked` are statements of the thread; others are looked for here. */
export function ThreadSorting({
  title,
  topics,
  inThread,
  picked,
  onDone,
}: {
  title: string;
  /** The topics that hold the thread together. */
  topics: readonly string[];
  inThread: ReadonlySet<string>;
  picked: readonly Statement[];
  onDone: () => void;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const [topic, setTopic] = useState(topics[0] ?? title);
  const [text, setText] = useState('');
  const [others, setOthers] = useState<ReadonlyMap<string, Statement>>(new Map());
  const { change, isPending } = useTopics();
  const asked = useDeferredValue(text.trim());
  const found = useCall(
    'GET /dossiers/:dossier/statements',
    {
      params: { dossier: slug },
      query: RecordQuery.parse({ limit: 8, q: asked, status: ['accepted', 'corrected'] }),
    },
    { enabled: asked !== '', keepPrevious: true },
  );
  const proposals = asked === '' ? [] : (found.data?.records ?? []).filter(({ id }) => !inThread.has(id));
  const shown = [...new Map([...others, ...proposals.map((one) => [one.id, one] as const)]).values()];
  const all = [...picked, ...others.values()];
  const takeable = picked.filter((one) => one.topics.some((name) => topics.includes(name)));
  const toggle = (one: Statement) => {
    const next = new Map(others);
    if (!next.delete(one.id)) next.set(one.id, one);
    setOthers(next);
  };
  return (
    <form
      className={style.sorting}
      aria-label={t('desk.said.sort')}
      onSubmit={(event) => {
        event.preventDefault();
        if (topic.trim() !== '') change(all, { add: [topic.trim()] }, onDone);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onDone();
        }
      }}
    >
      <p className={style.hint}>{t('desk.said.sort-hint')}</p>
      <div className={style.fields}>
        <TextField label={t('desk.said.topic')} value={topic} onChange={setTopic} maxLength={120} />
        <TextField
          type="search"
          label={t('desk.said.sort-search')}
          value={text}
          onChange={setText}
          onKeyDown={(event) => {
            // Enter looks; it does not file what is being looked for.
            if (event.key === 'Enter') event.preventDefault();
            else event.continuePropagation();
          }}
        />
      </div>
      {shown.length > 0 && (
        <fieldset className={style.found}>
          <legend className="visually-hidden">{t('desk.said.sort-search')}</legend>
          {shown.map((one) => (
            <label key={one.id}>
              <input type="checkbox" checked={others.has(one.id)} onChange={() => toggle(one)} />
              <span dir="auto">{headlineOf(one, words)}</span>
            </label>
          ))}
        </fieldset>
      )}
      <div className={style.verbs}>
        <Button
          kind="primary"
          type="submit"
          isDisabled={all.length === 0 || topic.trim() === ''}
          isPending={isPending}
        >
          {t('desk.said.together', { count: all.length })}
        </Button>
        <Button
          isDisabled={takeable.length === 0}
          isPending={isPending}
          onPress={() => change(takeable, { remove: [...topics] }, onDone)}
        >
          {t('desk.said.apart', { count: takeable.length })}
        </Button>
        <Button kind="quiet" onPress={onDone}>
          {t('desk.form.cancel')}
        </Button>
      </div>
    </form>
  );
}
