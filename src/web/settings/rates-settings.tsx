// Exchange rates: which are known, and adding more from a table.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type AnswerOf, type ApiProblem, call, changed, useCall } from '../api.ts';
import { useHouseMay } from '../may.ts';
import style from './settings.module.css';

type Span = AnswerOf<'GET /rates'>['shipped'][number];

/** The section of the settings. */
export function RatesSettings(): ReactNode {
  const { t } = useMessages();
  const mayEdit = useHouseMay()('house.edit');
  const { data, error, refetch } = useCall('GET /rates', {});
  if (error) return <ErrorState problem={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <div className={style.form}>
      <p>{t('desk.settings.rates-lead')}</p>
      <ul>
        {[...data.shipped, ...data.added].map((span) => (
          <SpanLine key={`${span.currency} ${span.source}`} span={span} />
        ))}
      </ul>
      {mayEdit && <RatesForm />}
    </div>
  );
}

function SpanLine({ span }: { span: Span }): ReactNode {
  const { t, formatDate } = useMessages();
  const { currency, source, from, to } = span;
  return (
    <li>{t('desk.settings.rates-span', { currency, source, from: formatDate(from), to: formatDate(to) })}</li>
  );
}

function RatesForm(): ReactNode {
  const { t } = useMessages();
  const toasts = useToasts();
  const file = useId();
  const [csv, setCsv] = useState<string | null>(null);
  const [source, setSource] = useState('');
  const [added, setAdded] = useState(0);
  const add = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('POST /rates', { body: { csv: csv ?? '', source: source.trim() } }),
    onSuccess: async () => {
      setCsv(null);
      setSource('');
      setAdded(added + 1);
      await changed();
      toasts.show(t('desk.settings.rates-added'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit} className={layout.stack}>
      <label htmlFor={file}>{t('desk.settings.rates-file')}</label>
      <input
        id={file}
        // A fresh field after each table, or the same file could not be chosen again.
        key={added}
        type="file"
        accept=".csv,text/csv"
        onChange={async (event) => setCsv((await event.target.files?.[0]?.text()) ?? null)}
      />
      <p className={layout.muted}>{t('desk.settings.rates-hint')}</p>
      {csv !== null && (
        <>
          <TextField
            label={t('desk.settings.rates-source')}
            value={source}
            onChange={setSource}
            maxLength={300}
          />
          {add.error && <ErrorState problem={add.error} />}
          <Button type="submit" isPending={add.isPending} isDisabled={source.trim() === ''}>
            {t('desk.settings.rates-add')}
          </Button>
        </>
      )}
    </form>
  );
}
