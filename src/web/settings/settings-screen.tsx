// Settings: what the dossier says of itself, and how this browser shows the desk.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { type Dossier, Slug } from '../../record/dossier.ts';
import { Button } from '../../ui/button.tsx';
import { changesOf, dropDraft, keepDraft, readDraft } from '../../ui/draft.ts';
import { Checkbox, Select, TextArea, TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { PREFERENCES, setPreference, usePreference } from '../../ui/preferences.ts';
import { ErrorState, Notice } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type ApiProblem, call, changed } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import { ModelSwitch } from '../language-model.tsx';
import { languageOptions } from '../language-name.ts';
import { useUndo } from '../undo.tsx';
import { RatesSettings } from './rates-settings.tsx';
import style from './settings.module.css';

/** The settings of a dossier and of this browser. */
export function SettingsScreen(): ReactNode {
  const { t } = useMessages();
  const dossier = useDossier();
  const may = useMay();
  return (
    <Room title={t('desk.room.settings')}>
      <div className={style.page}>
        {may('dossier.edit') && (
          <>
            <section aria-labelledby="of-dossier">
              <h2 id="of-dossier">{t('desk.settings.dossier')}</h2>
              <DossierForm key={dossier.version} dossier={dossier} />
            </section>
            <section aria-labelledby="of-model">
              <h2 id="of-model">{t('desk.settings.model')}</h2>
              <div className={style.form}>
                <ModelSwitch dossier={dossier} />
              </div>
            </section>
          </>
        )}
        {may('record.read') && (
          <section aria-labelledby="of-rates">
            <h2 id="of-rates">{t('desk.settings.rates')}</h2>
            <RatesSettings />
          </section>
        )}
        <section aria-labelledby="of-browser">
          <h2 id="of-browser">{t('desk.settings.browser')}</h2>
          <BrowserSettings />
        </section>
      </div>
    </Room>
  );
}

function DossierForm({ dossier }: { dossier: Dossier }): ReactNode {
  const { t, locale } = useMessages();
  const toasts = useToasts();
  const [, navigate] = useLocation();
  const { undo } = useUndo(dossier.slug);
  const key = `dossier:${dossier.id}`;
  const { title, slug, language } = dossier;
  const base = {
    title,
    slug,
    language,
    summary: dossier.summary ?? '',
    publishedBy: dossier.publishedBy ?? '',
  };
  const [fields, setFields] = useState<typeof base>(() => ({ ...base, ...readDraft(key)?.content }));
  const [asked, setAsked] = useState(false);
  const begun = JSON.stringify(base);
  useEffect(() => keepDraft(key, { base: JSON.parse(begun), content: fields }), [key, begun, fields]);
  const save = useMutation<Dossier, ApiProblem>({
    mutationFn: () => {
      const differing = changesOf(base, fields);
      const content = Object.fromEntries(
        Object.entries(differing).map(([name, value]) => [name, String(value).trim() || null]),
      );
      return call('PATCH /dossiers/:dossier', {
        params: { dossier: dossier.id },
        body: { version: dossier.version, ...content },
      });
    },
    onSuccess: async (after) => {
      dropDraft(key);
      if (after.slug !== dossier.slug) navigate(`/d/${after.slug}/settings`, { replace: true });
      await changed();
      toasts.show(t('desk.settings.saved'), { action: { label: t('desk.undo.undo'), run: undo } });
    },
  });
  const field = (name: keyof typeof base) => ({
    value: fields[name],
    onChange: (value: string) => setFields((before) => ({ ...before, [name]: value })),
  });
  const titleWrong = fields.title.trim() === '' ? t('desk.dossier.title-missing') : null;
  const slugWrong = Slug.safeParse(fields.slug).success ? null : t('desk.dossier.slug-wrong');
  const isChanged = Object.keys(changesOf(base, fields)).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!titleWrong && !slugWrong && isChanged) save.mutate();
  };
  return (
    <form className={style.form} onSubmit={submit} noValidate>
      <TextField
        label={t('desk.dossier.title')}
        maxLength={200}
        error={asked ? titleWrong : null}
        {...field('title')}
      />
      <TextArea
        label={t('desk.dossier.summary')}
        description={t('desk.dossier.summary-hint')}
        maxLength={5000}
        rows={4}
        {...field('summary')}
      />
      <div className={layout.grid}>
        <TextField
          label={t('desk.dossier.slug')}
          description={`${window.location.host}/p/${fields.slug || '…'}`}
          maxLength={60}
          error={asked ? slugWrong : null}
          {...field('slug')}
        />
        <Select
          label={t('desk.dossier.language')}
          {...field('language')}
          options={languageOptions(locale, fields.language)}
        />
      </div>
      {fields.slug !== slug && dossier.publication > 0 && (
        <Notice tone="warning">{t('desk.settings.slug-warning')}</Notice>
      )}
      <TextField
        label={t('desk.dossier.published-by')}
        description={t('desk.dossier.published-by-hint')}
        maxLength={200}
        {...field('publishedBy')}
      />
      {save.error && <ErrorState problem={save.error} />}
      <div className={layout.row}>
        <Button type="submit" kind="primary" isPending={save.isPending} isDisabled={!isChanged}>
          {t('desk.save')}
        </Button>
        {isChanged && (
          <Button
            onPress={() => {
              dropDraft(key);
              setFields(base);
            }}
          >
            {t('desk.discard')}
          </Button>
        )}
        <span className={style.kept}>{t('desk.draft.kept')}</span>
      </div>
    </form>
  );
}

function BrowserSettings(): ReactNode {
  const { t } = useMessages();
  const theme = usePreference('theme');
  const locale = usePreference('locale');
  const shortcuts = usePreference('shortcuts');
  return (
    <div className={style.form}>
      <div className={layout.grid}>
        <Select
          label={t('desk.settings.theme')}
          value={theme}
          onChange={(choice) => setPreference('theme', choice)}
          options={PREFERENCES.theme.map((value) => ({ value, label: t(`desk.settings.theme.${value}`) }))}
        />
        <Select
          label={t('desk.settings.language')}
          value={locale}
          onChange={(choice) => setPreference('locale', choice)}
          options={PREFERENCES.locale.map((value) => ({ value, label: t(`desk.settings.locale.${value}`) }))}
        />
      </div>
      <Checkbox
        label={t('desk.settings.shortcuts')}
        description={t('desk.settings.shortcuts-hint')}
        isSelected={shortcuts === 'on'}
        onChange={(on) => setPreference('shortcuts', on ? 'on' : 'off')}
      />
      <p className={style.kept}>{t('desk.settings.browser-hint')}</p>
    </div>
  );
}
