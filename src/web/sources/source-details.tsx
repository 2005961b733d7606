// What is said of a source, edited in its place. Only what was changed is sent.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { WebAddress } from '../../record/common.ts';
import { EdtfDate } from '../../record/date.ts';
import type { Source } from '../../record/source.ts';
import { Acquisition, Reliability, Sensitivity, SourceType } from '../../record/vocabulary.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { changesOf, dropDraft, keepDraft, readDraft } from '../../ui/draft.ts';
import { Checkbox, DateField, Select, TextArea, TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Notice } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type ApiProblem, call, changed, useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { languageOptions } from '../language-name.ts';
import { useUndo } from '../undo.tsx';
import { ToldByChoice } from '../witnesses/told-by.tsx';
import { eraseHref, useRights } from '../witnesses/witness-data.ts';
import style from './sources.module.css';

const TEXTS = ['title', 'publisher', 'author', 'published', 'address', 'obtainedFrom', 'note'] as const;

/** A source's fields as the form holds them: empty text where nothing is known. */
function fieldsOf(source: Source) {
  const { type, language, acquisition, reliability, sensitivity, mayLeave } = source;
  const texts = Object.fromEntries(TEXTS.map((name) => [name, source[name] ?? ''])) as Record<
    (typeof TEXTS)[number],
    string
  >;
  return { ...texts, type, language: language ?? '', acquisition, reliability, sensitivity, mayLeave };
}

