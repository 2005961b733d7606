// The form of a record, drawn from its schema: a field that is added to the schema appears here by itself.
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import type { Passage } from '../record/passage.ts';
import type { RecordKind } from '../record/vocabulary.ts';
import { Button } from './button.tsx';
import { changesOf, dropDraft, keepDraft, mergeChanges, readDraft } from './draft.ts';
import { contentErrors, type FormErrors } from './form-errors.ts';
import { useMessages } from './messages.tsx';
import { CONTENT } from './record-content.ts';
import style from './record-form.module.css';
import { type KnownNames, NO_NAMES, SchemaControls } from './record-form-controls.tsx';
import { contentOf, schemaFields } from './schema-fields.ts';
import { type ProblemLike, useProblemWords } from './state.tsx';

type Values = Record<string, unknown>;

/** What a form is given: the value it begins with, and what becomes of it. */
interface FormProps {
  /** A stored value, or the part of one that is known already; null for a new one. */
  value: Readonly<Values> | null;
  /**
   * Called with the whole content and, of it, only what the person changed. Where it gives a promise, the draft is
   * forgotten once that is kept; otherwise once the form closes without a problem.
   */
  // biome-ignore lint/suspicious/noExplicitAny: the content is of the schema's type, which the caller knows by its noun.
  onSave: (content: any, changed: any) => unknown;
  onCancel: () => void;
  busy?: boolean;
  problem?: ProblemLike | null;
  /** Actors, places and measures of the dossier, proposed while somebody writes. */
  known?: KnownNames;
  /** Where the draft is kept; by default under the noun and the value's id. */
  draftKey?: string;
  /** Whether nothing of it is kept as a draft: what is sealed is not left in a browser. */
  isSecret?: boolean;
  saveLabel?: string;
  /** Shown between the fields and the buttons. */
  children?: ReactNode;
}

/** The form of a statement, figure or incident. Ctrl+Enter saves, Escape cancels; a draft is kept until it is saved. */
export function RecordForm({
  noun,
  passages,
  value,
  ...rest
}: FormProps & {
  noun: RecordKind;
  /** What the record rests on; a new statement begins with these words. */
  passages?: readonly Pick<Passage, 'exact'>[];
}): ReactNode {
  const begun = useMemo(() => {
    const words = (passages ?? []).map((passage) => passage.exact).join(' […] ');
    if (value !== null || words === '') return value;
    return noun === 'statement'
      ? { content: words }
      : noun === 'incident'
        ? { title: words.slice(0, 300) }
        : null;
  }, [value, noun, passages]);
  // Two records begun from different words are two drafts.
  const draftKey = value?.id ? undefined : `${noun}/new:${passages?.[0]?.exact.slice(0, 100) ?? ''}`;
  return (
    <SchemaForm {...(draftKey && { draftKey })} {...rest} noun={noun} schema={CONTENT[noun]} value={begun} />
  );
}

/** The form of any object schema: records, and also actors, places and measures. */
export function SchemaForm({
  noun,
  schema,
  value,
  onSave,
  onCancel,
  busy = false,
  problem = null,
  known = NO_NAMES,
  draftKey,
  isSecret = false,
  saveLabel,
  children,
}: FormProps & { noun: string; schema: z.ZodObject }): ReactNode {
  const words = useMessages();
  const { t } = words;
  const problemWords = useProblemWords();
  const fields = useMemo(() => schemaFields(schema, noun), [schema, noun]);
  const base = useMemo(() => contentOf(fields, value ?? {}), [fields, value]);
  const key = draftKey ?? `${noun}/${value?.id ?? 'new'}`;
  const [start] = useState(() => (isSecret ? { content: base, restored: false } : restore(key, base)));
  const [content, setContent] = useState(start.content);
  const [restored, setRestored] = useState(start.restored);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const errors: FormErrors = useMemo(
    () => (tried ? contentErrors(schema, fields, content, words) : {}),
    [tried, schema, fields, content, words],
  );
  const count = Object.keys(errors).length;

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('textarea, input, select')?.focus();
  }, []);

  // The draft outlives the form, except where the form closes because its content was saved.
  const closing = useRef(false);
  useEffect(() => {
    if (problem) closing.current = false;
  }, [problem]);
  useEffect(
    () => () => {
      if (closing.current) dropDraft(key);
    },
    [key],
  );

  const change = (next: Values) => {
    setContent(next);
    if (isSecret || next.sensitivity === 'sealed') dropDraft(key);
    else keepDraft(key, { base, content: next });
  };
  const save = () => {
    if (busy) return;
    if (Object.keys(contentErrors(schema, fields, content, words)).length > 0) {
      setTried(true);
      // After the errors are drawn, the first of them is where to go on.
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const saving = onSave(content, changesOf(base, content));
    if (saving instanceof Promise)
      saving.then(
        () => dropDraft(key),
        () => {},
      );
    else closing.current = true;
  };
  const discard = () => {
    dropDraft(key);
    setContent(base);
    setRestored(false);
    setTried(false);
  };
  const isDirty = Object.keys(changesOf(base, content)).length > 0;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      save();
    } else if (event.key === 'Escape') {
      // An open list of proposals closes first.
      if ((event.target as Element).getAttribute('aria-expanded') === 'true') return;
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    }
  };

  return (
    <form
      ref={form}
      className={style.form}
      noValidate
      onKeyDownCapture={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {restored && (
        <p className={style.restored} role="status">
          {t('desk.form.restored')}{' '}
          <Button kind="quiet" small onPress={discard}>
            {t('desk.form.discard')}
          </Button>
        </p>
      )}
      <SchemaControls
        fields={fields}
        value={content}
        onChange={change}
        path=""
        errors={errors}
        known={known}
      />
      {children}
      <div className={style.foot}>
        {count > 0 && (
          <p role="alert" className={style.problem}>
            {t('desk.form.errors', { count })}
          </p>
        )}
        {problem && count === 0 && (
          <p role="alert" className={style.problem}>
            {problemWords(problem)}
          </p>
        )}
        <div className={style.buttons}>
          <Button kind="primary" type="submit" isPending={busy} shortcut="Ctrl ↵">
            {saveLabel ?? t('desk.form.save')}
          </Button>
          <Button onPress={onCancel} shortcut="Esc">
            {t('desk.form.cancel')}
          </Button>
          {isDirty && !restored && (
            <Button kind="quiet" onPress={discard}>
              {t('desk.form.discard')}
            </Button>
          )}
        </div>
        {isDirty && <p className={style.kept}>{t('desk.form.kept')}</p>}
      </div>
    </form>
  );
}

/** Takes up a draft where there is one: what the person had changed, over what stands now. */
function restore(key: string, base: Values): { content: Values; restored: boolean } {
  const draft = readDraft(key);
  if (draft === null) return { content: base, restored: false };
  const { merged } = mergeChanges(draft.base, draft.content, base);
  // A field that the schema has lost since is left behind.
  const content = Object.fromEntries(Object.keys(base).map((name) => [name, merged[name]]));
  return { content, restored: Object.keys(changesOf(base, content)).length > 0 };
}
