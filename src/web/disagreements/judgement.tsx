// What a person makes of a disagreement: uphold it, explain it, dismiss it, reopen it; with words of their own.
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { DisagreementDecision } from '../../record/disagreement.ts';
import { Explanation } from '../../record/vocabulary.ts';
import { Button } from '../../ui/button.tsx';
import { dropDraft, keepDraft, readDraft } from '../../ui/draft.ts';
import { TextArea } from '../../ui/field.tsx';
import { useMessages, type Words } from '../../ui/messages.tsx';
import { Person } from '../../ui/person.tsx';
import { type AnyRecord, headlineOf } from '../../ui/record-words.ts';
import { type Shortcuts, useShortcuts } from '../../ui/shortcuts.tsx';
import { useMay } from '../dossier-context.tsx';
import style from './disagreements.module.css';
import type { Item } from './queue-data.ts';

/** The judgement of the disagreement looked at. `takesKeys` false: the keys are for those that were chosen. */
export function Judgement({
  item,
  records,
  takesKeys,
  isPending,
  onDecide,
  onLeave,
}: {
  item: Item;
  records: ReadonlyMap<string, AnyRecord>;
  takesKeys: boolean;
  isPending: boolean;
  onDecide: (decision: DisagreementDecision) => void;
  /** Called when somebody leaves the field for words by Escape: the list takes the focus back. */
  onLeave: () => void;
}): ReactNode {
  const messages = useMessages();
  const { t, formatInstant } = messages;
  const { decision, state } = item;
  const mayWrite = useMay()('record.write');
  const kept = decision?.reason ?? '';
  const draftKey = `disagreement/${item.key}`;
  const [words, setWords] = useState(() => String(readDraft(draftKey)?.content.words ?? kept));
  const [explanation, setExplanation] = useState<Explanation | null>(decision?.explanation ?? null);
  const [isExplaining, setExplaining] = useState(false);
  const [isWriting, setWriting] = useState(false);
  const [lacksReason, setLacksReason] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const write = (text: string) => {
    setWords(text);
    keepDraft(draftKey, { base: { words: kept }, content: { words: text } });
  };
  const decide = (to: DisagreementDecision['state'], because: Explanation | null = null) => {
    dropDraft(draftKey);
    setExplaining(false);
    onDecide({ state: to, explanation: because, reason: words.trim() === '' ? null : words.trim() });
  };
  const explain = () => {
    if (explanation === null) setLacksReason(true);
    else decide('explained', explanation);
  };
  const reword = () => (state === 'explained' ? explain() : decide(state));
  const isReworded = decision !== null && state !== 'open' && words.trim() !== kept;

  const shortcuts: Shortcuts = {};
  if (!mayWrite) {
    // Whoever may not judge has no keys for it.
  } else if (takesKeys && isExplaining) {
    shortcuts.Escape = { label: t('desk.form.cancel'), run: () => setExplaining(false) };
  } else if (takesKeys) {
    shortcuts.a = { label: t('desk.disagreements.uphold'), run: () => decide('upheld') };
    shortcuts.e = { label: t('desk.disagreements.explain'), run: () => setExplaining(true) };
    shortcuts.d = { label: t('desk.disagreements.dismiss'), run: () => decide('dismissed') };
    if (state !== 'open') shortcuts.o = { label: t('desk.disagreements.reopen'), run: () => decide('open') };
    shortcuts.w = { label: t('desk.disagreements.key.words'), run: () => field.current?.focus() };
  }
  useShortcuts(shortcuts);

  return (
    <section className={style.judgement} aria-labelledby="judgement">
      <h2 id="judgement" className="visually-hidden">
        {t('desk.disagreements.judge')}
      </h2>
      {decision !== null && state !== 'open' && (
        <p className={style.judged}>
          <strong>{t(`desk.disagreements.said.${state}`, { count: 1 })}</strong>
          {decision.explanation && ` · ${t(`words.explanation.${decision.explanation}`)}`} ·{' '}
          <Person id={decision.updatedBy} />,{' '}
          <time dateTime={decision.updatedAt}>{formatInstant(decision.updatedAt)}</time>
        </p>
      )}
      {!mayWrite ? (
        decision?.reason && <p dir="auto">{decision.reason}</p>
      ) : (
        <>
          <TextArea
            label={t('desk.disagreements.words')}
            description={t('desk.disagreements.words-hint')}
            rows={isWriting ? 4 : words === '' ? 1 : 2}
            maxLength={5000}
            value={words}
            onChange={write}
            onFocus={() => setWriting(true)}
            onBlur={() => setWriting(false)}
            inputRef={field}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                event.preventDefault();
                onLeave();
              } else event.continuePropagation();
            }}
          />
          {isExplaining ? (
            <Reasons
              chosen={explanation}
              error={lacksReason ? t('desk.disagreements.choose-reason') : null}
              isPending={isPending}
              onChoose={(reason) => {
                setExplanation(reason);
                setLacksReason(false);
              }}
              onSave={explain}
              onCancel={() => setExplaining(false)}
            />
          ) : (
            <div className={style.choices}>
              {state !== 'upheld' && (
                <Choice does={upholding(item, records, messages)}>
                  <Button kind="primary" shortcut="A" isPending={isPending} onPress={() => decide('upheld')}>
                    {t('desk.disagreements.uphold')}
                  </Button>
                </Choice>
              )}
              <Choice does={t('desk.disagreements.explain-words')}>
                <Button shortcut="E" isPending={isPending} onPress={() => setExplaining(true)}>
                  {t('desk.disagreements.explain')}
                </Button>
              </Choice>
              {state !== 'dismissed' && (
                <Choice does={t('desk.disagreements.dismiss-words')}>
                  <Button shortcut="D" isPending={isPending} onPress={() => decide('dismissed')}>
                    {t('desk.disagreements.dismiss')}
                  </Button>
                </Choice>
              )}
              {state !== 'open' && (
                <span className={style.verbs}>
                  <Button kind="quiet" shortcut="O" isPending={isPending} onPress={() => decide('open')}>
                    {t('desk.disagreements.reopen')}
                  </Button>
                  {isReworded && (
                    <Button kind="quiet" isPending={isPending} onPress={reword}>
                      {t('desk.disagreements.reword')}
                    </Button>
                  )}
                </span>
              )}
            </div>
          )}
        </>
      )}
    </section>
  );
}

