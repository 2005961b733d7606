// The form that begins a dossier. Only a title is needed; the rest can be said later.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../ui/button.tsx';
import { Select, TextArea, TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import { languageOptions } from '../language-name.ts';
import { slugOf } from './slug.ts';
import style from './start.module.css';

/** Makes a dossier and goes to it. */
export function NewDossier({ cancel }: { cancel: () => void }): ReactNode {
  const { t, locale } = useMessages();
  const [, navigate] = useLocation();
  const [title, setTitle] = useState('');
  const [slug, setSlug] = useState<string | null>(null);
  const [summary, setSummary] = useState('');
  const [language, setLanguage] = useState<string>(locale);
  const [asked, setAsked] = useState(false);
  const address = slug ?? slugOf(title);
  const make = useMutation<AnswerOf<'POST /dossiers'>, ApiProblem>({
    mutationFn: () =>
      call('POST /dossiers', {
        body: {
          title: title.trim(),
          slug: address,
          summary: summary.trim() || null,
          language,
          publishedBy: null,
        },
      }),
    onSuccess: (dossier) => {
      navigate(`/d/${dossier.slug}`);
      void changed();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (title.trim() !== '' && address !== '') make.mutate();
  };
  return (
    <form className={style.new} onSubmit={submit} aria-label={t('desk.dossiers.new')} noValidate>
      <div className={layout.grid}>
        <TextField
          className={layout.whole}
          label={t('desk.dossier.title')}
          description={t('desk.dossier.title-hint')}
          value={title}
          onChange={setTitle}
          maxLength={200}
          autoFocus
          error={asked && title.trim() === '' ? t('desk.dossier.title-missing') : null}
        />
        <TextField
          label={t('desk.dossier.slug')}
          description={`${window.location.host}/d/${address || '…'}`}
          value={address}
          onChange={(text) => setSlug(text.toLowerCase())}
          maxLength={60}
          error={asked && title.trim() !== '' && address === '' ? t('desk.dossier.slug-wrong') : null}
        />
        <Select
          label={t('desk.dossier.language')}
          value={language}
          onChange={setLanguage}
          options={languageOptions(locale, language)}
        />
        <TextArea
          className={layout.whole}
          label={t('desk.dossier.summary')}
          description={t('desk.dossier.summary-hint')}
          value={summary}
          onChange={setSummary}
          maxLength={5000}
          rows={3}
        />
        {make.error && <ErrorState problem={make.error} className={layout.whole} />}
        <div className={`${layout.row} ${layout.whole}`}>
          <Button type="submit" kind="primary" isPending={make.isPending}>
            {t('desk.dossiers.make')}
          </Button>
          <Button onPress={cancel}>{t('desk.cancel')}</Button>
        </div>
      </div>
    </form>
  );
}
