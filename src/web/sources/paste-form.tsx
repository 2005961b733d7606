// A box for text that is no file: pasted from a page or an e-mail, with what is known of it.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { WebAddress } from '../../record/common.ts';
import { EdtfDate } from '../../record/date.ts';
import { Button } from '../../ui/button.tsx';
import { dropDraft, keepDraft, readDraft } from '../../ui/draft.ts';
import { DateField, TextArea, TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import style from './sources.module.css';
import { addText } from './uploads.ts';

/** The first line that says something, short enough for a title. */
function firstLine(text: string): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  const words = line.trim().replace(/\s+/g, ' ');
  if (words.length <= 120) return words;
  return `${words.slice(0, 120).replace(/\s+\S*$/, '')}…`;
}

const EMPTY = { text: '', title: '', publisher: '', published: '', address: '' };

/**
 * The box. What is written in it is kept in this tab until it is added, and in no other place: other people may use
 * this machine. `given` is what it opens with, for instance what was on the clipboard.
 */
export function PasteForm({
  slug,
  given,
  sealed,
  close,
}: {
  slug: string;
  /** Whether it is handed in as sealed; then nothing of it is kept in the browser either. */
  sealed: boolean;
  given: Partial<typeof EMPTY>;
  close: () => void;
}): ReactNode {
  const { t, formatNumber } = useMessages();
  const key = `paste:${slug}`;
  const [fields, setFields] = useState<typeof EMPTY>(() => ({
    ...EMPTY,
    ...readDraft(key)?.content,
    ...given,
  }));
  const [asked, setAsked] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (sealed) dropDraft(key);
    else keepDraft(key, { base: EMPTY, content: fields });
  }, [key, fields, sealed]);
  useEffect(() => {
    if (given.text !== undefined || given.title !== undefined)
      setFields((before) => ({ ...before, ...given }));
    text.current?.focus();
    text.current?.scrollIntoView({ block: 'center' });
  }, [given]);
  const field = (name: keyof typeof EMPTY) => ({
    value: fields[name],
    onChange: (value: string) => setFields((before) => ({ ...before, [name]: value })),
  });
  const addressWrong =
    fields.address.trim() !== '' && !WebAddress.safeParse(fields.address.trim()).success
      ? t('desk.source.address-wrong')
      : null;
  const dateWrong = fields.published.trim() !== '' && !EdtfDate.safeParse(fields.published.trim()).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (fields.text.trim() === '' || addressWrong || dateWrong) return;
    const said = (name: 'publisher' | 'published' | 'address') =>
      fields[name].trim() === '' ? {} : { [name]: fields[name].trim() };
    addText(slug, fields.text, {
      title: fields.title.trim() || firstLine(fields.text),
      ...said('publisher'),
      ...said('published'),
      ...said('address'),
      ...(sealed && { sensitivity: 'sealed' as const }),
    });
    dropDraft(key);
    setFields(EMPTY);
    close();
  };
  return (
    <form className={style.paste} onSubmit={submit} aria-label={t('desk.sources.paste')} noValidate>
      <TextArea
        label={t('desk.sources.text')}
        description={
          fields.text === ''
            ? t('desk.sources.paste-hint')
            : t('desk.sources.characters', { count: formatNumber(fields.text.length) })
        }
        rows={8}
        inputRef={text}
        error={asked && fields.text.trim() === '' ? t('desk.sources.text-missing') : null}
        {...field('text')}
      />
      <div className={layout.grid}>
        <TextField
          label={t('desk.source.title')}
          description={t('desk.source.title-hint')}
          maxLength={500}
          {...field('title')}
        />
        <TextField label={t('desk.source.publisher')} maxLength={300} {...field('publisher')} />
        <DateField label={t('desk.source.published')} {...field('published')} />
        <TextField
          label={t('desk.source.address')}
          type="url"
          placeholder="https://"
          error={asked ? addressWrong : null}
          {...field('address')}
        />
      </div>
      <div className={layout.row}>
        <Button type="submit" kind="primary">
          {t('desk.sources.add-text')}
        </Button>
        <Button onPress={close}>{t('desk.cancel')}</Button>
        <span className={style.kept}>{t('desk.draft.kept')}</span>
      </div>
    </form>
  );
}