function Reasons({
  chosen,
  error,
  isPending,
  onChoose,
  onSave,
  onCancel,
}: {
  chosen: Explanation | null;
  error: string | null;
  isPending: boolean;
  onChoose: (reason: Explanation) => void;
  onSave: () => void;
  onCancel: () => void;
}): ReactNode {
  const { t } = useMessages();
  const list: RefObject<HTMLFormElement | null> = useRef(null);
  useEffect(() => {
    const boxes = list.current?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [];
    ([...boxes].find((box) => box.checked) ?? boxes[0])?.focus();
  }, []);
  return (
    <form
      ref={list}
      className={style.reasons}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <fieldset aria-describedby={error ? 'reason-error' : undefined}>
        <legend>{t('desk.disagreements.reasons')}</legend>
        <div className={style.options}>
          {Explanation.options.map((reason) => (
            <label key={reason}>
              <input
                type="radio"
                name="explanation"
                checked={chosen === reason}
                onChange={() => onChoose(reason)}
              />
              {t(`words.explanation.${reason}`)}
            </label>
          ))}
        </div>
      </fieldset>
      {error && (
        <p id="reason-error" role="alert" className={style.error}>
          {error}
        </p>
      )}
      <div className={style.verbs}>
        <Button kind="primary" type="submit" isPending={isPending} shortcut="↵">
          {t('desk.disagreements.explain-save')}
        </Button>
        <Button onPress={onCancel} shortcut="Esc">
          {t('desk.form.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** A decision with what it does, said before it is made. */
function Choice({ does, children }: { does: string; children: ReactNode }): ReactNode {
  return (
    <div>
      {children}
      <p className={style.does}>{does}</p>
    </div>
  );
}

/** What upholding does. The link it draws goes from the first record to the second. */
function upholding(item: Item, records: ReadonlyMap<string, AnyRecord>, words: Words): string {
  const [from, to] = item.records.map(({ id }) => records.get(id));
  if (!item.link || !from || !to) return words.t('desk.disagreements.uphold-words');
  return words.t('desk.disagreements.uphold-link', {
    from: clip(headlineOf(from, words)),
    how: words.t(`vocabulary.linkKind.${item.link}`),
    to: clip(headlineOf(to, words)),
  });
}

/** A headline cut at a word, where only its beginning is needed to know it again. */
function clip(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 56).replace(/\s+\S*$/, '')}…`;
}
