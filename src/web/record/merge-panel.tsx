// Two people changed one record: what the other changed, and for each field both wrote, whose words stand.
import { type ReactNode, useMemo, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { mergeChanges } from '../../ui/draft.ts';
import { differences, fieldLabel, valueInWords } from '../../ui/field-words.ts';
import { useMessages } from '../../ui/messages.tsx';
import { Person } from '../../ui/person.tsx';
import { CONTENT } from '../../ui/record-content.ts';
import type { AnyRecord } from '../../ui/record-words.ts';
import { contentOf, schemaFields } from '../../ui/schema-fields.ts';
import { ErrorState, type ProblemLike } from '../../ui/state.tsx';
import style from './record.module.css';
import { useNameOf } from './record-fields.tsx';
import { Differences } from './record-history.tsx';

type Content = Record<string, unknown>;

/** `mine` are the fields I changed, `base` what I had before me. `onSave` gets the fields that are to be written. */
export function MergePanel({
  base,
  theirs,
  mine,
  busy,
  problem,
  onSave,
  onGoOn,
  onReload,
}: {
  base: AnyRecord;
  theirs: AnyRecord;
  mine: Content;
  busy: boolean;
  problem: ProblemLike | null;
  onSave: (content: Content) => void;
  onGoOn: () => void;
  onReload: () => void;
}): ReactNode {
  const words = useMessages();
  const { t, formatInstant } = words;
  const nameOf = useNameOf();
  const fields = useMemo(() => schemaFields(CONTENT[base.kind], base.kind), [base.kind]);
  const [before, now] = [base, theirs].map((record) => contentOf(fields, record as unknown as Content)) as [
    Content,
    Content,
  ];
  const { conflicts } = mergeChanges(before, { ...before, ...mine }, now);
  const [whose, setWhose] = useState<Record<string, 'mine' | 'theirs'>>({});
  const undecided = conflicts.filter(({ field }) => whose[field] === undefined).length;
  const wanted = Object.fromEntries(Object.entries(mine).filter(([field]) => whose[field] !== 'theirs'));
  const fieldNamed = (name: string) => fields.find((field) => field.name === name)!;
  const say = (name: string, value: unknown) =>
    valueInWords(fieldNamed(name), value, words, nameOf) || t('desk.record.emptied');
  return (
    <section className={style.merge} aria-labelledby="record-merge">
      <h2 id="record-merge">{t('desk.record.merge')}</h2>
      <p>
        <Person id={theirs.updatedBy} />,{' '}
        <time dateTime={theirs.updatedAt}>{formatInstant(theirs.updatedAt)}</time>:
      </p>
      <Differences changes={differences(fields, before, now, words, nameOf)} />
      {conflicts.length > 0 && (
        <>
          <p>{t('desk.record.merge.both', { count: conflicts.length })}</p>
          {conflicts.map(({ field, mine: own, theirs: other }) => (
            <fieldset key={field} className={style.conflict}>
              <legend>{fieldLabel(fieldNamed(field), words)}</legend>
              {(
                [
                  ['mine', own],
                  ['theirs', other],
                ] as const
              ).map(([side, value]) => (
                <label key={side}>
                  <input
                    type="radio"
                    name={`merge-${field}`}
                    checked={whose[field] === side}
                    onChange={() => setWhose({ ...whose, [field]: side })}
                  />
                  <span>
                    <strong>{t(`desk.record.merge.${side}`)}</strong>{' '}
                    <span dir="auto">{say(field, value)}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          ))}
        </>
      )}
      {problem && <ErrorState problem={problem} />}
      <div className={style.verbs}>
        <Button
          kind="primary"
          isPending={busy}
          isDisabled={undecided > 0}
          onPress={() => (Object.keys(wanted).length === 0 ? onReload() : onSave(wanted))}
        >
          {t('desk.record.merge.save')}
        </Button>
        <Button onPress={onGoOn}>{t('desk.record.merge.go-on')}</Button>
        <Button kind="quiet" onPress={onReload}>
          {t('desk.record.merge.reload')}
        </Button>
      </div>
    </section>
  );
}
