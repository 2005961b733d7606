// The form of a witness: a pseudonym that says nothing of them, what they agreed to, and what to mind.
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { EdtfDate } from '../../record/date.ts';
import { type Consent, ConsentPurpose, type WitnessContent } from '../../record/witness.ts';
import { Button } from '../../ui/button.tsx';
import { DateField, Select, TextArea, TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState, type ProblemLike } from '../../ui/state.tsx';
import { today } from '../requests/request-words.ts';
import style from './witnesses.module.css';

/** A consent as the form holds it: empty text where nothing is said, and a key that stays while rows come and go. */
interface Row {
  key: number;
  purpose: ConsentPurpose;
  givenOn: string;
  until: string;
  withdrawnOn: string;
  how: string;
}

let rows = 0;
const rowOf = (consent: Consent): Row => ({
  key: ++rows,
  purpose: consent.purpose,
  givenOn: consent.givenOn,
  until: consent.until ?? '',
  withdrawnOn: consent.withdrawnOn ?? '',
  how: consent.how ?? '',
});
const orNull = (text: string) => text.trim() || null;

function isWrong({ givenOn, until, withdrawnOn }: Row): boolean {
  const isDate = (text: string) => EdtfDate.safeParse(text.trim()).success;
  return !isDate(givenOn) || [until, withdrawnOn].some((text) => text.trim() !== '' && !isDate(text));
}

/** The form; `begun` is what it starts with. */
export function WitnessForm({
  begun,
  busy,
  problem,
  onSave,
  onCancel,
  children,
}: {
  begun: WitnessContent;
  busy: boolean;
  problem: ProblemLike | null;
  onSave: (content: WitnessContent) => void;
  onCancel: () => void;
  /** More fields, before the buttons. */
  children?: ReactNode;
}): ReactNode {
  const { t } = useMessages();
  const [pseudonym, setPseudonym] = useState(begun.pseudonym);
  const [protection, setProtection] = useState(begun.protection ?? '');
  const [consents, setConsents] = useState<Row[]>(() => begun.consents.map(rowOf));
  const [asked, setAsked] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (pseudonym.trim() === '' || consents.some(isWrong)) return;
    onSave({
      pseudonym: pseudonym.trim(),
      protection: orNull(protection),
      consents: consents.map(({ purpose, givenOn, until, withdrawnOn, how }) => ({
        purpose,
        givenOn: givenOn.trim(),
        until: orNull(until),
        withdrawnOn: orNull(withdrawnOn),
        how: orNull(how),
      })),
    });
  };
  const add = () =>
    setConsents([
      ...consents,
      rowOf({
        purpose:
          ConsentPurpose.options.find((purpose) => !consents.some((row) => row.purpose === purpose)) ??
          'keep',
        givenOn: today(),
        until: null,
        withdrawnOn: null,
        how: null,
      }),
    ]);
  return (
    <form className={style.form} onSubmit={submit} noValidate>
      <TextField
        label={t('desk.witnesses.pseudonym')}
        description={t('desk.witnesses.pseudonym-hint')}
        maxLength={120}
        value={pseudonym}
        onChange={setPseudonym}
        error={asked && pseudonym.trim() === '' ? t('desk.witnesses.pseudonym-missing') : null}
      />
      <TextArea
        label={t('desk.witnesses.protection')}
        description={t('desk.witnesses.protection-hint')}
        maxLength={5000}
        rows={3}
        value={protection}
        onChange={setProtection}
      />
      <h2 className={style.heading}>{t('desk.witnesses.consents')}</h2>
      {consents.map((row) => (
        <ConsentFields
          key={row.key}
          row={row}
          asked={asked}
          onChange={(change) =>
            setConsents(consents.map((one) => (one.key === row.key ? { ...one, ...change } : one)))
          }
          onRemove={() => setConsents(consents.filter(({ key }) => key !== row.key))}
        />
      ))}
      <div>
        <Button small onPress={add}>
          {t('desk.witnesses.add-consent')}
        </Button>
      </div>
      {children}
      {problem && <ErrorState problem={problem} />}
      <div className={style.verbs}>
        <Button type="submit" kind="primary" isPending={busy}>
          {t('desk.save')}
        </Button>
        <Button onPress={onCancel}>{t('desk.cancel')}</Button>
      </div>
    </form>
  );
}

function ConsentFields({
  row,
  asked,
  onChange,
  onRemove,
}: {
  row: Row;
  asked: boolean;
  onChange: (change: Partial<Row>) => void;
  onRemove: () => void;
}): ReactNode {
  const { t } = useMessages();
  const id = useId();
  const purpose = t(`desk.witnesses.purpose.${row.purpose}`);
  return (
    <fieldset className={style.row} aria-labelledby={id}>
      <legend id={id} className="visually-hidden">
        {t('desk.witnesses.consent-to', { purpose })}
      </legend>
      <Select
        label={t('desk.witnesses.what-for')}
        value={row.purpose}
        onChange={(value) => onChange({ purpose: value })}
        options={ConsentPurpose.options.map((value) => ({
          value,
          label: t(`desk.witnesses.purpose.${value}`),
        }))}
      />
      <TextField
        label={t('desk.witnesses.how')}
        description={t('desk.witnesses.how-hint')}
        maxLength={300}
        value={row.how}
        onChange={(how) => onChange({ how })}
      />
      <DateField
        label={t('desk.witnesses.given-on')}
        value={row.givenOn}
        onChange={(givenOn) => onChange({ givenOn })}
        error={asked && row.givenOn.trim() === '' ? t('desk.witnesses.given-missing') : null}
      />
      <DateField
        label={t('desk.witnesses.until')}
        description={t('desk.witnesses.until-hint')}
        value={row.until}
        onChange={(until) => onChange({ until })}
      />
      <DateField
        label={t('desk.witnesses.withdrawn-on')}
        description={t('desk.witnesses.withdrawn-hint')}
        value={row.withdrawnOn}
        onChange={(withdrawnOn) => onChange({ withdrawnOn })}
      />
      <div className={style.remove}>
        <Button small kind="quiet" aria-label={t('desk.form.remove', { what: purpose })} onPress={onRemove}>
          {t('desk.record.remove')}
        </Button>
      </div>
    </fieldset>
  );
}