/** The form. `close` is called when it was saved or thrown away. */
export function SourceDetails({
  slug,
  source,
  close,
}: {
  slug: string;
  source: Source;
  close: () => void;
}): ReactNode {
  const { t, locale } = useMessages();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const { erases } = useRights();
  const key = `source:${source.id}`;
  const base = fieldsOf(source);
  const [fields, setFields] = useState<typeof base>(() => ({ ...base, ...readDraft(key)?.content }));
  const [asked, setAsked] = useState(false);
  const saved = JSON.stringify(base);
  useEffect(() => {
    // What is to be sealed is not left in the browser.
    if (fields.sensitivity === 'sealed') dropDraft(key);
    else keepDraft(key, { base: JSON.parse(saved), content: fields });
  }, [key, saved, fields]);
  const save = useMutation<Source, ApiProblem, Record<string, unknown>>({
    mutationFn: (content) =>
      call('PATCH /dossiers/:dossier/sources/:id', {
        params: { dossier: slug, id: source.id },
        body: { version: source.version, content },
      }),
    onSuccess: async () => {
      dropDraft(key);
      await changed();
      // Sealing is not taken back by undo, which would take back something else.
      const isSealed = fields.sensitivity === 'sealed';
      toasts.show(
        t('desk.source.saved'),
        isSealed ? {} : { action: { label: t('desk.undo.undo'), run: undo } },
      );
      close();
    },
  });
  const change = (part: Partial<typeof base>) => setFields((before) => ({ ...before, ...part }));
  const text = (name: (typeof TEXTS)[number]) => ({
    value: fields[name],
    onChange: (value: string) => change({ [name]: value }),
  });
  const choices = <T extends string>(terms: readonly T[], word: (term: T) => string) =>
    terms.map((value) => ({ value, label: word(value) }));
  const wrong = {
    title: fields.title.trim() === '' ? t('desk.source.title-missing') : null,
    address:
      fields.address.trim() !== '' && !WebAddress.safeParse(fields.address.trim()).success
        ? t('desk.source.address-wrong')
        : null,
    published:
      fields.published.trim() !== '' && !EdtfDate.safeParse(fields.published.trim()).success
        ? t('desk.field.date-wrong')
        : null,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (wrong.title || wrong.address || wrong.published) return;
    const differing = changesOf(base, fields);
    if (Object.keys(differing).length === 0) return close();
    // A field left empty says that nothing is known.
    save.mutate(
      Object.fromEntries(
        Object.entries(differing).map(([name, value]) => [
          name,
          typeof value === 'string' ? value.trim() || null : value,
        ]),
      ),
    );
  };
  return (
    <form
      className={style.details}
      onSubmit={submit}
      aria-label={t('desk.source.details-of', { title: source.title })}
      noValidate
    >
      <div className={layout.grid}>
        <TextField
          className={layout.whole}
          label={t('desk.source.title')}
          maxLength={500}
          autoFocus
          error={asked ? wrong.title : null}
          {...text('title')}
        />
        <Select
          label={t('desk.source.type')}
          value={fields.type}
          onChange={(type) => change({ type })}
          options={choices(SourceType.options, (term) => t(`vocabulary.sourceType.${term}`))}
        />
        <TextField label={t('desk.source.publisher')} maxLength={300} {...text('publisher')} />
        <TextField label={t('desk.source.author')} maxLength={300} {...text('author')} />
        <DateField
          label={t('desk.source.published')}
          error={asked ? wrong.published : null}
          {...text('published')}
        />
        <Select
          label={t('desk.source.language')}
          value={fields.language}
          onChange={(language) => change({ language })}
          options={[
            { value: '', label: t('desk.source.language-unknown') },
            ...languageOptions(locale, fields.language || null),
          ]}
        />
        <TextField
          label={t('desk.source.address')}
          type="url"
          placeholder="https://"
          error={asked ? wrong.address : null}
          {...text('address')}
        />
        <Select
          label={t('desk.source.acquisition')}
          value={fields.acquisition}
          onChange={(acquisition) => change({ acquisition })}
          options={choices(Acquisition.options, (term) => t(`vocabulary.acquisition.${term}`))}
        />
        <TextField label={t('desk.source.obtained-from')} maxLength={300} {...text('obtainedFrom')} />
        <ToldByChoice source={source} />
        <Select
          label={t('desk.source.reliability')}
          value={fields.reliability}
          onChange={(reliability) => change({ reliability })}
          options={choices(Reliability.options, (term) => t(`vocabulary.reliability.${term}`))}
        />
        <Select
          label={t('desk.source.sensitivity')}
          value={fields.sensitivity}
          description={t(`desk.seal.means.${fields.sensitivity}`)}
          onChange={(sensitivity) => change({ sensitivity })}
          options={choices(Sensitivity.options, (term) => t(`vocabulary.sensitivity.${term}`))}
        />
        <Checkbox
          className={layout.whole}
          label={t('desk.source.may-leave')}
          description={t('desk.source.may-leave-hint')}
          isSelected={fields.mayLeave}
          onChange={(mayLeave) => change({ mayLeave })}
        />
        <TextArea
          className={layout.whole}
          label={t('desk.source.note')}
          description={t('desk.source.note-hint')}
          maxLength={5000}
          rows={2}
          {...text('note')}
        />
      </div>
      {fields.sensitivity === 'sealed' && <SealingEffects source={source} />}
      {save.error && <ErrorState problem={save.error} />}
      <div className={layout.row}>
        <Button type="submit" kind="primary" isPending={save.isPending}>
          {t('desk.save')}
        </Button>
        <Button
          onPress={() => {
            dropDraft(key);
            close();
          }}
        >
          {t('desk.cancel')}
        </Button>
        <span className={style.kept}>{t('desk.draft.kept')}</span>
        {erases && (
          <LinkButton small href={eraseHref(slug, 'source', source.id)}>
            {t('desk.erase.button')}
          </LinkButton>
        )}
      </div>
      <p className={style.hash}>
        {t('desk.source.original')} <code>{source.original}</code>{' '}
        <a href={`/api/v1/dossiers/${slug}/sources/${source.id}/original`} download>
          {t('desk.source.download')}
        </a>
      </p>
    </form>
  );
}

/** What sealing this source takes with it, before it is done. */
function SealingEffects({ source }: { source: Source }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const { data, error } = useCall('GET /dossiers/:dossier/seals/source/:subject/effects', {
    params: { dossier: slug, subject: source.id },
  });
  if (error) return <ErrorState problem={error} />;
  if (!data) return null;
  return (
    <Notice tone="warning">
      <p>{t('desk.seal.takes', { count: data.records })}</p>
      {data.published > 0 && <p>{t('problem.seal.published')}</p>}
      {data.sharesBytes && <p>{t('desk.seal.shares')}</p>}
    </Notice>
  );
}
